"""Errors of gauges beside the greatest error that each may have, a gauge a row: ``±0.03 | -0.07``, ``+3.4 HRC | ±1.5 HRC``.

Fact: kind ``readings``, role ``inspection``, value as that of a table of readings with ``"errors": true``: each row is a gauge of its own.
"""

import re
from collections.abc import Iterator, Sequence

from evidence.facts.grids import Grid, GridCell
from evidence.facts.limit_columns import MAX_ROWS
from evidence.facts.limits import Row
from evidence.facts.nominal_columns import FARTHEST, beside_nominal, readings_fact
from evidence.facts.numbers import parse, uses_decimal_comma
from evidence.facts.text import fold, table_words
from evidence.model import Fact

LEAST_GAUGES = 2
"""Rows from which two columns are errors and what is permitted of them."""

LONGEST_HEAD = 40
"""Letters of the head of either column."""

_CELL = re.compile(
    r"(?:max\.? |≤ ?|<= ?|< ?)?(?P<sign>±|\+/-|\+-|\+|-)? ?(?P<figure>\d{1,6}(?:[.,]\d{1,6})?) ?(?P<unit>%|°? ?[^\W\d_]{1,6}(?:[./][^\W\d_]{1,3})?)?(?(unit) ?\(?(?:(?:of )?(?:f\.? ?s\.?d?\.?|full scale|rdg\.?|reading|range|span)|满量程|滿量程|满刻度|量程|读数)?\)?)"
)


def permitted_errors(grid: Grid) -> Iterator[Fact]:
    """The errors of the gauges of a table with what is permitted of each."""
    found = [fact for part in grid.tables(_heads_errors) for fact in _read(part)]
    yield from found or list(_under_field(grid)) or _under_title(grid)


def _under_field(grid: Grid) -> Iterator[Fact]:
    """The errors of one gauge below a field that says what is permitted: ``Permissible error | ±0.004 mm``."""
    told = [*grid.form, *(line.partition(":")[::2] for line in fold(grid.context).split("\n"))]
    ends = {
        match
        for label, value in told
        if 0 < len(label) <= LONGEST_HEAD and _PERMITTED.search(fold(label))
        for match in [_CELL.fullmatch(fold(value).strip())]
        if match and (match["sign"] in ("±", "+/-", "+-") or _ERROR.search(fold(label)))
    }
    if len({match["figure"] for match in ends}) != 1:
        return
    permitted = ends.pop()
    for part in grid.tables(lambda heads: sum(_ERROR.search(fold(head)) is not None for head in heads) == 1):
        at = next(index for index, head in enumerate(part.heads) if _ERROR.search(fold(head)))
        rows = part.rows[:MAX_ROWS]
        comma = uses_decimal_comma(
            [re.sub(r"[^\d.,]", "", text) for text in (permitted[0], *(row[at].text for row in rows))]
        )
        end = parse(permitted["figure"], comma)
        made: list[Row] = []
        for row in rows:
            error = _CELL.fullmatch(fold(row[at].text).strip())
            figure = parse(error["figure"], comma) if error else None
            if not error or not figure or not end or error["sign"] in ("±", "+/-", "+-"):
                continue
            if error["unit"] and permitted["unit"] and error["unit"].strip() != permitted["unit"].strip():
                return
            value = -figure[0] if error["sign"] == "-" else figure[0]
            label = f"{part.heads[at]} {row[0].text}"[:60]
            spec = permitted[0][:40]
            made.append({"label": label, "spec": spec, "low": -end[0], "high": end[0], "values": [value]})
        anchor = next(
            (row[at] for row in rows if row[at].passage is not None and _CELL.fullmatch(fold(row[at].text))), None
        )
        near = end is not None and all(abs(row["values"][0]) <= FARTHEST * end[0] for row in made)
        if len(made) >= LEAST_GAUGES and near and anchor is not None:
            yield readings_fact(made, anchor, sure=True)  # the field names what is permitted, the head the error


def _under_title(grid: Grid) -> Iterator[Fact]:
    """The errors of gauges, one a row, below a line that says what all of them may have: ``allowed error ± 0.03 mm``; told as such, or
    as what was read of a standard beside it.
    """
    told = [*grid.heads, *grid.context.split("\n"), *(cell.text for row in grid.rows[:LINES_ABOVE] for cell in row)]
    told += [f"{label}: {value}" for label, value in grid.form]
    ends = {
        match["figure"]: match
        for line in dict.fromkeys(fold(text)[:LONGEST_TITLE] for text in told)
        if _PERMITTED.search(line) or _ERROR.search(line)
        for match in _ALLOWED.finditer(line)
    }
    if len(ends) != 1:
        return  # none, or one for each range of the gauge
    permitted = next(iter(ends.values()))
    for part in grid.tables(lambda heads: _error_columns(heads) is not None):
        at, standard_at = _error_columns(part.heads) or (0, None)
        rows = part.rows[:MAX_ROWS]
        comma = uses_decimal_comma(
            [re.sub(r"[^\d.,]", "", text) for text in (permitted["figure"], *(row[at].text for row in rows))]
        )
        end = parse(permitted["figure"], comma)
        made: list[Row] = []
        for row in rows:
            error, standard = (
                _signed(row[at], comma),
                _signed(row[standard_at], comma) if standard_at is not None else 0.0,
            )
            if error is None or standard is None or not end:
                continue
            value = round(error - standard, 6)
            label = next((cell.text for cell in row if any(map(str.isalpha, cell.text))), part.heads[at])
            feature: Row = {"label": label[:60], "spec": permitted[0].strip()[:40], "low": -end[0], "high": end[0]}
            feature["values"] = [value]
            if standard:
                feature["shown"] = [error]
            made.append(feature)
        anchor = next((row[at] for row in rows if row[at].passage is not None and row[at].text), None)
        inside = end is not None and sum(abs(row["values"][0]) <= end[0] for row in made)
        near = end is not None and all(abs(row["values"][0]) <= FARTHEST * end[0] for row in made)
        if len(made) > LEAST_GAUGES and inside * 2 >= len(made) and near and anchor is not None:
            yield readings_fact(made, anchor)
            return
    yield from beside_nominal(grid, permitted["figure"], permitted[0].strip())


