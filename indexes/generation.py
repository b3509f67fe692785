"""One complete search index: the words, and the vectors of each model, in a folder or in memory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexes.dense import DenseIndex
from indexes.errors import IndexDamaged, WrongShape
from indexes.filling import Filling
from indexes.lexical import LEXICAL_FORMAT, LexicalIndex
from indexes.lexical_fields import Words
from indexes.words_beside import filling

Files = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Vector:
    """The vectors of a passage by one model: n x d float32, also flat as a database keeps them; vectors of two models
    are never compared. The first row stands for the whole passage, the others, if any, for its windows."""

    model: str
    values: np.ndarray


@dataclass(frozen=True)
class Batch:
    """Passages as a generation takes them in: their ids (int64, ascending), by model the ids and rows of their vectors,
    and their words."""

    ids: np.ndarray
    rows: dict[str, tuple[np.ndarray, np.ndarray]]
    words: Words


class Generation:
    """One complete index: the lexical side and a dense index for each model."""

    def __init__(self, folder: Path | None, dimensions: dict[str, int]) -> None:
        self.folder = folder
        self.dimensions = dimensions
        self.lexical = LexicalIndex(folder / f"lexical-{LEXICAL_FORMAT}" if folder else None)
        self.dense = {model: DenseIndex(dimension) for model, dimension in dimensions.items()}
        # The codes that each dense index stands on, by the name of their files.
        self.codes: dict[str, str] = {}

    def load(self, files: Files) -> list[str]:
        """Read the vectors from their files; the names of damaged ones. Searches see all of them or none."""
        assert self.folder is not None
        damaged = []
        self.codes = {}
        dense = {model: DenseIndex(dimension) for model, dimension in self.dimensions.items()}
        for model, (loose, codes) in files.items():
            try:
                dense[model].load(self.folder / loose, self.folder / codes if codes else None)
                self.codes[model] = codes
            except (FileNotFoundError, IndexDamaged):
                damaged.append(loose)
        self.dense = dense
        return damaged

    @property
    def lacks_codes(self) -> bool:
        """Whether the files of codes it stands on are gone: it searches on, but nobody can open them again."""
        return any(not (self.folder / f"{name}.sums").exists() for name in self.codes.values() if self.folder and name)

    def save(self, number: int) -> Files:
        """Write the vectors of each model into new files; their names. The words are written as they change."""
        assert self.folder is not None
        files = {}
        for model, dense in self.dense.items():
            name = f"dense-{_safe(model)}-{number}.faiss"
            dense.save(self.folder / name)
            files[model] = (name, self.codes.get(model, ""))
        return files

    def train(self, model: str, number: int) -> None:
        """Make new codes of the vectors of a model."""
        name, dense = self._codes(model, number), self.dense[model]
        made = dense.train(self.folder / name if self.folder else None)
        if self.dense[model] is dense:  # what was loaded meanwhile stands on other codes
            self.codes[model] = name if made else ""

    def fill(self, batches: Iterable[Batch], limit: int) -> None:
        """Fill an empty generation with words and vectors; models with more than `limit` vectors get codes."""
        names = {model: self._codes(model, 0) for model in self.dense}
        filled = {
            model: Filling(dense, limit, self.folder / names[model] if self.folder else None)
            for model, dense in self.dense.items()
        }

        try:
            with filling(self.lexical) as put_words:
                for batch in batches:
                    for model, (ids, rows) in batch.rows.items():
                        filled[model].put(batch.ids, ids, rows)
                    put_words(batch.words)
                # The words may still be on their way into the full text: the codes are made beside it.
                for model, of_model in filled.items():
                    if of_model.finish():
                        self.codes[model] = names[model]
                    if self.dense[model].loose > limit:  # many ids came after larger ones
                        self.train(model, 1)
        finally:
            for of_model in filled.values():
                of_model.abandon()

    def _codes(self, model: str, number: int) -> str:
        """The name of the files of codes."""
        return f"dense-{_safe(model)}-{number}-codes" if self.folder else ""

    def damaged(self, files: Files) -> list[str]:
        """The names of files on disk that are not as they were written."""
        if self.folder is None:
            return []
        probe = Generation.__new__(Generation)
        probe.folder, probe.dimensions, probe.codes = self.folder, self.dimensions, {}
        return probe.load(files)


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


def _safe(model: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", model)
