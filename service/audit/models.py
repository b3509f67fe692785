"""The audit trail: what was done, by whom, to what."""

import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Serial, Tenant, now


class EventTag(StrEnum):
    """What happened, as ``source:subject:action``.

    ``source`` is who caused it (``user``, ``worker``), ``subject`` what it was done to, ``action`` a verb in the present.
    """

    SUPPLIER_CREATE = "user:supplier:create"
    SUPPLIER_RENAME = "user:supplier:rename"
    SUPPLIER_CHANGE = "user:supplier:change"
    SUPPLIER_DELETE = "user:supplier:delete"
    BUNDLE_SEND = "user:bundle:send"
    BUNDLE_RETRY = "user:bundle:retry"
    BUNDLE_DELETE = "user:bundle:delete"
    DOCUMENT_RETRY = "user:document:retry"
    DOCUMENT_DOWNLOAD = "user:document:download"
    DOCUMENT_FINISH = "worker:document:finish"
    DOCUMENT_TAKE_OVER = "worker:document:take-over"
    VERDICT_GIVE = "user:verdict:give"
    VERDICT_UNDO = "user:verdict:undo"
    MODEL_TRAIN = "user:model:train"
    MODEL_FINISH = "worker:model:finish"
    MODEL_PROMOTE = "user:model:promote"
    MODEL_ROLL_BACK = "user:model:roll-back"
    DOCUMENT_REJUDGE = "user:document:rejudge"
    RULES_CHANGE = "user:rules:change"
    REPORT_EXPORT = "user:report:export"
    SEARCH_SAVE = "user:search:save"
    SEARCH_FORGET = "user:search:forget"


class Event(Base):
    """One thing that happened. Rows are only added."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_workspace_id_id", "workspace_id", "id"),)

    id: Mapped[Serial]
    workspace_id: Mapped[Tenant]
    at: Mapped[datetime.datetime] = mapped_column(default=now)
    actor: Mapped[str] = mapped_column(String(100))
    tag: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(100), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
