"""Columns of figures that crowd at a limit told anywhere above them or beside them, whatever they are of: scores of suppliers a point
above the mark, deliveries on time a hair above the target, counts of germs a little below the most that may be.

That all of six figures and more lie right inside a figure that is told as a limit is what shows that it is theirs.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.bundle import Bundle, cite, is_example
from evidence.data import table as data_of
from evidence.facts.indicators import HIGH_SHARE, WHOLE
from evidence.facts.limit_columns import named
from evidence.facts.limits import is_amount, limits
from evidence.facts.numbers import amount, parse, powers
from evidence.facts.text import fold, late, phrases, table_words
from evidence.facts.titled_limits import NO_BOUND
from evidence.flags.bounded_columns import lines_for
from evidence.flags.limit_places import limits_in, names_in, shared_names
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import ToldTable, tables_of
from evidence.model import DocumentReport, Passage
from evidence.titles import records_nothing

LINES_ABOVE = 12
"""Lines above a table in which its limit is sought."""


OF_LACK = 0.2
"""Share of what a high target lacks of a hundred within which shares above it are close to it."""

COARSE, LAST_STEPS, LAST = 0.015, 3, 0.1
"""Step of a gauge, as a share of a limit, from which it is coarse; its last steps, and the share of the limit they may reach down."""

_NATURAL = tuple(phrases("readings_flags", name) for name in ("filled", "machine_set"))
_CUT_TO = phrases("readings_flags", "cut_to")
_MOST, _LEAST = (phrases("said_met", name) for name in ("most", "least"))
_BOUNDS = late(
    rf"{NO_BOUND}(?P<aim>{phrases('metrics_flags', 'target').pattern})?(?:{table_words('inspection', 'bound').pattern}|{phrases('grades', 'pass_mark').pattern}|(?(aim)|(?!)))"
    r"(?P<between>[^\d\n|≤≥<>±]{0,24}?)(?P<end>\d{1,7}(?:[.,]\d{1,3})?)(?![\d.,]*\d|\s?[-–~/±])"
)
_RATED = late(r"%|‰|ppm|points?|score|điểm|poin|skor|คะแนน|分|점|puan")
"""What is aimed at as a share or in points is reached from one side; a target of 200 g is what every piece should have."""

_PIECES = re.compile(r"[|;；。()（）]|[,，、](?!\d)|\s{2,}|\.\s")
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")
_FIGURE = late(r"[-+]?\d[\d.,' ]*(?:\s?[x×·]\s?10\S{1,3})?(?:\s?(?:%|‰|[^\W\d_]{1,10}(?:/[^\W\d_]{1,8}[²³]?)?))?")
_OF_HEAT = late(r"°|℃|(?<![^\W_])(?:temp\w*|suhu|nhiệt độ|sıcaklık|deg c)(?![^\W_])|อุณหภูมิ|温度|溫度|온도")


@dataclass(frozen=True)
class Limit:
    """A limit as told, its figure, and whether it is the most; None where that is open."""

    told: str
    end: float
    is_most: bool | None


def crowded_columns(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The first column of each paper whose figures all crowd inside one limit."""
    for document in bundle.read:
        if is_example(document) or records_nothing(document):
            continue
        if found := _crowded(document, data):
            count, passage, line = found
            yield Finding(
                {"name": name_of(document.path), "count": count, "total": count, "share": f"{data['share']:.0%}"},
                (cite(document, passage, line),),
            )


