"""Finding evidence: the index gives the order, the database the filters and the texts."""

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.data import table as flag_table
from evidence.model import CRITERIA, KINDS, MODES
from indexes.analysis import places
from indexes.finder import Hit
from indexes.together import together
from indexes.verification import Verification
from service.accounts.scope import Scope
from service.database.engine import Database
from service.documents.models import DocumentRow, PassageRow, VectorRow
from service.documents.places import where
from service.documents.store import passage_of
from service.errors import NotFound, WrongUse
from service.reports.renewal import count_older
from service.reviews.overlay import decided_passage, standing_verdicts
from service.search.catalogue import version
from service.search.filters import Decisions, allowed, decided_so_far, decisions, facets
from service.search.keeper import IndexKeeper
from service.search.schemas import DocumentHits, Facet, SearchAnswer, SearchFilter, SearchHit
from service.settings import ServicePolicy
from service.suppliers.models import Supplier

# Characters of a passage shown as the quote of a hit: about three lines; longer passages are cut around what matched.
QUOTE_CHARACTERS = 280
# Filters whose result is kept; one that a tenth of a million passages pass takes 800 kB.
MOST_FILTERS = 50
# What is shown of a passage and of its document. Asked of the tables: rows of their classes take twice as long to make.
_PASSAGES, _DOCUMENTS, _SUPPLIERS = PassageRow.__table__.c, DocumentRow.__table__.c, Supplier.__table__.c
_SHOWN = (
    select(
        _PASSAGES.id, _PASSAGES.key, _PASSAGES.document_id, _PASSAGES.supplier_id, _PASSAGES.text, _PASSAGES.locators,
        _PASSAGES.heading, _PASSAGES.mode, _PASSAGES.criteria, _PASSAGES.language, _DOCUMENTS.path, _DOCUMENTS.kind,
        _DOCUMENTS.reading, _DOCUMENTS.evidence_from, _DOCUMENTS.evidence_to, _SUPPLIERS.name.label("supplier_name"),
    )
    .join_from(PassageRow.__table__, DocumentRow.__table__, _DOCUMENTS.id == _PASSAGES.document_id)
    .join(Supplier.__table__, _SUPPLIERS.id == _PASSAGES.supplier_id)
)  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "criterion": CRITERIA,
    "mode": MODES,
    "flag": tuple(sorted(flag_table("flags"))),
}


