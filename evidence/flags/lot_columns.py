"""The columns of tables that hold lots, with the days of their rows: below a head, or side by side as the heads of what was tested."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, is_example
from evidence.facts.days import short_days
from evidence.facts.identifiers import role_of_head
from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.text import fold
from evidence.flags.registry import name_of
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport, Passage
from evidence.numbered_rows import LEAST_SHARED, numbers_in_heads
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS

LEAST_REGISTER = 3
"""Lots of a table from which it keeps a register of them."""

LEAST_BARS = 2
"""Bars of a row of a table; a form of two columns has one."""

MOST_ABOVE = 8
"""Rows of a table among which its heads are looked for."""

UNFILLED = 2
"""Columns at the end of a table, as that for remarks, that a row may leave unfilled."""

_CODE = re.compile(
    r"(?=(?:[^\d]*\d){3})[A-Za-z]{0,6}[-/. ]?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+){0,4}|[A-Za-z]{1,6}(?:-[A-Za-z]{1,3})?-?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+){0,3}"
)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?")
_IN_CELL = re.compile(r"[,;，；、\n]\s*|\s[+&]\s|\s(?=\()")


@dataclass(frozen=True)
class NamedLot:
    """A lot where a table names it, with the day of its row."""

    code: str
    line: str
    day: date | None


@dataclass(frozen=True)
class LotColumn:
    """The lots of a column, the heads of its table, its place among the columns and the paper that it stands in."""

    document: DocumentReport
    passage: Passage
    table: int
    index: int
    heads: tuple[str, ...]
    title: str
    named: tuple[NamedLot, ...]

    @property
    def codes(self) -> set[str]:
        """The lots, each once."""
        return {one.code for one in self.named}


@remembered
def lot_columns(bundle: Bundle) -> list[LotColumn]:
    """The columns of lots of all papers that record something."""
    found: list[LotColumn] = []
    table = 0
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or is_example(document) or document.path in bundle.discounted:
            continue
        days = DaysOfRows(bundle, document)
        tables: list[tuple[str, list[tuple[Passage, str]]]] = []
        above_begun = ""
        for part in sorted({passage.part for passage in document.passages}):
            rows = [
                (passage, line)
                for passage in document.passages
                if passage.part == part and not passage.hidden and passage.source != "ocr"
                for line in passage.text.splitlines()
            ]
            above = ""
            begun: list[tuple[Passage, str]] = []
            for is_table, group in itertools.groupby(rows, lambda row: len(_cells(row[1])) > LEAST_BARS):
                told = list(group)
                if not is_table:
                    above = " ".join(line for _, line in told[-2:])
                elif begun and len(_cells(begun[0][1])) == len(_cells(told[0][1])) and _holds_code(told[0][1]):
                    begun += told  # a remark between the rows of one table
                else:
                    if begun:
                        tables.append((above_begun, begun))
                    above_begun, begun = above, told
            if begun:
                tables.append((above_begun, begun))
        for above, told in tables:
            table += 1
            found += _of_table(document, told, above, table, days)
    return found


def _cells(line: str) -> list[str]:
    """The cells of a row; in a text without bars, as that of a mail, what wide gaps part."""
    return [cell.strip() for cell in (line.split("|") if "|" in line else _GAP.split(line.strip()))]


_GAP = re.compile(r"\s{2,}|\t")


def _holds_code(line: str) -> bool:
    return any(_is_code(cell, None) for cell in _cells(line))


def _of_table(
    document: DocumentReport, rows: Sequence[tuple[Passage, str]], above: str, table: int, days: "DaysOfRows"
) -> Iterator[LotColumn]:
    """The columns of a table that hold lots; a row of heads within it begins a new one."""
    split = [_cells(line) for _, line in rows]
    at = _head_row(split)
    yield from _in_heads(document, rows, above, table, days)
    if at is None:
        return
    heads, width = split[at], len(split[at])
    passage = rows[at][0]
    placed = _day_column(split[at + 1 :], width, days)
    title = fold(" ".join((name_of(document.path), *passage.heading[-2:], above, *(" ".join(c) for c in split[:at]))))
    for index, head in enumerate(heads):
        role = role_of_head(head)
        if role not in (None, *LOT_ROLES):
            continue
        named: list[NamedLot] = []
        filled = 0
        for cells, (_, line) in zip(split[at + 1 :], rows[at + 1 :], strict=True):
            cell = cells[index] if index < len(cells) and width - UNFILLED <= len(cells) <= width else ""
            filled += any(map(str.isalnum, cell))
            pieces = [piece.strip(" ()") for piece in _IN_CELL.split(cell)]
            codes = [piece for piece in pieces if _is_code(piece, role)]
            day = days.of(line) or (placed.get(line) if placed else None) or days.only
            named += [NamedLot(code.upper(), line, day) for code in codes]
        rows_named = len({one.line for one in named})
        if rows_named >= LEAST_SHARED and rows_named * 4 >= filled * 3 and not _counts_rows(named):
            yield LotColumn(document, passage, table, index, tuple(map(fold, heads)), title, tuple(named))


def _head_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of heads: the last one without a code above the first that has as many cells and a code. Rows above it tell whose goods they
    are, of which order, within what limits.
    """
    bare = [i for i, cells in enumerate(rows[:MOST_ABOVE]) if not any(_CODE.fullmatch(cell) for cell in cells)]
    for at in bare:
        below = rows[at + 1] if at + 1 < len(rows) else ()
        if at + 1 not in bare and abs(len(below) - len(rows[at])) < UNFILLED:
            return at
    return next((at for at in bare if at < LEAST_REGISTER), None)


