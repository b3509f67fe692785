"""Decisions of reviewers: giving, undoing, looking at them. Each keeps who, when, what stood there and which model.

A decision makes the supplier's report out of date in the same transaction, so that it is assessed again.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from evidence.model import CRITERIA, KINDS, MODES
from service.accounts.models import User
from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.base import now
from service.database.engine import Database
from service.documents.models import DocumentRow, PassageRow
from service.documents.store import revise
from service.errors import NotFound, NotNow, WrongUse
from service.reviews.models import Verdict
from service.reviews.overlay import READINGS, Decision, decision_of, digest
from service.reviews.schemas import ReviewIn, ReviewList, ReviewOut
from service.settings import ServicePolicy
from service.texts import plain

# Probability from which the model says that a passage is about a criterion; the assessment's floor is the same.
CRITERION_SHARE = 0.5
READABLE = ("read", "partial")
VALUES: dict[str, tuple[str, ...]] = {"mode": MODES, "criteria": CRITERIA, "kind": KINDS, "reading": READINGS}
OF_PASSAGES = ("mode", "criteria")

Value = str | list[str]


class ReviewService:
    """The decisions of a workspace's reviewers."""

    def __init__(self, database: Database, limits: ServicePolicy | None = None) -> None:
        self._database = database
        self._limits = limits or ServicePolicy()

    def decide(self, scope: Scope, review: ReviewIn, way: str = "") -> ReviewOut:
        """Confirm or override a field of a document or passage. ``way`` says how the reviewer came to it (see Verdict).

        Raises NotAllowed below the role of a reviewer, NotFound, WrongUse for a decision that makes no sense, and
        NotNow where the file is not read, another value stands there than the reviewer saw, or a reviewer confirms an
        own word.
        """
        scope.need("reviewer")
        self._check(review)
        with self._database.write() as session:
            row = _document(session, scope, review.document)
            # Locks the supplier's row: decisions about one supplier are numbered one after the other.
            revise(session, row.supplier_id)
            passage = _passage(session, row.id, review.passage)
            standing = _standing(session, row.id, review.passage, review.field, passage)
            earlier = standing.value if standing else _said(row, passage, review.field)
            value = _decided(review, earlier, standing, scope)
            kept = Verdict(
                workspace_id=scope.workspace,
                supplier_id=row.supplier_id,
                document_id=row.id,
                passage=review.passage,
                field=review.field,
                action=review.action,
                earlier=_earlier(earlier, standing, passage),
                value={"value": value},
                reason=review.reason.strip(),
                reviewer_id=scope.user,
                model=(passage.model if passage and passage.model else row.model),
                number=_next_number(session, row.supplier_id),
                way=way,
            )
            session.add(kept)
            session.flush()
            record(
                session, scope.workspace, scope.user, EventTag.VERDICT_GIVE, row.id,
                verdict=kept.id, passage=review.passage, field=review.field, action=review.action, value=value,
            )  # fmt: skip
            return _shown(session, [kept.id])[0]

    def undo(self, scope: Scope, verdict: str) -> ReviewOut:
        """Take a decision back; what stood there before stands again. The row stays, marked undone.

        A reviewer takes back own decisions, an administrator all. Raises NotFound, NotAllowed, NotNow.
        """
        scope.need("reviewer")
        with self._database.write() as session:
            row = _verdict(session, scope, verdict)
            if row.reviewer_id != scope.user:
                scope.need("administrator")
            revise(session, row.supplier_id)
            session.refresh(row)
            if row.undone_at is not None:
                raise NotNow("This decision was taken back already.", "Look at the history for what stands now.")
            row.undone_at, row.undone_by = now(), scope.user
            session.flush()
            record(session, scope.workspace, scope.user, EventTag.VERDICT_UNDO, row.document_id, verdict=row.id)
            return _shown(session, [row.id])[0]

    def get(self, scope: Scope, verdict: str) -> ReviewOut:
        """One decision. Raises NotFound."""
        with self._database.read() as session:
            return _shown(session, [_verdict(session, scope, verdict).id])[0]

    def history(
        self,
        scope: Scope,
        supplier: str | None = None,
        document: str | None = None,
        passage: str | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> ReviewList:
        """Decisions, the undone ones too, the newest first."""
        query = select(Verdict.id).where(Verdict.workspace_id == scope.workspace)
        for column, value in (
            (Verdict.supplier_id, supplier),
            (Verdict.document_id, document),
            (Verdict.passage, passage),
        ):
            if value:
                query = query.where(column == value)
        with self._database.read() as session:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            order = (Verdict.created_at.desc(), Verdict.number.desc(), Verdict.id)
            return ReviewList(
                items=_shown(session, list(session.scalars(query.order_by(*order).offset(offset).limit(limit)))),
                total=total,
            )

    def _check(self, review: ReviewIn) -> None:
        if (review.field in OF_PASSAGES) != (review.passage is not None):
            raise WrongUse(
                "Mode and criteria are decided for a passage, kind and reading for a document.",
                "Name the passage for mode and criteria, and leave it away for kind and reading.",
            )
        plain(review.reason)
        if len(review.reason) > self._limits.reason_characters:
            raise WrongUse(
                f"The reason is longer than {self._limits.reason_characters} characters.", "Say it in fewer words."
            )
        if review.action == "override" and not review.reason.strip():
            raise WrongUse("An override needs a reason.", "Say in a sentence what the system overlooked.")
        if review.action == "override" and review.value is None:
            raise WrongUse("An override needs a value.", "Choose what should stand there instead.")
        if review.value is not None:
            _check_value(review.field, review.value)


def _check_value(field: str, value: Value) -> None:
    known = VALUES[field]
    if (field == "criteria") != isinstance(value, list):
        raise WrongUse(f"The value of {field} has the wrong form.", "Criteria are a list, all other values one word.")
    wrong = [word for word in (value if isinstance(value, list) else [value]) if word not in known]
    if wrong:
        raise WrongUse(f"There is no {field} called {wrong[0][:60]!r}.", f"Choose from {', '.join(known)}.")


def _decided(review: ReviewIn, earlier: Value, standing: Decision | None, scope: Scope) -> Value:
    """The new value, checked against what stands there."""
    given, seen = _ordered(review.value), _ordered(review.seen)
    if seen is not None and seen != earlier:
        raise NotNow("Somebody decided this meanwhile.", "Look at what stands there now, then decide again.")
    if review.action == "override":
        assert given is not None
        if given == earlier:
            raise WrongUse("This stands there already.", "Confirm it instead.")
        return given
    if given is not None and given != earlier:
        raise NotNow("Another value stands there than the one you confirm.", "Look again, then confirm or override.")
    if standing is not None and standing.reviewer_id == scope.user:
        raise NotNow("You decided this yourself.", "A confirmation must come from somebody else.")
    return earlier


def _ordered(value: Value | None) -> Value | None:
    """Criteria in their usual order, so that equal lists are equal."""
    return [c for c in CRITERIA if c in value] if isinstance(value, list) else value


def _said(row: DocumentRow, passage: PassageRow | None, field: str) -> Value:
    """What the model said."""
    if passage is None:
        return str(getattr(row, field))
    if field == "mode":
        return passage.mode
    return [c for c in CRITERIA if float(passage.criteria.get(c, 0.0)) >= CRITERION_SHARE]


def _earlier(value: Value, standing: Decision | None, passage: PassageRow | None) -> dict[str, Any]:
    kept: dict[str, Any] = {"value": value, "by": standing.reviewer if standing else "model"}
    if standing:
        kept["verdict"] = standing.id
    if passage:
        kept["text"] = digest(passage.text)
    return kept


def _document(session: Session, scope: Scope, document: str) -> DocumentRow:
    row = session.get(DocumentRow, document)
    if row is None or row.workspace_id != scope.workspace:
        raise NotFound("There is no such document.")
    if row.state not in READABLE:
        raise NotNow("This file is not read, so there is nothing to decide.", "Wait until it is read, or try it again.")
    return row


def _passage(session: Session, document: str, key: str | None) -> PassageRow | None:
    if key is None:
        return None
    row = session.scalar(select(PassageRow).where(PassageRow.document_id == document, PassageRow.key == key))
    if row is None:
        raise NotFound("There is no such passage in this document.")
    return row


def _verdict(session: Session, scope: Scope, verdict: str) -> Verdict:
    row = session.get(Verdict, verdict)
    if row is None or row.workspace_id != scope.workspace:
        raise NotFound("There is no such decision.")
    return row


def _standing(
    session: Session, document: str, key: str | None, field: str, passage: PassageRow | None
) -> Decision | None:
    """The decision that stands now; none where the words it judged are no longer there."""
    query = select(Verdict, User.name).join(User, User.id == Verdict.reviewer_id)
    query = query.where(
        Verdict.document_id == document,
        Verdict.passage.is_(None) if key is None else Verdict.passage == key,
        Verdict.field == field,
        Verdict.undone_at.is_(None),
    )
    found = session.execute(query.order_by(Verdict.number.desc()).limit(1)).first()
    if found is None:
        return None
    decision = decision_of(found[0], found[1])
    return None if passage and decision.text and decision.text != digest(passage.text) else decision


def _next_number(session: Session, supplier: str) -> int:
    newest = session.scalar(select(func.max(Verdict.number)).where(Verdict.supplier_id == supplier))
    return (newest or 0) + 1


def _shown(session: Session, ids: list[str]) -> list[ReviewOut]:
    """Decisions as people see them, in the given order."""
    given, taken = aliased(User), aliased(User)
    newer, same = aliased(Verdict), aliased(Verdict)
    covered = (
        select(newer.id)
        .where(
            newer.document_id == same.document_id,
            (newer.passage == same.passage) | (newer.passage.is_(None) & same.passage.is_(None)),
            newer.field == same.field,
            newer.number > same.number,
            newer.undone_at.is_(None),
        )
        .exists()
    )
    query = (
        select(same, DocumentRow.path, given.name, taken.name, covered)
        .join(DocumentRow, DocumentRow.id == same.document_id)
        .join(given, given.id == same.reviewer_id)
        .outerjoin(taken, taken.id == same.undone_by)
        .where(same.id.in_(ids))
    )
    found = {}
    for row, path, reviewer, undone_by, is_covered in session.execute(query):
        found[row.id] = ReviewOut.model_validate(
            {
                "id": row.id,
                "supplier": row.supplier_id,
                "document": row.document_id,
                "path": path,
                "passage": row.passage,
                "field": row.field,
                "action": row.action,
                "earlier": row.earlier["value"],
                "earlier_by": row.earlier.get("by", "model"),
                "value": row.value["value"],
                "reason": row.reason,
                "reviewer": reviewer,
                "model": row.model,
                "created_at": row.created_at,
                "undone_at": row.undone_at,
                "undone_by": undone_by,
                "standing": row.undone_at is None and not is_covered,
            }
        )
    return [found[identifier] for identifier in ids if identifier in found]
