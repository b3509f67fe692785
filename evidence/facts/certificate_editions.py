"""The edition of a standard that a certificate tells apart from it: in a footnote (``(*) Fourth edition, 15 November 2008``), or in words
behind the name (``ISO 9001 (edition 2008)``).
"""

import re
from collections.abc import Iterator
from functools import cache

from evidence.data import table
from evidence.facts.certificate_standards import Mention, names_system
from evidence.facts.sources import fact
from evidence.facts.text import fold, lines, phrases
from evidence.model import Fact, Passage

LONGEST_LINE = 200
"""Letters of a line that tells an edition."""

_WORD = phrases("certificates_flags", "edition")
_OF_STANDARD = phrases("certificates_flags", "of_standard")
_FOOTNOTE = re.compile(r"\s?[(\[]?(?:\*{1,3}|†|‡|[1-9¹²³](?=[)\]]))[)\]]?\s")


def edition_apart(passages: tuple[Passage, ...], standard: str) -> Iterator[Fact]:
    """The one known edition of a standard that lines of a certificate name by a year and a word for an edition.

    The edition of a form is none: the line has to name the standard, or be a footnote or speak of the standard.
    """
    told: dict[str, Fact] = {}
    for passage in passages:
        for line in lines(passage.text):
            folded = fold(line.text)
            if len(folded) > LONGEST_LINE or not _WORD.search(folded):
                continue
            about = names_system(folded) or _OF_STANDARD.search(folded) or _FOOTNOTE.match(folded)
            years = [match for match in _years(standard).finditer(folded) if about]
            if len({match[0] for match in years}) == 1:
                at = line.start + years[0].start()
                value = f"{standard}:{years[0][0]}"
                found = fact("certificate_field", "edition", value, passage, line.start, at + len(years[0][0]))
                told.setdefault(value, found)
    if len(told) == 1:
        yield from told.values()


@cache
def _years(standard: str) -> re.Pattern[str]:
    """The years of the editions of a standard that are known."""
    known = [re.escape(item["edition"]) for item in table("standards")["edition"] if item["standard"] == standard]
    return re.compile(rf"(?<!\d)(?:{'|'.join(known) or '(?!)'})(?![\d./-]*\d)")


def lacks_edition(mentioned: list[Mention]) -> str:
    """The one standard of management systems that is named, without an edition in any place; ``""`` for none."""
    systems = [found for found in mentioned if found.of_system]
    names = {found.name for found in systems}
    return names.pop() if len(names) == 1 and not any(found.edition for found in systems) else ""
