"""Months and runs of months that a sentence tells of: ``in June``, ``1~4월``, ``từ tháng 1 đến hết tháng 9``, ``the first half of 2026``.

Each as first and last month of a year, with the year where it is told beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.months import common_year
from evidence.facts.periods import QUARTER_NUMBERS
from evidence.facts.sentence_series import month_number, month_token
from evidence.facts.sheet_periods import QUARTER_BEHIND, QUARTERS_BEFORE
from evidence.facts.text import KEPT_TEXTS, fold, late, phrases

YEAR_BESIDE = 14
"""Letters around a span in which its year can stand."""

HALF, QUARTER = 6, 3
"""Months of a half-year, and of a quarter."""

SO_FAR = late(rf"(?:{phrases('told_spans', 'so_far').pattern})\W{{0,2}}$")
"""What before a month says that a figure is of the year up to it: ``until July 2.5 %`` is no figure of July."""

SO_FAR_BEHIND = late(rf"['’\s]{{0,2}}(?:[ae]\s)?(?:{phrases('told_spans', 'so_far_behind').pattern})")
"""The same behind the month."""

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|25[5-9]\d)(?!\d)")


_VIETNAMESE = re.compile("[ăđơư\u1ea0-\u1ef9]")


def _sews(folded: str, may: re.Match[str]) -> bool:
    """Whether ``may`` is the Vietnamese word for sewing, and stands beside another word of that language."""
    before, behind = folded[: may.start()].split(" ")[-2:], folded[may.end() :].split(" ")[:2]
    return any(_VIETNAMESE.search(word) for word in (*before, *behind))


@dataclass(frozen=True)
class MonthSpan:
    """The months from ``first`` to ``last`` (1 to 12) of a year, None where none is told; begin and end in the folded text."""

    start: int
    end: int
    first: int
    last: int
    year: int | None
    quarter: bool = False
    """Whether it is told as a quarter, which of a business year begins with another month."""


def month_spans(folded: str) -> Iterator[MonthSpan]:
    """The spans of a folded text, none within another."""
    yield from _spans_in(folded) if len(folded) <= LONGEST_KEPT else _spans_of(folded)


def without_months(folded: str) -> str:
    """A folded text with a blank in place of each of its months."""
    for span in reversed(list(month_spans(folded))):
        folded = f"{folded[: span.start]} {folded[span.end :]}"
    return folded


LONGEST_KEPT = 500
"""Letters of a text whose spans are remembered: several readers ask for those of the same sentences and heads."""


def _spans_of(folded: str) -> tuple[MonthSpan, ...]:
    found: list[tuple[int, int, int, int]] = []
    for pattern, first in ((phrases("told_spans", "first_half"), 1), (phrases("told_spans", "second_half"), 1 + HALF)):
        found += [(match.start(), match.end(), first, first + HALF - 1) for match in pattern.finditer(folded)]
    quarters = _quarter_spans(folded)
    found += quarters
    months = [
        (match.start("month"), match.end("month"), number)
        for match in month_token().finditer(folded)
        if match["month"] and (number := month_number(match)) and not (match["latin"] == "may" and _sews(folded, match))
    ]
    months += [(match.start(), match.end(), int(match["n"])) for match in _APART.finditer(folded)]
    months.sort()
    ends_run = [
        at > 0 and _until().fullmatch(folded, months[at - 1][1], start) is not None
        for at, (start, _, _) in enumerate(months)
    ]  # Jan-Mar 4 (7): four of three months, and no day of March
    months = [
        month for month, run in zip(months, ends_run, strict=True) if run or not _is_day(folded, month[0], month[1])
    ]
    for at, (start, end, number) in enumerate(months):
        begin = start
        earlier = _BARE_FIRST.search(folded, 0, start)
        first = int(earlier["n"]) if earlier else number
        if earlier and not 1 <= first < number:
            earlier, first = None, number
        begin = earlier.start() if earlier else start
        if at and _until().fullmatch(folded, months[at - 1][1], start) and months[at - 1][2] < number:
            begin, first = months[at - 1][0], months[at - 1][2]
        found.append((begin, end, first, number))
    found.sort(key=lambda span: (span[0], -span[1]))
    reached, spans = -1, []
    for start, end, first, last in found:
        if start < reached:
            continue
        reached = end
        spans.append(
            MonthSpan(start, end, first, last, _year(folded, start, end), (start, end, first, last) in quarters)
        )
    return tuple(spans)


_spans_in = lru_cache(KEPT_TEXTS)(_spans_of)


def _quarter_spans(folded: str) -> list[tuple[int, int, int, int]]:
    """The quarters of a text, and those from one to another as one span."""
    spans: list[tuple[int, int, int, int]] = []
    for match in _quarters().finditer(folded):
        last = QUARTER * quarter_number(match)
        start, first = match.start(), last - QUARTER + 1
        if spans and spans[-1][3] < first and _until().fullmatch(folded, spans[-1][1], start):
            start, _, first, _ = spans.pop()
        spans.append((start, match.end(), first, last))
    return spans


@cache
def _quarters() -> re.Pattern[str]:
    """A quarter of a year in a sentence: ``Q3``, ``the third quarter``, ``第三季度``, ``3. çeyrek``."""
    written = rf"[1-4一二三四]|iv|i{{1,3}}|{'|'.join(re.escape(word) for word in _ordinals())}"
    return re.compile(
        rf"(?<![^\W_\u0e00-\u0e7f])(?:{QUARTERS_BEFORE})\.? ?(?P<n>{written})(?![^\W_]|[.,]\d)|"
        rf"(?<![\d.,a-z])第?(?P<m>{written}){QUARTER_BEHIND}(?![a-z\u00c0-\u024f])"
    )


@cache
def _ordinals() -> dict[str, int]:
    return {
        fold(word): number for number, named in enumerate(table("words")["told_spans"]["ordinals"], 1) for word in named
    }


def quarter_number(match: re.Match[str]) -> int:
    """The number (1 to 4) of the quarter that a match names."""
    written = match["n"] or match["m"]
    return QUARTER_NUMBERS.get(written) or _ordinals()[written]


def _is_day(folded: str, start: int, end: int) -> bool:
    """Whether a day of the month stands beside its name: ``18 June``, ``June 18``, ``6월 24일``. The number of a point of minutes is
    none: ``2. 9월 실적``, ``2. September: rejects 0.7 %``.
    """
    if _DAY_BEHIND.match(folded, end) is not None:
        return True
    numbered = _NUMBERED.fullmatch(folded[:start]) is not None
    if folded[start : start + 1].isdigit() or (numbered and _POINTED.match(folded, end) is not None):
        return False
    return _DAY_BEFORE.search(folded, max(0, start - 8), start) is not None


_NUMBERED = re.compile(r"\s*\d{1,2}\. ")
_POINTED = re.compile(rf"\s?(?:20\d\d)?\s?(?:[:：]|(?:[-–~]|{phrases('told_spans', 'until').pattern})\s?[^\W\d_])")
_DAY_BEFORE = re.compile(r"(?<![\d.,%])(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\.?(?: of)? $")
_DAY_BEHIND = re.compile(
    r"\s?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s?(?:[日号號일]|(?![\d.,%]*[\d%])(?!\s?(?:%|ppm)))"
)
_APART = re.compile(r"(?<![\d./-])(?<!\d,)(?P<n>1[0-2]|[1-9])\s[月월]")
"""A month written apart from its number, ``6 月``."""


def _year(folded: str, start: int, end: int) -> int | None:
    around = folded[max(0, start - YEAR_BESIDE) : end + YEAR_BESIDE]
    years = {common_year(int(year)) for year in _YEAR.findall(around)}
    return years.pop() if len(years) == 1 else None


@cache
def _until() -> re.Pattern[str]:
    """What may stand between the first month and the last."""
    return re.compile(rf"\s?(?:20\d\d)?\s?(?:[-~]|{phrases('told_spans', 'until').pattern})\s?(?:tháng )?")


_BARE_FIRST = re.compile(r"(?<![\d.,/-])(?P<n>1[0-2]|[1-9])\s?(?:[-~]|至|到|부터|から)\s?$")
"""The first month as a figure right before the last: ``1~4월``, ``1 至 6 月``."""
