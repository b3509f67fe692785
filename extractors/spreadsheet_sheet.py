"""One sheet of a workbook as a grid, streamed from its XML: a sheet that claims a million rows costs what it holds.

Read straight from the XML and not through a spreadsheet library, because real factory files (dangling links, odd
extensions, broken names) stop the libraries, and because merged cells, hidden rows and styles are wanted in one pass.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from extractors import progress
from extractors.cell_pictures import CellPictures
from extractors.draft import Draft
from extractors.errors import DamagedFile
from extractors.grids import OPEN_ROWS, GridCell
from extractors.locators import SheetLocator
from extractors.packages import Element, Package, is_on, local, whole
from extractors.spreadsheet_formats import show, show_text
from extractors.spreadsheet_icons import MOST_RULES, IconRule, IconRules, icon_rules, painted
from extractors.spreadsheet_styles import Strings, Style, Styles, relation_id, rich_text
from extractors.symbols import shown

# Columns with ruled but empty cells kept to the right of the last text: the days of a month and a few more.
OPEN_COLUMNS = 40
# A merged range with more cells is applied by looking at the cells there are, not at the places it covers.
LARGE_MERGE = 2_000
# Places looked at to apply the merged ranges of one workbook; the largest real one seen takes some ten thousand.
MERGED_PLACES = 5_000_000
# Rows of a merged range that a mark may stand on.
TALLEST_MERGE = 60
# Columns that one sheet may hide: so many a sheet has.
MOST_COLUMNS = 16_384
# Printed headers and footers of one sheet; the format has six.
MOST_HEADS = 20
# Rows looked at for cells of other sheets that a sheet shows.
ROWS_ELSEWHERE = 20_000
# Rows, and cells of one row, after which the reader says that it is at work.
ROWS_PER_TICK, WIDE_ROW = 1_000, 200
_TAGS = (
    "row", "mergeCell", "col", "sheetView", "drawing", "legacyDrawing", "control", "oddHeader", "oddFooter",
    "evenHeader", "evenFooter", "firstHeader", "firstFooter", "conditionalFormatting",
)  # fmt: skip

# ECMA-376 part 1, 18.3.1.46: fonts, colours, sizes and fields in printed headers.
_HEAD_CODES = re.compile(r'&"[^"]*"|&K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|&\d{1,3}|&[LCRPNDTFAZGBIUESXYOH]')

_columns: dict[str, int] = {}


@dataclass
class Sheet:
    """What a sheet holds: cells by place (row, column), what is hidden, and the ids of the parts that hang on it."""

    name: str
    number: int = 0
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    # White letters on nothing, and the ranges in which rules or the looks of tables may paint something below them.
    faint: set[tuple[int, int]] = field(default_factory=set)
    painted: list[str] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    controls: list[tuple[str, str]] = field(default_factory=list)
    heads: list[tuple[str, str]] = field(default_factory=list)
    icons: list[IconRule] = field(default_factory=list)
    pictures: list[tuple[int, int, str]] = field(default_factory=list)
    show_zeros: bool = True
    filled_rows: int = 0
    columns_told: int = 0

    @cached_property
    def merged_rows(self) -> dict[int, list[tuple[int, int, int]]]:
        """Top, left and right of the merged ranges over each row, those of a mark's height: taller ones frame a form."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for top, left, bottom, right in self.merges:
            for row in range(top, min(bottom, top + TALLEST_MERGE - 1) + 1):
                found.setdefault(row, []).append((top, left, right))
        return found

    def place(self, top: int, left: int, bottom: int, right: int) -> SheetLocator:
        """The locator of a range of this sheet."""
        return SheetLocator(sheet=self.name, cells=range_name(top, left, bottom, right))

    def is_hidden(self, cell: GridCell) -> bool:
        """Whether a person does not see the cell: hidden row or column, or white letters on white."""
        place = cell.row, cell.column
        return (
            cell.row in self.hidden_rows
            or cell.column in self.hidden_columns
            or place in self.unseen
            or place in self.faint
        )


