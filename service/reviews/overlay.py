"""The reviewers' decisions laid over what the system said: the report follows the reviewer.

Nothing that the model said is overwritten in the database. A decision stands beside it and is laid over when a report
is made, so that undoing one brings back exactly what was there before.
"""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.model import CRITERIA, KINDS, MODES, DocumentReport, Passage, Reading, Reason, ReviewerDecision
from service.accounts.models import User
from service.documents.models import DocumentRow
from service.reviews.models import Verdict

# How the changed fields of a report carry that a person decided: certainty, because nobody is 73 % of a decision.
CERTAIN = 1.0
# Documents asked for in one query: SQLite takes a limited number of values.
AT_ONCE = 500
READINGS: tuple[Reading, ...] = ("living", "static", "mixed", "undetermined")
DISTRIBUTIONS: dict[str, tuple[str, tuple[str, ...]]] = {"kind": ("kinds", KINDS), "reading": ("readings", READINGS)}


@dataclass(frozen=True)
class Decision:
    """A decision that stands. ``passage`` is the passage's key, None where the decision is about the document.

    ``value`` is a mode, kind or reading, or for ``criteria`` the list of those that the passage is about. ``text`` is
    the digest of the words that were judged: where the file was read again and other words stand there, it is silent.
    """

    id: str
    document: str
    passage: str | None
    field: str
    action: str
    value: str | list[str]
    reviewer: str
    day: datetime.date
    reason: str = ""
    reviewer_id: str = ""
    model: str = ""
    text: str = ""
    earlier: str | list[str] = ""

    @property
    def sentence(self) -> str:
        """Who decided when, and why, as it stands among the reasons of the verdict."""
        word = "Confirmed" if self.action == "confirm" else "Decided"
        said = f"{word} by {self.reviewer} on {self.day.isoformat()}"
        return f"{said}: {self.reason}" if self.reason else f"{said}."


def standing_verdicts(session: Session, documents: Sequence[str]) -> dict[tuple[str, str | None, str], Decision]:
    """The newest decision that was not undone for each (document, passage, field)."""
    found: dict[tuple[str, str | None, str], Decision] = {}
    for start in range(0, len(documents), AT_ONCE):
        query = select(Verdict, User.name).join(User, User.id == Verdict.reviewer_id)
        query = query.where(Verdict.document_id.in_(documents[start : start + AT_ONCE]), Verdict.undone_at.is_(None))
        for row, name in session.execute(query.order_by(Verdict.number)):
            found[(row.document_id, row.passage, row.field)] = decision_of(row, name)
    return found


def decision_of(row: Verdict, reviewer: str) -> Decision:
    """A row as a decision."""
    return Decision(
        id=row.id,
        document=row.document_id,
        passage=row.passage,
        field=row.field,
        action=row.action,
        value=row.value["value"],
        reviewer=reviewer,
        day=row.created_at.date(),
        reason=row.reason,
        reviewer_id=row.reviewer_id,
        model=row.model,
        text=str(row.earlier.get("text", "")),
        earlier=row.earlier.get("value", ""),
    )


def digest(text: str) -> str:
    """What tells whether a passage still has the words that a reviewer judged."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def apply_verdicts(
    session: Session, rows: Sequence[DocumentRow], reports: Sequence[DocumentReport]
) -> list[DocumentReport]:
    """The reports as the reviewers decided; rows and reports stand in the same order."""
    return reviewed(session, rows, reports)[0]


def reviewed(
    session: Session, rows: Sequence[DocumentRow], reports: Sequence[DocumentReport]
) -> tuple[list[DocumentReport], tuple[ReviewerDecision, ...]]:
    """The reports as the reviewers decided, and the decisions that hold, in the order of the documents and passages."""
    by_document: dict[str, list[Decision]] = {}
    for decision in standing_verdicts(session, [row.id for row in rows]).values():
        by_document.setdefault(decision.document, []).append(decision)
    laid, told = [], []
    for row, report in zip(rows, reports, strict=True):
        decisions = by_document.get(row.id, ())
        laid.append(decided(report, decisions))
        told += [shown for decision in decisions if (shown := _shown(report, decision))]
    told.sort(key=lambda one: (one.document, one.passage or "", one.field, one.day))
    return laid, tuple(told)


QUOTED = 300
"""Characters of a decided passage that a report repeats."""


def _shown(report: DocumentReport, decision: Decision) -> ReviewerDecision | None:
    """A decision as a report shows it; None where the words it was about no longer stand there."""
    passage = next((p for p in report.passages if p.id == decision.passage), None)
    if decision.passage is not None and (passage is None or (decision.text and decision.text != digest(passage.text))):
        return None
    return ReviewerDecision(
        document=report.path,
        passage=decision.passage,
        field=decision.field,
        action=decision.action,
        value=_words(decision.value),
        earlier=_words(decision.earlier),
        reviewer=decision.reviewer,
        day=decision.day.isoformat(),
        reason=decision.reason,
        quote=passage.text[:QUOTED] if passage else "",
    )


def _words(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def decided(report: DocumentReport, decisions: Sequence[Decision]) -> DocumentReport:
    """A report as the reviewers decided. Pure: the same report without decisions.

    The only sheet or page range of a document shares what is decided about the document; of several each keeps its own.
    The period of evidence follows where a passage became a record or stopped being one.
    """
    if not decisions:
        return report
    changes: dict[str, object] = {}
    passages: dict[str, list[Decision]] = {}
    whole: dict[str, object] = {}
    for decision in decisions:
        if decision.passage is not None:
            passages.setdefault(decision.passage, []).append(decision)
            continue
        whole[decision.field] = decision.value
        name, values = DISTRIBUTIONS[decision.field]
        changes[name] = {value: CERTAIN * (value == decision.value) for value in values}
    changes |= whole
    if whole and len(report.parts) == 1:
        changes["parts"] = (report.parts[0].model_copy(update=whole),)
    if passages:
        changed = tuple(decided_passage(p, passages.get(p.id, ())) for p in report.passages)
        changes["passages"] = changed
        if [p.mode == "record" for p in changed] != [p.mode == "record" for p in report.passages]:
            from evidence.bundle import evidence_period

            changes["evidence_period"] = evidence_period(changed, report.facts)
    return report.model_copy(update=changes)


def decided_passage(passage: Passage, decisions: Sequence[Decision]) -> Passage:
    """A passage as the reviewers decided: certain, and with the decision as the first reason.

    What spoke for the overridden mode is no longer shown: it would argue against the verdict it stands under.
    """
    changes: dict[str, object] = {}
    reasons: list[Reason] = []
    kept = passage.reasons
    for decision in decisions:
        value = decision.value
        if decision.text and decision.text != digest(passage.text):
            continue
        if decision.field == "mode":
            changes["mode"], changes["modes"] = value, {mode: CERTAIN * (mode == value) for mode in MODES}
            if value != passage.mode:
                kept = ()
        else:
            changes["criteria"] = {criterion: CERTAIN * (criterion in value) for criterion in CRITERIA}
        reasons.append(Reason(feature="reviewer", sentence=decision.sentence, weight=CERTAIN))
    if not changes:
        return passage
    return passage.model_copy(update={**changes, "reasons": (*reasons, *kept)})
