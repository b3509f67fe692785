"""Causes that only say their problem in other words: it leaks because it is not tight, it is loud because it is not silent."""

import re
from dataclasses import dataclass
from functools import cache

from evidence.data import table
from evidence.defects import akin_to, telling
from evidence.facts.text import fold, late, phrases, words

MOST_LEFT = 1
"""Words of a cause that neither the problem holds nor its opposite: the name of the piece or of a place on it."""

MOST_SIGNS = 4
"""Signs left in Chinese, Japanese, Korean or Thai that say no more."""

LONGEST = 200
"""Letters of a cause that may tell nothing; a longer one has room for something."""

_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")
_DENSE = re.compile(r"[\u0e01-\u0e4e\u3040-\u9fff\uac00-\ud7a3]+")


@dataclass(frozen=True)
class _Kind:
    """One kind of defect: its names, what the good piece does, what else is seen where it occurs, and of what it is one: colour, length."""

    defect: re.Pattern[str]
    wants: re.Pattern[str]
    same: re.Pattern[str]
    of: re.Pattern[str]


@cache
def _kinds() -> dict[str, _Kind]:
    return {
        name: _Kind(*(words(tuple(kind.get(part, ()))) for part in ("defect", "wants", "same", "of")))
        for name, kind in table("restated")["kinds"].items()
    }


@cache
def kinds_of(problem: str) -> dict[str, str]:
    """The kinds of defects that a problem names, each with the problem folded and without their names."""
    folded = fold(problem)
    named = {name: kind.defect for name, kind in _kinds().items() if name not in OF_ANY}
    named |= {name: words(tuple(told)) for name, told in table("restated")["alike"].items()}
    return {name: pattern.sub(" ", folded) for name, pattern in named.items() if pattern.search(folded)}


@cache
def loose_kinds_of(problem: str) -> dict[str, str]:
    """The kinds that words of many problems name, missing or wrong or too big, each with the problem folded and without them."""
    folded = fold(problem)
    told = {name: words(tuple(said)) for name, said in table("restated")["alike_beside"].items()}
    return {name: pattern.sub(" ", folded) for name, pattern in told.items() if pattern.search(folded)}


LEVEL = "level"
"""The kind whose words stand for opposites: a pin too long makes a short circuit."""

OF_ANY = ("doubled", "late", "level", "missing", "opened", "sized", "wrong")
"""Kinds whose words stand in many problems and say of none that it is the same as another."""


@cache
def _of(name: str) -> re.Pattern[str]:
    return words(tuple(table("restated")["words"][name]))


_NEGATED = late(rf"[^\W\d_]{{2,}}(?:{'|'.join(map(fold, table('restated')['words']['lacking_endings']))})[^\W\d_]*")
_CLAUSES = late(rf"{phrases('letters', 'cause').pattern}|{phrases('letters', 'led_to').pattern}|[,;:.，。；、]")


def restates(cause: str, problem: str) -> bool:
    """Whether a cause says of the problem only that the good of it was missing, or what was seen: nothing of a process is left in it.

    ``The cap leaks as the mouth is not tight`` tells none; ``capping torque was too low, so the cap is not tight`` does.
    """
    if not 0 < len(cause) <= LONGEST or set(_FIGURES.findall(cause)) - set(_FIGURES.findall(problem)):
        return False
    folded, asked = fold(cause), fold(problem)
    for name, kind in _kinds().items():
        if not kind.defect.search(asked):
            continue
        wants = kind.wants.search(folded)
        lacking = wants and (_of("lacking").search(_cut(wants, folded)) or _NEGATED.search(folded))
        if (lacking or kind.same.search(folded)) and _says_no_more(folded, asked, kind):
            return True
        if name != LEVEL and not wants and kind.defect.search(folded) and _says_no_more(folded, asked, kind, 0):
            return True  # the defect by another of its names, and not one new word beside it
    return False


def told_once(cause: str, problem: str) -> str:
    """A cause without the sentences that tell it again in a script that the problem does not use: English with its Chinese behind it."""
    pieces = [piece for piece in _TELLINGS.split(cause) if any(map(str.isalpha, piece))]
    scripts = _scripts(problem)
    kept = [piece for piece in pieces if _scripts(piece) & scripts]
    return " ".join(kept) if kept and len(kept) < len(pieces) and len(scripts) == 1 else cause


def without_plain(text: str) -> str:
    """A text without the words that tell nothing of a cause: ``Fabric got stained`` as ``Fabric stained``."""
    return _of("bare").sub(" ", _of("plain").sub(" ", fold(text)))


