"""A certificate of several standards with a row for each: ``ISO 14001 | E-412 | 2019 | 2028`` over ``ISO 9001 | Q-412 | 2016 | 2028``.

What stands in the row of ISO 9001 is read, each cell by the head over it; the rows of the other standards are not.
"""

from collections.abc import Callable

from evidence.facts.certificate_marks import DAYS, Label, Value, day_role
from evidence.facts.certificate_pieces import Piece, Pieces
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.certificate_text import listed_labels

SURE_ROW = 0.95
"""Confidence of a cell that the row of its standard and a head both speak for."""

MOST_HEADS = 4
"""Rows over the first standard within which the heads stand."""


def row_of_standard(pieces: Pieces) -> list[Piece] | None:
    """The row of ISO 9001 where rows of other standards stand over or under it in the same column; None where there is none."""
    rows = [(row, _standard(row)) for row in pieces.rows if len(row) > 1]
    named = [(row, name) for row, name in rows if name]
    ours = [row for row, name in named if name.endswith("9001")]
    others = {name for _, name in named if not name.endswith("9001")}
    return ours[0] if len(ours) == 1 and others else None


def _standard(row: list[Piece]) -> str:
    """The standard that begins a row, without its year; nothing where the cell says more than that."""
    match = STANDARD.match(row[0].folded)
    if match is None or len(row[0].text) - match.end() > len("requirements"):
        return ""
    return match[0].split(":")[0].replace(" ", "").replace("gb/t19001", "iso9001").replace("-", "")


def of_grid(pieces: Pieces, label_of: Callable[[Piece], Label | None], days_of: Callable[[str], list[str]],
            code_of: Callable[[Piece], tuple[int, int] | None]) -> dict[str, Value]:  # fmt: skip
    """The fields of the row of ISO 9001."""
    row = row_of_standard(pieces)
    if row is None:
        return {}
    first = next(one[0].row for one in pieces.rows if len(one) > 1 and _standard(one))
    heads = pieces.rows[max(0, first - MOST_HEADS) : first]
    found: dict[str, Value] = {}
    for cell in row[1:]:
        days, code = days_of(cell.text), code_of(cell)
        role = _head_role(cell, heads, label_of)
        if len(days) == 1 and role in DAYS:
            found.setdefault(role, Value(cell.start, cell.end, days[0], SURE_ROW))
        elif code and role in ("number", None) and "number" not in found:
            found["number"] = Value(*code, pieces.text.written[slice(*code)], SURE_ROW)
    return found


def _head_role(cell: Piece, heads: list[list[Piece]], label_of: Callable[[Piece], Label | None]) -> str | None:
    """The field of the head over a cell; the words of a head may stand in two lines."""
    words = []
    for row in heads:
        for head in row:
            if head.box and cell.box and min(head.box.x1, cell.box.x1) > max(head.box.x0, cell.box.x0):
                words.append(head)
    told = " ".join(head.folded for head in words)
    label = label_of(words[-1]) if words else None
    listed = next((role for role, begins, _ in listed_labels(told) if begins == 0), None)
    return day_role(told) or (label.role if label else None) or listed
