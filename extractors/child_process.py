"""The child process as its parent sees it: started, asked, fed with files, ended.

Nothing that comes from it is believed: every frame has a largest size and a deadline, and one that makes no sense ends
the child.
"""

import contextlib
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors import errors, wire
from extractors.errors import (
    OUT_OF_ROOM,
    ExtractionError,
    LimitExceeded,
    ReaderCrashed,
    ReaderTimedOut,
    ReaderUnavailable,
)
from extractors.policy import ExtractionPolicy
from extractors.scratch import Scratch

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Hear = Callable[[bytes, bytes], None]

_ROOT = Path(__file__).parent.parent
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from extractors.child import main; main()"
# What the child may know of its surroundings; no secret of the parent's environment reaches it. One thread each: the
# machine runs several children, and Tesseract's own threads make it slower.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OMP_THREAD_LIMIT": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
# A layer's name, as ``doctor`` shows it.
_LAYER = re.compile(r"[\w (),.-]{1,80}")
# What comes before an answer is small: counts of pages, names of entries.
SMALL_FRAME_BYTES = 64 * 1024
# A child that computes on a busy machine gets a small part of it; one that waits for nothing uses none.
WALL_SECONDS_FOR_ONE = 4
# States of a thread that would compute if it were let: running, or waiting for a disk.
WANTS_TO_WORK = ("R", "D")
# Share of a child's address space that may be taken when a file is done: OCR models map twice what they hold, and the next
# file is to find what it would find in a fresh child.
MOST_TAKEN = 0.6


@dataclass(frozen=True)
class Reached:
    """How far the child came with the last request: pages done of those asked for (0 of 0: it said nothing), the processor
    seconds since it last said so, and whether it had fallen asleep."""

    done: int = 0
    total: int = 0
    seconds: float = 0.0
    asleep: bool = False


