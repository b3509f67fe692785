"""What every family of facts looks at: the document, its passages, its tables and how it writes dates."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from evidence.facts import calendar
from evidence.facts.aligned_lines import aligned_grids
from evidence.facts.grids import Grid, GridCell, grids
from evidence.facts.months import BUDDHIST_OFFSET, ROC_OFFSET, era_years
from evidence.facts.months import MONTHS as MONTH_NAMES
from evidence.facts.second_heads import under_one_row
from evidence.facts.stacked import stacked
from evidence.facts.text import fold, phrases
from evidence.model import Fact, Passage, Probability
from evidence.quotes import MAX_QUOTE
from extractors.document import Document

LONGEST_HEAD = 200
"""Letters at the beginning of a document in which its year stands."""

LEAST_LONG = 300
"""Letters of a paragraph from which it may be cut into several passages."""

LEAST_OF_HEAD = 3
"""A year in the head of a paper is that of its days, if one in so many of those that have a year is of it."""


_YEAR = re.compile(
    r"(?<![\d.,/-])(?<!\d:)(?<!\d: )(?<!\d :)(?<!\d : )20[0-4]\d(?:(?![\d.,/-]*\d)|(?=[-.](?:0[1-9]|1[0-2])(?![\d-]|[./]\d)))|"
    r"(?<=(?<![\d.,/-])(?:0[1-9]|1[0-2])[-.])20[0-4]\d(?![\d.,/-]*\d)"
)
"""A year that is not the one of a standard (``ISO 9001:2015``), alone or with its month: ``plating 2025-02``, ``T02-2025``."""

_BUDDHIST_YEAR = re.compile(r"(?<![\d.,/-])25[4-9]\d(?![\d.,/-]*\d)")
_REPUBLIC_YEAR = re.compile(r"(?<!\d)1[0-3]\d(?= ?年)")


_NUMERIC = re.compile(r"\d{1,2} ?([-/.]) ?\d{1,2} ?\1 ?\d{4}")
"""A day in numbers, the year last and whole."""

_SHORT = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d\d)(?![\d/-]|\.\d)")
"""One whose year, if it is the last, has two figures."""


@dataclass(frozen=True)
class Source:
    """A document made ready for finding facts; everything here is computed once."""

    document: Document
    passages: Sequence[Passage]
    order: calendar.Order = "dmy"
    settled: bool = False
    language: str = "en"
    extra: dict[str, str] = field(default_factory=dict)

    @cached_property
    def year(self) -> int | None:
        """The year that most dates of the document name, or its name and head: that of days written without one."""
        years = Counter(
            found.value[:4]
            for passage in self.passages
            for found in self.dates(passage.text, passage.language)
            if found.precision == "day"
        )
        headed = self._headed_year
        if headed is not None and years[str(headed)] * LEAST_OF_HEAD >= max(years.values(), default=0):
            return headed  # days until which something is planned are of the next year, and tell of none before
        return int(max(years, key=lambda year: years[year])) if years else None  # of two named as often, the first

    @cached_property
    def long_blocks(self) -> tuple[str, ...]:
        """The paragraphs that may be cut into several passages."""
        return tuple(block.text for block in self.document.blocks if len(block.text) > LEAST_LONG)

    @cached_property
    def _headed_year(self) -> int | None:
        """The one year that the name of the file, or else the head of the document or the names of its sheets, gives:
        ``Complaints 2026.xlsx``.
        """
        for text in self._heads:
            named = {int(year) for year in _YEAR.findall(text)}
            named |= {int(year) - BUDDHIST_OFFSET for year in _BUDDHIST_YEAR.findall(text)}
            named |= {int(year) + ROC_OFFSET for year in _REPUBLIC_YEAR.findall(text)} | era_years(fold(text))
            if len(named) == 1:
                return named.pop()
        return None

    @cached_property
    def _heads(self) -> tuple[str, str, str]:
        """Where a paper names its year: the name of the file, the head of the document, the names of its sheets."""
        first = self.passages[0] if self.passages else None
        head = " ".join((*first.heading, first.text[:LONGEST_HEAD])) if first else ""
        return self.document.path.rsplit("/", 1)[-1], head, " ".join(part.name for part in self.document.parts)

    @cached_property
    def _counts_as_thailand(self) -> bool:
        """Whether a paper in English names its year as Thailand counts: two digits of its days are the end of such a year."""
        return any(_BUDDHIST_YEAR.search(text) for text in self._heads)

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of the document, with their heads in one row."""
        return list(map(under_one_row, (*grids(self.document, self.passages), *aligned_grids(self.passages))))

    @cached_property
    def stacked(self) -> list[Grid]:
        """The tables that fields which come again and again stand for."""
        return stacked(self.passages, self.document.path)

    @cached_property
    def heads(self) -> dict[str, list[tuple[int, int, str]]]:
        """For each passage the cells of tables that stand in it: begin, end, head of the column."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for grid in self.grids:
            for row in grid.rows:
                for head, cell in zip(grid.heads, row, strict=True):
                    if cell.passage is not None and cell.text and head:
                        found.setdefault(cell.passage.id, []).append((cell.start, cell.start + len(cell.text), head))
        return found

    def dates(self, text: str, language: str | None = None) -> list[calendar.Found]:
        """The dates of a text, read the way this document writes them."""
        language = language or self.language
        written = text, "th" if language == "en" and self._counts_as_thailand else language
        if written not in self._read:
            found = calendar.find(text, self.order, written[1], self.settled)
            self._read[written] = [one for one in found if not self._is_day(one, text)]
        return list(self._read[written])

    def _is_day(self, found: calendar.Found, text: str) -> bool:
        """Whether what reads as a month and its year is a day of the document's year: ``Nov 13``."""
        match = _BEHIND_MONTH.fullmatch(text[found.start : found.end]) if found.precision == "month" else None
        return match is not None and match[1] in self._days_behind_months

    @cached_property
    def _days_behind_months(self) -> frozenset[str]:
        """The numbers of two digits that are days where they stand behind a month, as those of one digit in the same document show; one
        that comes again and again is the year of a row of months.
        """
        named = Counter(match[1] for passage in self.passages for match in _BEHIND_MONTH.finditer(passage.text))
        if sum(count for number, count in named.items() if len(number) == 1) < CERTAIN_DAYS:
            return frozenset()
        return frozenset(number for number, count in named.items() if len(number) > 1 and count < ROW_OF_MONTHS)

    @cached_property
    def _turned(self) -> set[int]:
        """The cells, by identity, whose day the spreadsheet took for the month.

        Typed in the other order than the machine's, 03/12/2026 becomes a date of the wrong month, and 03/27/2026 beside it
        stays a text. A table is such a one where a column holds both, all texts show one order, and each date says in
        that order another day than it stands for.
        """
        found: set[int] = set()
        for grid in self.grids:
            dates: list[GridCell] = []
            shown: set[tuple[calendar.Order, bool]] = set()
            mixed = False
            for column in zip(*grid.rows, strict=True):
                of_column = [cell for cell in column if cell.kind == "date" and cell.value]
                typed = [cell.text for cell in column if cell.kind != "date" and _NUMERIC.fullmatch(cell.text.strip())]
                mixed = mixed or bool(of_column and typed)
                dates += of_column
                shown |= {calendar.order_of([text]) for text in typed}
            if mixed and len(shown) == 1 and all(_is_turned(cell, *min(shown)) for cell in dates):
                found |= {id(cell) for cell in dates}
        return found

    @cached_property
    def _read(self) -> dict[tuple[str, str], list[calendar.Found]]:
        """The dates of the texts looked at so far: passages are asked for theirs by several families of facts."""
        return {}

    def day(self, cell: GridCell) -> str | None:
        """The date a cell holds, in its normal form."""
        if cell.kind == "date" and cell.value and len(cell.value) >= 10:
            return _turned(cell.value) if id(cell) in self._turned else cell.value[:10]
        found = self.dates(cell.text) if cell.text else []
        return found[0].value if found else None


