"""Tables by their rulings: words into the cells of a lattice, cells into rows and columns."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import mean, median
from typing import Any, Literal

from extractors.document import Block, Cell, Table
from extractors.geometry import Rect, centre_within, overlap, union
from extractors.layout import Place, Word
from extractors.locators import Locator
from extractors.writing import glue

# Grid lines of one table closer than this are the same.
SAME_LINE = 2.0
# More columns are a drawing on squared paper.
MOST_COLUMNS = 120
MOST_CELLS = 20_000
# Rows of heads, the title included; the rows a column has below them, and the share of figures that makes it one of them.
MOST_HEADS = 4
LEAST_BODY = 2
BODY_SHARE = 0.7
# A row of more characters may be quoted in pieces, so that its cells say where each of their lines stands.
LONG_ROW = 1_000
# A cell with so many lines, most of them figures, is a column whose rows are not ruled.
UNRULED_ROWS = 3
FIGURES_SHARE = 0.6
# A line of fewer letters in a cell is an item of a list and no line that runs on.
FULL_CHARACTERS = 6
# Rows that a label column without rulings, or a list of labels and figures in one cell, has at least.
LABELLED_ROWS = 4
# A gap parts two columns within a ruled one where this share of its lines has it, and it is so many heights wide.
COLUMN_SHARE = 0.8
COLUMN_GAP = 0.35

_NUMBER = re.compile(r"^[<>≤≥±~≈$€£¥]?\s*[-+−]?\d[\d.,\s]*\s*(%|‰|ppm|ppb|[a-zA-Zµ°/²³]{1,6})?$")
_DATE = re.compile(
    r"(?i)^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ](\d{1,2}|[a-z]{3,9})[-/. ,]+\d{2,4}|[a-z]{3,9} \d{1,2},? \d{4})"
    r"([ T]\d{1,2}:\d{2}(:\d{2})?)?$"
)

_DIGIT = re.compile(r"\d")

Grid = list[Rect]


def table_block(grid: Grid, words: Sequence[Word], part: int, place: Place) -> tuple[Block, set[int]] | None:
    """The table with its words, and the places in ``words`` of those it took; None where cells only frame text."""
    grid = _with_columns_of_text(_with_rows_of_text(grid, words), words)
    columns = _lines([edge for cell in grid for edge in (cell[0], cell[2])])
    rows = _lines([edge for cell in grid for edge in (cell[1], cell[3])])
    if len(columns) < 3 or len(columns) > MOST_COLUMNS or len(rows) < 2:
        return None
    filled = _filled(grid, words)
    taken = {at for members in filled.values() for at in members}
    if not taken:
        return None
    around = union(grid)
    cells = []
    words_of: dict[tuple[int, int], list[Word]] = {}
    for rect in grid:
        column, end = _nearest(columns, rect[0]), _nearest(columns, rect[2])
        row, below = _nearest(rows, rect[1]), _nearest(rows, rect[3])
        if end <= column or below <= row:
            continue
        words_of[row + 1, column + 1] = [words[at] for at in filled[rect]]
        text = cell_text(words_of[row + 1, column + 1])
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
    cells = _with_lines(cells, words_of, place)
    return block_of_cells(cells, len(rows) - 1, len(columns) - 1, part, place([around])), taken


def _with_lines(cells: list[Cell], words_of: dict[tuple[int, int], list[Word]], place: Place) -> list[Cell]:
    """The cells, those of very long rows with the places of their lines instead of the whole cell's."""
    sizes: dict[int, int] = {}
    for cell in cells:
        sizes[cell.row] = sizes.get(cell.row, 0) + len(cell.text)
    found = []
    for cell in cells:
        lines = _text_lines(words_of[cell.row, cell.column]) if sizes[cell.row] > LONG_ROW else []
        if len(lines) > 1:
            starts = [start for _, start in _pieces(lines)]
            locator = next(iter(place(union(word.rect for word in line) for line in lines)), None)
            if len(getattr(locator, "boxes", ())) == len(starts):
                cell = cell.model_copy(update={"locator": locator, "lines": tuple(starts)})
        found.append(cell)
    return found