def kind_words(folded: str, asked: str) -> str:
    """A folded cause without the names of the kinds of defects that its folded problem names, and of what they are; a problem that sets a
    figure beside its limit is one of size.
    """
    measured = len(_FIGURES.findall(asked)) > 1 and _of("limits").search(asked) is not None
    for name, kind in _kinds().items():
        if kind.defect.search(asked) or (measured and name in (LEVEL, "sized")):
            for pattern in (kind.same, kind.defect, kind.of):
                folded = pattern.sub(" ", folded)
    return folded


def names_process(folded: str) -> bool:
    """Whether a cause names something that a process does or is made with."""
    return _of("process").search(folded) is not None


def _scripts(text: str) -> set[bool]:
    """Whether signs of scripts without alphabet, letters of alphabets or both stand in a text; a word or two of English names a part."""
    dense, lettered = bool(_DENSE.search(text)), len(_WORDS.findall(text)) >= LEAST_WORDS
    return {kind for kind, there in ((True, dense), (False, lettered)) if there}


LEAST_WORDS = 3
"""Words of an alphabet that make a text one of its language."""

_TELLINGS = re.compile(r"(?<=[^\W\d_]{2}[.;])\s+|(?<=[。；])\s*|\s/\s|\n")
_WORDS = re.compile(r"[^\W\d_\u0e01-\u0e7f\u3040-\u9fff\uac00-\ud7a3]{2,}")


def _cut(match: re.Match[str], text: str) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _says_no_more(folded: str, asked: str, kind: _Kind, most: int = MOST_LEFT) -> bool:
    """Whether hardly a word is left of any clause of a cause without those of the problem, of its kind and those that tell nothing; a
    clause that has none of them is one that tells something: ``does not hold because the hook is bent``.
    """
    if _of("process").search(_without(kind.defect.sub(" ", kind.same.sub(" ", folded)), asked)):
        return False
    return all(_is_bare(clause, asked, kind, most) for clause in _CLAUSES.split(folded) if clause.strip())


def _is_bare(clause: str, asked: str, kind: _Kind, most: int) -> bool:
    left = _NEGATED.sub(" ", clause)
    lacking = kind.wants.search(left)
    for pattern in (_kinds()["level"].same, kind.same, kind.wants, kind.defect):
        left = pattern.sub(" ", left)
    if lacking:
        left = _PLACE.sub("", left.rstrip(" ."))  # ``not silent enough in mesh``: where it was heard
    elif not most:
        left = _AT_PLACE.sub("", left.rstrip(" ."))  # ``leaks at the cap``: where, of what leaks at the neck
    named = left != clause
    for pattern in (_of("lacking"), _of("plain"), *([] if most else [_of("bare")])):
        left = pattern.sub(" ", left)
    runs = [run for run in _DENSE.findall(_without(left, asked)) if len(run) > 1]
    signs = sum(
        sum(most > 0 or sign not in asked for sign in run) / (1 + ("\u0e01" <= run[0] <= "\u0e4e")) for run in runs
    )
    known = telling(asked)
    new = sum(not akin_to(word, known) for word in telling(_DENSE.sub(" ", left)))
    if _OF_SYLLABLES.search(clause) and not _LEADS.search(clause):
        new = -(-new // SYLLABLES)
    few = new <= most and signs <= (MOST_SIGNS if most else 1)
    return few if named else not new and signs <= 1


_OF_SYLLABLES = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
SYLLABLES = 3
"""Syllables of Vietnamese, each written as a word, that name one thing."""

_REASONS = table("restated")["reasons"]
_LEADS, _WITHIN, _WHERE = (words(tuple(_REASONS[name])) for name in ("leads_vietnamese", "within", "whereabouts"))
_AT_PLACE = late(
    rf"(?:^|\s)(?:{words(tuple(_REASONS['at_place'])).pattern})\s(?:the\s|bagian\s|bahagian\s|phần\s|vị trí\s)?[^\W\d_]{{2,14}}(?:\s[^\W\d_]{{1,8}})?$"
)
_PLACE = late(rf"\s(?:{_WITHIN.pattern})\s(?:the\s)?(?:{_WHERE.pattern})$")


def _without(text: str, problem: str) -> str:
    """A text without the words of the problem; of scripts without blanks, without its pairs of signs."""
    told = set(telling(problem))
    for piece in sorted((piece for piece in told if _DENSE.search(piece)), key=len, reverse=True):
        text = text.replace(piece, " ")
    return re.sub(r"[^\W\d_]+", lambda match: " " if match[0] in told else match[0], text)
