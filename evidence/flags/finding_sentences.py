"""Findings that an audit tells beside areas in which it had none: in another sentence of the same line, or in another row of the table."""

import itertools
import re
from collections.abc import Sequence

from evidence.facts.tables import says_no_finding
from evidence.facts.text import fold, late, phrases
from evidence.flags.finding_lists import FOUND, in_order, says_wrong

_SENTENCES = re.compile(r"(?<=[.;!?])\s+|(?<=[。；！？])")
_MARKED = re.compile(r"[(（]\s?[A-Z]{1,3}-?\d{1,2}\s?[)）]")
"""A finding by its mark behind what was found: ``3 of 25 racks without load plate (H1)``."""


def names_finding(line: str, numbered: re.Pattern[str]) -> bool:
    """Whether a sentence of a line names a finding by its number or mark, and does not say that there was none."""
    parts = _SENTENCES.split(line)
    marks = {mark[0] for part in parts for mark in _MARKED.finditer(part) if not says_no_finding(part)}
    return len(marks) >= LEAST_MARKS or any(numbered.search(fold(part)) and not says_no_finding(part) for part in parts)


LEAST_MARKS = 2
"""Marks of one line that number findings; one alone may be a form, a mould, a note."""


def told_among_none(lines: Sequence[str]) -> bool:
    """Whether in one column a row says that nothing was found and another what was: something wrong, or with its day what was done about
    it: ``gutter broken, repaired 30/3. Closed``, ``no finding``.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    rows = [row for row in rows if len(row) >= LEAST_CELLS]
    denied = {
        (len(row), at)
        for row in rows
        for at, cell in enumerate(row)
        if 0 < len(cell) <= LONGEST_HEAD and at and says_no_finding(cell)
    }
    none = {(len(row), at) for row in rows for at, cell in enumerate(row) if _is_none(cell)}
    headed = {
        (len(row), at)
        for row in rows
        if not any(map(str.isdigit, "".join(row))) and all(len(cell) <= LONGEST_HEAD for cell in row)
        for at, cell in enumerate(row)
        if (len(row), at) in none and FOUND.search(fold(cell))
    }
    first = {len(row): row for row in reversed(rows)}
    for row in rows:
        for at, cell in enumerate(row) if row is not first[len(row)] else ():
            if (len(row), at) not in denied | headed or sum(map(str.isalpha, cell)) < LEAST_STORY:
                continue
            if not says_no_finding(cell) and (_DAY.search(cell) or ((len(row), at) in denied and says_wrong(cell))):
                return True
    return False


def _is_none(cell: str) -> bool:
    return len(cell) <= LONGEST_HEAD and (in_order(cell) or says_no_finding(cell))


LONGEST_HEAD, LEAST_STORY = 40, 12
"""Letters of the head of a column, and of what was found with what was done about it."""

_DAY = re.compile(r"(?<![\d.,/-])(?:\d{1,2}[./-]\d{1,2}(?![\d%])|\d{1,2}\s?[月월]\s?\d)|(?<!\d)\d{4}-\d\d-\d\d")


LEAST_CELLS, LEAST_TOLD = 3, 4
"""Cells of a row of findings, and letters of what was found or done."""


def points_among_none(lines: Sequence[str]) -> bool:
    """Whether a line denies findings for some areas and ends in the name of another, below which points are numbered from one on:
    ``Office: no nonconformity. Laboratory:``, ``1. Log of the bath without reading on 27 February``.
    """
    for line, below in itertools.pairwise(lines):
        if not line.rstrip().endswith((":", "：")) or "|" in line or not says_no_finding(line):
            continue
        point = _FIRST.match(fold(below))
        if point and not says_no_finding(below) and not in_order(below[point.end() :]):
            return True
    return False


_FIRST = re.compile(r"\W{0,4}1\s?[.)、]\s?(?=[^\W\d_])")


def tells_deeds(lines: Sequence[str]) -> bool:
    """Whether sentences tell what was wrong and, behind an arrow or as the action on a numbered point, what was done about it on a day:
    ``Two tins without the date. -> Roll at the door since 18.05.``, ``F1: pH not written. Action: form blocks. Feb 20. F2: ...``.
    """
    arrows = sum(
        bool(what.strip()) and any(map(str.isdigit, deed)) and not says_no_finding(what.strip())
        for line in lines
        for what, deed in itertools.pairwise(_ARROW.split(line))
    )
    return arrows >= LEAST_MARKS or any(map(_answers_points, lines))


def _answers_points(line: str) -> bool:
    """Whether a line numbers points on from one, and tells of one of them what was done."""
    marks = list(_POINT.finditer(line))
    if [int(mark[2]) for mark in marks[:LEAST_MARKS]] != [1, 2] or len({mark[1] for mark in marks}) != 1:
        return False
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    told = [line[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return any(_DEED.search(fold(part)) and any(map(str.isdigit, part)) and not says_no_finding(part) for part in told)


_ARROW = re.compile(r"\s?(?:[-=]>|[→⇒➔])\s?")
_POINT = re.compile(r"(?:^|(?<=[.;!?]\s)|(?<=[。；]))([A-Z]{1,3})[- ]?(\d{1,2})(?![\w-])")
_DEED = late(rf"(?:{phrases('audits_flags', 'answer_columns').pattern})\s?[:：]")
