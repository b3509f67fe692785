"""Columns that say nothing of their rows: a running number before them, or an empty column at the edge of a form."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from evidence.data import table
from evidence.facts.grids import EMPTY, Grid
from evidence.facts.text import fold, spellings

LEAST_NUMBERED = 2
"""Rows from which figures from one on number them."""

LONGEST_NUMBER = 4
"""Signs of a running number: ``12.``."""


def without_numbers(grid: Grid) -> Grid:
    """The table without what only numbers its rows, and without an empty first column."""
    rows = [grid.heads, *([cell.text for cell in row] for row in grid.rows)]
    left = left_out(rows)
    if not left or len(grid.heads) <= LEAST_LEFT:
        return grid
    at = left.get(0, 0)
    kept = tuple((*row[: left.get(n, at)], *row[left.get(n, at) + 1 :]) for n, row in enumerate(grid.rows, 1))
    return replace(grid, heads=(*grid.heads[:at], *grid.heads[at + 1 :]), rows=kept)


LEAST_LEFT = 2
"""Columns that a table keeps beside what numbers its rows."""


def with_numbers_blanked(grid: Grid) -> Grid:
    """The table with the running numbers of its rows blanked, which are no readings: by the numbers alone, whatever heads them, and words in
    their column stay, which may name what was read.
    """
    numbers = [(at, row[0].text.rstrip(".")) for at, row in enumerate(grid.rows) if row and row[0].text]
    running = [(at, int(text)) for at, text in numbers if text.isdecimal() and len(text) <= LONGEST_DIGITS]
    columns = sum(any(row[index].text for row in grid.rows) for index in range(len(grid.heads)))
    if columns <= LEAST_BLANKED or len(running) < LEAST_BLANKED or 2 * len(running) < len(grid.rows):
        return grid
    if [number for _, number in running] != list(range(1, len(running) + 1)):
        return grid
    places = {at for at, _ in running}
    return replace(grid, rows=tuple((EMPTY, *row[1:]) if at in places else row for at, row in enumerate(grid.rows)))


LONGEST_DIGITS, LEAST_BLANKED = 3, 3
"""Digits of such a number, and columns and numbers from which they are looked for."""


def unnumbered_lines(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells of the lines of a paper, of its tables without what only numbers their rows."""
    left = left_out(lines)
    return [[*cells[: left[n]], *cells[left[n] + 1 :]] if n in left else list(cells) for n, cells in enumerate(lines)]


def left_out(rows: Sequence[Sequence[str]]) -> dict[int, int]:
    """The cell of each row that only numbers it, or that stands empty before all of its table: row → place. A total may stand in the
    column of the numbers, and the cell behind it be empty.
    """
    found: dict[int, int] = {}
    start = 0
    while start < len(rows):
        numbered = _numbered_from(rows, start) or _empty_from(rows, start)
        found |= numbered
        start = max(numbered, default=start) + 1
    return found


def _numbered_from(rows: Sequence[Sequence[str]], start: int) -> dict[int, int]:
    """The rows of a table whose head begins with the word for a running number, or with nothing, as far as they are numbered."""
    head = rows[start]
    if len(head) <= LEAST_LEFT or not is_number_head(head[0]) or sum(map(bool, head)) < LEAST_LEFT:
        return {}
    found, number = {start: 0}, 0
    for at in range(start + 1, len(rows)):
        row = rows[at]
        if len(row) <= 1:
            break
        if row[0].strip(" .)") == str(number + 1) and len(row[0]) <= LONGEST_NUMBER:
            found[at], number = 0, number + 1
        elif not number:
            if row[0] or at - start > MOST_BETWEEN:
                return {}  # codes, or numbers that do not begin at one
            found[at] = 0  # units below the heads
        elif not row[0]:
            found[at] = 0
        elif not row[1]:
            found[at] = 1  # ``Total | | 3,680``
        else:
            break
    return found if number >= LEAST_NUMBERED else {}


def _empty_from(rows: Sequence[Sequence[str]], start: int) -> dict[int, int]:
    """The rows of a table before all of which stands an empty cell."""
    found: dict[int, int] = {}
    for at in range(start, len(rows)):
        row = rows[at]
        if len(row) <= LEAST_LEFT or row[0] or not row[1]:
            break
        found[at] = 0
    return found if len(found) > LEAST_NUMBERED else {}


MOST_BETWEEN = 2
"""Rows between the heads and the first number: units, or nothing."""


def is_number_head(head: str) -> bool:
    """Whether a head stands over running numbers: ``S/N``, ``STT``, ``序号``, or nothing at all."""
    return not head.strip() or fold(head).strip(" .:()") in _heads() or fold(head).strip() in _heads()


@cache
def _heads() -> frozenset[str]:
    return spellings(table("tables")["numbering"]["heads"])


def are_numbers_of_year(texts: Sequence[str]) -> bool:
    """Whether a column holds running numbers of a year, ``26/01``, ``26/02``, which read as days without their year: the first figure is
    that of a year in every row, the second counts the rows.
    """
    found = [_YEAR_AND_NUMBER.fullmatch(text) for text in texts]
    if len(texts) < LEAST_RUNNING or not all(found):
        return False
    pairs = [(match[1], int(match[2])) for match in found if match]
    steps = {later[1] - earlier[1] for earlier, later in itertools.pairwise(pairs)}
    return len({year for year, _ in pairs}) == 1 and steps in ({1}, {-1})


_YEAR_AND_NUMBER = re.compile(r"(2\d)[/.-](\d{1,2})")
LEAST_RUNNING = 3
"""Rows from which figures that grow by one are running numbers."""
