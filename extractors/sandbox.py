"""Reading in a child process: a crash, a hang or a flood costs one file at most.

The child is reused for many files and replaced when it is old, fat or dead. The parent opens no supplier file with a
parser: it hands the file over read-only, waits within limits, and checks every field of the answer.
"""

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from extractors import errors, wire
from extractors.detect import is_pdf
from extractors.document import Document
from extractors.errors import ExtractionError, LimitExceeded, ReaderCrashed, ReaderTimedOut
from extractors.policy import ExtractionPolicy
from extractors.rescue import rescue
from extractors.sha import sha256

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

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


class Reader:
    """Reads files through one child process at a time; use it as a context manager, from one thread.

    ``readers`` adds readers or replaces those of this room (media type to module name), found in ``folders``.
    """

    def __init__(
        self,
        policy: ExtractionPolicy | None = None,
        *,
        readers: Mapping[str, str] | None = None,
        folders: tuple[Path, ...] = (),
    ) -> None:
        self.policy = policy or ExtractionPolicy()
        self.layers: list[str] = []
        self._readers = dict(readers or {})
        self._folders = folders
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._staged = 0
        self._work: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child and remove its folder; the reader can be used again afterwards."""
        self._stop()
        if self._work:
            shutil.rmtree(self._work, ignore_errors=True)
            self._work = None

    @property
    def pid(self) -> int | None:
        """Process id of the running child, None where none runs."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def start(self) -> list[str]:
        """Start the child now rather than with the first file; returns the layers of protection that hold."""
        self._ready()
        return self.layers

    def read(self, path: Path, name: str, progress: Progress | None = None) -> Document:
        """Read one file of a bundle, called ``name`` there; ``progress`` is told pages done and pages in all.

        Raises an ExtractionError. A PDF whose reading crashes or hangs is tried again in ranges of pages: its readable
        pages are kept, the others stand in it as not read.
        """
        staged = self._stage(path)
        digest = sha256(path)
        try:
            try:
                document = self._document(staged, {"do": "read", "name": name}, progress)
            except (ReaderCrashed, ReaderTimedOut):
                if not is_pdf(path) or not self.policy.crash_retries:
                    raise
                document = rescue(
                    name,
                    self.policy,
                    count=lambda: int(json.loads(self._ask(staged, {"do": "count"}, None))),
                    read=lambda first, last: self._document(
                        staged, {"do": "pages", "name": name, "first": first, "last": last}, progress
                    ),
                )
        finally:
            staged.unlink(missing_ok=True)
        return document.model_copy(update={"path": name, "sha256": digest})

    def picture(self, path: Path, media_type: str, part: int, width_px: int) -> bytes:
        """A page of a PDF or a picture file as PNG, so wide; ``part`` counts from 1. Raises an ExtractionError."""
        staged = self._stage(path)
        width = min(width_px, self.policy.picture_width_px)
        try:
            return self._ask(staged, {"do": "picture", "media_type": media_type, "part": part, "width_px": width}, None)
        finally:
            staged.unlink(missing_ok=True)

    def _document(self, staged: Path, request: dict[str, Any], progress: Progress | None) -> Document:
        payload = self._ask(staged, request, progress)
        try:
            return Document.model_validate_json(payload)
        except ValidationError as problem:
            logger.warning("the child's answer is no document: %s", problem)
            self._stop()
            raise ReaderCrashed from problem

    def _ask(self, staged: Path, request: dict[str, Any], progress: Progress | None) -> bytes:
        """Send one request and wait for its answer; again where an older child dies: it may have been its age."""
        reused = self._served > 0
        try:
            return self._ask_once(staged, request, progress)
        except ReaderCrashed:
            if not reused:
                raise
            return self._ask_once(staged, request, progress)

    def _ask_once(self, staged: Path, request: dict[str, Any], progress: Progress | None) -> bytes:
        """Send one request and wait for its answer; the child is ended whenever it does not behave."""
        child = self._ready()
        assert child.stdin
        assert child.stdout
        body = json.dumps({**request, "file": str(staged)}).encode()
        end = time.monotonic() + self.policy.file_seconds
        try:
            wire.send(child.stdin.fileno(), wire.REQUEST, body)
            while True:
                deadline = min(end, time.monotonic() + self.policy.stall_seconds)
                kind, payload = wire.receive(child.stdout.fileno(), self.policy.output_bytes, deadline)
                if kind != wire.PROGRESS:
                    break
                if progress:
                    done, total = json.loads(payload)
                    progress(int(done), int(total))
        except wire.TooLate as problem:
            self._stop()
            raise ReaderTimedOut from problem
        except wire.TooLarge as problem:
            self._stop()
            raise LimitExceeded("The document holds more text than the set limit.") from problem
        except wire.Closed as problem:
            code = self._stop()
            logger.warning("the reading process ended with %s", code)
            raise (ReaderTimedOut if code == -signal.SIGXCPU else ReaderCrashed) from problem
        except BaseException:
            self._stop()
            raise
        self._served += 1
        if self._served >= self.policy.files_per_child or _resident_bytes(child.pid) > self.policy.recycle_bytes:
            self._stop()
        if kind == wire.ANSWER:
            return payload
        raise _failure(payload)

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is None:
            return self._child
        self._stop()
        incoming, writable = self._folder("in"), self._folder("tmp")
        child = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-W", "ignore", "-c", _BOOT, str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=writable,
            env=_ENVIRONMENT | {"HOME": str(writable), "TMPDIR": str(writable)},
            bufsize=0,
        )
        self._child, self._served = child, 0
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
        try:
            wire.send(child.stdin.fileno(), wire.REQUEST, json.dumps(hello).encode())
            deadline = time.monotonic() + self.policy.start_seconds
            _, payload = wire.receive(child.stdout.fileno(), 1 << 16, deadline)
            self.layers = [str(layer) for layer in json.loads(payload)]
        except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError) as problem:
            code = self._stop()
            logger.error("the reading process did not start (%s)", code)
            raise ReaderCrashed("The reading program does not start.", "Run `livingproof doctor`.") from problem
        return child

    def _stop(self) -> int | None:
        """End the child, empty its folder, and return its exit code (negative: the signal that ended it)."""
        child, self._child, self._served = self._child, None, 0
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
            shutil.rmtree(self._work / "tmp", ignore_errors=True)
        return code

    def _folder(self, name: str) -> Path:
        if not self._work:
            self._work = Path(tempfile.mkdtemp(prefix="livingproof-read-"))
        folder = self._work / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _stage(self, path: Path) -> Path:
        """The file under a number in the child's incoming folder: its own name never reaches a file system."""
        source = Path(os.path.realpath(path))
        try:
            facts = source.stat()
            if facts.st_size > self.policy.file_bytes:
                raise LimitExceeded(f"The file is larger than {self.policy.file_bytes // (1 << 20)} MiB.")
            self._staged += 1
            staged = self._folder("in") / str(self._staged)
            if facts.st_uid == os.geteuid():
                with contextlib.suppress(OSError):
                    os.link(source, staged)
                    return staged
            shutil.copyfile(source, staged)
            staged.chmod(0o400)
        except OSError as problem:
            raise ExtractionError(
                "The file cannot be opened.", "Check that the file is still there and readable."
            ) from problem
        return staged


def active_layers(policy: ExtractionPolicy | None = None) -> list[str]:
    """The layers of protection that hold around a child on this machine, in plain words; starts one to find out."""
    with Reader(policy) as reader:
        return reader.start()


def _failure(payload: bytes) -> ExtractionError:
    """The error that the child reports, if it is one of ours; anything else counts as a crash."""
    try:
        body = json.loads(payload)
        kind = getattr(errors, body["type"])
        if body.get("detail"):
            logger.info("reading failed: %s", body["detail"])
        if isinstance(kind, type) and issubclass(kind, ExtractionError):
            return kind(str(body["message"])[:500], str(body["remedy"])[:500])
    except (ValueError, KeyError, AttributeError, TypeError):
        pass
    return ReaderCrashed()


def _resident_bytes(pid: int) -> int:
    """Memory that the process holds now, 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError, IndexError):
        return 0