def _crowded(document: DocumentReport, data: Mapping[str, Any]) -> tuple[int, Passage, str] | None:
    for table in tables_of(document):
        if len(table.rows) < data["least_tight"]:
            continue
        told = told_above(document, table)
        placed = _placed(document, table)
        for at, head in enumerate(table.head):
            values = _values(table, at)
            if len(values) < data["least_tight"] or len(values) * 3 < len(table.rows) * 2:
                continue
            if not is_result(head, values):
                continue
            beside = lone_limits(head) + _limits_beside(table, at)
            for limit in beside or [*told, *placed.get(at, placed[-1])]:
                if any(words.search(f"{head} {limit.told}") for words in _NATURAL):
                    continue
                least = limit.is_most is False or (limit.is_most is None and min(values) >= limit.end)
                if least and is_amount(fold(head)):
                    continue
                if limit.is_most is False and _CUT_TO.search(head):
                    continue
                enough = len(values) >= data["least"] or (
                    limit.is_most is not False and is_tight(values, limit.end, data)
                )
                if enough and is_close(values, limit, f"{head} {limit.told}", data):
                    return len(values), table.rows[0].passage, table.rows[0].line
    return None


def _placed(document: DocumentReport, table: ToldTable) -> dict[int, list[Limit]]:
    """The lone limits of the lines around a table: of each column that they name, and under -1 those that name none."""
    found: dict[int, list[Limit]] = {-1: []}
    for one in dict.fromkeys(one for line in lines_for(document, table) for one in limits_in(line)):
        if (one.low is None) == (one.high is None):
            continue
        names = names_in(one.words)
        limit = Limit(one.spec, one.low or one.high or 0.0, None if one.open else one.high is not None)
        named = [at for at, head in enumerate(table.head) if shared_names(names, names_in(head))]
        for at in named or [-1]:
            found.setdefault(at, []).append(limit)
    return found


def told_above(document: DocumentReport, table: ToldTable) -> list[Limit]:
    """The lone limits that the lines above a table tell; none where they tell both ends of a range apart."""
    passage = table.rows[0].passage
    lines = [*passage.heading[-1:], *table.above[-LINES_ABOVE:]]
    found = [limit for line in dict.fromkeys(lines) for limit in lone_limits(fold(line))]
    sides = {limit.is_most for limit in found}
    return [] if {True, False} <= sides else found  # two ends, told apart: ``LCL 18.00``, ``UCL 18.01``


def lone_limits(folded: str) -> list[Limit]:
    """The lone limits of a line: told by a sign or a word for one end, or by one for a limit whose end is open."""
    found: list[Limit] = []
    for piece in _PIECES.split(powers(folded)):
        if not any(map(str.isdigit, piece)):
            continue
        low, high = limits(piece, _COMMA.search(piece) is not None)
        if (low is None) != (high is None):
            end = high if high is not None else low
            found.append(Limit(piece.strip(), end or 0.0, high is not None))
            continue
        if low is not None:
            continue
        match = _BOUNDS.search(piece)
        parsed = parse(match["end"], _COMMA.search(match["end"]) is not None) if match else None
        if match is None or parsed is None or (match["aim"] and not _RATED.search(piece)):
            continue
        sides = (_MOST.search(match["between"]) is not None, _LEAST.search(match["between"]) is not None)
        found.append(Limit(piece.strip(), parsed[0], None if sides[0] == sides[1] else sides[0]))
    return [limit for limit in found if limit.end and not _is_year(limit.end)]


def _is_year(value: float) -> bool:
    return value == int(value) and (1990 <= value <= 2050 or 2530 <= value <= 2600)


def _limits_beside(table: ToldTable, at: int) -> list[Limit]:
    """The limit of a column of its own that is the same in each row."""
    found = []
    for column, head in enumerate(table.head):
        if column == at or not head or not (_TARGET.search(head) or named("inspection", "bound", head)):
            continue
        cells = [row.cells[column] for row in table.rows if len(row.cells) > column and row.cells[column]]
        if len(cells) * 2 < len(table.rows) or len(set(cells)) != 1:
            continue
        lone = lone_limits(cells[0])
        value = _value(cells[0]) if not lone else None
        found += lone or ([Limit(head, value, None)] if value else [])
    return found


_TARGET = phrases("metrics_flags", "target")


def _values(table: ToldTable, at: int) -> list[float]:
    cells = [row.cells[at] for row in table.rows if len(row.cells) > at]
    return [value for cell in cells if (value := _value(cell)) is not None]


