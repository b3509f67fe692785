"""Tables by their rulings: lines to cells with pdfplumber's algorithm, words into cells, cells into a grid."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

from extractors.document import Block, Cell, Table
from extractors.geometry import Rect, centre_within, overlap, union
from extractors.layout import Place, Word
from extractors.locators import Locator

# Rulings closer than this are one, and cross within it, in points.
SNAP = 3.0
CROSSING = 3.0
# Grid lines of one table closer than this are the same.
SAME_LINE = 2.0
# A table has at least so many cells; fewer are a frame around text.
LEAST_CELLS = 2
# More columns are a drawing on squared paper.
MOST_COLUMNS = 120
MOST_CELLS = 20_000
# A cell with so many lines, most of them figures, is a column whose rows are not ruled.
UNRULED_ROWS = 3
FIGURES_SHARE = 0.6

_NUMBER = re.compile(r"^[<>≤≥±~≈$€£¥]?\s*[-+−]?\d[\d.,\s]*\s*(%|‰|ppm|ppb|[a-zA-Zµ°/²³]{1,6})?$")
_DATE = re.compile(
    r"(?i)^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ](\d{1,2}|[a-z]{3,9})[-/. ,]+\d{2,4}|[a-z]{3,9} \d{1,2},? \d{4})"
    r"([ T]\d{1,2}:\d{2}(:\d{2})?)?$"
)

Grid = list[Rect]


def grids(across: Sequence[Rect], upright: Sequence[Rect], most: int) -> list[Grid]:
    """The cells of each table that the rulings draw; nothing where there are more than ``most`` rulings."""
    from pdfplumber import table as plumber

    edges = [
        {"x0": r[0], "x1": r[2], "top": (r[1] + r[3]) / 2, "bottom": (r[1] + r[3]) / 2, "orientation": "h"}
        for r in across
    ] + [
        {"x0": (r[0] + r[2]) / 2, "x1": (r[0] + r[2]) / 2, "top": r[1], "bottom": r[3], "orientation": "v"}
        for r in upright
    ]
    for edge in edges:
        edge["width"] = edge["x1"] - edge["x0"]
        edge["height"] = edge["bottom"] - edge["top"]
    merged = plumber.merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    if len(merged) > most:
        return []
    cells = plumber.intersections_to_cells(plumber.edges_to_intersections(merged, CROSSING, CROSSING))
    if len(cells) > MOST_CELLS:
        return []
    return [grid for grid in plumber.cells_to_tables(cells) if len(grid) >= LEAST_CELLS]


def table_block(grid: Grid, words: Sequence[Word], part: int, place: Place) -> tuple[Block, set[int]] | None:
    """The table with its words, and the places in ``words`` of those it took; None where cells only frame text."""
    grid = _with_rows_of_text(grid, words)
    columns = _lines([edge for cell in grid for edge in (cell[0], cell[2])])
    rows = _lines([edge for cell in grid for edge in (cell[1], cell[3])])
    if len(columns) < 3 or len(columns) > MOST_COLUMNS or len(rows) < 2:
        return None
    taken: set[int] = set()
    filled: dict[Rect, list[int]] = {cell: [] for cell in grid}
    by_size = sorted(filled, key=lambda cell: (cell[2] - cell[0]) * (cell[3] - cell[1]))
    around = union(grid)
    for at, word in enumerate(words):
        if centre_within(word.rect, around):
            for cell in by_size:
                if centre_within(word.rect, cell):
                    filled[cell].append(at)
                    taken.add(at)
                    break
    if not taken:
        return None
    cells = []
    for rect in grid:
        column, end = _nearest(columns, rect[0]), _nearest(columns, rect[2])
        row, below = _nearest(rows, rect[1]), _nearest(rows, rect[3])
        if end <= column or below <= row:
            continue
        text = cell_text([words[at] for at in filled[rect]])
        cells.append(
            Cell(
                text=text,
                row=row + 1,
                column=column + 1,
                row_span=below - row,
                column_span=end - column,
                kind=cell_kind(text),
                locator=next(iter(place([rect])), None),
            )
        )
    return block_of_cells(cells, len(rows) - 1, len(columns) - 1, part, place([around])), taken


def _with_rows_of_text(grid: Grid, words: Sequence[Word]) -> Grid:
    """The cells, those that hold a whole column of figures cut into its rows: such tables rule only their columns."""
    bands: dict[tuple[float, float], list[Rect]] = {}
    for cell in grid:
        bands.setdefault((round(cell[1]), round(cell[3])), []).append(cell)
    found: Grid = []
    for cells in bands.values():
        cuts = (
            _cuts(cells, words) if len(cells) > 1 and cells[0][3] - cells[0][1] > 2 * UNRULED_ROWS * SAME_LINE else []
        )
        for cell in cells:
            edges = [cell[1], *cuts, cell[3]]
            found += [(cell[0], upper, cell[2], lower) for upper, lower in pairwise(edges)]
    return found


def _cuts(cells: Sequence[Rect], words: Sequence[Word]) -> list[float]:
    """Heights between the rows of text of cells that stand side by side; none unless most of them hold the same rows."""
    filled, figures = [], False
    for cell in cells:
        lines = _text_lines([word for word in words if centre_within(word.rect, cell)])
        if lines:
            filled.append([union(word.rect for word in line) for line in lines])
            kinds = [cell_kind(" ".join(word.text for word in line)) in ("number", "date") for line in lines]
            figures = figures or (len(kinds) >= UNRULED_ROWS and sum(kinds) >= FIGURES_SHARE * len(kinds))
    if not figures:
        return []
    most = max(filled, key=len)
    same = [rows for rows in filled if len(rows) >= 0.6 * len(most) and all(_meets(row, most) for row in rows)]
    if len(most) < UNRULED_ROWS or len(same) < max(2, 0.6 * len(filled)):
        return []
    return [(upper[3] + lower[1]) / 2 for upper, lower in pairwise(most)]


def _meets(row: Rect, others: Sequence[Rect]) -> bool:
    return any(overlap(row[1], row[3], other[1], other[3]) > 0.5 * (row[3] - row[1]) for other in others)


def block_of_cells(
    cells: list[Cell], rows: int, columns: int, part: int, locators: tuple[Locator, ...], **fields: Any
) -> Block:
    """A table block of cells in any order; says which leading rows are heads and which one a title."""
    cells.sort(key=lambda cell: (cell.row, cell.column))
    by_row: dict[int, list[Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    title = None
    first = by_row.get(1, [])
    if rows > 2 and columns > 1 and len(first) == 1 and first[0].column_span >= columns and first[0].text:
        title = first[0].text
    heads = 1 if title else 0
    candidate = [cell for cell in by_row.get(heads + 1, []) if cell.text]
    if rows > heads + 1 and candidate and all(cell.kind == "text" for cell in candidate):
        heads += max(1, min(cell.row_span for cell in candidate))
    shown = [row for _, row in sorted(by_row.items()) if len(row) > 1 or row[0].text]
    text = "\n".join(" | ".join(cell.text for cell in row) for row in shown)
    table = Table(rows=rows, columns=columns, cells=tuple(cells), header_rows=min(heads, rows), title=title)
    return Block(kind="table", text=text, locators=locators, part=part, table=table, **fields)


def cell_text(words: Sequence[Word]) -> str:
    """The words of one cell, line by line."""
    return " ".join(word.text for line in _text_lines(words) for word in line)


def _text_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words in lines from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: ((word.rect[1] + word.rect[3]) / 2, word.rect[0])):
        if lines and _on_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word.rect[0])
    return lines


def _on_line(line: list[Word], word: Word) -> bool:
    other = line[0].rect
    lower = min(other[3] - other[1], word.rect[3] - word.rect[1])
    return overlap(other[1], other[3], word.rect[1], word.rect[3]) > 0.5 * lower


def cell_kind(text: str) -> Literal["empty", "date", "number", "text"]:
    """What a cell holds by its look: ``empty``, ``date``, ``number`` or ``text``."""
    if not text:
        return "empty"
    if _DATE.match(text):
        return "date"
    return "number" if len(text) < 30 and _NUMBER.match(text) else "text"


def _lines(edges: list[float]) -> list[float]:
    """Positions of the grid lines, near ones taken as one."""
    found: list[list[float]] = []
    for edge in sorted(edges):
        if found and edge - found[-1][-1] <= SAME_LINE:
            found[-1].append(edge)
        else:
            found.append([edge])
    return [sum(group) / len(group) for group in found]


def _nearest(lines: list[float], position: float) -> int:
    return min(range(len(lines)), key=lambda at: abs(lines[at] - position))
