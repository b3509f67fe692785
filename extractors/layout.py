"""From lines with boxes to paragraphs, headings and lists in reading order; the same for PDF text and for OCR.

Columns of prose are read one after the other. Anything else that stands side by side (forms, certificates, tables
without rulings) is read row by row, so that a value stays on the line of its label.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf
from statistics import median
from typing import Literal

from extractors.document import Block, BlockKind
from extractors.geometry import Rect, overlap, union
from extractors.locators import Locator
from extractors.row_pieces import pieces_of
from extractors.writing import glue, text_width

# Lines that share this part of the lower one's height stand on one row.
ROW_SHARE = 0.55
# Pieces of one row; each is compared with all before it, and no row of a page that people read has so many.
MOST_PIECES = 400
# A gutter between columns is at least this many font sizes wide.
GUTTER_SIZES = 0.8
# Lines wider than this part of the page run over columns.
SPANNING_SHARE = 0.6
# A column of prose has at least so many lines of at least so many characters on average; cells of a table are shorter.
PROSE_LINES = 3
PROSE_CHARACTERS = 25
# Steps in which the page is searched for gutters, in points.
GUTTER_STEP = 2.0
# Lines of one paragraph follow each other within this many font sizes, baseline to baseline.
LINE_PITCH = 1.75
# Sizes count as the same within this ratio, and as a heading's from this ratio to the body up.
SAME_SIZE = 1.12
HEADING_SIZE = 1.15
SCANNED_HEADING_SIZE = 1.4
HEADING_CHARACTERS = 120
HEADING_LINES = 4
# Above this share of the page's letters bold face is the page's plain face.
BOLD_SHARE = 0.4
# A line that ends before this part of its column's width ends its paragraph.
FULL_LINE = 0.72

_BULLET = re.compile(
    r"^\s*([\u2022\u25aa\u25cf\u25cb\u25e6\u2023\u2043\u00b7\u25a0\u25a1\u2610\u2611\u2612\uf0b7\uf0a7\u2013\u2014*-]|\(?[a-zA-Z0-9]{1,2}[.)]|\([ivx]{1,4}\))\s+\S"
)
# A label with its value, or a row of figures, is no heading in whatever letters.
_LABELLED = re.compile(r"[^\W\d_]\s*:\s*\S|\d[^\d]*\s\d+[.,/]\d+")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[A-Z\u00c0-\u1ef9\u4e00-\u9fff]")


@dataclass(slots=True)
class Word:
    """A word and its place; ``confidence`` is that of OCR, 0 to 1."""

    text: str
    rect: Rect
    confidence: float | None = None


@dataclass(slots=True)
class Line:
    """A line, or the piece of one between wide gaps; ``size`` is the font size in the unit of the box.

    ``start`` and ``count`` are its characters in the text page of a PDF. ``block`` stands in the line's place: a table.
    ``white`` is text in white, which is hidden only where nothing dark lies below it. ``pieces`` are the pieces it was
    joined of: the character at which each begins, and its place.
    """

    text: str
    rect: Rect
    size: float
    bold: bool = False
    hidden: bool = False
    start: int = 0
    count: int = 0
    confidence: float | None = None
    hyphen: bool = False
    kind: BlockKind | None = None
    block: Block | None = None
    white: bool = False
    pieces: tuple[tuple[int, Rect], ...] = ()


Place = Callable[[Iterable[Rect]], tuple[Locator, ...]]


def body_size(lines: Iterable[Line]) -> float:
    """The font size in which most characters are set; 10 where there are none."""
    weights: dict[float, int] = {}
    scanned = 0
    for line in lines:
        size = round(line.size * 2) / 2
        weights[size] = weights.get(size, 0) + len(line.text)
        if line.confidence is not None:
            scanned += len(line.text)
    if not weights:
        return 10.0
    if scanned <= sum(weights.values()) / 2:
        return max(weights, key=lambda size: weights[size])
    # Sizes of OCR scatter, so the middle one says more than the most frequent.
    half, seen = sum(weights.values()) / 2, 0
    for size in sorted(weights):
        seen += weights[size]
        if seen >= half:
            return size
    return 10.0


def blocks(
    lines: Sequence[Line], width: float, body: float, part: int, place: Place, source: Literal["text", "ocr"] = "text"
) -> list[Block]:
    """The blocks of one page in reading order; ``place`` makes locators of boxes, ``body`` the size of plain text."""
    from extractors.aligned_tables import with_aligned_tables
    from extractors.stacked import with_stacks

    found: list[Block] = []
    heads = [line for line in lines if line.kind == "header"]
    feet = [line for line in lines if line.kind == "footer"]
    middle = [line for line in lines if line.kind not in ("header", "footer")]
    middle = with_stacks(middle, part, place, source)
    style = Style(body, _bold_is_rare(middle))
    regions = [with_aligned_tables(rows, part, place, source) for rows in _regions(middle, width)]
    for region in (rows_of(heads), *regions, rows_of(feet)):
        for paragraph in _paragraphs([row[0] if len(row) == 1 else _joined(row) for row in region], style):
            if paragraph[0].block:
                found.append(paragraph[0].block)
            else:
                found.append(_block(paragraph, style, part, place, source))
    return found


@dataclass(frozen=True, slots=True)
class Style:
    """The size of plain text, and whether bold face stands out on the page at all."""

    body: float
    bold_stands_out: bool


def _bold_is_rare(lines: Sequence[Line]) -> bool:
    letters = sum(len(line.text) for line in lines)
    return sum(len(line.text) for line in lines if line.bold) < BOLD_SHARE * letters


def _regions(lines: Sequence[Line], width: float) -> list[list[list[Line]]]:
    """Stacks of rows in reading order: one for each column of prose, one for what stands above and below."""
    if not _side_by_side(lines):
        return [rows_of(lines)]
    gutters = _gutters(lines, width)
    if not gutters:
        return [rows_of(lines)]
    crossing = [line for line in lines if any(line.rect[0] < left and line.rect[2] > right for left, right in gutters)]
    crossing.sort(key=lambda line: line.rect[1])
    ids = {id(line) for line in crossing}
    rest = [line for line in lines if id(line) not in ids]
    regions: list[list[list[Line]]] = []
    pending: list[Line] = []

    def flush(run: list[Line]) -> None:
        columns = _columns(run, gutters)
        if columns:
            if pending:
                regions.append(rows_of(pending))
                pending.clear()
            regions.extend(rows_of(column) for column in columns)
        else:
            pending.extend(run)

    middles = [(line.rect[1] + line.rect[3]) / 2 for line in rest]
    order = sorted(range(len(rest)), key=lambda at: middles[at])
    heights, begin = sorted(middles), 0
    for line in crossing:
        end = max(begin, bisect_left(heights, (line.rect[1] + line.rect[3]) / 2))
        flush([rest[at] for at in sorted(order[begin:end])])
        begin = end
        pending.append(line)
    flush([rest[at] for at in sorted(order[begin:])])
    if pending:
        regions.append(rows_of(pending))
    return regions


def _side_by_side(lines: Sequence[Line]) -> bool:
    """Whether enough lines stand beside each other to ask for columns at all."""
    beside = 0
    for (top, bottom), (next_top, next_bottom) in pairwise(sorted([line.rect[1::2] for line in lines])):
        if next_top >= bottom:
            continue
        if min(bottom, next_bottom) - next_top > 0.3 * min(bottom - top, next_bottom - next_top):
            beside += 1
    return beside >= PROSE_LINES


def _gutters(lines: Sequence[Line], width: float) -> list[tuple[float, float]]:
    """Upright stripes that hardly any narrow line touches, left to right, in points."""
    narrow = [line for line in lines if not line.block and line.rect[2] - line.rect[0] < SPANNING_SHARE * width]
    if len(narrow) < 2 * PROSE_LINES or width <= 0:
        return []
    steps = min(2000, int(width / GUTTER_STEP) + 2)
    cover = [0] * (steps + 1)
    for line in narrow:
        cover[min(steps, max(0, int(line.rect[0] / GUTTER_STEP)))] += 1
        cover[min(steps, max(0, int(line.rect[2] / GUTTER_STEP) + 1))] -= 1
    wanted = GUTTER_SIZES * median(line.size for line in narrow)
    tolerated = len(narrow) * 0.03
    left_end = min(line.rect[0] for line in narrow)
    right_end = max(line.rect[2] for line in narrow)
    gutters: list[tuple[float, float]] = []
    depth, start = 0, None
    for step in range(steps):
        depth += cover[step]
        x = step * GUTTER_STEP
        if depth <= tolerated and left_end < x < right_end:
            start = x if start is None else start
        elif start is not None:
            if x - start >= wanted:
                gutters.append((start, x))
            start = None
    return gutters


def _columns(lines: list[Line], gutters: list[tuple[float, float]]) -> list[list[Line]]:
    """The lines of each column where the columns hold prose; nothing where they are cells of rows."""
    edges = [0.0, *((left + right) / 2 for left, right in gutters), float("inf")]
    columns = [
        [line for line in lines if left <= (line.rect[0] + line.rect[2]) / 2 < right] for left, right in pairwise(edges)
    ]
    columns = [column for column in columns if column]
    prose = [column for column in columns if _is_prose(column)]
    letters = sum(len(line.text) for line in lines)
    if len(prose) < 2 or sum(len(line.text) for column in prose for line in column) < 0.8 * letters:
        from extractors.side_tables import tables_beside

        return tables_beside(lines, gutters)
    return columns


def _is_prose(column: list[Line]) -> bool:
    if len(column) < PROSE_LINES or sum(text_width(line.text) for line in column) < PROSE_CHARACTERS * len(column):
        return False
    extent = max(line.rect[2] for line in column) - min(line.rect[0] for line in column)
    return median(line.rect[2] - line.rect[0] for line in column) > 0.5 * extent


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines from top to bottom, those on one height together, from left to right."""
    rows: list[list[Line]] = []
    bottom = -inf
    for line in sorted(lines, key=_height_then_left):
        # Most lines begin below the first one of the row above, and need no closer look.
        if line.rect[1] < bottom and not line.block and not rows[-1][-1].block and _same_row(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
            bottom = line.rect[3]
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda line: line.rect[0])
    return rows


