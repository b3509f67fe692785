"""KPI series out of tables and charts: a measure over months or weeks, its target kept apart, and how far it moved.

Fact: kind ``series``, role the measure's id, value a compact JSON object
``{"measure", "label", "unit", "better", "periods": [...], "values": [...], "target": number | null, "targets": [...]
| null,
"first": mean, "last": mean, "change": -0.37 | null, "dated": true}``, with ``"called"`` where people name the line by
other words than its label. ``change`` is (last - first) / first, where
first and last are the means of
the first and last third of the values (at least one, at most three months each), so that one good month does not make
a trend.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.facts.grids import Grid, GridCell, headed
from evidence.facts.held_lines import held
from evidence.facts.indicators import SHARE, Measure, measure_of, measures, says
from evidence.facts.named_targets import is_target, target_above, target_in
from evidence.facts.numbers import Amount, amount, uses_decimal_comma
from evidence.facts.period_figures import period_figure
from evidence.facts.rate_columns import TOLERANCE as RATE_TOLERANCE
from evidence.facts.rate_columns import computed
from evidence.facts.row_numbers import without_numbers
from evidence.facts.series_called import ABOVE, called
from evidence.facts.series_rows import Line, stretches
from evidence.facts.sheet_periods import (
    LEAST_PERIODS,
    MOST_PERIODS,
    months_down,
    months_of_year,
    months_under,
    periods_of,
)
from evidence.facts.sources import Source, cell_fact
from evidence.facts.text import fold
from evidence.facts.year_rows import heads_of, run_of_years
from evidence.model import Fact

ENDS = 3
"""Months averaged at each end of a series: a quarter, the span at which factories review their figures."""


def find_series(source: Source) -> Iterator[Fact]:
    """The series of all tables, whether the periods run along the heads or down the first column."""
    for grid in source.grids:
        if grid.hidden or not grid.rows:
            continue
        yield from _by_years(grid)
        yield from _across(source, without_numbers(grid))
        yield from _down(source, without_numbers(headed(grid)))


def _by_years(grid: Grid) -> Iterator[Fact]:
    """The one line of a table that has a row for each year, called by what stands over it."""
    heads, rows = heads_of(grid)
    if (run := run_of_years(heads, rows)) is None:
        return
    periods, cells = run
    comma = uses_decimal_comma([cell.text for cell in cells.values()])
    values = {place: number for place, cell in cells.items() if (number := _number(cell, comma))}
    anchor = next((cells[place] for place in values if cells[place].passage is not None), None)
    if anchor is not None:
        yield from made_series([("", "", values, anchor)], periods, grid.context, (), [])


def _across(source: Source, grid: Grid) -> Iterator[Fact]:
    heads, rows = grid.heads, list(grid.rows)
    periods = periods_of(heads, source, grid.context) or months_of_year((), heads, grid.context)
    skip = 0
    while len(periods) < LEAST_PERIODS and skip < min(4, len(rows)):  # heads may stand below a title
        above, heads = heads, tuple(cell.text for cell in rows[skip])
        context = grid.context + " " + " ".join(grid.heads)
        periods = periods_of(heads, source, context) or months_under(above, heads, context)
        periods = periods or months_of_year(above, heads, context)
        skip += 1
    if len(periods) < LEAST_PERIODS:
        return
    first = min(periods)
    lines: list[Line] = []
    owner = ""
    comma = uses_decimal_comma([cell.text for row in rows for cell in row[first:]])
    for row in rows[skip:]:
        labels = [cell.text for cell in row[:first] if cell.text and amount(cell.text) is None]
        label = " ".join(labels)
        if measure_of(label):
            owner = label
        values = {index: number for index in periods if (number := _number(row[index], comma))}
        anchor = next((cell for cell in row if cell.passage is not None and cell.text), None)
        if values and anchor is not None:
            lines.append((label, owner, values, anchor))
    yield from made_series(lines, periods, grid.context, heads, rows[skip:])


def _down(source: Source, grid: Grid) -> Iterator[Fact]:
    if len(grid.rows) < LEAST_PERIODS or not grid.heads:
        return
    for index in range(min(3, len(grid.heads))):
        column = [cell.text for cell in grid.column(index)]
        context = grid.context + " " + grid.heads[index]
        periods = periods_of(column, source, context) or months_down(grid.heads[index], column, grid.context)
        if len(periods) >= LEAST_PERIODS and len(periods) * 2 >= sum(bool(text) for text in column):
            break
    else:
        return
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    lines: list[Line] = []
    columns: list[int] = []
    for other, head in enumerate(grid.heads):
        if other == index:
            continue
        cells = list(grid.column(other))
        values = {number: found for number in periods if (found := _number(cells[number], comma))}
        anchor = next((cells[number] for number in values if cells[number].passage is not None), None)
        if values and anchor is not None:
            lines.append((head, head if measure_of(head) else "", values, anchor))
            columns.append(other)
    for cut in stretches(grid, index, periods, lines, columns):
        yield from made_series(cut, periods, grid.context, (), [])
    yield from _rates(lines, periods)


def made_series(
    lines: Sequence[Line], periods: dict[int, str], context: str,
    heads: Sequence[str], rows: Sequence[tuple[GridCell, ...]],
) -> Iterator[Fact]:  # fmt: skip
    """The series of lines of figures under periods, their targets told in lines, columns or names of their own."""
    targets: dict[str, dict[int, Amount]] = {}
    for label, owner, values, _ in lines:
        if is_target(label):
            targets.setdefault(owner, values)
    for label, owner, values, anchor in lines:
        if is_target(label) or len(values) < LEAST_PERIODS:
            continue
        aside = _target_aside(label, anchor, heads, rows) or target_in(label)
        aside = aside or (target_above(label, context.split("\n")[:ABOVE]) if len(lines) == 1 else None)
        measure = measure_of(label) or _from_context(label, owner, context, values)
        if (
            measure
            and measure.id == "process_capability"
            and min(told.value for told in values.values()) > MOST_CAPABLE
        ):
            continue  # cP is the unit of viscosity as well
        if measure and not measure_of(label) and not measure_of(owner) and _has_own_line(measure, label, lines):
            measure = None  # ``Scrap and on time``: the column beside ``On time %`` is of the other
        measure = measure or _titled(label, context, values) or (_headed(label, context) if len(lines) == 1 else None)
        measure = measure or computed(label, values, [(name, figures) for name, _, figures, _ in lines])
        if (
            measure is None
            and SHARE.search(fold(label))
            and (aside or targets.get(owner or label) or _lone_aim(label, lines, targets))
        ):
            measure = next(item for item in measures() if item.id == "other_rate")
        if measure is None or (says(label, "quantity") and measure_of(label) is None):
            still = held(label, values, targets.get(owner or label) or targets.get("") or {}, aside)
            if still and not says(label, "quantity"):
                made = _json(still, label, periods, values, targets.get(owner or label) or {}, aside)
                yield cell_fact("held", "line", made, anchor, still.unit, 0.7)
            continue
        if measure.unit == "%" and _is_count(label, values, [line for line in lines if line[0] != label], measure):
            continue
        goal = (
            targets.get(owner or label)
            or targets.get("")
            or (next(iter(targets.values())) if len(targets) == 1 else {})
        )
        yield cell_fact(
            "series",
            measure.id,
            _json(
                measure,
                label if sum(char.isalpha() for char in label) > 2 else measure.title,
                periods,
                values,
                goal,
                aside,
                called(label, anchor, heads, rows, min(periods), context),
            ),
            anchor,
            measure.unit,
            0.9,
        )


MOST_CAPABLE = 15
"""The greatest index of capability: a process of six sigma has 2."""


def _lone_aim(label: str, lines: Sequence[Line], targets: Mapping[str, object]) -> bool:
    """Whether a table has one line of shares and one of targets: then these are its targets, whatever it is called."""
    shares = [name for name, _, _, _ in lines if SHARE.search(fold(name)) and not is_target(name)]
    return list(targets) == [""] and shares == [label]


def _headed(label: str, context: str) -> Measure | None:
    """The measure of the only line of a table, which has no name: the title or the heading over it names it."""
    if any(map(str.isalpha, label)):
        return None
    return next((found for part in context.split("\n")[:ABOVE] if (found := measure_of(part))), None)


def _rates(lines: Sequence[Line], periods: dict[int, str]) -> Iterator[Fact]:
    """Rates that stand beside their counts, computed again: fact kind ``rates`` with those that do not follow."""
    made = next((line for line in lines if says(line[0], "made") and not SHARE.search(fold(line[0]))), None)
    rejected = [
        line
        for line in lines
        if says(line[0], "rejected")
        and not SHARE.search(fold(line[0]))
        and not any(v.unit == "%" for v in line[2].values())
    ]
    named = made is not None and len(rejected) == 1
    if not named:
        made, rejected = _by_size(lines)
    rates = [
        line
        for line in lines
        if line[0].strip() in ("%", "% ")
        or (SHARE.search(fold(line[0])) and not is_target(line[0]) and _may_be_rejects(line[0]))
    ]
    if made is None or len(rejected) != 1 or len(rates) != 1:
        return
    checked, wrong = 0, []
    for index, rate in rates[0][2].items():
        total, bad = made[2].get(index), rejected[0][2].get(index)
        if total is None or bad is None or not total.value or bad.value > total.value:
            continue
        checked += 1
        share = bad.value / total.value * 100
        if (
            abs(share - rate.value) > max(RATE_TOLERANCE, RATE_TOLERANCE * share, 0.6 * 10**-rate.decimals)
            and abs(share / 100 - rate.value) > 0.001
        ):
            wrong.append(
                {
                    "period": periods[index],
                    "made": total.value,
                    "rejected": bad.value,
                    "computed": round(share, 3),
                    "written": rate.value,
                }
            )
    called = says(rates[0][0], "rejected") or rates[0][0].strip() == "%"
    # A share that is not called one of rejects has to fit in most rows, and columns told by their size in some.
    if checked >= LEAST_PERIODS and (len(wrong) < checked or named if called else 2 * len(wrong) <= checked):
        value = json.dumps({"checked": checked, "wrong": wrong[:24]}, ensure_ascii=False, separators=(",", ":"))
        yield cell_fact("rates", "reject_rate", value, rates[0][3], "%", 0.85)


def _may_be_rejects(label: str) -> bool:
    """Whether a line of shares can be that of what was rejected: it says so, or says nothing else."""
    measure = measure_of(label)
    return measure is None or measure.id == "reject_rate"


def _by_size(lines: Sequence[Line]) -> tuple[Line | None, list[Line]]:
    """What was made and what was rejected, where no head says so: the two columns of counts, the first larger in every row."""
    counts = [
        line
        for line in lines
        if not SHARE.search(fold(line[0])) and not says(line[0], "target") and not any(v.unit for v in line[2].values())
    ]
    if len(counts) != 2:
        return None, []
    left, right = sorted(counts, key=lambda line: -sum(value.value for value in line[2].values()))
    common = left[2].keys() & right[2].keys()
    fits = len(common) >= LEAST_PERIODS and all(left[2][at].value > right[2][at].value for at in common)
    return (left, [right]) if fits else (None, [])


def _is_count(
    label: str,
    values: dict[int, Amount],
    others: Sequence[Line],
    measure: Measure,
) -> bool:
    """Whether a line under the words for a rate holds counts: figures above a hundred, or a line of per cent beside it."""
    if "%" in label or _PER_MILLION.search(fold(label)) or any(value.unit == "%" for value in values.values()):
        return False
    if any(value.value > 100 for value in values.values()) and measure.id != "customer_satisfaction":
        return True
    return any("%" in other[0] and measure_of(other[0]) == measure for other in others)


_PER_MILLION = re.compile(r"(?<![^\W_])d?ppm(?![^\W_])|百万分|백만분")
"""A share of a million: its figures stand above a hundred and count nothing."""


def _from_context(label: str, owner: str, context: str, values: dict[int, Amount]) -> Measure | None:
    """The measure of a line that is only called ``%`` or ``actual``:

    named by its group, the title, the sheet or the file.
    """
    share = "%" in label or any(value.unit == "%" for value in values.values())
    if not share and not says(label, "actual") and not (label.strip() == "" and owner):
        return None
    found = measure_of(owner) if owner else None
    for part in context.split("\n") if found is None else ():
        if found := measure_of(part):
            break
    return None if found is None or (share and found.unit not in ("%", "ppm")) else found


def _has_own_line(measure: Measure, label: str, lines: Sequence[Line]) -> bool:
    """Whether another line than that of a label is called by a measure itself, and holds shares."""
    shares = (other for other, *_ in lines if other != label and not is_target(other) and SHARE.search(fold(other)))
    return any(measure_of(other) == measure for other in shares)


def _titled(label: str, context: str, values: dict[int, Amount]) -> Measure | None:
    """The measure of a line that is called by a word of its title: ``Returns`` under ``Customer returns (ppm)``."""
    own = fold(label).strip()
    wide = own[:1] > "\u024f"
    title = next((fold(part) for part in context.split("\n") if measure_of(part)), "")
    if sum(map(str.isalpha, own)) < (LEAST_WIDE if wide else LEAST_NAMED) or not re.search(
        rf"(?<![^\W\d_]){re.escape(own)}(?![^\W\d_])" if not wide else re.escape(own), title
    ):
        return None
    found = measure_of(title)
    shares = found is not None and found.unit == "%"
    return None if shares and all(value.decimals == 0 for value in values.values()) else found


LEAST_WIDE, LEAST_NAMED = 2, 4
"""Letters of a name that is looked for in a title, in a script without blanks and in others."""


def _json(
    measure: Measure,
    label: str,
    periods: dict[int, str],
    values: dict[int, Amount],
    goal: dict[int, Amount],
    aside: Amount | None,
    name: str = "",
) -> str:
    at = sorted(values)[:MOST_PERIODS]
    numbers = [values[index].value for index in at]
    first, last, change = change_of(numbers)
    targets = [goal[index].value if index in goal else None for index in at] if goal else None
    single = {target for target in targets or [] if target is not None}
    target = single.pop() if len(single) == 1 else aside.value if aside and not single else None
    unit = "%" if any(values[index].unit == "%" for index in at) else measure.unit
    if unit == "%" and measure.id == "other_rate" and "%" in label and _COUNTED.search(_LIMIT.sub(" ", label)):
        unit = "count"
    unit = "ppm" if measure.unit == "%" and "%" not in label and _PER_MILLION.search(fold(label)) else unit
    made: dict[str, Any] = {
        "measure": measure.id, "label": " ".join(label.split())[:80], "unit": unit, "better": measure.better,
        "periods": [periods[index] for index in at], "values": numbers, "target": target, "targets": targets,
        "first": first, "last": last, "change": change, "dated": all(periods[index][:1].isdigit() for index in at),
    }  # fmt: skip
    if name:
        made["called"] = name
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


_LIMIT = re.compile(r"\d ?%")
_COUNTED = re.compile(r"^[^%(]{3,60}\([^\W\d_]{2,15}\)[^%]{0,20}$")
"""What is counted beyond a limit in per cent, in brackets: ``moisture above 7 % (batches)``."""


def change_of(values: Sequence[float]) -> tuple[float, float, float | None]:
    """Means of the first and the last third (one to three points), and the change as a share of the first."""
    span = max(1, min(ENDS, len(values) // 3))
    first, last = sum(values[:span]) / span, sum(values[-span:]) / span
    change = round((last - first) / first, 4) if first else None
    return round(first, 6), round(last, 6), change


def _number(cell: GridCell, comma: bool) -> Amount | None:
    return None if cell.kind == "error" else period_figure(cell.text, comma)


def _target_aside(
    label: str, anchor: GridCell, heads: Sequence[str], rows: Sequence[tuple[GridCell, ...]]
) -> Amount | None:
    """A target in a column of its own, beside the months."""
    columns = [index for index, head in enumerate(heads) if says(head, "target")]
    for row in rows if columns else ():
        if any(cell is anchor for cell in row):
            told = [row[at].text for at in columns if re.search(r"\d", row[at].text)]
            cell = min(
                told, key=lambda text: sum(map(str.isalpha, text)), default=""
            )  # the others name what is aimed at
            digits = re.search(r"\d[\d.,]*", cell)
            return amount(digits[0].rstrip(".,")) if digits else None
    return None
