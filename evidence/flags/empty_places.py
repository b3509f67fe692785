"""Findings of an audit whose places for cause, action and checking stand empty, below them or beside them in a table."""

import itertools
import re
from collections.abc import Sequence

from evidence.facts.case_heads import field_of, meaning
from evidence.facts.tables import says_no_finding
from evidence.facts.text import fold, late, phrases
from evidence.flags.finding_lists import FOUND, LONGEST_COUNTED, faulty, says_wrong
from evidence.model import DocumentReport, Passage

_ANSWERS = ("root_cause", "containment", "action", "preventive", "effectiveness", "verification", "closure", "closed")
"""Parts of a case that tell what became of a finding."""


def places_empty(document: DocumentReport) -> bool:
    """Whether a report ends in the heads of its fields for cause, action and checking, with nothing behind any of them."""
    lines = [line.strip() for _, line in document.lines()]
    for line in lines:
        label, _, told = re.sub(r"\s\|\s|[:\uff1a]", "\0", line).partition("\0")
        if field_of(label.strip(" |")) in _ANSWERS and meaning(_ticked(told.strip(" |:\uff1a\0"))):
            return False
    heads = list(
        itertools.takewhile(_may_head, (_ticked(line) for line in reversed(lines) if line and not is_stamp(line)))
    )
    return len({name for head in heads if (name := field_of(head.rstrip(" :\uff1a"))) in _ANSWERS}) > 1


def is_stamp(line: str) -> bool:
    """Whether a part of a line is the day of a printed copy or of a list as it stood: ``printed 5 November``, not ``card printed and hung``."""
    return any(_STAMP.match(part.strip(" .")) for part in _PARTS.split(fold(line)))


_STAMPS = phrases("audits_flags", "stamps").pattern
_STAMP = late(rf"(?:{_STAMPS})\W{{0,3}}(?:[^\W\d_]+\W{{1,2}}){{0,2}}\d|\d[\d./ 年月日년월일-]{{5,14}}(?:{_STAMPS})")
_PARTS = re.compile(r"[,;，；()（）|]|\s{2,}")


def _ticked(told: str) -> str:
    """What stands in a field or line, without the choices of it that nobody ticked: of two open boxes nothing is left."""
    if not _OPEN_BOX.search(told) or _TICKED_BOX.search(told):
        return told
    return told[: _OPEN_BOX.search(told).start()].strip(" |:\uff1a")  # type: ignore[union-attr]


_OPEN_BOX = re.compile(r"[\u2610\u25a1\u25a2\u2b1c]|\[ ?\]|\( \)")
_TICKED_BOX = re.compile(r"[\u2611\u2612\u25a0\u2714\u2713\u2705]|\[[xXvV]\]")


def _may_head(line: str) -> bool:
    bare = line.rstrip(" |:\uff1a")
    return len(bare) <= LONGEST_COUNTED and not any(char.isdigit() or char in "|:\uff1a.。" for char in bare)


def rows_left(passages: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """The findings of a table whose columns for what became of them, two at least, are empty in every row: all that are known by
    their heads, or the last ones, of which one is known. None where the table tells of no finding.
    """
    lines = [(passage, line) for passage in passages for line in passage.text.splitlines()]
    rows = [[cell.strip() for cell in line.split("|")] for _, line in lines]
    for at, heads in enumerate(rows):
        wanted = [index for index, head in enumerate(heads) if head and field_of(head) in _ANSWERS]
        below = list(itertools.takewhile(lambda row: len(row) > 1 or _is_bare_number(row), rows[at + 1 :]))
        if not wanted or len(below) < 2 or any(char.isdigit() for head in heads for char in head):
            continue
        filled = [index for index in range(len(heads)) if any(index < len(row) and row[index] for row in below)]
        last = range(max(filled, default=0) + 1, len(heads))
        if (len(wanted) > 1 and not set(wanted) & set(filled)) or (len(last) > 1 and set(wanted) <= set(last)):
            told = [
                index for index, head in enumerate(heads) if field_of(head) == "problem" or FOUND.search(fold(head))
            ]
            if not told and all(_is_bare_number(row) for row in below):
                return [_told_above(lines[:at], line) for line in lines[at + 1 : at + 1 + len(below)]]
            told = told or _longest(below, set(filled) - set(wanted))
            wrong = [_wrong([row[index] if index < len(row) else "" for row in below]) for index in told]
            return [
                (passage, line)
                for number, (passage, line) in enumerate(lines[at + 1 : at + 1 + len(below)])
                if any(column[number] for column in wrong) and not says_no_finding(line)
            ]
    return []


def _longest(rows: Sequence[Sequence[str]], columns: set[int]) -> list[int]:
    """The column that tells most, where each row of it tells of something wrong: that of the findings, whatever it is headed."""
    told = {index: [row[index] for row in rows if index < len(row)] for index in columns}
    longest = max(told, key=lambda index: (sum(map(len, told[index])), -index), default=None)
    if longest is None or len(told[longest]) < len(rows) or not all(map(says_wrong, told[longest])):
        return []
    return [longest]


def _told_above(lines: Sequence[tuple[Passage, str]], row: tuple[Passage, str]) -> tuple[Passage, str]:
    """The line above a table in which a finding is told under the number that is all its row holds; the row where none is."""
    number = fold(row[1]).strip(" .)|")
    begins = re.compile(rf"\W{{0,3}}{re.escape(number)}\W{{1,3}}[^\W\d_]|(?s:.*)[.:;]\s{re.escape(number)}\s[^\W\d_]")
    return next(((passage, line) for passage, line in lines if begins.match(fold(line))), row)


def _wrong(cells: Sequence[str]) -> list[bool]:
    """Which cells of a column of findings tell of something wrong: all where they are the numbers of findings told above."""
    numbers = all(_ROW_NUMBER.fullmatch(fold(cell)) for cell in cells)
    return [True] * len(cells) if numbers else faulty(cells)


def _is_bare_number(row: Sequence[str]) -> bool:
    """Whether all that is left of a row is the number of a finding: every other place in it is empty."""
    return len(row) == 1 and _ROW_NUMBER.fullmatch(fold(row[0])) is not None


_ROW_NUMBER = re.compile(r"(?:[^\W\d_]{1,5}[ .#-]{0,2})?\d{1,3}[.)]?")
