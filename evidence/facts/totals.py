"""Totals recomputed from the rows or columns above and beside them.

Fact: kind ``totals``, role ``sum``, value ``{"right": n, "wrong": [{"label", "written", "computed"}]}``. A total counts as wrong only
where the table shows that it is one: another total of the same line follows from its figures, or the figures miss it by little.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence.facts.grids import LATE_HEADS, Grid, GridCell, headed
from evidence.facts.indicators import SHARE, says
from evidence.facts.numbers import Amount, amount, grouped, is_grouped, uses_decimal_comma
from evidence.facts.row_numbers import without_numbers
from evidence.facts.sheet_periods import is_month
from evidence.facts.sources import Source, cell_fact
from evidence.facts.split_columns import LONGEST_NAME, is_total, split_columns
from evidence.facts.text import fold, late, lettered, phrases
from evidence.facts.told_splits import told_splits
from evidence.facts.told_sums import counted_total
from evidence.facts.told_totals import LEAST_PARTS, listed_total
from evidence.model import Fact

NEAR = 0.15
"""Share by which a lone total may miss its figures and still be meant as their total; beyond it something else was summed."""

NEAR_ALONE = 0.5
"""The same for a single column of whole counts, none of them above its total."""

MOST_WRONG = 24
"""Wrong totals told of one table."""

Line = tuple[str, list[GridCell], GridCell]
"""The name of a line, the cells it sums, and the cell of its total."""


def find_totals(source: Source) -> Iterator[Fact]:
    """The totals of all tables, below their columns and at the end of their rows."""
    for whole in source.grids:
        grid = without_numbers(headed(whole))
        if grid.hidden or len(grid.rows) < 2:
            continue
        comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
        for lines in (_below(grid), _beside(grid)):
            if made := _checked(lines, comma):
                yield made
        if made := split_columns(grid, comma):
            yield made
    for passage in source.passages:
        if made := listed_total(passage, source) or counted_total(passage, source):
            yield made
    yield from told_splits(source)


def _below(grid: Grid) -> list[Line]:
    """Each column over its row of totals, the last row that is called so."""
    at = next((index for index in range(len(grid.rows) - 1, 0, -1) if is_total(grid.rows[index])), None)
    if at is None:
        last = next((index for index in range(len(grid.rows) - 1, 0, -1) if _has_figures(grid.rows[index])), 0)
        parts = replace(grid, rows=grid.rows[: last + 1])
        at = last if last and (_last_sums_up(parts) or _closes_months(parts)) else None
    if at is None:
        return []
    foot = [at]
    while foot[0] > LEAST_PARTS and is_total(grid.rows[foot[0] - 1]):
        foot.insert(0, foot[0] - 1)
    at = foot[0]
    start = next((index + 1 for index in range(at - 1, -1, -1) if is_total(grid.rows[index])), 0)
    return [
        (
            _head_over(grid.rows[start:at], index)
            or head
            or next((cell.text for cell in grid.rows[own] if lettered(cell.text)), ""),
            [row[index] for row in grid.rows[start:at]],
            grid.rows[own][index],
        )
        for index, head in enumerate(grid.heads)
        for own in _total_of(
            grid, [row[index] for row in grid.rows[start:at]], [(n, grid.rows[n][index]) for n in foot]
        )
    ]


def _total_of(grid: Grid, cells: Sequence[GridCell], foot: Sequence[tuple[int, GridCell]]) -> list[int]:
    """The row at the foot of a table that sums up a column: of several totals, ``Total rejected`` above ``Total inspected``, that which is
    nearest to the sum.
    """
    told = [(at, written.value) for at, cell in foot if (written := amount(cell.text))]
    if len(told) < 2:
        return [at for at, cell in foot if cell.text][-1:]
    summed = sum(figure.value for cell in cells if (figure := amount(cell.text)))
    return [min(told, key=lambda one: abs(one[1] - summed))[0]]


def _head_over(rows: Sequence[Sequence[GridCell]], index: int) -> str:
    """The words that stand in a column right over its figures, where the table's own heads stand above a block of fields."""
    texts = [row[index].text for row in rows[:LATE_HEADS] if row[index].text]
    first = next((at for at, text in enumerate(texts) if amount(text) is not None), 0)
    return texts[first - 1] if first and lettered(texts[first - 1]) else ""


