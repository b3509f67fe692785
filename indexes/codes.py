"""Many vectors on disk: a short code of each that every search looks through, with the exact vectors beside to score the
best again.

Three files that are written once and never changed, so that any number of processes can use them:

- `NAME.faiss`: the codes (FAISS product quantisation in the layout of its fast scan), read into memory: 73 bytes a vector;
- `NAME.rows`: the exact vectors in 16-bit floats, read row by row where a candidate is scored again;
- `NAME.keys`: the key of each row, ascending.

`NAME.sums` holds their SHA-256. It is written last: without it the others do not count.

A code is made of parts of three numbers, each the nearest of sixteen points that were learnt for that part. Before, the
vectors are turned to the directions in which they differ, and these are dealt out so that every part has as much to tell
(Ge, He, Ke and Sun, Optimized Product Quantization, CVPR 2013: the parametric way). Sixteen points lie in one
register of the processor, so that it looks up 32 vectors at once (André, Kermarrec and Le Scouarnec, Cache
locality is not enough, VLDB 2015).
"""

import contextlib
import hashlib
import json
import logging
import os
import time
import weakref
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np

from indexes.allowed import Allowed, Selections
from indexes.errors import IndexDamaged, WrongShape
from indexes.settling import settle, settle_folder

logger = logging.getLogger(__name__)
faiss: Any = _faiss  # its stubs do not know what its Python layer adds to the C++ classes

# Part of the name of an index's format: raise it when the files of codes change, so that an old index is made anew.
CODES_FORMAT = 2
# Numbers of a vector that one part of its code stands for, and its bits: 64 bytes for 384 numbers.
NUMBERS, BITS = 3, 4
# Vectors the training looks at: their directions are those of all, and the points of a part need some thousand.
TRAINED_ON = 40_000
# Candidates scored again exactly, beside as many as hits are wanted: 1 in 1,000 of the ten nearest of a million lies further
# down. Each is read from disk, 2 microseconds.
RESCORED_MORE = 400
# Up to this many allowed texts all of their vectors are scored exactly, and no code is looked at.
EXACT_LIMIT = 2_000
# Rows are read in one piece where they lie on at most this many times as many: reading 8 on is as quick as asking anew.
TOGETHER = 8
# Vectors added at once while the codes are made: 75 MiB.
BATCH = 50_000
# Threads that make codes: as many as there are cores, as FAISS finds them at the start.
THREADS = faiss.omp_get_max_threads()
SUFFIXES = (".faiss", ".rows", ".keys")


class Codes:
    """The codes of n vectors, which they know by their place; read only. `keys` are int64, ascending, one a vector; `index` is
    what `_filled` makes."""

    def __init__(self, index: Any, keys: np.ndarray, rows: "ExactRows") -> None:
        self._index = index  # owns the two that it is made of
        self._turn = faiss.downcast_VectorTransform(index.chain.at(0))
        self._coded = faiss.downcast_index(index.index)
        self.keys = keys
        self._rows = rows
        self._selections = Selections(keys)
        self.dimension = int(index.d)

    def __len__(self) -> int:
        return len(self.keys)

    def rows(self, keys: np.ndarray) -> np.ndarray:
        """The exact vectors (n x d float32) of keys that are there."""
        return self._rows.at(np.searchsorted(self.keys, keys))

    def batches(self) -> Iterable[tuple[np.ndarray, np.ndarray]]:
        """All keys and exact vectors, in order."""
        for start in range(0, len(self), BATCH):
            end = min(len(self), start + BATCH)
            yield np.asarray(self.keys[start:end]), self._rows.between(start, end)

    def nearest(self, query: np.ndarray, wanted: int, allowed: Allowed | None) -> tuple[np.ndarray, np.ndarray]:
        """Keys and cosines of the nearest vectors among the allowed, best first."""
        depth = wanted + RESCORED_MORE
        if allowed is not None and allowed.most is not None and allowed.most <= EXACT_LIMIT:
            places = allowed.places(self.keys)
        elif len(self) <= depth:  # all would be scored again; and a code farthest off in every part is not found
            places = np.arange(len(self)) if allowed is None else allowed.places(self.keys)
        else:
            # The legs of a search look beside each other already, and threads of FAISS would spin while they wait.
            faiss.omp_set_num_threads(1)
            # All codes stand in one cell: FAISS takes a filter for its fast scan only where there are cells.
            parameters = faiss.IVFSearchParameters(nprobe=1)
            if allowed is not None:  # FAISS does not own the selector: what is kept holds it until the search is over
                parameters.sel = self._selections.of(allowed)
            _, found = self._coded.search(self._turn.apply(query), depth, params=parameters)
            places = found[0][found[0] >= 0]
        if not len(places):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        places = np.sort(places)  # read from one end of the file to the other
        scores = cosines(self._rows.halves(places), query)
        order = np.argsort(-scores, kind="stable")[:wanted]
        return np.asarray(self.keys[places[order]]), scores[order]


