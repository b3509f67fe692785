"""Readings of inspections and tests beside their limits, wherever a paper writes the limits: in one column with the tolerance,
in a column for each end, or in the heads of the columns of readings.

Fact: kind ``readings`` (role ``inspection``) ``{"rows": [{"label", "spec", "low", "high", "values"}], "specs": n, "read": m}``.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from evidence.data import table
from evidence.facts.grids import Grid, GridCell
from evidence.facts.numbers import amount, parse, uses_decimal_comma
from evidence.facts.sources import cell_fact
from evidence.facts.text import fold, phrases, words
from evidence.model import Fact

MAX_ROWS = 120
"""Rows kept of one table of readings: a layout inspection of a complex casting has about that many."""

LEAST_ROWS = 2
LEAST_READINGS = 2
LEAST_PIECES = 3
"""Pieces measured one a row from which a column under its limits counts as readings."""

_LIMITS = re.compile(
    r"(?P<nominal>[-+]?\d+(?:[.,]\d+)?)\s?(?:mm|µm|um|g|kg|n|°c|c|%|°)?\s?(?:±|\+/-|\+-)\s?(?P<tol>\d*[.,]?\d+)"
)
_TWO_SIDED = re.compile(
    r"(?P<nominal>[-+]?\d+(?:[.,]\d+)?)\s?\+\s?(?P<up>\d*[.,]?\d+)\s?[/,; ]\s?-?\s?(?P<down>\d*[.,]?\d+)"
)
_RANGE = re.compile(r"(?P<low>[-+]?\d+(?:[.,]\d+)?)\s?(?:-|~|\.\.|to|đến|s/d|至)\s?(?P<high>[-+]?\d+(?:[.,]\d+)?)")
_MIN = re.compile(
    r"(?:min\.?|≥|>=|>|tối thiểu|minimal|最小|이상)\s?(?P<low>\d+(?:[.,]\d+)?)|(?P<low2>\d+(?:[.,]\d+)?)\s?(?:min|"
    r"minimum|以上|이상)(?![a-z])"
)
_MAX = re.compile(
    r"(?:max\.?|≤|<=|<|tối đa|maksimal|最大|이하)\s?(?P<high>\d+(?:[.,]\d+)?)|(?P<high2>\d+(?:[.,]\d+)?)\s?(?:max|"
    r"maximum|以下|이하)(?![a-z])"
)


_NOT_READING = re.compile(
    r"sample size|\bsize\b|freq|\bqty\b|quantity|\bn\b|instrument|gauge|gage|tool|method|rank|class|\bno\b|error|"
    r"uncertainty|diff|cỡ mẫu|tần suất|số lượng|jumlah|frekuensi|数量|频率|工具|주기|수량|siklik|adet"
)


@cache
def _words(group: str, name: str) -> re.Pattern[str]:
    return words(tuple(table("tables")[group][name]))


def limits(text: str, comma: bool = False) -> tuple[float | None, float | None]:
    """Lower and upper limit a specification names; None where it names none."""
    plain_text = fold(text[:80])

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
    low = high = None
    if match := _MIN.search(plain_text):
        low = number(match["low"] or match["low2"])
    if match := _MAX.search(plain_text):
        high = number(match["high"] or match["high2"])
    if low is None and high is None and (match := _RANGE.search(plain_text)):
        low, high = number(match["low"]), number(match["high"])
        if low is not None and high is not None and low > high:
            return None, None
    return low, high


def readings_of(grid: Grid) -> Iterator[Fact]:
    """The readings of a table: one fact for each way in which it states limits, the first that fits."""
    found = list(_by_spec(grid))
    if not found:
        found = [item for part in grid.tables(_heads_ends) for item in _by_ends(part)]
    if not found:
        found = [item for part in grid.tables(_heads_limits) for item in _by_heads(part)]
    yield from found or _by_words(grid)


def _fact(made: Sequence[dict[str, Any]], specs: int, anchor: GridCell) -> Fact:
    value = json.dumps({"rows": made, "specs": specs, "read": len(made)}, ensure_ascii=False, separators=(",", ":"))
    return cell_fact("readings", "inspection", value, anchor, confidence=0.9)


def _by_spec(grid: Grid) -> Iterator[Fact]:
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    spec_at = _spec_column(grid, comma)
    if spec_at is None:
        return
    made, specs, anchor = [], 0, None
    for row in grid.rows[:MAX_ROWS]:
        low, high = limits(row[spec_at].text, comma)
        if low is None and high is None:
            continue
        specs += 1
        values = [
            found.value
            for head, cell in zip(grid.heads[spec_at + 1 :], row[spec_at + 1 :], strict=True)
            if cell.text
            and not _NOT_READING.search(fold(head))
            and (found := amount(cell.text, comma))
            and cell.kind != "error"
        ]
        if len(values) < LEAST_READINGS:
            continue
        label = next((cell.text for cell in reversed(row[:spec_at]) if any(char.isalpha() for char in cell.text)), "")
        made.append(
            {"label": label[:60], "spec": row[spec_at].text[:40], "low": low, "high": high, "values": values[:60]}
        )
        anchor = anchor or next(
            (cell for cell in row if cell.passage is not None and cell.text and amount(cell.text, comma)), None
        )
    if specs >= LEAST_ROWS and made and anchor is not None:
        yield _fact(made, specs, anchor)


def _spec_column(grid: Grid, comma: bool) -> int | None:
    best, count = None, LEAST_ROWS - 1
    for index in range(len(grid.heads)):
        named = _words("inspection", "spec").search(fold(grid.heads[index])) is not None
        found = sum(
            any(limit is not None for limit in limits(cell.text, comma)) and _is_spec(cell.text, named)
            for cell in grid.column(index)
        )
        if found > count:
            best, count = index, found
    return best


def _is_spec(text: str, named: bool) -> bool:
    folded = fold(text)
    return "±" in folded or "+/-" in folded or named or bool(re.search(r"\+\s?\d[\d.,]*\s?/\s?-?\s?\d", folded))


def _end_columns(heads: Sequence[str]) -> tuple[int | None, int | None]:
    """The columns of the lower and the upper limit."""
    found = []
    for name in ("low", "high"):
        found.append(
            next(
                (
                    i
                    for i, head in enumerate(heads)
                    if 0 < len(head) <= 30 and _words("inspection", name).search(fold(head))
                ),
                None,
            )
        )
    return found[0], found[1]


def _heads_ends(heads: Sequence[str]) -> bool:
    """Whether heads name a lower or an upper limit and at least two columns behind them. A least and a greatest value behind the
    readings sum those up and limit nothing.
    """
    low, high = _end_columns(heads)
    ends = [index for index in (low, high) if index is not None]
    behind = [head for head in heads[max(ends, default=0) + 1 :] if head]
    return bool(ends) and len(behind) >= LEAST_READINGS and (len(ends) == 2 or min(ends) <= 2)


def _by_ends(grid: Grid) -> Iterator[Fact]:
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    low_at, high_at = _end_columns(grid.heads)
    last = max(index for index in (low_at, high_at) if index is not None)
    made: list[dict[str, Any]] = []
    anchor = None
    for row in grid.rows[:MAX_ROWS]:
        low, high = (
            found.value if index is not None and (found := amount(row[index].text, comma)) else None
            for index in (low_at, high_at)
        )
        values = _values(grid.heads, row, last + 1, comma)
        if (low is None and high is None) or len(values) < LEAST_READINGS:
            continue
        label = next((cell.text for cell in row[: last + 1] if any(char.isalpha() for char in cell.text)), "")
        spec = " ... ".join(row[index].text for index in (low_at, high_at) if index is not None and row[index].text)
        made.append({"label": label[:60], "spec": spec[:40], "low": low, "high": high, "values": values[:60]})
        anchor = anchor or next((cell for cell in row if cell.passage is not None and cell.text), None)
    if len(made) >= LEAST_ROWS and anchor is not None and _mostly_inside(made):
        yield _fact(made, len(made), anchor)


def _heads_limits(heads: Sequence[str]) -> bool:
    return any(_states_limit(head) for head in heads) and sum(bool(head) for head in heads) >= LEAST_ROWS


def _states_limit(head: str) -> bool:
    """Whether the head of a column names what is measured and between which limits."""
    if sum(char.isalpha() for char in head) < 2:
        return False
    if _words("evaluation", "score").search(fold(head)) or _AIMED.search(fold(head)):
        return False  # points or an objective
    return any(limit is not None for limit in limits(head)) and not _YEARS.search(head)


_AIMED = phrases("series_lines", "aimed")


_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _by_heads(grid: Grid) -> Iterator[Fact]:
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    made: list[dict[str, Any]] = []
    anchor = None
    for index, head in enumerate(grid.heads):
        if not _states_limit(head):
            continue
        cells = [cell for cell in list(grid.column(index))[:MAX_ROWS] if cell.text]
        values = [found.value for cell in cells if (found := amount(cell.text, comma)) and cell.kind != "error"]
        if len(values) < LEAST_PIECES or len(values) * 3 < len(cells) * 2:
            continue
        low, high = limits(head, comma)
        made.append({"label": head[:60], "spec": head[:40], "low": low, "high": high, "values": values[:60]})
        anchor = anchor or next((cell for cell in cells if cell.passage is not None and amount(cell.text, comma)), None)
    if len(made) == 1 and anchor is not None:
        made.extend(_beside(grid, made[0], comma))
    if made and anchor is not None and _mostly_inside(made):
        yield _fact(made, len(made), anchor)


def _beside(grid: Grid, limited: dict[str, Any], comma: bool) -> Iterator[dict[str, Any]]:
    """The other columns of readings under the one limit of a table, as where a title was merged into its heads."""
    for index, head in enumerate(grid.heads):
        if not head or _states_limit(head) or _NOT_READING.search(fold(head)):
            continue
        cells = [cell for cell in list(grid.column(index))[:MAX_ROWS] if cell.text]
        values = [found.value for cell in cells if (found := amount(cell.text, comma)) and cell.kind != "error"]
        row = limited | {"label": head[:60], "values": values[:60]}
        if len(values) >= LEAST_PIECES and len(values) == len(cells) and _mostly_inside([row]) and _near(row):
            yield row


def _mostly_inside(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether most figures keep the limits beside them: otherwise those are limits of something else."""
    total = sum(len(row["values"]) for row in rows)
    inside = sum(
        (row["low"] is None or value >= row["low"]) and (row["high"] is None or value <= row["high"])
        for row in rows
        for value in row["values"]
    )
    return inside * 2 >= total