def _height_then_left(line: Line) -> tuple[float, float]:
    left, top, _, bottom = line.rect
    return (top + bottom) / 2, left


def _same_row(row: list[Line], line: Line) -> bool:
    first = row[0]
    shared = overlap(first.rect[1], first.rect[3], line.rect[1], line.rect[3])
    lower = min(first.rect[3] - first.rect[1], line.rect[3] - line.rect[1])
    if shared <= ROW_SHARE * lower or first.hidden != line.hidden:
        return False
    # Text printed over text is no row.
    return len(row) < MOST_PIECES and all(
        overlap(other.rect[0], other.rect[2], line.rect[0], line.rect[2]) <= line.size for other in row
    )


def _joined(row: list[Line]) -> Line:
    confidences = [line.confidence for line in row if line.confidence is not None]
    return Line(
        " ".join(line.text for line in row),
        union(line.rect for line in row),
        max(line.size for line in row),
        all(line.bold for line in row),
        row[0].hidden,
        row[0].start,
        row[0].count,
        sum(confidences) / len(confidences) if confidences else None,
        row[-1].hyphen,
        row[0].kind,
        pieces=tuple(
            zip(
                accumulate((len(line.text) + 1 for line in row[:-1]), initial=0),
                (line.rect for line in row),
                strict=True,
            )
        ),
    )


