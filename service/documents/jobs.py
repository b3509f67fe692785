"""What workers do: unpack a bundle, read a document, assess a supplier.

Every job may come twice, late, or be cut off at any point: it asks the database whether the work is still to be done, and
stores its result only while its claim holds.
"""

import gzip
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import redis
from rq.timeouts import JobTimeoutException
from sqlalchemy.exc import DBAPIError

from evidence.model import DocumentReport, Error
from extractors.bundle import Received, receive_named
from extractors.document import Document
from extractors.errors import ExtractionError
from extractors.scratch import Scratch
from service.documents.analysis import NOT_JUDGED
from service.documents.blobs import CHUNK
from service.documents.bundles import FILES_IN_TURN, BundleClaim, Unpacked
from service.documents.models import Blob
from service.documents.progress import Claim
from service.documents.store import store
from service.errors import NoRoom, ServiceError, is_of_a_full_disk
from service.search import further
from service.work.context import WorkContext, current

logger = logging.getLogger(__name__)

# Not the file's fault: the store, the database or the queue did not answer, or the machine ran out of memory.
PASSING = (DBAPIError, OSError, redis.RedisError, MemoryError)
TOO_LONG = Error(
    code="took_too_long",
    message="Reading and judging the file took longer than the set limit.",
    remedy="Ask for the document in smaller files, or let an administrator raise the limit.",
)
OUT_OF_REACH = Error(
    code="service_disturbed",
    message="A part of the service could not be reached while this file was worked on.",
    remedy="Send the file again with 'retry' when the service is well; 'livingproof doctor' says how it is.",
)
FULL = Error(
    code=NoRoom.code,
    message=NoRoom.message,
    remedy="Let an administrator make room, then send the file again with 'retry'.",
)
NOT_UNPACKED = Error(
    code="not_unpacked",
    message="The bundle could not be unpacked.",
    remedy="Send the files without the archive around them.",
)
NOT_ASSESSED = Error(
    code="not_assessed",
    message="All files were read, but the assessment failed.",
    remedy="Open the report to try again; if it still fails, tell the maintainers.",
)


class Superseded(Exception):
    """The claim no longer holds: the document was given to another worker, or deleted."""


def unpack_bundle(bundle: str) -> None:
    """Make documents of what was sent, and put them into the queue."""
    context = current()
    claim = context.bundles.claim(bundle, context.owner)
    if claim is None:
        return
    try:
        with context.holding(claim):
            files = _unpack(context, claim)
    except ExtractionError as problem:
        context.bundles.fail(claim, Error.of(problem))
        return
    except PASSING:
        logger.exception("unpacking bundle %s was disturbed", bundle)
        if context.bundles.put_back(claim):
            context.queue.put("bundle", bundle, _wait(context, claim.attempt))
        return
    except Exception:
        logger.exception("unpacking bundle %s failed", bundle)
        context.bundles.fail(claim, NOT_UNPACKED)
        return
    for place, document in enumerate(context.bundles.unpacked(claim, files)):
        context.queue.put("document" if place < FILES_IN_TURN else "bulk", document)
    finish_reading(context, bundle)


def _unpack(context: WorkContext, claim: BundleClaim) -> list[Unpacked]:
    with Scratch("bundle") as folder:
        given, into = folder / "given", folder / "into"
        given.mkdir()
        sent = []
        for number, (name, sha256) in enumerate(claim.uploads):
            path = given / str(number)
            with path.open("wb") as sink:
                for chunk in context.blobs.open(claim.workspace, sha256):
                    sink.write(chunk)
            sent.append((path, name))
        words = context.passwords.of(claim.workspace, claim.bundle)
        received = receive_named(sent, into, context.settings.extraction, context.reader, words)
        return [_kept(context, claim.workspace, item) for item in received]


def _kept(context: WorkContext, workspace: str, item: Received) -> Unpacked:
    """A received file with its bytes in the store."""
    error = Error.of(item.error) if item.error else None
    if item.path is None or not item.sha256:
        return Unpacked(item.name, "", 0, error or NOT_UNPACKED)
    keep_blob(context, workspace, item.path)
    return Unpacked(item.name, item.sha256, item.size, error)


def keep_blob(context: WorkContext, workspace: str, path: Path) -> None:
    """Put a file into the store, and say so in the database."""
    stored = context.blobs.add(workspace, _chunks(path))
    with context.database.write() as session:
        if session.get(Blob, (workspace, stored.sha256)) is None:
            session.add(Blob(workspace_id=workspace, sha256=stored.sha256, size=stored.size))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def read_document(document: str) -> None:
    """Read, judge and store one document."""
    context = current()
    claim = context.documents.claim(document, context.owner)
    if claim is not None:
        _worked_on(context, claim, _read)


def judge_again(context: WorkContext, document: str) -> None:
    """Judge a finished document with the model in use now, from the text kept of it; without that it is read again.

    What was judged before stands until the new result is stored. If this worker dies meanwhile, another one reads the file.
    """
    if not context.documents.reopen(document):
        return
    claim = context.documents.claim(document, context.owner)
    if claim is None:
        return
    text = context.blobs.get(claim.workspace, text_name(claim.sha256))
    _worked_on(context, claim, _read if text is None else _judging(text))