class ExactRows:
    """Vectors in 16-bit floats: in a file, read where they are asked for and never mapped, or in memory.

    Mapped, a row takes twice the time of a call of the system, for the fault of its page, and leaves the page in memory.
    """

    def __init__(self, dimension: int, path: Path | None = None, rows: np.ndarray | None = None) -> None:
        self.dimension = dimension
        self._memory = rows
        self._width = 2 * dimension
        self._handle = -1
        if path is not None:
            self._handle = os.open(path, os.O_RDONLY)
            weakref.finalize(self, os.close, self._handle)  # the file is let go with the last who reads it

    def at(self, places: np.ndarray) -> np.ndarray:
        """The rows at these places as float32."""
        return self.halves(places).astype(np.float32)

    def halves(self, places: np.ndarray) -> np.ndarray:
        """The rows at these places in 16-bit floats."""
        if self._memory is not None:
            return self._memory[places]
        if not len(places):
            return np.empty((0, self.dimension), dtype=np.float16)
        first, last = int(places.min()), int(places.max())
        if last - first < TOGETHER * len(places):  # those of one supplier
            return self._between(first, last + 1)[places - first]
        handle, width = self._handle, self._width
        starts = (places.astype(np.int64) * width).tolist()
        data = b"".join(map(os.pread, repeat(handle), repeat(width), starts))
        return np.frombuffer(data, dtype=np.float16).reshape(-1, self.dimension)

    def between(self, start: int, end: int) -> np.ndarray:
        """Rows from one place up to another as float32."""
        return self._between(start, end).astype(np.float32)

    def _between(self, start: int, end: int) -> np.ndarray:
        if self._memory is not None:
            return self._memory[start:end]
        data = os.pread(self._handle, (end - start) * self._width, start * self._width)
        return np.frombuffer(data, dtype=np.float16).reshape(-1, self.dimension)


