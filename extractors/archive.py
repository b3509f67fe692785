"""Archives, mails and PDFs as lists of files: unpacked within limits that are measured, never believed.

``open_container`` opens one container and never what lies inside it; the bundle asks again for each inner one. It runs in
the child process: files are written under numbers into one folder of the child, and each is told as plain data as soon as
it is there, so that what was unpacked before a crash is kept.
"""

import bz2
import contextlib
import gzip
import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Protocol

from pydantic import BaseModel, ConfigDict, Field

from extractors import detect, errors, progress
from extractors.entry_names import is_litter, safe_name
from extractors.errors import (
    DamagedFile,
    EncryptedFile,
    ExtractionError,
    LimitExceeded,
    UnsupportedType,
    WrongPassword,
)
from extractors.policy import ExtractionPolicy
from extractors.text_detect import EML

# Documents that other files are attached to: read themselves besides being opened.
CARRIERS = frozenset({EML, detect.MSG, detect.PDF})
CONTAINERS = detect.ARCHIVES | CARRIERS
_CHUNK = 1 << 18
# Endings that packers of single files add to the name of the file.
_PACKED_ENDINGS = {"tgz": "tar", "tbz2": "tar", "txz": "tar", "gz": "", "bz2": "", "xz": ""}


class Fault(BaseModel):
    """An error as data: the same three things as in ExtractionError, and its class to make it again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = Field(max_length=60)
    message: str = Field(max_length=500)
    remedy: str = Field(max_length=500)

    @classmethod
    def of(cls, problem: ExtractionError) -> "Fault":
        """The fault of an error."""
        known = next(kind for kind in type(problem).__mro__ if kind.__module__ == ExtractionError.__module__)
        return cls(type=known.__name__, message=problem.message[:500], remedy=problem.remedy[:500])

    def error(self) -> ExtractionError:
        """The error of a fault; an unknown class becomes the general one."""
        kind = getattr(errors, self.type, None)
        if isinstance(kind, type) and issubclass(kind, ExtractionError):
            return kind(self.message, self.remedy)
        return ExtractionError(self.message, self.remedy)


class Member(BaseModel):
    """A file of a container. ``path`` is its file name inside the folder it was unpacked into, None where it was
    not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    path: str | None = Field(None, pattern=r"^[0-9]{1,9}$")
    size: int = Field(0, ge=0)
    error: Fault | None = None


class Contents(BaseModel):
    """What a file is by its bytes, and what it holds where it is a container; ``fault`` where it could not be opened."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str | None = Field(None, max_length=200)
    members: tuple[Member, ...] = ()
    fault: Fault | None = None

    @property
    def is_container(self) -> bool:
        """Whether a file of this type may hold other files."""
        return self.kind in CONTAINERS

    @property
    def is_carrier(self) -> bool:
        """Whether the file is read itself besides being opened."""
        return self.kind in CARRIERS


class Budget(BaseModel):
    """What may still be unpacked of a bundle: inflated bytes and files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes_left: int
    files_left: int

    @classmethod
    def of(cls, policy: ExtractionPolicy) -> "Budget":
        """The whole budget of a bundle."""
        return cls(bytes_left=policy.bundle_bytes, files_left=policy.bundle_files)

    def less(self, size: int, files: int) -> "Budget":
        """What is left after that many bytes and files."""
        return Budget(bytes_left=max(0, self.bytes_left - size), files_left=max(0, self.files_left - files))


class Entry:
    """An entry of a container before it is unpacked.

    ``openers`` are ways to its bytes, one a password that may fit; the first that leads to the end is right. ``packed``
    is its packed size in bytes, 0 where that is unknown.
    """

    def __init__(
        self,
        name: str,
        *openers: Callable[[], IO[bytes]],
        packed: int = 0,
        error: ExtractionError | None = None,
        locked: bool = False,
    ) -> None:
        self.name = name
        self.openers = openers
        self.packed = packed
        self.error = error
        self.locked = locked


