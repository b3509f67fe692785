"""What of a web page is shown: elements that its style sheets hide, and the entries of lists that are chosen."""

import re

from lxml import etree

from extractors.colours import CLEAR
from extractors.web_colours import hide_white
from extractors.web_rules import AT_RULE, Rules, declarations, sheets_of
from extractors.web_words import COLOURED, OF_THEIR_OWN, hide_words

# Ways of saying that an element is not to be seen: not there, see-through, without size, or moved off the screen.
HIDES = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?%?\s*(?:;|!|$)"
    r"|font-size\s*:\s*(?:0(?:\.0*)?(?:px|pt|r?em|%)?|(?:[01](?:\.\d*)?|\.\d+)p[xt])\s*(?:;|!|$)"
    r"|color\s*:\s*(?:transparent|" + CLEAR + r"|#[0-9a-f]{6}00(?![0-9a-f]))"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}px)",
    re.IGNORECASE,
)
# Properties that elements within may say otherwise of themselves, and those of them that only letters have.
_OVERRULED = frozenset({"visibility", "font-size", "color", "text-indent"})
_OF_LETTERS = frozenset({"font-size", "color", "text-indent"})
_HIDING = _OVERRULED | {"display", "opacity", "left", "top"}
# Values that leave what is inherited as it was, and parts of it.
_AS_BEFORE = re.compile(r"[\d.](?:em\b|%)|inherit|unset|smaller|larger|currentcolor")
_SIZE = re.compile(r"\d(?:p[xtc]|rem|[cm]m|in|vw)\b|small|medium|large")


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
    """Set the attribute ``hidden`` by what styles say; what is inherited may be overruled further in."""
    rules = Rules([(AT_RULE.sub("", sheets_of(root)), False)], _said)
    if rules.too_many:
        rules = Rules([], _said)  # those left out may show what the others hide
    if not rules.hides and not any(HIDES.search(part.get("style") or "") for part in root.iter(etree.Element)):
        return

    def look(element: etree._Element, unseen: frozenset[str]) -> tuple[frozenset[str], bool]:
        said = {**rules.of(element), **_said(element.get("style") or "")}
        if said.pop("background-clip", None) is not None:
            said["color"] = False  # letters cut out of the ground
        seen = {what for what, hides in said.items() if what in _OVERRULED and not hides}
        seen |= _OF_LETTERS if element.tag in OF_THEIR_OWN else {"color"} if element.tag in COLOURED else set()
        unseen = (unseen - seen) | {what for what, hides in said.items() if hides}
        return unseen, bool(unseen)

    nothing: frozenset[str] = frozenset()
    hide_words(root, look, nothing)


def _said(style: str) -> dict[str, bool]:
    """Whether each property that may hide an element does."""
    found: dict[str, bool] = {}
    for name, value in declarations(style):
        hides = bool(HIDES.search(f"{name}:{value}"))
        if name.endswith("background-clip") and value == "text":
            found["background-clip"] = False
        elif name == "font" and _SIZE.search(value):
            found["font-size"] = False
        elif name in _HIDING and (hides or name not in _OVERRULED or not _AS_BEFORE.search(value)):
            found[name] = hides
    return found