class CodesWriter:
    """Vectors on their way into the files of the codes: taken in by ascending key, batch after batch, and not held in memory.

    With `stem` they go into the files `stem.rows` and so on, and `finish` holds their keys, the training sample and the
    codes, 80 bytes a vector; without it everything stays in memory. Until `finish` is done nothing under these names
    has changed.
    """

    def __init__(self, dimension: int, stem: Path | None = None) -> None:
        self.dimension = dimension
        self._stem = stem
        self._keys: list[np.ndarray] = []
        self._rows: list[np.ndarray] = []
        self._paths: dict[str, Path] = {}
        if stem is not None:
            self._paths = {suffix: stem.with_name(f".{stem.name}.{os.getpid()}{suffix}") for suffix in SUFFIXES}
            self._file = self._paths[".rows"].open("wb")

    @property
    def last(self) -> int:
        """The largest key so far; -1 before the first."""
        return int(self._keys[-1][-1]) if self._keys else -1

    def append(self, keys: np.ndarray, rows: np.ndarray) -> None:
        """Take in vectors (n x d); WrongShape where a key is not larger than the one before."""
        if not len(keys):
            return
        keys = np.asarray(keys, dtype=np.int64)
        if keys[0] <= self.last or not np.all(keys[1:] > keys[:-1]):
            raise WrongShape("Vectors are coded by ascending key.")
        self._keys.append(keys)
        if self._stem is None:
            self._rows.append(rows.astype(np.float16))
        else:
            self._file.write(rows.astype("<f2").tobytes())

    def finish(self) -> Codes:
        """Make the codes; what was written is removed where that fails."""
        keys = np.concatenate(self._keys or [np.empty(0, dtype=np.int64)])
        if self._stem is None:
            rows = ExactRows(self.dimension, rows=np.concatenate(self._rows))
            return Codes(_filled(len(keys), rows, self.dimension), keys, rows)
        stem, paths = self._stem, self._paths
        try:
            settle(self._file)
            self._file.close()
            with paths[".keys"].open("wb") as file:
                file.write(keys.astype("<i8").tobytes())
                settle(file)
            faiss.write_index(
                _filled(len(keys), ExactRows(self.dimension, paths[".rows"]), self.dimension), str(paths[".faiss"])
            )
            sums = {suffix: digest_of(path) for suffix, path in paths.items()}
            for suffix, path in paths.items():
                path.replace(stem.with_name(stem.name + suffix))
            last = stem.with_name(f".{stem.name}.{os.getpid()}.sums")
            with last.open("w", encoding="ascii") as text:
                json.dump({"dimension": self.dimension, "count": len(keys), "sums": sums}, text)
                settle(text)
            last.replace(stem.with_name(stem.name + ".sums"))
            settle_folder(stem.parent)
        finally:
            self.abandon()
        return load(stem, self.dimension)

    def abandon(self) -> None:
        """Remove what was written, where no codes have come of it."""
        if self._stem is not None:
            with contextlib.suppress(OSError):  # on a full disk what is still to be written fails once more
                self._file.close()
        for path in self._paths.values():
            path.unlink(missing_ok=True)


def build(batches: Iterable[tuple[np.ndarray, np.ndarray]], dimension: int, stem: Path | None = None) -> Codes:
    """Make codes of vectors. `batches` are (keys, rows), the keys ascending over all of them (see `CodesWriter`)."""
    writer = CodesWriter(dimension, stem)
    try:
        for keys, rows in batches:
            writer.append(keys, rows)
        return writer.finish()
    finally:
        writer.abandon()


def load(stem: Path, dimension: int) -> Codes:
    """Open what `build` wrote. Files that are not whole are renamed `NAME.damaged-...` and IndexDamaged raised."""
    try:
        said = json.loads(stem.with_name(stem.name + ".sums").read_text(encoding="ascii"))
        whole = all(digest_of(stem.with_name(stem.name + s)) == said["sums"][s] for s in SUFFIXES)
    except (OSError, ValueError, KeyError, TypeError):
        whole, said = False, {}
    if not whole:
        raise set_aside(*(stem.with_name(stem.name + suffix) for suffix in (*SUFFIXES, ".sums")))
    if said["dimension"] != dimension:
        raise WrongShape(f"The index holds vectors of {said['dimension']} dimensions, the model gives {dimension}.")
    index = faiss.read_index(str(stem.with_name(stem.name + ".faiss")))
    keys = np.memmap(stem.with_name(stem.name + ".keys"), dtype="<i8", mode="r")
    return Codes(index, keys, ExactRows(dimension, stem.with_name(stem.name + ".rows")))