CERTAIN_DAYS, ROW_OF_MONTHS = 2, 3
"""Days of one digit behind the name of a month that show how a document writes days, and months of one year that are a row of them."""

_MONTH = "|".join(re.escape(name) for name in sorted(MONTH_NAMES, key=lambda name: (-len(name), name)) if len(name) > 2)
_BEHIND_MONTH = re.compile(rf"(?i:(?<![^\W\d_])(?<!\d )(?<!\d-)(?:{_MONTH})\.? )(\d{{1,2}})(?![\d/.:-]|,? ?\d{{4}})")


def _turned(value: str) -> str:
    """A day in its normal form with day and month exchanged."""
    return f"{value[:4]}-{value[8:10]}-{value[5:7]}"


def _is_turned(cell: GridCell, order: calendar.Order, settled: bool) -> bool:
    """Whether the text of a date read in an order is its day with day and month exchanged (or as good as)."""
    read = calendar.find(cell.text, order, "en", settled) if settled and _NUMERIC.fullmatch(cell.text.strip()) else []
    return bool(read) and cell.value is not None and read[0].value == _turned(cell.value)


def source(document: Document, passages: Sequence[Passage]) -> Source:
    """Make a document ready: the language most of its passages are in, and the order of day and month."""
    counts: dict[str, int] = {}
    for passage in passages:
        counts[passage.language] = counts.get(passage.language, 0) + len(passage.text)
    language = max(sorted(counts), key=lambda name: counts[name]) if counts else "en"
    order, settled = calendar.order_of((passage.text for passage in passages), language)
    settled = settled or (order == "dmy" and _puts_day_first(passages, language))
    return Source(document, passages, order, settled, language)