class Tell(Protocol):
    """Hears of each entry twice: when work on it begins, and what became of it."""

    def begin(self, number: int, name: str) -> None:
        """Work on an entry begins; numbers count from 1."""

    def end(self, number: int, member: Member) -> None:
        """What became of it."""


class BundleFull(LimitExceeded):
    """The whole bundle has inflated to its limit; nothing more is unpacked."""

    message = "The bundle inflates to more than the set limit; the rest was not unpacked."


class Unpacking:
    """Writes the entries of one container under their numbers into one folder, and measures them.

    Entries up to number ``skip`` were dealt with before, by a process that died; they are passed over.
    """

    def __init__(self, into: Path, policy: ExtractionPolicy, budget: Budget, tell: Tell, skip: int = 0) -> None:
        self.into = into
        self.policy = policy
        self.tell = tell
        self.skip = skip
        self.left = budget.bytes_left
        self.files_left = budget.files_left
        self._used: set[str] = set()
        self._number = 0
        self.ended = False

    def next(self, raw_name: str) -> tuple[int, str] | None:
        """Number and harmless name of the next entry; None where it is passed over."""
        name = safe_name(raw_name, self.policy)
        if is_litter(name):
            return None
        self._number += 1
        name = _unique(name, self._used)
        if self._number <= self.skip or self.ended:
            return None
        self.tell.begin(self._number, name)
        return self._number, name

    def refuse(self, number: int, name: str, problem: ExtractionError) -> None:
        """An entry that cannot be unpacked."""
        (self.into / str(number)).unlink(missing_ok=True)
        self.ended = self.ended or isinstance(problem, BundleFull)
        self.tell.end(number, Member(name=name, error=Fault.of(problem)))

    def sink(self, number: int, packed: int) -> "Sink":
        """Where the bytes of an entry go. Raises LimitExceeded where the bundle holds too many files."""
        if self.files_left <= 0:
            self.ended = True
            raise LimitExceeded("The bundle holds more files than the set limit.")
        return Sink(self, self.into / str(number), packed)

    def accept(self, number: int, name: str, size: int) -> None:
        """An entry stands whole under its number."""
        self.left -= size
        self.files_left -= 1
        self.tell.end(number, Member(name=name, path=str(number), size=size))


class Sink:
    """Takes the bytes of one entry as they inflate; raises LimitExceeded for a file, bundle or ratio beyond the policy."""

    def __init__(self, unpacking: Unpacking, target: Path, packed: int) -> None:
        policy = unpacking.policy
        self._unpacking = unpacking
        self._policy = policy
        self._most = max(policy.archive_ratio_floor, packed * policy.archive_ratio) if packed else policy.file_bytes
        self._out = target.open("wb")
        self.size = 0

    def write(self, chunk: bytes | bytearray) -> None:
        """Measure and keep some bytes."""
        self.size += len(chunk)
        if self.size > self._policy.file_bytes:
            raise LimitExceeded(f"The file is larger than {self._policy.file_bytes // (1 << 20)} MiB.")
        if self.size > self._unpacking.left:
            raise BundleFull
        if self.size > self._most:
            raise LimitExceeded("The file inflates far beyond its packed size, as no honest document does.")
        self._out.write(chunk)
        progress.tick(0, 1)

    def close(self) -> None:
        """Finish the file."""
        self._out.close()


def open_container(
    path: Path,
    name: str,
    into: Path | None,
    policy: ExtractionPolicy,
    budget: Budget,
    tell: Tell,
    *,
    passwords: tuple[str, ...] = (),
    skip: int = 0,
) -> Contents:
    """Say what a file is and, where it holds other files, unpack them into the folder ``into`` (None: only say).

    Every entry is told; those that cannot be unpacked with their error. Nothing is written outside ``into``. The answer
    names a fault where nothing can be unpacked at all.
    """
    try:
        kind = detect.media_type(path, name)
    except ExtractionError:
        return Contents()  # the reader will say what is wrong with it
    if kind not in CONTAINERS or (into is None and kind not in CARRIERS):
        return Contents(kind=kind)
    if into is None:
        return Contents(kind=kind, fault=_too_deep(path, kind, policy, passwords))
    into.mkdir(parents=True, exist_ok=True)
    unpacking = Unpacking(into, policy, budget, tell, skip)
    try:
        _unpack(path, name, kind, unpacking, passwords)
    except ExtractionError as problem:
        return Contents(kind=kind, fault=Fault.of(problem))
    except MemoryError:
        too_much = LimitExceeded("Unpacking the archive takes more memory than the set limit.")
        return Contents(kind=kind, fault=Fault.of(too_much))
    return Contents(kind=kind)


