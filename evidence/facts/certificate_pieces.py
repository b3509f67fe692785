"""The pieces of a certificate with their places: what stands beside, below and above what, wherever lines were joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from evidence.facts.certificate_text import CertificateText, listed_labels
from evidence.facts.text import fold
from extractors.document import Block, Cell, Document
from extractors.locators import Box

PITCH = 2.1
"""Lines of one address or scope follow each other within this many heights of a letter."""

ALIGNED = 0.012
"""Parts of the page's width by which two lines may begin apart and still stand in one column."""

SMALL = 0.86
"""A piece lower than this part of the usual height is small print."""

MOST_BETWEEN = 600
"""Letters of the text between two pieces: what a code says is no piece."""

MOST_PIECES = 400
"""Pieces of a paper that can be a certificate."""


@dataclass(frozen=True)
class Piece:
    """Words between two gaps: their place in the text of the certificate and on its page, row and number in the row."""

    text: str
    start: int
    end: int
    page: int
    row: int
    column: int
    box: Box | None
    large: bool = False

    @cached_property
    def folded(self) -> str:
        """The folded words."""
        return fold(self.text)

    @property
    def height(self) -> float:
        """Height as a part of the page's; 0 where the place is not known."""
        return self.box.y1 - self.box.y0 if self.box else 0.0


Row = list[tuple[str, Box | None]]


class Pieces:
    """All pieces of a certificate in rows."""

    def __init__(self, document: Document, text: CertificateText) -> None:
        self.text = text
        self.rows: list[list[Piece]] = []
        at = 0
        for page, large, row in _rows(document):
            placed: list[Piece] = []
            if _is_justified(row):
                row = _one(row)
            elif text.scanned:
                row = _with_lost_signs(row)
            for words, box in row:
                plain = words.lstrip(_SIGNS)
                if box and len(plain) < len(words):
                    wide = (box.x1 - box.x0) / len(words)
                    box = box.model_copy(update={"x0": box.x0 + wide * (len(words) - len(plain))})
                words = plain
                if not any(map(str.isalnum, words)):
                    continue
                start = text.written.find(words, at, at + len(words) + MOST_BETWEEN)
                if start < 0:
                    continue
                at = start + len(words)
                placed.append(Piece(words, start, at, page, len(self.rows), len(placed), box, large))
            if placed:
                self.rows.append(placed)
            if len(self.rows) > MOST_PIECES:
                break

    @cached_property
    def all(self) -> list[Piece]:
        """The pieces in the order of the text."""
        return [piece for row in self.rows for piece in row]

    @cached_property
    def height(self) -> float:
        """The usual height of a piece that stands alone in its row."""
        return self._usual[False]

    @cached_property
    def _usual(self) -> dict[bool, float]:
        """The usual heights of pieces alone in their row and beside others, whose boxes are measured otherwise."""
        found = {}
        for beside in (False, True):
            heights = [piece.height for row in self.rows for piece in row if piece.box and (len(row) > 1) == beside]
            found[beside] = median(heights) if heights else 0.0
        return found

    def is_small(self, piece: Piece) -> bool:
        """Whether a piece is small print."""
        return piece.box is not None and piece.height < SMALL * self._usual[len(self.rows[piece.row]) > 1]

    def right(self, piece: Piece) -> Piece | None:
        """The next piece in the row."""
        row = self.rows[piece.row]
        return row[piece.column + 1] if piece.column + 1 < len(row) else None

    def below(self, piece: Piece, rows: int = 3) -> Iterator[Piece]:
        """The pieces under a piece, from top to bottom, one a row at most."""
        yield from self._in_column(piece, range(piece.row + 1, min(len(self.rows), piece.row + 1 + rows)))

    def above(self, piece: Piece, rows: int = 2) -> Iterator[Piece]:
        """The pieces over a piece, from bottom to top."""
        yield from self._in_column(piece, range(piece.row - 1, max(-1, piece.row - 1 - rows), -1))

    def _in_column(self, piece: Piece, rows: Sequence[int]) -> Iterator[Piece]:
        for number in rows:
            row = self.rows[number]
            if row[0].page != piece.page:
                return
            if piece.box is None or row[0].box is None:
                if len(row) == len(self.rows[piece.row]):
                    yield row[piece.column]
                elif len(row) == 1:
                    yield row[0]
                continue
            shared = [
                (_shared(piece.box, other.box), -abs(other.box.x0 - piece.box.x0), other) for other in row if other.box
            ]
            best = max(shared, key=lambda entry: entry[:2], default=None)
            if best and (best[0] > 0 or len(row) == len(self.rows[piece.row]) == 1):
                yield best[2]

    def distance(self, upper: Piece, lower: Piece) -> float:
        """The gap between two pieces, in heights; 1 where places are not known."""
        if upper.box is None or lower.box is None or not self.height:
            return 1.0
        return max(0.0, (lower.box.y0 - upper.box.y1) / self.height)

    def follow(self, first: Piece) -> Iterator[Piece]:
        """The lines that go on right below a piece in its own column, no label or other column to the left of them."""
        last = first
        for row in self.rows[first.row + 1 :]:
            found = next((piece for piece in row if _one_column(first, last, piece)), None)
            if found is None or found.page != first.page:
                return
            beside = (
                found.column == first.column and found.text[:1].islower()
            )  # another column stands to the left of both
            if found.column and not beside:
                return

            if self.distance(last, found) > PITCH - 1:
                return
            yield found
            last = found


