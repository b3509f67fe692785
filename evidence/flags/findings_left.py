"""Registers of audit findings in which nothing stands behind what was found: places for what became of it that are empty or say that no
answer came, a state that is still open, counts of which none is closed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from evidence.bundle import Bundle, as_day, months_before
from evidence.data import table
from evidence.facts.case_heads import field_of, meaning
from evidence.facts.columns import state_of
from evidence.facts.pairs import pairs
from evidence.facts.tables import says_no_finding
from evidence.facts.text import fold, late, lines, phrases, spellings
from evidence.flags.empty_places import is_stamp
from evidence.flags.finding_answers import asks_for_answer, is_answered, says_left, undone
from evidence.flags.finding_lists import FOUND, faulty, in_order
from evidence.flags.finding_rows import LONGEST_HEAD, heads_one
from evidence.flags.good_rows import is_good
from evidence.model import DocumentReport, Passage

ANSWERS = ("root_cause", "containment", "action", "preventive", "effectiveness", "verification", "closure", "closed")
"""Parts of a case that tell what became of a finding."""

LEAST_AGE = 2
"""Months after which something should have become of a finding."""

LONGEST_STATE = 60
"""Letters of a cell that says no more than how far an answer has come."""

LEAST_CELLS = 3
"""Cells of a row: where or which it is, what was found, and one more."""


@dataclass(frozen=True)
class Row:
    """One finding of a register: what was found, what stands in the places for answers and for its state, and which cells tell days."""

    passage: Passage
    line: str
    found: str
    answers: tuple[str, ...]
    states: tuple[str, ...]
    asked: bool
    named: bool
    due: str

    @property
    def answered(self) -> bool:
        """Whether anything stands in a place for an answer, or its state says that it is done."""
        return any(not is_unanswered(cell) for cell in self.answers) or any(
            state_of(cell) == "done" for cell in self.states
        )

    @property
    def left(self) -> bool:
        """Whether there are places for what became of it, and nothing came."""
        told_open = any(is_unanswered(cell) and meaning(cell) for cell in (*self.answers, *self.states))
        return not self.answered and (self.asked or told_open)


def is_unanswered(cell: str) -> bool:
    """Whether a cell for an answer is empty, or says no more than that none came."""
    folded = fold(cell).strip(" .-–—/*")
    if not any(map(str.isalnum, folded)) or folded in _nothing():
        return True
    if undone(folded) and not is_answered(folded):
        return True
    return len(cell) <= LONGEST_STATE and (state_of(cell) == "open" or says_left(folded))


@cache
def _nothing() -> frozenset[str]:
    words = table("words")["audits_flags"]
    return spellings((*words["zero"], *words["no_reply"], "x", "0"))


@dataclass
class _Heads:
    """Which columns of a table hold what."""

    found: list[int]
    named: bool
    answers: list[int]
    states: list[int]
    due: list[int]
    width: int


def _heads_of(cells: Sequence[str]) -> _Heads | None:
    """The columns of a register of findings; None where cells are not its heads."""
    cells = [_DAY_IN_HEAD.sub("", cell) for cell in cells]
    if len(cells) < LEAST_CELLS or any(char.isdigit() for cell in cells for char in cell):
        return None
    if any(len(cell) > LONGEST_HEAD for cell in cells):
        return None
    fields = [field_of(cell) if cell else None for cell in cells]
    found = [
        at
        for at, cell in enumerate(cells)
        if cell and (fields[at] == "problem" or heads_one(cell, "finding_columns")) and not _COUNTS.search(fold(cell))
    ]
    if not found:
        return None
    answers = [
        at
        for at, cell in enumerate(cells)
        if cell
        and at not in found
        and (fields[at] in ANSWERS or heads_one(cell, "answer_columns") or _CAME_OF.search(fold(cell)))
    ]
    states = [
        at
        for at, cell in enumerate(cells)
        if at not in (*found, *answers) and (fields[at] == "status" or (cell and heads_one(cell, "state_columns")))
    ]
    due = [at for at, name in enumerate(fields) if name in ("due", "replanned")]
    return _Heads(
        found,
        any(heads_one(cells[at], "finding_columns") for at in found),
        [at for at in answers if at not in due],
        states,
        due,
        len(cells),
    )


_COUNTS = phrases("audits_flags", "number")
_CAME_OF = phrases("audits_flags", "came_of")
_DAY_IN_HEAD = re.compile(r"(?<=[^\W\d])[\s(（]{0,2}\d[^|]{4,14}\d[)）]?$")
"""The day as of which a column was filled in: ``Status 31-Oct-2026``."""


def rows_of(passages: Sequence[Passage]) -> list[Row]:
    """The rows of all registers of findings; a table runs on in the next passage."""
    rows: list[Row] = []
    heads: _Heads | None = None
    for passage in passages:
        for line in passage.text.split("\n") if not passage.hidden else ():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) == 1:
                heads = None
                continue
            if named := _heads_of(cells):
                heads = named
                continue
            if heads is None or len(cells) > heads.width:
                continue
            told = max((cells[at] for at in heads.found if at < len(cells)), key=len, default="")
            if not any(map(str.isalpha, told)) or any(is_good(cell) for cell in cells if cell and cell != told):
                continue  # of a checklist only what is wrong is a finding
            rows.append(
                Row(
                    passage,
                    line,
                    told,
                    tuple(cells[at] for at in heads.answers if at < len(cells)),
                    tuple(cells[at] for at in heads.states if at < len(cells)),
                    bool(heads.answers),
                    heads.named,
                    " ".join(cells[at] for at in heads.due if at < len(cells)),
                )
            )
    return rows


def left_rows(bundle: Bundle, document: DocumentReport, of_audit: bool) -> list[tuple[Passage, str]]:
    """The findings of a register behind all of which nothing stands, some months after the audit; none where one of them was answered.

    In a register of all kinds of cases only those count whose row names an audit.
    """
    rows = [row for row in rows_of(document.passages) if of_audit or _OF_AUDIT.search(fold(row.line))]
    wrong = [row for row, bad in zip(rows, faulty([row.found for row in rows]), strict=True) if bad]
    wrong = [row for row in wrong if not says_no_finding(row.found) and not _NO_ANSWER.search(fold(row.line))]
    if not wrong or any(row.answered for row in wrong) or not any(row.left for row in wrong):
        return []
    if any(_answers_all(bundle, document, passage, line) for passage, line in _prose(document)):
        return []
    held = audit_day(bundle, document)
    limit = months_before(bundle.today, LEAST_AGE)
    left = []
    for row in wrong:
        days = days_in(bundle, document, row.passage, row.line.replace(row.due, " ", 1) if row.due else row.line)
        due = days_in(bundle, document, row.passage, row.due, passed=False) if row.due else []
        day = min(days, default=held)
        if row.left and day is not None and day <= limit and not any(one > limit for one in due):
            left.append((row.passage, row.line))
    return left if len(left) * 2 > len(wrong) else []


_OF_AUDIT = phrases("titles", "internal_audit")
_NO_ANSWER = phrases("audits_flags", "no_answer_needed")


def _prose(document: DocumentReport) -> Iterator[tuple[Passage, str]]:
    for passage in document.passages:
        if not passage.hidden:
            yield from (
                (passage, line) for line in passage.text.split("\n")[0 if passage.id else 1 :] if "|" not in line
            )


def _answers_all(bundle: Bundle, document: DocumentReport, passage: Passage, line: str) -> bool:
    """Whether a line beside the table tells that findings were answered: a sentence of it with a day, or one that closes."""
    folded = fold(line)
    if not is_answered(folded) or undone(folded) or says_left(folded) or asks_for_answer(folded):
        return False
    return bool(days_in(bundle, document, passage, line)) and not _heads_paper(document, line)


def _heads_paper(document: DocumentReport, line: str) -> bool:
    """Whether a line is the heading of the paper: it names what the paper is, and answers nothing."""
    opening = document.passages[0].text.split("\n")[:2]
    return line in opening


def days_in(bundle: Bundle, document: DocumentReport, passage: Passage, text: str, passed: bool = True) -> list[date]:
    """The days that a text of a passage names, where ``passed`` only those on which something happened; of a month its first."""
    found = []
    for fact in bundle.facts_in(document, passage):
        if fact.kind in ("date", "short_day") and fact.quote in text:
            value = f"{fact.value}-01" if len(fact.value) == MONTH else fact.value
            day = as_day(value)
            if day is not None and (not passed or day <= bundle.today):
                found.append(day)
    return found


MONTH = 7
"""Letters of a month in normal form: 2026-03."""


def audit_day(bundle: Bundle, document: DocumentReport) -> date | None:
    """The day of an audit by its paper: the first that its lines of prose on an audit name, else its first lines. What is printed or
    looked at later names that day too.
    """
    first: list[date] = []
    for passage in document.passages:
        for line in passage.text.split("\n") if not passage.hidden else ():
            field = FIELD_OF_DAY.search(fold(line)) is not None
            if (
                ("|" in line and not field)
                or not (field or _NAMES_AUDIT.search(fold(line)))
                or len(line) > LONGEST_HEADING
            ):
                continue
            for part in _PARTS.split(line):
                if not is_stamp(part):
                    first += days_in(bundle, document, passage, part)
    if first:
        return min(first)
    for passage in document.passages[:2]:
        for line in passage.text.split("\n")[:HEAD_LINES]:
            if not is_stamp(line) and (days := days_in(bundle, document, passage, line)):
                return min(days)
    return bundle.document_day(document)


_PARTS = re.compile(r"[,;，；()（）|]")

LONGEST_HEADING = 160
"""Letters of a line that says of when an audit is."""

_NAMES_AUDIT = late(f"{phrases('audits_flags', 'audits').pattern}|{_OF_AUDIT.pattern}")
FIELD_OF_DAY = phrases("audits_flags", "audit_day")
HEAD_LINES = 6
"""Lines at the beginning of a paper that say what it is and of when."""


def tells_findings(passages: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """The rows that tell of something wrong in tables of findings that have no place for what became of it."""
    rows = [row for row in rows_of(passages) if row.named and not row.asked and not row.states]
    wrong = faulty([row.found for row in rows])
    return [
        (row.passage, row.line)
        for row, bad in zip(rows, wrong, strict=True)
        if bad and not in_order(row.found) and not says_no_finding(row.found)
    ]


_ZERO = re.compile(r"0|-+|–|—|/|nil|none|yok|无|無|없음|không|tidak ada|ไม่มี")


def counted_left(bundle: Bundle, document: DocumentReport, of_audit: bool) -> list[tuple[Passage, str]]:
    """Rows that count findings some months ago, and none of them closed or answered."""
    found: list[tuple[Passage, str]] = []
    raised, closed, width = list[int](), list[int](), 0
    held, limit = audit_day(bundle, document), months_before(bundle.today, LEAST_AGE)
    answered = False
    for passage in document.passages:
        named = of_audit or _OF_AUDIT.search(fold(passage.text.split("\n", 1)[0])) is not None
        for line in passage.text.split("\n") if not passage.hidden else ():
            cells = [fold(cell).strip() for cell in line.split("|")]
            if len(cells) >= LEAST_CELLS and not any(map(str.isdigit, line)):
                done = [
                    at for at, cell in enumerate(cells) if cell and (field_of(cell) in ANSWERS or _CAME_OF.search(cell))
                ]
                told = [
                    at
                    for at, cell in enumerate(cells)
                    if at not in done and (FOUND.search(cell) or _RAISED.search(cell)) and not _OPEN.search(cell)
                ]
                raised, closed, width = (told, done, len(cells)) if told and done else ([], [], 0)
            elif raised and max(*raised, *closed) < len(cells) <= width:
                counts = [cells[at].strip("0") for at in raised if cells[at].isdecimal()]
                zeros = [cells[at] for at in closed]
                if not counts or not any(counts) or (not named and not _OF_AUDIT.search(fold(line))):
                    continue
                if not all(cell == "" or _ZERO.fullmatch(cell) for cell in zeros) or not any(zeros):
                    answered = True
                    continue
                day = min(days_in(bundle, document, passage, line), default=held)
                if day is not None and day <= limit:
                    found.append((passage, line))
    return [] if answered else found or _counted_fields(bundle, document, of_audit)


def _counted_fields(bundle: Bundle, document: DocumentReport, of_audit: bool) -> list[tuple[Passage, str]]:
    """Fields that count findings and how many of them were closed, none: ``NC raised: 7``, ``NC closed: 0``."""
    held, limit = audit_day(bundle, document), months_before(bundle.today, LEAST_AGE)
    if held is None or held > limit:
        return []
    for passage in document.passages:
        if passage.hidden or not (of_audit or _OF_AUDIT.search(fold(passage.text))):
            continue
        raised: list[tuple[Passage, str]] = []
        closed: list[bool] = []
        for line in lines(passage.text):
            for pair in pairs(line):
                label, count = fold(pair.label.text), fold(pair.value.text).strip(" .")
                if len(label) > LONGEST_HEAD or _OPEN.search(label) or _STATES_OPEN.search(label):
                    continue
                if field_of(pair.label.text) in ANSWERS or _CAME_OF.search(label):
                    closed.append(_ZERO.fullmatch(count) is not None)
                elif FOUND.search(label) and count.isdecimal() and count.strip("0"):
                    raised.append((passage, line.text))
        if raised and closed and all(closed):
            return raised
    return []


_OPEN = phrases("audits_flags", "left_open")
_STATES_OPEN = phrases("audits_flags", "lies_open")
_RAISED = phrases("audits_flags", "raised")
