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
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from extractors import detect
from extractors.contents import CARRIERS, CONTAINERS, Budget, Contents, Fault, Member
from extractors.errors import ExtractionError, LimitExceeded, MemoryExceeded, UnsupportedType
from extractors.policy import ExtractionPolicy
from extractors.unpacking import Entry, Tell, Unpacking, copied, write_entries

# Endings that packers of single files add to the name of the file.
_PACKED_ENDINGS = {"tgz": "tar", "tbz2": "tar", "txz": "tar", "gz": "", "bz2": "", "xz": ""}


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
    fresh: bool = True,
) -> Contents:
    """Say what a file is and, where it holds other files, unpack them into the folder ``into`` (None: only say).

    Every entry is told; those that cannot be unpacked with their error. Nothing is written outside ``into``. The answer
    names a fault where nothing can be unpacked at all. Raises MemoryExceeded where the process is not ``fresh`` and memory
    does not suffice.
    """
    try:
        kind = detect.media_type(path, name)
    except ExtractionError:
        return Contents()  # the reader will say what is wrong with it
    if kind not in CONTAINERS or (into is None and kind not in CARRIERS):
        return Contents(kind=kind)
    if into is None:
        return Contents(kind=kind, fault=_too_deep(path, name, kind, policy, passwords))
    into.mkdir(parents=True, exist_ok=True)
    unpacking = Unpacking(into, policy, budget, tell, skip, fresh)
    try:
        _unpack(path, name, kind, unpacking, passwords)
    except MemoryExceeded:
        raise
    except ExtractionError as problem:
        return Contents(kind=kind, fault=Fault.of(problem))
    except MemoryError:
        return Contents(kind=kind, fault=Fault.of(unpacking.out_of_memory()))
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
            with _attached(path, name, kind, unpacking.policy, passwords) as entries:
                write_entries(entries, unpacking)
        case detect.RAR:
            raise UnsupportedType("RAR archives are not unpacked.", "Ask the supplier to pack the documents as ZIP.")
        case _:
            raise UnsupportedType


@contextlib.contextmanager
def _attached(
    path: Path, name: str, kind: str, policy: ExtractionPolicy, passwords: tuple[str, ...]
) -> Iterator[Iterator[Entry]]:
    """The files attached to a document, while it is open."""
    match kind:
        case detect.PDF:
            from extractors.pdf_attached import attached_entries

            with attached_entries(path, policy, passwords) as entries:
                yield entries
        case detect.MSG:
            from extractors.mail_msg import msg_attachments

            yield (Entry(name, partial(io.BytesIO, raw)) for name, raw in msg_attachments(path, policy))
        case detect.SIGNED:
            from extractors.signed import signed_files

            yield (Entry(inner, opener) for inner, opener in signed_files(path, name))
        case _:
            from extractors.mail import attachments

            yield (Entry(name, opener) for name, opener in attachments(path, policy))


def _too_deep(path: Path, name: str, kind: str, policy: ExtractionPolicy, passwords: tuple[str, ...]) -> Fault | None:
    """What is said of a document that lies too deep for the files attached to it; None where it has none."""
    try:
        with _attached(path, name, kind, policy, passwords) as entries:
            if not any(True for _ in entries):
                return None
    except (ExtractionError, MemoryError):
        return None  # its own reading will say what is wrong with it
    return Fault.of(LimitExceeded("Files are attached to files deeper in the bundle than the set limit."))


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
        copied(entry, 1, Unpacking(folder, wide, budget, _Nobody()))
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
