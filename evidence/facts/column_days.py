"""Days without their year down a column of days or along a row of them, in the year that the paper names: ``Oct 2`` on a sheet of
October 2026, ``Date | 10/01 | 10/02`` above the means of a control chart.

Fact: kind ``short_day``, role ``evidence``, value the day in normal form. It is a kind of its own because the year is not written
beside it: it tells how often something happened, and accuses nobody.
"""

from collections.abc import Iterator

from evidence.facts.dates import head_role
from evidence.facts.days import is_short_day, short_day
from evidence.facts.sources import Source, cell_fact, fact
from evidence.facts.text import cells as cells_of
from evidence.facts.text import fold, lines, phrases
from evidence.model import Fact

LEAST_DAYS = 3
"""Days from which a column is one of days: fewer may be figures with a point."""

NEAR = 3
"""Columns at the left among which the days of a log stand."""


def find_column_days(source: Source) -> Iterator[Fact]:
    """The days of the first column of days of each table, under a head that says day or date and neither due nor expiry."""
    if source.year is None:
        return
    yield from _rows_of_days(source)
    for grid in source.grids:
        if grid.hidden or len(grid.rows) < LEAST_DAYS:
            continue
        for index in range(min(NEAR, max(len(row) for row in grid.rows))):
            cells = [cell for cell in grid.column(index) if cell.text.strip()]
            head = next(
                (text for text in (*grid.heads[index : index + 1], *(c.text for c in cells[:HIGH])) if _is_head(text)),
                "",
            )
            days = [cell for cell in cells if cell.passage is not None and is_short_day(source, cell.text)]
            if head and len(days) >= LEAST_DAYS and len(days) * 3 >= len(cells) * 2:
                for cell in days:
                    if day := short_day(source, cell.text):
                        yield cell_fact("short_day", "evidence", day, cell, confidence=0.7)
                break


def _rows_of_days(source: Source) -> Iterator[Fact]:
    """The days of each row that a word for days heads."""
    for passage in source.passages:
        for line in lines(passage.text) if not passage.hidden else ():
            filled = [cell for cell in cells_of(line) if cell.text.strip()]
            if len(filled) <= LEAST_DAYS or not _is_head(filled.pop(0).text):
                continue
            days = [cell for cell in filled if is_short_day(source, cell.text)]
            if len(days) >= LEAST_DAYS and len(days) * 3 >= len(filled) * 2:
                for cell in days:
                    if day := short_day(source, cell.text):
                        yield fact("short_day", "evidence", day, passage, cell.start, cell.end, confidence=0.7)


HIGH = 4
"""Cells at the top of a column among which its head stands."""


def _is_head(text: str) -> bool:
    """Whether a text is the head of the days of a log or register, and not of days until when or of an edition."""
    role = head_role(text)
    return role in DONE or (role is None and phrases("columns", "days").search(fold(text)) is not None)


DONE = ("evidence", "opened", "closed", "verified")
"""What a column of days tells of what was done."""
