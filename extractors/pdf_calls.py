"""The calls into pdfium that are made for every line of every page, bound so that they cost least.

The bindings check and convert each argument by its declared type, which takes longer than most of these calls. Here
handles are plain pointers and nothing is declared but what comes back; the interpreter's lock is kept, because a call is
over in less than a microsecond. Signatures: pdfium's public headers ``fpdf_text.h`` and ``fpdf_edit.h``.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium


class Handle(ctypes.c_void_p):
    """A pointer of pdfium; false where it is null."""


def handle(pointer: Any) -> Handle:
    """A pointer of the bindings for use in these calls."""
    return Handle(ctypes.cast(pointer, ctypes.c_void_p).value)


def _bound(function: Any, gives: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(gives)(address)


# Of a text page and the index of a character.
has_no_meaning = _bound(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
font_size = _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double)
char_angle = _bound(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
fill_colour = _bound(pdfium.FPDFText_GetFillColor, ctypes.c_int)
text_object = _bound(pdfium.FPDFText_GetTextObject, Handle)
# Of a text page, a first character, a number of them and where to put their text in UTF-16.
page_text = _bound(pdfium.FPDFText_GetText, ctypes.c_int)
# Of a text page, a first character and a number of them; of a text page and the index of a rectangle.
count_rects = _bound(pdfium.FPDFText_CountRects, ctypes.c_int)
rect = _bound(pdfium.FPDFText_GetRect, ctypes.c_int)
# Of a text object.
render_mode = _bound(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
font = _bound(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
# Of a page or a form and the index of an object; of an object.
page_object = _bound(pdfium.FPDFPage_GetObject, Handle)
form_object = _bound(pdfium.FPDFFormObj_GetObject, Handle)
object_type = _bound(pdfium.FPDFPageObj_GetType, ctypes.c_int)
# Of an object and where to put its red, green, blue and opacity.
object_colour = _bound(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int)