LINES_ABOVE = 6
"""Rows of a sheet, its title and head block, that can tell what is permitted below."""

LONGEST_TITLE = 160
"""Letters of a line that tells it."""

_ALLOWED = re.compile(r"(?<!\d)(?<!\d )(?:±|\+/-|\+-) ?(?P<figure>\d{1,4}(?:[.,]\d{1,5})?)(?![\d.,]*\d)")


def _error_columns(heads: Sequence[str]) -> tuple[int, int | None] | None:
    """The one column of errors found; else that of what was read and that of the standard, of which it is off."""
    named = [fold(head) if 0 < len(head) <= LONGEST_HEAD and not _ALLOWED.search(fold(head)) else "" for head in heads]
    errors = [at for at, head in enumerate(named) if head and _ERROR.search(head) and not _COUNTED.search(head)]
    if len(errors) == 1:
        return errors[0], None
    standards = [at for at, head in enumerate(named) if head and _STANDARD.search(head)]
    read = [at for at, head in enumerate(named) if head and at not in standards and _READ.search(head)]
    return (read[0], standards[0]) if not errors and len(standards) == len(read) == 1 else None


_COUNTED = re.compile(r"adet|adedi|sayısı|qty|quantity|count|number of|số lượng|jumlah|จำนวน|数量|數量|件数|수량|개수")


def _signed(cell: GridCell, comma: bool) -> float | None:
    match = _CELL.fullmatch(fold(cell.text).strip())
    figure = parse(match["figure"], comma) if match and match["sign"] not in ("±", "+/-", "+-") else None
    return None if figure is None or match is None else -figure[0] if match["sign"] == "-" else figure[0]


_STANDARD, _READ = table_words("calibration", "standard"), table_words("calibration", "read")
_PERMITTED, _ERROR = (table_words("calibration", name) for name in ("permitted", "error"))


def _columns(heads: Sequence[str]) -> tuple[int, int] | None:
    """The columns of the error found and of the error permitted; a head that names both is of what is permitted."""
    named = [fold(head) if 0 < len(head) <= LONGEST_HEAD else "" for head in heads]
    permitted = [at for at, head in enumerate(named) if head and table_words("calibration", "permitted").search(head)]
    found = [
        at
        for at, head in enumerate(named)
        if head and at not in permitted and table_words("calibration", "error").search(head)
    ]
    return (found[0], permitted[0]) if len(found) == 1 and len(permitted) == 1 else None


def _heads_errors(heads: Sequence[str]) -> bool:
    return _columns(heads) is not None


def _read(grid: Grid) -> Iterator[Fact]:
    columns = _columns(grid.heads)
    if columns is None:
        return
    error_at, permitted_at = columns
    rows = grid.rows[:MAX_ROWS]
    comma = uses_decimal_comma([re.sub(r"[^\d.,]", "", row[at].text) for row in rows for at in columns])
    made: list[Row] = []
    anchor = None
    for row in rows:
        error, permitted = (_CELL.fullmatch(fold(row[at].text).strip()) for at in (error_at, permitted_at))
        if not error or not permitted or error["sign"] in ("±", "+/-", "+-"):
            continue
        if error["unit"] and permitted["unit"] and error["unit"].strip() != permitted["unit"].strip():
            continue
        figures = [parse(match["figure"], comma) for match in (error, permitted)]
        if figures[0] is None or figures[1] is None or not figures[1][0]:
            continue
        value = -figures[0][0] if error["sign"] == "-" else figures[0][0]
        end = figures[1][0]
        named = " ".join(cell.text for cell in row[:permitted_at] if any(map(str.isalpha, cell.text)))
        label = (named or f"{grid.heads[error_at]} {row[0].text}")[:60]
        made.append({"label": label, "spec": row[permitted_at].text[:40], "low": -end, "high": end, "values": [value]})
        anchor = anchor or next((cell for cell in (row[error_at],) if cell.passage is not None), None)
    inside = sum(abs(row["values"][0]) <= row["high"] for row in made)
    if len(made) < LEAST_GAUGES or anchor is None:
        return
    if inside * 2 >= len(made):
        yield readings_fact(made, anchor)
    elif inside and _same_unit(grid.heads[error_at], grid.heads[permitted_at]) and all(map(_is_of_size, made)):
        yield readings_fact(made, anchor, sure=True)  # one head names the error, the other what is permitted of it


def _same_unit(error: str, permitted: str) -> bool:
    """Whether the heads of an error and of what is permitted of it tell the same unit, or none."""
    units = [
        {"".join(unit.split()) for found in _IN_BRACKETS.findall(fold(head)) for unit in found if unit}
        for head in (error, permitted)
    ]
    return units[0] == units[1]


_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{1,8})[)）\]]|(?<=\s)([µμ]?m{1,2}|%|°c|g|kg|bar|n|v)$")


def _is_of_size(row: Row) -> bool:
    """Whether an error can be one of its gauge: not many times what is permitted."""
    return bool(abs(row["values"][0]) <= FARTHEST * row["high"])
