"""What a worker process works with: built once when it starts, used by every job."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from evidence.model import DocumentReport
from extractors.document import Document
from service.database.engine import Database
from service.documents.analysis import BundleReader
from service.documents.blobs import BlobStore
from service.documents.bundles import BundleClaim, BundleStates
from service.documents.passwords import PasswordKeeper
from service.documents.progress import Claim, Progress
from service.documents.store import PassageVectors
from service.reports.renewal import older
from service.search.further import FurtherEmbedder, behind
from service.settings import Settings
from service.work.queue import JobQueue

if TYPE_CHECKING:
    from service.learning.parts import LearningParts


class ReadResult(Protocol):
    """A document's report and the vectors of its passages; ``evidence.pipeline.ReadEvidence`` is the real one."""

    @property
    def report(self) -> DocumentReport:
        """The report."""
        ...

    @property
    def vectors(self) -> PassageVectors | None:
        """One vector a passage."""
        ...


class Judge(Protocol):
    """Judges a read document; ``judges.LazyJudge`` is the real one."""

    @property
    def further(self) -> FurtherEmbedder | None:
        """What gives passages vectors for search beside their first; None where they have one only."""
        ...

    def read(self, document: Document) -> ReadResult:
        """Report and vectors."""
        ...

    @property
    def version(self) -> str:
        """Name of the model, as it stands beside its verdicts."""
        ...

    def load(self) -> None:
        """Get ready, so that the first document does not wait. Raises ModelUnusable."""
        ...


@dataclass
class WorkContext:
    """The parts of a worker. ``assess`` works out the report of a supplier and keeps it."""

    settings: Settings
    database: Database
    blobs: BlobStore
    queue: JobQueue
    reader: BundleReader
    passwords: PasswordKeeper
    judge: Judge
    assess: Callable[[str, str], None]
    owner: str
    documents: Progress
    bundles: BundleStates
    learning: "LearningParts | None" = None
    held: set[Claim | BundleClaim] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def judging(self, workspace: str) -> "Judge":
        """The judge whose model a workspace uses now."""
        return self.learning.models.judge(workspace) if self.learning else self.judge

    def needed_learning(self) -> "LearningParts":
        """The parts for training."""
        if self.learning is None:
            raise RuntimeError("this worker does not train")
        return self.learning

    @contextmanager
    def holding(self, claim: Claim | BundleClaim) -> Iterator[None]:
        """While this lasts, the keeper renews the claim."""
        with self.lock:
            self.held.add(claim)
        try:
            yield
        finally:
            with self.lock:
                self.held.discard(claim)

    def documents_without_vectors(self, seconds: float) -> list[str]:
        """Documents read longer ago than this that lack second vectors for search."""
        model = self.judge.further
        if model is None:
            return []
        with self.database.read() as session:
            return behind(session, model.name, seconds)

    def suppliers_by_older_rules(self) -> list[str]:
        """Suppliers whose kept reports are of older rules."""
        with self.database.read() as session:
            return older(session)

    def renew(self) -> None:
        """Say of every claim that its worker lives."""
        with self.lock:
            claims = list(self.held)
        for claim in claims:
            if isinstance(claim, Claim):
                self.documents.renew(claim)
            else:
                self.bundles.renew(claim)


_current: WorkContext | None = None


def install(context: WorkContext | None) -> None:
    """Make a context the one of this process."""
    global _current
    _current = context


def current() -> WorkContext:
    """The context of this process."""
    if _current is None:
        raise RuntimeError("this process is no worker")
    return _current
