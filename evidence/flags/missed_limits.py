"""Figures that miss what is asked of them: ``≤ 2 % | 2.9 % | achieved``; whether they are said to meet it ``said_met`` judges.

A row is held against the limit in its own cells, or against a row of limits of the columns above it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.facts.indicators import WHOLE, measure_of, says
from evidence.facts.limit_columns import named
from evidence.facts.limits import limits
from evidence.facts.numbers import amount
from evidence.facts.text import late, phrases
from evidence.flags.crowded_columns import Limit, lone_limits, told_above
from evidence.flags.row_verdicts import is_verdict
from evidence.flags.told_tables import TableRow, ToldTable, tables_of
from evidence.flags.trends import NOT
from evidence.model import DocumentReport

_STATUS, _MISSED, _LIMIT_ROW, _ASIDE, _MOST, _LEAST = (
    phrases("said_met", name) for name in ("status", "missed", "limit_row", "aside", "most", "least")
)
_TARGET, _REACTION = phrases("metrics_flags", "target"), phrases("readings_flags", "reaction")
LONGEST_CELL = 24
"""Letters of a cell that holds a figure, a limit or a verdict and tells nothing else."""

LONGEST_REMARK = 40
"""Letters of a cell from which it says what was done."""

SCALE = 50
"""Times a limit, or parts of it, within which a figure can be a result of it."""

Ends = tuple[float | None, float | None]


@dataclass(frozen=True)
class Missed:
    """A figure that misses its limit: the row, its name, the figure and the limit as written, and the verdict in the row."""

    row: TableRow
    label: str
    value: str
    limit: str
    verdict: str
    is_whole: bool = False
    """Whether the row sums up or averages all that its table tells."""


def missed_in(document: DocumentReport) -> Iterator[Missed]:
    """The figures of a document's tables that miss their limit."""
    for table in tables_of(document, _fits):
        rows = [row for row in table.rows if row.cells]
        yield from _by_limit_row(table, rows)
        at = _limit_column(table)
        if at is None:
            yield from _by_told_limit(document, table, rows)
            continue
        before = _readings_before(table, rows, at)
        missed = [found for row in rows if (found := _missed(table, row, at, before))]
        if not _is_of_column_before(table, at, missed):
            yield from missed


def _fits(cells: list[str]) -> bool:
    """Whether a row of words heads a table of results: it names a limit or target, or a verdict, or what was found."""
    return any(is_limit_head(cell) or says(cell, "actual") or _VERDICT.search(cell) for cell in cells) or not any(
        is_verdict(cell) or _STATUS.fullmatch(cell) for cell in cells
    )


_VERDICT = phrases("accepted_counts", "verdict")


def is_limit_head(cell: str) -> bool:
    """Whether a head names a limit or target."""
    return 0 < len(cell) <= LONGEST_REMARK and (
        _TARGET.search(cell) is not None
        or named("inspection", "spec", cell)
        or named("inspection", "bound", cell)
        or named("calibration", "permitted", cell)
    )


def _limit_column(table: ToldTable) -> int | None:
    """The one column whose head names a limit or target and whose cells hold one, behind what it is of."""
    found = [
        at
        for at, head in enumerate(table.head)
        if at
        and is_limit_head(head)
        and not says(head, "actual")
        and any(ends_of(row.cells[at], "", head) != (None, None) for row in table.rows if len(row.cells) > at)
    ]
    return found[0] if len(found) == 1 else None


def ends_of(cell: str, label: str, head: str) -> Ends:
    """The ends of a limit as its cell writes it; of a bare figure the side on which the measure is better, or that its head names."""
    if not 0 < len(cell) <= LONGEST_REMARK or not any(map(str.isdigit, cell)) or _DAY.search(cell):
        return None, None
    comma = _COMMA.search(cell) is not None
    low, high = limits(cell, comma)
    if low is not None or high is not None:
        return low, high
    for words, is_most in ((_MOST, True), (_LEAST, False)):
        if (match := words.match(cell)) and (end := amount(_UNITS.sub("", cell[match.end() :].strip(" :=")), comma)):
            return (None, end.value) if is_most else (end.value, None)
    found = amount(_UNITS.sub("", cell), comma)
    if found is None:
        return None, None
    if named("inspection", "high", head) != named("inspection", "low", head):
        return (None, found.value) if named("inspection", "high", head) else (found.value, None)
    measure = measure_of(label)
    if measure is None or measure.better not in ("lower", "higher"):
        return None, None
    return (None, found.value) if measure.better == "lower" else (found.value, None)


