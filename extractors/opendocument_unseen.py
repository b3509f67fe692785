"""Words of an OpenDocument text that its styles keep from being shown or strike through (ODF 1.3 part 3, 20.392:
``text:display``, 20.379: ``style:text-line-through-style``)."""

from collections.abc import Callable, Sequence

from extractors.opendocument_text import SHAPES, line_of
from extractors.packages import Element, attribute, child, local, within

# A style has a parent; longer chains are circles.
MOST_ANCESTORS = 12
# What hangs on the words and is read by itself.
_HANGING = frozenset({"note", "annotation", "g", "control", *SHAPES})
_LINE_THROUGH = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}text-line-through-style"
_DISPLAY = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}display"


def unseen_styles(*roots: Element | None) -> frozenset[str]:
    """The names of the styles of paragraphs and spans whose text is not shown, by themselves or by their parents."""
    return _styled(roots, _DISPLAY, lambda stated: stated == "none")


def has_struck(body: Element, *roots: Element | None) -> bool:
    """Whether words of paragraphs, spans or cells stand in a style that strikes them through."""
    styles = _styled(roots, _LINE_THROUGH, lambda stated: stated != "none")
    parts = within(body, "p", "h", "span", "table-cell") if styles else ()
    return any(attribute(part, "style-name") in styles and "".join(part.itertext()).strip() for part in parts)


def _styled(roots: Sequence[Element | None], name: str, wanted: Callable[[str], bool]) -> frozenset[str]:
    """The names of the styles of which such a property of their letters holds, by themselves or by their parents."""
    styles = {attribute(style, "name") or "": style for root in reversed(roots) for style in within(root, "style")}

    def holds(style: str, depth: int) -> bool:
        entry = styles.get(style)
        if entry is None or depth > MOST_ANCESTORS:
            return False
        properties = child(entry, "text-properties")
        stated = properties.get(name) if properties is not None else None
        return wanted(stated) if stated is not None else holds(attribute(entry, "parent-style-name") or "", depth + 1)

    return frozenset(style for style in styles if holds(style, 0))


def take_unseen(body: Element, styles: frozenset[str]) -> list[str]:
    """Take the words in these styles out of the text, each paragraph and span by itself, in their order."""
    if not styles:
        return []
    marked = {part for part in within(body, "p", "h", "span") if attribute(part, "style-name") in styles}
    outer = [
        part for part in within(body, "p", "h", "span") if part in marked and marked.isdisjoint(part.iterancestors())
    ]
    taken = []
    for part in outer:
        if text := line_of(part).strip():
            taken.append(text)
        part.text = None
        for inner in list(part):
            inner.tail = None
            if local(inner) not in _HANGING:
                part.remove(inner)
    return taken
