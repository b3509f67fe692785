"""Where bytes are kept: a folder, or any store that fsspec reaches. Content is named by its SHA-256 and never changes."""

import contextlib
import hashlib
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from extractors.scratch import Scratch
from indexes.settling import settle, settle_folder

CHUNK = 1 << 20
# A file of the store that was last written so long ago and is not in its place was begun by a process that was killed.
FORSAKEN_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Stored:
    """Bytes that are now in the store."""

    sha256: str
    size: int


class BlobStore(Protocol):
    """Keeps bytes. ``area`` is a workspace: the same bytes of two workspaces stand apart."""

    def add(self, area: str, chunks: Iterable[bytes]) -> Stored:
        """Keep a stream, hashed on the way; all of it or nothing."""
        ...

    def put(self, area: str, name: str, content: bytes) -> None:
        """Keep bytes that can be made again (page pictures, read text) under a name."""
        ...

    def get(self, area: str, name: str) -> bytes | None:
        """What was put under a name."""
        ...

    def open(self, area: str, sha256: str) -> Iterator[bytes]:
        """The content in chunks; raises FileNotFoundError."""
        ...

    def local(self, area: str, sha256: str) -> Any:
        """A context manager with a local path of the content, which must not be written to."""
        ...

    def remove(self, area: str, sha256: str) -> None:
        """Forget content and all that was made from it."""
        ...

    def check(self) -> None:
        """Raises an error where the store cannot be written or read."""
        ...


class FsspecBlobs:
    """A blob store on any file system of fsspec; a plain folder is written with rename, an object store puts whole."""

    def __init__(self, address: str, options: dict[str, object] | None = None) -> None:
        import fsspec

        self._files, root = fsspec.core.url_to_fs(address, **(options or {}))
        self._root = root.rstrip("/")
        self._swept = False
        self._is_local = "file" in _protocols(self._files)

    def _path(self, area: str, sha256: str) -> str:
        return f"{self._root}/{area}/{sha256[:2]}/{sha256}"

    def add(self, area: str, chunks: Iterable[bytes]) -> Stored:
        """Keep a stream, hashed on the way; all of it or nothing."""
        with tempfile.NamedTemporaryFile(prefix="livingproof-", dir=self._scratch(), delete=False) as sink:
            partial = Path(sink.name)
            try:
                digest, size = hashlib.sha256(), 0
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    sink.write(chunk)
                settle(sink)
                stored = Stored(digest.hexdigest(), size)
                self._keep(partial, self._path(area, stored.sha256))
            finally:
                partial.unlink(missing_ok=True)
        return stored

    def _scratch(self) -> str | None:
        # On the same file system, so that the rename at the end is one step.
        if not self._is_local:
            return None
        scratch = Path(self._root) / "incoming"
        scratch.mkdir(parents=True, exist_ok=True)
        if not self._swept:
            self._swept = True
            _sweep(scratch)
        return str(scratch)

    def _keep(self, partial: Path, target: str) -> None:
        if self._files.exists(target):
            return
        if self._is_local:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            partial.chmod(0o400)
            partial.replace(target)
            settle_folder(Path(target).parent)
        else:
            self._files.put_file(str(partial), target)

    def put(self, area: str, name: str, content: bytes) -> None:
        """Keep bytes that can be made again under a name; the whole is written or nothing."""
        target = f"{self._root}/{area}/made/{name}"
        if not self._is_local:
            self._files.pipe_file(target, content)
            return
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(prefix="livingproof-", dir=self._scratch(), delete=False) as sink:
            partial = Path(sink.name)
            try:
                sink.write(content)
                sink.flush()
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)

    def get(self, area: str, name: str) -> bytes | None:
        """What was put under a name."""
        try:
            return bytes(self._files.cat_file(f"{self._root}/{area}/made/{name}"))
        except FileNotFoundError:
            return None

    def open(self, area: str, sha256: str) -> Iterator[bytes]:
        """The content in chunks; raises FileNotFoundError."""
        with self._files.open(self._path(area, sha256), "rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    @contextmanager
    def local(self, area: str, sha256: str) -> Iterator[Path]:
        """A local path of the content; a copy that is gone afterwards where the store is far away."""
        path = self._path(area, sha256)
        if self._is_local:
            yield Path(path)
            return
        with Scratch("blob") as folder:
            copy = folder / sha256
            self._files.get_file(path, str(copy))
            yield copy

    def remove(self, area: str, sha256: str) -> None:
        """Forget content and all that was made from it."""
        for path in (self._path(area, sha256), f"{self._root}/{area}/made/{sha256}"):
            try:
                self._files.rm(path, recursive=True)
            except FileNotFoundError:
                continue

    def check(self) -> None:
        """Write, read and remove a few bytes."""
        stored = self.add("check", [b"livingproof"])
        try:
            if b"".join(self.open("check", stored.sha256)) != b"livingproof":
                raise OSError("the store gives back other bytes than it was given")
        finally:
            self.remove("check", stored.sha256)


def _sweep(scratch: Path) -> None:
    """Remove what killed processes left half written."""
    before = time.time() - FORSAKEN_SECONDS
    for path in scratch.glob("livingproof-*"):
        with contextlib.suppress(OSError):
            if path.lstat().st_mtime < before:
                path.unlink()


def _protocols(files: Any) -> tuple[str, ...]:
    protocol = files.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)
