"""Sentences that all that was measured kept its limit, above or below a table of which one row does not.

The limit may stand anywhere: in a column of its own on either side of the figures, in their head, in the title, or in the sentence. That it is
theirs is shown by its name, or by most of the figures keeping it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.indicators import says
from evidence.facts.limits import limits, limits_of_head
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.text import any_of, fold, late, phrases
from evidence.flags.crowded_columns import limits_in
from evidence.flags.missed_limits import Ends, ends_of, is_limit_head, misses, same_unit
from evidence.flags.moved_series import period_of
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import TableRow, sentences
from evidence.flags.told_ways import shared_letters
from evidence.flags.trends import AHEAD, CLAUSES, NOT
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

LEAST_ROWS = 3
"""Rows of a table of which a sentence over all can be told."""

MOSTLY = 0.6
"""Part of the figures of a column that keeps a limit which no name shows to be theirs."""

TIMES = 10
"""Times a limit, or parts of it, within which a figure can be of it."""

LONGEST_REMARK = 12
"""Letters of a cell in a row beyond its limit from which it may say what was done; of scripts without blanks half."""

LINES_ABOVE = 4
"""Lines above a table in which its limit is sought."""

LONGEST_CLAIM = 300
"""Letters of a sentence over all."""

_SET, _REACHED, _ALL, _OTHERS, _EXCEPT, _MISSED, _EACH_PERIOD, _ASIDE = (
    phrases("said_met", name)
    for name in ("set", "reached", "all", "others", "except", "missed", "each_period", "aside")
)
_JUDGED, _REACTION = (phrases("readings_flags", name) for name in ("judged", "reaction"))
_WITHIN, _EXCEEDS, _THINGS = (phrases("kept_by_all", name) for name in ("within", "exceeds", "things"))
_NONE = any_of(("audits_flags", "none_before"), ("trends", "denied"), ("kept_by_all", "none"))
_BOUND = phrases("kept_by_all", "bound")
_BEFORE = phrases("told_spans", "year_before")
_PART = late(r"\d\s?(?:/|of|out of|trên|dari|จาก|中|개 중)\s?\d")
_FIGURE = re.compile(r"[-+]?\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,4})?\s?(?:%|‰|°\s?[cf]|[^\W\d_][^\d|]{0,24})?")
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,4})?(?![.,]?\d)")
_PIECES = re.compile(r"[|;；。()（）]|[,，、](?!\d)|\s{2,}|\.\s")
_DAY = re.compile(r"\d{1,4}([-/])\d{1,2}(?:\1\d{1,4})?|\d{1,4}\.\d{1,2}\.\d{1,4}\.?")


@dataclass
class Measured:
    """A table: its head, what stands above it, and its rows, all folded."""

    part: int
    head: list[str]
    above: list[str]
    rows: list[TableRow] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What stands above it and heads what its rows are."""
        return " ".join((*self.above[-LINES_ABOVE:], self.head[0]))


@dataclass(frozen=True)
class Column:
    """A column of figures with the limit of each, and how it was told."""

    table: Measured
    head: str
    limit: str
    limited: int
    """Column of the limits, 0 where they stand elsewhere."""

    read: list[tuple[TableRow, str, Ends]]

    @property
    def beyond(self) -> list[tuple[TableRow, str, Ends]]:
        """The figures beyond their limit."""
        return [one for one in self.read if _misses(one[1], one[2])]


@dataclass(frozen=True)
class Claim:
    """A sentence over all, and whether it speaks of aims, which a year may meet and a month miss."""

    passage: Passage
    text: str
    folded: str
    of_aims: bool


