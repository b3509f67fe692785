"""Tables with a row for each year and a column for each month: one line of figures that runs on from row to row."""

import re
from collections.abc import Sequence

from evidence.facts.grids import Grid, GridCell
from evidence.facts.sheet_periods import LEAST_PERIODS, lone_month, year_of

LEAST_YEARS = 2
"""Rows of years that run on: one alone is read by its year."""

_YEAR_ALONE = re.compile(r"(?:[^\W\d_]{1,8}\.? ?)?(?:20\d\d|25\d\d|1[0-4]\d(?=\s?年)) ?(?:[^\W\d_]{1,4})?")
"""A year with its sign or the word for it: ``2025년``, ``Năm 2025``, ``ปี 2568``."""

Run = tuple[dict[int, str], dict[int, GridCell]]
"""Months in their order, by their place in the run, and the cell of each."""


def run_of_years(heads: Sequence[str], rows: Sequence[tuple[GridCell, ...]]) -> Run | None:
    """The months of the rows of years in one run; None where a row is called otherwise or a year comes twice."""
    months = {index: month for index, head in enumerate(heads) if (month := lone_month(head))}
    if len(months) < LEAST_PERIODS or len(set(months.values())) < len(months):
        return None
    first = min(months)
    found: dict[str, GridCell] = {}
    years: set[int] = set()
    for row in rows:
        label = " ".join(cell.text.strip() for cell in row[:first] if cell.text.strip())
        year = year_of((label,)) if _YEAR_ALONE.fullmatch(label) else None
        if year is None or year in years:
            return None
        years.add(year)
        found |= {f"{year}-{month:02d}": row[index] for index, month in months.items() if index < len(row)}
    if len(years) < LEAST_YEARS:
        return None
    ordered = sorted(found)
    return dict(enumerate(ordered)), {place: found[period] for place, period in enumerate(ordered)}


def heads_of(grid: Grid) -> tuple[Sequence[str], Sequence[tuple[GridCell, ...]]]:
    """The heads and rows of a table whose months may stand in its first row below a title."""
    if any(map(lone_month, grid.heads)) or not grid.rows:
        return grid.heads, grid.rows
    return [cell.text for cell in grid.rows[0]], grid.rows[1:]
