"""Rows that bear their own verdict: what was done with another lot of the sheet is no word on this one."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Item
from evidence.facts.text import fold, late, phrases
from evidence.flags.sheets import is_workbook
from evidence.model import DocumentReport
from evidence.numbered_rows import FOLLOWED, form_of

LEAST_CELLS = 3
"""Cells of a row: what was looked at, what was read, and the verdict."""

LONGEST_VERDICT = 24
"""Letters of a verdict that says nothing of sorting or a concession."""

_GOOD, _RELEASED, _REACTION, _NOT = (
    phrases(*name)
    for name in (
        ("readings_flags", "judged"),
        ("readings_flags", "released"),
        ("readings_flags", "reaction"),
        ("accepted_counts", "not_passed"),
    )
)

Outside = Sequence[tuple[Mapping[str, Any], float]]
"""Readings outside their limits, each with the feature it is of."""


def judged_good_in_row(document: DocumentReport, outside: Outside) -> tuple[Mapping[str, Any], float, str] | None:
    """The first reading outside its limits whose row is judged good and says nothing else, with that row."""
    for row, value in outside:
        for line in _rows_of(document, row, value):
            cells = [cell.strip() for cell in line.split("|")]
            if _REACTION.search(fold(line)) or any(_is_remark(cell) for cell in cells[1:] if row["spec"] not in cell):
                continue
            if any(
                is_verdict(fold(cell)) or _is_signed(document, at, fold(cell)) for at, cell in enumerate(cells) if at
            ):
                return row, value, line
    return None


def _is_signed(document: DocumentReport, place: int, cell: str) -> bool:
    """Whether a cell is a verdict with the name of who gave it behind, who gave others in the column too: ``OK Tuan``."""
    if not is_signed(cell):
        return False
    who = cell.partition(" ")[2]
    lines = (line for _, line in document.lines())
    column = [fold(cells[place]).strip() for line in lines if len(cells := line.split("|")) > place]
    return sum(other.endswith(who) and is_signed(other) for other in column) > 1


def is_signed(cell: str) -> bool:
    """Whether a folded cell is a verdict with a word or two behind it that can be a name."""
    mark, _, who = cell.partition(" ")
    return is_verdict(mark) and _NAME.fullmatch(who) is not None and not _REACTION.search(who) and not _NOT.search(who)


_NAME = re.compile(r"[^\W\d_]{2,12}(?:\.?\s[^\W\d_]{1,12}\.?)?")


def _rows_of(document: DocumentReport, row: Mapping[str, Any], value: float) -> Iterator[str]:
    """The one row in which a reading stands, among others of its feature that stand in rows of their own, or in its cell as a sample."""
    figure = figure_of(value)
    found = [
        line
        for _, line in document.lines()
        if line.count("|") >= LEAST_CELLS - 1 and any(figure.search(cell) for cell in line.split("|")[1:])
    ]
    others = [other for other in row["values"] if other != value]
    if len(found) == 1:
        shared = not _SEVERAL_LIMITS.search(row["spec"])
        beside = "|".join(cell for cell in found[0].split("|") if not (shared and figure.search(cell)))
        if not any(_holds(beside, other) for other in others[:MOST_OTHERS]):
            yield found[0]


_SEVERAL_LIMITS = re.compile(r"\d\s?/\s?\d")
"""Limits of several features in one head, ``Major / minor (max 7 / 10)``: the readings of a cell are of one each."""


def rows_of_others(document: DocumentReport, one: tuple[Mapping[str, Any], float]) -> frozenset[str]:
    """The rows with the other readings of a feature of which each stands in a row of its own: ``OK`` in one is no verdict on another."""
    row, value = one
    own = next(_rows_of(document, row, value), None)
    if own is None:
        return frozenset()
    others = {other for other in row["values"] if other != value}
    lines = [line for _, line in document.lines()]
    return frozenset(line for other in others for line in rows_of_value(lines, other) if line != own)


def read_anew_below(lines: Sequence[str], value: float) -> bool:
    """Whether the row right below a reading names no piece of its own and tells in words, where that row has figures or nothing, what was
    done: `` | | | re-aged 3 h: 259``. Below a day that stands for several rows the words are the name of the next feature, as above it.
    """
    figure = figure_of(value)
    for line, below in itertools.pairwise(lines):
        cells, told = line.split("|"), below.split("|")
        if len(cells) < LEAST_CELLS or not cells[0].strip() or not any(map(figure.search, cells[1:])):
            continue
        place = next((at for at, cell in enumerate(told) if cell.strip()), 0)
        above = cells[place] if place < len(cells) else ""
        words = sum(map(str.isalpha, told[place])) >= least_of(told[place]) and not is_verdict(fold(told[place]))
        if place and words and not any(map(str.isalpha, above)):
            return True
    return False


def least_of(cell: str) -> int:
    """Letters of a remark, fewer where a sign is a word; with less it is a name or a verdict."""
    return LEAST_REMARK if cell.strip()[:1].isascii() else LEAST_REMARK // 2


LEAST_REMARK = 6


MOST_OTHERS = 8
"""Other readings of a feature that are looked for in a row: where two stand in it, readings run along it."""


def _holds(line: str, value: float) -> bool:
    return figure_of(value).search(line) is not None


def is_verdict(cell: str) -> bool:
    """Whether a folded cell says that something was good or is released, and nothing else."""
    if not 0 < len(cell) <= LONGEST_VERDICT or _NOT.search(cell):
        return False
    return any((match := words.search(cell)) and 2 * len(match[0]) >= len(cell) for words in (_GOOD, _RELEASED))


LONGEST_NAME = 40
"""Letters of a cell that can be the name of a part or of who looked; a longer one says something."""


def _is_remark(cell: str) -> bool:
    return sum(map(str.isalpha, cell)) > LONGEST_NAME


def other_lots(document: DocumentReport, one: tuple[Mapping[str, Any], float]) -> frozenset[str]:
    """The rows of a paper that speak of other lots than the one to which a reading outside its limits belongs: each names a number built
    like that of its lot, and not its own. None where the rows of readings name no lot.
    """
    lines = [line for _, line in document.lines()]
    _, value = one
    own = {code for line in rows_of_value(lines, value) for code in _codes(line)}
    if not own:
        return frozenset()
    forms = {form_of(code) for code in own}
    return frozenset(
        line
        for line in lines
        if "|" in line and (named := {code for code in _codes(line) if form_of(code) in forms}) and not named & own
    )


def other_sheets(item: Item, one: tuple[Mapping[str, Any], float]) -> frozenset[str]:
    """The lines of the other sheets of a workbook that share no day, no lot and no word of its feature with a reading outside its limits:
    what an audit beside it found replaced is no answer to it.
    """
    document = item.document
    if not is_workbook(document) or len({passage.part for passage in document.passages}) < SHEETS:
        return frozenset()
    row, value = one
    shown = document.shown
    own = [line for passage in shown if passage.part == item.passage.part for line in passage.text.splitlines()]
    told = " ".join((*rows_of_value(own, value), str(row["label"])))
    named = set(_TELLING.findall(fold(told)))
    return frozenset(
        line
        for passage in shown
        if passage.part != item.passage.part
        for line in passage.text.splitlines()
        if not named & set(_TELLING.findall(fold(line)))
    )


SHEETS = 2
_TELLING = re.compile(r"[^\W\d_]{4,}|[^\W\d_]{0,4}[-/]?\d+(?:[-./]\w+)+|[^\x00-\u0e00]{2,}")


def rows_before(document: DocumentReport, one: tuple[Mapping[str, Any], float]) -> frozenset[str]:
    """The rows of a log, each begun by its day, above that of a reading outside its limits: what was done before it was read is no
    answer to it. None where days do not run on, and none of a row that names a further day.
    """
    _, value = one
    for part in {passage.part for passage in document.passages}:
        lines = [
            line for _, line in document.lines(part) if line.count("|") >= LEAST_CELLS - 1 and _BEGINS_DAY.match(line)
        ]
        own = [line for line in rows_of_value(lines, value) if lines.count(line) == 1]
        days = [_day_begun(line) for line in lines]
        runs_on = any(told == sorted(told) for told in (days, [day[::-1] for day in days]))
        if len(own) == 1 and runs_on and len(set(days)) > 1:
            above = lines[: lines.index(own[0])]
            return frozenset(line for line in above if not _NAMES_DAY.search(line.partition("|")[2]))
    return frozenset()


_BEGINS_DAY = re.compile(r"\s*\d{1,4}([./-])\d{1,2}(?:\1\d{2,4})?(?!\d)")
_NAMES_DAY = re.compile(
    r"(?<![\d./-])\d{1,2}[/-]\d{1,2}(?![\d/-])|\d{1,2}\.\d{1,2}\.|\d{4}-\d|\d\s?[日일]|(?<!\d)\d{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,9}"
)
"""A day within a remark, or a figure with a word behind it, which may be one."""


def _day_begun(line: str) -> tuple[int, ...]:
    match = _BEGINS_DAY.match(line)
    return tuple(int(figure) for figure in match[0].split(match[1])) if match else ()


def rows_of_value(lines: Sequence[str], value: float) -> list[str]:
    """The rows in which a reading stands with others of its feature."""
    figure = figure_of(value)
    return [
        line for line in lines if line.count("|") >= LEAST_CELLS - 1 and any(map(figure.search, line.split("|")[1:]))
    ]


def _codes(line: str) -> set[str]:
    cells = (cell.strip() for cell in line.split("|"))
    return {cell for cell in cells if FOLLOWED.fullmatch(cell) or _NUMBERED.fullmatch(cell)}


_NUMBERED = re.compile(r"(?=(?:[A-Z]*\d){4})\d{1,3}[A-Z]{1,2}[-/]?\d{2,6}[A-Z]?")
"""A number that begins with that of a line or a year: ``2A1008``, ``26H-0412``."""


def figure_of(value: float) -> re.Pattern[str]:
    """A value as tables write it: with as many zeros behind its decimals as they like, and none behind a whole figure."""
    written = f"{abs(value):.10g}"
    zeros = "0*" if "." in written else "(?:[.,]0+)?"
    return re.compile(rf"(?<![\d.,]){re.escape(written).replace(chr(92) + '.', '[.,]')}{zeros}(?![\d.,]*\d)")


def read_anew_beside(
    cells: Sequence[str], at: int, rows: Sequence[Sequence[str]], keeps: Callable[[float], bool]
) -> bool:
    """Whether a row holds behind a reading another figure that keeps its limit, in a column that most rows with a reading leave without one:
    what was read after the work on it.
    """
    read = [other for other in rows if other is not cells and any(map(str.isdigit, " ".join(other[at : at + 1])))]
    for later in range(at + 1, len(cells)):
        figure = PLAIN.search(cells[later])
        if figure and keeps(float(figure[0].replace(",", "."))):
            others = [" ".join(other[later : later + 1]) for other in read]
            if sum(any(map(str.isdigit, other)) for other in others) * 2 < len(others):
                return True
    return False


PLAIN = late(r"(?<![\d.,])-?\d+(?:[.,]\d+)?(?![\d.,]*\d)")
"""A figure without thousands set apart."""
