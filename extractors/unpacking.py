"""The entries of a container written one by one into a folder, each measured as it inflates; what is wrong with one never
costs the next."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Protocol

from extractors import progress
from extractors.contents import Budget, Fault, Member
from extractors.entry_names import UsedNames, is_litter, safe_name
from extractors.errors import (
    DamagedFile,
    EncryptedFile,
    ExtractionError,
    LimitExceeded,
    MemoryExceeded,
    UnsupportedType,
    WrongPassword,
)
from extractors.policy import ExtractionPolicy

_CHUNK = 1 << 18


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

    Entries up to number ``skip`` were dealt with before, by a process that died; they are passed over. ``fresh`` says that
    this process has read no file before.
    """

    def __init__(
        self, into: Path, policy: ExtractionPolicy, budget: Budget, tell: Tell, skip: int = 0, fresh: bool = True
    ) -> None:
        self.into = into
        self.policy = policy
        self.tell = tell
        self.skip = skip
        self.fresh = fresh
        self.left = budget.bytes_left
        self.files_left = budget.files_left
        self._used = UsedNames()
        self._number = 0
        self.ended = False

    def next(self, raw_name: str) -> tuple[int, str] | None:
        """Number and harmless name of the next entry; None where it is passed over."""
        name = safe_name(raw_name, self.policy)
        if is_litter(name):
            return None
        self._number += 1
        name = self._used.unique(name)
        if self._number <= self.skip or self.ended:
            return None
        self.tell.begin(self._number, name)
        return self._number, name

    def refuse(self, number: int, name: str, problem: ExtractionError) -> None:
        """An entry that cannot be unpacked."""
        (self.into / str(number)).unlink(missing_ok=True)
        self.ended = self.ended or isinstance(problem, BundleFull)
        self.tell.end(number, Member(name=name, error=Fault.of(problem)))

    def out_of_memory(self) -> ExtractionError:
        """What a lack of memory means for the entry in work. Raises MemoryExceeded where files read before may have left it
        taken: a new process goes on from here."""
        if not self.fresh:
            raise MemoryExceeded
        return LimitExceeded("Unpacking the file takes more memory than the set limit.")

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
            size = copied(entry, number, unpacking)
        except ExtractionError as problem:
            unpacking.refuse(number, name, problem)
        except MemoryError:
            unpacking.refuse(number, name, unpacking.out_of_memory())
        else:
            unpacking.accept(number, name, size)


def copied(entry: Entry, number: int, unpacking: Unpacking) -> int:
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
