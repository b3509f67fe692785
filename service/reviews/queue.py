"""The review queue: passages that are worth deciding, look-alikes together, and a random slice for honest accuracy.

Every ``DRAWN_EACH``-th item is drawn by chance, whatever the model thinks of it, and judged without its answer in sight;
how often the model was right is said from these alone, because the others were picked for being doubtful.
"""

import hashlib
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from evidence.model import MODES
from service.accounts.scope import Scope
from service.database.engine import Database
from service.documents.models import DocumentRow, PassageRow, VectorRow
from service.documents.service import passages_out
from service.errors import NotAllowed, NotFound, NotNow, WrongUse
from service.reviews import choice
from service.reviews.models import Verdict
from service.reviews.schemas import Accuracy, Decide, QueueItem, QueueOut, ReviewIn, ReviewOut, Twin
from service.reviews.service import READABLE, ReviewService
from service.settings import ServicePolicy
from service.suppliers.models import Supplier

# One of so many items is drawn by chance: enough for an honest figure after a few hundred, little lost for learning.
DRAWN_EACH = 5
# How much more a passage weighs in a document whose reading the model left open: one label may decide it.
OPEN_DOCUMENT = 1.5
# Look-alikes that one decision may take along; more of the same are one fault of the model, not many.
MOST_TWINS = 50
# Standard errors of a 95 % interval.
WIDTH = 1.96
BLIND = "Judged without seeing the model's answer."


@dataclass(frozen=True)
class _Waiting:
    """An undecided passage, as far as choosing needs it."""

    number: int
    document: str
    key: str
    text: str
    mode: str
    modes: dict[str, float]
    strongest: float
    open: bool


class ReviewQueue:
    """What a reviewer should look at next."""

    def __init__(self, database: Database, limits: ServicePolicy) -> None:
        self._database = database
        self._limits = limits
        self._reviews = ReviewService(database, limits)

    def next(self, scope: Scope, supplier: str | None = None, count: int = 20) -> QueueOut:
        """Up to ``count`` items, the most worth deciding first, a drawn one at every fifth place. Raises NotAllowed."""
        scope.need("reviewer")
        with self._database.read() as session:
            waiting = _waiting(session, scope.workspace, supplier, self._limits.queue_passages)
            drawn = _in_random_order(waiting)[: math.ceil(count / DRAWN_EACH)]
            taken = {passage.number for passage in drawn}
            found = _chosen(session, [p for p in waiting if p.number not in taken], count - len(drawn))
            ordered = _mixed(found, [(passage, []) for passage in drawn])
            items = _shown(session, ordered, taken)
            return QueueOut(items=items, waiting=len(waiting), accuracy=accuracy(session, scope.workspace))

    def decide(self, scope: Scope, decision: Decide) -> list[ReviewOut]:
        """Decide on an item and on the look-alikes named with it; the decisions that were given, that on the item first.

        A value equal to the model's confirms it, another one overrides it. Look-alikes that somebody decided meanwhile
        are left alone. Raises what ``ReviewService.decide`` raises for the item itself.
        """
        if len(decision.twins) > MOST_TWINS:
            raise WrongUse(f"One decision takes at most {MOST_TWINS} look-alikes along.", "Decide in smaller groups.")
        said = self._said(scope, decision.document, decision.passage)
        if said is None:
            raise NotFound("There is no such passage in this document.")
        way = "random" if decision.drawn else "queue"
        given = [self._reviews.decide(scope, self._review(decision, decision.document, decision.passage, said), way)]
        for twin in [] if decision.drawn else decision.twins:
            if self._said(scope, twin.document, twin.passage) != said:
                continue
            try:
                review = self._review(decision, twin.document, twin.passage, said)
                given.append(self._reviews.decide(scope, review, "queue"))
            except (NotNow, NotFound):
                continue
        return given

    def undo(self, scope: Scope, verdicts: Sequence[str]) -> ReviewOut:
        """Take back what ``decide`` gave, the look-alikes too; the decision on the item. Raises what ``ReviewService.undo``
        raises for the item itself; look-alikes that somebody took back or decided meanwhile are left alone."""
        if not 0 < len(verdicts) <= MOST_TWINS + 1:
            raise WrongUse("No decision was named, or too many.", "Take decisions back on the page of their document.")
        first = self._reviews.undo(scope, verdicts[0])
        for verdict in verdicts[1:]:
            with suppress(NotNow, NotFound, NotAllowed):
                self._reviews.undo(scope, verdict)
        return first

    def _said(self, scope: Scope, document: str, passage: str) -> str | None:
        query = select(PassageRow.mode).where(
            PassageRow.workspace_id == scope.workspace, PassageRow.document_id == document, PassageRow.key == passage
        )
        with self._database.read() as session:
            return session.scalar(query)

    @staticmethod
    def _review(decision: Decide, document: str, passage: str, said: str) -> ReviewIn:
        confirms = decision.value == said
        reason = decision.reason or (BLIND if decision.drawn else "")
        return ReviewIn(
            document=document,
            passage=passage,
            field="mode",
            action="confirm" if confirms else "override",
            value=None if confirms else decision.value,
            seen=said,
            reason=reason,
        )


