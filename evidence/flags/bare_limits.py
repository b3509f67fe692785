"""Limits that a column writes as bare figures beside the results, without a word for the side: ``Parameter | Unit | Result | Limit``.

The side is that on which the results of one unit mostly lie, and they must not lie close to it, as sizes do to nominal ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.facts.limit_columns import named
from evidence.facts.text import fold, phrases
from evidence.flags.limit_places import close, known_units, units_in
from evidence.flags.missed_limits import value_of
from evidence.flags.reading_columns import is_set
from evidence.flags.told_tables import TableRow, ToldTable, tables_of
from evidence.model import DocumentReport

LEAST_ALIKE = 4
"""Results of one unit whose sides are compared."""

MOSTLY = 0.6
"""Part of them that lies on the side that is good."""

APART = 0.8
"""Part of a limit (or its inverse) beyond which a result is no size beside its nominal one; half of the results lie so far."""

FAR = 10.0
"""Times a limit beyond which a figure is another thing."""

_PER = re.compile(r"[a-zµ]{1,4}/(?:l|m3|kg|g|ml|100ml|nm3|dm3|m2)|ppm|ppb|%|cfu.*|mpn.*")
"""Units of what is dissolved, contained or counted in something: what must not be exceeded, whatever the word of its column."""

_AIMED = phrases("metrics_flags", "target")


@dataclass(frozen=True)
class RowResult:
    """A result beyond the limit of its row: its place, the name of its feature, the limit as written."""

    table: ToldTable
    row: TableRow
    at: int
    label: str
    value: float
    spec: str


def beyond_bare_limits(document: DocumentReport) -> Iterator[RowResult]:
    """The results of a document's tables beyond the bare limits beside them."""
    for told in tables_of(document, lambda cells: any(map(_is_limit, cells))):
        limits = [at for at, head in enumerate(told.head) if _is_limit(head)]
        results = [at for at, head in enumerate(told.head) if _is_result(told, at, head)]
        if len(limits) == 1 and len(results) == 1:
            yield from _beyond(told, limits[0], results[0])


def _is_limit(head: str) -> bool:
    asked = is_set(head) or (named("inspection", "bound", head) and _LAW.search(head) is not None)
    return asked and not named("inspection", "low", head) and not _AIMED.search(head)


_LAW = re.compile(r"(?<![^\W_])[^\W\d_]{2,9}\.? \d{1,5}(?![.,]\d)")
"""The number of a rule in a head, which is no limit of the column: ``QCVN 40``."""


def _is_result(told: ToldTable, at: int, head: str) -> bool:
    """Whether a column holds results: figures in most rows, in no order of numbers, under a head that asks for nothing."""
    cells = [row.cells[at] for row in told.rows if at < len(row.cells)]
    figures = [value for cell in cells if (value := value_of(cell)) is not None]
    counts = figures == [float(number) for number in range(1, len(figures) + 1)]
    return at > 0 and not is_set(head) and not _AIMED.search(head) and not counts and 2 * len(figures) > len(cells)


def _beyond(told: ToldTable, limit: int, result: int) -> Iterator[RowResult]:
    by_unit: dict[str, list[tuple[TableRow, float, float]]] = defaultdict(list)
    for row in told.rows:
        if len(row.cells) <= max(limit, result):
            continue
        end, value = value_of(row.cells[limit]), value_of(row.cells[result])
        if end and value is not None and value >= 0 and end > 0:
            by_unit[_unit_of(told, row, limit, result)].append((row, value, end))
    for unit, read in by_unit.items():
        bound = named("inspection", "bound", told.head[limit]) or named("inspection", "high", told.head[limit])
        if len(read) < LEAST_ALIKE or not (bound or _PER.fullmatch(unit)):
            continue
        over = [one for one in read if one[1] > one[2]]
        apart = sum(value < APART * end or value > end / APART for _, value, end in read)
        if not over or len(over) > (1 - MOSTLY) * len(read) or 2 * apart < len(read):
            continue
        for row, value, end in over:
            if value <= FAR * end:
                yield RowResult(told, row, result, _label(row, result), value, row.cells[limit])


def _unit_of(told: ToldTable, row: TableRow, limit: int, result: int) -> str:
    """The unit of a row: in a cell of its own, beside its figures, or in the head of either."""
    for cell in row.cells:
        unit = close(cell)
        if unit in known_units() or (_PER.fullmatch(unit) and not any(map(str.isdigit, unit[:1]))):
            return unit
    beside = [close(re.sub(r"^[-+\d.,\s<>≤≥]+", "", row.cells[at])) for at in (result, limit)]
    return next((unit for unit in beside if unit), "") or " ".join(
        sorted(units_in(told.head[result]) | units_in(told.head[limit]))
    )


def _label(row: TableRow, result: int) -> str:
    """The name of what was measured: the first cell before its figure that is in words."""
    return next((cell for cell in row.cells[:result] if any(map(str.isalpha, fold(cell)))), row.cells[0])