def _unpack(path: Path, name: str, kind: str, unpacking: Unpacking, passwords: tuple[str, ...]) -> None:
    # Each format's library is loaded with its first archive only.
    match kind:
        case detect.ZIP:
            from extractors.archive_zip import zip_entries

            with zip_entries(path, unpacking.policy, passwords) as entries:
                write_entries(entries, unpacking)
        case detect.TAR:
            from extractors.archive_tar import tar_entries

            with tar_entries(path, unpacking.policy) as entries:
                write_entries(entries, unpacking)
        case detect.GZIP | detect.BZIP2 | detect.XZ:
            _unpack_packed(path, name, kind, unpacking)
        case detect.SEVEN_ZIP:
            from extractors.archive_7z import unpack_7z

            unpack_7z(path, unpacking, passwords)
        case x if x in CARRIERS:
            with _attached(path, kind, unpacking.policy, passwords) as entries:
                write_entries(entries, unpacking)
        case detect.RAR:
            raise UnsupportedType("RAR archives are not unpacked.", "Ask the supplier to pack the documents as ZIP.")
        case _:
            raise UnsupportedType


@contextlib.contextmanager
def _attached(path: Path, kind: str, policy: ExtractionPolicy, passwords: tuple[str, ...]) -> Iterator[Iterator[Entry]]:
    """The files attached to a document, while it is open."""
    match kind:
        case detect.PDF:
            from extractors.pdf_attached import attached_entries

            with attached_entries(path, policy, passwords) as entries:
                yield entries
        case detect.MSG:
            from extractors.mail_msg import msg_attachments

            yield (Entry(name, partial(io.BytesIO, raw)) for name, raw in msg_attachments(path, policy))
        case _:
            from extractors.mail import attachments

            yield (Entry(name, opener) for name, opener in attachments(path, policy))


def _too_deep(path: Path, kind: str, policy: ExtractionPolicy, passwords: tuple[str, ...]) -> Fault | None:
    """What is said of a document that lies too deep for the files attached to it; None where it has none."""
    try:
        with _attached(path, kind, policy, passwords) as entries:
            if not any(True for _ in entries):
                return None
    except (ExtractionError, MemoryError):
        return None  # its own reading will say what is wrong with it
    return Fault.of(LimitExceeded("Files are attached to files deeper in the bundle than the set limit."))


def write_entries(entries: Iterable[Entry], unpacking: Unpacking) -> None:
    """Write entries one after the other; what is wrong with one never costs the next."""
    for entry in entries:
        if unpacking.ended:
            break
        step = unpacking.next(entry.name)
        if step is None:
            continue
        number, name = step
        try:
            if entry.error:
                raise entry.error
            size = _copy(entry, number, unpacking)
        except ExtractionError as problem:
            unpacking.refuse(number, name, problem)
        except MemoryError:
            too_much = LimitExceeded("Unpacking the file takes more memory than the set limit.")
            unpacking.refuse(number, name, too_much)
        else:
            unpacking.accept(number, name, size)


def _copy(entry: Entry, number: int, unpacking: Unpacking) -> int:
    """Inflate one entry, by each password until one fits. Raises LimitExceeded, EncryptedFile, DamagedFile, …"""
    problem: ExtractionError = EncryptedFile()
    for opener in entry.openers:
        sink = unpacking.sink(number, entry.packed)
        try:
            with opener() as source:
                while chunk := source.read(_CHUNK):
                    sink.write(chunk)
            return sink.size
        except ExtractionError:
            raise
        except Exception as found:
            problem = _said(found)
        finally:
            sink.close()
        if not entry.locked:
            break
    if entry.locked and entry.openers:
        raise WrongPassword from problem
    raise problem


