"""Excel workbooks (XLSX, XLSM) and OpenDocument sheets, sheet by sheet as tables, forms, notes, drawings and charts.

Macros, formulas and links are never run or followed: values are those that the program saved.
"""

import re
from collections.abc import Callable
from pathlib import Path

from extractors import progress
from extractors.detect import ODS, XLSX
from extractors.document import Document
from extractors.draft import Draft
from extractors.grids import GridCell, Region, region_block
from extractors.grids_layout import HEADING_CHARACTERS, regions, widest
from extractors.packages import Package, child, is_on
from extractors.policy import ExtractionPolicy
from extractors.spreadsheet_controls import Lists
from extractors.spreadsheet_drawings import DrawingReader, write_chart
from extractors.spreadsheet_icons import unpainted
from extractors.spreadsheet_sheet import Sheet, SheetReader, split_head
from extractors.spreadsheet_styles import read_strings, read_styles, relation_id

# Tables of one sheet whose looks are looked at.
MOST_TABLES = 100
_FIELD = re.compile(r"[:\uff1a]\s*\S")


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a workbook: one part a sheet, hidden sheets marked. Raises an ExtractionError where it is no workbook."""
    draft = Draft(path, name, XLSX, policy)
    with Package(path, policy) as package:
        if "content.xml" in package and "xl/workbook.xml" not in package:
            from extractors.opendocument import read_ods

            draft.media_type = ODS
            read_ods(package, draft)
        else:
            _read_xlsx(package, draft)
    return draft.document()


def _read_xlsx(package: Package, draft: Draft) -> None:
    main = package.main_part("xl/workbook.xml")
    workbook = package.xml(main)
    links = package.relationships(main)

    def linked(kind: str) -> str | None:
        return next((link.target for link in links.values() if link.type == kind and not link.external), None)

    styles = read_styles(package.maybe_xml(linked("styles") or "xl/styles.xml"))
    strings = read_strings(package, linked("sharedStrings") or "xl/sharedStrings.xml", draft)
    properties = child(workbook, "workbookPr")
    date1904 = properties is not None and is_on(properties.get("date1904"))
    reader = SheetReader(package, strings, styles, date1904, draft)
    draft.metadata = package.metadata()
    sheets = child(workbook, "sheets")
    entries = [entry for entry in sheets if entry.tag is not None] if sheets is not None else []
    parts = {
        (entry.get("name") or "").lower(): link.target
        for entry in entries
        if (link := links.get(relation_id(entry) or "")) is not None and not link.external
    }
    drawings = DrawingReader(package, draft, Lists(workbook, parts, reader, draft))
    total = min(len(entries), draft.policy.sheets)
    for number, entry in enumerate(entries, start=1):
        title = entry.get("name") or f"Sheet{number}"
        hidden = entry.get("state") in ("hidden", "veryHidden")
        if number > draft.policy.sheets or draft.full or progress.out_of_time():
            draft.part("sheet", title, hidden=hidden, read=False)
            draft.once(
                "limit_exceeded", f"From sheet “{title}” on, the workbook was not read: it reached the set limit."
            )
            continue
        link = links.get(relation_id(entry) or "")
        if link is None or link.external or link.target not in package:
            draft.part("sheet", title, hidden=hidden, read=False)
            draft.left("damaged_part", f"The sheet “{title}” is missing in the file.")
            continue
        draft.part("sheet", title, hidden=hidden)
        sheet = Sheet(title, len(draft.parts))
        if link.type == "chartsheet":
            _chart_sheet(package, link.target, sheet, draft)
        else:
            draft.progress = (number - 1, total)
            reader.read(link.target, sheet)
            if sheet.faint:
                sheet.faint = unpainted(sheet.faint, sheet.painted + _styled_tables(package, link.target))
            floating = drawings.collect(link.target, sheet)
            write_sheet(sheet, draft, hidden, lambda found=floating, unseen=hidden: drawings.write(found, unseen))  # type: ignore[misc]
        progress.tick(number, total)


def _styled_tables(package: Package, part: str) -> list[str]:
    """The ranges of the tables of a sheet that a named look paints."""
    tables = [package.maybe_xml(name) for name in package.related(part, "table")[:MOST_TABLES]]
    looks = [(table, child(table, "tableStyleInfo")) for table in tables if table is not None]
    return [table.get("ref") or "" for table, look in looks if look is not None and look.get("name")]


def _chart_sheet(package: Package, part: str, sheet: Sheet, draft: Draft) -> None:
    for drawing in package.related(part, "drawing"):
        for chart in package.related(drawing, "chart"):
            write_chart(package, chart, sheet.place(1, 1, 1, 1), draft)


def write_sheet(sheet: Sheet, draft: Draft, hidden: bool, floating: Callable[[], None] | None = None) -> None:
    """Write the blocks of a sheet: printed head, visible regions, what floats above, hidden cells, printed foot."""
    for kind, code in sheet.heads:
        if kind == "header":
            draft.block("header", split_head(code), sheet.place(1, 1, 1, 1), hidden=hidden)
    seen: list[GridCell] = []
    unseen: list[GridCell] = []
    for cell in sheet.cells.values():
        (unseen if sheet.is_hidden(cell) else seen).append(cell)
    draft.beat()
    found = regions(seen)
    draft.beat()
    write_regions(found, sheet, draft, hidden)
    if floating:
        floating()
    write_regions(regions([cell for cell in unseen if cell.text]), sheet, draft, True)
    for kind, code in sheet.heads:
        if kind == "footer":
            draft.block("footer", split_head(code), sheet.place(1, 1, 1, 1), hidden=hidden)


def write_regions(found: list[Region], sheet: Sheet, draft: Draft, hidden: bool) -> None:
    """Write regions in reading order; lone short texts are headings where they stand out or stand over something."""
    first = True
    for index, region in enumerate(found):
        region.hidden = hidden
        if region.kind != "text":
            region_block(draft, region, sheet.place)
            first = False
            continue
        below = found[index + 1] if index + 1 < len(found) else None
        for cell in region.cells:
            if not cell.text:
                continue
            place = sheet.place(cell.row, cell.column, cell.last_row, cell.last_column)
            short = len(cell.text) <= HEADING_CHARACTERS and not cell.text.rstrip().endswith((".", "。", ";"))
            over = below is not None and below.top - region.bottom <= 2
            stands_out = cell.bold or cell.column_span > 2 or (below is not None and below.kind != "text")
            # "Approved: M. Okafor" is a field with its value, and what stands last announces nothing.
            if short and over and stands_out and cell is widest(region) and not _FIELD.search(cell.text):
                draft.block("heading", cell.text, place, level=1 if first else 2, hidden=hidden)
            else:
                draft.block("paragraph", cell.text, place, hidden=hidden)
            first = False
