"""What slides take from their layout and master: the places of placeholders, and what stands behind every slide."""

from dataclasses import dataclass, field

from extractors.draft import one_line
from extractors.drawingml import Frame, body_text, is_hidden, name_of
from extractors.geometry import Rect
from extractors.locators import Box
from extractors.packages import Element, Package, child, whole, within

# Layouts and masters of so many bytes are kept for the slides that have them; of further ones no colour is known.
MOST_KEPT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Sources:
    """The roots of a layout, its master and the theme of that, each None where a presentation has none."""

    layout: Element | None = None
    master: Element | None = None
    theme: Element | None = None


@dataclass
class Layout:
    """Places by role and index of the placeholder; text, name and place of each shape that is shown behind. ``sources`` is
    None where a part of it is lost, too large or has colours of its own."""

    boxes: dict[tuple[str, str], Box] = field(default_factory=dict)
    behind: list[tuple[str, str, Box | None]] = field(default_factory=list)
    sources: Sources | None = None


class Layouts:
    """The layouts of one presentation, each read once however many slides have it."""

    def __init__(self, package: Package, width: int, height: int) -> None:
        self._package = package
        self._width = width
        self._height = height
        self._known: dict[str, Layout] = {}
        self._kept: dict[str, Element | None] = {}
        self._left = MOST_KEPT_BYTES

    def of(self, slide: str) -> Layout:
        """The layout of the slide in this part, with its master."""
        name = self._linked(slide, "slideLayout")
        if not name:
            return Layout(sources=Sources() if name is None else None)
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _linked(self, part: str, kind: str) -> str | None:
        """The part of this kind that a part is made after; None where it names none, empty where that is lost."""
        links = [link for link in self._package.relationships(part).values() if link.type == kind]
        there = (link.target for link in links if not link.external and link.target in self._package)
        return next(there, "") if links else None

    def _root(self, part: str | None) -> Element | None:
        """The root of a part, which is kept as long as there is room."""
        if not part:
            return None
        if part not in self._kept:
            root = self._package.maybe_xml(part)
            if self._package.size(part) > self._left:
                return root
            self._left -= self._package.size(part)
            self._kept[part] = root
        return self._kept[part]

    def _read(self, name: str) -> Layout:
        found = Layout()
        shown = True
        master = self._linked(name, "slideMaster")
        for part in filter(None, (name, master)):
            root = self._root(part)
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
        found.sources = self._sources(name, master)
        return found

    def _sources(self, name: str, master: str | None) -> Sources | None:
        theme = self._linked(master, "theme") if master else None
        self._root(theme)
        parts = [part for part in (name, master, theme) if part is not None]
        # A part that is lost or damaged, or one that is too large to keep, may paint anything.
        if any(self._kept.get(part) is None for part in parts) or self._linked(name, "themeOverride") is not None:
            return None
        return Sources(*(self._kept[part] if part is not None else None for part in (name, master, theme)))


def box_of(part: Element, frame: Frame, width: int, height: int) -> Box | None:
    """Where a shape lies on a slide of this size in EMU, by shares; None where it does not say."""
    place = place_of(part, frame)
    if place is None:
        return None
    x0, y0, x1, y1 = place
    return Box(x0=_share(x0, width), y0=_share(y0, height), x1=_share(x1, width), y1=_share(y1, height))


def is_beside(part: Element, frame: Frame, width: int, height: int) -> bool:
    """Whether a shape lies wholly beside a slide of this size in EMU, where only who edits it sees it."""
    place = place_of(part, frame)
    if place is None:
        return False
    x0, y0, x1, y1 = place
    return x0 < 0 >= x1 or y0 < 0 >= y1 or x1 > width <= x0 or y1 > height <= y0


def place_of(part: Element, frame: Frame) -> Rect | None:
    """Where a shape lies before it is turned, in EMU; None where it does not say."""
    form = next((found for found in part.iter("{*}xfrm") if child(found, "off") is not None), None)
    start, size = child(form, "off"), child(form, "ext")
    if start is None or size is None:
        return None
    x0 = frame.x + whole(start.get("x")) * frame.wide
    y0 = frame.y + whole(start.get("y")) * frame.high
    return x0, y0, x0 + whole(size.get("cx")) * frame.wide, y0 + whole(size.get("cy")) * frame.high


def _share(value: float, whole_size: int) -> float:
    return round(min(1.0, max(0.0, value / whole_size)), 5)
