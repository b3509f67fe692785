"""Finding evidence: the index gives the order, the database the filters and the texts."""

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from extractors.locators import describe
from indexes.hybrid import Hit
from service.accounts.scope import Scope
from service.database.engine import Database
from service.documents.models import DocumentRow, PassageRow
from service.documents.service import passages_out
from service.errors import WrongUse
from service.reviews.models import Verdict
from service.reviews.service import CRITERION_SHARE
from service.search.keeper import IndexKeeper
from service.search.schemas import SearchAnswer, SearchFilter, SearchHit
from service.settings import ServicePolicy
from service.suppliers.models import Supplier


class SearchService:
    """Searches a workspace."""

    def __init__(self, database: Database, keeper: IndexKeeper, limits: ServicePolicy) -> None:
        self._database = database
        self._keeper = keeper
        self._limits = limits

    def search(self, scope: Scope, query: str, only: SearchFilter | None = None, limit: int = 20) -> SearchAnswer:
        """The passages that answer, best first. Raises WrongUse for an endless query."""
        if len(query) > self._limits.query_characters:
            raise WrongUse(f"The query is longer than {self._limits.query_characters} characters.", "Shorten it.")
        limit = min(limit, self._limits.search_hits)
        index, complete = self._keeper.index(scope.workspace)
        allowed = self._allowed(scope, only) if only and not only.is_empty else None
        hits = index.search(query, allowed_ids=allowed, limit=limit)
        with self._database.read() as session:
            return SearchAnswer(query=query, hits=_shown(session, scope, hits), complete=complete)

    def _allowed(self, scope: Scope, only: SearchFilter) -> np.ndarray:
        """The numbers of the passages that pass the filter, as the reviewers decided."""
        query = _filtered(scope, only)
        with self._database.read() as session:
            passed = set(session.scalars(query if not only.mode else query.where(PassageRow.mode == only.mode)))
            if only.mode:
                passed = _as_decided(session, scope, query, only.mode, passed)
        return np.fromiter(passed, dtype=np.int64, count=len(passed))


def _filtered(scope: Scope, only: SearchFilter) -> Select[tuple[int]]:
    query = (
        select(PassageRow.id)
        .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
        .where(PassageRow.workspace_id == scope.workspace)
    )
    equal = (
        (PassageRow.supplier_id, only.supplier),
        (DocumentRow.bundle_id, only.bundle),
        (PassageRow.document_id, only.document),
        (DocumentRow.kind, only.kind),
        (PassageRow.language, only.language),
    )
    for column, value in equal:
        if value:
            query = query.where(column == value)
    if only.criterion:
        query = query.where(PassageRow.criteria[only.criterion].as_float() >= CRITERION_SHARE)
    if only.since:
        query = query.where(DocumentRow.evidence_to >= only.since.isoformat())
    if only.until:
        query = query.where(DocumentRow.evidence_from <= only.until.isoformat())
    return query


def _as_decided(session: Session, scope: Scope, query: Select[tuple[int]], mode: str, passed: set[int]) -> set[int]:
    """Passages whose mode a reviewer changed go by the reviewer."""
    decided = (
        select(PassageRow.id, Verdict.value)
        .join(Verdict, (Verdict.document_id == PassageRow.document_id) & (Verdict.passage == PassageRow.key))
        .where(
            Verdict.workspace_id == scope.workspace,
            Verdict.field == "mode",
            Verdict.undone_at.is_(None),
            PassageRow.id.in_(query),
        )
    )
    standing = {number: value["value"] for number, value in session.execute(decided.order_by(Verdict.number))}
    return (passed - standing.keys()) | {number for number, value in standing.items() if value == mode}


def _shown(session: Session, scope: Scope, hits: list[Hit]) -> list[SearchHit]:
    """Hits with their texts; a passage that was deleted since the index was asked is left out."""
    ids = [hit.id for hit in hits]
    query = (
        select(PassageRow, DocumentRow, Supplier.name)
        .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
        .join(Supplier, Supplier.id == PassageRow.supplier_id)
        .where(PassageRow.id.in_(ids), PassageRow.workspace_id == scope.workspace)
    )
    rows = {row.id: (row, document, name) for row, document, name in session.execute(query)}
    passages = {p.number: p for p in passages_out(session, [row for row, _, _ in rows.values()])}
    shown = []
    for hit in hits:
        if hit.id not in rows:
            continue
        (row, document, name), passage = rows[hit.id], passages[hit.id]
        shown.append(
            SearchHit(
                passage=passage.id,
                number=hit.id,
                text=passage.text,
                score=round(hit.score, 4),
                matched_terms=list(hit.matched_terms),
                document=document.id,
                path=document.path,
                kind=document.kind,
                supplier=row.supplier_id,
                supplier_name=name,
                place=describe(passage.locators[0]) if passage.locators else "",
                locators=list(passage.locators),
                heading=list(passage.heading),
                mode=passage.mode,
                criteria=passage.criteria,
                language=passage.language,
            )
        )
    return shown
