"""How a passage is shown in its place: on the page's picture, among the cells of its sheet, or in the running text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from evidence.model import Passage
from evidence.passages import row_text
from extractors.document import Block, Cell, Table
from extractors.locators import (
    Box,
    ImageLocator,
    Locator,
    PageLocator,
    ParagraphLocator,
    SheetLocator,
    SlideLocator,
    describe,
)

# Rows shown above and below the cited ones: enough to see the column heads of a form and the neighbours of a row.
ROWS_AROUND = 5
# Columns shown at most; a sheet of plans can have hundreds, and the cited ones are always among those shown.
MOST_COLUMNS = 30
# Rows shown at most, for a passage that names a whole sheet.
MOST_ROWS = 200
# Paragraphs shown before and after the cited ones.
LINES_AROUND = 6

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class Area:
    """Rows and columns of a sheet from the first to the last, both counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: "Area") -> bool:
        """Whether a cell belongs to both."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True)
class Picture:
    """A page or picture with boxes as fractions of its width and height."""

    title: str
    address: str
    boxes: tuple[Box, ...]
    type: Literal["picture"] = "picture"


@dataclass(frozen=True)
class GridCell:
    """A cell as it is shown."""

    text: str
    marked: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class GridRow:
    """A row with its number in the sheet."""

    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """The cells around a passage; ``shortened`` where there are more."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    shortened: bool
    type: Literal["grid"] = "grid"