def accuracy(session: Session, workspace: str) -> list[Accuracy]:
    """How often each model was right among the passages drawn by chance, the newest model first."""
    query = select(Verdict).where(
        Verdict.workspace_id == workspace, Verdict.way == "random", Verdict.field == "mode", Verdict.undone_at.is_(None)
    )
    tallies: dict[str, list[int]] = {}
    for row in session.scalars(query.order_by(Verdict.created_at.desc())):
        if row.earlier.get("by") == "model":
            tally = tallies.setdefault(row.model, [0, 0])
            tally[0] += row.earlier["value"] == row.value["value"]
            tally[1] += 1
    return [_accuracy(model, right, of) for model, (right, of) in tallies.items()]


def _accuracy(model: str, right: int, of: int) -> Accuracy:
    """A share with its 95 % interval (Wilson, 1927), which stays within 0 and 1 for few passages too."""
    share, square = right / of, WIDTH**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = WIDTH * math.sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Accuracy(model=model, right=right, of=of, low=round(low, 3), high=round(high, 3))


def _waiting(session: Session, workspace: str, supplier: str | None, limit: int) -> list[_Waiting]:
    """The newest passages on whose mode nobody decided."""
    decided = and_(
        Verdict.document_id == PassageRow.document_id,
        Verdict.passage == PassageRow.key,
        Verdict.field == "mode",
        Verdict.undone_at.is_(None),
    )
    query = (
        select(
            PassageRow.id, PassageRow.document_id, PassageRow.key, PassageRow.text, PassageRow.mode, PassageRow.modes,
            PassageRow.criteria, DocumentRow.reading,
        )
        .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
        .where(PassageRow.workspace_id == workspace, DocumentRow.state.in_(READABLE))
        .where(~select(Verdict.id).where(decided).exists())
    )  # fmt: skip
    if supplier:
        query = query.where(PassageRow.supplier_id == supplier)
    return [
        _Waiting(
            number,
            document,
            key,
            text,
            mode,
            modes,
            max([0.0, *map(float, criteria.values())]),
            reading == "undetermined",
        )
        for number, document, key, text, mode, modes, criteria, reading in session.execute(
            query.order_by(PassageRow.id.desc()).limit(limit)
        )
    ]


def _in_random_order(waiting: list[_Waiting]) -> list[_Waiting]:
    """An order that has nothing to do with the model or the text, and is the same for everybody."""
    return sorted(waiting, key=lambda p: hashlib.sha256(f"{p.document}/{p.key}".encode()).digest())


