"""Lots of one table that come out of another: what a line used and the goods-in book holds, what was shipped and what was inspected.

The tables tell by themselves which of them is the earlier one: the later one has its own number in each row beside that of what went
into it, or each lot they share stands in it on the same day or a later one.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, as_day, is_example
from evidence.facts.days import short_days
from evidence.facts.identifiers import role_of_head
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.lot_months import month_in, months_made, numbered_months
from evidence.flags.registry import name_of
from evidence.flags.sheets import SHIPPED
from evidence.lots import LOT_ROLES
from evidence.model import DocumentReport, Passage
from evidence.numbered_rows import LEAST_SHARED, form_of, turn_of
from evidence.titles import RULES_AND_FORMS

LEAST_BARS = 2
"""Bars of a row of a table; a form of two columns has one."""

LEAST_REGISTER = 3
"""Lots of a table from which it keeps a register of them."""

MOST_TABLES = 200
"""Tables with lots of a bundle that are set beside each other: more are a data dump."""

TIMES_KNOWN = 3
"""Lots that must be known for each one that is not, beyond the first."""

UNFILLED = 2
"""Columns at the end of a table, as that for remarks, that a row may leave unfilled."""

_CODE = re.compile(
    r"(?=(?:[^\d]*\d){3})[A-Za-z]{0,6}[-/. ]?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+){0,4}|[A-Za-z]{1,6}(?:-[A-Za-z]{1,3})?-?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+){0,3}"
)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?")
_IN_CELL = re.compile(r"[,;，；、\n]\s*|\s[+&]\s|\s(?=\()")
_ASKS = phrases("traceability_flags", "asks")
_INCOMING, _PARTLY = phrases("traceability_flags", "incoming"), phrases("traceability_flags", "some")


@dataclass(frozen=True)
class _Named:
    """A lot where a table names it, with the day of its row."""

    code: str
    line: str
    day: date | None


@dataclass(frozen=True)
class _Column:
    """The lots of a column, the heads of its table, its place among the columns and the paper that it stands in."""

    document: DocumentReport
    passage: Passage
    table: int
    index: int
    heads: tuple[str, ...]
    title: str
    named: tuple[_Named, ...]

    @property
    def codes(self) -> set[str]:
        return {one.code for one in self.named}


@dataclass(frozen=True)
class Unknown:
    """A lot as written, where it stands, and the passage of the table that should know it."""

    code: str
    later: DocumentReport
    passage: Passage
    earlier: DocumentReport
    register: Passage
    used: bool
    """Whether it went into what the later table tells of; else it was handed on."""


def unknown_lots(bundle: Bundle) -> Iterator[Unknown]:
    """Lots of a table that the table before it, which has the others, does not know, and no paper of the bundle but this one."""
    columns = _columns(bundle)
    if len(columns) > MOST_TABLES:
        return
    texts = {d.path: [fold(p.text) for p in d.passages] for d in bundle.read}
    for later, earlier in itertools.permutations(columns, 2):
        if later.table == earlier.table or len(earlier.codes) < LEAST_REGISTER:
            continue
        shared = later.codes & earlier.codes
        missing = later.codes - earlier.codes
        if len(shared) < LEAST_SHARED or not missing or _is_partial(earlier) or later.document.kind in _CASES:
            continue
        missing = {code for code in missing if not _has_part(code, earlier.codes)}
        if not missing or len(missing) > max(1, len(shared) // TIMES_KNOWN):
            continue
        used = _is_used(columns, later, earlier)
        if not used and not _comes_later(later, earlier, shared):
            continue
        for code in sorted(missing):
            if _stands_elsewhere(texts, later, code) or not _belongs(later, earlier, shared, code):
                continue
            yield Unknown(code, later.document, later.passage, earlier.document, earlier.passage, used)


_CASES = ("corrective_action_record", "internal_audit_record", "management_review_record", "metrics_record")
"""Papers that name lots which left long ago."""


def _columns(bundle: Bundle) -> list[_Column]:
    found: list[_Column] = []
    table = 0
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or is_example(document) or document.path in bundle.discounted:
            continue
        days = _Days(bundle, document)
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
            for is_table, group in itertools.groupby(rows, lambda row: row[1].count("|") >= LEAST_BARS):
                told = list(group)
                if not is_table:
                    above = " ".join(line for _, line in told[-2:])
                elif begun and begun[0][1].count("|") == told[0][1].count("|") and _holds_code(told[0][1]):
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


def _holds_code(line: str) -> bool:
    return any(_is_code(cell.strip(), None) for cell in line.split("|"))


def _of_table(
    document: DocumentReport, rows: Sequence[tuple[Passage, str]], above: str, table: int, days: "_Days"
) -> Iterator[_Column]:
    """The columns of a table that hold lots; a row of heads within it begins a new one."""
    split = [[cell.strip() for cell in line.split("|")] for _, line in rows]
    at = next((i for i, cells in enumerate(split[:3]) if not any(_CODE.fullmatch(cell) for cell in cells)), None)
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
        named: list[_Named] = []
        filled = 0
        for cells, (_, line) in zip(split[at + 1 :], rows[at + 1 :], strict=True):
            cell = cells[index] if index < len(cells) and width - UNFILLED <= len(cells) <= width else ""
            filled += any(map(str.isalnum, cell))
            pieces = [piece.strip(" ()") for piece in _IN_CELL.split(cell)]
            codes = [piece for piece in pieces if _is_code(piece, role)]
            day = days.of(line) or (placed.get(line) if placed else None) or days.only
            named += [_Named(code.upper(), line, day) for code in codes]
        rows_named = len({one.line for one in named})
        if rows_named >= LEAST_SHARED and rows_named * 4 >= filled * 3 and not _counts_rows(named):
            yield _Column(document, passage, table, index, tuple(map(fold, heads)), title, tuple(named))


def _day_column(rows: Sequence[Sequence[str]], width: int, days: "_Days") -> dict[str, date]:
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


def _counts_rows(named: Sequence[_Named]) -> bool:
    """Whether the codes of a column are all of one row, or one code for all rows: then nothing is told apart by them."""
    return len({one.code for one in named}) < LEAST_SHARED


class _Days:
    """The days of the rows of a paper."""

    def __init__(self, bundle: Bundle, document: DocumentReport) -> None:
        self.today = bundle.today
        self.known = [
            (fact.quote, day)
            for fact in document.facts
            if fact.kind == "date" and fact.role not in ("expiry", "due", "next") and (day := as_day(fact.value))
        ]
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


MONTHS_OF_YEAR = 12
_SHORT = re.compile(r"(?<![\d./-])(\d{1,2})[/.](\d{1,2})(?![\d/.-])")


def _is_partial(column: _Column) -> bool:
    """Whether a table holds some lots only: what was sampled, sorted, blocked or shipped."""
    if _PARTLY.search(column.title) or column.document.kind in _CASES:
        return True
    if _WHOLE.search(column.title) and _TESTS.search(column.title):
        return False  # the shipping test of every piece
    return SHIPPED.search(column.title) is not None and not _INSPECTS.search(column.title)


_INSPECTS = phrases("titles", "inspection")
_WHOLE, _TESTS = (phrases("traceability_flags", name) for name in ("whole", "inspects"))


def _has_part(code: str, known: set[str]) -> bool:
    """Whether a known lot is part of a code, or the code part of it: a lot and its second half."""
    return any(one in code or code in one for one in known)


def _is_used(columns: Sequence[_Column], later: _Column, earlier: _Column) -> bool:
    """Whether a column tells what went into the lots of another column of its table: these have a number of their own in each row, which
    the earlier table does not know.
    """
    for own in columns:
        if own.table != later.table or own.index >= later.index or own.codes & earlier.codes:
            continue
        if role_of_head(own.heads[own.index]) not in LOT_ROLES:
            continue  # the number of a slip
        lines = {one.line for one in own.named}
        used = {one.line for one in later.named}
        if len(own.codes) == len(own.named) == len(lines) and used <= lines:
            return True
    return False


def _comes_later(later: _Column, earlier: _Column, shared: set[str]) -> bool:
    """Whether each lot of both tables stands in one of them on a day not before that in the other."""
    first, second = _first_days(earlier), _first_days(later)
    both = [code for code in shared if code in first and code in second]
    steps = [(second[code] - first[code]).days for code in both]
    return len(both) >= LEAST_SHARED and all(step >= 0 for step in steps) and any(steps)


def _first_days(column: _Column) -> dict[str, date]:
    days: dict[str, date] = {}
    for one in column.named:
        if one.day and (one.code not in days or one.day < days[one.code]):
            days[one.code] = one.day
    return days


def _stands_elsewhere(texts: Mapping[str, Sequence[str]], later: _Column, code: str) -> bool:
    """Whether any line but those of its column names a lot: another paper that knows it, or a note that explains it."""
    lines = Counter(fold(one.line) for one in later.named)
    folded = fold(code)
    for passages in texts.values():
        for text in passages:
            if folded in text and _ASKS.search(text) and "|" not in next(t for t in text.splitlines() if folded in t):
                continue  # a customer who asks for its papers
            if folded in text and any(folded in line and line not in lines for line in text.splitlines()):
                return True
    return False


def _belongs(later: _Column, earlier: _Column, shared: set[str], code: str) -> bool:
    """Whether a register should hold a lot: it is counted on with lots of it, no older than they, and of a time that it covers; and its
    row is no other sort of goods than those of the lots that are known.
    """
    alike = [turn_of(known) for known in earlier.codes if _series(known) == _series(code)]
    if not alike or turn_of(code) < min(alike) or _of_other_sort(later, shared, code):
        return False
    if turn_of(code) < max(alike) and len(alike) >= LEAST_SHARED:
        return True
    day = _first_days(later).get(code)
    covered = _first_days(earlier)
    if day is None or not covered:
        return False
    if min(covered.values()) <= day <= max(covered.values()):
        return True
    spans = [*month_spans(earlier.title), *numbered_months(earlier.title)]
    if any(span.first <= day.month <= span.last and span.year in (None, day.year) for span in spans):
        return True
    said = months_made([passage.text for passage in later.document.passages if not passage.hidden], code)
    return bool(said) and any(month_in(span, said) for span in spans)


def _series(code: str) -> tuple[str, str]:
    """What lots that are counted on have in common: their form, and the letters before their figures."""
    letters = re.match(r"[A-Z]*", code)
    return form_of(code), letters[0] if letters else ""


def _of_other_sort(later: _Column, shared: set[str], code: str) -> bool:
    """Whether the row of a lot has another word where the rows of all known lots have the same one."""
    rows = {one.code: [cell.strip() for cell in one.line.split("|")] for one in later.named}
    own = rows[code]
    others = [rows[known] for known in shared if len(rows[known]) == len(own)]
    for index, cell in enumerate(own):
        same = {row[index] for row in others}
        if index == later.index or len(same) != 1 or len(others) < LEAST_SHARED:
            continue
        word = same.pop()
        if word != cell and any(map(str.isalpha, word)) and any(map(str.isalpha, cell)):
            return True
    return False
