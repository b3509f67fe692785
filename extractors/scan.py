"""A picture of a page: turned upright, straightened, read, its words put into lines with their places.

What the engine is not sure of is left out and reported with its place: nothing is invented.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import mean, median

from PIL import Image, ImageOps

from extractors import progress
from extractors.document import Block, NotRead
from extractors.geometry import Rect, scaled, union
from extractors.layout import Line, Place, Word
from extractors.locators import Locator
from extractors.ocr import SCRIPTS, OcrEngine, OcrWord
from extractors.ocr_clock import PageClock
from extractors.ocr_languages import languages_of_page
from extractors.ocr_second import second_look
from extractors.ocr_words import sureness
from extractors.policy import ExtractionPolicy
from extractors.scan_ink import is_handwritten, marks
from extractors.scan_panels import leaves_joined, panel_words
from extractors.scan_rulings import rulings, without_lines
from extractors.scan_sideways import sideways_read
from extractors.scan_skew import LEAST_SKEW, level, measure_skew
from extractors.scan_stamps import inked, taken_apart

HANDWRITTEN_CODE = "handwritten_not_read"
UNREAD_CODE = "handwriting_or_poor_picture"
# Tesseract's orientation is right nearly always above this confidence.
ORIENTATION_CONFIDENCE = 2.0
# Below this mean confidence other orientations are tried where the engine could not tell.
POOR_CONFIDENCE = 0.55
WIDE_GAP = 1.6
# Pixels of white around a stamp; words of it below this confidence are its rim, and so few letters are none.
STAMP_ROOM = 12
# Stamps of scans below this resolution are enlarged: their letters are broken by what lies beneath.
STAMP_DPI = 250
STAMP_CONFIDENCE = 0.7
LEAST_STAMP_LETTERS = 3
# Rulings in each direction below which there is no table.
LEAST_RULINGS = 2
# Tesseract counts places on a picture in 16 bits and ends the process beyond.
LONGEST_SIDE = 32_000
# Pictures smaller than this hold no text worth the engine's time.
LEAST_SIDE = 24


def _same(rect: Rect) -> Rect:
    return rect


@dataclass(slots=True)
class Scan:
    """What was read of a picture: lines, words and places not read, in pixels of the picture as read (``upright``).

    ``handwritten`` are the places not read that look written by hand, ``unread`` the others.

    ``back`` turns such a rectangle into one of the picture as given.
    """

    lines: list[Line] = field(default_factory=list)
    read_words: list[OcrWord] = field(default_factory=list)
    unread: list[Rect] = field(default_factory=list)
    handwritten: list[Rect] = field(default_factory=list)
    confidence: float = 0.0
    turned: int = 0
    scale: float = 1.0
    skew: float = 0.0
    upright: Image.Image | None = None
    cut: bool = False
    back: Callable[[Rect], Rect] = _same


def read_scan(
    image: Image.Image,
    engine: OcrEngine,
    policy: ExtractionPolicy,
    dpi: int = 300,
    part: int = 1,
    place: Place | None = None,
) -> Scan:
    """Read one picture. ``dpi`` is its resolution where known.

    Where ``place`` is given, ruled tables become blocks of ``part``, located by it from boxes in pixels of the picture
    as given.
    """
    if min(image.size) < LEAST_SIDE:
        return Scan()
    with progress.looking() as look:
        scan = _read(image, engine, policy, dpi, part, place)
        look.found = look.found or bool(scan.lines)
    return scan


def _read(
    image: Image.Image, engine: OcrEngine, policy: ExtractionPolicy, dpi: int, part: int, place: Place | None
) -> Scan:
    progress.expect(policy.ocr_page_seconds)
    clock = PageClock(policy.ocr_page_seconds)
    stamped = taken_apart(image)
    grey = stamped.grey if stamped else image if image.mode == "L" else image.convert("L")
    scale = min(1.0, math.sqrt(policy.ocr_pixels / (grey.width * grey.height)), LONGEST_SIDE / max(grey.size))
    if scale < 1.0:
        size = max(1, int(grey.width * scale)), max(1, int(grey.height * scale))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    orientation = engine.orientation(grey)
    sure = orientation is not None and orientation.confidence >= ORIENTATION_CONFIDENCE
    turned = orientation.degrees if orientation and sure else 0
    languages = _languages(engine, orientation.script if orientation and sure else "Latin", policy)
    words, skew, upright, clean, drawn = _recognise(grey, turned, engine, languages, dpi, clock)
    if not sure and sureness(words) < POOR_CONFIDENCE:
        for other in (90, 270, 180):
            if clock.left <= 0:
                break
            turn = _recognise(grey, other, engine, languages, dpi, clock)
            if _weight(turn[0]) > 1.3 * _weight(words):
                words, skew, upright, clean, drawn = turn
                turned = other
            if sureness(words) >= 0.75:
                break
    better = languages_of_page(words, clean, languages, engine, policy) if clock.left > 0 else languages
    if better != languages:
        languages = better
        words = clock.recognise(engine, clean, languages, dpi)
    words = second_look(words, clean, languages, engine.lines(), clock.left)

    def again(piece: Image.Image) -> list[OcrWord]:
        if clock.left <= 0:
            clock.cut = True
            return []
        seen = clock.recognise(engine, piece, languages, dpi)
        return second_look(seen, piece, languages, engine.lines(), clock.left)

    words = sideways_read(upright, words, again)
    words = leaves_joined(words, panel_words(upright, words, again))
    back = _Back(turned, skew, grey.size, upright.size, scale)
    scan = _sorted_out(words, back, policy, turned, skew, upright)
    scan.cut = clock.cut
    if scan.lines:
        _take_marks(scan, words, [rect for direction in drawn for rect in direction])
        if place:
            _take_tables(scan, drawn, policy, dpi * scale, part, place)
    if stamped:
        ink = stamped.ink if scale == 1.0 else stamped.ink.resize(grey.size, Image.Resampling.LANCZOS)
        _take_stamps(
            scan, level(ink, turned, skew), partial(clock.recognise, engine), languages, dpi, policy, part, place
        )
    return scan


def not_read(scan: Scan, where: str, place: Place) -> list[NotRead]:
    """What of a picture was seen and not read, each kind once with all its places (``place`` takes boxes of the
    picture as given)."""
    found = []
    if scan.cut:
        sentence = f"Reading {where} took longer than the set limit; some of it may be missing."
        found.append(NotRead(code="limit_exceeded", sentence=sentence, locators=place(())))
    if scan.handwritten:
        sentence = f"Handwritten, not read: {where} has writing, a signature or a sketch that was seen but not read."
        found.append(
            NotRead(code=HANDWRITTEN_CODE, sentence=sentence, locators=place(map(scan.back, scan.handwritten)))
        )
    if scan.unread:
        sentence = f"Some of {where} could not be read: handwriting, a stamp or a poor picture."
        found.append(NotRead(code=UNREAD_CODE, sentence=sentence, locators=place(map(scan.back, scan.unread))))
    return found


def _take_marks(scan: Scan, words: Sequence[OcrWord], lines: Sequence[Rect]) -> None:
    """Tell places written by hand from those that are merely poor, and add ink that no reader took for words."""
    assert scan.upright
    for rect in marks(scan.upright, [word.rect for word in words], lines):
        (scan.handwritten if is_handwritten(scan.upright, rect) else scan.unread).append(rect)
    by_hand = [rect for rect in scan.unread if is_handwritten(scan.upright, rect)]
    scan.handwritten += by_hand
    scan.unread = [rect for rect in scan.unread if rect not in by_hand]


def _take_tables(
    scan: Scan, drawn: tuple[list[Rect], list[Rect]], policy: ExtractionPolicy, dpi: float, part: int, place: Place
) -> None:
    """Replace lines within ruled tables by the tables."""
    from extractors.lattice import grids
    from extractors.page_frames import without_frames
    from extractors.ruled_tables import table_block

    assert scan.upright
    across, upright = drawn
    if min(len(across), len(upright)) < LEAST_RULINGS:
        return
    # The table rules count in points.
    points = 72 / dpi

    def placed(rects: Iterable[Rect]) -> tuple[Locator, ...]:
        return place(scan.back(scaled(rect, 1 / points)) for rect in rects)

    words = [Word(word.text, scaled(word.rect, points), word.confidence) for word in scan.read_words]
    tables: list[Line] = []
    drawings = grids([scaled(r, points) for r in across], [scaled(r, points) for r in upright], policy.page_rulings)
    height = scan.upright.height * points
    given = words
    for grid in [grid for drawing in drawings for grid in without_frames(drawing, lambda: given, height)]:
        made = table_block(grid, words, part, placed)
        if not made:
            continue
        block, taken = made
        sure = [words[at].confidence or 0.0 for at in taken]
        block = block.model_copy(update={"source": "ocr", "confidence": round(mean(sure), 3)})
        words = [word for at, word in enumerate(words) if at not in taken]
        tables.append(Line("", scaled(union(grid), 1 / points), 10.0, block=block))
    if tables:
        left = {(word.text, word.rect) for word in words}
        rest = [word for word in scan.read_words if (word.text, scaled(word.rect, points)) in left]
        scan.lines = _all_lines(rest) + tables


def _take_stamps(
    scan: Scan,
    ink: Image.Image,
    recognise: Callable[[Image.Image, Sequence[str], int], list[OcrWord]],
    languages: Sequence[str],
    dpi: int,
    policy: ExtractionPolicy,
    part: int,
    place: Place | None,
) -> None:
    """Add what the stamps say, each as a note behind the text that it was stamped on."""
    for box in inked(ink):
        crop = ImageOps.expand(ink.crop((int(box[0]), int(box[1]), int(box[2]), int(box[3]))), STAMP_ROOM, 255)
        if dpi < STAMP_DPI:
            crop = crop.resize((2 * crop.width, 2 * crop.height), Image.Resampling.BICUBIC)
        crop = level(crop, 0, measure_skew(crop))
        words = [
            replace(word, rect=box)
            for word in recognise(crop, languages, max(dpi, STAMP_DPI))
            if word.confidence >= STAMP_CONFIDENCE and (len(word.text) > 1 or word.text.isdigit())
        ]
        if sum(len(word.text) for word in words) < LEAST_STAMP_LETTERS:
            scan.unread.append(box)
            continue
        scan.read_words += words
        lines = _all_lines(words)
        if place is None:
            scan.lines += lines
            continue
        block = Block(
            kind="note",
            text="\n".join(line.text for line in lines),
            locators=place([scan.back(box)]),
            part=part,
            source="ocr",
            confidence=round(mean(word.confidence for word in words), 3),
        )
        behind = (box[0], float(ink.height), box[2], float(ink.height) + 1.0)
        scan.lines.append(Line("", behind, 10.0, block=block))


def _languages(engine: OcrEngine, script: str, policy: ExtractionPolicy) -> tuple[str, ...]:
    installed = engine.languages()
    wanted = SCRIPTS.get(script, SCRIPTS["Latin"])
    chosen = tuple(name for name in wanted if name in installed and name in policy.ocr_languages)
    return chosen or ("eng",)


def _recognise(
    grey: Image.Image, turned: int, engine: OcrEngine, languages: Sequence[str], dpi: int, clock: PageClock
) -> tuple[list[OcrWord], float, Image.Image, Image.Image, tuple[list[Rect], list[Rect]]]:
    """The words, the skew, the upright picture, the same without the lines that it was read without, and its rulings."""
    upright = level(grey, turned, 0.0)
    skew = measure_skew(upright)
    if abs(skew) < LEAST_SKEW:
        skew = 0.0
    upright = level(upright, 0, skew)
    drawn = rulings(upright)
    clean = without_lines(upright, drawn[0])
    return clock.recognise(engine, clean, languages, dpi), skew, upright, clean, drawn


class _Back:
    """From the picture as it was read to the picture as given: undo straightening, quarter turns and scaling."""

    def __init__(self, turned: int, skew: float, given: tuple[int, int], read: tuple[int, int], scale: float) -> None:
        self.turned, self.skew, self.given, self.read, self.scale = turned, skew, given, read, scale
        self.quarter = (given[1], given[0]) if turned in (90, 270) else given

    def rect(self, rect: Rect) -> Rect:
        corners = [self._point(x, y) for x in (rect[0], rect[2]) for y in (rect[1], rect[3])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.skew:
            angle = math.radians(self.skew)
            dx, dy = x - self.read[0] / 2, y - self.read[1] / 2
            x = dx * math.cos(angle) - dy * math.sin(angle) + self.quarter[0] / 2
            y = dx * math.sin(angle) + dy * math.cos(angle) + self.quarter[1] / 2
        width, height = self.given
        if self.turned == 90:
            x, y = width - y, x
        elif self.turned == 180:
            x, y = width - x, height - y
        elif self.turned == 270:
            x, y = y, height - x
        return x / self.scale, y / self.scale


def _sorted_out(
    words: list[OcrWord], back: _Back, policy: ExtractionPolicy, turned: int, skew: float, upright: Image.Image
) -> Scan:
    scan = Scan(turned=turned, skew=skew, upright=upright, back=back.rect, scale=back.scale)
    by_line: dict[int, list[OcrWord]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    kept_confidences: list[float] = []
    for members in by_line.values():
        kept = [word for word in members if word.confidence >= policy.ocr_word_confidence]
        unsure = [word for word in members if word.confidence < policy.ocr_word_confidence]
        if kept and sureness(kept) < policy.ocr_region_confidence:
            kept, unsure = [], members
        scan.unread += [word.rect for word in unsure if any(letter.isalnum() for letter in word.text)]
        if kept:
            kept_confidences += [word.confidence for word in kept]
            scan.read_words += kept
    scan.lines = _all_lines(scan.read_words)
    scan.confidence = mean(kept_confidences) if kept_confidences else 0.0
    return scan


def _all_lines(words: Sequence[OcrWord]) -> list[Line]:
    by_line: dict[int, list[OcrWord]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    return [line for members in by_line.values() for line in _lines(members)]


def _lines(words: list[OcrWord]) -> list[Line]:
    """One line of the engine as pieces between wide gaps."""
    size = 0.8 * median(word.rect[3] - word.rect[1] for word in words)
    runs: list[list[OcrWord]] = [[words[0]]]
    for word in words[1:]:
        if word.rect[0] - runs[-1][-1].rect[2] > WIDE_GAP * size:
            runs.append([word])
        else:
            runs[-1].append(word)
    return [
        Line(
            " ".join(word.text for word in run),
            union(word.rect for word in run),
            size,
            confidence=mean(word.confidence for word in run),
        )
        for run in runs
    ]


def _weight(words: Sequence[OcrWord]) -> float:
    """How much was read with good confidence, in letters."""
    return sum(len(word.text) for word in words if word.confidence > 0.7)
