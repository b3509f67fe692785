"""Models that a workspace trained, and on which side each supplier's labels stand."""

import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Key, Tenant, Word, now


class ModelRow(Base):
    """One training and the model that came out of it.

    ``state``: waiting, training, failed, refused (not better than the model it was held against), candidate (better, not
    used yet), active, retired. Where none is active, the model that ships is used. ``version`` is the name that stands
    beside every verdict; ``digest`` the SHA-256 of the packed artefact in the blob store; ``previous`` the model that was
    active when this one was promoted (None for the one that ships).
    """

    __tablename__ = "models"

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    state: Mapped[Word] = mapped_column(default="waiting")
    stage: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[str] = mapped_column(String(100), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    training_hash: Mapped[str] = mapped_column(String(64), default="")
    # What it learnt from: numbers of documents, labels and suppliers.
    learnt: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # What it was held against, both sides' figures, and the labels kept apart one by one.
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    why: Mapped[str] = mapped_column(Text, default="")
    promote: Mapped[bool] = mapped_column(default=False)
    previous: Mapped[str | None] = mapped_column(String(32))
    started_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime.datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime.datetime | None]
    promoted_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    promoted_at: Mapped[datetime.datetime | None]
    retired_at: Mapped[datetime.datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime.datetime | None]


class SideRow(Base):
    """On which side the labels of a supplier stand: ``learn`` or ``apart``. Given once: who was learnt from never judges."""

    __tablename__ = "label_sides"

    supplier_id: Mapped[str] = mapped_column(ForeignKey("suppliers.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[Tenant]
    side: Mapped[Word]
