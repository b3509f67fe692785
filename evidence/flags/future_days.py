"""The flag on records of days to come."""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from evidence.bundle import Bundle, as_day, cite, cite_fact, is_example
from evidence.facts.columns import state_of
from evidence.facts.text import fold, late, lettered, phrases
from evidence.flags.day_rows import (
    LEAST_CELLS,
    LEAST_DECIDED,
    Row,
    cells_of,
    fields_behind,
    is_short,
    is_told_by_column,
    line_of,
    row_of,
)
from evidence.flags.days_to_come import (
    DONE_OR_PAST,
    clause_of,
    is_deadline,
    is_decided,
    is_decided_with_others,
    is_put_off,
    is_term,
    was_last,
)
from evidence.flags.future_months import months_filled_ahead
from evidence.flags.future_rows import AHEAD, LEAST_FILLED, is_among_measured, is_planned
from evidence.flags.future_told import is_put_ahead, is_signed, opens_minutes, tells_work_done, without_aims
from evidence.flags.registry import Finding, name_of, rule
from evidence.model import DocumentReport, Fact, Passage

ROLES = ("closed", "verified", "opened", "evidence", "signature")
"""Roles of days on which something was done."""

LEAST_SURE = 0.8
"""How sure a day must be read: of one that can be a day in spring as well nothing is said."""


