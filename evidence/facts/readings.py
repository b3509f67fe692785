"""Readings of inspections and tests beside their limits, wherever a paper writes the limits: in one column with the tolerance,
in a column for each end, or in the heads of the columns of readings.

Fact: kind ``readings`` (role ``inspection``) ``{"rows": [{"label", "spec", "low", "high", "values"}], "specs": n, "read": m}``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from evidence.facts.grids import Grid, GridCell, numbers_samples, unnumbered
from evidence.facts.indicators import measure_of
from evidence.facts.limit_columns import (
    LEAST_PIECES,
    LEAST_ROWS,
    MAX_ROWS,
    NOT_READING,
    by_columns,
    by_ends,
    heads_beside,
    heads_ends,
)
from evidence.facts.limits import limits, limits_of_head, mostly_inside, near
from evidence.facts.numbers import amount, parse, uses_decimal_comma
from evidence.facts.row_numbers import with_numbers_blanked
from evidence.facts.spec_columns import ROWS_ABOVE, by_spec, readings_fact
from evidence.facts.stated_limits import StatedLimit, is_of_head, required, settled_later, shares_word, stated_limits
from evidence.facts.text import fold, phrases, table_words
from evidence.facts.titled_limits import TitledLimit, readings_under, titled_limits
from evidence.model import Fact


def readings_of(grid: Grid) -> Iterator[Fact]:
    """The readings of a table: one fact for each way in which it states limits, the first that fits."""
    grid = with_numbers_blanked(grid)
    found = list(by_spec(grid))
    if not found:
        found = [
            readings_fact(rows, len(rows), anchor)
            for fits, read in ((heads_ends, by_ends), (heads_beside, by_columns))
            for part in grid.tables(fits)
            for rows, anchor in read(part)
        ]
    if not found:
        found = [item for part in grid.tables(_heads_limits) for item in _by_heads(unnumbered(part))]
    yield from found or _by_words(grid)


def _heads_limits(heads: Sequence[str]) -> bool:
    return any(_states_limit(head) for head in heads) and sum(bool(head) for head in heads) >= LEAST_ROWS


def _states_limit(head: str) -> bool:
    """Whether the head of a column names what is measured and between which limits."""
    if sum(char.isalpha() for char in head) < 2 or _CODE.fullmatch(head.strip()):
        return False
    if _worded(head) is not None:
        return not _YEARS.search(head)
    if table_words("evaluation", "score").search(fold(head)) or _AIMED.search(fold(head)):
        return False  # points or an objective
    return any(limit is not None for limit in limits_of_head(head)) and not _YEARS.search(head)


def _worded(head: str) -> TitledLimit | None:
    """The limit that a head names by a word behind what is measured: ``Yeast, cfu/ml (limit 100)``; a rate of months or points of a
    supplier are no readings.
    """
    found = titled_limits([head]) if limits(head) == (None, None) else []
    if len(found) != 1 or found[0].ends is not None or measure_of(head) is not None:
        return None
    rest = fold(head).replace(found[0].spec, "")
    if _AIMED.search(rest) or any(table_words(*said).search(rest) for said in _NOT_OF_GOODS):
        return None
    return found[0] if sum(map(str.isalpha, rest)) > 1 else None


_NOT_OF_GOODS = (("evaluation", "score"), ("inspection", "not_measured"))

_CODE = re.compile(r"[^\W\d_]{1,6}\d*(?:[-/.]\w+)+", re.ASCII)
"""A number of a lot, whose parts are no ends of a range: ``JM-2608-11``."""

_AIMED = phrases("series_lines", "aimed")


_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _by_heads(grid: Grid) -> Iterator[Fact]:
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    made: list[dict[str, Any]] = []
    anchor = None
    for index, head in enumerate(grid.heads):
        if not _states_limit(head) or settled_later(head, grid.heads):
            continue
        cells = [cell for cell in list(grid.column(index))[:MAX_ROWS] if cell.text]
        several = [several_in(cell.text) for cell in cells]
        values = [figure for figures in several for figure in figures] if all(several) else []
        values = values or [
            found.value for cell in cells if (found := amount(cell.text, comma)) and cell.kind != "error"
        ]
        if len(values) < LEAST_PIECES or len(values) * 3 < len(cells) * 2:
            continue
        low, high = limits_of_head(head, comma)
        if low is None and high is None:
            worded = _worded(head)
            rows = readings_under(worded, [(head, values)]) if worded else []
            if not rows:
                continue
            made.extend(rows)
        else:
            made.append({"label": head[:60], "spec": head[:40], "low": low, "high": high, "values": values[:60]})
        read = (cell for cell in cells if cell.passage is not None and (all(several) or amount(cell.text, comma)))
        anchor = anchor or next(read, None)
    if len(made) == 1 and anchor is not None and _worded(made[0]["label"]) is None:
        made.extend(_beside(grid, made[0], comma))
    if made and anchor is not None and mostly_inside(made):
        yield readings_fact(made, len(made), anchor)


_SEVERAL = re.compile(r"-?\d{1,7}(?:[.,]\d{1,4})?(?:(?:\s?[/;·]\s|[,;]\s)-?\d{1,7}(?:[.,]\d{1,4})?)+")

_PARTED_BY_BLANKS = re.compile(r"-?\d{1,4}[.,]\d{1,4}(?:\s{1,3}-?\d{1,4}[.,]\d{1,4})+")
"""Figures with decimals each: in ``1 234,5`` the blank parts thousands of one."""


def several_in(text: str) -> list[float]:
    """The readings of a cell that holds several of one piece: ``25.04 / 24.97 / 25.06``; none of any other cell."""
    if _PARTED_BY_BLANKS.fullmatch(text.strip()):
        text = "; ".join(text.split())
    if not _SEVERAL.fullmatch(text.strip()):
        return []
    pieces = re.split(r"\s?[/;·]\s|[,;]\s", text.strip())
    comma = any("," in piece for piece in pieces)
    found = [parse(piece, comma) for piece in pieces]
    return [value[0] for value in found if value]


def _beside(grid: Grid, limited: dict[str, Any], comma: bool) -> Iterator[dict[str, Any]]:
    """The other columns of readings under the one limit of a table, as where a title was merged into its heads."""
    for index, head in enumerate(grid.heads):
        if not head or _states_limit(head) or NOT_READING.search(fold(head)):
            continue
        cells = [cell for cell in list(grid.column(index))[:MAX_ROWS] if cell.text]
        values = [found.value for cell in cells if (found := amount(cell.text, comma)) and cell.kind != "error"]
        row = limited | {"label": head[:60], "values": values[:60]}
        if len(values) >= LEAST_PIECES and len(values) == len(cells) and mostly_inside([row]) and near(row):
            yield row


def _by_words(grid: Grid) -> Iterator[Fact]:
    """Readings under limits that a line above them tells: ``Limits 1.2495 - 1.2505 in``; ``burr ≤ 0.08 mm; OD 20.00 ± 0.03``."""
    head_at = next(
        (
            index
            for index, row in enumerate((_cells(grid.heads), *grid.rows[:ROWS_ABOVE]))
            if _heads_columns(row, grid, index)
        ),
        None,
    )
    if head_at is None:
        return
    rows = (_cells(grid.heads), *grid.rows)
    above = [cell.text for row in rows[:head_at] for cell in row if cell.text]
    told = [*dict.fromkeys([*above, *grid.context.split("\n")[:3], *required(grid.form)])]
    stated = _of_ends([limit for limit in stated_limits(told) if not _is_aim(limit, told)])
    heads = [cell.text for cell in rows[head_at]]
    below = tuple(row for row in rows[head_at + 1 :] if not numbers_samples(row))
    if not stated:
        yield from _by_title(titled_limits(told), heads, below)
        return
    comma = uses_decimal_comma([cell.text for row in below for cell in row])
    made: list[dict[str, Any]] = []
    anchor = None
    for index, head in enumerate(heads):
        cells = [row[index] for row in below[:MAX_ROWS] if row[index].text]
        values = [found.value for cell in cells if (found := amount(cell.text, comma)) and cell.kind != "error"]
        if len(values) < LEAST_PIECES or len(values) * 3 < len(cells) * 2 or NOT_READING.search(fold(head)):
            continue
        if table_words("evaluation", "score").search(fold(head)) or settled_later(head, heads):
            continue  # points of a supplier, over the mark that approves him
        signed = any(cell.text.lstrip().startswith("+") for cell in cells)
        for words_before, spec, low, high in stated:
            named = is_of_head((words_before, spec, low, high), told, head)
            others = any(shares_word(other, words_before) for other in heads if other)
            row = {"label": head[:60], "spec": spec[:40], "low": low, "high": high, "values": values[:60]}
            if signed and low is not None and low >= 0:
                continue  # deviations, which the range of a gauge does not bound
            if (
                named is not False
                and (named or (len(stated) == 1 and not others))
                and (mostly_inside([row]) or _some_inside(row))
                and near(row)
            ):
                made.append(row)
                anchor = anchor or next(
                    (cell for cell in cells if cell.passage is not None and amount(cell.text, comma)), None
                )
                break
    made = _measured(made, len(stated))
    made = made if any(mostly_inside([row]) for row in made) and mostly_inside(made) else []
    if made and anchor is not None:
        yield readings_fact(made, len(made), anchor)


SOME = 3
"""One of so many figures of a column lies inside the limit that another column keeps, where both are readings of it."""


def _some_inside(row: dict[str, Any]) -> bool:
    low, high, values = row["low"], row["high"], row["values"]
    if low is None or high is None:
        return False
    return sum(low <= value <= high for value in values) * SOME >= len(values)


def _by_title(
    named: Sequence[TitledLimit], heads: Sequence[str], below: Sequence[Sequence[GridCell]]
) -> Iterator[Fact]:
    """Readings under the one limit that a title names by a word."""
    if len(named) != 1 or _AIMED.search(named[0].spec.replace("limit", "")):
        return
    comma = uses_decimal_comma([cell.text for row in below for cell in row])
    columns: list[tuple[str, list[float]]] = []
    places: dict[str, GridCell | None] = {}
    for index, head in enumerate(heads):
        cells = [row[index] for row in below[:MAX_ROWS] if row[index].text]
        read = [(cell, found.value) for cell in cells if cell.kind != "error" and (found := amount(cell.text, comma))]
        if len(read) < LEAST_PIECES or len(read) * 3 < len(cells) * 2 or NOT_READING.search(fold(head)):
            continue
        if settled_later(head, heads):
            continue
        columns.append((head, [value for _, value in read]))
        places.setdefault(head[:60], next((cell for cell, _ in read if cell.passage is not None), None))
    made = readings_under(named[0], columns)
    anchor = next((cell for row in made if (cell := places.get(row["label"])) is not None), None)
    if anchor is not None:
        yield readings_fact(made, len(made), anchor)


def _of_ends(stated: Sequence[StatedLimit]) -> list[StatedLimit]:
    """Limits without those that say one of them again: ``61.50 ± 0.20 mm (61.30 - 61.70)`` is one."""
    kept: dict[tuple[float | None, float | None], StatedLimit] = {}
    for limit in stated:
        kept.setdefault(limit[2:], limit)
    return list(kept.values()) if len(kept) == 1 else list(stated)


BEFORE_AIM = 20
"""Letters before a figure in which a word makes it an objective."""


def _is_aim(limit: StatedLimit, texts: Sequence[str]) -> bool:
    """Whether a limit with one end is what somebody aims at: ``target 300 max``, which a figure may miss without being refused."""
    _, spec, low, high = limit
    if low is not None and high is not None:
        return False
    places = ((folded, folded.find(spec)) for folded in map(fold, texts) if spec in folded)
    return any(_AIMED.search(text[max(0, at - BEFORE_AIM) : at].replace("limit", "")) for text, at in places)


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
    named = [text for text in filled if amount(text) is None]
    counted = [text for text in filled if amount(text) is not None and not _HOUR.fullmatch(fold(text))]
    names = bool(named) and counted == [str(number) for number in range(1, len(counted) + 1)]
    return distinct and names and all(count >= 1 for count in figures)


_HOUR = re.compile(
    r"(?:[01]?\d|2[0-4])\s?(?:h|hrs?|[:.h]\s?[0-5]\d(?:\s?(?:h|hrs|am|pm|น\.?))?|am|pm|時|时|點|点|시|น\.|giờ)"
)
"""The hour at which the readings of a column were taken."""
