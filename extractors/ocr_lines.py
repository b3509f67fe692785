"""A second reader of printed lines: the recogniser of PP-OCRv6, run by OpenVINO on lines that somebody else has found.

Tesseract finds the lines of a page well and reads clean print well; on thermal paper, dot matrix, worn stamps and photos
the convolutional recogniser reads better. It knows Latin letters (Turkish ones too), Chinese and Japanese, but neither
Vietnamese, Thai nor Korean. It gives characters with their places, and no blanks that can be relied on: blanks are set
where the ink leaves a gap.

The weights are those that the package ``rapidocr`` carries (Apache 2.0); nothing of its code is loaded.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from PIL import Image

PACKAGE = "rapidocr"
MODEL = "models/PP-OCRv6_rec_small.onnx"
# The model sees lines of this height in pixels (PaddleOCR, rec_image_shape).
HEIGHT = 48
# Widest line in pixels at that height: 60 times as wide as high; longer ones are squeezed.
WIDEST = 2_880
# Pixels of width read at once: the answer holds 18,710 figures for each eight of them, 20 MB for a whole batch.
BATCH_WIDTH = 4_800
STEP = 32  # widths are rounded up to this, so that few shapes are compiled
# A gap without ink is a blank where it is wider than the usual one between the letters of its line by so much, in parts
# of the line's height, within bounds: letters of thermal printers stand up to a fifth of the height apart.
WIDER = 0.2
LEAST_BLANK, MOST_BLANK = 0.25, 0.42
# What a blank is at least after the point of a number, which such printers leave a whole letter's room.
POINT_GAP = 0.5
# Share of the height at the top and bottom of the crop in which neighbouring lines may show ink.
EDGE = 0.1
# ONNX: field 14 of the model holds its notes, each with key 1 and value 2; the note of this name lists the characters.
_NOTES_FIELD, _CHARACTERS = 14, b"character"


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a line: its text, the mean probability of its characters, and where it stands in the crop, 0 to 1."""

    text: str
    confidence: float
    start: float
    end: float


class LineReader(Protocol):
    """What reads crops of single lines."""

    def read(self, crops: Sequence[Image.Image]) -> list[list[ReadWord]]:
        """The words of each crop from left to right; none where nothing was read."""
        ...


def model_path() -> Path | None:
    """The file with the weights, None where the package is not installed. The package is not imported."""
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / MODEL
        if path.is_file():
            return path
    return None


@cache
def line_reader() -> "LineReader | None":
    """The reader of this process, None where its weights or its runtime are not installed."""
    path = model_path()
    return PaddleLines(path) if path else None


class PaddleLines:
    """PP-OCRv6 on one thread; the model is loaded with the first line."""

    def __init__(self, model: Path) -> None:
        self._path = model
        self._model: Any = None
        self._characters: tuple[str, ...] = ()

    def read(self, crops: Sequence[Image.Image]) -> list[list[ReadWord]]:
        """The words of each crop."""
        import numpy as np

        if self._model is None:
            self._load()
        found: list[list[ReadWord]] = [[] for _ in crops]
        for batch, width in _batches(crops):
            pixels = np.stack([_tensor(crops[at], width) for at in batch])
            answer = self._model(pixels)[0]
            best, sure = answer.argmax(2), answer.max(2)
            for row, at in enumerate(batch):
                found[at] = self._words(best[row], sure[row], crops[at], width)
        return found

    def _load(self) -> None:
        # Its converter would load a telemetry client; it is not needed to read a model.
        sys.modules.setdefault("openvino.tools.ovc", None)  # type: ignore[arg-type]
        import openvino

        core = openvino.Core()
        # Not pinned: every child would be pinned to the same core.
        options = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False}
        self._model = core.compile_model(core.read_model(str(self._path)), "CPU", options)
        self._characters = ("", *_characters(self._path.read_bytes()), " ")

    def _words(self, best: Any, sure: Any, crop: Image.Image, width: int) -> list[ReadWord]:
        """Characters by the rule of CTC (repeats and blanks dropped), cut into words at gaps without ink."""
        runs: list[tuple[str, int, int, float]] = []
        previous = -1
        for at, code in enumerate(best.tolist()):
            if code and code == previous:
                text, start, _, probability = runs[-1]
                runs[-1] = (text, start, at, max(probability, float(sure[at])))
            elif code and code < len(self._characters):
                runs.append((self._characters[code], at, at, float(sure[at])))
            previous = code
        if not runs:
            return []
        step = width / len(best)
        shown = min(width, _shown_width(crop))
        gaps = _gaps(runs, crop, shown, step)
        blank = _blank(gaps)
        words: list[list[tuple[str, int, int, float]]] = [[]]
        for at, run in enumerate(runs):
            last = words[-1][-1] if words[-1] else None
            if run[0].isspace():
                words.append([])
                continue
            point = last is not None and last[0] in ".," and run[0].isdigit()
            if last and _spaced(last[0], run[0]) and gaps[at] > (max(blank, POINT_GAP) if point else blank):
                words.append([])
            words[-1].append(run)
        return [
            ReadWord(
                "".join(run[0] for run in word),
                sum(run[3] for run in word) / len(word),
                max(0.0, min(1.0, word[0][1] * step / shown)),
                max(0.0, min(1.0, (word[-1][2] + 1) * step / shown)),
            )
            for word in words
            if word
        ]


