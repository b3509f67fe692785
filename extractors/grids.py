"""Grids of cells, from a sheet, a Word table, a slide or a web page, as tables and forms with their text.

``GridCell`` is what a reader saw at one place; ``region_block`` turns a rectangle of them into a block. Where tables
begin and end on a sheet, and which rows are heads, is decided in ``grids_layout``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.document import Cell, Table
from extractors.draft import Draft, clean, one_line
from extractors.locators import Locator

CellKind = Literal["empty", "text", "number", "date", "boolean", "error"]
# Stands in the text of a row where a cell from above or from the left reaches over.
_COVERED = Cell(text="", row=1, column=1, kind="empty")

Place = Callable[[int, int, int, int], Locator]

# Bars after the last filled cell of a row: a reader of the text sees that cells are open, not how many hundred.
TRAILING_BARS = 2
# Empty cells kept for each filled one, and at least: enough for a blank form, not for a sheet drawn to the horizon.
EMPTY_PER_FILLED = 4
EMPTY_AT_LEAST = 3_000
# Ruled rows without any text kept at the end of a table, so that a blank register still shows its open rows.
OPEN_ROWS = 40
# Above this many cells the empty ones carry no locator of their own: row and column in the table tell where they are.
PLACED_EMPTIES = 5_000
ROWS_PER_BEAT = 5_000


@dataclass(slots=True)
class GridCell:
    """A cell that holds text or is drawn as a field. Rows and columns count from 1 on the sheet."""

    row: int
    column: int
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    kind: CellKind = "text"
    value: str | None = None
    formula: bool = False
    bold: bool = False
    filled: bool = False
    bordered: bool = False

    @property
    def last_row(self) -> int:
        """The last row that the cell covers."""
        return self.row + self.row_span - 1

    @property
    def last_column(self) -> int:
        """The last column that the cell covers."""
        return self.column + self.column_span - 1


class Region:
    """A part of a grid that belongs together. ``cells`` are in row order; ``header_rows`` counts sheet rows from the
    top."""

    def __init__(
        self,
        kind: Literal["table", "form", "text"],
        cells: list[GridCell],
        *,
        header_rows: int = 0,
        title: str | None = None,
        hidden: bool = False,
    ) -> None:
        self.kind = kind
        self.cells = cells
        self.header_rows = header_rows
        self.title = title
        self.hidden = hidden
        self.top = min(cell.row for cell in cells)
        self.left = min(cell.column for cell in cells)
        self.bottom = max(cell.last_row for cell in cells)
        self.right = max(cell.last_column for cell in cells)
        self._kinds: dict[int, set[str]] | None = None

    def extend(self, other: "Region") -> None:
        """Take in the cells of a region below."""
        self.cells.extend(other.cells)
        self.bottom = max(self.bottom, other.bottom)
        self.left = min(self.left, other.left)
        self.right = max(self.right, other.right)

    def column_kinds(self) -> dict[int, set[str]]:
        """The kinds of the filled cells below the head, by column, as they were before anything was taken in."""
        if self._kinds is None:
            self._kinds = {}
            for cell in self.cells:
                if cell.row >= self.top + self.header_rows and cell.text:
                    self._kinds.setdefault(cell.column, set()).add(cell.kind)
        return self._kinds


def by_row(cells: Iterable[GridCell]) -> dict[int, list[GridCell]]:
    """Cells by their first row, rows in order and each row from left to right."""
    rows: dict[int, list[GridCell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    return rows


def row_text(cells: Sequence[Cell]) -> str:
    """The cells of one row as a line: texts joined by `` | ``, empty ones between as nothing, a few after the last."""
    texts = [one_line(cell.text) for cell in cells]
    filled = max((index + 1 for index, text in enumerate(texts) if text), default=0)
    return " | ".join(texts[: filled + TRAILING_BARS] if filled else [])


def table_text(table: Table, *, aligned: bool = True) -> str:
    """All rows of a table that hold text, one a line. A merged cell stands once, in its first row and column.

    With ``aligned``, places that a merged cell covers count as empty, so that bars part the same columns in every row.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        line = rows.setdefault(cell.row, [])
        if aligned:
            line.extend(_COVERED for _ in range(max(0, min(cell.column - len(line) - 1, table.columns))))
        line.append(cell)
    lines = (row_text(rows[row]) for row in sorted(rows))
    return "\n".join(line for line in lines if line)


