"""Small drawings as SVG: shapes and words with their attributes written out, no style sheet, no script.

They stand inside web pages whose policy forbids styles, inside the report as one file, and inside the PDF; so colours and fonts
are attributes, and every word from a file is escaped.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

INK, SOFT, LINE, WASH, PAPER = "#17202c", "#556273", "#dde3ea", "#f5f7fa", "#ffffff"
ACCENT, GOOD, WARN, BAD = "#1d4f8f", "#14683a", "#8a5300", "#a3211b"
FONTS = "'Noto Sans', 'Segoe UI', system-ui, 'Noto Sans Thai', 'Noto Sans SC', 'Noto Sans KR', sans-serif"
# Width of a letter as a share of its size: measured over Latin text in Noto Sans; full-width letters take all of it.
LETTER, WIDE_LETTER = 0.56, 1.0
# Signs that XML 1.0 does not allow even when escaped (section 2.2), and halves of characters from broken files.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Signs that turn the direction of what follows (Unicode UAX 9): a file name could show as another one.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text as it can be shown: without signs that no page can hold, and without those that turn its direction."""
    return _TURNING.sub("", _NOT_XML.sub(" ", text))


def width_of(text: str, size: float) -> float:
    """About how wide a text stands at a letter size."""
    return sum(WIDE_LETTER if ord(letter) >= 0x2E80 else LETTER for letter in text) * size


def shortened(text: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it would not fit into the room."""
    text = " ".join(clean(text).split())
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def shape(name: str, **attributes: object) -> str:
    """One element without content; underscores in names stand for dashes."""
    return f"<{name}{_written(attributes)}/>"


def line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE, width: float = 1, **more: object) -> str:
    """A straight line."""
    return shape("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, **more)


def label(x: float, y: float, text: str, size: float = 12, colour: str = INK, **more: object) -> str:
    """Words at a place; ``text_anchor`` says which end stands there."""
    attributes = {"x": x, "y": y, "font_size": size, "fill": colour, "font_family": FONTS, **more}
    return f"<text{_written(attributes)}>{escape(clean(text))}</text>"


def titled(title: str, elements: Iterable[str]) -> str:
    """Elements with words that show under the mouse and are read aloud."""
    return f"<g><title>{escape(clean(title))}</title>{''.join(elements)}</g>"


def drawing(width: float, height: float, told: str, elements: Iterable[str]) -> str:
    """The whole picture; ``told`` says in words what it shows."""
    box = f"0 0 {_number(width)} {_number(height)}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{_number(width)}" height="{_number(height)}" role="img"'
    return f"{head} aria-label={quoteattr(clean(told))}>{''.join(elements)}</svg>"


def _written(attributes: dict[str, object]) -> str:
    return "".join(
        f" {name.replace('_', '-')}={quoteattr(_number(value) if isinstance(value, int | float) else str(value))}"
        for name, value in attributes.items()
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
