"""Checklists without a table: numbered questions, each with the place for its answer behind it or in the lines below.

Fact: kind ``checklist`` (role ``audit``), as of tables. A list of questions without places for answers is none.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.data import table
from evidence.facts.sources import Source, fact
from evidence.facts.tables import is_finding
from evidence.facts.text import fold, words
from evidence.facts.unanswered import LEAST_QUESTIONS, choices
from evidence.model import Fact, Passage

_NUMBER = re.compile(r"\W{0,2}(?:[^\W\d_]{1,6}\s)?\d{1,2}(?:\.\d{1,2}){0,2}\s?[.):、,]?\s*(?=[^\W\d_])")
_ASKED = re.compile(r"[?？]")
_EMPTY_BOX = re.compile(r"(?:\[\s*\]|\(\s+\)|[□☐○◻])\s*([^\W\d_]{0,12})")
_TICKED = re.compile(r"(?:\[\s*[xX✓✔vV]\s*\]|\(\s*[xX✓✔vV]\s*\)|[☑☒■✓✔])\s*([^\W\d_]{0,12})")
_BLANKS = re.compile(r"[._…\-]{3,}")
_LABEL = re.compile(r"(?:^\s*|\s\s|[|/;]\s{0,9})[^\W\d_](?:(?!\s\s)[^:：?？|\d]){0,24}[:：]|[^\W\d_]{1,16}\s?[:：]")
"""A label at its place, or the word before a colon: ``Remark : seen  Verdict :`` holds an answer."""

MOST_BELOW = 4
"""Lines below a question in which its answer is looked for."""


@dataclass
class _Question:
    passage: Passage
    line: str
    behind: list[str] = field(default_factory=list)

    @property
    def has_place(self) -> bool:
        """Whether there is a place to answer: a label, boxes to tick, or blanks to write on."""
        return any(pattern.search(part) for part in self.behind for pattern in (_EMPTY_BOX, _TICKED, _BLANKS, _LABEL))

    @property
    def answer(self) -> str:
        """What was answered: the words of the ticked box, or what stands behind the labels."""
        told = " ".join(self.behind)
        if ticked := _TICKED.search(told):
            return ticked[1] or ticked[0]
        said = _LABEL.sub(" ", _BLANKS.sub(" ", _EMPTY_BOX.sub(" ", told)))
        return said.strip(" |/.,;") if any(map(str.isalnum, said)) else ""


def find_told_checklists(source: Source) -> Iterator[Fact]:
    """The checklist of a document whose questions stand in lines; none where a table holds it."""
    asked: list[_Question] = []
    for passage in source.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            if "|" not in line:
                _read(asked, passage, line)
    asked = [question for question in asked if question.has_place]
    if len(asked) < LEAST_QUESTIONS:
        return
    told = [question.answer for question in asked if question.answer]
    bad = sum(is_finding(answer) or fold(answer).strip() in choices("no") for answer in told)
    value = {
        "questions": len(asked),
        "answered": len(told),
        "findings": bad,
        "answers": {answer[:80]: told.count(answer) for answer in sorted(set(told))[:20]},
    }
    first = asked[0]
    at = first.passage.text.find(first.line)
    yield fact(
        "checklist", "audit", json.dumps(value, ensure_ascii=False), first.passage, at, at + len(first.line), confidence=0.75
    )  # fmt: skip


def _read(asked: list[_Question], passage: Passage, line: str) -> None:
    """Take a line as a question, or as what stands behind the last one."""
    number = _NUMBER.match(line)
    if number and (mark := next(iter(_ends(line)), None)):
        asked.append(_Question(passage, line.strip(), [line[mark:]]))
    elif asked and not number and len(asked[-1].behind) <= MOST_BELOW:
        if _CLOSES.match(fold(line)):
            asked[-1].behind += [""] * MOST_BELOW  # what is said of all, or who signs
        else:
            asked[-1].behind.append(line)


def _ends(line: str) -> Iterator[int]:
    """Where a question ends: at its mark, or where the first box or blank stands."""
    if mark := _ASKED.search(line):
        yield mark.end()
    elif mark := re.search(r"\[\s*[xX✓✔]?\s*\]|[□☐☑☒◻]|[._…]{4,}", line):
        yield mark.start()


_CLOSES = words(tuple(table("tables")["checklist"]["closes"]))
