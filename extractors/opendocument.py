"""OpenDocument text, sheets and slides (ODF 1.3): the same blocks as for the Office formats."""

from bisect import bisect_left
from dataclasses import dataclass, field

from extractors import progress
from extractors.delimited import cell_kind
from extractors.document import BlockKind, Metadata
from extractors.draft import STRUCK, STRUCK_CODE, Draft, clean, one_line
from extractors.errors import DamagedFile, EncryptedFile
from extractors.flow import write_table
from extractors.grids import CellKind, GridCell, region_block
from extractors.grids_layout import one_region
from extractors.locators import Locator, SlideLocator
from extractors.opendocument_drawings import Drawings, write_edges
from extractors.opendocument_slides import WhiteSlides
from extractors.opendocument_text import MOST_NESTING, SHAPES, cell_text, columns, controls, line_of, rows, text_of
from extractors.opendocument_unseen import has_struck, take_unseen, unseen_styles
from extractors.opendocument_white import WhiteCells, take_white
from extractors.packages import Element, Package, attribute, child, children, local, whole, within
from extractors.spreadsheet import write_sheet
from extractors.spreadsheet_icons import IconRules, open_rules
from extractors.spreadsheet_sheet import Sheet

# A repeated empty row or cell stands once with a count of up to a million; only so many are made real.
MOST_REPEATS = 100
# Containers of running text that add nothing of their own.
_WRAPPERS = frozenset({
    "list-item", "list-header", "numbered-paragraph", "text-box", "index-body", "index-title", "table-of-content",
    "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index", "bibliography",
})  # fmt: skip
_KINDS: dict[str, CellKind] = {
    "float": "number", "percentage": "number", "currency": "number", "date": "date", "time": "number",
    "boolean": "boolean",
}  # fmt: skip


def read_ods(package: Package, draft: Draft) -> None:
    """Write the sheets of an OpenDocument workbook."""
    root, body = _body(package, draft, "spreadsheet")
    hidden_styles = _hidden_styles(root, "table-properties", "display", "false")
    used = frozenset(name for style in within(root, "style") if (name := attribute(style, "master-page-name")))
    drawings = Drawings(package, draft, controls(body))
    tables = [part for part in body if local(part) == "table"]
    icons, white = IconRules(), WhiteCells(root, package.maybe_xml("styles.xml"))
    for number, table in enumerate(tables[: draft.policy.sheets], start=1):
        title = attribute(table, "name") or f"Sheet{number}"
        hidden = (attribute(table, "style-name") or "") in hidden_styles
        draft.part("sheet", title, hidden=hidden)
        sheet = Sheet(clean(title), number)
        beside = Beside(sheet.place(1, 1, 1, 1), white, *_columns(table, sheet, draft))
        white.begin(table)
        _cells(table, sheet, draft, beside)
        icons.apply(open_rules(table), sheet.cells)
        if number == 1:
            write_edges(package, draft, "header", beside.start, used, bare=True)
        write_sheet(sheet, draft, hidden)
        for text, place in beside.faint:
            draft.block("paragraph", text, place, hidden=True)
        for text, place in beside.comments:
            draft.block("comment", text, place, hidden=hidden)
        for shape, place in (*beside.shapes, *((shape, beside.start) for shape in children(child(table, "shapes")))):
            drawings.write(shape, place, hidden=hidden)
        if number == 1:
            write_edges(package, draft, "footer", beside.start, used, bare=True)
        progress.tick(number, len(tables))


def read_odt(package: Package, draft: Draft) -> None:
    """Write the text of an OpenDocument text."""
    root, body = _body(package, draft, "text")
    draft.part("section")
    write_edges(package, draft, "header")
    styles = package.maybe_xml("styles.xml")
    unseen = take_unseen(body, unseen_styles(root, styles)) + take_white(body, root, styles)
    _Flow(draft, Drawings(package, draft, controls(body))).write(body, 0, 0)
    write_edges(package, draft, "footer")
    for text in unseen:
        draft.block("paragraph", text, draft.paragraph(), hidden=True)
    _changes(body, draft)


