"""Figures over time in any table of a paper, whatever they count: months, weeks, quarters, years or before and after, along a row or down
a column, each under its own name and the title of its table.
"""

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.facts.indicators import HIGH_SHARE, SHARE, WHOLE, measure_of, says
from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.numbers import amount, uses_decimal_comma
from evidence.facts.text import any_of, fold, late, phrases
from evidence.facts.told_spans import HALF
from evidence.flags.month_tables import named_rows, span_of
from evidence.model import DocumentReport, Passage

LEAST_PERIODS = 2
"""Periods between which a figure can move."""

LEAST_RUN = 3
"""The same for months, weeks and quarters that have a third beside them that does not follow: two may be cut out of more."""

LONGEST_PERIOD = 28
"""Letters of a cell that names a period."""

MOST_ROWS = 400
"""Rows of a part in which series are sought."""


MOVED, MOVED_OF_TWO = 0.1, 0.04
"""Share of its first figure (or of what that lacks of a hundred) by which a series must have moved, and by which one of two figures."""

STEADY = 0.75
"""Share of all pairs of figures of which the later one lies on the same side of the earlier."""

TITLE_LINES = 3
"""Lines right above a table that can tell its title."""

SIDES = _EARLIER, _LATER = tuple(phrases("trends", name) for name in ("earlier", "later"))
_BAD = any_of(("series", "bad"), ("told_ways", "bad"))
_YEAR = re.compile(r"(?<!\d)((?:19|20|25)\d\d)(?!\d)")
_BESIDE_YEAR = re.compile(r"[ /'-]{0,2}(?:20|25)\d\d[年년]?度?[ /'-]{0,2}")
_NUMBERED = late(
    r"(?:[qhw]|wk|kw|week|quarter|tháng|tuần|quý|bulan|minggu|triwulan|kuartal|suku tahun|ไตรมาส(?:ที่)?|สัปดาห์(?:ที่)?|第) ?(?P<n>\d{1,2}) ?(?:周|週|季度|季|四半期|期)?"
    r"(?:[ /'-]{0,2}\d{2,4})?|(?P<m>\d{1,2})\.? ?(?:çeyrek|quarter|hafta|분기|주차|주|四半期|周|週|季度)|(?P<half>h[12]|[12]h)(?:[ /-]?\d{2,4})?|(?:fy ?)(?P<fy>\d{2,4})"
)

Key = tuple[str, int]


@dataclass(frozen=True)
class MovedSeries:
    """Figures of one name from the earliest period to the last; a period that is a month has its number as key."""

    label: str
    title: str
    keys: tuple[Key, ...]
    values: tuple[float, ...]
    passage: Passage
    line: str
    behind: str = ""
    """What its own row says behind its figures."""

    before: str = ""
    """What its own row says before them: a limit or an aim."""

    months: frozenset[int] = frozenset()
    """The first months of what each of its years is the mean of."""

    @property
    def is_yearly(self) -> bool:
        """Whether it is one of years, or of what was before and after."""
        return all(key[0] in ("year", "side") for key in self.keys)

    def of_months(self, months: Collection[int]) -> list[int]:
        """The places of the months, quarters or halves that hold some months."""
        starts = [key[1] % MONTHS_OF_YEAR or MONTHS_OF_YEAR for key in self.keys if key[0] in HELD]
        if len(starts) < len(self.keys):
            return []
        apart = [later - first for first, later in itertools.pairwise(sorted(set(starts)))]
        length = 1 if self.keys[0][0] == "month" else min((*apart, HALF))
        return [at for at, first in enumerate(starts) if any(first <= month < first + length for month in months)]

    @property
    def is_share(self) -> bool:
        """Whether it is a share or a rate, and no count."""
        named = fold(self.label)
        return SHARE.search(named) is not None or re.search(r"ppm|‰|dpmo|\bper\b|/\s?\d", named) is not None

    @property
    def wanted(self) -> int:
        """1 where more of it is better, -1 where less is, 0 where nothing tells."""
        for sign, way in (("≥", 1), (">", 1), ("≤", -1), ("<", -1)):
            if sign in f"{self.label} {self.before}":
                return way
        if (measure := measure_of(self.label)) and measure.better in ("lower", "higher"):
            return 1 if measure.better == "higher" else -1
        return -1 if _BAD.search(fold(self.label)) else 0

    def part(self, first: int, last: int) -> "MovedSeries":
        """The same from one place to another, the last one not among them."""
        return replace(self, keys=self.keys[first:last], values=self.values[first:last])


def change(values: Sequence[float]) -> float:
    """By which part of its first figure a series moved from that to its last; a high share by which part of what it lacks."""
    base = abs(values[0])
    if min(values) >= HIGH_SHARE and max(values) <= WHOLE:
        base = max(WHOLE - values[0], 1.0)
    return (values[-1] - values[0]) / (base or 1.0)


