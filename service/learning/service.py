"""Starting trainings, using and taking back models. Administrators alone change which model judges."""

import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from service.accounts.models import User, Workspace
from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.base import now
from service.database.engine import Database
from service.documents.models import DocumentRow
from service.errors import NotFound, NotNow
from service.learning.active import active_row
from service.learning.models import ModelRow
from service.learning.schemas import ModelList, ModelOut, Rejudged
from service.learning.trainings import OPEN, expire
from service.reviews.models import Verdict
from service.settings import Settings
from service.work.queue import JobQueue

READABLE = ("read", "partial")


class LearningService:
    """The models of a workspace."""

    def __init__(self, database: Database, queue: JobQueue, settings: Settings) -> None:
        self._database = database
        self._queue = queue
        self._settings = settings

    def list(self, scope: Scope, offset: int = 0, limit: int = 50) -> ModelList:
        """Models, the newest first."""
        with self._database.write() as session:
            expire(session, scope.workspace)
        self._put_lost(scope)
        with self._database.read() as session:
            query = select(ModelRow.id).where(ModelRow.workspace_id == scope.workspace)
            ids = session.scalars(query.order_by(ModelRow.created_at.desc(), ModelRow.id).offset(offset).limit(limit))
            active = active_row(session, scope.workspace)
            in_use = active.version if active else shipped_version(self._settings.model_folder)
            others = session.scalar(select(func.count()).select_from(outdated(scope.workspace, in_use).subquery()))
            standing = (Verdict.workspace_id == scope.workspace, Verdict.field == "mode", Verdict.undone_at.is_(None))
            passages = select(Verdict.document_id, Verdict.passage, Verdict.supplier_id).where(*standing).distinct()
            named = passages.subquery()
            decided, suppliers = session.execute(
                select(func.count(), func.count(named.c.supplier_id.distinct())).select_from(named)
            ).one()
            return ModelList(
                items=_shown(session, list(ids)), in_use=in_use, shipped=active is None, judged_before=others or 0,
                decided=decided, decided_suppliers=suppliers,
            )  # fmt: skip

    def models_of_their_own(self) -> int:
        """How many workspaces use a model of their own."""
        with self._database.read() as session:
            return session.scalar(select(func.count()).where(ModelRow.state == "active")) or 0

    def get(self, scope: Scope, model: str) -> ModelOut:
        """One model. Raises NotFound."""
        with self._database.write() as session:
            expire(session, scope.workspace)
            return _shown(session, [_row(session, scope, model).id])[0]

    def start(self, scope: Scope, promote: bool = False, queued: bool = True) -> ModelOut:
        """Begin a training from reviewers' decisions; a worker does it. Raises NotAllowed, NotNow while one runs.

        With ``queued`` false the caller does the work itself.
        """
        scope.need("administrator")
        with self._database.write() as session:
            _lock(session, scope)
            expire(session, scope.workspace)
            query = select(ModelRow.id).where(ModelRow.workspace_id == scope.workspace, ModelRow.state.in_(OPEN))
            if session.scalar(query.limit(1)):
                raise NotNow("A model is being trained already.", "Wait until it is done, then start again.")
            row = ModelRow(workspace_id=scope.workspace, started_by=scope.user, promote=promote)
            session.add(row)
            session.flush()
            record(session, scope.workspace, scope.user, EventTag.MODEL_TRAIN, row.id, promote=promote)
            shown = _shown(session, [row.id])[0]
        if queued:
            self._queue.put("training", shown.id)
        return shown

    def promote(self, scope: Scope, model: str) -> ModelOut:
        """Use a candidate from the next document on. Raises NotAllowed, NotFound, NotNow with the reason.

        Where nobody may approve by own labels, those of the promoting administrator do not count.
        """
        scope.need("administrator")
        with self._database.write() as session:
            _lock(session, scope)
            row = _row(session, scope, model)
            if row.state != "candidate":
                raise NotNow(
                    row.why if row.state == "refused" else f"This model is {row.state}, so it cannot be put to use.",
                    "Let reviewers decide on more passages, then train again.",
                )
            active = active_row(session, scope.workspace)
            if row.figures.get("against") != (active.id if active else None):
                raise NotNow(
                    "This model was held against another one than is in use now.", "Train again to compare them."
                )
            self._check_own_labels(row, scope)
            if active:
                active.state, active.retired_at = "retired", now()
                session.flush()
            row.state, row.previous = "active", active.id if active else None
            row.promoted_by, row.promoted_at, row.retired_at = scope.user, now(), None
            record(session, scope.workspace, scope.user, EventTag.MODEL_PROMOTE, row.id, version=row.version)
            session.flush()
            return _shown(session, [row.id])[0]

    def roll_back(self, scope: Scope) -> ModelList:
        """Use the model that was in use before; at the end of the row stands the one that ships. Raises NotNow."""
        scope.need("administrator")
        with self._database.write() as session:
            _lock(session, scope)
            row = active_row(session, scope.workspace)
            if row is None:
                raise NotNow("The model that ships is in use; there is none before it.", "Nothing has to be done.")
            row.state, row.retired_at = "retired", now()
            session.flush()
            before = session.get(ModelRow, row.previous) if row.previous else None
            if before is not None:
                before.state, before.retired_at = "active", None
            record(
                session, scope.workspace, scope.user, EventTag.MODEL_ROLL_BACK, row.id,
                version=row.version, to=before.version if before else "shipped",
            )  # fmt: skip
        return self.list(scope)

    def rejudge(self, scope: Scope) -> Rejudged:
        """Let workers judge again what another model judged; until then each document keeps that model's name."""
        scope.need("administrator")
        listed = self.list(scope, limit=1)
        with self._database.write() as session:
            record(
                session, scope.workspace, scope.user, EventTag.DOCUMENT_REJUDGE, scope.workspace,
                documents=listed.judged_before, model=listed.in_use,
            )  # fmt: skip
        if listed.judged_before:
            self._queue.put("rejudge", scope.workspace)
        return Rejudged(documents=listed.judged_before)

    def _check_own_labels(self, row: ModelRow, scope: Scope) -> None:
        if self._settings.self_approval:
            return
        from service.learning.rule import Answer, better_apart

        answers = [Answer(*values) for values in row.figures.get("labels", [])]
        others = [answer for answer in answers if answer.reviewer != scope.user]
        fewest = self._settings.limits.fewest_labels_apart
        if len(others) < fewest or better_apart(others)[1]:
            raise NotNow(
                f"Without your own labels, {len(others)} of {len(answers)} kept apart are left, and they do not show that this model is better.",
                "Let another administrator promote it, or other reviewers decide on more passages.",
            )

    def _put_lost(self, scope: Scope) -> None:
        """A training that waits and that the queue does not know goes into it again."""
        with self._database.read() as session:
            query = select(ModelRow).where(ModelRow.workspace_id == scope.workspace, ModelRow.state == "waiting")
            rows = list(session.scalars(query))
        late = [r.id for r in rows if (now() - r.touched_at).total_seconds() > self._settings.limits.lost_seconds]
        if late:
            known = self._queue.waiting("training")
            for model in late:
                if model not in known:
                    self._queue.put("training", model)


