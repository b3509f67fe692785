"""Readings whose limits stand in columns of their own: before the readings, or behind them."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.grids import Grid, GridCell
from evidence.facts.limits import Row, mostly_inside, near
from evidence.facts.limits import limits as limits_in
from evidence.facts.numbers import Amount, amount, uses_decimal_comma
from evidence.facts.text import KEPT_TEXTS, fold, phrases, words

MAX_ROWS = 120
"""Rows kept of one table of readings: a layout inspection of a complex casting has about that many."""

LEAST_ROWS = 2
LEAST_READINGS = 2
LEAST_PIECES = 3
"""Pieces measured one a row from which a column under its limits counts as readings."""

Made = tuple[list[Row], GridCell]
"""The readings of a table and the cell to quote."""

NOT_READING = re.compile(
    r"sample size|\bsize\b|freq|\bqty\b|quantity|instrument|gauge|gage|tool|method|rank|class|\bno\b|error|"
    r"uncertainty|diff|cỡ mẫu|tần suất|số lượng|jumlah|frekuensi|数量|频率|工具|주기|수량|siklik|adet"
)


def reading_in(head: str, text: str, low: float | None, comma: bool) -> float | None:
    """The reading of a cell beside a specification; none where it is a day, or an error beside what a gauge can measure: ``0-150 | -0.01``."""
    if _DAY.fullmatch(text.strip()) or NOT_READING.search(fold(head)):
        return None
    if low is not None and low >= 0 and named("calibration", "error", head):
        return None
    found = amount(text, comma)
    return found.value if found else None


_DAY = re.compile(r"(?:19|20)\d\d([./-])\d{1,2}\1\d{1,2}\.?|\d{1,2}([./-])\d{1,2}\2(?:19|20)\d\d")


@lru_cache(KEPT_TEXTS)
def named(group: str, name: str, text: str) -> bool:
    """Whether a text holds a phrase of a list of ``tables.toml``."""
    plain = _PER_MINUTE.sub("", fold(text))
    if (minutes := _MINUTES.search(plain)) and _named("inspection", "timed").search(plain, 0, minutes.start()):
        plain = plain[: minutes.start()]
    return _named(group, name).search(plain) is not None


_PER_MINUTE = re.compile(r"(?<![a-zµ])(?!max)[a-zµ]{1,3}[²³]?\s?/\s?min(?![^\W_])")
"""A unit of flow or speed, ``ml/min``, in which no least value is named; ``max/min`` names both."""


_MINUTES = re.compile(r"[(\[,/]\s?min\.?\s?[)\]]?$")
"""Minutes as the unit of a head."""


@cache
def _named(group: str, name: str) -> re.Pattern[str]:
    return words(tuple(table("tables")[group][name]))


def _end_columns(heads: Sequence[str]) -> tuple[int | None, int | None]:
    """The columns of the lower and the upper limit. A head that states its limit itself (``Zinc µm (min 70)``) is over readings; beside
    such a head a lone ``highest temperature`` was measured too.
    """
    stating = {index for index, head in enumerate(heads) if _states_end(head)}
    low, high = (
        next(
            (
                index
                for index, head in enumerate(heads)
                if 0 < len(head) <= LONGEST_HEAD
                and index not in stating
                and not _DECIMAL.search(head)  # ``UCL X 1.610`` tells the limit of a chart and heads no column
                and named("inspection", name, head)
            ),
            None,
        )
        for name in ("low", "high")
    )
    return (None, None) if stating and (low is None or high is None) else (low, high)


_DECIMAL = re.compile(r"\d[.,]\d")


def _states_end(head: str) -> bool:
    """Whether a head names a figure below or above which its column must not lie."""
    low, high = limits_in(head)
    return (low is None) != (high is None) and sum(map(str.isalpha, head)) > 1


def heads_ends(heads: Sequence[str]) -> bool:
    """Whether heads name a lower or an upper limit and at least two columns behind them. A least and a greatest value behind the
    readings sum those up and limit nothing.
    """
    low, high = _end_columns(heads)
    ends = [index for index in (low, high) if index is not None]
    behind = [head for head in heads[max(ends, default=0) + 1 :] if head]
    return bool(ends) and len(behind) >= LEAST_READINGS and (len(ends) == 2 or min(ends) <= 2)


def by_ends(grid: Grid) -> Iterator[Made]:
    """Rows of readings behind their lower and upper limit."""
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    low_at, high_at = _end_columns(grid.heads)
    last = max(index for index in (low_at, high_at) if index is not None)
    made: list[Row] = []
    anchor = None
    for row in grid.rows[:MAX_ROWS]:
        low, high = (
            found.value if index is not None and (found := amount(row[index].text, comma)) else None
            for index in (low_at, high_at)
        )
        values = _values(grid.heads, row, last + 1, comma)
        if (low is None and high is None) or len(values) < LEAST_READINGS:
            continue
        label = next((cell.text for cell in row[: last + 1] if any(char.isalpha() for char in cell.text)), "")
        spec = " ... ".join(row[index].text for index in (low_at, high_at) if index is not None and row[index].text)
        made.append({"label": label[:60], "spec": spec[:40], "low": low, "high": high, "values": values[:60]})
        anchor = anchor or next((cell for cell in row if cell.passage is not None and cell.text), None)
    if len(made) >= LEAST_ROWS and anchor is not None and mostly_inside(made):
        yield made, anchor


def _values(heads: Sequence[str], row: Sequence[GridCell], start: int, comma: bool) -> list[float]:
    return [
        found.value
        for head, cell in zip(heads[start:], row[start:], strict=True)
        if cell.text
        and not NOT_READING.search(fold(head))
        and not named("inspection", "summed", head)
        and (found := amount(cell.text, comma))
        and cell.kind != "error"
    ]


def heads_beside(heads: Sequence[str]) -> bool:
    """Whether heads name a limit, of whichever end, and a column beside it."""
    return any(_limits(heads)) and sum(bool(head) for head in heads) >= LEAST_ROWS


def _limits(heads: Sequence[str]) -> tuple[int | None, int | None, int | None]:
    """The columns of the lower limit, of the upper one, and of one whose end its head does not tell."""
    low, high = _end_columns(heads)
    bound = next(
        (
            index
            for index, head in enumerate(heads)
            if index not in (low, high)
            and 0 < len(head) <= LONGEST_HEAD
            and not any(char.isdigit() for char in head)  # else it states its limit itself
            and named("inspection", "bound", head)
            and not phrases("series_lines", "aimed").search(fold(head).replace("limit", ""))
        ),
        None,
    )
    return low, high, bound if low is None and high is None else None


LONGEST_HEAD = 30
"""Letters of the head of a column of limits."""


def by_columns(grid: Grid) -> Iterator[Made]:
    """One piece or feature a row, its limits in columns of their own on either side of what was read."""
    rows = grid.rows[:MAX_ROWS]
    comma = uses_decimal_comma([cell.text for row in rows for cell in row])
    low_at, high_at, bound_at = _limits(grid.heads)
    columns = {
        index: found
        for index in range(len(grid.heads))
        if (found := {at: read.value for at, row in enumerate(rows) if (read := _figure(row[index], comma))})
    }
    ends = [index for index in (low_at, high_at, bound_at) if index is not None and index in columns]
    if not ends:
        return
    known = set.intersection(*(set(columns[index]) for index in ends))
    usable = [
        index
        for index, values in columns.items()
        if index not in ends
        and len(known & set(values)) >= LEAST_PIECES
        and grid.heads[index]
        and not _is_aside(grid.heads[index], [grid.heads[at] for at in ends])
        and not (named("evaluation", "score", grid.heads[index]) or _runs(list(values.values())))
    ]
    means = [index for index in usable if named("control_chart", "mean", grid.heads[index])]
    pieces = [index for index in usable if not named("inspection", "summed", grid.heads[index])]
    for chosen in (pieces, means if len(means) == 1 else []):  # a lone mean of what was read of each lot is its reading
        told = False
        for index in chosen:
            head, figures = grid.heads[index], columns[index]
            shared = sorted(known & set(figures))
            made = _pieces(
                head,
                [rows[at] for at in shared],
                [figures[at] for at in shared],
                [_ends_of(at, columns, low_at, high_at, bound_at, figures, shared, rows[at]) for at in shared],
            )
            anchor = next((rows[at][index] for at in shared if rows[at][index].passage is not None), None)
            if made and anchor is not None and mostly_inside(made) and all(near(row) for row in made):
                told = True
                yield made, anchor
        if told:
            return


def _is_aside(head: str, limits: Sequence[str]) -> bool:
    """Whether a column holds no readings by its head, unless the limit is named by the same word: error found, error allowed."""
    match = NOT_READING.search(fold(head))
    return match is not None and not any(match[0].strip() in fold(limit) for limit in limits)


def _figure(cell: GridCell, comma: bool) -> Amount | None:
    return amount(cell.text, comma) if cell.text and cell.kind != "error" else None


def _ends_of(
    at: int,
    columns: Mapping[int, Mapping[int, float]],
    low_at: int | None,
    high_at: int | None,
    bound_at: int | None,
    values: Mapping[int, float],
    shared: Sequence[int],
    row: Sequence[GridCell],
) -> tuple[float | None, float | None]:
    """Lower and upper limit of a row; a limit whose end is not told is that on whose side most readings do not lie, but for what is
    used up towards it.
    """
    if bound_at is not None:
        bound = columns[bound_at][at]
        if _EITHER_SIDE.match(row[bound_at].text):
            return -abs(bound), abs(bound)
        if values[at] >= bound and _is_used_up(row, values[at]):
            return bound, None
        under = sum(values[row] <= columns[bound_at][row] for row in shared)
        return (None, bound) if under * 2 >= len(shared) else (bound, None)
    return (
        columns[low_at][at] if low_at is not None and low_at in columns else None,
        columns[high_at][at] if high_at is not None and high_at in columns else None,
    )


_EITHER_SIDE = re.compile(r"\s*(?:±|\+/-|\+-)")

_USED_UP = phrases("inspection_flags", "used_up")
"""What is taken out of use when too little of it is left: ropes, linings, treads."""

_SIZE = re.compile(r"(?<![\w.,])\d{1,4}(?:[.,]\d{1,3})?(?![\d.,]*\d)")


def _is_used_up(row: Sequence[GridCell], value: float) -> bool:
    """Whether a row tells of something of which some has to be left: by its name, or by its size when new, which is above the reading:
    ``Hoist rope 28 mm | 27.3 | 26.0``.
    """
    label = next((fold(cell.text) for cell in row if any(map(str.isalpha, cell.text))), "")
    sizes = (float(size.replace(",", ".")) for size in _SIZE.findall(label))
    return _USED_UP.search(label) is not None or any(value <= size <= MOST_NEW * value for size in sizes)


MOST_NEW = 1.5
"""Times the size of what is in use up to which a figure in its name is its size when new."""


def _pieces(
    head: str,
    rows: Sequence[Sequence[GridCell]],
    values: Sequence[float],
    ends: Sequence[tuple[float | None, float | None]],
) -> list[Row]:
    """Readings of pieces under one and the same limit are those of one feature; else each row is a feature of its own."""
    if len(set(ends)) == 1:
        low, high = ends[0]
        return [{"label": head[:60], "spec": _told(low, high), "low": low, "high": high, "values": list(values)[:60]}]
    made = []
    for row, value, (low, high) in zip(rows, values, ends, strict=True):
        label = next((cell.text for cell in row if any(char.isalpha() for char in cell.text)), head)
        made.append({"label": label[:60], "spec": _told(low, high), "low": low, "high": high, "values": [value]})
    return made


def _told(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{low:g} ... {high:g}"
    return f"at least {low:g}" if low is not None else f"at most {high:g}"


def _runs(values: Sequence[float]) -> bool:
    """Whether figures are numbers of rows: all one step apart."""
    return len(values) >= LEAST_PIECES and {
        round(later - earlier, 6) for earlier, later in itertools.pairwise(values)
    } <= {0.0, 1.0}
