"""What the index is made from: passages with their vectors, read from the database."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from indexes.generation import Vector
from indexes.items import IndexItem
from service.accounts.models import Workspace
from service.documents.models import DocumentRow, PassageRow, VectorRow
from service.search.further import PARTS
from service.search.models import IndexChange

# Passages read at once; their vectors take 3 MiB, and three or four times that where many have parts.
BATCH = 2_000


def version(session: Session, workspace: str) -> int:
    """How often the searchable text of a workspace changed."""
    return session.scalar(select(Workspace.index_version).where(Workspace.id == workspace)) or 0


def made_at(session: Session, workspace: str) -> datetime.datetime | None:
    """When a workspace was made; None where there is none."""
    return session.scalar(select(Workspace.created_at).where(Workspace.id == workspace))


def workspaces(session: Session) -> list[str]:
    """All workspaces."""
    return list(session.scalars(select(Workspace.id).order_by(Workspace.id)))


def changes(session: Session, workspace: str, after: int, until: int) -> list[IndexChange]:
    """Changes after one version up to another, in order."""
    query = select(IndexChange).where(
        IndexChange.workspace_id == workspace, IndexChange.version > after, IndexChange.version <= until
    )
    return list(session.scalars(query.order_by(IndexChange.version)))


def passage_ids(session: Session, workspace: str) -> list[int]:
    """The numbers of all passages of a workspace."""
    return list(session.scalars(select(PassageRow.id).where(PassageRow.workspace_id == workspace)))


def items(session: Session, workspace: str, documents: Sequence[str] | None = None) -> Iterator[IndexItem]:
    """The passages of a workspace, or of some of its documents, for the index."""
    last = 0
    # Columns, not rows: what the index does not need would be read and taken apart for each passage of a million.
    columns = (
        PassageRow.id, PassageRow.text, PassageRow.language, PassageRow.heading, PassageRow.document_id, DocumentRow.path
    )  # fmt: skip
    while True:
        query = (
            select(*columns)
            .join(DocumentRow, DocumentRow.id == PassageRow.document_id)
            .where(PassageRow.workspace_id == workspace, PassageRow.id > last)
        )
        if documents is not None:
            query = query.where(PassageRow.document_id.in_(documents))
        rows = session.execute(query.order_by(PassageRow.id).limit(BATCH)).all()
        if not rows:
            return
        vectors = _vectors(session, [row.id for row in rows])
        for number, text, language, heading, document, path in rows:
            last = number
            found = tuple(vectors.get(number, ()))
            yield IndexItem(number, text, language, " ".join([*heading, path]), found, document)


def _vectors(session: Session, ids: Iterable[int]) -> dict[int, list[Vector]]:
    numbers = list(ids)
    found: dict[int, list[Vector]] = {}
    for start in range(0, len(numbers), 500):
        query = select(VectorRow.passage_id, VectorRow.embedder, VectorRow.vector)
        some = query.where(VectorRow.passage_id.in_(numbers[start : start + 500]))
        for number, embedder, vector in session.execute(some.order_by(VectorRow.embedder)):
            values = np.frombuffer(vector, dtype="<f4").astype(np.float32)
            # To the index the vectors of parts are further ones of the same model.
            found.setdefault(number, []).append(Vector(embedder.removesuffix(PARTS), values))
    return found
