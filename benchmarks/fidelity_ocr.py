"""Words read from scanned receipts (SROIE 2019): ours through the whole reader, and plain Tesseract beside it.

A word is what stands between blanks in the truth and in the reading, letters and signs alike and capitals the same as
small letters (the truth is written in capitals). Words are compared as a bag for each page: a word counts as often as
it stands in both. F1 is that of all pages together. Plain Tesseract reads the picture as it is, in English, with its
usual page segmentation. Seconds are processor seconds of one thread, so that other work on the machine does not count.
"""

import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from benchmarks.figures import Figure, NotHere
from extractors import image
from extractors.document import Document
from extractors.ocr import tessdata_files
from extractors.policy import ExtractionPolicy

WANTED_F1 = 0.80
WANTED_SECONDS = 3.0


def measure(bench: Path, sample: int | None) -> list[Figure]:
    """Word F1 and seconds a page, ours and plain Tesseract's."""
    pages = sorted((bench / "ocr").glob("*.jpg"))[:sample]
    if not pages:
        raise NotHere("the receipts of SROIE are not there")
    found: list[Figure] = []
    for name, read, f1, seconds in (
        ("ours", ours(), WANTED_F1, WANTED_SECONDS),
        ("plain Tesseract", plain(), None, None),
    ):
        read(pages[0])  # models are loaded before the clock starts
        same = truth = said = 0
        spent, slowest = 0.0, 0.0
        for page in pages:
            begun = time.process_time()
            words = words_of(read(page))
            took = time.process_time() - begun
            spent, slowest = spent + took, max(slowest, took)
            wanted = words_of("\n".join(lines_of_truth(page.with_suffix(".csv"))))
            same += (wanted & words).total()
            truth += wanted.total()
            said += words.total()
        found += [
            Figure(f"receipts: word F1, {name}", 2 * same / (truth + said), wanted=f1),
            Figure(f"receipts: words found of those there, {name}", same / truth),
            Figure(f"receipts: words right of those said, {name}", same / max(1, said)),
            Figure(f"receipts: seconds a page, {name}", spent / len(pages), "s", wanted=seconds, below=True),
            Figure(f"receipts: slowest page, {name}", slowest, "s"),
        ]
    return found


def words_of(text: str) -> Counter[str]:
    """The words of a text as a bag."""
    return Counter(text.upper().split())


def lines_of_truth(path: Path) -> list[str]:
    """The transcriptions: what follows the eight coordinates on each line, commas included."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return [line.split(",", 8)[8] for line in text.splitlines() if line.count(",") >= 8]


def ours() -> Callable[[Path], str]:
    """Our reader as a supplier's picture goes through it; the bars between cells are ours and no words."""
    policy = ExtractionPolicy()

    def read(path: Path) -> str:
        return text_of(image.read(path, path.name, policy))

    return read


def text_of(document: Document) -> str:
    """All text of a document without the bars that part the cells of a row."""
    return re.sub(r"(?<!\S)\|(?!\S)", " ", "\n".join(block.text for block in document.blocks))


def plain() -> Callable[[Path], str]:
    """Tesseract as it comes."""
    import tesserocr

    interface = tesserocr.PyTessBaseAPI(path=str(tessdata_files()["eng"].parent), lang="eng")

    def read(path: Path) -> str:
        with Image.open(path) as picture:
            interface.SetImage(picture)
            text: str = interface.GetUTF8Text()
        interface.Clear()
        return text

    return read
