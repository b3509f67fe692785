"""Flags on quality figures:

targets without measurements, figures that never move or stop, two figures for one thing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Item, age_months, as_day, cite
from evidence.facts.months import DAY, MONTH
from evidence.facts.text import fold, phrases
from evidence.flags.authenticity import is_workbook
from evidence.flags.figures_told_twice import told_twice
from evidence.flags.lines_left import lines_left
from evidence.flags.odd_months import odd_months
from evidence.flags.one_subject import one_subject
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.series_apart import series_apart
from evidence.flags.sheets_by_month import is_of_run, sheets_by_month
from evidence.flags.stopped_series import goes_on, stopped_beside, stopped_in_deck, tells_why
from evidence.flags.tables_that_agree import tables_that_agree
from evidence.flags.told_beside_counts import told_beside_counts
from evidence.flags.told_beside_tables import told_beside_tables
from evidence.flags.told_by_name import told_by_name
from evidence.flags.told_of_kinds import told_of_kinds
from evidence.flags.told_of_periods import told_of_periods
from evidence.quality_series import called, cite_series, is_real_series, series_end


def _cite(item: Item, quote: str | None = None) -> Any:
    return cite(item.document, item.passage, quote)


@rule("series_stops")
def series_stops(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A series of a living sheet that ends before its time: the sheet has room for later months, or the measure is
    monthly and months old.

    A series in a deck, in minutes or in a report ends where that paper was made, and a newer sheet of the measure
    carries it on.
    """
    newest: dict[str, Any] = {}
    ends = [
        (item, end) for item in bundle.items("series") if is_real_series(bundle, item) and (end := series_end(item))
    ]
    for item, end in ends:
        if not _is_of_pieces(item):
            newest[item.fact.role] = max(newest.get(item.fact.role, end), end)
    yield from sheets_by_month(bundle, int(data["months"]))
    told: set[str] = set()
    for item, end in sorted(ends, key=lambda pair: (pair[1], pair[0].document.path), reverse=True):
        months = age_months(end, bundle.today)
        if months < data["months"] or item.document.path in told or goes_on(ends, item, end):
            continue
        alone = stopped_beside(ends, item, int(data["months"]))
        if (
            (end < newest.get(item.fact.role, end) and not alone)
            or not (
                _is_sheet(item)
                or alone
                or stopped_in_deck(ends, item, int(data["months"]))
                or _is_of_later(bundle, item, end, int(data["months"]))
            )
            or not _is_monthly(item)
            or is_of_run(item.document, item.passage, end)
            or tells_why(item)
        ):
            continue
        if not alone and max(newest.values(), default=end) > end and _same_document_newer(ends, item, end):
            continue
        told.add(item.document.path)
        yield Finding(
            {
                "label": called(item),
                "name": name_of(item.document.path),
                "last": item.value["periods"][-1],
                "months": months,
            },
            (cite_series(bundle, item),),
        )
    yield from (
        found for found in lines_left(bundle, int(data["months"])) if found.words["name"] not in map(name_of, told)
    )


def _is_of_later(bundle: Bundle, item: Item, end: date, months: int) -> bool:
    """Whether a report of figures names in its head a month of the same year by which months of them are missing."""
    if item.document.kind != "metrics_record" or not item.passage.heading:
        return False
    headed = [
        day
        for fact in item.document.facts
        if fact.kind == "period"
        and len(fact.value) == MONTH
        and any(fact.quote in heading for heading in item.passage.heading)
        and (day := as_day(f"{fact.value}-01"))
    ]
    return len(headed) == 1 and headed[0].year == end.year and age_months(end, headed[0]) >= months


def _is_of_pieces(item: Item) -> bool:
    """Whether a series is the column of an inspection, a day a row: what was found in single lots carries no figure of months on."""
    return item.document.kind == "traceability_record" and all(
        len(str(period)) == DAY for period in item.value.get("periods", [])
    )


def _same_document_newer(ends: Sequence[tuple[Item, Any]], item: Item, end: Any) -> bool:
    return any(other.document.path == item.document.path and day > end for other, day in ends)


def _is_sheet(item: Item) -> bool:
    return item.document.kind not in (
        "manual",
        "blank_form",
        "certificate",
        "management_review_record",
    ) and is_workbook(item.document)


def _is_monthly(item: Item) -> bool:
    return (
        sum(len(period) == 7 and period[4] == "-" and period[5:].isdigit() for period in item.value.get("periods", []))
        >= 3
    )


@rule("same_measure_different_figures")
def same_measure_different_figures(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """One measure with one label and one month has two figures in two documents."""
    papers: set[frozenset[str]] = set()
    for found in (
        *told_twice(bundle),
        *told_of_periods(bundle),
        *told_beside_tables(bundle),
        *told_by_name(bundle),
        *told_of_kinds(bundle),
        *told_beside_counts(bundle),
        *odd_months(bundle),
        *tables_that_agree(bundle),
        *one_subject(bundle),
        *series_apart(bundle),
    ):
        both = frozenset((str(found.words["one"]), str(found.words["other"])))
        if both not in papers and not _is_corrected(bundle, found):
            papers.add(both)
            yield found


_CORRECTED = phrases("same_figures", "another")


def _is_corrected(bundle: Bundle, found: Finding) -> bool:
    """Whether a paper tells both figures in one line, one of them as corrected: ``April corrected from 1.25 to 1.80``."""
    both = [_figure(str(found.words[name])) for name in ("first", "second")]
    return any(
        all(figure.search(line) for figure in both) and _CORRECTED.search(fold(line))
        for document in bundle.read
        for passage in document.passages
        if all(figure.search(passage.text) for figure in both)
        for line in passage.text.splitlines()
    )


def _figure(told: str) -> re.Pattern[str]:
    """A figure as papers write it, with a comma or a point, zeros behind it or none."""
    whole, _, part = told.partition(".")
    return re.compile(
        rf"(?<![\d.,]){re.escape(whole)}{f'[.,]{re.escape(part)}' if part else '(?:[.,]0)?'}0*(?![\d]|[.,]\d)"
    )
