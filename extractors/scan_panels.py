"""Solid panels of a scan with light letters on them that the engine left out: tiles, bands, calendar leaves.

The engine reads light letters on dark ground where they stand in a line of text. A tile of a certificate that holds two
large figures, or a band of a form, is a picture to it. Such panels are looked for where no word was read, turned to dark on
light, and read one by one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image, ImageOps

from extractors.geometry import Rect, centre_within, scaled
from extractors.ocr_words import OcrWord

# Width in pixels at which panels are looked for: about 100 to the inch on A4.
WIDTH = 850
# Darker than the paper by so much, of 255, is a panel; its letters are lighter than it by as much.
DARKER = 60
# Smallest panel at that width, 3 mm; a panel over more of the page is its ground.
LEAST_SIDE = 12
MOST_OF_PAGE = 0.2
# Shares of a panel's box that are its ground and its letters; a photo has no ground of one shade.
LEAST_GROUND = 0.5
LEAST_LIGHT, MOST_LIGHT = 0.02, 0.45
# Widest span of shades in between: the blurred edges of the letters lie above it.
DARKEST, LIGHTEST, MOST_SHADES = 10, 80, 40.0
# The rim of a panel is ground all round, but for a corner; that of a thick letter with an eye, such as an O, is not.
LEAST_RIM = 0.8
# More panels than this are a photo or a chart.
MOST_PANELS = 24
# A word read in a panel counts from this confidence on, and only one that says something.
BELIEVED = 0.85
# A panel in which the page's reading is surer than this is left to it.
DOUBTED = 0.6
# Pixels of the panel's edge that are left out, and of ground put around it instead.
EDGE, ROOM = 3, 30
# A day, a month in letters and a year below each other are one date: leaves of a calendar.
_LEAF = (re.compile(r"\d{1,2}"), re.compile(r"[^\W\d_]{3,12}\.?"), re.compile(r"(?:19|20)\d\d"))
# Parts of the narrower word that must stand over the wider one, and the widest gap in heights of the day.
STACKED, STACKED_GAP = 0.6, 1.2


def panels(grey: Image.Image, words: Sequence[Rect]) -> list[Rect]:
    """Places of an upright page that are panels with something light on them and no word of ``words``, in its pixels."""
    import numpy as np
    from scipy import ndimage

    steps = max(1, round(grey.width / WIDTH))
    pixels = np.asarray(grey.reduce(steps) if steps > 1 else grey, dtype=np.int16)
    paper = int(np.percentile(pixels, 75))
    labels, _ = ndimage.label(pixels < paper - DARKER)
    found: list[Rect] = []
    for at, (down, across) in enumerate(ndimage.find_objects(labels), start=1):
        height, width = down.stop - down.start, across.stop - across.start
        if min(height, width) < LEAST_SIDE or height * width > MOST_OF_PAGE * pixels.size:
            continue
        inner, ground = pixels[down, across], labels[down, across] == at
        shades = np.percentile(inner[ground], (DARKEST, LIGHTEST)) if ground.mean() >= LEAST_GROUND else (0, 255)
        if shades[1] - shades[0] > MOST_SHADES:
            continue
        rim = np.concatenate([ground[1], ground[-2], ground[:, 1], ground[:, -2]])
        if rim.mean() < LEAST_RIM:
            continue
        if not LEAST_LIGHT <= (inner > np.median(inner[ground]) + DARKER).mean() <= MOST_LIGHT:
            continue
        box = scaled((float(across.start), float(down.start), float(across.stop), float(down.stop)), steps)
        if not any(centre_within(word, box) for word in words):
            found.append(box)
            if len(found) > MOST_PANELS:
                return []
    return found


def panel_words(
    grey: Image.Image, words: Sequence[OcrWord], recognise: Callable[[Image.Image], Sequence[OcrWord]]
) -> list[OcrWord]:
    """The words of panels that ``words`` leave out, each panel's lines numbered behind those of the page."""
    import numpy as np

    found: list[OcrWord] = []
    line = max((word.line for word in words), default=0)
    for x0, y0, x1, y1 in panels(grey, [word.rect for word in words if word.confidence >= DOUBTED]):
        left, top = int(x0) + EDGE, int(y0) + EDGE
        crop = ImageOps.invert(grey.crop((left, top, int(x1) - EDGE, int(y1) - EDGE)))
        picture = ImageOps.expand(crop, ROOM, int(np.percentile(np.asarray(crop), 60)))
        for word in recognise(picture):
            if word.confidence < BELIEVED or not any(letter.isalnum() for letter in word.text):
                continue
            a, b, c, d = word.rect
            moved = (a - ROOM + left, b - ROOM + top, c - ROOM + left, d - ROOM + top)
            found.append(replace(word, rect=moved, line=line + word.line))
        line = max((word.line for word in found), default=line)
    return found


def leaves_joined(words: Sequence[OcrWord], panelled: Sequence[OcrWord]) -> list[OcrWord]:
    """All words of a page, a day on a panel with the month and the year below it as one line: the leaf of a calendar.

    What the engine was unsure of where a panel was read gives way to that."""
    found = [
        word
        for word in words
        if word.confidence >= DOUBTED or not any(centre_within(word.rect, sure.rect) for sure in panelled)
    ]
    found += panelled
    _, month_like, year_like = _LEAF
    for day in panelled:
        month = _below(day, day, found, month_like)
        year = month and _below(month, day, found, year_like)
        if not (month and year and _LEAF[0].fullmatch(day.text)):
            continue
        line = max(word.line for word in found) + 1
        found = [word for word in found if word not in (day, month, year)]
        found += [replace(word, line=line) for word in (day, month, year)]
    return found


def _below(upper: OcrWord, day: OcrWord, words: Sequence[OcrWord], pattern: re.Pattern[str]) -> OcrWord | None:
    """The word of such a form that stands right below another, within a leaf as wide and high as its ``day`` makes it."""
    x0, _, x1, bottom = upper.rect
    tallest = day.rect[3] - day.rect[1]
    for word in words:
        a, b, c, d = word.rect
        over, narrow = min(x1, c) - max(x0, a), min(x1 - x0, c - a)
        near = -0.2 * tallest <= b - bottom <= STACKED_GAP * tallest and d - b <= tallest
        if near and over >= STACKED * narrow and pattern.fullmatch(word.text):
            return word
    return None
