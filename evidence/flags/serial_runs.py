"""Runs of serial numbers: ``41573-41968`` in a list of shipments, of which a test holds the parts."""

import re

from evidence.facts.text import fold


def is_known_in(code: str, told: str) -> bool:
    """Whether a folded text names a code, or each of the serial numbers that it runs over in runs of other sizes."""
    return code.lower() in told or is_run_of_known(code, told)


def is_run_of_known(code: str, told: str) -> bool:
    """Whether a code is a run of serial numbers, ``41573-41968``, each of which lies in the runs or stands among the numbers of a text."""
    own = _RUN.fullmatch(fold(code))
    ends = _ends(own) if own else None
    if own is None or ends is None:
        return False
    begin, end = ends
    runs = [ends for run in _RUN.finditer(told) if run[1] == own[1] and (ends := _ends(run))]
    ones = [(int(one[2]), int(one[2])) for one in _ONE.finditer(told) if one[1] == own[1]]
    for first, last in sorted(runs + ones):
        if first > begin:
            break
        begin = max(begin, last + 1)
    return begin > end and bool(runs)


def _ends(run: re.Match[str]) -> tuple[int, int] | None:
    """The first and last number of a run; None of what is none, as the number and year of an order."""
    if len(run[2]) != len(run[4]) or run[3] not in ("", run[1]):
        return None
    first, last = int(run[2]), int(run[4])
    return (first, last) if first < last else None


_RUN = re.compile(
    r"(?<![\w-])([a-z]{0,6}-?)(\d{3,12})\s?(?:-|~|\.\.|至|到|to|đến|s/d|sampai|ถึง|부터)\s?([a-z]{0,6}-?)(\d{3,12})(?![\w-])"
)
_ONE = re.compile(r"(?<![\w-])([a-z]{0,6}-?)(\d{3,12})(?![\w-])")
