"""Vectors to hits: the nearest passages by cosine, on FAISS.

Up to FLAT_LIMIT vectors the search is exact. Above, the vectors are sorted into cells and held in 8 bits a number
(IVF,SQ8: 1,000,000 x 384 in 400 MB, 1 to 5 ms, recall 0.986), and where the exact vectors are at hand the best
candidates are scored again with them.
"""

import contextlib
import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np

from indexes.embedder import unit_rows
from indexes.errors import IndexDamaged, WrongShape

logger = logging.getLogger(__name__)

# Below this exact search takes under 20 ms on one core and nothing needs training.
FLAT_LIMIT = 50_000
# Vectors of each cell the training looks at; FAISS asks for 39 at least and uses no more than 256.
TRAINING_PER_CELL = 64
# Share of the cells a search looks into: 1/32 gives recall 0.98 and more on sentence embeddings.
PROBED_SHARE = 1 / 32
# Fewest cells a search looks into, for small indexes.
FEWEST_PROBED = 16
# Candidates scored again exactly, for each hit wanted.
RESCORED = 5
# A bitmap over the ids is the quickest filter; it has one bit for each possible id. Beyond 80,000,000 it would be over 10 MB.
LARGEST_BITMAP_ID = 80_000_000
# Bytes after the index in its file: a word to recognise it and the SHA-256 of all before.
TRAILER = b"LIVINGPROOF-DENSE-1\n"

ExactVectors = Callable[[np.ndarray], np.ndarray]


