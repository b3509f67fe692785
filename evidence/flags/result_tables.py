"""Figures of a year, a half-year or a month that tables without months tell: the index of a survey, the mean of an audit, the result of an
indicator for 2025. The span is named by the head of the column or the title; what is counted by the row, or by the title for a row of all.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.bundle import Bundle
from evidence.facts.indicators import SHARE, says
from evidence.facts.months import MONTHS_OF_YEAR, ROC_OFFSET, common_year
from evidence.facts.text import fold, lettered, phrases
from evidence.facts.told_spans import MonthSpan, month_spans
from evidence.flags.counted_kinds import kind_of, unit_of
from evidence.flags.figure_tables import FigureTable, classes_of, figure_tables
from evidence.flags.month_tables import MonthColumn
from evidence.flags.registry import name_of
from evidence.flags.written_figures import AIMED, WHOLE, WORD, YEARS, Written

_NOT_RESULTS = frozenset({"aimed", "before", "cumulative", "stock", "ordered", "people", "sampled"})
_MEAN = phrases("counted", "mean")
_RESULTS = frozenset({"score", "after"})

MOST_ROWS = 40
"""Rows of a table of results."""


def result_figures(bundle: Bundle) -> Iterator[Written]:
    """The results that tables without months tell of a span."""
    for one in figure_tables(bundle):
        if one.told or not one.rows or len(one.rows) > MOST_ROWS:
            continue
        if any(any(month_spans(one.head(index))) for index in one.figures):
            continue
        if any(any(month_spans(fold(row.cells[0]))) for row in one.rows):
            continue
        yield from _of_table(one)


def _of_table(one: FigureTable) -> Iterator[Written]:
    spans = {(span.first, span.last): span for span in month_spans(one.title)}
    if len(spans) > 1:
        return
    above = next(iter(spans.values()), None)
    titled = years_in(one.title) | ({above.year} if above and above.year else set())
    columns = {index: years_in(one.head(index)) for index in one.figures if _is_result(one.head(index))}
    dated = {index: years for index, years in columns.items() if len(years) == 1}
    chosen = dated or columns
    if not chosen or (not dated and len(chosen) > 1):
        chosen = {index: years for index, years in chosen.items() if _says_result(one.head(index))}
        if len(chosen) != 1:
            return
    names = [next((cell for cell in row.cells if lettered(cell)), "") for row in one.rows]
    parts = frozenset(
        word for name in names for word in WORD.findall(fold(name)) if len(word) > SHORT or not word.isascii()
    )
    for at, name in enumerate(names):
        of_all = says(name, "sum") or WHOLE.search(fold(name)) is not None or _MEAN.search(fold(name)) is not None
        kind = kind_of(name) or (
            kind_of(one.title[-LONGEST_TITLE:]) or kind_of(name_of(one.document.path)) if of_all else ""
        )
        if not kind or AIMED.search(fold(name)) or classes_of(fold(name)) & _NOT_RESULTS:
            continue
        for index, years in chosen.items():
            if at in one.figures[index] and (years := years or titled):
                own = frozenset(WORD.findall(f"{fold(name)} {one.head(index)}"))
                yield replace(_written(one, at, index, name, kind, years, above), parts=parts - own)


SHORT = 3
"""Letters of a word that names no row."""

LONGEST_TITLE = 160
"""Letters of a title in which it says what a table counts."""


def _written(
    one: FigureTable, at: int, index: int, name: str, kind: str, years: set[int], above: MonthSpan | None
) -> Written:
    figure, head, row = one.figures[index][at], one.head(index), one.rows[at]
    share = figure.unit == "%" or SHARE.search(f"{fold(name)} {head}") is not None
    whole = (1, MONTHS_OF_YEAR)
    spans = {whole} if above is None or years_in(head) else {(above.first, above.last)}
    if kind == "satisfaction":
        spans.add(whole)  # customers are asked once a year, in whatever month
    label = f"{name} {one.heads[index]}" if index < len(one.heads) else name
    column = MonthColumn(label, share, dict.fromkeys(spans, figure.value), one.document, row.passage, one.title)
    unit = unit_of(figure.unit or "", share=share) or unit_of(label, share=share)
    return Written(column, kind, unit, one.title, frozenset(years))


def _is_result(head: str) -> bool:
    return not AIMED.search(head) and not classes_of(head) & _NOT_RESULTS


def _says_result(head: str) -> bool:
    return says(head, "actual") or bool(classes_of(head) & _RESULTS)


def years_in(folded: str) -> set[int]:
    """The years that a folded text names, also as Taiwan counts them."""
    return {common_year(int(year)) for year in YEARS.findall(folded)} | {
        int(year) + ROC_OFFSET for year in _MINGUO.findall(folded)
    }


_MINGUO = re.compile(r"(?<!\d)(1[01]\d)\s?年")
