"""Words of a web page that are not seen for what their element says or inherits: they are set apart as hidden elements."""

from collections.abc import Callable
from typing import TypeVar

from lxml import etree

# Elements that show something without words, or bring a size and colours of their own; links and marks bring only colours.
OF_THEIR_OWN = frozenset({"button", "input", "select", "option", "textarea", "svg", "img", "iframe", "canvas"})
COLOURED = OF_THEIR_OWN | {"a", "mark"}
State = TypeVar("State")
Look = Callable[[etree._Element, State], tuple[State, bool]]


def hide_words(element: etree._Element, look: Look[State], state: State) -> tuple[bool, bool]:
    """Set the attribute ``hidden`` below an element where words are not seen; words that stand beside seen ones get an
    element of their own. Tells whether there are words, and whether all of them are hidden.

    ``look`` gives of an element and the ``state`` of what it stands in its own state, and whether its words are not seen.
    """
    if element.get("hidden") is not None:
        return True, True
    state, unseen = look(element, state)
    parts = [hide_words(part, look, state) for part in element if isinstance(part.tag, str)]
    own = any(text and text.strip() for text in (element.text, *(part.tail for part in element)))
    words = own or any(there for there, _ in parts) or element.tag in COLOURED
    if not unseen or not words:
        return words, False
    if all(hidden for there, hidden in parts if there) and element.tag not in ("body", "html"):
        element.set("hidden", "")
        return True, True
    _wrap(element)
    return True, False


def _wrap(element: etree._Element) -> None:
    """Put the words that stand in an element itself into hidden elements of their own."""
    for part in list(element):
        if part.tail and part.tail.strip():
            holder = etree.Element("span", {"hidden": ""})
            holder.text, part.tail = part.tail, None
            part.addnext(holder)
    if element.text and element.text.strip():
        holder = etree.Element("span", {"hidden": ""})
        holder.text, element.text = element.text, None
        element.insert(0, holder)