def _has_figures(row: Sequence[GridCell]) -> bool:
    return sum(amount(cell.text) is not None for cell in row) >= LEAST_FIGURES


LEAST_FIGURES = 2
"""Figures of a row that can be the last of a table; notes at its foot hold fewer."""


def _closes_months(grid: Grid) -> bool:
    """Whether the last row of a table of months is no month and has the sum of a column of large counts: the season, whatever it is
    called.
    """
    *parts, last = grid.rows
    if len(parts) < LEAST_PARTS or not all(row[0].text and is_month(row[0].text) for row in parts):
        return False
    if not last[0].text or any(map(str.isdigit, last[0].text)) or is_month(last[0].text):
        return False
    for index, cell in enumerate(last):
        total, figures = amount(cell.text), [amount(row[index].text) for row in parts]
        counts = [figure for figure in (total, *figures) if figure and not figure.unit and not figure.decimals]
        summed = sum(figure.value for figure in figures if figure)
        if total and len(counts) > len(parts) and total.value >= LEAST_LARGE and summed == total.value:
            return True
    return False


LEAST_LARGE = 1_000
"""A sum that no further row reaches by chance to the piece."""

LEAST_SUMMED = 3
"""Columns in which the last row must be the sum of those above before it counts as their total; one more where it is called as they are."""


def _last_sums_up(grid: Grid) -> bool:
    """Whether the last row of a table of counts is the sum of the rows above it in most columns."""
    *parts, last = grid.rows
    least = LEAST_SUMMED + _is_named_alike(last, parts)
    right = wrong = 0
    for index, cell in enumerate(last):
        total, figures = amount(cell.text), [amount(row[index].text) for row in parts]
        counts = [figure for figure in (total, *figures) if figure and not figure.unit and not figure.decimals]
        if total is None or len(parts) < LEAST_PARTS or len(counts) <= len(parts):
            continue
        summed = sum(figure.value for figure in figures if figure) == total.value
        right, wrong = right + summed, wrong + (not summed)
    return right >= least and right >= 3 * wrong


def _is_named_alike(last: Sequence[GridCell], parts: Sequence[Sequence[GridCell]]) -> bool:
    """Whether the last row is called something as the rows above it are: one more site or month, whatever its figures sum up to."""
    names = [next((cell.text for cell in row if any(map(str.isalpha, cell.text))), "") for row in (*parts, last)]
    counted = [any(map(str.isdigit, name)) for name in names]
    if phrases("series_lines", "whole").search(fold(names[-1])):
        return False
    return bool(names[-1]) and all(names[:-1]) and (counted[-1] or not all(counted[:-1]))


def _beside(grid: Grid) -> list[Line]:
    """Each row before its column of totals, the last column that is called so."""
    at = next(
        (
            index
            for index in range(len(grid.heads) - 1, LEAST_PARTS - 1, -1)
            if 0 < len(grid.heads[index]) <= LONGEST_NAME
            and says(grid.heads[index], "sum")
            and not says(grid.heads[index], "mean")
        ),
        None,
    )
    if at is None:
        return []
    return [
        (next((cell.text for cell in row if any(char.isalpha() for char in cell.text)), ""), list(row[:at]), row[at])
        for row in grid.rows
        if row[at].text
    ]


