"""Flags on the days of papers: records of days to come, last year's heading over this year's rows."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from evidence.bundle import Bundle, as_day, cite, cite_fact, is_example
from evidence.facts.columns import state_of
from evidence.facts.months import BUDDHIST_OFFSET
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, line_at, name_of, rule
from evidence.model import DocumentReport, Fact, Passage


@rule("date_in_future")
def date_in_future(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A record of something done is dated after the reference date.

    Plans, due dates, expiries and next visits lie ahead by right.
    """
    limit = bundle.today + timedelta(days=int(data["days"]))
    for document in bundle.read:
        if document.kind in ("procedure", "manual", "blank_form", "certificate") or is_example(document):
            continue
        tables: dict[int, list[list[str]]] = {}
        looked = 0
        for fact in document.facts:
            if (
                fact.kind != "date"
                or fact.role not in ("closed", "verified", "opened", "evidence", "signature")
                or fact.confidence < 0.85
            ):
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
            line = fold(line_at(passage.text, passage.text.find(fact.quote)))
            row = _row_of(document, tables, passage, fact)
            if row and _is_planned(row):
                continue
            if _was_last(line, fold(fact.quote)) or (row and _is_in_column_of_past(bundle, document, passage, row)):
                yield Finding(
                    {"name": name_of(document.path), "day": day.isoformat()},
                    (cite_fact(bundle, document, fact, wide=True),),
                )
                break
            if (
                _AHEAD.search(line)
                or _AHEAD.search(fold(" ".join(passage.heading)))
                or _is_deadline(line, fold(fact.quote))
            ):
                continue
            if fact.role in ("evidence", "signature") and not (
                _told_done(line, document) or _heads_work(bundle, document, passage, fact)
            ):
                continue
            yield Finding(
                {
                    "name": name_of(document.path),
                    "day": day.isoformat(),
                },
                (cite_fact(bundle, document, fact, wide=True),),
            )
            break


MOST_LOOKED = 100
"""Days ahead that are looked at in one paper: a sheet of more is a plan, or made to keep a reader busy."""

MOST_AHEAD = 365 * 3
"""Days after the reference date beyond which a day is misread, and not written wrong."""


def _was_last(line: str, day: str) -> bool:
    """Whether right before a day stands when something was done last: ``last calibrated 11 February``."""
    before = line.split(day, 1)[0] if day in line else ""
    return _LAST_DONE.search(before) is not None


_LAST_DONE = re.compile(
    rf"(?:{phrases('paper_days', 'last_done').pattern})\W{{0,4}}(?:(?:on|ngày|tanggal|tgl|วันที่)\W?)?$"
)


@dataclass(frozen=True)
class _Row:
    """The row of a table in which a day stands alone in a cell, that cell, and the rows of the same number of cells."""

    cells: list[str]
    at: int
    others: list[list[str]]

    @cached_property
    def heads(self) -> list[str]:
        """What the column of the day is headed by."""
        return [cells[self.at] for cells in self.others if not any(map(str.isdigit, cells[self.at]))]

    @cached_property
    def column(self) -> list[str]:
        """The other days of the column."""
        return [cells[self.at] for cells in self.others if any(map(str.isdigit, cells[self.at]))]


def _row_of(document: DocumentReport, tables: dict[int, list[list[str]]], passage: Passage, fact: Fact) -> _Row | None:
    """The row of a day; ``tables`` keeps the rows of each part that was looked at."""
    row = _cells(line_at(passage.text, passage.text.find(fact.quote)))
    if fact.quote not in row or len(row) < LEAST_CELLS:
        return None
    if passage.part not in tables:
        told = (p.text for p in document.passages if p.part == passage.part)
        tables[passage.part] = [cells for text in told for cells in map(_cells, text.splitlines())]
    others = [cells for cells in tables[passage.part] if len(cells) == len(row) and cells != row]
    return _Row(row, row.index(fact.quote), others)


def _is_planned(row: _Row) -> bool:
    """Whether a row is of something not done: a cell of it says so, one is empty that all rows with days fill, or its day heads a look
    again.
    """
    dated = [cells for cells in row.others if any(map(str.isdigit, cells[row.at]))]
    return (
        any(state_of(cell) == "open" for index, cell in enumerate(row.cells) if index != row.at)
        or any(_LOOKS_AGAIN.search(fold(head)) for head in row.heads)
        or (
            len(dated) >= LEAST_COLUMN
            and any(not cell and all(cells[index] for cells in dated) for index, cell in enumerate(row.cells))
        )
    )