_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")
_DAY = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}")
_UNITS = late(r"(?<=\d)\s?(?:%|‰|[^\W\d_]{1,8}(?:\s?/\s?[^\W\d_]{1,8})?)$")


def _missed(table: ToldTable, row: TableRow, at: int, before: Sequence[int] = ()) -> Missed | None:
    cells, head = row.cells, table.head
    if len(cells) <= at or any(sum(map(str.isalpha, cell)) > LONGEST_REMARK for cell in cells[at + 1 :]):
        return None
    label = next((cell for cell in cells[:at] if sum(map(str.isalpha, cell)) > 1), "")
    low, high = ends_of(cells[at], label, head[at])
    if not label or (low is None and high is None) or _REACTION.search(" | ".join(cells[at + 1 :])):
        return None
    if _MISSED.search(" | ".join(cells[at + 1 :])):
        return None
    verdict = next((cell for cell in reversed(cells[at + 1 :]) if _is_good(cell)), "")
    until = len(cells) - 1 - cells[::-1].index(verdict) if verdict else len(cells)
    places = [n for n in range(at + 1, min(until, len(head))) if _is_figure(cells[n]) and not _ASIDE.fullmatch(head[n])]
    if not places:
        places = [n for n in range(at) if n and _is_figure(cells[n]) and says(head[n], "actual")]
    if not places and verdict:
        beyond = [n for n in before if _is_figure(cells[n]) and _is_beyond(cells[n], (low, high))]
        return Missed(row, label, cells[beyond[0]], cells[at], verdict) if beyond else None
    chosen = [n for n in places if says(head[n], "actual")] or [n for n in places if says(head[n], "mean")] or places
    if len(places) > MOST_RESULTS and not (says(head[chosen[0]], "actual") or says(head[chosen[0]], "mean")):
        return None  # figures of months, of which one may miss
    if not chosen:
        return None
    years = {n: max(found) for n in chosen if (found := [int(year) for year in _YEAR.findall(head[n])])}
    place = chosen[-1] if len(chosen) == len(places) else chosen[0]
    place = max(years, key=lambda n: years[n]) if years and len(years) == len(chosen) else place
    value = value_of(cells[place])
    if value is None or not misses(value, (low, high)) or not same_unit(cells[at], cells[place]):
        return None
    return Missed(row, label, cells[place], cells[at], verdict)


def _readings_before(table: ToldTable, rows: Sequence[TableRow], at: int) -> list[int]:
    """The columns of figures before a limit that are of it: most of theirs keep it in their own row, ``Error | Error | Permitted``."""
    found = []
    for n in range(1, at):
        read = [row for row in rows if len(row.cells) > at and _is_figure(row.cells[n])]
        kept = [row for row in read if not _is_beyond(row.cells[n], ends_of(row.cells[at], "", table.head[at]))]
        apart = len({row.cells[n] for row in read}) > 1 and not _ASIDE.fullmatch(table.head[n])
        sized = [row for row in kept if _is_of_size(row.cells[n], ends_of(row.cells[at], "", table.head[at]))]
        if apart and len(kept) > 1 and len(sized) * 2 > len(read) and not is_limit_head(table.head[n]):
            found.append(n)
    return found


def _is_beyond(cell: str, ends: Ends) -> bool:
    value = value_of(cell)
    return value is not None and misses(value, ends)


def _is_of_size(cell: str, ends: Ends) -> bool:
    """Whether a figure can be a reading of a limit: nothing at all, or of its size."""
    value = value_of(cell)
    return value is not None and any(
        end is not None and (not value or abs(end) / SCALE <= abs(value) <= abs(end) * SCALE) for end in ends
    )


