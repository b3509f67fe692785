"""Readings beyond the limits in the head of their column, row by row: whether their own row judges them good, or says nothing of them.

What was done about another row of the sheet is no word on this one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from evidence.bundle import Bundle, is_example
from evidence.facts.limits import limits_of_head
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.text import any_of, fold, phrases
from evidence.flags.row_verdicts import is_verdict
from evidence.flags.told_tables import TableRow, ToldTable, tables_of
from evidence.model import DocumentReport
from evidence.titles import RULES_AND_FORMS

LEAST_READINGS = 4
"""Readings of a column from which most of them show that the limits of its head are theirs."""

MOSTLY = 0.6
"""Part of them that keeps the limits."""

FAR = 3.0
"""Widths of the tolerance (or times the limit) beyond which a figure is no reading of it, but a slip or another thing."""

LEAST_REMARK = 8
"""Letters of a cell that says something; a shorter one is a name, a mark or a verdict."""

LEAST_CODE = 4
"""Signs of the number of a lot or piece by which it is looked for elsewhere."""

MOST_ASKED = 8
"""Readings of a paper that are looked for in all papers of the bundle: where more lie beyond, one of the first is told."""

_NOT_OF_PIECES = (
    "metrics_record",
    "manual",
    "certificate",
    "supplier_evaluation_record",
    "training_record",
    *RULES_AND_FORMS,
)
_REACTION = phrases("readings_flags", "reaction")
_AIMED = any_of(("metrics_flags", "target"), ("series_lines", "aimed"), ("head_limits", "not_of_pieces"))
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CODE = re.compile(rf"(?=\S*\d)[^\s|]{{{LEAST_CODE},24}}")
_DAY = re.compile(r"['’]?\d{1,4}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{1,4}\.\d{1,2}\.\d{2,4}|\d{1,2}:\d{2}")


@dataclass(frozen=True)
class Beyond:
    """A reading beyond the limits of its head, the row it stands in, and whether that row judges it good."""

    document: DocumentReport
    row: TableRow
    head: str
    value: float
    good: bool


def beyond_heads(bundle: Bundle) -> list[Beyond]:
    """The readings beyond the limits in their heads that their rows judge good or leave without a word; asked by two rules."""
    known = bundle.known.get(("beyond heads", ""))
    if known is None:
        known = bundle.known["beyond heads", ""] = list(_beyond(bundle))
    found: list[Beyond] = known
    return found


def _beyond(bundle: Bundle) -> Iterator[Beyond]:
    for document in bundle.read:
        if document.kind in _NOT_OF_PIECES or is_example(document):
            continue
        asked = ((one, told) for told in tables_of(document, _states_limits) for one in _of_table(document, told))
        for one, told in islice(asked, MOST_ASKED):
            if not _is_told_elsewhere(bundle, one, told):
                yield one


def _states_limits(head: Sequence[str]) -> bool:
    return any(_limits(cell, False) for cell in head)


def _limits(head: str, comma: bool) -> tuple[float | None, float | None] | None:
    """The limits that a head states of what is measured on pieces; None where it states none."""
    if not any(map(str.isalpha, head)) or _AIMED.search(head) or _YEARS.search(head):
        return None
    low, high = limits_of_head(head, comma)
    return None if low is None and high is None else (low, high)


def _of_table(document: DocumentReport, told: ToldTable) -> Iterator[Beyond]:
    comma = uses_decimal_comma([cell for row in told.rows for cell in row.cells])
    for index, head in enumerate(told.head):
        ends = _limits(head, comma)
        if ends is None:
            continue
        read = [
            (row, found.value)
            for row in told.rows
            if index < len(row.cells)
            and (found := amount(row.cells[index], comma))
            and not _DAY.fullmatch(row.cells[index])
        ]
        beyond = [(row, value) for row, value in read if not _keeps(ends, value)]
        if len(read) < LEAST_READINGS or len(beyond) > (1 - MOSTLY) * len(read):
            continue
        for row, value in beyond:
            good = _judged(told, row, index)
            if good is not None and row.passage.source != "ocr" and _is_near(ends, value):
                yield Beyond(document, row, head, value, good)


def _keeps(ends: tuple[float | None, float | None], value: float) -> bool:
    low, high = ends
    return (low is None or value >= low) and (high is None or value <= high)


def _is_near(ends: tuple[float | None, float | None], value: float) -> bool:
    """Whether a figure lies so near to the limits that it was read of the same thing."""
    low, high = ends
    if low is not None and high is not None:
        return low - FAR * (high - low) <= value <= high + FAR * (high - low)
    limit = abs(low if low is not None else high or 0.0)
    return limit / FAR <= abs(value) <= limit * FAR


def _judged(told: ToldTable, row: TableRow, index: int) -> bool | None:
    """True where the row of a reading judges it good, False where it says nothing of it, None where it says something."""
    good, kept = False, 0
    for at, cell in enumerate(row.cells):
        if at == index or not any(map(str.isalpha, cell)):
            continue
        if _REACTION.search(cell):
            return None
        if is_verdict(cell):
            good = True
        elif sum(map(str.isalpha, cell)) >= (LEAST_REMARK if cell[:1].isascii() else LEAST_REMARK // 2) and not _names(
            told, at, cell
        ):
            return None
        kept += 1
    return True if good else False if _has_remarks(told, row) else None


def _names(told: ToldTable, at: int, cell: str) -> bool:
    """Whether a cell names what was measured, or who did it: it begins the row, holds a number, or stands in several rows."""
    column = Counter(other.cells[at] for other in told.rows if at < len(other.cells))
    return at < 2 or column[cell] > 1 or _CODE.fullmatch(cell) is not None


def _has_remarks(told: ToldTable, row: TableRow) -> bool:
    """Whether the table has a column of remarks or results, which the row leaves empty."""
    for at, head in enumerate(told.head):
        if _REMARKS.search(head) and (at >= len(row.cells) or not row.cells[at].strip(" -–—/")):
            return True
    return False


_REMARKS = phrases("head_limits", "remarks")


def _is_told_elsewhere(bundle: Bundle, one: Beyond, told: ToldTable) -> bool:
    """Whether another row names the same piece or lot, or another line of the paper or a case tells the reading or the lot and what was done."""
    codes = {
        code
        for cell in one.row.cells
        for code in _CODE.findall(cell)
        if any(map(str.isalpha, code)) and not _DAY.fullmatch(code)
    }
    shared = Counter(code for row in told.rows for code in set(codes) if code in row.line.casefold())
    own = {code for code in codes if shared[code] <= 1 + (code in one.head)}
    figure = re.compile(
        rf"(?<![\d.,]){re.escape(f'{abs(one.value):.10g}').replace(chr(92) + '.', '[.,]')}0*(?![\d.,]*\d)"
    )
    for document in bundle.read:
        for passage in document.passages:
            for line in passage.text.splitlines():
                if line == one.row.line or (document.path == one.document.path and _is_row(line, one)):
                    continue
                folded = fold(line)
                named = any(code in folded for code in own)
                if named and (_REACTION.search(folded) or figure.search(folded)):
                    return True
                if document.path == one.document.path and figure.search(folded) and any(map(str.isalpha, folded)):
                    return True
    return any(shared[code] > 1 for code in own)


def _is_row(line: str, one: Beyond) -> bool:
    return (
        line.count("|") >= LEAST_BARS
        and one.row.line.count("|") >= LEAST_BARS
        and "|" in line
        and not _REACTION.search(fold(line))
    )


LEAST_BARS = 2
