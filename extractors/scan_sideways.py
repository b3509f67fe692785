"""Lines that run up or down the edge of an upright page: the engine takes them for letters below each other.

Certificates and forms carry such lines in their margin. The column of letters is turned and read again; what was read
before stays where that says no more, as in a column of marks or single figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image, ImageOps

from extractors.geometry import Rect, union
from extractors.ocr_words import OcrWord

# Letters of a column; pieces of a line set sideways hold one or two letters.
LEAST_LETTERS, LONGEST_PIECE = 4, 2
# Widest gap between pieces, and the most that one stands beside the other, in parts of their longest side.
GAP, ASIDE = 2.0, 0.5
# A turned reading counts from such a confidence and so many different letters of a word on: marks (O, X) turned are marks.
SURE, LEAST_WORD = 0.8, 3
# Share of the page's width at either side in which such a line stands, and columns that are read again: readings below each
# other within a table are neither, and each costs two readings.
MARGIN, MOST_COLUMNS = 0.13, 4
# Pixels of white around the column.
ROOM = 20


def sideways_read(
    grey: Image.Image, words: Sequence[OcrWord], recognise: Callable[[Image.Image], Sequence[OcrWord]]
) -> list[OcrWord]:
    """The words of an upright page with columns of letters that are a line set sideways read as that line."""
    found = list(words)
    for column in _columns(words, grey.width)[:MOST_COLUMNS]:
        x0, y0, x1, y1 = union(word.rect for word in column)
        place = max(0, int(x0)), max(0, int(y0)), min(grey.width, int(x1) + 1), min(grey.height, int(y1) + 1)
        crop = ImageOps.expand(grey.crop(place), ROOM, 255)
        readings = [(turn, _sure(recognise(crop.rotate(turn, expand=True)))) for turn in (270, 90)]
        turn, reading = max(readings, key=lambda reading: _letters(reading[1]))
        if _letters(reading) < _letters(column) or not any(len(set(word.text)) >= LEAST_WORD for word in reading):
            continue
        line = max(word.line for word in found) + 1
        found = [word for word in found if word not in column]
        found += [replace(word, rect=_back(word.rect, turn, crop.size, place), line=line) for word in reading]
    return found


def _columns(words: Sequence[OcrWord], width: int) -> list[list[OcrWord]]:
    """Runs of pieces that stand close below each other along the left or right edge of a page of such a width."""
    columns: list[list[OcrWord]] = []
    left, right = MARGIN * width, (1 - MARGIN) * width
    short = (
        word for word in words if len(word.text) <= LONGEST_PIECE and (word.rect[2] <= left or word.rect[0] >= right)
    )
    for word in sorted(short, key=lambda word: word.rect[1]):
        column = next((column for column in columns if _follows(column[-1].rect, word.rect)), None)
        if column is None:
            columns.append([word])
        else:
            column.append(word)
    return [column for column in columns if len(column) >= LEAST_LETTERS]


def _follows(upper: Rect, lower: Rect) -> bool:
    tall = max(upper[3] - upper[1], lower[3] - lower[1], upper[2] - upper[0], lower[2] - lower[0])
    aside = abs(upper[0] + upper[2] - lower[0] - lower[2]) / 2
    return aside <= ASIDE * tall and -0.5 * tall <= lower[1] - upper[3] <= GAP * tall


def _sure(reading: Sequence[OcrWord]) -> list[OcrWord]:
    return [word for word in reading if word.confidence >= SURE]


def _letters(words: Sequence[OcrWord]) -> int:
    return sum(letter.isalnum() for word in words for letter in word.text)


def _back(rect: Rect, turn: int, size: tuple[int, int], place: tuple[int, int, int, int]) -> Rect:
    """A place on the turned column as one of the page; ``size`` is that of the column before it was turned."""
    width, height = size
    a, b, c, d = rect
    # Turned by 90 degrees counter-clockwise, the right edge is on top; by 270, the left one.
    x0, y0, x1, y1 = (width - d, a, width - b, c) if turn == 90 else (b, height - c, d, height - a)
    return x0 - ROOM + place[0], y0 - ROOM + place[1], x1 - ROOM + place[0], y1 - ROOM + place[1]
