"""Series of months whose measure only the title of their table names: ``Customer complaints 2026`` over a year a row, over one column of
figures, or over a column that sums up those beside it, one for each kind of fault.
"""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, Item
from evidence.facts.indicators import Measure, measure_of, says
from evidence.facts.text import fold, lettered
from evidence.flags.month_tables import MonthColumn, month_tables
from evidence.model import Fact

LEAST_MONTHS = 3
"""Months of a column that is held against what other papers tell."""

LEAST_PARTS = 2
"""Columns that a column sums up."""


def titled_series(bundle: Bundle) -> Iterator[Item]:
    """The series of tables that no row or column names, as items like those that are read from named ones."""
    columns = month_tables(bundle)
    by_table: dict[tuple[str, int], list[MonthColumn]] = {}
    for column in columns:
        by_table.setdefault((column.document.path, column.passage.part), []).append(column)
    known = {(item.document.path, item.fact.role) for item in bundle.items("series")}
    for found in by_table.values():
        title = _title(found[0])
        measure = measure_of(title)
        if measure is None:
            continue
        years = [column for column in found if _YEAR.fullmatch(column.label)]
        if years and len({column.label for column in years}) == len(years):
            periods = {f"{row.label}-{first:02d}": value for row in years for (first, _), value in row.values.items()}
            yield _item(years[0], title, measure, periods)
        elif (found[0].document.path, measure.id) not in known and (whole := _whole(found, measure)):
            told = set(_YEARS.findall(title))
            year = told.pop() if len(told) == 1 else ""
            months = {
                f"{year}-{first:02d}" if year else f"M{first:02d}": value
                for (first, last), value in whole.values.items()
                if first == last
            }
            if len(months) >= LEAST_MONTHS:
                yield _item(whole, title, measure, months)


_YEAR = re.compile(r"20[0-4]\d|25[5-9]\d")
_YEARS = re.compile(r"(?<![\w./-])20[0-4]\d(?![\w/-])")


def _title(column: MonthColumn) -> str:
    return fold("\n".join((*column.passage.heading[-1:], column.passage.text.split("\n", 1)[0])))


def _whole(columns: Sequence[MonthColumn], measure: Measure) -> MonthColumn | None:
    """The only column of a table, where its head says no more than the title, or the one that is the sum of all others in each month."""
    if len(columns) == 1:
        label = columns[0].label
        plain = not lettered(label) or any(says(label, name) for name in ("sum", "quantity", "units", "actual"))
        return columns[0] if plain or measure_of(label) == measure else None
    for column in columns:
        others = [other for other in columns if other is not column]
        rows = [sum(other.values.get(span, 0.0) for other in others) for span in column.values]
        summed = all(abs(row - value) < SAME for row, value in zip(rows, column.values.values(), strict=True))
        if len(others) >= LEAST_PARTS and not column.is_share and summed and any(rows):
            return column
    return None


SAME = 1e-6


def _item(column: MonthColumn, title: str, measure: Measure, figures: dict[str, float]) -> Item:
    passage = column.passage
    told = {"label": measure.title, "unit": "%" if column.is_share else "count"}
    fact = Fact(kind="series", role=measure.id, value="", quote=title, passage=passage.id, locators=passage.locators)
    return Item(column.document, passage, fact, told | {"periods": list(figures), "values": list(figures.values())})
