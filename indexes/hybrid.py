"""The search index: words and meaning together, derived from the database and thrown away without loss.

The database is the truth: it holds each passage with its vectors. The index is filled from it, carries a `mark` that
says up to which change of the database it has got, and can be made again at any time.

On disk: `state.json` names the current generation, `generation-N/` holds it (`indexes.folder`). A rebuild writes
generation N+1 beside and switches by replacing `state.json`, so searches go on meanwhile. Without a folder everything is
in memory, for a process that fills its own index.
"""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from indexes.dense import FLAT_LIMIT
from indexes.embedder import Embedder
from indexes.errors import IndexBusy, IndexDamaged, WrongShape
from indexes.finder import Finder, Hit
from indexes.folder import IndexFolder, State
from indexes.generation import Batch, Generation, Vector, rows_of
from indexes.items import Changes, ChangesOf, IndexItem, Ready, put_words, words_of
from indexes.legs import Legs, aligned
from indexes.ranking import Ranking
from indexes.terms import Termbase
from indexes.verification import Verification, compared

logger = logging.getLogger(__name__)

# Passages written at once in a rebuild: large enough that a commit costs nothing, small enough for the memory.
REBUILD_BATCH = 10_000
# Times a generation is opened that another process replaces at the same moment.
OPENING_ATTEMPTS = 5


