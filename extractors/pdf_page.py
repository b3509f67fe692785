"""One page of a PDF while it is read: its lines, where they stand as a person sees the page, and what of them is not seen."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from extractors.document import Block, NotRead
from extractors.geometry import Frame, Rect, centre_within, on_page, quarter_turned, quarters_of
from extractors.layout import Line, Place
from extractors.locators import Locator
from extractors.pdf_objects import Drawn
from extractors.pdf_text import TextPage

# A page whose characters mostly have no meaning in Unicode is read from its picture.
GARBLED_SHARE = 0.3
UNMAPPED_SHARE = 0.6
# Characters that say nothing: replaced, private use, control.
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_SPACE = re.compile(r"\s")
# A line of which less than this lies on the page is not seen.
SEEN_SHARE = 0.3


@dataclass(slots=True)
class Page:
    """What was read of a page. ``width`` and ``height`` are those with its text level, in points."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    ocr: bool = False
    read: bool = True
    source: Any = "text"
    # Of a page read from its picture: how lines as read, upright, stand on the page as shown, and the upright size.
    back: Callable[[Rect], Rect] | None = None
    upright: tuple[float, float] | None = None
    # Quarters by which the page is turned clockwise when shown, against how its text stands level. ``width`` and
    # ``height`` are those of the page with level text.
    turned: int = 0

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height of the page as a person sees it."""
        return (self.height, self.width) if self.turned % 2 else (self.width, self.height)

    @property
    def quarters(self) -> int:
        """Quarters by which the lines of the page, as they were laid out, run turned clockwise when shown."""
        return (self.turned + (quarters_of(self.back) if self.back else 0)) % 4

    @property
    def layout_size(self) -> tuple[float, float]:
        """Width and height in which the lines are laid out."""
        return self.upright or (self.width, self.height)


def placed(page: Page, back: Callable[[Rect], Rect] | None = None) -> Place:
    """How boxes of lines become places on the page as a person sees it."""

    def place(rects: Iterable[Rect]) -> tuple[Locator, ...]:
        found = map(back, rects) if back else rects
        if page.turned:
            found = [quarter_turned(rect, page.width, page.height, page.turned) for rect in found]
        return (on_page(page.number, found, *page.shown_size),)

    return place


def frame_of(page: Any) -> Frame:
    """The visible part of a page and how it is turned."""
    box = pdfium.FS_RECTF()
    turns = max(0, pdfium.FPDFPage_GetRotation(page)) % 4
    if not pdfium.FPDF_GetPageBoundingBox(page, box) or box.right <= box.left or box.top <= box.bottom:
        return Frame(0.0, 0.0, max(1.0, pdfium.FPDF_GetPageWidthF(page)), max(1.0, pdfium.FPDF_GetPageHeightF(page)), 0)
    return Frame(box.left, box.bottom, box.right, box.top, turns * 90)


def mark_hidden(lines: Sequence[Line], drawn: Drawn, page: Page) -> None:
    """Text off the page, and white text on white, is there for machines only."""
    for line in lines:
        x0, y0, x1, y1 = line.rect
        if x0 < 0 or y0 < 0 or x1 > page.width or y1 > page.height:
            size = max(1e-6, (x1 - x0) * (y1 - y0))
            line.hidden = line.hidden or area_on(line.rect, page) < SEEN_SHARE * size
        elif line.white and not drawn.cut:
            below = (*drawn.fills, *drawn.pictures)
            line.hidden = line.hidden or not any(centre_within(line.rect, rect) for rect in below)


def repeats(back: Callable[[Rect], Rect] | None, read: Line, typed: Sequence[Line]) -> bool:
    """Whether a line read from the picture is one that the file holds as text."""
    shown = back(read.rect) if back else read.rect
    return any(centre_within(shown, line.rect) for line in typed)


def is_garbled(text: TextPage) -> bool:
    """Whether most of the characters have no meaning, so that the page is better read from its picture."""
    meaningless = len(_MEANINGLESS.findall(text.text)) if _MEANINGLESS.search(text.text) else 0
    if meaningless and meaningless > GARBLED_SHARE * (len(text.text) - len(_SPACE.findall(text.text))):
        return True
    return text.unmapped_share() > UNMAPPED_SHARE


def area_on(rect: Rect, page: Page) -> float:
    """How much of a box lies on the page, in square points."""
    width = min(rect[2], page.width) - max(rect[0], 0.0)
    height = min(rect[3], page.height) - max(rect[1], 0.0)
    return max(0.0, width) * max(0.0, height)
