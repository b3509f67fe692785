"""Many vectors on disk: sorted into cells, a bit a number, with the exact vectors beside to score the best again.

Three files that are written once and never changed, so that any number of processes can map them:

- `NAME.faiss`: the cells (FAISS IVF with RaBitQ codes), mapped and not read into memory;
- `NAME.rows`: the exact vectors in 16-bit floats, read row by row where a candidate is scored again;
- `NAME.keys`: the key of each row, ascending.

`NAME.sums` holds their SHA-256. It is written last: without it the others do not count.
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

from indexes.allowed import Allowed, Selection, Selections
from indexes.errors import IndexDamaged, WrongShape
from indexes.settling import settle, settle_folder

logger = logging.getLogger(__name__)
faiss: Any = _faiss  # its stubs do not know what its Python layer adds to the C++ classes

# Cells are this many times the square root of the vectors: 2,000 for a million, and about 500 vectors in each.
CELLS_PER_ROOT = 2
# Vectors of each cell the training looks at; FAISS asks for 39 at least.
TRAINING_PER_CELL = 40
# Rounds of the training. The cells move little after the first few, and twenty-five rounds would take minutes.
TRAINING_ROUNDS = 10
# Share of the cells a search looks into: of a million vectors a fifth finds 0.983 of the ten nearest, a quarter 0.985, a
# third 0.998; of those of the multilingual model, which lie less in heaps, 0.88, 0.90 and 0.91.
PROBED_SHARE = 1 / 3
# The same behind a filter, of as many vectors as pass it: the fewer pass, the more cells must be opened to meet enough of
# them. A tenth passing, this finds 0.998.
FILTERED_SHARE = 1 / 24
# Fewest vectors in the cells a search looks into, about as many as lie flat before there are cells: the neighbours of a
# question lie in as many cells of a small index, and of 100,000 vectors a fifth of the cells finds only 0.963.
FEWEST_OPENED = 60_000
# Candidates scored again exactly, beside as many as hits are wanted: a bit a number changes the order of neighbours by some
# hundred places (with 400 a fifth of the cells finds 0.970). Each is read from disk, 2 microseconds; beyond a thousand
# candidates FAISS takes twice as long to keep them in order.
RESCORED_MORE = 800
# Up to this many allowed vectors all of them are scored exactly: quicker than opening most of the cells.
EXACT_LIMIT = 2_000
# Vectors added at once while the cells are filled: 75 MiB.
BATCH = 50_000
# Bits in which a number of the question is compared with the one bit that FAISS keeps of each number of a vector (RaBitQ,
# Gao and Long 2024). With 8 as many of the ten nearest are found, in more time.
QUESTION_BITS = 4
# Threads that make cells: as many as there are cores, as FAISS finds them at the start.
THREADS = faiss.omp_get_max_threads()
SUFFIXES = (".faiss", ".rows", ".keys")


class Cells:
    """A trained index over n vectors, which it knows by their place; read only. `keys` are int64, ascending, one a vector."""

    def __init__(self, index: Any, keys: np.ndarray, rows: "ExactRows") -> None:
        self._index = index
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
        if allowed is not None and allowed.most is not None and allowed.most <= EXACT_LIMIT:
            places = allowed.places(self.keys)
        else:
            depth = min(wanted + RESCORED_MORE, len(self))
            # The legs of a search look beside each other already, and threads of FAISS would spin while they wait.
            faiss.omp_set_num_threads(1)
            selection = self._selections.of(allowed) if allowed is not None else None
            _, found = self._index.search(query, depth, params=self._parameters(selection))
            places = found[0][found[0] >= 0]
        if not len(places):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        scores = self._rows.at(places) @ query[0]
        order = np.argsort(-scores, kind="stable")[:wanted]
        return np.asarray(self.keys[places[order]]), scores[order]

    def _parameters(self, selection: Selection | None) -> Any:
        """Search parameters. FAISS does not own the selector: what is kept holds it until the search is over."""
        cells = self._index.nlist
        share = max(PROBED_SHARE, FEWEST_OPENED / len(self))
        if selection is not None:
            share = max(share, FILTERED_SHARE * len(self) / max(1, selection.count))
        probed = int(min(cells, np.ceil(cells * share)))
        parameters = faiss.IVFRaBitQSearchParameters()
        parameters.nprobe, parameters.qb = probed, QUESTION_BITS
        if selection is not None:
            parameters.sel = selection.selector
        return parameters


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
        if self._memory is not None:
            return self._memory[places].astype(np.float32)
        handle, width = self._handle, self._width
        starts = (places.astype(np.int64) * width).tolist()
        data = b"".join(map(os.pread, repeat(handle), repeat(width), starts))
        return np.frombuffer(data, dtype=np.float16).reshape(-1, self.dimension).astype(np.float32)

    def between(self, start: int, end: int) -> np.ndarray:
        """Rows from one place up to another as float32."""
        if self._memory is not None:
            return self._memory[start:end].astype(np.float32)
        data = os.pread(self._handle, (end - start) * self._width, start * self._width)
        return np.frombuffer(data, dtype=np.float16).reshape(-1, self.dimension).astype(np.float32)


class CellsWriter:
    """Vectors on their way into cells: taken in by ascending key, batch after batch, and not held in memory.

    With `stem` they go into the files `stem.rows` and so on, and `finish` holds their keys, the training sample and the
    codes, 250 bytes a vector; without it everything stays in memory. Until `finish` is done nothing under these names
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
            raise WrongShape("Vectors go into cells by ascending key.")
        self._keys.append(keys)
        if self._stem is None:
            self._rows.append(rows.astype(np.float16))
        else:
            self._file.write(rows.astype("<f2").tobytes())

    def finish(self) -> Cells:
        """Make the cells; what was written is removed where that fails."""
        keys = np.concatenate(self._keys or [np.empty(0, dtype=np.int64)])
        if self._stem is None:
            rows = ExactRows(self.dimension, rows=np.concatenate(self._rows))
            return Cells(_filled(len(keys), rows, self.dimension), keys, rows)
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
        """Remove what was written, where no cells have come of it."""
        if self._stem is not None:
            self._file.close()
        for path in self._paths.values():
            path.unlink(missing_ok=True)


