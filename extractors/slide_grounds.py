"""What slides paint below their words: the background, shapes, pictures and tables of the slide, its layout and its master
(ECMA-376 part 1, 19.3.1 and 20.1). What is not known paints."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors.drawingml import Frame, inside, is_hidden
from extractors.geometry import Rect
from extractors.packages import Element, child, children, is_on, local, whole, within
from extractors.slide_colours import Palette, fill_of
from extractors.slide_layouts import Sources, place_of

# Shapes of a slide, its layout and its master that are set against each other; more are a drawing, of which nothing is known.
MOST_SHAPES = 400
# Groups in groups are followed so deep.
_MOST_NESTING = 12
# Lines thicker than this, in EMU (4 points), may carry words; shadows and glows reach so far around a shape (25 points).
_THICK, _GLOW = 50_800, 317_500
_TURNED = 60_000 * 360
# Parts of a tree that are no shapes.
_NO_SHAPES = frozenset({"nvGrpSpPr", "grpSpPr", "extLst"})
_HOLDERS = {"sp": "nvSpPr", "pic": "nvPicPr", "graphicFrame": "nvGraphicFramePr"}
# The placeholder of a master that one of a layout or slide takes after, where that is not its body.
_OF_MASTER = {
    "title": "title", "ctrTitle": "title", "dt": "dt", "ftr": "ftr", "hdr": "hdr", "sldNum": "sldNum",
}  # fmt: skip
# Motions, and colours that change, show words elsewhere or otherwise than the slide has them.
_MOTIONS = ("animMotion", "animClr", "animScale", "animRot")
# The looks of tables that programs know without stating them and that paint nothing: without a grid and with one.
_BARE_TABLES = frozenset({"{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}"})


@dataclass(frozen=True)
class Drawn:
    """A shape with its place in EMU, None where that is not known, and the placeholders that it takes after."""

    element: Element
    place: Rect | None
    models: tuple[Element, ...] = ()
    # Whether it is a placeholder whose layout has none for it, so that nobody knows how it looks.
    orphan: bool = False


class Grounds:
    """The shapes of one slide and whether anything is painted behind them; ``tables`` are the looks of tables that the
    presentation states."""

    def __init__(self, slide: Element, sources: Sources, tables: Element | None) -> None:
        self._slide = slide
        self._sources = sources
        self._tables = tables
        self.palette = Palette(sources.theme, slide, sources.layout, sources.master)
        self._models = [_placeholders(root) for root in (sources.layout, sources.master)]
        self.shapes = self._drawn(slide)
        self._found: list[tuple[Element, Rect | None]] | None = None

    @cached_property
    def is_white(self) -> bool:
        """Whether the slide is known to be white where no shape paints it, and its shapes to stand still."""
        for timing in within(self._slide, "timing"):
            if next(within(timing, *_MOTIONS), None) is not None:
                return False
            if any("color" in (name.text or "").lower() for name in within(timing, "attrName")):
                return False
        if child(self._slide, "cSld", "controls") is not None:
            return False
        for root in (self._slide, self._sources.layout, self._sources.master):
            said = [self._paints_page(part) for part in within(child(root, "cSld"), "bg")]
            if any(said):
                return False
            if False in said:
                return True
        return True

    def _paints_page(self, background: Element) -> bool | None:
        """Whether a background is anything but white; None where it is none."""
        properties, style = child(background, "bgPr"), child(background, "bgRef")
        if properties is not None:
            fill = fill_of(properties)
            return None if fill is None or local(fill) == "noFill" else self.palette.shows(fill)
        if style is None:
            return True
        number = whole(style.get("idx"))
        if number in (0, 1000):
            return None
        fills = list(children(child(self._sources.theme, "themeElements", "fmtScheme", "bgFillStyleLst")))
        fill = fills[number - 1001] if 0 <= number - 1001 < len(fills) else None
        colour = child(fill, "schemeClr")
        # The theme says how to fill, the background with which colour; only a plain fill with that very colour is known.
        plain = fill is not None and local(fill) == "solidFill" and colour is not None and not len(colour)
        if plain and colour is not None and colour.get("val") == "phClr":
            return not self.palette.is_white(next(children(style), None))
        return True

    def are_below(self, place: Rect | None, own: Element) -> bool:
        """Whether anything but a shape itself may paint this place; what lies above counts too, as one sees through some."""
        if self._found is None:
            self._found = self._painted()
        return len(self._found) > MOST_SHAPES or any(
            element is not own and _meet(place, ground) for element, ground in self._found
        )

    def _painted(self) -> list[tuple[Element, Rect | None]]:
        drawn = list(self.shapes)
        shown = is_shown(self._slide)
        for root in (self._sources.layout, self._sources.master):
            if shown:
                drawn += [part for part in self._drawn(root) if placeholder_of(part.element) is None]
            shown = shown and is_shown(root)
        if len(drawn) > MOST_SHAPES:
            return [(part.element, None) for part in drawn]
        found = []
        for part in drawn:
            if (reach := self._reach(part)) is not None:
                x0, y0, x1, y1 = part.place or (0, 0, 0, 0)
                around = (x0 - reach, y0 - reach, x1 + reach, y1 + reach)
                found.append((part.element, around if part.place else None))
        return found

    def _reach(self, part: Drawn) -> float | None:
        """How far around its place a shape paints; None where it paints nothing."""
        properties = child(part.element, "spPr")
        line = child(properties, "ln")
        width = whole(line.get("w")) if line is not None else 0
        thick = width > _THICK and child(line, "noFill") is None
        glow = _GLOW if is_lit(properties) else 0
        if local(part.element) == "cxnSp" or not self.fills(part):
            return max(width / 2, glow) if thick else None
        return max(width / 2 if thick else 0, glow)

    def fills(self, part: Drawn) -> bool:
        """Whether a shape has a ground of its own that may be anything but white."""
        if local(part.element) != "sp":
            return True
        if is_on(part.element.get("useBgFill")):
            return False
        for holder in (part.element, *part.models):
            if (fill := fill_of(child(holder, "spPr"))) is not None:
                return self.palette.shows(fill)
            if (style := child(holder, "style", "fillRef")) is not None:
                return whole(style.get("idx")) not in (0, 1000)
        return part.orphan

    def fills_table(self, table: Element) -> bool:
        """Whether a table or its look may paint some of its cells."""
        properties = child(table, "tblPr")
        name = child(properties, "tableStyleId")
        if self.palette.shows(fill_of(properties)) or is_lit(properties):
            return True
        key = (name.text or "").strip().upper() if name is not None else ""
        stated = [look for look in children(self._tables) if (look.get("styleId") or "").upper() == key]
        if not key or not stated:
            return bool(key) and key not in _BARE_TABLES
        return any(
            local(part) == "tblBg" or whole(part.get("idx")) > 0 or self.palette.shows(fill_of(part))
            for look in stated
            for part in within(look, "tblBg", "fillRef", "fill")
        )

    def lights(self, part: Drawn) -> bool:
        """Whether a shape casts a shadow or a glow, which without a fill is one of its words."""
        for holder in (part.element, *part.models):
            properties, style = child(holder, "spPr"), child(holder, "style", "effectRef")
            if any(local(effect) in ("effectLst", "effectDag") for effect in children(properties)):
                return is_lit(properties)
            if style is not None:
                number = whole(style.get("idx"))
                looks = list(children(child(self._sources.theme, "themeElements", "fmtScheme", "effectStyleLst")))
                return number != 0 and (not 0 < number <= len(looks) or is_lit(looks[number - 1]))
        return False

    def _drawn(self, root: Element | None) -> list[Drawn]:
        """The shapes of a slide, layout or master, at most one more than are set against each other."""
        found: list[Drawn] = []
        tree = child(root, "cSld", "spTree")
        if tree is not None:
            for element, frame in _shapes(tree, Frame(), 0):
                models, orphan = self._models_of(element)
                # A placeholder without a place of its own stands where its layout or master has it.
                holders = (element, *models) if frame == Frame() else (element,)
                places = (_turned(holder, frame) for holder in holders) if frame is not None else ()
                found.append(Drawn(element, next(filter(None, places), None), models, orphan))
                if len(found) > MOST_SHAPES:
                    break
        return found

    def _models_of(self, element: Element) -> tuple[tuple[Element, ...], bool]:
        placeholder = placeholder_of(element)
        if placeholder is None:
            return (), False
        layout, master = self._models
        role, number = _key(placeholder)
        after = layout.get((role, number)) if role == "body" else layout.get((role, ""))
        below = master.get((_OF_MASTER.get(role, "body"), ""))
        models = tuple(part for part in (after, below) if part is not None)
        return models, after is None


def is_shown(root: Element | None) -> bool:
    """Whether a slide or layout shows what its layout or master draws."""
    return root is None or root.get("showMasterSp") not in ("0", "false")


def is_lit(properties: Element | None) -> bool:
    """Whether properties of a shape or of letters bring a shadow, a glow or depth."""
    return any(
        local(part) in ("sp3d", "scene3d") or (local(part) in ("effectLst", "effectDag") and len(part))
        for part in children(properties)
    )


def placeholder_of(element: Element) -> Element | None:
    """The mark of a shape that is a placeholder."""
    return child(element, _HOLDERS.get(local(element), ""), "nvPr", "ph")


def _key(placeholder: Element) -> tuple[str, str]:
    """What a placeholder is for, all that hold some content alike, and its number."""
    role = _OF_MASTER.get(placeholder.get("type") or "", "body")
    return role, placeholder.get("idx") or "0"


def _placeholders(root: Element | None) -> dict[tuple[str, str], Element]:
    """The placeholders of a layout or master by role and number, and the first of each role."""
    found: dict[tuple[str, str], Element] = {}
    for shape in within(child(root, "cSld", "spTree"), "sp"):
        placeholder = placeholder_of(shape)
        if placeholder is not None:
            role, number = _key(placeholder)
            found.setdefault((role, number), shape)
            # The body of a master is the one of this type, whatever else stands there.
            if role != "body" or placeholder.get("type") == "body":
                found.setdefault((role, ""), shape)
    return found


def _shapes(holder: Element, frame: Frame | None, depth: int) -> Iterator[tuple[Element, Frame | None]]:
    """The shapes below an element that are not switched off, of alternative content both sides; no frame where groups are
    turned or too deep to follow."""
    for part in children(holder):
        name = local(part)
        if name in _NO_SHAPES:
            continue
        if name in ("AlternateContent", "Choice", "Fallback"):
            yield from _shapes(part, frame, depth + 1) if depth < _MOST_NESTING else ((part, None),)
        elif name == "grpSp":
            form = child(part, "grpSpPr", "xfrm")
            level = form is None or not any(
                form.get(turn) not in (None, "0", "false") for turn in ("rot", "flipH", "flipV")
            )
            if depth >= _MOST_NESTING:
                yield part, None
            elif not is_hidden(part):
                yield from _shapes(part, inside(part, frame) if frame is not None and level else None, depth + 1)
        elif name not in _HOLDERS or not is_hidden(part):
            yield part, frame


def _turned(element: Element, frame: Frame) -> Rect | None:
    """The place of a shape with room for it to be turned."""
    if (place := place_of(element, frame)) is None:
        return None
    x0, x1 = sorted((place[0], place[2]))
    y0, y1 = sorted((place[1], place[3]))
    form = next((part for part in element.iter("{*}xfrm") if child(part, "off") is not None), None)
    if form is not None and whole(form.get("rot")) % _TURNED:
        x, y, far = (x0 + x1) / 2, (y0 + y1) / 2, math.hypot(x1 - x0, y1 - y0) / 2
        return x - far, y - far, x + far, y + far
    return x0, y0, x1, y1


def _meet(one: Rect | None, other: Rect | None) -> bool:
    """Whether two places may share some ground."""
    if one is None or other is None:
        return True
    return not (one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1])
