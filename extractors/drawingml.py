"""DrawingML shared by workbooks, slides and Word files: the text of shapes, and shapes that are signs (ECMA-376 part
1, 20 and 21)."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.fishbones import Segment
from extractors.formulas import formula
from extractors.geometry import Rect
from extractors.packages import Element, child, children, is_on, local, whole
from extractors.symbols import is_symbol_font, shown, shown_private

# Preset shapes that people lay over a cell as a mark, hollow and filled. Boxes and lines are frames and are no marks.
_SIGNS = {
    "ellipse": ("○", "●"),
    "donut": ("◎", "◎"),
    "triangle": ("△", "▲"),
    "flowChartExtract": ("△", "▲"),
    "flowChartMerge": ("▽", "▼"),
    "diamond": ("◇", "◆"),
    "flowChartDecision": ("◇", "◆"),
    "star5": ("☆", "★"),
    "mathMultiply": ("×", "×"),
    "flowChartSummingJunction": ("⊗", "⊗"),
    "noSmoking": ("⊘", "⊘"),
    "flowChartConnector": ("○", "●"),
    "smileyFace": ("☺", "☺"),
    "rightArrow": ("→", "→"),
    "leftArrow": ("←", "←"),
    "upArrow": ("↑", "↑"),
    "downArrow": ("↓", "↓"),
}
_TURNED = {"△": "▽", "▲": "▼", "▽": "△", "▼": "▲", "↑": "↓", "↓": "↑", "→": "←", "←": "→"}
# Lines, and arrows that have a body.
_STRAIGHT = ("line", "straightConnector1")
_ARROWS = ("rightArrow", "leftArrow", "leftRightArrow", "notchedRightArrow", "stripedRightArrow")
# Rotation is in 60,000ths of a degree; a triangle counts as turned over from 150 to 210 degrees.
_TURN = range(150 * 60_000, 210 * 60_000 + 1)


@dataclass(frozen=True)
class Frame:
    """How the coordinates inside a group map to the slide or sheet: offset and scale of each axis, in EMU."""

    x: float = 0.0
    y: float = 0.0
    wide: float = 1.0
    high: float = 1.0


@dataclass(frozen=True)
class Line:
    """A paragraph of a shape: its text, its list level from 0, and whether it has a bullet of its own."""

    text: str
    level: int
    bullet: bool


def lines(body: Element | None) -> Iterator[Line]:
    """The paragraphs of a text body, runs in symbol fonts as Unicode, fields by their cached text."""
    if body is None:
        return
    for paragraph in body.iter("{*}p"):
        properties = child(paragraph, "pPr")
        level, bullet = 0, False
        if properties is not None:
            level = whole(properties.get("lvl"))
            bullet = any(local(part) in ("buChar", "buAutoNum", "buBlip") for part in properties)
        yield Line(_runs(paragraph), level, bullet)


def _runs(paragraph: Element) -> str:
    parts: list[str] = []
    for run in paragraph:
        match local(run):
            case "r" | "fld":
                text = child(run, "t")
                if text is not None:
                    parts.append(_shown(text.text or "", child(run, "rPr")))
            case "br":
                parts.append("\n")
            case "m" | "oMath" | "AlternateContent":
                choice = child(run, "Choice") if local(run) == "AlternateContent" else run
                parts.append(formula(choice if choice is not None else run))
    return "".join(parts)


def _shown(text: str, properties: Element | None) -> str:
    """The text in its fonts: ``latin`` holds for all letters, ``sym`` only for symbol characters (21.1.2.3.10)."""
    for face in children(properties):
        name = face.get("typeface")
        if is_symbol_font(name) and local(face) in ("latin", "sym"):
            text = shown(text, name) if local(face) == "latin" else shown_private(text, name)
    return text


def body_text(body: Element | None) -> str:
    """All paragraphs of a text body, one a line."""
    return "\n".join(line.text for line in lines(body)).strip()


def sign(shape: Element) -> str | None:
    """The sign that a shape without text draws (○ ▽ ▼ × …), None where it is a frame, a line or a picture."""
    properties = child(shape, "spPr")
    geometry = child(properties, "prstGeom")
    if properties is None or geometry is None or is_hidden(shape):
        return None
    frame = child(properties, "xfrm")
    turned = frame is not None and (is_on(frame.get("flipV")) or whole(frame.get("rot")) % 21_600_000 in _TURN)
    return preset_sign(geometry.get("prst", ""), _is_filled(shape, properties), turned)


def preset_sign(preset: str, filled: bool, turned: bool) -> str | None:
    """The sign that a preset shape draws, upside down where ``turned``; None where it draws none."""
    pair = _SIGNS.get(preset)
    if pair is None:
        return None
    return _TURNED.get(pair[filled], pair[filled]) if turned else pair[filled]


def _is_filled(shape: Element, properties: Element) -> bool:
    for part in properties:
        name = local(part)
        if name == "noFill":
            return False
        if name in ("solidFill", "gradFill", "pattFill"):
            colour = child(part, "srgbClr")
            scheme = child(part, "schemeClr")
            white = (colour is not None and colour.get("val") == "FFFFFF") or (
                scheme is not None and scheme.get("val") in ("bg1", "lt1") and len(scheme) == 0
            )
            return not white
    reference = child(shape, "style", "fillRef")
    return reference is not None and whole(reference.get("idx")) > 0


def name_of(shape: Element) -> str:
    """The name of a shape as its program shows it."""
    properties = next(shape.iter("{*}cNvPr"), None)
    return (properties.get("name") or "") if properties is not None else ""


def is_hidden(shape: Element) -> bool:
    """Whether a shape is switched off in the selection pane."""
    properties = next(shape.iter("{*}cNvPr"), None)
    return properties is not None and is_on(properties.get("hidden"))


def unseen_text(shape: Element) -> str:
    """The words of a shape or group that is switched off. What stands in for a control of a form has none of its own."""
    if next(shape.iter("{*}compatExt"), None) is not None:
        return ""
    return "\n".join(filter(None, map(body_text, shape.iter("{*}txBody"))))


def branches(element: Element) -> Iterator[Element]:
    """The children of a drawing, the chosen side of alternative content in place of both."""
    for part in element:
        if local(part) == "AlternateContent":
            choice = child(part, "Choice")
            if choice is None or child(choice, "contentPart") is not None:  # of ink, only the picture of it is known
                choice = child(part, "Fallback")
            if choice is not None:
                yield from branches(choice)
        elif local(part):
            yield part


def inside(group: Element, frame: Frame) -> Frame:
    """The frame within a group."""
    form = child(group, "grpSpPr", "xfrm")
    start, size = child(form, "off"), child(form, "ext")
    inner, inner_size = child(form, "chOff"), child(form, "chExt")
    if start is None or size is None or inner is None or inner_size is None:
        return frame
    wide = whole(size.get("cx")) / (whole(inner_size.get("cx")) or 1) if whole(inner_size.get("cx")) else 1.0
    high = whole(size.get("cy")) / (whole(inner_size.get("cy")) or 1) if whole(inner_size.get("cy")) else 1.0
    return Frame(
        x=frame.x + (whole(start.get("x")) - whole(inner.get("x")) * wide) * frame.wide,
        y=frame.y + (whole(start.get("y")) - whole(inner.get("y")) * high) * frame.high,
        wide=frame.wide * wide,
        high=frame.high * high,
    )


def segment(shape: Element, box: Rect) -> Segment | None:
    """The straight line that a shape in a box draws, a block arrow by its middle; None where it draws none."""
    properties = child(shape, "spPr")
    geometry = child(properties, "prstGeom")
    preset = geometry.get("prst", "") if geometry is not None else ""
    x0, y0, x1, y1 = box
    if preset in _ARROWS:
        return x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
    if preset not in _STRAIGHT:
        return None
    form = child(properties, "xfrm")
    rising = form is not None and is_on(form.get("flipH")) != is_on(form.get("flipV"))
    return (x0, y1, x1, y0) if rising else (x0, y0, x1, y1)
