"""Colours of text and grounds as files write them: which nobody sees on white paper."""

import re
from colorsys import hls_to_rgb

# Each of red, green and blue from here on: on white paper nobody sees it.
WHITE_FROM = 245
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")
# Colours as functions of style sheets (CSS Color 4, 4 to 7), as patterns: any, and those that nothing is seen of.
FUNCTION = r"(?:rgb|hsl)a?\([^()]{0,100}\)"
CLEAR = r"(?:rgb|hsl)a?\((?:(?:[^(),]{0,30},){3}\s*(?:0+(?:\.0*)?|\.0+)%?|[^(),/]{0,90}/\s*(?:(?:0+(?:\.0*)?|\.0+)%?|none))\s*\)"
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{0,100})\)")
_DIGITS = r"[+-]?(?:\d{1,9}(?:\.\d{1,20})?|\.\d{1,20})(?:e[+-]?\d{1,2})?"
_NUMBER = re.compile(rf"({_DIGITS})(%?)")
_HUE = re.compile(rf"{_DIGITS}(?:deg|grad|rad|turn)?|none")
_NAMED = frozenset({"white", "snow", "whitesmoke", "ghostwhite", "window"})


def is_white(red: int, green: int, blue: int) -> bool:
    """Whether a colour cannot be told from white paper; its parts from 0 to 255."""
    return min(red, green, blue) >= WHITE_FROM


def is_white_word(text: str) -> bool:
    """Whether a colour as written in style sheets and office files is white, however much shines through it: a name,
    ``#fff``, ``FFFFFF``, ``rgb(...)``, ``hsl(...)``."""
    text = text.strip().lower()
    if text in _NAMED:
        return True
    if match := _HEX.fullmatch(text):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
        return is_white(*bytes.fromhex(digits))
    return (found := _function(text)) is not None and is_white(*found[0])


def is_veil(text: str) -> bool:
    """Whether something shines through a colour that is written as a function."""
    found = _function(text.strip().lower())
    return found is not None and found[1] < 1


def _function(text: str) -> tuple[tuple[int, int, int], float] | None:
    """Red, green and blue from 0 to 255, of ``hsl()`` as those of red (the least of the three is the same for every hue),
    and how far the colour covers what is below it, from 0 to 1; None where browsers do not read it."""
    match = _FUNCTION.fullmatch(text)
    if match is None:
        return None
    name, inner = match.groups()
    old = "," in inner
    body, slash, last = inner.partition("/")
    parts = [part.strip() for part in body.split(",")] if old else body.split()
    if old and len(parts) == 4 and not slash:
        slash, last = ",", parts.pop()
    elif old and slash:
        return None
    alpha = _number(last.strip(), old) if slash else (1.0, False)
    hue = parts.pop(0) if name == "hsl" and parts else "0"
    values = [found for part in parts if (found := _number(part, old)) is not None]
    if (
        alpha is None
        or not _HUE.fullmatch(hue)
        or len(parts) != len(values)
        or len(values) != (2 if name == "hsl" else 3)
    ):
        return None
    # Between commas either all are percentages or, in rgb() alone, none.
    percentages = sum(percentage for _, percentage in values)
    if old and percentages != len(values) and (percentages or name == "hsl"):
        return None
    opaque = _within_one(alpha[0] / 100 if alpha[1] else alpha[0])
    if name == "hsl":
        strong, light = (_within_one(value / 100) for value, _ in values)
        shares = hls_to_rgb(0, light, strong)
    else:
        red, green, blue = (_within_one(value / (100 if percentage else 255)) for value, percentage in values)
        shares = red, green, blue
    return (round(255 * shares[0]), round(255 * shares[1]), round(255 * shares[2])), opaque


def _number(text: str, old: bool) -> tuple[float, bool] | None:
    """A number and whether it is a percentage; ``none`` is nothing where no commas stand (``old``)."""
    if text == "none" and not old:
        return 0.0, False
    match = _NUMBER.fullmatch(text)
    return (float(match[1]), bool(match[2])) if match else None


def _within_one(value: float) -> float:
    return min(1.0, max(0.0, value))
