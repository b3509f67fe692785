"""Fonts for rendering, all from packages: Roboto and DejaVu, and the Chinese, Japanese and Korean fonts every PDF reader has."""

from functools import cache
from pathlib import Path

import font_roboto
import matplotlib
from fontTools.ttLib import TTFont as Outline
from PIL import ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

_DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_ROBOTO = Path(font_roboto.__file__).parent / "files"

FILES = {
    "roboto": _ROBOTO / "Roboto-Regular.ttf",
    "roboto-bold": _ROBOTO / "Roboto-Bold.ttf",
    "sans": _DEJAVU / "DejaVuSans.ttf",
    "sans-bold": _DEJAVU / "DejaVuSans-Bold.ttf",
    "serif": _DEJAVU / "DejaVuSerif.ttf",
    "serif-bold": _DEJAVU / "DejaVuSerif-Bold.ttf",
    "mono": _DEJAVU / "DejaVuSansMono.ttf",
    "mono-bold": _DEJAVU / "DejaVuSansMono-Bold.ttf",
    "hand": _DEJAVU / "DejaVuSans-Oblique.ttf",
}
_SYSTEM = Path("/usr/share/fonts/truetype")
THAI = next(
    (
        p
        for p in (_SYSTEM / "tlwg/Garuda.ttf", _SYSTEM / "tlwg/Loma.ttf", _SYSTEM / "noto/NotoSansThai-Regular.ttf")
        if p.exists()
    ),
    None,
)
"""No package holds Thai letters; Debian's fonts-thai-tlwg and fonts-noto-core do. Without them Thai is left out of PDFs."""

if THAI is not None:
    FILES["thai"] = THAI

CID = {"zh": "STSong-Light", "ja": "HeiseiMin-W3", "ko": "HYSMyeongJo-Medium"}


@cache
def register() -> None:
    """Make the fonts known to the PDF writer."""
    for name, path in FILES.items():
        pdfmetrics.registerFont(TTFont(name, path))
    for name in CID.values():
        pdfmetrics.registerFont(UnicodeCIDFont(name))


@cache
def _characters(name: str) -> frozenset[int]:
    with Outline(FILES[name], lazy=True) as outline:
        return frozenset(outline["cmap"].getBestCmap())


@cache
def font_for(character: str, wanted: str) -> str | None:
    """The font that has the character, the wanted one first; None if no font has it."""
    code = ord(character)
    if code < 0x20 or code in _characters(wanted):
        return wanted
    if 0xAC00 <= code <= 0xD7A3 or 0x3130 <= code <= 0x318F:
        return CID["ko"]
    if 0x3040 <= code <= 0x30FF or 0xFF61 <= code <= 0xFF9F:
        return CID["ja"]
    if 0x3000 <= code <= 0x9FFF or 0xFF00 <= code <= 0xFFEF:
        return CID["zh"]
    if 0x0E00 <= code <= 0x0E7F and THAI is not None:
        return "thai"
    fallback = "sans-bold" if wanted.endswith("bold") else "sans"
    return fallback if code in _characters(fallback) else None


def unprintable(text: str, picture: bool = False) -> str:
    """The characters no font here can print, on paper or (CJK too) on a picture."""
    missing = {
        c for c in text if not c.isspace() and font_for(c, "sans") in ((None, *CID.values()) if picture else (None,))
    }
    return "".join(sorted(missing))


def runs(text: str, wanted: str) -> list[tuple[str, str]]:
    """The text in stretches of one font each: (font, text)."""
    found: list[tuple[str, str]] = []
    for character in text:
        font = font_for(character, wanted) or wanted
        if found and (found[-1][0] == font or character == " "):
            found[-1] = (found[-1][0], found[-1][1] + character)
        else:
            found.append((font, character))
    return found


@cache
def picture_font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font for drawing on pictures."""
    return ImageFont.truetype(str(FILES[name]), size)
