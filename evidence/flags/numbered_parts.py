"""Sheets of one line, machine or hall that their name or title tells by its number: what is told of the whole factory is no figure of it."""

from evidence.facts.text import fold, late, phrases
from evidence.model import DocumentReport, Passage

_PARTIAL = phrases("metrics_flags", "partial")
_NUMBERED = late(
    rf"(?:{_PARTIAL.pattern})[ .]{{0,2}}\d{{1,2}}(?![^\W_])|(?<![\d至到~-])\d{{1,2}}\s?(?:号|號)?(?:线|線|车间|車間|라인|ライン)"
)
"""A part by its number: ``line 3``, ``3线``; ``1至5线`` names all of them."""


def of_one_part(document: DocumentReport, passage: Passage, told: DocumentReport) -> bool:
    """Whether the name, heading or first line of a sheet says by its number of which part of the factory it is, and the paper set
    beside it does not name that part.
    """
    opening = fold(" ".join((document.path, *passage.heading, passage.text.split("\n", 1)[0])).replace("_", " "))
    named = parts_numbered(opening)
    if not named:
        return False
    said = fold(" ".join((told.path.replace("_", " "), *(other.text for other in told.passages))))
    return not any(part in said for part in named)


def parts_numbered(folded: str) -> set[str]:
    """The parts of a factory that a text names by their numbers: ``line 3``."""
    return {match[0] for match in _NUMBERED.finditer(folded)}


def told_of_other_part(told: DocumentReport, sentence: str, document: DocumentReport, passage: Passage) -> bool:
    """Whether a sentence, or the name of its paper, says by its number of which part of the factory it tells, and the sheet does not."""
    named = parts_numbered(fold(f"{told.path.replace('_', ' ')} {sentence}"))
    sheet = fold(" ".join((document.path, *passage.heading, passage.text)).replace("_", " "))
    return bool(named) and not any(part in sheet for part in named)
