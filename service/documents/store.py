"""Document reports to rows and back: what the report room needs can always be made again from the tables."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from evidence.model import DocumentReport, Error, Fact, PartReading, Passage, Reason
from extractors.locators import Locator
from service.accounts.models import Workspace
from service.database.base import now
from service.documents.models import DocumentRow, FactRow, PartRow, PassageRow, VectorRow
from service.documents.progress import Claim, bump, owned, tell_end
from service.search.models import IndexChange
from service.suppliers.models import Supplier

_LOCATORS: TypeAdapter[tuple[Locator, ...]] = TypeAdapter(tuple[Locator, ...])
_REASONS: TypeAdapter[tuple[Reason, ...]] = TypeAdapter(tuple[Reason, ...])


class PassageVectors(Protocol):
    """One vector a passage and the name of the embedder that made it; ``evidence.heads.Vectors`` is the real one."""

    @property
    def rows(self) -> Sequence[Any]:
        """float32 vectors."""
        ...

    @property
    def encoders(self) -> Sequence[str]:
        """Names, as many as rows."""
        ...


def store(
    session: Session,
    claim: Claim,
    report: DocumentReport,
    vectors: PassageVectors | None,
) -> bool:
    """Store what was read, in the transaction of the caller; False (and nothing stored) where the claim no longer holds.

    What an earlier attempt or version left is replaced, so that no passage stands twice.
    """
    change = bump(session, claim.bundle)
    if not owned(session, claim, **_storable(_columns(report)), change=change):
        return False
    tell_end(session, claim.workspace, claim.document, report.status)
    forget(session, claim.workspace, claim.document)
    _add_parts(session, claim, report.parts)
    numbers = _add_passages(session, claim, report.passages)
    _add_vectors(session, numbers, vectors)
    _add_facts(session, claim, report.facts)
    if numbers:
        note_change(session, claim.workspace, claim.document, "stored", [])
    revise(session, claim.supplier)
    return True


def revise(session: Session, supplier: str) -> None:
    """Say that the supplier's report is no longer what was worked out before."""
    session.execute(update(Supplier).where(Supplier.id == supplier).values(revision=Supplier.revision + 1))


def forget(session: Session, workspace: str, document: str) -> None:
    """Remove all that was read in a document, and tell the index."""
    gone = list(session.scalars(select(PassageRow.id).where(PassageRow.document_id == document)))
    if gone:
        session.execute(delete(VectorRow).where(VectorRow.passage_id.in_(_passages_of(document))))
        session.execute(delete(PassageRow).where(PassageRow.document_id == document))
        note_change(session, workspace, document, "deleted", gone)
    session.execute(delete(PartRow).where(PartRow.document_id == document))
    session.execute(delete(FactRow).where(FactRow.document_id == document))


def _passages_of(document: str) -> Any:
    return select(PassageRow.id).where(PassageRow.document_id == document).scalar_subquery()


def note_change(session: Session, workspace: str, document: str, action: str, passages: list[int]) -> None:
    """Tell the index that passages of a document came (``stored``) or went (``deleted``, with their numbers)."""
    _note(session, workspace, {document: passages}, action)


def note_removal(session: Session, workspace: str, bundle: str) -> None:
    """Tell the index that all passages of a bundle go. Their rows go with those of its documents, in a few statements
    however many there are: nobody else writes meanwhile."""
    read = (
        select(PassageRow.document_id, PassageRow.id)
        .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
        .where(DocumentRow.bundle_id == bundle)
    )
    gone: dict[str, list[int]] = {}
    for document, passage in session.execute(read):
        gone.setdefault(document, []).append(passage)
    if gone:
        _note(session, workspace, gone, "deleted")


def _note(session: Session, workspace: str, changed: Mapping[str, list[int]], action: str) -> None:
    """A change of the index for each document, each with a number of its own."""
    statement = (
        update(Workspace)
        .where(Workspace.id == workspace)
        .values(index_version=Workspace.index_version + len(changed))
        .returning(Workspace.index_version)
    )
    first = session.execute(statement).scalar_one() - len(changed) + 1
    rows = [
        {"workspace_id": workspace, "version": version, "document_id": document, "action": action, "passages": passages}
        for version, (document, passages) in enumerate(changed.items(), first)
    ]
    session.execute(insert(IndexChange), rows)


def _columns(report: DocumentReport) -> dict[str, object]:
    error = report.error
    first, last = report.evidence_period or (None, None)
    return {
        "state": report.status,
        "stage": "done",
        "error_code": error.code if error else None,
        "error_message": error.message if error else None,
        "error_remedy": error.remedy if error else None,
        "lease_owner": None,
        "lease_until": None,
        "touched_at": now(),
        "finished_at": now(),
        "media_type": report.media_type,
        "kind": report.kind,
        "kinds": dict(report.kinds),
        "reading": report.reading,
        "readings": dict(report.readings),
        "language": report.language,
        "pages": report.pages,
        "pages_read": report.pages_read,
        "not_read": list(report.not_read),
        "evidence_from": first,
        "evidence_to": last,
        "facts_about_file": dict(report.metadata),
        "model": report.model,
    }


def _storable(value: Any) -> Any:
    """Text without what no database takes: NUL, which Postgres refuses, and lone surrogates, which UTF-8 has no bytes for."""
    if isinstance(value, str):
        return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def _places(locators: Sequence[Locator]) -> list[Any]:
    return [locator.model_dump(mode="json", exclude_none=True) for locator in locators]


