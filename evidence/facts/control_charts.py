"""Control charts written as tables: the means of subgroups, along a row or down a column, between the control limits told above them.

Fact: kind ``readings``, role ``inspection``, value as that of a table of readings with ``"chart": true`` and one row: the means. The limits of the ranges,
``R UCL 0.037``, are not those of the means.
"""

import itertools
import json
import re
from collections.abc import Sequence
from functools import cache

from evidence.data import table
from evidence.facts.limits import mostly_inside
from evidence.facts.numbers import parse
from evidence.facts.sources import Source, fact
from evidence.facts.text import fold, lines, words
from evidence.model import Fact, Passage

LEAST_MEANS = 4
"""Means that make a chart."""

MOST_LINES = 200
"""Lines of a part that can be a chart with its table."""

LINES_OF_HEAD = 8
"""Lines above its means in which a chart tells its limits."""

_END = r"[^\d\n|]{0,10}?\|?\s?(?P<figure>-?\d+(?:[.,]\d+)?)"
_CELL = re.compile(r"-?\d{1,7}(?:[.,]\d{1,5})?(?:\s?(?:%|[^\W\d]{1,4}))?")


@cache
def _ends() -> re.Pattern[str]:
    """A control limit of either end with its figure."""
    chart = table("tables")["control_chart"]
    upper, lower = (words(tuple(chart[name])).pattern for name in ("upper", "lower"))
    return re.compile(rf"(?:(?P<upper>{upper})|(?P<lower>{lower})){_END}")


@cache
def _named(name: str) -> re.Pattern[str]:
    return words(tuple(table("tables")["control_chart"][name]))


def control_charts(source: Source) -> dict[int, Fact]:
    """The chart of each part that holds one."""
    found: dict[int, Fact] = {}
    for part in sorted({passage.part for passage in source.passages}):
        told = [
            (passage, line.start, line.text)
            for passage in source.passages
            if passage.part == part and not passage.hidden and passage.mode != "credential"
            for line in lines(passage.text)
        ]
        if len(told) <= MOST_LINES and (made := _chart(told)):
            found[part] = made
    return found


_Line = tuple[Passage, int, str]
"""A passage, where in it a line begins, and its words."""


def _chart(told: Sequence[_Line]) -> Fact | None:
    folded = [fold(text) for _, _, text in told]
    means = _along(folded) or _down(folded) or _lone_column(folded)
    if not means:
        return None
    above = folded[max(0, means[0][0] - LINES_OF_HEAD) : means[0][0] + 1]
    headed = [fold(heading) for heading in told[0][0].heading[-1:]]
    ends = _limits([*headed, *above])
    if ends is None:
        return None
    low, high, spec = ends
    comma = any(re.search(r"\d,\d{1,3}(?!\d)", figure) for _, _, figure in means)
    values = [found[0] for _, _, figure in means if (found := parse(figure, comma))]
    label = means[0][1][:60]
    row = {"label": label, "spec": spec, "low": low, "high": high, "values": values[:MOST_LINES]}
    span = high - low
    if len(values) < LEAST_MEANS or not mostly_inside([row]):
        return None
    if any(not low - 3 * span <= value <= high + 3 * span for value in values):
        return None
    value = json.dumps({"rows": [row], "specs": 1, "read": 1, "chart": True}, ensure_ascii=False, separators=(",", ":"))
    at = means[0][0] if told[means[0][0]][2].strip() else means[-1][0]
    passage, start, text = told[at]
    return fact("readings", "inspection", value, passage, start, start + len(text), confidence=0.8)


def _limits(texts: Sequence[str]) -> tuple[float, float, str] | None:
    """The lower and the upper limit of the means, and both as written."""
    found: dict[str, tuple[float, str]] = {}
    for text in texts:
        reached = 0
        for match in _ends().finditer(text):
            before, reached = text[reached : match.start()], match.end()
            if _named("of_ranges").search(before[-BEFORE:]) or _named("of_ranges").search(match[0]):
                continue
            name = "upper" if match["upper"] else "lower"
            figure = match["figure"]
            parsed = parse(figure, "," in figure)
            if parsed and found.setdefault(name, (parsed[0], match[0].strip()))[0] != parsed[0]:
                return None  # two charts, or limits that were set anew
    if len(found) < len(("lower", "upper")) or found["lower"][0] >= found["upper"][0]:
        return None
    return found["lower"][0], found["upper"][0], f"{found['lower'][1]} {found['upper'][1]}"[:60]


