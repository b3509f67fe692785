"""Findings of an audit told one below the other, each with its own places for cause, action and closing: those whose places are all empty.

``NC 2 Thermometer of zone 3 reads low. Corrective action: Date completed:`` beside an ``NC 1`` that was answered, or beside none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence.facts.case_heads import field_of, meaning
from evidence.facts.tables import is_finding, says_no_finding
from evidence.facts.text import any_of, fold, phrases
from evidence.flags.finding_answers import is_answered
from evidence.flags.finding_pieces import begins_finding
from evidence.flags.finding_rows import heads_one
from evidence.flags.findings_left import ANSWERS
from evidence.model import Passage

LONGEST_LABEL = 40
"""Letters of the head of a place."""

LEAST_PLACES = 2
"""Empty places of a finding from which nobody answered it; one alone says so where others of the report are filled."""

FIELD, FIELDS = 2, 4
"""Cells of a line of a form: a head and its place, or two of each."""


@dataclass
class _Finding:
    """A finding with the places below it, each by its head, filled or not."""

    passage: Passage
    line: str
    told: list[str] = field(default_factory=list)
    places: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def left(self) -> bool:
        """Whether it tells of something wrong, and stands there with places of which none is filled."""
        told = " ".join(self.told)
        folded = fold(told)
        return (
            bool(self.places)
            and not any(filled for _, filled in self.places)
            and (begins_finding(self.line) or is_finding(told) or _WRONG.search(folded) is not None)
            and not (says_no_finding(told) or is_answered(folded) or _NO_ANSWER.search(folded))
        )


_WRONG = any_of(("audits_flags", "wrong"), ("audits_flags", "faults"), ("audits_flags", "bad"))
_NO_ANSWER = phrases("audits_flags", "no_answer_needed")


def places_left(passages: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """The findings whose places for what became of them are all empty: two at least, or one that is filled below another finding."""
    found = list(_findings(passages))
    used = {name for finding in found for name, filled in finding.places if filled}
    return [
        (finding.passage, finding.line)
        for finding in found
        if finding.left
        and (len({name for name, _ in finding.places}) >= LEAST_PLACES or used & {name for name, _ in finding.places})
    ]


def _findings(passages: Sequence[Passage]) -> Iterator[_Finding]:
    """The findings of a report with their places. What stands below an empty place fills it, where no finding and no place begins there."""
    current: _Finding | None = None
    for passage in passages:
        for line in passage.text.split("\n") if not passage.hidden else ():
            told, places = _read(line)
            if told is None:
                continue  # a row of a table
            open_place = current is not None and bool(current.places) and not current.places[-1][1]
            if any(map(str.isalpha, told)):
                if current and open_place and not begins_finding(line):
                    current.places[-1] = (current.places[-1][0], True)
                elif current is None or current.places or begins_finding(line):
                    if current:
                        yield current
                    current = _Finding(passage, line, [told])
                else:
                    current.told.append(told)
            if current:
                current.places += places
    if current:
        yield current


def _read(line: str) -> tuple[str | None, list[tuple[str, bool]]]:
    """What a line tells before its places, and these by their heads, filled or not; None for a row of a table."""
    cells = [cell.strip() for cell in line.split("|")]
    named = [None if _BEYOND_HEAD.search(cell) else _place(cell) for cell in cells]
    if len(cells) <= FIELDS and all(named[::2]) and not any(named[1::2]):
        beside = [*cells[1::2], ""]  # the last place of a form that is empty leaves no cell
        return "", [(name, bool(meaning(told))) for name, told in zip(named[::2], beside, strict=False) if name]
    if len(cells) > FIELD or (len(cells) == FIELD and any(named)):
        return None, []
    places = [(match, name) for match in _LABEL.finditer(line) if (name := _place(match[1]))]
    if not places:
        return line, []
    ends = [match.start() for match, _ in places[1:]] + [len(line)]
    return line[: places[0][0].start()], [
        (name, bool(meaning(line[match.end() : end].strip(" *"))))
        for (match, name), end in zip(places, ends, strict=True)
    ]


def _place(head: str) -> str | None:
    """Which part of an answer a head has a place for; None for any other head."""
    name = field_of(head) if head else None
    return name if name in ANSWERS else "answer" if head and heads_one(head, "answer_columns") else None


_BEYOND_HEAD = re.compile(r"[:：.。\d]\s{0,2}[^\s]")
"""What no head of a place holds: something told behind it, a figure."""

_LABEL = re.compile(
    rf"(?:^|(?<=[.;。；:：)）*]))[\s*•-]{{0,4}}([^\W\d_][^.;:：。；|\n]{{0,{LONGEST_LABEL}}}?)[\s*]{{0,3}}[:：]"
)
"""A head of a place, at the beginning of a line or behind a sentence, a place or a number."""
