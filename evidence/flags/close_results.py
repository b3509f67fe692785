"""The flag on results that crowd at one limit, none beyond it: of tests, of gauges and of months."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.facts.limits import lies_there_by_nature
from evidence.facts.numbers import parse
from evidence.facts.text import fold, phrases
from evidence.flags.bounded_columns import bounded_columns
from evidence.flags.crowded_columns import Limit, crowded_columns, is_close, is_result, is_tight, keeps_its_distance
from evidence.flags.readings import readings
from evidence.flags.registry import Finding, name_of, rule
from evidence.quality_series import is_real_series
from evidence.titles import reads_no_piece, records_nothing

LEAST_ALONE = 8
"""Readings of one feature under a greatest value that say it alone, whatever lies beside them; a least value can be one that the
feature itself hardly passes, as 98 of 100 %.
"""

LEAST_END = 0.001
"""Size of a lone limit from which a share of it means something."""


@rule("results_just_under_limit")
def results_just_under_limit(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Nearly all readings of a test crowd at one limit, none beyond it."""
    told = set()
    for item in readings(bundle):
        read = item.value["rows"]
        if item.value.get("errors"):
            if len({row["high"] for row in read}) > 1:
                continue  # each gauge has a resolution of its own
            read = [row | {"spec": "", "low": None, "values": [abs(value) for value in row["values"]]} for row in read]
        if crowd := _crowd(_by_limit(read), data):
            told.add(item.document.path)
            yield Finding({"name": name_of(item.document.path), **crowd}, (cite(item.document, item.passage),))
    yield from _months_under_target(bundle, data)
    for found in itertools.chain(crowded_columns(bundle, data), _under_placed_limits(bundle, data)):
        paths = {place.document for place in found.citations if place}
        if not paths & told:
            told |= paths
            yield found


