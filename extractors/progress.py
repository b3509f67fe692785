"""How far a reader is with a file, told to whoever listens.

The child process passes it on, so that a slow file is not taken for a hung one.
"""

import time
from collections.abc import Callable

# A fast reader finishes hundreds of pages a second; nobody needs to hear of each.
SECONDS_BETWEEN_TICKS = 0.2

# Takes what is done, what there is in all, and for how many seconds more than usual nothing may be heard.
Listener = Callable[[int, int, float], None]


class _State:
    """One file is read at a time in a child, so one state is enough."""

    listener: Listener | None = None
    stop_at: float | None = None
    between: float = SECONDS_BETWEEN_TICKS
    said_at: float = 0.0
    done: int = 0
    total: int = 1


def listen(listener: Listener | None, seconds: float | None = None, between: float = SECONDS_BETWEEN_TICKS) -> None:
    """Send ticks to ``listener`` from now on, ``between`` seconds apart; readers are asked to stop by themselves after
    ``seconds``."""
    _State.listener = listener
    _State.stop_at = time.monotonic() + seconds if seconds else None
    _State.between, _State.said_at = between, 0.0
    _State.done, _State.total = 0, 1


def tick(done: int, total: int) -> None:
    """Say that ``done`` of ``total`` pages, sheets or slides are read; call it at least every few seconds of work."""
    now = time.monotonic()
    _State.done, _State.total = done, total
    if _State.listener and (done >= total or now - _State.said_at >= _State.between):
        _State.said_at = now
        _State.listener(done, total, 0.0)


def expect(seconds: float) -> None:
    """Say that the next step, which watches its own clock, may take so long."""
    if _State.listener:
        _State.said_at = time.monotonic()
        _State.listener(_State.done, _State.total, seconds)


def out_of_time() -> bool:
    """Whether the reader should stop, keep what it has, and report the rest as not read."""
    return _State.stop_at is not None and time.monotonic() > _State.stop_at
