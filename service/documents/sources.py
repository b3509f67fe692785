"""What stands behind the paths of a command: files, the files of folders, and the files inside archives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import ExtractionError
from service.errors import WrongUse


@dataclass(frozen=True)
class Source:
    """One file to read: its name in the report and its bytes on disk, or the reason why there are none."""

    name: str
    path: Path | None
    error: ExtractionError | None = None


# Takes a file and its name in the report, yields the files inside; a file that is no archive comes back as itself.
Unpack = Callable[[Path, str], Iterable[Source]]

# Files that systems and programs leave behind in folders; nobody sent them as evidence.
_LEFT_BEHIND = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def gather(paths: Iterable[Path], unpack: Unpack) -> Iterator[Source]:
    """The files behind the paths in a stable order. Raises WrongUse where a path does not exist."""
    paths = list(paths)
    for path in paths:
        if not path.exists():
            raise WrongUse(f"There is no file or folder {path}.", "Check the path.")
    several = len(paths) > 1
    for path in paths:
        if path.is_dir():
            for file in _files(path):
                name = file.relative_to(path).as_posix()
                yield from _unpacked(file, f"{path.name}/{name}" if several else name, unpack)
        else:
            yield from _unpacked(path, path.name, unpack)


def _files(folder: Path) -> list[Path]:
    """All files below a folder; links that lead out of it are left alone."""
    root = folder.resolve()
    found = [
        file
        for file in folder.rglob("*")
        if file.is_file() and file.name not in _LEFT_BEHIND and file.resolve().is_relative_to(root)
    ]
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def _unpacked(path: Path, name: str, unpack: Unpack) -> Iterator[Source]:
    try:
        yield from unpack(path, name)
    except ExtractionError as problem:
        yield Source(name, None, problem)