def _worked_on(context: WorkContext, claim: Claim, step: Callable[[WorkContext, Claim], None]) -> None:
    """Do a step on a claimed document; whatever happens, the document's row says how it ended."""
    document = claim.document
    try:
        with context.holding(claim):
            step(context, claim)
    except Superseded:
        logger.warning("document %s was given to another worker", document)
    except JobTimeoutException:
        context.documents.fail(claim, TOO_LONG)
    except ServiceError as problem:
        logger.exception("document %s cannot be judged", document)
        context.documents.fail(claim, Error.of(problem))
    except PASSING as problem:
        logger.exception("work on document %s was disturbed", document)
        if context.documents.put_back(claim, FULL if is_of_a_full_disk(problem) else OUT_OF_REACH):
            context.queue.put("document", document, _wait(context, claim.attempt))
    except Exception:
        logger.exception("judging document %s failed", document)
        context.documents.fail(claim, NOT_JUDGED)
    finish_reading(context, claim.bundle)


def _read(context: WorkContext, claim: Claim) -> None:
    try:
        with context.blobs.local(claim.workspace, claim.sha256) as path:
            words = context.passwords.of(claim.workspace, claim.bundle)
            document = context.reader.read(path, claim.path, _reporter(context, claim), words)
    except ExtractionError as problem:
        _store(context, claim, DocumentReport.unreadable(claim.path, claim.sha256, problem))
        return
    _judge(context, claim, document, keep=True)


def _judging(packed: bytes) -> Callable[[WorkContext, Claim], None]:
    def step(context: WorkContext, claim: Claim) -> None:
        read = Document.model_validate_json(gzip.decompress(packed))
        # The text is kept by content; the same bytes may stand under another name in this bundle.
        _judge(context, claim, read.model_copy(update={"path": claim.path}), keep=False)

    return step


def _judge(context: WorkContext, claim: Claim, document: Document, keep: bool) -> None:
    _still_mine(context.documents.stage(claim, "judge"))
    evidence = context.judging(claim.workspace).read(document)
    _still_mine(context.documents.stage(claim, "store"))
    if keep:
        keep_text(context, claim, document)
    with context.database.write() as session:
        _still_mine(store(session, claim, evidence.report, evidence.vectors))
    if context.judge.further is not None and any(
        further.wanted(one.language, one.text) for one in evidence.report.passages
    ):
        context.queue.put("vectors", claim.document)


def embed_further(document: str) -> None:
    """Make vectors for search alone of some passages of a document, and put the rest into the queue behind all else.

    What is lost here the keeper finds again; search works without, only less well across languages.
    """
    context = current()
    model = context.judge.further
    if model is None:
        return
    with context.database.read() as session:
        passages = further.lacking(session, document, model.name)
    if not passages:
        return
    made = further.made(model, passages)
    with context.database.write() as session:
        complete = further.keep(session, document, model.name, made)
    if not complete:
        context.queue.put("vectors", document)


def _store(context: WorkContext, claim: Claim, report: DocumentReport) -> None:
    with context.database.write() as session:
        _still_mine(store(session, claim, report, None))


def _still_mine(answer: bool) -> None:
    if not answer:
        raise Superseded


def keep_text(context: WorkContext, claim: Claim, document: Document) -> None:
    """Keep what extraction read, so that pages can show sheets and paragraphs without reading the file again."""
    content = gzip.compress(document.model_dump_json().encode(), compresslevel=3, mtime=0)
    context.blobs.put(claim.workspace, text_name(claim.sha256), content)


def text_name(sha256: str) -> str:
    """The name of the read text of a file in the blob store."""
    return f"{sha256}/document.json.gz"


class _reporter:
    """Writes the pages done, but not more often than people can see."""

    def __init__(self, context: WorkContext, claim: Claim) -> None:
        self._context, self._claim = context, claim
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        moment = time.monotonic()
        if moment - self._last < self._context.settings.limits.progress_seconds and done < total:
            return
        self._last = moment
        _still_mine(self._context.documents.stage(self._claim, "extract", done, total))


def assess_bundle(bundle: str) -> None:
    """Work out the report of the bundle's supplier, so that it opens at once."""
    from service.documents.models import Bundle

    context = current()
    with context.database.read() as session:
        row = session.get(Bundle, bundle)
    if row is None or row.state != "assessing":
        return
    try:
        context.assess(row.workspace_id, row.supplier_id)
    except PASSING:
        # The keeper finds the bundle still standing here and puts it into the queue again.
        logger.exception("the assessment of bundle %s was disturbed", bundle)
        raise
    except Exception:
        logger.exception("the assessment of bundle %s failed", bundle)
        context.bundles.finish(bundle, NOT_ASSESSED)
        return
    context.bundles.finish(bundle)


def assess_supplier(supplier: str) -> None:
    """Work out the report of a supplier whose kept ones no longer hold, for the list of suppliers. Nobody waits for it at a page:
    what fails is said there, when the supplier's own page is opened."""
    from service.suppliers.models import Supplier

    context = current()
    with context.database.read() as session:
        row = session.get(Supplier, supplier)
    if row is None:
        return
    try:
        context.assess(row.workspace_id, row.id)
    except Exception:
        logger.exception("the assessment of supplier %s failed", supplier)


def finish_reading(context: WorkContext, bundle: str) -> None:
    """After the last file: have the supplier assessed."""
    if context.bundles.finish_reading(bundle):
        context.queue.put("assessment", bundle)


def _wait(context: WorkContext, attempt: int) -> float:
    waits = context.settings.limits.backoff_seconds or (0.0,)
    return waits[min(attempt, len(waits)) - 1]
