"""The state of bundles: receiving → waiting → unpacking → reading → assessing → done, or failed with a reason."""

import datetime
from dataclasses import dataclass

from sqlalchemy import delete, select, union, update
from sqlalchemy.orm import Session

from evidence.model import Error
from service.database.base import now
from service.database.engine import Database
from service.documents.models import Bundle, DocumentRow, Upload
from service.documents.passwords import kept_name
from service.documents.progress import FINAL, bump, reopen_bundle
from service.documents.store import note_removal, revise

UNPACK_LOST = Error(
    code="worker_lost",
    message="The program ended several times while it unpacked this bundle.",
    remedy="Send the files without the archive around them, or in smaller bundles.",
)

# An upload that still comes in after this time has long lost its connection.
ABANDONED_SECONDS = 6 * 3600
# Files of one bundle that are read in turn with those of others; the rest of a large one is read when no other bundle waits.
FILES_IN_TURN = 200


@dataclass(frozen=True)
class Unpacked:
    """A file that came out of a bundle: to be read, or refused with a reason."""

    path: str
    sha256: str
    size: int
    error: Error | None = None


@dataclass(frozen=True)
class BundleClaim:
    """A bundle that a worker may unpack."""

    bundle: str
    workspace: str
    supplier: str
    owner: str
    attempt: int
    uploads: tuple[tuple[str, str], ...]


class BundleStates:
    """Moves bundles from state to state. Every method is one short transaction."""

    def __init__(self, database: Database, lease_seconds: float, attempts: int) -> None:
        self._database = database
        self._lease = datetime.timedelta(seconds=lease_seconds)
        self._attempts = attempts

    def claim(self, bundle: str, owner: str) -> BundleClaim | None:
        """Take a waiting bundle; None where it is done, gone, or another worker has it."""
        with self._database.write() as session:
            row = session.get(Bundle, bundle, with_for_update=True)
            if row is None or row.state != "waiting":
                return None
            row.state, row.attempts = "unpacking", row.attempts + 1
            row.lease_owner, row.lease_until = owner, now() + self._lease
            bump(session, bundle)
            query = select(Upload.name, Upload.sha256).where(Upload.bundle_id == bundle).order_by(Upload.position)
            uploads = tuple((name, sha256) for name, sha256 in session.execute(query))
            return BundleClaim(bundle, row.workspace_id, row.supplier_id, owner, row.attempts, uploads)

    def renew(self, claim: BundleClaim) -> bool:
        """Say that the worker lives."""
        with self._database.write() as session:
            return _owned(session, claim, lease_until=now() + self._lease)

    def unpacked(self, claim: BundleClaim, files: list[Unpacked]) -> list[str]:
        """The bundle's files are known: documents to be read are returned. Empty where the claim no longer holds."""
        with self._database.write() as session:
            if not _owned(session, claim, state="reading", lease_owner=None, lease_until=None):
                return []
            known = set(session.scalars(select(DocumentRow.path).where(DocumentRow.bundle_id == claim.bundle)))
            change = bump(session, claim.bundle)
            rows = [_document(claim, n, file, change) for n, file in enumerate(files) if file.path not in known]
            session.add_all(rows)
            session.flush()
            return [row.id for row in rows if row.state == "waiting"]

    def fail(self, claim: BundleClaim, error: Error) -> bool:
        """The bundle ends as failed, with its reason."""
        with self._database.write() as session:
            bump(session, claim.bundle)
            return _owned(session, claim, **_failed(error))

    def put_back(self, claim: BundleClaim) -> bool:
        """After a hiccup: True if it waits again, False if its attempts are used up."""
        with self._database.write() as session:
            bump(session, claim.bundle)
            if claim.attempt >= self._attempts:
                _owned(session, claim, **_failed(UNPACK_LOST))
                return False
            return _owned(session, claim, state="waiting", lease_owner=None, lease_until=None)

    def finish_reading(self, bundle: str) -> bool:
        """True for exactly one caller: the one that finds all files done. The supplier is to be assessed then."""
        with self._database.write() as session:
            row = session.get(Bundle, bundle, with_for_update=True)
            if row is None or row.state != "reading" or _open(session, bundle):
                return False
            row.state = "assessing"
            bump(session, bundle)
            return True

    def finish(self, bundle: str, error: Error | None = None) -> None:
        """The supplier is assessed, or could not be."""
        with self._database.write() as session:
            row = session.get(Bundle, bundle, with_for_update=True)
            if row is None or row.state != "assessing":
                return
            if error:
                row.error_code, row.error_message, row.error_remedy = error.code, error.message, error.remedy
            row.state = "failed" if error else "done"
            row.finished_at = now()
            bump(session, bundle)

    def reopen(self, session: Session, bundle: str) -> None:
        """A document of the bundle is to be read again."""
        reopen_bundle(session, bundle)

    def sweep(self) -> list[str]:
        """Take back what dead workers were unpacking; bundles that wait again are returned."""
        with self._database.write() as session:
            query = select(Bundle).where(Bundle.state == "unpacking", Bundle.lease_until < now())
            return self._taken_back(session, list(session.scalars(query.with_for_update(skip_locked=True))))

    def remove_abandoned(self) -> int:
        """Remove bundles whose upload was cut off by the end of the web process; how many."""
        border = now() - datetime.timedelta(seconds=ABANDONED_SECONDS)
        with self._database.write() as session:
            gone = delete(Bundle).where(Bundle.state == "receiving", Bundle.touched_at < border)
            return int(session.execute(gone).rowcount)  # type: ignore[attr-defined]

    def release(self, owner: str) -> list[str]:
        """Take back at once what a worker was unpacking that is known to be dead."""
        with self._database.write() as session:
            query = select(Bundle).where(Bundle.state == "unpacking", Bundle.lease_owner == owner)
            return self._taken_back(session, list(session.scalars(query.with_for_update(skip_locked=True))))

    def _taken_back(self, session: Session, rows: list[Bundle]) -> list[str]:
        again = []
        for row in rows:
            used_up = row.attempts >= self._attempts
            values = _failed(UNPACK_LOST) if used_up else {"state": "waiting", "lease_owner": None, "lease_until": None}
            for name, value in values.items():
                setattr(row, name, value)
            bump(session, row.id)
            if not used_up:
                again.append(row.id)
        return again

    def standing(self, state: str, seconds: float) -> list[str]:
        """Bundles that have stood in a state longer than this."""
        border = now() - datetime.timedelta(seconds=seconds)
        with self._database.read() as session:
            query = select(Bundle.id).where(Bundle.state == state, Bundle.touched_at < border).limit(1_000)
            return list(session.scalars(query))


