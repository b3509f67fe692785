"""The service in this process for a browser: all of it real but the judge and the worker, which is a thread."""

import threading
import time
from contextlib import contextmanager, suppress

import numpy as np
import uvicorn

from evidence.model import DocumentReport
from evidence.passages import cut
from extractors.document import Document
from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from service.bootstrap import assess, blob_store, database, open_reader, services
from service.documents import jobs
from service.documents.bundles import BundleStates
from service.documents.passwords import PasswordKeeper
from service.documents.progress import Progress
from service.reports.service import ReportService
from service.settings import Settings
from service.web.app import create_app
from service.work.context import WorkContext, install
from service.work.queue import FakeQueue

EMBEDDER = FakeEmbedder()
WORK = {"bundle": jobs.unpack_bundle, "document": jobs.read_document, "assessment": jobs.assess_bundle}


class Evidence:
    def __init__(self, report, vectors):
        self.report, self.vectors = report, vectors


class Vectors:
    def __init__(self, texts):
        self.rows = [np.asarray(row) for row in EMBEDDER.encode(texts)]
        self.encoders = [EMBEDDER.name] * len(texts)


class FakeJudge:
    """Text with a digit is a record of corrective action, all else is a rule. Enough for pages."""

    further = None

    def read(self, document: Document) -> Evidence:
        passages = []
        for draft in cut(document):
            mode = "record" if any(letter.isdigit() for letter in draft.text) else "prescription"
            passages.append(
                {
                    "id": draft.id, "text": draft.text, "locators": draft.locators, "part": draft.part,
                    "heading": draft.heading, "language": draft.language, "source": draft.source,
                    "mode": mode, "modes": {mode: 0.8, "other": 0.2}, "criteria": {"corrective_action": 0.9},
                    "reasons": ({"feature": "code", "sentence": "It names a case by its number."},),
                }
            )  # fmt: skip
        report = DocumentReport.model_validate(
            {
                "path": document.path, "sha256": document.sha256, "status": "read", "media_type": document.media_type,
                "kind": "corrective_action_record", "kinds": {"corrective_action_record": 0.7, "procedure": 0.3},
                "reading": "living", "readings": {"living": 0.8, "static": 0.2}, "language": "en",
                "parts": [
                    {"name": p.name, "number": p.number, "kind": "other", "reading": "living"} for p in document.parts
                ],
                "pages": len(document.parts), "pages_read": document.parts_read, "passages": passages,
                "model": "fake-1",
            }
        )  # fmt: skip
        return Evidence(report, Vectors([p.text for p in report.passages]) if passages else None)


@contextmanager
def running(folder, judge=None):
    """The address of a service with its worker; both end with the block."""
    settings = Settings(data=folder, port=0, allowed_hosts=("127.0.0.1",))
    queue = FakeQueue()
    made = services(settings, queue=queue, open_index=lambda place: HybridIndex(place, EMBEDDER, None))
    # Progress streams may still be open at the end: they get a second.
    config = uvicorn.Config(
        create_app(made), host="127.0.0.1", port=0, log_level="warning", ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    ended = threading.Event()
    worker = threading.Thread(target=_work, args=(settings, queue, judge or FakeJudge(), ended), daemon=True)
    serving = threading.Thread(target=server.run, daemon=True)
    worker.start()
    serving.start()
    try:
        while not server.started:
            assert serving.is_alive(), "the service did not start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        ended.set()
        server.should_exit = True
        serving.join(20)
        worker.join(20)
        install(None)


def _work(settings, queue, judge, ended):
    opened = database(settings)
    limits = settings.limits
    reports = ReportService(opened, assess)
    with open_reader(settings) as reader:
        install(
            WorkContext(
                settings=settings, database=opened, blobs=blob_store(settings), queue=queue, reader=reader, judge=judge,
                assess=reports.prepare, owner="stand", passwords=PasswordKeeper(blob_store(settings), settings),
                documents=Progress(opened, limits.lease_seconds, limits.attempts),
                bundles=BundleStates(opened, limits.lease_seconds, limits.attempts),
            )
        )  # fmt: skip
        while not ended.is_set():
            for kind, subject, _ in queue.take():
                with suppress(LookupError):
                    WORK[kind](subject)
            time.sleep(0.02)
    opened.close()
