"""Tables without rulings: rows whose pieces stand below each other, as in laboratory certificates and KPI lists.

Each row keeps its cells; a cell that runs on below joins its row; text over several columns becomes a spanning cell.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean, median
from typing import Literal

from extractors.document import Block, Cell
from extractors.geometry import Rect, union
from extractors.layout import Line, Place, rows_of
from extractors.ruled_tables import block_of_cells, cell_kind
from extractors.writing import text_width

# Fewer rows or columns than these are chance; two columns count only where the second holds figures.
LEAST_ROWS = 3
LEAST_COLUMNS = 3
LEAST_ROWS_OF_TWO = 4
FIGURES_SHARE = 0.6
# Share of rows that must fill two columns or more, and of the grid that must be filled.
ROWS_FILLED = 0.6
GRID_FILLED = 0.45
# Mean characters of a cell; columns of prose are longer.
CELL_CHARACTERS = 38
# Columns of prose: hardly figures, lines of so many characters, most as wide as the widest.
PROSE_FIGURES = 0.15
PROSE_CHARACTERS = 22
PROSE_WIDTH = 0.8
# Rows further apart than this many font sizes belong to different tables.
ROW_PITCH = 2.6
# Share of rows that may cross a gutter (titles, notes), and the gutter's least width in font sizes.
CROSSING_SHARE = 0.2
# Rows of one table differ no more in size, and at most this share of a row's pieces bridges columns.
SIZE_CHANGE = 1.25
BRIDGING_SHARE = 0.34
GUTTER_SIZES = 0.45
STEP = 1.0

_LEADER = re.compile(r"\s*(?:\.\s?){4,}$")

Row = list[Line]


@dataclass(slots=True)
class _Run:
    """Rows that may be one table, and the spans of their columns."""

    rows: list[Row] = field(default_factory=list)
    spans: list[list[float]] = field(default_factory=list)

    @property
    def several(self) -> int:
        return sum(len(row) > 1 for row in self.rows)

    def takes(self, row: Row) -> bool:
        """Whether the row goes on with the columns: hardly any piece of it bridges two of them."""
        last = self.rows[-1]
        if _is_block(row) or _is_block(last) or _far(last, row):
            return False
        if not 1 / SIZE_CHANGE < row[0].size / last[0].size < SIZE_CHANGE:
            return False
        if len(row) == 1 or not self.spans:
            return True
        met = [sum(x0 < line.rect[2] - 1 and x1 > line.rect[0] + 1 for x0, x1 in self.spans) for line in row]
        return any(met) and sum(count > 1 for count in met) <= BRIDGING_SHARE * len(row)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if len(row) == 1:
            return
        for line in row:
            met = [span for span in self.spans if span[0] < line.rect[2] - 1 and span[1] > line.rect[0] + 1]
            if not met:
                self.spans.append([line.rect[0], line.rect[2]])
            elif len(met) == 1:
                met[0][:] = [min(met[0][0], line.rect[0]), max(met[0][1], line.rect[2])]


def with_aligned_tables(rows: Sequence[Row], part: int, place: Place, source: Literal["text", "ocr"]) -> list[Row]:
    """The rows of one region, runs that form a table replaced by one row holding its block."""
    # Plain prose, as most pages are, need not be cut into runs.
    if sum([len(row) > 1 for row in rows]) < LEAST_ROWS:
        return list(rows)
    found: list[Row] = []
    for run in _runs(rows):
        table = _table(run, part, place, source) if run.several >= LEAST_ROWS else None
        if table:
            before, line, after = table
            found += [*before, [line], *after]
        else:
            found += run.rows
    return found


def whole_table(lines: Sequence[Line], part: int, place: Place) -> Block | None:
    """The lines as one table, whatever they look like; None where they stand in one column."""
    run = _Run()
    for row in rows_of(lines):
        run.add(row)
    table = _table(run, part, place, "text", asked=True) if run.several else None
    return table[1].block if table else None


def _runs(rows: Sequence[Row]) -> list[_Run]:
    """The rows cut where something else than a row of the same table stands."""
    runs: list[_Run] = []
    for row in rows:
        if not runs or not runs[-1].takes(row):
            runs.append(_Run())
        runs[-1].add(row)
    return runs


def _is_block(row: Row) -> bool:
    return row[0].block is not None or row[0].hidden


def _far(upper: Row, lower: Row) -> bool:
    size = max(upper[0].size, lower[0].size)
    return _around(lower)[1] - _around(upper)[3] > (ROW_PITCH - 1) * size


def _around(row: Row) -> Rect:
    if len(row) == 1:
        return row[0].rect
    return union(line.rect for line in row)


def _table(
    run: _Run, part: int, place: Place, source: Literal["text", "ocr"], asked: bool = False
) -> tuple[list[Row], Line, list[Row]] | None:
    """What of the run stands before the table, the table, and what stands after."""
    first = 0 if asked else next(at for at, row in enumerate(run.rows) if len(row) > 1)
    last = len(run.rows) - 1 if asked else max(at for at, row in enumerate(run.rows) if len(row) > 1)
    core = run.rows[first : last + 1]
    edges = _edges([row for row in core if len(row) > 1])
    if not edges:
        return None
    grid = [_in_columns(row, edges) for row in core]
    columns = len(edges) + 1
    if not asked and not _plausible(core, grid, columns):
        return None
    rows = _joined_rows(core, grid)
    cells = _cells(rows, columns, place)
    confidences = [line.confidence for row in core for line in row if line.confidence is not None]
    around = union(line.rect for row in core for line in row)
    block = block_of_cells(
        cells,
        len(rows),
        columns,
        part,
        place([around]),
        source="ocr" if confidences else source,
        confidence=round(mean(confidences), 3) if confidences else None,
    )
    line = Line("", around, core[0][0].size, block=block)
    return run.rows[:first], line, run.rows[last + 1 :]


def _edges(rows: Sequence[Row]) -> list[float]:
    """Middles of the upright stripes that the rows leave free, left to right."""
    lines = [line for row in rows for line in row]
    left, right = min(line.rect[0] for line in lines), max(line.rect[2] for line in lines)
    steps = min(4000, int((right - left) / STEP) + 2)
    cover = [0] * (steps + 2)
    for line in lines:
        cover[min(steps, max(0, int((line.rect[0] - left) / STEP)))] += 1
        cover[min(steps, max(0, int((line.rect[2] - left) / STEP) + 1))] -= 1
    wanted = max(STEP, GUTTER_SIZES * median(line.size for line in lines))
    tolerated = CROSSING_SHARE * len(rows) if len(rows) > 5 else 0
    edges: list[float] = []
    depth, start, seen = 0, None, False
    depths: list[int] = []
    for step in range(steps):
        depth += cover[step]
        if depth > tolerated:
            if start is not None and seen and (step - start) * STEP >= wanted:
                edges.append(left + (start + _emptiest(depths)) * STEP)
            start, seen = None, True
            depths = []
        else:
            start = step if start is None else start
            depths.append(depth)
    return edges


def _emptiest(depths: Sequence[int]) -> float:
    """The middle of the widest run of steps that the fewest rows touch."""
    least, begin, best = min(depths), 0, (0, 0)
    for at, depth in enumerate((*depths, least + 1)):
        if depth > least:
            best = max(best, (at - begin, begin))
            begin = at + 1
    return best[1] + best[0] / 2


def _in_columns(row: Row, edges: Sequence[float]) -> list[tuple[Line, int, int]]:
    """Each piece with its first column and how many it spans."""
    placed = []
    for line in row:
        x0, x1 = line.rect[0] + 1, line.rect[2] - 1
        start = sum(edge <= x0 for edge in edges)
        end = max(start, sum(edge < x1 for edge in edges))
        placed.append((line, start, end - start + 1))
    return placed


def _plausible(core: Sequence[Row], grid: list[list[tuple[Line, int, int]]], columns: int) -> bool:
    filled_rows = sum(len({start for _, start, _ in row}) > 1 for row in grid)
    if filled_rows < LEAST_ROWS or filled_rows < ROWS_FILLED * len(core):
        return False
    pieces = [line for row in core for line in row]
    if mean(text_width(line.text) for line in pieces) > CELL_CHARACTERS or _is_prose(grid):
        return False
    if columns >= LEAST_COLUMNS:
        used = sum(span for row in grid for _, _, span in row)
        return used >= GRID_FILLED * columns * len(core)
    figures = [cell_kind(line.text) in ("number", "date") for row in grid for line, start, _ in row if start == 1]
    return filled_rows >= LEAST_ROWS_OF_TWO and sum(figures) >= FIGURES_SHARE * max(1, len(figures))


def _is_prose(grid: list[list[tuple[Line, int, int]]]) -> bool:
    """Whether the columns are those of a newspaper: long lines of like width, hardly a figure among them."""
    pieces = [line for row in grid for line, _, _ in row]
    figures = sum(cell_kind(line.text) in ("number", "date") for line in pieces)
    if figures > PROSE_FIGURES * len(pieces) or mean(text_width(line.text) for line in pieces) < PROSE_CHARACTERS:
        return False
    widths: dict[int, list[float]] = {}
    for row in grid:
        for line, start, _ in row:
            widths.setdefault(start, []).append(line.rect[2] - line.rect[0])
    shares = [median(column) / max(column) if max(column) > 0 else 0.0 for column in widths.values()]
    return mean(shares) > PROSE_WIDTH  # a recognised sign can be of no width


def _joined_rows(
    core: Sequence[Row], grid: list[list[tuple[Line, int, int]]]
) -> list[list[tuple[list[Line], int, int]]]:
    """The rows, lines that only run on below a cell joined to the row above."""
    tops = [_around(row)[1] for row in core]
    pitches = [below - above for above, below in itertools.pairwise(tops)]
    usual = median(pitches) if pitches else 0.0
    rows: list[list[tuple[list[Line], int, int]]] = []
    for at, row in enumerate(grid):
        cells = [([line], start, span) for line, start, span in row]
        starts = {start for _, start, _ in row}
        close = at > 0 and pitches[at - 1] <= 0.85 * usual
        runs_on = rows and 0 not in starts and (len(row) == 1 or close) and all(span == 1 for _, _, span in row)
        if runs_on and all(any(start == other for _, other, _ in rows[-1]) for start in starts):
            for line, start, _ in row:
                next(lines for lines, other, _ in rows[-1] if other == start).append(line)
        else:
            rows.append(cells)
    return rows


def _cells(rows: list[list[tuple[list[Line], int, int]]], columns: int, place: Place) -> list[Cell]:
    cells: list[Cell] = []
    for number, row in enumerate(rows, start=1):
        by_start: dict[int, tuple[list[Line], int]] = {}
        for lines, start, span in row:
            if start in by_start:
                by_start[start][0].extend(lines)
            else:
                by_start[start] = (list(lines), span)
        column = 0
        while column < columns:
            if column in by_start:
                lines, span = by_start[column]
                following = [start for start in by_start if start > column]
                span = max(1, min(span, min(following, default=columns) - column))
                text = " ".join(line.text for line in lines)
                if column + span < columns and any(start > column for start in by_start):
                    # Dots that lead to the figure on the right say nothing.
                    text = _LEADER.sub("", text) or text
                locator = next(iter(place([union(line.rect for line in lines)])), None)
                cells.append(
                    Cell(
                        text=text,
                        row=number,
                        column=column + 1,
                        column_span=span,
                        kind=cell_kind(text),
                        locator=locator,
                    )
                )
                column += span
            else:
                cells.append(Cell(text="", row=number, column=column + 1, kind="empty"))
                column += 1
    return cells
