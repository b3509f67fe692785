"""Two papers on one thing, a lot, a claim, a supplier, a training, that count it differently: the form and its row in a register, two forms.

They are of one thing where a number stands in the opening of one paper and in the row or the opening of the other, or where the first cell of
a row is the name that a form is filled in for and both have its day. Only figures of one class are set beside each other, where each paper
has one of them and nothing in it tells of the other figure.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence.bundle import Bundle, is_example
from evidence.facts.indicators import SHARE, says
from evidence.facts.numbers import Amount, uses_decimal_comma
from evidence.facts.pairs import pairs
from evidence.facts.text import fold, lettered, lines, phrases
from evidence.flags.figure_tables import FigureTable, classes_of, counted_in, figure_of, figure_tables, key_of
from evidence.flags.registry import Finding, name_of
from evidence.flags.tables_that_agree import far_apart
from evidence.flags.two_figures import Figure, two_figures
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

COUNTED = frozenset(
    {
        "made", "inspected", "sampled", "lot_size", "accepted", "rejected", "reworked", "scrapped", "returned", "shipped", "received",
        "score", "findings", "major", "minor", "complaints", "people",
    }
)  # fmt: skip
"""Classes of what is compared: counts and points that do not move once they are told."""

MOST_BARS = 7
"""Bars of a line of fields that stand beside each other."""

OPENING = 8
"""Lines in which a paper names what it is about."""

MOST_PAPERS = 60
"""Papers of a bundle that are set beside each other."""

_ANOTHER = phrases("same_figures", "another")
_CODE = re.compile(
    r"(?<![\w/-])[A-Z]{1,6} \d{2,4}[-/]\d{1,4}(?![\w/-])|"
    r"(?<![\w/-])(?=(?:[^\d\s]*\d){3})[A-Za-z]{1,6}[\w/-]{2,20}(?![\w/])|"
    r"(?<![\w/.,-])(?!20\d\d-\d\d(?!\d))\d{2,6}-\d{2,6}(?:-\d{1,4})?(?![\w/-])"
)


@dataclass(frozen=True)
class Counted:
    """A figure with the classes of what it counts, and the line that it stands in."""

    label: str
    classes: frozenset[str]
    value: Amount
    document: DocumentReport
    passage: Passage
    line: str


@dataclass(frozen=True)
class _Paper:
    """A paper: its lines, the numbers of its opening, the names it is filled in for, and what it counts as a whole."""

    document: DocumentReport
    tables: Sequence[FigureTable]
    section: Sequence[Passage] = ()
    """The passages of the one section that is looked at, instead of all."""

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """What is looked at of the paper."""
        return self.section or self.document.passages

    @cached_property
    def lines(self) -> list[tuple[Passage, str]]:
        return [(p, line.text) for p in self.passages if not p.hidden for line in lines(p.text)]

    @cached_property
    def opening(self) -> str:
        heading = self.passages[0].heading if self.passages else ()
        if self.section:
            return heading[-1]
        listed = {row.line for one in self.tables if len(one.rows) >= LEAST_ROWS and not one.told for row in one.rows}
        told = (line for _, line in self.lines[:OPENING] if line not in listed)
        return " \n ".join((name_of(self.document.path), *heading, *told))

    @cached_property
    def title(self) -> str:
        """What the paper calls itself."""
        return " ".join((name_of(self.document.path), *(line for _, line in self.lines[:1])))

    @cached_property
    def codes(self) -> set[str]:
        """The numbers in the opening, without days."""
        return _codes(self.opening)

    @cached_property
    def names(self) -> set[str]:
        """What stands behind a label or in the title, each in one form."""
        told = [pair.value.text for p, _ in self.lines[:1] for line in lines(p.text) for pair in pairs(line)]
        told += [pair.value.text for p in self.passages[:3] for line in lines(p.text) for pair in pairs(line)]
        return {key_of(text) for text in told if lettered(text)}

    @cached_property
    def fields(self) -> dict[str, str]:
        """The values of its first passages by their labels, folded."""
        told = [pair for p in self.passages[:3] for line in lines(p.text) for pair in pairs(line)]
        return {fold(pair.label.text).strip(" .:"): fold(pair.value.text).strip() for pair in told}

    @cached_property
    def counts(self) -> set[float]:
        """The counts it tells that two papers do not share by chance: neither years nor parts of numbers and days."""
        told = [match[0] for _, line in self.lines for match in _FIGURES.finditer(_CODE.sub(" ", line))]
        values = [float(re.sub(r"[.,]", "", figure)) for figure in told if _WHOLE.fullmatch(figure)]
        return {value for value in values if value >= LEAST_SHARED and not FIRST_YEAR <= value <= LAST_YEAR}

    @cached_property
    def whole(self) -> list[Counted]:
        """The figures of its fields, of its tables of one row, and of the totals of the others."""
        found = list(self._fields())
        for one in self.tables:
            rows = list(enumerate(one.rows))
            if len(rows) > 1:
                rows = [(at, row) for at, row in rows if _sums_up(next((c for c in row.cells if lettered(c)), ""))]
            for at, row in rows[:1] if len(one.rows) == 1 else rows[-1:]:
                found += _of_row(one, at, row.line)
        return found

    def _fields(self) -> Iterator[Counted]:
        comma = uses_decimal_comma([cell for _, line in self.lines for cell in re.split(r"[|:\s]+", line)])
        for passage, line in self.lines:
            if line.count("|") > MOST_BARS or line.count("|") == 2:
                continue
            for span in lines(line):
                for pair in pairs(span):
                    value = figure_of(pair.value.text, comma)
                    if value and lettered(pair.label.text) and not _DAY.fullmatch(pair.value.text.strip()):
                        yield self.counted(pair.label.text, value, passage, line)
        for passage, line in self.lines:
            for cell in line.split("|") if line.count("|") <= 1 else ():  # a row of a register tells of its own matter
                yield from self.told_in(cell, passage, line)

    def told_in(self, text: str, passage: Passage, line: str) -> Iterator[Counted]:
        """The figures of a sentence or a cell that tells of several."""
        for sentence in _SENTENCES.split(text):
            told = [(label, value) for label, figure in counted_in(sentence) if (value := figure_of(figure))]
            counts = {value.value for _, value in told}
            graded = any(classes_of(fold(label)) & _GRADES for label, _ in told)
            if len(counts) > 2 and max(counts) * 2 == sum(counts) and not graded:
                continue  # what became of some of the pieces: nine overdyed, eight accepted, one sold
            for label, value in told:
                yield self.counted(label, value, passage, line)

    def counted(self, label: str, value: Amount, passage: Passage, line: str) -> Counted:
        """A figure under its label."""
        return Counted(label, classes_of(fold(label)), value, self.document, passage, line)


_WHOLE = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{3,6}")
LEAST_SHARED, FIRST_YEAR, LAST_YEAR = 100.0, 1990.0, 2060.0
"""Counts from which two papers hardly share one by chance, and those that are years."""

_GRADES = frozenset({"findings", "major", "minor"})
"""Classes of findings, of which all and those of each grade stand beside each other."""

_SENTENCES = re.compile(r"(?<=[.;!?])\s+|(?<=[。；！？])")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?")


def _codes(text: str) -> set[str]:
    """The numbers that a text names, without sizes: ``M16x80`` is no lot."""
    return {match[0].upper() for match in _CODE.finditer(text) if not _SIZE.fullmatch(match[0])}


_SIZE = re.compile(r"[A-Z]?\d+(?:[.,]\d+)?(?:[xX×]\d+(?:[.,]\d+)?)+", re.IGNORECASE)


def _sums_up(name: str) -> bool:
    return len(name) <= LONGEST_SUM and says(name, "sum")


LONGEST_SUM = 40
"""Letters of the name of a row of totals."""


def _of_row(one: FigureTable, at: int, line: str) -> Iterator[Counted]:
    for index, column in one.figures.items():
        if at in column and index < len(one.heads):
            row = one.rows[at]
            label, classes = one.heads[index], classes_of(one.head(index))
            if not classes and len(one.figures) == 1:  # pieces, under a head that says no more: the row tells which
                label = next((cell for cell in row.cells if lettered(cell)), "")
                classes = classes_of(fold(label))
            yield Counted(label, classes, column[at], one.document, row.passage, line)


def one_subject(bundle: Bundle) -> Iterator[Finding]:
    """Figures in which two papers on one thing differ."""
    by_path: dict[str, list[FigureTable]] = {}
    for one in figure_tables(bundle):
        by_path.setdefault(one.document.path, []).append(one)
    papers = [
        _Paper(document, by_path.get(document.path, ()))
        for document in bundle.read
        if document.kind not in RULES_AND_FORMS and not is_example(document)
    ]
    if len(papers) > MOST_PAPERS:
        return
    everywhere = [line for paper in papers for _, line in paper.lines]
    yield from _of_sections(papers, everywhere)
    for form, other in itertools.permutations(papers, 2):
        found = _against_rows(form, other, everywhere)
        if found is None and form.document.path < other.document.path and _of_one_thing(form, other):
            found = _compared(form.whole, other.whole, form, other, everywhere)
        if found:
            yield found


def _of_sections(papers: Sequence[_Paper], everywhere: Sequence[str]) -> Iterator[Finding]:
    """Sections of a deck, minutes or a report that are headed by the number of another paper: what they count is what that one counts."""
    by_code: dict[str, list[_Paper]] = {}
    for paper in papers:
        for code in paper.codes:
            by_code.setdefault(code, []).append(paper)
    for paper in papers:
        headed = itertools.groupby(paper.document.passages, lambda passage: passage.heading[-1:])
        for heading, passages in headed:
            codes = _codes(heading[0]) if heading else set()
            named = {id(other): other for code in codes for other in by_code.get(code, ())}
            others = [other for other in named.values() if other.document.path != paper.document.path]
            if len(codes) != 1 or len(others) != 1 or codes & paper.codes:
                continue
            section = list(passages)
            ids = {passage.id for passage in section}
            tables = [one for one in paper.tables if one.rows and one.rows[0].passage.id in ids]
            part = _Paper(paper.document, tables, section)
            if found := _compared(part.whole, others[0].whole, part, others[0], everywhere):
                yield found


def _of_one_thing(form: _Paper, other: _Paper) -> bool:
    """Whether two papers name one number. Two of one kind are of two events unless they bear the same numbers in their titles, or tell the
    same count of pieces as well; a sheet of months is of many.
    """
    kinds = {form.document.kind, other.document.kind}
    if "metrics_record" in kinds or not form.codes & other.codes or _filled_in_twice(form, other):
        return False
    return len(kinds) > 1 or _codes(form.title) == _codes(other.title) or bool(form.counts & other.counts)


def _filled_in_twice(form: _Paper, other: _Paper) -> bool:
    """Whether two papers are one form filled in for two things: the same labels, and behind one of them two numbers or two days."""
    labels = form.fields.keys() & other.fields.keys()
    told = [(form.fields[label], other.fields[label]) for label in labels]
    numbers = [pair for pair in told if all(map(_NUMBER.fullmatch, pair))]
    return len(labels) >= LEAST_LABELS and any(one != two for one, two in numbers)


_NUMBER = re.compile(r"(?=(?:[^\s\d]{0,12}\d){4})[a-z\d][a-z\d/._-]{3,24}")
LEAST_LABELS = 3
"""Labels that two fillings of a form have in common."""


def _against_rows(form: _Paper, other: _Paper, everywhere: Sequence[str]) -> Finding | None:
    """A form against the one row of a register that has its number or its name."""
    for passage, line in other.lines:
        points = "|" not in line and line not in other.opening and bool(form.codes & _codes(line))
        told = list(other.told_in(line, passage, line)) if points else []
        if told and (found := _compared(form.whole, told, form, other, everywhere)):
            return found
    for one in other.tables:
        if one.told or len(one.rows) < LEAST_ROWS:
            continue
        often = Counter(key for row in one.rows for key in set(row.keys[:LAST_NAME]))
        named = [row for row in one.rows if _is_of(row.line, [k for k in row.keys[:LAST_NAME] if often[k] == 1], form)]
        if len(named) == 1:
            row = named[0]
            told = list(_of_row(one, one.rows.index(row), row.line))
            if found := _compared(form.whole, told, form, other, everywhere):
                return found
    return None


LEAST_ROWS = 2
"""Rows of a register."""


def _is_of(line: str, keys: Sequence[str], form: _Paper) -> bool:
    """Whether a row is of what a form was filled in for; ``keys`` are the names that no other row has: what several have is a product."""
    if any(_codes(cell) & form.codes for cell in line.split("|")[:LAST_NAME]):
        return True
    if not any(len(key) >= LEAST_NAME and key in form.names for key in keys):
        return False
    return any(fact.day and fact.quote in line for fact in form.document.facts)


LEAST_NAME, LAST_NAME = 3, 4
"""Letters of a name, and the columns from the left in which it stands."""


def _compared(
    left: Sequence[Counted], right: Sequence[Counted], form: _Paper, other: _Paper, everywhere: Sequence[str]
) -> Finding | None:
    """The first class that each side counts once and otherwise than the other."""
    first, second = _by_class(left), _by_class(right)
    for classes in (one for one in first if one in second):  # in the order in which they are told
        one, two = first[classes], second[classes]
        values = {told.value.value for told in one}, {told.value.value for told in two}
        if any(len(told) != 1 for told in values) or not far_apart(one[0].value, two[0].value):
            continue
        if classes == _PEOPLE and any(len(told[0].line.split()) > LONGEST_COUNT for told in (one, two)):
            continue  # ``sorted by our 2 people``: a sentence counts whom it speaks of
        if any(_ANOTHER.search(fold(title)) for title in (form.title, other.title)):
            continue
        if _is_another(one[0].line, two[0].line) or _is_another(two[0].line, one[0].line):
            continue
        large = max(one[0].value.value, two[0].value.value) >= LARGE  # smaller ones stand everywhere
        if large and (_tells(form, two[0].value) or _holds(two[0].line, one[0].value)):
            continue
        if large and any(_holds(line, one[0].value) and _holds(line, two[0].value) for line in everywhere):
            continue
        about = next(iter(sorted(form.codes & other.codes)), name_of(form.document.path))
        shown = (Figure(told.value.value, told.document, told.passage, told.line) for told in (one[0], two[0]))
        return two_figures(one[0].label, about, *shown)
    return None


def _is_another(line: str, other: str) -> bool:
    """Whether a line says that its figure takes the place of another or came later, and not of the same step as the other line: of two
    figures found in sorting none is another for having been found after it.
    """
    beside = fold(other)
    return any(match[0].split()[-1][:STEM] not in beside for match in _ANOTHER.finditer(fold(line)))


STEM = 4
"""First letters of a word that name a step whatever its ending."""

_PEOPLE = frozenset(("people",))

LONGEST_COUNT = 14
"""Words of a line that tells how many came; a longer one tells what some of them did."""

LARGE = 10.0
"""Counts from which the same figure in another place is the same count."""


def _by_class(told: Sequence[Counted]) -> Mapping[frozenset[str], list[Counted]]:
    found: dict[frozenset[str], list[Counted]] = {}
    for one in told:
        if (
            one.classes
            and one.classes <= COUNTED
            and one.value.value
            and (one.value.value.is_integer() or "score" in one.classes)  # pieces are counted whole
            and one.value.unit != "%"
            and not SHARE.search(fold(one.label))
        ):
            bad = one.classes & _BAD
            found.setdefault(one.classes - _STEPS if bad else one.classes, []).append(one)
    return found


_BAD = frozenset({"rejected", "reworked", "scrapped", "returned"})
_STEPS = frozenset({"inspected", "sampled", "lot_size", "made", "received"})
"""Classes of where something bad was found, beside which it is still what is counted: rejected in sorting, rejected of the lot."""


def _tells(paper: _Paper, value: Amount) -> bool:
    return any(_holds(line, value) for _, line in paper.lines)


def _holds(line: str, value: Amount) -> bool:
    """Whether a figure stands in a line, with its thousands parted or not."""
    wanted = f"{value.value:g}"
    return any(
        figure.replace(",", ".") == wanted or re.sub(r"[.,]", "", figure) == wanted for figure in _FIGURES.findall(line)
    )


_FIGURES = re.compile(r"(?<![\w.,])\d[\d.,]*\d|(?<![\w.,])\d(?![\d.,]*\d)")