class ChildProcess:
    """One child at a time, replaced when it is old, fat or dead; its files lie in a folder of its own."""

    def __init__(self, policy: ExtractionPolicy, readers: Mapping[str, str], folders: tuple[Path, ...]) -> None:
        self.policy = policy
        self.layers: list[str] = []
        self.served = 0
        self.reached = Reached()
        self._readers = dict(readers)
        self._folders = folders
        self._process: subprocess.Popen[bytes] | None = None
        self._staged = 0
        self._work: Scratch | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the running child, None where none runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def writable(self) -> Path:
        """The folder that the child writes into."""
        return self._folder("tmp")

    def close(self) -> None:
        """End the child and remove its folder."""
        self.stop()
        if self._work:
            self._work.remove()
            self._work = None

    def ask(
        self,
        staged: Path,
        request: dict[str, Any],
        progress: Progress | None = None,
        hear: Hear | None = None,
        patience: float | None = None,
    ) -> bytes:
        """Send one request and wait for its answer; the child is ended whenever it does not behave.

        ``hear`` gets the frames of other kinds that come before the answer. ``patience`` are the processor seconds
        without progress after which the child counts as hung, where they are fewer than the policy's.
        Raises an ExtractionError.
        """
        self.reached = Reached()
        child = self.start()
        assert child.stdin
        assert child.stdout
        body = json.dumps({**request, "file": str(staged)}).encode()
        watch = _Watch(child.pid, self.policy, patience)
        try:
            wire.send(child.stdin.fileno(), wire.REQUEST, body)
            while True:
                kind, payload = wire.receive(child.stdout.fileno(), self.policy.output_bytes, watch.left)
                if kind in (wire.ANSWER, wire.FAILURE):
                    break
                if len(payload) > SMALL_FRAME_BYTES:
                    raise ValueError("a frame before the answer is too large")
                watch.heard()
                if kind == wire.PROGRESS:
                    done, total, longer = _counts(payload)
                    self.reached = Reached(done, total)
                    watch.wait_longer(longer)
                    if progress:
                        progress(done, total)
                elif hear:
                    hear(kind, payload)
                else:
                    raise ValueError("a frame that nobody asked for")
        except wire.TooLate as problem:
            self.reached = Reached(self.reached.done, self.reached.total, watch.patience, watch.asleep)
            self.stop()
            raise ReaderTimedOut from problem
        except wire.TooLarge as problem:
            self.stop()
            raise LimitExceeded("The document holds more text than the set limit.") from problem
        except wire.Closed as problem:
            self.reached = Reached(self.reached.done, self.reached.total, watch.spent())
            code = self.stop()
            logger.warning("the reading process ended with %s", code)
            raise (ReaderTimedOut if code == -signal.SIGXCPU else ReaderCrashed) from problem
        except (ValueError, TypeError, RecursionError) as problem:
            logger.warning("the reading process said something that makes no sense: %s", problem)
            self.stop()
            raise ReaderCrashed from problem
        except BaseException:
            self.stop()
            raise
        self.served += 1
        if self.served >= self.policy.files_per_child or self._has_grown(child.pid):
            self.stop()
        if kind == wire.ANSWER:
            return payload
        raise _failure(payload, request.get("passwords", ()))

    def _has_grown(self, pid: int) -> bool:
        """Whether too little of what the child may have is left for the next file."""
        address, resident = _memory(pid)
        return resident > self.policy.recycle_bytes or address > MOST_TAKEN * self.policy.memory_bytes

    def start(self) -> subprocess.Popen[bytes]:
        """The running child, started where there is none; one that does not come up in time is replaced once. Raises
        ReaderUnavailable where none starts, or the machine has no room for it."""
        if self._process and self._process.poll() is None:
            return self._process
        for tries_left in (1, 0):
            self.stop()
            try:
                return self._begin()
            except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError) as problem:
                code = self.stop()
                logger.error("the reading process did not start (%s, %r)", code, problem)
                if not tries_left:
                    raise ReaderUnavailable(
                        "The reading program does not start.", "Run `livingproof doctor`."
                    ) from problem
        raise AssertionError

    def _begin(self) -> subprocess.Popen[bytes]:
        incoming, writable = self._folder("in"), self._folder("tmp")
        try:
            child = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-W", "ignore", "-c", _BOOT, str(_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=writable,
                env=_ENVIRONMENT | {"HOME": str(writable), "TMPDIR": str(writable)},
                bufsize=0,
            )
        except OSError as problem:
            raise ReaderUnavailable from problem
        self._process, self.served = child, 0
        assert child.stdin
        assert child.stdout
        hello = {
            "policy": self.policy.model_dump(mode="json"),
            "parent": os.getpid(),
            "incoming": str(incoming),
            "writable": str(writable),
            "readers": self._readers,
            "folders": [str(folder) for folder in self._folders],
        }
        wire.send(child.stdin.fileno(), wire.REQUEST, json.dumps(hello).encode())
        begun = time.monotonic()
        _, payload = wire.receive(child.stdout.fileno(), SMALL_FRAME_BYTES, lambda: self._starting(child.pid, begun))
        self.layers = [str(layer) for layer in json.loads(payload) if _LAYER.fullmatch(str(layer))]
        return child

    def _starting(self, pid: int, begun: float) -> float:
        """Seconds for which a child begun then may still be starting: on a busy machine, as long as it would work."""
        waited = time.monotonic() - begun
        left = self.policy.start_seconds - waited
        if left <= 0 and _wants_to_work(pid) and _processor_seconds(pid) < self.policy.start_seconds:
            left = 1.0
        return min(left, self.policy.file_seconds - waited)

    def stop(self) -> int | None:
        """End the child, empty its folder, and return its exit code (negative: the signal that ended it)."""
        child, self._process, self.served = self._process, None, 0
        if not child:
            return None
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()
        # A child whose pipe closed ends by itself at once; one that hangs does not.
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.05)
        if child.poll() is None:
            child.kill()
        code = child.wait()
        if self._work:
            shutil.rmtree(self._work.path / "tmp", ignore_errors=True)
        return code

    def stage(self, path: Path) -> Path:
        """The file under a number in the child's incoming folder: its own name never reaches a file system."""
        source = Path(os.path.realpath(path))
        try:
            facts = source.stat()
            if facts.st_size > self.policy.file_bytes:
                raise LimitExceeded(f"The file is larger than {self.policy.file_bytes // (1 << 20)} MiB.")
            self.start()
            self._staged += 1
            staged = self._folder("in") / str(self._staged)
            # A link costs nothing, but only Landlock keeps the child from writing through it into the original.
            if facts.st_uid == os.geteuid() and any("Landlock" in layer for layer in self.layers):
                with contextlib.suppress(OSError):
                    os.link(source, staged)
                    return staged
            try:
                shutil.copyfile(source, staged)
                staged.chmod(0o400)
            except OSError:
                staged.unlink(missing_ok=True)  # half of it, where the disk is full
                raise
        except OSError as problem:
            if problem.errno in OUT_OF_ROOM:
                raise ReaderUnavailable from problem
            raise ExtractionError(
                "The file cannot be opened.", "Check that the file is still there and readable."
            ) from problem
        return staged

    def _folder(self, name: str) -> Path:
        if not self._work:
            self._work = Scratch("read")
        folder = self._work.path / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


