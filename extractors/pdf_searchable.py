"""Scans that were made searchable: whether a page has to be read from its picture, and which of its text nobody sees.

A program that makes a scan searchable writes the words it recognised in a mode that paints nothing. Those are the words of the
page. Text that is white, tiny, covered or off the page was hidden by somebody, on a scan as anywhere else.
"""

from collections.abc import Iterable, Sequence

import pypdfium2
from PIL.Image import Image

from extractors.layout import Line
from extractors.pdf_objects import Drawn
from extractors.pdf_overlay import box_in, shows_more, small_picture
from extractors.pdf_page import SEEN_SHARE, Page, area_on, is_garbled
from extractors.pdf_text import TextPage

# Fewer letters than this on a page with a picture are a page number or a stamp over a scan.
FEW_LETTERS = 25
# A picture over this part of the page is a scan; text in invisible mode over it is an earlier OCR.
SCAN_SHARE = 0.6
# A picture over this part of the page may hold its text.
PICTURE_SHARE = 0.02
# Letters drawn as outlines leave many paths and no text.
OUTLINE_PATHS = 60
# White letters are seen on what is darker than this, of 255, where so much of their box is: print below them is less, paper lighter.
GROUND = 225
LEAST_GROUND = 0.3


def wants_ocr(
    lines: Sequence[Line], text: TextPage, drawn: Drawn, page: Page, handle: pypdfium2.PdfPage, most_pixels: int
) -> bool:
    """Whether the page's text is missing or garbled while something that may be text is drawn.

    Sets ``hidden`` of the lines of a scan: those of an earlier OCR are its words, white ones on its paper are hidden.
    ``most_pixels`` bounds the small picture that is looked at.
    """
    area = max(1.0, page.width * page.height)
    covered = sum(area_on(rect, page) for rect in drawn.pictures) / area
    scan = covered >= SCAN_SHARE
    small: tuple[Image, float] | None = None
    if scan and any(line.white and not line.hidden for line in lines):
        small = small_picture(handle, most_pixels)
        _hide_white(lines, *small)
    seen = [line for line in lines if not line.hidden]
    layer = [line for line in lines if line.hidden and text.is_unpainted(line) and _on_page(line, page)] if scan else []
    if layer and not seen and not is_garbled(text):
        _free(layer)
        page.ocr, page.source = True, "ocr"
        return False
    letters = 0
    for line in seen:
        letters += sum(map(str.isalnum, line.text))
        if letters >= FEW_LETTERS:
            break
    else:
        if covered > PICTURE_SHARE or drawn.paths > OUTLINE_PATHS:
            return True
    if is_garbled(text):
        return True
    if not scan:
        return False
    # Asked also when no more pages may be read: that a scan under typed words was not read has to be said.
    picture, scale = small or small_picture(handle, most_pixels)
    if not shows_more(picture, scale, [line.rect for line in seen]):
        return False
    if layer and not shows_more(picture, scale, [line.rect for line in (*seen, *layer)]):
        _free(layer)  # the scan was made searchable before somebody wrote on it
        page.ocr, page.source = True, "ocr"
        return False
    return True


def _free(layer: Iterable[Line]) -> None:
    for line in layer:
        line.hidden = False


def _on_page(line: Line, page: Page) -> bool:
    x0, y0, x1, y1 = line.rect
    return area_on(line.rect, page) >= SEEN_SHARE * (x1 - x0) * (y1 - y0)


def _hide_white(lines: Iterable[Line], picture: Image, scale: float) -> None:
    """White text over a picture is seen only where the picture is dark."""
    for line in lines:
        if line.white and not line.hidden:
            levels = picture.crop(box_in(line.rect, picture, scale)).histogram()
            line.hidden = sum(levels[:GROUND]) < LEAST_GROUND * sum(levels)
