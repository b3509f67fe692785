"""The month in which a lot was made: as its paper says, as its number tells, and as the title of a register covers it."""

import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import MonthSpan, month_spans

_MADE = phrases("traceability_flags", "made")


def numbered_months(title: str) -> Iterator[MonthSpan]:
    """The months of a title that are written as figures behind their year: ``Final inspection 2026-09``."""
    for match in _YEAR_MONTH.finditer(title):
        yield MonthSpan(match.start(), match.end(), int(match[2]), int(match[2]), int(match[1]))


_YEAR_MONTH = re.compile(r"(?<!\d)(20[0-4]\d)[-./_]?(0[1-9]|1[0-2])(?![\d./-]*\d)")


def month_in(span: MonthSpan, months: set[int]) -> bool:
    """Whether all months lie in a span."""
    return all(span.first <= month <= span.last for month in months)


def is_numbered_in(span: MonthSpan, code: str) -> bool:
    """Whether the counter before the last of a code tells its month, with the end of its year, and the month lies in a span of that year:
    ``N605-07``, ``2605-07`` and ``0526/7`` are of May 2026.
    """
    figures = re.findall(r"\d+", code)
    if len(figures) < len(("month", "counter")) or span.year is None:
        return False
    year = str(span.year)
    return any(
        figures[-2] in (f"{year[-kept:]}{month:02d}", f"{month:02d}{year[-kept:]}")
        for month in range(span.first, span.last + 1)
        for kept in (1, 2, 4)
    )


def is_of_other_month(text: str, code: str, register: str) -> bool:
    """Whether a paper says that a lot was made in a month that is none of those in the title of a register."""
    title = register[:LONGEST_TITLE]
    spans = [*month_spans(title), *numbered_months(title)]
    said = months_made([text], code) or _months_coded(code)
    return bool(said and spans) and not any(month_in(span, {month}) for span in spans for month in said)


def _months_coded(code: str) -> set[int]:
    """The months that the figures of a lot can name: ``P26-0907`` is of the seventh of September, ``LR2609-04`` of that month."""
    found = set()
    for figures in re.findall(r"\d{4,6}", code):
        pairs = [int(figures[at : at + 2]) for at in range(0, len(figures) - 1, 2)]
        for first, second in itertools.pairwise(pairs):
            if 1 <= first <= MONTHS_OF_YEAR and 1 <= second <= LAST_DAY:
                found.add(first)
            if first in YEARS and 1 <= second <= MONTHS_OF_YEAR:
                found.add(second)
    return found


LAST_DAY = 31
YEARS = range(20, 50)
"""The last two figures of years of which papers are read."""

LONGEST_TITLE = 120
"""Letters of the name and title of a register, in which the months that it covers stand."""


def months_made(texts: Sequence[str], code: str) -> set[int]:
    """The month in which a lot was made, as its paper says in a sentence on it or on all that it holds."""
    found = set()
    for text in texts:
        for sentence in _SENTENCE.split(fold(text)):
            if "|" in sentence or not _MADE.search(sentence):
                continue
            spans = {(span.first, span.last) for span in month_spans(sentence)}
            if len(spans) == 1 and (first := min(spans)) and first[0] == first[1]:
                others = [one for one in _CODE_IN_TEXT.findall(sentence) if one != fold(code)]
                if fold(code) in sentence or not others:
                    found.add(first[0])
    return found if len(found) == 1 else set()


_SENTENCE = re.compile(r"(?<=[^\d\W])[.;]\s|[。；\n]")
_CODE_IN_TEXT = re.compile(r"(?<![\w-])[a-z]{1,6}\d{0,3}[-/]\d{2,6}(?:[-/]\d{1,4})?(?![\w-])")
