"""Boxes of passages: the page's picture inside them, read by OCR, against the passage's text.

200 passages are drawn at random (always the same ones) from the PDFs of the public test sets: passages of the text layer,
mostly Latin letters, not hidden. Each box is cut out of the page rendered at 300 dots per inch and read alone: rulings at
its edges wiped out, turned where the engine is not sure of it as it stands. Error is edits by characters, white space,
cell separators and kinds of hyphens and quotes aside. As the plain way beside it, the
same passages with their boxes moved down by one height of theirs: what the figure would be if places did not matter.
"""

import random
import re
import unicodedata
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from statistics import median

import numpy as np
import tesserocr
from numpy.typing import NDArray
from PIL import Image, ImageOps

from benchmarks.figures import Figure, NotHere
from evidence.passages import Draft, cut
from extractors import pdf
from extractors.errors import ExtractionError
from extractors.locators import Box, PageLocator
from extractors.ocr import FakeEngine, tessdata_files
from extractors.policy import ExtractionPolicy

PASSAGES = 200
SEED = 2025
# Most pages of a document looked at, so that a long one does not stand for all.
PAGES = 12
DPI = 300
WANTED_ERROR = 0.05
LATIN_SHARE = 0.95
# A piece lower than this many pixels at DPI holds one line, one higher than the second several; between, both are tried.
ONE_LINE = 40
SEVERAL_LINES = 110
# Below this height of its ink in pixels a piece is read at twice its size: the engine is trained on larger letters.
SMALL = 32
# White around a piece before it is read: the engine expects a margin.
MARGIN = 24
# Pixels around a box that belong to it: strokes reach over the box of their letters.
STROKE = 2
# How far grey must be from the paper to be ink.
INK = 60
# Rulings lie within so many pixels of the edge of a cell and are ink over this share of their length.
RULING = 14
RULING_SHARE = 0.8
# Confidence of the engine, 0 to 100, below which a piece is read turned as well, and how much surer that must be.
SURE = 80
SURER = 8
# Dots that lead to a page number: how many the engine sees is chance.
_LEADERS = re.compile(r"(?:[.·…_]\s?){4,}")
_SAME = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00ad": "-", "|": None})  # fmt: skip


def measure(bench: Path, sample: int | None) -> list[Figure]:
    """The figures of this part."""
    files = sorted(bench.glob("tables/*.pdf")) + sorted(bench.glob("pdf/**/*.pdf"))
    if not files:
        raise NotHere("the public test sets are not here")
    chosen = passages(files, sample or PASSAGES)
    policy = ExtractionPolicy()
    folder = str(next(iter(tessdata_files(()).values())).parent)
    edits = moved = letters = 0
    shares = []
    with tesserocr.PyTessBaseAPI(path=folder, lang="eng", psm=tesserocr.PSM.SINGLE_LINE) as engine:
        for path, draft in chosen:
            pages = {
                place.page: pdf.page_picture(path, place.page, _pixels(path, place.page, policy), policy).convert("L")
                for place in draft.locators
                if isinstance(place, PageLocator)
            }
            wanted = plain(draft.text)
            wrong = distance(wanted, plain(_read(engine, pages, draft, 0.0)))
            edits, letters = edits + wrong, letters + len(wanted)
            moved += distance(wanted, plain(_read(engine, pages, draft, 1.0)))
            shares.append(wrong / max(1, len(wanted)))
    return [
        Figure("passages", len(chosen)),
        Figure("documents", len({path for path, _ in chosen})),
        Figure("character error inside the boxes", edits / max(1, letters), wanted=WANTED_ERROR, below=True),
        Figure("the same of the median passage", median(shares)),
        Figure("the same, boxes moved by their height", moved / max(1, letters)),
    ]


def passages(files: Sequence[Path], number: int) -> list[tuple[Path, Draft]]:
    """So many passages at random, each document with the same chance."""
    dice = random.Random(SEED)
    policy = ExtractionPolicy(pages=PAGES)
    pools = []
    for path in files:
        try:
            found = pdf.read(path, path.name, policy, FakeEngine())
        except ExtractionError:
            continue
        drafts = [draft for draft in cut(found) if _fits(draft)]
        if drafts:
            dice.shuffle(drafts)
            pools.append((path, drafts))
    dice.shuffle(pools)
    chosen: list[tuple[Path, Draft]] = []
    for turn in count():
        here = [(path, drafts[turn]) for path, drafts in pools if turn < len(drafts)]
        chosen += here[: number - len(chosen)]
        if not here or len(chosen) >= number:
            return chosen
    return chosen


