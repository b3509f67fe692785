"""Readings beyond their limits, in the head of their column or elsewhere in their paper, row by row: whether their own row judges them good,
bears the mark that every row bears, or says nothing of them.

What was done about another row of the sheet is no word on this one.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, is_example
from evidence.facts.limits import limits_of_head
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.text import any_of, fold, phrases
from evidence.flags.bare_limits import beyond_bare_limits
from evidence.flags.bounded_columns import FAR, LEAST_READINGS, MOSTLY, bounded_columns, heads_readings, is_day
from evidence.flags.case_of_reading import answered_in_case
from evidence.flags.reading_columns import is_set
from evidence.flags.row_limits import beyond_named_limits
from evidence.flags.row_verdicts import figure_of, is_signed, is_verdict, read_anew_below
from evidence.flags.told_tables import TableRow, ToldTable, tables_of
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS

LEAST_REMARK = 8
"""Letters of a cell that says something; a shorter one is a name, a mark or a verdict."""

LEAST_CODE = 4
"""Signs of the number of a lot or piece by which it is looked for elsewhere."""

MOST_ASKED = 8
"""Readings of a paper that are looked for in all papers of the bundle: where more lie beyond, one of the first is told."""

SURE_OF_SCAN = 3
"""Readings of a table beyond a limit from which it is not one figure that was misread."""

_NOT_OF_PIECES = ("manual", "certificate", "supplier_evaluation_record", "training_record", *RULES_AND_FORMS)
_REACTION = phrases("readings_flags", "reaction")
_JUDGED = phrases("readings_flags", "judged")
_AS_EVER = phrases("readings_flags", "as_ever")
_REMARKS = phrases("head_limits", "remarks")
_NOTHING = phrases("audits_flags", "zero")
_AIMED = any_of(("metrics_flags", "target"), ("series_lines", "aimed"), ("head_limits", "not_of_pieces"))
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CODE = re.compile(rf"(?=\S*\d)[^\s|]{{{LEAST_CODE},24}}")

ROUTINE, GOOD, UNSAID = "routine", "good", ""
"""What a row says of a reading beyond its limit: the mark that every row of a log bears, the verdict of one who looked, or nothing."""


@dataclass(frozen=True)
class Beyond:
    """A reading beyond its limits, the row it stands in, and what that row says of it."""

    document: DocumentReport
    row: TableRow
    head: str
    spec: str
    value: float
    verdict: str


@remembered
def beyond_limits(bundle: Bundle) -> list[Beyond]:
    """The readings beyond their limits that their rows judge good or leave without a word; asked by two rules."""
    return list(_beyond(bundle))


def _beyond(bundle: Bundle) -> Iterator[Beyond]:
    for document in bundle.read:
        if document.kind in _NOT_OF_PIECES or is_example(document):
            continue
        told: set[str] = set()
        asked = itertools.chain(_by_heads(document), _by_places(bundle, document), _in_rows(bundle, document))
        for one, table, lines in itertools.islice(asked, MOST_ASKED):
            if one.row.line not in told and not _is_told_elsewhere(bundle, one, table, lines):
                told.add(one.row.line)
                yield one


def _by_heads(document: DocumentReport) -> Iterator[tuple[Beyond, ToldTable, frozenset[str]]]:
    if document.kind == "metrics_record":
        return
    for told in tables_of(document, _states_limits):
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
                and not is_day(row.cells[index])
            ]
            beyond = [(row, value) for row, value in read if not _keeps(ends, value)]
            if len(read) < LEAST_READINGS or len(beyond) > (1 - MOSTLY) * len(read):
                continue
            lines = frozenset(row.line for row, _ in beyond)
            for row, value in beyond:
                verdict = _judged(document, told, row, {index})
                said = verdict or (UNSAID if verdict == UNSAID and _has_remarks(told, row) else None)
                if said is not None and row.passage.source != "ocr" and _is_near(ends, value):
                    yield Beyond(document, row, head, head, value, said), told, lines


def _by_places(bundle: Bundle, document: DocumentReport) -> Iterator[tuple[Beyond, ToldTable, frozenset[str]]]:
    """Readings beyond limits from elsewhere in their paper; of a scan only where several of a table lie beyond, as one may be misread."""
    columns = bounded_columns(bundle, document)
    for told, group in itertools.groupby(columns, lambda column: column.table):
        found = [(column, *one) for column in group for one in column.beyond()]
        sure = len(found) >= SURE_OF_SCAN
        lines = frozenset(row.line for _, row, _, _ in found)
        if not found or _is_of_periods(document, told):
            continue
        for column, row, value, limit in found:
            verdict = _judged(document, told, row, {other.index for other in columns if other.table is told})
            said = verdict or (UNSAID if verdict == UNSAID and _is_quiet(document, told, column.specs) else None)
            if said is not None and (sure or row.passage.source != "ocr"):
                yield Beyond(document, row, column.head, limit.spec, value, said), told, lines


def _in_rows(bundle: Bundle, document: DocumentReport) -> Iterator[tuple[Beyond, ToldTable, frozenset[str]]]:
    """Results of features in rows, beyond the bare limits beside them or those that another paper tells of their names."""
    if document.kind == "metrics_record":
        return
    found = list(beyond_bare_limits(document)) or list(beyond_named_limits(bundle, document))
    lines = frozenset(one.row.line for one in found)
    for one in found:
        verdict = _judged(document, one.table, one.row, {one.at})
        said = verdict or (UNSAID if verdict == UNSAID and _is_quiet(document, one.table, frozenset()) else None)
        if said is not None and one.row.passage.source != "ocr":
            yield Beyond(document, one.row, one.label, one.spec, one.value, said), one.table, lines


def _is_of_periods(document: DocumentReport, told: ToldTable) -> bool:
    """Whether a table holds figures of months beside what is aimed at: one month beyond it is no reading of a piece."""
    if document.kind != "metrics_record":
        return False
    passages = {row.passage.id for row in told.rows}
    return any(fact.kind == "series" and fact.passage in passages for fact in document.facts)


def _is_quiet(document: DocumentReport, told: ToldTable, specs: frozenset[str]) -> bool:
    """Whether the lines around a table neither react to anything nor judge what was read."""
    return not any(_REACTION.search(line) or _JUDGED.search(line) for line in _around(document, told, specs))


def _around(document: DocumentReport, told: ToldTable, specs: frozenset[str] = frozenset()) -> Iterator[str]:
    """The folded lines around a table that do not state its limits."""
    part = told.rows[0].passage.part
    for _, line in document.lines(part):
        folded = _GREETING.sub(" ", fold(line))
        if line.count("|") < LEAST_BARS and not any(spec in folded for spec in specs):
            yield folded


_GREETING = re.compile(r"good (?:morning|afternoon|evening|day)")


def _states_limits(head: Sequence[str]) -> bool:
    return any(_limits(cell, False) for cell in head)


def _limits(head: str, comma: bool) -> tuple[float | None, float | None] | None:
    """The limits that a head states of what is measured on pieces; None where it states none."""
    if not any(map(str.isalpha, head)) or _AIMED.search(head) or _YEARS.search(head):
        return None
    low, high = limits_of_head(head, comma)
    return None if low is None and high is None else (low, high)


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


def _judged(document: DocumentReport, told: ToldTable, row: TableRow, indexes: set[int]) -> str | None:
    """What the row of a reading says of it: that it is good, as every row does or by itself, or nothing; None where it says something else."""
    verdict = UNSAID
    for at, cell in enumerate(row.cells):
        if at in indexes or not any(map(str.isalpha, cell)) or _NOTHING.fullmatch(cell):
            continue
        if _REACTION.search(cell):
            return None
        if is_verdict(cell) or (_begins_good(cell) and _AS_EVER.search(cell)):
            verdict = verdict or (ROUTINE if _is_routine(document, told, at) else GOOD)
        elif sum(map(str.isalpha, cell)) >= (LEAST_REMARK if cell[:1].isascii() else LEAST_REMARK // 2) and not _names(
            told, at, cell
        ):
            return None
    return verdict


def _is_routine(document: DocumentReport, told: ToldTable, at: int) -> bool:
    """Whether each row of a log of days and lots or loads bears the same mark, under a head that speaks of no decision and with nobody who
    concludes on it: then nobody looked at the one.
    """
    if document.kind == "calibration_record" or at >= len(told.head) or _DECIDED.search(told.head[at]):
        return False
    marks = [row.cells[at] for row in told.rows if at < len(row.cells) and any(map(str.isalpha, row.cells[at]))]
    columns = [[row.cells[index] for row in told.rows if index < len(row.cells)] for index in range(LOG_COLUMNS)]
    naming = [
        column
        for column in columns
        if sum(any(map(str.isdigit, cell)) and not is_figure(cell) for cell in column) * 2 > len(told.rows)
    ]
    loads = sum(len(set(column)) > 1 for column in columns if column in naming)
    alike = len(set(marks)) == 1 and len(marks) >= EVERY * len(told.rows)
    return alike and loads >= LEAST_NAMED and not any(map(_JUDGED.search, _around(document, told)))


_DECIDED = phrases("head_limits", "decided")

EVERY = 0.8
"""Part of the rows that bear a mark that each bears; the rest are totals and days on which nothing ran."""

LEAST_NAMED = 2
"""Columns that name a row of a log: its day, and its lot or load."""


def is_routine_row(document: DocumentReport, line: str) -> bool:
    """Whether a line is the row of a log of which each row bears the same mark that something was good."""
    folded = fold(line)
    for told in tables_of(document, head_of=_heads_log):
        for row in told.rows:
            if fold(row.line) == folded:
                marks = [at for at, cell in enumerate(row.cells) if at and is_verdict(cell)]
                return bool(marks) and all(_is_routine(document, told, at) for at in marks)
    return False


def passes_every_row(document: DocumentReport, line: str) -> bool:
    """Whether a line is the row of a table of which each row is judged good: whoever concluded on it did so as ever. Where each row has
    a limit of its own, as gauges and tests of one piece have, its verdict is one on it alone.
    """
    folded = fold(line)
    for told in tables_of(document, head_of=_heads_log):
        if any(fold(row.line) == folded for row in told.rows):
            if any(map(is_set, told.head)):
                return False
            own = next(row for row in told.rows if fold(row.line) == folded)
            marks = [at for at, cell in enumerate(own.cells) if at and _begins_good(cell)]
            columns = [[row.cells[at] for row in told.rows if at < len(row.cells) and row.cells[at]] for at in marks]
            return any(len(cells) >= LEAST_READINGS and all(map(_begins_good, cells)) for cells in columns)
    return False


def _heads_log(cells: list[str]) -> bool:
    """Whether cells head the columns of a log, bare numbers of its pieces among them: ``Day | Lot | 1 | 2 | 3 | Result``."""
    bare = [cell for cell in cells if cell.isdecimal()]
    if len(bare) < LEAST_NAMED or bare != [str(number) for number in range(1, len(bare) + 1)]:
        return heads_readings(cells)
    return not any(map(is_verdict, cells)) and heads_readings([f"#{cell}." if cell in bare else cell for cell in cells])


def _begins_good(cell: str) -> bool:
    """Whether a cell is a good verdict, or one behind which stands where the goods went: ``passed, to stock``."""
    return is_verdict(cell) or is_verdict(_FIRST_PIECE.split(cell)[0]) or is_signed(cell)


_FIRST_PIECE = re.compile(r"[,，、;；.] ?|\s[-–]\s")

LOG_COLUMNS = 4
"""Columns at the beginning of a row in which its day, lot or load stands."""


def is_figure(cell: str) -> bool:
    """Whether a cell is a reading or a count and names nothing."""
    return not is_day(cell) and amount(cell) is not None


def _names(told: ToldTable, at: int, cell: str) -> bool:
    """Whether a cell names what was measured, or who did it: it begins the row, holds a number, or stands in several rows."""
    column = Counter(other.cells[at] for other in told.rows if at < len(other.cells))
    return at < 2 or column[cell] > 1 or _CODE.fullmatch(cell) is not None


def _has_remarks(told: ToldTable, row: TableRow) -> bool:
    """Whether the table has a column of remarks or results, which the row leaves empty."""
    for at, head in enumerate(told.head):
        if _REMARKS.search(head) and (at >= len(row.cells) or not _NOTHING.sub("", row.cells[at]).strip(" -–—/")):
            return True
    return False


def _is_told_elsewhere(bundle: Bundle, one: Beyond, told: ToldTable, beyond: frozenset[str]) -> bool:
    """Whether another row names the same piece or lot, or another line of the paper or a case tells the reading or the lot and what was done;
    ``beyond`` are the lines of all readings beyond the limit.
    """
    codes = {
        code
        for cell in one.row.cells
        for code in _CODE.findall(cell)
        if (any(map(str.isalpha, code)) or _NUMBERED.fullmatch(code)) and not is_day(code)
    }
    bearing = {code: [row.line for row in told.rows if code in fold(row.line)] for code in codes}
    own = {code for code, lines in bearing.items() if len(lines) <= 1 + (code in one.head) or beyond.issuperset(lines)}
    figure = figure_of(one.value)
    for document in bundle.read:
        for passage in document.passages:
            for line in passage.text.splitlines():
                if line in beyond or (document.path == one.document.path and _is_row(line, one)):
                    continue
                folded = fold(line)
                named = any(code in folded for code in own)
                if named and (_REACTION.search(folded) or figure.search(folded)):
                    return True
                own_paper = document.path == one.document.path
                if own_paper and figure.search(folded) and any(map(str.isalpha, folded)):
                    return True
                if own_paper and named and line.count("|") < LEAST_BARS and _tells(folded):
                    return True  # ``ND-47 was dried again``
    if read_anew_below([row.line for row in told.rows], one.value) or answered_in_case(
        bundle, one.document, ({}, one.value)
    ):
        return True
    again = (line for lines in bearing.values() if 2 * len(lines) <= len(told.rows) for line in lines)
    if any(line not in beyond and _REACTION.search(fold(line)) for line in again):
        return True  # ``2641-B after new punch, first 640 cut off and scrapped`` below 2641-B
    return any(len(bearing[code]) > 1 and not beyond.issuperset(bearing[code]) for code in own)


def _tells(folded: str) -> bool:
    """Whether a line on a lot says what was done, and not that it went on or was good."""
    good = _AS_EVER.search(folded) or _JUDGED.search(folded) or _RELEASED.search(folded)
    return sum(map(str.isalpha, folded)) >= LEAST_TOLD and not good


LEAST_TOLD = 12
"""Letters of a line that tells what came of a lot."""

_RELEASED = phrases("readings_flags", "released")
_NUMBERED = re.compile(r"\d{2,4}[-/]\d{3,6}")
"""The number of a lot without letters: ``26-2226``."""


def _is_row(line: str, one: Beyond) -> bool:
    return line.count("|") >= LEAST_BARS and one.row.line.count("|") >= LEAST_BARS and not _REACTION.search(fold(line))


LEAST_BARS = 2
