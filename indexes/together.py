"""Pieces of work that leave Python alone for most of their time, on two threads."""

import threading
from collections import deque
from collections.abc import Callable


def together(*pieces: Callable[[], None]) -> None:
    """Do pieces of work on this thread and on one beside it: whoever is free takes the next. Raises what went wrong in one;
    those that were not begun are then left."""
    waiting = deque(pieces)
    problems: list[BaseException] = []

    def work() -> None:
        while True:
            try:
                piece = waiting.popleft()
            except IndexError:  # the other has taken the last
                return
            try:
                piece()
            except BaseException as problem:  # raised again when both have ended
                problems.append(problem)
                waiting.clear()

    beside = threading.Thread(target=work, daemon=True)
    beside.start()
    work()
    beside.join()
    if problems:
        raise problems[0]
