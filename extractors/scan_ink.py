"""Ink on a scanned page that no reader took for words: signatures, written values, sketches.

What is written by hand is joined: few strokes for its length, where print has one for each letter. That alone is looked at;
nothing is guessed about what it says.
"""

from collections.abc import Sequence
from typing import Any

from PIL import Image

from extractors.geometry import Rect, scaled

# Width in pixels at which ink is looked for: about 100 to the inch on A4.
WIDTH = 850
# Darker than the paper by so much, of 255, is ink.
DARKER = 60
# Smallest mark, at that width: 3 mm high and 6 mm wide on A4; dust and stops are smaller.
LEAST_HEIGHT, LEAST_WIDTH = 12, 24
# A mark over more of the page is a picture, a mark with more ink in it a bar or a photo, one with less a worn frame.
MOST_OF_PAGE = 0.12
LEAST_DENSITY, MOST_DENSITY = 0.02, 0.45
# More marks than this are the grain of a photo.
MOST_MARKS = 25
# Room around words and rulings, in pixels at that width, that counts as theirs.
AROUND_WORDS, AROUND_RULINGS = 4, 3
# Strokes for each height of length: print has one and a half and more, joined writing less than one.
JOINED = 0.9


def marks(grey: Image.Image, words: Sequence[Rect], rulings: Sequence[Rect]) -> list[Rect]:
    """Places of an upright page with ink that neither words nor rulings explain, in its pixels."""
    import numpy as np
    from scipy import ndimage

    ink, factor = _ink(grey)
    for rects, margin in ((words, AROUND_WORDS), (rulings, AROUND_RULINGS)):
        for rect in rects:
            x0, y0, x1, y1 = (value / factor for value in rect)
            ink[
                max(0, int(y0) - margin) : max(0, int(y1) + margin + 1),
                max(0, int(x0) - margin) : max(0, int(x1) + margin + 1),
            ] = False
    height, width = ink.shape
    joined = ndimage.binary_dilation(ink, np.ones((5, 13), dtype=bool))
    labels, _ = ndimage.label(joined)
    found: list[Rect] = []
    for down, across in ndimage.find_objects(labels):
        inner = ink[down, across]
        rows, columns = np.nonzero(inner)
        if not len(rows):
            continue
        y0, y1 = down.start + rows.min(), down.start + rows.max() + 1
        x0, x1 = across.start + columns.min(), across.start + columns.max() + 1
        if y1 - y0 < LEAST_HEIGHT or x1 - x0 < LEAST_WIDTH or min(y0, x0) <= 2 or y1 >= height - 2 or x1 >= width - 2:
            continue
        area = (y1 - y0) * (x1 - x0)
        if area <= MOST_OF_PAGE * height * width and LEAST_DENSITY <= len(rows) / area <= MOST_DENSITY:
            found.append((float(x0), float(y0), float(x1), float(y1)))
    return [scaled(rect, factor) for rect in found] if len(found) <= MOST_MARKS else []


def is_handwritten(grey: Image.Image, rect: Rect) -> bool:
    """Whether the ink in a place is joined as writing by hand is."""
    from scipy import ndimage

    x0, y0, x1, y1 = rect
    box = max(0, int(x0)), max(0, int(y0)), min(grey.width, int(x1) + 1), min(grey.height, int(y1) + 1)
    if box[2] - box[0] < 8 or box[3] - box[1] < 8:
        return False
    crop = grey.crop(box)
    pixels, _ = _ink(crop)
    rows = pixels.any(axis=1).nonzero()[0]
    columns = pixels.any(axis=0).nonzero()[0]
    if not len(rows):
        return False
    length, height = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
    if length < 2 * height:
        return False  # too short to tell writing from a letter
    labels, count = ndimage.label(pixels, [[1, 1, 1]] * 3)
    sizes = ndimage.sum_labels(pixels, labels, range(1, count + 1)) if count else []
    strokes = sum(size >= 6 for size in sizes)
    return 0 < strokes < JOINED * length / height


def _ink(grey: Image.Image) -> tuple[Any, float]:
    """Where there is ink, at the width looked at, and by what the picture was made smaller."""
    import numpy as np

    steps = max(1, round(grey.width / WIDTH))
    pixels = np.asarray(grey.reduce(steps) if steps > 1 else grey, dtype=np.int16)
    return pixels < max(40, int(np.percentile(pixels, 75)) - DARKER), float(steps)
