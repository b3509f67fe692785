"""Results of features that stand in rows, ``Tensile strength N/mm2 | 412``, beside limits that another paper or another table tells by name.

Of a feature there are few results, so that the features of a table together show that the limits are theirs: most of them keep them.
"""

from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.flags.bare_limits import RowResult
from evidence.flags.bounded_columns import MOSTLY, is_day, is_near
from evidence.flags.limit_places import PlacedLimit, known_units, names_in, shared_names, units_in
from evidence.flags.limits_of_papers import lays_down, limits_named
from evidence.flags.reading_columns import is_set
from evidence.flags.told_tables import TableRow, ToldTable, tables_of
from evidence.model import DocumentReport

LEAST_FEATURES = 3
"""Rows of a table whose names have limits elsewhere, from which it is held against these."""

MOST_RESULTS = 6
"""Results of a row; more are a series."""

MOST_ROWS = 60
"""Rows of a table of features."""


def beyond_named_limits(bundle: Bundle, document: DocumentReport) -> Iterator[RowResult]:
    """The results of a document's rows beyond the limits that another paper tells of their names."""
    for told in tables_of(document) if lays_down(bundle) else ():
        if len(told.rows) <= MOST_ROWS and not any(map(is_set, told.head)):
            yield from _of_table(bundle, document, told)


def _of_table(bundle: Bundle, document: DocumentReport, told: ToldTable) -> Iterator[RowResult]:
    comma = uses_decimal_comma([cell for row in told.rows for cell in row.cells])
    rows = [(row, label, read) for row in told.rows if (label := _label(row)) and (read := _results(row, comma))]
    if len(rows) < LEAST_FEATURES or len({label for _, label, _ in rows}) < len(rows):
        return
    for limits, linked in limits_named(bundle, document, [label for _, label, _ in rows]):
        found = [
            (row, label, read, limit)
            for row, label, read in rows
            if (limit := _limit_of(row, label, read, limits)) is not None
        ]
        kept = sum(all(limit.keeps(value) for _, value in read) for _, _, read, limit in found)
        if not linked or len(found) < LEAST_FEATURES or kept < MOSTLY * len(found):
            continue
        for row, label, read, limit in found:
            beyond = [(at, value) for at, value in read if not limit.keeps(value) and is_near(limit, value)]
            yield from (RowResult(told, row, at, label, value, limit.spec) for at, value in beyond)
        return


def _label(row: TableRow) -> str:
    """The name of a row, and the unit beside it."""
    worded = [cell for cell in row.cells[:LAST_NAME] if names_in(cell)]
    return worded[0] if worded else ""


LAST_NAME = 3
"""Cells at the beginning of a row among which the name of its feature stands."""


def _results(row: TableRow, comma: bool) -> list[tuple[int, float]]:
    read = [
        (at, figure.value)
        for at, cell in enumerate(row.cells)
        if at and not is_day(cell) and (figure := amount(cell, comma))
    ]
    return read if len(read) <= MOST_RESULTS else []


def _limit_of(
    row: TableRow, label: str, read: Sequence[tuple[int, float]], limits: Sequence[PlacedLimit]
) -> PlacedLimit | None:
    """The one limit that bears all the names of a row, is of its unit and of the size of its results; None where there are several."""
    names, units = names_in(label), {unit for cell in row.cells for unit in units_in(cell)}
    fitting = {
        (limit.low, limit.high): limit
        for limit in limits
        if not limit.open
        and len(shared_names(names, names_in(f"{limit.words} {limit.around}"))) == len(names)
        and (limit.unit not in known_units() or not units or limit.unit in units)
        and all(is_near(limit, value) or limit.keeps(value) for _, value in read)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None