def delete_bundle(session: Session, row: Bundle) -> list[str]:
    """Remove a bundle and all that was read in it; returned are the hashes of its files, and the name of what else is
    kept for it in the store."""
    named = union(
        select(DocumentRow.sha256).where(DocumentRow.bundle_id == row.id, DocumentRow.sha256 != ""),
        select(Upload.sha256).where(Upload.bundle_id == row.id),
    )
    hashes = session.scalars(named.order_by("sha256")).all()
    note_removal(session, row.workspace_id, row.id)
    revise(session, row.supplier_id)
    session.delete(row)  # the database takes away what was read in its documents
    session.flush()
    return [*hashes, kept_name(row.id)]


def _open(session: Session, bundle: str) -> bool:
    query = select(DocumentRow.id).where(DocumentRow.bundle_id == bundle, DocumentRow.state.not_in(FINAL)).limit(1)
    return session.scalar(query) is not None


def _owned(session: Session, claim: BundleClaim, **values: object) -> bool:
    statement = (
        update(Bundle)
        .where(
            Bundle.id == claim.bundle,
            Bundle.state == "unpacking",
            Bundle.lease_owner == claim.owner,
            Bundle.attempts == claim.attempt,
        )
        .values(**values)
    )
    return int(session.execute(statement).rowcount) == 1  # type: ignore[attr-defined]


def _failed(error: Error) -> dict[str, object]:
    return {
        "state": "failed",
        "error_code": error.code,
        "error_message": error.message,
        "error_remedy": error.remedy,
        "lease_owner": None,
        "lease_until": None,
        "finished_at": now(),
    }


def _document(claim: BundleClaim, position: int, file: Unpacked, change: int) -> DocumentRow:
    row = DocumentRow(
        workspace_id=claim.workspace,
        supplier_id=claim.supplier,
        bundle_id=claim.bundle,
        position=position,
        path=file.path,
        sha256=file.sha256,
        size=file.size,
        change=change,
    )
    if file.error:
        row.state, row.stage, row.finished_at = "failed", "done", now()
        row.error_code, row.error_message, row.error_remedy = file.error.code, file.error.message, file.error.remedy
    return row
