"""A bundle as it comes in: folders, archives and mails opened into single files, each copied, hashed and named once."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors import archive, detect
from extractors.archive import Budget, Member
from extractors.entry_names import is_litter, safe_name
from extractors.errors import DamagedFile, EmptyFile, ExtractionError, LimitExceeded
from extractors.policy import ExtractionPolicy
from extractors.text_detect import EML

_CHUNK = 1 << 20
Unpack = Callable[[Path, Path, ExtractionPolicy, Budget], list[Member]]


@dataclass(frozen=True)
class Received:
    """A file of a bundle. ``name`` is its path within the bundle, archives as folders; ``path`` where its bytes are
    kept.

    With an ``error`` the file could not be taken in, and ``path`` and ``sha256`` may be None. ``duplicate_of`` names
    the first file with the same bytes.
    """

    name: str
    path: Path | None
    sha256: str | None
    size: int
    error: ExtractionError | None = None
    duplicate_of: str | None = None


def receive(
    paths: Sequence[Path], into: Path, policy: ExtractionPolicy, unpack: Unpack = archive.unpack
) -> list[Received]:
    """Take in files and folders, open archives and mails within the limits, and keep each different file once in
    ``into``.

    Files are kept under their hash; links are never followed; the order is that of the given paths, then of the
    names. An archive stands in the result only where it could not be opened; a mail stands before its attachments.
    """
    return receive_named(_given(paths), into, policy, unpack)


def receive_named(
    files: Iterable[tuple[Path, str]], into: Path, policy: ExtractionPolicy, unpack: Unpack = archive.unpack
) -> list[Received]:
    """The same for single files that come with the names they were sent by."""
    into.mkdir(parents=True, exist_ok=True)
    bundle = _Bundle(into, policy, unpack)
    for path, name in files:
        bundle.take(path, name, depth=0)
    return bundle.received


def _given(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Files with their names in the bundle; a single folder is the bundle itself, several stand in it by their
    names."""
    alone = len(paths) == 1
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            prefix = "" if alone else f"{path.resolve().name}/"
            for found in _walk(path):
                yield found, prefix + found.relative_to(path).as_posix()
        else:
            yield path, path.name


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder in the order of their names; links are left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


class _Bundle:
    def __init__(self, into: Path, policy: ExtractionPolicy, unpack: Unpack) -> None:
        self._into = into
        self._policy = policy
        self._unpack = unpack
        self._budget = Budget.of(policy)
        self._first: dict[str, str] = {}
        self._names: set[str] = set()
        self.received: list[Received] = []

    def take(self, path: Path, raw_name: str, depth: int) -> None:
        """Take in one file, and what it holds where it is an archive or a mail."""
        name = safe_name(raw_name, self._policy)
        if is_litter(name):
            return
        name = self._unique(name)
        if self._budget.files_left <= 0:
            self._refuse(name, LimitExceeded(f"The bundle holds more than {self._policy.bundle_files} files."))
            return
        try:
            kept, digest, size = self._keep(path, measured=depth > 0)
        except ExtractionError as problem:
            self._refuse(name, problem)
            return
        kind = _kind(kept, name)
        if kind is None or not archive.is_container(kind):
            self._accept(name, kept, digest, size)
            return
        mail = kind in (EML, detect.MSG)
        again = digest in self._first
        if mail or again:
            self._accept(name, kept, digest, size)
            if again:
                return  # what a second copy holds has been taken in with the first
        if depth >= self._policy.archive_depth:
            if not mail:
                self._accept(
                    name, kept, digest, size, LimitExceeded("Archives lie in archives deeper than the set limit.")
                )
            return
        self._open(kept, name, digest, size, depth, mail)

    def _open(self, kept: Path, name: str, digest: str, size: int, depth: int, mail: bool) -> None:
        folder = Path(tempfile.mkdtemp(prefix="unpack-", dir=self._into))
        try:
            members = self._unpack(kept, folder, self._policy, self._budget)
            inside = sum(member.size for member in members)
            self._budget = self._budget.less(inside, 0)
            if not members and not mail:
                raise EmptyFile("The archive holds no files.")
            self._first.setdefault(digest, name)
            for member in members:
                inner = f"{name}/{member.name}"
                if member.error or member.path is None:
                    error = member.error.error() if member.error else DamagedFile()
                    self._refuse(self._unique(safe_name(inner, self._policy)), error)
                    continue
                source = folder / member.path
                if source.parent != folder or source.is_symlink():
                    # The child process answers with file names; one that leads elsewhere is no answer of ours.
                    self._refuse(self._unique(safe_name(inner, self._policy)), DamagedFile())
                    continue
                self.take(source, inner, depth + 1)
        except ExtractionError as problem:
            if not mail:
                self._accept(name, kept, digest, size, problem)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _keep(self, path: Path, measured: bool) -> tuple[Path, str, int]:
        """Copy a file into the bundle's folder under its hash; raises an ExtractionError."""
        digest, size = hashlib.sha256(), 0
        handle, temporary = tempfile.mkstemp(prefix="incoming-", dir=self._into)
        try:
            source_handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(source_handle, "rb") as source, os.fdopen(handle, "wb") as target:
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    if size > self._policy.file_bytes:
                        raise LimitExceeded(f"The file is larger than {self._policy.file_bytes // (1 << 20)} MiB.")
                    if not measured and size > self._budget.bytes_left:
                        raise LimitExceeded("The bundle is larger than the set limit.")
                    digest.update(chunk)
                    target.write(chunk)
            kept = self._into / digest.hexdigest()
            os.replace(temporary, kept)
        except OSError as problem:
            Path(temporary).unlink(missing_ok=True)
            raise ExtractionError(
                "The file cannot be opened.", "Check that the file is still there, is no link, and is readable."
            ) from problem
        except ExtractionError:
            Path(temporary).unlink(missing_ok=True)
            raise
        if size == 0:
            kept.unlink(missing_ok=True)
            raise EmptyFile
        self._budget = self._budget.less(0 if measured else size, 1)
        return kept, digest.hexdigest(), size

    def _accept(self, name: str, kept: Path, digest: str, size: int, error: ExtractionError | None = None) -> None:
        first = self._first.setdefault(digest, name)
        self.received.append(Received(name, kept, digest, size, error, None if first == name else first))

    def _refuse(self, name: str, error: ExtractionError) -> None:
        self.received.append(Received(name, None, None, 0, error))

    def _unique(self, name: str) -> str:
        candidate, count = name, 1
        while candidate.casefold() in self._names:
            count += 1
            folder, slash, base = name.rpartition("/")
            stem, dot, ending = base.rpartition(".")
            base = f"{stem} ({count}).{ending}" if dot and stem else f"{base} ({count})"
            candidate = folder + slash + base
        self._names.add(candidate.casefold())
        return candidate


def _kind(path: Path, name: str) -> str | None:
    try:
        return detect.media_type(path, name)
    except ExtractionError:
        return None  # the reader will say what is wrong with it
