"""The day on which a meeting was held, as its minutes tell it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from evidence.bundle import Bundle, Evidence
from evidence.facts.text import fold, phrases
from evidence.model import DocumentReport


def on_its_day(bundle: Bundle, evidence: Evidence) -> Evidence:
    """A record of a meeting with the day on which it was held, where the first lines of its minutes name it: what is noted behind
    as done later is no meeting.
    """
    if bundle.kinds[evidence.document.path] != "management_review_record":
        return evidence
    return dated(bundle, evidence, "day of the meeting", _meeting_day)


def dated(
    bundle: Bundle, evidence: Evidence, name: str, day_of: Callable[[Bundle, DocumentReport], date | None]
) -> Evidence:
    """A record with the day that its paper as a whole tells, worked out once for a bundle under a name; as it is where the paper tells
    none, and in a workbook, which lists one event below the other.
    """
    document = evidence.document
    if document.path.lower().endswith((".xlsx", ".xls", ".csv", ".ods")):
        return evidence
    asked = (name, document.path)
    if asked not in bundle.known:
        bundle.known[asked] = day_of(bundle, document)
    day = bundle.known[asked]
    return replace(evidence, day=day) if day else evidence


def _meeting_day(bundle: Bundle, document: DocumentReport) -> date | None:
    """The day in the first lines of minutes, fields and sentences on another meeting passed over: ``Minutes of the last meeting of
    12/09/2025 were accepted``.
    """
    first = next((passage for passage in document.passages if not passage.hidden), None)
    opening = (*first.heading, *first.text.splitlines()[:LINES_OF_OPENING]) if first else ()
    told = [piece for line in opening for piece in _FIELDS.split(line)]
    own = "\n".join(piece for piece in told if not _OTHER_MEETING.search(fold(piece)))
    return max(
        (
            day
            for fact in document.facts
            if fact.kind == "date" and fact.quote and fact.quote in own and (day := bundle.happened(fact))
        ),
        default=None,
    )


_OTHER_MEETING = phrases("audits_flags", "other_meeting")
_FIELDS = re.compile(r"\s?\|\s?|[;。]|(?<=[^\W\d_]{3})\.\s|(?<=\d[,.\s])\s?(?=[^\W\d_]+(?: [^\W\d_]+){0,2}:)")


LINES_OF_OPENING = 3
"""Lines of minutes in which the day of the meeting stands."""
