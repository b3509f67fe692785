"""What the rows of a table show by themselves: one column is the product, the quotient or the sum of others in all rows but one.

Fact: kind ``totals``, role ``sum``, value as in :mod:`evidence.facts.totals` with ``"how"``: ``row`` where a figure follows from those beside
it (cartons and pieces a carton, points and weight, stock, in and out), ``line`` where it sums up or averages a line. No head is asked:
three rows that hold to the last figure show what a column is.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from evidence.facts.grids import Grid, GridCell, headed, upright
from evidence.facts.indicators import says
from evidence.facts.numbers import GROUP, Amount, amount, grouped, is_grouped, uses_decimal_comma
from evidence.facts.sources import Source, cell_fact
from evidence.facts.text import fold, is_nameless, lettered, phrases
from evidence.model import Fact

LEAST_RIGHT = 3
"""Rows that must hold beside the one that does not; as many times the wrong ones must they be."""

WIDEST = 10
"""Columns with figures that are tried against each other."""

MOST_ROWS = 400
"""Rows of a table that are worked through."""

FAR = 0.02
"""Share by which a figure has to miss: less may be rounding of what it was worked out from."""

SCALES = (1.0, 100.0, 0.01, 1000.0, 0.001, 1_000_000.0)
"""Between figures of other units: per cent, kilograms of grams, parts per million."""

NEAR = 0.5
"""Share of a figure that the rounding of its parts may come to at most."""

MOST_TRIED = 60_000
"""Relations that are tried in one document: five tables of ten columns, or hundreds of five; of a file made to exhaust the reader no more."""

LARGEST_POINT = 10
"""Greatest number of points that a risk is rated with."""

Columns = dict[int, dict[int, Amount]]
Worked = Callable[[Sequence[Amount]], float]


def find_row_relations(source: Source) -> Iterator[Fact]:
    """Of each table the first relation between its columns, or its rows, that one row breaks."""
    left = iter(range(MOST_TRIED))
    for whole in source.grids:
        grid = headed(whole)
        if grid.hidden or len(grid.rows) > MOST_ROWS:
            continue
        made = _of_grid(grid, left)
        if made is None and whole.heads and len(whole.heads) > LEAST_RIGHT and len(whole.rows) <= WIDEST:
            made = _of_grid(upright(whole), left, _alike_samples(whole))
        if made:
            yield made


def _alike_samples(grid: Grid) -> frozenset[int]:
    """The columns of samples, as rows of the table turned upright, whose figures differ little: of readings of one size, some three come to
    a fourth by chance. A month's figures of several measures differ.
    """
    found = set()
    for at in _samples(grid):
        figures = [abs(figure.value) for cell in grid.column(at) if (figure := amount(cell.text))]
        if figures and max(figures) <= ALIKE * min(figures):
            found.add(at - 1)
    return frozenset(found)


ALIKE = 1.5
"""Times by which readings of one feature differ at most."""


def _of_grid(grid: Grid, left: Iterator[int], samples_below: frozenset[int] = frozenset()) -> Fact | None:
    if len(grid.rows) <= LEAST_RIGHT:
        return None
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    sums = {at for at in range(len(grid.rows)) if _is_whole(grid, at)} | samples_below
    columns: dict[int, dict[int, Amount]] = {}
    for index in range(len(grid.heads)):
        found = {
            at: figure
            for at, cell in enumerate(grid.column(index))
            if at not in sums and (figure := amount(cell.text, comma))
        }
        if len(found) > LEAST_RIGHT and len(set(found.values())) > 1 and not numbers_rows(list(found.values())):
            columns[index] = found
    if len(columns) > WIDEST:
        return None
    if any(is_grouped(column.values()) for column in columns.values()):
        every = {0, GROUP}
        columns = {
            index: {at: grouped(figure) for at, figure in column.items()}
            if {figure.decimals for figure in column.values()} <= every
            else column
            for index, column in columns.items()
        }
    if made := _running(grid, columns):
        return made
    samples = _samples(grid)
    for _, (parts, written, worked, slack) in zip(left, _tried(columns), strict=False):
        if written in samples:
            continue
        if made := _checked(grid, columns, parts, written, worked, slack):
            return made
    return None


def _samples(grid: Grid) -> set[int]:
    """The columns that a head or a row numbers as samples, ``1 | 2 | 3`` or ``X1 | X2 | X3``: each was read, and follows from no other."""
    found: set[int] = set()
    for texts in (grid.heads, *([cell.text for cell in row] for row in grid.rows[:LATEST_HEAD])):
        numbered = [(at, match) for at, text in enumerate(texts) if (match := _NUMBERED.fullmatch(text.strip()))]
        numbers = [int(match["n"]) for _, match in numbered]
        alike = len({match["stem"] for _, match in numbered}) == 1
        if alike and len(numbers) >= LEAST_SAMPLES and numbers == list(range(1, len(numbers) + 1)):
            found |= {at for at, _ in numbered}
    return found


_NUMBERED = re.compile(r"(?P<stem>[^\d|]{0,12})(?P<n>\d{1,2})[.)]?")
LEAST_SAMPLES, LATEST_HEAD = 3, 4
"""Samples beside each other, and rows among which they can be numbered."""


def _running(grid: Grid, columns: Columns) -> Fact | None:
    """A column that sums up another from the first row on, as the shares of a ranking, in all rows but one."""
    for part, written in itertools.permutations(columns, 2):
        rows = sorted(columns[part].keys() & columns[written].keys())
        if len(rows) <= LEAST_RIGHT or rows != list(range(rows[0], rows[0] + len(rows))):
            continue
        sums = list(itertools.accumulate(columns[part][at].value for at in rows))
        right: list[tuple[int, float]] = []
        wrong: list[tuple[int, float]] = []
        for count, (at, computed) in enumerate(zip(rows, sums, strict=True), 1):
            own = columns[written][at]
            exact = not own.decimals and not columns[part][at].decimals
            slack = 1e-6 if exact else 0.5 * 10.0**-own.decimals + count * 0.5 * 10.0 ** -columns[part][at].decimals
            (right if abs(own.value - computed) <= slack else wrong).append((at, computed))
        if not right or max(sums) - min(sums) < CLIMBED * slack:
            continue  # figures of the size of their last digit are met by chance
        at, computed = wrong[0] if wrong else (0, 0.0)
        if len(wrong) != 1 or len(right) < LEAST_RIGHT or at == rows[0] or grid.rows[at][written].passage is None:
            continue
        if not _is_of_size(columns[written][at].value, computed, len(right)):
            continue
        missed = abs(columns[written][at].value - computed)
        varied = len({columns[part][row].value for row, _ in right}) >= LEAST_RIGHT
        if varied and missed > FAR * columns[written][at].value:
            return _fact(grid, columns, written, len(right), [(at, computed)], grid.rows[at][written])
    return None


CLIMBED = 3.0
"""Times the rounding of all its parts that a running sum must climb."""


def numbers_rows(figures: Sequence[Amount]) -> bool:
    """Whether figures number their rows."""
    return [figure.value for figure in figures] == list(range(1, len(figures) + 1))


Tried = tuple[tuple[int, ...], int, Worked, float]
"""The columns from which a figure is worked out, its own, how, and what the rounding of its parts may add."""


def _tried(columns: Columns) -> Iterator[Tried]:
    """Products first: of a product each factor is a quotient as well, and is seldom what was worked out."""
    for written in columns:
        others = [index for index in columns if index != written]
        exact = any(figure.decimals for figure in columns[written].values())
        for one, other in itertools.combinations(others, 2):
            for scale in SCALES if exact else SCALES[:1]:
                yield (one, other), written, _times(scale), 0.0
        for three in itertools.combinations(others, 3):
            if all(0 < figure.value <= LARGEST_POINT for index in three for figure in columns[index].values()):
                yield three, written, lambda row: row[0].value * row[1].value * row[2].value, 0.0
    for written in columns:
        others = [index for index in columns if index != written]
        for one, other in itertools.permutations(others, 2):
            for scale in SCALES if any(figure.decimals for figure in columns[written].values()) else ():
                yield (one, other), written, _over(scale), 0.0
    for written in reversed(columns):
        others = [index for index in columns if index != written]
        for one, other in itertools.combinations(others, 2):
            yield (one, other), written, lambda row: row[0].value + row[1].value, 1.0
            for third in others:
                if third not in (one, other):  # what was there and came in, and what went out
                    yield (one, other, third), written, lambda row: row[0].value + row[1].value - row[2].value, 1.0
            for third, fourth in itertools.combinations([index for index in others if index not in (one, other)], 2):
                yield (one, other, third, fourth), written, _in_and_out, 1.0


def _in_and_out(row: Sequence[Amount]) -> float:
    return row[0].value + row[1].value - row[2].value - row[3].value


def _times(scale: float) -> Worked:
    return lambda row: row[0].value * row[1].value * scale


def _over(scale: float) -> Worked:
    return lambda row: _share(row, scale)


def _share(row: Sequence[Amount], scale: float) -> float:
    return row[0].value / row[1].value * scale if row[1].value else float("nan")


def _checked(
    grid: Grid, columns: Columns, parts: tuple[int, ...], written: int, worked: Worked, rounding: float
) -> Fact | None:
    right: list[int] = []
    wrong: list[tuple[int, float]] = []
    own_column = columns[written]
    for at, own in own_column.items():  # columns are filled from top to bottom
        row = [figure for index in parts if (figure := columns[index].get(at))]
        if len(row) < len(parts):
            continue
        computed = worked(row)
        slack = 0.6 * 10.0**-own.decimals if own.decimals or not rounding else 0.0
        if rounding and (decimals := max(figure.decimals for figure in row)):
            slack += rounding * 0.6 * 10.0**-decimals
        if abs(own.value - computed) <= slack:
            right.append(at)
        elif computed == computed and not _is_within_rounding(row, own, computed, worked):
            wrong.append((at, computed))
            if len(wrong) > 1 and (len(wrong) > len(right) or len(wrong) * LEAST_RIGHT > len(own_column)):
                return None  # most relations do not hold from the second row on
    least = LEAST_RIGHT + bool(rounding)  # a sum of two or three is met by chance sooner than a product
    if not wrong or len(right) < max(least, LEAST_RIGHT * len(wrong)) or not _telling(columns, parts, written, right):
        return None
    if rounding and not (_apart(columns, (*parts, written), right) or _large(columns, parts, written, right)):
        return None
    if any(not _is_of_size(columns[written][at].value, computed, len(right)) for at, computed in wrong):
        return None
    told = [(at, computed) for at, computed in wrong if not _explained(grid, columns, parts, written, at, computed)]
    anchor = next((grid.rows[at][written] for at, _ in told if grid.rows[at][written].passage is not None), None)
    if anchor is None or len(told) != len(wrong):
        return None
    return _fact(grid, columns, written, len(right), told, anchor)


def _is_within_rounding(row: Sequence[Amount], own: Amount, computed: float, worked: Worked) -> bool:
    """Whether parts that were rounded as they are written may come to the figure: 174 t and 1.3 % to 2.2 t."""
    if abs(own.value - computed) > NEAR * abs(computed):
        return False
    halves = [0.5 * 10.0**-figure.decimals if figure.decimals else 0.0 for figure in row]
    ends = [
        worked([replace(figure, value=figure.value + sign * half) for figure, half, sign in zip(row, halves, signs, strict=True)])
        for signs in itertools.product((-1, 1), repeat=len(row))
    ]  # fmt: skip
    slack = 0.6 * 10.0**-own.decimals * (own.decimals > 0)
    return min(ends) - slack <= own.value <= max(ends) + slack


def _fact(
    grid: Grid, columns: Columns, written: int, right: int, told: Sequence[tuple[int, float]], anchor: GridCell
) -> Fact:
    value = {
        "right": right,
        "how": "row",
        "wrong": [
            {
                "label": f"{grid.heads[written] or 'figure'}, {_name(grid, at)}"[:60],
                "written": columns[written][at].value,
                "computed": round(computed, 3),
            }
            for at, computed in told
        ],
    }
    return cell_fact(
        "totals", "sum", json.dumps(value, ensure_ascii=False, separators=(",", ":")), anchor, confidence=0.8
    )


def _name(grid: Grid, at: int) -> str:
    return next((cell.text for cell in grid.rows[at] if cell.text), "")


def _telling(columns: Columns, parts: Sequence[int], written: int, right: Sequence[int]) -> bool:
    """Whether what the rows have in common is no chance: results that differ, of figures of which none is nothing or one."""
    results = {columns[written][at].value for at in right}
    if len(results) < LEAST_RIGHT:
        return False
    if any(not {columns[index][at].value for at in right} - {0.0, 1.0} for index in parts):
        return False
    if _large(columns, parts, written, right):
        return True
    full = [at for at in right if all(columns[index][at].value not in (0.0, 1.0) for index in parts)]
    large = [at for at in full if len(f"{columns[written][at].value:g}".replace(".", "").strip("0")) > 1]
    return len(full) >= LEAST_FULL and len({columns[written][at].value for at in large}) >= LEAST_RIGHT


def _apart(columns: Columns, indexes: Sequence[int], right: Sequence[int]) -> bool:
    """Whether the figures of the rows are all something and none is another one: of a reading beside its own value nothing is summed."""
    if not any(figure.decimals for index in indexes for figure in columns[index].values()):
        return False  # a few counts make others by chance
    step = min(10.0 ** -columns[indexes[-1]][at].decimals for at in right)
    results = [columns[indexes[-1]][at].value for at in right]
    if max(results) - min(results) < SPREAD * step:
        return False  # readings of one size lie a few steps apart, and any three come to the fourth now and then
    rows = [[columns[index][at].value for index in indexes] for at in right]
    return sum(all(row) and len(set(row)) == len(row) for row in rows) >= LEAST_RIGHT


SPREAD = 10
"""Steps of its last digit over which the figure of a row must move before a sum that gives it is no chance."""


def _large(columns: Columns, parts: Sequence[int], written: int, right: Sequence[int]) -> bool:
    """Whether whole counts of three figures and more come out to the piece, each part having its share: a stock after what came and went."""
    results = {columns[written][at].value for at in right}
    if any(figure.decimals for index in (*parts, written) for figure in columns[index].values()):
        return False
    filled = all(any(columns[index][at].value for at in right) for index in parts)
    return filled and sum(abs(result) >= LARGE for result in results) >= LEAST_RIGHT


LARGE = 100.0
"""A count that no four others come to by chance."""


def _is_of_size(own: float, computed: float, right: int) -> bool:
    """Whether a figure and what it should be are of one size: a digit is wrong, or, where many rows hold, the decimal sign."""
    low, high = sorted((abs(own), abs(computed)))
    slipped = right > LEAST_RIGHT + 1 and abs(high - SLIP * low) <= FAR * high
    return own * computed > 0 and (high <= TIMES * low or slipped)


TIMES, SLIP = 2.0, 10.0
"""Times by which a figure may miss what it should be, and where five rows hold a decimal sign that slipped."""

LEAST_FULL = 2
"""Rows that hold of figures above one, with a result of two figures."""


def _is_whole(grid: Grid, at: int) -> bool:
    """Whether a row sums up the others."""
    named = next((cell.text for cell in grid.rows[at] if lettered(cell.text)), "")
    return says(named, "sum") or any(phrases("aggregates", kind).search(fold(named)) for kind in KINDS)


def _explained(grid: Grid, columns: Columns, parts: Sequence[int], written: int, at: int, computed: float) -> bool:
    """Whether a figure that does not follow has its reason: what is left in another column, a last box that is not full, a rounding, a
    word for what was taken out.
    """
    own = columns[written][at].value
    left = abs(own - computed)
    if left <= FAR * max(abs(computed), abs(own)):
        return True
    if any(
        at in column and abs(column[at].value - left) < SAME
        for index, column in columns.items()
        if index not in (*parts, written)
    ):
        return True
    row = [columns[index][at] for index in parts]
    if not any(figure.decimals for figure in row) and max(figure.value for figure in row) > LARGEST_POINT:
        products = len(row) == 2 and abs(row[0].value * row[1].value - computed) < SAME
        if products and computed > own and left < max(figure.value for figure in row):
            return True
    used = {written, *parts}
    notes = [cell.text for index, cell in enumerate(grid.rows[at]) if index not in used and lettered(cell.text)]
    others = {
        fold(row[index].text) for number, row in enumerate(grid.rows) if number != at for index in range(len(row))
    }
    return any(
        fold(note) not in others and any(map(str.isdigit, note)) and f"{left:g}" in note.replace(",", "")
        for note in notes
        if not is_nameless(note)
    )


SAME = 1e-6
KINDS = ("mean", "greatest", "least", "range")
"""What a line of a table can be called that sums up the others without adding them."""