def _puts_day_first(passages: Sequence[Passage], language: str) -> bool:
    """Whether a paper is written, if only by the word for its days, in a tongue that puts the day before the month, or parts its days by
    points, as no tongue does that puts the month first; or its years of two figures stay behind months where the figures before them, too
    great for months, change: 27.04.26, 15.06.26, 22.09.26.
    """
    if language in DAY_FIRST:
        return True
    told = [fold(passage.text) for passage in passages]
    if any(_DAY_WORD.search(text) for text in told):
        return True
    signs = {match[1] for text in told for match in _NUMERIC.finditer(text)}
    if signs == {"."}:
        return True
    short = [tuple(map(int, match.group(1, 3, 4))) for text in told for match in _SHORT.finditer(text)]
    days = {first for first, _, _ in short if first > MONTHS}
    return (
        len(days) >= LEAST_DAYS
        and len({year for *_, year in short}) <= MOST_YEARS
        and all(month <= MONTHS for _, month, _ in short)
    )


LEAST_DAYS, MOST_YEARS, MONTHS = 3, 2, 12
"""Figures that cannot all be years of one paper, and years that one may hold."""


DAY_FIRST = ("vi", "id", "ms", "th", "tr")
"""Languages in which the day stands before its month."""

_DAY_WORD = phrases("calendar", "day_first")


def fact(
    kind: str,
    role: str,
    value: str,
    passage: Passage,
    start: int,
    end: int,
    unit: str | None = None,
    confidence: Probability = 1.0,
) -> Fact:
    """A fact whose quote is cut out of its passage, so that it is there to the letter."""
    end = min(end, start + MAX_QUOTE)
    quote = passage.text[start:end]
    return Fact(
        kind=kind, role=role, value=value, quote=quote, passage=passage.id,
        locators=passage.locators_of(start, end), unit=unit, confidence=confidence,
    )  # fmt: skip


def cell_fact(
    kind: str, role: str, value: str, cell: GridCell, unit: str | None = None, confidence: Probability = 1.0
) -> Fact:
    """A fact quoted by a cell that stands in a passage; the cell must be placed."""
    assert cell.passage is not None
    return fact(kind, role, value, cell.passage, cell.start, cell.start + len(cell.text), unit, confidence)
