"""Tables of plain text: lines whose pieces stand below each other, parted by two blanks or more, as mails without formats show them."""

import re
from collections.abc import Sequence

from extractors.delimited import cell_kind
from extractors.grids import GridCell
from extractors.writing import text_width

# Lines from which pieces below each other are no chance, columns, and blanks that part two of them.
LEAST_ROWS = 3
LEAST_COLUMNS = 3
LEAST_BLANKS = 2
# Signs of a line of a table: a mail is written to be read, and every place of a line is looked at in every row.
LONGEST = 400
# Rows of a table in a mail: more are a dump, which stays lines.
MOST_ROWS = 2_000
# Share of the rows that must fill a column beside the first: what stands alone there is a remark.
LEAST_FILLED = 0.5

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")


def runs_of(lines: Sequence[str]) -> list[tuple[int, int, list[GridCell]]]:
    """The tables among lines: first line, the line behind the last, and the cells; rows and columns count from 1."""
    found = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and len(lines[end]) <= LONGEST and _GAP.search(lines[end].strip()):
            end += 1
        if LEAST_ROWS <= end - start <= MOST_ROWS and (cells := _cells(lines[start:end])):
            found.append((start, end, cells))
        start = max(end, start + 1)
    return found


def _cells(lines: Sequence[str]) -> list[GridCell]:
    """The cells of lines that stand in columns, by their letters or by their width on paper; none where they do not."""
    for wide in (False, True):
        rows = [_laid(line) if wide else line for line in lines]
        spans = _columns(rows)
        if len(spans) < LEAST_COLUMNS:
            continue
        table = [[row[begin:end].replace("\0", "").strip() for begin, end in spans] for row in rows]
        filled = [sum(bool(row[at]) for row in table) for at in range(len(spans))]
        if min(filled) < LEAST_FILLED * len(table) or not all(table[0]):
            continue
        return [
            GridCell(number, column, text, kind=cell_kind(text) if text else "empty")
            for number, row in enumerate(table, start=1)
            for column, text in enumerate(row, start=1)
        ]
    return []


def _laid(line: str) -> str:
    """A line in which a sign of double width takes two places."""
    return "".join(sign + "\0" * (round(text_width(sign)) - 1) for sign in line) if not line.isascii() else line


def _columns(rows: Sequence[str]) -> list[tuple[int, int]]:
    """Where the columns begin and end: between them every row has two blanks at least."""
    width = max(map(len, rows))
    blank = [all(at >= len(row) or row[at] == " " for row in rows) for at in range(width)]
    spans: list[tuple[int, int]] = []
    at = begin = 0
    while at < width:
        if blank[at]:
            end = at
            while end < width and blank[end]:
                end += 1
            if end - at >= LEAST_BLANKS or at == 0:
                if at > begin:
                    spans.append((begin, at))
                begin = end
            at = end
        else:
            at += 1
    if begin < width:
        spans.append((begin, width))
    return spans
