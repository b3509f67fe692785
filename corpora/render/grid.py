"""Tables and forms of authored documents as grids of cells, the same for each format."""

import re
from dataclasses import dataclass

from corpora.blocks import AuthoredBlock


@dataclass(frozen=True)
class Grid:
    """Rows of cell texts of equal length, and the merged areas as (row, column, rows, columns), counted from 0."""

    texts: list[list[str]]
    spans: list[tuple[int, int, int, int]]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.texts), default=0)

    def weights(self) -> list[float]:
        """Widths of the columns as shares of the table: wide enough for their longest words and texts."""
        spanned = {(r + i, c + j) for r, c, rs, cs in self.spans for i in range(rs) for j in range(cs) if cs > 1}
        sizes = []
        for column in range(self.columns):
            cells = [row[column] for r, row in enumerate(self.texts) if (r, column) not in spanned]
            longest = max((max((len(w) for w in c.split()), default=1) for c in cells), default=1)
            length = max((len(c) for c in cells), default=1)
            sizes.append(max(3.0, 1.15 * longest + 1, min(length, 45) ** 0.8))
        return [s / sum(sizes) for s in sizes]


def table_grid(block: AuthoredBlock) -> Grid:
    """Resolve the merge marks ``<`` and ``^`` of an authored table."""
    width = max(len(row.cells) for row in block.rows)
    cells = [list(row.cells) + [""] * (width - len(row.cells)) for row in block.rows]
    spans = []
    for r, row in enumerate(cells):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            across = 1
            while c + across < width and row[c + across] == "<":
                across += 1
            down = 1
            while r + down < len(cells) and cells[r + down][c] == "^":
                down += 1
            if across > 1 or down > 1:
                spans.append((r, c, down, across))
    texts = [["" if cell in ("<", "^") else cell for cell in row] for row in cells]
    covered: set[tuple[int, int]] = set()
    kept = []
    for r, c, down, across in spans:
        area = {(r + i, c + j) for i in range(down) for j in range(across)}
        if not area & covered and all(not texts[i][j] or (i, j) == (r, c) for i, j in area):
            kept.append((r, c, down, across))
            covered |= area
    return Grid(texts, kept)


def form_lines(block: AuthoredBlock) -> list[list[tuple[str, str]]]:
    """The fields of a form line by line: (label, value)."""
    lines: dict[int, list[tuple[str, str]]] = {}
    for item in block.fields:
        lines.setdefault(item.row, []).append((item.name, item.value))
    return list(lines.values())


def number(text: str) -> tuple[float, str] | None:
    """A cell that is a number: its value and an Excel number format; None for text, codes and dates."""
    stripped = text.strip()
    match = re.fullmatch(r"(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?(\s*%)?", stripped)
    if not match or (
        stripped.lstrip("-").startswith("0") and len(stripped) > 1 and not stripped.lstrip("-").startswith("0.")
    ):
        return None
    if len(match.group(1)) > 12:
        return None
    value = float(stripped.replace(",", "").rstrip("% "))
    decimals = len(match.group(2) or ".") - 1
    shape = ("#,##0" if "," in match.group(1) else "0") + ("." + "0" * decimals if decimals else "")
    return (value / 100, shape + "%") if match.group(3) else (value, shape)


def date(text: str) -> tuple[int, int, int, str] | None:
    """A cell that is a plain date in ISO or European form: year, month, day and an Excel format."""
    if match := re.fullmatch(r"(20\d\d)-(\d\d)-(\d\d)", text.strip()):
        year, month, day = map(int, match.groups())
        shape = "yyyy-mm-dd"
    elif match := re.fullmatch(r"(\d\d)([./])(\d\d)\2(20\d\d)", text.strip()):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        shape = "dd/mm/yyyy" if match[2] == "/" else "dd.mm.yyyy"
    else:
        return None
    return (year, month, day, shape) if 1 <= month <= 12 and 1 <= day <= 28 else None


def numbers_of(block: AuthoredBlock) -> tuple[list[str], list[tuple[str, list[float]]]]:
    """What a chart of the table shows: category names and (name, values) of each numeric row or column."""
    texts = table_grid(block).texts
    for rows in (texts, [list(column) for column in zip(*texts, strict=True)]):
        head, series = rows[0][1:], []
        for row in rows[1:]:
            values = [number(cell) for cell in row[1:]]
            filled = [v for v in values if v]
            if len(filled) >= 3 and len(filled) >= 0.7 * len(head):
                series.append((row[0], [v[0] if v else 0.0 for v in values]))
        if series and sum(number(h) is None for h in head) > len(head) / 2:
            return head, series[:4]
    return [], []
