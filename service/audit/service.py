"""Writing and reading the audit trail."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.models import Event, EventTag


def record(session: Session, workspace: str, actor: str, tag: EventTag, subject: str, **detail: object) -> None:
    """Add an event in the transaction of what it tells of: both are kept or neither."""
    session.add(Event(workspace_id=workspace, actor=actor, tag=tag.value, subject=subject, detail=detail))


def events_of(session: Session, workspace: str, subject: str | None = None, limit: int = 100) -> list[Event]:
    """The newest events of a workspace, or of one subject in it."""
    query = select(Event).where(Event.workspace_id == workspace).order_by(Event.id.desc()).limit(limit)
    if subject:
        query = query.where(Event.subject == subject)
    return list(session.scalars(query))
