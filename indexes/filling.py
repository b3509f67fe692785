"""The vectors of one model of an index that is made anew: a few lie flat, of many codes are made at once.

The passages come from the database by ascending number, so their vectors are written to the files of the codes as they
come, and a million of them never stand in memory.
"""

from pathlib import Path

import numpy as np

from indexes.codes import CodesWriter
from indexes.dense import ROOM, DenseIndex


class Filling:
    """Fills an empty dense index. Up to `limit` vectors it stays flat; beyond, codes are made in files `stem...`."""

    def __init__(self, dense: DenseIndex, limit: int, stem: Path | None) -> None:
        self._dense = dense
        self._limit = limit
        self._stem = stem
        self._writer: CodesWriter | None = None
        # Ids that came again after they were written: what is written of them does not count.
        self._again: set[int] = set()

    def put(self, given: np.ndarray, ids: np.ndarray, rows: np.ndarray) -> None:
        """Take in the vectors of some passages, as `DenseIndex.add` takes them; the ids given are new or replaced, also
        those that have no vector of this model."""
        self._dense.remove(given)
        self._dense.add(ids, rows)
        if self._writer is not None:
            self._again.update(given[given <= self._written].tolist())
        if self._dense.loose > self._limit:
            self._writer = self._writer or CodesWriter(self._dense.dimension, self._stem)
            self._writer.append(*self._dense.take(self._written))

    def finish(self) -> bool:
        """Make the codes; whether there are some."""
        if self._writer is None:
            return False
        self._writer.append(*self._dense.take(self._written))
        self._dense.adopt(self._writer.finish(), self._again)
        return True

    def abandon(self) -> None:
        """Remove what was written."""
        if self._writer is not None:
            self._writer.abandon()

    @property
    def _written(self) -> int:
        return self._writer.last // ROOM if self._writer is not None else -1
