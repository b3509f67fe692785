"""Tables of months as their text tells them, whatever they count: a figure a month, down a column or along a row."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evidence.bundle import Bundle, is_example
from evidence.data import table
from evidence.facts.indicators import SHARE
from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.numbers import amount, grouped, is_grouped, uses_decimal_comma
from evidence.facts.row_numbers import unnumbered_lines
from evidence.facts.sentence_series import month_number, month_token
from evidence.facts.text import KEPT_TEXTS, SHORT_TEXT, fold, late, phrases, words
from evidence.facts.told_spans import HALF, MonthSpan, month_spans
from evidence.flags.registry import line_at
from evidence.flags.two_figures import Figure
from evidence.model import DocumentReport, Passage
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS

LEAST_MONTHS = 3
"""Months that make a table one of months."""

MOST_LINES = 400
"""Lines of a part in which such a table is sought."""

_NUMBERED = re.compile(
    r"(?:(?P<year>20\d\d)[-/.](?P<n>\d{1,2})|(?P<short>0?[1-9]|1[0-2])/2\d|(?P<m>\d{1,2})[-/.](?P<late>20\d\d)|(?P<cjk>\d{1,2})\s[月월])"
)

_NOTE = re.compile(r"(?<=\S)\s?[(（][^()（）]{1,16}[)）]\s{0,2}$|(?<=月)份$")
_YEAR_BESIDE = re.compile(
    r"^['’]?(?:\d\d|1[01]\d|20\d\d|25\d\d)\s?[./년年-]\s?(?=\d{1,2}\s?[月월])"
    r"|(?<=[^\W\d_])[.\s]{0,2}['’/-]\s?(?:20|25)?\d\d$|(?<=[^\W\d_]\.)(?:20|25)?\d\d$"
    r"|(?<=[^\W_])[.\s]{1,2}(?:25)?[67]\d$|(?<=^t\d)[/.-](?:20)?\d\d$|(?<=^t\d\d)[/.-](?:20)?\d\d$"
)
"""The year beside a month: ``Mar-26``, ``Apr'26``, ``2026年3月``, ``มี.ค. 69``, ``T3/26``."""

Span = tuple[int, int]
"""First and last month of a row."""


@dataclass(frozen=True)
class MonthColumn:
    """Figures by month under one name, and whether they are shares; what stands above the table and in the corner of its heads, and the
    figure of its row or column of totals.
    """

    label: str
    is_share: bool
    values: dict[Span, float]
    document: DocumentReport
    passage: Passage
    above: str = ""
    corner: str = ""
    total: float | None = None

    def figure(self, value: float) -> Figure:
        """One of its figures as a finding shows it, by the first line of the sheet."""
        return Figure(value, self.document, self.passage, line_at(self.passage.text, 0))


@remembered
def month_tables(bundle: Bundle) -> list[MonthColumn]:
    """The columns of all tables of months of a bundle."""
    columns: list[MonthColumn] = []
    for document in bundle.read:
        if document.kind in RULES_AND_FORMS or is_example(document):
            continue
        for part in sorted({passage.part for passage in document.passages}):
            told = list(_lines(document, part))
            if len(told) <= MOST_LINES:
                columns += _down(document, told)
                columns += _along(document, told)
    return columns


@dataclass(frozen=True)
class _Line:
    """A row of a table: its passage, its cells, and the lines above it that are no rows of figures."""

    passage: Passage
    cells: list[str]
    above: str


def _lines(document: DocumentReport, part: int) -> Iterator[_Line]:
    told: list[tuple[Passage, str, str]] = []
    above: list[str] = []
    for passage in document.passages:
        if passage.part != part or passage.hidden:
            continue
        for line in passage.text.splitlines():
            if "|" in line:
                told.append((passage, line, " \n ".join(above[-MOST_ABOVE:])))
            if sum(map(bool, map(str.strip, line.split("|")))) > 1:
                above = []
            elif line.strip():
                above.append(line.strip(" |"))
    cells = unnumbered_lines(named_rows([(passage, line) for passage, line, _ in told]))
    yield from (_Line(passage, own, over) for (passage, _, over), own in zip(told, cells, strict=True))


MOST_ABOVE = 3
"""Lines above a table that can be its title."""


