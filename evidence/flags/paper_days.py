"""The flag on last year's heading over this year's rows."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.months import BUDDHIST_OFFSET
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of, rule
from evidence.model import DocumentReport, Passage
from evidence.titles import calls_itself

_SPAN = re.compile(r"(?<![\d/.\-:])(20[12]\d)\s?[-–/]\s?((?:20)?[12]\d)(?![\d/.:-])")
"""A year of account that spans two: ``FY 2023-24``."""

_HEADING_YEAR = re.compile(r"(?<![\d/.\-:])(20[12]\d|25[567]\d|1[01]\d(?= ?年))(?![\d/.:]|-\d)")


@rule("heading_year_left_over")
def heading_year_left_over(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """One year in the head of a sheet, and all dated rows of another, later one.

    A span over New Year and the standard's year are ordinary.
    """
    for document in bundle.read:
        if document.kind in ("procedure", "manual", "blank_form", "certificate") or is_example(document):
            continue
        parts = {passage.part for passage in document.passages}
        for part in sorted(parts):
            passages = [p for p in document.passages if p.part == part and not p.hidden]
            found_head = _head_of(bundle, document, passages)
            if found_head is None:
                continue
            head, title = found_head
            years = set(_HEADING_YEAR.findall(_own_words(title)))
            end = _span_end(title)
            if len(years) != 1 and end is None:
                continue
            written = end if end is not None else int(years.pop())
            year = _of_our_era(written)
            rows = [
                fact.value
                for p in passages
                if bundle.is_record(p)
                for fact in bundle.facts_by_passage.get((document.path, p.id), ())
                if fact.kind in ("date", "period") and bundle.happened(fact) and fact.quote not in title
            ]  # fmt: skip
            found = Counter(int(value[:4]) for value in rows)
            told = len(rows) >= LEAST_ROWS and found and year >= bundle.today.year - 6
            if told and end is None and _reviews_year_before(document, year, min(rows)):
                continue
            if told and (min(found) > year or (end is not None and _is_next_year(title, rows, end))):
                later = max(found)
                place = cite(document, head, title if title in head.text else None)
                yield Finding({"name": name_of(document.path), "year": year, "rows": later}, (place,))
                break


def _head_of(bundle: Bundle, document: DocumentReport, passages: Sequence[Passage]) -> tuple[Passage, str] | None:
    """The first heading of a sheet that names a year, and its passage: its first line, or one below the name of the firm and its
    department, before any table and without a day.
    """
    for number, passage in enumerate(passages[:FIRST_LINES]):
        begun = list(itertools.takewhile(lambda line: "|" not in line, passage.text.splitlines()))
        lines = list(dict.fromkeys((*passage.heading[:1], *begun[:FIRST_LINES])))
        lines = lines or passage.text.splitlines()[:1]
        for at, line in enumerate(lines):
            first = not number and not at
            if _names_year(line) and (
                first or (len(line) <= LONGEST_HEAD and not _days_of(bundle, document, passage, line))
            ):
                return passage, line
        if "|" in passage.text or len(passage.text) > LONGEST_HEAD:
            return None
    return None


FIRST_LINES = 3
"""Lines at the top of a sheet that can be its heading, the name of the firm among them."""

LONGEST_HEAD = 100
"""Letters of such a line; a longer one tells something."""


def _days_of(bundle: Bundle, document: DocumentReport, passage: Passage, line: str) -> bool:
    """Whether a whole day stands in a line: that of a print or an edition, whose year is not that of the rows."""
    return any(
        fact.kind == "date" and fact.quote in line
        for fact in bundle.facts_by_passage.get((document.path, passage.id), ())
    )


def _is_next_year(title: str, rows: Sequence[str], end: int) -> bool:
    """Whether the rows under a heading for a year of account run from its first month of the next one, April, past the end of any other
    such year: ``FY 2025-26`` over April to October 2026.
    """
    months = {value[:7] for value in rows if len(value) >= len("2026-04")}
    return (
        _OF_ACCOUNT.search(fold(title)) is not None
        and len(months) >= LEAST_ROWS
        and min(months) == f"{end}-04"
        and max(months) >= f"{end}-10"
    )


_OF_ACCOUNT = phrases("paper_days", "year_of_account")


def _reviews_year_before(document: DocumentReport, year: int, first: str) -> bool:
    """Whether a paper is the review of a year that is over, held in the first half of the next one: its decisions are carried out later."""
    of_review = document.kind == "management_review_record" or calls_itself(document, "management_review")
    return of_review and f"{year + 1}-01" <= first[:MONTH] <= f"{year + 1}-06"


MONTH = 7
"""Letters of a month in normal form: 2026-03."""


def _of_our_era(written: int) -> int:
    """A year as it is written in Thailand or Taiwan, counted as elsewhere."""
    if written < LEAST_YEAR:
        return written + MINGUO_OFFSET
    return written - BUDDHIST_OFFSET if written > LEAST_BUDDHIST else written


LEAST_YEAR, LEAST_BUDDHIST, MINGUO_OFFSET = 1000, 2500, 1911


def _names_year(title: str) -> bool:
    return _HEADING_YEAR.search(_own_words(title)) is not None or _span_end(title) is not None


def _span_end(title: str) -> int | None:
    """The last year of a span in a heading; ``NCR 2026-24`` is a running number: a span ends a year after its start."""
    words = _own_words(title)
    for span in _SPAN.finditer(words):
        if _NUMBERS_A_PAPER.search(fold(words[: span.start()])):
            continue  # the number of a case
        start = int(span[1])
        if (start + 1) % 100 == int(span[2][-2:]):
            return start + 1
    return None


_NUMBERS_A_PAPER = re.compile(rf"(?:{phrases('paper_days', 'numbered').pattern})\W{{0,3}}$")

LEAST_ROWS = 3
"""Dated rows that show of which year a sheet is."""


_OF_THING = late(
    rf"(?i)(?:{phrases('paper_days', 'begun').pattern})\W{{0,3}}(?:in|năm|tahun|pada|ปี|từ)?\W{{0,2}}\d{{2,4}}(?: ?年| ?년)?|"
    r"\((?:20|25)\d\d\)(?=\s*[^\W\d_])"
)
"""A year that is not that of the paper: when a firm was founded or a machine bought, how long papers are kept, the year of a machine in
brackets before what the paper is.
"""


def _own_words(title: str) -> str:
    """A heading without standards and revisions, whose years are not its own."""
    title = _OF_THING.sub(" ", title)
    return re.sub(
        r"(?i)(?<![^\W_])(?:iso|iatf|gb/t|tcvn|sni|rev|revision|issue|edition|ver|form|since|est|established)(?![^\W\d_])[^|]{0,24}",
        " ",
        title,
    )
