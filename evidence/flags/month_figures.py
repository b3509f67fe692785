"""Figures of months as papers tell them in sentences, each with the months that it is of and the words around it."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, is_example
from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.numbers import parse
from evidence.facts.sentence_series import month_token
from evidence.facts.text import fold, late, lines, phrases
from evidence.facts.told_spans import MonthSpan, month_spans
from evidence.flags.two_figures import Figure
from evidence.model import DocumentReport, Passage
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS

LONGEST_LINE = 1_200
"""Letters of a line in which such figures are sought: a paragraph."""

BEHIND = 40
"""Letters behind a figure that can say what it is or of which part."""

NEAR = 12
"""Letters behind a figure within which its month begins: ``3.7 % in July``."""

_STOPS = re.compile(r"(?<=[^\d])[.;!?]\s|[。；！？]|(?<=%)[.;]\s")
_COMMAS = re.compile(r"[,、，;；()（）]\s?(?=\D)|[.;!?]\s|[。；：:|]")
_PERCENT, _NO_POINTS = (
    phrases("told_spans", "percent").pattern,
    rf"(?!\s?(?:{phrases('told_spans', 'points').pattern}))",
)
_FIGURE = late(
    rf"(?<![\w.,/'’-])(?:%\s?(?P<signed>\d{{1,3}}(?:[.,]\d{{1,3}})?)(?![\d/-]|[.,]\d)|(?P<plain>\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,6}}(?:[.,]\d{{1,3}})?)"
    rf"(?:\s?(?P<unit>%|ppm|(?:{_PERCENT}){_NO_POINTS})|(?![\d/-]|[.,]\d)))|(?<=[^\x00-\u024f])(?P<touching>\d{{1,6}}(?:[.,]\d{{1,3}})?)(?:\s?(?P<sign>%|ppm|(?:{_PERCENT}){_NO_POINTS})|(?![\d/-]|[.,]\d))"
)
_DATE_UNIT = re.compile(r"\s?[年月日号號년월일]")
_YEAR = re.compile(r"20[0-4]\d|25[5-9]\d")
_NUMBERING = re.compile(r"\d{1,2}(?:\.(?!\d)|[)）、:：])")


@dataclass(frozen=True)
class Told:
    """A figure of a sentence: its value, its unit ("%", "ppm" or none), the months it is of, where it stands.

    ``loose`` where the months stand elsewhere in the sentence; ``at`` is its place in the folded line.
    """

    value: float
    unit: str
    exact: bool
    span: MonthSpan
    loose: bool
    sentence: str
    between: str
    behind: str
    document: DocumentReport
    passage: Passage
    quote: str
    at: int = 0

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month that it is of."""
        return self.span.first, self.span.last

    def figure(self) -> Figure:
        """As a finding shows it."""
        return Figure(self.value, self.document, self.passage, self.quote)


@remembered
def figures_told(bundle: Bundle) -> list[list[Told]]:
    """The figures of months that sentences tell, line by line, in papers that are no tables, rules, forms or examples."""
    return list(_read(bundle, _sentences_of))


def papers_that_tell(bundle: Bundle) -> Iterator[DocumentReport]:
    """The papers of a bundle that tell of what was: no rules, forms or examples."""
    return (one for one in bundle.read if one.kind not in RULES_AND_FORMS and not is_example(one))


def passages_that_tell(document: DocumentReport) -> Iterator[Passage]:
    """The passages of a paper that are seen and tell of what was: none to be filled in, none of certificates, none of what shall be."""
    untold = ("template", "credential", "prescription")
    return (passage for passage in document.passages if not passage.hidden and passage.mode not in untold)


def figures_beside(bundle: Bundle) -> Iterator[list[Told]]:
    """The figures of months whose row names what and when in the cell before: ``Returned goods in May | 9 drums``."""
    yield from _read(bundle, _names_beside)


def _read(bundle: Bundle, told_in: Callable[[str], Iterable[str]]) -> Iterator[list[Told]]:
    for document in papers_that_tell(bundle):
        for passage in passages_that_tell(document):
            heading = fold(passage.heading[-1]) if passage.heading else ""
            above = list(month_spans(heading)) if heading else []
            for line in lines(passage.text):
                for text in told_in(line.text):
                    if told := list(figures_in(document, passage, text, above)):
                        yield told


def _sentences_of(line: str) -> Iterator[str]:
    """A line that is no row of a table, and the cells of a row that tell something in words and figures."""
    if line.count("|") <= 1:
        told = [line]
    else:
        told = [cell.strip() for cell in line.split("|") if sum(map(str.isalpha, cell)) >= LEAST_TOLD]
        told = [text for text in told if any(month_spans(fold(text)))]
    yield from (text for text in told if len(text) <= LONGEST_LINE and any(map(str.isdigit, text)))


LEAST_TOLD = 8
"""Letters of a cell that tells the figure of a month in words."""

MOST_CELLS = 5
"""Cells of a row that tells of one figure: what, how many, and what came of it."""

