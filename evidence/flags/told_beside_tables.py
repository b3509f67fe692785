"""Figures of a sentence against the table they were taken from, whatever it counts and in whatever language the two are written.

Which column a sentence means is shown by what it has right: another month of the same column.
"""

import itertools
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle
from evidence.facts.text import any_of
from evidence.facts.told_spans import without_months
from evidence.flags.month_figures import Told, figures_told
from evidence.flags.month_tables import MonthColumn, month_tables
from evidence.flags.registry import Finding
from evidence.flags.told_of_periods import differ, is_told_of_whole, year_of
from evidence.flags.two_figures import two_figures

MOST_WORDS = 14
"""Letters that may stand between two figures of one measure beside their months: ``in July and``, ``against``."""

TIMES = 2.5
"""Times the written figure within which another one of the same measure lies."""


def told_beside_tables(bundle: Bundle) -> Iterator[Finding]:
    """Sentences that have one figure of a column right and another one wrong."""
    if columns := month_tables(bundle):
        for line in figures_told(bundle):
            yield from _neighbours(line, columns, bundle)


def _neighbours(line: Sequence[Told], columns: Sequence[MonthColumn], bundle: Bundle) -> Iterator[Finding]:
    """Of two months told in one breath one is as in the column, and the other is not; no column has both."""
    for one, other in itertools.pairwise(line):
        if one.months == other.months or one.unit != "%" or other.unit != "%" or not (one.exact and other.exact):
            continue
        if not _is_same_measure(other) or year_of(bundle, one) != year_of(bundle, other):
            continue
        if not all(map(is_told_of_whole, (one, other))):
            continue
        pairs = [
            (told, beside, column)
            for told, beside in ((one, other), (other, one))
            for column in columns
            if column.is_share and column.document.path != told.document.path and _has(column, beside)
        ]
        if any(_has(column, told) for told, _, column in pairs):
            continue
        for told, _, column in pairs:
            written = column.values.get(told.months)
            if written and differ(told.value, written, "%") and 1 / TIMES <= told.value / written <= TIMES:
                yield two_figures(column.label, told.months, told.figure(), column.figure(written))
                return


_LIGHT = any_of(("metrics_flags", "neutral"), ("trends", "joining"))


def _is_same_measure(told: Told) -> bool:
    """Whether nothing is named between a figure and the one before it but its month."""
    return sum(map(str.isalpha, _LIGHT.sub(" ", without_months(told.between)))) <= MOST_WORDS


def _has(column: MonthColumn, told: Told) -> bool:
    written = column.values.get(told.months)
    return written is not None and abs(written - told.value) < 1e-9
