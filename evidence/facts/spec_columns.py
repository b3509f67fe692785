"""Readings beside a column of specifications: several a row behind it, or one a row on whichever side."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evidence.facts.grids import Grid, GridCell
from evidence.facts.limit_columns import LEAST_PIECES, LEAST_READINGS, LEAST_ROWS, MAX_ROWS, NOT_READING, reading_in
from evidence.facts.limits import limits, mostly_inside, near
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.sources import cell_fact
from evidence.facts.text import fold, table_words
from evidence.facts.tolerance_columns import with_limits_joined
from evidence.model import Fact

ROWS_ABOVE = 6
"""Rows of a table, its titles and head block, that can tell the limits of the readings below."""


def readings_fact(made: Sequence[dict[str, Any]], specs: int, anchor: GridCell) -> Fact:
    """The readings of a table as a fact, with the number of its specifications."""
    value = json.dumps({"rows": made, "specs": specs, "read": len(made)}, ensure_ascii=False, separators=(",", ":"))
    return cell_fact("readings", "inspection", value, anchor, confidence=0.9)


def _below_heads(grid: Grid) -> Grid:
    """The table under the row that heads its specifications, where a block of fields stands above it and was taken for the heads."""
    if any(table_words("inspection", "spec").search(fold(head)) for head in grid.heads):
        return grid
    for index, row in enumerate(grid.rows[:ROWS_ABOVE]):
        texts = [cell.text for cell in row]
        named = [text for text in texts if any(map(str.isalpha, text)) and not _SAMPLE.fullmatch(text)]
        bare = [text for text in named if not any(map(str.isdigit, text))]  # not ``spec | min 95 | max 200``
        if (
            2 * len(bare) >= len(named)
            and len(texts) - texts.count("") >= LEAST_PIECES
            and any(table_words("inspection", "spec").search(fold(text)) for text in bare)
        ):
            return replace(grid, heads=tuple(texts), rows=grid.rows[index + 1 :])
    return grid


_SAMPLE = re.compile(r"(?:[^\W\d_]{1,8}[ .#-]{0,2})?\d{1,2}")
"""The head over the readings of a piece, ``X1``, ``Pc 3``."""


def by_spec(grid: Grid) -> Iterator[Fact]:
    """The readings of a table that has a column of specifications."""
    grid = with_limits_joined(_below_heads(grid))
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    spec_at = _spec_column(grid, comma)
    if spec_at is None:
        return
    made, specs, anchor = [], 0, None
    for row in grid.rows[:MAX_ROWS]:
        low, high = limits(row[spec_at].text, comma)
        if low is None and high is None:
            continue
        specs += 1
        values = [
            found
            for head, cell in zip(grid.heads[spec_at + 1 :], row[spec_at + 1 :], strict=True)
            if cell.text and cell.kind != "error" and (found := reading_in(head, cell.text, low, comma)) is not None
        ]
        if len(values) < LEAST_READINGS:
            continue
        label = next((cell.text for cell in reversed(row[:spec_at]) if any(char.isalpha() for char in cell.text)), "")
        made.append(
            {"label": label[:60], "spec": row[spec_at].text[:40], "low": low, "high": high, "values": values[:60]}
        )
        anchor = anchor or next(
            (cell for cell in row if cell.passage is not None and cell.text and amount(cell.text, comma)), None
        )
    if specs >= LEAST_ROWS and made and anchor is not None:
        yield readings_fact(made, specs, anchor)
    elif specs >= LEAST_PIECES and not made:
        yield from _by_spec_alone(grid, spec_at, comma)


def _by_spec_alone(grid: Grid, spec_at: int, comma: bool) -> Iterator[Fact]:
    """One reading a row beside its specification, on whichever side: the column whose figures all lie around the limits."""
    rows = [(row, ends) for row in grid.rows[:MAX_ROWS] if (ends := limits(row[spec_at].text, comma)) != (None, None)]
    for index, head in enumerate(grid.heads):
        if (
            index == spec_at
            or not head
            or NOT_READING.search(fold(head))
            or table_words("inspection", "summed").search(fold(head))
        ):
            continue
        read = [
            (row, low, high, found)
            for row, (low, high) in rows
            if row[index].kind != "error" and (found := reading_in(head, row[index].text, low, comma)) is not None
        ]
        made = [
            {
                "label": next((cell.text for cell in row if any(char.isalpha() for char in cell.text)), head)[:60],
                "spec": row[spec_at].text[:40],
                "low": low,
                "high": high,
                "values": [value],
            }
            for row, low, high, value in read
        ]
        anchor = next((row[index] for row, _, _, _ in read if row[index].passage is not None), None)
        beside = _shifted(rows, index, spec_at, comma)
        made += beside if all(map(near, beside)) else []
        enough = len(made) >= LEAST_PIECES and len(made) * 3 >= len(rows) * 2
        if enough and anchor is not None and mostly_inside(made) and all(near(row) for row in made):
            yield readings_fact(made, len(rows), anchor)
            return


def _shifted(
    rows: Sequence[tuple[tuple[GridCell, ...], tuple[float | None, float | None]]], at: int, spec_at: int, comma: bool
) -> list[dict[str, Any]]:
    """The readings of rows that leave the column of readings empty and have their one figure in another one: ``Air voids % | 7.1 | | 3 - 5``
    below sieves with what was retained and what passed.
    """
    made = []
    for row, (low, high) in rows:
        figures = [
            found
            for index, cell in enumerate(row)
            if index not in (at, spec_at) and cell.kind != "error" and (found := amount(cell.text, comma))
        ]
        label = next((cell.text for cell in row if any(map(str.isalpha, cell.text))), "")
        if not row[at].text and len(figures) == 1 and label:
            ends = {"spec": row[spec_at].text[:40], "low": low, "high": high}
            made.append({"label": label[:60]} | ends | {"values": [figures[0].value]})
    return made


def _spec_column(grid: Grid, comma: bool) -> int | None:
    best, count = None, LEAST_ROWS - 1
    for index in range(len(grid.heads)):
        named = table_words("inspection", "spec").search(fold(grid.heads[index])) is not None
        found = sum(
            any(limit is not None for limit in limits(cell.text, comma)) and _is_spec(cell.text, named)
            for cell in grid.column(index)
        )
        if found > count:
            best, count = index, found
    return best


def _is_spec(text: str, named: bool) -> bool:
    folded = fold(text)
    return "±" in folded or "+/-" in folded or named or bool(re.search(r"\+\s?\d[\d.,]*\s?/\s?-?\s?\d", folded))
