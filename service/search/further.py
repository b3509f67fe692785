"""Second vectors of English passages, made when the rest of the work is done.

The verdict needs one vector a passage; search finds more with a second one by the multilingual model, which takes two
thirds of the time of both. So a document is stored and found by its first vectors, and the second come by a job of
their own that waits behind all others.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import and_, exists, func, insert, select
from sqlalchemy.orm import Session, aliased

from service.database.base import now
from service.documents.models import DocumentRow, PassageRow, VectorRow
from service.documents.store import note_change

ENGLISH = "en"
# Passages of one job: about ten seconds of a core, so that a new bundle does not wait long behind one.
BATCH = 256
# How far back lost jobs are looked for; an older document gets its second vectors when it is read again.
LOST_DAYS = 7
# Documents put into the queue again in one round.
MOST_LOST = 200


@dataclass(frozen=True)
class Lacking:
    """A passage without its second vector."""

    id: int
    text: str


def lacking(session: Session, document: str, embedder: str, limit: int = BATCH) -> list[Lacking]:
    """English passages of a document that have no vector of this embedder, in order."""
    query = (
        select(PassageRow.id, PassageRow.text)
        .where(PassageRow.document_id == document, PassageRow.language == ENGLISH)
        .where(~exists().where(and_(VectorRow.passage_id == PassageRow.id, VectorRow.embedder == embedder)))
        .order_by(PassageRow.id)
        .limit(limit)
    )
    return [Lacking(number, text) for number, text in session.execute(query)]


def keep(session: Session, document: str, embedder: str, ids: Sequence[int], rows: Iterable[Any]) -> bool:
    """Store second vectors of the passages that are still there and still without; True where none is left to make,
    which the index then hears of."""
    # The row of the document is locked first: it may be deleted or read again at this moment.
    row = session.get(DocumentRow, document, with_for_update=True)
    if row is None:
        return True
    wanted = {one.id for one in lacking(session, document, embedder, limit=len(ids) + BATCH)}
    new = [
        {"passage_id": number, "embedder": embedder, "vector": np.asarray(vector, dtype="<f4").tobytes()}
        for number, vector in zip(ids, rows, strict=True)
        if number in wanted
    ]
    if new:
        session.execute(insert(VectorRow), new)
    if lacking(session, document, embedder, limit=1):
        return False
    if new:
        note_change(session, row.workspace_id, document, "stored", [])
    return True


def behind(session: Session, embedder: str, seconds: float) -> list[str]:
    """Documents read longer ago than this whose last English passage has no second vector: their job was lost."""
    newer = now() - datetime.timedelta(days=LOST_DAYS)
    older = now() - datetime.timedelta(seconds=seconds)
    passage = aliased(PassageRow)
    last = (
        select(func.max(passage.id))
        .where(passage.document_id == DocumentRow.id, passage.language == ENGLISH)
        .scalar_subquery()
        .correlate(DocumentRow)
    )
    query = (
        select(DocumentRow.id)
        .where(DocumentRow.finished_at > newer, DocumentRow.finished_at < older, last.is_not(None))
        .where(~exists().where(and_(VectorRow.passage_id == last, VectorRow.embedder == embedder)))
        .limit(MOST_LOST)
    )
    return list(session.scalars(query))
