"""A known measure of one month in two papers: a row of the table in minutes or a report, ``On time delivery | 97.3 %`` under ``October``, against
the sheet of the measure or another such table.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.indicators import SHARE, measure_of, says
from evidence.facts.numbers import Amount
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.figure_tables import FigureTable, classes_of, figure_tables
from evidence.flags.odd_months import periods_in_year
from evidence.flags.registry import Finding, name_of
from evidence.flags.tables_that_agree import equal, far_apart
from evidence.model import DocumentReport, Passage

_PARTIAL = phrases("metrics_flags", "partial")
_ANOTHER = phrases("same_figures", "another")
_NOT_OF_MONTH = frozenset({"before", "after", "cumulative", "stock", "aimed", "ordered"})


@dataclass(frozen=True)
class _Measured:
    """A figure of a measure and a month."""

    value: Amount
    label: str
    document: DocumentReport
    passage: Passage
    line: str
    in_table: bool


MOST_MONTHS = 2
"""Months beside each other that a table in minutes tells of."""

Key = tuple[str, str, bool]
"""The measure, the year and month, and whether the figure is a share."""


def measures_in_tables(bundle: Bundle) -> Iterator[Finding]:
    """Figures of one measure and month, each the only one of its paper, that are not the same."""
    every: dict[Key, dict[str, list[_Measured]]] = defaultdict(lambda: defaultdict(list))
    for key, told in (*_in_tables(bundle), *_in_series(bundle)):
        every[key][told.document.path].append(told)
    for (_, month, _), papers in every.items():
        once = [told[0] for told in papers.values() if len({one.value.value for one in told}) == 1]
        for first in once:
            for second in once:
                if first.document.path == second.document.path or not first.in_table:
                    continue
                if second.in_table and first.document.path > second.document.path:
                    continue
                if equal(first.value, second.value) or equal(second.value, first.value):
                    continue
                if far_apart(first.value, second.value) and not _ANOTHER.search(fold(f"{first.line} {second.line}")):
                    yield _finding(first, second, month)


def _finding(first: _Measured, second: _Measured, month: str) -> Finding:
    return Finding(
        {
            "label": first.label[:60],
            "period": month,
            "first": f"{first.value.value:g}",
            "second": f"{second.value.value:g}",
            "one": name_of(first.document.path),
            "other": name_of(second.document.path),
        },
        tuple(cite(told.document, told.passage, told.line) for told in (first, second)),
    )


def _in_tables(bundle: Bundle) -> Iterator[tuple[Key, _Measured]]:
    for one in figure_tables(bundle):
        if one.told or not one.rows:
            continue
        if sum(any(month_spans(one.head(index))) for index in one.figures) > MOST_MONTHS:
            continue  # a series, which may be of another line that was made in the same months
        headed = fold(" ".join((name_of(one.document.path), *one.rows[0].passage.heading)))
        if not _PARTIAL.search(headed):
            for index in one.figures:
                yield from _of_column(bundle, one, index)


def _of_column(bundle: Bundle, one: FigureTable, index: int) -> Iterator[tuple[Key, _Measured]]:
    """The figures of a column that is headed by a month, or by words for a result where the title names one month."""
    head = one.head(index)
    if classes_of(head) & _NOT_OF_MONTH or says(head, "target"):
        return
    spans = list(month_spans(head)) or (list(month_spans(one.title)) if says(head, "actual") else [])
    if len({(span.first, span.last) for span in spans}) != 1 or spans[0].first != spans[0].last:
        return
    made = bundle.document_day(one.document)
    year = spans[0].year or (made.year - (spans[0].first > made.month) if made else None)
    for at, value in one.figures[index].items():
        row = one.rows[at]
        name = next((cell for cell in row.cells[:index] if any(map(str.isalpha, cell))), "")
        measure = measure_of(name)
        if measure is None or year is None or _PARTIAL.search(fold(name)) or classes_of(fold(name)) & _NOT_OF_MONTH:
            continue
        share = value.unit == "%" or SHARE.search(fold(f"{name} {head}")) is not None or measure.unit == "%"
        key = measure.id, f"{year}-{spans[0].first:02d}", share
        yield key, _Measured(value, name, one.document, row.passage, row.line, in_table=True)


def _in_series(bundle: Bundle) -> Iterator[tuple[Key, _Measured]]:
    for item in bundle.items("series"):
        label = str(item.value.get("label", ""))
        if is_example(item.document) or _PARTIAL.search(fold(" ".join((label, *item.passage.heading)))):
            continue
        values = [float(value) for value in item.value.get("values", [])]
        unit = str(item.value.get("unit") or "")
        exact = any(value != int(value) for value in values)
        share = unit == "%" and (exact or SHARE.search(fold(label)) is not None)
        for period, value in zip(periods_in_year(bundle, item), values, strict=False):
            decimals = len(f"{value:g}".partition(".")[2])
            told = _Measured(Amount(value, None, decimals), label, item.document, item.passage, label, in_table=False)
            yield (item.fact.role, period, share), told
