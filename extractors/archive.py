"""Archives and mails as lists of files: unpacked within limits that are measured, never believed.

``unpack`` opens one container and never what lies inside it; the bundle asks again for each inner one. Files are
written under numbers into one folder, and what it returns is plain data, so that it can run in the child process.
"""

import contextlib
import io
import lzma
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict

from extractors import detect, progress
from extractors.entry_names import is_litter, restored, safe_name
from extractors.errors import (
    DamagedFile,
    EncryptedFile,
    ExtractionError,
    LimitExceeded,
    UnsafeArchive,
    UnsupportedType,
)
from extractors.policy import ExtractionPolicy
from extractors.text_detect import EML

CONTAINERS = detect.ARCHIVES | {EML, detect.MSG}
_CHUNK = 1 << 18
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
# Info-ZIP extra field with the name in UTF-8 (APPNOTE 4.6.9).
_UNICODE_NAME = 0x7075
_PER_TICK = 50


class Fault(BaseModel):
    """An error as data: the same three things as in ExtractionError, and its class to make it again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str
    message: str
    remedy: str

    @classmethod
    def of(cls, problem: ExtractionError) -> "Fault":
        """The fault of an error."""
        known = next(kind for kind in type(problem).__mro__ if kind.__module__ == ExtractionError.__module__)
        return cls(type=known.__name__, message=problem.message, remedy=problem.remedy)

    def error(self) -> ExtractionError:
        """The error of a fault; an unknown class becomes the general one."""
        from extractors import errors

        kind = getattr(errors, self.type, None)
        if isinstance(kind, type) and issubclass(kind, ExtractionError):
            return kind(self.message, self.remedy)
        return ExtractionError(self.message, self.remedy)


class Member(BaseModel):
    """A file of a container. ``path`` is its file name inside the folder it was unpacked into, None where it was
    not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    path: str | None = None
    size: int = 0
    error: Fault | None = None


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


@dataclass
class _Entry:
    """An entry of a container before it is unpacked. ``open`` may raise; ``packed`` is 0 where the size is unknown."""

    name: str
    open: Callable[[], IO[bytes]]
    packed: int = 0
    error: ExtractionError | None = None


def is_container(media_type: str) -> bool:
    """Whether a file of this type may hold other files that ``unpack`` gives."""
    return media_type in CONTAINERS


def unpack(path: Path, into: Path, policy: ExtractionPolicy, budget: Budget) -> list[Member]:
    """Unpack one archive, or the attachments of one mail, into the folder ``into``.

    Entries that cannot be unpacked stand in the list with their error; the order is that of their names. Raises
    DamagedFile,
    EncryptedFile, LimitExceeded or UnsupportedType where nothing can be unpacked at all. Nothing is written outside
    ``into``.
    """
    kind = detect.media_type(path)
    into.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        entries = _entries(path, kind, policy, stack)
        return _write(entries, into, policy, budget)


def _entries(path: Path, kind: str, policy: ExtractionPolicy, stack: contextlib.ExitStack) -> list[_Entry]:
    match kind:
        case detect.ZIP:
            return _zip(path, policy, stack)
        case detect.TAR | detect.GZIP | detect.BZIP2 | detect.XZ:
            return _tar(path, kind, policy, stack)
        case x if x == EML:
            from extractors.mail import attachments

            return [_Entry(name, partial(io.BytesIO, raw)) for name, raw in attachments(path, policy)]
        case detect.MSG:
            from extractors.mail_msg import msg_attachments

            return [_Entry(name, partial(io.BytesIO, raw)) for name, raw in msg_attachments(path, policy)]
        case detect.SEVEN_ZIP:
            raise UnsupportedType("7z archives are not unpacked.", "Ask the supplier to pack the documents as ZIP.")
        case detect.RAR:
            raise UnsupportedType("RAR archives are not unpacked.", "Ask the supplier to pack the documents as ZIP.")
    raise UnsupportedType


def _write(entries: list[_Entry], into: Path, policy: ExtractionPolicy, budget: Budget) -> list[Member]:
    """Write entries one after the other within the budget; the first number that is free in the folder is the first
    name."""
    members: list[Member] = []
    used: set[str] = set()
    left, written = budget.bytes_left, 0
    for number, entry in enumerate(sorted(entries, key=lambda entry: entry.name), start=1):
        name = _unique(safe_name(entry.name, policy), used)
        if is_litter(name):
            continue
        if entry.error:
            members.append(Member(name=name, error=Fault.of(entry.error)))
            continue
        if written >= budget.files_left:
            members.append(
                Member(name=name, error=Fault.of(LimitExceeded("The bundle holds more files than the set limit.")))
            )
            break
        target = into / f"{number:06d}"
        try:
            size = _copy(entry, target, left, policy)
        except ExtractionError as problem:
            target.unlink(missing_ok=True)
            members.append(Member(name=name, error=Fault.of(problem)))
            if isinstance(problem, _BundleFull):
                break
            continue
        left -= size
        written += 1
        members.append(Member(name=name, path=target.name, size=size))
        if number % _PER_TICK == 0:
            progress.tick(number, len(entries))
    return members


class _BundleFull(LimitExceeded):
    """The whole bundle has inflated to its limit; nothing more is unpacked."""

    message = "The bundle inflates to more than the set limit; the rest was not unpacked."


