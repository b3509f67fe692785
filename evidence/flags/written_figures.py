"""The columns of sheets of months as figures that can be told elsewhere: what they count, in what, for when, and what can be said of a span."""

import re
from dataclasses import dataclass

from evidence.bundle import Bundle
from evidence.facts.indicators import SHARE, says
from evidence.facts.text import any_of, fold, late, phrases
from evidence.flags.counted_kinds import kind_of, unit_of, written_unit
from evidence.flags.month_tables import MonthColumn, Span, month_tables
from evidence.flags.registry import name_of

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


def written_figures(bundle: Bundle) -> list[Written]:
    """The columns of all sheets of months, those too whose kind is not known."""
    known = bundle.known.get(("written figures", ""))
    if known is None:
        known = bundle.known["written figures", ""] = [
            made for column in month_tables(bundle) if (made := _written(column))
        ]
    found: list[Written] = known
    return found


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
    named = {int(year) for year in YEARS.findall(fold(f"{title} {column.passage.text[:200]}"))}
    years = frozenset(year - BUDDHIST if year > LATEST else year for year in named)
    return Written(column, kind, unit, fold(title), years)


_PPM_OR_RATE = late(rf"d?ppm|{SHARE.pattern}")
BUDDHIST, LATEST = 543, 2400


def _names_a_part(label: str) -> bool:
    """Whether a label without a kind names something of its own: neither all, nor a total, nor a sign alone."""
    rest = _PPM_OR_RATE.sub(" ", LIGHT.sub(" ", WHOLE.sub(" ", label)))
    return any(map(str.isalpha, rest)) and not (_ALL.search(label) or says(label, "sum") or says(label, "actual"))