def outdated(workspace: str, version: str) -> Select[str]:
    """Ids of read documents that another model judged."""
    return select(DocumentRow.id).where(
        DocumentRow.workspace_id == workspace, DocumentRow.state.in_(READABLE), DocumentRow.model != version
    )


def shipped_version(folder: Path) -> str:
    """The version of the model in a folder; empty where there is none to be read."""
    try:
        return str(json.loads((folder / "model.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return ""


def _lock(session: Session, scope: Scope) -> None:
    """One change of models at a time in a workspace."""
    session.get(Workspace, scope.workspace, with_for_update=True)


def _row(session: Session, scope: Scope, model: str) -> ModelRow:
    row = session.get(ModelRow, model)
    if row is None or row.workspace_id != scope.workspace:
        raise NotFound("There is no such model.")
    return row


def _shown(session: Session, ids: Sequence[str]) -> "list[ModelOut]":
    started, promoted = aliased(User), aliased(User)
    query = (
        select(ModelRow, started.name, promoted.name)
        .join(started, started.id == ModelRow.started_by)
        .outerjoin(promoted, promoted.id == ModelRow.promoted_by)
        .where(ModelRow.id.in_(ids))
    )
    found = {}
    for row, starter, promoter in session.execute(query):
        values = {
            name: getattr(row, name) for name in ModelOut.model_fields if name not in ("started_by", "promoted_by")
        }
        values["figures"] = {name: value for name, value in row.figures.items() if name != "labels"}
        found[row.id] = ModelOut.model_validate({**values, "started_by": starter, "promoted_by": promoter})
    return [found[identifier] for identifier in ids if identifier in found]
