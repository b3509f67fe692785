"""What a supplier is called besides the name that was asked for: the name in another script that its own papers write beside it.

``광명베어링제조(주) Kwang Myung Bearings Mfg. Co., Ltd.`` in one cell, or the two in lines one under the other at the head of a paper, are
one company. So a certificate in Korean can be compared with a name asked for in Latin letters, and the other way round.
"""

import re
from collections.abc import Iterator

from evidence.bundle import Bundle
from evidence.facts.text import fold
from evidence.names import mentions, tokens, unmarked
from evidence.remembered import remembered

LONGEST = 160
"""Letters of a cell that holds the two names and little else."""

HEAD_LINES = 4
"""First lines of a paper, in which its letterhead stands."""

_HAN = r"[\u4e00-\u9fff()（）·]{2,24}?(?:公司|厂|廠|集团|集團)"
_HANGUL = r"(?:주식회사|유한회사|㈜|\(주\))\s?[가-힣A-Za-z]{2,14}|[가-힣A-Za-z]{2,14}\s?(?:주식회사|유한회사|㈜|\(주\))"
_THAI = r"(?:บริษัท|หจก\.?|ห้างหุ้นส่วนจำกัด)\s?[\u0e00-\u0e7f .()]{3,60}?(?:จำกัด(?:\s?\(มหาชน\))?|(?=[A-Za-z|/\n]|$))"
_OTHER = re.compile(rf"{_HANGUL}|{_HAN}|{_THAI}")
_LATIN = re.compile(
    r"[A-Z][A-Za-z&.,'()-]*(?:\s[A-Z&(][A-Za-z&.,'()-]*){0,7}\s(?:Co\.?,?\s?Ltd\.?|Ltd\.?|Limited|Inc\.?|Corp\.?|Corporation|PCL|JSC|LLC)"
)
_SIGNS = re.compile(r"[\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


@remembered
def names_beside(bundle: Bundle) -> tuple[str, ...]:
    """The names in another script that the papers write beside the supplier's own, certificates aside."""
    return tuple(dict.fromkeys(_found(bundle)))


def _found(bundle: Bundle) -> Iterator[str]:
    own = bundle.supplier
    wanted = _LATIN if _SIGNS.search(own) else _OTHER
    if not tokens(own) and wanted is _OTHER:
        return
    for document in bundle.read:
        if document.kind == "certificate":
            continue
        told = 0
        for passage in document.shown:
            lines = passage.text.splitlines()
            for at, line in enumerate(lines):
                cells = [cell.strip() for cell in line.split("|")]
                if told < HEAD_LINES and "|" not in line and at + 1 < len(lines) and "|" not in lines[at + 1]:
                    cells.append(f"{line.strip()} {lines[at + 1].strip()}")
                told += 1
                for cell in cells:
                    if len(cell) <= LONGEST and mentions(cell, own) and (name := wanted.search(cell)):
                        yield name[0].strip()


def is_whole(name: str) -> bool:
    """Whether a name holds its legal form or several words with capital letters: it was given in full, not typed from a folder."""
    capitals = [word for word in name.split() if word[:1].isupper()]
    return _FORM.search(fold(name)) is not None or len(capitals) >= LEAST_WORDS


LEAST_WORDS = 3
"""Words of a name without its legal form, from which it is no name of a folder."""


def is_short_for(one: str, other: str) -> bool:
    """Whether a word of one name is made of the first letters of the other: ``HCP Plastics`` of ``Hung Cuong Plastics``."""
    return any(
        1 < len(word) <= LONGEST_SHORT and _first_letters(left).startswith(word)
        for left, right in ((one, other), (other, one))
        for word in tokens(right)
    )


LONGEST_SHORT = 5
"""Letters of a name that is made of those with which the words of another begin."""


def _first_letters(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[a-z]+", unmarked(name)))


_FORM = re.compile(
    r"(?<![^\W\d_])(?:co\.?,? ?ltd|ltd|limited|inc|corp|corporation|llc|gmbh|plc|pcl|pte|sdn\.? ?bhd|jsc|joint stock|s\.?r\.?l|s\.p\.a|"
    r"sp\. z o\.o|a\.ş|a\.s|ltd\. şti|pt|cv|tbk|tnhh|cổ phần)(?![^\W\d_])|公司|주식회사|㈜|\(주\)|บริษัท|จำกัด"
)
