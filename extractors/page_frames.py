"""Frames drawn round the text of a page, as by templates with a letterhead box: they hold paragraphs and tables, and are no
cells."""

from collections.abc import Callable, Sequence

from extractors.geometry import Rect, centre_within, overlap, union
from extractors.lattice import tables_of
from extractors.layout import Word

# A frame takes so much of the page's height and of its table's width, and so many lines of text stand in it: a field of a
# form holds less, and an empty one stays what it is.
HEIGHT_SHARE = 0.3
WIDTH_SHARE = 0.9
LEAST_LINES = 8


def without_frames(grid: list[Rect], words: Callable[[], Sequence[Word]], height: float) -> list[list[Rect]]:
    """The tables of a drawing on a page of that height, without the cells that only frame text; ``words`` gives the words
    in the drawing, asked for only where a cell is tall."""
    least = HEIGHT_SHARE * height
    if not any(cell[3] - cell[1] >= least for cell in grid):
        return [grid]
    around, held = union(grid), words()
    frames = {
        cell
        for cell in grid
        if cell[3] - cell[1] >= least
        and cell[2] - cell[0] >= WIDTH_SHARE * (around[2] - around[0])
        and _lines_in(cell, held) >= LEAST_LINES
    }
    if not frames:
        return [grid]
    return tables_of([cell for cell in grid if cell not in frames])


def _lines_in(cell: Rect, words: Sequence[Word]) -> int:
    """How many lines of text stand in a cell."""
    found, last = 0, None
    for rect in sorted((word.rect for word in words if centre_within(word.rect, cell)), key=lambda rect: rect[1]):
        if last is None or overlap(last[1], last[3], rect[1], rect[3]) <= 0.5 * min(
            last[3] - last[1], rect[3] - rect[1]
        ):
            found, last = found + 1, rect
    return found
