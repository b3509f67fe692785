"""The readings of a table that lie outside their limits."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from evidence.bundle import Item


def outside_of(item: Item) -> list[tuple[Mapping[str, Any], float]]:
    """The readings of a table outside their limits, each with its feature; an error that was worked out as what its row shows."""
    return [
        (row, shown)
        for row in item.value["rows"]
        for value, shown in zip(row["values"], row.get("shown", row["values"]), strict=False)
        if _outside(row, value) and not _counts_on(row["values"])
    ]


def _counts_on(values: Sequence[float]) -> bool:
    """Whether figures count on from one another: numbers of rows or of revisions, and no readings."""
    return len(values) >= LEAST_COUNTED and all(later - one == 1 for one, later in itertools.pairwise(values))


LEAST_COUNTED = 3
"""Figures one after the other that count on."""


FAR = 6
"""Widths of the tolerance beyond which a figure is no reading of the feature:

a sample size or a number of another column.
"""


def _outside(row: Mapping[str, Any], value: float) -> bool:
    low, high = row["low"], row["high"]
    span = (high - low) if low is not None and high is not None else abs(high or low or 1.0)
    if (span and low is not None and value < low - FAR * span) or (
        span and high is not None and value > high + FAR * span
    ):
        return False  # another column, not a reading of this feature
    return not keeps(row, value)


def keeps(row: Mapping[str, Any], value: float) -> bool:
    """Whether a figure lies within the limits of a feature."""
    low, high = row["low"], row["high"]
    return (low is None or value >= low - _SLACK) and (high is None or value <= high + _SLACK)


_SLACK = 1e-9
