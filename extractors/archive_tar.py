"""Tar archives as entries: plain files only, links and devices refused."""

import contextlib
import io
import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from extractors.entry_names import restored
from extractors.errors import DamagedFile, LimitExceeded, UnsafeArchive
from extractors.policy import ExtractionPolicy
from extractors.unpacking import Entry


@contextlib.contextmanager
def tar_entries(path: Path, policy: ExtractionPolicy) -> Iterator[Iterator[Entry]]:
    """The entries of an unpacked tar, while it is open; those before a damaged place are kept. Raises DamagedFile or
    LimitExceeded."""
    infos: list[tarfile.TarInfo] = []
    damaged = False
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(tarfile.open(path, mode="r:"))
            for info in archive:
                infos.append(info)
                if len(infos) > policy.archive_entries:
                    raise LimitExceeded(f"The archive holds more than {policy.archive_entries} entries.")
        except (MemoryError, LimitExceeded):
            raise
        except Exception as problem:  # hostile headers raise what their numbers lead to
            if not infos:
                raise DamagedFile from problem
            damaged = True
        entries = list(_entries(archive, infos))
        if damaged:
            entries.append(Entry("rest of the archive", error=DamagedFile("The archive is damaged from here on.")))
        yield iter(entries)


def _entries(archive: tarfile.TarFile, infos: list[tarfile.TarInfo]) -> Iterator[Entry]:
    names = restored([info.name.encode("utf-8", "surrogateescape") for info in infos])
    for info, name in zip(infos, names, strict=True):
        if info.isdir():
            continue
        if info.isreg() and not info.sparse:
            yield Entry(name, partial(_open, archive, info))
        else:
            yield Entry(name, error=UnsafeArchive("The archive holds a link or a device instead of a file."))


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    return archive.extractfile(info) or io.BytesIO()