def named_rows(lines: Sequence[tuple[Passage, str]]) -> list[list[str]]:
    """The cells of each line of a paper; figures below a head of nothing but periods, ``Apr | May | Jun``, are of what their title names, and
    begin with its name.
    """
    found: list[list[str]] = []
    rows = [[cell.strip() for cell in line.split("|")] for _, line in lines]
    title, width = "", 0
    for at, cells in enumerate(rows):
        if len(cells) >= LEAST_MONTHS and _are_figures(rows[at + 1 : at + 2], len(cells)) and all(map(span_of, cells)):
            width = len(cells)
            found.append(["", *cells])
        elif width and _are_figures([cells], width):
            found.append([name_in_title(title or " ".join(lines[at][0].heading[-1:])), *cells])
        else:
            width, title = 0, cells[0] if len(cells) == 1 else ""
            found.append(cells)
    return found


def _are_figures(rows: Sequence[list[str]], width: int) -> bool:
    """Whether rows are of a width and hold nothing but figures."""
    return bool(rows) and all(
        len(cells) == width and any(cells) and all(not cell or amount(cell) for cell in cells) for cells in rows
    )


def name_in_title(title: str) -> str:
    """What a title names, without what it says of a target: ``In-house rejection %, target 2.0 max``."""
    aimed = _AIMED.search(fold(title))
    told = title[: aimed.start()] if aimed and any(map(str.isalpha, title[: aimed.start()])) else title
    return next((piece.strip() for piece in _PIECES.split(told) if any(map(str.isalpha, piece))), told)


_AIMED = phrases("metrics_flags", "target")
_PIECES = re.compile(r"[,;:，；：、()（）]\s?|\s[-–—]\s")


def span_of(cell: str) -> Span | None:
    """The month or half-year that a cell names, alone or with its year."""
    return _span_in(cell) if len(cell) <= SHORT_TEXT else _span_of(cell)


def _span_of(cell: str) -> Span | None:
    folded = _YEAR_BESIDE.sub("", _NOTE.sub("", fold(cell))).strip(" .:")
    if not folded or len(folded) > LONGEST_HEAD:
        return None
    for name, first in (("first_half", 1), ("second_half", 1 + HALF)):
        if phrases("told_spans", name).fullmatch(folded):
            return first, first + HALF - 1
    if run := _RUN.fullmatch(fold(cell).strip(" .:")):
        first, last = int(run[1]), int(run[2])
        return (first, last) if first < last <= MONTHS_OF_YEAR else None
    match = month_token().fullmatch(folded) or month_token().fullmatch(f"{folded}.")
    number = month_number(match) if match else None
    if number is None and (numbered := _NUMBERED.fullmatch(folded)):
        number = int(numbered["n"] or numbered["short"] or numbered["m"] or numbered["cjk"])
    if number is not None:
        return (number, number) if 1 <= number <= 12 else None
    spans = list(month_spans(folded))
    return (spans[0].first, spans[0].last) if len(spans) == 1 and _is_all(folded, spans[0]) else None


_span_in = lru_cache(KEPT_TEXTS)(_span_of)


def _is_all(folded: str, span: MonthSpan) -> bool:
    """Whether a cell names a quarter or a run of months and nothing else but its year."""
    return span.last > span.first and not _YEAR.sub("", folded[: span.start] + folded[span.end :]).strip(_BESIDE_SPAN)


_RUN = re.compile(r"(1[0-2]|[1-9])\s?[月월]?\s?[-~]\s?(1[0-2]|[1-9])\s?[月월]")
"""Months from one to another, of which the first is no year: ``10-12月``."""

_BESIDE_SPAN = " .-/'年度"
_YEAR = re.compile(r"(?<!\d)(?:20|25)\d\d(?!\d)")


def romans_of(cells: Sequence[str]) -> dict[int, Span]:
    """The months of cells that number them in Roman figures from the first on, beyond the four of a year's quarters: ``I``, ``II``, ``III``."""
    found: dict[int, Span] = {}
    for index, cell in enumerate(cells):
        if len(found) < MONTHS_OF_YEAR and cell.strip(" .").lower() == ROMANS[len(found)]:
            found[index] = (len(found) + 1, len(found) + 1)
    return found if len(found) >= LEAST_ROMANS else {}


ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
LEAST_ROMANS = 5

LONGEST_HEAD = 24
"""Letters of a cell that names a month with its year."""


