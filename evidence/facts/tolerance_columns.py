"""Nominal sizes with what they may be off in columns of their own, ``Spec | Tol | Pc 1 | Pc 2``, as one limit: ``56.0 ±1.0``.

What shows them is their signs: a column of ``±`` behind one of figures, or one of ``+`` and one of ``-`` beside each other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.facts.grids import Grid, GridCell
from evidence.facts.numbers import amount

LEAST_ROWS = 2
"""Rows whose tolerance stands in a column of its own."""

_OFF = re.compile(r"\s*(?:±|\+/-|\+-)\s?\d*[.,]?\d+(?:\s?[^\W\d_]{1,3})?\s*")
_UP, _DOWN = (re.compile(rf"\s*(?:{sign}\s?\d*[.,]?\d+|0(?:[.,]0+)?)\s*") for sign in (r"\+", "[-−–]"))
_BOTH = re.compile(r"\s*\+\s?\d*[.,]?\d+\s?/?\s?[-−–]\s?\d*[.,]?\d+\s*")


def with_limits_joined(grid: Grid) -> Grid:
    """The table with each nominal size and its tolerance in the cell of the latter; the same table where there are none."""
    width = len(grid.heads)
    for at in range(1, width):
        off = [row for row in grid.rows if _OFF.fullmatch(row[at].text) or _BOTH.fullmatch(row[at].text)]
        if len(off) >= LEAST_ROWS and (nominal := _nominal(off, at)) is not None:
            return _joined(grid, nominal, at, None)
        if at + 1 < width:
            for up, down in ((at, at + 1), (at + 1, at)):
                both = [row for row in grid.rows if _is_pair(row[up].text, row[down].text)]
                if len(both) >= LEAST_ROWS and (nominal := _nominal(both, at)) is not None:
                    return _joined(grid, nominal, up, down)
    return grid


def _is_pair(up: str, down: str) -> bool:
    signed = up.strip()[:1] == "+" or down.strip()[:1] in ("-", "−", "–")
    return signed and _UP.fullmatch(up) is not None and _DOWN.fullmatch(down) is not None and up.strip() != down.strip()


def _nominal(rows: Sequence[Sequence[GridCell]], at: int) -> int | None:
    """The column right before a tolerance, if it holds the sizes."""
    return at - 1 if all(amount(row[at - 1].text) for row in rows) else None


def _joined(grid: Grid, nominal: int, up: int, down: int | None) -> Grid:
    place = max(up, down or 0)
    rows = []
    for row in grid.rows:
        size, off = row[nominal].text, row[up].text.strip()
        if down is None and (_OFF.fullmatch(off) or _BOTH.fullmatch(off)) and amount(size):
            told = f"{size} {off}"
        elif down is not None and _is_pair(off, row[down].text) and amount(size):
            told = f"{size} +{off.lstrip('+')}/-{row[down].text.strip().lstrip('-−–')}"
        else:
            rows.append(row)
            continue
        cells = list(row)
        for at in {nominal, up, down or up} - {place}:
            cells[at] = replace(row[at], text="", kind="empty")  # what should be is no reading
        cells[place] = replace(row[place], text=told)
        rows.append(tuple(cells))
    return replace(grid, rows=tuple(rows))
