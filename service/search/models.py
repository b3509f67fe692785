"""What changed for the search index, and searches that people keep."""

import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Key, Name, Tenant, Word, now


class IndexChange(Base):
    """A document's passages came (``stored``) or went (``deleted``); ``version``: the count at that commit."""

    __tablename__ = "index_changes"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(String(32))
    action: Mapped[Word]
    # Numbers of the passages that went: the rows are gone when an index hears of it.
    passages: Mapped[list[Any]]


class SavedSearch(Base):
    """A search that a person keeps: it runs on each bundle that comes in after it was made."""

    __tablename__ = "saved_searches"

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[Name]
    query: Mapped[str] = mapped_column(Text)
    only: Mapped[dict[str, Any]]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)


class SearchNews(Base):
    """What a saved search found in one bundle; a row without passages says that it looked and found nothing.

    One row a search and bundle: of several processes that look, the first to write tells the person.
    """

    __tablename__ = "search_news"
    __table_args__ = (UniqueConstraint("search_id", "bundle_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    search_id: Mapped[str] = mapped_column(ForeignKey("saved_searches.id", ondelete="CASCADE"), index=True)
    bundle_id: Mapped[str] = mapped_column(ForeignKey("bundles.id", ondelete="CASCADE"), index=True)
    # Ids of documents and keys of passages, best first.
    passages: Mapped[list[Any]]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime.datetime | None]
