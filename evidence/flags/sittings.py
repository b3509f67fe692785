"""The flag on records of days far apart that were all made in one sitting: by their files, or by the day of typing that they bear."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from evidence.bundle import Bundle, cite
from evidence.data import table
from evidence.facts.text import fold
from evidence.flags.copies import is_of_work, record_place
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.typed_days import claimed_before, tells_of_moving, typed_on, typed_records
from evidence.flags.typed_rows import typed_rows
from evidence.likeness import OFFICE
from evidence.model import DocumentReport

LATE = timedelta(days=14)
"""Days behind the work after which a record of it was not written with it."""


@dataclass(frozen=True)
class _Made:
    """A record's file: when it was made, by whom (empty where no name is kept), and the day the record claims."""

    at: datetime
    by: str
    document: DocumentReport
    claims: date
    first: date
    """The first day of work that it tells."""

    @property
    def late(self) -> bool:
        """Whether it was made long after the day it tells of."""
        return self.at.date() - self.claims > LATE


@rule("many_records_one_sitting")
def many_records_one_sitting(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Office files of records that claim days far apart, made within hours by one author. A file that keeps no author may be of the
    same hand: it counts with the others, and of such files alone one more is asked for.

    Prints, scans, conversions and what a program of a company gave out carry the day they were made and are not meant.
    """
    every = sorted(_made(bundle), key=lambda made: (made.at, made.document.path))
    told: set[str] = set()
    found = False
    for author in (*sorted({made.by for made in every if made.by}), ""):
        sitting = _sitting([made for made in every if made.by in ("", author)], data)
        if not sitting or told & {made.document.path for made in sitting}:
            continue
        if tells_of_moving(bundle, sitting[0].at.date()):
            continue
        told |= {made.document.path for made in sitting}
        days = sorted(day for made in sitting for day in (made.first, made.claims))
        found = True
        yield Finding(
            {
                "what": f"The files of {len(sitting)} records", "made": "created",
                "first": days[0].isoformat(), "last": days[-1].isoformat(),
                "day": sitting[0].at.date().isoformat() + (f" by {author}" if author else ""),
            },
            tuple(record_place(bundle, made.document) for made in sitting[:4]),
        )  # fmt: skip
    if not found:
        yield from itertools.islice(itertools.chain(_typed_together(bundle, data), _rows_together(bundle, data)), 1)


def _typed_together(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Records, or sheets of a workbook, that bear one day of typing and are of days far apart, most of them long gone on that day."""
    for day, group in itertools.groupby(typed_records(bundle), lambda typed: typed.at):
        typed = list(group)
        late = [one for one in typed if day - one.claims > LATE]
        days = [one.claims for one in late]
        if len(late) < data["least"] or len(late) * 2 < len(typed) or (max(days) - min(days)).days < data["span_days"]:
            continue
        yield Finding(
            {
                "what": f"{len(typed)} records", "made": "typed, as they say,",
                "first": min(days).isoformat(), "last": max(days).isoformat(), "day": day.isoformat(),
            },
            tuple(cite(one.document, one.passage, one.line) for one in typed[:4]),
        )  # fmt: skip
        return


def _rows_together(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Rows of one log of work that its own column says were typed on one day, within hours, most of them long after their work."""
    for document, rows in typed_rows(bundle):
        late = [row for row in rows if row.at - row.claims > LATE]
        days = [row.claims for row in late]
        clocks = [row.clock for row in rows if row.clock is not None]
        if (
            len(late) * 2 >= len(rows)
            and (max(days) - min(days)).days >= data["span_days"]
            and (not clocks or max(clocks) - min(clocks) <= data["window_minutes"])
            and is_of_work(bundle, document)
        ):
            yield Finding(
                {
                    "what": f"{len(rows)} rows of '{name_of(document.path)}'", "made": "typed, as they say,",
                    "first": min(days).isoformat(), "last": max(days).isoformat(), "day": rows[0].at.isoformat(),
                },
                tuple(cite(document, row.passage, row.line) for row in late[:4]),
            )  # fmt: skip


def _sitting(items: Sequence[_Made], data: Mapping[str, Any]) -> list[_Made]:
    """The first files that were made together though they claim days far apart, or each of them work of months, long after the last of it;
    those of one kind of day are not: what a month's end brings is made on one day by right, and some of it tells of that month.
    """
    for index, first in enumerate(items):
        window = [made for made in items[index:] if made.at - first.at <= timedelta(minutes=data["window_minutes"])]
        late = [made for made in window if made.late]
        of_months = all((made.claims - made.first).days >= data["span_days"] for made in late)
        least = data["least"] + (not of_months and not any(made.by for made in late))
        if len(late) < least or len(late) * 2 < len(window):
            continue
        days = [made.claims for made in late]
        if of_months or (max(days) - min(days)).days >= data["span_days"]:
            return window
    return []


def _made(bundle: Bundle) -> Iterator[_Made]:
    """The records of which it is known when their files were made."""
    for document in bundle.read:
        made = _time(document.metadata.get("created"))
        if made is None or not is_office(document):
            continue
        day = _claimed_day(bundle, document, made.date())
        if day is None:
            continue
        author = document.metadata.get("author") or document.metadata.get("last_modified_by") or ""
        if author or document.metadata.get("producer"):
            yield _Made(made, author, document, day, _first_day(bundle, document, day))


def _claimed_day(bundle: Bundle, document: DocumentReport, made: date) -> date | None:
    """The day a record claims, also one with a filled head over an empty body; None for rules and blank forms. The day on which it was
    typed is none of them.
    """
    if is_of_work(bundle, document):
        newest = bundle.document_day(document)
        if newest is None or (newest == made and typed_on(bundle, document, made)):
            return claimed_before(bundle, document, made) or newest
        return newest
    if not any(fact.kind == "person" and fact.role in ("auditor", "inspector", "chair") for fact in document.facts):
        return None
    days = [day for fact in document.facts if fact.role == "evidence" and (day := bundle.happened(fact))]
    return max(days) if days and document.kind not in ("procedure", "manual", "certificate") else None


def _first_day(bundle: Bundle, document: DocumentReport, newest: date) -> date:
    """The first day that a record tells in the year before its newest."""
    days = [day for day in bundle.days_of(document) if 0 <= (newest - day).days <= YEAR]
    return min(days, default=newest)


YEAR = 366
"""Days before the newest of a record that can be of the work it tells."""


def is_office(document: DocumentReport) -> bool:
    """Whether a file is of an office program and was neither converted nor given out by a program: its days and authors are those of
    the writing.
    """
    converters = table("words")["papers_flags"]["converters"]
    producer, author = (fold(document.metadata.get(key, "")) for key in ("producer", "author"))
    return document.path.lower().endswith(OFFICE) and not any(
        word in producer or f"{author} ".startswith(f"{word.strip()} ") for word in converters
    )


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        return None
