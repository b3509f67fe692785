"""Readings that were put beside those of a signed sheet on a later day: a column of its own, headed by that day."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from evidence.bundle import Bundle, cite
from evidence.data import table
from evidence.facts.text import fold, words
from evidence.model import DocumentReport

LEAST_CELLS = 4
"""Cells of the head of such a table: what was measured, its limits, what was read on the first day and on the later one."""

LEAST_ROWS = 2
"""Rows below it that hold a figure on both days."""

LONGEST_HEAD = 24
"""Letters of a head that names a day."""

_DAY = re.compile(
    r"(?<![\d./-])(?:(?P<year>20[0-4]\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})|(?P<first>\d{1,2})[/.](?P<second>\d{1,2})(?:[/.](?P<last>20[0-4]\d))?)(?![\d/]|[.-]\d)"
)
_APPROVED = words(tuple(table("labels")["people"]["approved"]))
_READ = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


def read_again(bundle: Bundle, document: DocumentReport, days: Sequence[date]) -> tuple[date, Any] | None:
    """The day after all signatures that heads a column of readings, and its line. One other column is headed by a day up to the
    signatures: a sheet of many days is filled day by day by right.
    """
    signed, today = max(days, default=None) or _approved_on(bundle, document), bundle.today
    if signed is None:
        return None
    for passage in document.passages:
        rows = [line for line in passage.text.splitlines() if not passage.hidden and line.count("|") >= LEAST_CELLS - 1]
        for at, line in enumerate(rows):
            heads = [cell.strip() for cell in line.split("|")]
            dated = [(index, sorted(_days(head, signed.year))) for index, head in enumerate(heads)]
            known = [(index, days) for index, days in dated if days]
            if len(known) != len(("first", "later")):
                continue
            (first, before), (later, after) = known
            if before[0] <= signed < after[0] and after[-1] <= today and _both_read(rows[at + 1 :], first, later):
                return after[0], cite(document, passage, line)
    return None


def _approved_on(bundle: Bundle, document: DocumentReport) -> date | None:
    """The newest day at the end of a cell that begins with the word for approving: ``核准 施文彬 2026-06-12``."""
    cells = [cell.strip() for _, line in document.lines() for cell in line.split("|")]
    approved = [cell for cell in cells if _APPROVED.match(fold(cell))]
    days = [
        day
        for fact in document.facts
        if fact.kind == "date"
        and any(cell.endswith(fact.quote) for cell in approved)
        and (day := bundle.happened(fact))
    ]
    return max(days, default=None)


def _days(head: str, year: int) -> Iterator[date]:
    """The days that a head can name; one without its year is of the year of the signature."""
    match = _DAY.search(head) if len(head) <= LONGEST_HEAD else None
    if match is None:
        return
    if match["year"]:
        pairs = [(match["year"], match["month"], match["day"])]
    else:
        first, second, told = match["first"], match["second"], match["last"] or str(year)
        pairs = [(told, first, second), (told, second, first)]
    for pair in pairs:
        with suppress(ValueError):
            yield date(*map(int, pair))


def _both_read(rows: list[str], first: int, later: int) -> bool:
    """Whether rows hold a figure on both days."""
    split = [[cell.strip() for cell in line.split("|")] for line in rows]
    both = [
        cells
        for cells in split
        if later < len(cells) and _READ.fullmatch(cells[first]) and _READ.fullmatch(cells[later])
    ]
    return len(both) >= LEAST_ROWS
