"""Marks beside what a signed record says: a value, a verdict or a row that was put in, and the day after the signatures on which it was.

A mark stands with what it is about in one cell, in brackets or behind it (``Pass, added 14 Aug 2026``), or begins a line of its own. It
is a word for a change with its day and hardly more; a clause that has a subject of its own (``bearing changed 14 Aug``) tells of work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import late, phrases
from evidence.flags.altered_figures import SPECIFIED
from evidence.flags.dated_lines import (
    CHANGED,
    NO_CHANGE,
    OF_ORDERS,
    RULED,
    Changed,
    DatedCell,
    dated_lines,
    days_signed,
)
from evidence.flags.signatures import AFTER, BEFORE
from evidence.model import DocumentReport
from evidence.titles import RULES_AND_FORMS, is_record_of

TELL_OF_OTHERS = ("corrective_action_record", "internal_audit_record", "management_review_record")
"""Kinds of records whose work goes on behind a signature and changes other papers."""

VERB_LAST = ("tr", "ko", "ja")
"""Languages in which who changed something, and what, stand before the word for it."""

_ADDED = phrases("papers_flags", "added_later")
_OWN, _REWORDED, _CHANGES, _UNTIL = (
    phrases("papers_flags", name) for name in ("own_parts", "reworded", "changes", "stood_until")
)
_REACTION, _NOT_RESULT = (phrases("papers_flags", name) for name in ("redone", "not_result"))
_DECIMAL = re.compile(r"\d[.,]\d")
_VERDICT = late(
    "|".join((phrases("readings_flags", "judged").pattern, phrases("accepted_counts", "not_passed").pattern))
)
_PUT_IN = rf"(?:{phrases('papers_flags', 'replaced').pattern}|{phrases('papers_flags', 'put_in').pattern})"
_TWO = late(rf"(?<![\d.,])\d{{1,6}}(?:[.,]\d{{1,4}})?(?: ?[^\W\d_]{{1,4}})? ?{_PUT_IN} ?\d")
"""One figure put in the place of another."""
_AGAIN = phrases("papers_flags", "signed_again")
_MARK = late("|".join((CHANGED.pattern, _ADDED.pattern, _REWORDED.pattern)))
_CUE = late("|".join(phrases("papers_flags", name).pattern for name in ("replaced", "formerly", "was", "was_behind")))
"""What says that one thing stands in the place of another."""
_OPENS = phrases("papers_flags", "then")
_PARTS = re.compile(r"[,.](?!\d)|[;|；。，、]|\s[-–/]\s")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]?")


@dataclass(frozen=True)
class _Mark:
    """A mark: its cell and day, and whether it stands in brackets, says what stood there before, and names a part of the record."""

    cell: DatedCell
    day: date
    bracketed: bool
    replaces: bool
    of_part: bool


def late_mark(bundle: Bundle, document: DocumentReport) -> Changed | None:
    """What was put in a signed record after the last signature, as a mark in it tells; None where there is no such mark."""
    if is_example(document) or document.kind in RULES_AND_FORMS:
        return None
    goes_on = any(is_record_of(document, kind) for kind in TELL_OF_OTHERS)
    cells = [cell for line in dated_lines(bundle, document) for cell in line.cells]
    marks = [mark for cell in cells for mark in _marks(cell, document.language, goes_on)]
    if not marks:
        return None
    marked = [mark.cell for mark in marks]
    rest = [cell for cell in cells if cell.days and cell not in marked]
    signed = days_signed(bundle, document, rest, {mark.day for mark in marks})
    if not signed:
        return None
    last = max(signed)
    others = [first for cell in rest if not cell.signs for _, _, first, _ in cell.days]
    for mark in marks:
        if mark.day <= last or any(_row_day(cell, mark) > last for cell in rest if cell.line is mark.cell.line):
            continue
        told_apart = mark.bracketed or mark.of_part
        if goes_on:
            running = not told_apart or len(mark.cell.days) > 1  # a day that was put off
        elif mark.replaces or told_apart:
            running = bool(others) and min(others) > last and SPECIFIED.search(mark.cell.text) is None
        else:
            running = any(day > last for day in others)
        if not running:
            return Changed(last, mark.day, cite(document, mark.cell.line.passage, mark.cell.line.text.strip()))
    return None


def _row_day(cell: DatedCell, mark: _Mark) -> date:
    return max((first for _, _, first, _ in cell.days if first != mark.day), default=date.min)


def _marks(cell: DatedCell, language: str, goes_on: bool) -> Iterator[_Mark]:
    """The marks of a cell."""
    text = cell.text
    if BEFORE.search(text):
        return
    spans = [(found.start(), found.end()) for found in _BRACKETS.finditer(text)]
    for begin, end, day, _ in cell.days:
        bracket = next((span for span in spans if span[0] < begin and end <= span[1]), None)
        left, right = bracket or _clause(text, begin, end)
        clause = text[left:right]
        if bracket and _stood(clause):
            yield _Mark(cell, day, True, True, True)
            continue
        told = clause if bracket else _sentence(text, begin, end)
        if _is_signed_again(told) or _REACTION.search(told) or (_NOT_RESULT.search(told) and not _DECIMAL.search(told)):
            continue  # agreed to, checked anew, or of an order, a gauge or a mould
        before, behind = text[:left], text[right:]
        holds = any(map(str.isalnum, before)) or (bracket is not None and any(map(str.isalnum, behind)))
        replaces = _CUE.search(told) is not None or _TWO.search(told) is not None
        if _tells_own(told, replaces, goes_on and not bracket):
            yield _Mark(cell, day, bracket is not None, replaces, True)
            continue
        word = _word(clause)
        opens = not holds and "|" not in cell.line.text[: cell.begin]
        if word is None or not (holds or (opens and any(map(str.isalpha, behind + cell.line.text[cell.end :])))):
            continue
        if _is_pure(clause[: word.start()], language) or (replaces and bracket is not None and not goes_on):
            yield _Mark(cell, day, bracket is not None, replaces, False)


def _word(told: str) -> re.Match[str] | None:
    """The word for a change in a clause that does not deny it."""
    return next((found for found in _MARK.finditer(told) if not _is_denied(told, found)), None)


def _is_signed_again(told: str) -> bool:
    return _AGAIN.search(told) is not None and AFTER.search(told) is None


def _stood(clause: str) -> bool:
    """Whether a bracket says what stood there up to a day: ``(major until 9 June, J. Brandt)``."""
    found = _UNTIL.search(clause)
    said = clause[: found.start()] if found else ""
    words = re.findall(r"[^\W_]+", said)
    return 0 < len(words) <= WORDS_STOOD and (_OWN.search(said) or _VERDICT.search(said)) is not None


WORDS_STOOD = 3
"""Words that a bracket repeats of what stood there."""


def _clause(text: str, begin: int, end: int) -> tuple[int, int]:
    """The clause around a day; one that holds nothing but the day, as behind a comma, belongs to the clause before it."""
    parts = list(_PARTS.finditer(text))
    ends = [0, *(found.end() for found in parts if found.end() <= begin)]
    stop = next((found.start() for found in parts if found.start() >= end), len(text))
    left = ends[-1]
    if len(ends) > 1 and _MARK.search(text[left:stop]) is None:
        left = ends[-2]
    return left, stop


def _sentence(text: str, begin: int, end: int) -> str:
    """The sentence around a day."""
    ends = [0, *(found.end() for found in _ENDS.finditer(text, 0, begin))]
    stop = _ENDS.search(text, end)
    return text[ends[-1] : stop.start() if stop else len(text)]


_ENDS = re.compile(r"[.!?](?:\s|$)|[;|；。]")


def _tells_own(told: str, replaces: bool, goes_on: bool) -> bool:
    """Whether a sentence says that a part of the record itself was changed: a grade, a score, a quantity, who was there. Where work goes
    on, what is corrected or added may be that work: there it says what stood before, or that the words were written anew.
    """
    word = _word(told)
    if word is None:
        return False
    near = told[max(0, word.start() - FAR) : word.end() + FAR]
    if _OWN.search(near) is None:
        return False
    if goes_on:
        return _REWORDED.search(told) is not None or (replaces and _CHANGES.search(told) is not None)
    return replaces or any(said.search(told) for said in (_ADDED, _REWORDED, _CHANGES))


FAR = 40
"""Letters between the word for a change and what was changed."""


def _is_pure(before: str, language: str) -> bool:
    """Whether nothing stands before the word for a change in its clause but its day, who did it, or a word such as ``later``."""
    said = re.findall(r"[^\W\d_]+", _CUE.sub(" ", _OPENS.sub(" ", before)))
    if language in VERB_LAST:
        return len(said) <= WORDS_BEFORE
    return not said


WORDS_BEFORE = 2
"""Words before one for a change where the verb stands last."""


def _is_denied(clause: str, word: re.Match[str]) -> bool:
    near = clause[max(0, word.start() - NEAR) : word.end() + NEAR]
    closes = any(found.end() == word.start() for found in _CLOSES.finditer(clause, max(0, word.start() - NEAR)))
    return closes or any(said.search(near) for said in (NO_CHANGE, RULED)) or OF_ORDERS.search(clause) is not None


_CLOSES = late(rf"(?:{phrases('papers_flags', 'closing_of_change').pattern})\s?")
"""What is done to a change that was asked for: ``change closed`` in languages whose verb stands first."""


NEAR = 16
"""Letters beside a word for a change in which it is denied or ruled."""
