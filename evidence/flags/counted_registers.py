"""Registers of which another paper tells how many rows they have: complaints of a year, suppliers evaluated in a half-year.

A register is known by its rows, which stand under heads and each name another case or another supplier; what they are and for when its title
tells. Rows that are dated are counted by month.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, as_day, is_example
from evidence.facts.months import DAY, MONTHS_OF_YEAR
from evidence.facts.text import fold, lettered, phrases
from evidence.facts.told_spans import MonthSpan, month_spans
from evidence.flags.business_years import business_year
from evidence.flags.counted_kinds import kind_of
from evidence.flags.month_tables import MonthColumn, Span
from evidence.flags.registry import name_of
from evidence.flags.result_tables import years_in
from evidence.flags.written_figures import Written
from evidence.model import DocumentReport, Passage
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS

LEAST_ROWS, MOST_ROWS = 3, 300
"""Rows of a register."""

LEAST_CELLS = 3
"""Cells of a row of a register."""

_UNCOUNTED = phrases("counted_registers", "uncounted")
_COUNTED = {"complaints": "corrective_action_record", "suppliers": "supplier_evaluation_record"}
"""What rows are counted, with the kind of papers that are such registers whatever their title."""


@dataclass(frozen=True)
class _Register:
    """A register: its title with the name of its paper, what it is called, its rows with the lines they are, the passage it begins in."""

    document: DocumentReport
    passage: Passage
    title: str
    called: str
    rows: Sequence[tuple[str, Sequence[str]]]


@remembered
def registers_counted(bundle: Bundle) -> list[Written]:
    """The registers of a bundle as counts of their rows."""
    return [made for register in _registers(bundle) if (made := _counted(bundle, register))]


def _registers(bundle: Bundle) -> Iterator[_Register]:
    for document in bundle.read:
        if document.kind not in _COUNTED.values() and document.kind != "metrics_record":
            continue
        if document.kind in RULES_AND_FORMS or is_example(document):
            continue
        for part, own in itertools.groupby(document.passages, lambda passage: passage.part):
            if made := _register(document, [passage for passage in own if not passage.hidden], part):
                yield made


def _register(document: DocumentReport, passages: Sequence[Passage], part: int) -> _Register | None:
    """The one register of a part: heads, and below them rows of as many cells that each begin otherwise."""
    lines = [(passage, line) for passage in passages for line in passage.text.splitlines() if line.strip()]
    at = next((at for at, (_, line) in enumerate(lines) if _is_head(line)), None)
    if at is None or len(lines) - at > MOST_ROWS:
        return None
    width = lines[at][1].count("|")
    rows = [
        (line, cells + [""] * (width + 1 - len(cells)))  # an open case ends before its day of closing
        for _, line in itertools.takewhile(lambda pair: 2 <= pair[1].count("|") <= width, lines[at + 1 :])
        for cells in [[cell.strip() for cell in line.split("|")]]
    ]
    if len(rows) < LEAST_ROWS or any("|" in line for _, line in lines[at + 1 + len(rows) :]):
        return None
    if any(sum(map(bool, cells)) * 2 < len(cells) or not cells[0] for _, cells in rows) or _parts_head(rows):
        return None
    heading = " ".join(lines[at][0].heading[-1:])
    above = " ".join(line for _, line in lines[:at])
    named = part == 1 or len(document.parts) == 1
    title = f"{name_of(document.path) if named else ''} {heading} {above}"
    called = heading or above or name_of(document.path)
    return (
        _Register(document, lines[at][0], title, called, rows)
        if len({fold(cells[0]) for _, cells in rows}) == len(rows)
        else None
    )


def _is_head(line: str) -> bool:
    cells = [cell.strip() for cell in line.split("|")]
    if any(any(month_spans(fold(cell))) for cell in cells[1:]):
        return False  # a table of months
    return len(cells) >= LEAST_CELLS and all(map(lettered, cells)) and sum(map(str.isdigit, line)) <= MOST_DIGITS


MOST_DIGITS = 6
"""Figures of heads that tell the most points of each."""


def _parts_head(rows: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Whether a row is no entry: a total, or months, as in a table of figures."""
    return any(any(month_spans(fold(cells[0]))) or _TOTAL.search(fold(cells[0])) for _, cells in rows)


_TOTAL = phrases("counted", "all")


def _counted(bundle: Bundle, register: _Register) -> Written | None:
    title = fold(register.title)
    of_suppliers = register.document.kind == _COUNTED["suppliers"]
    kind = "suppliers" if of_suppliers else kind_of(title)
    if kind not in _COUNTED or of_suppliers != (kind == "suppliers"):
        return None
    if any(_UNCOUNTED.search(fold(line)) for line, _ in register.rows):
        return None
    days = _days(register)
    spans = {(span.first, span.last): span for span in month_spans(title)}
    span = next(iter(spans.values())) if len(spans) == 1 else None
    account = business_year(title)
    if len(spans) > 1:
        return None
    years = {account} if account else years_in(title) or ({span.year} if span and span.year else set())
    years = years or {int(day[:4]) for day in days}
    if len(years) != 1:
        return None
    values = _values(bundle, register, days, span, account, next(iter(years)))
    if not values:
        return None
    column = MonthColumn(
        " ".join(register.called.split())[:LONGEST_TITLE], False, values, register.document, register.passage
    )
    return Written(column, kind, "", title, frozenset(years), of_rows=True, also=_shared(register.rows))


LONGEST_TITLE = 60
"""Letters of what a register is called."""


def _values(
    bundle: Bundle, register: _Register, days: Sequence[str], span: MonthSpan | None, account: int | None, year: int
) -> dict[Span, float]:
    """The rows by month where each is dated within the span of the register, else all of them for that span."""
    if account:
        return {(1, MONTHS_OF_YEAR): float(len(register.rows))}
    if not days:
        told = (span.first, span.last) if span else (1, MONTHS_OF_YEAR)
        return {told: float(len(register.rows))} if span or years_in(fold(register.title)) else {}
    if any(int(day[:4]) != year for day in days):
        return {}
    months = Counter(int(day[5:7]) for day in days)
    until = bundle.today.month if year == bundle.today.year else MONTHS_OF_YEAR
    first, last = (
        (span.first, span.last)
        if span
        else (1, until)
        if years_in(fold(register.title))
        else (min(months), max(months))
    )
    if min(months) < first or max(months) > last:
        return {}
    return {(month, month): float(months[month]) for month in range(first, last + 1)}


def _days(register: _Register) -> list[str]:
    """The days of the first column that holds one in each row."""
    values = {fact.quote: fact.value for fact in register.document.facts if fact.kind == "date" and as_day(fact.value)}
    for index in range(min(len(cells) for _, cells in register.rows)):
        told = [values.get(cells[index], "") for _, cells in register.rows]
        if all(len(day) == DAY for day in told):
            return told
    return []


def _shared(rows: Sequence[tuple[str, Sequence[str]]]) -> frozenset[float]:
    """How many rows have a cell in common: of one customer, one grade, still open."""
    counts = Counter((index, fold(cell)) for _, cells in rows for index, cell in enumerate(cells) if cell)
    return frozenset(float(count) for count in counts.values() if count > 1)
