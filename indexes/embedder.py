"""Text to vectors: the contract every embedder keeps, and the door to the ones there are.

An embedder turns n texts into an n x d array of float32 whose rows have unit length, so that a dot product is a cosine.
Which row belongs to which text never depends on the order, the batch or the number of threads.

Load an embedder in the process that uses it: the runtimes keep threads that do not survive a fork.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from indexes.errors import ModelUnknown

# Text beyond this many characters is not embedded. A passage has 60 to 500 characters and the models read 256 and 512
# tokens, so nothing real is lost; a hostile megabyte would cost minutes.
MAXIMUM_CHARACTERS = 4_000


@runtime_checkable
class Embedder(Protocol):
    """What turns texts into vectors. `name` changes whenever the vectors would: vectors of two names do not mix."""

    @property
    def name(self) -> str:
        """Model and version, as stored beside each vector."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of passages: float32, one row of unit length for each text; shape (0, dimension) for none."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions; differs from `encode` where a model has a side for each."""
        ...


def clean(text: str) -> str:
    """A text as the models are given it: without NUL and lone surrogates, which break C tokenisers, and not endless."""
    return text[:MAXIMUM_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """The same rows as float32 of unit length; a row of zeros becomes the first axis, so that each has a direction."""
    rows = np.array(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows[lengths[:, 0] == 0.0, 0] = 1.0
    return rows / np.where(lengths == 0.0, 1.0, lengths)


class FakeEmbedder:
    """A real fake for tests: each word has a fixed random direction, a text is the sum of its words.

    Texts that share words are near each other, texts that share none are nearly orthogonal. The same on every machine.
    """

    def __init__(self, dimension: int = 64) -> None:
        self.name = f"fake-{dimension}"
        self.dimension = dimension

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of passages."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in clean(text).casefold().split():
                seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
                row += np.random.default_rng(seed).standard_normal(self.dimension, dtype=np.float32)
        return unit_rows(rows)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions, the same as of passages."""
        return self.encode(texts)


def _minilm(cache_folder: Path | None, threads: int) -> Embedder:
    from indexes.minilm import MiniLmEmbedder

    return MiniLmEmbedder(cache_folder, threads=threads)


def _multilingual(cache_folder: Path | None, threads: int) -> Embedder:
    from indexes.multilingual import MultilingualEmbedder

    return MultilingualEmbedder(cache_folder, threads=threads)


def _fake(cache_folder: Path | None, threads: int) -> Embedder:
    return FakeEmbedder()


EMBEDDERS: dict[str, Callable[[Path | None, int], Embedder]] = {
    "minilm": _minilm,
    "multilingual": _multilingual,
    "fake": _fake,
}


def load_embedder(name: str, cache_folder: Path | None = None, threads: int = 1) -> Embedder:
    """The embedder called `minilm` (English), `multilingual` or `fake`; ModelUnknown for another name.

    `cache_folder` is where the exported model is kept between runs; without one, or where it cannot be written, the
    embedder runs on plain torch. `threads` is the number of cores one call may use.
    """
    try:
        load = EMBEDDERS[name]
    except KeyError:
        raise ModelUnknown(f"No embedder is called {name}; there are {', '.join(EMBEDDERS)}.") from None
    return load(cache_folder, threads)
