"""Tables of an audit with a column for what was found and columns for what became of it, row by row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evidence.data import table
from evidence.facts.tables import says_no_finding
from evidence.facts.text import fold, phrases, spellings
from evidence.flags.finding_answers import is_answered, undone
from evidence.flags.finding_lists import faulty, in_order
from evidence.model import Passage

LONGEST_HEAD = 40
"""Letters of the head of a column."""


@dataclass(frozen=True)
class FindingRow:
    """One row: what was found, and whether anything stands in the columns for what became of it."""

    passage: Passage
    line: str
    found: str
    answered: bool


def finding_rows(passages: Sequence[Passage], heads_of: Sequence[str] = ("finding_columns",)) -> list[FindingRow]:
    """The rows of all such tables that tell of something; a table runs on in the next passage. ``heads_of`` names the groups of
    heads under which it is told.
    """
    rows: list[FindingRow] = []
    at, answers, width = -1, list[int](), 0
    for passage in passages:
        for line in passage.text.split("\n") if not passage.hidden else ():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) < LEAST_CELLS:
                at = at if len(cells) > 1 else -1
                continue
            heads = [index for index, cell in enumerate(cells) if any(heads_one(cell, group) for group in heads_of)]
            wanted = [index for index, cell in enumerate(cells) if heads_one(cell, "answer_columns")]
            if heads and set(wanted) - {heads[0]}:
                at, answers, width = heads[0], [index for index in wanted if index != heads[0]], len(cells)
            elif 0 <= at < len(cells) <= width and any(map(str.isalpha, cells[at])):
                told = [cells[index] for index in answers if index < len(cells)]
                rows.append(FindingRow(passage, line, cells[at], any(_says_something(text) for text in told)))
            elif len(cells) > width:
                at = -1
    return rows


LEAST_CELLS = 3
"""Cells of a row: its number, what was found, what became of it."""


def tells_answered_finding(passages: Sequence[Passage]) -> bool:
    """Whether a row tells of something found, and of what was done about it."""
    return any(
        row.answered and not in_order(row.found) and not says_no_finding(row.found)
        for row in finding_rows(passages, ("finding_columns", "suggestion_columns"))
    )


def left_beside_answered(passages: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """The rows of findings whose places for what became of them are all empty, in a table in which those of others are filled.

    None for what asks for no action, for what says nothing of being wrong, and where a line below the table tells of answers.
    """
    rows = finding_rows(passages)
    wrong = faulty([row.found for row in rows])
    if not any(row.answered and bad for row, bad in zip(rows, wrong, strict=True)):
        return []
    left = [
        row
        for row, bad in zip(rows, wrong, strict=True)
        if bad and not row.answered and not _NO_ANSWER.search(fold(row.line)) and _WRONG.search(fold(row.found))
    ]
    prose = [fold(line) for passage in passages for line in passage.text.split("\n") if "|" not in line]
    if any(is_answered(line) and not undone(line) for line in prose):
        return []
    return [(row.passage, row.line) for row in left]


_NO_ANSWER = phrases("audits_flags", "no_answer_needed")
_WRONG = re.compile("|".join(phrases("audits_flags", name).pattern for name in ("wrong", "faults", "bad")))


def _says_something(cell: str) -> bool:
    return any(char.isalnum() for char in cell) and fold(cell).strip(" .") not in _whole("zero")


def heads_one(cell: str, group: str) -> bool:
    """Whether a cell is a head of a list, in one language or one beside the other."""
    if not 0 < len(cell) <= LONGEST_HEAD or any(map(str.isdigit, cell)):
        return False
    parts = (fold(cell), *_PARTS_OF_HEAD.split(fold(cell)))
    bare = (part.strip(" .:") for part in (*parts, *(_OTHER.sub(" ", part) for part in parts)))
    return any(part in _whole(group) for part in bare)


_PARTS_OF_HEAD = re.compile(
    r"\s?[/(（)）&+]\s?| (?:and|và|dan|ve) |และ|[与與及和]| ?및 ?|(?<=[a-z.]) (?=[\u0e00-\u0e7f\u3400-\u9fff가-힣])"
)
"""What stands between the two heads of one column: ``การแก้ไขและวันปิด``, ``action and closing day``, ``Finding 不符合``."""

_OTHER = phrases("audits_flags", "other_meeting")
"""Before a head, that it is of another audit: ``last finding``."""


@cache
def _whole(group: str) -> frozenset[str]:
    return spellings(table("words")["audits_flags"][group])
