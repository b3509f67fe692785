"""How much is done while something runs, counted and not timed: a count is the same on every machine, however busy it is."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

# How many times longer the longer input is, and how many times the work it may take at most. What grows with the length
# takes four times as much, what grows with its square sixteen times.
LONGER, MOST = 4, 6

Made = TypeVar("Made")


def steps(call: Callable[[], object]) -> int:
    """The lines of Python that run in a call, each round of a loop counted, on one line too. What a single call of C does
    (a regular expression, a parser, a sort) counts as one."""
    counted = 0

    def count(_: FrameType, event: str, __: Any) -> Any:
        nonlocal counted
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        call()
    finally:
        sys.settrace(before)
    return counted


def growth(make: Callable[[int], Made], run: Callable[[Made], object], length: int) -> float:
    """How many times the steps an input takes that is ``LONGER`` times as long; to make it costs nothing."""
    shorter, longer = make(length), make(LONGER * length)
    run(make(length))  # what is kept from the first time on is kept
    return steps(lambda: run(longer)) / steps(lambda: run(shorter))
