"""Sentences that all of something went well, above a table in which all did but in one row: ``all deliveries were on time`` and 28 of 31.

Nothing need be known of what is counted: a column of parts equals the column of the whole in most rows, or is 100 % in most, and the
sentence names it. What it says of all must then hold for every row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.indicators import WHOLE, says
from evidence.facts.numbers import amount
from evidence.facts.text import any_of, fold, lettered, phrases
from evidence.flags.kept_by_all import LONGEST_REMARK
from evidence.flags.measured_tables import Measured, measured_tables
from evidence.flags.moved_series import period_of
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import TableRow, sentences
from evidence.flags.told_ways import shared_letters
from evidence.flags.trends import AHEAD, CLAUSES, NOT, OF_HOW_MANY
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

LEAST_ROWS = 3
"""Rows of a table of which a sentence over all can be told."""

MOSTLY = 0.6
"""Part of the rows in which the part is the whole."""

LEAST_NAMED = 3
"""Letters of a head that a sentence repeats where it speaks of the column."""

LONGEST_CLAIM = 240
"""Letters of a sentence over all."""


_ALL, _OTHERS, _EXCEPT, _SET, _MISSED = (
    phrases("said_met", name) for name in ("all", "others", "except", "set", "missed")
)
_REACTION = phrases("readings_flags", "reaction")
_ASIDE = any_of(("kept_by_all", "things"), ("metrics_flags", "neutral"), ("told_ways", "it"), ("told_by_name", "light"))
_BEFORE = phrases("told_spans", "year_before")
_FULL = re.compile(r"(?<![\d.,])100(?:[.,]0{1,2})?\s?%|%\s?100(?![\d.,])")
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?%?")
_COUNT = re.compile(r"\d{1,3}(?:[ ,.]?\d{3})*")


@dataclass(frozen=True)
class Part:
    """A column of parts with the rows in which it is less than the whole, and what it is called."""

    table: Measured
    head: str
    less: Sequence[tuple[TableRow, str]]


def all_of_them(bundle: Bundle) -> Iterator[Finding]:
    """The first row of each paper that a sentence over all leaves out."""
    for document in bundle.read:
        if is_example(document) or document.kind in (*RULES_AND_FORMS, "manual", "certificate"):
            continue
        told = [(passage, text, fold(text)) for passage, text in sentences(document)]
        claims = [one for one in told if _claims(one[2])]
        parts = list(_parts(document)) if claims else []
        found = next((found for claim in claims if (found := _against(claim, parts, told))), None) if parts else None
        if found:
            claim, part, row, cell = found
            what = f"'{part.head[:40]}' of '{row.cells[0][:40]}' is {cell}, and it is said of all"
            places = (cite(document, row.passage, row.line), cite(document, claim[0], claim[1]))
            yield Finding({"name": name_of(document.path), "what": what}, places)


Told = tuple[Passage, str, str]


def _claims(folded: str) -> bool:
    """Whether a sentence says something of all and nothing of a part, of what is planned or of another year."""
    if len(folded) > LONGEST_CLAIM or not _ALL.search(folded) or _EXCEPT.search(folded) or _BEFORE.search(folded):
        return False
    if _OTHERS.search(folded) or OF_HOW_MANY.search(folded) or _MISSED.search(folded):
        return False
    return any(not NOT.search(clause) and not AHEAD.search(_SET.sub(" ", clause)) for clause in _clauses_of_all(folded))


def _clauses_of_all(folded: str) -> Iterator[str]:
    yield from (clause for clause in CLAUSES.split(folded) if _ALL.search(clause))


def _against(claim: Told, parts: Sequence[Part], told: Sequence[Told]) -> tuple[Told, Part, TableRow, str] | None:
    """The row that a sentence over all leaves out of a column that it names, by its head or as 100 % of all that its table is of."""
    passage, text, folded = claim
    clauses = " ".join(clause for clause in _clauses_of_all(folded) if not NOT.search(clause))
    full = _FULL.search(clauses) is not None
    for part in parts:
        figures = [one for one in _COUNT.findall(_FULL.sub(" ", clauses)) if one != str(len(part.table.rows))]
        if part.table.part != passage.part or len(figures) > MOST_FIGURES:
            continue
        named = shared_letters(part.head, clauses) >= LEAST_NAMED and (full or _says_nothing_else(part.table, clauses))
        titled = full and shared_letters(part.table.title, folded) >= LEAST_NAMED
        if (named or titled) and not any(_is_answered(part, row, cell, text, told) for row, cell in part.less):
            return claim, part, *part.less[0]
    return None


def _says_nothing_else(table: Measured, clauses: str) -> bool:
    """Whether a clause over all has hardly a word beside those of the heads and titles of its table: ``all deliveries were on time``, and
    not how they are looked at.
    """
    names = " ".join((*table.head, *table.above))
    rest = _ASIDE.sub(" ", _ALL.sub(" ", clauses))
    latin = [
        word for word in re.findall(r"[a-z\u00c0-\u024f\u1e00-\u1eff]{3,}", rest) if word[:LEAST_STEM] not in names
    ]
    wide = [sign for sign in rest if sign >= "\u0e00" and sign.isalpha() and sign not in names]
    return sum(map(len, latin)) <= LEFT_LATIN and len(wide) <= LEFT_WIDE


LEAST_STEM, LEFT_LATIN, LEFT_WIDE = 5, 10, 6
"""Letters by which a word is of a head, and those of other words that a clause over all may have, in scripts with blanks and without."""

MOST_FIGURES = 2
"""Figures of a sentence over all beside that of its rows: its quarter and its year."""


def _is_answered(part: Part, row: TableRow, cell: str, claim: str, told: Sequence[Told]) -> bool:
    """Whether the row says something of its own, or a sentence names it or its figure."""
    for other in row.cells[1:]:
        letters = sum(map(str.isalpha, other)) * (1 if other[:1].isascii() else 2)
        if _REACTION.search(other) or (
            letters >= LONGEST_REMARK and sum(other in r.cells for r in part.table.rows) == 1
        ):
            return True
    name, rows = row.cells[0], {one.line for one in part.table.rows}
    figure = re.compile(rf"(?<![\d.,]){re.escape(cell.strip(' %'))}(?![\d.,]*\d)")
    return any(
        text != claim
        and text not in rows
        and (
            (len(name) >= LEAST_NAMED and name in folded and not period_of(name))
            or figure.search(folded)
            or _MISSED.search(folded)
        )
        for _, text, folded in told
    )


def _parts(document: DocumentReport) -> Iterator[Part]:
    for table in measured_tables(document):
        if len(table.rows) < LEAST_ROWS or table.sources:
            continue
        rows = [row for row in table.rows if not says(row.cells[0], "sum") and lettered(row.cells[0])]
        columns = [
            at for at in range(1, len(table.head)) if lettered(table.head[at]) and not says(table.head[at], "target")
        ]
        yield from _shares(table, rows, columns)
        yield from _counts(table, rows, columns)


def _shares(table: Measured, rows: Sequence[TableRow], columns: Sequence[int]) -> Iterator[Part]:
    """Columns of shares that are 100 % in most rows."""
    for at in columns:
        cells = [(row, row.cells[at]) for row in rows if at < len(row.cells) and row.cells[at]]
        values = [float(match[1].replace(",", ".")) for _, cell in cells if (match := _SHARE.fullmatch(cell))]
        if len(values) < max(LEAST_ROWS, len(rows)) or not (
            "%" in table.head[at] or any("%" in cell for _, cell in cells)
        ):
            continue
        less = [one for one, value in zip(cells, values, strict=True) if value < WHOLE]
        if max(values) == WHOLE and less and len(less) <= (1 - MOSTLY) * len(values):
            yield Part(table, table.head[at], less)


def _counts(table: Measured, rows: Sequence[TableRow], columns: Sequence[int]) -> Iterator[Part]:
    """Columns of counts that are those of the column before in most rows and never more."""
    for at in columns:
        pairs = [(row, _count(row, at - 1), _count(row, at)) for row in rows]
        if (
            at - 1 not in columns
            or len(rows) < LEAST_ROWS
            or any(whole is None or part is None for _, whole, part in pairs)
        ):
            continue
        less = [(row, row.cells[at]) for row, whole, part in pairs if (part or 0) < (whole or 0)]
        more = any((part or 0) > (whole or 0) for _, whole, part in pairs)
        if less and not more and len(less) <= (1 - MOSTLY) * len(pairs) and len({whole for _, whole, _ in pairs}) > 1:
            yield Part(table, table.head[at], less)


def _count(row: TableRow, at: int) -> float | None:
    cell = row.cells[at] if at < len(row.cells) else ""
    found = amount(cell) if _COUNT.fullmatch(cell) else None
    return found.value if found else None
