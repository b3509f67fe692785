"""Tables as the facts see them: column heads, dense rows, and for each cell the passage in which its words stand."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from evidence.facts.heads_alone import MAX_HEAD, MAX_WIDTH, joined
from evidence.facts.numbers import amount
from evidence.facts.text import cells, is_nameless, lines
from evidence.model import Passage
from extractors.document import Block, Cell, Document, Table

MAX_CELLS = 200_000
"""Cells of one document that are looked at:

more than any sheet a person filled in, less than a sheet made to exhaust memory.
"""

LOOK_AHEAD = 60
"""Passages after the last one found in which the next row of a table is sought:

tables and passages run in the same order.
"""

LEFT_OUT = 200
"""Rows in a run without a passage from which on only a few are looked at for the next: of a long table most rows are left out,
evenly, and the next row that is there stands in the next passage.
"""

SPARSE = 4
"""Places of a table that count as one cell: of a wide table with few cells every place is walked over."""


@dataclass(frozen=True)
class GridCell:
    """A cell with its words, the value behind them and, where its words stand in a passage, the place there."""

    text: str
    value: str | None = None
    kind: str = "text"
    passage: Passage | None = None
    start: int = 0
    formula: bool = False


EMPTY = GridCell("", kind="empty")


@dataclass(frozen=True)
class Grid:
    """A table: one head a column (merged heads joined from top to bottom) and rows of equal length."""

    heads: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    title: str = ""
    part: int = 1
    hidden: bool = False
    heading: str = ""
    context: str = ""
    form: tuple[tuple[str, str], ...] = ()
    loose: bool = field(default=False, compare=False)

    def column(self, index: int) -> Iterator[GridCell]:
        """The cells of one column, counted from 0."""
        for row in self.rows:
            yield row[index]

    def tables(self, fits: Callable[[Sequence[str]], bool]) -> Iterator["Grid"]:
        """The tables that stand in this one: a sheet often holds a title, a head block and two tables, read as one.

        ``fits`` says whether a row of texts heads a table of the wanted sort; what follows a fitting row belongs to it.
        """
        heads: Sequence[str] | None = self.heads if fits(self.heads) else None
        start = 0
        for index, texts in self._worded:
            if fits(texts):
                if heads is not None and index > start:
                    yield replace(self, heads=tuple(heads), rows=self.rows[start:index])
                heads, start = texts, index + 1
        if heads is not None and start < len(self.rows):
            yield replace(self, heads=tuple(heads), rows=self.rows[start:])

    @cached_property
    def _worded(self) -> list[tuple[int, list[str]]]:
        """The rows that can be heads, with their places: two short texts or more, and not figures and signs alone, as are most rows of
        a sheet of readings.
        """
        found = []
        for index, row in enumerate(self.rows):
            texts = [cell.text for cell in row]
            filled = [text for text in texts if text]
            if len(filled) >= 2 and not all(map(is_nameless, filled)) and all(len(text) <= MAX_HEAD for text in filled):
                found.append((index, texts))
        return found


def unnumbered(grid: Grid) -> Grid:
    """The table without rows that only number the samples above readings: ``Point | 1 | 2 | 3 | 4``."""
    kept = tuple(row for row in grid.rows if not numbers_samples(row))
    return grid if len(kept) == len(grid.rows) else replace(grid, rows=kept)


def numbers_samples(row: Sequence[GridCell]) -> bool:
    """Whether a row only numbers the samples below it, from one on or on from a row of as many: ``6 | 7 | 8 | 9 | 10 | Mean``."""
    told = [cell.text for cell in row if cell.text]
    numbers = [int(text) for text in told if text.isdecimal() and len(text) <= LONGEST_NUMBER]
    return (
        len(numbers) >= LEAST_SAMPLES
        and len(told) - len(numbers) <= MOST_NAMES
        and (numbers[0] - 1) % len(numbers) == 0
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


LONGEST_NUMBER, MOST_NAMES = 3, 2
"""Digits of the number of a sample; words beside the numbers: what is numbered, and a mean."""

LEAST_SAMPLES = 3
"""Numbers in a row from which they number samples."""

LATE_HEADS = 4
"""Rows above the heads of a table without marked heads: a title, a form number, a blank, a unit."""


def headed(grid: Grid) -> Grid:
    """The table with its first row of words as heads, where the file marks none: text files and forms have no head rows."""
    if sum(bool(head) for head in grid.heads) >= 2:
        return grid
    for index, row in enumerate(grid.rows[:LATE_HEADS]):
        filled = [cell.text for cell in row if cell.text]
        if len(filled) >= 2 and all(amount(text) is None for text in filled) and index + 1 < len(grid.rows):
            return replace(grid, heads=tuple(cell.text for cell in row), rows=grid.rows[index + 1 :])
    return grid


def upright(grid: Grid) -> Grid:
    """A table whose heads stand below each other in its first column, turned so that they stand beside each other."""
    columns = zip(*(_as_row(grid), *grid.rows), strict=True)
    next(columns)
    beside = (grid.heads[0], *(row[0].text for row in grid.rows))
    return replace(grid, heads=beside, rows=tuple(tuple(column) for column in columns))


def lying(grid: Grid, is_head: Callable[[str], bool]) -> Iterator[Grid]:
    """The tables of a grid that lie on their side, turned upright: their heads, by ``is_head``, stand below each other in the first column
    and none of them beside each other. A form of fields, with heads in other columns too, is none of them.
    """
    made = upright(replace(grid, heads=("",) * len(grid.heads), rows=(_as_row(grid), *grid.rows)))
    ends = [at for at, head in enumerate(made.heads) if not _LYING_HEAD.fullmatch(head)]
    for start, end in pairwise((-1, *ends, len(made.heads))):
        begin = next((at for at in range(start + 1, end) if len({row[at].text for row in made.rows} - {""}) > 1), end)
        heads = made.heads[begin:end]
        rows = tuple(row[begin:end] for row in made.rows if any(cell.text for cell in row[begin:end]))
        known = [sum(map(is_head, (cell.text for cell in row))) for row in rows]
        filled = [sum(bool(cell.text) for cell in row) for row in rows]
        down = sum(map(is_head, heads))
        across = max(
            (len({row[at].text for row in rows if is_head(row[at].text)}) for at in range(end - begin)), default=0
        )
        if (
            down >= LEAST_LYING
            and 2 * down >= len(heads)
            and len(rows) >= LEAST_LYING
            and 2 * across < down
            and not any(2 * count >= cells > count > 1 for count, cells in zip(known, filled, strict=True))
        ):
            yield replace(made, heads=heads, rows=rows)


LEAST_LYING = 2
"""Heads below each other, and columns beside them, from which a table lies on its side."""

_LYING_HEAD = re.compile(r"(?=[^\n]*[^\W\d_])[^:：。|\n]{1,40}[:：]?")
"""A head of a row: short, with letters, and no field with what was filled in."""


def _as_row(grid: Grid) -> tuple[GridCell, ...]:
    """The heads of a table as a row of its cells, each with its place where a passage holds them."""
    first = next((cell.passage for row in grid.rows for cell in row if cell.passage is not None), None)
    found = [(head, first.text.find(head) if first and head else -1) for head in grid.heads]
    return tuple(GridCell(head, None, "text", first if at >= 0 else None, max(at, 0)) for head, at in found)


class Places:
    """Finds the passage in which a cell's words stand; both run in reading order, so the search moves forward."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.by_part: dict[int, list[Passage]] = defaultdict(list)
        for passage in passages:
            self.by_part[passage.part].append(passage)
        self.cursor: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.missed = 0

    def row(self, part: int, texts: Sequence[str]) -> tuple[Passage, int] | None:
        """The passage that holds a row, and the place where the row begins in it."""
        wanted = [text for text in texts if text][:3]
        if not wanted:
            return None
        passages = self.by_part.get(part, [])
        at, offset = self.cursor[part]
        whole = " | ".join(texts).rstrip(" |")
        self.missed += 1
        ahead = LOOK_AHEAD if self.missed <= LEFT_OUT else 3
        for index in range(at, min(len(passages), at + ahead)):
            start = passages[index].text.find(whole, offset if index == at else 0)
            if start >= 0:
                self.cursor[part], self.missed = (index, start), 0
                return passages[index], start
        for index in range(at, min(len(passages), at + ahead)):
            text = passages[index].text
            begin = offset if index == at else 0
            start = text.find(wanted[0], begin)
            if start >= 0 and all(text.find(other, start) >= 0 for other in wanted[1:]):
                self.cursor[part], self.missed = (index, start), 0
                return passages[index], start
        return None