def _bands(grid: Grid) -> dict[tuple[float, float], list[Rect]]:
    """The cells by their upper and lower edge."""
    bands: dict[tuple[float, float], list[Rect]] = {}
    for cell in grid:
        bands.setdefault((cell[1], cell[3]), []).append(cell)
    return bands


def _filled(grid: Grid, words: Sequence[Word]) -> dict[Rect, list[int]]:
    """Which words lie in which cell, by their middle; the smallest cell takes a word."""
    bands = sorted(_bands(grid).items(), key=lambda band: band[0][1] - band[0][0])
    filled: dict[Rect, list[int]] = {cell: [] for cell in grid}
    for at, word in enumerate(words):
        x, y = (word.rect[0] + word.rect[2]) / 2, (word.rect[1] + word.rect[3]) / 2
        for (top, bottom), cells in bands:
            if top <= y <= bottom:
                cell = next((cell for cell in cells if cell[0] <= x <= cell[2]), None)
                if cell:
                    filled[cell].append(at)
                    break
    return filled


def _with_rows_of_text(grid: Grid, words: Sequence[Word]) -> Grid:
    """The cells, those that hold a whole column of figures cut into its rows: such tables rule only their columns."""
    if not words:
        return grid
    usual = median(word.rect[3] - word.rect[1] for word in words)
    found: Grid = []
    for (top, bottom), cells in _bands(grid).items():
        cuts: list[float] = []
        if bottom - top > UNRULED_ROWS * usual:
            cuts = _cuts(cells, [word for word in words if top <= (word.rect[1] + word.rect[3]) / 2 <= bottom])
        for cell in cells:
            edges = [cell[1], *(cuts or _rows_beside(cell, grid, words, usual)), cell[3]]
            found += [(cell[0], upper, cell[2], lower) for upper, lower in pairwise(edges)]
    return found


def _rows_beside(cell: Rect, grid: Grid, words: Sequence[Word], usual: float) -> list[float]:
    """The rulings of other columns as those of a column without, where each of its lines stands in a row of its own."""
    if cell[3] - cell[1] < LABELLED_ROWS * usual:
        return []
    beside = _lines(
        [y for other in grid for y in (other[1], other[3]) if cell[1] + SAME_LINE < y < cell[3] - SAME_LINE]
    )
    if len(beside) < LABELLED_ROWS - 1:
        return []
    lines = _text_lines([word for word in words if centre_within(word.rect, cell)])
    rows: set[int] = set()
    for line in lines:
        rect = union(word.rect for word in line)
        rows.add(bisect_left(beside, (rect[1] + rect[3]) / 2))
    # A label of several lines goes on in small letters.
    labels = not any(line[0].text[:1].islower() for line in lines)
    return beside if labels and len(rows) == len(lines) >= 0.8 * (len(beside) + 1) else []


def _cuts(cells: Sequence[Rect], words: Sequence[Word]) -> list[float]:
    """Heights between the rows of text of cells side by side; none unless most of them hold the same rows."""
    filled, figures = [], False
    for cell in cells:
        lines = _text_lines([word for word in words if centre_within(word.rect, cell)])
        if lines:
            filled.append([union(word.rect for word in line) for line in lines])
            kinds = [_ends_in_figure(line) for line in lines]
            figures = figures or (len(kinds) >= UNRULED_ROWS and sum(kinds) >= FIGURES_SHARE * len(kinds))
    if not figures:
        return []
    most = max(filled, key=len)
    same = [rows for rows in filled if len(rows) > 1 and all(_meets(row, most) for row in rows)]
    alone = len(cells) == 1 and len(most) >= LABELLED_ROWS
    if len(most) < UNRULED_ROWS or len(same) < max(1 if alone else 2, 0.6 * len(filled)):
        return []
    return [(upper[3] + lower[1]) / 2 for upper, lower in pairwise(most)]


