"""Two lots of one table with the same readings in all pieces, where each lot has a column of its own or holds its pieces in one cell."""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import fold
from evidence.flags.reading_columns import is_set
from evidence.flags.registry import Finding, name_of
from evidence.flags.shipped_lots import INSPECTS
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS, calls_itself, reads_no_piece

LEAST_FIGURES = 6
"""Figures with decimals of a lot that no second one has again."""

LEAST_DISTINCT = 4
"""Of these, different ones."""

MOST_ROWS = 200
"""Rows of a table that are looked at."""

_FIGURE = re.compile(r"-?\d{1,6}[.,]\d{1,5}(?:\s?[^\W\d_]{1,4}(?:/[^\W\d_]{1,3})?)?")
_SIDE = re.compile(r"\s?[/;；、]\s?|,\s+|\s+")
_BESIDE = re.compile(r"-?\d{1,6}[.,]\d{1,4}(?:(?:\s?[/;；、]\s?|,\s+|\s+)-?\d{1,6}[.,]\d{1,4}){2,9}")
_NUMBER = re.compile(r"(?=[^\s]*\d)(?=(?:\D*\d){2})[A-Z0-9][A-Z0-9/-]{2,}", re.IGNORECASE)
_COUNTED = re.compile(r"^(?P<name>.*[^\W\d_].*?)\s?[-#]?\d{1,2}$")


def lots_alike(bundle: Bundle) -> Iterator[Finding]:
    """The first two lots of each paper of a test that stand side by side in columns, or hold their pieces in cells, and are the same."""
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or reads_no_piece(document) or is_example(document):
            continue
        pair = next(
            (
                found
                for part in sorted({passage.part for passage in document.passages})
                for rows in [_rows_of(document, part)]
                if len(rows) <= MOST_ROWS and (found := _in_columns(document, rows) or _in_cells(rows))
            ),
            None,
        )
        if pair:
            one, other, figures, passage, line = pair
            yield Finding(
                {"one": f"{name_of(document.path)}, {one}", "other": other, "count": len(figures)},
                (cite(document, passage, line),),
            )


_Row = tuple[list[str], Passage, str]
_Pair = tuple[str, str, list[str], Passage, str]


def _rows_of(document: DocumentReport, part: int) -> list[_Row]:
    return [
        ([cell.strip() for cell in line.split("|")], passage, line)
        for passage, line in document.lines(part)
        if "|" in line
    ]


def _in_columns(document: DocumentReport, rows: Sequence[_Row]) -> _Pair | None:
    """Lots whose readings stand below each other, each lot under its number: ``Test | Lot A-03 | Lot A-09``."""
    for at, (heads, passage, line) in enumerate(rows):
        numbers = [(index, match[0]) for index, head in enumerate(heads) if index and (match := _NUMBER.search(head))]
        if len(numbers) < len(("one", "other")) or len({number for _, number in numbers}) < len(numbers):
            continue
        if len({re.sub(r"\d", "0", number) for _, number in numbers}) > 1 or _FIGURE.fullmatch(heads[-1]):
            continue
        below = [row for row, _, _ in rows[at + 1 :] if len(row) == len(heads) and not is_set(row[0])]
        if not (_counts_pieces(below) or INSPECTS.search(_title(document)) or calls_itself(document, "inspection")):
            return None  # what goes into each batch, or what a machine is set to
        columns: dict[tuple[str, ...], str] = {}
        for index, number in numbers:
            figures = tuple(row[index] for row in below if _FIGURE.fullmatch(row[index]))
            if not _tells(figures):
                continue
            first = columns.setdefault(figures, number)
            if first != number:
                return first, number, list(figures), passage, line
        return None
    return None


def _title(document: DocumentReport) -> str:
    first = document.passages[0]
    return fold(" ".join((name_of(document.path), *first.heading, first.text.split("\n", 1)[0])))


LEAST_PIECES = 3
"""Rows that count the pieces of one test, ``warp 1``, ``warp 2``, ``warp 3``."""


def _counts_pieces(rows: Sequence[Sequence[str]]) -> bool:
    names = [match["name"] for row in rows if (match := _COUNTED.match(row[0]))]
    return any(names.count(name) >= LEAST_PIECES for name in set(names))


def _in_cells(rows: Sequence[_Row]) -> _Pair | None:
    """Lots in rows whose cells hold the pieces of a feature side by side, ``61.5, 62.0, 60.5``, all of them the same again."""
    seen: dict[tuple[str, ...], tuple[str, int]] = {}
    for cells, passage, line in rows:
        several = [_SIDE.split(cell) for cell in cells if _BESIDE.fullmatch(cell)]
        figures = tuple(figure for found in several for figure in found)
        number = next((cell for cell in cells if _is_number(cell)), "")
        if not number or not _tells(figures) or any(len(set(found)) == 1 for found in several):
            continue
        first, width = seen.setdefault(figures, (number, len(cells)))
        if first != number and width == len(cells) and re.sub(r"\d", "0", first) == re.sub(r"\d", "0", number):
            return first, number, list(figures), passage, line
    return None


def _is_number(cell: str) -> bool:
    """Whether a cell is the number of a lot or a piece: letters and figures, or a long number."""
    lettered = any(map(str.isalpha, cell)) or "-" in cell
    return lettered and _NUMBER.fullmatch(cell) is not None and not _DAY.fullmatch(cell)


_DAY = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|\d{1,2}-[a-z]{3}-\d{2,4}", re.IGNORECASE)


def _tells(figures: Sequence[str]) -> bool:
    """Whether figures are so many and so different that no second lot has them again, and are not set in round ones."""
    digits = [re.sub(r"[^\d]", "", figure) for figure in figures]
    round_ones = sum(figure[-1:] in ("0", "5") for figure in digits)
    return len(figures) >= LEAST_FIGURES and len(set(figures)) >= LEAST_DISTINCT and 2 * round_ones < len(figures)