@rule("date_in_future")
def date_in_future(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A record of something done is dated after the reference date.

    Plans, due dates, expiries and next visits lie ahead by right.
    """
    limit = bundle.today + timedelta(days=int(data["days"]))
    for document in bundle.read:
        if document.kind in ("procedure", "manual", "blank_form", "certificate") or is_example(document):
            continue
        if filled := months_filled_ahead(bundle, document) if document.reading in LIVED else None:
            yield Finding({"name": name_of(document.path), "day": filled[1]}, (cite(document, filled[0]),))
            continue
        tables: dict[int, list[list[str]]] = {}
        looked = 0
        for fact in document.facts:
            if fact.kind != "date" or fact.role not in ROLES:
                continue
            day = as_day(fact.value)
            passage = bundle.passages[document.path].get(fact.passage)
            if (
                day is None
                or day <= limit
                or (day - bundle.today).days > MOST_AHEAD
                or passage is None
                or not bundle.is_record(passage)
                or passage.source == "ocr"
            ):
                continue
            looked += 1
            if looked > MOST_LOOKED:
                break
            row = row_of(document, tables, passage, fact)
            if is_decided_with_others(bundle, fact, document, row_of(document, tables, passage, fact, LEAST_DECIDED)):
                continue
            if fact.confidence < LEAST_SURE and not (row and is_told_by_column(document, row, tables[passage.part])):
                continue
            if _is_of_work_done(bundle, _Day(document, passage, fact, row)):
                place = cite_fact(bundle, document, fact, wide=True)
                yield Finding({"name": name_of(document.path), "day": day.isoformat()}, (place,))
                break


MOST_LOOKED = 100
"""Days ahead that are looked at in one paper: a sheet of more is a plan, or made to keep a reader busy."""

MOST_AHEAD = 365 * 3
"""Days after the reference date beyond which a day is misread, and not written wrong."""


@dataclass(frozen=True)
class _Day:
    """A day ahead where it stands."""

    document: DocumentReport
    passage: Passage
    fact: Fact
    row: Row | None

    @cached_property
    def line(self) -> str:
        """Its line, as it is written."""
        return line_of(self.passage, self.fact.quote)

    @cached_property
    def told(self) -> str:
        """What is said of the day, folded: its sentence, what a cell or field is called, and states beside it. What else a row tells, of
        deliveries, of plans that were bad, says nothing of its day.
        """
        cells = cells_of(self.line)
        label = self.at - 1 if self.row is None else -1  # of a field, however long
        told = [
            self.sentence if index == self.at else cell
            for index, cell in enumerate(cells)
            if index in (self.at, label) or is_short(cell)
        ]
        return fold(" | ".join(told))

    @cached_property
    def at(self) -> int:
        """The place of its cell in its line."""
        return next((index for index, cell in enumerate(cells_of(self.line)) if self.fact.quote in cell), 0)

    @cached_property
    def sentence(self) -> str:
        """Its sentence within its cell, as it is written."""
        cell = cells_of(self.line)[self.at]
        return next((sentence for sentence in _SENTENCE.split(cell) if self.fact.quote in sentence), cell)

    @cached_property
    def beside(self) -> str:
        """What bears on the day itself, folded: its clause, and the short cells right beside it."""
        cells = cells_of(self.line)
        near = [
            cell
            for cell in (*cells[max(self.at - 1, 0) : self.at], *cells[self.at + 1 : self.at + 2])
            if is_short(cell)
        ]
        return fold(" | ".join((*near, clause_of(self.sentence, self.fact.quote))))

    @cached_property
    def lead(self) -> str:
        """The words before the colon that leads the point of minutes in which the day stands, folded: ``Agreed: a pump. Ibarra, 28 February.``
        In a table the head of its column, where a deed stands before the day.
        """
        if "|" not in self.line:
            led = _LED.match(self.line.partition(self.fact.quote)[0])
            return fold(led[0]) if led else ""
        deed = cells_of(self.line)[self.at].partition(self.fact.quote)[0]
        return fold(self._head) if len(deed.split()) >= LEAST_DEED else ""

    @property
    def _head(self) -> str:
        """The head of its column: the cell in the first row of those that stand right above its line, if this tells no figure."""
        lines = [line for p in self.document.passages if p.part == self.passage.part for line in p.text.splitlines()]
        above, count = lines[: lines.index(self.line)] if self.line in lines else [], len(cells_of(self.line))
        run = list(itertools.takewhile(lambda line: len(cells_of(line)) == count, reversed(above)))
        return cells_of(run[-1])[self.at] if run and not any(map(str.isdigit, run[-1])) else ""

    @cached_property
    def titles(self) -> str:
        """What the paper and its sections are headed by, folded: headings, and a first line that stands alone over a table."""
        first = next((p for p in self.document.passages if p.part == self.passage.part), self.passage)
        above = [cell for cell in cells_of(first.text.split("\n", 1)[0]) if cell]
        told = without_aims(fold(" | ".join((*self.passage.heading, *(above if len(above) == 1 else ())))))
        told = told.replace("calibration", "")  # a paper on calibrations tells of those that were made
        return _BEFORE_WORK.sub(" ", told)  # as one of what was read before sterilising does


LEAST_DEED = 4
"""Words before a day in its cell that name more than who signs: what is to be done, and by whom."""

_BEFORE_WORK = late(rf"(?:{phrases('paper_days', 'before_work').pattern})(?!\W{{0,2}}\d)")

_SENTENCE = re.compile(r"(?<![\s.(][^\W\d_]\.)(?<=[.;!?])\s+(?=\D)|(?<=[。；！？])")  # no sentence ends in an initial

_LED = re.compile(r"\s*(?:[-*•]\s|\(?\d{1,2}[.)]\s)?[^\d:：|]{2,40}[:：]")


def _is_of_work_done(bundle: Bundle, day: _Day) -> bool:
    """Whether a day ahead is told as one on which something was done."""
    if (day.row and (is_planned(day.row) or _lies_as_others(bundle, day, day.row))) or _is_open(day):
        return False
    quote = fold(day.fact.quote)
    if was_last(day.told, quote) or _is_in_column_of_past(bundle, day):
        return True
    if AHEAD.search(_without_done(day.told)) or AHEAD.search(_without_done(day.titles)):
        return False
    if is_deadline(day.told, quote) or is_put_off(day.told, quote) or is_put_ahead(day.told, quote):
        return False
    if is_decided(day.told, quote, day.lead):
        return False
    if day.fact.role not in ("evidence", "signature"):
        return _bears_on_day(day)
    if day.document.reading in LIVED and is_among_measured(bundle, day.document, day.passage, day.fact, day.line):
        return True
    return _told_done(day) or _heads_work(bundle, day)


def _bears_on_day(day: _Day) -> bool:
    """Whether what says that something was done says so of the day: by its field or column, or in its own part of a sentence."""
    if len(cells_of(day.line)) > 1 or len(day.sentence.split()) <= LONGEST_FIELD:
        return True
    clause = clause_of(day.sentence, day.fact.quote).replace(day.fact.quote, " ")
    return state_of(clause) == "done" or _PAST.search(fold(clause)) is not None


def _lies_as_others(bundle: Bundle, day: _Day, row: Row) -> bool:
    """Whether a day lies ahead as most days of its column do, or, under no head for work, a whole term behind a past day of its row."""
    facts = [f for f in day.document.facts if f.day]
    days = {f.quote: found for f in facts if (found := as_day(f.value))}
    column = [days[cell] for cell in row.column if cell in days and cell != day.fact.quote]
    if column and sum(found > bundle.today for found in column) * 2 > len(column):
        return True
    own = None if any(_TELLS_WORK.search(fold(head)) for head in row.heads) else days.get(day.fact.quote)
    begun = [days[cell] for index, cell in enumerate(row.cells) if index < row.at and cell in days]
    return own is not None and is_term(own, [found for found in begun if found <= bundle.today])


def _is_open(day: _Day) -> bool:
    """Whether the field of a day says beside it that the matter is open, ``open, answer on 30 November``, or a state behind it in its row
    does.
    """
    cells = cells_of(day.line)
    own = next((cell for cell in cells if day.fact.quote in cell), "")
    if len(cells) > 1 and len(own.split()) <= LONGEST_FIELD and state_of(own) == "open":
        return True
    behind = (
        cells[day.at + 1 :] if len(cells) >= LEAST_CELLS else fields_behind(day.document, day.passage, day.fact.quote)
    )
    return any(is_short(cell) and lettered(cell) and state_of(cell) == "open" for cell in behind)


LONGEST_FIELD = 8
"""Words of a field that tells a state and its day."""


def _is_in_column_of_past(bundle: Bundle, day: _Day) -> bool:
    """Whether a day stands alone in a column in which all others have passed, as the day of what was done in row after row: behind the
    past day that begins its row or near it, under a head that says so, or beside what came of it.
    """
    row = day.row
    if row is None or day.document.reading not in LIVED:
        return False
    facts = [f for f in day.document.facts if f.day]
    past = {f.quote for f in facts if bundle.happened(f)}
    quote = row.cells[row.at]
    if not row.column or not all(cell in past and cell != quote for cell in row.column):
        return False
    own = [*map(fold, row.heads), day.titles]
    if any(AHEAD.search(_without_done(head)) for head in own):
        return False
    done = any(_DONE.search(head) for head in own) or row.headed(_OUTCOME) or row.counts(_COUNTED)
    days = {f.quote: as_day(f.value) for f in facts}
    if any(_LIES_AHEAD.search(fold(head)) for head in row.heads) or _is_as_far(row, days, past):
        return False
    if done and len(row.column) >= LEAST_FILLED:
        return True
    if not any(_TELLS_WORK.search(fold(head)) for head in row.heads):
        return False  # a study, a contract, a course may run longer than its neighbours
    value = next((f.value for f in facts if f.quote == quote), "")
    again = {f.quote for f in facts if f.role in AGAIN_DUE and f.value > value}  # its own place for the day ahead
    beside = any(cell in past | again for index, cell in enumerate(row.cells) if index != row.at)
    return beside and len(row.column) >= LEAST_COLUMN


def _is_as_far(row: Row, days: Mapping[str, date | None], past: Collection[str]) -> bool:
    """Whether a day lies behind the past day of its row about as far as those of other rows do: what follows by right, as a shelf life,
    a payment, a shipment.
    """
    own = days.get(row.cells[row.at])
    for at, cell in enumerate(row.cells):
        begun = days.get(cell) if at != row.at and cell in past else None
        gaps = [
            (ended - start).days
            for cells in row.others
            if (start := days.get(cells[at])) and (ended := days.get(cells[row.at]))
        ]
        if own and begun and gaps and (own - begun).days <= FARTHEST * max(gaps):
            return True
    return False


FARTHEST = 2
"""Times the longest way between two days of other rows up to which that of a row is as theirs."""

_TELLS_WORK = late(
    rf"{phrases('paper_days', 'done').pattern}|{phrases('paper_days', 'past').pattern}|{phrases('paper_days', 'work').pattern}"
)
_LIES_AHEAD = phrases("paper_days", "lies_ahead")


def _without_done(text: str) -> str:
    """A text without the words for days on which something was done, some of which hold words for days to come."""
    return _CALIBRATED.sub(" ", text)


_CALIBRATED = late(
    rf"\bcalibrat(?:ed|ion) (?:on|date|day)|\b(?:date|day) (?:of calibration|calibrated)|{phrases('paper_days', 'done').pattern}"
)
"""Heads of days on which gauges were calibrated, and not of those on which they will be."""

_DONE = phrases("paper_days", "done")
_OUTCOME = phrases("paper_days", "outcome")
_COUNTED = phrases("paper_days", "counted")

AGAIN_DUE = ("expiry", "next", "due")
"""Roles of days until which something done is good."""

LIVED = ("living", "mixed")
"""Readings of papers in which something happened."""


LEAST_COLUMN = 4
"""Days of a column that have passed, from which one ahead is wrong."""

_CAME_OUT = phrases("paper_days", "came_out")
_PAST = late(rf"{DONE_OR_PAST.pattern}|{phrases('paper_days', 'of_record').pattern}")


def _told_done(day: _Day) -> bool:
    """Whether what bears on the day itself tells of something done or calls it the date of the record: what the line tells besides may
    be of another day, and a bare date in a list may be a plan.
    """
    behind = day.told.partition(fold(day.fact.quote))[2]
    came_out = any(map(str.isdigit, behind)) and _CAME_OUT.search(behind) is not None
    if day.document.reading not in LIVED:
        return False
    if came_out or _PAST.search(day.beside) is not None or tells_work_done(day.told, fold(day.fact.quote)):
        return True
    if is_signed(day.sentence, day.fact.quote):
        return True
    cells = cells_of(day.line)
    return day.row is None and day.at > 0 and is_signed(" ".join(cells[: day.at + 1]), day.fact.quote)


WORK = (
    "traceability_record",
    "internal_audit_record",
    "calibration_record",
    "corrective_action_record",
    "training_record",
)
"""Kinds of papers that are made on the day of the work they tell of."""


def _heads_work(bundle: Bundle, day: _Day) -> bool:
    """Whether a day is the one of the work a paper tells of, whatever it is called: the first day of the paper, alone in a field,
    or that of a row of figures.
    """
    document, passage, fact = day.document, day.passage, day.fact
    if document.reading not in LIVED:
        return False
    row = cells_of(day.line)
    if _is_row_of_log(bundle, document, passage, row, fact):
        return True
    if document.kind not in (*WORK, "management_review_record"):
        return False
    if opens_minutes(document, fact):
        return True
    if row[0] == fact.quote and sum(any(char.isdigit() for char in cell) for cell in row[1:]) >= LEAST_FIGURES:
        return not AHEAD.search(fold(passage.text.split("\n", 1)[0]))
    first = next((other for other in document.facts if other.kind == "date"), None)
    title = passage is document.passages[0] and passage.text.startswith(day.line) and phrases("titles", "recorded")
    if first is fact and title and title.search(fold(day.line)):
        return True
    field = re.compile(rf"(?:^|[|:\uff1a])\s*{re.escape(fact.quote)}\.?\s*(?:$|\|)")
    return first is fact and len(row) + day.line.count(":") > 1 and field.search(day.line) is not None


def _is_row_of_log(bundle: Bundle, document: DocumentReport, passage: Passage, row: Sequence[str], fact: Fact) -> bool:
    """Whether a day heads a row that is filled as the rows of past days above it are: what was done and what came of it."""
    if row[0] != fact.quote or len(row) < LEAST_CELLS or not all(row):
        return False
    rows = [cells_of(line) for line in passage.text.splitlines()]
    heads: list[str] = next(
        (cells for cells in rows if len(cells) == len(row) and not any(c.isdigit() for c in "".join(cells))), []
    )
    if AHEAD.search(_without_done(fold(" ".join((*heads, document.path, *passage.heading))))):
        return False
    past = {
        other.quote for other in bundle.facts_in(document, passage) if other.kind == "date" and bundle.happened(other)
    }
    return sum(cells[0] in past and len(cells) == len(row) and all(cells) for cells in rows) >= LEAST_PAST


LEAST_PAST = 2
"""Rows of past days that show a table to be a log and no plan."""

LEAST_FIGURES = 2
"""Cells with figures behind a day that tell what was measured on it."""
