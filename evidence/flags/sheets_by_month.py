"""Sheets of figures whose measure nobody knows: the months of their rows say where they end."""

from collections.abc import Iterator
from datetime import date

from evidence.bundle import Bundle, age_months, as_day, cite, is_example
from evidence.facts.months import MONTH
from evidence.facts.periods import bounds
from evidence.facts.text import fold
from evidence.facts.told_spans import month_spans
from evidence.flags.authenticity import is_workbook
from evidence.flags.registry import Finding, line_at, name_of
from evidence.model import DocumentReport, Passage


def sheets_by_month(bundle: Bundle, months: int) -> Iterator[Finding]:
    """Sheets that hold no series of a known measure, have months with their year in their rows and end months before the reference date; what
    stands empty behind its figures ``lines_left`` finds.
    """
    for document in bundle.read:
        if document.kind != "metrics_record" or is_example(document) or not is_workbook(document):
            continue
        if any(fact.kind == "series" for fact in document.facts):
            continue
        left = _end_of_rows(bundle, document)
        if left is None or age_months(left[2], bundle.today) < months:
            continue
        passage, last, end = left
        yield Finding(
            {
                "label": passage.text.split("\n", 1)[0].split("|")[-1].strip()[:80],
                "name": name_of(document.path),
                "last": last,
                "months": age_months(end, bundle.today),
            },
            (cite(document, passage),),
        )


def is_of_run(document: DocumentReport, passage: Passage, end: date) -> bool:
    """Whether the name or heading of a sheet says that it is of months up to the end of its figures: ``Delivery January to June``."""
    named = (name_of(document.path), *passage.heading)
    runs = [span for text in named for span in month_spans(fold(text.replace("_", " "))) if span.first < span.last]
    return any(span.last == end.month and span.year in (None, end.year) for span in runs)


def _end_of_rows(bundle: Bundle, document: DocumentReport) -> tuple[Passage, str, date] | None:
    """Where rows that begin with a month and its year end: the passage, the month as written, and its last day."""
    found: dict[date, tuple[Passage, str, date]] = {}
    for fact in document.facts:
        passage = bundle.passages[document.path].get(fact.passage)
        if fact.kind != "period" or len(fact.value) != MONTH or passage is None or not bundle.is_record(passage):
            continue
        row = line_at(passage.text, passage.text.find(fact.quote)).split("|")
        day = as_day(bounds(fact.value)[1])
        if row[0].strip() == fact.quote and sum(any(c.isdigit() for c in cell) for cell in row[1:]) and day:
            found[day] = passage, fact.quote, day
    return found[max(found)] if len(found) >= LEAST_MONTHS else None


LEAST_MONTHS = 4
"""Months in the rows of a sheet from which it is one of months."""
