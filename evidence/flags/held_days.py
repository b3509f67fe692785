"""The day on which an audit was held: what its report tells as done later is no audit."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from evidence.bundle import Bundle, Evidence
from evidence.facts.text import fold
from evidence.flags.finding_answers import is_answered
from evidence.meetings import LINES_OF_OPENING, LONGEST_SINCE, dated
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.titles import calls_itself


def audit_on_its_day(bundle: Bundle, evidence: Evidence) -> Evidence:
    """A record of an audit with the day on which it was held, where its first lines name it."""
    document = evidence.document
    of_kind = document.kind == "internal_audit_record" or calls_itself(document, "internal_audit")
    if not of_kind:
        return evidence
    return dated(bundle, evidence, "audit_day", _audit_day)


def filed_in(evidence: Evidence) -> Evidence | None:
    """A record without any day, with the last one of the year or month that the name of its file gives; None where it gives none."""
    named = {match.groups() for match in _FILED.finditer(evidence.document.path.rsplit("/", 1)[-1])}
    if len(named) != 1:
        return None
    year, month = named.pop()
    first = date(int(year), int(month or 12), 1)
    return replace(evidence, day=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


_FILED = re.compile(r"(?<![\d.:])(?<!\d[-_ ])(20[12]\d)(?:[-._](0[1-9]|1[0-2])(?!\d))?(?![\d:])")
"""A year, or a year and its month, in the name of a file."""


@remembered
def _audit_day(bundle: Bundle, document: DocumentReport) -> date | None:
    """The day in the first lines of a report of one audit, where every later day stands beside what was done about a finding.

    None where a table or a line names a day otherwise: it may be of another audit.
    """
    told = [(at, line, days) for at, line, days in _dated_lines(bundle, document) if days]
    if not told or any("|" in line for _, line, _ in told):
        return None
    at, line, days = told[0]
    held = max(days)
    if any(fact.kind == "period" and (day := bundle.happened(fact)) and day > held for fact in document.facts):
        return None  # a later month stands in its head: the day is of something it looked at
    if at >= LINES_OF_OPENING or is_answered(fold(line)):
        return None
    for _, other, later in told[1:]:
        if not is_answered(fold(other)) or max(later) > held + LONGEST_SINCE:
            return None
    return held


def _dated_lines(bundle: Bundle, document: DocumentReport) -> Iterator[tuple[int, str, list[date]]]:
    """The lines of a paper with their places and the days that have come of what happened."""
    at = 0
    for passage in document.passages:
        happened = bundle.days_told(document, passage)
        for line in passage.text.splitlines() if not passage.hidden else ():
            yield at, line, [day for quote, day in happened if quote in line]
            at += 1
