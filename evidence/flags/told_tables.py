"""The tables of a document as rules look at them that judge its words: rows of cells, written with bars or set apart by blanks."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from evidence.facts.aligned_lines import gapped
from evidence.facts.text import KEPT_PASSAGES, Span, fold, lines
from evidence.flags.trends import SENTENCES
from evidence.model import DocumentReport, Passage

LEAST_CELLS = 3
"""Cells of a row: a name and two figures, or a figure and what is said of it."""


@dataclass(frozen=True)
class TableRow:
    """A row with its passage, its line as written and its cells, folded."""

    passage: Passage
    line: str
    cells: list[str]


@dataclass
class ToldTable:
    """Rows below a head of words, one cell a column; ``head`` is folded."""

    head: list[str]
    above: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)


def rows_of(document: DocumentReport, part: int | None = None) -> Iterator[TableRow]:
    """The rows of a document, of three cells or more, in their order."""
    for passage, line, cells in _lines_of(document, part):
        if row := _row(passage, line, cells):
            yield row


def _lines_of(document: DocumentReport, part: int | None = None) -> Iterator[tuple[Passage, Span, Sequence[str]]]:
    for passage in document.passages:
        if not passage.hidden and part in (None, passage.part):
            yield from ((passage, *found) for found in _cells_in(passage.text))


KEPT_ROWS = 10_000
"""Rows of which it is remembered whether they head columns: every rule that holds tables against each other asks."""


def _row(passage: Passage, line: Span, cells: Sequence[str]) -> TableRow | None:
    return TableRow(passage, line.text, [*cells]) if len(cells) >= LEAST_CELLS else None


@lru_cache(KEPT_PASSAGES)
def _cells_in(text: str) -> Sequence[tuple[Span, Sequence[str]]]:
    """The lines of a passage with their cells, folded: a dozen rules go through the rows of each paper."""
    if "|" in text:
        return [(line, [fold(cell.strip()) for cell in line.text.split("|")]) for line in lines(text)]
    return [(line, [fold(cell.text) for cell in gapped(line)]) for line in lines(text)]


def tables_of(
    document: DocumentReport,
    fits: Callable[[list[str]], bool] = bool,
    head_of: Callable[[list[str]], bool] | None = None,
) -> Iterator[ToldTable]:
    """The tables of a document: each begins with a row of words without figures of their own that ``fits``, and goes on as long as rows
    are no wider; ``head_of`` tells heads of another kind.
    """
    is_head = head_of or heads
    for part in sorted({passage.part for passage in document.passages}):
        table: ToldTable | None = None
        above: list[str] = []
        for line in _lines_of(document, part):
            row = _row(*line)
            if row and is_head(row.cells) and fits(row.cells):
                if table and table.rows:
                    yield table
                table = ToldTable(row.cells, list(above))
            elif row and table and len(row.cells) <= len(table.head):
                table.rows.append(row)
            above.append(line[1].text)
        if table and table.rows:
            yield table


LONGEST_HEAD = 60
"""Letters of the head of a column."""


def heads(cells: list[str]) -> bool:
    """Whether cells head columns: short words, of which hardly one begins with a figure; years and months head columns too."""
    return _heads(tuple(cells))


@lru_cache(KEPT_ROWS)
def _heads(cells: tuple[str, ...]) -> bool:
    named = [cell for cell in cells if cell]
    if len(named) < LEAST_CELLS or not all(len(cell) <= LONGEST_HEAD for cell in named):
        return False
    worded = [
        cell for cell in named if not cell[0].isdigit() and cell[0] not in "<>≤≥±+-" and any(map(str.isalpha, cell))
    ]
    others = [cell for cell in named if cell not in worded]
    return len(worded) == len(named) or (
        (
            len(worded) >= 1
            and cells[0] in worded
            and all(_is_year(cell) or cell == "%" or _names_period(cell) for cell in others)
        )
        and not any(_figured(cell) for cell in worded[1:])
    )


def _is_year(cell: str) -> bool:
    return (
        cell.strip("() .年년")[:4].isdigit()
        and len(cell.strip("() .年년")) == len("2026")
        and cell.startswith(("19", "20", "25"))
    )


def _names_period(cell: str) -> bool:
    """Whether a cell begins with a number and is a part of a year: ``6 tháng đầu 2026``, ``1H 2026``."""
    return _PERIOD.fullmatch(cell) is not None


_PERIOD = re.compile(r"\d{1,2}\.? ?[^\W\d][^\d|]{0,20}(?:19|20|25)\d\d")


def _figured(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) * 2 > len(cell)


def sentences(document: DocumentReport) -> Iterator[tuple[Passage, str]]:
    """What a document says outside its tables, sentence by sentence, as written; a field is one with its label."""
    for passage in document.passages:
        if not passage.hidden:
            yield from ((passage, piece) for piece in _sentences_in(passage.text))


@lru_cache(KEPT_PASSAGES)
def _sentences_in(text: str) -> Sequence[str]:
    prose = (line for line in text.splitlines() if line.count("|") < LEAST_CELLS - 1)
    return [told for line in prose for piece in SENTENCES.split(line) if (told := piece.strip())]
