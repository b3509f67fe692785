"""Reading pictures of text: the engine behind a protocol, its languages, and a fake for tests."""

import contextlib
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from extractors.errors import ReaderUnavailable
from extractors.ocr_lines import LineReader, line_reader
from extractors.ocr_words import OcrWord as OcrWord
from extractors.ocr_words import whole_words
from extractors.room import lacks_memory
from extractors.scratch import Scratch

# Where distributions keep Tesseract's language data, besides the wheels of this environment.
_SYSTEM_TESSDATA = (
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
ORIENTATION_DATA = "osd"
# Languages whose pages the engine takes for one column: Korean letters, all of one width, stand below each other at the
# left edge and in the columns of a table, and its search for columns takes them for writing from top to bottom. Columns
# are told apart later, from the gaps (layout).
IN_ONE_COLUMN = frozenset({"kor"})
# Languages for each script that Tesseract's orientation data tells apart; Latin letters where it cannot say.
SCRIPTS: dict[str, tuple[str, ...]] = {
    "Latin": ("eng",),  # the page itself then tells which Latin language: see ocr_languages
    "Thai": ("tha", "eng"),
    "Han": ("chi_sim", "chi_tra", "eng"),
    "Hangul": ("kor", "eng"),
    "Korean": ("kor", "eng"),
    "Japanese": ("jpn", "eng"),
    "Katakana": ("jpn", "eng"),
    "Hiragana": ("jpn", "eng"),
}


@dataclass(frozen=True, slots=True)
class Orientation:
    """Degrees counter-clockwise to turn the picture upright, how sure that is (usable above 2), and its script."""

    degrees: int
    confidence: float
    script: str = "Latin"


class OcrEngine(Protocol):
    """What reads pictures of text."""

    def languages(self) -> tuple[str, ...]:
        """The languages that are installed, by Tesseract's names."""
        ...

    def orientation(self, image: Image.Image) -> Orientation | None:
        """Which way up the picture is; None where the engine cannot say."""
        ...

    def recognise(self, image: Image.Image, languages: Sequence[str], dpi: int, seconds: float) -> list[OcrWord]:
        """The words of an upright picture in reading order; what was read until ``seconds`` ran out."""
        ...

    def lines(self) -> LineReader | None:
        """What reads doubtful lines again; None where there is no such reader."""
        ...


def tessdata_files(folders: Sequence[str] = ()) -> dict[str, Path]:
    """The language data that is installed: Tesseract's name of the language and the file."""
    places = [*map(Path, folders), Path(sys.prefix) / "share" / "tessdata"]
    for root in map(Path, _SYSTEM_TESSDATA):
        places += [root, *sorted(root.glob("*/tessdata"), reverse=True)]
    found: dict[str, Path] = {}
    for place in places:
        with contextlib.suppress(OSError):
            for file in sorted(place.glob("*.traineddata")):
                found.setdefault(file.stem, file)
    return found


def languages_available(folders: Sequence[str] = ()) -> tuple[str, ...]:
    """The languages that scans can be read in here."""
    return tuple(name for name in sorted(tessdata_files(folders)) if name not in (ORIENTATION_DATA, "equ"))


class TesseractEngine:
    """Tesseract through tesserocr; loads its library and its data with the first picture."""

    def __init__(self, folders: Sequence[str] = ()) -> None:
        self._folders = tuple(folders)
        self._interfaces: dict[str, Any] = {}
        self._data: Scratch | None = None

    def languages(self) -> tuple[str, ...]:
        """The languages that are installed."""
        return languages_available(self._folders)

    def orientation(self, image: Image.Image) -> Orientation | None:
        """By Tesseract's orientation data, where it is installed and the picture holds enough letters."""
        if ORIENTATION_DATA not in tessdata_files(self._folders):
            return None
        interface = self._interface(ORIENTATION_DATA)
        try:
            interface.SetImage(image)
            seen = interface.DetectOrientationScript()
        except RuntimeError:
            return None
        finally:
            interface.Clear()
        if not seen:
            return None
        return Orientation(int(seen["orient_deg"]) % 360, float(seen["orient_conf"]), str(seen["script_name"]))

    def recognise(self, image: Image.Image, languages: Sequence[str], dpi: int, seconds: float) -> list[OcrWord]:
        """The words that Tesseract's neural model reads."""
        import tesserocr

        interface = self._interface("+".join(languages))
        try:
            interface.SetImage(image)
            interface.SetSourceResolution(dpi)
            interface.Recognize(int(seconds * 1000))
            pieces = _pieces(tesserocr, interface.GetIterator())
            return whole_words(pieces, interface.GetUTF8Text()) if pieces else []
        finally:
            interface.Clear()

    def lines(self) -> LineReader | None:
        """The recogniser of PP-OCR, where it is installed."""
        return line_reader()

    def _interface(self, names: str) -> Any:
        import tesserocr

        if names not in self._interfaces:
            orientation = names == ORIENTATION_DATA
            mode = tesserocr.PSM.OSD_ONLY if orientation else tesserocr.PSM.AUTO
            if IN_ONE_COLUMN.intersection(names.split("+")):
                mode = tesserocr.PSM.SINGLE_COLUMN
            try:
                self._interfaces[names] = tesserocr.PyTessBaseAPI(
                    path=self._folder(names.split("+")),
                    lang=names,
                    psm=mode,
                    oem=tesserocr.OEM.DEFAULT if orientation else tesserocr.OEM.LSTM_ONLY,
                )
            except (RuntimeError, OSError) as problem:
                if lacks_memory(problem):
                    raise MemoryError from problem
                raise ReaderUnavailable(f"The OCR engine does not start with its data for {names}.") from problem
            # Sauvola's local threshold: shadows and stamps of photos do not swallow the letters beside them.
            self._interfaces[names].SetVariable("thresholding_method", "0" if orientation else "2")
            # The running text then has blanks where the recogniser saw them: see ocr_words.
            self._interfaces[names].SetVariable("preserve_interword_spaces", "1")
        return self._interfaces[names]

    def _folder(self, names: Sequence[str]) -> str:
        """A folder with the data of these languages: Tesseract takes a single one, the data may lie in several.

        Copies and not links, since a confined child may make none; each file is copied once.
        """
        files = tessdata_files(self._folders)
        chosen = {name: files[name] for name in names if name in files}
        folders = {file.parent for file in chosen.values()}
        if len(folders) == 1:
            return str(folders.pop())
        # The child's folder is emptied between files.
        self._data = (self._data and self._data.there()) or Scratch("tessdata")
        for file in chosen.values():
            copy = self._data.path / file.name
            if not copy.exists():
                shutil.copyfile(file, copy)
        return str(self._data.path)


def _pieces(tesserocr: Any, iterator: Any) -> list[OcrWord]:
    words: list[OcrWord] = []
    if iterator is None:
        return words
    line = 0
    for item in tesserocr.iterate_level(iterator, tesserocr.RIL.WORD):
        if item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
            line += 1
        box = item.BoundingBox(tesserocr.RIL.WORD)
        try:
            text = item.GetUTF8Text(tesserocr.RIL.WORD)
        except RuntimeError:
            continue
        if box and text and text.strip():
            confidence = min(1.0, max(0.0, item.Confidence(tesserocr.RIL.WORD) / 100))
            words.append(
                OcrWord(text.strip(), confidence, (float(box[0]), float(box[1]), float(box[2]), float(box[3])), line)
            )
    return words


@dataclass
class FakeEngine:
    """Reads what it is told: for tests of what happens around the engine."""

    words: list[OcrWord] = field(default_factory=list)
    upright: Orientation | None = None
    seen: list[tuple[int, int]] = field(default_factory=list)
    second: LineReader | None = None

    def languages(self) -> tuple[str, ...]:
        """English, always."""
        return ("eng",)

    def orientation(self, image: Image.Image) -> Orientation | None:
        """What the test sets."""
        return self.upright

    def recognise(self, image: Image.Image, languages: Sequence[str], dpi: int, seconds: float) -> list[OcrWord]:
        """The words that the test sets; keeps the sizes of the pictures it was shown."""
        self.seen.append(image.size)
        return list(self.words)

    def lines(self) -> LineReader | None:
        """What the test sets."""
        return self.second


@cache
def engine(folders: tuple[str, ...] = ()) -> OcrEngine:
    """The engine of this process."""
    return TesseractEngine(folders)
