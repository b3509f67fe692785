"""Tables of an audit that tell area by area, under a head for the result, that all was as it should be."""

from collections.abc import Sequence

from evidence.facts.tables import choices
from evidence.facts.text import fold, late, phrases, table_words

LEAST_CELLS = 3
"""Cells of a row: what was looked at, something of it, and the result."""

LONGEST_HEAD = 40
"""Letters of the head of a column."""


def good_rows(texts: Sequence[str]) -> int:
    """Rows whose result is a word of assent, over all tables of a report; 0 where one result is any other."""
    good = width = 0  # a table runs on in the next passage
    for text in texts:
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if _heads_result(cells):
                width = len(cells)
            elif width and len(cells) == width:
                if not is_good(cells[-1]):
                    return 0
                good += 1
            else:
                width = 0
    return good


def is_good(cell: str) -> bool:
    """Whether a cell says no more than that what was looked at is as it shall be."""
    bare = fold(cell).strip(" .")
    return bare in choices("yes") or _GOOD.fullmatch(bare) is not None


_GOOD = phrases("audits_flags", "good_results")


def counts_points(lines: Sequence[str]) -> bool:
    """Whether the last cell of a row counts points, as those of other rows count none."""
    last = [fold(line.rsplit("|", 1)[1]) for line in lines if "|" in line]
    return any(_NO_POINT.search(cell) for cell in last) and any(_POINTS.search(cell) for cell in last)


_COUNTERS = phrases("audits_flags", "counters").pattern
_NO_POINT = late(rf"(?<![\d.,])0 ?(?:{_COUNTERS})|(?:{_COUNTERS})\W{{0,2}}0(?!\d|[.,]\d)")
_POINTS = late(rf"(?<![\d.,])[1-9]\d? ?(?:{_COUNTERS})|(?:{_COUNTERS})\W{{0,2}}[1-9]\d?(?!\d|[.,]\d)")


def _heads_result(cells: Sequence[str]) -> bool:
    """Whether cells are heads of which the last stands over results."""
    if len(cells) < LEAST_CELLS or any(char.isdigit() for cell in cells for char in cell):
        return False
    last = fold(cells[-1])
    return (
        last.strip(" .") not in choices("yes")
        and len(last) <= LONGEST_HEAD
        and any(table_words(*name).search(last) for name in (("checklist", "answer"), ("evaluation", "result")))
    )


def tells_suggestions(lines: Sequence[str]) -> bool:
    """Whether an audit counts points to improve, or tells them below a head for them: its auditors write down what they see."""
    at = width = 0
    told: set[str] = set()
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        if _SUGGESTED.search(fold(line)):
            return True
        heads = [index for index, cell in enumerate(cells) if _SUGGESTS.fullmatch(fold(cell).strip(" .:"))]
        if len(cells) >= LEAST_CELLS and len(heads) == 1:
            at, width = heads[0], len(cells)
        elif width and len(cells) == width:
            told |= {cells[at]} if sum(map(str.isalpha, cells[at])) >= LEAST_TOLD and not is_good(cells[at]) else set()
        else:
            width = 0
    return len(told) > 1


LEAST_TOLD = 12
"""Letters of a cell that tells what is to be improved."""

_SUGGESTS = phrases("audits_flags", "suggestion_columns")
_SUGGESTED = late(rf"(?:{_SUGGESTS.pattern})\s?[:=\uff1a]\s?[1-9]\d?(?!\d|[.,/]\d)")