class SearchService:
    """Searches a workspace."""

    def __init__(self, database: Database, keeper: IndexKeeper, limits: ServicePolicy | None = None) -> None:
        self._database = database
        self._keeper = keeper
        self._limits = limits or ServicePolicy()
        # What passes a filter, for the newest searches: reading it anew costs 50 ms where 100,000 passages pass.
        self._passed: OrderedDict[tuple[object, ...], tuple[np.ndarray | None, int]] = OrderedDict()

    def search(self, scope: Scope, query: str, only: SearchFilter | None = None, limit: int = 20) -> SearchAnswer:
        """The passages that answer, best first, by document.

        Raises WrongUse for an empty or endless query or a period that ends before it begins, NotFound where the filter
        names a supplier that is not there.
        """
        query = query.strip()
        self.check(query, only)
        index, complete = self._keeper.index(scope.workspace)
        with self._database.read() as session:
            numbers, searched = self._allowed(session, scope, only or SearchFilter())
            decided = decisions(session, scope)
        hits = index.search(query, allowed_ids=numbers, limit=self._counted(limit), marked=max(limit, 1))
        return self._answer(scope, query, hits, only, limit, searched, complete, decided, partial(index.unknown, query))

    def like(
        self, scope: Scope, document: str, passage: str, only: SearchFilter | None = None, limit: int = 20
    ) -> SearchAnswer:
        """Passages that say nearly the same as one, best first; the passage itself is left out.

        Raises NotFound where there is no such passage.
        """
        self.check("like", only)
        with self._database.read() as session:
            row = session.scalar(
                select(PassageRow).where(
                    PassageRow.workspace_id == scope.workspace,
                    PassageRow.document_id == document,
                    PassageRow.key == passage,
                )
            )
            if row is None:
                raise NotFound("There is no such passage.")
            vectors = session.scalars(select(VectorRow).where(VectorRow.passage_id == row.id)).all()
            numbers, searched = self._allowed(session, scope, only or SearchFilter())
            decided = decisions(session, scope)
        index, complete = self._keeper.index(scope.workspace)
        known = {vector.embedder: vector.vector for vector in vectors}
        hits = index.like(
            row.id, row.text, known, allowed_ids=numbers, limit=self._counted(limit), marked=max(limit, 1)
        )
        return self._answer(
            scope, row.text[:QUOTE_CHARACTERS], hits, only, limit, max(0, searched - 1), complete, decided
        )

    def _counted(self, shown: int) -> int:
        """How many relevant passages are looked for and counted where so many are shown."""
        return min(self._limits.search_hits, max(self._limits.counted_hits, shown))

    def _allowed(self, session: Session, scope: Scope, only: SearchFilter) -> tuple[np.ndarray | None, int]:
        """What passes the filter, kept while neither the passages nor the decisions of the workspace change."""
        if only.flag:  # follows the assessments, which change without either
            return allowed(session, scope, only)
        key = (scope.workspace, only, version(session, scope.workspace), decided_so_far(session, scope))
        if key not in self._passed:
            self._passed[key] = allowed(session, scope, only)
            while len(self._passed) > MOST_FILTERS:
                with contextlib.suppress(KeyError):  # another thread may have been faster
                    self._passed.popitem(last=False)
        return self._passed[key] if key in self._passed else allowed(session, scope, only)

    def _answer(
        self,
        scope: Scope,
        query: str,
        hits: Sequence[Hit],
        only: SearchFilter | None,
        limit: int,
        searched: int,
        complete: bool,
        decided: Decisions,
        unknown: Callable[[], tuple[str, ...]] = tuple,
    ) -> SearchAnswer:
        renewing = 0
        if only and only.flag:
            with self._database.read() as session:
                renewing = count_older(session, scope.workspace, only.supplier)
        spread: dict[str, list[Facet]] = {}
        documents: list[DocumentHits] = []
        nowhere: list[str] = []

        # Each with a session of its own and none meanwhile here: who waits for a second connection holds no first.
        def count() -> None:
            with self._database.read() as session:
                spread.update(facets(session, scope, [hit.id for hit in hits], decided))

        def show() -> None:
            shown = hits[: min(max(limit, 1), self._limits.search_hits)]
            with self._database.read() as session:
                documents.extend(_shown(session, scope, shown, decided))

        together(count, show, lambda: nowhere.extend(unknown()))
        return SearchAnswer(
            query=query,
            documents=documents,
            count=sum(len(found.hits) for found in documents),
            relevant=sum(facet.count for facet in spread["mode"]),
            more=len(hits) >= self._counted(limit),
            facets=spread,
            searched=searched,
            nothing_relevant=None if documents else _nothing(searched, only, renewing),
            unknown=nowhere if searched else [],
            renewing=renewing,
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

    def check(self, query: str, only: SearchFilter | None = None) -> None:
        """Raises WrongUse for a query or filter that nobody can search with."""
        if not query.strip():
            raise WrongUse("There is nothing to look for.", "Type a few words, or a number from the papers.")
        if len(query) > self._limits.query_characters:
            raise WrongUse(f"The query is longer than {self._limits.query_characters} characters.", "Shorten it.")
        for name, known in _WORDS.items():
            value = getattr(only, name) if only else None
            if value and value not in known:
                raise WrongUse(f"There is no {name} called {value[:60]!r}.", f"Choose from {', '.join(known)}.")
        if only and only.since and only.until and only.since > only.until:
            raise WrongUse("The period ends before it begins.", "Exchange the two dates.")


def _nothing(searched: int, only: SearchFilter | None, renewing: int) -> str:
    if renewing:
        return "Nothing was found yet: the flags of some suppliers are being worked out anew by newer rules."
    if searched:
        return "Nothing relevant was found. What was not read cannot be found: the report lists it."
    if only and not only.is_empty:
        return "No passage passes the filter."
    return "No document has been read yet."


def _shown(session: Session, scope: Scope, hits: Sequence[Hit], decided: Decisions) -> list[DocumentHits]:
    """Hits with their texts by document; a passage that was deleted since the index was made is left out. `decided` are the
    decisions of the workspace."""
    query = _SHOWN.where(_PASSAGES.id.in_([hit.id for hit in hits]), _PASSAGES.workspace_id == scope.workspace)
    rows = {row.id: row for row in session.execute(query)}
    judged = {document for of_field in decided.values() for document, _ in of_field}
    standing = standing_verdicts(session, sorted(judged & {row.document_id for row in rows.values()}))
    found: dict[str, DocumentHits] = {}
    for hit in hits:
        if hit.id not in rows:
            continue
        row = rows[hit.id]
        whole = {field: d.value for (at, key, field), d in standing.items() if at == row.document_id and key is None}
        laid = [d for (at, key, _), d in standing.items() if at == row.document_id and key == row.key]
        mode, criteria = row.mode, row.criteria
        if laid:
            passage = decided_passage(passage_of(session.get_one(PassageRow, hit.id)), laid)
            mode, criteria = passage.mode, passage.criteria
        group = found.setdefault(row.document_id, _group(row, whole))
        shown = SearchHit(
            passage=row.key,
            number=hit.id,
            quote=quote_of(row.text, hit.matched_terms),
            text=row.text,
            score=round(hit.score, 6),
            matched_terms=list(hit.matched_terms),
            document=row.document_id,
            path=row.path,
            kind=group.kind,
            supplier=row.supplier_id,
            supplier_name=row.supplier_name,
            place="",
            locators=row.locators,
            heading=row.heading,
            mode=mode,
            criteria=criteria,
            decided=sorted({decision.field for decision in laid}),
            language=row.language,
        )
        if shown.locators:
            shown.place = where(shown.locators)
        group.hits.append(shown)
    return list(found.values())


def _group(row: Any, decided: dict[str, str | list[str]]) -> DocumentHits:
    period = (row.evidence_from, row.evidence_to)
    return DocumentHits(
        document=row.document_id,
        path=row.path,
        kind=str(decided.get("kind", row.kind)),
        reading=str(decided.get("reading", row.reading)),
        supplier=row.supplier_id,
        supplier_name=row.supplier_name,
        evidence_period=period if period[0] and period[1] else None,
        hits=[],
    )


def quote_of(text: str, terms: Sequence[str], length: int = QUOTE_CHARACTERS) -> str:
    """The words of a passage around what matched: a piece of the text as it stands, cut between words."""
    if len(text) <= length:
        return text
    found = [start for start, _ in places(text, terms)]
    # The window that holds the most matches; the first of equals.
    first = max(found, key=lambda p: sum(p <= q < p + length for q in found), default=0)
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
