"""White words on the white ground of a web page, which a person does not see.

A word is taken for white where its colour is said to be and nothing around it may paint a ground, by itself, by a rule of
the page that may hold for it, or by lying over something else. Where style sheets lie elsewhere nothing is known.
"""

import re

from lxml import etree

from extractors.colours import CLEAR, FUNCTION, is_veil, is_white_word
from extractors.web_rules import AT_RULE, Rules, declarations, sheets_of
from extractors.web_words import COLOURED, hide_words

_NO_GROUND = frozenset({"transparent", "none", "inherit", "initial", "unset", "revert"})
# What makes words seen whatever their colour, or puts them over something else.
_SEEN_ANYHOW = frozenset(
    {"text-shadow", "-webkit-text-stroke", "-webkit-text-stroke-color", "mix-blend-mode", "filter"}
)
_ELSEWHERE = re.compile(r"@import|color-scheme", re.IGNORECASE)
_CLEAR = re.compile(CLEAR)
_HEX_OR_WORD = re.compile(r"#[0-9a-fA-F]{3,8}|" + FUNCTION + r"|[a-zA-Z]+\(?")


def hide_white(root: etree._Element) -> None:
    """Set the attribute ``hidden`` where words are white on white; words that stand beside others get an element of their
    own."""
    sheets = sheets_of(root)
    if _ELSEWHERE.search(sheets) or any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link")):
        return
    # Rules for paper or narrow screens only show: nobody knows whether they hold.
    given = [(AT_RULE.sub("", sheets), False), ("\n".join(AT_RULE.findall(sheets)), True)]
    rules = Rules(given, _said, of_pages=True)
    if rules.too_many or not (rules.hides or _says_white(root)):
        return

    def look(element: etree._Element, state: tuple[bool, bool]) -> tuple[tuple[bool, bool], bool]:
        white, grounded = _look(element, rules, *state)
        return (white, grounded), white and not grounded

    hide_words(root, look, (False, False))


def _look(element: etree._Element, rules: Rules, white: bool, grounded: bool) -> tuple[bool, bool]:
    """Whether the words of an element are white, and whether something may be painted below them, from what it inherits."""
    tag = element.tag
    said = {**rules.of(element), **_said(element.get("style") or "")}
    if "color" in said:
        white = said["color"]
    elif tag in COLOURED:
        white = False
    elif colour := element.get("color") if tag == "font" else element.get("text") if tag == "body" else "":
        white = is_white_word(colour)
    ground = element.get("bgcolor")
    if "ground" in said:
        grounded = not said["ground"]
    elif element.get("background"):
        grounded = True
    elif ground:
        grounded = not is_white_word(ground)
    elif tag in COLOURED:
        grounded = True
    columns = element.iter("col", "colgroup") if tag == "table" else ()
    if "seen" in said or rules.tired or any(_look(column, rules, False, False)[1] for column in columns):
        grounded = True
    return white, grounded


def _says_white(root: etree._Element) -> bool:
    return any(
        _said(element.get("style") or "").get("color")
        or is_white_word(element.get("color") or element.get("text") or "")
        for element in root.iter(etree.Element)
    )


def look_of(style: str, colour: str = "", ground: str = "") -> tuple[bool | None, bool]:
    """Whether an element with this style and these attributes of old has white words (None: it does not say), and whether
    it paints a ground."""
    said = _said(style)
    white = said.get("color", is_white_word(colour) if colour else None)
    painted = not said["ground"] if "ground" in said else bool(ground) and not is_white_word(ground)
    return white, painted or "seen" in said


def _said(style: str) -> dict[str, bool]:
    """Whether words are white, without a ground, and without anything else that makes them seen; only what is said."""
    found: dict[str, bool] = {}
    for name, value in declarations(style):
        if name == "color" and value not in ("inherit", "currentcolor"):
            found["color"] = is_white_word(value)
        elif name in ("background", "background-color", "background-image"):
            ground = _ground(value)
            if ground is not None:
                # Of several sayings about a ground the one that paints counts.
                found["ground"] = found.get("ground", True) and not ground
        elif _is_seen_anyhow(name, value):
            found["seen"] = False
    return found


def _is_seen_anyhow(name: str, value: str) -> bool:
    if name == "position":
        return value in ("absolute", "fixed", "sticky")
    if name.startswith("margin"):
        return bool(re.search(r"(?<![\w.])-\d", value))
    return name in _SEEN_ANYHOW and value not in ("none", "normal")


def _ground(value: str) -> bool | None:
    """Whether a ground is painted in a colour; None where nothing is said that changes it."""
    if "url(" in value or "gradient" in value or "var(" in value:
        return True
    words = _HEX_OR_WORD.findall(_CLEAR.sub("none", value))
    if not words or all(word.lower() in _NO_GROUND for word in words):
        return None
    if any(word.endswith("(") for word in words):
        return True  # a mix of colours or another function that is not worked out
    white = [word for word in words if is_white_word(word)]
    # What shines through a veil of white may be dark.
    return None if any(map(is_veil, white)) else not white
