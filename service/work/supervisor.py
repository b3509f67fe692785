"""Starts worker processes, starts them again when they die, and hands their work on at once."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from service.settings import Settings
from service.work.keeper import Sweeper
from service.work.worker import new_owner

logger = logging.getLogger(__name__)

# A worker that lives shorter than this did not start well; the next one waits longer and longer before it tries.
SHORT_LIFE_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 30.0
LOOK_SECONDS = 0.5


@dataclass
class _Place:
    """One worker's place: who stands in it now."""

    process: subprocess.Popen[bytes] | None = None
    owner: str = ""
    started: float = 0.0
    pause: float = 0.0
    not_before: float = 0.0


Start = Callable[[str], "subprocess.Popen[bytes]"]


class Supervisor:
    """Keeps a number of workers running until ``stop``."""

    def __init__(self, count: int, start: Start, sweeper: Sweeper, stop_seconds: float) -> None:
        self._places = [_Place() for _ in range(count)]
        self._start = start
        self._sweeper = sweeper
        self._stop_seconds = stop_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start the workers and watch them from a thread."""
        self._look()
        self._thread.start()

    def alive(self) -> int:
        """How many workers run now."""
        return sum(place.process is not None and place.process.poll() is None for place in self._places)

    def processes(self) -> list[int]:
        """Process ids of the running workers."""
        running = [place.process for place in self._places if place.process and place.process.poll() is None]
        return [process.pid for process in running]

    def stop(self) -> None:
        """Let each worker finish its document, end those that take too long, and give their work back."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        running = [place for place in self._places if place.process is not None]
        for place in running:
            if place.process and place.process.poll() is None:
                place.process.terminate()
        end = time.monotonic() + self._stop_seconds
        for place in running:
            assert place.process
            try:
                place.process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("a worker takes too long to stop and is ended; its document will be read again")
                place.process.kill()
                place.process.wait()
            self._hand_on(place)

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        for place in self._places:
            if place.process is not None and place.process.poll() is not None:
                self._bury(place)
            if place.process is None and time.monotonic() >= place.not_before:
                place.owner, place.started = new_owner(), time.monotonic()
                place.process = self._start(place.owner)

    def _bury(self, place: _Place) -> None:
        assert place.process
        code, lived = place.process.returncode, time.monotonic() - place.started
        logger.warning("a worker ended with %s after %.0f seconds; another one takes its place", code, lived)
        # A worker that worked well for a while starts again at once.
        place.pause = 0.0 if lived > SHORT_LIFE_SECONDS else min(LONGEST_PAUSE_SECONDS, place.pause * 2 or 1.0)
        place.process, place.not_before = None, time.monotonic() + place.pause
        self._hand_on(place)

    def _hand_on(self, place: _Place) -> None:
        try:
            self._sweeper.release(place.owner)
        except Exception:
            # Its leases run out by themselves; then any keeper hands its work on.
            logger.warning("the work of %s could not be handed on at once", place.owner, exc_info=True)


def start_worker(settings: Settings, redis_url: str) -> Start:
    """How `serve` starts a worker: the same command that runs workers elsewhere, in a session of its own."""

    def start(owner: str) -> "subprocess.Popen[bytes]":
        environment = os.environ | {
            "LIVINGPROOF_DATA": str(settings.data),
            "LIVINGPROOF_CACHE": str(settings.cache),
            "LIVINGPROOF_REDIS_URL": redis_url,
            "OMP_NUM_THREADS": str(settings.threads),
        }
        environment |= _given("LIVINGPROOF_DATABASE_URL", settings.database_url)
        environment |= _given("LIVINGPROOF_BLOB_URL", settings.blob_url)
        environment |= _given("LIVINGPROOF_LOG_LEVEL", settings.log_level)
        environment |= _given("LIVINGPROOF_MODEL", str(settings.model) if settings.model else None)
        # A session of its own: Ctrl-C reaches the service alone, which then ends its workers in order.
        command = [sys.executable, "-m", "service.cli.main", "worker", "--owner", owner, "--parent", str(os.getpid())]
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)

    return start


def _given(name: str, value: str | None) -> dict[str, str]:
    return {name: value} if value else {}
