"""What slides take from their layout and master: the places of placeholders, and what stands behind every slide."""

from dataclasses import dataclass, field

from extractors.draft import one_line
from extractors.drawingml import Frame, body_text, is_hidden, name_of
from extractors.geometry import Rect
from extractors.locators import Box
from extractors.packages import Element, Package, child, whole, within


@dataclass
class Layout:
    """Places by role and index of the placeholder; text, name and place of each shape that is shown behind."""

    boxes: dict[tuple[str, str], Box] = field(default_factory=dict)
    behind: list[tuple[str, str, Box | None]] = field(default_factory=list)


class Layouts:
    """The layouts of one presentation, each read once however many slides have it."""

    def __init__(self, package: Package, width: int, height: int) -> None:
        self._package = package
        self._width = width
        self._height = height
        self._known: dict[str, Layout] = {}

    def of(self, slide: str) -> Layout:
        """The layout of the slide in this part, with its master."""
        name = next(iter(self._package.related(slide, "slideLayout")), "")
        if name not in self._known:
            self._known[name] = self._read(name) if name else Layout()
        return self._known[name]

    def _read(self, name: str) -> Layout:
        found = Layout()
        shown = True
        for part in (name, *self._package.related(name, "slideMaster")[:1]):
            root = self._package.maybe_xml(part)
            for shape in within(root, "sp"):
                placeholder = next(shape.iter("{*}ph"), None)
                box = box_of(shape, Frame(), self._width, self._height)
                if placeholder is None:
                    if shown and (text := one_line(body_text(child(shape, "txBody")))) and not is_hidden(shape):
                        found.behind.append((text, name_of(shape) or "sp", box))
                elif box is not None:
                    role = placeholder.get("type") or "body"
                    found.boxes.setdefault((role, placeholder.get("idx", "")), box)
                    found.boxes.setdefault((role, ""), box)
            shown = root is None or root.get("showMasterSp") not in ("0", "false")
        return found


def box_of(part: Element, frame: Frame, width: int, height: int) -> Box | None:
    """Where a shape lies on a slide of this size in EMU, by shares; None where it does not say."""
    place = _place(part, frame)
    if place is None:
        return None
    x0, y0, x1, y1 = place
    return Box(x0=_share(x0, width), y0=_share(y0, height), x1=_share(x1, width), y1=_share(y1, height))


def is_beside(part: Element, frame: Frame, width: int, height: int) -> bool:
    """Whether a shape lies wholly beside a slide of this size in EMU, where only who edits it sees it."""
    place = _place(part, frame)
    if place is None:
        return False
    x0, y0, x1, y1 = place
    return x0 < 0 >= x1 or y0 < 0 >= y1 or x1 > width <= x0 or y1 > height <= y0


def _place(part: Element, frame: Frame) -> Rect | None:
    form = next((found for found in part.iter("{*}xfrm") if child(found, "off") is not None), None)
    start, size = child(form, "off"), child(form, "ext")
    if start is None or size is None:
        return None
    x0 = frame.x + whole(start.get("x")) * frame.wide
    y0 = frame.y + whole(start.get("y")) * frame.high
    return x0, y0, x0 + whole(size.get("cx")) * frame.wide, y0 + whole(size.get("cy")) * frame.high


def _share(value: float, whole_size: int) -> float:
    return round(min(1.0, max(0.0, value / whole_size)), 5)
