"""Controls of forms on sheets: check boxes, options, lists and labels, by their properties or by the older drawing (VML) that
is kept beside them or alone."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extractors.draft import Draft, one_line
from extractors.errors import DamagedFile
from extractors.packages import Element, Package, child, local, refuse_declarations, whole, within
from extractors.spreadsheet_sheet import Sheet, SheetReader, range_of

# What a note of a cell and a picture are called; both are read elsewhere.
_OTHERS = frozenset({"Note", "Pict", "Scroll", "Spin", "Movie"})
# Rows of the largest sheet; what a control says of itself may be any number.
LAST_ROW = 1_048_575
_ID = "_x0000_s"
NOT_FOUND = "What is chosen in a list over this sheet was not read: its entries stand where they were not found."
_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)


def state(kind: str, checked: bool) -> str:
    """The sign of a check box or an option; empty for other controls."""
    if kind.lower() == "checkbox":
        return "☑" if checked else "☐"
    if kind.lower() == "radio":
        return "◉" if checked else "○"
    return ""


class Lists:
    """The entries that lists over sheets offer: cells of the same sheet or of another one, told by a name or a range."""

    def __init__(self, workbook: Element, sheets: dict[str, str], cells: SheetReader, draft: Draft) -> None:
        """``sheets`` are the parts of the sheets by their titles in small letters."""
        self._sheets, self._cells, self._draft = sheets, cells, draft
        self._names = {
            (name.get("name") or "").lower(): name.text or ""
            for name in within(child(workbook, "definedNames"), "definedName")
        }

    def chosen(self, sheet: Sheet, ranges: str, number: int) -> str:
        """The entry that is chosen, from 1; where it cannot be found out, that is said."""
        if number < 1 or not ranges:
            return ""
        title, _, cells = self._names.get(ranges.lower(), ranges).rpartition("!")
        title = title.removeprefix("'").removesuffix("'").replace("''", "'").lower()
        area = range_of(cells.replace("$", ""))
        if area is not None and area[0] + number - 1 > area[2]:
            return ""
        if area is not None and title in ("", sheet.name.lower()):
            cell = sheet.cells.get((area[0] + number - 1, area[1]))
            return cell.text if cell is not None else ""
        part = self._sheets.get(title)
        text = self._cells.text_at(part, area[0] + number - 1, area[1]) if part and area is not None else None
        if text is None:
            self._draft.once("control_not_read", NOT_FOUND, sheet.place(1, 1, 1, 1))
        return text or ""


def older_controls(
    package: Package, part: str, sheet: Sheet, known: set[str], lists: Lists
) -> Iterator[tuple[str, tuple[float, float], tuple[float, float]]]:
    """What each control of an older drawing shows, and its corners: row and column from 0. ``known`` are the numbers of the
    shapes that a newer drawing tells."""
    root = _opened(package, part)
    for shape in within(root, "shape", "rect"):
        data = child(shape, "ClientData")
        kind = data.get("ObjectType", "") if data is not None else "Note"
        if data is None or kind in _OTHERS or (shape.get("id") or "").removeprefix(_ID) in known:
            continue
        values = {local(entry): (entry.text or "").strip() for entry in data}
        label = one_line(" ".join(text for box in within(shape, "textbox") for text in box.itertext()))
        if kind in ("Drop", "List"):
            label = lists.chosen(sheet, values.get("FmlaRange", ""), whole(values.get("Sel")))
        sign = state(kind, values.get("Checked", "0") == "1")
        corners = [max(0, min(whole(number), LAST_ROW)) for number in values.get("Anchor", "").split(",")]
        if len(corners) == 8 and (shown := f"{sign} {label}".strip()):
            yield shown, (corners[2], corners[0]), (corners[6], corners[4])


def _opened(package: Package, part: str) -> Element | None:
    """The drawing; Excel itself writes some that are no XML, with line breaks as web pages have them."""
    if part not in package:
        return None
    raw = _BREAK.sub(b"<br/>", package.read(part))
    refuse_declarations(raw, package.policy)
    parser: Any = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise DamagedFile from problem
