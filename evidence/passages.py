"""Cut a document into passages: the pieces of 60 to 500 characters that are judged, searched and quoted.

A passage is made of whole blocks, whole sentences of a long paragraph, or whole rows of a table, so that each can be quoted
with its exact place. Headings travel with the text they announce, and as the heading path with everything below them.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from evidence.language import language_of
from evidence.model import PlacedText
from extractors.document import Block, Cell, Document, Table
from extractors.locators import Box, ImageLocator, Locator, PageLocator, SheetLocator, merged

TARGET = 320  # characters at which a passage is full enough; readers of the rubric label pieces of 60 to 500
LIMIT = 500  # characters a passage does not exceed unless one sentence or row is longer
SHORTEST = 60  # characters below which a piece waits for its neighbour: a lone title is no passage
CELL_GAP = " | "  # what stands between the cells of a row in its text
MOST_CELLS = 200  # cells of a long row that each of its passages keeps; of a wider row it keeps those it shows
LONGEST = 1500  # characters after which even a single row is cut: a pasted log in one cell is not one passage
_SENTENCE_END = re.compile(r"(?<=[.!?;。！？；])\s+(?=\S)|(?<=[。！？；])|\n+")
_SEPARATE = frozenset({"header", "footer", "comment", "note", "drawing", "chart", "caption", "code"})


@dataclass(frozen=True)
class Draft:
    """A passage before it is judged, with the structure around it that the bare text does not show.

    ``cells`` are the table or form cells it covers (empty ones included), ``heads`` the texts of the column heads above them,
    ``places`` where its pieces stand, ``kinds`` the kinds of its blocks, ``position`` its place in the document from 0 to 1.
    """

    id: str
    text: str
    locators: tuple[Locator, ...]
    part: int
    heading: tuple[str, ...] = ()
    language: str = "en"
    source: str = "text"
    confidence: float | None = None
    hidden: bool = False
    kinds: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    heads: tuple[str, ...] = ()
    table_rows: int = 0
    position: float = 0.0
    title: str = ""
    places: tuple[PlacedText, ...] = ()


@dataclass
class _Piece:
    text: str
    locators: tuple[Locator, ...]
    block: Block
    cells: tuple[Cell, ...] = ()
    heads: tuple[str, ...] = ()
    table_rows: int = 0


@dataclass
class _Open:
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(p.text) + 1 for p in self.pieces)


def _sentences(text: str, limit: int = LIMIT) -> Iterator[str]:
    """Runs of whole sentences of at most ``limit`` characters; a sentence longer than LONGEST is cut at spaces."""
    run = ""
    for sentence in (s for s in _SENTENCE_END.split(text) if s and s.strip()):
        at = 0
        while len(sentence) - at > LONGEST:
            cut = sentence.rfind(" ", at + TARGET, at + LIMIT)
            cut = cut if cut > 0 else at + LIMIT
            if run:
                yield run
                run = ""
            yield sentence[at:cut].strip()
            at = cut
        sentence = sentence[at:]
        if run and len(run) + len(sentence) > limit:
            yield run
            run = ""
        run = f"{run} {sentence}".strip() if run else sentence.strip()
    if run:
        yield run


def row_text(cells: Sequence[Cell]) -> str:
    """The cells of a row as one line; empty cells at the end are left out."""
    texts = [" ".join(cell.text.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return CELL_GAP.join(texts)


def _cell_place(cells: Sequence[Cell], block: Block) -> tuple[Locator, ...]:
    """One locator for a group of rows: a cell range, or the boxes of the cells, page by page."""
    places = [cell.locator for cell in cells if cell.locator is not None]
    sheets = [p for p in places if isinstance(p, SheetLocator)]
    if sheets:
        first, last = sheets[0].cells.split(":")[0], sheets[-1].cells.split(":")[-1]
        corners = [re.fullmatch(r"([A-Z]+)(\d+)", c) for s in sheets for c in s.cells.split(":")]
        known = [m for m in corners if m]
        if known:
            columns = sorted((m.group(1) for m in known), key=lambda c: (len(c), c))
            rows = sorted(int(m.group(2)) for m in known)
            first, last = f"{columns[0]}{rows[0]}", f"{columns[-1]}{rows[-1]}"
        return (SheetLocator(sheet=sheets[0].sheet, cells=first if first == last else f"{first}:{last}"),)
    pages: dict[int, list[PageLocator]] = {}
    for place in places:
        if isinstance(place, PageLocator):
            pages.setdefault(place.page, []).append(place)
    if pages:
        return tuple(
            PageLocator(page=n, boxes=tuple(b for p in found for b in p.boxes)) for n, found in sorted(pages.items())
        )
    return tuple(dict.fromkeys(places)) if places and len(places) <= 4 else block.locators


def _table_pieces(block: Block, table: Table, turned: int) -> Iterator[_Piece]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    heads = tuple(
        dict.fromkeys(c.text for number in sorted(rows)[: table.header_rows] for c in rows[number] if c.text.strip())
    )
    for number in sorted(rows):
        text = row_text(rows[number])
        body = number > table.header_rows
        cells = tuple(rows[number]) if body else ()
        if text and len(text) > LONGEST:
            row = _Row(rows[number])
            for run, begin, end in _runs(text, LIMIT):
                between = row.between(begin, end, turned)
                covered = cells if len(cells) <= MOST_CELLS else tuple(between) if body else ()
                yield _Piece(run, _cell_place(between, block), block, covered, heads, table.rows)
        else:  # rows without text are kept: an empty form is told by them
            yield _Piece(text, _cell_place(rows[number], block), block, cells, heads, table.rows)


class _Row:
    """The cells of a row, and at which character of its text each of them begins."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = [(cell, " ".join(cell.text.split())) for cell in cells]
        self._starts = [0, *accumulate(len(text) + len(CELL_GAP) for _, text in self._cells)]

    def between(self, begin: int, end: int, turned: int) -> list[Cell]:
        """The cells of which something stands between two characters of the text, each with the places of that."""
        found = []
        for index in range(max(0, bisect_right(self._starts, begin) - 1), len(self._cells)):
            (cell, text), at = self._cells[index], self._starts[index]
            if at >= end:
                break
            first, last = max(begin - at, 0), min(end - at, len(text))
            if first < last:
                part = first > 0 or last < len(text)
                place = (
                    _stretch(text, cell.lines, cell.locator, first, last, turned)
                    if part and text == cell.text
                    else None
                )
                found.append(cell.model_copy(update={"locator": place or cell.locator}))
        return found


