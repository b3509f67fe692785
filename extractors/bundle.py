"""A bundle as it comes in: folders, archives, mails and PDFs opened into single files, each copied, hashed and named once."""

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from extractors.contents import Budget, Contents
from extractors.entry_names import UsedNames, is_litter, safe_name
from extractors.errors import DamagedFile, EmptyFile, ExtractionError, LimitExceeded
from extractors.policy import ExtractionPolicy

_CHUNK = 1 << 20


class Opener(Protocol):
    """Says what a file is and unpacks containers; ``extractors.sandbox.Reader`` is the real one."""

    def open(self, path: Path, name: str, into: Path | None, budget: Budget, passwords: Sequence[str] = ()) -> Contents:
        """The contents, unpacked into a folder (None: only what the file is). Raises an ExtractionError."""
        ...


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
    paths: Sequence[Path], into: Path, policy: ExtractionPolicy, opener: Opener, passwords: Sequence[str] = ()
) -> list[Received]:
    """Take in files and folders, open archives, mails and PDFs within the limits, and keep each different file once in
    ``into``.

    Files are kept under their hash; links are never followed; the order is that of the given paths, then of the
    names. An archive stands in the result only where it could not be opened; a mail or a PDF stands before the files
    attached to it.
    """
    return receive_named(_given(paths), into, policy, opener, passwords)


def receive_named(
    files: Iterable[tuple[Path, str]],
    into: Path,
    policy: ExtractionPolicy,
    opener: Opener,
    passwords: Sequence[str] = (),
) -> list[Received]:
    """The same for single files that come with the names they were sent by."""
    into.mkdir(parents=True, exist_ok=True)
    bundle = _Bundle(into, policy, opener, passwords)
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
    def __init__(self, into: Path, policy: ExtractionPolicy, opener: Opener, passwords: Sequence[str]) -> None:
        self._into = into
        self._policy = policy
        self._opener = opener
        self._passwords = passwords
        self._budget = Budget.of(policy)
        self._sent = self._budget
        self._first: dict[str, str] = {}
        self._faults: dict[str, ExtractionError] = {}
        self._opened: set[str] = set()
        self._names = UsedNames()
        self.received: list[Received] = []

    def take(self, path: Path, raw_name: str, depth: int) -> None:
        """Take in one file, and what it holds where it is an archive, a mail or a PDF."""
        name = safe_name(raw_name, self._policy)
        if is_litter(name):
            return
        name = self._names.unique(name)
        if self._budget.files_left <= 0:
            self._refuse(name, LimitExceeded(f"The bundle holds more than {self._policy.bundle_files} files."))
            return
        try:
            kept, digest, size = self._keep(path, measured=depth > 0)
        except ExtractionError as problem:
            self._refuse(name, problem)
            return
        if digest in self._first:
            # What a second copy of an archive holds has been taken in with the first.
            if digest not in self._opened:
                self._accept(name, kept, digest, size, self._faults.get(digest))
            return
        if depth == 0:
            # A bomb multiplies what was sent; honest archives, however nested, unpack to some times their size.
            self._sent = Budget(
                bytes_left=max(self._policy.bundle_ratio_floor, size * self._policy.bundle_ratio),
                files_left=self._policy.bundle_files,
            )
        self._open(kept, name, digest, size, depth)

    def _open(self, kept: Path, name: str, digest: str, size: int, depth: int) -> None:
        folder = Path(tempfile.mkdtemp(prefix="unpack-", dir=self._into))
        try:
            deep = depth >= self._policy.archive_depth
            contents = self._contents(kept, name, None if deep else folder)
            problem = contents.fault.error() if contents.fault else None
            if contents.is_carrier:
                self._accept(name, kept, digest, size)
                if problem:
                    self._refuse(self._names.unique(f"{name}/attachments"), problem)
            elif problem is None and not contents.is_container:
                self._accept(name, kept, digest, size)
            else:
                if problem is None and deep:
                    problem = LimitExceeded("Archives lie in archives deeper than the set limit.")
                if problem is None and not contents.members:
                    problem = EmptyFile("The archive holds no files.")
                if problem:
                    self._faults[digest] = problem
                    self._accept(name, kept, digest, size, problem)
                else:
                    self._opened.add(digest)
            self._first.setdefault(digest, name)
            inside = sum(member.size for member in contents.members)
            self._budget, self._sent = self._budget.less(inside, 0), self._sent.less(inside, 0)
            for member in sorted(contents.members, key=lambda member: member.name):
                inner = f"{name}/{member.name}"
                if member.error or member.path is None:
                    error = member.error.error() if member.error else DamagedFile()
                    self._refuse(self._names.unique(safe_name(inner, self._policy)), error)
                    continue
                source = folder / member.path
                if source.parent != folder:
                    # The opener answers with file names; one that leads elsewhere is no answer of ours.
                    self._refuse(self._names.unique(safe_name(inner, self._policy)), DamagedFile())
                    continue
                self.take(source, inner, depth + 1)
                source.unlink(missing_ok=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _contents(self, kept: Path, name: str, into: Path | None) -> Contents:
        budget = Budget(
            bytes_left=min(self._budget.bytes_left, self._sent.bytes_left), files_left=self._budget.files_left
        )
        try:
            return self._opener.open(kept, name, into, budget, self._passwords)
        except ExtractionError:
            return Contents()  # the reader will say what is wrong with it

    def _keep(self, path: Path, measured: bool) -> tuple[Path, str, int]:
        """Copy a file into the bundle's folder under its hash; raises an ExtractionError."""
        digest, size = hashlib.sha256(), 0
        handle, temporary = tempfile.mkstemp(prefix="incoming-", dir=self._into)
        try:
            source_handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(source_handle, "rb") as source, os.fdopen(handle, "wb") as target:
                if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
                    raise ExtractionError("This is no plain file.", "Send the document itself.")
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