def _is_in_column_of_past(bundle: Bundle, document: DocumentReport, passage: Passage, row: _Row) -> bool:
    """Whether a day stands alone in a column in which all others have passed, behind the past day that begins its row or near it:
    what was done in row after row, dated wrong in one.
    """
    if document.reading != "living":
        return False
    facts = [f for f in document.facts if f.kind == "date" and len(f.value) == len("2026-01-01")]
    past = {f.quote for f in facts if bundle.happened(f)}
    day = row.cells[row.at]
    value = next((f.value for f in facts if f.quote == day), "")
    again = {f.quote for f in facts if f.role in AGAIN_DUE and f.value > value}  # its own place for the day ahead
    return (
        any(cell in past | again for index, cell in enumerate(row.cells) if index != row.at)
        and len(row.column) >= LEAST_COLUMN
        and all(cell in past and cell != day for cell in row.column)
        and not any(_AHEAD.search(_CALIBRATED.sub(" ", fold(head))) for head in (*row.heads, *passage.heading))
        and not any(_LIES_AHEAD.search(fold(head)) for head in row.heads)
        and not _is_as_far(row, {f.quote: as_day(f.value) for f in facts}, past)
    )


def _is_as_far(row: _Row, days: Mapping[str, date | None], past: Collection[str]) -> bool:
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

_LIES_AHEAD = phrases("paper_days", "lies_ahead")


_CALIBRATED = re.compile(r"\bcalibrat(?:ed|ion) (?:on|date|day)|\b(?:date|day) (?:of calibration|calibrated)")
"""Heads of days on which gauges were calibrated, and not of those on which they will be."""

AGAIN_DUE = ("expiry", "next", "due")
"""Roles of days until which something done is good."""

_LOOKS_AGAIN = phrases("paper_days", "looks_again")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


LEAST_COLUMN = 4
"""Days of a column that have passed, from which one ahead is wrong."""


def _is_deadline(line: str, day: str) -> bool:
    """Whether a word for a deadline stands right before a day or behind it in its sentence."""
    before, behind = line.split(day, 1) if day in line else ("", "")
    return _DUE_BEFORE.search(before) is not None or _DUE_BEHIND.match(behind) is not None


_DUE_BEFORE = re.compile(rf"(?:{phrases('tasks', 'due_before').pattern})\W{{0,3}}(?:(?:the|ngày|tanggal|tgl|วันที่)\W?)?$")
_DUE_BEHIND = re.compile(rf"['’]?\w{{0,2}}\W{{0,2}}(?:{phrases('tasks', 'due_behind').pattern})")

_AHEAD = re.compile(
    r"hẹn|đặt lịch|appoint|booked|arranged|dijadwal|janji|นัด|预约|預約|约定|예약|randevu|予約|"
    r"plan|due|to be |next|target|schedul|valid|expir|until|will |deadline|open|forecast|expected|hold till|review by|"
    r"before|eta|delivery|ship|ngày giao|kế hoạch|dự kiến|hạn|tiếp theo|đến ngày|hết|rencana|jadwal|berikut|"
    r"sampai|target|masa|akan|แผน|ถึงวันที่|กำหนด|ถัดไป|หมดอายุ|"
    r"计划|预计|下次|期限|有效|到期|将|예정|계획|차기|유효|만료|"
    r"plan|hedef|sonraki|geçerli|vade|best before|use by|exp\b|od:|po\b|"
    r"commit|promise|renew|calibrat|interval|termin|by \d"
)
_PAST = re.compile(
    r"\b(?:was|were|done|closed|found|checked|verified|inspected|audited|held|completed|date of|tested|measured|"
    r"report date|date)\b|đã|ngày|telah|tanggal|tgl|วันที่|日期|于|일자|일시|실시일|실시|tarih"
)


def _told_done(line: str, document: DocumentReport) -> bool:
    """Whether the line itself tells of something done or is the date of the record;

    a bare date in a list may be a plan.
    """
    return _PAST.search(line) is not None and document.reading == "living"


WORK = (
    "traceability_record",
    "internal_audit_record",
    "calibration_record",
    "corrective_action_record",
    "training_record",
)
"""Kinds of papers that are made on the day of the work they tell of."""


def _heads_work(bundle: Bundle, document: DocumentReport, passage: Passage, fact: Fact) -> bool:
    """Whether a day is the one of the work a paper tells of, whatever it is called: the first day of the paper, alone in a field,
    or that of a row of figures.
    """
    if document.reading != "living":
        return False
    line = line_at(passage.text, passage.text.find(fact.quote))
    row = [cell.strip() for cell in line.split("|")]
    if _is_row_of_log(bundle, document, passage, row, fact):
        return True
    if document.kind not in (*WORK, "management_review_record"):
        return False
    if row[0] == fact.quote and sum(any(char.isdigit() for char in cell) for cell in row[1:]) >= LEAST_FIGURES:
        return not _AHEAD.search(fold(passage.text.split("\n", 1)[0]))
    first = next((other for other in document.facts if other.kind == "date"), None)
    title = passage is document.passages[0] and passage.text.startswith(line) and phrases("titles", "recorded")
    if first is fact and title and title.search(fold(line)):
        return True
    field = re.compile(rf"(?:^|[|:\uff1a])\s*{re.escape(fact.quote)}\s*(?:$|\|)")
    return first is fact and len(row) + line.count(":") > 1 and field.search(line) is not None


