"""Pictures for people: a page of a PDF or a picture file as PNG of a given width. Runs in the child process."""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from extractors import detect
from extractors.errors import DamagedFile, UnsupportedType
from extractors.locators import Box
from extractors.policy import ExtractionPolicy

# A page ten times as high as wide is a receipt; beyond, the picture is cut in resolution.
HIGHEST_RATIO = 10
# What a cut shows around its passage, as shares of the page: the line above and below, and enough to know the page by.
AROUND_X, AROUND_Y, LEAST_WIDTH, LEAST_HEIGHT = 0.03, 0.024, 0.9, 0.06
# A passage higher than this is shown from its beginning.
MOST_HEIGHT = 0.3
# How far, as a share of the page's height, an edge of the strip moves to pass between two lines of text.
EDGE_REACH = 0.012
MARKER, OUTLINE = (255, 243, 176), (180, 83, 9)
# Colours of a cut: text keeps its edges, and the file is a tenth of its size.
COLOURS = 32


def picture(path: Path, media_type: str, part: int, width_px: int, policy: ExtractionPolicy) -> bytes:
    """PNG of page or frame ``part`` (from 1), ``width_px`` wide. Raises UnsupportedType where there are no pages."""
    image = _page(path, media_type, part, width_px, policy)
    stream = io.BytesIO()
    try:
        image.save(stream, "PNG", optimize=False, compress_level=3)
    except OSError as problem:
        raise DamagedFile from problem
    return stream.getvalue()


def cut(path: Path, media_type: str, part: int, boxes: Sequence[Box], width_px: int, policy: ExtractionPolicy) -> bytes:
    """The strip of a page (``width_px`` wide as a whole) around the boxes, which are marked, as PNG.

    Raises UnsupportedType where there are no pages, and DamagedFile.
    """
    image = _page(path, media_type, part, width_px, policy).convert("RGB")
    marked = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(marked)
    for box in boxes:
        corners = (box.x0 * image.width, box.y0 * image.height, box.x1 * image.width, box.y1 * image.height)
        pen.rectangle(corners, fill=MARKER, outline=OUTLINE)
    window = around(boxes)
    area = (
        int(window.x0 * image.width), int(window.y0 * image.height),
        max(1, round(window.x1 * image.width)), max(1, round(window.y1 * image.height)),
    )  # fmt: skip
    strip = ImageChops.multiply(image, marked).crop(_between_lines(image, area, boxes))
    stream = io.BytesIO()
    try:
        strip.quantize(COLOURS, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    except OSError as problem:
        raise DamagedFile from problem
    return stream.getvalue()


def _between_lines(
    image: Image.Image, area: tuple[int, int, int, int], boxes: Sequence[Box]
) -> tuple[int, int, int, int]:
    """The area with its upper and lower edge moved to where least is printed, so that no line of text is cut in half."""
    left, top, right, bottom = area
    reach = round(EDGE_REACH * image.height)
    ink = 255 - np.asarray(image.convert("L").crop((left, 0, right, image.height)), dtype=np.int32)
    amount = ink.sum(axis=1)
    highest = min((round(box.y0 * image.height) for box in boxes), default=top)
    lowest = max((round(box.y1 * image.height) for box in boxes if box.y1 * image.height <= bottom), default=bottom)

    def quietest(rows: range, near: int) -> int:
        return min(rows, key=lambda row: (amount[row], abs(row - near)), default=near)

    if top > 0:
        top = quietest(range(max(0, top - reach), min(top + reach, highest, image.height - 1)), top)
    if bottom < image.height:
        bottom = quietest(
            range(max(bottom - reach, lowest + 1, top + 1), min(bottom + reach, image.height - 1)), bottom
        )
    return left, top, right, bottom


def around(boxes: Sequence[Box]) -> Box:
    """What a cut shows of a page: the boxes with a margin, wide enough that no line beside them is broken off; all of it without boxes."""
    if not boxes:
        return Box(x0=0, y0=0, x1=1, y1=MOST_HEIGHT)
    left, right = _spread(min(b.x0 for b in boxes) - AROUND_X, max(b.x1 for b in boxes) + AROUND_X, LEAST_WIDTH)
    top, bottom = min(b.y0 for b in boxes) - AROUND_Y, max(b.y1 for b in boxes) + AROUND_Y
    top, bottom = _spread(top, min(bottom, top + MOST_HEIGHT), LEAST_HEIGHT)
    return Box(x0=left, y0=top, x1=right, y1=bottom)


def _spread(first: float, last: float, least: float) -> tuple[float, float]:
    """The stretch widened to a least length and kept between 0 and 1."""
    missing = max(0.0, least - (last - first))
    first, last = first - missing / 2, last + missing / 2
    if first < 0:
        first, last = 0.0, last - first
    if last > 1:
        first, last = first - (last - 1), 1.0
    return max(0.0, first), min(1.0, last)


def _page(path: Path, media_type: str, part: int, width_px: int, policy: ExtractionPolicy) -> Image.Image:
    width_px = max(16, min(width_px, policy.picture_width_px))
    if media_type == detect.PDF:
        from extractors.pdf import page_picture

        image: Image.Image = page_picture(path, part, width_px, policy)
    elif media_type in detect.IMAGES:
        from extractors.image import frame

        image = frame(path, part, policy)
        height = max(1, min(round(image.height * width_px / image.width), HIGHEST_RATIO * width_px))
        image = image.resize((width_px, height), Image.Resampling.LANCZOS)
    else:
        raise UnsupportedType("Files of this type have no page pictures.")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")
