"""Controls of forms on sheets: check boxes, options, lists and labels, by their properties or by the older drawing (VML) that
is kept beside them or alone."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extractors.draft import one_line
from extractors.errors import DamagedFile
from extractors.packages import Element, Package, child, local, refuse_declarations, whole, within
from extractors.spreadsheet_sheet import Sheet, range_of

# What a note of a cell and a picture are called; both are read elsewhere.
_OTHERS = frozenset({"Note", "Pict", "Scroll", "Spin", "Movie"})
# Rows of the largest sheet; what a control says of itself may be any number.
LAST_ROW = 1_048_575
_ID = "_x0000_s"
_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)


def state(kind: str, checked: bool) -> str:
    """The sign of a check box or an option; empty for other controls."""
    if kind.lower() == "checkbox":
        return "☑" if checked else "☐"
    if kind.lower() == "radio":
        return "◉" if checked else "○"
    return ""


def chosen(sheet: Sheet, ranges: str, number: int) -> str:
    """The entry of a list that is chosen, where the list stands on the same sheet; they count from 1."""
    area = range_of(ranges.replace("$", "")) if "!" not in ranges else None
    if area is None or number < 1 or area[0] + number - 1 > area[2]:
        return ""
    cell = sheet.cells.get((area[0] + number - 1, area[1]))
    return cell.text if cell is not None else ""


def older_controls(
    package: Package, part: str, sheet: Sheet, known: set[str]
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
            label = chosen(sheet, values.get("FmlaRange", ""), whole(values.get("Sel")))
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
