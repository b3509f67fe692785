"""The composition root: the one place where settings become working parts and rooms are tied together.

Everything heavy (models, encoders, database drivers) is imported when it is first asked for, so that the command's help
appears at once.
"""

import datetime
import gc
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import NoRoom, NotReady, is_of_a_full_disk
from service.judges import LazyJudge, ModelJudge, encoders, load_classifier, most_judged
from service.settings import Settings

if TYPE_CHECKING:
    from evidence.heads import Encoders
    from evidence.model import DocumentReport, Report
    from evidence.settings import AssessmentSettings
    from extractors.sandbox import Reader
    from indexes.hybrid import HybridIndex
    from indexes.terms import Termbase
    from service.accounts.access import Access
    from service.accounts.service import AccountService
    from service.database.engine import Database
    from service.documents.blobs import BlobStore
    from service.documents.bundles import BundleStates
    from service.documents.intake import IntakeService
    from service.documents.pictures import PictureService
    from service.documents.progress import Progress
    from service.documents.service import DocumentService
    from service.learning.parts import LearningParts
    from service.learning.service import LearningService
    from service.reports.rules import RulesService
    from service.reports.service import ReportService
    from service.reviews.queue import ReviewQueue
    from service.reviews.service import ReviewService
    from service.search.keeper import IndexKeeper, OpenIndex
    from service.search.questions import QuestionService
    from service.search.saved import SavedSearchService
    from service.search.service import SearchService
    from service.suppliers.service import SupplierService
    from service.web.upload import Uploads
    from service.work.context import WorkContext
    from service.work.queue import JobQueue, RqQueue

logger = logging.getLogger(__name__)


def open_reader(settings: Settings, passwords: "Sequence[str]" = ()) -> "Reader":
    """A reader with its own child process; a context manager. ``passwords`` are tried on every protected file."""
    from extractors.sandbox import Reader

    return Reader(settings.extraction, passwords=passwords)


def learning_parts(
    settings: Settings, opened: "Database", blobs: "BlobStore", queue: "JobQueue", judge: "LazyJudge"
) -> "LearningParts":
    """What trains models and judges with those of workspaces."""
    from service.accounts.service import AccountService
    from service.documents.jobs import text_name
    from service.learning.active import ActiveModels, ModelFiles
    from service.learning.learner import Learner
    from service.learning.parts import LearningParts
    from service.learning.service import LearningService
    from service.learning.sources import ShippedSources
    from service.learning.trainings import Trainings
    from service.reviews.labels import LabelService, kept_text

    files = ModelFiles(blobs, settings.cache / "models")
    trainings = Trainings(opened, settings.limits)
    labels = LabelService(opened, lambda workspace, sha256: kept_text(blobs.get(workspace, text_name(sha256))))
    sources = ShippedSources(
        settings,
        lambda: judge.encoders,
        lambda folder, reading: load_classifier(folder, reading, settings.reading_risk),
    )
    return LearningParts(
        models=ActiveModels(
            opened,
            files,
            judge,
            lambda folder: ModelJudge(folder, judge.encoders, settings.reading_risk, most_judged(settings)),
        ),
        learner=Learner(opened, labels, trainings, files, sources, settings),
        trainings=trainings,
        service=LearningService(opened, queue, settings),
        accounts=AccountService(opened),
    )


def assess(
    supplier: str,
    reference_date: datetime.date,
    documents: "Sequence[DocumentReport]",
    settings: "AssessmentSettings | None" = None,
) -> "Report":
    """The assessment of a supplier from its document reports, by the rules that were set apart from the defaults."""
    from evidence.assessment import AssessmentSettings
    from evidence.assessment import assess as assess_supplier

    return assess_supplier(supplier, reference_date, list(documents), settings or AssessmentSettings())


