"""Figures told month by month in lines, as slides and letters tell them: ``January: 98.5 %``, ``February: 98.1 %``, under a line that
names the measure. They make the same facts as the rows of a table (kind ``series``).
"""

import re
from collections.abc import Iterator

from evidence.facts.grids import GridCell
from evidence.facts.indicators import measure_of
from evidence.facts.numbers import Amount, amount, parse
from evidence.facts.sentence_series import sentence_series
from evidence.facts.series import find_series, made_series
from evidence.facts.sheet_periods import LEAST_PERIODS, periods_of
from evidence.facts.sources import Source
from evidence.facts.text import Span, fold, lines
from evidence.model import Fact, Passage

_LINE = re.compile(r"\W{0,3}(?P<head>[^|:：\n]{2,24}?)\s?(?:[:：|]|\s[-–—=]\s)\s?(?P<told>.+)")
_SHARE = re.compile(r"(?<!\d)(?<!\d[.,])(\d{1,3}(?:[.,]\d{1,3})?)\s?%|%\s?(\d{1,3}(?:[.,]\d{1,3})?)(?![\d.,]*\d)")

MOST_BARS = 3
"""Bars of a line that tells a month and its figure; more are a row of a table, whose passage may end before the table does."""

LONGEST_TOLD = 80
"""Letters behind a month that tell its figure."""


def find_told_series(source: Source) -> Iterator[Fact]:
    """The series of passages that hold three or more lines, each a month and one share or figure, or a sentence that tells of as many."""
    in_tables: set[str] | None = None
    for passage in source.passages:
        if passage.hidden or passage.mode in ("template", "credential"):
            continue
        found = list(lines(passage.text))
        told = list(sentence_series(source, passage, found))
        matches = [
            (line, match)
            for line in found
            if line.text.count("|") <= MOST_BARS and (match := _LINE.fullmatch(line.text.strip()))
        ]
        if len(matches) < LEAST_PERIODS and not told:
            continue
        if in_tables is None:
            in_tables = {fact.passage for fact in find_series(source)}
        if passage.id in in_tables:  # a table of two columns looks the same
            continue
        yield from told
        if len(matches) >= LEAST_PERIODS:
            yield from _series(source, passage, found, matches)


def _series(
    source: Source, passage: Passage, found: list[Span], matches: list[tuple[Span, re.Match[str]]]
) -> Iterator[Fact]:
    context = "\n".join((*reversed(passage.heading), source.document.path.rsplit("/", 1)[-1]))
    told_lines = {line.start for line, _ in matches}
    heads = (*reversed(passage.heading), *(line.text for line in found if line.start not in told_lines))
    label = next((text for text in heads if measure_of(text)), heads[0] if heads else found[0].text)
    periods = periods_of([match["head"].strip() for _, match in matches], source, f"{label}\n{context}")
    comma = any(re.search(r"\d,\d{1,2}(?!\d)", match["told"]) for _, match in matches)
    values: dict[int, Amount] = {}
    for index in periods:
        told = _told(matches[index][1]["told"], comma)
        if told is not None:
            values[index] = told
    if len(values) < LEAST_PERIODS or len(values) < len(periods):
        return
    line = matches[min(values)][0]
    anchor = GridCell(line.text, passage=passage, start=line.start)
    owner = label if measure_of(label) else ""
    yield from made_series([(label, owner, values, anchor)], periods, f"{label}\n{context}", (), [])


def _told(told: str, comma: bool) -> Amount | None:
    """The one figure that is told of a month: its share where it tells one, else the only number."""
    if len(told) > LONGEST_TOLD:
        return None
    shares = list(_SHARE.finditer(fold(told)))
    if len(shares) == 1:
        parsed = parse(shares[0][1] or shares[0][2], comma)
        return Amount(parsed[0], "%", parsed[1]) if parsed else None
    return amount(told, comma) if not shares else None
