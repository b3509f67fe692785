"""One complete search index: the words, and the vectors of each model, in a folder or in memory."""

import re
from pathlib import Path

from indexes.dense import DenseIndex
from indexes.errors import IndexDamaged
from indexes.lexical import LEXICAL_FORMAT, LexicalIndex


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
