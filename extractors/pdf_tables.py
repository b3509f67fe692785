"""Tables on a page of a PDF: the ones its rulings draw, and the one within a region that somebody pointed at."""

from collections.abc import Sequence
from functools import partial
from statistics import mean

from extractors.document import Block
from extractors.geometry import Rect, centre_within, union
from extractors.layout import Line, Place, Word
from extractors.pdf_objects import Drawn
from extractors.pdf_text import TextPage
from extractors.policy import ExtractionPolicy

# Without rulings in both directions there are no cells.
LEAST_RULINGS = 2
# Where this part of a region's letters stands outside its rulings, they do not draw its cells.
OUTSIDE_SHARE = 0.3


def with_ruled_tables(
    lines: list[Line], text: TextPage, drawn: Drawn, number: int, place: Place, policy: ExtractionPolicy
) -> list[Line]:
    """The lines of page ``number``, those within ruled tables replaced by the tables."""
    if drawn.cut or min(len(drawn.across), len(drawn.upright)) < LEAST_RULINGS:
        return lines
    from extractors.lattice import grids
    from extractors.page_frames import lies_under, without_frames

    for drawing in grids(drawn.across, drawn.upright, policy.page_rulings):
        if lies_under(drawing, [text.words(line) for line in _inside(lines, union(drawing)) if line.count]):
            continue
        words = partial(_words_in, _inside(lines, union(drawing)), text)
        for grid in without_frames(drawing, words, text.frame.height):
            lines = _with_table(lines, grid, text, number, place)
    return lines


def _with_table(lines: list[Line], grid: list[Rect], text: TextPage, number: int, place: Place) -> list[Line]:
    """The lines, those within the cells of a grid replaced by the table."""
    from extractors.ruled_tables import table_block

    around = union(grid)
    inside = _inside(lines, around)
    words, owner = _words_of(inside, text)
    made = table_block(grid, words, number, place)
    if not made:
        return lines
    block, taken = made
    sure = [confidence for at in taken if (confidence := words[at].confidence) is not None]
    if sure:
        block = block.model_copy(update={"source": "ocr", "confidence": round(mean(sure), 3)})
    left: dict[int, list[Word]] = {owner[at]: [] for at in taken}
    for at, word in enumerate(words):
        if at not in taken and owner[at] in left:
            left[owner[at]].append(word)
    gone = {id(inside[at]) for at in left}
    rest = [_line_of(inside[at], others) for at, others in left.items()]
    lines = [line for line in lines if id(line) not in gone]
    lines += [line for line in rest if line]
    lines.append(Line("", around, 10.0, block=block))
    return lines


def _inside(lines: Sequence[Line], around: Rect) -> list[Line]:
    return [line for line in lines if not line.block and not line.hidden and _touches(line.rect, around)]


def _words_in(lines: Sequence[Line], text: TextPage) -> list[Word]:
    return _words_of(lines, text)[0]


def _words_of(lines: Sequence[Line], text: TextPage) -> tuple[list[Word], list[int]]:
    """The words of lines, and to which of them each belongs."""
    words: list[Word] = []
    owner: list[int] = []
    for at, line in enumerate(lines):
        of_line = text.words(line) if line.count else [Word(line.text, line.rect, line.confidence)]
        words += of_line
        owner += [at] * len(of_line)
    return words, owner


def _line_of(line: Line, words: list[Word]) -> Line | None:
    """What remains of a line of which a table took some words."""
    if not words:
        return None
    rect = union(word.rect for word in words)
    return Line(" ".join(word.text for word in words), rect, line.size, line.bold, confidence=line.confidence)


def _touches(inner: Rect, outer: Rect) -> bool:
    return inner[0] < outer[2] and inner[2] > outer[0] and inner[1] < outer[3] and inner[3] > outer[1]


def region_table(
    lines: Sequence[Line],
    text: TextPage,
    drawn: Drawn,
    region: Rect,
    number: int,
    place: Place,
    policy: ExtractionPolicy,
) -> Block | None:
    """What stands within ``region`` of page ``number``, read as one table: by its rulings, else by its columns."""
    from extractors.aligned_tables import whole_table

    inside = [line for line in lines if centre_within(line.rect, region)]
    rulings = Drawn(
        across=[rect for rect in drawn.across if _touches(rect, region)],
        upright=[rect for rect in drawn.upright if _touches(rect, region)],
    )
    ruled = with_ruled_tables(list(inside), text, rulings, number, place, policy)
    blocks = [line.block for line in ruled if line.block]
    rest = [line for line in ruled if not line.block]
    if blocks and sum(len(line.text) for line in rest) < OUTSIDE_SHARE * sum(len(line.text) for line in inside):
        return max(blocks, key=lambda block: len(block.text))
    return whole_table(inside, number, place)
