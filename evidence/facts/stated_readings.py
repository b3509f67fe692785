"""Readings of which each stands in a line of its own beside its own limit, as forms, lists and short tables tell them:
``Moisture (max 12 %): 11.4 %``, ``Width | 35.0 ± 0.3 mm | 35.5``, ``Hardness: spec HRC 58-62, found 59.5``.

Fact: kind ``readings``, role ``inspection``, value as that of a table of readings.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.data import table
from evidence.facts.indicators import measure_of
from evidence.facts.limit_columns import NOT_READING
from evidence.facts.limits import Row, limits, mostly_inside, near
from evidence.facts.numbers import parse
from evidence.facts.readings import readings_of
from evidence.facts.sources import Source, fact
from evidence.facts.text import fold, lines, phrases, words
from evidence.model import Fact, Passage

LEAST_FEATURES = 3
"""Lines with a limit and a reading from which a paper tells readings so: one may be anything."""

LONGEST_LINE = 160
"""Letters of a line that tells one feature."""

MOST_PIECES = 7
"""Pieces of such a line: its name, its limit, what was read, a verdict, a name."""

FARTHEST = 0.3
"""Share of a lone least value down to which a figure can be a reading of it."""

EVEN = 0.5
"""Probability from which a passage is about a criterion."""

_PIECES = re.compile(r"[|()（）\[\]［］]|[:：=](?!\s?[<>≤≥])|[,;，；、](?!\d)|\s[-–—]\s(?=[^\d\s])")
_UNIT = r"(?:%|°\s?[cf]?|[^\W\d_%°]{1,6}(?:[²³]|/[^\W\d_]{1,4}[²³]?)?)"
_READ = re.compile(
    rf"(?P<before>\D*?)(?P<figure>[-+]?\d{{1,7}}(?:[.,]\d{{1,5}})?)\s?(?P<unit>{_UNIT})?(?:\s(?P<behind>\D*))?"
)
_STATED = re.compile(r"±|\+/-|\+-|[≤≥<>]")
_LAST_UNIT = re.compile(rf"\d\s?({_UNIT})(?![^\W\d_])")
_RANGE = re.compile(r"(?:[^\W\d_]{1,5}\s)?-?\d+(?:[.,]\d+)?\s?(?:[-–~～]|\.\.+|…|÷)\s?-?\d+(?:[.,]\d+)?\s?\S{0,8}")
_INSPECTION = table("tables")["inspection"]
_NAMES_LIMIT = words(tuple(_INSPECTION["spec"]) + tuple(_INSPECTION["bound"]))
_NAMES_END = words(tuple(word for name in ("low", "high", "low_behind", "high_behind") for word in _INSPECTION[name]))
_SCORE = words(tuple(table("tables")["evaluation"]["score"]) + tuple(table("tables")["evaluation"]["part_score"]))
_AIMED = phrases("series_lines", "aimed")


@dataclass(frozen=True)
class _Feature:
    """A reading with its limit, and where it stands."""

    row: Row
    passage: Passage
    start: int
    end: int


def find_stated_readings(source: Source) -> Iterator[Fact]:
    """The features of a document that its lines tell one by one; none where its tables tell readings."""
    found: list[_Feature] = []
    for passage in source.passages:
        if passage.hidden or passage.mode in ("template", "credential"):
            continue
        if _AIMED.search(fold(" ".join(passage.heading))) or passage.criteria.get("quality_metrics", 0.0) > EVEN:
            continue  # objectives, which a figure may miss
        for line in lines(passage.text):
            if len(line.text) > LONGEST_LINE or not any(char.isdigit() for char in line.text):
                continue
            row = _feature(source, line.text)
            if row is None:
                continue
            if measure_of(row["label"]) or _SCORE.search(fold(line.text)):
                return  # indicators against their targets, or points
            found.append(_Feature(row, passage, line.start, line.start + len(line.text)))
    rows = [feature.row for feature in found]
    if len(rows) < LEAST_FEATURES or len({row["label"] for row in rows}) < LEAST_FEATURES or not mostly_inside(rows):
        return
    if any(True for grid in source.grids for _ in readings_of(grid)):
        return
    value = json.dumps({"rows": rows, "specs": len(rows), "read": len(rows)}, ensure_ascii=False, separators=(",", ":"))
    at = found[0]
    yield fact("readings", "inspection", value, at.passage, at.start, at.end, confidence=0.7)


def _feature(source: Source, text: str) -> Row | None:
    """The one limit of a line with the one figure read beside it; None for any other line."""
    pieces = [piece.strip(" .-–—•*\t") for piece in _PIECES.split(text)]
    pieces = [piece for piece in pieces if piece]
    if not LEAST_FEATURES - 1 <= len(pieces) <= MOST_PIECES or source.dates(text):
        return None
    comma = bool(re.search(r"\d,\d{1,2}(?!\d)", text))
    stated = [(at, piece, ends) for at, piece in enumerate(pieces) if (ends := _limit(piece, pieces[:at], comma))]
    if len(stated) != 1:
        return None
    at, spec, (low, high) = stated[0]
    others = [(index, piece) for index, piece in enumerate(pieces) if index != at and any(map(str.isdigit, piece))]
    read = [(index, match) for index, piece in others if (match := _READ.fullmatch(fold(piece)))]
    read = [(index, match) for index, match in read if index > at or not match["before"].strip()]
    if len(read) != 1 or read[0][0] == 0:
        return None
    index, match = read[0]
    named = [piece for where, piece in enumerate(pieces[: min(at, index) or 1]) if where != index]
    label = next((piece for piece in named if sum(map(str.isalpha, piece)) > 1 and not _only_names(piece)), "")
    if at == 0:
        label = _name_before(spec)
    parsed = parse(match["figure"], comma)
    unit = _LAST_UNIT.search(fold(spec))
    if not label or parsed is None or NOT_READING.search(fold(label)) or _AIMED.search(fold(text)):
        return None
    if unit and match["unit"] and not _same_unit(unit[1], match["unit"]):
        return None
    row: Row = {"label": label[:60], "spec": spec[:40], "low": low, "high": high, "values": [parsed[0]]}
    if not near(row) or (high is None and low is not None and parsed[0] < FARTHEST * low):
        return None
    return row


def _same_unit(one: str, other: str) -> bool:
    short, long = sorted((unit.strip().lstrip("° ") for unit in (one, other)), key=len)
    if not short or short == long:
        return True
    written_apart = short[0].isascii() != long[0].isascii() and "%" not in (short, long)  # ``個`` and ``pcs``
    return written_apart or (len(short) >= LEAST_UNIT and long.startswith(short))


LEAST_UNIT = 2
"""Letters of a unit that may be written longer: ``min`` as ``minutes``, but no ``h`` as ``hrc``."""


def _only_names(piece: str) -> bool:
    """Whether a piece only says that a limit stands beside it."""
    match = _NAMES_LIMIT.search(fold(piece))
    return match is not None and len(match[0]) + 2 >= len(piece)


def _name_before(spec: str) -> str:
    """What is measured, as the words before a limit in one cell with it name it: ``Leakage, max 0.5 mA``."""
    match = re.match(r"[^\d<>≤≥±]*", spec)
    name = _NAMES_END.sub(" ", fold(match[0] if match else ""))
    return " ".join(_NAMES_LIMIT.sub(" ", name).split())


def _limit(piece: str, before: Sequence[str], comma: bool) -> tuple[float | None, float | None] | None:
    """The ends of a piece that states a limit by its signs or words, or as a range that is named or stands alone in its cell."""
    folded = fold(piece)
    if not any(map(str.isdigit, folded)):
        return None
    low, high = limits(folded, comma)
    if (low is None and high is None) or low == high:
        return None
    if low is not None and high is not None and low > high:
        return None
    marked = _STATED.search(folded) or _NAMES_END.search(folded) or _NAMES_LIMIT.search(folded)
    ranged = _RANGE.fullmatch(folded) is not None
    named = any(_NAMES_LIMIT.search(fold(told)) for told in before[-1:])
    return (low, high) if marked or named or ranged else None