def grids(document: Document, passages: Sequence[Passage]) -> list[Grid]:
    """All tables of the document; where a document has none, the tables written with bars in its passages."""
    places = Places(passages)
    found: list[Grid] = []
    budget = MAX_CELLS
    heading = above = ""
    form: tuple[tuple[str, str], ...] = ()
    names = {part.number: part.name for part in document.parts}
    part = 0
    for block in joined(document.blocks):
        if block.part != part:
            part, heading, above, form = block.part, "", "", ()
        if block.kind == "heading":
            heading, form = block.text[:200], ()
        if block.table is None and block.kind in ("heading", "paragraph", "caption") and block.text.strip():
            above = block.text[:200]
        if block.table is None or not block.table.cells or budget <= 0:
            continue
        table, cost = block.table, _cost(block.table)
        if cost > budget:
            table = _first_rows(table, budget // 2 / cost)
            cost = _cost(table)
        budget -= cost
        made = _grid(block, table, places, heading)
        around = " \n ".join((made.title, above, heading, names.get(block.part, ""), document.path))
        found.append(replace(made, context=around, form=(*form, *made.form)))
        form = _form(made) or form
    if not found:
        found = [grid for passage in passages if (grid := _from_text(passage)) is not None]
    return found


LONGEST_FORM = 12
"""Rows of a block of fields."""


def _form(grid: Grid) -> tuple[tuple[str, str], ...]:
    """The fields, label and value, of a table that is a block of them, its first row read as heads or not: what it says holds for the
    table below it. A page leaves cells empty between them.
    """
    if len(grid.rows) > LONGEST_FORM:
        return ()
    rows = [[cell.text for cell in row if cell.text] for row in grid.rows]
    fields = tuple(pair for row in rows if len(row) % 2 == 0 for pair in zip(row[::2], row[1::2], strict=True))
    return fields if all(any(map(str.isalpha, label)) for label, _ in fields) else ()


def _lies_over(cell: Cell, width: int) -> bool:
    """Whether a cell lies over most of a table from its first column on, as its title does beside the number of the form; a head over
    several columns lies over fewer.
    """
    return cell.column == 1 and cell.column_span >= LEAST_OVER and 5 * cell.column_span >= 3 * width


LEAST_OVER = 3
"""Columns over which a title lies."""


def _begins_row(by_row: Mapping[int, Sequence[Cell]], numbers: Sequence[int]) -> bool:
    """Whether one of these rows has a text of its own in the first column."""
    return any(cell.column == 1 and cell.text.strip() for number in numbers for cell in by_row.get(number, ()))


def _cost(table: Table) -> int:
    """What a table takes of the cells that are looked at."""
    rows = len({cell.row for cell in table.cells})
    return max(len(table.cells), rows * min(table.columns, MAX_WIDTH) // SPARSE)


def _first_rows(table: Table, share: float) -> Table:
    """The first rows of a table that is too large, so that its heads are known and those behind it are looked at too."""
    numbers = sorted({cell.row for cell in table.cells})
    last = numbers[max(0, int(len(numbers) * share) - 1)]
    return table.model_copy(update={"cells": tuple(cell for cell in table.cells if cell.row <= last)})


def _grid(block: Block, table: Table, places: Places, heading: str) -> Grid:
    width = min(table.columns, MAX_WIDTH)
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.column <= width:
            by_row[cell.row].append(cell)
    last = max(by_row, default=0)
    head_rows = _head_rows(table, by_row)
    heads: list[list[str]] = [[] for _ in range(width)]
    title = table.title or ""
    fields: list[tuple[str, str]] = []
    for number in range(1, head_rows + 1):
        row = by_row.get(number, [])
        filled = [cell for cell in row if cell.text.strip()]
        if len(filled) == 1 and width > 2 and head_rows > 1:
            title = title or filled[0].text.strip()
        block_fields = [_FIELD.fullmatch(" ".join(cell.text.split())) for cell in filled] if number < head_rows else []
        labels = [field[1].split()[0] for field in block_fields if field]
        if filled and len(labels) == len(filled) and len(set(labels)) == len(labels):
            fields += [(field[1], field[2]) for field in block_fields if field]  # a head block: ``Spec: 860 ± 10 °C``
            continue
        for cell in filled:
            if number < head_rows and _lies_over(cell, width) and _begins_row(by_row, range(number + 1, head_rows + 1)):
                title = title or cell.text.strip()
                continue
            for column in range(cell.column, min(width, cell.column + cell.column_span - 1) + 1):
                text = " ".join(cell.text.split())
                if text not in heads[column - 1] and not (text == title and len(filled) == 1):
                    heads[column - 1].append(text)
    rows: list[tuple[GridCell, ...]] = []
    standing: dict[int, tuple[int, GridCell]] = {}  # merged cells that reach down: column → last row, cell
    for number in sorted(by_row):
        if number <= head_rows:
            continue
        row = sorted(by_row[number], key=lambda cell: cell.column)
        place = places.row(block.part, [" ".join(cell.text.split()) for cell in row])
        dense = [EMPTY] * width
        for column, (until, cell_above) in list(standing.items()):
            if number <= until:
                dense[column - 1] = cell_above
            else:
                del standing[column]
        offset = place[1] if place else 0
        for cell in row:
            text = " ".join(cell.text.split())
            start = place[0].text.find(text, offset) if place and text else -1
            made = GridCell(
                text, cell.value, "empty" if not text else cell.kind, place[0] if place and start >= 0 else None,
                max(start, 0), cell.formula,
            )  # fmt: skip
            if start >= 0:
                offset = start + len(text)
            if text or cell.column not in standing:
                dense[cell.column - 1] = made
            if cell.row_span > 1 and text:
                standing[cell.column] = min(last, number + cell.row_span - 1), made
        rows.append(tuple(dense))
    named = tuple(" ".join(head)[:200] for head in heads)
    return Grid(named, tuple(rows), title, block.part, block.hidden, heading, form=tuple(fields))


_FIELD = re.compile(r"([^:：|]{2,30}?)\s?[:：]\s?([^:：]*\d[^:：]*)")
"""A label with its value in one cell of a head block."""


def _head_rows(table: Table, by_row: dict[int, list[Cell]]) -> int:
    """How many rows are heads:

    as the reader says, and one more where the first is only a title over the whole width.
    """
    count = min(table.header_rows, table.rows)
    first = [cell for cell in by_row.get(1, []) if cell.text.strip()]
    if count == 1 and len(first) == 1 and table.columns > 2:
        second = [cell for cell in by_row.get(2, []) if cell.text.strip()]
        if len(second) > 2 and all(cell.kind in ("text", "date") for cell in second):
            return 2
    return count


def _from_text(passage: Passage) -> Grid | None:
    """A table written as lines with bars, the first line its head."""
    split = [cells(line) for line in lines(passage.text) if "|" in line.text]
    if len(split) < 2:
        return None
    width = max(len(row) for row in split)
    heads = [" ".join(cell.text.split())[:200] for cell in split[0]] + [""] * (width - len(split[0]))
    rows = tuple(
        tuple(
            [GridCell(cell.text, None, "text" if cell.text else "empty", passage, cell.start) for cell in row]
            + [EMPTY] * (width - len(row))
        )
        for row in split[1:]
    )
    return Grid(tuple(heads), rows, part=passage.part, loose=True)
