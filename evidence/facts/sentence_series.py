"""Figures of several months told in one sentence: ``Reject rate: Jan 2.1 %, Feb 2.0 %, March 2.2 %``, ``2.1 % in January, 2.0 % in
February``. They make the same facts as the rows of a table (kind ``series``).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evidence.data import table
from evidence.facts.grids import GridCell
from evidence.facts.indicators import measure_of
from evidence.facts.months import MONTHS
from evidence.facts.numbers import Amount, parse
from evidence.facts.series import made_series
from evidence.facts.sheet_periods import LEAST_PERIODS, periods_of
from evidence.facts.sources import Source
from evidence.facts.text import Span, fold, lines
from evidence.model import Fact, Passage

LONGEST_GAP = 28
"""Letters between a month and its figure, or between a figure and the next month."""

LONGEST_LINE = 1_500
"""Letters of a line in which such figures are sought: a paragraph."""

_SHARE = r"(?:%\s?)?(?<![\d.,/-])\d{1,6}(?:[.,]\d{1,3})?(?![\d/]|[.,]\d|-\d)(?:\s?(?:%|ppm))?"
_YEAR = r"(?:\s?[-'/ ]?\s?(?:20[0-4]\d|25[4-9]\d)(?!\d))?"
_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=\s)|(?<=%)[.;](?=\s+[^\W\d_])|[。]|\n")


@cache
def _numbers() -> dict[str, int]:
    """The month that each name means, folded and without its point."""
    rows = enumerate(table("measures")["month_words"]["names"], 1)
    named = {fold(name).rstrip("."): number for number, names in rows for name in names}
    return {fold(name).rstrip("."): number for name, number in MONTHS.items()} | named


_BARE_THAI = re.compile(r"[\u0e00-\u0e2f]\u0e35?[\u0e00-\u0e2f]")
"""A month shortened to two letters without points, which stand in other words too: ``กค`` in the one for customer."""


@cache
def month_token() -> re.Pattern[str]:
    """A named month with its year, or a figure, in a folded text."""
    names = sorted(_numbers(), key=lambda name: (-len(name), name))
    latin = "|".join(re.escape(name) for name in names if ord(name[-1]) < 0x250 or 0x1E00 <= ord(name[-1]) < 0x1F00)
    other = "|".join(
        rf"(?<![\u0e00-\u0e4e]){re.escape(name)}(?![\u0e00-\u0e4e])" if _BARE_THAI.fullmatch(name) else re.escape(name)
        for name in names
        if not (ord(name[-1]) < 0x250 or 0x1E00 <= ord(name[-1]) < 0x1F00)
    )
    return re.compile(
        rf"(?P<month>(?:(?<![^\W_])(?P<latin>{latin})(?![^\W_])|(?<!\d)(?P<other>{other}))\.?(?P<year>{_YEAR}))|(?P<figure>{_SHARE})"
    )


def month_number(match: re.Match[str]) -> int | None:
    """The number (1 to 12) of the month that a match of ``month_token`` names; None for a figure."""
    name = match["latin"] or match["other"]
    return _numbers()[name] if name else None


@dataclass(frozen=True)
class _Token:
    """A month (its number and year as written) or a figure of a text."""

    start: int
    end: int
    month: int | None
    text: str


def sentence_series(source: Source, passage: Passage, found: Sequence[Span]) -> Iterator[Fact]:
    """The series that single sentences of a passage tell."""
    context = "\n".join((*reversed(passage.heading), source.document.path.rsplit("/", 1)[-1]))
    for line in found:
        if line.text.count("|") > 1 or len(line.text) > LONGEST_LINE:
            continue
        folded = fold(line.text)
        if sum(1 for match in month_token().finditer(folded) if match["month"]) < LEAST_PERIODS:
            continue
        for run in _runs(list(_tokens(folded))):
            yield from _series(source, passage, line, run, context)


def _tokens(folded: str) -> Iterator[_Token]:
    for match in month_token().finditer(folded):
        name = match["latin"] or match["other"]
        text = f"{match['year'] or ''}" if name else match["figure"]
        yield _Token(match.start(), match.end(), _numbers()[name] if name else None, text)


def _runs(tokens: Sequence[_Token]) -> Iterator[list[tuple[_Token, _Token]]]:
    """The runs of months that follow one another, each with the one figure behind it or before it."""
    for first in (True, False):
        pairs: list[tuple[_Token, _Token]] = []
        at = 0
        while at + 1 < len(tokens):
            one, other = tokens[at], tokens[at + 1]
            month, figure = (one, other) if first else (other, one)
            fits = month.month is not None and figure.month is None and other.start - one.end <= LONGEST_GAP
            near = not pairs or one.start - max(pairs[-1][0].end, pairs[-1][1].end) <= LONGEST_GAP
            later = not pairs or month.month == (pairs[-1][0].month or 0) % 12 + 1
            if fits and near and later:
                pairs.append((month, figure))
                at += 2
                continue
            if len(pairs) >= LEAST_PERIODS:
                break
            if not pairs or not fits:
                at += 1
            pairs = []
        if len(pairs) >= LEAST_PERIODS:
            yield pairs
            return


def _series(
    source: Source, passage: Passage, line: Span, run: Sequence[tuple[_Token, _Token]], context: str
) -> Iterator[Fact]:
    start = min(run[0][0].start, run[0][1].start)
    told = line.text[:start]
    begin = max((match.end() for match in _SENTENCES.finditer(told)), default=0)
    own = told[begin:].strip(" :：-–—(|")
    heads = (own, *reversed(passage.heading), *(other.text for other in lines(passage.text[: line.start])))
    label = next((text for text in heads if text and measure_of(text)), own or (heads[1] if len(heads) > 1 else ""))
    names = [row[0] for row in table("measures")["month_words"]["names"]]
    months = [f"{names[(month.month or 1) - 1]}{month.text}" for month, _ in run]
    periods = periods_of(months, source, f"{own}\n{label}\n{context}")
    comma = any(re.search(r"\d,\d{1,2}(?!\d)", figure.text) for _, figure in run)
    values: dict[int, Amount] = {}
    for index, (_, figure) in enumerate(run):
        digits = re.search(r"\d[\d.,]*", figure.text)
        if digits and index in periods and (parsed := parse(digits[0], comma)):
            values[index] = Amount(parsed[0], "%" if "%" in figure.text else None, parsed[1])
    if len(values) < LEAST_PERIODS or len({value.unit for value in values.values()}) > 1:
        return
    quote = line.text[start : max(run[-1][0].end, run[-1][1].end)]
    anchor = GridCell(quote, passage=passage, start=line.start + start)
    yield from made_series(
        [(label, label if measure_of(label) else "", values, anchor)], periods, f"{label}\n{context}", (), []
    )
