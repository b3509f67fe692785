"""The day on which a meeting was held, as its minutes tell it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from evidence.bundle import Bundle, Evidence
from evidence.data import table
from evidence.facts.pairs import pairs
from evidence.facts.text import fold, late, lines, phrases, spellings
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.titles import title_of


def on_its_day(bundle: Bundle, evidence: Evidence) -> Evidence:
    """A record of a meeting with the day on which it was held, where the first lines of its minutes name it: what is noted behind
    as done later is no meeting.
    """
    if bundle.kinds[evidence.document.path] != "management_review_record":
        return evidence
    return dated(bundle, evidence, "meeting_day", _meeting_day)


@remembered
def _day_in_field(bundle: Bundle, document: DocumentReport, labels: str) -> date | None:
    """The newest day in the fields of a report for the day on which it was held, one in the head of each; in its first lines a field for
    a day is that one too. ``labels`` is the list of their heads. None where such a head stands over a column, and where a day is much later than all of these.
    """
    held: list[date] = []
    at = 0
    for passage in document.passages:
        happened = bundle.days_told(document, passage)
        for line in lines(passage.text) if not passage.hidden else ():
            at += 1
            if _heads_days(line.text, labels):
                return None
            for pair in pairs(line):
                label = fold(pair.label.text).strip(" .:")
                if label in _labels(labels) or (at <= LINES_OF_HEAD and label in _labels("plain_day")):
                    held += [day for quote, day in happened if quote.strip() and quote in pair.value.text]
    newest = max(bundle.days_of(document), default=None)
    if not held or newest is None or newest > max(held) + LONGEST_SINCE:
        return None
    return max(held)


LINES_OF_HEAD = 5
"""Lines of a report in which its fields say when, where and by whom."""

LEAST_HEADS = 3
"""Cells of a row of heads."""


def _heads_days(line: str, labels: str) -> bool:
    """Whether a line is a row of heads, one of the first two of which stands over days."""
    cells = [fold(cell).strip(" .:") for cell in line.split("|")]
    return (
        len(cells) >= LEAST_HEADS
        and not any(char.isdigit() for char in line)
        and any(cell in _labels(labels) or cell in _labels("plain_day") for cell in cells[:2])
        and len([cell for cell in cells if cell]) >= LEAST_HEADS
    )


@cache
def _labels(name: str) -> frozenset[str]:
    return spellings(table("words")["audits_flags"][name])


LONGEST_SINCE = timedelta(days=300)
"""Time after an audit or a meeting in which what came of it is noted: what is dated later is of another one."""


def dated(
    bundle: Bundle, evidence: Evidence, labels: str, day_of: Callable[[Bundle, DocumentReport], date | None]
) -> Evidence:
    """A record with the day in the field of its paper under one of the labels, or the day that the paper as a whole tells; as it is where
    it tells none, and without a field in a workbook, which lists one event below the other.
    """
    document = evidence.document
    day = _day_in_field(bundle, document, labels)
    if day is None and not document.is_book:
        day = day_of(bundle, document)
    return replace(evidence, day=day) if day else evidence


@remembered
def _meeting_day(bundle: Bundle, document: DocumentReport) -> date | None:
    """The day in the first lines of minutes, fields and sentences on another meeting passed over: ``Minutes of the last meeting of
    12/09/2025 were accepted``.
    """
    first = next(iter(document.shown), None)
    opening = (*first.heading, *first.text.splitlines()[:LINES_OF_OPENING]) if first else ()
    told = [piece for line in opening for piece in _FIELDS.split(line)]
    own = "\n".join(piece for piece in told if not _OTHER_MEETING.search(fold(piece)))
    days = sorted(
        (own.index(fact.quote), day)
        for fact in document.facts
        if fact.kind == "date" and fact.quote and fact.quote in own and (day := bundle.happened(fact))
    )
    # What a later day tells is what came of the meeting, unless the first is so long before it that it is of the form.
    newest = max((day for _, day in days), default=None)
    return next((day for _, day in days if newest and newest - day <= LONGEST_SINCE), None)


_OTHER_MEETING = phrases("audits_flags", "other_meeting")
_FIELDS = re.compile(r"\s?\|\s?|[;。]|(?<=[^\W\d_]{3})\.\s|(?<=\d[,.\s])\s?(?=[^\W\d_]+(?: [^\W\d_]+){0,2}:)")


LINES_OF_OPENING = 3
"""Lines of minutes in which the day of the meeting stands."""


def only_called(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper only calls an audit or a meeting: a short head, and below it numbered places with nothing in them for what is found
    or decided.
    """
    places = [at for at, passage in enumerate(document.passages) if not passage.hidden and bundle.is_record(passage)]
    below = document.passages[places[-1] + 1 :] if places else ()
    empty = sum(_EMPTY_ROW.fullmatch(line.strip()) is not None for p in below for line in p.text.splitlines())
    told = sum(len(document.passages[at].text) for at in places)
    return empty >= LEAST_EMPTY and told <= LONGEST_HEAD


_EMPTY_ROW = re.compile(r"\d{1,2}\.?[ |]{0,20}")
LEAST_EMPTY, LONGEST_HEAD = 3, 300
"""Numbered rows without a word, and letters of the head above them."""


def regular(documents: Sequence[DocumentReport]) -> set[str]:
    """The paths of minutes of meetings that are held every day, week or month, and name no review of the system: by their title, or as
    others with the same heading were held some weeks before or after.
    """
    alike: dict[str, list[DocumentReport]] = {}
    for document in documents:
        alike.setdefault(_heading(document), []).append(document)
    return {
        document.path
        for same in alike.values()
        for document in same
        if _often(document, same) and not _reviews(document)
    }


def _often(document: DocumentReport, alike: Sequence[DocumentReport]) -> bool:
    return _OFTEN.search(title_of(document)) is not None or any(
        other.path != document.path and _weeks_apart(document, other) for other in alike
    )


def _reviews(document: DocumentReport) -> bool:
    told = (title_of(document), *(fold(passage.text) for passage in document.passages))
    return any(_REVIEW.search(text) for text in told)


_REVIEW = phrases("titles", "management_review")
_MEETINGS, _HOW_OFTEN = (phrases("titles", name).pattern for name in ("meetings", "often"))
_OFTEN = late(rf"(?:{_HOW_OFTEN})[^\n.|]{{0,24}}?(?:{_MEETINGS})|(?:{_MEETINGS})[^\n.|]{{0,24}}?(?:{_HOW_OFTEN})")


def _heading(document: DocumentReport) -> str:
    """The letters of the first line of minutes that names a meeting; of a heading that names none something of the paper alone."""
    opening = fold(document.passages[0].text.split("\n", 1)[0]) if document.passages else ""
    return " ".join(_LETTERS.findall(opening)) if _MEETING.search(opening) else document.path


_LETTERS = re.compile(r"[^\W\d_]+")
_MEETING = phrases("titles", "meetings")


def _weeks_apart(first: DocumentReport, second: DocumentReport) -> bool:
    """Whether the first days that two papers name lie some weeks apart."""
    one, other = (next(iter(sorted(_days(document))), None) for document in (first, second))
    return one is not None and other is not None and timedelta() < abs(one - other) <= MOST_APART


def _days(document: DocumentReport) -> Iterator[date]:
    yield from (day for fact in document.facts if (day := fact.day))


MOST_APART = timedelta(days=45)
"""Time between two meetings of those that are held every week or month."""