BEFORE = 12
"""Letters before a limit in which it is said to be that of the ranges."""


def _down(folded: Sequence[str]) -> list[tuple[int, str, str]]:
    """The means below a head that names them: line, name and figure as written."""
    at, name, start = -1, "", 0
    means: list[tuple[int, str, str]] = []
    for number, line in enumerate(folded):
        cells = [cell.strip() for cell in line.split("|")]
        if at < 0:
            heads = [index for index, cell in enumerate(cells) if _is_mean(cell)]
            if len(cells) > 1 and heads:
                at, name, start = heads[0], cells[heads[0]], number
        elif at < len(cells) and _CELL.fullmatch(cells[at]):
            means.append((number, name, _figure(cells[at])))
    return [(start, name, figure) for _, name, figure in means] if len(means) >= LEAST_MEANS else []


def _lone_column(folded: Sequence[str]) -> list[tuple[int, str, str]]:
    """The figures of the one column of a table that lies around control limits told above it, whatever its head says: the share of bad
    pieces of each week of a p-chart, the count of defects of a c-chart, single readings.
    """
    start = next((number for number, line in enumerate(folded) if _heads_figures(folded, number)), None)
    ends = _limits(folded[max(0, start - LINES_OF_HEAD) : start]) if start is not None else None
    if start is None or ends is None:
        return []
    low, high, _ = ends
    span = high - low
    heads = [cell.strip() for cell in folded[start].split("|")]
    found: list[list[tuple[int, str, str]]] = []
    for at, name in enumerate(heads):
        column: list[tuple[int, str, str]] = []
        for number in range(start + 1, len(folded)):
            cells = [cell.strip() for cell in folded[number].split("|")]
            if len(cells) != len(heads) or (column and not cells[0]):
                break  # the table ends: a chart beside it tells its figures again
            if _CELL.fullmatch(cells[at]):
                column.append((number, name, _figure(cells[at])))
        values = [value for _, _, figure in column if (value := parse(figure, "," in figure))]
        inside = sum(low <= value[0] <= high for value in values)
        near = all(low - 3 * span <= value[0] <= high + 3 * span for value in values)
        numbered = all(later[0] - earlier[0] == 1 for earlier, later in itertools.pairwise(values))
        if len(values) >= LEAST_MEANS and inside * 2 >= len(values) and near and not numbered:
            found.append(column)
    return [(start, name, figure) for _, name, figure in found[0]] if len(found) == 1 else []


LEAST_CELLS = 3
"""Cells of a row that heads the figures of a chart, and of each below it."""


def _heads_figures(folded: Sequence[str], number: int) -> bool:
    """Whether a line of words stands right over a line of as many cells with figures among them."""
    cells, below = ([cell.strip() for cell in line.split("|")] for line in (*folded[number : number + 2], "", "")[:2])
    named = [cell for cell in cells if cell]
    return (
        len(cells) >= LEAST_CELLS
        and len(cells) == len(below)
        and len(named) >= LEAST_CELLS
        and not any(_CELL.fullmatch(cell) or _ends().search(cell) for cell in cells)
        and any(_CELL.fullmatch(cell) for cell in below)
    )


def _along(folded: Sequence[str]) -> list[tuple[int, str, str]]:
    """The means of rows that are called so."""
    means: list[tuple[int, str, str]] = []
    for number, line in enumerate(folded):
        name, *cells = [cell.strip() for cell in line.split("|")]
        figures = [cell for cell in cells if _CELL.fullmatch(cell)]
        if _is_mean(name) and len(figures) >= LEAST_MEANS:
            means += [(means[0][0] if means else number, name, _figure(cell)) for cell in figures]
    return means


def _figure(cell: str) -> str:
    match = re.match(r"-?\d+(?:[.,]\d+)?", cell)
    return match[0] if match else ""


def _is_mean(cell: str) -> bool:
    """Whether a head is that of the means: it holds no figure but that of a unit or a count of pieces."""
    return 0 < len(cell) <= LONGEST_NAME and _named("mean").search(cell) is not None


LONGEST_NAME = 24
"""Letters of the name of a row or column of means."""
