"""Old Excel workbooks (.xls, BIFF2 to BIFF8) through xlrd: the same sheets, regions and signs as for new ones.

xlrd reads cells, styles and comments; what floats over the cells is read from the drawing records beside it.
"""

import contextlib
import io
from pathlib import Path
from typing import Any

import xlrd
from xlrd import biffh

from extractors import progress
from extractors.detect import XLS
from extractors.document import Document, Metadata
from extractors.draft import Draft, clean
from extractors.drawingml import preset_sign
from extractors.embedded import Pictures
from extractors.errors import DamagedFile, EncryptedFile, ExtractionError, LimitExceeded
from extractors.grids import OPEN_ROWS, GridCell
from extractors.locators import SheetLocator
from extractors.policy import ExtractionPolicy
from extractors.spreadsheet import write_sheet
from extractors.spreadsheet_drawings import anchor_of, mark_cell, put_chart
from extractors.spreadsheet_formats import show, show_text
from extractors.spreadsheet_sheet import ROWS_PER_TICK, Sheet, apply_merges, trim
from extractors.spreadsheet_styles import CELL_CHARACTERS
from extractors.symbols import is_symbol_font, shown
from extractors.workbook_xls_drawings import CHART, NOTE, Drawings, Shape

# Palette entry that means "as the window draws it", and white (BIFF8 2.5.? Icv): letters in white on nothing are
# unseen.
_WHITE = (9, 1)
_NO_FILL = 0
# Columns in which a cell that the file does not hold may be drawn all the same, by the look of its row or column.
DRAWN_COLUMNS = 100


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read an old workbook: one part a sheet. Raises DamagedFile, EncryptedFile or LimitExceeded."""
    draft = Draft(path, name, XLS, policy)
    book = _open(path)
    try:
        draft.metadata = _metadata(path, book)
        floating = _Floating(Drawings.of_file(path), draft)
        total = min(book.nsheets, policy.sheets)
        for index in range(book.nsheets):
            title = book.sheet_names()[index]
            hidden = _visibility(book, index) != 0
            if index >= policy.sheets or draft.full or progress.out_of_time():
                draft.part("sheet", title, hidden=hidden, read=False)
                draft.once(
                    "limit_exceeded", f"From sheet “{title}” on, the workbook was not read: it reached the set limit."
                )
                continue
            draft.progress = (index, total)
            _sheet(book, index, title, hidden, draft, floating)
            progress.tick(index + 1, total)
        floating.chart_sheets()
    finally:
        book.release_resources()
    return draft.document()


def _open(path: Path) -> Any:
    """The workbook with its styles; without them where the style records are broken."""
    problems: list[Exception] = []
    for formatting in (True, False):
        try:
            return xlrd.open_workbook(
                str(path),
                formatting_info=formatting,
                on_demand=True,
                ragged_rows=True,  # or a cell at the far right would cost a row of empty ones in every row
                logfile=io.StringIO(),
                ignore_workbook_corruption=True,
            )
        except MemoryError as problem:
            raise LimitExceeded from problem
        except Exception as problem:  # xlrd raises whatever a broken record leads to
            if "encrypted" in str(problem).lower() or "password" in str(problem).lower():
                raise EncryptedFile from problem
            problems.append(problem)
    raise DamagedFile from problems[-1]


def _visibility(book: Any, index: int) -> int:
    with contextlib.suppress(Exception):
        return int(book._sheet_visibility[index])
    return 0


def _sheet(book: Any, index: int, title: str, hidden: bool, draft: Draft, floating: "_Floating") -> None:
    draft.part("sheet", title, hidden=hidden)
    sheet = Sheet(clean(title), len(draft.parts))
    try:
        source = book.sheet_by_index(index)
    except MemoryError as problem:
        raise LimitExceeded from problem
    except ExtractionError:
        raise
    except Exception:
        draft.left("damaged_part", f"The sheet “{title}” is damaged and could not be read.", sheet.place(1, 1, 1, 1))
        return
    _cells(book, source, sheet, draft)
    for top, bottom, left, right in getattr(source, "merged_cells", ()):
        sheet.merges.append((top + 1, left + 1, bottom, right))
    for row, info in getattr(source, "rowinfo_map", {}).items():
        if info.hidden or info.height == 0:
            sheet.hidden_rows.add(row + 1)
    for column, info in getattr(source, "colinfo_map", {}).items():
        if info.hidden:
            sheet.hidden_columns.add(column + 1)
    trim(sheet)
    apply_merges(sheet)
    found = floating.collect(title, sheet)
    write_sheet(sheet, draft, hidden, lambda: floating.write(found, hidden))
    for (row, column), note in sorted(getattr(source, "cell_note_map", {}).items()):
        place = sheet.place(row + 1, column + 1, row + 1, column + 1)
        draft.block("comment", note.text or "", place, hidden=hidden)
    book.unload_sheet(index)


def _cells(book: Any, source: Any, sheet: Sheet, draft: Draft) -> None:
    styles = _Styles(book)
    drawn_columns = styles.columns(source)
    runs = getattr(source, "rich_text_runlist_map", {})
    filled_rows = open_rows = 0
    for row in range(source.nrows):
        if row % ROWS_PER_TICK == 0 and draft.stops():
            return
        kinds, values = source.row_types(row), source.row_values(row)
        any_text = False
        drawn = drawn_columns if (own := styles.row(source, row)) is None else range(DRAWN_COLUMNS if own else 0)
        for column, kind in enumerate(kinds[: draft.policy.sheet_columns]):
            if kind == xlrd.XL_CELL_EMPTY and column not in drawn:
                continue
            look = source.cell_xf_index(row, column) if styles.known else None
            font, code, bold, filled, bordered, unseen = styles.of(look)
            cell = GridCell(row + 1, column + 1, "", bold=bold, filled=filled, bordered=bordered)
            _value(cell, kinds[column], values[column], code, font, book.datemode == 1)
            if kinds[column] == xlrd.XL_CELL_TEXT and (row, column) in runs:
                cell.text = _with_runs(values[column], runs[row, column], book, font)
            if cell.text.strip():
                any_text = True
                if unseen:
                    sheet.unseen.add((row + 1, column + 1))
                if styles.struck(look):
                    draft.struck(sheet.place(row + 1, column + 1, row + 1, column + 1))
            elif bordered and open_rows < OPEN_ROWS:
                cell.kind = "empty"
            else:
                continue
            sheet.cells[row + 1, column + 1] = cell
        filled_rows += any_text
        open_rows = 0 if any_text else open_rows + 1
        if len(sheet.cells) > draft.cells_left or filled_rows > draft.policy.sheet_rows:
            place = sheet.place(row + 1, 1, row + 1, 1)
            draft.once(
                "limit_exceeded", "The workbook holds more cells than the set limit; the rest was left out.", place
            )
            return


class _Floating:
    """What floats over the sheets of one workbook, written as the drawings of the newer format are."""

    def __init__(self, drawings: Drawings, draft: Draft) -> None:
        self._drawings = drawings
        self._draft = draft
        self._pictures = Pictures(None, draft)

    def collect(self, title: str, sheet: Sheet) -> list[tuple[SheetLocator, Shape]]:
        """The shapes over a sheet in reading order. Signs over empty cells become the text of the cells."""
        drawn = self._drawings.sheet(title)
        sheet.heads.extend(drawn.heads)
        if drawn.damaged:
            self._draft.once("damaged_part", "A drawing of this workbook is damaged and was read only in part.")
        found: list[tuple[int, int, SheetLocator, Shape]] = []
        for number, shape in enumerate(drawn.shapes, start=1):
            if shape.hidden or shape.object == NOTE:
                continue
            anchor = anchor_of(shape.start, shape.end)
            place = sheet.place(anchor.top, anchor.left, anchor.bottom, anchor.right)
            place = place.model_copy(update={"shape": f"Shape {number}"})
            if shape.check is not None:
                shape.text = f"{'☑' if shape.check else '☐'} {shape.text}".strip()
            elif not shape.text and shape.preset:
                mark = preset_sign(shape.preset, shape.filled, shape.turned)
                for floating in mark_cell(mark, anchor, sheet, place) if mark else ():
                    found.append((anchor.top, anchor.left, floating.place, Shape(text=floating.text)))
            found.append((anchor.top, anchor.left, place, shape))
        found.sort(key=lambda entry: entry[:2])
        return [(place, shape) for _, _, place, shape in found]

    def write(self, found: list[tuple[SheetLocator, Shape]], hidden: bool) -> None:
        """Write texts, charts and pictures."""
        for place, shape in found:
            if shape.text:
                self._draft.block("drawing", shape.text, place, hidden=hidden)
            if shape.object == CHART:
                put_chart(shape.chart, place, self._draft, hidden)
            elif shape.picture:
                data = self._drawings.picture(shape.picture)
                if data is not None:
                    self._pictures.write_bytes(data, place, hidden)
                else:
                    self._draft.left("picture_not_read", "A picture was not read.", place)

    def chart_sheets(self) -> None:
        """Write the sheets that are one chart each; they come after the others."""
        for title in self._drawings.chart_sheets:
            if len(self._draft.parts) >= self._draft.policy.sheets or self._draft.full:
                return
            self._draft.part("sheet", title)
            place = SheetLocator(sheet=clean(title) or "Chart", cells="A1")
            for shape in self._drawings.sheet(title).shapes:
                put_chart(shape.chart, place, self._draft)


def _value(cell: GridCell, kind: int, value: Any, code: str, font: str | None, date1904: bool) -> None:
    if kind == xlrd.XL_CELL_TEXT:
        cell.text = show_text(shown(str(value)[:CELL_CHARACTERS], font), code)
    elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        with contextlib.suppress(ValueError, OverflowError):
            cell.text, cell.kind, cell.value = show(float(value), code, date1904)
            cell.text = shown(cell.text, font)
    elif kind == xlrd.XL_CELL_BOOLEAN:
        cell.text, cell.kind = ("TRUE" if value else "FALSE"), "boolean"
    elif kind == xlrd.XL_CELL_ERROR:
        cell.text, cell.kind = biffh.error_text_from_code.get(value, "#ERROR"), "error"


def _with_runs(text: str, runs: list[tuple[int, int]], book: Any, font: str | None) -> str:
    """A text whose runs have fonts of their own; the first run begins where the list says, before it the cell's font
    holds."""
    bounds = [(0, None), *runs]
    parts = []
    for (start, number), (end, _) in zip(bounds, [*bounds[1:], (len(text), None)], strict=False):
        face = font if number is None else book.font_list[number].name if number < len(book.font_list) else None
        parts.append(shown(text[start:end], face))
    return "".join(parts)


class _Styles:
    """Number format, symbol font, weight, fill and borders by style index, each looked up once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.known = bool(getattr(book, "formatting_info", False))
        self._cache: dict[int | None, tuple[str | None, str, bool, bool, bool, bool]] = {
            None: (None, "General", False, False, False, False)
        }

    def of(self, index: int | None) -> tuple[str | None, str, bool, bool, bool, bool]:
        """Symbol font, format code, bold, filled, bordered, unseen."""
        if index not in self._cache:
            try:
                self._cache[index] = self._look_up(int(index or 0))
            except Exception:  # an index into a table that the file does not have
                self._cache[index] = self._cache[None]
        return self._cache[index]

    def struck(self, index: int | None) -> bool:
        """Whether the letters of a cell are struck through."""
        try:
            return index is not None and bool(self._book.font_list[self._book.xf_list[index].font_index].struck_out)
        except (AttributeError, IndexError):
            return False

    def columns(self, source: Any) -> frozenset[int]:
        """The columns, from 0, in which cells that the file does not hold are drawn with borders all the same."""
        found = getattr(source, "colinfo_map", {}).items() if self.known else ()
        return frozenset(column for column, info in found if column < DRAWN_COLUMNS and self.of(info.xf_index)[4])

    def row(self, source: Any, row: int) -> bool | None:
        """Whether the cells of a row that the file does not hold are drawn with borders; None where their columns say."""
        info = source.rowinfo_map.get(row) if self.known else None
        return None if info is None or info.xf_index is None or info.xf_index < 0 else self.of(info.xf_index)[4]

    def _look_up(self, index: int) -> tuple[str | None, str, bool, bool, bool, bool]:
        style = self._book.xf_list[index]
        font = self._book.font_list[style.font_index]
        code = self._book.format_map[style.format_key].format_str or "General"
        filled = style.background.fill_pattern != _NO_FILL and style.background.pattern_colour_index not in _WHITE
        border = style.border
        sides = [border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style]
        bordered = bool(border.bottom_line_style) or sum(bool(side) for side in sides) >= 2
        unseen = font.colour_index in _WHITE and not filled and style.background.fill_pattern == _NO_FILL
        return (
            (font.name if is_symbol_font(font.name) else None),
            code,
            bool(font.weight >= 600),
            filled,
            bordered,
            unseen,
        )


def _metadata(path: Path, book: Any) -> Metadata:
    """What the summary streams of the compound file say; the user name in the workbook where they say nothing."""
    import olefile

    author = clean(getattr(book, "user_name", "") or "").strip() or None
    try:
        with olefile.OleFileIO(str(path)) as storage:
            facts = storage.get_metadata()
    except Exception:
        return Metadata(author=author)
    return Metadata(
        title=_text(facts.title),
        author=_text(facts.author) or author,
        producer=_text(facts.creating_application),
        created=_date(facts.create_time),
        modified=_date(facts.last_saved_time),
        last_modified_by=_text(facts.last_saved_by),
        extra={
            key: text
            for key, value in (("Company", facts.company), ("Manager", facts.manager))
            if (text := _text(value))
        },
    )


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            value = value.decode("cp1252", "replace")
    return clean(str(value)).strip()[:500] or None if value else None


def _date(value: Any) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else None
