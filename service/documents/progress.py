"""The state of every file, written where it happens: who works on it, how far it is, how it ended.

A document goes waiting → working → read, partial or failed. Each step also raises the ``changes`` of its bundle in the same
transaction, so that a progress stream can ask for what is newer than what it has sent, and miss nothing.
"""

import datetime
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from evidence.model import Error
from service.audit.models import EventTag
from service.audit.service import record
from service.database.base import now
from service.database.engine import Database
from service.documents.models import Bundle, DocumentRow, Upload

FINAL = ("read", "partial", "failed")
READ = ("read", "partial")
WORKER_LOST = Error(
    code="worker_lost",
    message="The program ended several times while it worked on this file.",
    remedy="Send the file again in another format, such as a new PDF print, or in smaller parts.",
)


@dataclass(frozen=True)
class Claim:
    """A document that a worker may work on: nobody else does while its lease holds."""

    document: str
    workspace: str
    supplier: str
    bundle: str
    path: str
    sha256: str
    attempt: int
    owner: str


def bump(session: Session, bundle: str) -> int:
    """The next change number of a bundle, 0 where it was deleted meanwhile.

    The row stays locked until the transaction ends, so numbers come in order.
    """
    statement = update(Bundle).where(Bundle.id == bundle).values(changes=Bundle.changes + 1, touched_at=now())
    return session.execute(statement.returning(Bundle.changes)).scalar_one_or_none() or 0


def reopen_bundle(session: Session, bundle: str) -> None:
    """A document of the bundle is to be read or judged again."""
    values = {"state": "reading", "error_code": None, "error_message": None, "error_remedy": None}
    session.execute(
        update(Bundle)
        .where(Bundle.id == bundle, Bundle.state.in_(("done", "failed", "assessing")))
        .values(finished_at=None, **values)
    )


class Progress:
    """Moves documents from state to state. Every method is one short transaction."""

    def __init__(self, database: Database, lease_seconds: float, attempts: int) -> None:
        self._database = database
        self._lease = datetime.timedelta(seconds=lease_seconds)
        self._attempts = attempts

    def claim(self, document: str, owner: str) -> Claim | None:
        """Take a waiting document; None where it is done, gone, or another worker has it."""
        with self._database.write() as session:
            row = session.get(DocumentRow, document, with_for_update=True)
            if row is None or row.state != "waiting":
                return None
            row.state, row.stage, row.done, row.total = "working", "extract", 0, 0
            row.attempts += 1
            row.lease_owner, row.lease_until, row.touched_at = owner, now() + self._lease, now()
            row.change = bump(session, row.bundle_id)
            return Claim(
                document=row.id,
                workspace=row.workspace_id,
                supplier=row.supplier_id,
                bundle=row.bundle_id,
                path=row.path,
                sha256=row.sha256,
                attempt=row.attempts,
                owner=owner,
            )

    def renew(self, claim: Claim) -> bool:
        """Say that the worker lives; False where the document was given to another one meanwhile."""
        with self._database.write() as session:
            return owned(session, claim, lease_until=now() + self._lease)

    def stage(self, claim: Claim, stage: str, done: int = 0, total: int = 0) -> bool:
        """Say how far the document is; False where it was given to another worker."""
        with self._database.write() as session:
            change = bump(session, claim.bundle)
            values = {"stage": stage, "done": done, "total": total, "change": change, "touched_at": now()}
            return owned(session, claim, lease_until=now() + self._lease, **values)

    def fail(self, claim: Claim, error: Error) -> bool:
        """The document ends as failed, with its reason."""
        with self._database.write() as session:
            change = bump(session, claim.bundle)
            return _end_failed(session, claim, error, change)

    def put_back(self, claim: Claim, error: Error) -> bool | None:
        """After a hiccup that is not the file's fault: True if it waits again, False if its attempts are used up.

        None where the document was given to another worker meanwhile.
        """
        with self._database.write() as session:
            change = bump(session, claim.bundle)
            if claim.attempt >= self._attempts:
                return False if _end_failed(session, claim, error, change) else None
            mine = owned(session, claim, **_waiting(), change=change)
            return True if mine else None

    def sweep(self) -> list[str]:
        """Take the documents of dead workers back; the ones that wait again are returned, to be put into the queue."""
        again = []
        with self._database.write() as session:
            query = select(DocumentRow).where(DocumentRow.state == "working", DocumentRow.lease_until < now())
            for row in session.scalars(query.with_for_update(skip_locked=True)).all():
                again += _taken_back(session, row, self._attempts)
        return again

    def release(self, owner: str) -> list[str]:
        """Take back at once what a worker had that is known to be dead."""
        again = []
        with self._database.write() as session:
            query = select(DocumentRow).where(DocumentRow.state == "working", DocumentRow.lease_owner == owner)
            for row in session.scalars(query.with_for_update(skip_locked=True)).all():
                again += _taken_back(session, row, self._attempts)
        return again

    def retry(self, session: Session, row: DocumentRow) -> None:
        """A person asks to try a finished document again: its attempts start anew."""
        row.attempts = 0
        for name, value in _waiting().items():
            setattr(row, name, value)
        row.error_code = row.error_message = row.error_remedy = None
        row.finished_at = None
        row.change = bump(session, row.bundle_id)

    def reopen(self, document: str) -> bool:
        """A read document waits again, its judgement untouched; False where it is worked on, failed or gone."""
        with self._database.write() as session:
            row = session.get(DocumentRow, document, with_for_update=True)
            if row is None or row.state not in ("read", "partial"):
                return False
            self.retry(session, row)
            reopen_bundle(session, row.bundle_id)
            return True

    def waiting_since(self, seconds: float) -> list[str]:
        """Documents that have waited longer than this; the queue may have lost them."""
        border = now() - datetime.timedelta(seconds=seconds)
        query = select(DocumentRow.id).where(DocumentRow.state == "waiting", DocumentRow.touched_at < border)
        with self._database.read() as session:
            return list(session.scalars(query.limit(1_000)))


