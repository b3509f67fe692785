"""What is drawn on a page and rules no table: frames round its text, as of templates with a letterhead box, and shapes that lie
under it, as a mark of the house in pale colour. They hold paragraphs and tables, and are no cells."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from extractors.geometry import Rect, centre_within, overlap, union
from extractors.lattice import tables_of
from extractors.layout import Word

# A frame takes so much of the page's height and of its table's width, and so many lines of text stand in it: a field of a
# form holds less, and an empty one stays what it is.
HEIGHT_SHARE = 0.3
WIDTH_SHARE = 0.9
LEAST_LINES = 8
# So many lines of text must run through the sides of the cells of a drawing, and more of them than stand in its cells without,
# before it is a shape that lies under the text: in a table a word may be too long for its cell.
LEAST_CROSSED = 3
# What a side may stand within a letter, in points: boxes of letters are no finer.
GRAZED = 1.5
# A gap between words that is narrower than this part of their height is a blank: a table leaves more room at a ruling.
BLANK = 0.45


def lies_under(grid: Sequence[Rect], lines: Iterable[Sequence[Word]]) -> bool:
    """Whether the lines of text, each as its words from left to right, run on through the upright sides of the cells.

    From above to below, with the cells at the height of each line: squared paper has tens of thousands.
    """
    cells = sorted(grid, key=lambda cell: cell[1])
    here: list[Rect] = []
    sides: list[float] = []
    lefts: list[float] = []
    at = crossed = kept = 0
    for middle, words in sorted(((_middle(words), words) for words in lines if words), key=lambda line: line[0]):
        before, known = at, len(here)
        while at < len(cells) and cells[at][1] <= middle:
            at += 1
        here = [cell for cell in (*here, *cells[before:at]) if cell[3] >= middle]
        if at > before or len(here) < known:
            here.sort()
            lefts = [cell[0] for cell in here]
            sides = sorted({x for cell in here for x in (cell[0], cell[2])})
        if any(_holds(sides, left + GRAZED, right - GRAZED) for left, right in _runs(words)):
            crossed += 1
            continue
        centre = (words[0].rect[0] + words[-1].rect[2]) / 2
        nearest = bisect_right(lefts, centre) - 1
        kept += nearest >= 0 and here[nearest][2] >= centre
    return crossed >= LEAST_CROSSED and crossed > kept


def _middle(words: Sequence[Word]) -> float:
    return (words[0].rect[1] + words[0].rect[3]) / 2


def _holds(sides: Sequence[float], left: float, right: float) -> bool:
    """Whether a side stands between two places across."""
    first = bisect_right(sides, left)
    return first < len(sides) and sides[first] < right


def _runs(words: Sequence[Word]) -> Iterator[tuple[float, float]]:
    """Where the words of a line that only blanks part begin and end."""
    blank = BLANK * (words[0].rect[3] - words[0].rect[1])
    left, right = words[0].rect[0], words[0].rect[2]
    for word in words[1:]:
        if word.rect[0] - right >= blank:
            yield left, right
            left = word.rect[0]
        right = max(right, word.rect[2])
    yield left, right


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
