"""Text that something was painted over: a person does not see it, a machine reads it."""

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from extractors.geometry import Rect, centre_within
from extractors.layout import Line
from extractors.pdf_objects import Cover, Drawn
from extractors.pdf_text import TextPage

# Pictures looked at for holes on one page, and the most pixels of one; a mosaic of more is a scan in strips.
MOST_PICTURES = 20
MOST_PIXELS = 4_000_000
# Text of which more than this share is let through is seen.
SEEN_SHARE = 0.05


def mark_covered(lines: Sequence[Line], text: TextPage, drawn: Drawn, document: Any, page: Any) -> None:
    """Set ``hidden`` of lines that lie under a picture or area painted after them, unless it lets them through."""
    if not drawn.covers:
        return
    orders = {_address(item): order for order, item in drawn.texts}
    holes: dict[int, bool] = {}
    for line in lines:
        if line.hidden or not line.count:
            continue
        over = [
            cover for cover in drawn.covers if centre_within(line.rect, cover.rect) and _within(line.rect, cover.rect)
        ]
        if not over:
            continue
        order = orders.get(_address(pdfium.FPDFText_GetTextObject(text.raw, line.start)))
        if order is None:
            continue
        for cover in over:
            if cover.order > order and not (cover.picture and _has_holes(cover, document, page, holes)):
                line.hidden = True
                break


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


def _within(inner: Rect, outer: Rect) -> bool:
    """Whether nearly all of the line lies under the cover, by its width."""
    width = min(inner[2], outer[2]) - max(inner[0], outer[0])
    return width >= (1 - SEEN_SHARE) * (inner[2] - inner[0])


def _has_holes(cover: Cover, document: Any, page: Any, known: dict[int, bool]) -> bool:
    """Whether a picture is see-through anywhere, as stamps and signatures are; what cannot be told counts as such."""
    if cover.order not in known:
        known[cover.order] = len(known) >= MOST_PICTURES or _see_through(cover, document, page)
    return known[cover.order]


def _see_through(cover: Cover, document: Any, page: Any) -> bool:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium.FPDFImageObj_GetImagePixelSize(cover.picture, width, height):
        return True
    if width.value * height.value > MOST_PIXELS:
        return False
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, page, cover.picture)
    if not bitmap:
        return True
    try:
        if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_BGRA:
            return False
        size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
        # The fourth byte of each pixel is its opacity; edges are softened.
        opacity = pixels[3::4]
        return sum(opacity.count(level) for level in range(128)) > SEEN_SHARE * len(opacity)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
