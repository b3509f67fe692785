"""What stands side by side in the rows of a block: a form or certificate says by places what words alone do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.document import Piece
from extractors.locators import Box

if TYPE_CHECKING:
    from extractors.layout import Line, Place


MOST_PIECES = 1_000
"""Pieces of one block that are placed: no form or certificate that people read has so many in a paragraph."""


def pieces_of(rows: Sequence[Line], starts: Sequence[int], place: Place) -> tuple[Piece, ...]:
    """The pieces of the rows of a block that begin at the characters ``starts``; nothing where each row is one piece."""
    if not 0 < sum(len(row.pieces) for row in rows) <= MOST_PIECES:
        return ()
    found = []
    for start, row in zip(starts, rows, strict=True):
        for at, rect in row.pieces or ((0, row.rect),):
            placed = place([rect])
            boxes: Sequence[Box] = getattr(placed[0], "boxes", ()) if placed else ()
            if len(boxes) != 1:
                return ()
            found.append(Piece(start=start + at, box=boxes[0]))
    return tuple(found)
