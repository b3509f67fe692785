"""Assessments that were worked out: kept so that a report opens at once, and so that an old one can be looked at again."""

import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from evidence.data import fingerprint
from service.database.base import Base, Key, Tenant, Word, now


class Assessment(Base):
    """The report of a supplier for a day without its documents, which stand in their own tables.

    It is true while ``revision`` is the supplier's and ``content["program"]`` is ``program()``.
    """

    __tablename__ = "assessments"
    __table_args__ = (UniqueConstraint("supplier_id", "reference_date", "revision"),)

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    supplier_id: Mapped[str] = mapped_column(ForeignKey("suppliers.id", ondelete="CASCADE"), index=True)
    reference_date: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]
    headline: Mapped[Word]
    model: Mapped[str] = mapped_column(String(100), default="")
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)


@cache
def program() -> str:
    """What a kept report was worked out by: the version of the program, and its rules, which may change between versions."""
    return f"{version('livingproof')} {fingerprint()}"