def database(settings: Settings) -> "Database":
    """The database, with the tables of this version."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.database.engine import Database
    from service.database.migrate import trouble_of, upgrade

    opened = Database(settings.database)
    try:
        upgrade(opened)
    except SQLAlchemyError as problem:
        # The sentence is enough for people; who looks for the cause sets LIVINGPROOF_LOG_LEVEL=DEBUG.
        logger.debug("the database cannot be opened", exc_info=True)
        opened.close()
        if is_of_a_full_disk(problem):
            raise NoRoom from problem
        raise trouble_of(problem, settings.database) from problem
    except NotReady:
        opened.close()
        raise
    return opened


def blob_store(settings: Settings) -> "BlobStore":
    """Where the files are kept."""
    from service.documents.blobs import FsspecBlobs

    return FsspecBlobs(settings.blobs, settings.blob_options)


def job_queue(settings: Settings) -> "RqQueue":
    """The queue: the Redis of the settings, or the embedded server that `serve` runs for the data folder."""
    from service.work import broker
    from service.work.queue import RqQueue

    address = settings.redis_url or broker.address(settings.data)
    return RqQueue.connect(address, settings.limits.document_seconds)


def access(settings: Settings) -> "Access":
    """Who gets in by which token; guesses are counted where all processes see them."""
    from service.accounts.access import Access, MemoryGuesses, RedisGuesses
    from service.work import broker

    limits = settings.limits
    token = settings.api_token.get_secret_value() if settings.api_token else ""
    address = settings.redis_url or broker.address(settings.data)
    if not token:
        return Access("", MemoryGuesses(limits.token_guess_seconds, limits.token_guesses))
    return Access(token, RedisGuesses(address, limits.token_guess_seconds, limits.token_guesses))


@contextmanager
def work_context(settings: Settings, owner: str) -> "Iterator[WorkContext]":
    """The parts of a worker process."""
    from service.documents.bundles import BundleStates
    from service.documents.passwords import PasswordKeeper
    from service.documents.progress import Progress
    from service.reports.service import ReportService
    from service.work.context import WorkContext

    limits, blobs = settings.limits, blob_store(settings)
    opened, queue = database(settings), job_queue(settings)
    reports = ReportService(opened, assess)
    judge = LazyJudge(settings)
    try:
        with open_reader(settings) as reader:
            yield WorkContext(
                settings=settings,
                database=opened,
                blobs=blobs,
                queue=queue,
                reader=reader,
                passwords=PasswordKeeper(blobs, settings),
                judge=judge,
                assess=reports.prepare,
                owner=owner,
                documents=Progress(opened, limits.lease_seconds, limits.attempts),
                bundles=BundleStates(opened, limits.lease_seconds, limits.attempts),
                learning=learning_parts(settings, opened, blobs, queue, judge),
            )
    finally:
        queue.close()
        opened.close()


@dataclass(frozen=True)
class Services:
    """What routes, pages and commands call: one object a process."""

    settings: Settings
    database: "Database"
    blobs: "BlobStore"
    queue: "JobQueue"
    accounts: "AccountService"
    suppliers: "SupplierService"
    intake: "IntakeService"
    documents: "DocumentService"
    pictures: "PictureService"
    reviews: "ReviewService"
    review_queue: "ReviewQueue"
    learning: "LearningService"
    reports: "ReportService"
    rules: "RulesService"
    search: "SearchService"
    saved: "SavedSearchService"
    questions: "QuestionService"
    index: "IndexKeeper"
    states: "tuple[Progress, BundleStates]"
    uploads: "Uploads"
    access: "Access"

    def close(self) -> None:
        """Give back files, connections and processes."""
        self.index.stop()
        self.pictures.close()
        self.uploads.close()
        self.access.close()
        close = getattr(self.queue, "close", None)
        if close:
            close()
        self.database.close()


def services(settings: Settings, queue: "JobQueue | None" = None, open_index: "OpenIndex | None" = None) -> Services:
    """The services of a process. ``queue`` and ``open_index`` replace the real ones in tests."""
    from service.accounts.service import AccountService
    from service.documents.bundles import BundleStates
    from service.documents.intake import IntakeService
    from service.documents.passwords import PasswordKeeper
    from service.documents.pictures import PictureService
    from service.documents.progress import Progress
    from service.documents.removal import Remover
    from service.documents.service import DocumentService
    from service.learning.service import LearningService
    from service.reports.rules import RulesService
    from service.reports.service import ReportService
    from service.reviews.queue import ReviewQueue
    from service.reviews.service import ReviewService
    from service.search.keeper import IndexKeeper
    from service.search.questions import QuestionService
    from service.search.saved import SavedSearchService
    from service.search.service import SearchService
    from service.suppliers.service import SupplierService
    from service.web.upload import Uploads

    limits = settings.limits
    opened, blobs = database(settings), blob_store(settings)
    queue = queue or job_queue(settings)
    remover, passwords = Remover(opened, blobs), PasswordKeeper(blobs, settings)
    states = (
        Progress(opened, limits.lease_seconds, limits.attempts),
        BundleStates(opened, limits.lease_seconds, limits.attempts),
    )
    index = IndexKeeper(opened, settings.data / "index", open_index or IndexOpener(settings))
    search = SearchService(opened, index, limits)
    saved = SavedSearchService(opened, search)
    index.each_round(saved.run)
    return Services(
        settings=settings,
        database=opened,
        blobs=blobs,
        queue=queue,
        accounts=AccountService(opened),
        suppliers=SupplierService(opened, remover),
        intake=IntakeService(opened, blobs, queue, remover, limits, passwords),
        documents=DocumentService(opened, blobs, queue, remover, *states),
        pictures=PictureService(opened, blobs, settings, passwords),
        reviews=ReviewService(opened, limits),
        review_queue=ReviewQueue(opened, limits),
        learning=LearningService(opened, queue, settings),
        reports=ReportService(opened, assess),
        rules=RulesService(opened),
        search=search,
        saved=saved,
        questions=QuestionService(search),
        index=index,
        states=states,
        uploads=Uploads(limits),
        access=access(settings),
    )


class IndexOpener:
    """Opens search indexes; the embedders are loaded with the first one, however many workspaces are searched."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._encoders: Encoders | None = None

    def __call__(self, folder: Path | None) -> "HybridIndex":
        """An index in a folder, or in memory, with the terms of the trade where they ship."""
        from indexes.hybrid import HybridIndex

        with self._lock:
            if self._encoders is None:
                self._encoders = encoders(self._settings)
                # What was loaded by now (models, terms, routes: 400,000 objects) stays for good. The collector would look
                # through all of it again and again, 0.3 s each time, which every twentieth search or so had to wait for.
                gc.freeze()
        english, others = self._encoders.english, self._encoders.multilingual
        address = self._settings.index_url
        if address and folder is not None:
            import psycopg

            from indexes.pgvector import PgIndex

            schema = "search_" + "".join(sign if sign.isalnum() else "_" for sign in folder.name.lower())
            return PgIndex(
                lambda: psycopg.connect(address, autocommit=True),
                schema[:63],
                english,  # type: ignore[arg-type]
                others,  # type: ignore[arg-type]
                termbase=termbase(),
            )
        return HybridIndex(folder, english, others, termbase=termbase())  # type: ignore[arg-type]


TERMS = Path(__file__).parent.parent / "corpora" / "termbase" / "quality.toml"


def termbase() -> "Termbase | None":
    """The terms of the trade in the suppliers' languages; None where they are not there or cannot be read.

    They widen a search and decide nothing: without them search goes on, and `livingproof doctor` says so.
    """
    from indexes.terms import load_termbase

    try:
        return load_termbase(TERMS)
    except (OSError, ValueError) as problem:
        logger.error("the terms of the trade cannot be read: %s", problem)
        return None
