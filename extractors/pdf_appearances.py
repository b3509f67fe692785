"""Text that notes, stamps and fields of a PDF page only draw (PDF 32000-1 12.5.5): a stamp "APPROVED" says nothing in words.

What they draw is put on a copy of the page, and what then stands in their place and did not before is theirs.
"""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

# Left, bottom, right and top in points of the page as it is written, not as it is shown.
Corners = tuple[float, float, float, float]
# Places looked at on one page, and the longest text taken of one.
MOST_PLACES = 100
TEXT_CHARACTERS = 5_000
# Appearances that are looked through for text, in bytes of two a letter; in longer ones text is taken to be.
APPEARANCE_BYTES = 200_000


def may_draw_text(note: Any) -> bool:
    """Whether the appearance of a note shows text, or a form that may."""
    size = int(pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0))
    if size <= 2:
        return False
    if size > APPEARANCE_BYTES:
        return True  # it is given whole or not at all
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, size)
    drawn = bytes(memoryview(buffer).cast("B")[:size]).decode("utf-16-le", "replace")
    return any(operator in drawn for operator in ("Tj", "TJ", " Do"))


def corners(note: Any) -> Corners | None:
    """Where a note stands on the page."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(note, box):
        return None
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    return left, bottom, right, top


def drawn_texts(document: Any, number: int, places: Sequence[Corners]) -> list[str]:
    """What is drawn at each place of page ``number`` by notes and not by the page; its notes are gone from ``document``
    afterwards."""
    before = _texts(document, number, places)
    with _page(document, number) as page:
        flat = page is not None and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    after = _texts(document, number, places) if flat else before
    return [_new(old, new) for old, new in zip(before, after, strict=True)]


def _new(before: list[str], after: list[str]) -> str:
    """The lines that are there now and were not before, however words and lines were parted then."""
    known = "".join("".join(before).split())
    return "\n".join(line for line in after if "".join(line.split()) not in known)


def _texts(document: Any, number: int, places: Sequence[Corners]) -> list[list[str]]:
    """The lines of text at each place of a page."""
    with _page(document, number) as page:
        text = pdfium.FPDFText_LoadPage(page) if page is not None else None
        if not text:
            return [[] for _ in places]
        try:
            return [_bounded(text, place) for place in places]
        finally:
            pdfium.FPDFText_ClosePage(text)


def _bounded(text: Any, place: Corners) -> list[str]:
    left, bottom, right, top = place
    buffer = (ctypes.c_ushort * TEXT_CHARACTERS)()
    count = pdfium.FPDFText_GetBoundedText(text, left, top, right, bottom, buffer, TEXT_CHARACTERS)
    found = bytes(memoryview(buffer).cast("B")[: 2 * max(0, count)]).decode("utf-16-le", "replace")
    return [line for line in (" ".join(line.split()) for line in found.replace("\x00", "").splitlines()) if line]


@contextmanager
def _page(document: Any, number: int) -> Iterator[Any]:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
