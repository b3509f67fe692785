"""What a column that is only called ``%`` measures: the counts beside it tell, where it can be computed from them."""

import itertools
from collections.abc import Mapping, Sequence

from evidence.facts.indicators import SHARE, Measure, measure_of, measures, says
from evidence.facts.numbers import Amount
from evidence.facts.text import fold

Figures = Mapping[int, Amount]

LEAST_ROWS = 3
"""Periods in which a rate follows from its counts: two agree by chance."""

TOLERANCE = 0.06
"""How far, in points of percent and as a share, a written rate may lie from its counts: rounding and late corrections."""


def computed(label: str, rate: Figures, lines: Sequence[tuple[str, Figures]]) -> Measure | None:
    """The measure that a nameless line of shares is by its counts: of what was made what was rejected, or what was good. None where
    the line has a name, or where most of its figures do not follow from two lines of counts.
    """
    if any(char.isalpha() for char in label):
        return None
    counts = [
        (name, values)
        for name, values in lines
        if any(char.isalpha() for char in name) and not SHARE.search(fold(name)) and not says(name, "target")
    ]
    for made, whole in counts:
        if not says(made, "made"):
            continue
        for name, part in counts:
            told = "reject_rate" if _is_bad(name) else "first_pass_yield" if says(name, "good") else ""
            if told and part is not whole and _follows(rate, part, whole):
                return next(measure for measure in measures() if measure.id == told)
    for (name, part), (_, whole) in itertools.permutations(counts, PAIR) if len(counts) == PAIR else ():
        if _always_follows(rate, part, whole):
            told = "reject_rate" if _is_bad(name) else "other_rate"
            return next(measure for measure in measures() if measure.id == told)
    return None


PAIR = 2
"""Lines of counts of which the shares are those of one in the other, whatever they are called."""


def _always_follows(rate: Figures, part: Figures, whole: Figures) -> bool:
    """Whether every share is that of the counts."""
    return all(at in part and at in whole for at in rate) and _fitting(rate, part, whole) == len(rate) >= LEAST_ROWS


def _is_bad(name: str) -> bool:
    measure = measure_of(name)
    return says(name, "rejected") or (measure is not None and measure.id in ("reject_rate", "escaped_defects"))


def _follows(rate: Figures, part: Figures, whole: Figures) -> bool:
    """Whether most shares are those of the counts."""
    known = sum(at in part and at in whole and bool(whole[at].value) for at in rate)
    return known >= LEAST_ROWS and _fitting(rate, part, whole) * 3 >= known * 2


def _fitting(rate: Figures, part: Figures, whole: Figures) -> int:
    """How many shares are those of the counts."""
    return sum(
        abs(part[at].value / whole[at].value * 100 - share.value)
        <= max(TOLERANCE, TOLERANCE * share.value, 0.6 * 10**-share.decimals)
        for at, share in rate.items()
        if at in part and at in whole and whole[at].value
    )