def _down(document: DocumentReport, told: Sequence[_Line]) -> Iterator[MonthColumn]:
    """Tables with a month a row."""
    monthly = [(at, span) for at, line in enumerate(told) if (span := span_of(line.cells[0]))]
    romans = romans_of([line.cells[0] for line in told]) if len(monthly) < LEAST_MONTHS else {}
    monthly = monthly if len(monthly) >= LEAST_MONTHS else [*romans.items()] or _numbered(told)
    if len(monthly) < LEAST_MONTHS:
        return
    first, last = monthly[0][0], monthly[-1][0]
    heads = told[first - 1].cells if first else []
    comma = uses_decimal_comma([cell for at, _ in monthly for cell in told[at].cells[1:]])
    thousands = {
        index
        for index in range(1, max(len(told[at].cells) for at, _ in monthly))
        if is_grouped(
            one for at, _ in monthly if index < len(told[at].cells) and (one := amount(told[at].cells[index], comma))
        )
    }
    kept: dict[int, dict[Span, float]] = {}
    shares = {at for at, head in enumerate(heads) if SHARE.search(fold(head))}
    twice = _twice(span for _, span in monthly)
    for at, span in monthly:
        row = told[at]
        read = {index: one for index, cell in enumerate(row.cells) if index and (one := amount(cell, comma))}
        found = {index: (grouped(one) if index in thousands else one).value for index, one in read.items()}
        for index, value in found.items():
            if span not in twice:
                kept.setdefault(index, {})[span] = value
            if "%" in row.cells[index]:
                shares.add(index)
    sums = list(itertools.takewhile(_is_total, (line.cells for line in told[last + 1 : last + 1 + MOST_BEHIND])))
    for index, values in kept.items():
        if len(values) >= LEAST_MONTHS:
            label = heads[index] if index < len(heads) else ""
            total = amount(sums[0][index], comma) if len(sums) == 1 and index < len(sums[0]) else None
            yield MonthColumn(
                label, index in shares, values, document, told[first].passage,
                told[max(first - 1, 0)].above, heads[0] if heads else "", total.value if total else None,
            )  # fmt: skip


_TOTAL = late(f"{words(tuple(table('measures')['row_words']['sum'])).pattern}|{phrases('counted', 'year').pattern}")

MOST_BEHIND = 2
"""Rows behind the last month among which the totals stand."""


def _is_total(cells: Sequence[str]) -> bool:
    return _TOTAL.search(fold(cells[0])) is not None


def _twice(spans: Iterable[Span]) -> set[Span]:
    """The months of a sheet that it holds twice: of two years."""
    return {span for span, count in Counter(spans).items() if count > 1}


def _numbered(told: Sequence[_Line]) -> list[tuple[int, Span]]:
    """The rows below a head for months that are only counted, from the first on: ``Month | Reject %``, ``1 | 2.4``, ``2 (Tết) | 3.1``."""
    found: list[tuple[int, Span]] = []
    headed = False
    for at, line in enumerate(told):
        if _MONTHS.fullmatch(fold(line.cells[0]).strip(" .:")):
            found, headed = [], True
        elif headed and (match := _COUNTED.fullmatch(line.cells[0])) and 1 <= int(match[1]) <= MONTHS_OF_YEAR:
            if found and int(match[1]) <= found[-1][1][0]:
                break
            found.append((at, (int(match[1]), int(match[1]))))
    return found


_MONTHS = words(tuple(table("measures")["month_words"]["heads"]))
_COUNTED = re.compile(r"0?(\d{1,2})\.?(?:\s?[(（][^()（）]{1,16}[)）])?")


def _along(document: DocumentReport, told: Sequence[_Line]) -> Iterator[MonthColumn]:
    """Tables with the months along their head."""
    months: dict[int, Span] = {}
    head: _Line | None = None
    for line in told:
        cells = line.cells
        found = {index: span for index, cell in enumerate(cells) if index and (span := span_of(cell))}
        found = found if len(found) >= LEAST_MONTHS else romans_of(cells)
        if len(found) >= LEAST_MONTHS:
            twice = _twice(found.values())
            months, head = {index: span for index, span in found.items() if span not in twice}, line
            continue
        if not months or head is None:
            continue
        comma = uses_decimal_comma(cells[1:])
        read = {index: one for index, cell in enumerate(cells) if index and (one := amount(cell, comma))}
        if is_grouped(read[index] for index in months if index in read):
            read = {index: grouped(one) for index, one in read.items()}
        values = {span: read[index].value for index, span in months.items() if index in read}
        if len(values) >= LEAST_MONTHS:
            is_share = SHARE.search(fold(cells[0])) is not None or any("%" in cell for cell in cells[1:])
            sums = [read[index] for index, name in enumerate(head.cells) if index in read and _is_total([name])]
            total = sums[0].value if len(sums) == 1 else None
            yield MonthColumn(cells[0], is_share, values, document, line.passage, head.above, head.cells[0], total)
