"""Saved searches: kept by a person, run on each bundle that comes in, and the person told what they found."""

import logging
from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.base import now
from service.database.engine import Database
from service.documents.models import Bundle
from service.errors import NotFound, ServiceError, WrongUse
from service.search.models import SavedSearch, SearchNews
from service.search.schemas import NewsOut, SavedSearchIn, SavedSearchOut, SearchFilter
from service.search.service import SearchService
from service.suppliers.models import Supplier
from service.texts import line

logger = logging.getLogger(__name__)

# Saved searches of one person: each runs on every bundle.
MOST_SAVED = 200
# Passages kept of what a search found in a bundle; the search itself gives the rest.
MOST_PASSAGES = 20
# Bundles looked at in one round, so that a round stays short.
AT_ONCE = 50


class SavedSearchService:
    """Keeps searches and runs them on new bundles."""

    def __init__(self, database: Database, search: SearchService) -> None:
        self._database = database
        self._search = search

    def save(self, scope: Scope, given: SavedSearchIn) -> SavedSearchOut:
        """Keep a search. Raises WrongUse for one that cannot be run, or one too many."""
        self._search.check(given.q, given.only)
        name = line(given.name or given.q)[:300]
        with self._database.write() as session:
            own = select(func.count()).where(SavedSearch.owner_id == scope.user)
            if (session.scalar(own) or 0) >= MOST_SAVED:
                raise WrongUse(f"You keep {MOST_SAVED} searches already.", "Delete one that you no longer need.")
            only = given.only.model_dump(mode="json", exclude_none=True)
            row = SavedSearch(
                workspace_id=scope.workspace, owner_id=scope.user, name=name, query=line(given.q), only=only
            )
            session.add(row)
            session.flush()
            record(session, scope.workspace, scope.user, EventTag.SEARCH_SAVE, row.id, name=name)
            return _out(row, 0)

    def kept(self, scope: Scope) -> list[SavedSearchOut]:
        """The searches of a person, the newest first, with how much of what they found was not seen yet."""
        with self._database.read() as session:
            rows = session.scalars(
                select(SavedSearch)
                .where(SavedSearch.workspace_id == scope.workspace, SavedSearch.owner_id == scope.user)
                .order_by(SavedSearch.created_at.desc(), SavedSearch.id)
            ).all()
            return [_out(row, _unseen(session, [row.id])) for row in rows]

    def delete(self, scope: Scope, search: str) -> None:
        """Forget a search and what it found. Raises NotFound."""
        with self._database.write() as session:
            row = _own(session, scope, search)
            record(session, scope.workspace, scope.user, EventTag.SEARCH_FORGET, row.id, name=row.name)
            session.delete(row)

    def news(self, scope: Scope, unseen: bool = False) -> list[NewsOut]:
        """What the searches of a person found in new bundles, the newest first."""
        with self._database.read() as session:
            query = (
                select(SearchNews, SavedSearch, Supplier)
                .join(SavedSearch, SavedSearch.id == SearchNews.search_id)
                .join(Bundle, Bundle.id == SearchNews.bundle_id)
                .join(Supplier, Supplier.id == Bundle.supplier_id)
                .where(SavedSearch.workspace_id == scope.workspace, SavedSearch.owner_id == scope.user)
                .order_by(SearchNews.created_at.desc(), SearchNews.id)
            )
            if unseen:
                query = query.where(SearchNews.seen_at.is_(None))
            return [
                NewsOut(
                    id=found.id,
                    search=search.id,
                    name=search.name,
                    q=search.query,
                    only=SearchFilter.model_validate(search.only),
                    bundle=found.bundle_id,
                    supplier=supplier.id,
                    supplier_name=supplier.name,
                    count=len(found.passages),
                    passages=[(document, passage) for document, passage in found.passages],
                    created_at=found.created_at,
                    seen=found.seen_at is not None,
                )
                for found, search, supplier in session.execute(query.limit(MOST_SAVED))
                if found.passages
            ]

    def seen(self, scope: Scope, search: str) -> None:
        """The person has looked at what a search found."""
        with self._database.write() as session:
            row = _own(session, scope, search)
            session.execute(
                update(SearchNews)
                .where(SearchNews.search_id == row.id, SearchNews.seen_at.is_(None))
                .values(seen_at=now())
            )

    def run(self) -> int:
        """Run the saved searches on the bundles they have not looked at; how many searches found something."""
        with self._database.read() as session:
            due = session.execute(
                select(SavedSearch, Bundle.id)
                .join(Bundle, Bundle.workspace_id == SavedSearch.workspace_id)
                .outerjoin(SearchNews, (SearchNews.search_id == SavedSearch.id) & (SearchNews.bundle_id == Bundle.id))
                .where(Bundle.state == "done", Bundle.finished_at >= SavedSearch.created_at, SearchNews.id.is_(None))
                .order_by(Bundle.finished_at)
                .limit(AT_ONCE)
            ).all()
        return sum(self._look(search, bundle) for search, bundle in due)

    def _look(self, search: SavedSearch, bundle: str) -> bool:
        scope = Scope(search.workspace_id, search.owner_id, "", "viewer")
        only = SearchFilter.model_validate({**search.only, "bundle": bundle})
        try:
            answer = self._search.search(scope, search.query, only, MOST_PASSAGES)
        except NotFound:  # the supplier of the filter was deleted: the search finds nothing any more
            answer = None
        except ServiceError:
            logger.exception("the saved search %s could not run", search.id)
            return False
        if answer is not None and not answer.complete:
            return False
        passages = [[hit.document, hit.passage] for hit in answer.hits] if answer else []
        try:
            with self._database.write() as session:
                session.add(
                    SearchNews(
                        workspace_id=search.workspace_id,
                        search_id=search.id,
                        bundle_id=bundle,
                        passages=passages,
                        # What found nothing is no news; the row only says that it was looked for.
                        seen_at=None if passages else now(),
                    )
                )
        except IntegrityError:  # another process looked first, or the search or the bundle is gone
            return False
        return bool(passages)


def _own(session: Session, scope: Scope, search: str) -> SavedSearch:
    row = session.get(SavedSearch, search)
    if row is None or row.workspace_id != scope.workspace or row.owner_id != scope.user:
        raise NotFound("There is no such saved search.")
    return row


def _unseen(session: Session, searches: Sequence[str]) -> int:
    query = select(func.count()).where(SearchNews.search_id.in_(searches), SearchNews.seen_at.is_(None))
    return session.scalar(query) or 0


def _out(row: SavedSearch, unseen: int) -> SavedSearchOut:
    return SavedSearchOut(
        id=row.id,
        name=row.name,
        q=row.query,
        only=SearchFilter.model_validate(row.only),
        created_at=row.created_at,
        unseen=unseen,
    )
