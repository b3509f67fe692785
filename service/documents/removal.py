"""Taking files out of the store when no document and no upload names them any more."""

from collections.abc import Iterable

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from service.accounts.models import Workspace
from service.database.engine import Database
from service.documents.blobs import BlobStore
from service.documents.models import Blob, Bundle, DocumentRow, Upload
from service.documents.passwords import is_kept_name

# States in which a bundle counts on contents that it does not name yet: files that come in, files out of its archives.
COMING_IN = ("receiving", "waiting", "unpacking")
# Contents of one sweep; the rest is taken by the next one.
SWEPT = 200


class Remover:
    """Removes bytes after the rows that named them are gone."""

    def __init__(self, database: Database, blobs: BlobStore) -> None:
        self._database = database
        self._blobs = blobs

    def remove_unused(self, workspace: str, names: Iterable[str]) -> None:
        """Remove what is kept for bundles that are gone, and those of the given contents that nothing names.

        While a bundle comes in it may count on the same bytes; then contents stay until ``sweep``.
        """
        for name in names:
            if is_kept_name(name):
                self._blobs.remove(workspace, name)
                continue
            with self._database.write() as session:
                # A new bundle waits here for the end of the transaction: its row refers to the workspace's.
                session.get(Workspace, workspace, with_for_update=True)
                if not self._is_used(session, workspace, name):
                    session.execute(delete(Blob).where(Blob.workspace_id == workspace, Blob.sha256 == name))
                    self._blobs.remove(workspace, name)

    def sweep(self) -> None:
        """Remove contents that nothing names: left because a bundle was coming in, or by an upload that was cut off."""
        document = exists().where(DocumentRow.workspace_id == Blob.workspace_id, DocumentRow.sha256 == Blob.sha256)
        upload = exists().where(Upload.workspace_id == Blob.workspace_id, Upload.sha256 == Blob.sha256)
        with self._database.read() as session:
            rows = session.execute(select(Blob.workspace_id, Blob.sha256).where(~document, ~upload).limit(SWEPT)).all()
        for workspace, sha256 in rows:
            self.remove_unused(workspace, [sha256])

    @staticmethod
    def _is_used(session: Session, workspace: str, sha256: str) -> bool:
        named = (
            select(Bundle.id).where(Bundle.workspace_id == workspace, Bundle.state.in_(COMING_IN)),
            select(DocumentRow.id).where(DocumentRow.workspace_id == workspace, DocumentRow.sha256 == sha256),
            select(Upload.id).where(Upload.workspace_id == workspace, Upload.sha256 == sha256),
        )
        return any(session.scalar(query.limit(1)) is not None for query in named)
