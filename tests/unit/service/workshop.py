"""A worker without processes: real database and blobs, a fake reader and judge, a queue that is emptied in this process."""

import datetime
from dataclasses import dataclass

from sqlalchemy import func, select

from evidence.model import DocumentReport, Passage, Report
from extractors.archive import InProcess
from extractors.document import Block, Document, Part
from extractors.errors import DamagedFile
from extractors.locators import ParagraphLocator
from extractors.policy import ExtractionPolicy
from service.accounts.service import AccountService
from service.documents import jobs
from service.documents.blobs import FsspecBlobs
from service.documents.bundles import BundleStates
from service.documents.intake import IntakeService, Sent
from service.documents.models import PassageRow
from service.documents.passwords import PasswordKeeper
from service.documents.progress import Progress
from service.documents.removal import Remover
from service.documents.service import DocumentService
from service.reports import renewal
from service.reports.service import ReportService
from service.settings import ServicePolicy, Settings
from service.suppliers.service import SupplierService
from service.work.context import WorkContext, install
from service.work.keeper import Sweeper
from service.work.queue import FakeQueue

RUN = {
    "bundle": jobs.unpack_bundle,
    "document": jobs.read_document,
    "bulk": jobs.read_document,
    "assessment": jobs.assess_bundle,
    "supplier": jobs.assess_supplier,
    "vectors": jobs.embed_further,
    "renewal": jobs.assess_supplier,
}


class FakeReader:
    """Reads text files; the word damaged makes a damaged file, any other trouble is set by the test."""

    def __init__(self):
        self.trouble = None
        self.passwords = ()

    def open(self, path, name, into, budget, passwords=()):
        return InProcess(ExtractionPolicy()).open(path, name, into, budget, passwords)

    def read(self, path, name, progress=None, passwords=()):
        self.passwords = tuple(passwords)
        if self.trouble:
            raise self.trouble
        text = path.read_text()
        if progress:
            progress(1, 2)
            progress(2, 2)
        if "damaged" in text:
            raise DamagedFile
        place = (ParagraphLocator(paragraph=1),)
        return Document(
            path=name, sha256="0" * 64, media_type="text/plain", parts=(Part(number=1, kind="section"),),
            blocks=(Block(kind="paragraph", text=text, locators=place, part=1),),
        )  # fmt: skip


@dataclass
class Result:
    report: DocumentReport
    vectors: object = None


class FakeJudge:
    """Every paragraph is a passage; it is a record where it holds a digit."""

    further = None
    version = "fake-1"

    def __init__(self):
        self.trouble = None

    def load(self):
        pass

    def read(self, document):
        if self.trouble:
            raise self.trouble
        passages = tuple(
            Passage(
                id=f"{document.sha256[:12]}-{n:04d}", text=block.text, locators=block.locators,
                mode="record" if any(c.isdigit() for c in block.text) else "prescription", modes={"record": 0.9},
            )
            for n, block in enumerate(document.blocks, 1)
        )  # fmt: skip
        return Result(
            DocumentReport(
                path=document.path, sha256=document.sha256, status="read", media_type=document.media_type,
                kind="procedure", reading="static", pages=1, pages_read=1, passages=passages, model=self.version,
            )
        )  # fmt: skip


def fake_assess(supplier, day, documents, settings=None):
    return Report(
        supplier=supplier, reference_date=day.isoformat(), headline="not enough evidence",
        counts={"documents": len(documents)}, documents=tuple(documents),
    )  # fmt: skip


class Workshop:
    """All parts together."""

    def __init__(self, database, folder, **limits):
        self.limits = ServicePolicy(**{"progress_seconds": 0.001, "attempts": 2, "backoff_seconds": (1.0,), **limits})
        self.database = database
        self.blobs = FsspecBlobs(str(folder / "blobs"))
        self.queue = FakeQueue()
        self.reader, self.judge = FakeReader(), FakeJudge()
        self.progress = Progress(database, self.limits.lease_seconds, self.limits.attempts)
        self.bundles = BundleStates(database, self.limits.lease_seconds, self.limits.attempts)
        self.reports = ReportService(database, fake_assess)
        remover = self.remover = Remover(database, self.blobs)
        self.who = AccountService(database).local()
        self.suppliers = SupplierService(database, remover)
        self.settings = Settings(data=folder, limits=self.limits)
        self.passwords = PasswordKeeper(self.blobs, self.settings)
        self.intake = IntakeService(database, self.blobs, self.queue, remover, self.limits, self.passwords)
        self.documents = DocumentService(database, self.blobs, self.queue, remover, self.progress, self.bundles)
        self.sweeper = Sweeper(self.progress, self.bundles, self.queue, self.limits, None, remover.sweep, self._older)
        self.supplier = self.suppliers.create(self.who, "Song Cam").id
        self.learning = None
        self.become("worker-1")

    def _older(self):
        with self.database.read() as session:
            return renewal.older(session)

    def become(self, owner):
        self.owner = owner
        install(
            WorkContext(
                settings=self.settings, database=self.database, blobs=self.blobs, queue=self.queue, reader=self.reader,
                passwords=self.passwords, judge=self.judge, assess=self.reports.prepare, owner=owner, documents=self.progress, bundles=self.bundles,
                learning=self.learning,
            )
        )  # fmt: skip

    def send(self, **files):
        sent = [Sent(f"{name}.txt", [text.encode()]) for name, text in files.items()]
        return self.intake.receive(self.who, self.supplier, sent)

    def work(self, rounds=20):
        for _ in range(rounds):
            waiting = self.queue.take()
            if not waiting:
                return
            for kind, subject, _ in waiting:
                RUN[kind](subject)

    def states(self, bundle):
        return {d.path: d.state for d in self.documents.bundle(self.who, bundle).documents}

    def only_document(self, bundle):
        (document,) = self.documents.bundle(self.who, bundle).documents
        return document

    def passages(self):
        """How many passages are kept."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(PassageRow))

    def report(self):
        return self.reports.report(self.who, self.supplier, datetime.date(2026, 3, 1))
