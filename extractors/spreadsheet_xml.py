"""Workbooks that Excel 2003 and many production systems save as one XML file, mostly called .xls (XML Spreadsheet).

Rows are streamed, so a file that claims a million rows costs what it holds; a style says what a person sees of a number.
"""

import contextlib
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lxml import etree

from extractors import progress
from extractors.document import Document, Metadata
from extractors.draft import Draft, clean, one_line
from extractors.errors import DamagedFile
from extractors.grids import GridCell
from extractors.packages import Element, attribute, child, children, local, refuse_declarations, whole
from extractors.policy import ExtractionPolicy
from extractors.spreadsheet import write_sheet
from extractors.spreadsheet_formats import show
from extractors.spreadsheet_sheet import MOST_COLUMNS, MOST_HEADS, Sheet, apply_merges
from extractors.text_detect import SPREADSHEET_XML

ROWS_PER_TICK = 500
# Rows that Excel has; a place beyond is nonsense.
MOST_ROWS = 1_048_576
_PROLOGUE_BYTES = 64 * 1024
# Formats that have names instead of codes ("XML Spreadsheet Reference", ss:NumberFormat).
_NAMED = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "#,##0.00", "Euro Currency": "#,##0.00", "Yes/No": "General", "True/False": "General",
    "On/Off": "General", "General Date": "General", "Short Date": "yyyy-mm-dd", "Medium Date": "dd-mmm-yy",
    "Long Date": "yyyy-mm-dd", "Short Time": "hh:mm", "Medium Time": "hh:mm AM/PM", "Long Time": "hh:mm:ss",
}  # fmt: skip
_BEFORE_1900 = datetime.datetime(1899, 12, 30)
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Style:
    format: str = "General"
    bold: bool = False
    filled: bool = False
    bordered: bool = False


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a workbook in XML: one part a sheet. Raises DamagedFile where nothing of it is XML."""
    draft = Draft(path, name, SPREADSHEET_XML, policy)
    with path.open("rb") as stream:
        refuse_declarations(stream.read(_PROLOGUE_BYTES), policy)
        stream.seek(0)
        _Reader(draft).read(stream)
    return draft.document()


class _Reader:
    """Reads the sheets in the order of the file."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._styles: dict[str, _Style] = {}
        self._sheet: Sheet | None = None
        self._hidden = False
        self._row = 0
        self._column = 0
        self._comments: list[tuple[str, int, int]] = []

    def read(self, stream: IO[bytes]) -> None:
        try:
            for event, element in etree.iterparse(
                stream, ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
            ):
                name = local(element)
                if event == "start":
                    if name == "Worksheet" and not self._begin(element):
                        return
                    continue
                if self._take(name, element):
                    # What was read is let go, with all that stands before it.
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                if self._draft.full or progress.out_of_time():
                    self._cut()
                    break
        except etree.XMLSyntaxError as problem:
            if self._sheet is None and not self._draft.parts:
                raise DamagedFile from problem
            self._draft.once("damaged_part", "The file is damaged; what stands behind the damage was not read.")
        self._end()

    def _take(self, name: str, element: Element) -> bool:
        """Act on an element that is whole; whether it can be let go."""
        match name:
            case "Style":
                self._styles[attribute(element, "ID") or ""] = _style(element, self._styles)
            case "DocumentProperties":
                self._draft.metadata = _metadata(element)
            case "Row" if self._sheet is not None:
                self._fill(element, self._sheet)
                return True
            case "Column" if self._sheet is not None:
                self._hide(element, self._sheet)
            case "Header" | "Footer" if self._sheet is not None and (code := attribute(element, "Data")):
                if len(self._sheet.heads) < MOST_HEADS:
                    self._sheet.heads.append((name.lower(), code))
            case "Visible":
                self._hidden = (element.text or "").strip() in ("SheetHidden", "SheetVeryHidden")
            case "Worksheet":
                self._end()
                return True
        return False

    def _begin(self, element: Element) -> bool:
        """Begin a sheet; False where no more are read."""
        title = clean(attribute(element, "Name") or f"Sheet{len(self._draft.parts) + 1}")
        if len(self._draft.parts) >= self._draft.policy.sheets:
            self._draft.once(
                "limit_exceeded", f"From sheet “{title}” on, the workbook was not read: it reached the set limit."
            )
            return False
        self._sheet, self._hidden, self._row, self._column = Sheet(title, len(self._draft.parts) + 1), False, 0, 0
        self._comments = []
        return True

    def _end(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        self._draft.part("sheet", sheet.name, hidden=self._hidden)
        apply_merges(sheet)
        write_sheet(sheet, self._draft, self._hidden)
        for text, row, column in self._comments:
            self._draft.block("comment", text, sheet.place(row, column, row, column), hidden=self._hidden)

    def _cut(self) -> None:
        self._draft.once("limit_exceeded", "The workbook is longer than the set limit; the rest was left out.")

    def _hide(self, element: Element, sheet: Sheet) -> None:
        first = whole(attribute(element, "Index"), self._column + 1)
        self._column = min(first + max(0, whole(attribute(element, "Span"))), MOST_COLUMNS)
        if attribute(element, "Hidden") == "1":
            sheet.hidden_columns.update(range(max(1, first), self._column + 1))

    def _fill(self, element: Element, sheet: Sheet) -> None:
        """The cells of one row. A span on a row says that so many more are like it and empty."""
        row = whole(attribute(element, "Index"), self._row + 1)
        self._row = row + max(0, whole(attribute(element, "Span")))
        if not 0 < row <= MOST_ROWS or sheet.filled_rows >= self._draft.policy.sheet_rows:
            self._cut()
            return
        if row % ROWS_PER_TICK == 0:
            self._draft.beat()
        if attribute(element, "Hidden") == "1":
            sheet.hidden_rows.add(row)
        filled = False
        for column, entry in self._places(element):
            if len(sheet.cells) >= self._draft.cells_left:
                self._cut()
                return
            cell = self._cell(entry, row, column)
            if cell is not None:
                sheet.cells[row, column] = cell
                filled = filled or bool(cell.text)
            down, across = (max(0, whole(attribute(entry, key))) for key in ("MergeDown", "MergeAcross"))
            if (down or across) and len(sheet.merges) < self._draft.policy.merges:
                sheet.merges.append((row, column, min(row + down, MOST_ROWS), min(column + across, MOST_COLUMNS)))
            note = child(entry, "Comment", "Data")
            if note is not None and (text := "".join(note.itertext()).strip()):
                self._comments.append((text, row, column))
        sheet.filled_rows += filled

    def _places(self, element: Element) -> Iterator[tuple[int, Element]]:
        column = 0
        for entry in children(element):
            if local(entry) == "Cell":
                column = whole(attribute(entry, "Index"), column + 1)
                if not 0 < column <= self._draft.policy.sheet_columns:
                    return
                yield column, entry
                column += max(0, whole(attribute(entry, "MergeAcross")))

    def _cell(self, entry: Element, row: int, column: int) -> GridCell | None:
        style = self._styles.get(attribute(entry, "StyleID") or "", _PLAIN)
        data = child(entry, "Data")
        cell = GridCell(
            row,
            column,
            formula=attribute(entry, "Formula") is not None,
            bold=style.bold,
            filled=style.filled,
            bordered=style.bordered,
        )
        raw = "".join(data.itertext()) if data is not None else ""
        _show(cell, raw, (attribute(data, "Type") if data is not None else None) or "String", style.format)
        if not cell.text.strip():
            if not style.bordered:
                return None
            cell.text, cell.kind = "", "empty"
        return cell


_PLAIN = _Style()


def _show(cell: GridCell, raw: str, kind: str, code: str) -> None:
    """Give a cell its text as a person sees it, its kind and its value."""
    cell.text = clean(raw).strip()
    if kind == "Number":
        with contextlib.suppress(ValueError, OverflowError):
            cell.text, cell.kind, cell.value = show(float(raw), code)
    elif kind == "DateTime":
        try:
            moment = datetime.datetime.fromisoformat(raw.strip().removesuffix("Z"))
        except ValueError:
            return
        iso = moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat(timespec="seconds")
        shown = show((moment.replace(tzinfo=None) - _BEFORE_1900) / _DAY, code)
        cell.text, cell.kind, cell.value = (shown.text if shown.kind == "date" else iso), "date", iso
    elif kind == "Boolean":
        cell.text, cell.kind = ("TRUE" if raw.strip() in ("1", "true") else "FALSE"), "boolean"
    elif kind == "Error":
        cell.kind = "error"


def _style(element: Element, known: dict[str, _Style]) -> _Style:
    base = known.get(attribute(element, "Parent") or "", _PLAIN)
    code, font = child(element, "NumberFormat"), child(element, "Font")
    filling, borders = child(element, "Interior"), child(element, "Borders")
    written = (attribute(code, "Format") or "General") if code is not None else base.format
    pattern = attribute(filling, "Pattern") if filling is not None else None
    return _Style(
        _NAMED.get(written, written),
        attribute(font, "Bold") == "1" if font is not None else base.bold,
        pattern not in (None, "None") if filling is not None else base.filled,
        any(local(edge) == "Border" for edge in children(borders)) if borders is not None else base.bordered,
    )


def _metadata(element: Element) -> Metadata:
    values = {local(part): one_line(clean(part.text or ""))[:500] for part in children(element)}
    return Metadata(
        title=values.get("Title") or None,
        author=values.get("Author") or None,
        created=values.get("Created") or None,
        modified=values.get("LastSaved") or None,
        last_modified_by=values.get("LastAuthor") or None,
    )
