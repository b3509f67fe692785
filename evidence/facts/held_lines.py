"""Lines of figures over months that hold still, whatever is measured in them: known as measured by the target beside them.

Fact: kind ``held``, role ``line``, value as that of a ``series``.
"""

from collections.abc import Mapping

from evidence.facts.indicators import Measure
from evidence.facts.numbers import Amount

PERCENT = "%"


def held(values: Mapping[int, Amount], goal: Mapping[int, Amount], aside: Amount | None) -> Measure | None:
    """The measure of a line under no known words that is the same in every period and has a target of its own; None for others.

    A whole number below ``LEAST_WHOLE`` may count what was planned: audits, meetings, people.
    """
    if (aside is None and not goal) or len({value.value for value in values.values()}) > 1:
        return None
    first = next(iter(values.values()))
    if first.decimals == 0 and first.unit != PERCENT and first.value < LEAST_WHOLE:
        return None
    return Measure("other_line", "another line", "", first.unit or "", ())


LEAST_WHOLE = 50
"""A whole figure from which a line is none of what was planned."""
