"""Which passages pass a filter, as the reviewers decided, and how the ones found are spread over each field."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from evidence.model import Citation
from service.accounts.scope import Scope
from service.documents.models import DocumentRow, PartRow, PassageRow
from service.errors import NotFound
from service.reports.models import Assessment, program
from service.reviews.models import Verdict
from service.reviews.overlay import digest
from service.reviews.service import CRITERION_SHARE
from service.search.schemas import Facet, SearchFilter
from service.suppliers.models import Supplier

# Numbers in one query: SQLite takes a limited number of values.
AT_ONCE = 500
# Values shown of one facet; beyond, nobody reads on.
MOST_VALUES = 20

# What is counted of a passage found. Asked of the tables and not of their classes: two hundred rows for each search.
_PASSAGES, _DOCUMENTS = PassageRow.__table__.c, DocumentRow.__table__.c
_FACETS = select(
    _PASSAGES.document_id, _PASSAGES.key, _PASSAGES.supplier_id, _PASSAGES.mode, _PASSAGES.language, _PASSAGES.criteria,
    _DOCUMENTS.kind, _DOCUMENTS.evidence_to,
).join_from(PassageRow.__table__, DocumentRow.__table__, _DOCUMENTS.id == _PASSAGES.document_id)  # fmt: skip

Target = tuple[str, str | None]
Decisions = dict[str, dict[Target, Verdict]]
Said = TypeVar("Said", str, list[str])


def allowed(session: Session, scope: Scope, only: SearchFilter) -> tuple[np.ndarray | None, int]:
    """The numbers of the passages that pass the filter and how many there are; None for all.

    Raises NotFound where the filter names a supplier that is not there.
    """
    if only.is_empty:
        of_workspace = select(func.count()).where(PassageRow.workspace_id == scope.workspace)
        return None, session.scalar(of_workspace) or 0
    if only.supplier and not _is_there(session, scope, only.supplier):
        raise NotFound("There is no such supplier.")
    decided = decisions(session, scope)
    query = _filtered(scope, only, decided.get("kind", {}))
    found = session.scalars(query.where(*_said(only)))
    overruled = (only.mode and "mode" in decided) or (only.criterion and "criteria" in decided)
    if not overruled and not only.flag:
        numbers = np.sort(np.fromiter(found, dtype=np.int64))
        return numbers, len(numbers)
    passed = set(found)
    if overruled:
        passed = _as_decided(session, query, only, decided, passed)
    if only.flag:
        passed &= flagged(session, scope, only.flag, only.supplier)
    return np.fromiter(sorted(passed), dtype=np.int64, count=len(passed)), len(passed)


def decisions(session: Session, scope: Scope) -> Decisions:
    """The decisions that stand in a workspace, by field and target; people give few, so all are looked at."""
    query = select(Verdict).where(Verdict.workspace_id == scope.workspace, Verdict.undone_at.is_(None))
    found: Decisions = {}
    for row in session.scalars(query.order_by(Verdict.number)):
        found.setdefault(row.field, {})[(row.document_id, row.passage)] = row
    return found


def decided_so_far(session: Session, scope: Scope) -> tuple[int, int, int]:
    """Changes with each decision that is given or taken back in a workspace."""
    query = select(func.count(), func.max(Verdict.number), func.count(Verdict.undone_at))
    row = session.execute(query.where(Verdict.workspace_id == scope.workspace)).one()
    return row[0], row[1] or 0, row[2]


def flagged(session: Session, scope: Scope, flag: str, supplier: str | None = None) -> set[int]:
    """The passages that the newest assessments cite for a flag; those worked out by older rules are not asked."""
    query = select(Assessment).where(
        Assessment.workspace_id == scope.workspace, Assessment.content["program"].as_string() == program()
    )
    if supplier:
        query = query.where(Assessment.supplier_id == supplier)
    newest: dict[str, Assessment] = {}
    for row in session.scalars(query.order_by(Assessment.created_at)):
        newest[row.supplier_id] = row
    found: set[int] = set()
    for owner, row in newest.items():
        for raised in row.content.get("flags", []):
            if raised.get("id") == flag:
                cited = [Citation.model_validate(citation) for citation in raised.get("citations", [])]
                found |= _cited(session, owner, cited)
    return found


def _cited(session: Session, supplier: str, citations: Sequence[Citation]) -> set[int]:
    found: set[int] = set()
    for citation in citations:
        query = (
            select(PassageRow.id, PassageRow.key, PassageRow.text)
            .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
            .where(PassageRow.supplier_id == supplier, DocumentRow.path == citation.document)
        )
        rows = session.execute(query).all()
        named = {number for number, key, _ in rows if key == citation.passage}
        quote = " ".join(citation.quote.split())
        found |= named or {number for number, _, text in rows if quote in " ".join(text.split())}
    return found


def facets(session: Session, scope: Scope, numbers: Iterable[int], decided: Decisions) -> dict[str, list[Facet]]:
    """How the passages found are spread over suppliers, kinds, criteria, modes, languages and years of evidence."""
    listed = sorted(numbers)  # as they lie in the table
    rows: list[Any] = []
    for start in range(0, len(listed), AT_ONCE):
        some = _PASSAGES.id.in_(listed[start : start + AT_ONCE])
        rows += session.execute(_FACETS.where(some, _of_workspace(scope))).all()
    documents, keys, suppliers, modes, languages, shares, kinds, until = zip(*rows, strict=True) if rows else ((),) * 8
    targets, whole = list(zip(documents, keys, strict=True)), [(document, None) for document in documents]
    about = [[one for one, share in of.items() if share >= CRITERION_SHARE] for of in shares]
    counts = {
        "supplier": Counter(suppliers),
        "kind": Counter(_now(decided, "kind", whole, kinds)),
        "criterion": Counter(chain.from_iterable(_now(decided, "criteria", targets, about))),
        "mode": Counter(_now(decided, "mode", targets, modes)),
        "language": Counter(languages),
        "year": Counter(day[:4] for day in until if day),
    }
    first = {
        name: sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
        for name, found in counts.items()
    }
    named = select(Supplier.id, Supplier.name).where(Supplier.id.in_([value for value, _ in first["supplier"]]))
    labels = dict(session.execute(named).all()) if rows else {}
    return {
        name: [Facet(value=value, label=labels.get(value, value), count=number) for value, number in found]
        for name, found in first.items()
    }


def _of_workspace(scope: Scope) -> ColumnElement[bool]:
    """Passages of the workspace, asked of the rows that numbers name: the column as it is would send SQLite through the index
    of all passages of the workspace for each number."""
    return _PASSAGES.workspace_id.concat("") == scope.workspace


def _now(decided: Decisions, field: str, targets: Sequence[Target], said: Sequence[Said]) -> list[Said]:
    """What was said of targets, or what a reviewer decided."""
    verdicts = decided.get(field)
    if not verdicts:
        return list(said)
    return [
        verdicts[target].value["value"] if target in verdicts else own
        for target, own in zip(targets, said, strict=True)
    ]


def _is_there(session: Session, scope: Scope, supplier: str) -> bool:
    row = session.get(Supplier, supplier)
    return row is not None and row.workspace_id == scope.workspace


def _said(only: SearchFilter) -> list[ColumnElement[bool]]:
    """Conditions on what the model said of a passage."""
    conditions: list[ColumnElement[bool]] = []
    if only.mode:
        conditions.append(PassageRow.mode == only.mode)
    if only.criterion:
        conditions.append(PassageRow.criteria[only.criterion].as_float() >= CRITERION_SHARE)
    return conditions


def _filtered(scope: Scope, only: SearchFilter, kinds: Mapping[tuple[str, str | None], Verdict]) -> Select[int]:
    """Passages by everything but mode, criterion and flag."""
    # A document is of one workspace, and so are its passages. Where the filter names documents, the workspace is asked of
    # them: asked of the passages, SQLite would read all of the workspace to find the thousand of a supplier.
    by_document = any((only.supplier, only.bundle, only.document, only.kind, only.since, only.until))
    owner = DocumentRow.workspace_id if by_document else PassageRow.workspace_id
    query = select(PassageRow.id).where(owner == scope.workspace)
    if by_document:
        query = query.join(DocumentRow, DocumentRow.id == PassageRow.document_id)
    equal = (
        (PassageRow.supplier_id, only.supplier),
        (DocumentRow.bundle_id, only.bundle),
        (PassageRow.document_id, only.document),
        (PassageRow.language, only.language),
    )
    for column, value in equal:
        if value:
            query = query.where(column == value)
    if only.kind:
        decided = [document for document, _ in kinds]
        now_so = [document for (document, _), verdict in kinds.items() if verdict.value["value"] == only.kind]
        on_sheet = (
            select(PartRow.id)
            .where(
                PartRow.document_id == PassageRow.document_id,
                PartRow.number == PassageRow.part,
                PartRow.kind == only.kind,
            )
            .exists()
        )
        by_model = (DocumentRow.kind == only.kind) | on_sheet
        query = query.where((by_model & DocumentRow.id.not_in(decided)) | DocumentRow.id.in_(now_so))
    if only.since:
        query = query.where(DocumentRow.evidence_to >= only.since.isoformat())
    if only.until:
        query = query.where(DocumentRow.evidence_from <= only.until.isoformat())
    return query


def _as_decided(
    session: Session, query: Select[int], only: SearchFilter, decided: Decisions, passed: set[int]
) -> set[int]:
    """Passages whose mode or criteria a reviewer decided go by the reviewer."""
    targets = {key for field in ("mode", "criteria") for key in decided.get(field, {})}
    documents = sorted({document for document, _ in targets})
    for start in range(0, len(documents), AT_ONCE):
        rows = select(PassageRow).where(
            PassageRow.document_id.in_(documents[start : start + AT_ONCE]), PassageRow.id.in_(query)
        )
        for row in session.scalars(rows):
            target = (row.document_id, row.key)
            if target not in targets:
                continue
            mode, about = row.mode, [name for name, share in row.criteria.items() if share >= CRITERION_SHARE]
            for field in ("mode", "criteria"):
                verdict = decided.get(field, {}).get(target)
                if verdict is None or verdict.earlier.get("text", digest(row.text)) != digest(row.text):
                    continue
                if field == "mode":
                    mode = verdict.value["value"]
                else:
                    about = verdict.value["value"]
            fits = (not only.mode or mode == only.mode) and (not only.criterion or only.criterion in about)
            (passed.add if fits else passed.discard)(row.id)
    return passed