def _said(problem: Exception) -> ExtractionError:
    """What an exception of a packing library means."""
    if isinstance(problem, MemoryError):
        raise problem
    if isinstance(problem, RuntimeError) and "password" in str(problem).lower():
        return EncryptedFile()
    if isinstance(problem, NotImplementedError):
        return UnsupportedType("This entry is packed by a method that is not read.")
    # Each codec raises its own kind on hostile bytes; none of them tells more than this.
    known = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError)
    made = DamagedFile()
    made.__cause__ = problem if isinstance(problem, known) else None
    return made


def _unpack_packed(path: Path, name: str, kind: str, unpacking: Unpacking) -> None:
    """A gzip, bzip2 or xz: of a packed tar its files, else the one file inside, called as the outer one without its
    ending. Inflated beside the folder first, measured, to see which it is."""
    openers: dict[str, Callable[..., IO[bytes]]] = {
        detect.GZIP: gzip.open,  # type: ignore[dict-item]
        detect.BZIP2: bz2.open,  # type: ignore[dict-item]
        detect.XZ: lzma.open,  # type: ignore[dict-item]
    }
    folder = Path(tempfile.mkdtemp(prefix="inflate-"))
    # A packed tar holds many files, so it may be as large as a bundle; each of its files is measured again.
    wide = unpacking.policy.model_copy(update={"file_bytes": unpacking.policy.bundle_bytes})
    budget = Budget(bytes_left=unpacking.left, files_left=1)
    try:
        entry = Entry("inflated", partial(openers[kind], path, "rb"), packed=path.stat().st_size)
        _copy(entry, 1, Unpacking(folder, wide, budget, _Nobody()))
        inflated = folder / "1"
        if inflated.stat().st_size and _kind(inflated) == detect.TAR:
            from extractors.archive_tar import tar_entries

            with tar_entries(inflated, unpacking.policy) as entries:
                write_entries(entries, unpacking)
        else:
            write_entries([Entry(_inner_name(name), partial(io.FileIO, inflated))], unpacking)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inner_name(name: str) -> str:
    base = name.rpartition("/")[2]
    stem, dot, ending = base.rpartition(".")
    return stem if dot and stem and ending.lower() in _PACKED_ENDINGS else f"{base} (unpacked)"


def _kind(path: Path) -> str | None:
    try:
        return detect.media_type(path)
    except ExtractionError:
        return None


class _Nobody:
    """Nobody hears of an inflated file before it is known what it is."""

    def begin(self, number: int, name: str) -> None:
        """Nothing."""

    def end(self, number: int, member: Member) -> None:
        """Nothing."""


class InProcess:
    """Opens containers in the calling process: for files of our own, and for tests. ``extractors.sandbox.Reader`` is the
    one for files of others."""

    def __init__(self, policy: ExtractionPolicy) -> None:
        self._policy = policy
        self._members: list[Member] = []

    def open(self, path: Path, name: str, into: Path | None, budget: Budget, passwords: Sequence[str] = ()) -> Contents:
        """The contents, unpacked into a folder (None: only what the file is)."""
        self._members = []
        contents = open_container(path, name, into, self._policy, budget, self, passwords=tuple(passwords))
        return contents.model_copy(update={"members": tuple(self._members)})

    def begin(self, number: int, name: str) -> None:
        """Nothing to keep yet."""

    def end(self, number: int, member: Member) -> None:
        """Keep the member."""
        self._members.append(member)


def _unique(name: str, used: set[str]) -> str:
    """The name, with a number where the container has it twice."""
    key, count = name.casefold(), 1
    candidate = name
    while key in used:
        count += 1
        stem, dot, ending = name.rpartition(".")
        candidate = f"{stem} ({count}).{ending}" if dot and "/" not in ending else f"{name} ({count})"
        key = candidate.casefold()
    used.add(key)
    return candidate