class VectorIndex(Protocol):
    """What finds vectors: FAISS here, a database elsewhere."""

    def __len__(self) -> int:
        """How many vectors there are."""
        ...

    def add(self, ids: np.ndarray, vectors: np.ndarray) -> None:
        """Put vectors (n x d, unit length) under ids (n, int64, not negative); an id that is there is replaced."""
        ...

    def remove(self, ids: np.ndarray) -> int:
        """Take ids out; how many were there."""
        ...

    def search(self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Ids and cosines of the nearest, best first, at most `limit`; only ids of `allowed` where that is given."""
        ...


class DenseIndex:
    """FAISS over vectors of one model. Changes are seen at once; one change or search at a time."""

    def __init__(self, dimension: int, *, flat_limit: int = FLAT_LIMIT, exact: ExactVectors | None = None) -> None:
        self.dimension = dimension
        self.flat_limit = flat_limit
        self._exact = exact
        self._index = self._flat()
        self._ids: set[int] = set()
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def trained(self) -> bool:
        """Whether the vectors are held in cells and 8 bits (True) or whole (False)."""
        return not isinstance(self._index, faiss.IndexIDMap2)

    def ids(self) -> np.ndarray:
        """The ids that are there, int64, ascending."""
        with self._lock:
            return np.array(sorted(self._ids), dtype=np.int64)

    def add(self, ids: np.ndarray, vectors: np.ndarray) -> None:
        """Put vectors under ids; WrongShape where they do not fit. Passing FLAT_LIMIT trains the cells (seconds)."""
        ids, vectors = self._checked(ids, vectors)
        if not len(ids):
            return
        with self._lock:
            known = [number for number in ids.tolist() if number in self._ids]
            if known:
                self.remove(np.array(known, dtype=np.int64))
            if not self.trained and len(self) + len(ids) > self.flat_limit:
                self._train(ids, vectors)
            else:
                self._index.add_with_ids(vectors, ids)
            self._ids.update(ids.tolist())

    def remove(self, ids: np.ndarray) -> int:
        """Take ids out; how many were there."""
        with self._lock:
            known = np.array([number for number in np.asarray(ids).tolist() if number in self._ids], dtype=np.int64)
            if not len(known):
                return 0
            removed = int(self._index.remove_ids(faiss.IDSelectorBatch(known)))
            self._ids.difference_update(known.tolist())
            return removed

    def clear(self) -> None:
        """Forget every vector, and the training."""
        with self._lock:
            self._index = self._flat()
            self._ids.clear()

    def search(self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Ids (int64) and cosines (float32) of the nearest, best first."""
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if query.shape[1] != self.dimension:
            raise WrongShape(f"The question has {query.shape[1]} dimensions, the index {self.dimension}.")
        nothing = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        with self._lock:
            if allowed is not None:
                allowed = np.ascontiguousarray(allowed, dtype=np.int64)
            if limit < 1 or not len(self) or (allowed is not None and not len(allowed)):
                return nothing
            wanted = limit * RESCORED if self.trained and self._exact else limit
            parameters, _selector = self._parameters(allowed)
            scores, ids = self._index.search(query, min(wanted, len(self)), params=parameters)
        found = ids[0] >= 0
        ids, scores = ids[0][found], scores[0][found]
        if self.trained and self._exact is not None and len(ids):
            scores = unit_rows(self._exact(ids)) @ query[0]
        order = np.lexsort((ids, -scores))[:limit]
        return ids[order], scores[order]

    def save(self, path: Path) -> None:
        """Write the index to a file: whole or not at all, with its checksum."""
        scratch = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with self._lock:
                faiss.write_index(self._index, str(scratch))
            digest = _digest(scratch, scratch.stat().st_size)
            with scratch.open("ab") as file:
                file.write(TRAILER + digest)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        finally:
            scratch.unlink(missing_ok=True)

    def load(self, path: Path) -> None:
        """Read what `save` wrote. A file that is not whole is set aside as `NAME.damaged-...` and IndexDamaged raised."""
        size = path.stat().st_size - len(TRAILER) - hashlib.sha256().digest_size
        with path.open("rb") as file:
            file.seek(max(0, size))
            trailer = file.read()
        if size <= 0 or trailer != TRAILER + _digest(path, size):
            raise _set_aside(path)
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as problem:
            raise _set_aside(path) from problem
        if index.d != self.dimension:
            raise WrongShape(f"The index holds vectors of {index.d} dimensions, the model gives {self.dimension}.")
        with self._lock:
            self._index = index
            self._ids = set(_stored_ids(index).tolist())

    def _flat(self) -> Any:
        return faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimension))

    def _train(self, ids: np.ndarray, vectors: np.ndarray) -> None:
        """Sort all vectors into cells: about 4 x sqrt(n) of them (the FAISS guidelines), so a cell holds sqrt(n) / 4."""
        if len(self):
            flat = faiss.downcast_index(self._index.index)
            vectors = np.concatenate([flat.reconstruct_n(0, flat.ntotal), vectors])
            ids = np.concatenate([faiss.vector_to_array(self._index.id_map), ids])
        cells = max(1, int(4 * np.sqrt(len(ids))))
        chosen = np.random.default_rng(0).permutation(len(ids))[: cells * TRAINING_PER_CELL]
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(self.dimension),
            self.dimension,
            cells,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
            False,
        )
        index.cp.min_points_per_centroid = 1  # a small index in a test is no reason for a warning on stderr
        index.train(np.ascontiguousarray(vectors[chosen]))
        index.add_with_ids(vectors, ids)
        self._index = index

    def _parameters(self, allowed: np.ndarray | None) -> tuple[Any, Any]:
        """Search parameters, and the selector, which must live as long as they do (FAISS does not own it)."""
        selector = _selector(allowed)
        if not self.trained:
            return (faiss.SearchParameters(sel=selector) if selector else None), selector
        cells = self._index.nlist
        # The fewer ids are allowed, the more cells must be opened to meet enough of them.
        share = PROBED_SHARE if allowed is None else PROBED_SHARE * len(self) / max(1, len(allowed))
        probed = int(min(cells, max(FEWEST_PROBED, np.ceil(cells * share))))
        if selector is None:
            return faiss.SearchParametersIVF(nprobe=probed), None
        return faiss.SearchParametersIVF(nprobe=probed, sel=selector), selector

    def _checked(self, ids: np.ndarray, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        ids = np.ascontiguousarray(ids, dtype=np.int64)
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if vectors.shape != (len(ids), self.dimension):
            raise WrongShape(f"{len(ids)} ids need {len(ids)} x {self.dimension} vectors, not {vectors.shape}.")
        if len(ids) and (ids.min() < 0 or not np.isfinite(vectors).all()):
            raise WrongShape("Ids count from 0 and vectors are finite numbers.")
        _, last = np.unique(ids[::-1], return_index=True)  # of an id given twice the later vector counts
        rows = len(ids) - 1 - last
        return ids[rows], vectors[rows]


def _selector(allowed: np.ndarray | None) -> Any:
    if allowed is None:
        return None
    if int(allowed.max()) > LARGEST_BITMAP_ID:
        return faiss.IDSelectorBatch(allowed)
    bits = np.zeros(int(allowed.max()) + 1, dtype=bool)
    bits[allowed[allowed >= 0]] = True
    return faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))


def _stored_ids(index: Any) -> np.ndarray:
    if isinstance(index, faiss.IndexIDMap2):
        return np.asarray(faiss.vector_to_array(index.id_map))
    lists = index.invlists
    cells = [
        faiss.rev_swig_ptr(lists.get_ids(cell), lists.list_size(cell)).copy()
        for cell in range(index.nlist)
        if lists.list_size(cell)
    ]
    return np.concatenate(cells) if cells else np.empty(0, dtype=np.int64)


def _digest(path: Path, size: int) -> bytes:
    """SHA-256 of the first `size` bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (block := file.read(min(size, 1 << 20))):
            digest.update(block)
            size -= len(block)
    return digest.digest()


def _set_aside(path: Path) -> IndexDamaged:
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    with contextlib.suppress(OSError):
        path.replace(aside)
    logger.error("The index file %s failed its checksum and was renamed to %s.", path, aside.name)
    return IndexDamaged("A file of the search index is damaged and was set aside.")
