"""Colours of text and grounds as files write them: which nobody sees on white paper."""

import re

# Each of red, green and blue from here on: on white paper nobody sees it.
WHITE_FROM = 245
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")
_FUNCTION = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
# A colour of style sheets that nothing is seen of, as a pattern.
CLEAR = r"rgba?\((?:(?:[^(),]{0,20},){3}|[^(),/]{0,60}/)\s*0(?:\.0*)?%?\s*\)"
_NAMED = frozenset({"white", "snow", "whitesmoke", "ghostwhite", "window"})


def is_white(red: int, green: int, blue: int) -> bool:
    """Whether a colour cannot be told from white paper; its parts from 0 to 255."""
    return min(red, green, blue) >= WHITE_FROM


def is_white_word(text: str) -> bool:
    """Whether a colour as written in style sheets and office files is white: a name, ``#fff``, ``FFFFFF``, ``rgb(...)``."""
    text = text.strip().lower()
    if text in _NAMED:
        return True
    if match := _HEX.fullmatch(text):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
        return is_white(*bytes.fromhex(digits))
    if match := _FUNCTION.fullmatch(text):
        return is_white(*(int(part) for part in match.groups()[:3]))
    return False
