"""One complete search index: the words, and the vectors of each model, in a folder or in memory."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexes.dense import DenseIndex
from indexes.errors import IndexDamaged, WrongShape
from indexes.lexical import LEXICAL_FORMAT, LexicalIndex


@dataclass(frozen=True)
class Vector:
    """The vectors of a passage by one model: n x d float32, also flat as a database keeps them; vectors of two models
    are never compared. The first row stands for the whole passage, the others, if any, for its windows."""

    model: str
    values: np.ndarray


class Generation:
    """One complete index: the lexical side and a dense index for each model."""

    def __init__(self, folder: Path | None, dimensions: dict[str, int]) -> None:
        self.folder = folder
        self.stamps: dict[str, int] = {}
        self.lexical = LexicalIndex(folder / f"lexical-{LEXICAL_FORMAT}" if folder else None)
        self.dense = {model: DenseIndex(dimension) for model, dimension in dimensions.items()}

    def path(self, model: str) -> Path:
        """The file of a model's vectors."""
        assert self.folder is not None
        return self.folder / f"dense-{re.sub(r'[^A-Za-z0-9.-]+', '-', model)}.faiss"

    def load(self) -> list[str]:
        """Read the dense files that changed since; the names of damaged ones."""
        damaged = []
        for model, dense in self.dense.items():
            try:
                stamp = self.path(model).stat().st_mtime_ns
                if stamp != self.stamps.get(model):
                    dense.load(self.path(model))
                    self.stamps[model] = stamp
            except (FileNotFoundError, IndexDamaged):
                damaged.append(self.path(model).name)
        return damaged

    def save(self) -> None:
        """Write the vectors of each model; the words are written as they change."""
        for model, dense in self.dense.items():
            dense.save(self.path(model))
            self.stamps[model] = self.path(model).stat().st_mtime_ns


def rows_of(vectors: dict[int, tuple[Vector, ...]], model: str, dimension: int) -> tuple[np.ndarray, np.ndarray]:
    """The ids and rows of one model, as `DenseIndex.add` takes them; WrongShape where a vector has another length."""
    ids: list[int] = []
    rows = [np.empty((0, dimension), dtype=np.float32)]
    for number, found in vectors.items():
        for vector in found:
            if vector.model == model:
                if not vector.values.size or vector.values.size % dimension:
                    raise WrongShape(f"Passage {number} has vectors that are not rows of {dimension} numbers.")
                rows.append(vector.values.reshape(-1, dimension))
                ids.extend([number] * len(rows[-1]))
    return np.array(ids, dtype=np.int64), np.concatenate(rows)
