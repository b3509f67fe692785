"""7z archives: unpacked by py7zr as a stream, each file measured as it inflates, with passwords."""

import contextlib
import lzma
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import py7zr
from py7zr.exceptions import (
    ArchiveError,
    PasswordRequired,
    UnsupportedCompressionMethodError,
)
from py7zr.io import MemIO, Py7zIO, WriterFactory

from extractors.errors import (
    DamagedFile,
    EncryptedFile,
    ExtractionError,
    LimitExceeded,
    UnsafeArchive,
    UnsupportedType,
    WrongPassword,
)
from extractors.unpacking import BundleFull, Sink, Unpacking

_KEY_FAILS = (ArchiveError, lzma.LZMAError, ValueError, EOFError, OSError, TypeError, IndexError, KeyError)


def unpack_7z(path: Path, unpacking: Unpacking, passwords: tuple[str, ...]) -> None:
    """Unpack all files; raises an ExtractionError where nothing more can be unpacked."""
    password = _fitting(path, unpacking, passwords)
    with _opened(path, password, unpacking) as archive:
        taken = _Taken(archive, unpacking)
        taken.register()
        try:
            archive.worker.extract(archive.fp, None, parallel=False)
        except MemoryError:
            taken.break_off(unpacking.out_of_memory())
        except ExtractionError as problem:
            taken.break_off(problem)
        except UnsupportedCompressionMethodError:
            taken.break_off(UnsupportedType("This entry is packed by a method that is not read."))
        except Exception:  # py7zr raises what broken tables lead to
            taken.break_off(DamagedFile())


@contextlib.contextmanager
def _opened(path: Path, password: str | None, unpacking: Unpacking) -> Iterator[Any]:
    with path.open("rb") as stream:
        try:
            # Given as an open file, py7zr unpacks in this thread only, one file after the other.
            archive = py7zr.SevenZipFile(stream, "r", password=password)
        except PasswordRequired as problem:
            raise EncryptedFile from problem
        except UnsupportedCompressionMethodError as problem:
            raise UnsupportedType("This archive is packed by a method that is not read.") from problem
        except MemoryError:
            raise
        except Exception as problem:
            raise DamagedFile from problem
        if len(archive.files) > unpacking.policy.archive_entries:
            raise LimitExceeded(f"The archive holds more than {unpacking.policy.archive_entries} entries.")
        yield archive


def _fitting(path: Path, unpacking: Unpacking, passwords: tuple[str, ...]) -> str | None:
    """The password that opens the archive, None where it asks for none. Raises EncryptedFile or WrongPassword."""
    try:
        with _opened(path, None, unpacking) as archive:
            if not archive.needs_password():
                return None
    except EncryptedFile:
        pass  # the list of files is encrypted too
    if not passwords:
        raise EncryptedFile
    for password in passwords:
        with contextlib.suppress(ExtractionError), _opened(path, password, unpacking) as archive:
            if _opens(archive):
                return password
    raise WrongPassword


def _opens(archive: Any) -> bool:
    """Whether the password gives the first file its right checksum."""
    first = next((file for file in archive.files if not file.emptystream), None)
    if first is None:
        return True
    archive.worker.register_filelike(first.id, MemIO("first", _Nowhere(first.uncompressed)))
    try:
        archive.worker.extract(archive.fp, None, parallel=False)
    except _Enough:
        return True
    except _KEY_FAILS:
        return False
    return True


class _Enough(Exception):
    """The first file was read to its end."""


class _Discarded(Py7zIO):
    """Takes bytes and forgets them."""

    # What is looked at to tell a right password: a wrong one breaks the packed stream far sooner.
    ENOUGH = 16 << 20

    def __init__(self) -> None:
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        """Count."""
        self._size += len(s)
        if self._size > self.ENOUGH:
            raise _Enough
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        """Nothing comes back."""
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Nowhere to go."""
        return 0

    def flush(self) -> None:
        """Nothing to do."""

    def size(self) -> int:
        """Bytes counted."""
        return self._size


class _Nowhere(WriterFactory):
    def __init__(self, size: int) -> None:
        self._wanted = size

    def create(self, filename: str) -> Py7zIO:
        return _Discarded()


class _Taken(WriterFactory):
    """Opens a sink for each file as py7zr comes to it."""

    def __init__(self, archive: Any, unpacking: Unpacking) -> None:
        self._files = {str(file.id): file for file in archive.files}
        self._archive = archive
        self._unpacking = unpacking
        self._current: _Kept | None = None
        # Of a file in a solid block the archive does not say how much of it is packed: at most all.
        self._archive_bytes = os.fstat(archive.fp.fileno()).st_size

    def register(self) -> None:
        for key, file in self._files.items():
            if not file.is_directory:
                self._archive.worker.register_filelike(file.id, MemIO(key, self))

    def create(self, filename: str) -> Py7zIO:
        file = self._files[filename]
        step = self._unpacking.next(file.filename)
        self._current = _Kept(self._unpacking, file, step, self._archive_bytes)
        return self._current

    def break_off(self, problem: ExtractionError) -> None:
        """The archive ends here; what was in the making, or else the archive itself, is refused."""
        if self._current is not None and self._current.open:
            self._current.refuse(problem)
            if not isinstance(problem, BundleFull):
                raise type(problem)(f"{problem.message} The files after it were not unpacked.", problem.remedy)
        elif not self._unpacking.ended:
            raise problem


class _Kept(Py7zIO):
    """One file on its way into the folder. What is passed over or refused inflates into nothing, for the next one in a
    solid block stands behind it; only so far as a file may be large."""

    def __init__(self, unpacking: Unpacking, file: Any, step: tuple[int, str] | None, archive_bytes: int) -> None:
        self._unpacking = unpacking
        self._file = file
        self._step = step
        self._sink: Sink | None = None
        self._seen = 0
        self.open = step is not None
        if step is None:
            return
        if file.is_symlink or file.is_junction or file.is_socket:
            self.refuse(UnsafeArchive("The archive holds a link instead of a file."))
            return
        try:
            self._sink = unpacking.sink(step[0], file.compressed or archive_bytes)
        except ExtractionError as problem:
            self.refuse(problem)

    def refuse(self, problem: ExtractionError) -> None:
        """The file is not unpacked."""
        assert self._step
        if self._sink:
            self._sink.close()
            self._sink = None
        self.open = False
        self._unpacking.refuse(*self._step, problem)

    def write(self, s: bytes | bytearray) -> int:
        """Keep or pass over some bytes."""
        self._seen += len(s)
        if self._unpacking.ended:
            raise BundleFull
        if self._sink is None:
            if self._seen > self._unpacking.policy.file_bytes:
                raise LimitExceeded("The archive holds a file larger than the set limit; the rest was not unpacked.")
            return len(s)
        try:
            self._sink.write(s)
        except ExtractionError as problem:
            self.refuse(problem)
        return len(s)

    def close(self) -> None:
        """The file is whole."""
        if self.open and self._sink and self._step:
            self._sink.close()
            self.open = False
            self._unpacking.accept(*self._step, self._sink.size)

    def read(self, size: int | None = None) -> bytes:
        """Nothing comes back."""
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Nowhere to go."""
        return 0

    def flush(self) -> None:
        """Nothing to do."""

    def size(self) -> int:
        """Bytes that came."""
        return self._seen
