"""Suppliers: whose quality system is judged."""

import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Key, Name, Tenant, now


class Supplier(Base):
    """A supplier of a workspace. ``revision`` counts what changes its report: a document read, a reviewer's decision, a rule.

    ``product`` is what is bought from it, ``aliases`` the other names it is certified under.
    """

    __tablename__ = "suppliers"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    name: Mapped[Name]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=0)
    product: Mapped[str] = mapped_column(String(300), default="")
    aliases: Mapped[list[Any]] = mapped_column(default=list)