def read_odp(package: Package, draft: Draft) -> None:
    """Write the slides of an OpenDocument presentation; what stands behind them once."""
    root, body = _body(package, draft, "presentation")
    drawings = Drawings(package, draft, controls(body))
    hidden_styles = _hidden_styles(root, "drawing-page-properties", "visibility", "hidden")
    styles = package.maybe_xml("styles.xml")
    white = WhiteSlides(root, styles)
    behind = {
        attribute(page, "name"): [text for shape in children(page) for text in _behind(shape, 0)]
        for page in within(styles, "master-page")
    }
    seen: set[str] = set()
    pages = [part for part in body if local(part) == "page"]
    for number, page in enumerate(pages[: draft.policy.slides], start=1):
        hidden = (attribute(page, "style-name") or "") in hidden_styles
        draft.part("slide", f"Slide {number}", hidden=hidden)
        faint = white.take(page)
        for shape in page:
            _slide_shape(shape, number, draft, drawings, hidden, 0)
        for text in faint:
            draft.block("paragraph", text, SlideLocator(slide=number, shape="White words"), hidden=True)
        for text in (*_at_the_edges(body, page), *behind.get(attribute(page, "master-page-name"), ())):
            if text not in seen:
                seen.add(text)
                draft.block("footer", text, SlideLocator(slide=number, shape="Master"), hidden=hidden)


def _behind(shape: Element, depth: int) -> list[str]:
    """The texts that a master page shows on every slide; its placeholders show none."""
    if local(shape) == "g":
        return [text for inner in children(shape) for text in _behind(inner, depth + 1)] if depth < MOST_NESTING else []
    shown = local(shape) in SHAPES and attribute(shape, "class") is None and one_line(text_of(shape))
    return [shown] if shown else []


def _at_the_edges(body: Element, page: Element) -> list[str]:
    """The footer and the day of a slide, which stand once for all slides that use them (ODF 1.3 part 3, 10.9.3)."""
    used = [attribute(page, f"use-{kind}-name") for kind in ("footer", "date-time")]
    return [
        text
        for part in children(body)
        if local(part) in ("footer-decl", "date-time-decl") and attribute(part, "name") in used
        if (text := one_line(part.text or ""))
    ]


def _body(package: Package, draft: Draft, kind: str) -> tuple[Element, Element]:
    """The root of the content and the element with the document itself."""
    manifest = package.maybe_xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise EncryptedFile
    draft.metadata = _metadata(package)
    root = package.xml("content.xml")
    found = child(root, "body", kind)
    if found is None:
        raise DamagedFile("The main part of the file is missing.")
    if has_struck(found, root, package.maybe_xml("styles.xml")):
        draft.once(STRUCK_CODE, STRUCK)
    return root, found


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


def _hidden_styles(root: Element, holder: str, name: str, value: str) -> set[str]:
    """The names of the styles of tables or pages that are not shown."""
    return {
        attribute(style, "name") or ""
        for style in within(root, "style")
        if (properties := child(style, holder)) is not None and attribute(properties, name) == value
    }


@dataclass
class Beside:
    """What hangs on the cells of a sheet, and what tells their looks: the last column of each run of columns and the style
    of its cells. ``start`` is the place of what hangs on no cell, ``faint`` are white words beside seen ones."""

    start: Locator
    white: WhiteCells
    column_ends: list[int]
    column_styles: list[str]
    faint: list[tuple[str, Locator]] = field(default_factory=list)
    comments: list[tuple[str, Locator]] = field(default_factory=list)
    shapes: list[tuple[Element, Locator]] = field(default_factory=list)

    def style(self, row: Element, column: int) -> str:
        """The style of a cell that names none."""
        at = bisect_left(self.column_ends, column)
        of_column = self.column_styles[at] if at < len(self.column_styles) else ""
        return attribute(row, "default-cell-style-name") or of_column

    def add(self, cell: Element, place: Locator) -> None:
        """Take down the comments and shapes of a cell."""
        for part in cell:
            if local(part) == "annotation":
                self.comments.append((text_of(part), place))
            elif local(part) in SHAPES or local(part) in ("g", "control"):
                self.shapes.append((part, place))