def build_table(
    region: Region, place: Place | None, most: int, beat: Callable[[], None] | None = None
) -> tuple[Table, bool]:
    """The region as a table with its empty cells, and whether rows had to be left out to keep to ``most`` cells.

    Columns in which no cell begins (the fine grid under a drawn form) and rows without any cell are dropped, so that
    the numbers count what a person would call rows and columns.
    """
    rows = by_row(region.cells)
    shown_rows = _without_open_tail(rows)
    starts = sorted({cell.column for row in shown_rows for cell in rows[row]})
    column_at = {column: index + 1 for index, column in enumerate(starts)}
    row_at = {row: index + 1 for index, row in enumerate(shown_rows)}
    filled = sum(bool(cell.text) for cell in region.cells)
    empties = max(EMPTY_AT_LEAST, EMPTY_PER_FILLED * filled)
    covered: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    placed = place if len(starts) * len(shown_rows) <= PLACED_EMPTIES else None
    for count, row in enumerate(shown_rows, start=1):
        if beat and count % ROWS_PER_BEAT == 0:
            beat()
        here = {cell.column: cell for cell in rows[row]}
        line: list[Cell] = []
        # A form shows no places without a cell, and a table as many as are kept: few cells in many rows and columns cost little.
        for column in here if region.kind == "form" or empties <= 0 else starts:
            cell = here.get(column)
            if cell is None:
                if (row, column) in covered or empties <= 0:
                    continue
                empties -= 1
                cell = GridCell(row, column, kind="empty")
            elif cell.row_span > 1 or cell.column_span > 1:
                # Only starting points can be asked for later; a merge over a whole sheet is not walked through cell by
                # cell.
                under = starts[bisect_left(starts, cell.column) : bisect_right(starts, cell.last_column)]
                below = shown_rows[bisect_left(shown_rows, cell.row) : bisect_right(shown_rows, cell.last_row)]
                covered.update((row_below, start) for row_below in below for start in under)
            line.append(_cell(cell, row_at, column_at, shown_rows, starts, place if cell.text else placed))
        if len(cells) + len(line) > most:
            return _table(region, cells, row_at), True
        cells.extend(line)
    return _table(region, cells, row_at), False


def _table(region: Region, cells: list[Cell], row_at: dict[int, int]) -> Table:
    header_rows = sum(1 for row in row_at if row < region.top + region.header_rows)
    return Table(
        rows=max((cell.row for cell in cells), default=1),
        columns=max((cell.column + cell.column_span - 1 for cell in cells), default=1),
        cells=tuple(cells),
        header_rows=header_rows,
        title=one_line(clean(region.title)) if region.title else None,
    )


def _cell(
    cell: GridCell,
    row_at: dict[int, int],
    column_at: dict[int, int],
    rows: list[int],
    starts: list[int],
    place: Place | None,
) -> Cell:
    text = clean(cell.text).strip()
    # Only what differs from the usual is stated: a model keeps the names of all that it was given.
    more: dict[str, Any] = {}
    if cell.row_span > 1:
        more["row_span"] = bisect_right(rows, cell.last_row) - bisect_left(rows, cell.row)
    if cell.column_span > 1:
        more["column_span"] = bisect_right(starts, cell.last_column) - bisect_left(starts, cell.column)
    if not text:
        more["kind"] = "empty"
    elif cell.kind != "text":
        more["kind"] = cell.kind
    if cell.value is not None:
        more["value"] = cell.value
    if cell.formula:
        more["formula"] = True
    if place:
        more["locator"] = place(cell.row, cell.column, cell.last_row, cell.last_column)
    return Cell(text=text, row=row_at[cell.row], column=column_at[cell.column], **more)


def _without_open_tail(rows: dict[int, list[GridCell]]) -> list[int]:
    numbers = list(rows)
    last = max((index for index, row in enumerate(numbers) if any(cell.text for cell in rows[row])), default=-1)
    return numbers[: last + 1 + OPEN_ROWS]


def region_block(draft: Draft, region: Region, place: Place) -> None:
    """Write a table or form region into the draft as one block; rows beyond the limits are left out and said so."""
    locator = place(region.top, region.left, region.bottom, region.right)
    table, cut = build_table(region, place, draft.cells_left, draft.beat)
    if cut:
        draft.once(
            "limit_exceeded", "The file holds more cells than are read of one file; the rest was left out.", locator
        )
    if not any(cell.text for cell in table.cells):
        return
    kind: Literal["table", "form"] = "form" if region.kind == "form" else "table"
    draft.block(kind, table_text(table, aligned=kind == "table"), locator, table=table, hidden=region.hidden)
