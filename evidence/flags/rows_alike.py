"""Two lots of one sheet with the same figures in every column: nobody melts the same heat twice."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.numbers import Amount, amount
from evidence.flags.registry import Finding, name_of
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS, reads_no_piece

LEAST_FIGURES = 6
"""Figures of a row that no second piece has again."""

LEAST_DECIMALS = 3
"""Of these, figures with decimals."""

LEAST_DISTINCT = 3
"""Different figures of a column: one that hardly moves tells no lot from another."""

MOST_ROWS = 400
"""Rows of a table that are set beside each other."""


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
        if document.kind in RULES_AND_FORMS or reads_no_piece(document) or is_example(document):
            continue
        if document.kind == "other" and bundle.document_day(document) is None:  # a list of sizes
            continue
        pair = _blocks_alike(document) or next(
            (
                found
                for rows in _tables(document)
                if (found := _alike([row for row in rows if len(row.cells) > LEAST_FIGURES]) or _run_alike(rows))
            ),
            None,
        )
        if pair:
            first, second, count = pair
            yield Finding(
                {
                    "one": f"{name_of(document.path)}, {_name(first, second)}",
                    "other": _name(second, first),
                    "count": count,
                },
                tuple(cite(document, row.passage, row.line) for row in (first, second)),
            )


def _tables(document: DocumentReport) -> Iterator[list[_Row]]:
    """The rows of each table of a paper that are of one width."""
    by_width: dict[tuple[int, int], list[_Row]] = {}
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            cells = tuple(piece for cell in line.split("|") for piece in _pieces_of(cell.strip()))
            if len(cells) > LEAST_RUN:
                by_width.setdefault((passage.part, len(cells)), []).append(_Row(cells, line, passage))
    yield from (rows for rows in by_width.values() if 1 < len(rows) <= MOST_ROWS)


def _pieces_of(cell: str) -> list[str]:
    """The readings that a cell holds side by side, ``417.3 / 421.8 / 414.6``, each as a cell of its own; else the cell."""
    return _SIDE.split(cell) if _BESIDE.fullmatch(cell) else [cell]


_SIDE = re.compile(r"\s?[/;；、]\s?|,\s+|\s+")
_BESIDE = re.compile(r"-?\d{1,6}[.,]\d{1,4}(?:(?:\s?[/;；、]\s?|,\s+|\s+)-?\d{1,6}[.,]\d{1,4}){2,9}")


def _alike(rows: Sequence[_Row]) -> tuple[_Row, _Row, int] | None:
    """The first two rows that differ in their number and in no figure, with the count of these."""
    width = len(rows[0].cells) if rows else 0
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


LEAST_IN_BLOCK = 8
"""Figures with decimals of a lot that is told in several rows, of which half are different."""


def _blocks_alike(document: DocumentReport) -> tuple[_Row, _Row, int] | None:
    """The first two lots of a sheet, each told in several rows (its cavities, pieces or places) below one merged cell or under its number
    again and again, with all figures the same.
    """
    seen: dict[tuple[str, ...], _Row] = {}
    for row, figures in _blocks(document):
        if len(figures) < LEAST_IN_BLOCK or 2 * len(set(figures)) < len(figures) or len(set(figures)) <= LEAST_DISTINCT:
            continue
        if 2 * sum(figure[-1] in "05" for figure in figures) >= len(figures):
            continue  # round ones are set: a recipe, a packing, temperatures of a machine, limits
        first = seen.setdefault(tuple(figures), row)
        if first is not row and len(first.cells) == len(row.cells) and _differ(first, row):
            return first, row, len(figures)
    return None


def _blocks(document: DocumentReport) -> Iterator[tuple[_Row, list[str]]]:
    """The lots of several rows, each by its first row, with the figures with decimals of all of them. Rows below a merged cell are
    narrower than the first or begin empty; else they have its number again.
    """
    begun: _Row | None = None
    figures: list[str] = []
    count, part = 0, -1
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            cells = tuple(cell.strip() for cell in line.split("|"))
            told = [cell for cell in cells if _FIGURE.fullmatch(cell) and ("." in cell or "," in cell)]
            if begun and part == passage.part and told and len(told) * 3 >= len(cells):
                narrower = len(begun.cells) - 2 * len(cells) < 0 and len(cells) < len(begun.cells)
                same = len(cells) == len(begun.cells) and cells[0] in ("", begun.cells[0])
                if (narrower or same) and not _DAY.search(cells[0]):
                    figures, count = [*figures, *told], count + 1
                    continue
            if begun and count > 1:
                yield begun, figures
            begun, figures, count, part = None, [], 0, passage.part
            if len(told) >= LEAST_RUN - 1 and any(map(str.isdigit, cells[0])) and not _FIGURE.fullmatch(cells[0]):
                begun, figures, count = _Row(cells, line, passage), told, 1
    if begun and count > 1:
        yield begun, figures


LEAST_RUN = 3
"""Pieces of one lot that are read in columns side by side."""

UNLIKELY = 4.0
"""Powers of ten: how many times two lots would have to be read before their pieces came out the same by chance."""


EVEN_STEPS = 2.6
"""Times the width of the middle half of readings over which as many even steps would meet again as seldom as readings round a mean do."""


def _run_alike(rows: Sequence[_Row]) -> tuple[_Row, _Row, int] | None:
    """The first two lots of a sheet with the same readings in all pieces, ``Batt 1 | Batt 2 | Batt 3``, where chance does not do it: the
    readings of the sheet lie too far apart for that.
    """
    at = next((number for number, row in enumerate(rows) if _pieces(row.cells)), None)
    columns = _pieces(rows[at].cells) if at is not None else []
    read = [
        (row, values)
        for row in rows[(at or 0) + 1 :]
        for values in [[amount(row.cells[index]) for index in columns]]
        if columns and all(values)
    ]
    figures = [value for _, values in read for value in values if value]
    if len(read) <= LEAST_RUN or len({value.value for value in figures}) <= LEAST_RUN:
        return None
    if _are_places(read):
        return None
    step = 10.0 ** -max(value.decimals for value in figures)
    known = sorted(value.value for value in figures)
    middle = known[len(known) * 3 // 4] - known[len(known) // 4]
    chances = len(columns) * math.log10(max(EVEN_STEPS * middle / step, 1.0)) - math.log10(
        len(read) * (len(read) - 1) / 2
    )
    seen: dict[tuple[float, ...], _Row] = {}
    for row, values in read if chances >= UNLIKELY else ():
        told = tuple(value.value for value in values if value)
        first = seen.setdefault(told, row)
        if first is not row and len(set(told)) == len(told) and _differ(first, row):
            return first, row, len(told)
    return None


def _are_places(read: Sequence[tuple[_Row, list[Amount | None]]]) -> bool:
    """Whether columns are places with values of their own, the zones of an oven, and no pieces: each row rises and falls as all others
    do, or most rows are the same again.
    """
    rows = [tuple(value.value for value in values if value) for _, values in read]
    turns = {tuple(sorted(range(len(row)), key=row.__getitem__)) for row in rows}
    return len(turns) == 1 or len(set(rows)) * 2 <= len(rows)


def _pieces(cells: Sequence[str]) -> list[int]:
    """The columns whose heads count pieces of one name from one on."""
    for start in range(1, len(cells) - LEAST_RUN + 1):
        name = _DIGIT.sub("", cells[start])
        run: list[int] = []
        for at in range(start, len(cells)):
            if cells[at] != f"{name}{len(run) + 1}" or not any(map(str.isalpha, name)):
                break
            run.append(at)
        if len(run) >= LEAST_RUN:
            return run
    return []


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
