"""Two papers that name the same count, of lots inspected or reports issued, and beside it another number of bad ones or another share.

The count shows that both tell of one thing, whatever it is called: it stands in one place of each paper, and is no number met by chance.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.bundle import Bundle
from evidence.facts.indicators import SHARE
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.text import fold, lettered, lines, phrases
from evidence.facts.told_spans import MonthSpan, month_spans
from evidence.flags.counted_kinds import kind_of
from evidence.flags.figure_tables import figure_tables
from evidence.flags.figures_said import kind_told
from evidence.flags.month_figures import LONGEST_LINE, figures_in, papers_that_tell, passages_that_tell
from evidence.flags.registry import Finding
from evidence.flags.told_by_name import is_change
from evidence.flags.two_figures import Figure, two_figures
from evidence.model import DocumentReport, Passage

LEAST_NAMED, LEAST_COUNT = 100, 1_000
"""Counts that two papers do not share by chance: where both say the same of what is counted or of when, and where they do not."""

MOST_PLACES = 2
"""Places of a bundle in which such a count stands: one in each paper."""

TIMES, FEW = 3.5, 12
"""Times within which two figures are of one thing, and counts that may be so whatever their size."""

APART = 0.04
"""Part of a figure by which it differs for sure."""

_ANOTHER, _TARGET = phrases("same_figures", "another"), phrases("metrics_flags", "target")
_BEFORE, _FOR_WHAT = phrases("told_spans", "year_before"), phrases("told_spans", "for_what")
_WHOLES = frozenset({"inspected", "made", "shipped", "received", ""})
_WHOLE_YEAR = MonthSpan(0, 0, 1, 12, None)


@dataclass(frozen=True)
class _Beside:
    """The figures of a line or row: each with what it counts; shares under the sign of a hundredth."""

    figures: Sequence[tuple[str, bool, float]]
    document: DocumentReport
    passage: Passage
    line: str
    in_table: bool = False
    quoted: str = ""
    """The line of the paper that is shown for it, where it is no line of its own."""
    sentences: Sequence[str] = ()
    """The sentence in which each figure stands."""

    def beside(self, count: float) -> "_Beside":
        """A count with the figures behind it in its sentence, up to the first share: what follows is of another week or line."""
        at = next((at for at, (_, share, value) in enumerate(self.figures) if value == count and not share), 0)
        behind = [at for at, (_, share, _) in enumerate(self.figures) if at > 0 and share]
        end = next((place for place in behind if place > at), None)
        if not self.sentences or end is None or self.sentences[end] != self.sentences[at]:
            return self
        return replace(self, figures=self.figures[at : end + 1])

    def counts(self) -> Iterator[tuple[float, str]]:
        """The counts of a whole that are no number met by chance, with what they count."""
        for kind, share, value in self.figures:
            if not share and kind in _WHOLES and value >= LEAST_NAMED and value == int(value):
                yield value, kind

    def told(self, kind: str, *, share: bool) -> set[float]:
        """The figures of a kind, or of any where none is asked."""
        return {value for own, is_share, value in self.figures if is_share == share and (own == kind or not kind)}


def told_beside_counts(bundle: Bundle) -> Iterator[Finding]:
    """Papers that tell one count alike and what is beside it otherwise."""
    places: dict[float, list[tuple[str, _Beside]]] = defaultdict(list)
    for one in (*_in_lines(bundle), *_in_rows(bundle), *_in_columns(bundle)):
        for value, kind in set(one.counts()):
            places[value].append((kind, one))
    for value, found in places.items():
        if len(found) != MOST_PLACES:
            continue
        (kind, first), (other_kind, second) = found
        if first.in_table and second.in_table:
            continue  # two editions of a sheet, or its next month
        if first.document.path == second.document.path or (kind != other_kind and (kind and other_kind)):
            continue
        if value < LEAST_COUNT and not (kind == other_kind != "" or _of_one_month(first, second)):
            continue
        if _ANOTHER.search(fold(f"{first.line} {second.line}")) or not _of_one_time(first, second, value):
            continue
        pair = _differing(first, second) or _differing(first.beside(value), second.beside(value))
        if pair:
            yield _finding(first, second, *pair)


def _of_one_time(first: _Beside, second: _Beside, value: float) -> bool:
    """Whether two lines do not name different months, nor of small counts the papers that they stand in."""
    small = value < LEAST_COUNT
    spans = [_months(fold(one.line)) or (_months(_opening(one)) if small else set()) for one in (first, second)]
    return not all(spans) or bool(spans[0] & spans[1])


def _months(folded: str) -> set[tuple[int, int]]:
    return {(span.first, span.last) for span in month_spans(folded)}


def _of_one_month(first: _Beside, second: _Beside) -> bool:
    """Whether two papers name one month beside their figures, and the same."""
    named = [_months(_opening(one)) for one in (first, second)]
    return len(named[0]) == 1 and named[0] == named[1]


def _opening(one: _Beside) -> str:
    told = (passage.text for passage in one.document.passages if passage.part == one.passage.part)
    return fold(" ".join((*one.passage.heading[-1:], *told))[:OPENING])


OPENING = 200
"""Letters of a paper in which it says of when it is."""


def _differing(first: _Beside, second: _Beside) -> tuple[str, float, float] | None:
    """What both tell once and otherwise: a count of one kind, or the only share."""
    kinds = {kind for kind, share, _ in first.figures if not share and kind not in _WHOLES}
    for kind, share in (*((kind, False) for kind in sorted(kinds)), ("", True)):
        one, other = (told.told(kind, share=share) for told in (first, second))
        if len(one) != 1 or len(other) != 1:
            continue
        left, right = one.pop(), other.pop()
        if share and _tells_kinds(first) and _tells_kinds(second) and _tells_kinds(first) != _tells_kinds(second):
            continue
        if _apart(left, right, share=share) and not (_holds(second, left) or _holds(first, right)):
            return kind or "share", left, right
    return None


def _tells_kinds(one: _Beside) -> set[str]:
    """What the shares of a line are of."""
    return {kind for kind, share, _ in one.figures if share and kind}


def _apart(left: float, right: float, *, share: bool) -> bool:
    low, high = sorted((left, right))
    if share:
        if high > 100 or abs(low + high - 100) < SUMMED:
            return False  # good ones and bad ones
        lack = 100 - high
        near = high - low > max(APART * high, LEAST_POINTS) if low < HIGH else high - low > LACKING * max(lack, 1.0)
        return near and (low >= HIGH or high <= TIMES * low)
    return high - low > APART * high and (high <= TIMES * low or high <= FEW)


SUMMED, HIGH, LACKING, LEAST_POINTS = 0.3, 80.0, 0.25, 0.15
"""Of shares: points within which two make up a hundred, percent from which what is lacking tells, part of it by which two differ, and
points that are no rounding."""


def _holds(one: _Beside, value: float) -> bool:
    """Whether a paper tells a figure anywhere as well: of another part, or put right."""
    if value < FEW and value == int(value):
        return any(value == told for _, _, told in one.figures)
    written = {f"{value:g}", f"{value:g}".replace(".", ","), f"{value:,.0f}" if value == int(value) else f"{value:.2f}"}
    return any(sign in passage.text for passage in one.document.passages if not passage.hidden for sign in written)


def _in_lines(bundle: Bundle) -> Iterator[_Beside]:
    for document in papers_that_tell(bundle):
        for passage in passages_that_tell(document):
            for line in lines(passage.text):
                if (
                    line.text.count("|") <= 1
                    and len(line.text) <= LONGEST_LINE
                    and sum(map(str.isdigit, line.text)) > 2
                ):
                    told = list(_told(document, passage, line.text))
                    figures, said = [figure for figure, _ in told], [sentence for _, sentence in told]
                    yield _Beside(figures, document, passage, line.text, sentences=said)


def _told(document: DocumentReport, passage: Passage, line: str) -> Iterator[tuple[tuple[str, bool, float], str]]:
    """The figures of a line with the sentence of each."""
    kind, sentence = "", ""
    for told in figures_in(document, passage, line, [_WHOLE_YEAR]):
        kind, sentence = (kind, sentence) if told.sentence == sentence else ("", told.sentence)
        kind, _ = kind_told(told, kind)
        if any(said.search(f"{told.between} {told.behind}") for said in (_TARGET, _BEFORE)) or is_change(told):
            continue
        if told.unit != "ppm" and not (told.unit and _FOR_WHAT.match(told.behind.strip())):
            yield (kind, told.unit == "%", told.value), told.sentence


def _in_rows(bundle: Bundle) -> Iterator[_Beside]:
    for one in figure_tables(bundle):
        if one.told:
            continue
        kinds = {index: (kind_of(one.head(index)), SHARE.search(one.head(index)) is not None) for index in one.figures}
        aimed = {index for index in one.figures if _TARGET.search(one.head(index))}
        for at, row in enumerate(one.rows):
            figures = [
                (kinds[index][0], kinds[index][1] or column[at].unit == "%", column[at].value)
                for index, column in one.figures.items()
                if at in column and index not in aimed
            ]
            yield _Beside(figures, one.document, row.passage, row.line, in_table=True)


def _in_columns(bundle: Bundle) -> Iterator[_Beside]:
    """The columns of tables on their side, whose rows tell what is counted and whose columns when or of which: ``Tested``, ``Yield %``."""
    for document in papers_that_tell(bundle):
        rows = [
            (passage, line, [cell.strip() for cell in line.split("|")])
            for passage in passages_that_tell(document)
            for line in passage.text.splitlines()
        ]
        for width, group in itertools.groupby(rows[:MOST_ROWS], lambda row: len(row[2])):
            table = list(group)
            if width > 2 and 2 < len(table) < MOST_TALL:
                yield from _of_columns(document, table)


def _of_columns(document: DocumentReport, table: Sequence[tuple[Passage, str, list[str]]]) -> Iterator[_Beside]:
    named = [
        (kind_of(cells[0]), SHARE.search(fold(cells[0])) is not None, passage, line, cells)
        for passage, line, cells in table
        if lettered(cells[0]) and not _TARGET.search(fold(cells[0]))
    ]
    counted = [row for row in named if row[0]]
    if len({row[0] for row in counted}) < LEAST_KINDS or any(kind_of(cell) for cell in table[0][2][1:]):
        return
    comma = uses_decimal_comma([cell for *_, cells in counted for cell in cells[1:]])
    for index in range(1, len(table[0][2])):
        told = [
            ((kind, share or figure.unit == "%", figure.value), line)
            for kind, share, _, line, cells in counted
            if (figure := amount(cells[index], comma))
        ]
        if len(told) > 1:
            line = f"{table[0][2][index]} / {told[-1][1]}"
            figures = [figure for figure, _ in told]
            yield _Beside(figures, document, counted[-1][2], line, in_table=True, quoted=told[-1][1])


LEAST_KINDS, MOST_TALL, MOST_ROWS = 2, 30, 2_000
"""Kinds of counts that rows are named by in a table on its side, rows of one, and rows of a paper that are looked at."""


def _finding(first: _Beside, second: _Beside, kind: str, left: float, right: float) -> Finding:
    shared: Mapping[float, str] = dict(first.counts())
    count = next((value for value, _ in second.counts() if value in shared), 0.0)
    told = ((left, first), (right, second))
    figures = (Figure(value, one.document, one.passage, one.quoted or one.line) for value, one in told)
    return two_figures(kind, f"beside {count:g}", *figures)
