"""Turning a scanned page upright and level."""

import math

from PIL import Image

# Skew in degrees that is worth straightening, and the most that is looked for.
LEAST_SKEW = 0.35
MOST_SKEW = 8.0
# Width in pixels to which a picture is brought before its skew is measured.
SKEW_WIDTH = 700


def level(grey: Image.Image, turned: int, skew: float) -> Image.Image:
    """The picture turned by quarters, then straightened."""
    if turned:
        grey = grey.rotate(turned, expand=True)
    return grey.rotate(skew, Image.Resampling.BICUBIC, expand=True, fillcolor=255) if skew else grey


def measure_skew(grey: Image.Image) -> float:
    """Degrees by which to turn the picture counter-clockwise so that its lines run level, 0 where none can be seen.

    The angle at which the rows of ink are sharpest (projection profile, Postl 1986): coarse steps, then fine ones.
    """
    import numpy as np

    width = min(SKEW_WIDTH, grey.width)
    small = grey.resize((width, max(1, round(grey.height * width / grey.width))), Image.Resampling.BILINEAR)
    pixels = np.asarray(small, dtype=np.float32)
    ink = np.clip(float(np.percentile(pixels, 80)) - 30 - pixels, 0, None)
    rows, columns = np.nonzero(ink > 0)
    if len(rows) < 200:
        return 0.0
    if len(rows) > 60_000:
        step = len(rows) // 60_000 + 1
        rows, columns = rows[::step], columns[::step]
    weights = ink[rows, columns]

    def sharpness(degrees: float) -> float:
        shifted = rows + columns * math.tan(math.radians(degrees))
        profile = np.bincount((shifted - shifted.min()).astype(np.int64), weights)
        return float(np.square(np.diff(profile)).sum())

    coarse = [step * 0.5 for step in range(int(-MOST_SKEW * 2), int(MOST_SKEW * 2) + 1)]
    best = max(coarse, key=sharpness)
    fine = max((best + step * 0.1 for step in range(-4, 5)), key=sharpness)
    if sharpness(fine) < 1.15 * sharpness(0.0):
        return 0.0
    # Rows shifted down to the right by a positive angle are level: the picture leans that way and is turned back.
    return -fine
