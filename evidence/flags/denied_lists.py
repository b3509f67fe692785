"""Sentences that say that something did not happen, above a list of how it did: ``no customer complaints in the quarter`` and three of them.

What is denied is one of a few things that are listed one by one. The list is the one of the same section, or one that is called so; its
rows count where their days lie within the time that the sentence, its heading or its paper is of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.months import MONTHS, common_year
from evidence.facts.text import fold, late, lettered, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import TableRow, ToldTable, heads
from evidence.flags.trends import AHEAD, SENTENCES
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

EVENTS = ("complaints", "returns", "accidents", "late_deliveries", "nonconformities", "breakdowns", "recalls")

LEAST_HEADS = 3
"""Columns of a list of what happened: a day or a number, whom or what, and how."""

LONGEST_CLAIM = 240
"""Letters of a sentence that denies something."""

LONGEST_BETWEEN = 30
"""Letters between the word for none and what is denied."""

YEAR = 12
"""Months of a year."""

_NONE, _BEHIND, _PLAIN, _PART, _CLIENTS, _EARLIER = (
    phrases("denied_lists", name) for name in ("none", "none_behind", "plain", "part", "clients", "earlier")
)
_OF = {name: phrases("denied_lists", name) for name in EVENTS}
_ANY = late("|".join(words.pattern for words in _OF.values()))
_BEFORE = phrases("told_spans", "year_before")
_NIL = re.compile(r"[\s\-–—./]*|nil|none|0")
_YEAR_TOLD = re.compile(r"(?<!\d)(20[0-4]\d|25[5-9]\d)(?!\d)")
_CLAUSES = re.compile(r"[,;，；、()（）]")
_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)[-./](?P<m>\d{1,2})[-./]\d{1,2}|\d{1,2}[-./](?P<m2>\d{1,2})[-./](?P<y2>20\d\d|\d\d)|(?P<y3>20\d\d)\s?[年년]\s?(?P<m3>\d{1,2})\s?[月월])(?!\d)"
)

Months = frozenset[tuple[int | None, int]]
"""Months of years; the year is None where none is told."""


@dataclass(frozen=True)
class Denial:
    """A sentence that denies all of something, the line it stands in and the months that it is of, none where nothing tells."""

    event: str
    passage: Passage
    line: str
    text: str
    months: Months


@dataclass
class ListedEvents:
    """A table of a paper with the line above it and whether a denial of the same section stands right above or below it."""

    table: ToldTable
    passage: Passage
    beside: list[Denial]

    @property
    def called(self) -> str:
        """What it is called: its heading, the line above it, its heads."""
        return fold(" ".join((*self.passage.heading[-1:], *self.table.above[-1:], *self.table.head)))


def denied_lists(bundle: Bundle) -> Iterator[Finding]:
    """The first row of each paper that tells of what the paper says did not happen."""
    for document in bundle.read:
        if is_example(document) or document.kind in RULES_AND_FORMS:
            continue
        if not any(_ANY.search(fold(passage.text)) for passage in document.passages):
            continue
        denials = list(_denials(document))
        for denial in denials:
            if found := _listed(document, denial, denials):
                what = (
                    f"'{' | '.join(cell for cell in found.cells if cell)[:80]}' is listed, and there is said to be none"
                )
                places = (cite(document, denial.passage, denial.text), cite(document, found.passage, found.line))
                yield Finding({"name": name_of(document.path), "what": what}, places)
                break


def _denials(document: DocumentReport) -> Iterator[Denial]:
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            if line.count("|") >= LEAST_HEADS - 1 or not _ANY.search(fold(line)):
                continue
            for sentence in SENTENCES.split(line):
                folded = fold(sentence.replace(" | ", ": "))
                if not 0 < len(folded) <= LONGEST_CLAIM or _BEFORE.search(folded) or AHEAD.search(folded):
                    continue
                if event := next((name for name in EVENTS if _denies(folded, _OF[name])), None):
                    yield Denial(event, passage, line, sentence.strip(), _months_of_claim(document, passage, folded))


def _denies(folded: str, event: re.Pattern[str]) -> bool:
    """Whether a clause says of all of something that there was none."""
    for clause in _CLAUSES.split(folded):
        for match in event.finditer(clause):
            before, behind = clause[: match.start()], _FROM_CLIENTS.sub(" ", clause[match.end() :])
            if _PART.search(behind):
                continue
            if any(_is_plain(before[one.end() :]) for one in _NONE.finditer(before)):
                return True
            if _BEHIND.search(behind[:LONGEST_BETWEEN]) and not _PART.search(before[-LONGEST_BETWEEN:]):
                return True
    return False


_FROM_CLIENTS = late(rf"(?:from|by|của|từ|dari|daripada|จาก) ?(?:the |our |any )?(?:{_CLIENTS.pattern})")
"""Of whom all complaints are."""


def _is_plain(between: str) -> bool:
    return len(between) <= LONGEST_BETWEEN and not any(map(str.isalpha, _PLAIN.sub(" ", between)))


def _months_of_claim(document: DocumentReport, passage: Passage, folded: str) -> Months:
    """The months that a denial is of: told in its sentence, else in its heading, else in the name or the first heading of the paper."""
    texts = (folded, *map(fold, passage.heading[::-1]), fold(name_of(document.path)))
    for text in texts:
        spans = list(month_spans(text))
        years = {_christian(year) for year in _YEAR_TOLD.findall(text)}
        if spans and (text == folded or (len(spans) == 1 and spans[0].last > spans[0].first)):
            year = next(iter(years)) if len(years) == 1 else None
            return frozenset((span.year or year, month) for span in spans for month in range(span.first, span.last + 1))
        if len(years) == 1 and not spans:
            year = years.pop()
            return frozenset((year, month) for month in range(1, YEAR + 1))
    return frozenset()


def _christian(year: str) -> int:
    return common_year(int(year))


def _listed(document: DocumentReport, denial: Denial, denials: Sequence[Denial]) -> TableRow | None:
    """The first row of a list that holds what a denial denies."""
    if denial.event == "nonconformities" and document.kind == "internal_audit_record":
        return None
    for one in _lists(document, denials):
        named = _OF[denial.event].search(one.called) is not None
        beside = denial in one.beside and (denial.event == "complaints" and _CLIENTS.search(one.called) is not None)
        if not (named or beside) or _EARLIER.search(one.called):
            continue
        rows = [row for row in one.table.rows if _happened(row) and _is_within(row, denial, denial in one.beside)]
        if rows:
            return rows[0]
    return None


def _happened(row: TableRow) -> bool:
    """Whether a row tells of something: it has a month or a day and two cells of words."""
    told = [cell for cell in row.cells if not _NIL.fullmatch(cell)]
    return len(told) >= LEAST_HEADS and sum(map(lettered, told)) > 1 and bool(_months_in(row))


def _is_within(row: TableRow, denial: Denial, beside: bool) -> bool:
    """Whether the first day of a row lies in the months of a denial; of one of no month where the list stands right beside it."""
    months = _months_in(row)[:1]
    if not denial.months:
        others = fold(denial.line.replace(denial.text, " "))  # what else is said right there may be of another time
        return beside and not (_EARLIER.search(others) or any(month_spans(others)))
    return any(
        month == own and (year is None or told is None or year == told)
        for year, month in months
        for told, own in denial.months
    )


def _months_in(row: TableRow) -> list[tuple[int | None, int]]:
    """The months of the days that a row names, in their order."""
    found: list[tuple[int | None, int]] = []
    for cell in row.cells:
        for match in _DAY.finditer(cell):
            year = int(match["y"] or match["y2"] or match["y3"])
            month = int(match["m"] or match["m2"] or match["m3"])
            if 1 <= month <= YEAR:
                found.append((year if year > 100 else 2000 + year, month))
        if len(cell) <= LONGEST_DAY and not _DAY.search(cell):
            spans = [(span.year, span.first) for span in month_spans(cell) if span.first == span.last]
            named = [MONTHS[name] for name in _NAME.findall(cell) if name in MONTHS]
            if not spans and len(named) == 1 and any(map(str.isdigit, cell)):
                told = _YEAR_TOLD.search(cell)
                spans = [(_christian(told[1]) if told else None, named[0])]
            found += spans
    return found


_NAME = re.compile(r"[^\W\d_]{3,12}")

LONGEST_DAY = 20
"""Letters of a cell that is a day."""


def _lists(document: DocumentReport, denials: Sequence[Denial]) -> Iterator[ListedEvents]:
    """The tables of a paper that can be lists, each with the denials of its section right above or below it."""
    for part in sorted({passage.part for passage in document.passages}):
        made: ListedEvents | None = None
        above: list[str] = []
        near: list[Denial] = []
        for passage, line in document.lines(part):
            cells = [fold(cell.strip()) for cell in line.split("|")]
            own = [one for one in denials if one.passage is passage and one.line == line]
            if len(cells) < LEAST_HEADS:
                if made and own and made.passage.heading == passage.heading:
                    made.beside += own
                if made:
                    yield made
                    made = None
                near = own or ([] if line.rstrip().endswith((":", "：")) else near)
                near = [one for one in near if one.passage.heading == passage.heading]
                above.append(line)
            elif made is None and heads(cells):
                beside = [one for one in near if one.passage.heading == passage.heading]
                made = ListedEvents(ToldTable(cells, above[-1:]), passage, beside)
            elif made and len(cells) <= len(made.table.head):
                made.table.rows.append(TableRow(passage, line, cells))
        if made:
            yield made