def build(batches: Iterable[tuple[np.ndarray, np.ndarray]], dimension: int, stem: Path | None = None) -> Cells:
    """Sort vectors into cells. `batches` are (keys, rows), the keys ascending over all of them (see `CellsWriter`)."""
    writer = CellsWriter(dimension, stem)
    try:
        for keys, rows in batches:
            writer.append(keys, rows)
        return writer.finish()
    finally:
        writer.abandon()


def load(stem: Path, dimension: int) -> Cells:
    """Map what `build` wrote. Files that are not whole are renamed `NAME.damaged-...` and IndexDamaged raised."""
    try:
        said = json.loads(stem.with_name(stem.name + ".sums").read_text(encoding="ascii"))
        whole = all(digest_of(stem.with_name(stem.name + s)) == said["sums"][s] for s in SUFFIXES)
    except (OSError, ValueError, KeyError, TypeError):
        whole, said = False, {}
    if not whole:
        raise set_aside(*(stem.with_name(stem.name + suffix) for suffix in (*SUFFIXES, ".sums")))
    if said["dimension"] != dimension:
        raise WrongShape(f"The index holds vectors of {said['dimension']} dimensions, the model gives {dimension}.")
    index = faiss.read_index(str(stem.with_name(stem.name + ".faiss")), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
    keys = np.memmap(stem.with_name(stem.name + ".keys"), dtype="<i8", mode="r")
    return Cells(index, keys, ExactRows(dimension, stem.with_name(stem.name + ".rows")))


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
    """The trained index with all vectors in it, each under its place."""
    faiss.omp_set_num_threads(THREADS)  # of this thread of Python; a search sets it to one
    cells = max(1, int(CELLS_PER_ROOT * np.sqrt(count)))
    random = np.random.default_rng(0)
    chosen = np.sort(random.permutation(count)[: cells * TRAINING_PER_CELL])
    index = faiss.IndexIVFRaBitQ(faiss.IndexFlatIP(dimension), dimension, cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = TRAINING_ROUNDS
    index.cp.min_points_per_centroid = 1  # a small index in a test is no reason for a warning on stderr
    index.cp.spherical = True  # cosines: a centre is a direction
    index.train(np.ascontiguousarray(rows.at(chosen)))
    places = np.empty(count, dtype=np.int64)
    for start in range(0, count, BATCH):
        end = min(count, start + BATCH)
        places[start:end] = index.quantizer.search(rows.between(start, end), 1)[1][:, 0]
    # Lists that grow as they are filled take up to twice the memory: each is made as long as it becomes, then emptied.
    for cell, long in enumerate(np.bincount(places, minlength=cells).tolist()):
        index.invlists.resize(cell, long)
        index.invlists.resize(cell, 0)
    for start in range(0, count, BATCH):
        end = min(count, start + BATCH)
        some, own, into = rows.between(start, end), np.arange(start, end), places[start:end]
        index.add_core(end - start, faiss.swig_ptr(some), faiss.swig_ptr(own), faiss.swig_ptr(into))
    return index