def way(values: Sequence[float]) -> int:
    """1 for figures that rise, -1 for figures that fall, 0 for those that do neither surely."""
    if len(values) < LEAST_PERIODS:
        return 0
    moved = change(values)
    sign = 1 if moved > 0 else -1
    if abs(moved) < (MOVED_OF_TWO if len(values) == LEAST_PERIODS else MOVED):
        return 0
    pairs = list(itertools.combinations(values, 2))
    return sign if sum((later - earlier) * sign > 0 for earlier, later in pairs) >= STEADY * len(pairs) else 0


def moved_series(document: DocumentReport) -> list[MovedSeries]:
    """The series of a document's tables."""
    found = [one for rows in tables_in(document) for one in (*_along(rows), *_down(rows))]
    return [
        one for at, one in enumerate(found) if not any(_holds(other, one) for other in (*found[:at], *found[at + 1 :]))
    ]


def tables_in(document: DocumentReport) -> Iterator["Rows"]:
    """The lines of each part of a document with their cells."""
    for part in sorted({passage.part for passage in document.passages}):
        lines = [
            (passage, line)
            for passage in document.passages
            if passage.part == part and not passage.hidden
            for line in passage.text.splitlines()
        ]
        rows = [(*line, cells) for line, cells in zip(lines, named_rows(lines), strict=True)]
        if len(rows) <= MOST_ROWS:
            yield rows


def _holds(other: MovedSeries, one: MovedSeries) -> bool:
    """Whether a series is the longer telling of another: where a long table is cut in pieces, its first rows stand in two."""
    if one.label != other.label or len(one.values) >= len(other.values):
        return False
    told = dict(zip(other.keys, other.values, strict=True))
    return all(told.get(key) == value for key, value in zip(one.keys, one.values, strict=True))


Rows = Sequence[tuple[Passage, str, list[str]]]


def period_of(cell: str) -> Key | None:
    """The period that a cell names, and its place among those of its kind."""
    folded = fold(cell).strip(" .:()")
    if not 0 < len(folded) <= LONGEST_PERIOD:
        return None
    year = _YEAR.search(folded)
    if span := span_of(cell):
        if span[0] == span[1]:
            return "month", span[0]
        return ("half of a year", int(year[1]) * MONTHS_OF_YEAR + span[0]) if year else ("half", span[0])
    if year and (span := span_of(_BESIDE_YEAR.sub("", folded))) and span[0] < span[1]:
        return "half of a year", int(year[1]) * MONTHS_OF_YEAR + span[0]
    if match := _NUMBERED.fullmatch(folded):
        return "number", int(re.findall(r"\d+", match["n"] or match["m"] or match["half"] or match["fy"])[0])
    if year and sum(map(str.isalnum, folded)) <= LONGEST_YEAR:
        return "year", int(year[1])
    if _EARLIER.match(folded):
        return "side", 0
    return ("side", 1) if _LATER.match(folded) else None


HELD = ("month", "half", "half of a year")
"""Kinds of periods of which months are told."""

LONGEST_YEAR = 8
"""Letters of a cell that names a year and nothing else: ``FY 2025``, ``ปี 2568``."""


def _follows(first: Key, second: Key) -> bool:
    """Whether a period can be the next after another: months, weeks and quarters begin anew with the year."""
    if first[0] != second[0] or first[1] == second[1]:
        return False
    if second[1] > first[1]:
        return True
    return second[1] <= first[1] - 2 and second[1] == 1 and first[0] in ("month", "number")


def _runs(places: Sequence[tuple[int, Key]]) -> Iterator[list[int]]:
    """The places of periods that follow each other with at most one cell between them, of two at least."""
    run: list[tuple[int, Key]] = []
    for at, key in places:
        if run and abs(at - run[-1][0]) <= MOST_APART and _follows(run[-1][1], key):
            run.append((at, key))
            continue
        if len(run) >= LEAST_PERIODS:
            yield [place for place, _ in run]
        run = [(at, key)]
    if len(run) >= LEAST_PERIODS:
        yield [place for place, _ in run]


MOST_APART = 2
"""Cells from a period to the next: sums of a quarter, and a month with a word beside it, stand between months."""


def _ordered(keys: Sequence[Key | None]) -> list[list[int]]:
    """Runs of periods of the kind that most of them are, from the earliest to the last, whichever way they are written."""
    kinds = Counter(key[0] for key in keys if key)
    if not kinds:
        return []
    kind = kinds.most_common(1)[0][0]
    places = [(at, key) for at, key in enumerate(keys) if key and key[0] == kind]
    runs = list(_runs(places)) or (list(_runs(places[::-1])) if kind != "half" else [])
    return [
        run
        for run in runs
        if len(run) >= (LEAST_RUN if kind in ("month", "number") and len(places) > LEAST_PERIODS else LEAST_PERIODS)
    ]


