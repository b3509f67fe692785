"""Words typed over a scan: whether the text of a page tells what its picture shows, or only what somebody added to it.

A scan with a few typed words looks like a page with text. What the scan itself says is lost, unless its ink is looked at: a
searchable scan has text over all its lines, an overlay leaves most of them untold.
"""

from collections.abc import Iterable
from typing import Any

import pypdfium2
from PIL.Image import Image

from extractors.geometry import Rect

# Dots per inch at which ink is looked for: lines of print are a few pixels high, a page takes some hundredths of a second.
DPI = 60
POINTS_PER_INCH = 72
# Darker than the paper by so much, of 255, is ink; where more of the page is, it is a photo or a coloured ground.
DARKER = 70
MOST_INK = 0.35
# Height of a line of print in points, and its length in heights; what is shorter, as a figure in a cell, counts as part of a line,
# what is longer as up to so much more of one. Blots are shorter than high, frames and photos higher.
LOWEST, HIGHEST, FULL_LENGTH, MOST_OF_ONE = 3.5, 36.0, 3.0, 2.0
# Pixels of ink to one of length below which what is long is a piece of a ruling: words have more.
THIN = 1.6
# Share of the box of a line of print that is ink: rulings have more, specks less.
LEAST_DENSITY, MOST_DENSITY = 0.12, 0.85
# Lines that no text tells, from which the picture says something of its own, and their room against that of the text: a stamp and
# the name of a logo are fewer.
LEAST_LINES = 5
LEAST_ROOM = 1.0
# Pixels on either side of a letter within which the next one of its line stands.
JOINED = 4
# Room in points around a line of text that is its own: boxes of an earlier OCR are seldom exact.
AROUND = 3.0


def small_picture(page: pypdfium2.PdfPage, most_pixels: int) -> tuple[Image, float]:
    """A small grey picture of a page, of about ``most_pixels`` at most however large the page says it is, and its pixels a point."""
    width, height = page.get_size()
    scale = min(DPI / POINTS_PER_INCH, (most_pixels / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale, grayscale=True).to_pil(), scale


def shows_more(picture: Image, scale: float, told: Iterable[Rect]) -> bool:
    """Whether a page shows lines of print that its text does not tell. ``picture`` and ``scale`` are those of ``small_picture``,
    asked only of pages that a picture covers; ``told`` are the boxes of all its text, hidden or not, in points of the page as shown.
    """
    import numpy as np
    from scipy import ndimage

    pixels = np.asarray(picture, dtype=np.int16)
    ink = pixels < max(40, int(np.percentile(pixels, 80)) - DARKER)
    if ink.mean() > MOST_INK:
        return False
    known = 0.0
    for x0, y0, x1, y1 in told:
        left, top, right, bottom = box_in((x0 - AROUND, y0 - AROUND, x1 + AROUND, y1 + AROUND), picture, scale)
        known += (right - left) * (bottom - top) / scale**2
        ink[top:bottom, left:right] = False
    _drop_drawn(ink, HIGHEST * scale)
    # Letters of a line stand less than a height apart; lines stay apart.
    labels, _ = ndimage.label(ndimage.binary_dilation(ink, np.ones((1, 1 + 2 * JOINED), dtype=bool)))
    lines, room = 0.0, 0.0
    for down, across in ndimage.find_objects(labels):
        height, width = (down.stop - down.start) / scale, (across.stop - across.start - 2 * JOINED) / scale
        if not LOWEST <= height <= HIGHEST or width < height:
            continue
        if LEAST_DENSITY <= ink[down, across].mean() <= MOST_DENSITY:
            lines += min(MOST_OF_ONE, width / (FULL_LENGTH * height))
            room += height * width
    return lines >= LEAST_LINES and room >= LEAST_ROOM * known


def _drop_drawn(ink: Any, highest: float) -> None:
    """Take away what hangs together and is higher than any letter, or long and thin: the rulings of tables would join all the words
    between them, and a scan that is one ruled form would show no line of print at all."""
    import numpy as np
    from scipy import ndimage

    labels, _ = ndimage.label(ink, np.ones((3, 3), dtype=bool))
    sizes = np.bincount(labels.ravel())
    drawn = [
        down.stop - down.start > highest or THIN * (across.stop - across.start) > max(THIN * highest, float(size))
        for (down, across), size in zip(ndimage.find_objects(labels), sizes[1:], strict=True)
    ]
    ink[np.array([False, *drawn])[labels]] = False


def box_in(rect: Rect, picture: Image, scale: float) -> tuple[int, int, int, int]:
    """A box on a page in whole pixels of its picture, within it; files may name any number."""
    left, right = (_pixel(value * scale, picture.width) for value in rect[::2])
    top, bottom = (_pixel(value * scale, picture.height) for value in rect[1::2])
    return left, top, right, bottom


def _pixel(value: float, most: int) -> int:
    return int(max(0, min(value + 0.5, most)))