def _ends_in_figure(line: Sequence[Word]) -> bool:
    """Whether a line is a figure, or a label with a figure some way off."""
    if cell_kind(" ".join(word.text for word in line)) in ("number", "date"):
        return True
    if len(line) < 2 or cell_kind(line[-1].text) != "number":
        return False
    height = line[-1].rect[3] - line[-1].rect[1]
    return line[-1].rect[0] - line[-2].rect[2] > height


def _with_columns_of_text(grid: Grid, words: Sequence[Word]) -> Grid:
    """The cells, those of a column in which figures stand side by side with one gap all the way down cut there."""
    filled = _filled(grid, words)
    stripes: dict[tuple[float, float], list[Rect]] = {}
    for cell in grid:
        stripes.setdefault((cell[0], cell[2]), []).append(cell)
    found: Grid = []
    for cells in stripes.values():
        texts = [_text_lines([words[at] for at in filled[cell]]) for cell in cells]
        cuts = _gaps([line for lines in texts for line in lines])
        for cell, lines in zip(cells, texts, strict=True):
            for piece, inside in _under_heads(cell, lines, cuts):
                free = [x for x in cuts if not any(_crosses(line, x) for line in inside)]
                edges = [piece[0], *free, piece[2]]
                found += [(left, piece[1], right, piece[3]) for left, right in pairwise(edges)]
    return found


def _crosses(line: Sequence[Word], x: float) -> bool:
    """Whether words of the line stand so close around ``x`` that nothing parts them there."""
    return any(word.rect[0] < x < word.rect[2] for word in line) or _gap_at(line, x) < COLUMN_GAP


def _under_heads(cell: Rect, lines: list[list[Word]], cuts: Sequence[float]) -> list[tuple[Rect, list[list[Word]]]]:
    """A cell as the head over several columns and the heads of each below it; as it is where there are no such two."""
    above = 0
    while above < len(lines) and any(_crosses(lines[above], x) for x in cuts):
        above += 1
    below = lines[above:]
    if not above or not below or not all(any(all(_sides(line, x)) for line in below) for x in cuts):
        return [(cell, lines)]
    if any(_crosses(line, x) for line in below for x in cuts):
        return [(cell, lines)]
    y = (union(w.rect for w in lines[above - 1])[3] + union(w.rect for w in below[0])[1]) / 2
    return [((*cell[:3], y), lines[:above]), ((cell[0], y, *cell[2:]), below)]


def _gaps(lines: Sequence[Sequence[Word]]) -> list[float]:
    """Where the lines of one column all have a gap, figures standing on one side of it at least."""
    if sum(len(line) > 1 for line in lines) < UNRULED_ROWS:
        return []
    found: list[tuple[float, float]] = []
    for x in _free(lines):
        sides = [_sides(line, x) for line in lines if not any(word.rect[0] < x < word.rect[2] for word in line)]
        both = [side for side in sides if all(side)]
        if len(both) < UNRULED_ROWS or len(both) < 0.5 * len(lines):
            continue
        figures = max(sum(cell_kind(side[at]) == "number" for side in both) for at in (0, 1))
        wide = median(_gap_at(line, x) for line in lines)
        if figures >= FIGURES_SHARE * len(both) and wide >= COLUMN_GAP:
            found.append((wide, x))
    # The space within a label is a gap too where all labels have it, but not as wide as that before the figure.
    widest = max((min(wide, 10.0) for wide, _ in found), default=0.0)
    cuts: list[float] = []
    for x in (x for wide, x in found if wide >= 0.5 * widest):
        column = sum(any(cuts and cuts[-1] < word.rect[0] < x for word in line) for line in lines)
        if cuts and column < UNRULED_ROWS:
            # A head over both columns cuts their gap in two.
            cuts[-1] = min(cuts[-1], x, key=lambda cut: sum(_crosses(line, cut) for line in lines))
        else:
            cuts.append(x)
    return cuts


