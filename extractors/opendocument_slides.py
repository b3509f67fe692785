"""White words of slides on white ground (ODF 1.3 part 3, 20.113: ``draw:fill``): nothing is taken for hidden where a page, the
master behind it or anything that the words may lie on paints a ground."""

import re

from extractors.geometry import Rect
from extractors.opendocument_text import SHAPES
from extractors.opendocument_white import Looks, take_faint
from extractors.packages import Element, attribute, children, local, within

_STROKES = frozenset({"line", "connector", "measure"})
# What a shape holds that is its text, or nothing to see.
_OF_TEXT = frozenset({"text-box", "p", "list", "enhanced-geometry", "title", "desc", "event-listeners", "glue-point"})
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0}
# Shapes of a slide and its master that are set against each other; more are a drawing, of which nothing is known.
MOST_SHAPES = 200


class WhiteSlides:
    """Takes white words out of slides; ``content`` is the document, ``styles`` its styles with the master pages."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self._looks = Looks(content, styles)
        self._masters = {attribute(page, "name"): page for page in within(styles, "master-page")}

    def take(self, page: Element) -> list[str]:
        """Take the white words on white ground out of a slide, those of each shape by themselves."""
        master = self._masters.get(attribute(page, "master-page-name"))
        if self._page_paints(page, master):
            return []
        behind = (
            [shape for shape in children(master) if attribute(shape, "class") is None] if master is not None else []
        )
        shapes = [shape for part in (*children(page), *behind) for shape in _shapes(part)]
        if len(shapes) > MOST_SHAPES:
            return []
        grounds = [(shape, _place(shape)) for shape in shapes if self._paints(shape)]
        painted = {shape for shape, _ in grounds}
        taken = []
        for shape in (shape for part in children(page) for shape in _shapes(part)):
            place = _place(shape)
            if shape in painted or any(_meet(place, ground) for _, ground in grounds):
                continue
            words: list[str] = []
            white, lit = self._looks.letters_of(*self._style(shape))
            for part in () if lit else within(shape, "p"):
                take_faint(part, self._looks, bool(white), words)
                words.append("\n")
            if text := "".join(words).strip():
                taken.append(text)
        return taken

    def _style(self, shape: Element) -> tuple[str, str]:
        name = attribute(shape, "style-name") or ""
        return ("presentation" if self._looks.knows("presentation", name) else "graphic"), name

    def _page_paints(self, page: Element, master: Element | None) -> bool:
        for holder in (page, master):
            name = (attribute(holder, "style-name") or "") if holder is not None else ""
            ground = self._looks.fill_of("drawing-page", name)
            if ground is not None:
                return ground
        return False

    def _paints(self, shape: Element) -> bool:
        """Whether a shape is no mere text: filled, or in a way that nobody states, or a picture, a table or an object."""
        if local(shape) in _STROKES:
            return False
        if any(local(part) not in _OF_TEXT for part in children(shape)):
            return True
        return self._looks.fill_of(*self._style(shape)) is not False


def _shapes(part: Element) -> list[Element]:
    """A shape, or those of a group."""
    if local(part) in ("g", "a"):
        return [shape for inner in children(part) for shape in _shapes(inner)]
    return [part] if local(part) in SHAPES or local(part) == "control" else []


def _place(shape: Element) -> Rect | None:
    """Where a shape lies in points; None where that is not known, as of turned ones."""
    if attribute(shape, "transform") is not None:
        return None
    found = [_LENGTH.fullmatch(attribute(shape, name) or "") for name in ("x", "y", "width", "height")]
    x, y, width, height = (float(match[1]) * _POINTS[match[2]] if match else None for match in found)
    return None if x is None or y is None or width is None or height is None else (x, y, x + width, y + height)


def _meet(one: Rect | None, other: Rect | None) -> bool:
    """Whether two places may share some ground."""
    if one is None or other is None:
        return True
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