def _along(rows: Rows) -> Iterator[MovedSeries]:
    """Rows whose columns are periods; where each measure has periods of its own, its name stands before the first of them."""
    runs: list[tuple[list[int], list[Key], str]] = []
    title, width = "", 0
    for at, (passage, line, cells) in enumerate(rows):
        heads = [period_of(cell) for cell in cells]
        headed = [(run, [key for place in run if (key := heads[place])], "") for run in _ordered(heads)]
        headed = headed or _grouped(cells)
        if headed and len(cells) > LEAST_PERIODS:
            runs, title, width = headed, title_at(rows, at), len(cells)
            continue
        if not runs or len(cells) < LEAST_PERIODS or len(cells) > width:
            runs = runs if len(cells) > 1 or not runs else []
            continue
        comma = uses_decimal_comma(cells[1:])
        for run, keys, name in runs:
            first = min(run)
            label = next((cell for cell in cells[:first] if any(map(str.isalpha, cell))), "")
            values = [
                (key, read.value)
                for place, key in zip(run, keys, strict=True)
                if place < len(cells) and (read := amount(cells[place], comma))
            ]
            if label and len(values) >= LEAST_PERIODS and not is_aim(label):
                yield MovedSeries(
                    f"{label} {name}".strip(),
                    title,
                    tuple(key for key, _ in values),
                    tuple(value for _, value in values),
                    passage,
                    line,
                    " ".join(cells[max(run) + 1 :]),
                    " ".join(cells[:first]),
                )


def is_aim(label: str) -> bool:
    """Whether a row or column is of what is aimed at; an aim in brackets is that of its figures."""
    return says(_BRACKETS.sub("", label), "target")


_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{0,60}[)）\]]")


def _grouped(cells: Sequence[str]) -> list[tuple[list[int], list[Key], str]]:
    """Two years side by side for each of several measures: ``Damage 2024 | 2025 | On time 2024 | 2025``."""
    found = []
    for at in range(1, len(cells) - 1):
        first, second = fold(cells[at]), fold(cells[at + 1])
        years = _YEAR.findall(first), _YEAR.findall(second)
        if len(years[0]) != 1 or len(years[1]) != 1 or int(years[0][0]) != int(years[1][0]) - 1:
            continue
        names = [" ".join(_YEAR.sub(" ", cell).split()) for cell in (first, second)]
        if names[0] and (not names[1] or names[1] == names[0]):
            found.append(([at, at + 1], [("year", int(year[0])) for year in years], names[0]))
    return found


def _down(rows: Rows) -> Iterator[MovedSeries]:
    """Columns of rows that are periods."""
    at = 0
    while at < len(rows):
        keys: list[Key | None] = []
        while at + len(keys) < len(rows):
            cells = rows[at + len(keys)][2]
            key = period_of(cells[0]) if len(cells) > 1 and (keys or _holds_figures(cells[1:])) else None
            if key is None and not (keys and keys[-1] and _holds_figures(cells[1:])):
                break
            keys.append(key)
        if len(keys) >= LEAST_PERIODS and at:
            yield from _columns(rows, at, keys)
        at += len(keys) + 1


def _holds_figures(cells: Sequence[str]) -> bool:
    """Whether some cells hold figures, and not fewer than hold words or periods."""
    told = [cell for cell in cells if cell]
    read = [cell for cell in told if amount(cell) and not period_of(cell)]
    return len(read) > 0 and 2 * len(read) >= len(told)


def _columns(rows: Rows, at: int, keys: Sequence[Key | None]) -> Iterator[MovedSeries]:
    heads = rows[at - 1][2]
    body = rows[at : at + len(keys)]
    comma = uses_decimal_comma([cell for _, _, cells in body for cell in cells[1:]])
    for run in _ordered(keys):
        for column in range(1, len(heads)):
            label = heads[column]
            values = [
                (key, read.value)
                for place in run
                if column < len(body[place][2])
                and (key := keys[place])
                and (read := amount(body[place][2][column], comma))
            ]
            if any(map(str.isalpha, label)) and len(values) >= max(LEAST_PERIODS, len(run) - 2) and not is_aim(label):
                passage, line, _ = body[run[-1]]
                yield MovedSeries(
                    label,
                    title_at(rows, at - 1),
                    tuple(k for k, _ in values),
                    tuple(v for _, v in values),
                    passage,
                    line,
                )


def title_at(rows: Rows, at: int) -> str:
    """What stands right above a table, the heading that it stands under, and what its rows are called."""
    above = [cells[0] for _, _, cells in rows[max(0, at - TITLE_LINES) : at] if len(list(filter(None, cells))) == 1]
    return " ".join((*rows[at][0].heading[-1:], *above[-1:], rows[at][2][0]))
