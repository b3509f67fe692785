"""Readings told in lines beside the limit they belong to, without any table: ``Limit max 10.0. Results: 9.9, 9.8, 9.9 mg``.

Fact: kind ``readings``, role ``inspection``, value as that of a table of readings.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence

from evidence.data import table
from evidence.facts.limits import Row, mostly_inside, near
from evidence.facts.numbers import parse
from evidence.facts.sources import Source, fact
from evidence.facts.stated_limits import stated_limits
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
    rf"(?<![\w.,/±-])(?<!± ){_FIGURE}{_UNIT}(?:\s?(?:[;/、，] {{0,14}}|, {{1,9}}| {_AND} ){_FIGURE}{_UNIT}){{{LEAST_TOLD - 1},60}}(?![\d.,]*\d)"
)
_HOURS = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4])[:h][0-5]\d(?![\d:])\s?[-–=]?")

_NUMBERED = re.compile(
    rf"(?:(?<=\d)(?P<unit>{_UNIT})(?:[,;]? {{1,4}}|[,;]\n)|^)(?:[^\W\d_]{{1,8}}\.? ?\d{{1,2}} ?[:=] ?)(?=\d)",
    re.MULTILINE,
)
"""What numbers a reading between others: ``Wk 25: 0.041   Wk 26: 0.044``."""


def find_told_readings(source: Source) -> Iterator[Fact]:
    """The readings of passages that tell limits and, behind each, figures of which most keep it."""
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
    folded = fold(passage.text)
    clauses = _clauses(passage.text) if told else []  # lists are rare and cost little to look for
    stated = [(label, spec, low, high, folded.find(spec)) for label, spec, low, high in stated_limits(clauses)]
    if told and not stated:
        stated = [item for values in (_values(told[0][2]),) for item in _without_side(folded, values)]
    stated = sorted((item for item in stated if item[4] >= 0), key=lambda item: item[4])
    rows: list[Row] = []
    places: list[tuple[int, int]] = []
    for at, (label, spec, low, high, begin) in enumerate(stated):
        until = stated[at + 1][4] if at + 1 < len(stated) else len(folded)
        for start, end, figures in told:
            if not begin + len(spec) <= start < until:
                continue
            values = _values(figures)
            row = {"label": label.strip(" -:|")[-60:], "spec": spec[:40], "low": low, "high": high, "values": values}
            if len(values) >= LEAST_TOLD and mostly_inside([row]) and near(row):
                rows.append(row)
                places.append((start, end))
                break
    if not rows or len(rows) < len(stated):
        return None  # a limit without its readings: which figures are whose is not told
    value = json.dumps({"rows": rows, "specs": len(rows), "read": len(rows)}, ensure_ascii=False, separators=(",", ":"))
    return fact("readings", "inspection", value, passage, places[0][0], places[-1][1], confidence=0.7)


def _values(figures: Sequence[str]) -> list[float]:
    comma = any("," in figure for figure in figures)
    return [found[0] for figure in figures if (found := parse(figure, comma))]


_LONE = re.compile(
    rf"(?:{words(tuple(table('tables')['inspection']['bound'])).pattern})(?: value)?\s?[:=]?\s?(?:(?:is|was|of|adalah|là|:|=)\s)?"
    rf"(?P<end>{_FIGURE})(?!\s?(?:±|[-–~]\s?\d|\d))"
)


def _without_side(folded: str, values: Sequence[float]) -> Iterator[tuple[str, str, float | None, float | None, int]]:
    """The one limit of a text that does not say whether it is the least or the most: that on whose side most readings lie."""
    found = list(_LONE.finditer(folded))
    parsed = parse(found[0]["end"], "," in found[0]["end"]) if len(found) == 1 else None
    if parsed is None or not values:
        return
    end = parsed[0]
    under = sum(value <= end for value in values) * 2 >= len(values)  # a limit without a side is mostly the most
    low, high = (None, end) if under else (end, None)
    label = folded[: found[0].start()].split("\n")[-1]
    yield label, found[0][0], low, high, found[0].start()


def figure_lists(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """The lists of figures in a text, with begin and end: hours before the figures are none of them."""
    plain = _HOURS.sub(lambda match: " " * len(match[0]), fold(text))
    plain = _NUMBERED.sub(lambda match: f"{match['unit'] or ''};".ljust(len(match[0])), plain)
    for match in _LIST.finditer(plain):
        yield match.start(), match.end(), re.findall(rf"(?<![\w.,]){_FIGURE}(?![\d/])", match[0])


def _clauses(text: str) -> list[str]:
    return [piece for piece in re.split(r"[.;。；]\s|\n", text) if piece.strip()]
