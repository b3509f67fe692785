"""Limits that the title of a sheet names by a word, without saying of which end they are: ``limit 10 µg/g``, ``LIMIT 800–1100``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.data import table
from evidence.facts.limits import Row, mostly_inside, near
from evidence.facts.numbers import parse, powers
from evidence.facts.text import fold, table_words

TIMES = 3
"""Times a lone limit, or parts of it, between which the middle one of its readings lies."""

MOST_BEYOND = 1 / 3
"""Share of readings beyond a lone limit up to which its side is told by where the others lie."""

LEAST_WORD = 4
"""Letters from which a unit is a word, as minutes or persons, which the head of its readings names."""

LONGEST = 300
"""Letters of a title in which limits are sought."""

_FIGURE = r"[-+]?\d{1,3}(?:,\d{3})+|[-+]?\d+(?:[.,]\d+)?"
NO_BOUND = "".join(rf"(?<!{word} )(?<!{word})" for word in table("words")["limit_places"]["no_bound"])
"""What a laboratory can tell or a gauge warns at is no end of what may be."""
_UNIT = r"(?:%|°\s?[cf]?|[^\W\d_]{1,8}\.?(?:[²³]|/[^\W\d_]{1,4}[²³]?)?)"

_PER = r"\s?/\s?\d{1,5}\s?[^\W\d_]{1,5}[²³]?"
"""What a limit is counted per: 28 points / 100 m²."""


@dataclass(frozen=True)
class TitledLimit:
    """A limit as a title tells it: its words, its unit (with what it is counted per), both ends of a range or the one end of which the side is open."""

    spec: str
    unit: str
    ends: tuple[float, float] | None
    end: float


def titled_limits(texts: Sequence[str]) -> list[TitledLimit]:
    """The limits of titles, each once."""
    found: dict[str, TitledLimit] = {}
    for text in texts:
        for limit in _limits(powers(fold(text[:LONGEST]))):
            found.setdefault(limit.spec, limit)
    return list(found.values())


def _limits(folded: str) -> Iterator[TitledLimit]:
    bound = table_words("inspection", "bound").pattern
    pattern = re.compile(
        rf"{NO_BOUND}(?:{bound})(?: values?)?\s?[:=]?\s?(?P<low>{_FIGURE})(?:\s?(?:-|~|\.\.\.?|to)\s?(?P<high>{_FIGURE}))?"
        rf"\s?(?P<unit>{_UNIT}(?:{_PER})?)?(?![\w/]|[.,]\d)"
    )
    for match in pattern.finditer(folded):
        low, high = (_value(match[name]) for name in ("low", "high"))
        if low is None or (high is not None and high <= low):
            continue
        yield TitledLimit(match[0].strip(), _close(match["unit"] or ""), (low, high) if high is not None else None, low)


def _close(unit: str) -> str:
    """A unit or a head without its spaces: points/100m²."""
    return "".join(fold(unit).split())


def _value(digits: str | None) -> float | None:
    parsed = parse(digits, bool(re.search(r"\d,\d{1,2}$", digits))) if digits else None
    return parsed[0] if parsed else None


def readings_under(limit: TitledLimit, columns: Sequence[tuple[str, list[float]]]) -> list[Row]:
    """The columns (head and figures) that are readings of a limit.

    Of a lone one the side is that on which most of them lie, and its column has its unit in its head or is the only one in its order.
    """
    if limit.ends:
        rows = [_row(head, limit.spec, *limit.ends, values) for head, values in columns]
        return [row for row in rows if near(row) and mostly_inside([row])]
    if not limit.end:
        return []
    united = [(head, values) for head, values in columns if limit.unit and limit.unit in _close(head)]
    if not united and ("/" in limit.unit or (limit.unit.isalpha() and len(limit.unit) >= LEAST_WORD)):
        return []  # of what is counted per piece or length the counts are no readings, and 40 minutes bound no temperature
    ordered = [(head, values) for head, values in united or columns if _in_order(values, limit.end)]
    if not ordered or (len(ordered) > 1 and not united):
        return []
    made = []
    for head, values in ordered:
        below, above = sum(value < limit.end for value in values), sum(value > limit.end for value in values)
        if min(below, above) > len(values) * MOST_BEYOND:
            continue
        under = below >= above
        low, high = (None, limit.end) if under else (limit.end, None)
        made.append(_row(head, limit.spec, low, high, values))
    return [row for row in made if near(row)]


def _row(head: str, spec: str, low: float | None, high: float | None, values: list[float]) -> Row:
    return {"label": head[:60], "spec": spec[:40], "low": low, "high": high, "values": values[:60]}


def _in_order(values: Sequence[float], end: float) -> bool:
    middle = abs(sorted(values)[len(values) // 2])
    return abs(end) / TIMES <= middle <= abs(end) * TIMES
