"""Checklists of audits known by their shape: a column of words, behind it places for answers, and these empty from top to bottom.

Fact: kind ``checklist`` (role ``audit``), as of tables whose heads say what is asked and what was answered. What a form gives itself stands
beside its questions: a number, a clause, a limit, the most that can be scored, how to look.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.grids import Grid, GridCell
from evidence.facts.numbers import amount
from evidence.facts.pairs import pairs
from evidence.facts.people import lexicon as people
from evidence.facts.people import own_label
from evidence.facts.sources import Source, cell_fact
from evidence.facts.text import KEPT_TEXTS, fold, is_nameless, lines, phrases, spellings, table_words
from evidence.model import Fact

LEAST_QUESTIONS = 4
"""Questions from which a table is a checklist."""

LEAST_HEADS = 2
"""Heads of a form: what is asked, and a place beside it."""

LEAST_LETTERS = 15
"""Letters of a question, on the mean, in a form with one place beside each; shorter ones name fields."""

LEAST_TURNS = 3
"""Places of several turns beside each question: ``W1 | W2 | W3``."""

MOST_ANSWERED = 0.1
"""Share of questions with an answer up to which a checklist was left empty."""

MOSTLY = 0.75
"""Share of the rows in which a column is filled that the form gives itself."""


@cache
def choices(name: str) -> frozenset[str]:
    """The words of a list of ``[checklist]`` that stand alone in a cell, folded."""
    return spellings(table("tables")["checklist"][name])


def left_unanswered(source: Source, grid: Grid) -> Iterator[Fact]:
    """The checklists of a table in which (nearly) every place for an answer is empty; only in papers on audits."""
    for part in grid.tables(_heads_form):
        found = _empty_places(source, part)
        if found is None or not _of_audit(source, part) or _lists_findings(part):
            continue
        asked, questions, answered = found
        value = {"questions": questions, "answered": answered, "findings": 0, "answers": {}}
        yield cell_fact(
            "checklist", "audit", json.dumps(value, separators=(",", ":")), asked, confidence=0.8
        )  # fmt: skip


def find_unfilled_reports(source: Source) -> Iterator[Fact]:
    """The report of an audit whose places for what was seen, found and concluded are all empty: one place a row, its name before it, or one
    heading below the other.
    """
    asked: list[GridCell] = []
    answered = 0
    for grid in source.grids:
        rows = [[cell for cell in row if cell.text] for row in grid.rows if len(row) > 1 and row[0].text]
        parts = [told for told in rows if is_part(told[0].text)] if not grid.hidden else []
        if parts and _of_audit(source, grid):  # asked once a table: it looks through the head of the paper
            asked += [told[0] for told in parts]
            answered += sum(any(not is_blank(cell.text) for cell in told[1:]) for told in parts)
    if not asked:
        asked, answered = _headings(source)
    placed = next((cell for cell in asked if cell.passage is not None), None)
    if placed is None or len(asked) < LEAST_QUESTIONS or answered > len(asked) * MOST_ANSWERED:
        return
    told_lines = (line for passage in source.passages if not passage.hidden for line in passage.text.splitlines())
    if sum("|" not in line and sum(map(str.isalpha, line)) >= LEAST_TOLD for line in told_lines) > MOST_TOLD:
        return  # what was seen stands in sentences
    value = {"questions": len(asked), "answered": answered, "findings": 0, "answers": {}}
    yield cell_fact("checklist", "audit", json.dumps(value, separators=(",", ":")), placed, confidence=0.75)


def is_part(text: str) -> bool:
    """Whether a text names a place in the report of an audit and says nothing more."""
    return len(text) <= LONGEST_PART and _PARTS.search(fold(text)) is not None


def _headings(source: Source) -> tuple[list[GridCell], int]:
    """The names of places that stand alone in a line, and behind how many of them something was written before the next; the last one ends
    where somebody signs, and a stamp below it is no answer.
    """
    asked: list[GridCell] = []
    told: list[int] = []
    if not _names_audit(" ".join((source.document.path.rsplit("/", 1)[-1].replace("_", " "), *_opening(source)))):
        return [], 0
    for passage in source.passages:
        at = 0
        for line in () if passage.hidden else passage.text.splitlines():
            name, mark, behind = line.partition(":")
            bare = _NUMBER.sub("", name).strip(" .:_…")
            if "|" not in line and bare and is_part(bare) and len(bare.split()) <= MOST_WORDS:
                asked.append(GridCell(line.strip(), passage=passage, start=at + len(line) - len(line.lstrip())))
                told.append(LEAST_TOLD if mark and not is_blank(behind) else 0)
            elif asked and not is_blank(line):
                told[-1] += LEAST_TOLD if "|" in line else sum(map(str.isalnum, line))
            at += len(line) + 1
    if told and told[-1] < LEAST_TOLD:
        told[-1] = 0
    return asked, sum(map(bool, told))


def _opening(source: Source) -> Sequence[str]:
    first = source.passages[0] if source.passages else None
    return (*first.heading, first.text[:LONGEST_TITLE]) if first else ()


LONGEST_TITLE = 100
"""Letters at the beginning of a paper that are its title."""

MOST_WORDS = 6
"""Words of the name of a place; a longer line tells something."""

_NUMBER = re.compile(r"^\s*(?:[\dIVXivx]{1,4}|[A-Za-z])[.):]\s*(?:\d{1,2}[.)]?\s*)?")
_PARTS = table_words("checklist", "parts")
LONGEST_PART = 70
"""Letters of the name of a place in a report."""

LEAST_TOLD, MOST_TOLD = 50, 3
"""Letters of a line that tells something, and such lines up to which a report tells nothing."""


def _lists_findings(grid: Grid) -> bool:
    """Whether a table whose heads ask nothing stands in a list of findings or actions: what it names was found, and nothing came of it yet."""
    if any(table_words("checklist", "question").search(fold(head)) for head in grid.heads):
        return False
    around = fold(grid.context.replace("_", " "))
    return any(
        pattern.search(around) for pattern in (phrases("audits_flags", "findings"), table_words("checklist", "tracks"))
    )


@lru_cache(KEPT_TEXTS)
def asks_answer(head: str) -> bool:
    """Whether a head stands over places for answers: what was seen, a result or a score, or one or both of two words to choose from."""
    folded = fold(head)
    if table_words("evaluation", "greatest").search(folded):
        return False  # the most that can be given
    return any(table_words(*name).search(folded) for name in _ANSWERS) or is_choice(head)


_ANSWERS = (("checklist", "answer"), ("evaluation", "score"), ("inspection", "reading"))


def is_choice(head: str) -> bool:
    """Whether a head is a word to choose, or two or more of them beside each other: ``Pass / Fail``, ``적합 / 부적합``."""
    told = [piece.strip(" .()[]") for piece in re.split(r"[/|,;／、]|\s-\s", fold(head))]
    told = [piece for piece in told if piece]
    if len(told) == 2 and all(piece.isalpha() and len(piece) <= LONGEST_LETTERS for piece in told):
        short, long = sorted(told, key=len)
        if len(short) < len(long) and (long.startswith(short) or long.endswith(short)):
            return True  # letters for yes, and with a word for not for no: ``C / NC``, ``U / UD``
    known = sum(piece in choices("yes") or piece in choices("no") for piece in told)
    return bool(told) and known * 2 > len(told)


LONGEST_LETTERS = 3
"""Letters that stand for a word to choose."""


def gives(head: str) -> bool:
    """Whether a head stands over what a form gives itself beside its questions."""
    folded = fold(head)
    return any(table_words(*name).search(folded) for name in _GIVEN)


_GIVEN = (("checklist", "given"), ("evaluation", "greatest"), ("inspection", "spec"), ("inspection", "bound"))


def _heads_form(heads: Sequence[str]) -> bool:
    named = [head for head in heads if head]
    return (
        len(named) >= LEAST_HEADS
        and len(set(named)) == len(named)
        and not any(_FIELD.search(head) for head in named)
        and not any(is_nameless(head) and any(map(str.isdigit, head)) for head in named)  # the number of a question
        and (any(map(asks_answer, named[1:])) or len(_turns(named)) >= LEAST_TURNS)
    )


def _turns(heads: Sequence[str]) -> list[int]:
    """The places of heads that count turns on by one, a word or letter before each number: weeks, shifts, rounds."""
    found = [(at, match) for at, head in enumerate(heads) if (match := _TURN.fullmatch(fold(head)))]
    names = {match[1] for _, match in found}
    numbers = [int(match[2]) for _, match in found]
    counted = len(names) == 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) if found else False
    return [at for at, _ in found] if counted else []


_TURN = re.compile(r"([^\W\d_]{1,10})[\s.-]?(\d{1,2})")


_FIELD = re.compile(r"[:：]\s?\S")
"""A label with what was filled in behind it."""


def _empty_places(source: Source, grid: Grid) -> tuple[GridCell, int, int] | None:
    """The first question of a table with how many there are and how many were answered, if these are few and nothing beside the questions
    was written by whoever looked; None otherwise.
    """
    rows = [row for row in grid.rows if sum(bool(cell.text) for cell in row) > 1 or _is_question(row[0].text)]
    asked_at = _asked_column(grid, rows)
    if asked_at is None:
        return None
    asked = [row for row in rows if _is_question(row[asked_at].text)]
    if len(asked) < LEAST_QUESTIONS:
        return None
    places, given = [], []
    for at, head in enumerate(grid.heads):
        if at <= asked_at:
            continue
        texts = [row[at].text for row in asked if not is_blank(row[at].text) and row[at] is not row[asked_at]]
        if len(texts) < len(asked) * MOSTLY:
            places.append(at)
        elif not _is_given(source, head, texts):
            return None
        else:
            given.append(at)
    turns = _turns(grid.heads)
    asking = [at for at in places if asks_answer(grid.heads[at]) or (at in turns and len(turns) >= LEAST_TURNS)]
    if sum(bool(head) for head in grid.heads) == LEAST_HEADS:
        letters = sum(char.isalpha() for row in asked for char in row[asked_at].text)
        dense = not asked[0][asked_at].text[:1].isascii()
        if letters < len(asked) * (LEAST_LETTERS // 2 if dense else LEAST_LETTERS):
            return None
    if not asking or (given and all(_REMARKS.search(fold(grid.heads[at])) for at in asking)):
        return None
    answered = sum(any(not is_blank(row[at].text) for at in places) for row in asked)
    first = next((row[asked_at] for row in asked if row[asked_at].passage is not None), None)
    if first is None or answered > len(asked) * MOST_ANSWERED:
        return None
    return first, len(asked), answered


_REMARKS = table_words("checklist", "remarks")


def is_blank(text: str) -> bool:
    """Whether nothing was written into a place for an answer: it is empty, or holds what the form prints there alone: boxes that nobody
    ticked with their words, a line to write on, words or points to choose from (``Y / N``, ``0 1 2 3``).
    """
    if _OPEN_RINGS.fullmatch(text):
        return True
    if any(char in _TICKS for char in text):
        return False
    left = _EMPTY_BOX.sub(" ", text).strip(" ._…—–-/|")
    if not any(map(str.isalnum, left)):
        return True
    folded = fold(left)
    told = [piece.strip(" .()[]") for piece in re.split(r"[/|,;／、]|\s-\s|\s{2,}", folded)]
    chosen = {name for piece in told for name in ("yes", "no") if piece in choices(name)}
    if len(chosen) > 1 and sum(piece in choices("yes") or piece in choices("no") for piece in told) * 2 > len(told):
        return True
    points = [
        int(piece) for piece in re.split(r"[\s/|,;-]+", folded) if piece.isdecimal() and len(piece) < LONGEST_POINT
    ]
    scale = len(points) >= LEAST_POINTS and points in (sorted(set(points)), sorted(set(points), reverse=True))
    return scale and not any(map(str.isalpha, folded)) and abs(points[0] - points[-1]) >= LEAST_POINTS - 1


_TICKS = "✓✔○◯×△●☑☒■◎✗✘"
_OPEN_RINGS = re.compile(r"\s*(?:[○◯]\s*[^\W\d_]{1,12}\s*){2,5}")
"""Rings before words to choose from; a ring alone says that all was well."""

_EMPTY_BOX = re.compile(r"(?:\[\s*\]|\(\s+\)|[□☐◻❏▢])\s*[^\W\d_]{0,14}(?:\s[^\W\d_]{1,10}){0,2}|[._…]{3,}")
LEAST_POINTS, LONGEST_POINT = 3, 3
"""Points beside each other from which they are a scale to choose from, and digits of one below which it is one."""


def _is_question(text: str) -> bool:
    return len(text) >= (8 if text[:1].isascii() else 4) and any(map(str.isalpha, text))


def _asked_column(grid: Grid, rows: Sequence[Sequence[GridCell]]) -> int | None:
    """The column of what is asked: of those filled from top to bottom the one with the most letters, each of its cells another."""
    best: tuple[int, int] | None = None
    for at in range(len(grid.heads)):
        texts = [row[at].text for row in rows if row[at].text]
        told = [text for text in texts if _is_question(text)]
        if not told or len(texts) < len(rows) * MOSTLY or len(set(told)) * 2 < len(told):
            continue
        letters = sum(char.isalpha() for text in told for char in text)
        if best is None or letters > best[0]:
            best = letters, at
    if best is None:
        return None
    head = grid.heads[best[1]]
    told_of = table_words("checklist", "told_of").search(fold(head))
    return (
        None
        if told_of or (people().label(head) and not table_words("checklist", "question").search(fold(head)))
        else best[1]
    )


def _is_given(source: Source, head: str, texts: Sequence[str]) -> bool:
    """Whether a full column beside the questions is part of the form: figures, limits and codes, or what its head says that a form gives."""
    if any(source.dates(text) for text in texts) or people().label(head):
        return False
    if gives(head):
        return True
    return not asks_answer(head) and all(map(is_nameless, texts)) and len(set(texts)) * 2 <= len(texts)


def loses_points(heads: Sequence[str], row: Sequence[GridCell]) -> bool:
    """Whether a question got fewer points than the most that are given, and a remark says why or most of them are gone."""
    most = [at for at, head in enumerate(heads) if head and table_words("evaluation", "greatest").search(fold(head))]
    given = [
        at
        for at, head in enumerate(heads)
        if head and at not in most and table_words("evaluation", "score").search(fold(head))
    ]
    if len(most) != 1 or len(given) != 1:
        return False
    whole, points = amount(row[most[0]].text), amount(row[given[0]].text)
    if whole is None or points is None or not 0 <= points.value < whole.value:
        return False
    remarked = any(any(map(str.isalpha, cell.text)) for cell in row[max(most[0], given[0]) + 1 :])
    return remarked or points.value * 2 <= whole.value


def _names_audit(text: str) -> bool:
    folded = fold(text)
    return any(
        pattern.search(folded) for pattern in (table_words("checklist", "audits"), phrases("titles", "internal_audit"))
    )


def _of_audit(source: Source, grid: Grid) -> bool:
    """Whether a table stands in a paper on an audit: its title, its file or its sheet says so, or a field names who audits."""
    around = grid.context.replace("_", " ")
    if _names_audit(around):
        return True
    if phrases("titles", "supplier_control").search(fold(around)):
        return False  # who evaluates a supplier is called as who audits
    return any(
        people().label(own_label(pair.label.text)) == "auditor"
        for passage in source.passages[:NEAR_TOP]
        if not passage.hidden
        for line in lines(passage.text)
        for pair in pairs(line)
    )


NEAR_TOP = 3
"""Passages at the top of a paper in which the fields of its head stand."""
