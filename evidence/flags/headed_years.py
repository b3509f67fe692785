"""The year that a sheet or a page is headed by: in its first lines, in a cell of the rows above its table, or in its name."""

import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle
from evidence.facts.months import BUDDHIST_OFFSET
from evidence.facts.text import fold, late, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.sheets import is_workbook
from evidence.model import DocumentReport, Passage

_SPAN = re.compile(r"(?<![\d/.\-:])(20[12]\d)\s?[-–/]\s?((?:20)?[12]\d)(?![\d/.:-])")
"""A year of account that spans two: ``FY 2023-24``."""

_HEADING_YEAR = re.compile(
    r"(?<![\d/.\-:])(20[12]\d|25[567]\d|1[01]\d(?= ?年)|2[3-9](?= ?(?:年|년)(?!차|이상|以上|质保|質保|保))"
    r"|(?<=[Ff][Yy])2[3-9]|(?<=[Ff][Yy][ '’])2[3-9]|(?<=ปี )6[6-9](?!\d)|(?<=ปี)6[6-9])(?![\d/]|[.:]\d|-\d)"
)
"""A year, in Korea, China and Thailand also by its last two figures: ``25년도``, ``ปี 68``, ``FY25``."""


def head_of(bundle: Bundle, document: DocumentReport, passages: Sequence[Passage]) -> tuple[Passage, str] | None:
    """The first heading of a sheet that names a year, and its passage: its first line, or one below the name of the firm and its
    department without a day, or a cell above the heads of its table; None where none does.
    """
    for number, passage in enumerate(passages[:FIRST_LINES]):
        begun = list(itertools.takewhile(lambda line: "|" not in line, passage.text.splitlines()))
        lines = list(dict.fromkeys((*passage.heading[:1], *begun[:FIRST_LINES])))
        for at, line in enumerate(lines):
            first = not number and not at
            if _names_year(line) and (
                first or (len(line) <= LONGEST_HEAD and not _days_of(bundle, document, passage, line))
            ):
                return passage, line
        if "|" in passage.text or len(passage.text) > LONGEST_HEAD:
            break
    return next(_cells_above(bundle, document, passages), None) or _name_of_sheet(document, passages)


def _name_of_sheet(document: DocumentReport, passages: Sequence[Passage]) -> tuple[Passage, str] | None:
    """The name of a sheet that is a year, or ends in one, with the first passage that stands there."""
    if not passages or not is_workbook(document):
        return None
    named = next((part.name for part in document.parts if part.number == passages[0].part), "")
    return (passages[0], named) if named and _names_year(named) else None


FIRST_LINES = 3
"""Lines at the top of a sheet that can be its heading, the name of the firm among them."""

LONGEST_HEAD = 100
"""Letters of such a line; a longer one tells something."""

SENTENCE_ENDS = (".", "。", "!", "?", "！", "？")

ROWS_ABOVE = 8
"""Rows above the heads of a table in which its heading and its fields stand."""


def _cells_above(
    bundle: Bundle, document: DocumentReport, passages: Sequence[Passage]
) -> Iterator[tuple[Passage, str]]:
    """The cells that name a year in the rows above the heads of a table, which are narrower than it: the first of a row, one whose label
    asks for the year or period, or one beside the number of the form.
    """
    rows = [(passage, _filled(line)) for passage in passages[:FIRST_LINES] for line in passage.text.splitlines()]
    rows = rows[: ROWS_ABOVE * 2]
    begins = next(
        (
            at
            for at, (passage, cells) in enumerate(rows)
            if len(cells) >= LEAST_COLUMNS
            and not _ASKS_YEAR.fullmatch(fold(cells[0]).strip(" .:"))
            and _days_of(bundle, document, passage, " | ".join(cells[:LEAST_COLUMNS]), True)
        ),
        len(rows),
    )
    for at, (passage, cells) in enumerate(rows[:begins][:ROWS_ABOVE]):
        below = max((len(told) for _, told in rows[at + 1 : begins + 1]), default=0)
        years = {year for cell in cells for year in _HEADING_YEAR.findall(_own_words(cell))}
        fields = len(years) == 1 and at + 1 < begins  # a row of fields may be as wide as the table, its heads are none
        if len(cells) >= below and not fields:
            continue
        for place, cell in enumerate(cells):
            if len(cell) > LONGEST_HEAD or not _names_year(cell) or _days_of(bundle, document, passage, cell):
                continue
            asked = place > 0 and _ASKS_YEAR.search(fold(cells[place - 1])) is not None
            own = _ASKS_YEAR.search(fold(cell)) is not None or not _REFERS.search(fold(cell))
            narrow = len(cells) < below and (not place or len(cells) <= FIRST_LINES)
            if (asked or narrow) and own and not (place and _is_field(cells[place - 1], asked)):
                yield passage, cell


def _is_field(label: str, asked: bool) -> bool:
    """Whether a cell is the label of the one beside it, which asks for something else than the year."""
    return not asked and label.rstrip().endswith((":", "："))