def _spaced(left: str, right: str) -> bool:
    """Whether a gap between two characters can be a blank: Chinese and Japanese are written without."""
    return ord(left) < 0x2E80 or ord(right) < 0x2E80


def _middle(run: tuple[str, int, int, float], step: float) -> int:
    return int((run[1] + run[2] + 1) / 2 * step)


def _gaps(runs: Sequence[tuple[str, int, int, float]], crop: Image.Image, width: int, step: float) -> list[float]:
    """For each character the widest gap without ink between it and the one before, in heights of the line."""
    import numpy as np

    grey = crop if crop.mode == "L" else crop.convert("L")
    pixels = np.asarray(grey.resize((width, HEIGHT), Image.Resampling.BILINEAR), dtype=np.float32)
    dark, light = np.percentile(pixels, (5, 90))
    edge = round(EDGE * HEIGHT)
    ink = (pixels[edge:-edge] < (dark + light) / 2).any(axis=0).tolist()
    found = [0.0]
    for before, after in pairwise(runs):
        longest = here = 0
        for dark_column in ink[_middle(before, step) : _middle(after, step)]:
            here = 0 if dark_column else here + 1
            longest = max(longest, here)
        found.append(longest / HEIGHT)
    return found


def _blank(gaps: Sequence[float]) -> float:
    usual = median(gaps[1:]) if len(gaps) > 1 else 0.0
    return min(MOST_BLANK, max(LEAST_BLANK, usual + WIDER))


def _shown_width(crop: Image.Image) -> int:
    return max(8, min(WIDEST, round(crop.width * HEIGHT / crop.height)))


def _batches(crops: Sequence[Image.Image]) -> Iterator[tuple[list[int], int]]:
    """Crops of like width together, with the width they are padded to."""
    order = sorted((at for at, crop in enumerate(crops) if min(crop.size) > 0), key=lambda at: _shown_width(crops[at]))
    batch: list[int] = []
    width = 0
    for at in order:
        wanted = max(64, -(-_shown_width(crops[at]) // STEP) * STEP)
        if batch and (len(batch) + 1) * wanted > BATCH_WIDTH:
            yield batch, width
            batch = []
        batch.append(at)
        width = wanted
    if batch:
        yield batch, width


def _tensor(crop: Image.Image, width: int) -> Any:
    """A crop as the model wants it: blue, green, red from -1 to 1, padded with zeros to the right."""
    import numpy as np

    shown = min(width, _shown_width(crop))
    colours = crop.convert("RGB").resize((shown, HEIGHT), Image.Resampling.BILINEAR)
    pixels = np.asarray(colours, dtype=np.float32)[:, :, ::-1] / 127.5 - 1.0
    tensor = np.zeros((3, HEIGHT, width), dtype=np.float32)
    tensor[:, :, :shown] = pixels.transpose(2, 0, 1)
    return tensor


def _characters(model: bytes) -> list[str]:
    """The characters that the model knows, from the notes at the end of its file (onnx.proto3, ModelProto)."""
    for note in _fields(model, _NOTES_FIELD):
        if b"".join(_fields(note, 1)) == _CHARACTERS:
            return b"".join(_fields(note, 2)).decode().splitlines()
    raise ValueError("the model does not say which characters it knows")


def _fields(message: bytes, wanted: int) -> Iterator[bytes]:
    """The length-delimited fields of one number in a protocol-buffer message."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        kind = key & 7
        if kind == 0:
            _, at = _number(message, at)
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        elif kind == 2:
            size, at = _number(message, at)
            if key >> 3 == wanted:
                yield message[at : at + size]
            at += size
        else:
            raise ValueError("not a protocol-buffer message")


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
