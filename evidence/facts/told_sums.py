"""Totals and shares that running text and tables tell beside what they are of: counts with one unit summed up in a sentence, lines built
alike that tell a rate, the shares of a ranking.
"""

import json
import re
from collections.abc import Iterator, Sequence

from evidence.facts.grids import Grid
from evidence.facts.indicators import says
from evidence.facts.numbers import Amount, amount, parse, uses_decimal_comma
from evidence.facts.sources import Source, cell_fact, fact
from evidence.facts.text import fold, late, lines, phrases
from evidence.facts.units import unit_behind
from evidence.model import Fact, Passage

LEAST_PARTS = 3
"""Counts that a total sums, and lines or rows that tell a share alike."""

MOST_PARTS = 10
"""Counts of a passage up to which each choice of them is tried as the parts of a total."""

NEAR = 0.1
"""Share by which counts may miss the total told with them and still be meant as its parts."""

BEFORE = 32
"""Letters before a count in which a word says that it is a total: ``so in all 3,335 nos``."""

_COUNT = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?![\d/-]|[.,]\d)")
_CLAUSE = re.compile(r"[.;!?,]\s|[。；，、]")
_RATE = late(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%|%\s?(\d{1,2}(?:[.,]\d{1,3})?)(?![\d.,]*\d)")


def counted_total(passage: Passage, source: Source) -> Fact | None:
    """The total of a sentence that no choice of the counts with its unit sums up to, where all of them nearly do."""
    text = passage.text
    if passage.hidden or passage.mode in ("template", "credential"):
        return None
    plain = _without_days(source, text)
    counts = [
        (float(re.sub(r"[.,]", "", match[1])), match.start(), match.end(), unit)
        for match in _COUNT.finditer(plain)
        if (unit := _unit(plain, match.end())) and "|" not in _line(text, match.start())
    ]
    for at, (total, start, end, unit) in enumerate(counts):
        led = _CLAUSE.split(text[max(0, start - BEFORE) : start])[-1]
        if not _totals(led) or says(led, "mean"):
            continue
        parts = [value for value, _, _, other in counts[:at] if other == unit]
        if not LEAST_PARTS <= len(parts) <= MOST_PARTS or max(parts) >= total or total in _sums(parts):
            continue
        if abs(sum(parts) - total) > NEAR * total or any(_sums_up(text, one) for one in counts[:at]):
            continue
        wrong = {"label": led.strip()[-40:], "written": total, "computed": sum(parts)}
        value = json.dumps({"right": 0, "wrong": [wrong]}, ensure_ascii=False, separators=(",", ":"))
        return fact("totals", "sum", value, passage, counts[0][1], end, confidence=0.7)
    return None


def _sums_up(text: str, count: tuple[float, int, int, str]) -> bool:
    return _totals(_CLAUSE.split(text[max(0, count[1] - BEFORE) : count[1]])[-1])


def _totals(led: str) -> bool:
    return says(led, "sum") or _IN_ALL.search(fold(led)) is not None


def _unit(text: str, at: int) -> str:
    if unit := unit_behind(text, at):
        return unit
    match = _COUNTED.match(fold(text[at : at + LONGEST_UNIT]))
    return match[0].strip() if match else ""


LONGEST_UNIT = 12
"""Letters behind a count in which its unit stands."""

_IN_ALL = phrases("totals", "in_all")
_COUNTED = late(rf"\s?(?:{phrases('totals', 'counted').pattern})")


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : text.find("\n", at) % (len(text) + 1)]


def _sums(parts: Sequence[float]) -> set[float]:
    found = {0.0}
    for part in parts:
        found |= {part + other for other in found}
    return found


def _without_days(source: Source, text: str) -> str:
    for day in source.dates(text):
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    return text