def _is_of_column_before(table: ToldTable, at: int, missed: Sequence[Missed]) -> bool:
    """Whether limits are those of the column right before them, ``Gloss | Spec | Gel time``: its figures mostly keep them, and those
    behind them, which are another's, mostly do not.
    """
    if at < LEAST_BEFORE or _ASIDE.fullmatch(table.head[at - 1]):
        return False
    rows = [row for row in table.rows if len(row.cells) > at and _is_figure(row.cells[at - 1])]
    ends = [(row, found) for row in rows if (found := ends_of(row.cells[at], "", table.head[at])) != (None, None)]
    kept = [row for row, found in ends if (value := value_of(row.cells[at - 1])) is not None and _keeps(value, found)]
    beyond = {row.line for row in kept} & {one.row.line for one in missed}
    return len(kept) > 1 and len(kept) * 2 > len(ends) and len(beyond) * 2 > len(kept)


def _keeps(value: float, ends: Ends) -> bool:
    low, high = ends
    return (low is None or value >= low) and (high is None or value <= high)


LEAST_BEFORE = 2
"""Place of a limit from which a column of figures can stand between it and the name of its row."""


_YEAR = re.compile(r"(?<!\d)(?:20|25)\d\d(?!\d)")
MOST_RESULTS = 2
"""Results of a row of which the last one counts: those of last year and of this one."""


def _is_figure(cell: str) -> bool:
    return len(cell) <= LONGEST_CELL and _FIGURE.fullmatch(cell) is not None


_FIGURE = late(
    r"[-+]?\d{1,3}(?:[ ,.]?\d{3})*(?:[.,]\d{1,4})?\s?(?:%|‰|[^\W\d_]{1,10}\.?(?:\s?/\s?[^\W\d_]{1,8}[²³]?)?)?"
)


def value_of(cell: str) -> float | None:
    """The figure of a cell without its unit."""
    found = amount(_UNITS.sub("", cell), _COMMA.search(cell) is not None)
    return found.value if found else None


def same_unit(limit: str, value: str) -> bool:
    """Whether a limit and a figure can be of the same unit: a share against a share, a rate of a million against another."""
    signs = [{sign for sign in ("%", "ppm", "‰") if sign in cell} for cell in (limit, value)]
    return not (signs[0] and signs[1] and signs[0] != signs[1])


def misses(value: float, ends: Ends) -> bool:
    """Whether a figure of the size of a limit lies beyond it, by more than a rounding."""
    low, high = ends
    for end in (low, high):
        if end and not abs(end) / SCALE <= abs(value) <= abs(end) * SCALE and value:
            return False
    slack = ROUNDED * max(abs(low or 0.0), abs(high or 0.0)) + 1e-9
    return (low is not None and value < low - slack) or (high is not None and value > high + slack)


ROUNDED = 0.001
"""Share of a limit by which a figure misses it that a rounding can be."""


def _is_good(cell: str) -> bool:
    """Whether a cell is a verdict and a good one, in words or by a sign."""
    bare = cell.strip(" .!()[]")
    if not bare or len(bare) > LONGEST_CELL or _MISSED.search(bare) or NOT.search(bare):
        return False
    if bare in GOOD_SIGNS:
        return True
    match = _STATUS.search(bare)
    return is_verdict(bare) or (match is not None and 2 * len(match[0]) >= len(bare))


GOOD_SIGNS = frozenset("✓✔√○◯〇☑v") | {"🟢", "☺", "😊"}
"""Signs that stand for a good verdict."""


def _by_limit_row(table: ToldTable, rows: Sequence[TableRow]) -> Iterator[Missed]:
    """The figures of columns beyond the limit that a row of the same table tells for each: ``Acceptance | 90 min | 0.75 min``."""
    if any(is_limit_head(head) for head in table.head[1:]):
        return
    found = [row for row in rows if 0 < len(row.cells[0]) <= LONGEST_REMARK and _names_limits(row.cells[0])]
    if len(found) != 1:
        return
    limited = found[0]
    for row in rows:
        if row is limited or len(row.cells) != len(limited.cells) or not row.cells[0]:
            continue
        told = " | ".join(row.cells)
        if _REACTION.search(told) or _MISSED.search(told) or says(row.cells[0], "sum"):
            continue
        verdict = next((cell for cell in reversed(row.cells[1:]) if _is_good(cell)), "")
        for at in range(1, min(len(row.cells), len(table.head))):
            head = table.head[at]
            ends = ends_of(limited.cells[at], head, limited.cells[0])
            value = value_of(row.cells[at]) if _is_figure(row.cells[at]) else None
            if value is not None and head and misses(value, ends) and same_unit(limited.cells[at], row.cells[at]):
                yield Missed(row, f"{head} {row.cells[0]}", row.cells[at], limited.cells[at], verdict)