def _chosen(session: Session, waiting: list[_Waiting], count: int) -> list[tuple[_Waiting, list[_Waiting]]]:
    """Groups of look-alikes, each with the passage that stands for it, by doubt, impact and difference; those of fewer than four
    words come last."""
    if not waiting or count < 1:
        return []
    shares = np.array([[float(p.modes.get(mode, 0.0)) for mode in MODES] for p in waiting], dtype=np.float32)
    doubts = choice.doubt(shares)
    groups = choice.groups([choice.likeness_key(p.text, p.mode) for p in waiting])
    heads = [max(group, key=lambda place: (doubts[place], -place)) for group in groups]
    worth = np.array(
        [float(doubts[head]) * _impact(waiting[head], len(group)) for head, group in zip(heads, groups, strict=True)],
        dtype=np.float32,
    )
    bare = np.array([not choice.has_content(waiting[head].text) for head in heads])
    places: list[int] = []
    for last in (False, True):  # numbers and names of forms are the most doubtful of all, and tell nobody anything
        among = np.flatnonzero(bare == last)
        left = count - len(places)
        pool = among[np.argsort(-worth[among], kind="stable")[: left * choice.POOL]]
        if left and len(pool):
            vectors = _vectors(session, [waiting[heads[place]].number for place in pool])
            places += [int(pool[position]) for position in choice.choose(worth[pool], vectors, left)]
    return [
        (waiting[heads[place]], [waiting[member] for member in groups[place] if member != heads[place]])
        for place in places
    ]


def _impact(passage: _Waiting, alike: int) -> float:
    """How much hangs on a passage: what it may prove, how many are like it, whether its document is open."""
    return (0.5 + passage.strongest) * (1.0 + math.log(alike)) * (OPEN_DOCUMENT if passage.open else 1.0)


def _vectors(session: Session, numbers: list[int]) -> choice.Array:
    rows: dict[int, tuple[str, bytes]] = {}
    for number, name, vector in session.execute(
        select(VectorRow.passage_id, VectorRow.embedder, VectorRow.vector)
        .where(VectorRow.passage_id.in_(numbers))
        .order_by(VectorRow.embedder)
    ):
        rows.setdefault(number, (name, vector))
    found = [rows.get(number) for number in numbers]
    return choice.side_by_side(
        [item[0] if item else "" for item in found],
        [np.frombuffer(item[1], dtype="<f4") if item else None for item in found],
    )


def _mixed(
    chosen: list[tuple[_Waiting, list[_Waiting]]], drawn: list[tuple[_Waiting, list[_Waiting]]]
) -> list[tuple[_Waiting, list[_Waiting]]]:
    """A drawn one after every fourth chosen one; what is left of either comes at the end."""
    mixed, left = [], list(drawn)
    for place, item in enumerate(chosen, 1):
        mixed.append(item)
        if place % (DRAWN_EACH - 1) == 0 and left:
            mixed.append(left.pop(0))
    return mixed + left


def _shown(session: Session, ordered: list[tuple[_Waiting, list[_Waiting]]], drawn: set[int]) -> list[QueueItem]:
    rows = {
        row.id: row
        for row in session.scalars(select(PassageRow).where(PassageRow.id.in_([p.number for p, _ in ordered])))
    }
    passages = {p.number: p for p in passages_out(session, list(rows.values()))}
    about = {
        document: (path, supplier, name)
        for document, path, supplier, name in session.execute(
            select(DocumentRow.id, DocumentRow.path, Supplier.id, Supplier.name)
            .join(Supplier, Supplier.id == DocumentRow.supplier_id)
            .where(DocumentRow.id.in_({p.document for p, _ in ordered}))
        )
    }
    items = []
    for passage, twins in ordered:
        path, supplier, name = about[passage.document]
        items.append(
            QueueItem(
                document=passage.document,
                path=path,
                supplier=supplier,
                supplier_name=name,
                passage=passages[passage.number],
                drawn=passage.number in drawn,
                twins=[Twin(document=twin.document, passage=twin.key) for twin in twins[:MOST_TWINS]],
            )
        )
    return items
