"""One measure under two names, as in two languages: what two series have in common in month after month shows that they are one, and the
odd month contradicts.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.bundle import Bundle, Item
from evidence.facts.indicators import HIGH_SHARE, WHOLE, says
from evidence.facts.text import fold
from evidence.flags.figures_told_twice import lacks_differ
from evidence.flags.month_tables import month_tables
from evidence.flags.registry import Finding
from evidence.flags.two_figures import Figure, two_figures
from evidence.model import DocumentReport, Passage

LEAST_SAME = 3
"""Months in which two series say the very same from which they are one measure."""

LEAST_COMMON = 2
"""Months that two series of one name must share, of which they have at least half alike."""

LEAST_TELLING = 10.0
"""Size of a figure without decimals from which two papers do not share it by chance."""

LEAST_APART = 0.05
"""Share by which the odd figure differs; less may be a later count."""

SHARE_OF_LACK = 0.25
"""The same for shares near the whole, of what they lack of a hundred."""

MOST_SERIES = 120
"""Series of a bundle that are set beside each other."""


def periods_in_year(bundle: Bundle, item: Item) -> Sequence[str]:
    """The periods of a series; months without a year are of the one year that the paper names, where they had begun by its day."""
    periods: Sequence[str] = item.value.get("periods", [])
    if not periods or not all(len(period) == len("M06") and period[0] == "M" for period in periods):
        return periods
    named = {
        fact.value[:4]
        for fact in item.document.facts
        if fact.kind in ("date", "period") and fact.value[:4].isdigit() and fact.role not in ("due", "expiry", "next")
    }
    made = bundle.document_day(item.document)
    if len(named) != 1 or made is None or any(int(period[1:]) > made.month for period in periods):
        return periods
    return [f"{made.year}-{period[1:]}" for period in periods]


@dataclass(frozen=True)
class _Run:
    """Figures by period, what they are called, and where they stand."""

    label: str
    is_share: bool
    values: Mapping[Any, float]
    document: DocumentReport
    passage: Passage
    name: str = ""
    """Its measure and label without years, by which it is known in another paper."""


def odd_months(bundle: Bundle) -> Iterator[Finding]:
    """Figures of two papers under two names, or one, that agree in all months but one, whatever they count."""
    for runs in (_of_series(bundle), _of_tables(bundle)):
        if len(runs) > MOST_SERIES:
            continue
        for first, second in itertools.combinations(runs, 2):
            if first.document.path != second.document.path and (odd := _odd(first, second)):
                yield _finding(first, second, odd)


def _of_tables(bundle: Bundle) -> list[_Run]:
    """The columns and rows of all tables of months."""
    return [
        _Run(one.label, one.is_share, one.values, one.document, one.passage)
        for one in month_tables(bundle)
        if not says(one.label, "target")
    ]


def _of_series(bundle: Bundle) -> list[_Run]:
    """The series of known measures, with those of weeks and days."""
    return [
        _Run(
            str(item.value.get("label", "")),
            item.value.get("unit") == "%",
            {
                period: float(value)
                for period, value in zip(periods_in_year(bundle, item), item.value.get("values", []), strict=False)
                if period[:4].isdigit()
            },
            item.document,
            item.passage,
            f"{item.fact.role} {_PLAIN.sub(' ', fold(str(item.value.get('label', '')))).strip()}",
        )
        for item in bundle.items("series")
    ]


_PLAIN = re.compile(r"(?:[^\w%]+|(?<!\d)20[0-4]\d(?!\d))+")


def _odd(first: _Run, second: _Run) -> Any:
    """The one period in which two runs differ, where what else they have in common shows that they are one; of two of one name the first."""
    common = [period for period in first.values if period in second.values]
    share = first.is_share and second.is_share
    if first.name and first.name == second.name:
        odd = [period for period in common if _differ(first.values[period], second.values[period], share)]
        return odd[0] if odd and len(common) >= LEAST_COMMON and 2 * len(odd) <= len(common) else None
    odd = [period for period in common if first.values[period] != second.values[period]]
    if len(odd) != 1:
        return None
    same = {first.values[period] for period in common if period != odd[0]}
    if sum(map(_is_telling, same)) < LEAST_SAME or not _differ(first.values[odd[0]], second.values[odd[0]], share):
        return None
    return odd[0]


def _finding(first: _Run, second: _Run, odd: Any) -> Finding:
    return two_figures(
        first.label, odd, *(Figure(one.values[odd], one.document, one.passage) for one in (first, second))
    )


def _is_telling(value: float) -> bool:
    return value != int(value) or abs(value) >= LEAST_TELLING


def _differ(one: float, other: float, share: bool) -> bool:
    if abs(one - other) > LEAST_APART * max(abs(one), abs(other)) or lacks_differ(one, other):
        return True
    high = max(one, other)
    return share and HIGH_SHARE <= high <= WHOLE and abs(one - other) > SHARE_OF_LACK * (WHOLE - min(one, other))