def _values(heads: Sequence[str], row: Sequence[GridCell], start: int, comma: bool) -> list[float]:
    return [
        found.value
        for head, cell in zip(heads[start:], row[start:], strict=True)
        if cell.text
        and not _NOT_READING.search(fold(head))
        and not _words("inspection", "summed").search(fold(head))
        and (found := amount(cell.text, comma))
        and cell.kind != "error"
    ]


_ROWS_ABOVE = 6
"""Rows of a table, its titles and head block, that can tell the limits of the readings below."""


def _by_words(grid: Grid) -> Iterator[Fact]:
    """Readings under limits that a line above them tells: ``Limits 1.2495 - 1.2505 in``; ``burr ≤ 0.08 mm; OD 20.00 ± 0.03``."""
    head_at = next(
        (
            index
            for index, row in enumerate((_cells(grid.heads), *grid.rows[:_ROWS_ABOVE]))
            if _heads_columns(row, grid, index)
        ),
        None,
    )
    if head_at is None:
        return
    rows = (_cells(grid.heads), *grid.rows)
    above = [cell.text for row in rows[:head_at] for cell in row if cell.text]
    stated = _stated([*dict.fromkeys([*above, *grid.context.split("\n")[:3]])])
    if not stated:
        return
    heads = [cell.text for cell in rows[head_at]]
    below = rows[head_at + 1 :]
    comma = uses_decimal_comma([cell.text for row in below for cell in row])
    made: list[dict[str, Any]] = []
    anchor = None
    for index, head in enumerate(heads):
        cells = [row[index] for row in below[:MAX_ROWS] if row[index].text]
        values = [found.value for cell in cells if (found := amount(cell.text, comma)) and cell.kind != "error"]
        if len(values) < LEAST_PIECES or len(values) * 3 < len(cells) * 2 or _NOT_READING.search(fold(head)):
            continue
        if _words("evaluation", "score").search(fold(head)):
            continue  # points of a supplier, over the mark that approves him
        for words_before, spec, low, high in stated:
            named = bool(set(re.findall(r"[^\W\d_]{2,}", fold(head))) & set(re.findall(r"[^\W\d_]{2,}", words_before)))
            row = {"label": head[:60], "spec": spec[:40], "low": low, "high": high, "values": values[:60]}
            if (named or len(stated) == 1) and _mostly_inside([row]) and _near(row):
                made.append(row)
                anchor = anchor or next(
                    (cell for cell in cells if cell.passage is not None and amount(cell.text, comma)), None
                )
                break
    made = _measured(made, len(stated))
    if made and anchor is not None:
        yield _fact(made, len(made), anchor)


