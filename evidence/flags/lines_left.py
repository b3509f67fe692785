"""Lines of a sheet of months or weeks that end while the lines beside them go on: whatever they count, and however few figures they had."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, age_months, as_day, cite, is_example
from evidence.facts.calendar import bounds
from evidence.facts.indicators import measure_of, says
from evidence.facts.numbers import amount
from evidence.facts.sheet_periods import year_of
from evidence.facts.text import lettered
from evidence.flags.moved_series import period_of
from evidence.flags.registry import Finding, name_of
from evidence.flags.stopped_series import MOST_COUNTED, says_why
from evidence.model import DocumentReport, Passage
from evidence.quality_series import series_end
from evidence.titles import RULES_AND_FORMS

LEAST_PERIODS = 6
"""Periods of a sheet of which lines are compared."""

LEAST_TOLD = 2
"""Periods in which a line had figures before it ended."""

LEAST_BESIDE = 2
"""Lines that go on beside one that ends."""

GOES_ON = 0.9
"""Part of the later periods in which a line that goes on has figures."""

WEEKS = 2
"""Weeks for each month of the setting that a line of weeks must be left: who writes weekly is late sooner."""

MOST_ROWS = 400
"""Rows of a part of a paper in which lines are sought."""

Row = tuple[Passage, str, list[str]]
"""A row: its passage, its line as written and its cells."""


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet: what it is called and what stands under each of the periods."""

    label: str
    cells: tuple[str, ...]
    passage: Passage
    line: str

    @property
    def filled(self) -> tuple[bool, ...]:
        """In which periods it has a figure."""
        return tuple(any(map(str.isdigit, cell)) for cell in self.cells)


@dataclass(frozen=True)
class PeriodSheet:
    """Periods one after the other as written, whether they are weeks, and the lines over them."""

    periods: tuple[str, ...]
    weekly: bool
    lines: tuple[SheetLine, ...]


def lines_left(bundle: Bundle, months: int) -> Iterator[Finding]:
    """The first line of each paper that ends while others of its sheet go on, and nobody says why."""
    for document in bundle.read:
        if is_example(document) or document.kind in RULES_AND_FORMS:
            continue
        for sheet in _sheets(document):
            least = months * WEEKS if sheet.weekly else months
            if found := next((one for one in sheet.lines if _ends(sheet, one, least)), None):
                if says_why(document, found.passage.part, found.label) or _goes_on_elsewhere(bundle, document, found):
                    continue
                last = sheet.periods[sum(found.filled) - 1]
                words = {"label": found.label[:80], "name": name_of(document.path), "last": last}
                since = _since(bundle, document, found, last, sheet.weekly) or sum(map(bool, sheet.periods)) - sum(
                    found.filled
                )
                yield Finding({**words, "months": since}, (cite(document, found.passage, found.line),))
                break


def _ends(sheet: PeriodSheet, one: SheetLine, least: int) -> bool:
    """Whether a line has figures in the first periods, none later, and two other lines at least go on."""
    filled = one.filled
    told = sum(filled)
    if told < LEAST_TOLD or not all(filled[:told]) or any(cell.strip() for cell in one.cells[told:]):
        return False
    values = [found.value for cell in one.cells[:told] if (found := amount(cell))]
    if len(values) < told or (all(value == int(value) and 0 <= value <= MOST_COUNTED for value in values)):
        return False  # what happens now and then, or no figure: no zero is written where there was none
    others = [other.filled for other in sheet.lines if other is not one]
    until = max((at + 1 for other in others for at, there in enumerate(other) if there), default=0)
    if until - told < least or any(not any(other[:told]) and any(other[told:until]) for other in others):
        return False  # another line takes over where this one ends
    later = [sum(other[told:until]) for other in others if sum(other[:told]) >= GOES_ON * told]
    return sum(count >= GOES_ON * (until - told) for count in later) >= LEAST_BESIDE


def _goes_on_elsewhere(bundle: Bundle, document: DocumentReport, one: SheetLine) -> bool:
    """Whether another paper has a series of the same measure."""
    measure = measure_of(one.label)
    return measure is not None and any(
        item.document.path != document.path and item.fact.role == measure.id and series_end(item)
        for item in bundle.items("series")
    )