def _paragraphs(rows: list[Line], style: Style) -> list[list[Line]]:
    """The rows of one column, grouped to paragraphs."""
    if not rows:
        return []
    left = min([line.rect[0] for line in rows])
    right = max([line.rect[2] for line in rows])
    found: list[list[Line]] = []
    for line in rows:
        if found and _continues(found[-1], line, left, right, style):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _continues(paragraph: list[Line], line: Line, left: float, right: float, style: Style) -> bool:
    last = paragraph[-1]
    if last.block or line.block or last.hidden != line.hidden or last.bold != line.bold or last.kind != line.kind:
        return False
    if line.kind in ("header", "footer"):
        return False
    if not 1 / SAME_SIZE < last.size / line.size < SAME_SIZE:
        return False
    pitch = line.rect[3] - last.rect[3]
    if not -0.2 * line.size <= pitch <= LINE_PITCH * max(last.size, line.rect[3] - line.rect[1]):
        return False
    if _BULLET.match(line.text):
        return False
    if len(paragraph) <= HEADING_LINES and _heading_level(paragraph, style):
        # A heading runs on only in its own large letters.
        return line.size >= HEADING_SIZE * style.body and not _NUMBERED.match(line.text)
    if last.hyphen:
        return True
    is_full = last.rect[2] - left >= FULL_LINE * (right - left)
    if not is_full and last.text.endswith((".", ":", ";", "。", "：", "；")):
        return False
    # The second line says where a paragraph's lines begin; the first may be set in or hang out.
    indented = line.rect[0] - min(paragraph[0].rect[0], last.rect[0])
    if is_full and not (len(paragraph) > 1 and indented > 1.2 * line.size):
        return True
    return line.text[:1].islower()


