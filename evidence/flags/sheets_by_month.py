"""Sheets of figures whose measure nobody knows: the months of their rows or heads say where they end."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date

from evidence.bundle import Bundle, age_months, as_day, cite, is_example
from evidence.facts.calendar import bounds
from evidence.facts.indicators import says
from evidence.facts.row_numbers import unnumbered_lines
from evidence.facts.sheet_periods import lone_month, year_of
from evidence.facts.text import fold
from evidence.facts.told_spans import month_spans
from evidence.flags.authenticity import is_workbook
from evidence.flags.registry import Finding, line_at, name_of
from evidence.flags.stopped_series import ENDED
from evidence.model import DocumentReport, Passage

Line = tuple[Passage, list[str]]
"""A line of a sheet: its passage and its cells."""

Left = tuple[Passage, str, date]
"""Where a sheet ends: the passage, the month as written, and its last day."""


def sheets_by_month(bundle: Bundle, months: int) -> Iterator[Finding]:
    """Sheets that hold no series of a known measure and end months before the reference date: months with their year, and months of
    the year in the title that leave places empty behind them.
    """
    for document in bundle.read:
        if document.kind != "metrics_record" or is_example(document) or not is_workbook(document):
            continue
        if any(fact.kind == "series" for fact in document.facts):
            continue
        left = _of_dated(bundle, document) or _of_bare(bundle, document)
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


def _of_dated(bundle: Bundle, document: DocumentReport) -> Left | None:
    """Where rows that begin with a month and its year end."""
    found: dict[date, Left] = {}
    for fact in document.facts:
        passage = bundle.passages[document.path].get(fact.passage)
        if fact.kind != "period" or len(fact.value) != MONTH or passage is None or not bundle.is_record(passage):
            continue
        row = line_at(passage.text, passage.text.find(fact.quote)).split("|")
        day = as_day(bounds(fact.value)[1])
        if row[0].strip() == fact.quote and sum(any(c.isdigit() for c in cell) for cell in row[1:]) and day:
            found[day] = passage, fact.quote, day
    return found[max(found)] if len(found) >= LEAST_MONTHS else None


MONTH = 7
"""Letters of a month in normal form: 2026-03."""

LEAST_MONTHS = 4
"""Months in the rows of a sheet from which it is one of months."""


def _of_bare(bundle: Bundle, document: DocumentReport) -> Left | None:
    """Where the figures of a sheet end whose months name no year and go on without figures, in the year that its title tells."""
    for part in sorted({passage.part for passage in document.passages}):
        told = [
            (passage, [cell.strip() for cell in line.split("|")])
            for passage in document.passages
            if passage.part == part and bundle.is_record(passage)
            for line in passage.text.splitlines()[:MOST_LINES]
        ]
        cells = unnumbered_lines([own for _, own in told])
        told = [(passage, own) for (passage, _), own in zip(told, cells, strict=True)]
        for found in (_down(told), _along(told)):
            filled = [at for at, one in enumerate(found) if one[3]]
            if len(filled) < LEAST_MONTHS or filled != list(range(filled[-1] + 1)):
                continue
            passage, month, number, _ = found[filled[-1]]
            year = year_of((*passage.heading[::-1], name_of(document.path)))
            end = as_day(bounds(f"{year}-{number:02d}")[1]) if year else None
            passed = [
                one for one in found[filled[-1] + 1 :] if (year or 0, one[2]) < (bundle.today.year, bundle.today.month)
            ]
            if any(ENDED.search(fold(" ".join(cells))) for _, cells in told):
                continue  # it says that something was shut or is counted elsewhere
            if end and len(passed) >= LEAST_LEFT and not is_of_run(document, passage, end):
                return passage, month, end
    return None


LEAST_LEFT = 2
"""Months that are over and stand in a sheet without a figure, from which it was left."""

MOST_LINES = 400
"""Lines of a passage in which months are sought."""

Told = tuple[Passage, str, int, bool]
"""A month of a sheet: its passage, its name, its number, and whether it has a figure."""


def _down(told: Sequence[Line]) -> list[Told]:
    """The first run of months down the first column, and whether something was counted in each."""
    found: list[Told] = []
    aims: set[int] = set()
    for at, (passage, cells) in enumerate(told):
        number = lone_month(cells[0])
        if number is None or (found and number != found[-1][2] + 1):
            if len(found) >= LEAST_MONTHS:
                break
            found = []
        if number is None:
            continue
        if not found:
            heads = told[at - 1][1] if at else []
            aims = {index for index, head in enumerate(heads) if says(head, "target")}
        counted = [cell for index, cell in enumerate(cells) if index and index not in aims]
        found.append((passage, cells[0], number, _has_figure(counted)))
    return found


def _along(told: Sequence[Line]) -> list[Told]:
    """The months of the first heads that are a run of them, and whether a row below has a figure in each."""
    for at, (passage, heads) in enumerate(told):
        months = {index: number for index, head in enumerate(heads) if index and (number := lone_month(head))}
        numbers = list(months.values())
        if len(months) < LEAST_MONTHS or any(later != one + 1 for one, later in itertools.pairwise(numbers)):
            continue
        rows = [cells for _, cells in told[at + 1 :] if len(cells) > 1 and not says(cells[0], "target")]
        return [
            (passage, heads[index], number, any(_has_figure(cells[index : index + 1]) for cells in rows))
            for index, number in months.items()
        ]
    return []


def _has_figure(cells: Sequence[str]) -> bool:
    return any(map(str.isdigit, "".join(cells)))
