"""Columns of readings on a sheet or in a paper, whatever their heads say: runs of figures one below the other, or several in one cell."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from evidence.facts.limit_columns import named
from evidence.facts.numbers import amount
from evidence.facts.readings import several_in
from evidence.facts.text import KEPT_TEXTS, fold, phrases
from evidence.facts.told_readings import figure_lists
from evidence.model import DocumentReport, Passage

LONG_RUN = 5
"""Figures one below the other, four of them different, that no two tests share by chance when another column comes with them."""

SHORT_RUN = 3
"""Figures of one row, all different, of which two tests share several only where one was copied from the other."""


def columns_of_readings(document: DocumentReport) -> dict[tuple[str, ...], Passage]:
    """The columns and rows of figures of a paper's tables that are readings by their heads and no numbering."""
    found: dict[tuple[str, ...], Passage] = {}
    for passage in document.passages:
        told = [
            figures for line in passage.text.splitlines() if "|" not in line for _, _, figures in figure_lists(line)
        ]
        told += [
            spaced[0].split()
            for line in passage.text.splitlines()
            if "|" not in line
            for spaced in _SPACED.finditer(line)
        ]
        runs = [run for figures in told for run in _runs(figures) if len(run) >= LONG_RUN and of_one_feature(run)]
        found.update({tuple(run): passage for run in runs if _is_told(run)})
        rows = [[cell.strip() for cell in line.split("|")] for line in passage.text.splitlines() if "|" in line]
        widest = max(map(len, rows), default=0)
        lines = [[row[index] if index < len(row) else "" for row in rows] for index in range(widest)]
        for index, line in enumerate(lines):
            given = is_set(head_of(line))
            runs = [run for run in _runs(line) if len(run) >= LONG_RUN and (not given or of_one_feature(run))]
            found.update({tuple(run): passage for run in runs if _is_told(run)})
            if given:
                rows = [[*row[:index], "", *row[index + 1 :]] for row in rows]
        for row in rows:
            found.update({tuple(run): passage for run in _runs(row) if _is_told(run) and not is_set(row[0])})
        found.update({tuple(run): passage for run in _told_in_cells(rows) if _is_told(run) and of_one_feature(run)})
    return found


def _told_in_cells(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Readings of one feature that one cell holds, parted by blanks, or that go on in the next row under the same name or
    under none.
    """
    for row in rows:
        yield from (cell.replace(",", ".").split() for cell in row if _SPACED.fullmatch(cell))
    names: list[str] = []
    for row in rows:
        names.append(row[0] or (names[-1] if names else ""))
    for name, pairs in itertools.groupby(zip(names, rows, strict=True), lambda pair: pair[0]):
        group = [row for _, row in pairs]
        several = [run for row in group for run in _runs(row)]
        if len(several) > 1 and name and not is_set(name) and not _WHOLE_FIGURE.fullmatch(name):
            yield [figure for run in several for figure in run]


_SPACED = re.compile(r"(?<![\w.,])-?\d{1,6}[.,]\d{1,4}(?:\s{1,3}-?\d{1,6}[.,]\d{1,4}){4,59}")


def _is_told(run: list[str]) -> bool:
    """Whether figures differ enough to be known again, and do not only count up."""
    least = len(run) if len(run) < LONG_RUN else LONG_RUN - 1
    return len(set(run)) >= least and not _counts_up(run)


CLOSE = 1.5
"""Times the least figure of a column up to which the greatest is a reading of the same feature; sizes of a part lie further apart."""


def of_one_feature(column: Sequence[str]) -> bool:
    """Whether figures can be readings of one feature in piece after piece."""
    values = [abs(float(figure)) for figure in column]
    return max(values) <= CLOSE * min(values)


def head_of(line: Sequence[str]) -> str:
    """What stands right above the first figure of a column."""
    before = itertools.takewhile(lambda cell: not _WHOLE_FIGURE.fullmatch(cell), line)
    return next((cell for cell in reversed(list(before)) if cell), "")


@lru_cache(KEPT_TEXTS)
def is_set(head: str) -> bool:
    """Whether a head names what is set and not what was read: a size, a limit, a tolerance."""
    bare = not any(char.isdigit() for char in head)  # else it is the head of readings that states their limit
    return bare and (
        any(named("inspection", name, head) for name in ("spec", "low", "high", "bound"))
        or phrases("inspection_flags", "ends").fullmatch(fold(head).strip(" .:")) is not None
    )


def _runs(line: Sequence[str]) -> Iterator[list[str]]:
    """The figures that stand side by side, at least three."""
    run: list[str] = []
    for cell in (*line, ""):
        if _WHOLE_FIGURE.fullmatch(cell):
            run.append(cell.replace(",", "."))
            continue
        if len(run) >= SHORT_RUN:
            yield _without_summary(run)
        run = []


def _without_summary(run: list[str]) -> list[str]:
    """Figures without the average that ends them, alone or among the greatest, the least and the range: another paper has the readings alone."""
    for last in range(min(MOST_SUMMED, len(run) - LONG_RUN), 0, -1):
        values, ends = [float(figure) for figure in run[:-last]], run[-last:]
        extremes = {round(value, 6) for value in (max(values), min(values), max(values) - min(values))}
        rest = [end for end in ends if round(float(end), 6) not in extremes]
        if len(rest) == 1 and abs(float(rest[0]) - sum(values) / len(values)) <= HALF / 10 ** len(
            rest[0].partition(".")[2]
        ):
            return run[:-last]
    return run


MOST_SUMMED = 4
"""Figures below readings that sum them up: average, greatest, least and range."""

HALF = 0.501
"""Part of the last place by which an average is rounded."""


_WHOLE_FIGURE = re.compile(r"-?\d{1,7}(?:[.,]\d{1,5})?")


def _counts_up(run: list[str]) -> bool:
    """Whether figures are numbers of rows, nominal steps or the like: all the same step apart."""
    values = [float(figure) for figure in run]
    return len({round(later - earlier, 6) for earlier, later in itertools.pairwise(values)}) == 1


def readings_in(cell: str, comma: bool) -> list[float]:
    """The figure of a cell, or those of one sample that share it; two whole ones are counts of two things: ``2 / 7``."""
    if figure := amount(cell, comma):
        return [figure.value]
    several = several_in(cell)
    counts = len(several) < LEAST_SEVERAL and all(value.is_integer() for value in several)
    return [] if counts else several


LEAST_SEVERAL = 3
"""Whole figures of one cell from which they are readings of a sample."""
