"""The day on which an audit was held: what its report tells as done later is no audit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from evidence.bundle import Bundle, Evidence
from evidence.data import table
from evidence.facts.text import fold, lines, pairs, spellings
from evidence.flags.finding_answers import is_answered
from evidence.meetings import LINES_OF_OPENING, dated
from evidence.model import DocumentReport
from evidence.titles import calls_itself


def audit_on_its_day(bundle: Bundle, evidence: Evidence) -> Evidence:
    """A record of an audit with the day on which it was held, where its first lines name it."""
    document = evidence.document
    of_kind = document.kind == "internal_audit_record" or calls_itself(document, "internal_audit")
    if not of_kind:
        return evidence
    asked = ("field for the day of the audit", document.path)
    if asked not in bundle.known:
        bundle.known[asked] = _day_in_field(bundle, document)
    if day := bundle.known[asked]:
        return replace(evidence, day=day)
    return dated(bundle, evidence, "day of the audit", _audit_day)


def _day_in_field(bundle: Bundle, document: DocumentReport) -> date | None:
    """The newest day in the fields of a report for the day of the audit, one in the head of each; in its first lines a field for a day
    is that of the audit too. None where such a head stands over a column, and where a day is much later than all of these.
    """
    held: list[date] = []
    at = 0
    for passage in document.passages:
        facts = bundle.facts_by_passage.get((document.path, passage.id), ())
        happened = [(fact.quote, day) for fact in facts if fact.kind == "date" and (day := bundle.happened(fact))]
        for line in lines(passage.text) if not passage.hidden else ():
            at += 1
            if _heads_days(line.text):
                return None
            for pair in pairs(line):
                label = fold(pair.label.text).strip(" .:")
                if label in _labels("audit_day") or (at <= LINES_OF_HEAD and label in _labels("plain_day")):
                    held += [day for quote, day in happened if quote.strip() and quote in pair.value.text]
    newest = max((day for fact in document.facts if (day := bundle.happened(fact))), default=None)
    if not held or newest is None or newest > max(held) + LONGEST_SINCE:
        return None
    return max(held)


LINES_OF_HEAD = 5
"""Lines of a report in which its fields say when, where and by whom."""

LEAST_HEADS = 3
"""Cells of a row of heads."""


def _heads_days(line: str) -> bool:
    """Whether a line is a row of heads, one of which stands over the days of audits."""
    cells = [fold(cell).strip(" .:") for cell in line.split("|")]
    return (
        len(cells) >= LEAST_HEADS
        and not any(char.isdigit() for char in line)
        and any(cell in _labels("audit_day") or cell in _labels("plain_day") for cell in cells[:2])
        and len([cell for cell in cells if cell]) >= LEAST_HEADS
    )


@cache
def _labels(name: str) -> frozenset[str]:
    return spellings(table("words")["audits_flags"][name])


def _audit_day(bundle: Bundle, document: DocumentReport) -> date | None:
    """The day in the first lines of a report of one audit, where every later day stands beside what was done about a finding.

    None where a table or a line names a day otherwise: it may be of another audit.
    """
    told = [(at, line, days) for at, line, days in _dated_lines(bundle, document) if days]
    if not told or any("|" in line for _, line, _ in told):
        return None
    at, line, days = told[0]
    held = max(days)
    if at >= LINES_OF_OPENING or is_answered(fold(line)):
        return None
    for _, other, later in told[1:]:
        if not is_answered(fold(other)) or max(later) > held + LONGEST_SINCE:
            return None
    return held


LONGEST_SINCE = timedelta(days=300)
"""Time after an audit in which its findings are closed: what is dated later is of another one."""


def _dated_lines(bundle: Bundle, document: DocumentReport) -> Iterator[tuple[int, str, list[date]]]:
    """The lines of a paper with their places and the days that have come of what happened."""
    at = 0
    for passage in document.passages:
        facts = bundle.facts_by_passage.get((document.path, passage.id), ())
        happened = [(fact.quote, day) for fact in facts if fact.kind == "date" and (day := bundle.happened(fact))]
        for line in passage.text.splitlines() if not passage.hidden else ():
            yield at, line, [day for quote, day in happened if quote and quote in line]
            at += 1