def kept_by_all(bundle: Bundle) -> Iterator[Finding]:
    """The first figure of each paper beyond a limit that all are said to keep."""
    for document in bundle.read:
        if is_example(document) or document.kind in (*RULES_AND_FORMS, "manual", "certificate"):
            continue
        told = [(passage, text, fold(text)) for passage, text in sentences(document)]
        claims = [claim for one in told if (claim := _claim(*one))]
        if not claims:
            continue
        tables = _tables(document)
        for claim in claims:
            if found := _against(claim, tables, told):
                column, (row, value, _) = found
                limit = row.cells[column.limited] if column.limited else column.limit
                what = f"'{column.head[:40]}' of '{row.cells[0][:40]}' is {value} against {limit[:40]}, and all are said to keep it"
                places = (cite(document, row.passage, row.line), cite(document, claim.passage, claim.text))
                yield Finding({"name": name_of(document.path), "what": what}, places)
                break


def _claim(passage: Passage, text: str, folded: str) -> Claim | None:
    """A sentence that says of all that they keep what is asked, or that none exceeds it."""
    if len(text) > LONGEST_CLAIM or _EXCEPT.search(folded) or _BEFORE.search(folded):
        return None
    if not (_ALL.search(folded) or _NONE.search(folded)):
        return None
    for clause in filter(str.strip, CLAUSES.split(folded)):
        if AHEAD.search(_SET.sub(" ", clause)) or _OTHERS.search(clause) or _PART.search(clause):
            continue
        exceeds = _EXCEEDS.search(clause)
        if exceeds and _NONE.search(clause.replace(exceeds[0], " ")):
            return Claim(passage, text, folded, of_aims=False)
        if exceeds or NOT.search(_WITHIN.sub(" ", clause)) or not _ALL.search(folded):
            continue
        if _WITHIN.search(clause) or _JUDGED.search(clause):
            return Claim(passage, text, folded, of_aims=False)
        if _SET.search(clause) and _REACHED.search(clause) and _ALL.search(clause):
            return Claim(passage, text, folded, of_aims=True)
    return None


def _against(
    claim: Claim, tables: Sequence[Measured], told: Sequence[tuple[Passage, str, str]]
) -> tuple[Column, tuple[TableRow, str, Ends]] | None:
    """The figure that a sentence over all leaves out, in the table that it is of."""
    own = [table for table in tables if table.part == claim.passage.part] or tables
    columns = [column for table in own for column in _columns(table, claim)]
    scored = [(shared_letters(f"{column.head} {column.table.title}", claim.folded), column) for column in columns]
    most = max((score for score, _ in scored), default=0)
    named = most > 0 or _THINGS.search(claim.folded) is not None or _SET.search(claim.folded) is not None
    for score, column in scored:
        beyond = column.beyond
        if not beyond or score < most or not (named or _letters(claim.text) <= SHORT_CLAIM):
            continue
        periods = sum(period_of(row.cells[0]) is not None for row, _, _ in column.read) * 2 > len(column.read)
        if periods and claim.of_aims and not _EACH_PERIOD.search(claim.folded):
            continue
        if not any(_is_answered(column, one, claim, told) for one in beyond):
            return column, beyond[0]
    return None


SHORT_CLAIM = 60
"""Letters of a sentence over all that names nothing and so is of the table beside it."""


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text)) * (1 if text[:1].isascii() else 2)


def _is_answered(
    column: Column, one: tuple[TableRow, str, Ends], claim: Claim, told: Sequence[tuple[Passage, str, str]]
) -> bool:
    """Whether a row says something of its figure, or a sentence speaks of it or of what lies beyond."""
    row, value, _ = one
    at = row.cells.index(value)
    cells = [cell for place, cell in enumerate(row.cells) if place not in (0, at, column.limited)]
    others = [other.cells for other in column.table.rows if other is not row]
    for cell in cells:
        if _REACTION.search(cell) or _MISSED.search(cell):
            return True
        remarked = _letters(cell) >= LONGEST_REMARK and row.cells.index(cell) > at and not _FIGURE.match(cell)
        if remarked and not any(cell in other for other in others):
            return True
    name = row.cells[0]
    figure = _NUMBER.match(value)
    rows = {other.line for other in column.table.rows}
    for _, text, folded in told:
        if text == claim.text or text in rows:
            continue
        if len(name) >= LEAST_NAME and name in folded and not period_of(name):
            return True
        if (
            figure
            and re.search(rf"(?<![\d.,]){re.escape(figure[0])}(?![\d.,]*\d)", folded)
            and any(map(str.isalpha, folded))
        ):
            return True
        for clause in CLAUSES.split(folded):
            words = _EXCEEDS.search(clause) or _MISSED.search(clause) or _REACTION.search(clause)
            if words and not (NOT.search(clause.replace(words[0], " ")) or _NONE.search(clause.replace(words[0], " "))):
                return True
    return False


