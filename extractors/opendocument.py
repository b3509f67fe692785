"""OpenDocument text, sheets and slides (ODF 1.3): the same blocks as for the Office formats."""

from collections.abc import Iterator

from extractors import progress
from extractors.delimited import cell_kind
from extractors.document import BlockKind, Metadata
from extractors.draft import Draft, clean, one_line
from extractors.errors import DamagedFile, EncryptedFile
from extractors.flow import write_table
from extractors.grids import CellKind, GridCell, region_block
from extractors.grids_layout import one_region
from extractors.locators import Locator, SlideLocator
from extractors.packages import Element, Package, attribute, child, children, local, whole, within
from extractors.spreadsheet import write_sheet
from extractors.spreadsheet_sheet import Sheet

# A repeated empty row or cell stands once with a count of up to a million; only so many are made real.
MOST_REPEATS = 100
MOST_NESTING = 60
_KINDS: dict[str, CellKind] = {
    "float": "number", "percentage": "number", "currency": "number", "date": "date", "time": "number",
    "boolean": "boolean",
}  # fmt: skip


def read_ods(package: Package, draft: Draft) -> None:
    """Write the sheets of an OpenDocument workbook."""
    body = _body(package, draft, "spreadsheet")
    hidden_styles = _hidden_tables(package)
    tables = [part for part in body if local(part) == "table"]
    for number, table in enumerate(tables[: draft.policy.sheets], start=1):
        title = attribute(table, "name") or f"Sheet{number}"
        hidden = (attribute(table, "style-name") or "") in hidden_styles
        draft.part("sheet", title, hidden=hidden)
        sheet = Sheet(clean(title), number)
        comments = _cells(table, sheet, draft)
        write_sheet(sheet, draft, hidden)
        for text, place in comments:
            draft.block("comment", text, place, hidden=hidden)
        progress.tick(number, len(tables))


def read_odt(package: Package, draft: Draft) -> None:
    """Write the text of an OpenDocument text."""
    body = _body(package, draft, "text")
    draft.part("section")
    _flow(body, draft, 0, 0)


def read_odp(package: Package, draft: Draft) -> None:
    """Write the slides of an OpenDocument presentation."""
    body = _body(package, draft, "presentation")
    pages = [part for part in body if local(part) == "page"]
    for number, page in enumerate(pages[: draft.policy.slides], start=1):
        draft.part("slide", f"Slide {number}")
        for shape in page:
            _slide_shape(shape, number, draft, 0)


def _body(package: Package, draft: Draft, kind: str) -> Element:
    manifest = package.maybe_xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise EncryptedFile
    draft.metadata = _metadata(package)
    found = child(package.xml("content.xml"), "body", kind)
    if found is None:
        raise DamagedFile("The main part of the file is missing.")
    return found


def _metadata(package: Package) -> Metadata:
    root = package.maybe_xml("meta.xml")
    meta = child(root, "meta") if root is not None else None
    values = {local(part): one_line(clean(part.text or ""))[:500] for part in children(meta)}
    return Metadata(
        title=values.get("title") or None,
        author=values.get("initial-creator") or None,
        producer=values.get("generator") or None,
        created=values.get("creation-date") or None,
        modified=values.get("date") or None,
        last_modified_by=values.get("creator") or None,
    )


def _hidden_tables(package: Package) -> set[str]:
    root = package.maybe_xml("content.xml")
    found = set()
    for style in within(root, "style"):
        properties = child(style, "table-properties")
        if properties is not None and attribute(properties, "display") == "false":
            found.add(attribute(style, "name") or "")
    return found


def _cells(table: Element, sheet: Sheet, draft: Draft) -> list[tuple[str, Locator]]:
    """Fill the sheet with the cells of a table; returns its comments."""
    comments: list[tuple[str, Locator]] = []
    number = 0
    for row in _rows(table):
        repeat = max(1, whole(attribute(row, "number-rows-repeated"), 1))
        entries = [entry for entry in row if local(entry) in ("table-cell", "covered-table-cell")]
        filled = any(len(entry) for entry in entries)
        for offset in range(min(repeat, MOST_REPEATS) if filled else 0):
            _row(entries, number + offset + 1, sheet, draft, comments)
        if attribute(row, "visibility") in ("collapse", "filter"):
            sheet.hidden_rows.update(range(number + 1, number + 1 + min(repeat, MOST_REPEATS)))
        number += repeat
        if len(sheet.cells) > draft.cells_left:
            draft.once("limit_exceeded", "The workbook holds more cells than the set limit; the rest was left out.")
            break
    return comments


