"""What the styles and shared strings of a workbook say of a cell: number format, font, fill, borders, text runs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from extractors.draft import STRUCK, STRUCK_CODE, Draft
from extractors.errors import DamagedFile
from extractors.packages import Element, Package, attribute, child, is_on, local, whole
from extractors.spreadsheet_formats import BUILT_IN
from extractors.symbols import is_symbol_font, shown

# Text of one cell is at most 32,767 characters (Excel's own limit); what is longer was not typed by anybody.
CELL_CHARACTERS = 32_767
# A borderless frame side is not a field; a cell ruled below (a line to write on) or on two sides is.
_SIDES = ("left", "right", "top", "bottom")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE = ("FFFFFFFF", "00FFFFFF", "FFFFFF")
_WHITE_INDEXES = ("1", "9")
T = TypeVar("T")
# The format of a cell that shows nothing, whatever stands in it: empty for positive and negative numbers, zero and text.
SHOWS_NOTHING = ";;;"


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a cell as far as it changes what a person reads."""

    format: str = "General"
    font: str | None = None
    bold: bool = False
    filled: bool = False
    bordered: bool = False
    unseen: bool = False
    # White letters on no ground of the cell's own.
    faint: bool = False
    # Whether the cell is a check box, as newer Excel has them: yes and no are shown as a box.
    check: bool = False
    struck: bool = False


PLAIN = Style()


class Styles:
    """The cell formats of a workbook by index; an index that is not there is plain."""

    def __init__(self, styles: list[Style]) -> None:
        self._styles = styles

    def __getitem__(self, index: str | None) -> Style:
        number = whole(index)
        return self._styles[number] if 0 <= number < len(self._styles) else PLAIN


def read_styles(root: Element | None) -> Styles:
    """The cell formats of ``xl/styles.xml``; without it every cell is plain."""
    if root is None:
        return Styles([])
    codes = dict(BUILT_IN)
    for entry in _children(root, "numFmts"):
        codes[whole(entry.get("numFmtId"))] = entry.get("formatCode", "General")
    fonts = [_font(entry) for entry in _children(root, "fonts")]
    fills = [_is_filled(entry) for entry in _children(root, "fills")]
    borders = [_is_bordered(entry) for entry in _children(root, "borders")]
    styles = []
    for entry in _children(root, "cellXfs"):
        font, bold, white, struck = _at(fonts, entry.get("fontId"), (None, False, False, False))
        filled = _at(fills, entry.get("fillId"), False)
        code = codes.get(whole(entry.get("numFmtId")), "General")
        blank = code.strip() == SHOWS_NOTHING
        styles.append(
            Style(
                format="General" if blank else code,
                font=font if is_symbol_font(font) else None,
                bold=bold,
                filled=filled,
                bordered=_at(borders, entry.get("borderId"), False),
                unseen=blank,
                faint=white and not filled,
                struck=struck,
                check=next(entry.iter("{*}xfComplement"), None) is not None,
            )
        )
    return Styles(styles)


def _children(root: Element, name: str) -> Iterable[Element]:
    found = child(root, name)
    return [entry for entry in found if local(entry)] if found is not None else []


def _at(values: list[T], index: str | None, default: T) -> T:
    number = whole(index)
    return values[number] if 0 <= number < len(values) else default


def _font(entry: Element) -> tuple[str | None, bool, bool, bool]:
    name, bold, white, struck = None, False, False, False
    for part in entry:
        match local(part):
            case "name" | "rFont":
                name = part.get("val")
            case "b":
                bold = part.get("val") is None or is_on(part.get("val"))
            case "color":
                white = _is_white(part)
            case "strike":
                struck = part.get("val") is None or is_on(part.get("val"))
    return name, bold, white, struck


def _is_filled(entry: Element) -> bool:
    pattern = child(entry, "patternFill")
    if pattern is None:
        return child(entry, "gradientFill") is not None
    if pattern.get("patternType") in (None, "none"):
        return False
    colour = child(pattern, "fgColor")
    return colour is None or not _is_white(colour)


def _is_white(colour: Element) -> bool:
    """Whether a colour is white: by itself, by its number in the palette, or as the theme's ground of a sheet."""
    theme = colour.get("theme") == "0" and not colour.get("tint")
    return colour.get("rgb") in _WHITE or theme or colour.get("indexed") in _WHITE_INDEXES


def _is_bordered(entry: Element) -> bool:
    drawn = {local(side) for side in entry if side.get("style") not in (None, "none")}
    return "bottom" in drawn or len(drawn & set(_SIDES)) >= 2


def unescape(text: str) -> str:
    """Text with the ``_x000D_`` escapes of workbooks resolved (ECMA-376 part 1, 22.9.2.19, ST_Xstring)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def rich_text(item: Element, font: str | None = None) -> str:
    """The text of a string item with its runs, symbol fonts as Unicode; phonetic guides are left out."""
    parts: list[str] = []
    for part in item:
        name = local(part)
        if name == "t":
            parts.append(shown(part.text or "", font))
        elif name == "r":
            run_font = None
            properties = child(part, "rPr")
            if properties is not None:
                face = child(properties, "rFont")
                run_font = face.get("val") if face is not None else None
            parts.extend(shown(text.text or "", run_font or font) for text in part if local(text) == "t")
    return unescape("".join(parts))[:CELL_CHARACTERS]


class Strings:
    """The shared strings of a workbook. Raw text is kept per font only where it has runs; a symbol font is applied
    when asked."""

    def __init__(self, items: list[str], plain: list[bool]) -> None:
        self._items = items
        self._plain = plain

    def get(self, index: int, font: str | None) -> str:
        """The string with this index as shown in a cell of this font; empty where it is missing."""
        if not 0 <= index < len(self._items):
            return ""
        text = self._items[index]
        return shown(text, font) if font and self._plain[index] else text


def read_strings(package: Package, name: str | None, draft: Draft) -> Strings:
    """All shared strings; a damaged table gives the ones before the damage."""
    items: list[str] = []
    plain: list[bool] = []
    characters = 0
    if name and name in package:
        try:
            for item in package.rows(name, ("si",)):
                text = rich_text(item)
                characters += len(text)
                items.append(text)
                plain.append(child(item, "r") is None)
                if not plain[-1] and any(is_on(line.get("val", "1")) for line in item.iter("{*}strike")):
                    draft.once(STRUCK_CODE, STRUCK)
                if characters > draft.policy.text_characters:
                    draft.once(
                        "limit_exceeded", "The workbook holds more text than the set limit; the rest was left out."
                    )
                    break
        except DamagedFile:
            draft.once("damaged_part", "The table of texts of this workbook is damaged; some cells could not be read.")
    return Strings(items, plain)


def relation_id(element: Element, name: str = "id") -> str | None:
    """The relationship id of an element (``r:id``), whatever namespace it is written in."""
    for key, value in element.attrib.items():
        if isinstance(key, str) and key.startswith("{") and key.endswith("}" + name) and isinstance(value, str):
            return value
    return attribute(element, name)
