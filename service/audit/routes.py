"""The audit trail over HTTP."""

import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.audit.service import events_of
from service.web.dependencies import Limit, Parts, Who

router = APIRouter(prefix="/events", tags=["audit"])


class EventOut(BaseModel):
    """One thing that happened."""

    id: int
    at: datetime.datetime
    actor: str = Field(description="The user, or worker.")
    tag: str = Field(description="What happened, as source:subject:action.")
    subject: str = Field(description="Id of what it was done to.")
    detail: dict[str, Any]


@router.get("", summary="Read the audit trail")
def list_events(parts: Parts, who: Who, subject: str | None = None, limit: Limit = 100) -> list[EventOut]:
    """What was done in this workspace, the newest first."""
    who.need("administrator")
    with parts.database.read() as session:
        rows = events_of(session, who.workspace, subject, limit)
        return [
            EventOut(id=row.id, at=row.at, actor=row.actor, tag=row.tag, subject=row.subject, detail=row.detail)
            for row in rows
        ]