def _add_parts(session: Session, claim: Claim, parts: Sequence[PartReading]) -> None:
    rows = [
        {"workspace_id": claim.workspace, "document_id": claim.document, "position": position, **part.model_dump()}
        for position, part in enumerate(parts)
    ]
    if rows:
        session.execute(insert(PartRow), _storable(rows))


def _add_passages(session: Session, claim: Claim, passages: Sequence[Passage]) -> list[int]:
    rows = [
        {
            "workspace_id": claim.workspace,
            "supplier_id": claim.supplier,
            "document_id": claim.document,
            "position": position,
            "key": passage.id,
            "text": passage.text,
            "locators": _places(passage.locators),
            "part": passage.part,
            "heading": list(passage.heading),
            "language": passage.language,
            "source": passage.source,
            "confidence": passage.confidence,
            "hidden": passage.hidden,
            "mode": passage.mode,
            "modes": dict(passage.modes),
            "criteria": dict(passage.criteria),
            "reasons": [reason.model_dump(mode="json") for reason in passage.reasons],
            "places": [place.model_dump(mode="json", exclude_none=True) for place in passage.places],
        }
        for position, passage in enumerate(passages)
    ]
    if not rows:
        return []
    statement = insert(PassageRow).returning(PassageRow.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, _storable(rows)))


def _add_vectors(session: Session, numbers: Sequence[int], vectors: PassageVectors | None) -> None:
    if vectors is None or not numbers:
        return
    rows = [
        {"passage_id": number, "embedder": name, "vector": np.asarray(row, dtype="<f4").tobytes()}
        for number, row, name in zip(numbers, vectors.rows, vectors.encoders, strict=True)
    ]
    session.execute(insert(VectorRow), rows)


def _add_facts(session: Session, claim: Claim, facts: Sequence[Fact]) -> None:
    rows = [
        {
            "workspace_id": claim.workspace,
            "document_id": claim.document,
            "position": position,
            **fact.model_dump(exclude={"locators"}),
            "locators": _places(fact.locators),
        }
        for position, fact in enumerate(facts)
    ]
    if rows:
        session.execute(insert(FactRow), _storable(rows))


def passage_of(row: PassageRow) -> Passage:
    """A row as the passage of a report."""
    return Passage.model_validate(
        {
            "id": row.key,
            "text": row.text,
            "locators": _LOCATORS.validate_python(row.locators),
            "part": row.part,
            "heading": tuple(row.heading),
            "language": row.language,
            "source": row.source,
            "confidence": row.confidence,
            "hidden": row.hidden,
            "mode": row.mode,
            "modes": row.modes,
            "criteria": row.criteria,
            "reasons": _REASONS.validate_python(row.reasons),
            "places": tuple(row.places),
        }
    )


def _fact_of(row: FactRow) -> Fact:
    return Fact(
        kind=row.kind,
        role=row.role,
        value=row.value,
        quote=row.quote,
        passage=row.passage,
        locators=_LOCATORS.validate_python(row.locators),
        unit=row.unit,
        confidence=row.confidence,
    )


def _error_of(row: DocumentRow) -> Error | None:
    if not row.error_code:
        return None
    return Error(code=row.error_code, message=row.error_message or "", remedy=row.error_remedy or "")


def load(session: Session, documents: Sequence[DocumentRow]) -> list[DocumentReport]:
    """The reports of finished documents as they were stored, in the given order."""
    ids = [row.id for row in documents]
    passages = _grouped(session, PassageRow, ids)
    facts = _grouped(session, FactRow, ids)
    parts = _grouped(session, PartRow, ids)
    return [_report(row, parts[row.id], passages[row.id], facts[row.id]) for row in documents]


def _grouped(session: Session, table: Any, ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {identifier: [] for identifier in ids}
    for start in range(0, len(ids), 500):  # SQLite takes a limited number of values in one query
        query = select(table).where(table.document_id.in_(ids[start : start + 500]))
        for row in session.scalars(query.order_by(table.document_id, table.position)):
            found[row.document_id].append(row)
    return found


def _report(
    row: DocumentRow, parts: Sequence[PartRow], passages: Sequence[PassageRow], facts: Sequence[FactRow]
) -> DocumentReport:
    period = (row.evidence_from, row.evidence_to) if row.evidence_from and row.evidence_to else None
    return DocumentReport.model_validate(
        {
            "path": row.path,
            "sha256": row.sha256,
            "status": row.state,
            "error": _error_of(row),
            "media_type": row.media_type,
            "kind": row.kind,
            "kinds": row.kinds,
            "reading": row.reading,
            "readings": row.readings,
            "parts": [
                PartReading.model_validate(
                    {"name": p.name, "number": p.number, "kind": p.kind, "reading": p.reading, "hidden": p.hidden}
                )
                for p in parts
            ],
            "language": row.language,
            "pages": row.pages,
            "pages_read": row.pages_read,
            "not_read": tuple(row.not_read),
            "evidence_period": period,
            "metadata": row.facts_about_file,
            "passages": [passage_of(p) for p in passages],
            "facts": [_fact_of(f) for f in facts],
            "model": row.model,
        }
    )