def _measured(made: list[dict[str, Any]], stated: int) -> list[dict[str, Any]]:
    """The columns of readings: beside one with decimals under the same limit, one of whole numbers counts pieces."""
    whole = [all(value == int(value) for value in row["values"]) for row in made]
    return (
        [row for row, counts in zip(made, whole, strict=True) if not counts] if stated == 1 and not all(whole) else made
    )


def _cells(heads: Sequence[str]) -> tuple[GridCell, ...]:
    return tuple(GridCell(head) for head in heads)


def _heads_columns(row: Sequence[GridCell], grid: Grid, index: int) -> bool:
    """Whether a row of words stands right over rows with figures."""
    rows = (_cells(grid.heads), *grid.rows)
    if index + LEAST_PIECES >= len(rows):
        return False
    filled = [cell.text for cell in row if cell.text]
    figures = [
        sum(amount(cell.text) is not None for cell in below) for below in rows[index + 1 : index + 1 + LEAST_PIECES]
    ]
    distinct = len(set(filled)) >= LEAST_ROWS
    return distinct and all(amount(text) is None for text in filled) and all(count >= 1 for count in figures)


_SAID_LIMIT = re.compile(
    r"(?P<words>[^\d;,，；。|≤≥<>]{0,40}?)(?P<spec>[-+]?\d+(?:[.,]\d+)?\s?(?:mm|µm|um|in|g|n|°c)?\s?(?:±|\+/-)\s?\d*[.,]?\d+|"
    r"[-+]?\d+[.,]\d+\s?(?:-|–|~|to|đến|s/d|至)\s?[-+]?\d+[.,]\d+|(?:≤|≥|<=|>=|<|>)\s?\d+(?:[.,]\d+)?)"
)


