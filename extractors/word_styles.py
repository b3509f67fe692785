"""What the style of a Word paragraph says of it: heading, caption, list, by the style's chain (ECMA-376 part 1,
17.7)."""

import re
from dataclasses import dataclass, replace

from extractors.packages import Element, attribute, child, children, is_on, local, whole

# A style is based on another; longer chains are circles.
MOST_ANCESTORS = 12
# The names of built-in styles are stored in English whatever the language of the program; some exporters translate
# them.
_HEADING = re.compile(
    r"^(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek|заголовок|başlık|標題|标题|見出し|제목|đầu đề)"
    r"\s*(\d)$",
    re.IGNORECASE,
)
BODY_TEXT = 9


@dataclass(frozen=True)
class ParagraphStyle:
    """Heading level (0 for none), whether it is a caption, the list and its level from 0, and whether it is a bullet
    style; whether it colours the ground of the paragraph."""

    heading: int = 0
    caption: bool = False
    list: str | None = None
    list_level: int = 0
    bullet: bool = False
    shaded: bool = False


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._entries = {
            attribute(entry, "styleId") or "": entry
            for entry in children(root)
            if local(entry) == "style" and attribute(entry, "type") in (None, "paragraph")
        }
        # Styles of letters that colour the ground of these.
        self.grounds = frozenset(
            attribute(entry, "styleId") or ""
            for entry in children(root)
            if attribute(entry, "type") == "character" and child(child(entry, "rPr"), "shd") is not None
        )
        self._default = next((key for key, entry in self._entries.items() if is_on(attribute(entry, "default"))), "")
        self._known: dict[str, ParagraphStyle] = {}

    def of(self, properties: Element | None) -> ParagraphStyle:
        """The style of a paragraph with these properties of its own."""
        link = child(properties, "pStyle")
        name = (attribute(link, "val") or "") if link is not None else self._default
        if name not in self._known:
            self._known[name] = self._named(name, 0)
        return _with(self._known[name], properties)

    def _named(self, name: str, depth: int) -> ParagraphStyle:
        entry = self._entries.get(name)
        if entry is None or depth > MOST_ANCESTORS:
            return _by_name(name, ParagraphStyle())
        parent = child(entry, "basedOn")
        style = self._named(attribute(parent, "val") or "", depth + 1) if parent is not None else ParagraphStyle()
        title = child(entry, "name")
        style = _by_name((attribute(title, "val") or "") if title is not None else "", style)
        return _with(_with(style, child(entry, "pPr")), child(entry, "rPr"))


def _by_name(name: str, style: ParagraphStyle) -> ParagraphStyle:
    lower = name.lower().strip()
    if match := _HEADING.match(lower):
        return replace(style, heading=int(match[1]) or 1)
    match lower:
        case "title":
            return replace(style, heading=1)
        case "subtitle":
            return replace(style, heading=2)
        case "caption":
            return replace(style, caption=True)
    if lower.startswith(("list bullet", "list number", "list paragraph bullet")):
        return replace(style, bullet=True)
    return style


def _with(style: ParagraphStyle, properties: Element | None) -> ParagraphStyle:
    """The style changed by properties of a paragraph or of a style based on it."""
    if properties is None:
        return style
    outline = child(properties, "outlineLvl")
    if outline is not None:
        level = whole(attribute(outline, "val"), BODY_TEXT)
        style = replace(style, heading=level + 1 if 0 <= level < BODY_TEXT else 0)
    ground = child(properties, "shd")
    if ground is not None:
        painted = (attribute(ground, "fill") or "auto").upper() not in ("AUTO", "FFFFFF")
        pattern = attribute(ground, "val") not in (None, "clear", "nil")
        style = replace(style, shaded=painted or pattern)
    numbering = child(properties, "numPr")
    if numbering is not None:
        number, level_of = child(numbering, "numId"), child(numbering, "ilvl")
        if number is not None:
            value = attribute(number, "val")
            style = replace(style, list=value if value not in (None, "0") else None)
        if level_of is not None:
            style = replace(style, list_level=whole(attribute(level_of, "val")))
    return style
