"""What a sentence says right beside a day that makes it one to come: a deadline, a decision, a day put off, until when a thing is good."""

import calendar
import re
from collections.abc import Collection
from datetime import date

from evidence.bundle import Bundle
from evidence.facts.text import fold, late, phrases
from evidence.flags.day_rows import Row
from evidence.model import DocumentReport, Fact

DONE_OR_PAST = late(rf"{phrases('paper_days', 'done').pattern}|{phrases('paper_days', 'past').pattern}")
"""Words that say of something that it was done."""


def is_deadline(line: str, day: str) -> bool:
    """Whether a word for a deadline stands right before a day or behind it in its sentence."""
    before, behind = line.split(day, 1) if day in line else ("", "")
    return any(said.search(before) for said in (_DUE_BEFORE, _GOOD_TO)) or _DUE_BEHIND.match(behind) is not None


_GOOD_TO = late(
    rf"(?:[(（\[]\s?|(?:{phrases('told_certificates', 'term').pattern})[^.;|。；()（）]{{0,40}}(?<!\w))"
    rf"(?:{phrases('paper_days', 'goes_on').pattern})\W{{0,2}}$"
)
"""In brackets behind what is good up to a day, ``accredited EMA CE-0277 (to 12 February 2028)``, or behind the word for being valid."""


_DUE_BEFORE = late(
    rf"(?:{phrases('tasks', 'due_before').pattern}|{phrases('paper_days', 'lies_ahead').pattern})\W{{0,3}}(?:(?:the|ngày|tanggal|tgl|วันที่)\W?)?$"
)
_DUE_BEHIND = late(rf"['’]?\w{{0,2}}\W{{0,2}}(?:{phrases('tasks', 'due_behind').pattern})")

_PUT_OFF = late(
    rf"(?<![^\W\d_])(?:{phrases('paper_days', 'was_until').pattern})(?![^\W\d_]).{{0,80}}?(?:{phrases('paper_days', 'now').pattern})\W{{0,3}}$"
)


def is_put_off(line: str, day: str) -> bool:
    """Whether a day is told as the new one of what had another: ``was June 2026, vendor changed, now 28 February 2027``."""
    return day in line and _PUT_OFF.search(line.split(day, 1)[0]) is not None


_DECIDED = phrases("paper_days", "decided")


def is_decided(line: str, day: str, lead: str) -> bool:
    """Whether a day stands behind what was decided, in its sentence or by the words that lead its point, and nothing between them says
    that it was done.
    """
    before = line.partition(day)[0]
    *_, end = (0, *(match.end() for match in _DECIDED.finditer(before)))
    return (end > 0 or _DECIDED.search(lead) is not None) and DONE_OR_PAST.search(before, end) is None


def is_term(day: date, others: Collection[date]) -> bool:
    """Whether a day lies a whole term behind another one of its row, as the next calibration, audit or renewal does: as many months
    to the day, or one day less.
    """
    return any(
        months in TERMS and -SHORTER <= day.day - min(begun.day, _length(day)) <= 0
        for begun in others
        for months in ((day.year - begun.year) * 12 + day.month - begun.month,)
    )


TERMS = (3, 6, 12, 18, 24, 36, 48, 60)
"""Months after which what was done falls due again."""

SHORTER = 1
"""Days by which a term may end before its day: valid from 16 February to 15 February."""


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def clause_of(sentence: str, day: str) -> str:
    """The part of a sentence in which a day stands, between commas, dashes and brackets; where it is a bare day or a name and a day,
    with the part before it, which tells of what it is: ``8 points checked, Ann, 15 December``.
    """
    before, found, behind = sentence.partition(day)
    pieces = _CLAUSES.split(before)
    told = pieces.pop()
    while pieces and len(told.split()) < LEAST_WORDS:
        told = f"{pieces.pop()} {told}"
    return f"{told}{found}{_CLAUSES.split(behind)[0]}"


_CLAUSES = re.compile(r"[,;，；、:：]\s?|\s[-–—]\s|[(（]|->|→")

LEAST_WORDS = 3
"""Words before a day from which they tell of what it is."""


def is_decided_with_others(bundle: Bundle, fact: Fact, document: DocumentReport, row: Row | None) -> bool:
    """Whether a day stands in a table of what was decided, beside another that lies ahead as well: both say until when."""
    heads = [] if row is None else [cells for cells in row.others if not any(map(str.isdigit, "".join(cells)))]
    if row is None or not any(_DECIDED.search(fold(" ".join(cells[: row.at]))) for cells in heads):
        return False
    later = {f.quote for f in document.facts if f.kind == "date" and f.value > bundle.today.isoformat()} - {fact.quote}
    return any(
        any(quote in cell for quote in later) or (_YEAR.match(cell) is not None and int(cell[:4]) > bundle.today.year)
        for cell in row.column
    )


_YEAR = re.compile(r"20\d\d(?!\d)")


def was_last(line: str, day: str) -> bool:
    """Whether right before a day stands when something was done last: ``last calibrated 11 February``."""
    before = line.split(day, 1)[0] if day in line else ""
    return _LAST_DONE.search(before) is not None


_LAST_DONE = late(rf"(?:{phrases('paper_days', 'last_done').pattern})\W{{0,4}}(?:(?:on|ngày|tanggal|tgl|วันที่)\W?)?$")
