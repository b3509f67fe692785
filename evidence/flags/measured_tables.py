"""Tables of figures that have one limit, wherever it is told: in a column of its own, in their head, in a title above them or in a sentence.

That a limit is of a column is shown by its name, or by most of the figures keeping it. Rows over periods are read as columns as well, and
columns that are all periods, or pieces with a number, as one block.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence.facts.indicators import measure_of, says
from evidence.facts.limits import limits, limits_of_head
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.text import fold, phrases
from evidence.flags.crowded_columns import lone_limits
from evidence.flags.missed_limits import Ends, ends_of, is_limit_head, misses, same_unit
from evidence.flags.month_tables import named_rows
from evidence.flags.moved_series import Key, period_of
from evidence.flags.told_tables import TableRow
from evidence.flags.told_ways import shared_letters
from evidence.model import DocumentReport

LEAST_ROWS = 3
"""Rows of a table of which a sentence over all can be told."""

LEAST_COLUMNS = 2
"""Columns of a table: a name and a figure."""

LEAST_PERIODS = 3
"""Periods at the heads of a table whose rows are read as columns."""

MOSTLY = 0.6
"""Part of the figures of a column that keeps a limit which no name shows to be theirs."""

SURELY = 0.7
"""Part of the figures that lies on one side of a limit that tells no side."""

TIMES = 10
"""Times a limit, or parts of it, within which a figure can be of it."""

CLOSE = 3.0
"""The same where all figures lie beyond it."""

WIDTHS = 3.0
"""Widths of a tolerance beyond it within which a figure is a reading of it, and none of another product."""

LINES_ABOVE = 4
"""Lines above a table in which its limit is sought."""

_BOUND, _ASIDE = phrases("kept_by_all", "bound"), phrases("said_met", "aside")
_FIGURE = re.compile(r"[-+]?\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,4})?\s?(?:%|‰|°\s?[cf]|[^\W\d_][^\d|]{0,24})?")
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,4})?(?![.,]?\d)")
_PIECES = re.compile(r"[|;；。()（）]|[,，、](?!\d)|\s{2,}|\.\s")
_DAY = re.compile(r"\d{1,4}([-/])\d{1,2}(?:\1\d{1,4})?|\d{1,4}\.\d{1,2}\.\d{1,4}\.?")
_NUMBERED = re.compile(r"(?:[^\W\d_]{1,10}\.?\s?)?#?\d{1,3}|x\s?\d{1,2}")
"""The head of one of several alike: ``1``, ``Pc 3``, ``x2``."""


@dataclass
class Measured:
    """A table: its head, what stands above it, and its rows, all folded."""

    part: int
    head: list[str]
    above: list[str]
    rows: list[TableRow] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    """What stands right below it."""

    sources: dict[str, TableRow] = field(default_factory=dict)
    """Of a table that was turned the row that each of its columns was, by its head."""

    @property
    def title(self) -> str:
        """What stands above it and heads what its rows are."""
        return " ".join((*self.above[-LINES_ABOVE:], self.head[0]))


@dataclass(frozen=True)
class Column:
    """A column of figures with the limit of each, and how it was told."""

    table: Measured
    head: str
    limit: str
    limited: int
    """Column of the limits, 0 where they stand elsewhere."""

    read: list[tuple[TableRow, str, Ends]]
    of_periods: bool = False
    """Whether each figure is that of a period."""

    @property
    def beyond(self) -> list[tuple[TableRow, str, Ends]]:
        """The figures beyond their limit."""
        return [one for one in self.read if _misses(one[1], one[2])]

    def period(self, one: tuple[TableRow, str, Ends]) -> Key | None:
        """The period of a figure: that of its row, or of the head above it."""
        row, cell, _ = one
        return period_of(row.cells[0]) or period_of(self.table.head[row.cells.index(cell, 1)])

    def last_beyond(self) -> list[tuple[TableRow, str, Ends]]:
        """Of each row of figures, or of the column, the last one where it is beyond its limit and the mean of all is too."""
        rows: dict[str, list[tuple[TableRow, str, Ends]]] = {}
        for one in self.read:
            rows.setdefault("" if period_of(one[0].cells[0]) else one[0].cells[0], []).append(one)
        found = []
        for read in rows.values():
            values = [value for _, cell, _ in read if (value := _value(cell)) is not None]
            if _misses(read[-1][1], read[-1][2]) and misses(sum(values) / len(values), read[-1][2]):
                found.append(read[-1])
        return found


def measured_tables(document: DocumentReport) -> list[Measured]:
    """The tables of a document from two columns on, each below a head of words; those of periods with their rows as columns too."""
    found: list[Measured] = []
    for part in sorted({passage.part for passage in document.passages}):
        table: Measured | None = None
        above: list[str] = []
        lines = list(document.lines(part))
        for (passage, line), told in zip(lines, named_rows(lines), strict=True):
            cells = [fold(cell) for cell in told]
            if len(cells) < LEAST_COLUMNS:
                above.append(cells[0])
                if found and found[-1].part == part and len(found[-1].below) < LINES_ABOVE:
                    found[-1].below.append(cells[0])
                table = None if table and table.rows else table
                continue
            if table and table.head == cells:
                continue
            if _heads(cells) and not (table and table.rows and len(cells) == len(table.head)):
                table = Measured(part, cells, [*map(fold, passage.heading[-1:]), *above])
                found.append(table)
            elif table and len(cells) <= len(table.head):
                table.rows.append(TableRow(passage, line, cells))
    turned = [other for table in found if (other := _turned(table))]
    return [*(table for table in found if len(table.rows) >= LEAST_ROWS or (table.rows and _periods(table))), *turned]


def _periods(table: Measured) -> list[int]:
    """The columns of a table that are headed by periods, where it has several."""
    places = [at for at, head in enumerate(table.head) if at and period_of(head)]
    return places if len(places) >= LEAST_PERIODS else []


def _turned(table: Measured) -> Measured | None:
    """A table of periods with a column for each of its rows."""
    places = _periods(table)
    if not places or not table.rows or len({row.cells[0] for row in table.rows}) < len(table.rows):
        return None
    first = table.rows[0]
    rows = [
        TableRow(first.passage, first.line, [table.head[at], *(_cell(row, at) for row in table.rows)]) for at in places
    ]
    heads = [table.head[0], *(row.cells[0] for row in table.rows)]
    return Measured(table.part, heads, table.above, rows, table.below, {row.cells[0]: row for row in table.rows})


def _cell(row: TableRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _heads(cells: Sequence[str]) -> bool:
    named = [cell for cell in cells if cell]
    return len(named) >= LEAST_COLUMNS and all(
        (any(map(str.isalpha, cell)) and not amount(cell)) or period_of(cell) for cell in named
    )


def limited_columns(table: Measured, claim: str) -> Iterator[Column]:
    """The columns of a table that have a limit; ``claim`` is a folded sentence that may tell it."""
    comma = uses_decimal_comma([cell for row in table.rows for cell in row.cells])
    aside = [at for at, head in enumerate(table.head) if at == 0 or not head or _ASIDE.fullmatch(head)]
    figured = [
        at for at in range(1, len(table.head)) if at not in aside and len(_read(table, at)) * 2 > len(table.rows)
    ]
    limited = [at for at, head in enumerate(table.head) if at and is_limit_head(head) and not says(head, "actual")]
    if len(limited) == 1:
        yield from _beside(table, limited[0], [at for at in figured if at != limited[0]])
        return
    headed = {at: ends for at in figured if (ends := limits_of_head(table.head[at], comma)) != (None, None)}
    for at, ends in headed.items():
        yield from _kept(table, [at], table.head[at], [(row, cell, ends) for row, cell in _read(table, at)])
    if not headed and not limited:
        yield from _by_words(table, figured, claim, comma)


def _by_words(table: Measured, figured: Sequence[int], claim: str, comma: bool) -> Iterator[Column]:
    """The columns whose limit a line above them or a sentence tells: that which is named there, else the only one or the block of all."""
    for limit, line, told in _told_limits([*table.above[-LINES_ABOVE:], *table.below, claim], comma):
        near = [at for at in figured if _is_of_size(table, at, told)]
        named = [at for at in near if shared_letters(table.head[at], line) or _same_sign(table.head[at], limit)]
        chosen = named if len(named) == 1 else near
        block = len(chosen) > 1 and all(
            period_of(table.head[at]) or _NUMBERED.fullmatch(table.head[at]) for at in chosen
        )
        if len(chosen) != 1 and not block:
            continue
        ends = _ends(table, chosen, told)
        if ends != (None, None):
            read = [(row, cell, ends) for at in chosen for row, cell in _read(table, at)]
            above = any(shared_letters(table.head[at], " ".join(table.above)) for at in chosen) and line != claim
            yield from _kept(table, chosen, limit, read, sure=bool(named), all_beyond=above and len(near) == 1)


Told = tuple[float | None, float | None, float | None]
"""The least and the most that a limit tells, or the one figure of one that tells no side."""


def _is_of_size(table: Measured, at: int, told: Told) -> bool:
    """Whether all figures of a column are of the size of a limit."""
    low, high, end = told
    return all(_is_near(cell, (low, high if end is None else end)) for _, cell in _read(table, at))


def _ends(table: Measured, columns: Sequence[int], told: Told) -> Ends:
    """The ends of a limit for some columns: as told, or of one that tells no side that on which the measure is better, else that on which
    most of their figures lie.
    """
    low, high, end = told
    if end is None:
        return low, high
    measure = measure_of(table.head[columns[0]])
    if measure and measure.better in ("lower", "higher"):
        return (None, end) if measure.better == "lower" else (end, None)
    values = [value for at in columns for _, cell in _read(table, at) if (value := _value(cell)) is not None]
    under = sum(value <= end for value in values)
    if len(values) < LEAST_ROWS:
        return None, None
    if under >= SURELY * len(values):
        return None, end
    return (end, None) if len(values) - under >= SURELY * len(values) else (None, None)


def _same_sign(head: str, limit: str) -> bool:
    """Whether a head and a limit bear the same short sign of what is measured: ``ΔE``, ``Ra``, ``pH``, or both are shares."""
    return ("%" in head and "%" in limit) or bool(set(_SIGN.findall(head)) & set(_SIGN.findall(limit)))


_SIGN = re.compile(r"(?<![^\W_])(?:[\u0370-\u03ff][a-z]?|ra|rz|ph|cpk|ppm)(?![^\W_])")


def _beside(table: Measured, limited: int, figured: Sequence[int]) -> Iterator[Column]:
    """The figures beside a column of limits: those called a result, the only ones that can be of them, or those of all periods."""
    called = [at for at in figured if says(table.head[at], "actual")] or list(figured)
    periods = [at for at in called if period_of(table.head[at])]
    groups = [periods] if len(periods) >= LEAST_PERIODS else [[at] for at in called]
    found: list[Column] = []
    for group in groups:
        read = []
        for row, cell in (one for at in group for one in _read(table, at)):
            limit = _cell(row, limited)
            ends = ends_of(limit, f"{row.cells[0]} {table.head[group[0]]}", table.head[limited])
            if ends == (None, None):
                ends = _bare(table, group, limited)
            if ends != (None, None) and same_unit(limit, cell):
                read.append((row, cell, ends))
        found += _kept(table, group, table.head[limited], read, limited=limited)
    if len(found) == 1:
        yield from found


def _bare(table: Measured, columns: Sequence[int], limited: int) -> Ends:
    """The ends of the one bare figure that a column of limits repeats: the side is that on which most figures lie."""
    cells = {row.cells[limited] for row in table.rows if limited < len(row.cells) and row.cells[limited]}
    end = _value(next(iter(cells))) if len(cells) == 1 else None
    return _ends(table, columns, (None, None, end)) if end is not None else (None, None)


def _told_limits(lines: Sequence[str], comma: bool) -> Iterator[tuple[str, str, Told]]:
    """The limits that lines above a table or a sentence tell in words, each with its line."""
    seen: set[Told] = set()
    for line in dict.fromkeys(map(fold, lines)):
        for limit in lone_limits(line):
            told: Told = (None, None, limit.end)
            if limit.is_most is not None:
                told = (None, limit.end, None) if limit.is_most else (limit.end, None, None)
            if told not in seen:
                seen.add(told)
                yield limit.told, line, told
        for piece in _PIECES.split(line):
            low, high = limits(piece, comma) if _BOUND.search(piece) or "±" in piece else (None, None)
            if low is not None and high is not None and (low, high, None) not in seen:
                seen.add((low, high, None))
                yield piece.strip(), line, (low, high, None)


def _kept(
    table: Measured,
    columns: Sequence[int],
    limit: str,
    read: Sequence[tuple[TableRow, str, Ends]],
    *,
    sure: bool = False,
    all_beyond: bool = False,
    limited: int = 0,
) -> Iterator[Column]:
    """Columns whose figures are of the size of their limit and mostly keep it, or are called as it is; where the limit can be of nothing
    else, none need keep it.
    """
    near = [one for one in read if _is_near(one[1], one[2])]
    kept = sum(not _misses(cell, ends) for _, cell, ends in near)
    close = all_beyond and all(_is_near(cell, ends, CLOSE) for _, cell, ends in near)
    if len(near) < LEAST_ROWS or len(near) != len(read):
        return
    if kept >= MOSTLY * len(near) or (sure and kept) or (close and not kept):
        periods = all(period_of(table.head[at]) for at in columns) or (
            2 * sum(period_of(row.cells[0]) is not None for row, _, _ in near) > len(near)
        )
        head = table.head[columns[0]] if len(columns) == 1 else (*table.above, table.head[0])[-2 if table.above else -1]
        yield Column(table, head, limit, limited, near, periods)


def _read(table: Measured, at: int) -> list[tuple[TableRow, str]]:
    """The figures of a column."""
    return [
        (row, row.cells[at])
        for row in table.rows
        if at < len(row.cells)
        and _FIGURE.fullmatch(row.cells[at])
        and not _DAY.fullmatch(row.cells[at])
        and not says(row.cells[0], "sum")
        and not is_limit_head(row.cells[0])
    ]


def _value(cell: str) -> float | None:
    number = _NUMBER.match(cell)
    found = amount(number[0].strip(), re.search(r"\d,\d{1,2}(?!\d)", cell) is not None) if number else None
    return found.value if found else None


def _misses(cell: str, ends: Ends) -> bool:
    value = _value(cell)
    return value is not None and misses(value, ends)


def _is_near(cell: str, ends: Ends, times: float = TIMES) -> bool:
    value, (low, high) = _value(cell), ends
    if value is not None and low is not None and high is not None:
        return low - WIDTHS * (high - low) <= value <= high + WIDTHS * (high - low)
    return value is not None and any(
        end is not None and (not value or abs(end) / times <= abs(value) <= abs(end) * times) for end in ends
    )
