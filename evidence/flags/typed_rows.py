"""Rows of a log that were all typed on one day, as a column of it says (``Entry made on``), though the days of their work lie far apart."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, as_day, is_example
from evidence.facts.text import fold, phrases
from evidence.flags.typed_days import tells_of_moving
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS


@dataclass(frozen=True)
class TypedRow:
    """A row of a log with the day in its column of typing, and the newest day of work that it tells of before that."""

    passage: Passage
    line: str
    at: date
    claims: date
    clock: int | None
    """Minutes of the day at which it was typed, where the cell says so."""


LEAST_ROWS = 4
"""Rows typed on one day from which they are looked at."""


def typed_rows(bundle: Bundle) -> Iterator[tuple[DocumentReport, list[TypedRow]]]:
    """The logs most of whose rows were typed on one day, with those rows."""
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS:
            continue
        days = Counter(fact.value for fact in document.facts if fact.kind == "date")
        shared = {day for value, count in days.items() if count >= LEAST_ROWS and (day := as_day(value))}
        if not shared or is_example(document):
            continue
        rows = list(_rows(bundle, document))
        for day in sorted(shared):
            alike = [row for row in rows if row.at == day]
            if LEAST_ROWS <= len(alike) > len(rows) / 2 and not tells_of_moving(bundle, day):
                yield document, alike
                break


def _rows(bundle: Bundle, document: DocumentReport) -> Iterator[TypedRow]:
    """The rows below a column of typing; a word for drawing up heads one where a time of the day stands in each cell besides."""
    at, width, sure = -1, 0, False
    for passage in document.passages:
        if passage.hidden or "|" not in passage.text:
            continue
        facts = [
            (fact.quote, day)
            for fact in bundle.facts_in(document, passage)
            if fact.kind in ("date", "short_day") and fact.quote and (day := as_day(fact.value))
        ]
        for line in passage.text.split("\n"):
            cells = [cell.strip() for cell in line.split("|")]
            headed = _column(cells)
            if headed is not None:
                (at, sure), width = headed, len(cells)
                continue
            if at < 0 or len(cells) != width:
                continue
            told = [{day for quote, day in facts if quote in cell} for cell in cells]
            clock = _CLOCK.search(cells[at])
            if len(told[at]) != 1 or not (sure or clock):
                continue
            typed = next(iter(told[at]))
            before = [day for place, found in enumerate(told) for day in found if place != at and day < typed]
            if before:
                minutes = int(clock[1]) * 60 + int(clock[2]) if clock else None
                yield TypedRow(passage, line, typed, max(before), minutes)


def _column(cells: list[str]) -> tuple[int, bool] | None:
    """The column of typing that a row of heads names, and whether its word says nothing else."""
    if len(cells) < LEAST_CELLS or not all(len(cell) <= LONGEST_HEAD for cell in cells):
        return None
    for at, cell in enumerate(cells):
        folded = _ASIDE.sub(" ", fold(cell)).strip(" .:")
        parts = [part.strip(" .:") for part in folded.split("/")]
        for word, sure in ((_TYPED, True), (_MADE, False)):
            if cell and not any(map(str.isdigit, cell)) and any(word.fullmatch(part) for part in parts):
                return at, sure
    return None


LEAST_CELLS = 3
LONGEST_HEAD = 40
"""Columns of a log, and letters of the head of one."""

_TYPED, _MADE = phrases("typed_days", "columns"), phrases("typed_days", "drawn_up")
_ASIDE = re.compile(r"[(（][^()（）]{0,30}[)）]")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)(?!\d{3})")
