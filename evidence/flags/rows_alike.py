"""Two lots of one sheet with the same figures in every column: nobody melts the same heat twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.flags.registry import Finding, name_of
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

LEAST_FIGURES = 6
"""Figures of a row that no second piece has again."""

LEAST_DECIMALS = 3
"""Of these, figures with decimals."""

LEAST_DISTINCT = 3
"""Different figures of a column: one that hardly moves tells no lot from another."""

MOST_ROWS = 400
"""Rows of a table that are set beside each other."""

_NO_TESTS = ("metrics_record", "supplier_evaluation_record", "training_record", "management_review_record")

_FIGURE = re.compile(r"-?\d{1,7}(?:[.,]\d{1,5})?")
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


@dataclass(frozen=True)
class _Row:
    """A row of a table: its cells and where it stands."""

    cells: tuple[str, ...]
    line: str
    passage: Passage


def rows_alike(bundle: Bundle) -> Iterator[Finding]:
    """Rows of different lots whose figures are the same in every column that moves."""
    for document in bundle.read:
        if document.kind in (*RULES_AND_FORMS, *_NO_TESTS) or is_example(document):
            continue
        if document.kind == "other" and bundle.document_day(document) is None:  # a list of sizes
            continue
        for rows in _tables(document):
            if pair := _alike(rows):
                first, second, count = pair
                yield Finding(
                    {
                        "one": f"{name_of(document.path)}, {_name(first, second)}",
                        "other": _name(second, first),
                        "count": count,
                    },
                    tuple(cite(document, row.passage, row.line) for row in (first, second)),
                )
                break


def _tables(document: DocumentReport) -> Iterator[list[_Row]]:
    """The rows of each table of a paper that are of one width."""
    by_width: dict[tuple[int, int], list[_Row]] = {}
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            cells = tuple(cell.strip() for cell in line.split("|"))
            if len(cells) > LEAST_FIGURES:
                by_width.setdefault((passage.part, len(cells)), []).append(_Row(cells, line, passage))
    yield from (rows for rows in by_width.values() if 1 < len(rows) <= MOST_ROWS)


def _alike(rows: Sequence[_Row]) -> tuple[_Row, _Row, int] | None:
    """The first two rows that differ in their number and in no figure, with the count of these."""
    width = len(rows[0].cells)
    moving = []
    for at in range(width):
        figures = [row.cells[at] for row in rows if _FIGURE.fullmatch(row.cells[at])]
        if len(set(figures)) >= LEAST_DISTINCT and len(set(figures)) < len(figures) and not _counts(figures):
            moving.append(at)
    seen: dict[tuple[str, ...], _Row] = {}
    for row in rows:
        moved = tuple(row.cells[at] for at in moving)
        told = [figure for figure in moved if _FIGURE.fullmatch(figure)]
        decimals = sum("." in figure or "," in figure for figure in told)
        if (
            len(told) < max(LEAST_FIGURES, len(moved))
            or decimals < LEAST_DECIMALS
            or len({figure.lstrip("-") for figure in told}) <= LEAST_DISTINCT
        ):
            continue
        first = seen.setdefault(moved, row)
        if first is not row and _differ(first, row):
            return first, row, len(told)
    return None


def _counts(figures: Sequence[str]) -> bool:
    """Whether a column numbers its rows."""
    return all(figure.isdigit() for figure in figures) and len(set(figures)) == len(figures)


def _differ(first: _Row, second: _Row) -> bool:
    """Whether two rows are of two lots: each has a number in the same place, built like that of the other. ``NXG250*`` is ``NXG250`` with
    a note.
    """
    one, other = _name(first, second), _name(second, first)
    return bool(one and other) and _DIGIT.sub("0", one) == _DIGIT.sub("0", other)


def _name(row: _Row, other: _Row) -> str:
    """The number of a lot, heat or piece in which a row differs from another; a day alone is a second look at the same one."""
    return next(
        (
            cell
            for cell, beside in zip(row.cells, other.cells, strict=True)
            if cell != beside and any(map(str.isdigit, cell)) and not _FIGURE.fullmatch(cell) and not _DAY.search(cell)
        ),
        "",
    )
