"""How far a reader is with a file, told to whoever listens.

The child process passes it on, so that a slow file is not taken for a hung one.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# A fast reader finishes hundreds of pages a second; nobody needs to hear of each.
SECONDS_BETWEEN_TICKS = 0.2

# Takes what is done, what there is in all, and for how many seconds more than usual nothing may be heard.
Listener = Callable[[int, int, float], None]


@dataclass(frozen=True)
class Allowance:
    """What a reader may spend before it stops by itself and keeps what it has: wall seconds, processor seconds but for
    pictures, and processor seconds on pictures that gave no text."""

    wall: float
    work: float
    fruitless: float


@dataclass
class Look:
    """A picture that is being read; ``found`` once it gave text."""

    found: bool = False


class _State:
    """One file is read at a time in a child, so one state is enough."""

    listener: Listener | None = None
    allowance: Allowance | None = None
    began: float = 0.0
    used: float = 0.0
    pictures: float = 0.0
    fruitless: float = 0.0
    look: Look | None = None
    between: float = SECONDS_BETWEEN_TICKS
    said_at: float = 0.0
    done: int = 0
    total: int = 1


def listen(
    listener: Listener | None, allowance: Allowance | None = None, between: float = SECONDS_BETWEEN_TICKS
) -> None:
    """Send ticks to ``listener`` from now on, ``between`` seconds apart; readers are asked to stop by themselves when the
    ``allowance`` is spent."""
    _State.listener, _State.allowance = listener, allowance
    _State.began, _State.used = time.monotonic(), time.process_time()
    _State.pictures, _State.fruitless, _State.look = 0.0, 0.0, None
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
    allowed = _State.allowance
    if allowed is None:
        return False
    if time.process_time() - _State.used - _State.pictures > allowed.work and _State.look is None:
        return True
    return time.monotonic() - _State.began > allowed.wall


def out_of_pictures() -> bool:
    """Whether no further picture should be read: the time is over, or went into pictures without text."""
    allowed = _State.allowance
    return allowed is not None and (_State.fruitless > allowed.fruitless or out_of_time())


@contextmanager
def looking() -> Iterator[Look]:
    """Reading a picture, which has a clock of its own: its processor time is counted apart. Within another one, part of
    it."""
    if _State.look is not None:
        yield _State.look
        return
    _State.look, begun = Look(), time.process_time()
    try:
        yield _State.look
    finally:
        spent = time.process_time() - begun
        _State.pictures += spent
        if not _State.look.found:
            _State.fruitless += spent
        _State.look = None
