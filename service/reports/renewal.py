"""Reports by older rules are worked out anew, behind all other work.

A report that is opened is always of the rules of now (`service.reports.service`). What is listed without opening one, the
headlines of suppliers and the passages cited by a flag, would be missing after an update until somebody opens each
supplier; so the keeper finds those suppliers, and a worker assesses them when nothing else waits.
"""

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from service.reports.models import Assessment, program

# Suppliers put into the queue in one round, which comes every ten minutes: one takes about a second of a worker.
MOST_AT_ONCE = 500


def _judged_by_older_rules() -> Select[str]:
    newer = aliased(Assessment)
    of_now = exists().where(
        newer.supplier_id == Assessment.supplier_id, newer.content["program"].as_string() == program()
    )
    return select(Assessment.supplier_id).where(~of_now).distinct()


def older(session: Session, limit: int = MOST_AT_ONCE) -> list[str]:
    """Suppliers, of all workspaces, that were only assessed by older rules."""
    return list(session.scalars(_judged_by_older_rules().order_by(Assessment.supplier_id).limit(limit)))


def count_older(session: Session, workspace: str, supplier: str | None = None) -> int:
    """How many suppliers of a workspace, or whether this one, were only assessed by older rules."""
    query = _judged_by_older_rules().where(Assessment.workspace_id == workspace)
    if supplier:
        query = query.where(Assessment.supplier_id == supplier)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