def rates_of_lines(passage: Passage, source: Source) -> Iterator[Fact]:
    """The one line of several built alike whose rate does not follow from its two counts, as it does in the others:
    ``Shaft: made 12,480 / NG 156 → 1.25 %``.
    """
    if passage.hidden or passage.mode in ("template", "credential") or "%" not in fold(passage.text):
        return
    built: dict[tuple[str, str], list[tuple[float, float, float, int, int, int]]] = {}
    for line in lines(passage.text):
        plain = _without_days(source, fold(line.text))
        counts, rates = list(_COUNT.finditer(plain)), list(_RATE.finditer(plain))
        if "|" in plain or len(counts) != 2 or len(rates) != 1 or rates[0].start() < counts[1].end():
            continue
        digits = rates[0][1] or rates[0][2]
        written = parse(digits, "," in digits)
        made, taken = (float(re.sub(r"[.,]", "", match[1])) for match in counts)
        if written is None or not made or taken > made:
            continue
        between = plain[counts[0].end() : counts[1].start()], plain[counts[1].end() : rates[0].start()]
        end = line.start + len(line.text)
        built.setdefault(between, []).append((made, taken, written[0], written[1], line.start, end))
    for rows in built.values():
        wrong = [row for row in rows if not _follows(row[0], row[1], row[2], row[3])]
        if len(rows) < LEAST_PARTS or len(wrong) != 1:
            continue
        made, taken, told, _, start, end = wrong[0]
        yield fact("rates", "told", _told(len(rows), "", made, taken, told), passage, start, end, "%", 0.7)


def _follows(made: float, taken: float, written: float, decimals: int) -> bool:
    """Whether a share follows from its counts, but for rounding."""
    computed = taken / made * 100
    slack = max(FAR * min(computed, 100 - computed), 0.6 * 10.0**-decimals)
    return abs(computed - written) <= slack or abs(100 - computed - written) <= slack


FAR = 0.06
"""Share by which a written rate may miss its counts: rounding, or a slip of the pen."""


def _told(checked: int, period: str, made: float, taken: float, written: float) -> str:
    row = {"period": period, "made": made, "rejected": taken, "computed": round(taken / made * 100, 3)}
    value = {"checked": checked, "wrong": [row | {"written": written}]}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shares_of_whole(grid: Grid) -> Fact | None:
    """The one row of a ranking whose share of the whole does not follow from its count, where all others do and the shares miss a
    hundred by just that: ``Pores | 38 | 53.2 %`` of 88.
    """
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    columns = {
        index: {at: number for at, cell in enumerate(grid.column(index)) if (number := amount(cell.text, comma))}
        for index in range(1, min(len(grid.heads), MOST_PARTS))
    }
    for index, shares in columns.items():
        signed = "%" in grid.heads[index] or sum(share.unit == "%" for share in shares.values()) * 2 > len(shares)
        if not signed or not all(0 <= share.value <= 100 for share in shares.values()):
            continue
        for other, counts in columns.items():
            if other != index and (made := _ranked(grid, index, shares, counts)):
                return made
    return None


def _ranked(grid: Grid, index: int, shares: dict[int, Amount], counts: dict[int, Amount]) -> Fact | None:
    totals = [at for at in counts if _is_total(grid, at)]
    rows = [at for at in counts if at in shares and at not in totals]
    if len(rows) <= LEAST_PARTS or len(totals) > 1 or any(counts[at].decimals or counts[at].unit for at in rows):
        return None
    whole = counts[totals[0]].value if totals else sum(counts[at].value for at in rows)
    if not whole or sum(counts[at].value for at in rows) != whole:
        return None
    wrong = [at for at in rows if not _follows(whole, counts[at].value, shares[at].value, shares[at].decimals)]
    if len(wrong) != 1 or grid.rows[wrong[0]][index].passage is None:
        return None
    at = wrong[0]
    missed = shares[at].value - counts[at].value / whole * 100
    if abs(sum(shares[row].value for row in rows) - 100 - missed) > ROUNDED * len(rows):
        return None
    name = grid.rows[at][0].text[:24]
    told = _told(len(rows), name, whole, counts[at].value, shares[at].value)
    return cell_fact("rates", "told", told, grid.rows[at][index], "%", 0.8)


ROUNDED = 0.1
"""Points by which each share may be rounded."""


def _is_total(grid: Grid, at: int) -> bool:
    return says(next((cell.text for cell in grid.rows[at] if any(map(str.isalpha, cell.text))), ""), "sum")
