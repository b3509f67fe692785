"""Grades and passes given against the points they stand on: 56 points graded A where A begins at 85, 62 passed where 70 is the mark.

Neither names of grades nor heads of columns need be known: the grades are those of the scale that the paper writes, and the points
stand where most rows agree with it.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.limits import limits
from evidence.facts.numbers import amount
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.row_verdicts import is_verdict
from evidence.flags.told_tables import TableRow, rows_of
from evidence.model import DocumentReport
from evidence.titles import records_nothing

LEAST_GRADES = 2
"""Grades of a scale."""

LONGEST_GRADE = 24
"""Letters of the name of a grade."""

LEAST_AGREEING = 2
"""Rows that agree with a scale at a place of points, and are more than those that do not."""

_GRADE = phrases("grades", "grade")
_PASS_MARK, _REACTION, _NOT_PASSED = (
    phrases(*name)
    for name in (("grades", "pass_mark"), ("readings_flags", "reaction"), ("accepted_counts", "not_passed"))
)
_PIECES = re.compile(
    r"\s?[;；|/、。]\s?|(?<=[^\W_])\.\s|[,，](?!\d)\s?|(?<=[^\d\s])[,，]|(?<=[^\d\s])\s{2,}|\n|(?<=\d) (?=[a-e]\b)|(?<=[%分점])\s(?=[a-e]\b)"
)
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")


@dataclass(frozen=True)
class Grade:
    """A grade with the points from which and up to which it is given, as written; bounds that are not part of it are open."""

    name: str
    low: float | None
    high: float | None
    told: str

    def holds(self, points: float) -> bool:
        """Whether points are of this grade; what two grades share between their ends belongs to either."""
        below = self.high is not None and points > self.high + (
            1.0 if points != int(points) and self.low is not None else 0
        )
        return not below and not (self.low is not None and points < self.low)


def grades_given(bundle: Bundle) -> Iterator[Finding]:
    """The first row of each paper whose grade or pass is not that of its points."""
    for document in bundle.read:
        if is_example(document) or records_nothing(document):
            continue
        if found := _misgraded(document) or _passed_below(document):
            row, what = found
            yield Finding({"name": name_of(document.path), "what": what}, (cite(document, row.passage, row.line),))


def _misgraded(document: DocumentReport) -> tuple[TableRow, str] | None:
    scale = scale_of(document)
    if len(scale) < LEAST_GRADES:
        return None
    found: Counter[int] = Counter()
    against: dict[int, list[tuple[TableRow, float, Grade]]] = {}
    for row in rows_of(document):
        pieces = [piece.strip() for cell in row.cells for piece in re.split(r"\s?[/|]\s?", cell)]
        graded = [(at, grade) for at, piece in enumerate(pieces) if (grade := _grade(piece, scale))]
        if len(graded) != 1 or _REACTION.search(" ".join(pieces[graded[0][0] + 1 :])):
            continue
        at, grade = graded[0]
        for place, piece in enumerate(pieces):
            points = _points(piece)
            if points is None or place == at:
                continue
            if grade.holds(points):
                found[place - at] += 1
            elif not (_LETTER.fullmatch(grade.name) and grade.low is not None and points >= grade.low):
                against.setdefault(place - at, []).append((row, points, grade))
    for place, count in found.most_common(1):
        wrong = against.get(place, [])
        if count >= LEAST_AGREEING and count > len(wrong) > 0:
            row, points, grade = wrong[0]
            return row, f"{points:g} points are graded '{grade.name.upper()}', and the scale says '{grade.told}'"
    return None


def scale_of(document: DocumentReport) -> Mapping[str, Grade]:
    """The grades of a document by name, as its lines or a table of it tell them; none where a name is told twice otherwise."""
    found: dict[str, Grade] = {}
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            told = list(_grades_in(fold(line))) if _FIGURE.search(line) else []
            if len(told) >= LEAST_GRADES or (told and found):
                for grade in told:
                    found.setdefault(grade.name, grade)
        for line in () if passage.hidden else passage.text.splitlines():
            cells = [cell.strip() for cell in fold(line).split("|")]
            paired = _of_pair(cells) if PAIR <= len(cells) <= PAIR + 1 else None
            if paired is not None:
                found.setdefault(paired.name, paired)
    return found if _is_scale(list(found.values())) else {}


PAIR = 2
_FIGURE = re.compile(r"\d")


def _of_pair(cells: Sequence[str]) -> Grade | None:
    """A grade and its range in two cells beside each other."""
    for name, told in itertools.permutations(cells[:PAIR]):
        if not _LETTER.fullmatch(_bare(name)):
            continue  # most rows of two cells grade nothing
        ends = limits(told, _COMMA.search(told) is not None)
        if ends != (None, None):
            return Grade(_bare(name), *ends, f"{name} {told}")
    return None


def _is_scale(grades: Sequence[Grade]) -> bool:
    """Whether grades part a range: no two of them hold the same points."""
    middles = [
        (grade.low + grade.high) / 2
        if grade.low is not None and grade.high is not None
        else grade.low + 0.5
        if grade.low is not None
        else (grade.high or 0) - 0.5
        for grade in grades
    ]
    return all(
        sum(grade.holds(middle) for grade in grades if grade.low is not None and grade.high is not None) <= 1
        for middle in middles
    )


_LETTER = late(r"[a-e][+-]?|s|i{1,3}|iv|[1-5]")


def _grades_in(folded: str) -> Iterator[Grade]:
    for told in _joined(_PIECES.split(_ASIDE.sub(" ", folded))):
        piece = _ranged(told)
        if not piece or len(piece) > LONGEST_GRADE * 2:
            continue
        low, high = _ends(piece)
        if low is None and high is None:
            continue
        name = _bare(_SCORE.sub(" ", _WORDS_OF_RANGE.sub(" ", _RANGE.sub(" ", piece))))
        letter = _FIRST.match(name)
        if letter or (0 < len(name) <= LONGEST_GRADE and not any(map(str.isdigit, name)) and _WORDED.fullmatch(name)):
            strict = re.search(r"<(?!=)|(?<![<>=])>(?!=)|以下(?!\S*含)", piece) or _BELOW.search(piece)
            if strict and low is None and high is not None:
                high -= 1e-6
            yield Grade(letter[0].strip() if letter else name, low, high, piece.strip())


def _joined(pieces: Sequence[str]) -> Iterator[str]:
    """Pieces of a line; a range alone goes with the name behind it: ``70-84 B class``."""
    kept = ""
    for piece in pieces:
        if kept and not any(map(str.isdigit, piece)):
            yield f"{kept} {piece}"
            kept = ""
            continue
        if kept:
            yield kept
        kept = piece if any(map(str.isdigit, piece)) and not any(map(str.isalpha, _RANGE.sub(" ", piece))) else ""
        if not kept:
            yield piece
    if kept:
        yield kept


def _ends(piece: str) -> tuple[float | None, float | None]:
    """The points from which and up to which a grade is given, by signs or by words for one end."""
    comma = _COMMA.search(piece) is not None
    found = limits(piece, comma)
    figures = _POINT.findall(piece)
    if found != (None, None) or len(figures) != 1 or not (read := amount(figures[0], comma)):
        return found
    from_on, below = _FROM_ON.search(piece), _BELOW.search(piece)
    if (from_on is None) == (below is None):
        return None, None
    return (read.value, None) if from_on else (None, read.value)


_POINT = re.compile(r"(?<![\d.,])\d{1,4}(?:[.,]\d{1,2})?(?![\d.,]*\d)")
_FROM_ON, _BELOW, _SCORE = (phrases("grades", name) for name in ("from_on", "below", "score"))
_WORDS_OF_RANGE = late(f"{_FROM_ON.pattern}|{_BELOW.pattern}")


_ASIDE = re.compile(r"[(（][^()（）\d]{0,80}[)）]")
"""What is said of a grade in brackets: ``not approved (orders stop)``."""


def _ranged(piece: str) -> str:
    """The part of a piece that names a grade with its range: without the name of the scale before it, or what becomes of those below it."""
    if ":" not in piece and "：" not in piece:
        return piece.strip() if any(map(str.isdigit, piece)) else ""
    parts = [part.strip() for part in re.split(r"[:：]", piece)]
    with_figures = [at for at, part in enumerate(parts) if any(map(str.isdigit, part))]
    if len(with_figures) != 1:
        return piece.strip() if with_figures else ""
    at = with_figures[0]
    own = _bare(_SCORE.sub(" ", _WORDS_OF_RANGE.sub(" ", _RANGE.sub(" ", parts[at]))))
    if any(map(str.isalpha, own)):
        return parts[at]
    named = [part for part in (*parts[at - 1 : at], *parts[at + 1 : at + 2]) if any(map(str.isalpha, part))]
    return f"{named[0]} {parts[at]}" if named else piece.strip()


_RANGE = late(
    r"(?:[≥≤<>]=?|±|from|to|above|below|under|over|less than|more than|at least|min\.?|max\.?|từ|đến|dưới|trên|sampai|di bawah|di atas|kurang dari|lebih dari|ตั้งแต่|ถึง|ต่ำกว่า|มากกว่า|以上|以下|低于|高于|小于|大于|至|이상|이하|미만|초과|ve üzeri|altı|altında|üstü|üzeri|and above|or more|or less|and below|trở lên)?\s?\d{1,4}(?:[.,]\d+)?\s?%?(?:\s?(?:-|~|to|đến|sampai|ถึง|至|–)\s?\d{1,4}(?:[.,]\d+)?)?\s?(?:%|points?|pts|điểm|poin|คะแนน|分|점|puan)?\s?(?:以上|以下|이상|이하|미만|초과|ve üzeri|altı|altında|üstü|üzeri|and above|or more|or less|and below|trở lên|ขึ้นไป|ke atas)?"
)
_FIRST = late(r"(?:[a-e][+-]?|s)(?![^\W_])")
_WORDED = late(r"[^\W\d_][^\s\d.,;:|/]*(?: [^\s\d.,;:|/]+){0,3}")


def _bare(text: str) -> str:
    bare = " ".join(_GRADE.sub(" ", text).strip(_SIGNS).split()).strip(_SIGNS) or text.strip(_SIGNS)
    return _IS.sub("", bare)


_SIGNS = " .:：=()（）[]-–<>≤≥→"
_IS = late(r"^(?:为|為|则|則|判|is|are|là|adalah|คือ)(?![a-z])\s?")


def _grade(piece: str, scale: Mapping[str, Grade]) -> Grade | None:
    return scale.get(_bare(piece)) if 0 < len(piece) <= LONGEST_GRADE and not any(map(str.isdigit, piece)) else None


def _points(piece: str) -> float | None:
    match = _POINTS.fullmatch(piece)
    found = amount(match[1], "," in match[1]) if match else None
    return found.value if found else None


_POINTS = late(r"(\d{1,4}(?:[.,]\d{1,2})?)\s?(?:%|points?|pts|điểm|poin|คะแนน|分|점|puan)?")


def _passed_below(document: DocumentReport) -> tuple[TableRow, str] | None:
    """The first row that is passed with points below the one mark that a line tells, where most passed rows are above it."""
    marks = set(_pass_marks(document))
    if len(marks) != 1:
        return None
    mark = marks.pop()
    kept: Counter[int] = Counter()
    below: dict[int, list[tuple[TableRow, float]]] = {}
    for row in rows_of(document):
        verdicts = [at for at, cell in enumerate(row.cells) if is_verdict(cell) and not _NOT_PASSED.search(cell)]
        if not verdicts or any(_REACTION.search(cell) for cell in row.cells):
            continue
        for at, cell in enumerate(row.cells):
            points = _points(cell)
            if points is None or at == 0:
                continue
            if points >= mark:
                kept[at] += 1
            else:
                below.setdefault(at, []).append((row, points))
    for at, count in kept.most_common(1):
        if count >= LEAST_AGREEING and count > len(below.get(at, [])) > 0:
            row, points = below[at][0]
            return row, f"{points:g} is passed where {mark:g} is asked"
    return None


def _pass_marks(document: DocumentReport) -> Iterator[float]:
    """The points from which something has passed: named as such, in the head of a column, or as the one grade that is a good verdict."""
    for passage in document.passages:
        for line in () if passage.hidden else fold(passage.text).splitlines():
            for match in _PASS_MARK.finditer(line):
                behind = _MARK.match(line[match.end() :])
                if behind and (found := amount(behind[1], "," in behind[1])):
                    yield found.value
            for inside in _IN_BRACKETS.findall(line):
                figures = _POINT.findall(inside)
                named = _bare(_WORDS_OF_RANGE.sub(" ", _RANGE.sub(" ", inside)))
                if len(figures) == 1 and is_verdict(named) and (found := amount(figures[0], "," in figures[0])):
                    yield found.value
            if "|" not in line:
                yield from (
                    g.low for g in _grades_in(line) if g.low is not None and g.high is None and is_verdict(g.name)
                )


_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{3,30})[)）\]]")
_MARK = re.compile(r"[^\d\n|]{0,12}?(\d{1,4}(?:[.,]\d{1,2})?)(?![\d.,]*\d)")
