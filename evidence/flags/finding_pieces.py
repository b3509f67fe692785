"""Findings of an audit one by one: each with the lines that tell of it, and those of them that nobody answered beside others that were
closed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evidence.bundle import Bundle
from evidence.facts.columns import state_of
from evidence.facts.tables import is_finding, says_no_finding
from evidence.facts.text import fold, late, phrases
from evidence.flags.finding_answers import is_answered, says_closed
from evidence.flags.finding_lists import LEAST_TOLD, found_good, in_order
from evidence.model import DocumentReport, Passage

GRACE = timedelta(days=30)
"""Days behind the due day of a finding from which it was left."""

_NUMBERED = late(rf"\W{{0,4}}(?:{phrases('audits_flags', 'numbered').pattern})[ #.-]{{0,2}}\d{{1,2}}\b")
_POINT = re.compile(r"\s*\(?(\d{1,2})\s?(?:[)、]|\.(?=\D))\s?")
_DUE = late(rf"(?:{phrases('tasks', 'due_before').pattern})")


@dataclass(frozen=True)
class Piece:
    """One finding: the line in which it begins, and all lines up to the next one."""

    passage: Passage
    line: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines, folded."""
        return fold("\n".join(self.lines))


def begins_finding(line: str) -> bool:
    """Whether a line begins with the number of a finding: ``Finding 1.``, ``NC-2``, ``3)``."""
    folded = fold(line)
    return _NUMBERED.match(folded) is not None or _POINT.match(folded) is not None


def pieces(text: Sequence[tuple[Passage, str]]) -> list[Piece]:
    """The findings that a report numbers by a word for them: ``Finding 1. ...``; what follows up to the next is of the finding."""
    starts = [index for index, (_, line) in enumerate(text) if _NUMBERED.match(fold(line))]
    ends = [*starts[1:], len(text)]
    return [
        Piece(text[start][0], text[start][1], tuple(line for _, line in text[start:end]))
        for start, end in zip(starts, ends, strict=False)
    ]


def left_beside_closed(
    bundle: Bundle, document: DocumentReport, text: Sequence[tuple[Passage, str]]
) -> list[tuple[Passage, str]]:
    """The findings of a report whose due days have passed without an answer, where others of it are told to be closed.

    Empty where the end of the report may speak of all of them.
    """
    found = pieces(text)
    if not found or any(len(piece.lines) > 1 for piece in found[:-1]):
        return []
    if any(is_answered(fold(line)) for line in found[-1].lines[1:]):
        return []
    told = [(piece, fold(piece.line)) for piece in found]
    if not any(says_closed(line) for _, line in told):
        return []
    left = []
    for piece, line in told:
        days = {
            piece.line.find(fact.quote): day
            for fact in bundle.facts_in(document, piece.passage)
            if fact.quote in piece.line and (day := fact.day)
        }
        due = _DUE.search(line)
        if not days or due is None or not _is_past(list(days.values()), bundle.today):
            continue
        if not is_answered(_DUE.sub(" ", line)) and not _done_on(days, due.start(), line):
            left.append((piece.passage, piece.line))
    return left


def _done_on(days: Mapping[int, date], due: int, line: str) -> bool:
    """Whether a second day stands behind the due day of a finding, and nothing there says that it is still open."""
    behind = sorted(at for at in days if at >= due)
    return len(behind) > 1 and state_of(line[behind[0] :]) != "open"


def _is_past(days: Sequence[date], today: date) -> bool:
    return max(days) < today - GRACE


def numbered_points(document: DocumentReport, text: Sequence[tuple[Passage, str]]) -> list[tuple[Passage, str]]:
    """The points of a report numbered from one on, most of which tell of something wrong and none of something good; nothing where
    the report is a checklist.
    """
    if any(fact.kind == "checklist" for fact in document.facts):
        return []
    points = [(passage, line, point) for passage, line in text if (point := _POINT.match(fold(line)))]
    if len(points) < LEAST_POINTS or [int(point[1]) for _, _, point in points] != list(range(1, len(points) + 1)):
        return []
    told = [(passage, line) for passage, line, point in points if sum(map(str.isalpha, line)) >= _least(line)]
    wrong = sum((_WRONG.search(fold(line)) is not None or is_finding(line)) and not in_order(line) for _, line in told)
    good = any(says_no_finding(line) or found_good(line) or "?" in fold(line) for _, line in told)
    return told if len(told) == len(points) and wrong * 3 >= 2 * len(told) and not good else []


def _least(line: str) -> int:
    """Letters from which a point tells something: half of them where words are not parted by blanks."""
    first = next(filter(str.isalpha, line), "")
    return LEAST_TOLD if first.isascii() else LEAST_TOLD // 2


LEAST_POINTS = 2
"""Points from which a list is one of findings."""

_WRONG = phrases("audits_flags", "wrong")
