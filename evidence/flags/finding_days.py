"""Days behind an audit or its findings that tell that something was done or set since: not that on which somebody signed the report or was
told of what was found.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from evidence.bundle import Bundle, as_day
from evidence.facts.days import names_later_day, short_days
from evidence.facts.tables import says_no_finding
from evidence.facts.text import fold, late, phrases
from evidence.flags.empty_places import is_stamp
from evidence.flags.finding_answers import is_answered, says_closed
from evidence.flags.finding_pieces import begins_finding
from evidence.flags.findings_left import audit_day
from evidence.model import DocumentReport, Fact, Passage

SIGNED_WITHIN = timedelta(days=31)
"""Days behind an audit within which its report is signed and told to those who were audited."""

MOST_NAMES = 4
"""Words of a name beside the day of its signature."""


def dated_later(document: DocumentReport, text: Sequence[tuple[Passage, str]], first: tuple[Passage, str]) -> bool:
    """Whether a day after that of the audit stands beside its findings or below them: something was done or set since."""
    days = [fact for fact in document.facts if fact.day]
    audited = date.fromisoformat(days[0].value) if days else None
    if audited and document.is_mail:
        audited = _told_before(text[: text.index(first)], audited) or audited
    below = [
        (passage, line)
        for passage, line in text[text.index(first) :]
        if not is_stamp(line)
        and (audited is None or not _only_reports(line, audited, [f for f in days if f.passage == passage.id]))
    ]
    return (audited is not None and any(names_later_day(line, audited) for _, line in below)) or any(
        fact.value > days[0].value and any(passage.id == fact.passage and fact.quote in line for passage, line in below)
        for fact in days
    )


def _told_before(text: Sequence[tuple[Passage, str]], sent: date) -> date | None:
    """The last day without a year that a mail names before its findings: that of the audit; none where it names none."""
    told = [meant[0] for _, line in text for _, _, meant in short_days(line) if len(meant) == 1]
    days = [day for month, number in told if (day := as_day(f"{sent.year}-{month:02}-{number:02}")) and day < sent]
    return max(days, default=None)


def _only_reports(line: str, audited: date, days: Sequence[Fact]) -> bool:
    """Whether a line with one day, soon after the audit, is a signature, or says that findings were told and not by when to answer."""
    told = [fact for fact in days if fact.quote in line]
    if len({fact.value for fact in told}) != 1 or not any(map(str.isalpha, line)):
        return False
    if not audited <= date.fromisoformat(told[0].value) <= audited + SIGNED_WITHIN:
        return False
    folded = fold(line)
    if is_answered(folded):
        return False
    if "|" not in line and _is_name(line.replace(told[0].quote, " ")):
        return True
    rest = folded.replace(fold(told[0].quote), " ")
    return _TOLD.search(rest) is not None and _DUE.search(rest) is None


def _is_name(text: str) -> bool:
    """Whether what stands beside a day is a name with what its bearer is: few words, all of them begun large where letters are so."""
    names = re.findall(r"[^\W\d_]+", re.sub(r"[(\uff08][^()\uff08\uff09]*[)\uff09]", " ", text))
    return 0 < len(names) <= MOST_NAMES and all(not name[0].islower() for name in names) and not re.search(r"\d", text)


_TOLD = phrases("audits_flags", "told_to_audited")
_DUE = late(rf"(?:{phrases('tasks', 'due_before').pattern})|{phrases('audits_flags', 'asks_answer').pattern}")


def done_since(bundle: Bundle, document: DocumentReport, lines: Sequence[str]) -> bool:
    """Whether a report names days after that of the audit on which something was done, and so something was found: two lines each a day
    without its year, or a numbered point, or two lines, each closed on a whole day.
    """
    held = bundle.document_day(document)
    told = [line for line in lines if "|" not in line]
    if held is not None and sum(names_later_day(x, held) for x in told if not _WITH_YEAR.search(x)) >= LEAST_SINCE:
        return True
    audited = audit_day(bundle, document)
    if audited is None:
        return False
    days = {f.quote for f in document.facts if f.day and f.value > audited.isoformat()}
    closed = [
        line
        for line in told
        if says_closed(fold(line)) and not says_no_finding(line) and any(quote in line for quote in days)
    ]
    return len(closed) >= LEAST_SINCE or any(map(begins_finding, closed))


_WITH_YEAR = late(r"(?<!\d)(?:20|25)\d\d(?!\d)")

LEAST_SINCE = 2
"""Lines that tell what was done after an audit, from which it found something."""
