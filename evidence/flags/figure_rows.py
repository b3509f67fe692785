"""The rows of a table in which figures stand, as a citation: a reader sees the figures that a flag speaks of, not the first rows."""

import re
from collections.abc import Collection

from evidence.bundle import cite
from evidence.model import Citation, DocumentReport, Passage
from evidence.quotes import MAX_QUOTE

_FIGURE = re.compile(r"(?<![\w.,])-?\d+(?:[.,]\d+)?(?![\w.,]*\d)")


def cite_rows(document: DocumentReport, passage: Passage, figures: Collection[float]) -> Citation | None:
    """The rows that hold the figures, with their table from its heads on where that is short; the whole passage where no row does.
    A row with a few of them by chance (a title that tells the limit) is none of theirs; where all are too long, the first of
    them up to a gap.
    """
    wanted = {round(figure, 9) for figure in figures}
    rows = [(match.start(), match.end(), match[0]) for match in re.finditer(r"[^\n]+", passage.text)]
    held = [len(wanted & set(_figures(line))) for _, _, line in rows]
    if not any(held):
        return cite(document, passage)
    holds = [2 * count >= max(held) for count in held]
    first = holds.index(True)
    last = len(rows) - 1 - holds[::-1].index(True)
    if rows[last][1] - rows[first][0] > MAX_QUOTE:
        last = next((at for at in range(first, len(rows)) if not holds[at]), len(rows)) - 1
    head = first
    while head and "|" in rows[head - 1][2]:
        head -= 1
    begin = rows[head if rows[last][1] - rows[head][0] <= MAX_QUOTE else first][0]
    return cite(document, passage, passage.text[begin : rows[last][1]], begin)


def _figures(line: str) -> list[float]:
    return [round(float(figure.replace(",", ".")), 9) for figure in _FIGURE.findall(line)]
