"""Counts that are parted into two or three beside them in each row, as what was looked at into good and bad.

Fact: kind ``totals``, as that of other totals.
"""

import itertools
import json
from collections.abc import Mapping, Sequence

from evidence.facts.grids import Grid, GridCell
from evidence.facts.indicators import says
from evidence.facts.numbers import GROUP, Amount, amount, grouped, is_grouped
from evidence.facts.sheet_periods import is_month
from evidence.facts.sources import cell_fact
from evidence.facts.text import fold, lettered
from evidence.facts.told_spans import month_spans
from evidence.facts.told_splits import names_split
from evidence.model import Fact

LEAST_SPLIT = 3
"""Rows in which one count must be the sum of two others before a row that is not counts as wrong."""

LEAST_NAMED = 2
"""The same where heads say what the columns count."""

LEAST_MONTHS = 3
"""Heads that are months from which a table has a month a column."""

WIDEST = 12
"""Columns tried against each other."""

MOST_THREE = 6
"""Columns beside a count up to which three of them are tried as its parts: good, burred, bent."""


def split_columns(grid: Grid, comma: bool) -> Fact | None:
    """A count that is parted into two beside it, as what was looked at into good and bad: told by the rows themselves, which must hold
    three times as often as not.
    """
    columns: dict[int, dict[int, Amount]] = {}
    every = [
        {at: number for at, cell in enumerate(grid.column(index)) if (number := amount(cell.text, comma))}
        for index in range(min(len(grid.heads), WIDEST))
    ]
    thousands = any(is_grouped(found.values()) for found in every) or _counts_thousands(grid.heads, every)
    for index, (head, found) in enumerate(zip(grid.heads, every, strict=False)):
        if thousands and {number.decimals for number in found.values()} <= {0, GROUP}:
            found = {at: grouped(number) for at, number in found.items()}
        if len(found) >= LEAST_SPLIT and not any(value.unit or value.decimals for value in found.values()) and head:
            columns[index] = found
    totals = {at for at, row in enumerate(grid.rows) if columns and is_total(row)}
    months = sum(is_month(grid.heads[index]) for index in columns) >= LEAST_MONTHS
    for whole in columns:
        if months and not _sums_months(grid.heads[whole]):
            continue  # a month is no sum of two others, though small counts may look so
        rest = [index for index in columns if index != whole]
        for split in (
            *itertools.combinations(rest, 2),
            *(itertools.combinations(rest, 3) if len(rest) <= MOST_THREE else ()),
        ):
            rows = columns[whole].keys() & set.intersection(*(set(columns[index]) for index in split))
            parts = {at: sum(columns[index][at].value for index in split) for at in sorted(rows)}
            others = [index for index in columns if index not in (whole, *split)]
            wrong = [
                at
                for at in parts
                if (left := columns[whole][at].value - parts[at])
                and at not in totals
                and not any(at in columns[index] and columns[index][at].value == left for index in others)
            ]  # what is left may stand in a third column, which is empty in most rows: scrapped beside reworked
            right = [at for at in parts if parts[at] == columns[whole][at].value]
            told = [at for at in right if all(columns[index][at].value for index in split)]
            wrong = wrong or _split_total(grid, columns[whole], parts, [columns[index] for index in others])
            anchor = next((grid.rows[at][whole] for at in wrong if grid.rows[at][whole].passage is not None), None)
            named = names_split(grid.heads[whole], [grid.heads[index] for index in split])
            least, times = (LEAST_NAMED, LEAST_NAMED) if named else (LEAST_SPLIT, 3)
            if not wrong or len(told) < least or len(told) < times * len(wrong) or anchor is None:
                continue
            value = {
                "right": len(right),
                "wrong": [
                    {"label": grid.heads[whole][:40], "written": columns[whole][at].value, "computed": parts[at]}
                    for at in wrong
                ],
            }
            return cell_fact(
                "totals", "sum", json.dumps(value, ensure_ascii=False, separators=(",", ":")), anchor, confidence=0.8
            )
    return None


def _sums_months(head: str) -> bool:
    """Whether a column beside those of months is headed as a quarter, a half or a total."""
    return says(head, "sum") or any(span.last > span.first for span in month_spans(fold(head)))


def _split_total(
    grid: Grid, whole: Mapping[int, Amount], parts: Mapping[int, float], others: Sequence[Mapping[int, Amount]]
) -> list[int]:
    """The row of totals where its whole is the sum of those above and not that of its own parts, as it is in every row above."""
    totals = [at for at in parts if is_total(grid.rows[at])]
    above = sum(whole[at].value for at in parts if at not in totals)
    if len(totals) != 1 or whole[totals[0]].value != above:
        return []
    at = totals[0]
    left = whole[at].value - parts[at]
    return [at] if left and not any(at in column and column[at].value == left for column in others) else []


def _counts_thousands(heads: Sequence[str], columns: Sequence[Mapping[int, Amount]]) -> bool:
    """Whether all figures under a head for a whole have three decimals, and all under those for what came out bad have none."""
    decimals = [{figure.decimals for figure in found.values()} for found in columns]
    wholes = [head for head, found in zip(heads, decimals, strict=False) if found == {GROUP}]
    counts = [head for head, found in zip(heads, decimals, strict=False) if found == {0}]
    return any(names_split(head, [other, *counts]) for head in wholes for other in wholes if other != head)


def is_total(row: Sequence[GridCell]) -> bool:
    """Whether a row is called as one of totals."""
    named = next((cell.text for cell in row if lettered(cell.text)), "")
    return 0 < len(named) <= LONGEST_NAME and says(named, "sum") and not says(named, "mean")


LONGEST_NAME = 24
"""Letters of the name of a row of totals."""