def _checked(lines: Sequence[Line], comma: bool) -> Fact | None:
    """The totals of lines: their last figures sum to the total in most lines, and not in some. How many of the last figures are
    summed is found from the lines themselves: a number of deliveries may stand before the points that are added up.
    """
    read = [made for line in lines if (made := _read(line, comma))]
    if not read:
        return None
    if len(read) == 1 and _weighed(read[0], lines, comma):
        return _told(1, read)
    longest = max(len(figures) for _, figures, _, _ in read)
    best: tuple[int, list[tuple[str, list[Amount], Amount, GridCell]]] = 0, []
    most = 0, 0
    for count in range(longest, 1, -1):
        same = [_same(figures[-count:], total) for _, figures, total, _ in read]
        part = [_part_summed(figures[-count:], total) for _, figures, total, _ in read]
        whole = sum(same)
        missed = sum(left and not all_in for left, all_in in zip(part, same, strict=True))
        if whole >= max(
            LEAST_SURE, 3 * missed
        ):  # all else is summed whole: a total that leaves one figure out forgot it
            fits = same
        else:
            fits = [all_in or left for left, all_in in zip(part, same, strict=True)]
        if (sum(fits), whole) > most:  # what is summed whole is meant, rather than what must leave one out
            most = sum(fits), whole
            summed = [(label, figures[-count:], total, cell) for label, figures, total, cell in read]
            best = sum(fits), [item for item, fit in zip(summed, fits, strict=True) if not fit]
    right, wrong = best
    if not right and len(read) == 1 and (_plain_counts(read[0][1], read[0][2]) or _weighed_alike(read[0])):
        wrong = read
    elif right < max(1, len(wrong)):
        return None
    kept = [
        item
        for item in wrong
        if len(item[1]) >= LEAST_PARTS
        and (
            _is_near(item[1], item[2], bool(right) and not _plain_counts(item[1], item[2]))
            or (right >= max(LEAST_SURE, 3 * len(wrong)) and _counts_below(item[1], item[2]) and _is_near_enough(item))
        )
    ]
    return _told(right, kept)


def _weighed(read: tuple[str, list[Amount], Amount, GridCell], lines: Sequence[Line], comma: bool) -> bool:
    """Whether a lone column of points has another total than their sum, beside weights that make up the whole: ``20 %`` to ``100 %``."""
    _, figures, written, _ = read
    if len(figures) < LEAST_PARTS or _same(figures, written) or _part_summed(figures, written):
        return False
    for _, cells, total in lines:
        weights = [found for cell in cells if (found := amount(cell.text, comma))]
        whole = amount(total.text, comma)
        shared = sum(weight.value for weight in weights) == WHOLE and len(weights) == len(figures)
        if shared and whole and whole.value == WHOLE and whole.unit == "%":
            return _is_near(figures, written, right=True)
    return False


def _weighed_alike(read: tuple[str, list[Amount], Amount, GridCell]) -> bool:
    """Whether a lone column holds what was weighed or measured out, each figure and the total to the same decimal and unit, and the total is
    neither their sum nor their mean, their greatest, the sum of most of them or the root of the sum of their squares, but near their sum.
    """
    _, figures, written, _ = read
    alike = {(figure.decimals, figure.unit) for figure in (*figures, written)}
    if len(figures) < LEAST_WEIGHED or len(alike) != 1 or not written.decimals:
        return False
    if (
        not all(0 < figure.value < written.value for figure in figures)
        or _same(figures, written)
        or _part_summed(figures, written)
    ):
        return False
    squared = math.sqrt(sum(figure.value**2 for figure in figures))
    return abs(squared - written.value) > NEAR_ROOT * written.value and _is_near(figures, written, right=True)


LEAST_WEIGHED = 5
"""Figures with decimals from which a lone column of them is summed up by what is called its total."""

NEAR_ROOT = 0.02
"""Share by which the root of a sum of squares may miss a total that it is, as that of uncertainties."""

WHOLE = 100.0
"""Per cent of the whole."""