def _is_row_of_log(bundle: Bundle, document: DocumentReport, passage: Passage, row: list[str], fact: Fact) -> bool:
    """Whether a day heads a row that is filled as the rows of past days above it are: what was done and what came of it."""
    if row[0] != fact.quote or len(row) < LEAST_CELLS or not all(row):
        return False
    rows = [[cell.strip() for cell in line.split("|")] for line in passage.text.splitlines()]
    heads = next(
        (cells for cells in rows if len(cells) == len(row) and not any(c.isdigit() for c in "".join(cells))), []
    )
    if _AHEAD.search(fold(" ".join((*heads, document.path, *passage.heading)))):
        return False
    past = {
        other.quote
        for other in bundle.facts_by_passage.get((document.path, passage.id), ())
        if other.kind == "date" and bundle.happened(other)
    }
    return sum(cells[0] in past and len(cells) == len(row) and all(cells) for cells in rows) >= LEAST_PAST


LEAST_CELLS = 4
"""Cells of a row that tells the day, what was done, by whom and with what result."""

LEAST_PAST = 2
"""Rows of past days that show a table to be a log and no plan."""

LEAST_FIGURES = 2
"""Cells with figures behind a day that tell what was measured on it."""

_SPAN = re.compile(r"(?<![\d/.\-:])(20[12]\d)\s?[-–/]\s?((?:20)?[12]\d)(?![\d/.:-])")
"""A year of account that spans two: ``FY 2023-24``."""

_HEADING_YEAR = re.compile(r"(?<![\d/.\-:])(20[12]\d|25[567]\d|1[01]\d(?= ?年))(?![\d/.:]|-\d)")


@rule("heading_year_left_over")
def heading_year_left_over(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """One year in the head of a sheet, and all dated rows of another, later one.

    A span over New Year and the standard's year are ordinary.
    """
    for document in bundle.read:
        if document.kind in ("procedure", "manual", "blank_form", "certificate") or is_example(document):
            continue
        parts = {passage.part for passage in document.passages}
        for part in sorted(parts):
            passages = [p for p in document.passages if p.part == part and not p.hidden]
            head = next(
                (
                    p
                    for p in passages
                    if _names_year(p.heading[0] if p.heading else p.text.splitlines()[0] if p.text else "")
                ),
                None,
            )
            if head is None or head is not passages[0]:
                continue
            title = head.heading[0] if head.heading and _names_year(head.heading[0]) else head.text.splitlines()[0]
            years = set(_HEADING_YEAR.findall(_own_words(title)))
            end = _span_end(title)
            if len(years) != 1 and end is None:
                continue
            written = end if end is not None else int(years.pop())
            year = _of_our_era(written)
            rows = [
                fact.value
                for p in passages
                if bundle.is_record(p)
                for fact in bundle.facts_by_passage.get((document.path, p.id), ())
                if fact.kind in ("date", "period") and bundle.happened(fact) and fact.quote not in title
            ]  # fmt: skip
            found = Counter(int(value[:4]) for value in rows)
            if len(rows) >= LEAST_ROWS and found and min(found) > year and year >= bundle.today.year - 6:
                later = max(found)
                place = cite(document, head, title if title in head.text else None)
                yield Finding({"name": name_of(document.path), "year": year, "rows": later}, (place,))
                break


def _of_our_era(written: int) -> int:
    """A year as it is written in Thailand or Taiwan, counted as elsewhere."""
    if written < LEAST_YEAR:
        return written + MINGUO_OFFSET
    return written - BUDDHIST_OFFSET if written > LEAST_BUDDHIST else written


LEAST_YEAR, LEAST_BUDDHIST, MINGUO_OFFSET = 1000, 2500, 1911


def _names_year(title: str) -> bool:
    return _HEADING_YEAR.search(_own_words(title)) is not None or _span_end(title) is not None


def _span_end(title: str) -> int | None:
    """The last year of a span in a heading; ``NCR 2026-24`` is a running number: a span ends a year after its start."""
    words = _own_words(title)
    for span in _SPAN.finditer(words):
        if _NUMBERS_A_PAPER.search(fold(words[: span.start()])):
            continue  # the number of a case
        start = int(span[1])
        if (start + 1) % 100 == int(span[2][-2:]):
            return start + 1
    return None


_NUMBERS_A_PAPER = re.compile(rf"(?:{phrases('paper_days', 'numbered').pattern})\W{{0,3}}$")

LEAST_ROWS = 3
"""Dated rows that show of which year a sheet is."""


_OF_THING = late(
    rf"(?i)(?:{phrases('paper_days', 'begun').pattern})\W{{0,3}}(?:in|năm|tahun|pada|ปี|từ)?\W{{0,2}}\d{{2,4}}(?: ?年| ?년)?|"
    r"\((?:20|25)\d\d\)(?=\s*[^\W\d_])"
)
"""A year that is not that of the paper: when a firm was founded or a machine bought, how long papers are kept, the year of a machine in
brackets before what the paper is.
"""


def _own_words(title: str) -> str:
    """A heading without standards and revisions, whose years are not its own."""
    title = _OF_THING.sub(" ", title)
    return re.sub(
        r"(?i)(?:iso|iatf|gb/t|tcvn|sni|rev\.?|revision|issue|edition|ver\.?|form|since|est\.?|established)[^|]{0,24}",
        " ",
        title,
    )
