"""What of a web page is shown: elements that its style sheets hide, and the entries of lists that are chosen."""

import re

from lxml import etree

from extractors.web_colours import hide_white
from extractors.web_rules import AT_RULE, Rules, sheets_of

# Ways of saying that an element is not to be seen: not there, see-through, without size, or moved off the screen.
HIDES = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|pt|r?em|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|color\s*:\s*transparent|(?:left|top|text-indent)\s*:\s*-\d{4,}px)",
    re.IGNORECASE,
)
_HIDING = frozenset({"display", "visibility", "font-size", "opacity", "color", "left", "top", "text-indent"})


def mark_shown(root: etree._Element) -> None:
    """Set the attribute ``hidden`` of elements that the page's own style sheets hide or whose words are white on white, and
    take out entries of lists that are not chosen."""
    _hide(root)
    hide_white(root)
    for box in root.iter("select"):
        entries = list(box.iter("option"))
        chosen = [entry for entry in entries if entry.get("selected") is not None]
        shown = chosen or ([] if box.get("multiple") is not None else entries[:1])
        for entry in entries:
            if entry not in shown and (holder := entry.getparent()) is not None:
                holder.remove(entry)
    for field in root.iter("option", "textarea"):
        field.text = f" {field.text or ''} "  # fields stand apart from what is beside them


def _hide(root: etree._Element) -> None:
    rules = Rules([(AT_RULE.sub("", sheets_of(root)), False)], _said)
    if not rules.hides:
        return
    for element in root.iter(etree.Element):
        won = rules.of(element)
        if won and any(hides for what, hides in won.items() if what not in _said(element.get("style") or "")):
            element.set("hidden", "")


def _said(declarations: str) -> dict[str, bool]:
    """Whether each property that may hide an element does."""
    parts = (part for part in declarations.split(";") if ":" in part)
    named = {part.split(":")[0].strip().lower(): bool(HIDES.search(part)) for part in parts}
    return {name: hides for name, hides in named.items() if name in _HIDING}
