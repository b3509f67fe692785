"""The model in use in each workspace, looked up before every document: a promotion needs no restart."""

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.database.engine import Database
from service.documents.blobs import BlobStore
from service.errors import ModelUnusable
from service.learning.models import ModelRow
from service.learning.packing import pack, unpack
from service.work.context import Judge

logger = logging.getLogger(__name__)
# Models kept open at once: one a workspace that works now; each holds some tens of megabytes.
OPEN = 4


def active_row(session: Session, workspace: str) -> ModelRow | None:
    """The model that a workspace uses; None where it is the one that ships."""
    return session.scalar(select(ModelRow).where(ModelRow.workspace_id == workspace, ModelRow.state == "active"))


def blob_name(digest: str) -> str:
    """The name of a packed model in the blob store."""
    return f"models/{digest}.zip"


class ModelFiles:
    """Folders of models out of the blob store, unpacked once a machine and checked at every opening."""

    def __init__(self, blobs: BlobStore, folder: Path) -> None:
        self._blobs = blobs
        self._folder = folder

    def keep(self, workspace: str, folder: Path) -> str:
        """Put a model's folder into the store; its digest."""
        content, digest = pack(folder)
        self._blobs.put(workspace, blob_name(digest), content)
        return digest

    def folder(self, workspace: str, digest: str) -> Path:
        """A local folder with the files of a model. Raises ModelUnusable where they are missing or not the kept ones."""
        kept = self._folder / digest
        if kept.is_dir() and pack(kept)[1] != digest:
            logger.warning("the unpacked model %s was changed; it is fetched again", digest[:12])
            shutil.rmtree(kept, ignore_errors=True)
        if not kept.is_dir():
            unpack(self._blobs.get(workspace, blob_name(digest)), digest, kept)
        return kept


class ActiveModels:
    """Gives each workspace the judge of its model. ``shipped`` judges where a workspace has none of its own."""

    def __init__(self, database: Database, files: ModelFiles, shipped: Judge, load: Callable[[Path], Judge]) -> None:
        self._database = database
        self._files = files
        self._shipped = shipped
        self._load = load
        self._open: dict[str, Judge] = {}
        self._unusable: set[str] = set()
        self._lock = threading.Lock()

    def judge(self, workspace: str) -> Judge:
        """The judge to use now. A model that this version of the program cannot use is replaced by the one that ships,
        which the log says; every verdict names the model that gave it in any case."""
        with self._database.read() as session:
            row = active_row(session, workspace)
        if row is None or row.digest in self._unusable:
            return self._shipped
        with self._lock:
            if row.digest not in self._open:
                try:
                    judge = self._load(self._files.folder(workspace, row.digest))
                except ModelUnusable as problem:
                    logger.error("model %s is not used, the shipped one is: %s", row.version, problem.message)
                    self._unusable.add(row.digest)
                    return self._shipped
                while len(self._open) >= OPEN:
                    self._open.pop(next(iter(self._open)))
                self._open[row.digest] = judge
            return self._open[row.digest]