def _columns(table: Element, sheet: Sheet, draft: Draft) -> tuple[list[int], list[str]]:
    """The last column of each run of columns and the style of its cells; hidden ones are noted in the sheet."""
    ends, styles, last = [], [], 0
    for column in columns(table):
        first, last = last + 1, last + max(1, whole(attribute(column, "number-columns-repeated"), 1))
        if attribute(column, "visibility") in ("collapse", "filter"):
            sheet.hidden_columns.update(range(first, min(last, draft.policy.sheet_columns) + 1))
        ends.append(last)
        styles.append(attribute(column, "default-cell-style-name") or "")
    return ends, styles


def _cells(table: Element, sheet: Sheet, draft: Draft, beside: Beside) -> None:
    """Fill the sheet with the cells of a table."""
    number = 0
    for row in rows(table):
        repeat = max(1, whole(attribute(row, "number-rows-repeated"), 1))
        entries = [entry for entry in row if local(entry) in ("table-cell", "covered-table-cell")]
        filled = any(len(entry) for entry in entries)
        for offset in range(min(repeat, MOST_REPEATS) if filled else 0):
            _row(row, entries, number + offset + 1, sheet, draft, beside, offset == 0)
        if attribute(row, "visibility") in ("collapse", "filter"):
            sheet.hidden_rows.update(range(number + 1, number + 1 + min(repeat, MOST_REPEATS)))
        number += repeat
        if len(sheet.cells) > draft.cells_left:
            draft.once("limit_exceeded", "The workbook holds more cells than the set limit; the rest was left out.")
            break


def _row(
    row: Element, entries: list[Element], number: int, sheet: Sheet, draft: Draft, beside: Beside, first: bool
) -> None:
    """One of the rows that an element stands for; what hangs on the cells is taken down for the ``first``."""
    column = 0
    for at, entry in enumerate(entries):
        repeat = max(1, whole(attribute(entry, "number-columns-repeated"), 1))
        text, faint = beside.white.parted(entry, beside.style(row, column + 1), number, column + 1)
        if text and faint and first:
            beside.faint.append((faint, sheet.place(number, column + 1, number, column + 1)))
        unseen = not text and bool(faint)
        text = text or faint
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
                if unseen:
                    sheet.unseen.add(where)
        if first:
            beside.add(entry, sheet.place(number, column + 1, number, column + 1))
        column += repeat
        if column >= draft.policy.sheet_columns:
            if any(cell_text(right) for right in entries[at + 1 :]):
                draft.once("limit_exceeded", "The sheet is wider than the set limit; the rest was left out.")
            return


class _Flow:
    """Writes running text: headings, paragraphs, lists, sections, tables, and what hangs on them."""

    def __init__(self, draft: Draft, drawings: Drawings) -> None:
        self._draft = draft
        self._drawings = drawings

    def write(self, holder: Element, list_level: int, depth: int, hidden: bool = False) -> None:
        """Write the blocks below an element, in order."""
        draft = self._draft
        if depth > MOST_NESTING:
            draft.too_deep()
        if depth > MOST_NESTING or draft.full:
            return
        for part in holder:
            match local(part):
                case "h":
                    level = max(1, min(whole(attribute(part, "outline-level"), 1), 9))
                    draft.block("heading", line_of(part), draft.paragraph(), level=level, hidden=hidden)
                    self._hanging(part, hidden)
                case "p":
                    kind: BlockKind = "list_item" if list_level else "paragraph"
                    draft.block(kind, line_of(part), draft.paragraph(), level=list_level, hidden=hidden)
                    self._hanging(part, hidden)
                case "list":
                    self.write(part, list_level + 1, depth + 1, hidden)
                case "section":
                    self.write(part, list_level, depth + 1, hidden or attribute(part, "display") == "none")
                case name if name in _WRAPPERS:
                    self.write(part, list_level, depth + 1, hidden)
                case "table":
                    self._table(part, hidden, 0)
                case name if name in SHAPES or name in ("g", "control"):
                    self._drawings.write(part, draft.paragraph(), hidden=hidden)
                    for box in children(part):
                        if local(box) == "text-box":
                            self._hanging(box, hidden)

    def _table(self, table: Element, hidden: bool, depth: int) -> None:
        """A table; what hangs on its cells and the tables in them follow it."""
        if depth > self._draft.policy.nesting:
            self._draft.too_deep()
            return
        write_table(self._draft, _table_cells(table), hidden=hidden)
        for row in rows(table):
            for entry in row:
                self._hanging(entry, hidden, depth)

    def _hanging(self, holder: Element, hidden: bool, depth: int = 0) -> None:
        """Notes, comments, pictures, objects and tables within a paragraph, a cell or a text box."""
        waiting = list(reversed(list(holder)))
        while waiting:
            part = waiting.pop()
            name = local(part)
            if name in ("note", "annotation"):
                body = child(part, "note-body") if name == "note" else part
                kind: BlockKind = "note" if name == "note" else "comment"
                if body is not None:
                    self._draft.block(kind, text_of(body), self._draft.paragraph(), hidden=hidden)
            elif name in SHAPES or name in ("g", "control"):
                self._drawings.write(part, self._draft.paragraph(), texts=False, hidden=hidden)
                waiting.extend(reversed([inner for inner in part if local(inner) == "text-box"]))
            elif name == "table":
                self._table(part, hidden, depth + 1)
            else:
                waiting.extend(reversed(list(part)))


