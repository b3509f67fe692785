"""Words of an OpenDocument text that its styles keep from being shown (ODF 1.3 part 3, 20.392: ``text:display``)."""

from extractors.opendocument_text import SHAPES, line_of
from extractors.packages import Element, attribute, child, local, within

# A style has a parent; longer chains are circles.
MOST_ANCESTORS = 12
# What hangs on the words and is read by itself.
_HANGING = frozenset({"note", "annotation", "g", "control", *SHAPES})
_DISPLAY = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}display"


def unseen_styles(*roots: Element | None) -> frozenset[str]:
    """The names of the styles of paragraphs and spans whose text is not shown, by themselves or by their parents."""
    styles = {attribute(style, "name") or "": style for root in reversed(roots) for style in within(root, "style")}
    return frozenset(name for name in styles if _is_unseen(name, styles, 0))


def _is_unseen(name: str, styles: dict[str, Element], depth: int) -> bool:
    style = styles.get(name)
    if style is None or depth > MOST_ANCESTORS:
        return False
    properties = child(style, "text-properties")
    stated = properties.get(_DISPLAY) if properties is not None else None
    if stated is not None:
        return stated == "none"
    return _is_unseen(attribute(style, "parent-style-name") or "", styles, depth + 1)


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
