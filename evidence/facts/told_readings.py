"""Readings told in lines beside the limit they belong to, without any table: ``Limit max 10.0. Results: 9.9, 9.8, 9.9 mg``.

Fact: kind ``readings``, role ``inspection``, value as that of a table of readings.
"""

import itertools
import json
import re
from collections.abc import Iterator

from evidence.data import table
from evidence.facts.limits import mostly_inside, near
from evidence.facts.numbers import parse
from evidence.facts.readings import stated_limits
from evidence.facts.sources import Source, fact
from evidence.facts.text import fold, words
from evidence.model import Fact, Passage

LEAST_TOLD = 3
"""Figures one behind the other that are readings of one feature."""

LONGEST = 1_500
"""Letters of a passage in which a limit belongs to the readings told behind it."""

_UNIT = r"(?:\s?(?:%|°c?|[^\W\d_]{1,4}(?:/[^\W\d_]{1,3}\d?)?)(?![^\W_]))?"
_AND = rf"(?:{words(tuple(table('tables')['inspection']['and'])).pattern})"
_FIGURE = r"-?\d{1,6}(?:[.,]\d{1,4})?"
_LIST = re.compile(
    rf"(?<![\w.,/±-])(?<!± ){_FIGURE}{_UNIT}(?:\s?(?:[;/、，] {{0,9}}|, {{1,9}}| {_AND} ){_FIGURE}{_UNIT}){{{LEAST_TOLD - 1},60}}(?![\d.,]*\d)"
)
_HOURS = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4])[:h][0-5]\d(?![\d:])\s?[-–=]?")


def find_told_readings(source: Source) -> Iterator[Fact]:
    """The readings of passages that tell one limit and, behind it, figures of which most keep it."""
    for passage in source.passages:
        if passage.hidden or passage.mode in ("template", "credential") or len(passage.text) > LONGEST:
            continue
        if not _holds_table(passage.text) and (made := _told_in(passage)):
            yield made


def _holds_table(text: str) -> bool:
    """Whether two lines one below the other have the same bars, three cells or more: a table, which is read as one."""
    bars = [line.count("|") for line in text.splitlines()]
    return any(one >= LEAST_BARS and one == other for one, other in itertools.pairwise(bars))


LEAST_BARS = 2
"""Bars of a row of a table; a field and its value have one between them."""


def _told_in(passage: Passage) -> Fact | None:
    told = list(figure_lists(passage.text))
    stated = stated_limits(_clauses(passage.text)) if told else []  # lists are rare and cost little to look for
    if len(stated) != 1:
        return None
    label, spec, low, high = stated[0]
    folded = fold(passage.text)
    at = folded.find(spec)
    begin = at + len(spec)
    if at < 0:
        return None
    for start, end, figures in told:
        if start < begin:
            continue
        comma = any("," in figure for figure in figures)
        values = [found[0] for figure in figures if (found := parse(figure, comma))]
        row = {"label": label.strip(" -:|")[-60:], "spec": spec[:40], "low": low, "high": high, "values": values}
        if len(values) >= LEAST_TOLD and mostly_inside([row]) and near(row):
            value = json.dumps({"rows": [row], "specs": 1, "read": 1}, ensure_ascii=False, separators=(",", ":"))
            return fact("readings", "inspection", value, passage, start, end, confidence=0.7)
    return None


def figure_lists(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """The lists of figures in a text, with begin and end: hours before the figures are none of them."""
    plain = _HOURS.sub(lambda match: " " * len(match[0]), fold(text))
    for match in _LIST.finditer(plain):
        yield match.start(), match.end(), re.findall(rf"(?<![\w.,]){_FIGURE}(?![\d/])", match[0])


def _clauses(text: str) -> list[str]:
    return [piece for piece in re.split(r"[.;。；]\s|\n", text) if piece.strip()]