def _changes(body: Element, draft: Draft) -> None:
    """What was taken out of the text and is kept as a tracked change."""
    for change in within(child(body, "tracked-changes"), "deletion"):
        info = child(change, "change-info")
        said = {local(part): one_line(part.text or "") for part in children(info)}
        by, on = said.get("creator"), said.get("date")
        deleted = " ".join(filter(None, ("Deleted", by and f"by {by}", on and f"on {on[:10]}")))
        if text := text_of(change):
            draft.block("comment", f"{deleted}: {one_line(text)}", draft.paragraph(), hidden=True)


def _table_cells(table: Element) -> list[GridCell]:
    cells = []
    for number, row in enumerate(rows(table), start=1):
        column = 0
        for entry in row:
            repeat = max(1, min(whole(attribute(entry, "number-columns-repeated"), 1), MOST_REPEATS))
            if local(entry) == "table-cell":
                text = text_of(entry)
                spans = (
                    max(1, whole(attribute(entry, "number-rows-spanned"), 1)),
                    max(1, whole(attribute(entry, "number-columns-spanned"), 1)),
                )
                kind = cell_kind(one_line(text)) if text else "empty"
                for offset in range(repeat):
                    cells.append(GridCell(number, column + offset + 1, text, *spans, kind, bordered=True))
            column += repeat
    return cells


def _slide_shape(shape: Element, number: int, draft: Draft, drawings: Drawings, hidden: bool, depth: int) -> None:
    if depth > draft.policy.nesting:
        draft.too_deep()
        return
    name = attribute(shape, "name") or local(shape)
    place = SlideLocator(slide=number, shape=name)
    match local(shape):
        case "g" | "a":
            for inner in shape:
                _slide_shape(inner, number, draft, drawings, hidden, depth + 1)
        case "notes":
            for inner in shape.iter("{*}text-box", "{*}custom-shape"):
                draft.block("note", text_of(inner), SlideLocator(slide=number, shape="Notes"), hidden=hidden)
        case "annotation":
            draft.block("comment", text_of(shape), SlideLocator(slide=number, shape="Comment"), hidden=hidden)
        case "control":
            drawings.write(shape, place, hidden=hidden)
        case kind if kind in SHAPES:
            table = child(shape, "table")
            if table is not None and (cells := _table_cells(table)):
                region = one_region(cells)
                region.hidden = hidden
                region_block(draft, region, lambda *_: place)
                return
            title = attribute(shape, "class") == "title"
            kind_of_block: BlockKind = "heading" if title else "paragraph"
            draft.block(kind_of_block, text_of(shape), place, level=1 if title else 0, hidden=hidden)
            drawings.write(shape, place, texts=False, hidden=hidden)
