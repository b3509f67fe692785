"""Lines that rule a table or a form on a scanned page: long straight runs of ink, level or upright."""

import math
from collections.abc import Sequence
from typing import Any

from PIL import Image

from extractors.geometry import Rect, scaled

# Shortest ruling, in parts of the picture's longer side; letters are shorter.
SHORTEST = 0.04
# Thickest ruling in pixels at the width looked at; thicker runs are bars and photos.
THICKEST = 9
# Width in pixels at which rulings are looked for: thin lines survive, noise does not cost.
WIDTH = 1700
# Gap in pixels that a worn line may have.
WORN = 2
# Thicknesses of a ruling beside it that are its blurred edge; pixels above that which tell whether a letter reaches through.
LINE_EDGE, ABOVE = 0.4, 2
# Room above a line in which letters stand on it, in parts of the longer side (3 mm of A4), and the shares of its columns with
# ink there: less is dust, more another line or a bar. Ink on more columns of as much room beside its ends: a piece of a line.
ON_IT = 0.01
DASHED = 0.25
LEAST_WRITTEN, MOST_WRITTEN = 0.04, 0.8
# More runs than this are a halftone picture.
MOST_RUNS = 60_000


def rulings(grey: Image.Image) -> tuple[list[Rect], list[Rect]]:
    """Level and upright rulings of an upright grey picture, in its pixels."""
    import numpy as np

    factor = min(1.0, WIDTH / max(1, grey.width))
    small = grey if factor == 1.0 else grey.reduce(max(1, math.floor(1 / factor)))
    scale = grey.width / small.width
    pixels = np.asarray(small, dtype=np.uint8)
    paper = int(np.percentile(pixels, 75))
    ink = pixels < _dark(paper)
    shortest = max(24, int(SHORTEST * max(small.size)))
    across = _along(ink, shortest)
    upright = [(x0, y0, x1, y1) for y0, x0, y1, x1 in _along(ink.T, shortest)]
    return [scaled(rect, scale) for rect in across], [scaled(rect, scale) for rect in upright]


def without_lines(grey: Image.Image, across: Sequence[Rect]) -> Image.Image:
    """The page without those of its level rulings ``across`` that something is written on: what stands on the line of a form is read as if
    there were no line.

    The line takes the shade beside it. Letters that reach through it keep their ink: columns in which the ink goes on
    above it are left alone. Pieces of dashed and worn lines stay: half a line is taken for a letter sooner than a whole.
    """
    import numpy as np

    pixels = np.asarray(grey, dtype=np.uint8).copy()
    ink = pixels < _dark(int(np.percentile(pixels, 75)))
    for rect in across:
        x0, x1 = max(0, int(rect[0])), math.ceil(rect[2]) + 1
        edge = max(1, round(LINE_EDGE * (rect[3] - rect[1])))
        y0, y1 = int(rect[1]) - edge, math.ceil(rect[3]) + edge
        on_it = max(ABOVE, round(ON_IT * max(grey.size)))
        if y0 < on_it or y1 >= pixels.shape[0]:
            continue
        if not LEAST_WRITTEN <= ink[y0 - on_it : y0, x0:x1].any(axis=0).mean() <= MOST_WRITTEN:
            continue
        beyond = [ink[y0:y1, max(0, x0 - on_it) : max(0, x0 - 3)], ink[y0:y1, x1 + 3 : x1 + on_it]]
        if any(side.size and side.any(axis=0).mean() > DASHED for side in beyond):
            continue
        free = ~ink[y0 - ABOVE : y0, x0:x1].all(axis=0)
        beside = (pixels[y0 - 1, x0:x1].astype(np.int16) + pixels[y1, x0:x1]) // 2
        pixels[y0:y1, x0:x1][:, free] = beside[free].astype(np.uint8)
    return Image.fromarray(pixels)


def _dark(paper: int) -> int:
    """Below which shade there is ink on paper of such a shade."""
    return max(60, paper - 45)


def _along(ink: Any, shortest: int) -> list[Rect]:
    """Runs of ink along the rows that are long enough, those on neighbouring rows as one."""
    import numpy as np

    matrix = np.asarray(ink)
    padded = np.zeros((matrix.shape[0], matrix.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = matrix
    steps = np.diff(padded, axis=1)
    start_rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    runs = _mended(start_rows, starts, ends)
    runs = runs[(runs[:, 2] - runs[:, 1]) >= shortest]
    if len(runs) > MOST_RUNS:
        return []
    found: list[list[int]] = []
    opened: list[list[int]] = []
    for row, x0, x1 in runs.tolist():
        opened = [line for line in opened if row - line[3] <= 2]
        line = next((line for line in opened if x0 < line[2] and x1 > line[0]), None)
        if line is None:
            line = [x0, row, x1, row]
            opened.append(line)
            found.append(line)
        line[0], line[2], line[3] = min(line[0], x0), max(line[2], x1), row
    return [(x0, y0, x1, y1 + 1) for x0, y0, x1, y1 in found if y1 - y0 < THICKEST]


def _mended(rows: Any, starts: Any, ends: Any) -> Any:
    """Runs of one row with only a worn gap between them as one; columns are row, start, end."""
    import numpy as np

    row, start, end = np.asarray(rows), np.asarray(starts), np.asarray(ends)
    if not len(row):
        return np.zeros((0, 3), dtype=np.int64)
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (start[1:] - end[:-1] > WORN)
    at = np.nonzero(first)[0]
    last = np.append(at[1:], len(row)) - 1
    return np.stack([row[at], start[at], end[last]], axis=1)
