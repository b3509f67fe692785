"""Decisions of reviewers about what the system said."""

import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Key, Tenant, Word, now


class Verdict(Base):
    """A reviewer confirms or overrides one field of a document or passage. Rows are never changed, only marked undone.

    ``passage`` is the passage's key in reports; None where the verdict is about the document. ``field`` is ``mode`` or
    ``criteria`` of a passage, ``kind`` or ``reading`` of a document. ``earlier`` and ``value`` hold the field before
    and after; ``earlier`` also who had said it (``by``) and a digest of the passage's words (``text``).
    """

    __tablename__ = "verdicts"
    __table_args__ = (Index("ix_verdicts_target", "document_id", "passage", "field"),)

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    supplier_id: Mapped[str] = mapped_column(ForeignKey("suppliers.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    passage: Mapped[str | None] = mapped_column(String(40))
    field: Mapped[Word]
    action: Mapped[Word]
    earlier: Mapped[dict[str, Any]]
    value: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text, default="")
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    model: Mapped[str] = mapped_column(String(100), default="")
    # How the reviewer came to it: ``random`` (drawn by the queue, judged without seeing the answer), ``queue``, or empty.
    way: Mapped[str] = mapped_column(String(20), default="", server_default="")
    # Order of decisions; two in the same microsecond must not swap.
    number: Mapped[int]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime.datetime | None]
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
