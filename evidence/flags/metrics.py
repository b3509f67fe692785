"""Flags on quality figures:

targets without measurements, figures that never move or stop, two figures for one thing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Item, age_months, as_day, cite
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import SO_FAR, SO_FAR_BEHIND, month_spans
from evidence.flags.authenticity import is_workbook
from evidence.flags.figures_told_twice import lacks_differ, told_twice
from evidence.flags.lines_left import lines_left
from evidence.flags.measures_in_tables import measures_in_tables
from evidence.flags.moved_series import period_of
from evidence.flags.numbered_parts import of_one_part
from evidence.flags.odd_months import odd_months, periods_in_year
from evidence.flags.one_subject import one_subject
from evidence.flags.registry import Finding, line_at, name_of, rule
from evidence.flags.series_apart import series_apart
from evidence.flags.sheets_by_month import MONTH, is_of_run, sheets_by_month
from evidence.flags.stopped_series import goes_on, stopped_beside, stopped_in_deck, tells_why
from evidence.flags.tables_that_agree import tables_that_agree
from evidence.flags.told_beside_counts import told_beside_counts
from evidence.flags.told_beside_tables import told_beside_tables
from evidence.flags.told_by_name import told_by_name
from evidence.flags.told_of_kinds import told_of_kinds
from evidence.flags.told_of_periods import told_of_periods
from evidence.processes import of_other_stage
from evidence.quality_series import WHOLE, called, cite_series, is_real_series, series_end


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
                or _left_empty(bundle, item, end) >= data["months"]
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


def _left_empty(bundle: Bundle, item: Item, end: date) -> int:
    """Months of a report's own table that had passed when it was made, each with a row of its own and no figure but its target; of a report
    without a day those of its year that have passed by now.
    """
    days = [as_day(fact.value) for fact in item.document.facts if fact.kind == "date"]
    told = [day for day in days if day and end < day <= bundle.today]
    made = max(told) if told else min(bundle.today, date(end.year + 1, 1, 1))
    count = 0
    for passage in item.document.passages:
        for line in passage.text.splitlines() if passage.part == item.passage.part else ():
            cells = [cell.strip() for cell in line.split("|")]
            period = period_of(cells[0])
            if (
                period is None
                or period[0] != "month"
                or not (end.year, end.month) < (end.year, period[1]) < (made.year, made.month)
            ):
                continue
            filled = sum(map(bool, cells[1:]))
            count += filled <= 1 and not (filled and len(cells) <= LEAST_EMPTY)
    return count


LEAST_EMPTY = 2
"""Cells of the row of a month of which one that is filled holds no target."""


def _is_of_pieces(item: Item) -> bool:
    """Whether a series is the column of an inspection, a day a row: what was found in single lots carries no figure of months on."""
    return item.document.kind == "traceability_record" and all(
        len(str(period)) == DAY for period in item.value.get("periods", [])
    )


DAY = 10
"""Letters of a whole day in normal form: 2026-03-01."""


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
    by_key: dict[tuple[str, str, str], dict[str, tuple[float, Item]]] = defaultdict(dict)
    for item in bundle.items("series"):
        label = _bare(str(item.value.get("label", "")))
        for period, value in zip(periods_in_year(bundle, item), item.value.get("values", []), strict=False):
            if period[:4].isdigit():
                by_key[item.fact.role, label, period].setdefault(item.document.path, (float(value), item))
    papers: set[frozenset[str]] = set()
    for found in (
        *_prose(bundle),
        *told_twice(bundle),
        *told_of_periods(bundle),
        *told_beside_tables(bundle),
        *told_by_name(bundle),
        *told_of_kinds(bundle),
        *told_beside_counts(bundle),
        *odd_months(bundle),
        *tables_that_agree(bundle),
        *one_subject(bundle),
        *measures_in_tables(bundle),
        *series_apart(bundle),
    ):
        both = frozenset((str(found.words["one"]), str(found.words["other"])))
        if both not in papers and not _is_corrected(bundle, found):
            papers.add(both)
            yield found
    told: set[tuple[str, str]] = set()
    for (_, label, period), documents in sorted(by_key.items()):
        entries = sorted(documents.items())
        for index, (path, (value, item)) in enumerate(entries):
            for other_path, (other, second) in entries[index + 1 :]:
                pair = path, other_path
                if pair in told or not _differ(value, other) or not _share_most(bundle, item, second):
                    continue
                told.add(pair)
                yield Finding(
                    {
                        "label": label,
                        "period": period,
                        "first": f"{value:g}",
                        "second": f"{other:g}",
                        "one": name_of(path),
                        "other": name_of(other_path),
                    },
                    (_cite(item), _cite(second)),
                )


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


def _prose(bundle: Bundle) -> Iterator[Finding]:
    """A figure told in minutes or a report against the series of the whole factory.

    Both must speak of the whole, or the series be the only one of its measure.
    """
    series = list(bundle.items("series"))
    told: set[tuple[str, str]] = set()
    for item in bundle.items("measure"):
        period, value = item.value.get("period"), item.value.get("value")
        if not period or value is None or not bundle.is_record(item.passage) or _ends_run(item, str(period)):
            continue
        for other in series:
            if (
                other.fact.role != item.fact.role
                or other.document.path == item.document.path
                or period not in other.value.get("periods", [])
            ):
                continue
            alone = (
                sum(
                    s.fact.role == other.fact.role
                    and s.document.path == other.document.path
                    and period in s.value.get("periods", [])
                    for s in series
                )
                == 1
            )
            labels = [fold(str(told.value.get("label", ""))) for told in (other, item)]
            if of_one_part(other.document, other.passage, item.document) or of_other_stage(*labels):
                continue
            whole = all(map(WHOLE.search, labels))
            written = float(other.value["values"][other.value["periods"].index(period)])
            pair = item.document.path, other.document.path
            if (
                (alone or whole)
                and (
                    (_differ(float(value), written) and abs(float(value) - written) > 0.05 * abs(written))
                    or (other.value.get("unit") == "%" and lacks_differ(float(value), written))
                )
                and pair not in told
            ):
                told.add(pair)
                yield Finding(
                    {
                        "label": other.value.get("label", ""),
                        "period": period,
                        "first": f"{value:g}",
                        "second": f"{written:g}",
                        "one": name_of(pair[0]),
                        "other": name_of(pair[1]),
                    },
                    (_cite(item), _cite(other)),
                )


def _ends_run(item: Item, period: str) -> bool:
    """Whether the month of a figure is the last one of a run beside it, or that up to which the year is told: ``January to July: scrap
    2.5 %`` and ``until July 2.5 %`` are no figures of July.
    """
    named = {span.last for span in month_spans(fold(str(item.value.get("label", ""))))}
    if named and period[-2:].isdigit() and int(period[-2:]) not in named:
        return True  # its own words name another month than the one behind it
    line = fold(line_at(item.passage.text, item.passage.text.find(item.fact.quote)))
    runs = [
        span
        for span in month_spans(line)
        if span.first < span.last or SO_FAR.search(line[: span.start]) or SO_FAR_BEHIND.match(line[span.end :])
    ]
    return (
        period[-2:].isdigit() and len(period) == len("2026-07") and any(span.last == int(period[-2:]) for span in runs)
    )


def _bare(label: str) -> str:
    return " ".join(re.sub(r"[^\w%]+|(?<!\d)20[0-4]\d(?!\d)", " ", fold(label)).split())


def _differ(first: float, second: float) -> bool:
    """More than rounding apart; a factor of one hundred is the same figure as a share and as a percentage."""
    if first == second:
        return False
    scale = max(abs(first), abs(second))
    near = abs(first - second) <= 0.02 * scale + 0.005
    as_share = (scale and abs(first * 100 - second) <= 0.02 * abs(second)) or abs(second * 100 - first) <= 0.02 * abs(
        first
    )
    return not near and not as_share


def _share_most(bundle: Bundle, first: Item, second: Item) -> bool:
    """Whether the two series agree elsewhere: then they are one measure, and the odd month is a contradiction."""
    left = dict(zip(periods_in_year(bundle, first), first.value["values"], strict=False))
    right = dict(zip(periods_in_year(bundle, second), second.value["values"], strict=False))
    common = left.keys() & right.keys()
    agree = sum(not _differ(left[period], right[period]) for period in common)
    return len(common) >= LEAST_COMMON and agree * 2 >= len(common)


LEAST_COMMON = 2
"""Months that two series of one measure must share."""
