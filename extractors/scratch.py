"""Folders for what lasts no longer than its process: held while that lives, removed when it ends, and swept by the next
process where it was killed.

A folder is held by a lock on itself (flock(2)), which the kernel lets go of with the process, however that ends; unlike the
number of a process it means the same in every container that shares the folder.
"""

import contextlib
import fcntl
import logging
import os
import re
import shutil
import stat
import tempfile
import threading
import time
import weakref
from pathlib import Path
from types import TracebackType
from typing import Self

logger = logging.getLogger(__name__)

# Folders of this kind alone are swept. The ending tells them from those of programs that hold no lock.
_PREFIX, _SUFFIX = "livingproof-", ".held"
_OURS = re.compile(r"livingproof-[a-z]+-[a-z0-9_]{8}\.held")
# A process that runs for months comes by the folders of those killed beside it.
SECONDS_BETWEEN_SWEEPS = 3600.0
MOST_TRIES = 100

_sweeping = threading.Lock()
_swept: dict[str, float] = {}


class Scratch:
    """A folder of this process alone in the system's temporary folder; as a context it gives its path.

    It is removed by ``remove``, at the end of the context, when nobody knows it any more, or when Python ends; where the
    process is killed, by the next one that makes such a folder. Raises OSError where none can be made.
    """

    def __init__(self, what: str) -> None:
        place = tempfile.gettempdir()
        _sweep_now_and_then(place)
        self.path, held = _made(what, place)
        self._end = weakref.finalize(self, _remove, self.path, held, os.getpid())

    def remove(self) -> None:
        """Remove the folder and all in it; again does nothing."""
        self._end()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()

    def there(self) -> Self | None:
        """Itself, None where somebody has removed the folder."""
        return self if self.path.is_dir() else None


def sweep(place: str | Path) -> int:
    """Remove the folders that processes which live no more left in ``place``; how many.

    Only folders of this user by a name of ours that nobody holds; links are not followed. Where the file system knows no
    locks, nothing is removed.
    """
    gone = 0
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for name in [entry.name for entry in entries if _OURS.fullmatch(entry.name)]:
            path = Path(place) / name
            held = _held(path)
            if held is not None:
                _remove(path, held, os.getpid())
                gone += 1
    if gone:
        logger.info("removed %d folders of processes that were killed", gone)
    return gone


def _sweep_now_and_then(place: str) -> None:
    with _sweeping:
        now = time.monotonic()
        if now < _swept.get(place, now):
            return
        _swept[place] = now + SECONDS_BETWEEN_SWEEPS
    sweep(place)


def _made(what: str, place: str) -> tuple[Path, int | None]:
    """A new folder and the descriptor that holds it, None where the file system knows no locks.

    Somebody who sweeps may come by before it is held: then another one is made.
    """
    for _ in range(MOST_TRIES):
        path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{what}-", suffix=_SUFFIX, dir=place))
        try:
            held = _opened(path)
        except FileNotFoundError:
            continue
        except OSError:
            with contextlib.suppress(OSError):
                path.rmdir()
            raise
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(held), os.lstat(path)):
                return path, held
        except (BlockingIOError, FileNotFoundError):
            pass
        except OSError:
            os.close(held)
            return path, None
        os.close(held)
    raise FileNotFoundError(f"a folder for {what} is taken away again and again")


def _held(path: Path) -> int | None:
    """Hold a folder that nobody holds; None where it is held, no folder, or not ours."""
    try:
        descriptor = _opened(path)
    except OSError:
        return None
    try:
        facts = os.fstat(descriptor)
        if stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.geteuid():
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _remove(path: Path, held: int | None, owner: int) -> None:
    if os.getpid() != owner:  # a copy of the process shares the lock; the folder is not its own
        return
    shutil.rmtree(path, ignore_errors=True)
    if held is not None:
        os.close(held)
