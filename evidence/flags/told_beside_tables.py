"""Figures of a sentence against the table they were taken from, whatever it counts and in whatever language the two are written.

Which column a sentence means is shown by what it has right: another month of the same column.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, cite
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.month_figures import Told, figures_told
from evidence.flags.month_tables import MonthColumn, month_tables
from evidence.flags.registry import Finding, line_at, name_of
from evidence.flags.told_of_periods import differ, is_told_of_whole, year_of

MOST_WORDS = 14
"""Letters that may stand between two figures of one measure beside their months: ``in July and``, ``against``."""

TIMES = 2.5
"""Times the written figure within which another one of the same measure lies."""


def told_beside_tables(bundle: Bundle) -> Iterator[Finding]:
    """Sentences that have one figure of a column right and another one wrong."""
    columns = month_tables(bundle)
    if not columns:
        return
    pairs: set[tuple[str, str]] = set()
    for line in figures_told(bundle):
        for found in (*_neighbours(line, columns, bundle), *_named(line, columns, bundle)):
            pair = found.words["one"], found.words["other"]
            if pair not in pairs:
                pairs.add(pair)
                yield found


def _neighbours(line: Sequence[Told], columns: Sequence[MonthColumn], bundle: Bundle) -> Iterator[Finding]:
    """Of two months told in one breath one is as in the column, and the other is not; no column has both."""
    for one, other in itertools.pairwise(line):
        months = {(told.span.first, told.span.last) for told in (one, other)}
        if len(months) < 2 or one.unit != "%" or other.unit != "%" or not (one.exact and other.exact):
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
            written = column.values.get((told.span.first, told.span.last))
            if written and differ(told.value, written, "%") and 1 / TIMES <= told.value / written <= TIMES:
                yield _finding(told, column.label, f"{written:g}", column)
                return


def _named(line: Sequence[Told], columns: Sequence[MonthColumn], bundle: Bundle) -> Iterator[Finding]:
    """A figure with decimals of one month that names a column by a word of its head and by its unit, or by two words, and nothing else: no
    other column is called so, and this one has another figure for that month.
    """
    for told in line:
        month = told.span.first, told.span.last
        if told.unit or not told.exact or told.loose or month[0] != month[1] or not is_told_of_whole(told):
            continue
        if year_of(bundle, told) not in (None, bundle.today.year) or _PARTIAL.search(f"{told.between} {told.behind}"):
            continue
        said = _words_of(told.between)
        called = [
            (column, shared)
            for column in columns
            if not column.is_share and month in column.values and (shared := said & _words_of(column.label))
        ]
        if len(called) != 1 or called[0][0].document.path == told.document.path:
            continue
        column, shared = called[0]
        unit = _words_of(told.behind[:NEAR_UNIT]) & _words_of(column.label)
        if (len(shared) < LEAST_SHARED and not unit) or not _says_no_more(told, shared):
            continue
        written = column.values[month]
        if differ(told.value, written, "") and 1 / TIMES <= told.value / max(written, 1e-9) <= TIMES:
            yield _finding(told, column.label, f"{written:g}", column)
            return


def _says_no_more(told: Told, shared: set[str]) -> bool:
    """Whether before a figure stand hardly any words but its month and those of the head of its column: no customer, part or line."""
    between = told.between
    for span in reversed(list(month_spans(between))):
        between = between[: span.start] + between[span.end :]
    for word in shared:
        between = between.replace(word, " ")
    between = phrases("metrics_flags", "neutral").sub(" ", phrases("trends", "joining").sub(" ", between))
    return sum(map(str.isalpha, between)) <= MOST_WORDS


def _words_of(text: str) -> set[str]:
    """The words of a text that name something, without those for months, means and totals."""
    bare = fold(text)
    for span in reversed(list(month_spans(bare))):
        bare = f"{bare[: span.start]} {bare[span.end :]}"
    bare = phrases("metrics_flags", "neutral").sub(" ", phrases("metrics_flags", "target").sub(" ", bare))
    return {word for word in _WORD.findall(bare) if len(word) >= LEAST_LETTERS or not word.isascii()}


_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTIAL = phrases("metrics_flags", "partial")

LEAST_LETTERS = 4
"""Letters of a word that names a measure or a unit."""

LEAST_SHARED = 2
"""Words of its head by which a column is known without its unit."""

NEAR_UNIT = 24
"""Letters behind a figure in which its unit stands."""


def _is_same_measure(told: Told) -> bool:
    """Whether nothing is named between a figure and the one before it but its month."""
    between = told.between
    for span in reversed(list(month_spans(between))):
        between = between[: span.start] + between[span.end :]
    between = phrases("metrics_flags", "neutral").sub(" ", phrases("trends", "joining").sub(" ", between))
    return sum(map(str.isalpha, between)) <= MOST_WORDS


def _has(column: MonthColumn, told: Told) -> bool:
    written = column.values.get((told.span.first, told.span.last))
    return written is not None and abs(written - told.value) < 1e-9


def _finding(told: Told, label: str, written: str, column: MonthColumn) -> Finding:
    first, last = told.span.first, told.span.last
    return Finding(
        {
            "label": label[:60] or "figure",
            "period": f"month {first}" if first == last else f"months {first} to {last}",
            "first": f"{told.value:g}",
            "second": written,
            "one": name_of(told.document.path),
            "other": name_of(column.document.path),
        },
        (
            cite(told.document, told.passage, told.quote),
            cite(column.document, column.passage, line_at(column.passage.text, 0)),
        ),
    )