def _by_told_limit(document: DocumentReport, table: ToldTable, rows: Sequence[TableRow]) -> Iterator[Missed]:
    """The rows whose figure misses the one limit that a head or a line above the table tells, and whose own cell is a good verdict."""
    headed = [limit for head in table.head for limit in lone_limits(head)]
    told = [limit for limit in headed or told_above(document, table) if limit.is_most is not None]
    if len(told) != 1:
        return
    limit = told[0]
    if not headed:
        yield from _whole_rows(table, rows, limit)
    own = [at for at, head in enumerate(table.head) if limit in lone_limits(head) and _holds_figures(rows, at)]
    ends = (None, limit.end) if limit.is_most else (limit.end, None)
    found: dict[int, list[tuple[TableRow, float]]] = {}
    for row in rows:
        for at in own or range(1, min(len(row.cells), len(table.head))):
            value = value_of(row.cells[at]) if 0 < at < len(row.cells) and _is_figure(row.cells[at]) else None
            united = value is None or "%" not in limit.told or "%" in row.cells[at] or "%" in table.head[at]
            if value is not None and united and limit.end / TIMES <= abs(value) <= limit.end * TIMES:
                found.setdefault(at, []).append((row, value))
    columns = [
        at for at, read in found.items() if len(read) * 3 >= len(rows) * 2 and not _ASIDE.fullmatch(table.head[at])
    ]
    if len(columns) != 1:
        return
    read = found[columns[0]]
    inside = sum(not misses(value, ends) for _, value in read)
    if not inside or (not headed and inside * 2 < len(read)):
        return
    for row, value in read:
        behind = row.cells[columns[0] + 1 :]
        told_so = " | ".join(behind)
        verdict = next((cell for cell in reversed(behind) if _is_good(cell)), "")
        if verdict and misses(value, ends) and not _REACTION.search(told_so) and not _MISSED.search(told_so):
            yield Missed(row, row.cells[0], row.cells[columns[0]], limit.told, verdict)


def _whole_rows(table: ToldTable, rows: Sequence[TableRow], limit: Limit) -> Iterator[Missed]:
    """The row that sums up a table, whose last figure misses the limit told above it."""
    ends = (None, limit.end) if limit.is_most else (limit.end, None)
    for row in rows[-MOST_WHOLE:]:
        figures = [at for at in range(1, min(len(row.cells), len(table.head))) if _is_figure(row.cells[at])]
        if not figures or not (says(row.cells[0], "mean") or says(row.cells[0], "sum")):
            continue
        cell, head = row.cells[figures[-1]], table.head[figures[-1]]
        value = value_of(cell)
        near = value is not None and limit.end / TIMES <= abs(value) <= limit.end * TIMES
        share = "%" not in limit.told or "%" in f"{cell} {head}" or all(_is_share(row.cells[at]) for at in figures)
        if value is not None and near and share and misses(value, ends) and not _MISSED.search(" | ".join(row.cells)):
            yield Missed(row, row.cells[0], cell, limit.told, "", is_whole=True)


def _is_share(cell: str) -> bool:
    value = value_of(cell)
    return value is not None and value <= WHOLE and not any(map(str.isalpha, cell))


MOST_WHOLE = 3
"""Rows at the end of a table among which the one that sums it up stands."""


def _holds_figures(rows: Sequence[TableRow], at: int) -> bool:
    """Whether most cells of a column hold a figure or several: a limit in its head is of it, and of another column only above verdicts."""
    cells = [row.cells[at] for row in rows if len(row.cells) > at]
    return sum(any(map(str.isdigit, cell)) for cell in cells) * 2 > len(cells)


TIMES = 10
"""Times a told limit, or parts of it, within which figures of a column can be of it."""


def _names_limits(cell: str) -> bool:
    match = _LIMIT_ROW.search(cell)
    return match is not None and 2 * len(match[0]) >= len(cell)
