"""Vectors to hits: the nearest passages by cosine, on FAISS.

Up to FLAT_LIMIT vectors the search is exact. Above, most of them are held as codes, with files (`indexes.codes`) that
never change; what came since is searched exactly beside them, and what went since is left out of both. From time to
time new codes are made of all of it.
"""

import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import faiss as _faiss
import numpy as np

from indexes import codes
from indexes.allowed import Allowed
from indexes.codes import Codes, among, set_aside
from indexes.errors import WrongShape
from indexes.settling import settle, settle_folder

faiss: Any = _faiss  # its stubs do not know what its Python layer adds to the C++ classes

# Below this exact search takes under 20 ms on one core and nothing needs training.
FLAT_LIMIT = 50_000
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


class VectorIndex(Protocol):
    """What finds vectors: FAISS here, Postgres elsewhere (`indexes.pgvector`).

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

    def ids(self) -> np.ndarray:
        """The ids that are there, int64, ascending."""
        ...

    def search(
        self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ids and scores of the nearest, best first, at most `limit`; only ids of `allowed` where that is given."""
        ...


class DenseIndex:
    """FAISS over vectors of one model. Changes are seen at once; one change or search at a time."""

    def __init__(self, dimension: int, *, flat_limit: int = FLAT_LIMIT) -> None:
        self.dimension = dimension
        self.flat_limit = flat_limit
        self._lock = threading.RLock()
        self.clear()

    def clear(self) -> None:
        """Forget every vector, and the training."""
        with self._lock:
            self._base: Codes | None = None
            # Of each coded id how many vectors it has; ids that were taken out since are hidden.
            self._base_ids = np.empty(0, dtype=np.int64)
            self._base_counts = np.empty(0, dtype=np.uint8)
            self._hidden: set[int] = set()
            self._gone = _array(self._hidden)
            self._flat = faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimension))
            self._counts: dict[int, int] = {}
            self._windowed = 0

    def __len__(self) -> int:
        return len(self._counts) + len(self._base_ids) - len(self._hidden)

    @property
    def trained(self) -> bool:
        """Whether most vectors are held as codes (True) or all of them whole (False)."""
        return self._base is not None

    @property
    def loose(self) -> int:
        """Vectors and removals beside the codes: what makes a search slower, until new codes are made."""
        return int(self._flat.ntotal) + len(self._hidden)

    def ids(self) -> np.ndarray:
        """The ids that are there, int64, ascending."""
        with self._lock:
            kept = self._base_ids[~np.isin(self._base_ids, _array(self._hidden))] if self._hidden else self._base_ids
            return np.sort(np.concatenate([kept, _array(self._counts)]))

    def add(self, ids: np.ndarray, vectors: np.ndarray) -> None:
        """Put vectors under ids; WrongShape where they do not fit."""
        ids, vectors = self._checked(ids, vectors)
        if not len(ids):
            return
        order = np.argsort(ids, kind="stable")
        ids, vectors = ids[order], vectors[order]
        unique, first, counts = np.unique(ids, return_index=True, return_counts=True)
        keys = ids * ROOM + np.arange(len(ids)) - np.repeat(first, counts)
        with self._lock:
            self.remove(unique)
            self._flat.add_with_ids(vectors, keys)
            self._counts.update(zip(unique.tolist(), counts.tolist(), strict=True))
            self._windowed += int((counts > 1).sum())

    def remove(self, ids: np.ndarray) -> int:
        """Take ids out; how many were there."""
        with self._lock:
            given = np.unique(np.asarray(ids, dtype=np.int64))
            counts = {number: self._counts[number] for number in given.tolist() if number in self._counts}
            if counts:
                keys = [number * ROOM + place for number, count in counts.items() for place in range(count)]
                self._flat.remove_ids(faiss.IDSelectorBatch(np.array(keys, dtype=np.int64)))
            for number, count in counts.items():
                del self._counts[number]
                self._windowed -= count > 1
            below = set(given[among(given, self._base_ids)].tolist()) - self._hidden
            if below:
                self._hidden |= below
                self._gone = np.sort(_array(self._hidden))
            return len(counts) + len(below)

    def train(self, stem: Path | None = None) -> bool:
        """Make new codes of all vectors, in files `stem...` or in memory; False where none is left, and no codes are
        made. Searches and changes go on meanwhile."""
        with self._lock:
            if not len(self):
                self.clear()
                return False
            before, hidden = self._base, set(self._hidden)
            keys, rows = self._loose()
        made = codes.build(_merged(before, hidden, keys, rows), self.dimension, stem)
        with self._lock:
            # What was added or taken out while the codes were made stays beside them.
            now_keys, now_rows = self._loose()
            same = among(now_keys, keys)
            same[same] = (now_rows[same] == rows[np.searchsorted(keys, now_keys[same])]).all(axis=1)
            lost = keys[~among(keys, now_keys)]
            changed = np.unique(np.concatenate([now_keys[~same], lost]) // ROOM)
            stays = among(now_keys // ROOM, changed)
            gone = set(changed.tolist()) | (self._hidden - hidden)
            self._stand_on(made, gone, now_keys[stays], now_rows[stays])
            return True

    def take(self, after: int) -> tuple[np.ndarray, np.ndarray]:
        """Take out what lies beside the codes of ids above one: keys, ascending, and rows, as codes are made of them."""
        with self._lock:
            keys, rows = self._loose()
            start = int(np.searchsorted(keys, (after + 1) * ROOM))
            self._put_loose(keys[:start], rows[:start])
            return keys[start:], rows[start:]

    def adopt(self, base: Codes, hidden: set[int]) -> None:
        """Stand on codes that were made elsewhere, but for some of their ids; what lies beside them stays."""
        with self._lock:
            self._stand_on(base, hidden, *self._loose())

    def _loose(self) -> tuple[np.ndarray, np.ndarray]:
        """What lies beside the codes: keys, ascending, and rows."""
        keys = np.array(faiss.vector_to_array(self._flat.id_map))
        flat = faiss.downcast_index(self._flat.index)
        rows = flat.reconstruct_n(0, flat.ntotal) if flat.ntotal else np.empty((0, self.dimension), dtype=np.float32)
        if np.all(keys[1:] > keys[:-1]):
            return keys, rows
        order = np.argsort(keys, kind="stable")
        return keys[order], rows[order]

    def _put_loose(self, keys: np.ndarray, rows: np.ndarray) -> None:
        """Have these vectors beside the codes, and no others."""
        self._flat = faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimension))
        if len(keys):
            self._flat.add_with_ids(np.ascontiguousarray(rows), np.ascontiguousarray(keys))
        unique, counts = np.unique(keys // ROOM, return_counts=True)
        self._counts = dict(zip(unique.tolist(), counts.tolist(), strict=True))
        self._windowed = int((counts > 1).sum()) + int((self._base_counts > 1).sum())

    def search(
        self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ids (int64) and scores (float32, -1 to 1) of the nearest, best first."""
        if allowed is not None and not np.all(allowed[1:] > allowed[:-1]):
            allowed = np.unique(allowed)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if query.shape[1] != self.dimension:
            raise WrongShape(f"The question has {query.shape[1]} dimensions, the index {self.dimension}.")
        with self._lock:
            if limit < 1 or not len(self) or (allowed is not None and not len(allowed)):
                return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
            # Several windows of one text come up together: look deeper, so that enough texts are among them.
            wanted = limit * (WINDOWS_DEEPER if self._windowed else 1)
            if self._windowed and allowed is not None and len(allowed) <= limit:
                # All of them are asked for, and a text with many windows must not crowd out the others.
                wanted = sum(self._count(number) for number in allowed.tolist())
            keys, scores = self._nearest(query, wanted, allowed)
            if self._windowed and len(keys):
                several = [number for number in np.unique(keys // ROOM).tolist() if self._count(number) > 1]
                if several:
                    own = sum(self._count(number) for number in several)
                    rest = self._nearest(query, own, np.array(several, dtype=np.int64))
                    keys, scores = np.concatenate([keys, rest[0]]), np.concatenate([scores, rest[1]])
        ids, scores = by_text(keys, scores)
        order = np.lexsort((ids, -scores))[:limit]
        return ids[order], scores[order]

    def _nearest(self, query: np.ndarray, wanted: int, allowed: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """Keys and cosines of the nearest vectors among the allowed ids."""
        found = [self._nearest_loose(query, wanted, allowed)]
        if self._base is not None:
            filtered = allowed is not None or len(self._gone)
            found.append(self._base.nearest(query, wanted, Allowed(allowed, self._gone, ROOM) if filtered else None))
        keys = np.concatenate([part for part, _ in found])
        scores = np.concatenate([part for _, part in found])
        order = np.argsort(-scores, kind="stable")[:wanted]
        return keys[order], scores[order]

    def _nearest_loose(
        self, query: np.ndarray, wanted: int, allowed: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same among the vectors beside the codes."""
        count = int(self._flat.ntotal)
        if allowed is not None and count < len(allowed):  # few are loose: the filter is made of them alone
            loose = np.array(faiss.vector_to_array(self._flat.id_map)) // ROOM
            allowed = loose[among(loose, allowed)]
        if not count or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        selector = _selector(allowed)
        parameters = faiss.SearchParameters(sel=selector) if selector is not None else None
        scores, keys = self._flat.search(query, min(wanted, count), params=parameters)
        there = keys[0] >= 0
        return keys[0][there], scores[0][there]

    def _count(self, number: int) -> int:
        if number in self._counts:
            return self._counts[number]
        place = int(np.searchsorted(self._base_ids, number))
        return int(self._base_counts[place]) if place < len(self._base_ids) else 1

    def save(self, path: Path) -> None:
        """Write the loose vectors to a file: whole or not at all, with its checksum. Codes are written by `train`."""
        scratch = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with self._lock:
                hidden = _array(self._hidden)
                faiss.write_index(self._flat, str(scratch))
            tail = hidden.astype("<i8").tobytes() + len(hidden).to_bytes(8, "little")
            with scratch.open("ab") as file:
                file.write(tail)
            digest = _digest(scratch, scratch.stat().st_size)
            with scratch.open("ab") as file:
                file.write(TRAILER + digest)
                settle(file)
            scratch.replace(path)
            settle_folder(path.parent)
        finally:
            scratch.unlink(missing_ok=True)

    def load(self, path: Path, stem: Path | None = None) -> None:
        """Read what `save` wrote, and the codes `stem...` where there are some; a file that is not whole is renamed
        `NAME.damaged-...` and IndexDamaged raised."""
        size = path.stat().st_size - len(TRAILER) - hashlib.sha256().digest_size
        with path.open("rb") as file:
            file.seek(max(0, size))
            trailer = file.read()
            if size <= 8 or trailer != TRAILER + _digest(path, size):
                raise set_aside(path)
            file.seek(size - 8)
            count = int.from_bytes(file.read(8), "little")
            file.seek(size - 8 - 8 * count)
            hidden = np.frombuffer(file.read(8 * count), dtype="<i8")
        try:
            flat = faiss.read_index(str(path))
        except RuntimeError as problem:
            raise set_aside(path) from problem
        if flat.d != self.dimension:
            raise WrongShape(f"The index holds vectors of {flat.d} dimensions, the model gives {self.dimension}.")
        base = codes.load(stem, self.dimension) if stem is not None else None
        with self._lock:
            self.clear()
            self._flat = flat
            if base is not None:
                self._stand_on(base, set(hidden.tolist()), *self._loose())
            else:
                self._put_loose(*self._loose())

    def _stand_on(self, base: Codes, hidden: set[int], keys: np.ndarray, rows: np.ndarray) -> None:
        """Have these codes, without the hidden ids, and these vectors beside them."""
        self._base = base
        self._base_ids, counts = np.unique(np.asarray(base.keys) // ROOM, return_counts=True)
        self._base_counts = counts.astype(np.uint8)
        gone = _array(hidden)
        self._gone = np.sort(gone[among(gone, self._base_ids)])
        self._hidden = set(self._gone.tolist())
        self._put_loose(keys, rows)

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


def by_text(keys: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From vectors to texts: the best window and the whole (or, where that is not at hand, the best again), weighed."""
    ids = keys // ROOM
    unique, place = np.unique(ids, return_inverse=True)
    best = np.full(len(unique), -1.0, dtype=np.float32)
    np.maximum.at(best, place, scores.astype(np.float32))
    whole = best.copy()
    first = keys % ROOM == 0
    whole[place[first]] = scores[first]
    return unique, BEST_WINDOW * best + (1 - BEST_WINDOW) * whole


def _merged(
    base: Codes | None, hidden: set[int], loose_keys: np.ndarray, loose_rows: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The coded vectors without the hidden ones, and the loose ones, by ascending key."""
    start = 0
    gone = _array(hidden)
    for keys, rows in base.batches() if base is not None else ():
        kept = ~np.isin(keys // ROOM, gone)
        end = int(np.searchsorted(loose_keys, keys[-1], side="right"))
        both = np.concatenate([keys[kept], loose_keys[start:end]])
        order = np.argsort(both, kind="stable")
        yield both[order], np.concatenate([rows[kept], loose_rows[start:end]])[order]
        start = end
    if start < len(loose_keys):
        yield loose_keys[start:], loose_rows[start:]


def _array(numbers: "set[int] | dict[int, int]") -> np.ndarray:
    return np.fromiter(numbers, dtype=np.int64, count=len(numbers))


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


def _digest(path: Path, size: int) -> bytes:
    """SHA-256 of the first `size` bytes."""
    return bytes.fromhex(codes.digest_of(path, size))
