"""Readings under one limit that is told above them, in the two shapes that have no column of limits and no head over the readings:
samples that run along a row (``Sample | 1 | 2 | 3``, ``Found | 40.2 | 40.8 | 41.1``), and samples told one a line in fields
(``Piece 1 | 771 N``, ``Piece 2 | 764 N``).

Fact: kind ``readings``, role ``inspection``, value as that of a table of readings, with ``"sure": true`` where unit or decimals show
that the readings belong to the limit although most of them lie outside it.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.data import table
from evidence.facts.control_charts import control_charts
from evidence.facts.grids import Grid
from evidence.facts.indicators import measure_of
from evidence.facts.limit_columns import NOT_READING
from evidence.facts.limits import Row, limits, mostly_inside, near, side_words
from evidence.facts.numbers import parse
from evidence.facts.readings import readings_of
from evidence.facts.sheet_periods import LEAST_PERIODS, months_down, periods_of
from evidence.facts.sources import Source, fact
from evidence.facts.stated_limits import stated_limits
from evidence.facts.text import Span, fold, lines, words
from evidence.model import Fact, Passage

LEAST_ALONG = 4
"""Figures of a row, or fields one below the other, that are readings of one feature."""

MOST_LINES = 400
"""Lines of a document in which such readings are sought: a sheet or form of one test has fewer."""

LONGEST_NAME = 60
"""Letters of the name of a row."""

_UNIT = r"[^\d\s|.,;:()（）]{1,12}"
_WHOLE = re.compile(rf"([-+]?\d{{1,7}}(?:[.,]\d{{1,5}})?)\s?({_UNIT})?")
_PARTS = re.compile(r"\||[,;，；、](?!\d)")
_BOUND = re.compile("|".join(words(tuple(table("tables")["inspection"][name])).pattern for name in ("spec", "bound")))
_SCORE = words(tuple(table("tables")["evaluation"]["score"]))
"""Points of a supplier or an examination, which are no readings."""

_LATE_HIGH = re.compile(rf"(-?\d+(?:[.,]\d+)?)\D.*?(?:{side_words('high_behind')})\W*$")
_LATE_LOW = re.compile(rf"(-?\d+(?:[.,]\d+)?)\D.*?(?:{side_words('low_behind')})\W*$")
_THOUSANDS = re.compile(r"\d[.,]\d{3}(?!\d)")


@dataclass(frozen=True)
class _Read:
    """A row or field of readings: its name, the figures as written, their unit, and where it stands."""

    name: str
    figures: tuple[str, ...]
    unit: str
    passage: Passage
    start: int
    end: int


@dataclass(frozen=True)
class _Limit:
    """A limit as written, the unit behind it, and its ends: each way in which its figures can be read."""

    spec: str
    unit: str
    ends: tuple[tuple[float | None, float | None], ...]


def find_row_readings(source: Source) -> Iterator[Fact]:
    """The readings of a document whose tables tell none: under the one limit that stands above them."""
    told = [
        (passage, line)
        for passage in source.passages
        if not passage.hidden and passage.mode not in ("template", "credential")
        for line in lines(passage.text)
    ]
    if len(told) > MOST_LINES:
        return
    runs = list(_rows(told))
    if not runs:
        return
    first = next(
        index
        for index, (passage, line) in enumerate(told)
        if passage is runs[0].passage and line.start <= runs[0].start < line.end
    )
    above = [line.text for _, line in told[:first]]
    if _over_months([cell.strip() for cell in above[-1].split("|")] if above else [], source):
        return  # figures over time against their target
    limit = _one_limit([*(told[0][0].heading[-1:]), *above])
    if limit is None or control_charts(source) or any(True for grid in source.grids for _ in readings_of(grid)):
        return
    if made := _made(runs, limit):
        rows, sure = made
        value = {"rows": rows, "specs": len(rows), "read": len(rows)} | ({"sure": True} if sure else {})
        at = runs[0]
        told_so = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield fact("readings", "inspection", told_so, at.passage, at.start, at.end, confidence=0.7)


def table_readings(source: Source, grid: Grid) -> Iterator[Fact]:
    """The readings of a table, without the shares and counts of months that miss what they are meant to reach."""
    columns = [[cell.text for cell in grid.column(index)] for index in range(min(MOST_BEFORE, len(grid.heads)))]
    monthly = any(_over_months(labels, source) for labels in (grid.heads, *columns))
    monthly = monthly or any(months_down(head, column, "") for head, column in zip(grid.heads, columns, strict=False))
    for found in readings_of(grid):
        labels = [row["label"] for row in json.loads(found.value)["rows"]] if monthly else []
        if not labels or not all(measure_of(label) for label in labels):
            yield found


MOST_BEFORE = 3
"""Columns at the beginning of a table of which one can name its months."""


def _over_months(heads: Sequence[str], source: Source) -> bool:
    """Whether the row over figures names months, quarters or weeks; days are those on which readings were taken."""
    periods = periods_of(heads, source, "")
    return len(periods) >= LEAST_PERIODS and all(len(period) <= LONGEST_PERIOD for period in periods.values())


LONGEST_PERIOD = 8
"""Letters of a month, quarter or week in normal form; a day has more."""


def _rows(told: Sequence[tuple[Passage, Span]]) -> Iterator[_Read]:
    """The rows of readings of a document: those that run along, else the first run of fields that are called alike."""
    along = [made for passage, line in told if (made := _along(passage, line))]
    if along:
        yield from along
        return
    fields = [one for passage, line in told for one in _fields(passage, line)]
    for key, group in itertools.groupby(fields, lambda one: (_bare(one.name), one.unit) if one else None):
        run = [one for one in group if one]
        if key and len(run) >= LEAST_ALONG:
            figures = tuple(one.figures[0] for one in run)
            start = run[0]
            yield _Read(key[0], figures, start.unit, start.passage, start.start, start.end)
            return


def _along(passage: Passage, line: Span) -> _Read | None:
    name, *cells = (cell.strip() for cell in line.text.split("|"))
    if len(cells) > LEAST_ALONG and not any(char.isdigit() for char in cells[-1]):
        cells = cells[:-1]  # a verdict or a name behind the figures
    found = [_WHOLE.fullmatch(fold(cell)) for cell in cells if cell]
    named = _names(name) or _numbers(name, len(found))
    if len(found) < LEAST_ALONG or not all(found) or not named or len(found) < len(cells) - 1:
        return None
    figures = tuple(match[1] for match in found if match)
    units = {match[2] or "" for match in found if match}
    if len(units) > 1 or _SCORE.search(fold(f"{name} {units}")) or _counts(figures) or NOT_READING.search(fold(name)):
        return None
    return _Read(name, figures, units.pop(), passage, line.start, line.start + len(line.text))


def _fields(passage: Passage, line: Span) -> Iterator[_Read | None]:
    """The fields of a line whose names hold a number, or are one or an hour, and whose value is one figure; None for any other."""
    cells = line.text.split("|")
    if len(cells) % 2 and len(cells) > 1:
        yield None  # the row of a table
        return
    pairs = list(zip(cells[::2], cells[1::2], strict=True)) if len(cells) > 1 else [_split(line.text)]
    if len(pairs) > 1 and not all(_WHOLE.fullmatch(fold(told.strip(" .-•*"))) for _, told in pairs):
        yield None
        return
    for label, told in pairs:
        name, value = label.strip(" .-•*"), told.strip(" .-•*")
        match = _WHOLE.fullmatch(fold(value))
        if match and len(cells) == 1 and (_HOUR.fullmatch(name) or _INDEX.fullmatch(name)):
            name = f"{'hour' if _HOUR.fullmatch(name) else 'piece'} {name}"
        if not match or not _names(name) or _SCORE.search(fold(line.text)) or not any(char.isdigit() for char in name):
            yield None
        else:
            yield _Read(name, (match[1],), match[2] or "", passage, line.start, line.start + len(line.text))


_HOUR = re.compile(r"(?:[01]?\d|2[0-4])(?:[:h.][0-5]\d|\s?(?:h|am|pm|時|时|点|시|น\.))")
_INDEX = re.compile(r"[#(]?\d{1,3}[.)]?")
_DASHED = re.compile(r"(?<=[\w)])\s(?:[-–—=])\s(?=\d)|[=:：](?!\d\d(?!\d))")


def _split(text: str) -> tuple[str, str]:
    """The name and the value of a field: parted by a colon or a dash, which is not that of an hour."""
    match = _DASHED.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _names(name: str) -> bool:
    return len(name) <= LONGEST_NAME and any(char.isalpha() for char in name)


_SAMPLES = re.compile(r"(?:no\.? ?|#)?(\d{1,3}) ?[-–—~～] ?(\d{1,3})")


def _numbers(name: str, count: int) -> bool:
    """Whether a row is named by the numbers of the samples that it holds: ``6-10`` before five figures."""
    run = _SAMPLES.fullmatch(fold(name))
    return run is not None and int(run[2]) - int(run[1]) + 1 == count


def _bare(name: str) -> str:
    """The name of a field without its number: fields called alike are readings of one feature."""
    return " ".join(re.sub(r"\d+", " ", fold(name)).split())


def _counts(figures: Sequence[str]) -> bool:
    """Whether figures number samples, or are numbers of pieces: whole, and each greater than the one before it."""
    whole = all(figure.isdigit() for figure in figures)
    return whole and all(int(one) < int(other) for one, other in itertools.pairwise(figures))


def _one_limit(texts: Sequence[str]) -> _Limit | None:
    """The one limit that lines tell; none where they tell several or none."""
    found: dict[tuple[tuple[float | None, float | None], ...], _Limit] = {}
    for piece in dict.fromkeys(piece.strip() for text in texts for piece in _PARTS.split(text)):
        folded = fold(piece)
        if not piece or not any(char.isdigit() for char in folded):
            continue
        for limit in _limits_of(folded):
            found.setdefault(limit.ends, limit)
    limits_found = list(found.values())
    return limits_found[0] if len(limits_found) == 1 else _joined(limits_found)


def _joined(found: Sequence[_Limit]) -> _Limit | None:
    """One limit of a least and a greatest value that stand beside each other: ``LCL 11.98, UCL 12.02``."""
    lows, highs = ([limit for limit in found if all(ends[at] is not None for ends in limit.ends)] for at in (0, 1))
    if len(found) != len(lows) + len(highs) or len(lows) != 1 or len(highs) != 1 or lows[0].unit != highs[0].unit:
        return None
    pairs = ((low, high) for low, _ in lows[0].ends for _, high in highs[0].ends)
    ends = tuple((low, high) for low, high in pairs if low is not None and high is not None and low < high)
    return _Limit(" ".join(limit.spec for limit in found), found[0].unit, ends) if ends else None


def _limits_of(folded: str) -> Iterator[_Limit]:
    for _, spec, low, high in stated_limits([folded]):
        behind = re.match(rf"\s?({_UNIT})", folded[folded.find(spec) + len(spec) :])
        yield _Limit(spec, behind[1] if behind else "", _readings_of_limit(spec, low, high))
        return
    named = _BOUND.search(folded)
    folded = folded[named.end() :].strip(" :=-") if named else ""
    if not folded[:1].isdigit():
        return
    low, high = limits(folded, "," in folded and "." not in folded)
    if low is None and high is None:
        for pattern, is_high in ((_LATE_HIGH, True), (_LATE_LOW, False)):
            if (match := pattern.search(folded)) and (end := parse(match[1], "," in match[1])):
                low, high = (None, end[0]) if is_high else (end[0], None)
                break
    if low is not None or high is not None:
        yield _Limit(folded, "", _readings_of_limit(folded, low, high))


def _readings_of_limit(
    spec: str, low: float | None, high: float | None
) -> tuple[tuple[float | None, float | None], ...]:
    """The ends of a limit: as read, and for ``1,200`` also as the thousands that it can be."""
    ends = [(low, high)]
    if _THOUSANDS.search(spec):
        ends.append(
            tuple(end * 1000 if end is not None and end != int(end) else end for end in (low, high))  # type: ignore[arg-type]
        )
    return tuple(dict.fromkeys(ends))


def _made(runs: Sequence[_Read], limit: _Limit) -> tuple[list[Row], bool] | None:
    comma = any(re.fullmatch(r"[-+]?\d+,(?:\d{1,2}|\d{4,})", figure) for run in runs for figure in run.figures)
    for low, high in limit.ends:
        rows: list[Row] = []
        for run in runs:
            values = [found[0] for figure in run.figures if (found := parse(figure, comma))]
            row = {"label": run.name[:60], "spec": limit.spec[:40], "low": low, "high": high, "values": values}
            if len(values) == len(run.figures) and near(row) and _in_order(row):
                rows.append(row)
        if not rows:
            continue
        touching = [row for row in rows if _touches(row)]  # a row wholly outside is of another feature
        if touching and mostly_inside(touching):
            return touching, False
        if len(rows) == len(runs) and all(_belongs(run, limit) for run in runs):
            return rows, True
    return None


def _touches(row: Row) -> bool:
    """Whether a reading of a row keeps its limit."""
    return any(mostly_inside([row | {"values": [value]}]) for value in row["values"])


TIMES = 2
"""Times a lone limit, or parts of it, within which readings told without a column of limits lie."""


def _in_order(row: Row) -> bool:
    """Whether readings are of the size of their limit."""
    low, high = row["low"], row["high"]
    if low is not None and high is not None:
        return True
    end = abs(low if low is not None else high)
    inner = TIMES if low is not None else 10 * TIMES
    return all(end / inner <= abs(value) <= end * TIMES for value in row["values"])


def _belongs(run: _Read, limit: _Limit) -> bool:
    """Whether unit or decimals show that figures are meant by a limit."""
    if run.unit:
        return run.unit == limit.unit
    decimals = {len(part) for part in re.findall(r"\d[.,](\d+)", limit.spec)}
    return (
        len(decimals) == 1
        and {len(re.split(r"[.,]", figure)[-1]) for figure in run.figures} == decimals
        and all(re.search(r"[.,]", figure) for figure in run.figures)
    )
