"""Boxes on a page: one convention, stated once.

A ``Rect`` is (left, top, right, bottom) in the page as it is shown: after rotation and crop, origin at the top left,
in points of a PDF or pixels of a picture. ``to_box`` turns it into the fractions that a locator holds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractors.locators import Box, PageLocator

Rect = tuple[float, float, float, float]

# Four digits place a box to a hundredth of a millimetre on A4, and keep the answers small.
BOX_DIGITS = 4
_BOX_STEPS = 10.0**BOX_DIGITS


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a PDF page in its own units, and its clockwise turn when shown (0, 90, 180, 270)."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def shown(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """A rectangle of PDF units (origin bottom left, PDF 32000-1 8.3.2.3) as it is shown."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def quarters_of(back: Callable[[Rect], Rect]) -> int:
    """The quarters by which a way from level lines to the page as shown turns them clockwise."""
    start, end = back((0.0, 0.0, 1.0, 1.0)), back((100.0, 0.0, 101.0, 1.0))
    across, down = end[0] - start[0], end[1] - start[1]
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 2
    return 1 if down > 0 else 3


def quarter_turned(rect: Rect, width: float, height: float, turns: int) -> Rect:
    """Where a rectangle of a page of that size stands once the page is turned clockwise by so many quarters."""
    x0, y0, x1, y1 = rect
    match turns % 4:
        case 1:
            return height - y1, x0, height - y0, x1
        case 2:
            return width - x1, height - y1, width - x0, height - y0
        case 3:
            return y0, width - x1, y1, width - x0
    return rect


def to_box(rect: Rect, width: float, height: float) -> Box | None:
    """The rectangle as fractions of the page, cut at its edges; None where it lies outside."""
    found = _fractions((rect,), width, height)
    return Box(**found[0]) if found else None


def on_page(page: int, rects: Iterable[Rect], width: float, height: float) -> PageLocator:
    """The place of the rectangles on a page of this size; those that lie outside it are left out."""
    return PageLocator.model_validate({"page": page, "boxes": _fractions(rects, width, height)})


def _fractions(rects: Iterable[Rect], width: float, height: float) -> list[dict[str, float]]:
    # Written out: this runs for every line of every page.
    if not (width > 0 and height > 0):
        return []
    across, down = _BOX_STEPS / width, _BOX_STEPS / height
    found = []
    for x0, y0, x1, y1 in rects:
        # Put so that what is no number lies outside.
        if not (x1 >= 0 and y1 >= 0 and x0 <= width and y0 <= height):
            continue
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        found.append(
            {
                "x0": int(x0 * across + 0.5) / _BOX_STEPS if x0 > 0 else 0.0,
                "y0": int(y0 * down + 0.5) / _BOX_STEPS if y0 > 0 else 0.0,
                "x1": int(x1 * across + 0.5) / _BOX_STEPS if x1 < width else 1.0,
                "y1": int(y1 * down + 0.5) / _BOX_STEPS if y1 < height else 1.0,
            }
        )
    return found


def union(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all of them; at least one must be given."""
    # A plain loop: this runs for every line, and most have one rectangle.
    iterator = iter(rects)
    x0, y0, x1, y1 = next(iterator)
    for rect in iterator:
        if rect[0] < x0:
            x0 = rect[0]
        if rect[1] < y0:
            y0 = rect[1]
        if rect[2] > x1:
            x1 = rect[2]
        if rect[3] > y1:
            y1 = rect[3]
    return x0, y0, x1, y1


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """Length that two spans share; 0 where they do not meet."""
    # Written out: this runs some times for every line of every page.
    shared = (a1 if a1 < b1 else b1) - (a0 if a0 > b0 else b0)
    return shared if shared > 0.0 else 0.0


def centre_within(inner: Rect, outer: Rect) -> bool:
    """Whether the middle of one rectangle lies in the other."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def scaled(rect: Rect, factor: float) -> Rect:
    """The rectangle in another unit, so many to the old one."""
    return rect[0] * factor, rect[1] * factor, rect[2] * factor, rect[3] * factor
