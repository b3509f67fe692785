"""Text that something was painted over: a person does not see it, a machine reads it."""

import ctypes
from collections.abc import Callable, Mapping, Sequence
from heapq import nlargest
from typing import Any

import pypdfium2.raw as pdfium

from extractors.geometry import Rect, centre_within, overlap
from extractors.layout import Line
from extractors.pdf_letters import Letter
from extractors.pdf_objects import Cover, Drawn
from extractors.pdf_text import TextPage

# Pictures looked at for holes on one page, and the most pixels of one; a mosaic of more is a scan in strips.
MOST_PICTURES = 20
MOST_PIXELS = 4_000_000
# Text of which more than this share is let through is seen.
SEEN_SHARE = 0.05
# Areas over one line of which each letter is asked, the widest first; gradients drawn in strips have hundreds.
MOST_OVER = 100


def mark_covered(lines: list[Line], text: TextPage, drawn: Drawn, document: Any, page: Any) -> None:
    """Set ``hidden`` of lines that lie under a picture or area painted after them, unless it lets them through; where a part of a
    line lies there, as under what was painted out, the line is cut."""
    if not drawn.covers:
        return
    orders = {_address(item): order for order, item in drawn.texts}
    holes: dict[int, bool] = {}

    def hides(cover: Cover, order: int | None) -> bool:
        return (
            order is not None
            and cover.order > order
            and not (cover.picture and _has_holes(cover, document, page, holes))
        )

    found: list[Line] = []
    for line in lines:
        over = [cover for cover in drawn.covers if _meets(line.rect, cover.rect)] if line.count else []
        if line.hidden or not over:
            found.append(line)
            continue
        order, last = (
            orders.get(_address(pdfium.FPDFText_GetTextObject(text.raw, at)))
            for at in (line.start, line.start + line.count - 1)
        )
        # Grounds are painted before what stands on them.
        over = [cover for cover in over if cover.order > min(order or 0, last or 0)]
        if any(_within(line.rect, cover.rect) and hides(cover, order) for cover in over):
            line.hidden = True
        found += [line] if line.hidden or not over else _cut(line, text, over, orders, hides)
    lines[:] = found


def _cut(
    line: Line,
    text: TextPage,
    over: Sequence[Cover],
    orders: Mapping[int | None, int],
    hides: Callable[[Cover, int | None], bool],
) -> list[Line]:
    """The line in pieces that are seen or hidden as a whole."""
    if len(over) > MOST_OVER:
        over = nlargest(
            MOST_OVER, over, key=lambda cover: overlap(line.rect[0], line.rect[2], cover.rect[0], cover.rect[2])
        )
    runs: list[tuple[bool, list[Letter]]] = []
    for letter in text.letters(line.start, line.count):
        if letter[1] == " ":
            if runs:
                runs[-1][1].append(letter)
            continue
        above = [cover for cover in over if centre_within(letter[2], cover.rect)]
        order = orders.get(_address(pdfium.FPDFText_GetTextObject(text.raw, letter[0]))) if above else None
        hidden = any(hides(cover, order) for cover in above)
        if not runs or runs[-1][0] != hidden:
            runs.append((hidden, []))
        runs[-1][1].append(letter)
    if len(runs) < 2:
        return [line]
    return [piece for hidden, run in runs for piece in text.piece(run, (line.size, line.bold, hidden))]


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


def _meets(line: Rect, cover: Rect) -> bool:
    """Whether a cover lies over the middle of a line's height, somewhere."""
    return cover[1] <= (line[1] + line[3]) / 2 <= cover[3] and overlap(line[0], line[2], cover[0], cover[2]) > 0


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
