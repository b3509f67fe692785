"""Lines of a sheet of months or weeks that end while the lines beside them go on, or all together while its periods went by: whatever they
count, and however few figures they had.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, age_months, as_day, cite, is_example
from evidence.facts.indicators import measure_of
from evidence.facts.numbers import amount
from evidence.facts.periods import bounds
from evidence.facts.sheet_periods import year_of
from evidence.facts.text import fold, lettered
from evidence.flags.authenticity import is_workbook
from evidence.flags.moved_series import is_aim, period_of
from evidence.flags.registry import Finding, name_of
from evidence.flags.sheets_by_month import is_of_run
from evidence.flags.stopped_series import ENDED, MOST_COUNTED, says_why
from evidence.model import DocumentReport, Passage
from evidence.quality_series import series_end

LEAST_PERIODS = 5
"""Periods of a sheet of which lines are compared."""

LEAST_TOLD = 2
"""Periods in which a line had figures before it ended."""

LEAST_BESIDE = 2
"""Lines that go on beside one that ends; beside one of measured figures the one other line of its sheet."""

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
        if is_example(document) or document.kind in ("manual", "blank_form"):
            continue
        for sheet in _sheets(document):
            least = months * WEEKS if sheet.weekly else months
            found = next((one for one in sheet.lines if _ends(sheet, one, least)), None)
            if found or (found := _left_whole(bundle, document, sheet, months)):
                if says_why(document, found.passage.part, found.label) or _goes_on_elsewhere(bundle, document, found):
                    continue
                told = sum(found.filled)
                words = {"label": found.label[:80], "name": name_of(document.path), "last": sheet.periods[told - 1]}
                since = _since(bundle, sheet, found, told - 1, document) or sum(map(bool, sheet.periods)) - told
                yield Finding({**words, "months": since}, (cite(document, found.passage, found.line),))
                break


def _ends(sheet: PeriodSheet, one: SheetLine, least: int) -> bool:
    """Whether a line has figures in the first periods, none later, and other lines go on."""
    filled = one.filled
    told = sum(filled)
    if told < LEAST_TOLD or not all(filled[:told]) or any(cell.strip() for cell in one.cells[told:]):
        return False
    values = [found.value for cell in one.cells[:told] if (found := amount(cell))]
    if len(values) < told or all(value == int(value) and 0 < value <= MOST_COUNTED for value in values):
        return False  # what happens now and then, or no figure: no zero is written where there was none
    others = [other.filled for other in sheet.lines if other is not one]
    beside = LEAST_BESIDE if all(value == int(value) for value in values) else min(LEAST_BESIDE, len(others) or 1)
    until = max((at + 1 for other in others for at, there in enumerate(other) if there), default=0)
    if until - told < least or any(not any(other[:told]) and any(other[told:until]) for other in others):
        return False  # another line takes over where this one ends
    later = [sum(other[told:until]) for other in others if sum(other[:told]) >= GOES_ON * told]
    return sum(count >= GOES_ON * (until - told) for count in later) >= beside


def _left_whole(bundle: Bundle, document: DocumentReport, sheet: PeriodSheet, months: int) -> SheetLine | None:
    """The first line of a sheet whose lines all have figures in its first periods and nothing in those that went by since, until the paper
    was made; that of a workbook is still kept.
    """
    lines = [one for one in sheet.lines if any(one.filled)]
    told = max((sum(one.filled) for one in lines), default=0)
    if told < LEAST_TOLD or any(not all(one.filled[: sum(one.filled)]) or any(one.cells[told:]) for one in lines):
        return None
    if not all(amount(cell) for one in lines for cell in one.cells[: sum(one.filled)]):
        return None
    ends = _ends_of(document, sheet, lines[0])[told - 1 :]
    made = bundle.today if is_workbook(document) else _made(bundle, document, ends[0])
    gone = [end for end in ends[1:] if end and end < made]
    if ends[0] is None or age_months(ends[0], made) < months or len(gone) < LEAST_GONE:
        return None
    of_run = not sheet.weekly and is_of_run(document, lines[0].passage, ends[0])
    return None if of_run or ENDED.search(fold(lines[0].passage.text)) else lines[0]


LEAST_GONE = 2
"""Periods that went by without a figure, from which a sheet was left."""


def _made(bundle: Bundle, document: DocumentReport, end: date | None) -> date:
    """The last day that a paper tells after the end of its figures, else today."""
    days = [as_day(fact.value) for fact in document.facts if fact.kind == "date"]
    told = [day for day in days if day and end and end < day <= bundle.today]
    return max(told, default=bundle.today)


def _goes_on_elsewhere(bundle: Bundle, document: DocumentReport, one: SheetLine) -> bool:
    """Whether another paper has a series of the same measure."""
    measure = measure_of(one.label)
    return measure is not None and any(
        item.document.path != document.path and item.fact.role == measure.id and series_end(item)
        for item in bundle.items("series")
    )


def _since(bundle: Bundle, sheet: PeriodSheet, one: SheetLine, at: int, document: DocumentReport) -> int:
    """Months since the last period of a line, where the sheet tells its year."""
    end = _ends_of(document, sheet, one)[at]
    return max(age_months(end, bundle.today), 0) if end else 0


def _ends_of(document: DocumentReport, sheet: PeriodSheet, one: SheetLine) -> list[date | None]:
    """The last day of each period of a sheet, in the year that it names itself or that stands above; months and weeks that begin anew are
    of the year after.
    """
    above = one.passage.heading[::-1], one.passage.text.split("\n", 1)[0], name_of(document.path)
    headed = year_of((*above[0], *above[1:]))
    ends: list[date | None] = []
    later, before = 0, 0
    for period in sheet.periods:
        key = _key(period)
        number = key[1] if key else 0
        later += number < before
        before = number
        year = year_of((period,)) or (headed + later if headed else None)
        if year is None or not number:
            ends.append(None)
        elif sheet.weekly and all(key is None or key[1] <= QUARTERS for key in map(_key, sheet.periods)):
            ends.append(as_day(bounds(f"{year}-{3 * number:02d}")[1]))
        elif sheet.weekly:
            ends.append(date.fromisocalendar(year, min(number, MOST_WEEKS), 7))
        else:
            ends.append(as_day(bounds(f"{year}-{number:02d}")[1]))
    return ends


QUARTERS = 4
"""Numbers of a year's quarters: weeks of a sheet go further."""

MOST_WEEKS = 52
"""Weeks that every year has."""


def _sheets(document: DocumentReport) -> Iterator[PeriodSheet]:
    for part in sorted({passage.part for passage in document.passages}):
        rows = [
            (passage, line, [cell.strip() for cell in line.split("|")])
            for passage, line in document.lines(part)
            if "|" in line or _key(line.strip())
        ]
        if 1 < len(rows) <= MOST_ROWS:
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
            if label and not is_aim(label):
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
            if at and lettered(head) and not is_aim(head)
        )
        yield PeriodSheet(tuple(row[2][0] for row in run), _is_weekly(run[0][2][0]), lines)


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
