"""Symbol fonts as Unicode: a Wingdings ``ü`` is the tick that a person sees, never the letter.

The tables hold what stands on factory papers (ticks, crosses, boxes, circles, plan and done triangles, arrows,
numbers in
circles) and the whole of Symbol, which writes Greek letters and signs. A character without an entry becomes ``�``-free
text: it is kept as it is in Symbol, and shown as ``▪`` in the picture fonts, because its letter would be a lie.
"""

from collections.abc import Iterable

# Office programs write the characters of a symbol font either at their code or in this private area of Unicode.
_PRIVATE = 0xF000


def _run(first: int, signs: str) -> dict[int, str]:
    return {first + index: sign for index, sign in enumerate(signs)}


_WINGDINGS = {
    **_run(0x21, "✏✂✁"), 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x43: "👍", 0x44: "👎",
    **_run(0x45, "☜☞☝☟"), 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x4E: "☠", 0x4F: "⚐", 0x52: "☼", 0x54: "❄",
    **_run(0x6C, "●❍■□❐❑❒◆◆◆❖◆☒"), **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), 0x9E: "·", 0x9F: "•",
    **_run(0xA0, "▪○○◯◉◎"), 0xA7: "▪", 0xA8: "☐", 0xAA: "✦", **_run(0xAB, "★✶✴✹✵"), 0xD8: "➢",
    **_run(0xDF, "←→↑↓↖↗↙↘"), **_run(0xE7, "←→↑↓↖↗↙↘⇦⇨⇧⇩⇔⇕"), 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    **_run(0x4F, "✗✓☒☑☒☒"), **_run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), 0x96: "•", 0x97: "●", 0x98: "●", 0x99: "○",
    0x9A: "○",
    0xA0: "▪", 0xA1: "■", 0xA2: "■", 0xA3: "□", 0xA4: "□",
}  # fmt: skip
_WINGDINGS_3 = {
    **_run(0x21, "←→↑↓↖↗↙↘"), **_run(0x70, "▲▼△▽◄►◁▷◣◢◤◥"), 0x7D: "▶", 0xC7: "↑", 0xC8: "↓", 0xDB: "↑", 0xDC: "↓",
}  # fmt: skip
_WEBDINGS = {
    0x33: "◄", 0x34: "►", 0x35: "▲", 0x36: "▼", 0x59: "♥", 0x61: "✓", 0x63: "□", 0x67: "■", 0x69: "ℹ", 0x6E: "●",
    0x72: "✗", 0x78: "⊘",
}  # fmt: skip
_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", **_run(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    0x5C: "∴",
    0x5E: "⊥", **_run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"), 0x7E: "∼", 0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄",
    0xA5: "∞",
    **_run(0xA7, "♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"), 0xC5: "⊕", 0xC6: "∅", **_run(0xC7, "∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊"),
    0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_ZAPF = {
    0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x48: "★", 0x49: "✩", 0x6C: "●", 0x6D: "❍",
    0x6E: "■", 0x6F: "❏", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x73: "▲", 0x74: "▼", 0x75: "◆", 0x76: "❖",
    **_run(0xAC, "①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿"),
    0xD4: "➔", 0xD5: "→",
}  # fmt: skip

_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "wingdings3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
    "zapfdingbats": _ZAPF,
    "zapf dingbats": _ZAPF,
    "itc zapf dingbats": _ZAPF,
    "marlett": {0x61: "✓", 0x62: "✓", 0x69: "●", 0x72: "✗", 0x74: "▲", 0x75: "▼"},
}

# Windows code page 1252 puts these characters at 0x80 to 0x9F; a symbol font means the byte, not the character.
_BYTES_1252 = {ord(bytes([byte]).decode("cp1252", "replace")): byte for byte in range(0x80, 0xA0)}


def is_symbol_font(font: str | None) -> bool:
    """Whether letters set in this font are pictures."""
    return bool(font) and str(font).strip().lower() in _FONTS


def shown(text: str, font: str | None) -> str:
    """The text as a person sees it when it is set in this font."""
    table = _FONTS.get((font or "").strip().lower())
    if table is None:
        return text
    return "".join(_sign(character, table) for character in text)


def shown_private(text: str, font: str | None) -> str:
    """The text where the font holds for symbol characters only: those in the private area are signs, letters stay."""
    if not any(_PRIVATE <= ord(character) <= _PRIVATE + 0xFF for character in text):
        return text
    return "".join(shown(letter, font) if _PRIVATE <= ord(letter) <= _PRIVATE + 0xFF else letter for letter in text)


def _sign(character: str, table: dict[int, str]) -> str:
    code = ord(character)
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        code -= _PRIVATE
    code = _BYTES_1252.get(code, code)
    if code > 0xFF or character.isspace():
        # Not a code of the font: the program falls back to another font and shows the character itself.
        return character
    if code in table:
        return table[code]
    return chr(code) if table is _SYMBOL else "▪"


def joined(runs: Iterable[tuple[str, str | None]]) -> str:
    """Runs of (text, font name) as one text."""
    return "".join(shown(text, font) for text, font in runs)
