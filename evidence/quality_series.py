"""Measured series of a bundle:

which are real, which speaks for the factory, where they end, and what they say in a sentence.
"""

from datetime import date
from typing import Any

from evidence.bundle import Bundle, Item, age_months, cite, cite_fact, is_example
from evidence.facts.periods import bounds
from evidence.facts.text import fold, phrases
from evidence.model import Citation


def is_real_series(bundle: Bundle, item: Item) -> bool:
    """Whether a series can be a measurement:

    it has values that differ, and stands in a document that keeps its worth.
    """
    values = item.value.get("values", [])
    return (
        item.document.path not in bundle.discounted
        and len(values) >= 3
        and len(set(values)) > 1
        and (item.passage.mode != "prescription" or is_measured(bundle, item))
    )


_AIMED = phrases("series_lines", "aimed")
"""Words of a line that is wanted, not measured."""


def is_measured(bundle: Bundle, item: Item) -> bool:
    """Whether a series says of itself that it was measured, whatever the passage around it was taken for: at least five
    named months that are over, or three beside a target of its own, in a paper that is no example, under a label that names no target.
    """
    periods, target = item.value.get("periods", []), item.value.get("target")
    end = series_end(item)
    return (
        (len(periods) >= LEAST_MEASURED or (target is not None and end is not None and end <= bundle.today))
        and end is not None
        and (end - bundle.today).days <= 31
        and not _AIMED.search(fold(str(item.value.get("label", ""))))
        and not is_example(item.document)
        and item.document.kind not in ("manual", "certificate", "blank_form")
    )


LEAST_MEASURED = 5
"""Months of a line that nobody plans one by one."""

WHOLE = phrases("series_lines", "whole")
"""Words of a line that stands for the whole factory."""

_PREFERRED = {
    "reject_rate": 6,
    "ppm": 5,
    "first_pass_yield": 4,
    "complaints": 3,
    "escaped_defects": 2,
    "cost_of_quality": 2,
    "on_time_delivery": 1,
}


def series_rank(bundle: Bundle, item: Item) -> tuple[int, int, int, str]:
    """How well a series speaks for the factory: fresh, a rate of rejects, of the whole, long. Of measures of what is bad one that runs
    on stands before one that stopped.
    """
    newest = series_end(item)
    weight = _PREFERRED.get(item.fact.role, 0)
    age = age_months(newest, bundle.today) if newest is not None else FRESH + 1
    fresh = int(age <= FRESH) + int(age <= RUNNING and weight >= LEAST_OF_DEFECTS)
    label = str(item.value.get("label", ""))
    whole = int(WHOLE.search(fold(label)) is not None)
    return fresh, weight + whole, len(item.value.get("values", [])), item.document.path


FRESH, RUNNING = 6, 3
"""Months up to which a series is of today, and up to which it runs on."""

LEAST_OF_DEFECTS = _PREFERRED["escaped_defects"]
"""The weight from which a measure is one of what is bad or good in what is made."""


def series_end(item: Item) -> date | None:
    """The last day of the last period of a series, where its periods name a year."""
    if not item.value.get("dated", True):
        return None
    periods = [p for p in item.value.get("periods", []) if isinstance(p, str) and p[:4].isdigit() and "W" not in p]
    if not periods:
        return None
    try:
        return date.fromisoformat(max(bounds(period)[1] for period in periods))
    except ValueError:
        return None


def called(item: Item) -> str:
    """How a series is called where people read of it."""
    value = item.value
    return str(value.get("called") or value.get("label") or value.get("measure") or item.fact.role)


def cite_series(bundle: Bundle, item: Item) -> Citation | None:
    """The passage of a series from its heads on, or its own row where the quote ends before it."""
    passage = cite(item.document, item.passage)
    row = cite_fact(bundle, item.document, item.fact, wide=True)
    return row if row is not None and (passage is None or row.quote not in passage.quote) else passage


def describe_series(item: Item) -> str:
    """A series in one sentence:

    what, how long, from what to what, and the change beside the 30 to 50% that is achievable.
    """
    value = item.value
    periods, values = value.get("periods", []), value.get("values", [])
    unit = "%" if value.get("unit") == "%" else ""
    title = called(item)
    span = max(1, min(3, len(values) // 3))
    ends = "the first and last value" if span == 1 else f"the means of the first and last {span} values"
    text = (
        f"'{title}' over {len(values)} periods, {_period(periods[0])} to {_period(periods[-1])}, from "
        f"{_figure(value.get('first'))}{unit} to {_figure(value.get('last'))}{unit} ({ends})"
    )
    if value.get("inferred"):
        text += "; the year is told by where the sheet stops"
    change = value.get("change")
    if change is None:
        return text
    if value.get("better") == "lower":
        moved = (
            "almost no change"
            if change and not round(change, 2)
            else f"a reduction of {abs(change):.0%}"
            if change < 0
            else f"an increase of {change:.0%}"
            if change > 0
            else "no change"
        )
        return f"{text}: {moved}{_beside(-change)}"
    if not round(change, 2):
        return f"{text}: unchanged" if not change else f"{text}: almost unchanged"
    return f"{text}: {'up' if change > 0 else 'down'} by {abs(change):.0%}"


ACHIEVABLE = (0.30, 0.50)
"""Reduction of defects that proper implementation achieves, as shares: the figure buyers go by."""


def _beside(reduction: float) -> str:
    """A reduction set beside the one that is achievable."""
    least, most = ACHIEVABLE
    usual = "30 to 50% that proper implementation achieves"
    if reduction > most:
        return f", more than the {usual}"
    if reduction >= least:
        return f", within the {usual}"
    return f", less than the {usual}" if reduction > 0 else "; 30 to 50% less is achievable with proper implementation"


def reduction_reached(item: Item) -> bool:
    """Whether a measure that should fall fell by as much as proper implementation achieves."""
    change = item.value.get("change")
    return item.value.get("better") == "lower" and change is not None and -change >= ACHIEVABLE[0]


def _figure(value: Any) -> str:
    return (f"{value:.3g}" if abs(value) < 100 else f"{value:.4g}") if isinstance(value, int | float) else "?"


def _period(period: Any) -> str:
    return str(period)
