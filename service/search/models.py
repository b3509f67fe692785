"""What changed for the search index: it reads on from the last change it knows."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Word


class IndexChange(Base):
    """A document's passages came (``stored``) or went (``deleted``); ``version``: the count at that commit."""

    __tablename__ = "index_changes"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(String(32))
    action: Mapped[Word]
    # Numbers of the passages that went: the rows are gone when an index hears of it.
    passages: Mapped[list[Any]]
