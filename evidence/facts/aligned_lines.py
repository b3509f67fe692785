"""Tables that plain text sets with blanks, as mails do: columns stand below each other, two blanks or more apart."""

import re
from collections.abc import Iterator, Sequence

from evidence.facts.grids import EMPTY, Grid, GridCell
from evidence.facts.text import Span, lines
from evidence.model import Passage

LEAST_ROWS = 3
"""Rows below a head that make a table of lines with gaps."""

LEAST_COLUMNS = 2
LONGEST_CELL = 60
"""Letters of a cell of such a table."""

_GAP = re.compile(r"(?:\t| {2,})[\t ]*")


def aligned_grids(passages: Sequence[Passage]) -> Iterator[Grid]:
    """The tables of passages that are written with gaps, with the lines above each as its context."""
    for passage in passages:
        if passage.hidden or "|" in passage.text or not _GAP.search(passage.text):
            continue
        told = [(line, gapped(line)) for line in lines(passage.text)]
        begin = 0
        while begin < len(told):
            width = len(told[begin][1])
            end = begin + 1
            while end < len(told) and LEAST_COLUMNS <= len(told[end][1]) <= width:
                end += 1
            heads = told[begin][1]
            full = sum(
                (len(cells) == width and any(map(_is_figure, cells))) or _is_under(cells, heads)
                for _, cells in told[begin + 1 : end]
            )
            if width >= LEAST_COLUMNS and full >= LEAST_ROWS and not any(map(_is_field, told[begin][1])):
                yield _grid(passage, [cells for _, cells in told[begin:end]], [line.text for line, _ in told[:begin]])
                begin = end
            else:
                begin += 1


def _is_under(cells: Sequence[Span], heads: Sequence[Span]) -> bool:
    """Whether the cells of a row whose last places were left empty stand each right below a head, one of them with a figure."""
    starts = {head.start - heads[0].start for head in heads}
    return (
        len(cells) >= LEAST_UNDER
        and any(map(_is_dated, cells))
        and all(cell.start - cells[0].start in starts for cell in cells)
    )


LEAST_UNDER = 3
"""Cells of a row that stand below heads."""


def _is_dated(cell: Span) -> bool:
    return any(map(str.isdigit, cell.text))


def gapped(line: Span) -> list[Span]:
    """The cells of a line whose columns are set apart by gaps; one cell, the whole line, where there is none."""
    found, start = [], 0
    text = line.text.rstrip()
    start = len(text) - len(text.lstrip())
    for match in [*_GAP.finditer(text, start), None]:
        end = match.start() if match else len(text)
        if end > start:
            found.append(Span(line.start + start, line.start + end, text[start:end]))
        start = match.end() if match else end
    return found if all(len(cell.text) <= LONGEST_CELL for cell in found) else found[:1]


def _is_figure(cell: Span) -> bool:
    return _FIGURE.fullmatch(cell.text) is not None


def _is_field(cell: Span) -> bool:
    """Whether a cell is a field or a question, which head no column."""
    return _FIELD.search(cell.text) is not None


_FIGURE = re.compile(r"[-+<>≤≥±]?\s?\d[\d.,]*\s?[^\d\s]{0,4}")
_FIELD = re.compile(r"[:：?？]")


def _grid(passage: Passage, rows: Sequence[Sequence[Span]], above: Sequence[str]) -> Grid:
    heads = rows[0]
    base = heads[0].start
    starts = [cell.start - base for cell in heads]
    made = []
    for row in rows[1:]:
        dense = [EMPTY] * len(heads)
        offset = row[0].start
        for at, cell in enumerate(row):
            column = at
            if len(row) < len(heads):  # a cell was left empty: the nearest head is that of its column
                column = min(range(len(heads)), key=lambda n: abs(starts[n] - (cell.start - offset)))
            dense[column] = GridCell(" ".join(cell.text.split()), None, "text", passage, cell.start)
        made.append(tuple(dense))
    context = " \n ".join((*reversed(above[-LINES_ABOVE:]), *passage.heading[-1:]))
    return Grid(tuple(cell.text for cell in heads), tuple(made), part=passage.part, context=context, loose=True)


LINES_ABOVE = 3
"""Lines above such a table that can tell what it is of and between which limits."""