def _in_heads(
    document: DocumentReport, rows: Sequence[tuple[Passage, str]], above: str, table: int, days: "DaysOfRows"
) -> Iterator[LotColumn]:
    """The lots that stand side by side over what was read of each: ``Test | Limit | F90-6K02 | F90-6K05``."""
    passage, line = rows[0]
    heads, codes = _cells(line), numbers_in_heads(line)
    named = []
    for index in map(heads.index, codes):
        below = [cells[index] for _, told in rows[1:] if index < len(cells := _cells(told))]
        day = next((found for cell in below if (found := days.of(cell))), None) or days.only
        named.append(NamedLot(heads[index].upper(), line, day))
    title = fold(" ".join((name_of(document.path), *passage.heading[-2:], above)))
    if named and not _counts_rows(named):
        yield LotColumn(document, passage, table, 0, tuple(map(fold, heads)), title, tuple(named))


def _day_column(rows: Sequence[Sequence[str]], width: int, days: "DaysOfRows") -> dict[str, date]:
    """The days of a column of days without their year, by the rows as they stand: ``08.06``, ``09-14``, each with two figures before and
    behind the sign and none before the one above it; other figures run up and down.
    """
    for index in range(width):
        told = [(" | ".join(row), row[index]) for row in rows if index < len(row) and row[index]]
        pairs = [(match[1], match[2]) for _, cell in told if (match := _BARE_DAY.fullmatch(cell))]
        if len(pairs) < LEAST_REGISTER or len(pairs) * 4 < len(told) * 3:
            continue
        for turned in (False, True):
            found = [days.made(*map(int, pair[::-1] if turned else pair)) for pair in pairs]
            known = [day for day in found if day]
            if len(known) == len(found) and known == sorted(known) and len(set(known)) >= LEAST_SHARED:
                lines = [line for line, cell in told if _BARE_DAY.fullmatch(cell)]
                return dict(zip(lines, known, strict=True))
    return {}


_BARE_DAY = re.compile(r"(\d{2})[.-](\d{2})\.?")


def _is_code(piece: str, role: str | None) -> bool:
    if not 4 <= len(piece) <= 24 or _DAY.fullmatch(piece) or not _CODE.fullmatch(piece):
        return False
    lettered = any(map(str.isalpha, piece))
    return lettered or (role in LOT_ROLES and piece.replace("-", "").isdigit())


def _counts_rows(named: Sequence[NamedLot]) -> bool:
    """Whether the codes of a column are all of one row, or one code for all rows: then nothing is told apart by them."""
    return len({one.code for one in named}) < LEAST_SHARED


class DaysOfRows:
    """The days of the rows of a paper."""

    def __init__(self, bundle: Bundle, document: DocumentReport) -> None:
        self.today = bundle.today
        self.known = {
            (fact.quote, day)
            for fact in document.facts
            if fact.role not in ("expiry", "due", "next") and (day := fact.day)
        }  # each once: every row is looked through for all of them
        told = {day for _, day in self.known}
        self.only = told.pop() if len(told) == 1 else None  # a packing list has one day for all that is on it
        pairs = [(int(first), int(second)) for p in document.passages for first, second in _SHORT.findall(p.text)]
        self.day_first = not any(second > MONTHS_OF_YEAR for _, second in pairs)

    def of(self, line: str) -> date | None:
        """The first day that a row names, in the year before the reference day where it names none."""
        named = [(line.find(quote), day) for quote, day in self.known if quote in line]
        if named:
            return min(named)[1]
        told = next((one for _, _, one in sorted(short_days(line))), None)
        if told is None:
            return None
        for month, day in told if len(told) == 1 else sorted(told, reverse=True):
            if len(told) > 1 and not self._fits(line, month, day):
                continue
            if made := self.made(month, day):
                return made
        return None

    def made(self, month: int, day: int) -> date | None:
        """A day of the year before the reference day; None where there is none."""
        for year in (self.today.year, self.today.year - 1):
            try:
                made = date(year, month, day)
            except ValueError:
                return None
            if made <= self.today:
                return made
        return None

    def _fits(self, line: str, month: int, day: int) -> bool:
        match = _SHORT.search(line)
        if match is None:
            return True
        pair = int(match[1]), int(match[2])
        return (month, day) == ((pair[1], pair[0]) if self.day_first else pair)


_SHORT = re.compile(r"(?<![\d./-])(\d{1,2})[/.](\d{1,2})(?![\d/.-])")


def first_days(column: LotColumn) -> dict[str, date]:
    """Each lot that stands in a row with a day, with the first such day."""
    days: dict[str, date] = {}
    for one in column.named:
        if one.day and (one.code not in days or one.day < days[one.code]):
            days[one.code] = one.day
    return days