def _stretch(
    text: str, lines: Sequence[int], place: Locator | None, begin: int, end: int, turned: int
) -> Locator | None:
    """The place of a stretch of a text whose lines begin at known characters: its lines, the first and the last cut
    where it begins and ends; None where the places of the lines are not known. ``turned`` says which way they run.

    Where within a line a letter stands is told by its number: letters differ in width, so a cut is good to about a
    letter or two.
    """
    if not isinstance(place, PageLocator | ImageLocator) or not place.boxes or len(place.boxes) != len(lines):
        return None
    boxes = []
    for box, start, stop in zip(place.boxes, lines, (*lines[1:], len(text)), strict=True):
        first, last = max(begin, start), min(end, stop)
        if first >= last or not text[first:last].strip():
            continue
        letters = max(1, len(text[start:stop].rstrip()))
        boxes.append(_part_of(box, (first - start) / letters, min(1.0, (last - start) / letters), turned))
    return place.model_copy(update={"boxes": tuple(boxes)}) if boxes else None


def _part_of(box: Box, begin: float, end: float, turned: int) -> Box:
    """A stretch of the box of a line, from 0 where it begins to 1 where it ends; ``turned`` as in Part."""
    low, high = ("y0", "y1") if turned % 2 else ("x0", "x1")
    start, size = getattr(box, low), getattr(box, high) - getattr(box, low)
    if turned >= 2:
        begin, end = 1 - end, 1 - begin
    begin, end = round(start + begin * size, 4), round(start + end * size, 4)
    return box.model_copy(update={low: begin, high: max(begin, end)})


def _runs(text: str, limit: int) -> Iterator[tuple[str, int, int]]:
    """Runs of whole sentences, each with the characters of the text at which it begins and ends."""
    at = 0
    for run in _sentences(text, limit):
        # Runs follow each other in the text; one whose white space was put right stands at its first words.
        near = at + len(run) + LONGEST
        begin = text.find(run, at, near)
        begin = max(at, begin if begin >= 0 else text.find(run[:20], at, near))
        at = begin + len(run)
        yield run, begin, at


def _pieces(block: Block, limit: int, turned: int) -> Iterator[_Piece]:
    if block.table is not None:
        yield from _table_pieces(block, block.table, turned)
    elif len(block.text) > limit:
        alone = block.locators[0] if len(block.locators) == 1 else None
        for run, begin, end in _runs(block.text, limit):
            place = _stretch(block.text, block.lines, alone, begin, end, turned)
            yield _Piece(run, (place,) if place else block.locators, block)
    elif block.text.strip():
        yield _Piece(block.text.strip(), block.locators, block)


