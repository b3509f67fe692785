"""Tables whose heads go on in the row below them: with units, with the limits of what is read, or with nothing."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from evidence.facts.grids import Grid, GridCell
from evidence.facts.limits import limits_of_head
from evidence.facts.numbers import amount

LEAST_HEADS = 3
"""Heads of a table that has a second row of them; fields stand two by two."""

DEEPEST = 8
"""Rows of titles and fields above the heads."""

BODY = 12
"""Rows below a second row of heads by which its columns are known."""

LONGEST_UNIT, LONGEST_LIMIT = 10, 24
"""Letters of a unit, and of a limit with its unit."""


def under_one_row(grid: Grid) -> Grid:
    """The table with its heads in one row: a unit or a limit below a head stands in brackets behind it, an empty row is left out."""
    rows = (tuple(GridCell(head) for head in grid.heads), *grid.rows)
    for at, (head, below) in enumerate(itertools.pairwise(rows[: DEEPEST + 1])):
        if not _names_columns(head) or at + 2 >= len(rows):
            continue
        body = rows[at + 2 : at + 2 + BODY]
        if not any(cell.text for cell in below):
            return _without(grid, at) if _is_filled(head, body[0]) else grid
        if _goes_on(head, below, body):
            return _joined(grid, at, head, below)
    return grid


def _without(grid: Grid, at: int) -> Grid:
    return replace(grid, rows=(*grid.rows[:at], *grid.rows[at + 1 :]))


def _joined(grid: Grid, at: int, head: Sequence[GridCell], below: Sequence[GridCell]) -> Grid:
    names = [
        f"{name.text} ({said.text.strip('()[]')})" if said.text else name.text
        for name, said in zip(head, below, strict=True)
    ]
    made = _without(grid, at)
    if at == 0:
        return replace(made, heads=tuple(names))
    told = tuple(
        replace(cell, text=name, passage=None) if said.text else cell
        for cell, name, said in zip(head, names, below, strict=True)
    )
    return replace(made, rows=(*made.rows[: at - 1], told, *made.rows[at:]))


def _names_columns(row: Sequence[GridCell]) -> bool:
    """Whether a row holds different words, one a column, and no figures."""
    told = [cell.text for cell in row if cell.text]
    return len(set(told)) >= LEAST_HEADS and len(told) * 2 > len(row) and all(amount(text) is None for text in told)


def _is_filled(head: Sequence[GridCell], row: Sequence[GridCell]) -> bool:
    """Whether a row below an empty one has something under most of the heads."""
    named = [cell for name, cell in zip(head, row, strict=True) if name.text]
    return 2 * sum(bool(cell.text) for cell in named) >= len(named)


def _goes_on(head: Sequence[GridCell], below: Sequence[GridCell], body: Sequence[Sequence[GridCell]]) -> bool:
    """Whether a row tells units or limits of the columns of figures below it, and nothing else; a record begins with its name or day."""
    said = [(at, cell.text) for at, cell in enumerate(below) if cell.text]
    if not all(head[at].text and (_is_unit(text) or _is_limit(text)) for at, text in said):
        return False
    of_figures = [at for at, _ in said if _holds_figures([row[at].text for row in body])]
    return 2 * len(of_figures) > len(said) and (not below[0].text or 0 in of_figures)


def _holds_figures(column: Sequence[str]) -> bool:
    filled = [text for text in column if text]
    return 2 * sum(amount(text) is not None for text in filled) > len(filled)


def _is_unit(text: str) -> bool:
    """Whether a text can be a unit: short, no figure, and no sign for nothing."""
    signs = sum(char.isalpha() or char in "%‰°℃℉Ω" for char in text)
    return (
        len(text) <= LONGEST_UNIT
        and not text[0].isdigit()
        and signs > 0
        and amount(text) is None
        and text.count(" ") <= 1
        and not _says_none(text)
    )


def _says_none(text: str) -> bool:
    return text.strip(".").casefold() in _NONE


_NONE = frozenset({"n/a", "na", "nil", "none", "ok", "ng", "nd", "n.d"})
"""What stands for a reading, and is no unit."""


def _is_limit(text: str) -> bool:
    return len(text) <= LONGEST_LIMIT and limits_of_head(text) != (None, None)