LEAST_NAME = 3


def _tables(document: DocumentReport) -> list[Measured]:
    """The tables of a document from two columns on, each below a head of words."""
    found: list[Measured] = []
    for part in sorted({passage.part for passage in document.passages}):
        table: Measured | None = None
        above: list[str] = []
        for passage in document.passages:
            if passage.part != part or passage.hidden or passage.source == "ocr":
                continue
            for line in passage.text.splitlines():
                cells = [fold(cell.strip()) for cell in line.split("|")]
                if len(cells) < LEAST_COLUMNS:
                    above.append(cells[0])
                    table = None if table and table.rows else table
                    continue
                if table and table.head == cells:
                    continue
                if _heads(cells) and not (table and table.rows and len(cells) == len(table.head)):
                    table = Measured(part, cells, [*passage.heading[-1:], *above])
                    found.append(table)
                elif table and len(cells) <= len(table.head):
                    table.rows.append(TableRow(passage, line, cells))
    return [table for table in found if len(table.rows) >= LEAST_ROWS]


LEAST_COLUMNS = 2


def _heads(cells: Sequence[str]) -> bool:
    named = [cell for cell in cells if cell]
    return len(named) >= LEAST_COLUMNS and all(any(map(str.isalpha, cell)) and not amount(cell) for cell in named)


def _columns(table: Measured, claim: Claim) -> Iterator[Column]:
    """The columns of a table that have a limit."""
    comma = uses_decimal_comma([cell for row in table.rows for cell in row.cells])
    aside = [at for at, head in enumerate(table.head) if at == 0 or not head or _ASIDE.fullmatch(head)]
    figured = [
        at for at in range(1, len(table.head)) if at not in aside and len(_read(table, at)) * 2 > len(table.rows)
    ]
    limited = [at for at, head in enumerate(table.head) if at and is_limit_head(head) and not says(head, "actual")]
    if len(limited) == 1:
        yield from _beside(table, limited[0], [at for at in figured if at != limited[0]], comma)
        return
    headed = {at: ends for at in figured if (ends := limits_of_head(table.head[at], comma)) != (None, None)}
    for at, ends in headed.items():
        yield from _kept(table, at, table.head[at], [(row, cell, ends) for row, cell in _read(table, at)], sure=False)
    if headed or limited:
        return
    for limit, ends in _told_limits([*table.above[-LINES_ABOVE:], claim.folded], comma):
        named = [at for at in figured if shared_letters(table.head[at], limit) or _same_sign(table.head[at], limit)]
        chosen = named or figured
        if len(chosen) == 1:
            read = [(row, cell, ends) for row, cell in _read(table, chosen[0])]
            yield from _kept(table, chosen[0], limit, read, sure=bool(named))


def _same_sign(head: str, limit: str) -> bool:
    """Whether a head and a limit bear the same short sign of what is measured: ``ΔE``, ``Ra``, ``pH``."""
    return bool(set(_SIGN.findall(head)) & set(_SIGN.findall(limit)))


_SIGN = re.compile(r"(?<![^\W_])(?:[\u0370-\u03ff][a-z]?|ra|rz|ph|cpk|ppm)(?![^\W_])")


