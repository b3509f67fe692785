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

import faiss as _faiss
import numpy as np

from indexes.embedder import unit_rows
from indexes.errors import IndexDamaged, WrongShape

logger = logging.getLogger(__name__)

faiss: Any = _faiss  # its stubs do not know what its Python layer adds to the C++ classes

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
# How much deeper a search looks where texts have several vectors: an abstract has four windows.
WINDOWS_DEEPER = 4
# A bitmap is the quickest filter; it has 4 bytes for each possible id, so beyond this it would take more than 80 MB.
LARGEST_BITMAP_ID = 20_000_000
# Bytes after the index in its file: a word to recognise it and the SHA-256 of all before.
TRAILER = b"LIVINGPROOF-DENSE-1\n"

# What the best window of a text counts against the whole of it (0.5 to 0.8 are equal on the training half of SciFact).
BEST_WINDOW = 0.65
# Vectors an id has room for: its place in FAISS is id x 32 + the number of the vector, 0 for the whole text.
ROOM = 32

ExactVectors = Callable[[np.ndarray], np.ndarray]


class VectorIndex(Protocol):
    """What finds vectors: FAISS here, a database elsewhere.

    An id has one vector, or several: the first for the whole text, the others for its windows. Its score for a
    question is the cosine, or what the whole's cosine and the best window's make together.
    """

    def __len__(self) -> int:
        """How many ids there are."""
        ...

    def add(self, ids: np.ndarray, vectors: np.ndarray) -> None:
        """Put vectors (n x d, unit length) under ids (n, int64, not negative); an id that is there is replaced.

        Rows with the same id are the vectors of one text, in order.
        """
        ...

    def remove(self, ids: np.ndarray) -> int:
        """Take ids out; how many were there."""
        ...

    def search(
        self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ids and scores of the nearest, best first, at most `limit`; only ids of `allowed` where that is given."""
        ...


class DenseIndex:
    """FAISS over vectors of one model. Changes are seen at once; one change or search at a time.

    `exact` gives the exact vectors (n x d) of keys (id x 32 + number), for scoring candidates again.
    """

    def __init__(self, dimension: int, *, flat_limit: int = FLAT_LIMIT, exact: ExactVectors | None = None) -> None:
        self.dimension = dimension
        self.flat_limit = flat_limit
        self._exact = exact
        self._index = self._flat()
        self._counts: dict[int, int] = {}
        self._windowed = 0
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def trained(self) -> bool:
        """Whether the vectors are held in cells and 8 bits (True) or whole (False)."""
        return not isinstance(self._index, faiss.IndexIDMap2)

    def ids(self) -> np.ndarray:
        """The ids that are there, int64, ascending."""
        with self._lock:
            return np.array(sorted(self._counts), dtype=np.int64)

    def add(self, ids: np.ndarray, vectors: np.ndarray) -> None:
        """Put vectors under ids; WrongShape where they do not fit. Passing `flat_limit` trains the cells (seconds)."""
        ids, vectors = self._checked(ids, vectors)
        if not len(ids):
            return
        order = np.argsort(ids, kind="stable")
        ids, vectors = ids[order], vectors[order]
        unique, first, counts = np.unique(ids, return_index=True, return_counts=True)
        keys = ids * ROOM + np.arange(len(ids)) - np.repeat(first, counts)
        with self._lock:
            self.remove(unique)
            if not self.trained and self._index.ntotal + len(keys) > self.flat_limit:
                self._train(keys, vectors)
            else:
                self._index.add_with_ids(vectors, keys)
            self._counts.update(zip(unique.tolist(), counts.tolist(), strict=True))
            self._windowed += int((counts > 1).sum())

    def remove(self, ids: np.ndarray) -> int:
        """Take ids out; how many were there."""
        with self._lock:
            counts = {number: self._counts[number] for number in np.asarray(ids).tolist() if number in self._counts}
            if not counts:
                return 0
            keys = [number * ROOM + place for number, count in counts.items() for place in range(count)]
            self._index.remove_ids(faiss.IDSelectorBatch(np.array(keys, dtype=np.int64)))
            for number, count in counts.items():
                del self._counts[number]
                self._windowed -= count > 1
            return len(counts)

    def clear(self) -> None:
        """Forget every vector, and the training."""
        with self._lock:
            self._index = self._flat()
            self._counts.clear()
            self._windowed = 0

    def search(
        self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ids (int64) and scores (float32, -1 to 1) of the nearest, best first."""
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if query.shape[1] != self.dimension:
            raise WrongShape(f"The question has {query.shape[1]} dimensions, the index {self.dimension}.")
        with self._lock:
            if limit < 1 or not len(self) or (allowed is not None and not len(allowed)):
                return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
            # Several windows of one text come up together: look deeper, so that enough texts are among them.
            wanted = limit * (WINDOWS_DEEPER if self._windowed else 1)
            keys, scores = self._nearest(query, wanted, _selector(allowed), None if allowed is None else len(allowed))
            if self._windowed and len(keys):
                several = [number for number in np.unique(keys // ROOM).tolist() if self._counts[number] > 1]
                own = [number * ROOM + place for number in several for place in range(self._counts[number])]
                if own:
                    selector = faiss.IDSelectorBatch(np.array(own, dtype=np.int64))
                    rest = self._nearest(query, len(own), selector, len(several))
                    keys, scores = np.concatenate([keys, rest[0]]), np.concatenate([scores, rest[1]])
        ids, scores = _by_text(keys, scores)
        order = np.lexsort((ids, -scores))[:limit]
        return ids[order], scores[order]

    def _nearest(
        self, query: np.ndarray, wanted: int, selector: Any, selected: int | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Keys and cosines of the nearest vectors among the selected."""
        rescored = self.trained and self._exact is not None
        depth = min(wanted * RESCORED if rescored else wanted, int(self._index.ntotal))
        scores, keys = self._index.search(query, depth, params=self._parameters(selector, selected))
        found = keys[0] >= 0
        keys, scores = keys[0][found], scores[0][found]
        if rescored and self._exact is not None and len(keys):
            scores = unit_rows(self._exact(keys)) @ query[0]
        order = np.argsort(-scores, kind="stable")[:wanted]
        return keys[order], scores[order]

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
        """Read what `save` wrote; a file that is not whole is renamed `NAME.damaged-...` and IndexDamaged raised."""
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
            unique, counts = np.unique(_stored_keys(index) // ROOM, return_counts=True)
            self._counts = dict(zip(unique.tolist(), counts.tolist(), strict=True))
            self._windowed = int((counts > 1).sum())

    def _flat(self) -> Any:
        return faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimension))

    def _train(self, keys: np.ndarray, vectors: np.ndarray) -> None:
        """Sort all vectors into cells: about 4 x sqrt(n), as the FAISS guidelines say, so a cell holds sqrt(n) / 4."""
        if self._index.ntotal:
            flat = faiss.downcast_index(self._index.index)
            vectors = np.concatenate([flat.reconstruct_n(0, flat.ntotal), vectors])
            keys = np.concatenate([faiss.vector_to_array(self._index.id_map), keys])
        cells = max(1, int(4 * np.sqrt(len(keys))))
        chosen = np.random.default_rng(0).permutation(len(keys))[: cells * TRAINING_PER_CELL]
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
        index.add_with_ids(vectors, keys)
        self._index = index

    def _parameters(self, selector: Any, selected: int | None) -> Any:
        """Search parameters. FAISS does not own the selector: the caller holds it until the search is over."""
        if not self.trained:
            return faiss.SearchParameters(sel=selector) if selector is not None else None
        cells = self._index.nlist
        # The fewer ids are allowed, the more cells must be opened to meet enough of them; the work stays the same.
        share = PROBED_SHARE if selected is None else PROBED_SHARE * len(self) / max(1, selected)
        probed = int(min(cells, max(FEWEST_PROBED, np.ceil(cells * share))))
        if selector is None:
            return faiss.SearchParametersIVF(nprobe=probed)
        return faiss.SearchParametersIVF(nprobe=probed, sel=selector)

    def _checked(self, ids: np.ndarray, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        ids = np.ascontiguousarray(ids, dtype=np.int64)
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if vectors.shape != (len(ids), self.dimension):
            raise WrongShape(f"{len(ids)} ids need {len(ids)} x {self.dimension} vectors, not {vectors.shape}.")
        if not len(ids):
            return ids, vectors
        if ids.min() < 0 or not np.isfinite(vectors).all():
            raise WrongShape("Ids count from 0 and vectors are finite numbers.")
        if np.unique(ids, return_counts=True)[1].max() > ROOM:
            raise WrongShape(f"A text has at most {ROOM} vectors.")
        return ids, vectors


def _by_text(keys: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From vectors to texts: the best window and the whole (or, where that is not at hand, the best again), weighed."""
    ids = keys // ROOM
    unique, place = np.unique(ids, return_inverse=True)
    best = np.full(len(unique), -1.0, dtype=np.float32)
    np.maximum.at(best, place, scores.astype(np.float32))
    whole = best.copy()
    first = keys % ROOM == 0
    whole[place[first]] = scores[first]
    return unique, BEST_WINDOW * best + (1 - BEST_WINDOW) * whole


def _selector(allowed: np.ndarray | None) -> Any:
    """The filter for all vectors of the allowed ids."""
    if allowed is None:
        return None
    allowed = np.ascontiguousarray(allowed, dtype=np.int64)
    allowed = allowed[allowed >= 0]
    largest = int(allowed.max(initial=0))
    if largest > LARGEST_BITMAP_ID:
        return faiss.IDSelectorBatch((allowed[:, None] * ROOM + np.arange(ROOM)).ravel())
    bits = np.zeros(largest + 1, dtype=np.uint32)
    bits[allowed] = np.uint32(0xFFFFFFFF)  # ROOM bits, one for each vector of the id
    return faiss.IDSelectorBitmap(bits.view(np.uint8))


def _stored_keys(index: Any) -> np.ndarray:
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
