"""Workspaces (tenants), users, and what a user may do in a workspace."""

import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Key, Name, Word, now


class Workspace(Base):
    """A tenant: nothing in it is seen from another one."""

    __tablename__ = "workspaces"

    id: Mapped[Key]
    name: Mapped[Name]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    # Counts the changes of searchable text; whoever keeps an index compares it with what the index holds.
    index_version: Mapped[int] = mapped_column(default=0)
    # What it sets apart from the defaults of the assessment, as ``service.reports.rules.WorkspaceRules``.
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)


class User(Base):
    """A person, or the local administrator where nobody signs in."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("login"),)

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(200))
    name: Mapped[Name]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime.datetime | None]


class Membership(Base):
    """What a user may do in a workspace: ``viewer``, ``reviewer`` or ``administrator``."""

    __tablename__ = "memberships"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Word]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