def _beside(table: Measured, limited: int, figured: Sequence[int], comma: bool) -> Iterator[Column]:
    """The column of figures beside one of limits: the one called a result, or the only one that can be of them."""
    chosen = [at for at in figured if says(table.head[at], "actual")] or list(figured)
    found: list[Column] = []
    for at in chosen:
        read = []
        for row, cell in _read(table, at):
            limit = row.cells[limited] if limited < len(row.cells) else ""
            ends = ends_of(limit, f"{row.cells[0]} {table.head[at]}", table.head[limited])
            if ends == (None, None):
                ends = _bare(table, at, limited)
            if ends != (None, None) and same_unit(limit, cell):
                read.append((row, cell, ends))
        found += _kept(table, at, table.head[limited], read, sure=False, limited=limited)
    if len(found) == 1:
        yield from found


def _bare(table: Measured, at: int, limited: int) -> Ends:
    """The ends of the one bare figure that a column of limits repeats: the side is that on which most figures lie."""
    cells = {row.cells[limited] for row in table.rows if limited < len(row.cells) and row.cells[limited]}
    end = _value(next(iter(cells))) if len(cells) == 1 else None
    values = [value for _, cell in _read(table, at) if (value := _value(cell)) is not None]
    if end is None or len(values) < LEAST_ROWS:
        return None, None
    under = sum(value <= end for value in values)
    if under >= SURELY * len(values):
        return None, end
    return (end, None) if len(values) - under >= SURELY * len(values) else (None, None)


SURELY = 0.7
"""Part of the figures that lies on one side of a limit that tells no side."""


def _told_limits(lines: Sequence[str], comma: bool) -> Iterator[tuple[str, Ends]]:
    """The limits that lines above a table or a sentence tell in words."""
    seen: set[Ends] = set()
    for line in dict.fromkeys(map(fold, lines)):
        for limit in limits_in(line):
            ends = (None, limit.end) if limit.is_most else (limit.end, None)
            if limit.is_most is not None and ends not in seen:
                seen.add(ends)
                yield limit.told, ends
        for piece in _PIECES.split(line):
            low, high = limits(piece, comma) if _BOUND.search(piece) or "±" in piece else (None, None)
            if low is not None and high is not None and (low, high) not in seen:
                seen.add((low, high))
                yield piece.strip(), (low, high)


def _kept(
    table: Measured, at: int, limit: str, read: Sequence[tuple[TableRow, str, Ends]], *, sure: bool, limited: int = 0
) -> Iterator[Column]:
    """A column whose figures are of the size of their limit and mostly keep it, or are called as it is."""
    near = [one for one in read if _is_near(one[1], one[2])]
    kept = sum(not _misses(cell, ends) for _, cell, ends in near)
    if len(near) >= LEAST_ROWS and len(near) == len(read) and (kept >= MOSTLY * len(near) or (sure and kept)):
        yield Column(table, table.head[at], limit, limited, list(near))


def _read(table: Measured, at: int) -> list[tuple[TableRow, str]]:
    """The figures of a column."""
    return [
        (row, row.cells[at])
        for row in table.rows
        if at < len(row.cells)
        and _FIGURE.fullmatch(row.cells[at])
        and not _DAY.fullmatch(row.cells[at])
        and not says(row.cells[0], "sum")
        and not is_limit_head(row.cells[0])
    ]


def _value(cell: str) -> float | None:
    number = _NUMBER.match(cell)
    found = amount(number[0].strip(), re.search(r"\d,\d{1,2}(?!\d)", cell) is not None) if number else None
    return found.value if found else None


def _misses(cell: str, ends: Ends) -> bool:
    value = _value(cell)
    return value is not None and misses(value, ends)


def _is_near(cell: str, ends: Ends) -> bool:
    value, (low, high) = _value(cell), ends
    if value is not None and low is not None and high is not None:
        return low - WIDTHS * (high - low) <= value <= high + WIDTHS * (high - low)
    return value is not None and any(
        end is not None and (not value or abs(end) / TIMES <= abs(value) <= abs(end) * TIMES) for end in ends
    )


WIDTHS = 3.0
"""Widths of a tolerance beyond it within which a figure is a reading of it, and none of another product."""
