"""Confirming, overriding, undoing; and the history of it."""

from typing import Any, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evidence.model import CRITERIA, KINDS, MODES, Reading
from service.accounts.models import User
from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.base import now
from service.database.engine import Database
from service.documents.models import DocumentRow, PassageRow
from service.documents.progress import FINAL
from service.documents.service import find_document
from service.documents.store import revise
from service.errors import NotFound, NotNow, WrongUse
from service.reviews.models import Verdict
from service.reviews.overlay import standing_verdicts
from service.reviews.schemas import ReviewIn, ReviewList, ReviewOut
from service.settings import ServicePolicy

# From this probability on a criterion counts as said by the system, as in the published scoring.
CRITERION_SHARE = 0.5
_VALUES: dict[str, tuple[str, ...]] = {
    "mode": MODES,
    "criteria": CRITERIA,
    "kind": KINDS,
    "reading": get_args(Reading),
}
_OF_PASSAGE = frozenset({"mode", "criteria"})


class ReviewService:
    """The reviewers' decisions in a workspace."""

    def __init__(self, database: Database, limits: ServicePolicy) -> None:
        self._database = database
        self._limits = limits

    def decide(self, scope: Scope, review: ReviewIn) -> ReviewOut:
        """Confirm or override. Raises NotFound, WrongUse where the value or the reason is missing or makes no sense."""
        scope.need("reviewer")
        self._check(review)
        with self._database.write() as session:
            document = find_document(session, scope, review.document)
            if document.state not in FINAL:
                raise NotNow("The file is being read; what it says is not known yet.")
            earlier = _said_now(session, document, review.passage, review.field)
            value = earlier if review.action == "confirm" else _value(review)
            number = (session.scalar(select(func.max(Verdict.number))) or 0) + 1
            row = Verdict(
                workspace_id=scope.workspace,
                supplier_id=document.supplier_id,
                document_id=document.id,
                passage=review.passage,
                field=review.field,
                action=review.action,
                earlier={"value": earlier},
                value={"value": value},
                reason=review.reason.strip(),
                reviewer_id=scope.user,
                model=document.model,
                number=number,
            )
            session.add(row)
            session.flush()
            revise(session, document.supplier_id)
            record(session, scope.workspace, scope.user, EventTag.VERDICT_GIVE, row.id, field=review.field, value=value)
            return _shown(session, row)

    def undo(self, scope: Scope, review: str) -> ReviewOut:
        """Take a decision back; what stood before stands again. Raises NotFound, NotNow."""
        scope.need("reviewer")
        with self._database.write() as session:
            row = session.get(Verdict, review)
            if row is None or row.workspace_id != scope.workspace:
                raise NotFound("There is no such decision.")
            if row.undone_at is not None:
                raise NotNow("This decision was taken back already.", "Look at the history.")
            row.undone_at, row.undone_by = now(), scope.user
            revise(session, row.supplier_id)
            record(session, scope.workspace, scope.user, EventTag.VERDICT_UNDO, row.id)
            session.flush()
            return _shown(session, row)

    def history(
        self,
        scope: Scope,
        supplier: str | None = None,
        document: str | None = None,
        passage: str | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> ReviewList:
        """Decisions, the newest first, the undone included."""
        query = select(Verdict).where(Verdict.workspace_id == scope.workspace)
        for column, value in (
            (Verdict.supplier_id, supplier),
            (Verdict.document_id, document),
            (Verdict.passage, passage),
        ):
            if value:
                query = query.where(column == value)
        with self._database.read() as session:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            rows = session.scalars(query.order_by(Verdict.number.desc()).offset(offset).limit(limit)).all()
            return ReviewList(items=[_shown(session, row) for row in rows], total=total)

    def _check(self, review: ReviewIn) -> None:
        if (review.field in _OF_PASSAGE) != (review.passage is not None):
            raise WrongUse(
                f"The field {review.field} belongs to a {'passage' if review.field in _OF_PASSAGE else 'document'}.",
                "Name a passage for mode and criteria, and none for kind and reading.",
            )
        if len(review.reason) > self._limits.reason_characters:
            raise WrongUse(f"The reason is longer than {self._limits.reason_characters} characters.", "Shorten it.")
        if review.action == "confirm":
            return
        if not review.reason.strip():
            raise WrongUse("A changed verdict needs a reason.", "Say in a sentence why it is changed.")
        chosen = review.value if isinstance(review.value, list) else [review.value]
        if (review.field == "criteria") != isinstance(review.value, list) or set(chosen) - set(_VALUES[review.field]):
            raise WrongUse(f"This is no value of {review.field}.", f"Choose from: {', '.join(_VALUES[review.field])}.")


def _value(review: ReviewIn) -> Any:
    return sorted(set(review.value)) if isinstance(review.value, list) else review.value


def _said_now(session: Session, document: DocumentRow, passage: str | None, field: str) -> Any:
    """What stands now: the newest decision, else what the system said."""
    standing = standing_verdicts(session, [document.id]).get((document.id, passage, field))
    if standing is not None:
        return standing.value["value"]
    if passage is None:
        return getattr(document, field)
    query = select(PassageRow).where(PassageRow.document_id == document.id, PassageRow.key == passage)
    row = session.scalar(query)
    if row is None:
        raise NotFound("There is no such passage in this document.")
    if field == "mode":
        return row.mode
    return sorted(name for name, share in row.criteria.items() if share >= CRITERION_SHARE)


def _shown(session: Session, row: Verdict) -> ReviewOut:
    reviewer = session.scalar(select(User.name).where(User.id == row.reviewer_id)) or ""
    return ReviewOut.model_validate(
        {
            "id": row.id,
            "document": row.document_id,
            "passage": row.passage,
            "field": row.field,
            "action": row.action,
            "earlier": row.earlier["value"],
            "value": row.value["value"],
            "reason": row.reason,
            "reviewer": reviewer,
            "model": row.model,
            "created_at": row.created_at,
            "undone_at": row.undone_at,
        }
    )
