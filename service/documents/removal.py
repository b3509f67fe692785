"""Taking files out of the store when no document and no upload names them any more."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.database.engine import Database
from service.documents.blobs import BlobStore
from service.documents.models import Blob, Bundle, DocumentRow, Upload


class Remover:
    """Removes bytes after the rows that named them are gone."""

    def __init__(self, database: Database, blobs: BlobStore) -> None:
        self._database = database
        self._blobs = blobs

    def remove_unused(self, workspace: str, hashes: Iterable[str]) -> None:
        """Remove those of the given contents that nothing in the workspace names."""
        for sha256 in hashes:
            with self._database.write() as session:
                if self._receiving(session, workspace):
                    # An upload may count on the same bytes and has not said so yet; the next removal takes them.
                    return
                used = session.scalar(
                    select(DocumentRow.id).where(DocumentRow.workspace_id == workspace, DocumentRow.sha256 == sha256)
                ) or session.scalar(select(Upload.id).where(Upload.workspace_id == workspace, Upload.sha256 == sha256))
                if used:
                    continue
                session.execute(delete(Blob).where(Blob.workspace_id == workspace, Blob.sha256 == sha256))
                self._blobs.remove(workspace, sha256)

    @staticmethod
    def _receiving(session: Session, workspace: str) -> bool:
        query = select(Bundle.id).where(Bundle.workspace_id == workspace, Bundle.state == "receiving").limit(1)
        return session.scalar(query) is not None