def _filled(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|") if cell.strip()]


LEAST_COLUMNS = 3
"""Filled cells of a row of a table below its heads."""

_ASKS_YEAR, _REFERS = (phrases("paper_days", name) for name in ("asks_year", "refers"))


def _days_of(bundle: Bundle, document: DocumentReport, passage: Passage, line: str, months: bool = False) -> bool:
    """Whether a whole day stands in a line, or a month: the day of a print or an edition, whose year is not that of the rows."""
    kinds = ("date", "period") if months else ("date",)
    return any(
        fact.kind in kinds and bool(fact.quote) and fact.quote in line for fact in bundle.facts_in(document, passage)
    )


def year_of(title: str) -> tuple[int, bool] | None:
    """The year of a heading as it is counted elsewhere than in Thailand or Taiwan, and whether it ends a span of two; None where it names
    several.
    """
    years = set(_HEADING_YEAR.findall(_own_words(title)))
    end = _span_end(title)
    if end is not None:
        return _of_our_era(end), True
    if len(years) > RUN:
        years = _without_later_run(title, years)
    return (_of_our_era(int(years.pop())), False) if len(years) == 1 else None


def _without_later_run(title: str, years: set[str]) -> set[str]:
    """The years of a heading, without those of a run of months over New Year that lies behind the first of them, as it stands in the heading
    of a new year that still names the old one: ``FY2025 (April 2026 to March 2027)``.
    """
    first, *run = sorted(years, key=lambda year: _of_our_era(int(year)))
    months = max(len(_MONTH_OF.findall(title)), len(list(month_spans(fold(title)))))
    over = len(run) == RUN and months == RUN and _of_our_era(int(run[1])) == _of_our_era(int(run[0])) + 1
    return {first} if over else years


RUN = 2
"""Months, and years, from one to the other of which a heading spans."""


def _of_our_era(written: int) -> int:
    """A year as it is written in Thailand or Taiwan, counted as elsewhere."""
    if written < LEAST_MINGUO:
        return written + (CENTURY if written < LEAST_SHORT_BUDDHIST else CENTURY_BUDDHIST)
    if written < LEAST_YEAR:
        return written + MINGUO_OFFSET
    return written - BUDDHIST_OFFSET if written > LEAST_BUDDHIST else written


LEAST_YEAR, LEAST_BUDDHIST, MINGUO_OFFSET = 1000, 2500, 1911
LEAST_MINGUO, LEAST_SHORT_BUDDHIST, CENTURY, CENTURY_BUDDHIST = 100, 60, 2000, 2500 - BUDDHIST_OFFSET


def _names_year(title: str) -> bool:
    """Whether a line names a year as a heading does: a whole sentence may name the one that it compares with."""
    if title.rstrip().endswith(SENTENCE_ENDS):
        return False
    return _HEADING_YEAR.search(_own_words(title)) is not None or _span_end(title) is not None


def _span_end(title: str) -> int | None:
    """The last year of a span in a heading; ``NCR 2026-24`` is a running number: a span ends a year after its start."""
    words = _own_words(title)
    for span in _SPAN.finditer(words):
        if _NUMBERS_A_PAPER.search(fold(words[max(0, span.start() - REACH) : span.start()])):
            continue  # the number of a case
        start = int(span[1])
        if (start + 1) % 100 == int(span[2][-2:]):
            return start + 1
    return None


REACH = 60
"""Letters before a span in which the word for a paper that it numbers stands: a line may hold a thousand spans."""

_NUMBERS_A_PAPER = re.compile(rf"(?:{phrases('paper_days', 'numbered').pattern})\W{{0,3}}$")

_OF_THING = late(
    rf"(?i)(?:{phrases('paper_days', 'begun').pattern})\W{{0,3}}(?:in|năm|tahun|pada|ปี|từ)?\W{{0,2}}\d{{2,4}}(?: ?年| ?년)?|"
    r"\((?:20|25)\d\d\)(?=\s*[^\W\d_])"
)
"""A year that is not that of the paper: when a firm was founded or a machine bought, how long papers are kept, the year of a machine in
brackets before what the paper is.
"""


_MONTH_OF = re.compile(r"(?<![\d/.])[01]?\d[/.](?=20[12]\d(?!\d))")
_QUARTER_OF = re.compile(r"(?<![^\W_])(?:[Qq]|Quý |quý )(?:[1-4]|I{1,3}|IV)/(?=20[12]\d(?!\d))")
"""The first and the last month of what a heading spans, and a quarter before its year."""


def _own_words(title: str) -> str:
    """A heading without standards and revisions, whose years are not its own, and without what it follows up: ``Follow-up of audit 2025``
    is of the year after.
    """
    title = _OF_THING.sub(" ", title)
    if len(_MONTH_OF.findall(title)) > 1 or _QUARTER_OF.search(title):
        title = _QUARTER_OF.sub(" ", _MONTH_OF.sub(" ", title))
    folded = fold(title)
    follows = phrases("paper_days", "follows").search(folded)
    if follows is not None and phrases("paper_days", "followed").search(folded):
        title = title[: follows.start()] if title.isascii() else ""
    return re.sub(
        r"(?i)(?<![^\W_])(?:iso|iatf|gb/t|tcvn|sni|rev|revision|issue|edition|ver|form|since|est|established)(?![^\W\d_])[^|]{0,24}",
        " ",
        title,
    )