class HybridIndex:
    """Search by words and by meaning over the passages of one workspace.

    Any number of processes may share a folder, and each may write. The words are written at once, under a lock, by
    whoever is first to hear of a change; the vectors each process keeps up with by itself, in memory beside what is on
    disk, and writes out from time to time. `mark` says up to which change of the database this process has got.
    """

    def __init__(
        self,
        folder: Path | None,
        embedder: Embedder,
        multilingual: Embedder | None = None,
        *,
        termbase: Termbase | None = None,
        ranking: Ranking | None = None,
        flat_limit: int = FLAT_LIMIT,
    ) -> None:
        self.embedder = embedder
        self.multilingual = multilingual
        self.legs = Legs(embedder, multilingual)
        self._finder = Finder(self.legs, termbase or Termbase(), ranking or Ranking())
        self.flat_limit = flat_limit
        self.damaged: tuple[str, ...] = ()
        self._dimensions = self.legs.dimensions
        self._folder = IndexFolder(folder, self._dimensions, self.legs.format)
        self._lock = threading.RLock()
        self._state = State()
        self._stamp = (0, 0)
        self._vectors_mark = 0
        self._live = Generation(None, self._dimensions)
        if folder is not None:
            self._open()

    def __len__(self) -> int:
        return len(self._live.lexical)

    @property
    def mark(self) -> int:
        """The change of the database up to which this index has got, words and vectors."""
        return min(self._vectors_mark, self._folder.words_mark(self._state.generation))

    @property
    def unwritten(self) -> bool:
        """Whether this process holds vectors of changes that are not in the files yet."""
        return self._folder.path is not None and self._vectors_mark > self._folder.state().mark

    @property
    def crowded(self) -> bool:
        """Whether so many vectors lie beside the codes that they should be coded too."""
        return any(dense.loose > self.flat_limit for dense in self._live.dense.values())

    def upsert(self, items: Sequence[IndexItem]) -> None:
        """Put passages in; one of the same id is replaced. They are found as soon as this returns. Raises IndexBusy."""
        if not items:
            return
        with self._lock, self._folder.lock():
            self._follow()
            ready = self._with_vectors(items)
            self._put_vectors(self._live, ready)
            put_words(self._live, ready)

    def remove(self, ids: Iterable[int]) -> None:
        """Take passages out; they are not found from the moment this returns. Raises IndexBusy."""
        gone = np.array(list(ids), dtype=np.int64)
        if not len(gone):
            return
        with self._lock, self._folder.lock():
            self._follow()
            for dense in self._live.dense.values():
                dense.remove(gone)
            self._live.lexical.remove(gone.tolist())

    def catch_up(self, until: int, changes: ChangesOf) -> bool:
        """Take in what changed up to a version of the database; False where another process is still writing its words.

        Applying a change twice does no harm, so after a crash everything since the mark is applied again.
        """
        with self._lock:
            self._follow()
            words = self._folder.words_mark(self._state.generation)
            if self._vectors_mark < until and self._vectors_mark < words:
                # Somebody else has written the words already: only the vectors are to be taken in.
                self._apply(changes(self._vectors_mark, min(words, until)), words_too=False)
                self._vectors_mark = min(words, until)
            try:
                if words < until:
                    with self._folder.lock():
                        self._follow()
                        words = self._folder.words_mark(self._state.generation)
                        if words < until:
                            self._apply(changes(words, until), words_too=True)
                            self._folder.note_words(self._state.generation, until)
                if self._vectors_mark < until:
                    self._apply(changes(self._vectors_mark, until), words_too=False)
                self._vectors_mark = max(self._vectors_mark, until)
            except IndexBusy:
                if self._vectors_mark < until:
                    self._apply(changes(self._vectors_mark, until), words_too=False)
                    self._vectors_mark = until
            self._see_words()
            return self.mark >= until

    def _apply(self, changed: Changes, *, words_too: bool) -> None:
        gone = np.array(list(changed.gone), dtype=np.int64)
        for dense in self._live.dense.values():
            dense.remove(gone)
        if words_too and len(gone):
            self._live.lexical.remove(gone.tolist())
        iterator = iter(changed.items)
        while batch := list(islice(iterator, REBUILD_BATCH)):
            ready = self._with_vectors(batch)
            self._put_vectors(self._live, ready)
            if words_too:
                put_words(self._live, ready)

    def flush(self, mark: int | None = None) -> None:
        """Put the vectors on disk, with the mark up to which the database has been applied. Raises IndexBusy."""
        with self._lock:
            if mark is not None:
                self._vectors_mark = mark
            with self._folder.lock():
                current = self._folder.state()
                if mark is not None:
                    self._folder.note_words(self._state.generation, mark)
                is_other = current.generation != self._state.generation
                if self._folder.path is None or is_other or current.mark > self._vectors_mark:
                    return  # another process is ahead: its files stay
                if self._live.lacks_codes:  # another process wrote without naming them, and so they were swept
                    self._load(current)
                    return
                number = max(current.flush, self._state.flush) + 1
                files = self._live.save(number)
                self._state = State(current.generation, self._vectors_mark, number, files)
                self._folder.write_state(self._state)
                self._stamp = self._folder.stamp()
                self._folder.sweep(self._state)

    def compact(self) -> bool:
        """Make new codes with the loose vectors, where there are many; False where there are not, or another process does
        it. Takes seconds to minutes; searches and changes go on meanwhile."""
        if not self.crowded:
            return False
        try:
            with self._folder.lock("compact", patience=0.0):
                number = time.time_ns()  # names that no flush of any process gives
                live = self._live
                for model, dense in live.dense.items():
                    if dense.loose > self.flat_limit:
                        live.train(model, number)
                self.flush()
        except IndexBusy:
            return False
        except (IndexDamaged, OSError):
            if not self._replaced(live):
                raise
            return False  # another process has made the whole index anew meanwhile
        return True

    def rebuild(self, items: Iterable[IndexItem], mark: int = 0, *, only_if: Callable[[], bool] | None = None) -> int:
        """Make the index anew from all passages, how many there are; searches use the old one until it is complete.

        `only_if` is asked once nobody else can write: where it says no, another process was faster. Raises IndexBusy.
        """
        with self._lock, self._folder.lock():
            self._follow()
            if only_if is not None and not only_if():
                return len(self)
            number = max(self._folder.state().generation, self._state.generation) + 1
            folder = self._folder.generation(number)
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            fresh = Generation(folder, self._dimensions)
            fresh.fill(self._batches(items), self.flat_limit)
            files = fresh.save(1) if folder is not None else {}
            self._folder.note_words(number, mark)
            self._live, self._state = fresh, State(number, mark, 1, files)
            self._vectors_mark, self.damaged = mark, ()
            self._folder.write_state(self._state)
            self._stamp = self._folder.stamp()
            self._folder.sweep(self._state)
            return len(fresh.lexical)

    def refresh(self) -> None:
        """See what other processes have written."""
        if self._folder.path is None:
            return
        with self._lock:
            self._follow()
            state = self._folder.state()
            if state.mark > self._vectors_mark or state.flush != self._state.flush:
                self._load(state)
            self._see_words()

    def close(self) -> None:
        """Nothing is held between two changes: kept for symmetry with what opens an index."""

    def vectors_for(
        self, texts: Sequence[str], languages: Sequence[str], titles: Sequence[str] | None = None
    ) -> list[tuple[Vector, ...]]:
        """The vectors of passages, for the database (see `indexes.legs`)."""
        return self.legs.vectors_for(texts, languages, titles)

    def search(
        self,
        query: str,
        allowed_ids: Iterable[int] | np.ndarray | None = None,
        limit: int = 20,
        marked: int | None = None,
    ) -> list[Hit]:
        """The best passages for a query as a person types it; none where nothing is relevant (see `Finder.search`)."""
        return self._finder.search(self._live, query, allowed_ids, limit, marked)

    def unknown(self, query: str) -> tuple[str, ...]:
        """The words and numbers of a query that stand in no passage (see `Finder.unknown`)."""
        return self._finder.unknown(self._live, query)

    def like(
        self,
        number: int,
        text: str,
        vectors: Mapping[str, bytes],
        allowed_ids: Iterable[int] | np.ndarray | None = None,
        limit: int = 20,
        marked: int | None = None,
    ) -> list[Hit]:
        """Passages that say nearly what this one says, best first and without it; `vectors` are its own by model, as
        the database keeps them. None where nothing comes near."""
        return self._finder.like(self._live, number, text, vectors, allowed_ids, limit, marked)

    def verify(self, expected: Iterable[int] | None = None) -> Verification:
        """Compare the parts of the index with each other and, where they are given, with the ids of the database."""
        with self._lock:
            damaged = {*self.damaged, *self._live.damaged(self._folder.state().files)}
            return compared(self._live, expected, tuple(damaged))

    def _with_vectors(self, items: Sequence[IndexItem]) -> Ready:
        """Items by number with their vectors, made here where the database has none; WrongShape for strange ones."""
        latest = {item.id: item for item in items}
        lacking = [item for item in latest.values() if not item.vectors]
        made = self.legs.vectors_for(
            [item.text for item in lacking], [item.language for item in lacking], [item.title for item in lacking]
        )
        vectors = {number: item.vectors for number, item in latest.items()}
        vectors |= {item.id: found for item, found in zip(lacking, made, strict=True)}
        for number, found in vectors.items():
            for vector in found:
                if vector.model not in self._dimensions:
                    raise WrongShape(f"Passage {number} has vectors of {vector.model}, which this index does not use.")
        return {number: (item, vectors[number]) for number, item in latest.items()}

    def _batches(self, items: Iterable[IndexItem]) -> Iterator[Batch]:
        iterator = iter(items)
        while batch := list(islice(iterator, REBUILD_BATCH)):
            ready = self._with_vectors(batch)
            yield Batch(np.array(sorted(ready), dtype=np.int64), self._rows(ready), words_of(ready))

    def _rows(self, ready: Ready) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """By model ids and vectors as they are compared; the database keeps them as the model gave them."""
        vectors = {number: found for number, (_, found) in ready.items()}
        rows = {}
        for _, model in self.legs:
            ids, values = rows_of(vectors, model.name, model.dimension)
            if len(ids):
                values = aligned(model, values, [ready[number][0].language for number in ids.tolist()])
            rows[model.name] = (ids, values)
        return rows

    def _put_vectors(self, generation: Generation, ready: Ready) -> None:
        rows = self._rows(ready)
        for model, dense in generation.dense.items():
            dense.remove(np.array(sorted(ready), dtype=np.int64))  # the model of a passage may have changed
            dense.add(*rows[model])

    def _follow(self) -> None:
        """Take up a generation or codes that another process has made: the codes this one stands on are swept."""
        stamp = self._folder.stamp()
        if self._folder.path is None or stamp == self._stamp:
            return
        state = self._folder.state()
        if state.generation != self._state.generation or self._live.folder is None:
            self._open()
        elif state.codes != self._state.codes:
            self._load(state)
        self._stamp = stamp

    def _see_words(self) -> None:
        """See the words that others have written. Where another process has replaced the generation since it was looked
        at, its files are gone, and the new one is opened."""
        for attempt in range(OPENING_ATTEMPTS):
            live = self._live
            try:
                live.lexical.refresh()
            except ValueError:  # what tantivy raises for files that are not there
                if attempt == OPENING_ATTEMPTS - 1 or not self._replaced(live):
                    raise
                self._follow()
            else:
                return

    def _replaced(self, live: Generation) -> bool:
        """Whether another generation than this one is the current one."""
        return live.folder is not None and live.folder != self._folder.generation(self._folder.state().generation)

    def _load(self, state: State) -> None:
        """Read the vectors of a state of this generation; what came since is taken in by the next catching up."""
        for _ in range(OPENING_ATTEMPTS):
            damaged = self._live.load(state.files) if state.files else []
            newer = self._folder.state()
            if not damaged or newer == state or newer.generation != state.generation:
                break
            state = newer  # another process has written newer files and removed these
        self.damaged = tuple(damaged)
        # A part that is gone must be filled again: the mark falls back to the beginning.
        self._vectors_mark = 0 if damaged else state.mark
        if damaged and newer.generation == state.generation:
            self._folder.note_words(state.generation, 0)
        self._state = state

    def _open(self) -> None:
        """Open the current generation; tried again where another process replaces it meanwhile."""
        for attempt in range(OPENING_ATTEMPTS):
            self._stamp = self._folder.stamp()
            state = self._folder.state()
            folder = self._folder.generation(state.generation)
            assert folder is not None
            try:
                self._live = self._open_generation(folder)
                self._load(state)
            except OSError:
                if attempt == OPENING_ATTEMPTS - 1:
                    raise
                continue
            if not self.damaged or self._folder.stamp() == self._stamp:
                return

    def _open_generation(self, folder: Path) -> Generation:
        try:
            return Generation(folder, self._dimensions)
        except ValueError as problem:  # what tantivy raises for files it cannot read
            aside = folder.with_name(f"{folder.name}.damaged-{time.time_ns()}")
            folder.replace(aside)
            logger.error("The lexical index in %s cannot be read (%s) and was set aside.", folder, problem)
            return Generation(folder, self._dimensions)