def _free(lines: Sequence[Sequence[Word]]) -> list[float]:
    """Places between words that hardly any line covers, one for each gap, left to right."""
    turns = sorted([(w.rect[0], 1) for line in lines for w in line] + [(w.rect[2], -1) for line in lines for w in line])
    most = (1 - COLUMN_SHARE) * len(lines)
    found: list[float] = []
    depth, best, seen = 0, (0.0, 0.0), False
    for (x, step), (following, _) in pairwise(turns):
        depth += step
        if depth > most:
            if seen and best[0] > 0:
                found.append(best[1])
            best, seen = (0.0, 0.0), True
        elif seen:
            best = max(best, (following - x, (x + following) / 2))
    return found


def _sides(line: Sequence[Word], x: float) -> tuple[str, str]:
    left = " ".join(word.text for word in line if word.rect[2] <= x)
    return left, " ".join(word.text for word in line if word.rect[0] >= x)


def _gap_at(line: Sequence[Word], x: float) -> float:
    """Width of the gap around ``x`` in heights of the letters; of no end where one side is empty."""
    left = max((word.rect[2] for word in line if word.rect[2] <= x), default=-inf)
    right = min((word.rect[0] for word in line if word.rect[0] >= x), default=inf)
    return (right - left) / max(0.1, line[0].rect[3] - line[0].rect[1])


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
        while heads < min(rows - LEAST_BODY, MOST_HEADS) and _is_head(by_row, heads + 1):
            heads += 1
    shown = [row for _, row in sorted(by_row.items()) if len(row) > 1 or row[0].text]
    text = "\n".join(" | ".join(cell.text for cell in row) for row in shown)
    table = Table(rows=rows, columns=columns, cells=tuple(cells), header_rows=min(heads, rows), title=title)
    return Block(kind="table", text=text, locators=locators, part=part, table=table, **fields)


def _is_head(by_row: dict[int, list[Cell]], number: int) -> bool:
    """Whether a row goes on with the heads above it: words alone, over half at least of the columns of figures below."""
    row = [cell for cell in by_row.get(number, []) if cell.text]
    if not row or any(cell.kind != "text" for cell in row):
        return False
    below: dict[int, list[Cell]] = {}
    for cell in (cell for at, cells in by_row.items() if at > number for cell in cells):
        if cell.text:
            below.setdefault(cell.column, []).append(cell)
    body = {column: cells for column, cells in below.items() if len(cells) >= LEAST_BODY}
    figures = {column for column, cells in body.items() if mean(cell.kind != "text" for cell in cells) >= BODY_SHARE}
    # Part P-1 above parts P-2 and P-3 is the first of them.
    if any(
        _DIGIT.search(cell.text) and mean(bool(_DIGIT.search(other.text)) for other in cells) >= BODY_SHARE
        for cell in row
        if cell.column not in figures and (cells := body.get(cell.column))
    ):
        return False
    named = sum(any(cell.column <= column < cell.column + cell.column_span for cell in row) for column in figures)
    return 2 * named > len(figures)


def cell_text(words: Sequence[Word]) -> str:
    """The words of one cell, line by line."""
    return "".join(text for text, _ in _pieces(_text_lines(words)))


def _pieces(lines: Sequence[Sequence[Word]]) -> list[tuple[str, int]]:
    """The text of each line of a cell with what parts it from the next, and the character at which it begins.

    A line of a script without blanks runs on into the next one where it is full; else each may be an item of its own.
    """
    texts = [" ".join(word.text for word in line) for line in lines]
    ends = [line[-1].rect[2] for line in lines]
    found, start = [], 0
    for at, text in enumerate(texts):
        if at + 1 < len(texts):
            height = lines[at][-1].rect[3] - lines[at][-1].rect[1]
            full = len(text) >= FULL_CHARACTERS and ends[at] >= max(ends) - height
            text += glue(text, texts[at + 1]) if full else " "
        found.append((text, start))
        start += len(text)
    return found


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
    at = bisect_left(lines, position)
    if at == len(lines) or (at and position - lines[at - 1] < lines[at] - position):
        return at - 1
    return at
