"""The states of trainings: waiting → training → candidate, refused or failed. One training at a time a workspace."""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from evidence.model import Error
from service.audit.models import EventTag
from service.audit.service import record
from service.database.base import now
from service.database.engine import Database
from service.learning.models import ModelRow, SideRow
from service.settings import ServicePolicy

logger = logging.getLogger(__name__)

OPEN = ("waiting", "training")
LOST = "The worker that trained it ended before it was done. Start the training again."
# Of so many suppliers with labels one is kept apart: enough to judge by, and most labels are learnt from.
ONE_APART_OF = 3


@dataclass(frozen=True)
class TrainingClaim:
    """A training that a worker may do while its lease holds."""

    model: str
    workspace: str
    owner: str
    started_by: str
    promote: bool


class Trainings:
    """Moves trainings from state to state. Every method is one short transaction."""

    def __init__(self, database: Database, limits: ServicePolicy) -> None:
        self._database = database
        self._limits = limits

    def claim(self, model: str, owner: str) -> TrainingClaim | None:
        """Take a waiting training; None where another worker has it, or it is done or gone."""
        with self._database.write() as session:
            row = session.get(ModelRow, model, with_for_update=True)
            if row is None or row.state != "waiting":
                return None
            row.state, row.stage = "training", "Gathering labels"
            row.lease_owner, row.lease_until, row.touched_at = owner, self._until(), now()
            return TrainingClaim(row.id, row.workspace_id, owner, row.started_by, row.promote)

    @contextmanager
    def held(self, claim: TrainingClaim) -> Iterator[None]:
        """While this lasts, a thread says that the worker lives."""
        ended = Event()

        def renew() -> None:
            while not ended.wait(self._limits.heartbeat_seconds):
                try:
                    self._set(claim, lease_until=self._until())
                except SQLAlchemyError:
                    # Hours of work must not be lost because the database was away for a moment: the next beat tries again.
                    logger.warning("the lease of training %s could not be renewed", claim.model, exc_info=True)

        thread = Thread(target=renew, name="training lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def stage(self, claim: TrainingClaim, words: str) -> None:
        """Say what is done now."""
        self._set(claim, stage=words[:200], touched_at=now(), lease_until=self._until())

    def fail(self, claim: TrainingClaim, error: Error) -> None:
        """It ends without a model."""
        self.finish(claim, "failed", f"{error.message} {error.remedy}")

    def finish(self, claim: TrainingClaim, state: str, why: str, **values: Any) -> bool:
        """It ends; False where the claim no longer holds."""
        with self._database.write() as session:
            done = {"state": state, "why": why, "stage": "", "finished_at": now(), "touched_at": now()}
            mine = _owned(session, claim, **values, **done, lease_owner=None, lease_until=None)
            if mine:
                record(session, claim.workspace, "worker", EventTag.MODEL_FINISH, claim.model, state=state, why=why)
            return mine

    def sides(self, workspace: str, suppliers: list[str]) -> dict[str, str]:
        """On which side each supplier's labels stand. A new one goes where the share kept apart demands it, and stays."""
        with self._database.write() as session:
            known = {
                row.supplier_id: row.side
                for row in session.scalars(select(SideRow).where(SideRow.workspace_id == workspace))
            }
            for supplier in sorted(set(suppliers) - known.keys()):
                apart = sum(side == "apart" for side in known.values())
                side = "apart" if (apart + 1) * ONE_APART_OF <= len(known) + 2 else "learn"
                known[supplier] = side
                session.add(SideRow(supplier_id=supplier, workspace_id=workspace, side=side))
            return {supplier: known[supplier] for supplier in suppliers}

    def _set(self, claim: TrainingClaim, **values: Any) -> bool:
        with self._database.write() as session:
            return _owned(session, claim, **values)

    def _until(self) -> datetime.datetime:
        return now() + datetime.timedelta(seconds=self._limits.lease_seconds)


def expire(session: Session, workspace: str) -> None:
    """Trainings whose worker fell silent end as failed: looked at whenever somebody asks for them."""
    session.execute(
        update(ModelRow)
        .where(ModelRow.workspace_id == workspace, ModelRow.state == "training", ModelRow.lease_until < now())
        .values(state="failed", why=LOST, stage="", finished_at=now(), lease_owner=None, lease_until=None)
    )


def _owned(session: Session, claim: TrainingClaim, **values: Any) -> bool:
    statement = update(ModelRow).where(
        ModelRow.id == claim.model, ModelRow.state == "training", ModelRow.lease_owner == claim.owner
    )
    return int(session.execute(statement.values(**values)).rowcount) == 1  # type: ignore[attr-defined]
