"""Zip archives as entries: names in their lost encodings, links refused, passwords of both kinds (PKWARE's and AES)."""

import contextlib
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from extractors import detect
from extractors.entry_names import restored
from extractors.errors import DamagedFile, EncryptedFile, LimitExceeded, UnsafeArchive
from extractors.policy import ExtractionPolicy
from extractors.unpacking import Entry

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
# Info-ZIP extra field with the name in UTF-8 (APPNOTE 4.6.9).
_UNICODE_NAME = 0x7075
# Method number under which WinZip files its AES encryption (APPNOTE 4.4.5, appendix E).
_AES = 99


@contextlib.contextmanager
def zip_entries(path: Path, policy: ExtractionPolicy, passwords: tuple[str, ...]) -> Iterator[Iterator[Entry]]:
    """The entries of a zip, while it is open. Raises DamagedFile or LimitExceeded."""
    with path.open("rb") as stream:
        if detect.zip_directory_bytes(stream) > policy.archive_directory_bytes:
            raise LimitExceeded("The archive's list of contents is larger than the set limit.")
    with contextlib.ExitStack() as stack:
        try:
            archive: Any = stack.enter_context(zipfile.ZipFile(path))
            infos = archive.infolist()
        except MemoryError:
            raise
        except Exception as problem:  # zipfile raises several kinds on hostile directories
            raise DamagedFile from problem
        if len(infos) > policy.archive_entries:
            raise LimitExceeded(f"The archive holds more than {policy.archive_entries} entries.")
        if passwords and any(info.compress_type == _AES for info in infos):
            import pyzipper

            archive = stack.enter_context(pyzipper.AESZipFile(path))
            infos = archive.infolist()
        files = [info for info in infos if not info.filename.endswith("/")]  # an entry may have no name
        names = entry_names(files)
        yield (_entry(archive, info, name, passwords) for info, name in zip(files, names, strict=True))


def _entry(archive: Any, info: Any, name: str, passwords: tuple[str, ...]) -> Entry:
    if stat.S_ISLNK(info.external_attr >> 16):
        return Entry(name, error=UnsafeArchive("The archive holds a link instead of a file."))
    if not info.flag_bits & _ENCRYPTED:
        return Entry(name, partial(archive.open, info), packed=info.compress_size or 1)
    if not passwords:
        return Entry(name, error=EncryptedFile())
    # Passwords are bytes to a zip: programs of today take UTF-8, those of old the code page of their machine.
    keys = dict.fromkeys(key for word in passwords for key in (word.encode(), word.encode("latin-1", "replace")))
    openers = [partial(_unlocked, archive, info, key) for key in keys]
    return Entry(name, *openers, packed=info.compress_size or 1, locked=True)


def _unlocked(archive: Any, info: Any, key: bytes) -> IO[bytes]:
    stream: IO[bytes] = archive.open(info, pwd=key)
    return stream


def entry_names(infos: list[Any]) -> list[str]:
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
