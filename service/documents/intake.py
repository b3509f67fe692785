"""Taking a bundle in: files are written to the store as they arrive, hashed and counted on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.engine import Database
from service.documents.blobs import BlobStore, Stored
from service.documents.models import Blob, Bundle, Upload
from service.documents.passwords import PasswordKeeper, kept_name
from service.documents.progress import bump
from service.documents.removal import Remover
from service.errors import NothingSent, TooLarge
from service.settings import ServicePolicy
from service.suppliers.service import find_supplier
from service.work.queue import JobQueue


@dataclass(frozen=True)
class Sent:
    """One file that is being sent: the name the sender gives it and its bytes as they come."""

    name: str
    chunks: Iterable[bytes]


class IntakeService:
    """Receives bundles."""

    def __init__(
        self,
        database: Database,
        blobs: BlobStore,
        queue: JobQueue,
        remover: Remover,
        limits: ServicePolicy,
        passwords: PasswordKeeper,
    ) -> None:
        self._passwords = passwords
        self._database = database
        self._blobs = blobs
        self._queue = queue
        self._remover = remover
        self._limits = limits

    def begin(self, scope: Scope, supplier: str) -> str:
        """A new bundle that files are going to be put into; its id. Raises NotFound."""
        scope.need("reviewer")
        with self._database.write() as session:
            find_supplier(session, scope, supplier)
            row = Bundle(workspace_id=scope.workspace, supplier_id=supplier, state="receiving")
            session.add(row)
            session.flush()
            return row.id

    def receive(self, scope: Scope, supplier: str, files: Iterable[Sent], passwords: Sequence[str] = ()) -> str:
        """Take in a whole bundle; its id. Nothing is kept where it is refused.

        ``passwords`` for protected files are looked at after the last file: a form may send them behind.
        Raises NotFound, NothingSent, TooLarge, WrongUse.
        """
        bundle = self.begin(scope, supplier)
        kept: list[tuple[str, Stored]] = []
        budget = _Budget(self._limits)
        try:
            for file in files:
                budget.one_more()
                stored = self._blobs.add(scope.workspace, budget.counted(file.chunks))
                # Said at once: should the service end before the last file, the bytes are found and removed.
                self._note(scope.workspace, stored)
                kept.append((file.name, stored))
            if not kept:
                raise NothingSent
            self._passwords.keep(scope.workspace, bundle, self._passwords.check(passwords))
            self._commit(scope, bundle, kept)
        except BaseException:
            self._abandon(scope, bundle, {stored.sha256 for _, stored in kept} | {kept_name(bundle)})
            raise
        self._queue.put("bundle", bundle)
        return bundle

    def _commit(self, scope: Scope, bundle: str, kept: list[tuple[str, Stored]]) -> None:
        with self._database.write() as session:
            session.add_all(
                Upload(
                    workspace_id=scope.workspace,
                    bundle_id=bundle,
                    position=position,
                    name=name,
                    sha256=stored.sha256,
                    size=stored.size,
                )
                for position, (name, stored) in enumerate(kept)
            )
            row = session.get_one(Bundle, bundle)
            row.state = "waiting"
            bump(session, bundle)
            record(session, scope.workspace, scope.user, EventTag.BUNDLE_SEND, bundle, files=len(kept))

    def _note(self, workspace: str, stored: Stored) -> None:
        try:
            with self._database.write() as session:
                if session.get(Blob, (workspace, stored.sha256)) is None:
                    session.add(Blob(workspace_id=workspace, sha256=stored.sha256, size=stored.size))
        except IntegrityError:
            return  # another upload of the same bytes was faster

    def _abandon(self, scope: Scope, bundle: str, hashes: set[str]) -> None:
        with self._database.write() as session:
            row = session.get(Bundle, bundle)
            if row is not None:
                session.delete(row)
        self._remover.remove_unused(scope.workspace, hashes)


class _Budget:
    """Counts what comes in; what the sender declares is not believed."""

    def __init__(self, limits: ServicePolicy) -> None:
        self._limits = limits
        self._bytes = 0
        self._files = 0

    def one_more(self) -> None:
        self._files += 1
        if self._files > self._limits.upload_files:
            raise TooLarge(f"A bundle may hold {self._limits.upload_files} files; more come better in a zip.")

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._bytes += len(chunk)
            if self._bytes > self._limits.upload_bytes:
                raise TooLarge(f"The bundle is larger than {self._limits.upload_bytes // (1 << 20)} MiB.")
            yield chunk
