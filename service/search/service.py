"""Finding evidence: the index gives the order, the database the filters and the texts."""

from collections.abc import Sequence

import numpy as np
import regex
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from evidence.model import CRITERIA, KINDS, MODES
from extractors.locators import describe
from indexes.hybrid import Hit, Verification
from service.accounts.scope import Scope
from service.database.engine import Database
from service.documents.models import DocumentRow, PartRow, PassageRow
from service.documents.store import passage_of
from service.errors import NotFound, WrongUse
from service.reviews.models import Verdict
from service.reviews.overlay import decided_passage, digest, standing_verdicts
from service.reviews.service import CRITERION_SHARE
from service.search.keeper import IndexKeeper
from service.search.schemas import DocumentHits, SearchAnswer, SearchFilter, SearchHit
from service.settings import ServicePolicy
from service.suppliers.models import Supplier

# Characters of a passage shown as the quote of a hit: about three lines; longer passages are cut around what matched.
QUOTE_CHARACTERS = 280
# Numbers in one query: SQLite takes a limited number of values.
AT_ONCE = 500
_WORDS: dict[str, tuple[str, ...]] = {"kind": KINDS, "criterion": CRITERIA, "mode": MODES}


class SearchService:
    """Searches a workspace."""

    def __init__(self, database: Database, keeper: IndexKeeper, limits: ServicePolicy | None = None) -> None:
        self._database = database
        self._keeper = keeper
        self._limits = limits or ServicePolicy()

    def search(self, scope: Scope, query: str, only: SearchFilter | None = None, limit: int = 20) -> SearchAnswer:
        """The passages that answer, best first, by document.

        Raises WrongUse for an empty or endless query or a period that ends before it begins, NotFound where the filter
        names a supplier that is not there.
        """
        query = query.strip()
        self._check(query, only)
        index, complete = self._keeper.index(scope.workspace)
        allowed, searched = self._allowed(scope, only or SearchFilter())
        hits = index.search(query, allowed_ids=allowed, limit=min(max(limit, 1), self._limits.search_hits))
        with self._database.read() as session:
            documents = _shown(session, scope, hits)
        count = sum(len(found.hits) for found in documents)
        return SearchAnswer(
            query=query,
            documents=documents,
            count=count,
            searched=searched,
            nothing_relevant=None if count else _nothing(searched, only),
            complete=complete,
        )

    def rebuild(self, scope: Scope) -> int:
        """Make the index of the workspace anew from the database; how many passages it holds."""
        scope.need("administrator")
        return self._keeper.rebuild(scope.workspace)

    def verify(self, scope: Scope) -> Verification:
        """Compare the index of the workspace with the database."""
        scope.need("administrator")
        return self._keeper.verify(scope.workspace)

    def _check(self, query: str, only: SearchFilter | None) -> None:
        if not query:
            raise WrongUse("There is nothing to look for.", "Type a few words, or a number from the papers.")
        if len(query) > self._limits.query_characters:
            raise WrongUse(f"The query is longer than {self._limits.query_characters} characters.", "Shorten it.")
        for name, known in _WORDS.items():
            value = getattr(only, name) if only else None
            if value and value not in known:
                raise WrongUse(f"There is no {name} called {value[:60]!r}.", f"Choose from {', '.join(known)}.")
        if only and only.since and only.until and only.since > only.until:
            raise WrongUse("The period ends before it begins.", "Exchange the two dates.")

    def _allowed(self, scope: Scope, only: SearchFilter) -> tuple[np.ndarray | None, int]:
        """The numbers of the passages that pass the filter, as the reviewers decided, and how many; None for all."""
        with self._database.read() as session:
            if only.is_empty:
                of_workspace = select(func.count()).where(PassageRow.workspace_id == scope.workspace)
                return None, session.scalar(of_workspace) or 0
            if only.supplier and not _is_there(session, scope, only.supplier):
                raise NotFound("There is no such supplier.")
            decisions = _decisions(session, scope)
            query = _filtered(scope, only, decisions.get("kind", {}))
            passed = set(session.scalars(query.where(*_said(only))))
            if (only.mode and "mode" in decisions) or (only.criterion and "criteria" in decisions):
                passed = _as_decided(session, query, only, decisions, passed)
        return np.fromiter(sorted(passed), dtype=np.int64, count=len(passed)), len(passed)


def _is_there(session: Session, scope: Scope, supplier: str) -> bool:
    row = session.get(Supplier, supplier)
    return row is not None and row.workspace_id == scope.workspace


def _nothing(searched: int, only: SearchFilter | None) -> str:
    if searched:
        return "Nothing relevant was found. What was not read cannot be found: the report lists it."
    if only and not only.is_empty:
        return "No passage passes the filter."
    return "No document has been read yet."