def _fits(draft: Draft) -> bool:
    """Whether OCR in English may read it: text of the file that is seen, Latin letters, boxes, nothing between the lines."""
    letters = [letter for letter in draft.text if letter.isalpha()]
    latin = sum(letter.isascii() for letter in letters)
    return (
        draft.source == "text"
        and not draft.hidden
        and len(letters) >= 40
        and latin >= LATIN_SHARE * len(letters)
        and not set(draft.kinds) & {"form", "comment"}
        and all(isinstance(place, PageLocator) and place.boxes for place in draft.locators)
    )


def _pixels(path: Path, number: int, policy: ExtractionPolicy) -> int:
    return round(pdf.page_size(path, number, policy)[0] * DPI / 72)


def _read(engine: tesserocr.PyTessBaseAPI, pages: dict[int, Image.Image], draft: Draft, shift: float) -> str:
    """What the engine reads in the boxes, in their order, moved down by ``shift`` heights."""
    texts = []
    for place in draft.locators:
        assert isinstance(place, PageLocator)
        for box in place.boxes:
            piece = piece_of(pages[place.page], box, shift)
            if piece:
                texts.append(text_of(engine, piece))
    return " ".join(texts)


def text_of(engine: tesserocr.PyTessBaseAPI, piece: Image.Image) -> str:
    """The words of a piece, in the reading of which the engine itself is surest: as one line or as several, as it stands
    or turned, for the engine reads level lines only. What is wanted plays no part in the choice."""
    best = _reading(engine, piece)
    # A level line turned upright is a column of letters, of each of which the engine may be sure.
    upright = (90, 270) if piece.height > min(piece.width, SEVERAL_LINES + 2 * MARGIN) else ()
    for angle in (*upright, 180):
        if best[1] >= SURE:
            break
        turned = _reading(engine, piece.rotate(angle, expand=True))
        if turned[1] > best[1] + SURER:
            best = turned
    return best[0]


def _reading(engine: tesserocr.PyTessBaseAPI, piece: Image.Image) -> tuple[str, int]:
    """The words of a piece that stands upright, and how sure the engine is of them, 0 to 100."""
    found = [
        _words(engine, piece, mode)
        for mode, fits in (
            (tesserocr.PSM.SINGLE_LINE, piece.height < SEVERAL_LINES + 2 * MARGIN),
            (tesserocr.PSM.SINGLE_BLOCK, piece.height > ONE_LINE + 2 * MARGIN),
        )
        if fits
    ]
    return max(found, key=lambda reading: reading[1])


def _words(engine: tesserocr.PyTessBaseAPI, piece: Image.Image, mode: int) -> tuple[str, int]:
    engine.SetPageSegMode(mode)
    engine.SetImage(piece)
    engine.SetSourceResolution(DPI)
    text = engine.GetUTF8Text()
    return text, engine.MeanTextConf() if text.strip() else 0


def piece_of(page: Image.Image, box: Box, shift: float = 0.0) -> Image.Image | None:
    """The picture in a box, dark on light, without the rulings at its edges, cut down to its ink, with a margin."""
    down = shift * (box.y1 - box.y0)
    x0, y0 = int(box.x0 * page.width) - STROKE, int((box.y0 + down) * page.height) - STROKE
    x1, y1 = int(box.x1 * page.width) + 1 + STROKE, int((box.y1 + down) * page.height) + 1 + STROKE
    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(page.width, x1), min(page.height, y1)
    if x1 - x0 < 3 or y1 - y0 < 3:
        return None
    grey = np.asarray(page.crop((x0, y0, x1, y1)))
    paper = int(np.bincount(grey.ravel()).argmax())
    if paper < 128:
        grey, paper = 255 - grey, 255 - paper
    ink = np.abs(grey.astype(int) - paper) > INK
    grey = np.where(_rulings(ink) | _rulings(ink.T).T, paper, grey).astype(np.uint8)
    piece = Image.fromarray(grey)
    around = piece.point(lambda value: 255 if abs(value - paper) > INK else 0).getbbox()
    if not around:
        return None
    piece = ImageOps.expand(piece.crop(around), MARGIN, fill=paper)
    if piece.height < SMALL + 2 * MARGIN:
        piece = piece.resize((2 * piece.width, 2 * piece.height), Image.Resampling.BICUBIC)
    return piece


def _rulings(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows near the upper and lower edge that are ink from end to end: the lines around a cell."""
    rows = ink.mean(axis=1) > RULING_SHARE
    rows[RULING : len(rows) - RULING] = False
    return np.repeat(rows[:, None], ink.shape[1], axis=1)


def plain(text: str) -> str:
    """A text as it is compared."""
    return "".join(_LEADERS.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME).split())


def distance(one: str, other: str) -> int:
    """Edits from one text to the other (Levenshtein)."""
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for place, against in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[place] + 1, before[place - 1] + (letter != against)))
        before = row
    return before[-1]