_ALONE = re.compile(r"\s*%?\d[\d.,]{0,9}\s?[^\d|]{0,12}")
"""A figure with its unit and nothing else."""


def _names_beside(line: str) -> Iterator[str]:
    cells = line.split("|")
    for name, figure in itertools.pairwise(cells) if len(cells) <= MOST_CELLS else ():
        if _ALONE.fullmatch(figure) and _is_of_month(name):
            yield f"{name}|{figure}".strip()


def _is_of_month(name: str) -> bool:
    """Whether a cell says of which one month its figure is, and of what: no day, and no figure of its own."""
    folded = fold(name)
    spans = list(month_spans(folded)) if len(name) <= LONGEST_NAME else []
    if len(spans) != 1:
        return False
    rest = folded[: spans[0].start] + folded[spans[0].end :]
    return sum(map(str.isalpha, rest)) >= LEAST_NAME and not any(map(str.isdigit, _YEAR.sub("", rest)))


LONGEST_NAME, LEAST_NAME = 60, 2
"""Letters of a cell that names what is counted in a month, and of that name."""


def figures_in(document: DocumentReport, passage: Passage, line: str, above: Sequence[MonthSpan]) -> Iterator[Told]:
    """The figures of a line with their months: those it names, else the one run of months that stands above it."""
    folded = fold(line.replace("，", "、"))  # folded it would stand between two figures as the comma within one does
    spans = list(month_spans(folded)) or ([] if above else list(_years(folded)))
    if not spans and len(above) != 1:
        return
    comma = re.search(r"\d,\d{1,2}(?!\d)", passage.text) is not None
    reached, taken = 0, -1
    for match in _FIGURE.finditer(folded):
        digits = match["signed"] or match["plain"] or match["touching"]
        unit = "%" if match["signed"] else match["unit"] or match["sign"] or ""
        unit = unit if unit in ("", "ppm") else "%"
        inside = any(span.start <= match.start() < span.end for span in spans)
        if inside or (not unit and _YEAR.fullmatch(digits)) or _DATE_UNIT.match(folded, match.end()):
            continue
        if not match.start() and _NUMBERING.match(folded):
            continue  # the number of a point of minutes
        begin = max((stop.end() for stop in _STOPS.finditer(folded, 0, match.start())), default=0)
        end = next((stop.start() for stop in _STOPS.finditer(folded, match.end())), len(folded))
        inner = [span for span in spans if begin <= span.start < end]
        span = _span_of([span for span in inner if span.start > taken], match.start(), match.end(), reached)
        loose = span is None and not above
        if span is None:
            around = inner if loose else above
            span = around[0] if len(around) == 1 else None
        elif span.start > match.end():
            taken = span.start
        between, behind = folded[max(begin, reached) : match.start()], folded[match.end() : end]
        reached = match.end()
        if not unit and (_ends_with_month(between, spans, match.start()) or _is_day(folded, match.end(), spans)):
            continue  # a day, or a figure of that month: of another month it is not
        parsed = parse(digits, comma)
        if span is None or parsed is None:
            continue
        exact = re.search(r"[.,]\d{1,2}$", digits) is not None
        behind = _COMMAS.split(behind, maxsplit=1)[0][:BEHIND]
        quote, at = line[begin:end].strip(), match.start()
        yield Told(
            parsed[0], unit, exact, span, loose, folded[begin:end], between, behind, document, passage, quote, at
        )


def _is_day(folded: str, end: int, spans: Sequence[MonthSpan]) -> bool:
    """Whether right behind a figure stands a month of which nothing is told: ``until 12 nov 2026``."""
    month = month_token().match(folded, end + folded[end : end + 1].isspace())
    return (
        month is not None and bool(month["month"]) and not any(span.start <= month.start() < span.end for span in spans)
    )


def _ends_with_month(between: str, spans: Sequence[MonthSpan], start: int) -> bool:
    """Whether right before a figure stands a month that was not taken for one, since its figure may be the day: ``July 1, August 0``."""
    tail = between.rstrip()
    month = next((found for found in month_token().finditer(tail) if found.end() == len(tail) and found["month"]), None)
    return month is not None and not any(start - NEAR <= span.end <= start for span in spans)


def _years(folded: str) -> Iterator[MonthSpan]:
    """The whole years of a line that names no month: ``complaints in 2025: 9``."""
    for match in _BARE_YEAR.finditer(folded):
        yield MonthSpan(match.start(), match.end(), 1, MONTHS_OF_YEAR, int(match[0]))


_BARE_YEAR = re.compile(r"(?<![\w./:-])20[0-4]\d(?![\d/-]|\.\d|[a-z]{0,8}\d)")


def _span_of(spans: Sequence[MonthSpan], start: int, end: int, reached: int) -> MonthSpan | None:
    """The months of a figure: told behind the figure before it, or right behind it, else the last ones before it."""
    before = [span for span in spans if span.end <= start]
    fresh = [span for span in before if span.start >= reached]
    behind = next((span for span in spans if end <= span.start <= end + NEAR), None)
    return fresh[-1] if fresh else behind or (before[-1] if before else None)
