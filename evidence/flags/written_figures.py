"""The columns of sheets of months as figures that can be told elsewhere: what they count, in what, for when, and what can be said of a span."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.bundle import Bundle
from evidence.facts.indicators import SHARE, says
from evidence.facts.months import common_year
from evidence.facts.text import any_of, fold, late, phrases
from evidence.flags.business_years import business_year
from evidence.flags.counted_kinds import kind_of, unit_of, written_unit
from evidence.flags.month_tables import MonthColumn, Span, month_tables
from evidence.flags.registry import name_of
from evidence.remembered import remembered

_ALL, _CUMULATIVE = phrases("counted", "all"), phrases("same_figures", "cumulative")
WHOLE = phrases("series_lines", "whole")
"""What calls a row or column one of all."""

AIMED = any_of(("metrics_flags", "target"), ("series_lines", "aimed"), ("same_figures", "ordered"))
"""What calls a figure a target, a limit or a plan."""

LIGHT = any_of(
    ("metrics_flags", "neutral"), ("trends", "joining"), ("told_by_name", "light"), ("told_spans", "came"), ("told_spans", "until"),
    ("told_spans", "so_far"), ("counted", "all"), ("counted", "mass"), ("counted", "time"), ("counted", "pieces"), ("series_lines", "whole"), ("told_by_name", "coming_from"),
)  # fmt: skip
"""Words beside a figure that say neither what nor of which part it is."""

WORD = re.compile(r"[^\W\d_]+")
YEARS = re.compile(r"(?<![\w./-])(20[0-4]\d|25[5-9]\d)(?!\d|[./-]\d)")


@dataclass(frozen=True)
class Written:
    """A column of a sheet of months with what it counts, in what, and the years that its paper names."""

    column: MonthColumn
    kind: str
    unit: str
    title: str
    years: frozenset[int]
    summed: bool = False
    """Whether it is the sum of the columns of parts, which the sheet itself does not have."""
    of_rows: bool = False
    """Whether the rows of a register were counted: of several months all of them are told, and no mean."""
    parts: frozenset[str] = frozenset()
    """The names of other rows beside it: a figure told of one of them is of that one."""
    also: frozenset[float] = frozenset()
    """Other figures that may be told of it: the rows of a register that have something in common."""

    def expected(self, first: int, last: int) -> tuple[float, ...]:
        """The figures that can be told for a span, the one that is the first of them: of a rate the least and the greatest."""
        values = self.column.values
        whole = values.get((first, last))
        months = [values.get((month, month)) for month in range(first, last + 1)]
        known = [value for value in months if value is not None]
        if len(known) < len(months):
            known = _covering(values, first, last)
        if whole is None and self.column.total is not None and _is_whole(values, first, last):
            whole = self.column.total
        if self.of_rows:
            return (sum(known),) if known else () if whole is None else (whole,)
        if not known:
            return () if whole is None else (whole,)
        if whole is not None:
            return (whole, *known[:-1], *known[1:], min(known), max(known)) if last > first else (whole,)
        others = (min(known), max(known), sum(known) / len(known), known[-1])
        return (known[0],) if len(known) == 1 else (sum(known), *others)


def _covering(values: dict[Span, float], first: int, last: int) -> list[float]:
    """The figures of the quarters that make up a span; empty where they leave a month out."""
    found, month = [], first
    while month <= last:
        span = next((span for span in values if span[0] == month and span[1] <= last and span[1] > span[0]), None)
        if span is None:
            return []
        found.append(values[span])
        month = span[1] + 1
    return found


def _is_whole(values: dict[Span, float], first: int, last: int) -> bool:
    """Whether a span is all that the rows of a sheet tell of, a business year too."""
    told = {month for span in values for month in range(span[0], span[1] + 1)}
    return told == set(range(first, last + 1))


@remembered
def written_figures(bundle: Bundle) -> list[Written]:
    """The columns of all sheets of months, those too whose kind is not known."""
    monthly = [made for column in month_tables(bundle) if (made := _written(column))]
    return [*monthly, *_sums_of_parts(monthly)]


def _sums_of_parts(monthly: Sequence[Written]) -> Iterator[Written]:
    """What the columns of a sheet sum up to that counts one thing by its parts and has no column of all: returns at home and abroad."""
    by_table: dict[tuple[str, str, str, str], list[Written]] = defaultdict(list)
    for one in monthly:
        by_table[one.column.document.path, one.column.passage.id, one.column.above, one.column.corner].append(one)
    for parts in by_table.values():
        spans = parts[0].column.values.keys()
        whole = [one for one in parts if one.kind or one.column.is_share or not _names_a_part(fold(one.column.label))]
        if (
            whole
            or not LEAST_PARTS <= len(parts) <= MOST_PARTS
            or any(one.column.values.keys() != spans for one in parts)
        ):
            continue
        title = (parts[0].column.corner, parts[0].column.above, " ".join(parts[0].column.passage.heading[-1:]))
        kind = next((found for text in title if (found := kind_of(text))), "")
        if kind and len({one.unit for one in parts}) == 1 and (parts[0].unit or len(parts) > LEAST_PARTS):
            label = next(text for text in title if kind_of(text) == kind)[:LONGEST_TITLE]
            values = {span: sum(one.column.values[span] for one in parts) for span in spans}
            column = replace(parts[0].column, label=label, values=values, total=None)
            yield replace(parts[0], column=column, kind=kind, summed=True)


LEAST_PARTS, MOST_PARTS, LONGEST_TITLE = 2, 12, 60
"""Columns of parts that make up a whole, two of them only where the title tells in what both are counted; letters of that title."""


def _written(column: MonthColumn) -> Written | None:
    heading = " ".join(column.passage.heading[-1:])
    title = f"{name_of(column.document.path)} {heading} {column.above} {column.corner}"
    label = fold(column.label)
    if AIMED.search(label) or _CUMULATIVE.search(label):
        return None
    kind = kind_of(column.label)
    if not kind and not _names_a_part(label):
        # A corner with a unit names what the table counts, whatever stands above it.
        above = (column.corner, column.above, heading, name_of(column.document.path))
        own = written_unit(column.corner) and WORD.search(fold(column.corner))
        kind = next((found for text in above[: 1 if own else None] if (found := kind_of(text))), "")
    unit = written_unit(column.label) or unit_of(label if "ppm" in label else "", share=column.is_share)
    unit = unit or next((found for text in (column.corner, column.above, heading) if (found := written_unit(text))), "")
    named = YEARS.findall(fold(f"{title} {column.passage.text[:200]}"))
    years = frozenset(common_year(int(year)) for year in named)
    if account := business_year(fold(f"{title} {column.passage.text[:200]}")):
        years |= {account}
    return Written(column, kind, unit, fold(title), years)


_PPM_OR_RATE = late(rf"d?ppm|{SHARE.pattern}")


def _names_a_part(label: str) -> bool:
    """Whether a label without a kind names something of its own: neither all, nor a total, nor a sign alone."""
    rest = _PPM_OR_RATE.sub(" ", LIGHT.sub(" ", WHOLE.sub(" ", label)))
    return any(map(str.isalpha, rest)) and not (_ALL.search(label) or says(label, "sum") or says(label, "actual"))
