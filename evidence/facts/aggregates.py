"""Means, ranges, greatest and least figures of a table worked out again from the lines that they sum up.

The fact is that of :mod:`evidence.facts.row_relations`, ``"how": "line"``. A mean outside of its own figures is wrong by itself; any other
one where the same row or column has others that are right.
"""

import json
from collections.abc import Iterator, Sequence

from evidence.facts.grids import Grid, GridCell, headed
from evidence.facts.indicators import SHARE
from evidence.facts.numbers import Amount, amount, uses_decimal_comma
from evidence.facts.row_numbers import without_numbers
from evidence.facts.row_relations import KINDS, numbers_rows
from evidence.facts.sources import Source, cell_fact
from evidence.facts.text import fold, late, lettered, phrases
from evidence.model import Fact

LEAST_FIGURES = 3
"""Figures of a line from which its mean is worked out."""

LONGEST_NAME = 32
"""Letters of the name of a line that sums up others."""

FAR = 0.01
"""Share by which it has to miss: less may be rounding of what was measured."""

Line = tuple[str, list[Amount], Amount, GridCell]
"""What a line is called, its figures, what it is summed up to, and the cell of that."""


def find_aggregates(source: Source) -> Iterator[Fact]:
    """The lines of all tables whose mean, range, greatest or least figure is not theirs."""
    for whole in source.grids:
        grid = without_numbers(headed(whole))
        if grid.hidden or len(grid.rows) < LEAST_FIGURES:
            continue
        comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
        for kind in KINDS:
            made = _checked(kind, list(_below(grid, kind, comma))) or _checked(kind, list(_beside(grid, kind, comma)))
            if made:
                yield made
                break


def _kind(name: str) -> str | None:
    """What a row or column is by its name."""
    folded = fold(name).strip(" .:()")
    if not folded or len(folded) > LONGEST_NAME or _LIMIT.search(folded):
        return None
    for kind in KINDS:
        match = phrases("aggregates", kind).search(folded)
        if match and (len(match[0]) >= LEAST_WORD or len(folded) <= len(match[0]) + 1):
            return kind
    return None


LEAST_WORD = 3
"""Letters of a word that names such a line among others; shorter ones stand alone: ``R`` and no ``R. Silva``."""


_LIMIT = late(rf"[<>≤≥±]|{phrases('metrics_flags', 'target').pattern}|{phrases('aggregates', 'limit').pattern}")


def _below(grid: Grid, kind: str, comma: bool) -> Iterator[Line]:
    """The columns above a row of that name."""
    names = [next((cell.text for cell in row if lettered(cell.text)), "") for row in grid.rows]
    kinds = [_kind(name) for name in names]
    for at, found in enumerate(kinds):
        if found != kind:
            continue
        start = next((index + 1 for index in range(at - 1, -1, -1) if kinds[index] is None), 0)
        first = next((index + 1 for index in range(start - 1, -1, -1) if _sums_up(names[index], kinds[index])), 0)
        for index, head in enumerate(grid.heads):
            written = amount(grid.rows[at][index].text, comma)
            above = [row[index].text for row in grid.rows[first:start]]
            figures = [figure for text in above if (figure := amount(text, comma))]
            if written and len(figures) == len(above) and not any(map(lettered, above)) and not numbers_rows(figures):
                yield head, figures, written, grid.rows[at][index]


def _sums_up(name: str, kind: str | None) -> bool:
    return kind is not None or phrases("series_lines", "whole").search(fold(name)) is not None


def _beside(grid: Grid, kind: str, comma: bool) -> Iterator[Line]:
    """The rows before a column of that name, of the columns that are numbered or follow each other with figures alone."""
    kinds = [_kind(head) for head in grid.heads]
    at = next((index for index, found in enumerate(kinds) if found == kind), None)
    if at is None:
        return
    samples = [
        index for index, head in enumerate(grid.heads[:at]) if kinds[index] is None and _SAMPLE.fullmatch(fold(head))
    ]
    if len(samples) < LEAST_FIGURES:
        return
    for row in grid.rows:
        written = amount(row[at].text, comma)
        told = [row[index].text for index in samples if row[index].text]
        figures = [figure for text in told if (figure := amount(text, comma))]
        if written and len(figures) == len(told):
            yield next((cell.text for cell in row if cell.text), ""), figures, written, row[at]


_SAMPLE = late(r"\W{0,2}[^\W\d]{0,8}[ .#-]{0,2}\d{1,2}")
"""The head of a column of readings: ``1``, ``x3``, ``No. 4``."""


def _worked(kind: str, figures: Sequence[float]) -> float:
    if kind == "mean":
        return sum(figures) / len(figures)
    if kind == "range":
        return max(figures) - min(figures)
    return max(figures) if kind == "greatest" else min(figures)


def _checked(kind: str, lines: Sequence[Line]) -> Fact | None:
    right = 0
    wrong: list[tuple[str, float, float, GridCell, bool]] = []
    for label, told, written, cell in lines:
        figures = [figure.value for figure in told]
        if len(figures) < LEAST_FIGURES or len(set(figures)) == 1:
            continue
        computed = _worked(kind, figures)
        slack = 0.6 * 10.0**-written.decimals
        if abs(computed - written.value) <= slack:
            right += 1
            continue
        outside = not min(figures) - slack <= written.value <= max(figures) + slack
        share = written.unit == "%" or SHARE.search(fold(label)) is not None
        if share and not outside:
            continue  # a rate of several lots is weighted by their size
        if abs(computed - written.value) > FAR * max(abs(computed), abs(written.value)):
            wrong.append((label, written.value, computed, cell, outside))
    if not wrong or len(wrong) > max(1, right // 2):
        return None
    alone = kind == "mean" and all(outside for *_, outside in wrong) and len(lines) == 1
    anchor = next((cell for *_, cell, _ in wrong if cell.passage is not None), None)
    if anchor is None or not (right >= (1 if kind in ("mean", "range") else LEAST_SURE) or alone):
        return None
    value = {
        "right": right,
        "how": kind,
        "wrong": [
            {"label": label[:60], "written": written, "computed": round(computed, 3)}
            for label, written, computed, _, _ in wrong
        ],
    }
    return cell_fact(
        "totals", "sum", json.dumps(value, ensure_ascii=False, separators=(",", ":")), anchor, confidence=0.8
    )


LEAST_SURE = 2
"""Lines that must be right where ``max`` may also be a limit."""
