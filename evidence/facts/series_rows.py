"""Rows of a table that belong to one series, where a column of periods tells each of them more than once: two customers below each
other, or a long table with a row for each measure of each month.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from evidence.facts.grids import Grid, GridCell
from evidence.facts.indicators import measure_of, says
from evidence.facts.numbers import Amount, amount
from evidence.facts.sheet_periods import LEAST_PERIODS

Line = tuple[str, str, dict[int, Amount], GridCell]
"""A row or column of figures: its label, the measure it stands under, the figures by period, and the cell to quote."""


def stretches(
    grid: Grid, at: int, periods: Mapping[int, str], lines: Sequence[Line], columns: Sequence[int]
) -> Iterator[Sequence[Line]]:
    """The columns of figures, cut where the periods in column ``at`` come again: by the names in another column, else where they begin
    anew. ``columns`` are the places of the lines.
    """
    runs = _runs(periods)
    if len(runs) == 1:
        yield lines
    elif named := _named(grid, at, periods):
        for name, rows in named.items():
            yield list(_of_name(lines, columns, rows, grid, name))
    else:
        for run in runs:
            yield list(_of_run(lines, columns, run, grid))


def _runs(periods: Mapping[int, str]) -> list[list[int]]:
    """The rows in stretches in which no period comes twice: a table of two customers holds two series, not one."""
    runs: list[list[int]] = [[]]
    seen: set[str] = set()
    for row in sorted(periods):
        if periods[row] in seen:
            runs.append([])
            seen = set()
        runs[-1].append(row)
        seen.add(periods[row])
    return runs


def _named(grid: Grid, at: int, periods: Mapping[int, str]) -> dict[str, list[int]]:
    """The rows by what the words of another column, or of two, call them, where each has a period once; empty where none do."""
    worded = [
        column
        for column in range(len(grid.heads))
        if column != at and all(_is_name(grid.rows[row][column].text) for row in periods)
    ]
    for together in (*((column,) for column in worded), *itertools.combinations(worded[:MOST_WORDED], 2)):
        rows: dict[str, list[int]] = {}
        for row in sorted(periods):
            name = " ".join(dict.fromkeys(grid.rows[row][column].text.strip() for column in together))
            rows.setdefault(name, []).append(row)
        if len(rows) > 1 and all(
            len(own) >= LEAST_PERIODS and len({periods[row] for row in own}) == len(own) for own in rows.values()
        ):
            return rows
    return {}


MOST_WORDED = 5
"""Columns of words that are put together two by two."""

LONGEST_NAME = 60


def _is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME and any(map(str.isalpha, text)) and amount(text) is None


def _of_name(
    lines: Sequence[Line], columns: Sequence[int], rows: Sequence[int], grid: Grid, name: str
) -> Iterator[Line]:
    """The lines cut to the rows of one name, which is that of the measure itself where the head says no more than ``actual``."""
    measured = measure_of(name) is not None
    for (label, owner, values, _), column in zip(lines, columns, strict=True):
        own = {row: values[row] for row in rows if row in values}
        anchor = _anchor(grid, own, column)
        if anchor is None:
            continue
        if says(label, "target"):
            yield label, "", own, anchor
        elif measured and measure_of(label) is None and not says(label, "quantity"):
            yield name, name, own, anchor
        else:
            yield f"{label} ({name[:40]})", owner, own, anchor


def _of_run(lines: Sequence[Line], columns: Sequence[int], run: Sequence[int], grid: Grid) -> Iterator[Line]:
    """The lines cut to a run of rows, each called by the words that all rows of the run share: ``ppm (North Works)``."""
    shared = ""
    for other in range(len(grid.heads)):
        texts = {grid.rows[row][other].text.strip() for row in run}
        name = texts.pop() if len(texts) == 1 else ""
        if any(char.isalpha() for char in name):
            shared = f" ({name[:40]})"
            break
    for (label, owner, values, _), column in zip(lines, columns, strict=True):
        own = {row: values[row] for row in run if row in values}
        if (anchor := _anchor(grid, own, column)) is not None:
            yield f"{label}{shared}", owner, own, anchor


def _anchor(grid: Grid, rows: Mapping[int, Amount], column: int) -> GridCell | None:
    cells = (grid.rows[row][column] for row in rows)
    return next((cell for cell in cells if cell.passage is not None), None)
