"""Runs of a line of a PDF that a person does not see beside others that they do: white, tiny or unpainted words put into a
sentence, which would change what it says."""

from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from extractors import pdf_calls
from extractors.geometry import Frame, Rect, centre_within
from extractors.pdf_objects import Drawn, is_white, paints_nothing

# Letters lower than this, in points, are not seen on paper; a letter is about three quarters of its font size high.
TINY_HEIGHT = 1.5
# Blanks and control characters, which pdfium puts between words and lines; the blank at which no line breaks.
_BLANK, _NO_BREAK = 0x20, 0xA0


class Unseen:
    """Tells which characters of a text page are not seen, by the text object that draws them."""

    def __init__(self, page: Any, drawn: Drawn, frame: Frame) -> None:
        """``page`` is pdfium's text page, ``drawn`` what else is on the page."""
        self._page = page
        self._handle = pdf_calls.handle(page)
        self._frame = frame
        self._grounds = (*drawn.fills, *drawn.pictures)
        # Where areas may be missing, white letters may stand on one of them.
        self._white_shows = drawn.cut
        self._suspected = drawn.unseen
        self._known: dict[int | None, bool] = {}
        self._box = pdfium.FS_RECTF()

    def may_be_in(self, rects: Sequence[Rect]) -> bool:
        """Whether a line drawn in these boxes, one for each text object, needs to be looked at."""
        return len(rects) > 1 and (self._suspected or min(rect[3] - rect[1] for rect in rects) < TINY_HEIGHT)

    def runs(self, start: int, count: int) -> list[tuple[int, int]]:
        """First character and number of the runs that are seen or not as a whole; blanks go with what stands before."""
        found: list[tuple[int, int]] = []
        begin, before = start, None
        for at in range(start, start + count):
            letter = pdfium.FPDFText_GetUnicode(self._page, at)
            if letter <= _BLANK or letter == _NO_BREAK:
                continue
            unseen = self._is_unseen(at)
            if before is not None and unseen != before:
                found.append((begin, at - begin))
                begin = at
            before = unseen
        return [*found, (begin, start + count - begin)]

    def _is_unseen(self, at: int) -> bool:
        item = pdf_calls.text_object(self._handle, at)
        known = self._known.get(item.value)
        if known is None:
            known = paints_nothing(item) or self._is_hidden(at, item)
            self._known[item.value] = known
        return known

    def _is_hidden(self, at: int, item: pdf_calls.Handle) -> bool:
        box = self._box
        if not pdfium.FPDFText_GetLooseCharBox(self._page, at, box):
            return False
        rect = self._frame.shown(box.left, box.bottom, box.right, box.top)
        if min(rect[2] - rect[0], rect[3] - rect[1]) < TINY_HEIGHT > max(rect[2] - rect[0], rect[3] - rect[1]):
            return True
        return (
            is_white(item)
            and not self._white_shows
            and not any(centre_within(rect, ground) for ground in self._grounds)
        )
