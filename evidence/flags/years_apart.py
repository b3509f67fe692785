"""Two years told month by month, a row or a column each: what a paper says ``against last year`` is said of the months that both have."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.text import fold, late, phrases
from evidence.flags.month_tables import name_in_title
from evidence.flags.moved_series import (
    HELD,
    MONTHS_OF_YEAR,
    SIDES,
    STEADY,
    Key,
    MovedSeries,
    Rows,
    is_aim,
    period_of,
    tables_in,
    title_at,
)
from evidence.model import DocumentReport, Passage

LEAST_MONTHS = 2
"""Months or quarters that both years must have."""

YEAR = re.compile(r"(?<!\d)((?:19|20|25)\d\d)(?!\d)")


YEAR_BEFORE, _AGAINST, _AGAINST_BEHIND = (
    phrases(*name)
    for name in (("told_spans", "year_before"), ("years_apart", "against"), ("years_apart", "against_behind"))
)
_COMPARED = late(
    rf"(?:{_AGAINST.pattern})\s?(?:(?:the )?year|năm|tahun|ปี)?\s?((?:20|25)\d\d)(?!\d)|"
    rf"(?<!\d)((?:20|25)\d\d)\s?[年년]?(?:度|도)?\s?['’]?\s?(?:{_AGAINST_BEHIND.pattern})"
)


def compared_year(folded: str) -> int | None:
    """The year that a text compares with the one before; 0 where it tells none, and None where it compares no years."""
    years = {int(year) for year in YEAR.findall(folded)}
    if len(years) > 1 and max(years) - 1 in years:
        return max(years)
    if len(years) == 1 and (match := _COMPARED.search(folded)):
        return int(match[1] or match[2]) + 1
    return max(years, default=0) if YEAR_BEFORE.search(folded) else None


def against_the_year_before(one: MovedSeries, year: int, months: Collection[int]) -> list[MovedSeries]:
    """Of a series of years the one that a text tells of, the last where it names none, and the one before; none where its months are others."""
    if months and not (one.months and {min(months), max(months)} == {min(one.months), max(one.months)}):
        return []
    if one.keys[0][0] != "year":
        return [] if year else [one]
    last = next((at for at, key in enumerate(one.keys) if key[1] == year), 0) if year else len(one.keys) - 1
    return [one.part(last - 1, last + 1)] if last and one.keys[last - 1][1] == one.keys[last][1] - 1 else []


@dataclass
class _Year:
    """The figures of one name in one year, by month or quarter."""

    title: str
    passage: Passage
    line: str
    values: dict[Key, float]


Named = dict[tuple[str, str], dict[int, _Year]]


def years_apart(document: DocumentReport) -> list[MovedSeries]:
    """Each year and the one before it, of all that a paper tells of both by month: the means of the months that both have."""
    named: Named = {}
    for rows in tables_in(document):
        _along(rows, named)
        for block in _blocks(rows):
            _along(block, named)
    return [
        one
        for (name, title), years in named.items()
        for year in sorted(years)
        if year - 1 in years and (one := _apart(name or name_in_title(title), year, years[year - 1], years[year]))
    ]


def _apart(name: str, year: int, before: _Year, after: _Year) -> MovedSeries | None:
    """A year against the one before, where most of the months that both have moved as their means did."""
    months = [key for key in after.values if key in before.values]
    if len(months) < LEAST_MONTHS:
        return None
    first, last = (sum(one.values[key] for key in months) / len(months) for one in (before, after))
    moved = [after.values[key] - before.values[key] for key in months]
    if sum(by * (last - first) > 0 for by in moved) < STEADY * len(moved):
        return None
    return MovedSeries(
        name, after.title, tuple(("year" if year > 1 else "side", one) for one in (year - 1, year)), (first, last), after.passage, after.line,
        months=frozenset(place for _, place in months),
    )  # fmt: skip


def _along(rows: Rows, named: Named) -> None:
    """Adds the rows below a head of months or quarters of which each tells its year; one whose first cell is empty goes on with the name above."""
    heads: dict[int, Key] = {}
    title, above = "", ""
    for at, (passage, line, cells) in enumerate(rows):
        found = {place: key for place, cell in enumerate(cells) if (key := _month(cell))}
        if len(found) >= LEAST_MONTHS and len(set(found.values())) == len(found):
            heads, title, above = found, title_at(rows, at), ""
            continue
        if len(cells) < LEAST_MONTHS or not heads:
            heads = heads if len(cells) > 1 else {}
            continue
        told = cells[: min(heads)]
        sides = [at for cell in told for at, side in enumerate(SIDES) if side.match(fold(cell))]
        years = {int(year) for year in YEAR.findall(" ".join(told)) or sides or YEAR.findall(title)}
        comma = uses_decimal_comma(cells[1:])
        read = {heads[at]: one.value for at, cell in enumerate(cells) if at in heads and (one := amount(cell, comma))}
        label = _name(told)
        above = label or (above if told and not told[0] else "")
        if len(years) == 1 and len(read) >= LEAST_MONTHS and not any(map(is_aim, told)):
            named.setdefault((fold(above), YEAR.sub("", title).strip()), {}).setdefault(
                years.pop(), _Year(title, passage, line, read)
            )


def _name(cells: Sequence[str]) -> str:
    """What cells before figures name, without their year."""
    left = [YEAR.sub(" ", cell).strip() for cell in cells if (period_of(cell) or ("", 0))[0] != "year"]
    for side in SIDES:
        left = [side.sub("", fold(cell), count=1) if side.match(fold(cell)) else cell for cell in left]
    return " ".join(cell for cell in left if any(map(str.isalpha, cell)))


def _month(cell: str) -> Key | None:
    """The month or quarter that a cell names, whatever its year."""
    key = period_of(cell)
    return (HELD[key[0] != "month"], key[1] % MONTHS_OF_YEAR or MONTHS_OF_YEAR) if key and key[0] in HELD else None


def _blocks(rows: Rows) -> Iterator[Rows]:
    """Rows of months or quarters with the head above them, their columns as rows below what stood above."""
    at = 0
    while at < len(rows):
        size = 0
        while at + size < len(rows) and len(rows[at + size][2]) > 1 and _month(rows[at + size][2][0]):
            size += 1
        if size >= LEAST_MONTHS and at:
            body = rows[at - 1 : at + size]
            heads = body[0][2]
            passage, line, _ = body[-1]
            turned = [
                [cells[place] if place < len(cells) else "" for _, _, cells in body] for place in range(len(heads))
            ]
            yield [*rows[max(0, at - 3) : at - 1], *((passage, line, cells) for cells in turned)]
        at += size + 1
