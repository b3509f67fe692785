"""The second look at a page: lines that the first reader is not sure of are read again by the second.

Neither reader is believed where both are unsure or where they see different things: what stands there is then reported
with its place as not read. That is how handwriting looks to them.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from statistics import median
from time import process_time

from PIL import Image

from extractors.geometry import Rect, union
from extractors.ocr import OcrWord
from extractors.ocr_lines import LineReader, ReadWord
from extractors.ocr_words import sureness

# Languages whose letters the second reader knows; a page in any other is the first reader's alone.
KNOWN = frozenset({"eng", "ind", "msa", "tur", "chi_sim", "chi_tra", "jpn"})
# Languages of which the second reader reads every line: their signs are its strength.
ITS_OWN = frozenset({"chi_sim", "chi_tra", "jpn"})
# A line is read again where a word of it is less sure than this.
DOUBT = 0.93
# On a page whose words are this sure on the whole, only where a word is less sure than that: such pages are read right, and
# reading their lines again took as long as the page itself.
SURE_PAGE, DOUBT_ON_SURE_PAGE = 0.93, 0.80
# The second reading counts from this mean probability on.
BELIEVED = 0.60
# Below this probability it counts only where the first reading resembles it so much (0 to 1).
SURE = 0.88
ALIKE = 0.35
# What an unlike and unsure reading keeps of its probability: enough to be shown as not read.
UNLIKE = 0.4
# Gap between words, in heights of their line, at which a line is read in two pieces: columns of a table.
COLUMN_GAP = 1.0
# Ink around the words that is given to the reader, in heights of the line.
MARGIN = 0.15
# Lines of a page read again; a dense A4 page has about a hundred.
MOST_LINES = 400
LEAST_HEIGHT = 6
# Lines handed over at once: the clock is looked at between.
LINES_AT_ONCE = 40


def second_look(
    words: Sequence[OcrWord], image: Image.Image, languages: Iterable[str], reader: LineReader | None, seconds: float
) -> list[OcrWord]:
    """The words of an upright page with its doubtful lines read again, as many as so many processor ``seconds`` allow.

    The same words where there is nothing to do.
    """
    end = process_time() + seconds
    wanted = set(languages)
    if reader is None or not wanted <= KNOWN:
        return list(words)
    pieces = list(_pieces(words))
    doubt = 2.0 if wanted & ITS_OWN else DOUBT_ON_SURE_PAGE if sureness(words) >= SURE_PAGE else DOUBT
    again = [at for at, piece in enumerate(pieces) if _worth_it(piece) and min(w.confidence for w in piece) < doubt]
    for start in range(0, min(len(again), MOST_LINES), LINES_AT_ONCE):
        if process_time() > end:
            break
        some = again[start : start + LINES_AT_ONCE]
        places = [_around(pieces[at], image) for at in some]
        readings = reader.read([image.crop(tuple(map(int, place))) for place in places])  # type: ignore[arg-type]
        for at, place, reading in zip(some, places, readings, strict=True):
            pieces[at] = _judged(pieces[at], place, reading)
    return [word for piece in pieces for word in piece]


def _pieces(words: Sequence[OcrWord]) -> Iterable[list[OcrWord]]:
    """Runs of words of one line without a wide gap between them."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        height = median(word.rect[3] - word.rect[1] for word in line)
        piece = [line[0]]
        for word in line[1:]:
            if word.rect[0] - piece[-1].rect[2] > COLUMN_GAP * height:
                yield piece
                piece = []
            piece.append(word)
        yield piece


def _worth_it(piece: Sequence[OcrWord]) -> bool:
    box = union(word.rect for word in piece)
    return box[3] - box[1] >= LEAST_HEIGHT and box[2] - box[0] >= LEAST_HEIGHT


def _around(piece: Sequence[OcrWord], image: Image.Image) -> Rect:
    x0, y0, x1, y1 = union(word.rect for word in piece)
    margin = round(MARGIN * (y1 - y0)) + 1
    return max(0, x0 - margin), max(0, y0 - margin), min(image.width, x1 + margin), min(image.height, y1 + margin)


def _judged(piece: list[OcrWord], place: Rect, reading: Sequence[ReadWord]) -> list[OcrWord]:
    """The second reading as words in its place, or the first one where the second says nothing to be believed."""
    letters = sum(len(word.text) for word in reading)
    if not letters:
        return piece
    sure = sum(word.confidence * len(word.text) for word in reading) / letters
    if sure < BELIEVED:
        return piece
    keep = 1.0
    if sure < SURE and _likeness(piece, reading) < ALIKE:
        keep = UNLIKE
    wide = place[2] - place[0]
    top, bottom = min(word.rect[1] for word in piece), max(word.rect[3] for word in piece)
    return [
        OcrWord(
            word.text,
            round(word.confidence * keep, 4),
            (place[0] + word.start * wide, top, place[0] + word.end * wide, bottom),
            piece[0].line,
        )
        for word in reading
    ]


def _likeness(piece: Sequence[OcrWord], reading: Sequence[ReadWord]) -> float:
    first = "".join(word.text for word in piece).casefold()
    second = "".join(word.text for word in reading).casefold()
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
