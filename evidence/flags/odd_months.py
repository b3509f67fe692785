"""One measure under two names, as in two languages: what two series have in common in month after month shows that they are one, and the
odd month contradicts.
"""

import itertools
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, Item, cite
from evidence.facts.text import fold
from evidence.flags.figures_told_twice import lacks_differ
from evidence.flags.registry import Finding, name_of

LEAST_SAME = 3
"""Months in which two series say the very same from which they are one measure."""

LEAST_TELLING = 10.0
"""Size of a figure without decimals from which two papers do not share it by chance."""

LEAST_APART = 0.05
"""Share by which the odd figure differs; less may be a later count."""

SHARE_OF_LACK = 0.25
"""The same for shares near the whole, of what they lack of a hundred."""

MOST_SERIES = 60
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


def odd_months(bundle: Bundle) -> Iterator[Finding]:
    """Series of one measure in two papers under two names that agree in all months but one."""
    series = list(bundle.items("series"))
    if len(series) > MOST_SERIES:
        return
    for first, second in itertools.combinations(series, 2):
        if (
            first.fact.role != second.fact.role
            or first.document.path == second.document.path
            or first.value.get("unit") != second.value.get("unit")
            or fold(str(first.value.get("label"))) == fold(str(second.value.get("label")))
        ):
            continue
        left, right = (
            dict(zip(periods_in_year(bundle, item), item.value.get("values", []), strict=False))
            for item in (first, second)
        )
        common = [period for period in left if period in right and period[:4].isdigit()]
        same = {float(left[period]) for period in common if left[period] == right[period]}
        odd = [period for period in common if left[period] != right[period]]
        if len(odd) != 1 or sum(map(_is_telling, same)) < LEAST_SAME:
            continue
        one, other = float(left[odd[0]]), float(right[odd[0]])
        if _differ(one, other, str(first.value.get("unit"))):
            yield Finding(
                {
                    "label": first.value.get("label", ""),
                    "period": odd[0],
                    "first": f"{one:g}",
                    "second": f"{other:g}",
                    "one": name_of(first.document.path),
                    "other": name_of(second.document.path),
                },
                (cite(first.document, first.passage), cite(second.document, second.passage)),
            )


def _is_telling(value: float) -> bool:
    return value != int(value) or abs(value) >= LEAST_TELLING


def _differ(one: float, other: float, unit: str) -> bool:
    if abs(one - other) > LEAST_APART * max(abs(one), abs(other)) or lacks_differ(one, other):
        return True
    high = max(one, other)
    return unit == "%" and LEAST_HIGH <= high <= WHOLE and abs(one - other) > SHARE_OF_LACK * (WHOLE - min(one, other))


LEAST_HIGH, WHOLE = 80.0, 100.0
"""Percent from which what is lacking tells more than what is there, and the whole."""