def _spans(pieces: Sequence[_Piece]) -> tuple[PlacedText, ...]:
    """Where each piece of a passage stands; nothing where all stand in one place."""
    if len({piece.locators for piece in pieces}) < 2:
        return ()
    spans, start = [], 0
    for piece in pieces:
        spans.append(PlacedText(start=start, end=start + len(piece.text), locators=piece.locators))
        start += len(piece.text) + 1
    return tuple(spans)


def _heads(pieces: Sequence[_Piece]) -> tuple[str, ...]:
    """The column heads above the pieces; the rows of one table share one tuple."""
    heads = pieces[0].heads
    if all(piece.heads is heads for piece in pieces):
        return heads
    return tuple(dict.fromkeys(head for piece in pieces for head in piece.heads))


def cut(document: Document, target: int = TARGET, limit: int = LIMIT) -> list[Draft]:
    """The passages of a document in reading order. Deterministic: the same document gives the same ids.

    ``target`` and ``limit`` are characters; other values than those of the house are for training on pieces of other sizes.
    """
    return in_their_languages(without_languages(document, target, limit))


def in_their_languages(drafts: Sequence[Draft]) -> list[Draft]:
    """The same passages, each with the language that it is written in."""
    return [replace(draft, language=language_of(draft.text)) for draft in drafts]


def without_languages(document: Document, target: int = TARGET, limit: int = LIMIT) -> list[Draft]:
    """As ``cut``, before the languages are told, which takes most of its time: not all of a long document are judged."""
    drafts: list[Draft] = []
    path: list[tuple[int, str]] = []
    pending = _Open()
    turned = {part.number: part.turned for part in document.parts}
    title = next((b.text for b in document.blocks if b.kind == "heading" and b.text.strip()), "")[:120]
    total = max(1, sum(len(b.text) for b in document.blocks))
    done = 0
    # On a scan, what the file itself holds as text was laid over the picture: it is a passage of its own.
    scanned = {part.number for part in document.parts if part.ocr}

    def close() -> None:
        nonlocal pending
        pieces = [p for p in pending.pieces if p.text]
        if not pieces:
            pending = _Open()
            return
        text = "\n".join(p.text for p in pieces)
        first = pieces[0].block
        number = len(drafts) + 1
        scores = [p.block.confidence for p in pieces if p.block.confidence is not None]
        drafts.append(
            Draft(
                id=f"{document.sha256[:12]}-{number:04d}",
                text=text,
                locators=merged(place for p in pieces for place in p.locators),
                places=_spans(pieces),
                part=first.part,
                heading=tuple(words for _, words in path),
                source="ocr" if any(p.block.source == "ocr" for p in pieces) else "text",
                confidence=sum(scores) / len(scores) if scores else None,
                hidden=any(p.block.hidden for p in pieces),
                kinds=tuple(dict.fromkeys(p.block.kind for p in pieces)),
                cells=tuple(cell for p in pending.pieces for cell in p.cells),
                heads=_heads(pieces),
                table_rows=max(p.table_rows for p in pieces),
                position=min(1.0, done / total),
                title=title,
            )
        )
        pending = _Open()

    for block in document.blocks:
        last = pending.pieces[-1].block if pending.pieces else None
        if last is not None and (
            block.part != last.part
            or block.hidden != last.hidden
            or (block.part in scanned and block.source != last.source)
            or (block.kind == "heading" and any(p.block.kind != "heading" for p in pending.pieces))
            or (block.kind in _SEPARATE) != (last.kind in _SEPARATE)
            or (block.kind in _SEPARATE and block.kind != last.kind)
            or (block.table is not None and last.kind != "heading" and pending.size > 120)
            or (last.table is not None and pending.size > 120)
        ):
            close()
        if block.kind == "heading":
            while path and path[-1][0] >= max(1, block.level):
                path.pop()
            path.append((max(1, block.level), block.text.strip()[:160]))
        for piece in _pieces(block, limit, turned.get(block.part, 0)):
            if pending.size > SHORTEST and pending.size + len(piece.text) > limit:
                close()
            pending.pieces.append(piece)
            if pending.size >= target:
                close()
        done += len(block.text)
    close()
    return drafts


def text_digest(texts: Sequence[str]) -> str:
    """A hash of texts, to tell whether a training set or a document's passages changed."""
    return hashlib.sha256("\x00".join(texts).encode()).hexdigest()