def _crowd(rows: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> dict[str, Any] | None:
    """How many of how many readings lie how near to their limit, where all of a test or of one of its features do; else nothing."""
    counted = [_close(row, data) for row in rows]
    tight = [row for row in rows if row["low"] is None and row["high"] and is_tight(row["values"], row["high"], data)]
    alone = [
        one
        for one, row in zip(counted, rows, strict=True)
        if row["low"] is None and (one[1] >= LEAST_ALONE or one[0] == one[1] >= data["least"])
    ]
    close, total = max(
        [(sum(close for close, _ in counted), sum(total for _, total in counted)), *alone],
        key=lambda pair: pair[0] / max(pair[1], 1),
        default=(0, 0),
    )
    near = close >= 0.7 * total and all(_all_near(row, data) for row in rows)
    near = near or (bool(rows) and all(_at_last_steps(row) for row in rows))
    least = data["least_tight"] if tight and len(tight) == len(rows) else data["least"]
    if total < least or not (close >= 0.9 * total or near):
        return None
    share = max([float(data["share"]), *(_at_one_end(row, data) for row in rows)])
    return {"count": close, "total": total, "share": f"{share:.0%}"}


def _under_placed_limits(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Columns of readings that all crowd at a limit from elsewhere in their paper, or from another one: the title, a note, a field."""
    for document in bundle.read:
        if reads_no_piece(document) or is_example(document) or records_nothing(document):
            continue
        for column in bounded_columns(bundle, document):
            ends = {(limit.low, limit.high) for limit in column.limits}
            values = [value for _, value in column.read]
            if len(ends) != 1 or len(values) < data["least_tight"] or not is_result(column.head, values):
                continue
            limit = column.limits[0]
            if limit.high is None or column.beyond():
                continue  # what must be reached is often hardly passed
            row = {"label": column.head, "spec": limit.spec, "low": limit.low, "high": limit.high, "values": values}
            if crowd := _crowd([row], data):
                place = column.read[0][0]
                yield Finding({"name": name_of(document.path), **crowd}, (cite(document, place.passage, place.line),))
                break


def _by_limit(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows of one reading each under the same limit as one: a lot a row, with the limit written again beside each."""
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for number, row in enumerate(rows):
        lone = len(row["values"]) == 1 and row["high"] is not None  # what is filled lies right above its least amount
        key = (row["spec"], row["low"], row["high"], -1 if lone else number)
        if key in kept:
            kept[key]["values"] = [*kept[key]["values"], *row["values"]]
        else:
            kept[key] = dict(row)
    return list(kept.values())


def _close(row: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[int, int]:
    """How many readings of a feature lie close inside a limit, none beyond it, and how many there are."""
    low, high, values = row["low"], row["high"], row["values"]
    if lies_there_by_nature(row):
        return 0, 0
    if low is not None and high is not None and high > low:
        if _at_one_end(row, data):
            return len(values), len(values)
        edge = (high - low) * data["share"] + 1e-9
        close = sum(high - edge <= value <= high or low <= value <= low + edge for value in values)
        return close - (len(values) if any(value > high or value < low for value in values) else 0), len(values)
    end = high if high is not None else low
    if end is None or abs(end) <= LEAST_END:
        return 0, 0
    inside = [value for value in values if (value <= end if high is not None else value >= end)]
    if len(inside) == len(values) and set(inside) == {end}:
        return 0, 0  # ``< 10`` in each row: less than can be told
    if len(inside) < len(values) or len(set(inside)) == 1:
        return 0, len(values)
    if high is not None and keeps_its_distance(end, inside):
        return 0, len(values)
    edge = _edge(abs(end), inside, high is not None, data)
    return sum(abs(end - value) <= edge for value in inside), len(values)


def _at_one_end(row: Mapping[str, Any], data: Mapping[str, Any]) -> float:
    """The share of a wide tolerance on which many readings of a coarse gauge all lie at one of its ends, on the last two steps: 267 to 269
    of 235 to 269 HB. Nothing where they do not.
    """
    low, high, steps = row["low"], row["high"], sorted(set(row["values"]))
    if low is None or high is None or high <= low or len(row["values"]) < LEAST_ALONE or len(steps) < LEAST_STEPS:
        return 0.0
    width, step = high - low, min(later - earlier for earlier, later in itertools.pairwise(steps))
    if step < COARSE * width or lies_there_by_nature(row) or not low <= steps[0] <= steps[-1] <= high:
        return 0.0
    reach = min(high - steps[0], steps[-1] - low)
    return float(reach / width) if reach <= min(2 * step, 2 * data["share"] * width) + 1e-9 else 0.0


def _months_under_target(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Rates of months that all lie a hair inside what is aimed at, each otherwise."""
    for item in bundle.items("series"):
        target, values = _target_of(item), [float(value) for value in item.value.get("values", [])]
        better, unit = item.value.get("better"), item.value.get("unit")
        if not target or better not in ("lower", "higher") or unit not in ("%", "ppm"):
            continue
        if len(values) < data["least"] or len(set(values)) == 1 or not is_real_series(bundle, item):
            continue
        if is_close(values, Limit("", target, better == "lower"), str(unit), data) and max(values) != target:
            count = len(values)
            yield Finding(
                {"name": name_of(item.document.path), "count": count, "total": count, "share": f"{data['share']:.0%}"},
                (cite(item.document, item.passage, item.fact.quote),),
            )


def _target_of(item: Item) -> float | None:
    """The most that is aimed at in a series: in its table, else the one target of the lines above it: ``TARGET ≤ 2.00 %``."""
    if item.value.get("target"):
        return float(item.value["target"])
    told = itertools.takewhile(lambda line: line.count("|") < LEAST_BARS, item.passage.text.splitlines())
    found: set[float] = set()
    for line in dict.fromkeys((*item.passage.heading[-1:], *told)):
        folded = fold(line)
        for match in _TARGET.finditer(folded):
            behind = _FIGURE.match(folded[match.end() :])
            if behind and (parsed := parse(behind[1], "," in behind[1])):
                found.add(parsed[0])
    return found.pop() if len(found) == 1 else None


LEAST_BARS = 2
_TARGET = phrases("metrics_flags", "target")
_FIGURE = re.compile(r"[^\d\n|≥>]{0,16}?(\d{1,6}(?:[.,]\d{1,3})?)(?![\d.,]*\d)\s?(?:%|ppm|d?pmo)")


def _all_near(row: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Whether every reading under a lone greatest value lies within the share of it that holds for tolerances."""
    high = row["high"]
    if row["low"] is not None or high is None or high <= LEAST_END:
        return False
    return all(high * (1 - data["share"]) - 1e-9 <= value <= high for value in row["values"])


def _at_last_steps(row: Mapping[str, Any]) -> bool:
    """Whether every reading of a coarse gauge lies on the last steps below a lone greatest value: 0.047 to 0.049 of 0.050."""
    high, values = row["high"], sorted(set(row["values"]))
    if row["low"] is not None or high is None or high <= LEAST_END or len(values) < LEAST_STEPS or values[-1] > high:
        return False
    step = min(later - earlier for earlier, later in itertools.pairwise(values))
    if step < COARSE * high or lies_there_by_nature(row):
        return False
    return bool(high - min(LAST_STEPS * step, LAST * high) - 1e-9 <= values[0])


LEAST_STEPS = 2
"""Figures of a gauge that differ, from which its step can be told."""

LAST_STEPS = 3
"""Steps of a coarse gauge below a limit that are its last ones, and the share of the limit that they may reach down."""

LAST = 0.1
COARSE = 0.015
"""Share of a limit from which a step of a gauge is a coarse one."""


def _edge(end: float, values: Sequence[float], is_high: bool, data: Mapping[str, Any]) -> float:
    """How far from a lone limit a reading is close to it: below a greatest value also two steps of a coarse gauge, within the share
    that holds for tolerances.
    """
    share = float(data["share_alone"]) * end
    if not is_high:
        return share + 1e-9
    steps = sorted(set(values))
    step = min((later - earlier for earlier, later in itertools.pairwise(steps)), default=0.0)
    return max(share, min(2 * step, float(data["share"]) * end)) + 1e-9
