"""Looking at bundles and documents, and asking for another try."""

import gzip
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from evidence.model import Error
from extractors.document import Document
from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.engine import Database
from service.documents import store
from service.documents.blobs import BlobStore
from service.documents.bundles import FILES_IN_TURN, BundleStates, delete_bundle
from service.documents.models import Bundle, DocumentRow, PassageRow
from service.documents.progress import FINAL, Progress, bump, is_read_elsewhere
from service.documents.removal import Remover
from service.documents.schemas import (
    BundleList,
    BundleOut,
    BundleProgress,
    DocumentDetail,
    DocumentList,
    DocumentOut,
    FileProgress,
    PassageList,
    PassageOut,
    Sheet,
)
from service.errors import NotFound, NotNow
from service.reviews.overlay import decided_passage, standing_verdicts
from service.suppliers.service import find_supplier
from service.work.queue import JobQueue


class DocumentService:
    """The bundles and documents of a workspace."""

    def __init__(
        self,
        database: Database,
        blobs: BlobStore,
        queue: JobQueue,
        remover: Remover,
        progress: Progress,
        bundles: BundleStates,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._queue = queue
        self._remover = remover
        self._progress = progress
        self._bundles = bundles

    def bundles(self, scope: Scope, supplier: str | None = None, offset: int = 0, limit: int = 100) -> BundleList:
        """Submissions, the newest first."""
        with self._database.read() as session:
            query = select(Bundle).where(Bundle.workspace_id == scope.workspace)
            if supplier:
                find_supplier(session, scope, supplier)
                query = query.where(Bundle.supplier_id == supplier)
            rows = session.scalars(query.order_by(Bundle.created_at.desc()).offset(offset).limit(limit)).all()
            return BundleList(items=[_bundle(session, row) for row in rows], total=_count(session, query))

    def bundle(self, scope: Scope, bundle: str, since: int = -1) -> BundleProgress:
        """A submission with the files that changed after change number ``since`` (all with -1). Raises NotFound."""
        with self._database.read() as session:
            row = find_bundle(session, scope, bundle)
            query = select(DocumentRow).where(DocumentRow.bundle_id == bundle, DocumentRow.change > since)
            documents = session.scalars(query.order_by(DocumentRow.position)).all()
            files = [file_progress(document) for document in documents]
            return BundleProgress(**_bundle(session, row).model_dump(), documents=files)

    def ahead(self, scope: Scope, bundle: str) -> int:
        """How many files of this workspace that were sent earlier are still to be read before those of a bundle. Raises NotFound."""
        with self._database.read() as session:
            row = find_bundle(session, scope, bundle)
            earlier = (
                select(func.count(DocumentRow.id))
                .join(Bundle, Bundle.id == DocumentRow.bundle_id)
                .where(
                    DocumentRow.workspace_id == scope.workspace,
                    DocumentRow.state.not_in(FINAL),
                    DocumentRow.position < FILES_IN_TURN,
                    Bundle.created_at < row.created_at,
                )
            )
            return session.scalar(earlier) or 0

    def delete_bundle(self, scope: Scope, bundle: str) -> None:
        """Remove a submission and all that was read in it. Raises NotFound."""
        scope.need("administrator")
        with self._database.write() as session:
            row = find_bundle(session, scope, bundle)
            hashes = delete_bundle(session, row)
            record(session, scope.workspace, scope.user, EventTag.BUNDLE_DELETE, bundle)
        self._remover.remove_unused(scope.workspace, hashes)

    def retry_bundle(self, scope: Scope, bundle: str) -> int:
        """Try all failed files of a submission again, or unpack it again; how many. Raises NotFound."""
        scope.need("reviewer")
        with self._database.write() as session:
            row = find_bundle(session, scope, bundle)
            query = select(DocumentRow).where(DocumentRow.bundle_id == bundle, DocumentRow.state == "failed")
            failed = [d for d in session.scalars(query).all() if d.sha256]
            whole = row.state == "failed" and not failed
            if whole:
                row.state, row.attempts, row.finished_at = "waiting", 0, None
                row.error_code = row.error_message = row.error_remedy = None
                bump(session, bundle)
                record(session, scope.workspace, scope.user, EventTag.BUNDLE_RETRY, bundle)
        if whole:
            # After the transaction: a worker that is quicker would find nothing to do.
            self._queue.put("bundle", bundle)
            return 1
        for document in failed:
            self.retry(scope, document.id)
        return len(failed)

    def retry(self, scope: Scope, document: str) -> DocumentOut:
        """Read a finished document again. Raises NotFound, NotNow where a worker has it or nothing was kept of it."""
        scope.need("reviewer")
        with self._database.write() as session:
            row = find_document(session, scope, document)
            if row.state not in FINAL:
                raise NotNow("The file is being worked on.")
            if not row.sha256:
                raise NotNow(
                    "The file was refused when it came in, so there is nothing to try again.", "Send it again."
                )
            store.forget(session, scope.workspace, document)
            self._progress.retry(session, row)
            self._bundles.reopen(session, row.bundle_id)
            store.revise(session, row.supplier_id)
            record(session, scope.workspace, scope.user, EventTag.DOCUMENT_RETRY, document)
            session.flush()
            shown = document_out(row)
        self._queue.put("document", document)
        return shown

    def list(
        self,
        scope: Scope,
        supplier: str | None = None,
        bundle: str | None = None,
        state: str | None = None,
        kind: str | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> DocumentList:
        """Documents of a workspace in the order they came in, filtered."""
        query = select(DocumentRow).where(DocumentRow.workspace_id == scope.workspace)
        given = {"supplier_id": supplier, "bundle_id": bundle, "state": state, "kind": kind}
        for name, value in given.items():
            if value:
                query = query.where(getattr(DocumentRow, name) == value)
        order = (DocumentRow.created_at, DocumentRow.position, DocumentRow.id)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(*order).offset(offset).limit(limit)).all()
            failed = [row.id for row in rows if row.state == "failed"]
            elsewhere = set(
                session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(failed), is_read_elsewhere()))
            )
            items = [document_out(row).model_copy(update={"read_elsewhere": row.id in elsewhere}) for row in rows]
            return DocumentList(items=items, total=_count(session, query))

    def get(self, scope: Scope, document: str) -> DocumentDetail:
        """One document, as the reviewers decided, with parts and facts. Raises NotFound."""
        from service.reviews.overlay import apply_verdicts

        with self._database.read() as session:
            row = find_document(session, scope, document)
            shown = document_out(row).model_dump()
            shown["duplicate_of"] = _first_copy(session, row)
            if row.state not in FINAL:
                return DocumentDetail(**shown)
            (report,) = apply_verdicts(session, [row], store.load(session, [row]))
            shown |= {
                "kind": report.kind,
                "kinds": report.kinds,
                "reading": report.reading,
                "readings": report.readings,
            }
            return DocumentDetail(
                **shown, parts=list(report.parts), facts=list(report.facts), passages=len(report.passages)
            )

    def passages(
        self,
        scope: Scope,
        document: str,
        part: int | None = None,
        mode: str | None = None,
        key: str | None = None,
        offset: int = 0,
        limit: int = 200,
    ) -> PassageList:
        """The passages of a document in reading order, as the reviewers decided. Raises NotFound."""
        with self._database.read() as session:
            find_document(session, scope, document)
            query = select(PassageRow).where(PassageRow.document_id == document)
            for column, value in ((PassageRow.part, part), (PassageRow.mode, mode), (PassageRow.key, key)):
                if value is not None:
                    query = query.where(column == value)
            rows = session.scalars(query.order_by(PassageRow.position).offset(offset).limit(limit)).all()
            return PassageList(items=passages_out(session, rows), total=_count(session, query))

    def raw(self, scope: Scope, document: str) -> tuple[DocumentOut, Iterator[bytes]]:
        """A document and an iterator over its bytes. Raises NotFound."""
        with self._database.read() as session:
            row = find_document(session, scope, document)
        if not row.sha256:
            raise NotFound("Nothing was kept of this file.", "Ask the supplier to send it again.")
        chunks = _begun(self._blobs.open(scope.workspace, row.sha256))
        with self._database.write() as session:
            record(session, scope.workspace, scope.user, EventTag.DOCUMENT_DOWNLOAD, document)
        return document_out(row), chunks

    def sheet(self, scope: Scope, document: str, part: int) -> Sheet:
        """A sheet, slide or section as it was read. Raises NotFound."""
        from service.documents.jobs import text_name

        with self._database.read() as session:
            row = find_document(session, scope, document)
        packed = self._blobs.get(scope.workspace, text_name(row.sha256)) if row.sha256 else None
        if packed is None:
            raise NotFound("The text of this file is not kept.", "Try the file again.")
        read = Document.model_validate_json(gzip.decompress(packed))
        found = next((p for p in read.parts if p.number == part), None)
        if found is None:
            raise NotFound(f"The file has no part {part}.")
        blocks = [b.model_dump(mode="json", exclude_none=True) for b in read.blocks if b.part == part]
        return Sheet(part=part, name=found.name, kind=found.kind, blocks=blocks)


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, the first of them read already: what is missing is said before an answer begins. Raises NotFound."""
    try:
        first = next(chunks, b"")
    except FileNotFoundError as problem:
        raise NotFound(
            "The bytes of this file are no longer in the store.",
            "Put them back from a copy, or ask the supplier again.",
        ) from problem
    return chain((first,), chunks)


def find_bundle(session: Session, scope: Scope, bundle: str) -> Bundle:
    """The row of a bundle of this workspace. Raises NotFound."""
    row = session.get(Bundle, bundle)
    if row is None or row.workspace_id != scope.workspace:
        raise NotFound("There is no such bundle.")
    return row


def find_document(session: Session, scope: Scope, document: str) -> DocumentRow:
    """The row of a document of this workspace. Raises NotFound."""
    row = session.get(DocumentRow, document)
    if row is None or row.workspace_id != scope.workspace:
        raise NotFound("There is no such document.")
    return row


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def _first_copy(session: Session, row: DocumentRow) -> str | None:
    if not row.sha256:
        return None
    same = select(DocumentRow.id).where(
        DocumentRow.supplier_id == row.supplier_id, DocumentRow.sha256 == row.sha256, DocumentRow.id != row.id
    )
    earlier = same.where(
        (DocumentRow.created_at < row.created_at)
        | ((DocumentRow.created_at == row.created_at) & (DocumentRow.position < row.position))
    )
    return session.scalar(earlier.order_by(DocumentRow.created_at, DocumentRow.position).limit(1))


def _error(row: Bundle | DocumentRow) -> Error | None:
    if not row.error_code:
        return None
    return Error(code=row.error_code, message=row.error_message or "", remedy=row.error_remedy or "")


def _bundle(session: Session, row: Bundle) -> BundleOut:
    files, done, failed = session.execute(
        select(
            func.count(),
            func.sum(case((DocumentRow.state.in_(FINAL), 1), else_=0)),
            func.sum(case((DocumentRow.state == "failed", 1), else_=0)),
        ).where(DocumentRow.bundle_id == row.id)
    ).one()
    return BundleOut.model_validate(
        {
            "id": row.id,
            "supplier": row.supplier_id,
            "state": row.state,
            "created_at": row.created_at,
            "finished_at": row.finished_at,
            "changes": row.changes,
            "files": files,
            "files_done": done or 0,
            "files_failed": failed or 0,
            "error": _error(row),
        }
    )


def file_progress(row: DocumentRow) -> FileProgress:
    """How far a file is."""
    return FileProgress.model_validate(
        {
            "id": row.id,
            "path": row.path,
            "state": row.state,
            "stage": row.stage,
            "done": row.done,
            "total": row.total,
            "attempts": row.attempts,
            "error": _error(row),
        }
    )


def document_out(row: DocumentRow) -> DocumentOut:
    """A document without its text, as the system judged it."""
    period = (row.evidence_from, row.evidence_to) if row.evidence_from and row.evidence_to else None
    return DocumentOut.model_validate(
        {
            "id": row.id,
            "supplier": row.supplier_id,
            "bundle": row.bundle_id,
            "path": row.path,
            "sha256": row.sha256,
            "size": row.size,
            "state": row.state,
            "stage": row.stage,
            "error": _error(row),
            "media_type": row.media_type,
            "kind": row.kind,
            "kinds": row.kinds,
            "reading": row.reading,
            "readings": row.readings,
            "language": row.language,
            "pages": row.pages,
            "pages_read": row.pages_read,
            "not_read": row.not_read,
            "evidence_period": period,
            "metadata": row.facts_about_file,
            "model": row.model,
            "created_at": row.created_at,
            "finished_at": row.finished_at,
        }
    )


def passages_out(session: Session, rows: Sequence[PassageRow]) -> list[PassageOut]:
    """Passages as the reviewers decided."""
    standing = standing_verdicts(session, sorted({row.document_id for row in rows}))
    shown = []
    for row in rows:
        verdicts = [v for (d, p, _), v in standing.items() if d == row.document_id and p == row.key]
        passage = decided_passage(store.passage_of(row), verdicts)
        decided = {verdict.field: verdict.id for verdict in verdicts}
        shown.append(PassageOut(**dict(passage), number=row.id, document=row.document_id, decided=decided))
    return shown
