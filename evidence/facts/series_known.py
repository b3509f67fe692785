"""A series as it can be known on a day: what lies ahead cut off, and the year where the sheet tells it only by where it stops."""

from datetime import date
from typing import Any

from evidence.facts.periods import bounds
from evidence.facts.series import change_of


def until(value: dict[str, Any], day: date) -> dict[str, Any]:
    """A series as it can be known on a day: zeros that formulas put into months not yet over are cut off.

    Where months to come hold real figures the year was misread: the series stays, but is no longer ``dated``. Months counted from
    January that stop in the month before the day, or the one before that, are those of its year (``inferred``).
    """
    value = _in_its_year(value, day)
    periods, values = list(value.get("periods", [])), list(value.get("values", []))
    today = day.isoformat()
    ahead = [
        index
        for index, (period, figure) in enumerate(zip(periods, values, strict=True))
        if _edge(period, 0) > today or (not figure and _edge(period, 1) >= today)
    ]
    if not ahead:
        return value
    if any(values[index] for index in ahead):
        return value | {"dated": False}
    kept = [index for index in range(len(values)) if index not in ahead]
    targets = value.get("targets")
    made = value | {"periods": [periods[index] for index in kept], "values": [values[index] for index in kept]}
    made["targets"] = [targets[index] for index in kept] if targets else targets
    if kept:
        made["first"], made["last"], made["change"] = change_of(made["values"])
    return made


def _in_its_year(value: dict[str, Any], day: date) -> dict[str, Any]:
    """A series of months without a year in the year of the day, where the sheet stops where that year does so far. A quarter or half of a
    year may be of any.
    """
    periods = list(value.get("periods", []))
    last = len(periods)
    counted = [f"M{month:02d}" for month in range(1, last + 1)]
    if periods != counted or last in WHOLE_PARTS or last not in (day.month - 1, day.month - 2):
        return value
    return value | {"periods": [f"{day.year}-{period[1:]}" for period in periods], "dated": True, "inferred": True}


WHOLE_PARTS = (3, 6, 12)
"""Months of a sheet that was meant to end there."""


def _edge(period: str, end: int) -> str:
    """First or last day of a period that names its year; nothing for any other."""
    return bounds(period)[end] if period[:4].isdigit() and "W" not in period else ""
