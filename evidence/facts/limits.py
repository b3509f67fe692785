"""What a specification allows, and whether figures can be readings of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from evidence.data import table
from evidence.facts.numbers import parse, powers
from evidence.facts.text import KEPT_TEXTS, fold, late, phrases, words

Row = dict[str, Any]
"""Readings of one feature: ``label``, ``spec`` (the limits as written), ``low``, ``high`` and ``values``."""

_LIMITS = late(
    r"(?P<nominal>[-+]?\d+(?:[.,]\d+)?)\s?(?:mm|µm|um|g|kg|n|°c|c|%|°)?\s?(?:±|\+/-|\+-)\s?(?P<tol>\d*[.,]?\d+)"
)
_TWO_SIDED = late(r"(?P<nominal>[-+]?\d+(?:[.,]\d+)?)\s?\+\s?(?P<up>\d*[.,]?\d+)\s?[/,; ]\s?-?\s?(?P<down>\d*[.,]?\d+)")


def side_words(name: str) -> str:
    """The pattern of the words that stand round limits: ``low``, ``high``, ``low_behind``, ``high_behind``, ``to``."""
    return words(tuple(table("tables")["inspection"][name])).pattern


BETWEEN = "|".join(map(re.escape, table("tables")["inspection"]["to"]))
"""Words between the two ends of a range; they may touch its figures."""

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_FIGURE = late(r"-?\d*[.,]?\d*")
_UNIT = r"(?:(?:%|°c|[^\W\d_]{1,3}|[^\W\d_]{1,4}/[^\W\d_]{1,5}[²³]?)\s?)??"
_NOT_BEFORE = r"(?!\.?\s?[-:=]?\s?\d)"  # min 2 max 8: the word belongs to the figure it stands before
_NO_CODE = r"(?<![a-z]-)(?<![a-z](?=-))(?<!\d)"
"""Not within the number of a lot: ``EU-6910-1`` is no range."""
_RANGE = late(rf"{_NO_CODE}(?P<low>{_NUMBER})\s?(?:-|~|\.\.\.?|…|÷|{BETWEEN})\s?(?P<high>{_NUMBER})")
_SPAN = late(
    rf"(?:between|antara|giữa|trong khoảng|ระหว่าง|介于)\s?(?P<low>{_NUMBER})\s?{_UNIT}"
    rf"(?:{BETWEEN}|{words(tuple(table('tables')['inspection']['and'])).pattern})\s?(?P<high>{_NUMBER})"
)
_MIN = late(
    rf"(?:≥|>=|>|(?:{side_words('low')})\.?)\s?(?P<low>-?\d+(?:[.,]\d+)?)|(?P<low2>\d+(?:[.,]\d+)?)\s?{_UNIT}(?:min(?![a-z])|{side_words('low_behind')}){_NOT_BEFORE}"
)
_MAX = late(
    rf"(?:≤|<=|<|(?:{side_words('high')})\.?)\s?(?P<high>-?\d+(?:[.,]\d+)?)|(?P<high2>\d+(?:[.,]\d+)?)\s?{_UNIT}(?:{side_words('high_behind')}){_NOT_BEFORE}"
)


LONGEST = 80
"""Characters of a cell in which limits are sought."""


def limits(text: str, comma: bool = False) -> tuple[float | None, float | None]:
    """Lower and upper limit a specification names; None where it names none."""
    return _limits(text[:LONGEST], comma)


@lru_cache(KEPT_TEXTS)
def _limits(text: str, comma: bool) -> tuple[float | None, float | None]:
    plain_text = powers(fold(text))
    if _FIGURE.fullmatch(plain_text):
        return None, None  # a reading, as most cells are
    named = [piece for piece in _PIECES.split(plain_text) if any(map(str.isdigit, piece))]
    if len(named) > 1 and _differ([_of_piece(piece, comma) for piece in named]):
        return None, None  # of several products each has its own: which one a reading is of stands elsewhere
    return _of_piece(plain_text, comma)


_PIECES = re.compile(r"[,;、；，]\s|\s/\s|[；、]|\n")
"""Between limits of several products: ``EP 95-110, PU 80-95``."""


def _differ(found: Sequence[tuple[float | None, float | None]]) -> bool:
    """Whether two of several limits are ends of the same side and not the same."""
    return any(len({pair[side] for pair in found} - {None}) > 1 for side in (0, 1))


def _of_piece(plain_text: str, comma: bool) -> tuple[float | None, float | None]:

    def number(digits: str | None) -> float | None:
        parsed = parse(digits, comma) if digits else None
        return parsed[0] if parsed else None

    if match := _LIMITS.search(plain_text):
        nominal, tolerance = number(match["nominal"]), number(match["tol"])
        if nominal is not None and tolerance is not None:
            return round(nominal - tolerance, 6), round(nominal + tolerance, 6)
    if match := _TWO_SIDED.search(plain_text):
        nominal, up, down = number(match["nominal"]), number(match["up"]), number(match["down"])
        if nominal is not None and up is not None and down is not None:
            return round(nominal - down, 6), round(nominal + up, 6)
    if (match := _ONE_SIDED.fullmatch(plain_text)) and (ends := _one_sided(match, number)):
        return ends
    low = high = None
    if match := _MIN.search(plain_text):
        low = number(match["low"] or match["low2"])
    if match := _MAX.search(plain_text):
        high = number(match["high"] or match["high2"])
    if low is not None and low == high:
        low = None  # max 3 min: of minutes
    if high is None and (match := _SPAN.search(plain_text) or _RANGE.search(plain_text)):
        begin, end = number(match["low"]), number(match["high"])
        ordered = begin is None or end is None or begin <= end
        if low is None or (low == begin and ordered):  # từ 2 đến 8
            return (begin, end) if ordered else (None, None)
    return low, high


def _one_sided(match: re.Match[str], number: Callable[[str | None], float | None]) -> tuple[float, float] | None:
    """The ends of a size that may differ to one side only: ``24.0 -0.2``, ``12 0/-0.1``, ``10 -0.01/-0.03``."""
    nominal, far, near_end = number(match["nominal"]), number(match["far"]), number(match["near"] or "0")
    if nominal is None or far is None or near_end is None or max(far, near_end) * _TENTH >= nominal:
        return None
    sign = -1 if match["sign"] == "-" else 1
    ends = sorted((round(nominal + sign * far, 6), round(nominal + sign * near_end, 6)))
    return (ends[0], ends[1]) if ends[0] < ends[1] else None


_TENTH = 10
"""Parts of a size of which a tolerance is less than one."""

_MEASURE = r"(?:mm|µm|um|cm|m|g|kg|n|nm|mpa|°c|c|%|°|in|\")?"
_ONE_SIDED = late(
    rf"[ø⌀φ∅]?\s?(?P<nominal>\d+(?:[.,]\d+)?)\s?{_MEASURE}(?:\s?\(|\s|(?=[-+](?:\d*[.,]\d|\s?0\s?/)))\s?"
    rf"(?:[-+]?0(?:[.,]0+)?\s?[/;,]\s?)?(?P<sign>[-+])\s?(?P<far>\d*[.,]?\d+)(?:\s?[/;,]\s?(?:(?P=sign)\s?(?P<near>\d*[.,]?\d+)|[-+]?0(?:[.,]0+)?))?\s?{_MEASURE}\)?"
)


def limits_of_head(head: str, comma: bool = False) -> tuple[float | None, float | None]:
    """The limits that a head states; of deviations it tells only how far they may go: ``Ratio error % (±0.5)``."""
    found = limits(head, comma)
    match = _DEVIATION.search(head) if found == (None, None) else None
    parsed = parse(match[1], "," in match[1]) if match else None
    return (-parsed[0], parsed[0]) if parsed else found


_DEVIATION = re.compile(r"(?<!\d)(?<!\d[^\W\d_%°])(?<!\d )(?:±|\+/-)\s?(\d{1,4}(?:[.,]\d{1,4})?)(?![\d.,]*\d)")


def mostly_inside(rows: Sequence[Row]) -> bool:
    """Whether most figures keep the limits beside them: otherwise those are limits of something else."""
    total = sum(len(row["values"]) for row in rows)
    inside = sum(
        (row["low"] is None or value >= row["low"]) and (row["high"] is None or value <= row["high"])
        for row in rows
        for value in row["values"]
    )
    return inside * 2 >= total


_WIDTHS = 3
"""Widths of a tolerance around it within which readings lie that are meant by it."""


def near(row: Row) -> bool:
    """Whether all figures lie where readings of a limit can lie: around its tolerance, or in the order of its only end."""
    low, high, values = row["low"], row["high"], row["values"]
    if low is not None and high is not None:
        span = high - low
        return all(low - _WIDTHS * span <= value <= high + _WIDTHS * span for value in values)
    end = abs(high if high is not None else low)
    return bool(end) and all(value <= end * (_WIDTHS if high is not None else 1_000) for value in values)


def lies_there_by_nature(row: Mapping[str, Any]) -> bool:
    """Whether readings belong at a lone limit: a share has no greatest value but the whole, and what is filled is filled up to its amount or
    a little above it.
    """
    named = fold(f"{row['label']} {row['spec']}")
    lone = row["low"] is None or row["high"] is None
    if row["high"] is None and is_amount(named):
        return True
    return lone and ((row["high"] == WHOLE and "%" in named) or _FILLED.search(named) is not None)


def is_amount(folded: str) -> bool:
    """Whether a folded head names a weight or a volume by its unit: what must hold at least so much is packed right above it, as each gram
    more is given away.
    """
    return _AMOUNT.search(folded) is not None


_AMOUNT = late(
    r"(?<![^\W_])(?:kgs?|gr?|grams?|mls?|l|lt|lit(?:re|er)s?|cl|oz|lbs?|克|公斤|千克|毫升|กรัม|กก\.?|มล\.?|ลิตร)(?![^\W_]|\s?[/.²]|2)"
)


WHOLE = 100.0
"""Percent above which no share lies."""

_FILLED = phrases("readings_flags", "filled")
