"""Vectors of texts kept on disk, so that training again embeds only what is new."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evidence.heads import Matrix, TextEncoder


class KeptVectors:
    """An encoder in front of another: same name, same vectors, each text computed once."""

    def __init__(self, encoder: TextEncoder, folder: Path) -> None:
        self._encoder = encoder
        safe = "".join(c if c.isalnum() else "-" for c in encoder.name)
        self._path = folder / f"{safe}.npz"
        self._known: dict[str, Matrix] = {}
        if self._path.exists():
            with np.load(self._path, allow_pickle=False) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    @property
    def name(self) -> str:
        """Name of the encoder behind it."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Matrix:
        """n x dimension; writes what was new to disk."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            rows = self._encoder.encode(list(new.values()))
            self._known.update(zip(new, rows, strict=True))
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Two commands may keep vectors at once; each writes a file of its own, the last one stays.
            partial = self._path.with_suffix(f".{os.getpid()}.part.npz")
            np.savez(partial, keys=np.array(list(self._known)), rows=np.stack(list(self._known.values())))
            partial.replace(self._path)
        return np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, self.dimension), np.float32)