_ENDS_ABOVE = ("이하", "以下", "以内")

_SAID_BEHIND = re.compile(r"(-?\d+(?:[.,]\d+)?) ?(?:%|°c|[^\W\d_]{1,4})? ?(이하|以下|以内|이상|以上)")
"""A limit whose end is told behind it: ``25.0 mΩ 이하``."""


def _stated(texts: Sequence[str]) -> list[tuple[str, str, float | None, float | None]]:
    """Limits told in lines: the words before each, its own words, its lower and upper end."""
    found: list[tuple[str, str, float | None, float | None]] = []
    for text in texts:
        folded = fold(text[:300]).strip()
        ends: dict[str, tuple[float, str]] = {}
        for name in ("low", "high"):
            pattern = re.compile(rf"(?:{_words('inspection', name).pattern})\W{{0,3}}?(-?\d+(?:[.,]\d+)?)")
            if match := pattern.search(folded):
                parsed = parse(match[1], "," in match[1])
                if parsed:
                    ends[name] = parsed[0], match[0]
        if ends:
            spec = " ".join(said for _, said in ends.values())
            low, high = (ends[name][0] if name in ends else None for name in ("low", "high"))
            if low is None or high is None or low < high:
                found.append((folded, spec, low, high))
                continue
        if match := _SAID_BEHIND.search(folded):
            parsed = parse(match[1], "," in match[1])
            if parsed:
                low, high = (None, parsed[0]) if match[2] in _ENDS_ABOVE else (parsed[0], None)
                found.append((folded[: match.start()][-40:].strip(), match[0], low, high))
                continue
        for match in _SAID_LIMIT.finditer(folded):
            low, high = limits(match["spec"], "," in match["spec"] and "." not in match["spec"])
            if low is not None or high is not None:
                found.append((match["words"].strip(), match["spec"].strip(), low, high))
    return list(dict.fromkeys(found))


_WIDTHS = 3
"""Widths of a tolerance around it within which readings lie that are meant by it."""


def _near(row: dict[str, Any]) -> bool:
    """Whether all figures lie where readings of a limit can lie: around its tolerance, or in the order of its only end."""
    low, high, values = row["low"], row["high"], row["values"]
    if low is not None and high is not None:
        span = high - low
        return all(low - _WIDTHS * span <= value <= high + _WIDTHS * span for value in values)
    end = abs(high if high is not None else low)
    return bool(end) and all(value <= end * (_WIDTHS if high is not None else 1_000) for value in values)