def owned(session: Session, claim: Claim, **values: object) -> bool:
    """Change a document only while this claim on it holds; False where it does not."""
    statement = (
        update(DocumentRow)
        .where(
            DocumentRow.id == claim.document,
            DocumentRow.state == "working",
            DocumentRow.lease_owner == claim.owner,
            DocumentRow.attempts == claim.attempt,
        )
        .values(**values)
    )
    return int(session.execute(statement).rowcount) == 1  # type: ignore[attr-defined]


def _waiting() -> dict[str, object]:
    return {
        "state": "waiting",
        "stage": "waiting",
        "done": 0,
        "total": 0,
        "lease_owner": None,
        "lease_until": None,
        "touched_at": now(),
    }


def _failed(error: Error) -> dict[str, object]:
    return {
        "state": "failed",
        "stage": "done",
        "error_code": error.code,
        "error_message": error.message,
        "error_remedy": error.remedy,
        "lease_owner": None,
        "lease_until": None,
        "touched_at": now(),
        "finished_at": now(),
    }


def _taken_back(session: Session, row: DocumentRow, attempts: int) -> list[str]:
    lost = row.lease_owner
    used_up = row.attempts >= attempts
    for name, value in (_failed(WORKER_LOST) if used_up else _waiting()).items():
        setattr(row, name, value)
    row.change = bump(session, row.bundle_id)
    record(session, row.workspace_id, "worker", EventTag.DOCUMENT_TAKE_OVER, row.id, lost=lost, attempts=row.attempts)
    if used_up:
        tell_end(session, row.workspace_id, row.id, "failed")
    return [] if used_up else [row.id]


def _end_failed(session: Session, claim: Claim, error: Error, change: int) -> bool:
    if not owned(session, claim, **_failed(error), change=change):
        return False
    tell_end(session, claim.workspace, claim.document, "failed")
    return True


def tell_end(session: Session, workspace: str, document: str, state: str) -> None:
    """Say in the audit trail how the work on a document ended."""
    record(session, workspace, "worker", EventTag.DOCUMENT_FINISH, document, state=state)


def is_read_elsewhere() -> ColumnElement[bool]:
    """Of a row of documents: its file could not be read, and could when it was sent once more, as a rule with its password.

    The same bytes say so. Of a file in a protected archive no bytes were kept: then its path does. A whole archive that could
    be opened has no row of its own: it is known by what was sent.
    """
    copy, named, within, again = (aliased(DocumentRow) for _ in range(4))
    bundle, upload = aliased(Bundle), aliased(Upload)
    ours = bundle.supplier_id == DocumentRow.supplier_id
    read = exists().where(
        copy.sha256 == DocumentRow.sha256, copy.supplier_id == DocumentRow.supplier_id, copy.state.in_(READ)
    )
    same_path = exists().where(
        ours, named.bundle_id == bundle.id, named.path == DocumentRow.path, named.state.in_(READ)
    )
    opened = exists().where(
        ours,
        upload.bundle_id == bundle.id,
        upload.sha256 == DocumentRow.sha256,
        exists().where(within.bundle_id == bundle.id, within.state.in_(READ)),
        ~exists().where(again.bundle_id == bundle.id, again.sha256 == upload.sha256, again.state == "failed"),
    )
    kept = DocumentRow.sha256 != ""
    return and_(DocumentRow.state == "failed", or_(and_(kept, or_(read, opened)), and_(~kept, same_path)))