class _Watch:
    """Tells a child that works from one that hangs: by the processor time since it was last heard of, so that a busy
    machine makes no file unreadable, and by a longer wall time."""

    def __init__(self, pid: int, policy: ExtractionPolicy, patience: float | None) -> None:
        self._pid, self._policy = pid, policy
        self.patience = min(policy.stall_processor_seconds, patience or policy.stall_processor_seconds)
        self._wall = min(policy.stall_seconds, WALL_SECONDS_FOR_ONE * self.patience)
        self._end = time.monotonic() + policy.file_seconds
        self._longer = 0.0
        self.asleep = False
        self.heard()

    def heard(self) -> None:
        """The child said something; both clocks start again."""
        self._since, self._used, self._longer = time.monotonic(), _processor_seconds(self._pid), 0.0
        self._worked, self._worked_at = self._used, self._since

    def wait_longer(self, seconds: float) -> None:
        """Its next step may take longer, but not for ever."""
        self._longer = min(seconds, self._policy.ocr_page_seconds)

    def spent(self) -> float:
        """Processor seconds since it was last heard of."""
        return max(0.0, _processor_seconds(self._pid) - self._used)

    def left(self) -> float:
        """Seconds for which the child cannot count as hung whatever it does; 0 or less where it does."""
        now = time.monotonic()
        computing = self.patience + self._longer - self.spent()
        quiet = self._since + self._wall + self._longer - now
        if quiet <= 0 and _wants_to_work(self._pid):
            quiet = 1.0
        return min(self._end - now, computing, quiet, self._awake(now))

    def _awake(self, now: float) -> float:
        """Seconds for which the child cannot count as asleep. A reader waits for nobody: one that neither computes nor would,
        waits for what never comes."""
        worked = _processor_seconds(self._pid)
        if worked != self._worked or _wants_to_work(self._pid):
            self._worked, self._worked_at = worked, now
        left = self._worked_at + self._policy.idle_seconds - now
        self.asleep = left <= 0
        return left


def _wants_to_work(pid: int) -> bool:
    """Whether any thread of the process would compute if it were let: OCR models run in threads of their own, for which
    the first one waits (proc(5), /proc/pid/task)."""
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError, IndexError):  # a thread may end meanwhile
            if stat.read_text().rpartition(")")[2].split()[0] in WANTS_TO_WORK:
                return True
    return False


def _processor_seconds(pid: int) -> float:
    """Processor seconds that the process has used so far; 0 where the system does not tell (proc(5), /proc/pid/stat)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def _counts(payload: bytes) -> tuple[int, int, float]:
    done, total, longer = json.loads(payload)
    if not (isinstance(done, int) and isinstance(total, int) and 0 <= done <= 1 << 40 and 0 <= total <= 1 << 40):
        raise ValueError("no counts of pages")
    if not isinstance(longer, int | float) or not 0 <= longer <= 1 << 20:
        raise ValueError("no seconds")
    return done, total, longer


def _failure(payload: bytes, passwords: tuple[str, ...]) -> ExtractionError:
    """The error that the child reports, if it is one of ours; anything else counts as a crash."""
    try:
        body = json.loads(payload[: 1 << 20])
        kind = getattr(errors, body["type"])
        if body.get("detail"):
            detail = str(body["detail"])
            for word in passwords:
                detail = detail.replace(word, "…")
            logger.info("reading failed: %s", detail)
        if isinstance(kind, type) and issubclass(kind, ExtractionError):
            return kind(str(body["message"])[:500], str(body["remedy"])[:500])
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        pass
    return ReaderCrashed()


def _memory(pid: int) -> tuple[int, int]:
    """Bytes of address space and of memory that the process holds now, 0 where the system does not tell (proc(5),
    /proc/pid/statm)."""
    try:
        address, resident = Path(f"/proc/{pid}/statm").read_text().split()[:2]
        return int(address) * os.sysconf("SC_PAGESIZE"), int(resident) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError):
        return 0, 0
