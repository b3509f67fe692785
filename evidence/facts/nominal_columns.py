"""Columns of readings beside that of what they should be: weights and what a balance showed of each, one to three times over. Whatever the
columns are called, that all their figures lie a hair off those of the first column shows what they are.
"""

import json
import re
from collections.abc import Iterator, Sequence

from evidence.facts.grids import Grid, GridCell
from evidence.facts.limit_columns import MAX_ROWS
from evidence.facts.limits import Row
from evidence.facts.numbers import Amount, amount, parse
from evidence.facts.sources import cell_fact
from evidence.facts.text import fold, table_words
from evidence.model import Fact

LEAST_ROWS = 2
"""Rows of different size from which figures that lie beside each other are of one thing."""

FARTHEST = 20
"""Times what is permitted up to which a figure is off its nominal, or an error of a gauge."""

LAST_NOMINAL = 2
"""Columns from the left in which what is set stands."""


def beside_nominal(grid: Grid, permitted: str, spec: str) -> Iterator[Fact]:
    """The readings of a table whose rows are a hair off their first figure, by as much as a title permits."""
    rows = grid.rows[:MAX_ROWS]
    comma = "," in permitted
    end = parse(permitted, comma)
    if not end or not end[0]:
        return
    columns = {
        index: found
        for index in range(len(grid.heads))
        if (found := {at: figure.value for at, row in enumerate(rows) if (figure := _figure(row[index], comma))})
    }
    for nominal in range(min(LAST_NOMINAL, len(grid.heads))):
        if not _sizes_apart(columns.get(nominal, {}), end[0]):
            continue
        read = [
            index for index in columns if index > nominal and _lies_beside(columns[nominal], columns[index], end[0])
        ]
        read = [index for index in read if not table_words("inspection", "summed").search(fold(grid.heads[index]))]
        if not read:
            continue
        if len({_NUMBERS.sub("", fold(grid.heads[index])).strip() for index in read}) > 1:
            read = read[-1:]  # as found, as left: the last one holds
        made: list[Row] = []
        for at, set_to in columns[nominal].items():
            shown = [columns[index][at] for index in read if at in columns[index]]
            off = [round(value - set_to, 9) for value in shown]
            row = {"label": f"{grid.heads[nominal]} {rows[at][nominal].text}".strip()[:60], "spec": spec[:40]}
            made.append(row | {"low": -end[0], "high": end[0], "values": off, "shown": shown})
        every = [value for row in made for value in row["values"]]
        inside = sum(abs(value) <= end[0] for value in every)
        anchor = next((rows[at][read[0]] for at in columns[read[0]] if rows[at][read[0]].passage is not None), None)
        if inside * 2 >= len(every) and anchor is not None:
            yield readings_fact(made, anchor)
            return


_NUMBERS = re.compile(r"[\s\d#.]+|(?<![^\W_])i{1,3}(?![^\W_])")
"""What tells one reading of a run from the next."""


def _figure(cell: GridCell, comma: bool) -> Amount | None:
    return amount(cell.text, comma) if cell.text and cell.kind != "error" else None


def _sizes_apart(values: dict[int, float], end: float) -> bool:
    """Whether what is set differs from row to row by far more than is permitted."""
    told = sorted(set(values.values()))
    return len(told) >= LEAST_ROWS and told[-1] - told[0] > 2 * FARTHEST * end


def _lies_beside(nominal: dict[int, float], read: dict[int, float], end: float) -> bool:
    """Whether a column has a figure for every row, each off what was set by no more than a gauge can be."""
    return nominal.keys() <= read.keys() and all(
        abs(read[at] - value) <= FARTHEST * end for at, value in nominal.items()
    )


def readings_fact(made: Sequence[Row], anchor: GridCell, *, sure: bool = False) -> Fact:
    """Errors of gauges as a fact, a row a gauge or a point of its range."""
    told = {"rows": made, "specs": len(made), "read": len(made), "errors": True} | ({"sure": True} if sure else {})
    value = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return cell_fact("readings", "inspection", value, anchor, confidence=0.8)
