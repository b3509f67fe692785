"""Figures of months that rows of tables in minutes, reports and letters tell: ``Complaints in the first half | 16``, ``On-time delivery |
97.2 % of 519 trips`` under ``Our result, August 2026``. The months stand in the name of the row, in the head of its column or in the title.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.bundle import Bundle
from evidence.facts.indicators import SHARE, WHOLE, Measure, measure_of, says
from evidence.facts.text import fold, phrases, words
from evidence.facts.told_spans import MonthSpan, month_spans, without_months
from evidence.flags.figure_tables import FigureRow, FigureTable, classes_of, figure_tables
from evidence.flags.figures_said import one_span
from evidence.flags.month_figures import Told, figures_in
from evidence.flags.month_tables import span_of
from evidence.flags.registry import name_of

MOST_MONTHS = 2
"""Months beside each other that a table in minutes tells of; one of more is a series of its own."""

LONGEST_CELL = 60
"""Letters of a cell that begins with the figure of its row."""

_BEGINS = re.compile(r"[~≈]?\s?(?:%\s?)?\d")
_NOT_MEASURED = frozenset({"cumulative", "stock", "aimed", "ordered"})
_STEPS = frozenset({"before", "after"})
"""Classes of what is measured before or after a step: a series of that has the step in its name too."""

_PARTIAL, _ALL = phrases("metrics_flags", "partial"), phrases("said_met", "all")
_WHOLE = phrases("series_lines", "whole")
_PLAIN = tuple(
    phrases(*name)
    for name in (("told_spans", "clients"), ("told_spans", "came"), ("trends", "joining"), ("metrics_flags", "neutral"))
)
"""Words beside a measure that name no part of what is counted."""


def rows_told(bundle: Bundle) -> Iterator[list[Told]]:
    """The figures of months that rows tell, row by row."""
    for one in figure_tables(bundle):
        if one.told or sum(any(month_spans(one.head(index))) for index in range(len(one.heads))) > MOST_MONTHS:
            continue
        above = one_span(one.title)
        for row in one.rows:
            if row.passage.mode not in ("template", "credential", "prescription"):
                yield list(_of_row(bundle, one, row, above))


def _of_row(bundle: Bundle, one: FigureTable, row: FigureRow, above: list[MonthSpan]) -> Iterator[Told]:
    at = next((index for index, cell in enumerate(row.cells) if any(map(str.isalpha, cell))), None)
    if at is None or span_of(row.cells[at]) is not None:
        return
    name = row.cells[at]
    measure = measure_of(name)
    classes = classes_of(fold(name))
    if measure is None or classes & _NOT_MEASURED or (classes & _STEPS and not _has_step(bundle, measure, classes)):
        return
    if _names_more(bundle, measure, fold(name)):
        return
    named = one_span(fold(name))
    columns = [
        index
        for index in range(at + 1, min(len(row.cells), len(one.heads)))
        if len(row.cells[index]) <= LONGEST_CELL
        and _BEGINS.match(row.cells[index])
        and not (says(one.head(index), "target") or classes_of(one.head(index)) & (_NOT_MEASURED | _STEPS))
    ]
    if _is_of_part(one, f"{name} {' '.join(one.heads)} {row.line}"):
        return
    for index in columns:
        head = one_span(one.head(index))
        if not (head or ((named or above) and (len(columns) == 1 or says(one.head(index), "actual")))):
            continue
        if head and named and (head[0].first, head[0].last) != (named[0].first, named[0].last):
            continue
        yield from _told(one, row, f"{name}, {one.heads[index]}: ", row.cells[index], measure, above)


def _has_step(bundle: Bundle, measure: Measure, classes: frozenset[str]) -> bool:
    """Whether a series of a measure is called as one before or after a step as well."""
    return any(classes & _STEPS <= classes_of(label) for label in _labels(bundle, measure))


def _names_more(bundle: Bundle, measure: Measure, name: str) -> bool:
    """Whether a row names more than its measure, its months and what a series of that measure is called: one fault, one kind of goods."""
    name = without_months(name)
    for plain in (words(measure.words), *_PLAIN):
        name = plain.sub(" ", name)
    known = {word for label in _labels(bundle, measure) for word in _WORD.findall(label)}
    return sum(len(word) for word in _WORD.findall(name) if word not in known) > MOST_BESIDE


MOST_BESIDE = 3
"""Letters of a name that may stand beside its measure and its months."""

_WORD = re.compile(r"[^\W\d_]+")


def _labels(bundle: Bundle, measure: Measure) -> list[str]:
    return [fold(str(item.value.get("label", ""))) for item in bundle.items("series") if item.fact.role == measure.id]


def _told(
    one: FigureTable, row: FigureRow, said: str, cell: str, measure: Measure, above: list[MonthSpan]
) -> Iterator[Told]:
    """The first figure of a cell behind the name of its row and the head of its column; of a rate that behind which its sign stands, where
    the cell tells how it was worked out: ``612 = 94.4 %``.
    """
    before = fold(said)
    share = SHARE.search(before) is not None or measure.unit == "%"
    told = [one for one in figures_in(one.document, row.passage, said + cell, above) if one.at >= len(before) - 1]
    chosen = next((one for one in told if one.unit or not share), None)
    if chosen is None and len(told) == 1 and told[0].value <= WHOLE:
        chosen = replace(told[0], unit="%")
    if chosen is not None:
        yield replace(chosen, quote=row.line)


def _is_of_part(one: FigureTable, said: str) -> bool:
    """Whether a paper is headed as one on a customer or a part of the factory, and the table does not say that it tells of all."""
    headed = fold(" ".join((name_of(one.document.path), *one.rows[0].passage.heading)))
    return _PARTIAL.search(headed) is not None and not (_ALL.search(fold(said)) or _WHOLE.search(fold(said)))