def _row(entries: list[Element], number: int, sheet: Sheet, draft: Draft, comments: list[tuple[str, Locator]]) -> None:
    column = 0
    for entry in entries:
        repeat = max(1, whole(attribute(entry, "number-columns-repeated"), 1))
        text = _text(entry)
        if text and local(entry) == "table-cell":
            kind = _KINDS.get(attribute(entry, "value-type") or "", "text")
            value = attribute(entry, "date-value") or attribute(entry, "value") if kind in ("number", "date") else None
            for offset in range(min(repeat, MOST_REPEATS)):
                where = (number, column + offset + 1)
                sheet.cells[where] = GridCell(
                    *where,
                    text,
                    max(1, whole(attribute(entry, "number-rows-spanned"), 1)),
                    max(1, whole(attribute(entry, "number-columns-spanned"), 1)),
                    kind,
                    value,
                    attribute(entry, "formula") is not None,
                )
        note = child(entry, "annotation")
        if note is not None:
            comments.append((_text(note), sheet.place(number, column + 1, number, column + 1)))
        column += repeat
        if column > draft.policy.sheet_columns:
            return


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those in groups and headers too; a table inside a cell keeps its own."""
    for part in table:
        if local(part) == "table-row":
            yield part
        elif local(part) in ("table-header-rows", "table-row-group", "table-rows"):
            yield from _rows(part)


def _text(holder: Element) -> str:
    """The paragraphs below an element, one a line, without comments and tables."""
    lines = []
    for part in holder:
        if local(part) in ("p", "h"):
            lines.append(_line(part, 0))
        elif local(part) in ("list", "list-item", "section", "text-box", "frame") and (inner := _text(part)):
            lines.append(inner)
    return "\n".join(line for line in lines if line.strip())


def _line(element: Element, depth: int) -> str:
    """The text of a paragraph with its spans, blanks and breaks."""
    parts = [element.text or ""]
    for part in element if depth < MOST_NESTING else ():
        match local(part):
            case "s":
                parts.append(" " * min(whole(attribute(part, "c"), 1), 200))
            case "tab":
                parts.append("\t")
            case "line-break":
                parts.append("\n")
            case "annotation" | "annotation-end" | "note" | "tracked-changes" | "change":
                pass
            case "frame" | "custom-shape":
                parts.append(" " + _text(part))
            case _:
                parts.append(_line(part, depth + 1))
        parts.append(part.tail or "")
    return "".join(parts)


def _flow(holder: Element, draft: Draft, list_level: int, depth: int) -> None:
    if depth > MOST_NESTING:
        draft.too_deep()
    if depth > MOST_NESTING or draft.full:
        return
    for part in holder:
        match local(part):
            case "h":
                level = max(1, min(whole(attribute(part, "outline-level"), 1), 9))
                draft.block("heading", _line(part, 0), draft.paragraph(), level=level)
            case "p":
                kind: BlockKind = "list_item" if list_level else "paragraph"
                draft.block(kind, _line(part, 0), draft.paragraph(), level=list_level)
                _hanging(part, draft)
            case "list":
                _flow(part, draft, list_level + 1, depth + 1)
            case "list-item" | "list-header" | "section" | "index-body" | "text-box":
                _flow(part, draft, list_level, depth + 1)
            case "table":
                _table(part, draft)


def _hanging(paragraph: Element, draft: Draft) -> None:
    """Notes and comments of a paragraph."""
    for note in paragraph.iter("{*}note-body", "{*}annotation"):
        kind: BlockKind = "note" if local(note) == "note-body" else "comment"
        draft.block(kind, _text(note), draft.paragraph())


def _table_cells(table: Element) -> list[GridCell]:
    cells = []
    for number, row in enumerate(_rows(table), start=1):
        column = 0
        for entry in row:
            repeat = max(1, min(whole(attribute(entry, "number-columns-repeated"), 1), MOST_REPEATS))
            if local(entry) == "table-cell":
                text = _text(entry)
                spans = (
                    max(1, whole(attribute(entry, "number-rows-spanned"), 1)),
                    max(1, whole(attribute(entry, "number-columns-spanned"), 1)),
                )
                kind = cell_kind(one_line(text)) if text else "empty"
                for offset in range(repeat):
                    cells.append(GridCell(number, column + offset + 1, text, *spans, kind, bordered=True))
            column += repeat
    return cells


def _table(table: Element, draft: Draft) -> None:
    write_table(draft, _table_cells(table))


def _slide_shape(shape: Element, number: int, draft: Draft, depth: int) -> None:
    if depth > draft.policy.nesting:
        draft.too_deep()
        return
    name = attribute(shape, "name") or local(shape)
    place = SlideLocator(slide=number, shape=name)
    match local(shape):
        case "g":
            for inner in shape:
                _slide_shape(inner, number, draft, depth + 1)
        case "notes":
            for inner in shape.iter("{*}text-box"):
                draft.block("note", _text(inner), SlideLocator(slide=number, shape="Notes"))
        case "frame" | "custom-shape" | "rect" | "ellipse" | "line":
            table = child(shape, "table")
            if table is not None and (cells := _table_cells(table)):
                region_block(draft, one_region(cells), lambda *_: place)
                return
            title = attribute(shape, "class") == "title"
            draft.block("heading" if title else "paragraph", _text(shape), place, level=1 if title else 0)
            if child(shape, "image") is not None and table is None and not _text(shape):
                draft.left("picture_not_read", "A picture on this slide was not read.", place)
