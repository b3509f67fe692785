"""Checks of a year told month by month in which months to come are filled in as well."""

import re
from collections.abc import Iterator

from evidence.bundle import Bundle
from evidence.facts.text import fold, late, phrases
from evidence.flags.future_rows import AHEAD
from evidence.flags.month_tables import MonthColumn, month_tables
from evidence.model import DocumentReport, Passage

LEAST_PAST = 3
"""Months that have passed, with their figures, from which a row is one of what was read."""

LEAST_ROWS = 2
"""Rows that are filled for months to come, from which the sheet was filled in ahead; one may be a figure of a plan."""

_INSPECTS = late(f"{phrases('traceability_flags', 'inspects').pattern}|{phrases('paper_days', 'work').pattern}")
_AIMED = phrases("series_lines", "aimed")
_YEAR = re.compile(r"(?<![\d/.\-:])(20[12]\d|25[67]\d)(?![\d/.:-])")


def months_filled_ahead(bundle: Bundle, document: DocumentReport) -> tuple[Passage, str] | None:
    """The passage and the last month of a sheet whose title says that something is checked in this year, and whose rows tell figures that
    differ for months after this one; None where there is none.
    """
    title = _title(document)
    years = {int(year) - (543 if int(year) > LATIN else 0) for year in _YEAR.findall(title)}
    if years != {bundle.today.year} or not _INSPECTS.search(title) or AHEAD.search(title) or _AIMED.search(title):
        return None
    columns = month_tables(bundle)
    filled = [column for column in columns if column.document is document and _is_filled(column, bundle.today.month)]
    if len(filled) < LEAST_ROWS:
        return None
    last = max(month for column in filled for month, _ in column.values)
    return filled[0].passage, f"{bundle.today.year}-{last:02d}"


LATIN = 2500
"""Years from which one is counted as in Thailand."""


def _is_filled(column: MonthColumn, month: int) -> bool:
    """Whether a row tells figures of months before this one and after it, not all alike, and is no row of targets."""
    single = {first: value for (first, last), value in column.values.items() if first == last}
    past, ahead = [m for m in single if m <= month], [m for m in single if m > month]
    told = {single[m] for m in ahead}
    return (
        len(past) >= LEAST_PAST
        and bool(ahead)
        and len(told | {single[m] for m in past}) > 1
        and not _AIMED.search(fold(column.label))
        and not AHEAD.search(fold(column.label))
    )


def _title(document: DocumentReport) -> str:
    return fold(" ".join(_above(document)))


def _above(document: DocumentReport) -> Iterator[str]:
    for passage in document.passages[:1]:
        yield from passage.heading[:1]
        first = passage.text.split("\n", 1)[0]
        if "|" not in first:
            yield first