def _since(bundle: Bundle, document: DocumentReport, one: SheetLine, last: str, weekly: bool) -> int:
    """Months since the last period of a line, where the sheet tells its year."""
    year = year_of((last, *one.passage.heading[::-1], one.passage.text.split("\n", 1)[0], name_of(document.path)))
    key = period_of(last)
    if year is None or key is None:
        return 0
    if weekly:
        end = date.fromisocalendar(year, min(key[1], MOST_WEEKS), 7) if key[1] else None
    else:
        end = as_day(bounds(f"{year}-{key[1]:02d}")[1])
    return max(age_months(end, bundle.today), 0) if end else 0


MOST_WEEKS = 52
"""Weeks that every year has."""


def _sheets(document: DocumentReport) -> Iterator[PeriodSheet]:
    for part in sorted({passage.part for passage in document.passages}):
        rows = [
            (passage, line, [cell.strip() for cell in line.split("|")])
            for passage in document.passages
            if passage.part == part and not passage.hidden
            for line in passage.text.splitlines()
            if "|" in line
        ]
        if LEAST_BESIDE < len(rows) <= MOST_ROWS:
            yield from _along(rows)
            yield from _down(rows)


def _along(rows: Sequence[Row]) -> Iterator[PeriodSheet]:
    """Sheets whose heads are periods, a line a row."""
    at = 0
    while at < len(rows):
        places = _run(rows[at][2])
        at += 1
        if len(places) < LEAST_PERIODS:
            continue
        lines = []
        for passage, line, cells in itertools.takewhile(lambda row: not _begins_anew(row[2]), rows[at:]):
            label = " ".join(
                cell for cell in cells[: places[0]] if lettered(cell) and not any(map(str.isdigit, cell[:1]))
            )
            if label and not says(label, "target"):
                told = tuple(cells[place] if place < len(cells) else "" for place in places)
                lines.append(SheetLine(label, told, passage, line))
        yield PeriodSheet(
            tuple(rows[at - 1][2][place] for place in places), _is_weekly(rows[at - 1][2][places[0]]), tuple(lines)
        )


def _begins_anew(cells: Sequence[str]) -> bool:
    """Whether a row is none of the sheet above it: it heads another table, or is that of a period."""
    named = [cell for cell in cells if cell]
    worded = len(named) > 1 and not any(map(str.isdigit, "".join(cells)))
    return worded or len(_run(cells)) >= LEAST_PERIODS or _key(cells[0]) is not None


def _down(rows: Sequence[Row]) -> Iterator[PeriodSheet]:
    """Sheets whose rows are periods, a line a column."""
    starts = [at for at, row in enumerate(rows) if at and _key(row[2][0]) and not _key(rows[at - 1][2][0])]
    for start in starts:
        run = list(itertools.takewhile(lambda row: _key(row[2][0]) is not None, rows[start:]))
        run = run[: len(_run([row[2][0] for row in run]))]
        heads = rows[start - 1][2]
        if len(run) < LEAST_PERIODS or any(amount(head) for head in heads[1:]):
            continue
        lines = tuple(
            SheetLine(head, tuple(row[2][at] if at < len(row[2]) else "" for row in run), run[0][0], run[0][1])
            for at, head in enumerate(heads)
            if at and lettered(head) and not says(_bare(head), "target")
        )
        yield PeriodSheet(tuple(row[2][0] for row in run), _is_weekly(run[0][2][0]), lines)


def _bare(head: str) -> str:
    """A head without its limit in brackets."""
    return re.sub(r"[(（\[][^()（）\[\]]{0,60}[)）\]]", " ", head)


def _key(cell: str) -> tuple[str, int] | None:
    key = period_of(cell) if 0 < len(cell) <= LONGEST_PERIOD else None
    return key if key and key[0] in ("month", "number") else None


LONGEST_PERIOD = 16
"""Letters of a cell that names a month or a week."""


def _run(cells: Sequence[str]) -> list[int]:
    """The places of the first months or weeks that follow each other one by one."""
    found: list[tuple[int, tuple[str, int]]] = []
    for at, cell in enumerate(cells):
        key = _key(cell)
        if key is None:
            if found:
                break
            continue
        if found and not (key[0] == found[-1][1][0] and (key[1] == found[-1][1][1] + 1 or key[1] == 1)):
            break
        found.append((at, key))
    return [at for at, _ in found]


def _is_weekly(cell: str) -> bool:
    key = _key(cell)
    return key is not None and key[0] == "number"
