"""Lines of figures over months that hold still, whatever is measured in them: known as measured by the target beside them.

Fact: kind ``held``, role ``line``, value as that of a ``series``.
"""

from collections.abc import Mapping

from evidence.facts.indicators import SHARE, Measure
from evidence.facts.numbers import Amount
from evidence.facts.text import fold

PERCENT = "%"


def held(label: str, values: Mapping[int, Amount], goal: Mapping[int, Amount], aside: Amount | None) -> Measure | None:
    """The measure of a line under no known words that is the same in every period and is known as measured: by a target of its own, or
    as a share to the tenth. None for others.

    A whole number below ``LEAST_WHOLE`` may count what was planned: audits, meetings, people.
    """
    if len({value.value for value in values.values()}) > 1:
        return None
    first = next(iter(values.values()))
    share = SHARE.search(fold(label)) is not None or first.unit == PERCENT
    if aside is None and not goal and not (share and first.decimals and len(values) >= LEAST_SHARES):
        return None
    if first.decimals == 0 and first.unit != PERCENT and first.value < LEAST_WHOLE:
        return None
    return Measure("other_line", "another line", "", PERCENT if share else first.unit or "", ())


LEAST_SHARES = 5
"""Periods of a share without a target from which it does not come out the same by chance."""


LEAST_WHOLE = 50
"""A whole figure from which a line is none of what was planned."""