@dataclass(frozen=True)
class Piece:
    """A run of text, part of the passage or not."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Line:
    """A paragraph in pieces."""

    pieces: tuple[Piece, ...]
    heading: bool


@dataclass(frozen=True)
class Running:
    """The paragraphs around a passage."""

    title: str
    lines: tuple[Line, ...]
    type: Literal["running"] = "running"


Place = Picture | Grid | Running
# The blocks of a part; raises nothing, gives an empty list where the text is not kept.
BlocksOf = Callable[[int], Sequence[Block]]
AddressOf = Callable[[int], str]


def places_of(passage: Passage, blocks_of: BlocksOf, picture_of: AddressOf) -> list[Place]:
    """Where a passage stands, one place for each page, sheet, slide or stretch of text."""
    places: list[Place] = []
    for locator in passage.locators:
        if isinstance(locator, PageLocator):
            places.append(Picture(f"Page {locator.page}", picture_of(locator.page), locator.boxes))
        elif isinstance(locator, ImageLocator):
            places.append(Picture("Picture", picture_of(1), locator.boxes))
    if places:
        return places
    blocks = blocks_of(passage.part)
    sheets = [locator for locator in passage.locators if isinstance(locator, SheetLocator)]
    if sheets:
        grid = _sheet(sheets, blocks)
        return [grid] if grid.rows else [_running(passage, blocks)]
    cited = [block for block in blocks if block.table is not None and _cites(passage, block)]
    return [*(_table(passage, block.table) for block in cited if block.table), _running(passage, blocks)]


def where(locators: Sequence[Locator]) -> str:
    """All places of a passage in words: each sheet named once, rows that follow each other as one range."""
    said: list[str] = []
    ranges: dict[str, list[str]] = {}
    cells: dict[int, list[str]] = {}
    for locator in locators:
        if isinstance(locator, ParagraphLocator) and locator.table and locator.cell:
            cells.setdefault(locator.table, []).append(locator.cell)
        elif isinstance(locator, SheetLocator) and not locator.shape:
            ranges.setdefault(locator.sheet, []).append(locator.cells)
        else:
            said.append(describe(locator))
    for table, names in cells.items():
        said.append(
            f"table {table}, cells {names[0]} to {names[-1]}" if len(names) > 1 else f"table {table}, cell {names[0]}"
        )
    said += [f"sheet {sheet}, {', '.join(_joined(cells))}" for sheet, cells in ranges.items()]
    return "; ".join(dict.fromkeys(said))


def _joined(ranges: Sequence[str]) -> list[str]:
    """Ranges of the same columns that follow each other as one."""
    joined: list[str | Area] = []
    for cells in ranges:
        area, last = area_of(cells), joined[-1] if joined else None
        if area and isinstance(last, Area) and _continues(last, area):
            joined[-1] = Area(last.top, last.left, max(last.bottom, area.bottom), last.right)
            continue
        joined.append(area or cells)
    return [_range(item) if isinstance(item, Area) else item for item in joined]


def _continues(last: Area, area: Area) -> bool:
    same_columns = last.left == area.left and last.right == area.right
    return same_columns and last.top <= area.top <= last.bottom + 1


def _range(area: Area) -> str:
    first, last = f"{column_name(area.left)}{area.top}", f"{column_name(area.right)}{area.bottom}"
    return first if first == last else f"{first}:{last}"


def _title(locators: Sequence[Locator]) -> str:
    words = where(locators)
    return words[:1].upper() + words[1:]


def area_of(cells: str) -> Area | None:
    """A range such as ``B4:F9`` in numbers; None for what is no range."""
    corners = [_CELL.fullmatch(corner) for corner in cells.split(":")]
    if not corners or None in corners:
        return None
    rows = [int(corner.group(2)) for corner in corners if corner]
    columns = [_number(corner.group(1)) for corner in corners if corner]
    return Area(min(rows), min(columns), max(rows), max(columns))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(locators: Sequence[SheetLocator], blocks: Sequence[Block]) -> Grid:
    """The cells around the cited ranges of a sheet, at their own addresses."""
    cited = [area for locator in locators if (area := area_of(locator.cells))]
    cells: dict[tuple[int, int], tuple[Area, str]] = {}
    for block in blocks:
        for text, place in _addressed(block):
            area = area_of(place.cells)
            if area and place.sheet == locators[0].sheet:
                cells.setdefault((area.top, area.left), (area, text))
    title = _title(locators)
    if not cited or not cells:
        return Grid(title, (), (), False)
    top = max(1, min(area.top for area in cited) - ROWS_AROUND)
    bottom = min(max(area.bottom for area in cited) + ROWS_AROUND, top + MOST_ROWS)
    used = [area for area, text in cells.values() if top <= area.top <= bottom and text.strip()]
    left = min([area.left for area in used], default=1)
    right = max([area.left for area in used] + [area.right for area in cited])
    if right - left >= MOST_COLUMNS:
        left = max(left, min(area.left for area in cited) - MOST_COLUMNS // 3)
        right = left + MOST_COLUMNS - 1
    window = Area(top, left, min(bottom, max((area.bottom for area in used), default=bottom)), right)
    whole = all(area.meets(window) for area, text in cells.values() if text.strip())
    columns = tuple(column_name(number) for number in range(window.left, window.right + 1))
    return Grid(title, columns, tuple(_rows(window, cells, cited)), not whole)


def _addressed(block: Block) -> list[tuple[str, SheetLocator]]:
    if block.table is not None:
        return [(cell.text, cell.locator) for cell in block.table.cells if isinstance(cell.locator, SheetLocator)]
    return [(block.text, place) for place in block.locators[:1] if isinstance(place, SheetLocator) and not place.shape]


def _rows(window: Area, cells: dict[tuple[int, int], tuple[Area, str]], cited: Sequence[Area]) -> list[GridRow]:
    rows = []
    covered: set[tuple[int, int]] = set()
    for row in range(window.top, window.bottom + 1):
        shown = []
        for column in range(window.left, window.right + 1):
            if (row, column) in covered:
                continue
            area, text = cells.get((row, column), (Area(row, column, row, column), ""))
            bottom, right = min(area.bottom, window.bottom), min(area.right, window.right)
            covered |= {(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)}
            marked = any(area.meets(one) for one in cited)
            shown.append(GridCell(text, marked, bottom - row + 1, right - column + 1))
        rows.append(GridRow(str(row), tuple(shown)))
    return rows


def _table(passage: Passage, table: Table) -> Grid:
    """A table of running text, with the rows of the passage marked."""
    wanted = set(passage.text.split("\n"))
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    marked = {number for number, cells in rows.items() if row_text(cells) in wanted and row_text(cells)}
    first, last = min(marked, default=1), max(marked, default=1)
    kept = [n for n in sorted(rows) if n <= table.header_rows or first - ROWS_AROUND <= n <= last + ROWS_AROUND]
    shown = []
    for number in kept[:MOST_ROWS]:
        cells = tuple(
            # A span of rows could reach over rows that are left out.
            GridCell(cell.text, number in marked, 1, cell.column_span)
            for cell in rows[number]
        )
        shown.append(GridRow(str(number), cells))
    return Grid(table.title or "Table", ("",) * table.columns, tuple(shown), len(shown) < len(rows))


def _cites(passage: Passage, block: Block) -> bool:
    return any(_meets(place, other) for place in passage.locators for other in block.locators) or any(
        cell.locator in passage.locators for cell in (block.table.cells if block.table else ()) if cell.locator
    )


def _meets(place: object, other: object) -> bool:
    if isinstance(place, ParagraphLocator) and isinstance(other, ParagraphLocator):
        if place.table or other.table:
            return place.table == other.table and (place.cell is None or other.cell is None or place.cell == other.cell)
        return place.paragraph <= (other.last or other.paragraph) and other.paragraph <= (place.last or place.paragraph)
    if isinstance(place, SlideLocator) and isinstance(other, SlideLocator):
        return place.slide == other.slide and place.shape == other.shape
    return place == other


def _running(passage: Passage, blocks: Sequence[Block]) -> Running:
    """The paragraphs around a passage; the passage alone where nothing else is kept."""
    title = _title(passage.locators)
    cited = [n for n, block in enumerate(blocks) if block.table is None and _cites(passage, block)]
    if not cited:
        first_table = next((n for n, block in enumerate(blocks) if _cites(passage, block)), None)
        if first_table is None:
            return Running(title, (Line((Piece(passage.text, True),), False),))
        cited = [first_table]
    around = range(max(0, cited[0] - LINES_AROUND), min(len(blocks), cited[-1] + LINES_AROUND + 1))
    lines = []
    for number in around:
        block = blocks[number]
        if block.table is None:
            pieces = _pieces(block.text, passage.text) if number in cited else (Piece(block.text, False),)
            lines.append(Line(pieces, block.kind == "heading"))
    return Running(title, tuple(lines))


def _pieces(text: str, quote: str) -> tuple[Piece, ...]:
    """The paragraph with the passage's part of it marked; all of it where the passage is more than the paragraph."""
    start = text.find(quote)
    if start < 0:
        return (Piece(text, True),)
    end = start + len(quote)
    pieces = (Piece(text[:start], False), Piece(text[start:end], True), Piece(text[end:], False))
    return tuple(piece for piece in pieces if piece.text)