def _told(right: int, kept: Sequence[tuple[str, list[Amount], Amount, GridCell]]) -> Fact | None:
    anchor = next((total for _, _, _, total in kept if total.passage is not None), None)
    if anchor is None:
        return None
    told = [
        {"label": label[:40], "written": total.value, "computed": round(sum(figure.value for figure in figures), 3)}
        for label, figures, total, _ in kept[:MOST_WRONG]
    ]
    value = json.dumps({"right": right, "wrong": told}, ensure_ascii=False, separators=(",", ":"))
    return cell_fact("totals", "sum", value, anchor, confidence=0.8)


LEAST_SURE = 3
"""Totals of a table that are right, beside which a single one may be far off and still be meant as the sum of its figures."""


def _is_near_enough(item: tuple[str, list[Amount], Amount, GridCell]) -> bool:
    """Whether a total is at most double the sum of its figures, and more than half of it."""
    computed = sum(figure.value for figure in item[1])
    return computed < 2 * item[2].value <= 4 * computed


def _read(line: Line, comma: bool) -> tuple[str, list[Amount], Amount, GridCell] | None:
    """A line with its figures and its total; None where they are no counts to be summed."""
    label, cells, total = line
    figures = [found for cell in cells if (found := amount(cell.text, comma))]
    written = amount(total.text, comma)
    filled = [cell for cell in cells if any(char.isdigit() for char in cell.text)]
    if written and is_grouped([*figures, written]):
        *figures, written = (grouped(figure) for figure in (*figures, written))
    if written is None or len(figures) < 2 or SHARE.search(fold(label)) or written.unit == "%":
        return None
    if len(filled) - len(figures) > 1 or any(figure.unit == "%" for figure in figures):
        return None
    if any(_UNDETECTED.match(fold(cell.text)) for cell in cells):
        return None  # substances of an analysis: their total is worked out by a formula of the laboratory
    return label, figures, written, total


_UNDETECTED = late(rf"\s*(?:[<≤]\s*(?:\d|[a-z]{{2,4}}\b)|(?:{phrases('totals', 'undetected').pattern})\s*$)")
"""A cell that says that nothing was found, or less than can be told: ``ND``, ``< LOQ``, ``<0.05``."""


def _plain_counts(figures: Sequence[Amount], written: Amount) -> bool:
    """Whether a lone column holds whole counts, none of them above their total, which is not the sum of most of them either."""
    return _counts_below(figures, written) and not _same(figures, written) and not _part_summed(figures, written)


def _counts_below(figures: Sequence[Amount], written: Amount) -> bool:
    """Whether figures are whole counts, none of them above their total."""
    return (
        len(figures) >= LEAST_PARTS
        and written.decimals == 0
        and all(figure.decimals == 0 and 0 <= figure.value < written.value for figure in figures)
    )


def _is_near(figures: Sequence[Amount], written: Amount, right: bool) -> bool:
    computed = sum(figure.value for figure in figures)
    return abs(written.value - computed) <= (NEAR if right else NEAR_ALONE) * abs(computed)


def _same(figures: Sequence[Amount], written: Amount) -> bool:
    """Whether figures sum to the written total, or average to it, but for rounding."""
    computed = sum(figure.value for figure in figures)
    slack = 0.51 * 10.0**-written.decimals + 0.51 * len(figures) * 10.0 ** -max(
        figure.decimals for figure in figures
    ) * (max(figure.decimals for figure in figures) > 0)
    mean = computed / len(figures)
    return abs(computed - written.value) <= slack or abs(mean - written.value) <= slack


def _part_summed(figures: Sequence[Amount], written: Amount) -> bool:
    """Whether the total leaves out a leading number, a running total at the end or one figure of another kind."""
    values = [figure.value for figure in figures]
    computed = sum(values)
    # A list of each piece would take the square of a long column.
    left_out = (values[0], values[-1], *values[: MOST_LEFT_OUT - 2])
    return any(abs(computed - value - written.value) <= A_CENT for value in left_out)


MOST_LEFT_OUT = 40
"""Figures that are tried as the one that a total leaves out."""

A_CENT = 0.01 + 1e-9
"""How far off a written total may be: a cent, however the sum of the floats rounds."""