def _is_justified(row: Row) -> bool:
    """Whether the pieces of a row are words of one line that was spread to its full width: even gaps, none of them wide."""
    boxes = [box for _, box in row if box]
    if len(row) < LEAST_SPREAD or len(boxes) < len(row):
        return False
    gaps = [right.x0 - left.x1 for left, right in pairwise(boxes)]
    height = max(box.y1 - box.y0 for box in boxes)
    return max(gaps) <= WIDEST_SPREAD * height and max(gaps) <= 2 * max(min(gaps), 0.001)


def _with_lost_signs(row: Row) -> Row:
    """The pieces of a scanned row, those brought together between which no more than a Chinese sign was lost: columns stand further
    apart.
    """
    found: Row = []
    for words, box in row:
        last = found[-1] if found else None
        if last and _HAN.match(last[0][-1:]) and _HAN.match(words) and box and last[1]:
            gap, height = box.x0 - last[1].x1, max(box.y1 - box.y0, last[1].y1 - last[1].y0)
            if gap <= LOST_SIGN * height and not _ends_in_label(last[0]):
                found[-1] = (f"{last[0]} {words}", last[1].model_copy(update={"x1": box.x1}))
                continue
        found.append((words, box))
    return found


def _ends_in_label(words: str) -> bool:
    return any(ends == len(words) for _, _, ends in listed_labels(fold(words)))


LOST_SIGN = 1.8
"""How many heights of a line, as a share of the page, one Chinese sign and what parts it from its neighbours take in width."""

_HAN = re.compile("[\u4e00-\u9fff]")


def _one(row: Row) -> Row:
    first, last = row[0][1], row[-1][1]
    if first is None or last is None:
        return row
    return [(" ".join(words for words, _ in row), first.model_copy(update={"x1": last.x1}))]


LEAST_SPREAD, WIDEST_SPREAD = 3, 2.5
"""Pieces of a line that is spread to its width, and heights of a letter to which its gaps grow."""

_SIGNS = " :：|•●▪■◆*"
"""What parts a label from its value, or stands before a line, and says nothing."""


def is_wide(words: str) -> bool:
    """Whether words are in a script of their own: Chinese, Japanese, Korean, Thai."""
    return sum(ord(char) >= 0x0E00 and char.isalpha() for char in words) * 3 > sum(map(str.isalpha, words))


def _one_column(first: Piece, last: Piece, piece: Piece) -> bool:
    if first.box is None or piece.box is None or last.box is None:
        return piece.column == first.column
    beside = min(abs(piece.box.x0 - first.box.x0), abs(piece.box.x0 - last.box.x0)) <= 2 * ALIGNED
    middle = abs((piece.box.x0 + piece.box.x1) - (first.box.x0 + first.box.x1)) <= 2 * ALIGNED
    return beside or middle


def _shared(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _rows(document: Document) -> Iterator[tuple[int, bool, Row]]:
    """The rows of a document: page, whether in large letters, the words of each piece and its box."""
    for block in document.blocks:
        if block.hidden or block.kind == "code":
            continue
        if block.table is not None:
            yield from ((block.part, False, row) for row in _of_table(block, block.table.cells))
        else:
            yield from ((block.part, block.kind == "heading", row) for row in _of_lines(block))


def _of_table(block: Block, cells: Sequence[Cell]) -> Iterator[Row]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    for number in sorted(rows):
        boxes: list[Sequence[Box]] = [getattr(cell.locator, "boxes", ()) for cell in rows[number]]
        if all(len(cell.text.split("\n")) == 1 for cell in rows[number]):
            yield [
                (cell.text.strip(), box[0] if len(box) == 1 else None)
                for cell, box in zip(rows[number], boxes, strict=True)
            ]
            continue
        for cell in rows[number]:  # lines within cells: each cell for itself
            for line in cell.text.split("\n"):
                if line.strip():
                    yield [(line.strip(), None)]


def _of_lines(block: Block) -> Iterator[Row]:
    boxes: Sequence[Box] = getattr(block.locators[0], "boxes", ()) if len(block.locators) == 1 else ()
    if block.pieces:
        starts, boxes = [piece.start for piece in block.pieces], [piece.box for piece in block.pieces]
    elif block.lines:
        starts = list(block.lines)
    else:
        for line in block.text.split("\n"):
            if line.strip():
                yield _cells(line.strip(), boxes[0] if len(boxes) == 1 and "\n" not in block.text else None)

        return
    row: Row = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(block.text)
        words, box = block.text[start:end].strip(), boxes[index] if index < len(boxes) else None
        if row and not _same_row(row[-1][1], box):
            yield row
            row = []
        row += _cells(words, box)
    if row:
        yield row


def _cells(words: str, box: Box | None) -> Row:
    """A line that signs cut into cells, each at about its place."""
    found: Row = []
    for cell in _CELLS.finditer(words):
        start, end = cell.span()
        place = box
        if box and (start or end < len(words)):
            wide = (box.x1 - box.x0) / len(words)
            place = box.model_copy(update={"x0": box.x0 + start * wide, "x1": box.x0 + end * wide})
        found.append((cell[0], place))
    return found


_CELLS = re.compile(r"[^|\s](?:[^|]*[^|\s])?")


def _same_row(left: Box | None, right: Box | None) -> bool:
    if left is None or right is None:
        return False
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    return shared > 0.4 * min(left.y1 - left.y0, right.y1 - right.y0) and right.x0 >= left.x1 - ALIGNED


SPACED = re.compile(r"(?<![^\s])[^\W\d_](?: [^\W\d_]){1,8}(?![^\s])")
"""Letters set apart to fill a line: ``회 사 명``, ``登 録 証``."""
