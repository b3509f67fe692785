"""Vectors for search alone, made by the multilingual model when the rest of the work is done.

The verdict needs one vector a passage. Search finds more with a second one of each English passage, and with vectors of
the parts of longer passages in other languages. So a document is stored and found by its first vectors, and these come
by a job of their own that waits behind all others. Those of parts stand beside the one of the whole under a name of
their own: whoever asks for the vector of a passage gets one row.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import and_, exists, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from indexes.windows import WHOLE_PASSAGE, parts
from service.database.base import now
from service.documents.models import DocumentRow, PassageRow, VectorRow
from service.documents.store import note_change

Array = npt.NDArray[Any]

ENGLISH = "en"
# Passages of one job: ten to twenty seconds of a core, so that a new bundle does not wait long behind one.
BATCH = 128
# How far back lost jobs are looked for; an older document gets its second vectors when it is read again.
LOST_DAYS = 7
# Documents put into the queue again in one round.
MOST_LOST = 200


# What stands behind the name of an embedder where the vectors are of parts.
PARTS = " parts"


class FurtherEmbedder(Protocol):
    """What makes the vectors; ``indexes.embedder.Embedder`` is the real one."""

    @property
    def name(self) -> str:
        """Name stored beside each vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Any:
        """One row a text."""
        ...


@dataclass(frozen=True)
class Lacking:
    """A passage without some of its vectors: the second of the whole, or those of its parts."""

    id: int
    text: str
    whole: bool
    parts: bool


Made = tuple[int, str, Array]  # a passage, the name of the vectors, n x d float32


def lacking(session: Session, document: str, embedder: str, limit: int = BATCH) -> list[Lacking]:
    """Passages of a document that lack vectors of this embedder, in order."""
    whole = and_(_wants_whole(PassageRow), ~_has(PassageRow, embedder))
    some = and_(_wants_parts(PassageRow), ~_has(PassageRow, embedder + PARTS))
    query = (
        select(PassageRow.id, PassageRow.text, whole, some)
        .where(PassageRow.document_id == document, or_(whole, some))
        .order_by(PassageRow.id)
        .limit(limit)
    )
    return [Lacking(number, text, bool(one), bool(other)) for number, text, one, other in session.execute(query)]


def wanted(language: str, text: str) -> bool:
    """Whether a passage gets vectors for search beside its first."""
    return language == ENGLISH or len(text) > WHOLE_PASSAGE


def made(model: FurtherEmbedder, passages: Sequence[Lacking]) -> list[Made]:
    """The vectors that passages lack."""
    texts = [(one.id, model.name, [one.text]) for one in passages if one.whole]
    texts += [(one.id, model.name + PARTS, parts(one.text)) for one in passages if one.parts]
    rows = np.asarray(model.encode([text for *_, some in texts for text in some]), dtype=np.float32)
    found = []
    start = 0
    for number, name, some in texts:
        found.append((number, name, rows[start : start + len(some)]))
        start += len(some)
    return found


def keep(session: Session, document: str, embedder: str, new: Iterable[Made]) -> bool:
    """Store vectors of the passages that are still there and still lack them; True where none is left to make, which the
    index then hears of."""
    # The row of the document is locked first: it may be deleted or read again at this moment.
    row = session.get(DocumentRow, document, with_for_update=True)
    if row is None:
        return True
    listed = list(new)
    open_ = set()
    for one in lacking(session, document, embedder, limit=len(listed) + BATCH):
        open_ |= {(one.id, embedder)} if one.whole else set()
        open_ |= {(one.id, embedder + PARTS)} if one.parts else set()
    rows = [
        {"passage_id": number, "embedder": name, "vector": np.asarray(values, dtype="<f4").tobytes()}
        for number, name, values in listed
        if (number, name) in open_
    ]
    if rows:
        session.execute(insert(VectorRow), rows)
    if lacking(session, document, embedder, limit=1):
        return False
    if rows:
        note_change(session, row.workspace_id, document, "stored", [])
    return True


def behind(session: Session, embedder: str, seconds: float) -> list[str]:
    """Documents read longer ago than this, the last passages of which that want vectors have none: their job was lost."""
    newer = now() - datetime.timedelta(days=LOST_DAYS)
    older = now() - datetime.timedelta(seconds=seconds)
    lost = [
        and_(last.is_not(None), ~exists().where(and_(VectorRow.passage_id == last, VectorRow.embedder == name)))
        for last, name in ((_last(_wants_whole), embedder), (_last(_wants_parts), embedder + PARTS))
    ]
    query = (
        select(DocumentRow.id)
        .where(DocumentRow.finished_at > newer, DocumentRow.finished_at < older, or_(*lost))
        .limit(MOST_LOST)
    )
    return list(session.scalars(query))


def _wants_whole(passage: Any) -> Any:
    # A longer one in another language has its whole from the verdict, unless it was read while the model was missing.
    return or_(passage.language == ENGLISH, _wants_parts(passage))


def _wants_parts(passage: Any) -> Any:
    return and_(passage.language != ENGLISH, func.length(passage.text) > WHOLE_PASSAGE)


def _has(passage: Any, name: str) -> Any:
    return exists().where(and_(VectorRow.passage_id == passage.id, VectorRow.embedder == name))


def _last(wants: Callable[[Any], Any]) -> Any:
    """The last passage of a document that wants such vectors."""
    passage = aliased(PassageRow)
    query = select(func.max(passage.id)).where(passage.document_id == DocumentRow.id, wants(passage))
    return query.scalar_subquery().correlate(DocumentRow)
