"""Keeps the search indexes abreast of the database: one index a workspace, each derived, each safe to throw away."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexes.errors import IndexBusy, WritingFailed
from indexes.hybrid import HybridIndex
from indexes.items import Changes, IndexItem
from indexes.verification import Verification
from service.database.engine import Database
from service.search import catalogue

logger = logging.getLogger(__name__)

# How often the database is asked for changes: search is to know a document two seconds after it was stored.
LOOK_SECONDS = 0.5
# How often a changed index is written out; a crash in between costs only the time to apply the changes again.
WRITE_SECONDS = 10.0
# How long a search waits for changes to be taken in before it answers without them, and says so.
WAIT_SECONDS = 1.0
# Documents whose passages are read from the database at once.
DOCUMENTS = 100
# How long a stop waits for the index to be written out.
STOP_SECONDS = 3.0

OpenIndex = Callable[[Path | None], HybridIndex]


@dataclass
class _Kept:
    """An index in this process."""

    index: HybridIndex
    written: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)


class IndexKeeper:
    """The indexes of this process. Any number of processes keep the same folders; each knows all that is committed."""

    def __init__(self, database: Database, folder: Path | None, open_index: OpenIndex) -> None:
        self._database = database
        self._folder = folder
        self._open = open_index
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []
        self._rounds: list[Callable[[], object]] = []

    def each_round(self, work: Callable[[], object]) -> None:
        """Do some work after each look for changes, such as running saved searches on what is new."""
        self._rounds.append(work)

    def start(self) -> None:
        """Catch up in the background from now on."""
        for name, work in (("index", self._follow), ("index-codes", self._compact)):
            thread = threading.Thread(target=work, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Write everything out."""
        self._ended.set()
        for thread in self._threads:
            thread.join(STOP_SECONDS)
            if thread.is_alive():
                # It loads models or makes an index anew; what it has not written is made again at the next start.
                return
        for kept in self._kept.values():
            with kept.lock:
                self._write(kept)
                kept.index.close()

    def index(self, workspace: str) -> tuple[HybridIndex, bool]:
        """The index of a workspace, and whether it holds all that the database holds."""
        kept = self._of(workspace)
        complete = self.catch_up(workspace)
        return kept.index, complete

    def catch_up(self, workspace: str) -> bool:
        """Apply what changed since; False where that takes longer than a searcher should wait, and goes on."""
        kept = self._of(workspace)
        version = self._version(workspace)
        if kept.index.mark == version:
            return True
        if not kept.lock.acquire(timeout=WAIT_SECONDS):
            return False
        try:
            return self._apply(kept, workspace)
        finally:
            kept.lock.release()

    def _useless(self, index: HybridIndex, workspace: str) -> bool:
        """Whether an index must be made anew: it is empty, or ahead of the database, so belongs to one that was put back from
        a backup. The database is asked after the index: others write meanwhile, and only they make it look ahead."""
        mark = index.mark
        return mark == 0 or mark > self._version(workspace)

    def _version(self, workspace: str) -> int:
        with self._database.read() as session:
            return catalogue.version(session, workspace)

    def _apply(self, kept: _Kept, workspace: str) -> bool:
        index = kept.index
        if self._useless(index, workspace):
            index.refresh()
        if self._useless(index, workspace):
            with self._database.read() as session:
                version = catalogue.version(session, workspace)
                try:
                    items = _fitting(index, catalogue.items(session, workspace))
                    index.rebuild(items, version, only_if=lambda: self._useless(index, workspace))
                except IndexBusy:
                    return False
                except WritingFailed as problem:
                    logger.warning("the search index could not be made anew: %s", problem)
                    return False
                kept.written = time.monotonic()
                return index.mark >= version
        with self._database.read() as session:
            version = catalogue.version(session, workspace)

            def changes(after: int, until: int) -> Changes:
                changed = catalogue.changes(session, workspace, after, until)
                gone = [number for change in changed if change.action == "deleted" for number in change.passages]
                stored = sorted({change.document_id for change in changed if change.action == "stored"})
                batches = (stored[start : start + DOCUMENTS] for start in range(0, len(stored), DOCUMENTS))
                items = (item for batch in batches for item in catalogue.items(session, workspace, batch))
                return Changes(gone, _fitting(index, items))

            return index.catch_up(version, changes)

    @staticmethod
    def _write(kept: _Kept) -> None:
        if kept.index.unwritten:
            try:
                kept.index.flush()
            except IndexBusy:
                return
        kept.written = time.monotonic()

    def in_memory(self) -> "IndexKeeper":
        """A keeper whose indexes live in this process only: made from the database when they are first asked for, so
        complete, for a command that runs while the service writes the folder."""
        return IndexKeeper(self._database, None, self._open)

    def workspaces(self) -> list[str]:
        """All workspaces that have an index."""
        with self._database.read() as session:
            return catalogue.workspaces(session)

    def rebuild(self, workspace: str) -> int:
        """Make the index anew from the database; how many passages it holds. Raises IndexBusy."""
        kept = self._of(workspace)
        with kept.lock, self._database.read() as session:
            version = catalogue.version(session, workspace)
            return kept.index.rebuild(_fitting(kept.index, catalogue.items(session, workspace)), version)

    def verify(self, workspace: str) -> Verification:
        """Compare the index with the database."""
        index, _ = self.index(workspace)
        with self._database.read() as session:
            return index.verify(catalogue.passage_ids(session, workspace))

    def _of(self, workspace: str) -> _Kept:
        with self._lock:
            if workspace not in self._kept:
                index = self._open(self._place(workspace))
                self._kept[workspace] = _Kept(index)
            return self._kept[workspace]

    def _place(self, workspace: str) -> Path | None:
        """The folder of a workspace's index. Its name holds when the workspace was made: the local workspace of a new
        database has the id of the old one, and must not get its index."""
        if self._folder is None:
            return None
        with self._database.read() as session:
            made = catalogue.made_at(session, workspace)
        return self._folder / (f"{workspace}-{made:%Y%m%d%H%M%S%f}" if made else workspace)

    def _follow(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            try:
                with self._database.read() as session:
                    known = catalogue.workspaces(session)
                for workspace in known:
                    self.catch_up(workspace)
                    kept = self._of(workspace)
                    if time.monotonic() - kept.written > WRITE_SECONDS:
                        with kept.lock:
                            self._write(kept)
                for work in self._rounds:
                    work()
            except Exception:
                logger.exception("the search index could not catch up; it tries again")
                self._ended.wait(WRITE_SECONDS)

    def _compact(self) -> None:
        """Make new codes with many loose vectors, beside everything else: it takes seconds to minutes."""
        while not self._ended.wait(WRITE_SECONDS):
            for kept in list(self._kept.values()):
                try:
                    kept.index.compact()
                except Exception:
                    logger.exception("new codes could not be made; the old ones serve on")


def _fitting(index: HybridIndex, items: Iterable[IndexItem]) -> Iterator[IndexItem]:
    """Items with the vectors of the models this index has; where none is left, the index makes them anew."""
    models = {model.name for model in (index.embedder, index.multilingual) if model is not None}
    for item in items:
        kept = tuple(vector for vector in item.vectors if vector.model in models)
        yield item if len(kept) == len(item.vectors) else replace(item, vectors=kept)
