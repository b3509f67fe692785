"""How scripts are written: which part words by blanks, and which letters are wide."""

import re

# Scripts that part no words by blanks, with their full-width marks: a line of theirs goes on without one. Korean does part.
_UNPARTED = "\u0e00-\u0e7f\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff5e"
_RUNS_ON = re.compile(f"[{_UNPARTED}]\n[{_UNPARTED}]")
# Letters of twice the width of a Latin one: a column of prose holds half as many.
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff5e]")


def glue(before: str, after: str) -> str:
    """What parts the text of a line from that of the next one of the same paragraph: a blank, or nothing in scripts that
    have none."""
    if before[-1:].isascii() or after[:1].isascii():
        return " "
    return "" if _RUNS_ON.match(f"{before[-1:]}\n{after[:1]}") else " "


def text_width(text: str) -> int:
    """Characters of a text, the wide ones of Chinese, Japanese and Korean twice."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
