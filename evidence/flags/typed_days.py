"""When a record was typed in, by its own words: ``Entered 22.09.2026``, ``작성일 2026-05-26``; and the newest day that it tells besides."""

import calendar
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, as_day, is_example
from evidence.facts.periods import bounds
from evidence.facts.text import any_of, fold, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.registry import line_at, name_of
from evidence.flags.sheets import is_workbook, sheets_of
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS


@dataclass(frozen=True)
class Typed:
    """A record, or a sheet of one, with the day on which it says it was typed, and the newest day or month that it is of."""

    document: DocumentReport
    passage: Passage
    line: str
    at: date
    claims: date


def typed_records(bundle: Bundle) -> Iterator[Typed]:
    """The records that tell when they were typed, where as many of them as make a sitting hold that day. Sheets of one workbook count
    each, where a word for typing says so: the day on which a sheet was drawn up may be that of its file.
    """
    holding: dict[date, list[tuple[DocumentReport, bool]]] = defaultdict(list)
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or is_example(document):
            continue
        sheets = list(sheets_of(document).values()) if is_workbook(document) else [document]
        for sheet in sheets:
            for day in {day for fact in sheet.facts if (day := fact.day)}:
                holding[day].append((sheet, len(sheets) > 1))
    for day, sheets_of_day in sorted(holding.items()):
        if len(sheets_of_day) < LEAST or day > bundle.today:
            continue
        for sheet, one_of_several in sheets_of_day:
            told = typed_on(bundle, sheet, day, by_hand=one_of_several or sheet.kind == "metrics_record")
            claims = claimed_before(bundle, sheet, day) if told else None
            if told and claims:
                yield Typed(sheet, *told, day, claims)


LEAST = 3
"""Records typed on one day from which they are looked at."""


def typed_on(
    bundle: Bundle, document: DocumentReport, day: date, *, by_hand: bool = False
) -> tuple[Passage, str] | None:
    """Where a record says that it was typed on a day, with the line; ``by_hand`` asks for a word for typing, and not for drawing up. What
    was copied from older paper says so, and is not meant.
    """
    for fact in document.facts:
        if fact.day != day or (passage := bundle.passages[document.path].get(fact.passage)) is None:
            continue
        at = passage.text.find(fact.quote)
        line = line_at(passage.text, at)
        before, _, behind = (fold(piece) for piece in line.partition(fact.quote))
        word = _TYPED if by_hand else _MADE
        led = [match for match in word.finditer(before[-REACH:]) if _BETWEEN.fullmatch(before[-REACH:], match.end())]
        if (led or word.match(behind.lstrip(" ,(-–:|")[:REACH])) and not _CARRIED_OVER.search(fold(line)):
            return passage, line
    return None


REACH = 48
"""Letters between the word for typing and its day: a colon, a name."""

_BETWEEN = re.compile(r"[^\d|]{0,40}(?:\|[^\d|]{0,24}){0,2}")
_TYPED = phrases("typed_days", "typed")
_MADE = any_of(("typed_days", "typed"), ("typed_days", "drawn_up"))
_CARRIED_OVER = phrases("typed_days", "carried_over")


def tells_of_moving(bundle: Bundle, day: date) -> bool:
    """Whether any paper of a bundle, a letter say, tells that files were converted or copied on a day on which many were made."""
    for document in bundle.read:
        for fact in document.facts:
            passage = bundle.passages[document.path].get(fact.passage) if fact.day == day else None
            if passage and _CARRIED_OVER.search(fold(line_at(passage.text, passage.text.find(fact.quote)))):
                return True
    return False


def claimed_before(bundle: Bundle, document: DocumentReport, made: date) -> date | None:
    """The newest day or month before ``made`` that a record tells of; the one month that it is named after, in its title or by its file,
    where none has its year.
    """
    days = [
        day
        for fact in document.facts
        if bundle.happened(fact)
        and len(fact.value) >= MONTH
        and (day := as_day(bounds(fact.value)[1] if fact.kind == "period" else fact.value))
        and day < made
    ]
    return max(days) if days else _named_month(document, made)


MONTH = len("2026-03")


def _named_month(document: DocumentReport, made: date) -> date | None:
    """The last day of the one month in the name of a sheet, its title or the name of its file, the last such month before ``made``."""
    first = document.passages[0] if document.passages else None
    if first is None:
        return None
    sheet = next((part.name for part in document.parts if part.number == first.part), "")
    titles = (*first.heading[:1], first.text.split("\n", 1)[0], sheet, name_of(document.path).rsplit(".", 1)[0])
    for title in titles:
        spans = list(itertools.islice(month_spans(fold(title.replace("_", " ")[:LONGEST_TITLE])), 2))
        if len(spans) != 1 or spans[0].first != spans[0].last:
            continue
        month, year = spans[0].last, spans[0].year
        for told in (year,) if year else (made.year, made.year - 1):
            end = date(told, month, calendar.monthrange(told, month)[1])
            if end < made:
                return end
    return None


LONGEST_TITLE = 120