def _value(cell: str) -> float | None:
    if not _FIGURE.fullmatch(cell):
        return None
    bare = re.sub(r"\s?(?:%|‰|[^\W\d_]{1,10}(?:/[^\W\d_]{1,8}[²³]?)?)$", "", powers(cell))
    found = amount(bare, _COMMA.search(cell) is not None)
    return found.value if found else None


def is_result(head: str, values: Sequence[float]) -> bool:
    """Whether a column can be of results: figures that differ and number nothing, under a head that counts nothing and aims at nothing."""
    runs = {round(later - earlier, 6) for earlier, later in itertools.pairwise(values)} <= {0.0, 1.0}
    if not head or runs or len(set(values)) < LEAST_DISTINCT or all(map(_is_year, values)):
        return False
    asked = _TARGET.search(head) or named("inspection", "not_measured", head)
    return not (asked or _COUNTS.fullmatch(head.strip(" .()")))


LEAST_DISTINCT = 2
_COUNTS = late(
    "|".join((*map(re.escape, data_of("measures")["row_words"]["quantity"]), "no", "n", "sample", "samples", "orders"))
)


def is_tight(values: Sequence[float], most: float, data: Mapping[str, Any]) -> bool:
    """Whether a handful of figures that differ all lie within the smaller share below a lone greatest value."""
    least = most * (1 - float(data["share_alone"])) - 1e-9
    return len(values) >= data["least_tight"] and all(least <= value <= most for value in values) and min(values) < most


def keeps_its_distance(most: float, values: Sequence[float]) -> bool:
    """Whether readings lie together well below the greatest value allowed, far from it as measured by how much they differ: 7.22 to 7.25
    below 7.41. A steady process was set there; what crowds at a limit reaches up to it.
    """
    return len(values) >= LEAST_STEADY and most - max(values) > STEADY * (max(values) - min(values))


LEAST_STEADY, STEADY = 5, 3
"""Readings from which how much they differ can be told, and how many times that the next of them is away from the limit."""


def is_close(values: Sequence[float], limit: Limit, told: str, data: Mapping[str, Any]) -> bool:
    """Whether all figures lie right inside a limit, and not all at it."""
    end = limit.end
    high_share = "%" in told and HIGH_SHARE <= end < WHOLE  # aimed at from below: what lies under it has not reached it
    most = limit.is_most if limit.is_most is not None else not high_share and all(value <= end for value in values)
    inside = all(value <= end for value in values) if most else all(value >= end for value in values)
    if not inside or set(values) == {end} or (most and keeps_its_distance(end, values)):
        return False
    step = min(later - earlier for earlier, later in itertools.pairwise(sorted({*values})))
    share = min(float(data["share_alone"]) * abs(end), MOST_STEPS * step)
    if not most and high_share:
        share = OF_LACK * (WHOLE - end)
    elif not most and HIGH_SHARE / WHOLE <= end < 1 and max(values) <= 1:
        share = min(share, OF_LACK * (1 - end))  # a factor of a whole, as that of power
    elif "%" in told and most and end == WHOLE:
        return False
    elif not most and _OF_HEAT.search(told):
        return False  # an oven is held a little above the least heat that it needs
    elif most:
        share = max(share, min(2 * step, float(data["share"]) * abs(end)))
        if step >= COARSE * abs(end):
            share = max(share, min(LAST_STEPS * step, LAST * abs(end)))
    wide = max(share, float(data["share"]) * abs(end)) if most and step * MOST_STEPS >= share else share
    close = sum(abs(end - value) <= share + 1e-9 for value in values)
    return close >= CLOSE * len(values) and all(abs(end - value) <= wide + 1e-9 for value in values)


CLOSE = 0.7
"""Share of the figures below a limit that lie close to it, where all others lie within the share of it that holds for tolerances."""

MOST_STEPS = 40
"""Steps between figures within which they are close to a limit: of a length told to a thousandth three percent are far."""
