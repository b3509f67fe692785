"""Text in layers of a PDF that are switched off (PDF 32000-1 8.11): no program shows it, a machine reads it.

Whether a layer is shown hangs on sets, expressions and states of the file that pdfium keeps to itself. It draws by them,
though: what lies in layers is left out of the picture of the page, and text whose place looks the same without it is not seen.
"""

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import ImageChops

from extractors.layout import Line
from extractors.pdf_overlay import box_in
from extractors.pdf_text import TextPage

# Pixels a point in the pictures that are compared: the least letters that a person reads leave a trace.
SCALE = 1.5
# Bytes of the name of a mark in UTF-16; the one looked for has two letters.
_NAME_BYTES = 64
_MARK = "OC\x00".encode("utf-16-le")


def mark_switched_off(lines: Sequence[Line], text: TextPage, page: pypdfium2.PdfPage, most_pixels: int) -> None:
    """Set ``hidden`` of lines in layers of which the page shows nothing: those between the marks of a layer, and those in
    forms, which may belong to one as a whole."""
    objects = [pdfium.FPDFPage_GetObject(page, at) for at in range(pdfium.FPDFPage_CountObjects(page))]
    may_be_off = [item for item in objects if _is(item, pdfium.FPDF_PAGEOBJ_FORM) or _is_layered(item)]
    if not may_be_off:
        return
    off = {_address(item) for item in may_be_off}
    loose = {_address(item) for item in objects if _is(item, pdfium.FPDF_PAGEOBJ_TEXT)} - off
    layered = [
        line
        for line in lines
        if not line.hidden and line.count and _address(pdfium.FPDFText_GetTextObject(text.raw, line.start)) not in loose
    ]
    if not layered:
        return
    width, height = page.get_size()
    scale = min(SCALE, (most_pixels / max(1.0, width * height)) ** 0.5)
    shown = page.render(scale=scale).to_pil().convert("RGB")
    try:
        for item in may_be_off:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        without = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        for item in may_be_off:
            pdfium.FPDFPageObj_SetIsActive(item, True)
    change = ImageChops.difference(shown, without)
    for line in layered:
        box = box_in(line.rect, change, scale)
        line.hidden = box[0] < box[2] and box[1] < box[3] and change.crop(box).getbbox() is None


def _is(item: Any, kind: int) -> bool:
    return bool(pdfium.FPDFPageObj_GetType(item) == kind)


def _is_layered(item: Any) -> bool:
    """Whether an object of a page stands between the marks of a layer."""
    name = ctypes.create_string_buffer(_NAME_BYTES)
    size = ctypes.c_ulong()
    for at in range(max(0, pdfium.FPDFPageObj_CountMarks(item))):
        mark = pdfium.FPDFPageObj_GetMark(item, at)
        letters = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
        if pdfium.FPDFPageObjMark_GetName(mark, letters, _NAME_BYTES, size) and name.raw[: size.value] == _MARK:
            return True
    return False


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value