def _heading_level(paragraph: list[Line], style: Style) -> int:
    """1 to 6 for a heading, 0 for plain text: by size, by bold face, by number."""
    first = paragraph[0]
    if len(paragraph) > HEADING_LINES or len(first.text) > HEADING_CHARACTERS:
        return 0
    text = " ".join(line.text for line in paragraph)
    if len(text) > HEADING_CHARACTERS or not re.search(r"[^\W\d_]{2}", text) or _LABELLED.search(text):
        return 0
    ratio = first.size / style.body
    numbered = _NUMBERED.match(text)
    depth = numbered[1].count(".") + 1 if numbered else 0
    # Box heights of OCR differ with the letters of a word; only clearly larger ones count.
    if ratio >= (HEADING_SIZE if first.confidence is None else SCANNED_HEADING_SIZE):
        return min(6, depth or (1 if ratio >= 1.7 else 2 if ratio >= 1.35 else 3))
    bold = style.bold_stands_out and all(line.bold for line in paragraph)
    if bold and not text.endswith((".", ";", ",")):
        return min(6, depth + 1 if depth else 4)
    return 0


def _block(paragraph: list[Line], style: Style, part: int, place: Place, source: Literal["text", "ocr"]) -> Block:
    text, starts = paragraph[0].text, [0]
    for before, line in pairwise(paragraph):
        text += "" if before.hyphen else glue(before.text, line.text)
        starts.append(len(text))
        text += line.text
    kind: BlockKind = paragraph[0].kind or "paragraph"
    level = 0
    if paragraph[0].kind is None:
        level = _heading_level(paragraph, style)
        if level:
            kind = "heading"
        elif _BULLET.match(text):
            kind = "list_item"
    confidences = [line.confidence for line in paragraph if line.confidence is not None]
    locators = place(line.rect for line in paragraph)
    boxes = getattr(locators[0], "boxes", ()) if len(locators) == 1 else ()
    return Block(
        kind=kind,
        text=text,
        locators=locators,
        lines=tuple(starts) if len(starts) > 1 and len(boxes) == len(starts) else (),
        pieces=pieces_of(paragraph, starts, place),
        part=part,
        level=level,
        source="ocr" if confidences else source,
        confidence=round(sum(confidences) / len(confidences), 3) if confidences else None,
        hidden=paragraph[0].hidden,
    )