def cosines(halves: np.ndarray, query: np.ndarray) -> np.ndarray:
    """The products (n, float32) of unit vectors in 16-bit floats (n x d) with one of 32 bits (1 x d).

    FAISS multiplies the short floats as they are; numpy would make long ones of them first, which takes four times as long.
    """
    faiss.omp_set_num_threads(1)
    scorer = faiss.IndexScalarQuantizer(halves.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    faiss.copy_array_to_vector(np.ascontiguousarray(halves).view(np.uint8).ravel(), scorer.codes)
    scorer.ntotal = len(halves)
    found, order = scorer.search(query, len(halves))
    scores = np.empty(len(halves), dtype=np.float32)
    scores[order[0]] = found[0]
    return scores


def among(ids: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """For each id whether it is among the allowed (ascending): by looking each up, where few are asked and many allowed."""
    if not len(allowed):
        return np.zeros(len(ids), dtype=bool)
    places = np.minimum(np.searchsorted(allowed, ids), len(allowed) - 1)
    found: np.ndarray = allowed[places] == ids
    return found


def digest_of(path: Path, size: int | None = None) -> str:
    """SHA-256 of a file, or of its first `size` bytes."""
    digest = hashlib.sha256()
    left = path.stat().st_size if size is None else size
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(left, 1 << 20))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()


def set_aside(*paths: Path) -> IndexDamaged:
    """Rename files that nobody may read again; the error to raise."""
    for path in paths:
        aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
        with contextlib.suppress(OSError):
            path.replace(aside)
            logger.error("The index file %s failed its checksum and was renamed to %s.", path, aside.name)
    return IndexDamaged("A file of the search index is damaged and was set aside.")


def _filled(count: int, rows: ExactRows, dimension: int) -> Any:
    """The codes of all vectors, each under its place, behind the transform that turns them."""
    faiss.omp_set_num_threads(THREADS)  # of this thread of Python; a search sets it to one
    chosen = np.sort(np.random.default_rng(0).permutation(count)[:TRAINED_ON])
    sample = rows.at(chosen)
    turn = _turning(sample)
    width = int(turn.d_out)
    middle = faiss.IndexFlatIP(width)
    middle.add(np.zeros((1, width), dtype=np.float32))
    coded = faiss.IndexIVFPQFastScan(middle, width, 1, width // NUMBERS, BITS, faiss.METRIC_INNER_PRODUCT)
    coded.by_residual = False
    coded.pq.cp.min_points_per_centroid = 1  # a small index in a test is no reason for a warning on stderr
    coded.train(turn.apply(np.resize(sample, (max(len(sample), 1 << BITS), dimension))))
    index = faiss.IndexPreTransform(turn, coded)
    for start in range(0, count, BATCH):
        index.add(rows.between(start, min(count, start + BATCH)))
    return index


def _turning(sample: np.ndarray) -> Any:
    """The transform to the directions in which vectors (n x d) differ, so dealt out that each part of a code gets as much.

    What a part has to tell is the product of the spreads of its directions, so the next largest goes to the part whose
    product is least. A dimension that is no multiple of NUMBERS gets more numbers, which are zero.
    """
    dimension = sample.shape[1]
    spread, directions = np.linalg.eigh(sample.T.astype(np.float64) @ sample / max(1, len(sample)))
    told = np.log(np.maximum(spread, 1e-9))
    told -= told.min()
    parts: list[list[int]] = [[] for _ in range(-(-dimension // NUMBERS))]
    for number in np.argsort(-spread, kind="stable").tolist():
        least = min((part for part in parts if len(part) < NUMBERS), key=lambda part: float(told[part].sum()))
        least.append(number)
    matrix = np.zeros((NUMBERS * len(parts), dimension), dtype=np.float32)
    for place, part in enumerate(parts):
        matrix[NUMBERS * place : NUMBERS * place + len(part)] = directions[:, part].T
    turn = faiss.LinearTransform(dimension, len(matrix), False)
    faiss.copy_array_to_vector(matrix.ravel(), turn.A)
    turn.is_trained = True
    return turn