@lru_cache(maxsize=20_000)
def column_name(number: int) -> str:
    """The letters of a column number from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters or "A"


def range_name(top: int, left: int, bottom: int, right: int) -> str:
    """A cell or range in A1 notation."""
    first = f"{column_name(left)}{top}"
    return first if (top, left) == (bottom, right) else f"{first}:{column_name(right)}{bottom}"


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of an A1 reference, None where it is none."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    column = _columns.get(letters)
    if column is None:
        plain = letters.replace("$", "").upper()
        if not 1 <= len(plain) <= 3 or not plain.isascii() or not plain.isalpha():
            return None
        column = 0
        for letter in plain:
            column = column * 26 + ord(letter) - 64
        _columns[letters] = column
    return (int(digits), column) if 1 <= len(digits) <= 7 and int(digits) else None


def range_of(reference: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom and right of an A1 range, None where it is none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


class SheetReader:
    """Reads sheets with the strings and styles of one workbook."""

    def __init__(self, package: Package, strings: Strings, styles: Styles, date1904: bool, draft: Draft) -> None:
        self._package = package
        self._strings = strings
        self._styles = styles
        self._date1904 = date1904
        self._draft = draft
        self._pictures = CellPictures(package)
        self._icons = IconRules()
        self._filled = 0
        self._characters = 0
        self._merged = 0
        self._looked_at = 0

    def read(self, part: str, sheet: Sheet) -> None:
        """Fill ``sheet`` from its part; what stands before damage is kept and the damage is said."""
        rows = 0
        number = 0
        open_rows = 0
        try:
            for element in self._package.rows(part, _TAGS):
                if local(element) != "row":
                    if not _note(sheet, element, self._draft.policy.merges):
                        self._draft.once("limit_exceeded", "A sheet has more merged cells than are looked at.")
                    continue
                rows += 1
                number = whole(element.get("r"), number + 1) or number + 1
                if rows % ROWS_PER_TICK == 0 or len(element) > WIDE_ROW:
                    self._draft.beat()
                if len(element) == 0 and not element.get("hidden"):
                    continue
                if is_on(element.get("hidden")) or element.get("ht") == "0":
                    sheet.hidden_rows.add(number)
                if self._too_much(sheet, number):
                    continue
                if self._row(element, sheet, number, open_rows < OPEN_ROWS):
                    open_rows = 0
                    sheet.filled_rows += 1
                else:
                    open_rows += 1
        except DamagedFile:
            where = sheet.place(number or 1, 1, number or 1, 1)
            self._draft.left("damaged_part", "This sheet is damaged; it could be read only in part.", where)
        trim(sheet)
        self._icons.apply(sheet.icons, sheet.cells)
        self._merged += apply_merges(sheet, MERGED_PLACES - self._merged)

    def text_at(self, part: str, row: int, column: int) -> str | None:
        """What one cell of another sheet shows; None where it is too far down, or the sheet is damaged before it."""
        number = 0
        try:
            for element in self._package.rows(part, ("row",)):
                number = whole(element.get("r"), number + 1) or number + 1
                self._looked_at += 1
                if self._looked_at > ROWS_ELSEWHERE:
                    return None
                if number >= row:
                    found = Sheet("")
                    if number == row:
                        self._row(element, found, number, False)
                    cell = found.cells.get((row, column))
                    return cell.text if cell is not None else ""
        except (DamagedFile, KeyError):
            return None
        return ""

    def _too_much(self, sheet: Sheet, number: int) -> bool:
        policy = self._draft.policy
        # Rows are counted where they hold text, and places drawn without text where they are kept.
        within = sheet.filled_rows < policy.sheet_rows and self._filled < policy.workbook_cells
        within = within and self._characters < policy.text_characters
        if within and len(sheet.cells) < policy.workbook_cells and not progress.out_of_time():
            return False
        why = (
            "takes longer to read than the set time"
            if progress.out_of_time()
            else "holds more cells than the set limit"
        )
        self._draft.once(
            "limit_exceeded",
            f"The workbook {why}; the rest was left out.",
            sheet.place(number, 1, number, 1),
        )
        return True

    def _row(self, element: Element, sheet: Sheet, number: int, keep_open: bool) -> bool:
        """Read the cells of a row; True where one holds text."""
        column, any_text = 0, False
        most = self._draft.policy.sheet_columns
        for entry in element:
            reference = entry.get("r")
            where = place_of(reference) if reference else None
            column = where[1] if where else column + 1
            if column > most:
                if len(entry):
                    where_to = sheet.place(number, column, number, column)
                    self._draft.once(
                        "limit_exceeded", "The sheet is wider than the set limit; the rest was left out.", where_to
                    )
                continue
            style = self._styles[entry.get("s")]
            if len(entry) == 0:
                if style.check and keep_open:
                    sheet.cells[number, column] = GridCell(number, column, "☐", kind="boolean", bordered=style.bordered)
                elif style.bordered and keep_open:
                    sheet.cells[number, column] = GridCell(
                        number, column, kind="empty", bordered=True, filled=style.filled
                    )
                continue
            cell = self._cell(entry, sheet, number, column, style)
            if cell is None:
                continue
            sheet.cells[number, column] = cell
            if cell.text:
                any_text = True
                self._filled += 1
                self._characters += len(cell.text)
                if style.unseen:
                    sheet.unseen.add((number, column))
                if style.faint:
                    sheet.faint.add((number, column))
                if style.struck:
                    self._draft.struck(sheet.place(number, column, number, column))
        return any_text

    def _cell(self, entry: Element, sheet: Sheet, row: int, column: int, style: Style) -> GridCell | None:
        raw, inline, formula = None, None, False
        for part in entry:
            match local(part):
                case "v":
                    raw = part.text
                case "is":
                    inline = part
                case "f":
                    formula = True
        cell = GridCell(row, column, "", formula=formula, bold=style.bold, filled=style.filled, bordered=style.bordered)
        kind = entry.get("t", "n")
        if inline is not None and (raw is None or kind == "inlineStr"):
            cell.text = show_text(rich_text(inline, style.font), style.format)
        elif raw is None:
            if formula:
                self._draft.once(
                    "formula_without_value",
                    "Some formulas have no saved result, so what they show could not be read.",
                    sheet.place(row, column, row, column),
                )
        else:
            self._value(cell, kind, raw, style)
            picture = self._pictures.part(entry.get("vm"), cell.text) if kind in ("e", "str") else None
            if picture is not None and len(sheet.pictures) < self._draft.policy.shapes:
                sheet.pictures.append((row, column, picture))
                cell.text, cell.kind = "", "empty"
            if not sheet.show_zeros and cell.kind == "number" and cell.value == "0":
                cell.text = ""
        if cell.text.strip():
            return cell
        if not style.bordered:
            return None
        return GridCell(row, column, kind="empty", bordered=True, filled=style.filled, formula=formula)

    def _value(self, cell: GridCell, kind: str, raw: str, style: Style) -> None:
        if kind == "s":
            cell.text = show_text(self._strings.get(whole(raw, -1), style.font), style.format)
        elif kind == "b":
            on = is_on(raw.strip())
            cell.text, cell.kind = (("☑" if on else "☐") if style.check else "TRUE" if on else "FALSE"), "boolean"
        elif kind == "e":
            cell.text, cell.kind = raw, "error"
        elif kind == "d":
            cell.text, cell.kind, cell.value = raw.removesuffix("T00:00:00"), "date", raw.removesuffix("T00:00:00")
        elif kind in ("str", "inlineStr"):
            cell.text = show_text(shown(raw, style.font), style.format)
        else:
            try:
                cell.text, cell.kind, cell.value = show(float(raw), style.format, self._date1904)
            except (ValueError, OverflowError):
                cell.text = raw
            cell.text = shown(cell.text, style.font)


def _note(sheet: Sheet, element: Element, most_merges: int) -> bool:
    """Take down what stands beside the rows; False where there was no room for it."""
    match local(element):
        case "mergeCell":
            if len(sheet.merges) >= most_merges:
                return False
            if where := range_of(element.get("ref", "")):
                sheet.merges.append(where)
        case "col":
            if is_on(element.get("hidden")) or element.get("width") == "0":
                first, last = whole(element.get("min"), 1), whole(element.get("max"), 1)
                found = range(max(1, first), min(last, MOST_COLUMNS) + 1)
                sheet.columns_told += len(found)
                if sheet.columns_told <= MOST_COLUMNS:
                    sheet.hidden_columns.update(found)
        case "sheetView":
            sheet.show_zeros = element.get("showZeros") not in ("0", "false")
        case "drawing" | "legacyDrawing":
            if link := relation_id(element):
                sheet.drawings.append(link)
        case "control":
            if link := relation_id(element):
                sheet.controls.append((element.get("shapeId", ""), link))
        case "conditionalFormatting":
            if len(sheet.icons) < MOST_RULES:
                sheet.icons.extend(icon_rules(element))
            sheet.painted.extend(painted(element))
        case name if name.endswith(("Header", "Footer")):
            head = (name[-6:].lower(), element.text or "")
            if len(sheet.heads) < MOST_HEADS and head not in sheet.heads:
                sheet.heads.append(head)
    return True


def trim(sheet: Sheet) -> None:
    """Drop ruled empty cells far from any text: somebody drew a grid to the end of the sheet."""
    filled = [cell for cell in sheet.cells.values() if cell.text]
    last_row = max((cell.row for cell in filled), default=0) + OPEN_ROWS
    last_column = max((cell.column for cell in filled), default=0) + OPEN_COLUMNS
    far = [place for place, cell in sheet.cells.items() if cell.row > last_row or cell.column > last_column]
    for place in far:
        del sheet.cells[place]


def apply_merges(sheet: Sheet, most: int = MERGED_PLACES) -> int:
    """Give the first cell of each merged range its spans and take the covered cells away; ranges beyond ``most`` places
    looked at stay as they are. The places looked at."""
    looked = 0
    for top, left, bottom, right in sheet.merges:
        area = (bottom - top + 1) * (right - left + 1)
        cost = len(sheet.cells) if area > LARGE_MERGE else area
        if looked + cost > most:
            continue
        looked += cost
        if area > LARGE_MERGE:
            inside = [(r, c) for r, c in sheet.cells if top <= r <= bottom and left <= c <= right]
        else:
            inside = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) in sheet.cells]
        if not inside:
            continue
        first = sheet.cells.get((top, left))
        bordered = any(sheet.cells[place].bordered for place in inside)
        for place in inside:
            if place != (top, left):
                del sheet.cells[place]
        if first is None:
            if not bordered:
                continue
            first = sheet.cells[top, left] = GridCell(top, left, kind="empty")
        first.bordered = bordered
        first.row_span, first.column_span = bottom - top + 1, right - left + 1
    return looked


def split_head(code: str) -> str:
    """The text of a printed header or footer without its codes for fonts, page numbers and dates."""
    text = _HEAD_CODES.sub(" ", code.replace("&&", "\0"))
    return " ".join(text.replace("\0", "&").split())