def _said(only: SearchFilter) -> list[ColumnElement[bool]]:
    """Conditions on what the model said of a passage."""
    conditions: list[ColumnElement[bool]] = []
    if only.mode:
        conditions.append(PassageRow.mode == only.mode)
    if only.criterion:
        conditions.append(PassageRow.criteria[only.criterion].as_float() >= CRITERION_SHARE)
    return conditions


def _filtered(scope: Scope, only: SearchFilter, kinds: dict[tuple[str, str | None], Verdict]) -> Select[int]:
    """Passages by everything but mode and criterion."""
    query = (
        select(PassageRow.id)
        .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
        .where(PassageRow.workspace_id == scope.workspace)
    )
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


def _decisions(session: Session, scope: Scope) -> dict[str, dict[tuple[str, str | None], Verdict]]:
    """The decisions that stand in a workspace, by field and target; people give few, so all are looked at."""
    query = select(Verdict).where(Verdict.workspace_id == scope.workspace, Verdict.undone_at.is_(None))
    found: dict[str, dict[tuple[str, str | None], Verdict]] = {}
    for row in session.scalars(query.order_by(Verdict.number)):
        found.setdefault(row.field, {})[(row.document_id, row.passage)] = row
    return found


def _as_decided(
    session: Session,
    query: Select[int],
    only: SearchFilter,
    decisions: dict[str, dict[tuple[str, str | None], Verdict]],
    passed: set[int],
) -> set[int]:
    """Passages whose mode or criteria a reviewer decided go by the reviewer."""
    targets = {key for field in ("mode", "criteria") for key in decisions.get(field, {})}
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
                verdict = decisions.get(field, {}).get(target)
                if verdict is None or verdict.earlier.get("text", digest(row.text)) != digest(row.text):
                    continue
                if field == "mode":
                    mode = verdict.value["value"]
                else:
                    about = verdict.value["value"]
            fits = (not only.mode or mode == only.mode) and (not only.criterion or only.criterion in about)
            (passed.add if fits else passed.discard)(row.id)
    return passed


def _shown(session: Session, scope: Scope, hits: Sequence[Hit]) -> list[DocumentHits]:
    """Hits with their texts by document; a passage that was deleted since the index was made is left out."""
    query = (
        select(PassageRow, DocumentRow, Supplier.name)
        .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
        .join(Supplier, Supplier.id == PassageRow.supplier_id)
        .where(PassageRow.id.in_([hit.id for hit in hits]), PassageRow.workspace_id == scope.workspace)
    )
    rows = {row.id: (row, document, name) for row, document, name in session.execute(query)}
    standing = standing_verdicts(session, sorted({document.id for _, document, _ in rows.values()}))
    found: dict[str, DocumentHits] = {}
    for hit in hits:
        if hit.id not in rows:
            continue
        row, document, name = rows[hit.id]
        whole = {field: d.value for (at, key, field), d in standing.items() if at == document.id and key is None}
        decisions = [d for (at, key, _), d in standing.items() if at == document.id and key == row.key]
        passage = decided_passage(passage_of(row), decisions)
        group = found.setdefault(document.id, _group(document, name, whole))
        group.hits.append(
            SearchHit(
                passage=passage.id,
                number=hit.id,
                quote=quote_of(passage.text, hit.matched_terms),
                text=passage.text,
                score=round(hit.score, 4),
                matched_terms=list(hit.matched_terms),
                document=document.id,
                path=document.path,
                kind=group.kind,
                supplier=row.supplier_id,
                supplier_name=name,
                place=describe(passage.locators[0]) if passage.locators else "",
                locators=list(passage.locators),
                heading=list(passage.heading),
                mode=passage.mode,
                criteria=passage.criteria,
                decided=sorted({decision.field for decision in decisions}),
                language=passage.language,
            )
        )
    return list(found.values())


def _group(document: DocumentRow, supplier: str, decided: dict[str, str | list[str]]) -> DocumentHits:
    period = (document.evidence_from, document.evidence_to)
    return DocumentHits(
        document=document.id,
        path=document.path,
        kind=str(decided.get("kind", document.kind)),
        reading=str(decided.get("reading", document.reading)),
        supplier=document.supplier_id,
        supplier_name=supplier,
        evidence_period=period if period[0] and period[1] else None,  # type: ignore[arg-type]
        hits=[],
    )


def quote_of(text: str, terms: Sequence[str], length: int = QUOTE_CHARACTERS) -> str:
    """The words of a passage around what matched: a piece of the text as it stands, cut between words."""
    if len(text) <= length:
        return text
    places = [m.start() for term in terms if term for m in regex.finditer(regex.escape(term), text)]
    # The window that holds the most matches; the first of equals.
    first = max(sorted(places), key=lambda p: sum(p <= q < p + length for q in places), default=0)
    start = 0 if first < length // 2 else first - length // 8
    start = min(start, len(text) - length)
    if start > 0:
        space = text.find(" ", start, start + length // 8)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start + length // 2, end)
        end = space if space >= 0 else end
    return text[start:end].strip()