def _copy(entry: _Entry, target: Path, left: int, policy: ExtractionPolicy) -> int:
    """Inflate one entry and measure it; raises LimitExceeded for a file, a bundle or a ratio beyond the policy."""
    size = 0
    most = max(policy.archive_ratio_floor, entry.packed * policy.archive_ratio) if entry.packed else policy.file_bytes
    try:
        with entry.open() as source, target.open("xb") as out:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > policy.file_bytes:
                    raise LimitExceeded(f"The file is larger than {policy.file_bytes // (1 << 20)} MiB.")
                if size > left:
                    raise _full()
                if size > most:
                    raise LimitExceeded("The file inflates far beyond its packed size, as no honest document does.")
                out.write(chunk)
    except ExtractionError:
        raise
    except RuntimeError as problem:  # zipfile's word for a missing or wrong password
        raise EncryptedFile from problem
    except NotImplementedError as problem:
        raise UnsupportedType("This entry is packed by a method that is not read.") from problem
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError) as problem:
        raise DamagedFile from problem
    return size


def _full() -> LimitExceeded:
    return _BundleFull()


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


def _zip(path: Path, policy: ExtractionPolicy, stack: contextlib.ExitStack) -> list[_Entry]:
    try:
        archive = stack.enter_context(zipfile.ZipFile(path))
        infos = archive.infolist()
    except Exception as problem:  # zipfile raises several kinds on hostile directories
        raise DamagedFile from problem
    if len(infos) > policy.archive_entries:
        raise LimitExceeded(f"The archive holds more than {policy.archive_entries} entries.")
    files = [info for info in infos if not info.is_dir()]
    found = []
    for info, name in zip(files, _zip_names(files), strict=True):
        entry = _Entry(name, partial(archive.open, info), info.compress_size or 1)
        if stat.S_ISLNK(info.external_attr >> 16):
            entry.error = UnsafeArchive("The archive holds a link instead of a file.")
        elif info.flag_bits & _ENCRYPTED:
            entry.error = EncryptedFile()
        found.append(entry)
    return found


def _zip_names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Names of entries; those without the UTF-8 flag are read again from their bytes, all in one encoding."""
    names: list[str | None] = []
    raws: list[bytes] = []
    for info in infos:
        if info.flag_bits & _UTF8_NAME:
            names.append(info.orig_filename)
        elif unicode_name := _unicode_name(info.extra):
            names.append(unicode_name)
        else:
            names.append(None)
            raws.append(info.orig_filename.encode("cp437", "replace"))
    right = iter(restored(raws))
    return [name if name is not None else next(right) for name in names]


def _unicode_name(extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_NAME and size > 5:
            with contextlib.suppress(UnicodeDecodeError):
                return extra[9 : 4 + size].decode("utf-8")
        extra = extra[4 + size :]
    return None


def _tar(path: Path, kind: str, policy: ExtractionPolicy, stack: contextlib.ExitStack) -> list[_Entry]:
    """A tar, packed or not; a packed file that is no tar gives the one file inside it."""
    unpacked: Path | None = None
    if kind != detect.TAR:
        unpacked = _inflated(path, kind, policy, stack)
        if detect.media_type(unpacked) != detect.TAR:
            name = path.stem if path.suffix else path.name
            return [_Entry(name, lambda: unpacked.open("rb"), path.stat().st_size)]
    try:
        archive = stack.enter_context(tarfile.open(unpacked or path, mode="r:"))  # noqa: SIM115
        infos = []
        for info in archive:
            infos.append(info)
            if len(infos) > policy.archive_entries:
                raise LimitExceeded(f"The archive holds more than {policy.archive_entries} entries.")
    except (tarfile.TarError, EOFError, ValueError, OSError) as problem:
        raise DamagedFile from problem
    return list(_tar_entries(archive, infos))


def _tar_entries(archive: tarfile.TarFile, infos: list[tarfile.TarInfo]) -> Iterator[_Entry]:
    raws = restored([info.name.encode("utf-8", "surrogateescape") for info in infos])
    for info, name in zip(infos, raws, strict=True):
        if info.isdir():
            continue
        if info.isreg() and not info.sparse:
            yield _Entry(name, lambda info=info: archive.extractfile(info) or io.BytesIO())  # type: ignore[misc]
        else:
            yield _Entry(
                name, io.BytesIO, error=UnsafeArchive("The archive holds a link or a device instead of a file.")
            )


def _inflated(path: Path, kind: str, policy: ExtractionPolicy, stack: contextlib.ExitStack) -> Path:
    """The file inside a gzip, bzip2 or xz, beside the packed one's copy; measured while it inflates."""
    import bz2
    import gzip
    import tempfile

    openers = {detect.GZIP: gzip.open, detect.BZIP2: bz2.open, detect.XZ: lzma.open}
    folder = Path(tempfile.mkdtemp(prefix="livingproof-inflate-"))
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    target = folder / "inflated"
    entry = _Entry("inflated", lambda: openers[kind](path, "rb"), path.stat().st_size)  # type: ignore[operator]
    # A packed tar holds many files, so it may be as large as a bundle; each of its files is measured again.
    wide = policy.model_copy(update={"file_bytes": policy.bundle_bytes})
    _copy(entry, target, policy.bundle_bytes, wide)
    return target
