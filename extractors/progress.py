"""How far a reader is with a file, told to whoever listens.

The child process passes it on, so that a slow file is not taken for a hung one.
"""

import time
from collections.abc import Callable

# A fast reader finishes hundreds of pages a second; nobody needs to hear of each.
SECONDS_BETWEEN_TICKS = 0.2

Listener = Callable[[int, int], None]


class _State:
    """One file is read at a time in a child, so one state is enough."""

    listener: Listener | None = None
    stop_at: float | None = None
    said_at: float = 0.0


def listen(listener: Listener | None, seconds: float | None = None) -> None:
    """Send each tick to ``listener`` from now on; readers are asked to stop by themselves after ``seconds``."""
    _State.listener = listener
    _State.stop_at = time.monotonic() + seconds if seconds else None


def tick(done: int, total: int) -> None:
    """Say that ``done`` of ``total`` pages, sheets or slides are read; call it at least every few seconds of work."""
    now = time.monotonic()
    if _State.listener and (done >= total or now - _State.said_at >= SECONDS_BETWEEN_TICKS):
        _State.said_at = now
        _State.listener(done, total)


def out_of_time() -> bool:
    """Whether the reader should stop, keep what it has, and report the rest as not read."""
    return _State.stop_at is not None and time.monotonic() > _State.stop_at
