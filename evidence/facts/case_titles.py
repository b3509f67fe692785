"""Which lines of a report are the title of the paper, and head no part of it: ``Corrective action report: needle fragment``."""

import re
from dataclasses import dataclass

from evidence.facts.case_heads import DISCIPLINE, Case
from evidence.facts.text import Span, fold, phrases
from evidence.model import Passage

_TITLE_WORD = phrases("case_forms", "title")
_NUMBERED_TITLE = re.compile(r"\b[A-ZĐ]{2,6}[ -]?\d|\d{2}-\d{2,}|\b\d{1,3}/\d{2,4}$")
"""The number of the case in a line of its own makes it the title of the paper: Corrective action CA-77."""


@dataclass(frozen=True)
class Head:
    """What stands first in a line, whether a colon parts it from the rest, and the part of a case that it names."""

    label: str
    colon: bool
    name: str


def is_title(case: Case, passage: Passage, head: Head, cell: Span) -> bool:
    """Whether a line alone in its row is the title of the paper, by a word for papers, its number or its place. One that goes on behind a
    colon is one before any part alone, and where it does not name the problem, which it would go on to tell.
    """
    folded = fold(head.label)
    if DISCIPLINE.match(folded):
        return False
    if head.colon:
        return not case.labels and head.name != "problem" and _TITLE_WORD.search(folded) is not None
    if _TITLE_WORD.search(folded) or _NUMBERED_TITLE.search(head.label):
        return True
    return not case.labels and _stands_first(passage, head, cell)


def _stands_first(passage: Passage, head: Head, cell: Span) -> bool:
    """Whether a line before any part is a heading that ends in a number, or one with a row of fields right behind it; no report begins
    with what was done.
    """
    behind = passage.text[cell.end :].lstrip("\n").split("\n", 1)[0]
    if head.label not in passage.heading:
        return head.name != "problem" and "|" in behind
    return head.label[-1:].isdigit() or "|" in behind
