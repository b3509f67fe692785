"""Stamps in colour over the print of a scan: the print is read without them, and they without the print.

A stamp's ink is nearly white in the light of its own colour, in which black print stays black. Only marks of a stamp's size
with print among their ink are taken apart; letters that are merely printed in colour stay where they are.
"""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from extractors.geometry import Rect, centre_within, scaled

# Width in pixels at which stamps are looked for: about 70 to the inch on A4.
WIDTH = 600
# A4, for scans that do not state their resolution.
WIDTH_INCHES = 8.27
# Ink whose strongest and weakest colour differ by so much, of 255, has a colour; black print and grey paper do not.
COLOURED = 60
# Black and grey differ less than this.
NEUTRAL = 30
# Darker than this in its own colour is print under the ink.
PRINT = 120
# Shares of a page that are in colour: less is dust, more is a photo. Print in black has so much ink against that in colour.
LEAST_COLOURED, MOST_COLOURED, LEAST_BLACK = 1e-4, 0.25, 0.5
# Sides of a stamp in inches: company and inspection stamps are 12 to 80 mm.
LEAST_SIDE, MOST_SIDE = 0.45, 3.3
# Share of a stamp's box that is its ink, and that is print beneath.
LEAST_INK, LEAST_PRINT = 0.04, 0.01
# Ink of one stamp so near to each other, in inches: rim and letters, letters of a line.
TOGETHER = 0.08
# More are no stamps but a picture.
MOST_STAMPS = 12


@dataclass(frozen=True)
class Stamped:
    """A picture taken apart: the print in grey, and the ink of the stamps alone, dark on white, of the same size."""

    grey: Image.Image
    ink: Image.Image


def has_stamps(image: Image.Image) -> bool:
    """Whether a picture in colour shows stamps over print; a small one is enough to tell."""
    return image.mode == "RGB" and bool(_stamps(image))


def taken_apart(image: Image.Image) -> Stamped | None:
    """The print and the stamps of a picture; None where there are none."""
    import numpy as np

    found = _stamps(image) if image.mode == "RGB" else []
    if not found:
        return None
    grey, ink = image.convert("L"), Image.new("L", image.size, 255)
    for rect, channel in found:
        box = int(rect[0]), int(rect[1]), int(rect[2]), int(rect[3])
        piece = np.asarray(image.crop(box), dtype=np.int16)
        print_, spread = piece[..., channel], piece.max(axis=2) - piece.min(axis=2)
        coloured = spread >= COLOURED // 2
        # In the light of its colour the ink is as bright as it gets; that becomes the white of the paper.
        level = float(np.median(print_[spread >= COLOURED])) if (spread >= COLOURED).any() else 255.0
        plain = np.where(coloured & (print_ > PRINT), 255, np.clip(print_ * (255.0 / max(level, 128.0)), 0, 255))
        grey.paste(Image.fromarray(plain.astype(np.uint8)), box[:2])
        ink.paste(Image.fromarray((255 - np.clip(spread * 2, 0, 255)).astype(np.uint8)), box[:2])
    return Stamped(grey, ink)


def inked(ink: Image.Image) -> list[Rect]:
    """Where the stamps stand on a picture of their ink, turned or not, in its pixels."""
    import numpy as np

    factor = max(1.0, ink.width / WIDTH)
    small = np.asarray(ink.resize((max(1, round(ink.width / factor)), max(1, round(ink.height / factor)))))
    found = _clusters(small < 200, round(TOGETHER * WIDTH / WIDTH_INCHES))
    # Letters within a rim belong to it.
    return [scaled(rect, factor) for rect in found if not any(o != rect and centre_within(rect, o) for o in found)]


def _stamps(image: Image.Image) -> list[tuple[Rect, int]]:
    """Boxes of stamps over print in pixels, with the channel in which their ink is brightest."""
    import numpy as np

    factor = max(1.0, min(image.size) / WIDTH)
    size = max(1, round(image.width / factor)), max(1, round(image.height / factor))
    pixels = np.asarray(image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0), dtype=np.int16)
    spread = pixels.max(axis=2) - pixels.min(axis=2)
    coloured = spread >= COLOURED
    share, dark = float(coloured.mean()), pixels.max(axis=2) < PRINT
    black = dark & (spread < NEUTRAL)
    if not LEAST_COLOURED < share < MOST_COLOURED or black.sum() < LEAST_BLACK * max(coloured.sum(), dark.sum()):
        return []  # nothing in colour, a photo, or a page printed in colour
    inch = min(size) / WIDTH_INCHES
    found: list[tuple[Rect, int]] = []
    for rect in _clusters(coloured, round(TOGETHER * inch)):
        x0, y0, x1, y1 = (int(value) for value in rect)
        sides = (x1 - x0) / inch, (y1 - y0) / inch
        if min(sides) < LEAST_SIDE or max(sides) > MOST_SIDE:
            continue
        inner, ink = pixels[y0:y1, x0:x1], coloured[y0:y1, x0:x1]
        channel = int(inner[ink].mean(axis=0).argmax())
        if ink.mean() >= LEAST_INK and black[y0:y1, x0:x1].mean() >= LEAST_PRINT:
            margin = 2
            box = (float(max(0, x0 - margin)), float(max(0, y0 - margin)), float(x1 + margin), float(y1 + margin))
            big = scaled(box, factor)
            found.append(((big[0], big[1], min(big[2], image.width), min(big[3], image.height)), channel))
    return found if len(found) <= MOST_STAMPS else []


def _clusters(mask: Any, together: int) -> list[Rect]:
    """Boxes around the marked pixels that stand near each other."""
    import numpy as np
    from scipy import ndimage

    side = 2 * together + 1
    # A square is spread along its rows, then along its columns: much faster than at once.
    joined = ndimage.binary_dilation(mask, np.ones((1, side), dtype=bool))
    joined = ndimage.binary_dilation(joined, np.ones((side, 1), dtype=bool))
    labels, _ = ndimage.label(joined)
    found: list[Rect] = []
    for at, (down, across) in enumerate(ndimage.find_objects(labels), start=1):
        own = mask[down, across] & (labels[down, across] == at)
        rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
        if len(rows):
            found.append(
                (
                    float(across.start + columns[0]),
                    float(down.start + rows[0]),
                    float(across.start + columns[-1] + 1),
                    float(down.start + rows[-1] + 1),
                )
            )
    return found
