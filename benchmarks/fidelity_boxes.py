"""Boxes of passages: the page's picture inside them, read by OCR, against the passage's text.

200 passages are drawn at random (always the same ones) from the PDFs of the public test sets: passages of the text layer,
mostly Latin letters, not hidden. Each box is cut out of the page rendered at 300 dots per inch and read alone. Error is
edits by characters, white space, cell separators and kinds of hyphens and quotes aside. As the plain way beside it, the
same passages with their boxes moved down by one height of theirs: what the figure would be if places did not matter.
"""

import random
import unicodedata
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from statistics import median

import tesserocr
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
# A box higher than this many pixels at DPI may hold several lines.
ONE_LINE = 75
# White around a piece before it is read: the engine expects a margin.
MARGIN = 24
# Pixels around a box that belong to it: strokes reach over the box of their letters.
STROKE = 2
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
            piece = _piece(pages[place.page], box, shift)
            if not piece:
                continue
            lines = tesserocr.PSM.SINGLE_BLOCK if piece.height > ONE_LINE + 2 * MARGIN else tesserocr.PSM.SINGLE_LINE
            engine.SetPageSegMode(lines)
            engine.SetImage(piece)
            engine.SetSourceResolution(DPI)
            texts.append(engine.GetUTF8Text())
    return " ".join(texts)


def _piece(page: Image.Image, box: Box, shift: float) -> Image.Image | None:
    down = shift * (box.y1 - box.y0)
    edges = box.x0 * page.width, (box.y0 + down) * page.height, box.x1 * page.width, (box.y1 + down) * page.height
    around = (int(edges[0]) - STROKE, int(edges[1]) - STROKE, int(edges[2]) + 1 + STROKE, int(edges[3]) + 1 + STROKE)
    x0, y0, x1, y1 = max(0, around[0]), max(0, around[1]), min(page.width, around[2]), min(page.height, around[3])
    if x1 - x0 < 3 or y1 - y0 < 3:
        return None
    piece = page.crop((x0, y0, x1, y1))
    return ImageOps.expand(piece, MARGIN, fill=max(piece.getpixel((0, 0)), piece.getpixel((piece.width - 1, 0))))


def plain(text: str) -> str:
    """A text as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())


def distance(one: str, other: str) -> int:
    """Edits from one text to the other (Levenshtein)."""
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for place, against in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[place] + 1, before[place - 1] + (letter != against)))
        before = row
    return before[-1]
