"""Suppliers: whose quality system is judged."""

import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Key, Name, Tenant, now


class Supplier(Base):
    """A supplier of a workspace. ``revision`` counts what changes its report: a document read, a reviewer's decision."""

    __tablename__ = "suppliers"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    name: Mapped[Name]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=0)
