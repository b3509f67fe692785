"""Totals recomputed from the rows or columns above and beside them.

Fact: kind ``totals``, role ``sum``, value ``{"right": n, "wrong": [{"label", "written", "computed"}]}``. A total counts as wrong only
where the table shows that it is one: another total of the same line follows from its figures, or the figures miss it by little.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.facts.grids import Grid, GridCell, headed
from evidence.facts.indicators import SHARE, says
from evidence.facts.numbers import Amount, amount, uses_decimal_comma
from evidence.facts.sources import Source, cell_fact, fact
from evidence.facts.text import Span, fold, lettered, phrases
from evidence.facts.units import unit_behind
from evidence.model import Fact, Passage

LEAST_PARTS = 3
"""Figures that a total sums: of two, one may be a part of the other."""

NEAR = 0.15
"""Share by which a lone total may miss its figures and still be meant as their total; beyond it something else was summed."""

NEAR_ALONE = 0.5
"""The same for a single column of whole counts, none of them above its total."""

MOST_WRONG = 24
"""Wrong totals told of one table."""

Line = tuple[str, list[GridCell], GridCell]
"""The name of a line, the cells it sums, and the cell of its total."""


def find_totals(source: Source) -> Iterator[Fact]:
    """The totals of all tables, below their columns and at the end of their rows."""
    for whole in source.grids:
        grid = headed(whole)
        if grid.hidden or len(grid.rows) < 2:
            continue
        comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
        for lines in (_below(grid), _beside(grid)):
            if made := _checked(lines, comma):
                yield made
        if made := _split(grid, comma):
            yield made
    for passage in source.passages:
        if made := _listed(passage, source):
            yield made


MOST_LISTED = 12
"""Counts that follow a total as its parts in one breath."""

_PIECES = re.compile(r"[|\n;,:：；，、。]|\.(?=\s|$)|\s(?:[-–—=+])\s|[()（）]")

_COUNT = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?![\d/-]|[.,]\d)")


def _listed(passage: Passage, source: Source) -> Fact | None:
    """A total with its parts told behind it in fields, a list or a sentence: ``Sorted in all | 4,860``, ``Good | 4,512 | Bad | 267``.

    It counts as wrong where three parts or more, each less than it and the largest by far its greater part (unless all stand in
    lines of their own with one unit), sum to nearly it and no run of them to itself.
    """
    if passage.hidden or passage.text.count("|") > MOST_BARS:
        return None
    for index, total in enumerate(counts := _counts_in(passage.text, source)):
        if total is None or not _sums_up(total.label):
            continue
        behind = list(_parts(total, counts[index + 1 : index + 1 + MOST_LISTED]))
        before = list(_parts(total, counts[max(0, index - MOST_LISTED) : index][::-1]))[::-1]
        parts = behind if len(behind) >= LEAST_PARTS else before
        sums = list(itertools.accumulate(part.value for part in parts))
        if len(parts) < LEAST_PARTS or total.value in (
            *sums,
            *itertools.accumulate(part.value for part in parts[::-1]),
        ):
            continue
        even = max(part.value for part in parts) * 2 < total.value and not _told_alike(passage.text, [total, *parts])
        if abs(sums[-1] - total.value) > NEAR_LISTED * total.value or even:
            continue
        wrong = {"label": total.label.strip()[:40], "written": total.value, "computed": sums[-1]}
        told = json.dumps({"right": 0, "wrong": [wrong]}, ensure_ascii=False, separators=(",", ":"))
        start, end = min(total.start, parts[0].start), max(total.end, parts[-1].end)
        return fact("totals", "sum", told, passage, start, end, confidence=0.7)
    return None


_ONLY_COUNT = re.compile(r"\s*\d[\d.,]*\s?[^\W\d_]{1,4}\s*")
"""A count with a unit and nothing else: what is counted stands in the piece before."""


@dataclass(frozen=True)
class _Count:
    """A whole number of a text with what it counts."""

    label: str
    value: float
    start: int
    end: int
    unit: str = ""


def _told_alike(text: str, counts: Sequence[_Count]) -> bool:
    """Whether counts stand in lines of their own, with the same unit behind each: ``Line 1 | 98 pcs``, ``Line 2 | 107 pcs``."""
    tails = set()
    for count in counts:
        line = text[text.rfind("\n", 0, count.start) + 1 : count.start]
        if any(char.isdigit() and char.isascii() for char in re.split(r"[|:：]", line)[-1]) or not re.search(
            r"[|:：]", line
        ):
            return False
        tails.add(text[count.end : text.find("\n", count.end) % (len(text) + 1)].strip())
    return len(tails) == 1 and all(len(tail) <= LONGEST_UNIT and "|" not in tail for tail in tails)


LONGEST_UNIT = 10
"""Letters of the unit of a count."""


def _parts(total: _Count, behind: Sequence[_Count | None]) -> Iterator[_Count]:
    """The counts behind a total that can be its parts: up to the next total, greater count or other figure."""
    for part in behind:
        if part is None or _sums_up(part.label) or part.value >= total.value:
            return
        if part.unit and total.unit and part.unit != total.unit:
            return  # kilograms are no part of cartons
        yield part


def _counts_in(text: str, source: Source) -> list[_Count | None]:
    """The counts of a text in turn; None for each piece with a figure that is no count: a day, a share, several figures."""
    named = ""
    counts: list[_Count | None] = []
    for piece in _spans(text):
        found = list(_COUNT.finditer(piece.text))
        worded = any(char.isalpha() for char in piece.text) and not (named and _ONLY_COUNT.fullmatch(piece.text))
        if not found:
            named = piece.text if worded else named
            continue
        label = piece.text if worded else named
        if len(found) != 1 or not 0 < len(label) <= LONGEST_PART or "%" in piece.text or source.dates(piece.text):
            counts.append(None)
        else:
            value = float(re.sub(r"[.,]", "", found[0][1]))
            counts.append(
                _Count(
                    label,
                    value,
                    piece.start + found[0].start(),
                    piece.start + found[0].end(),
                    unit_behind(piece.text, found[0].end()),
                )
            )
        named = ""
    return counts


MOST_BARS = 24
"""Bars of a passage that is a form; one of more is a table, which is read as one."""

LONGEST_PART = 40
"""Letters of what is counted, as a part of a total is called."""

NEAR_LISTED = 0.1
"""Share by which counts that are told one after the other may miss the total before them and still be meant as its parts."""


def _sums_up(label: str) -> bool:
    return says(label, "sum") and not says(label, "mean")


def _spans(text: str) -> Iterator[Span]:
    """The pieces of a text between bars, commas and the like; the signs inside figures part nothing."""
    start = 0
    for match in _PIECES.finditer(text):
        inside = (
            match[0] in ",.:"
            and text[max(0, match.start() - 1)].isdigit()
            and text[match.end() : match.end() + 1].isdigit()
        )
        if not inside:
            yield Span(start, match.start(), text[start : match.start()])
            start = match.end()
    yield Span(start, len(text), text[start:])


LEAST_SPLIT = 3
"""Rows in which one count must be the sum of two others before a row that is not counts as wrong."""

WIDEST = 12
"""Columns tried against each other."""


def _split(grid: Grid, comma: bool) -> Fact | None:
    """A count that is parted into two beside it, as what was looked at into good and bad: told by the rows themselves, which must hold
    three times as often as not.
    """
    columns: dict[int, dict[int, Amount]] = {}
    for index, head in enumerate(grid.heads[:WIDEST]):
        found = {at: number for at, cell in enumerate(grid.column(index)) if (number := amount(cell.text, comma))}
        if len(found) > LEAST_SPLIT and not any(value.unit or value.decimals for value in found.values()) and head:
            columns[index] = found
    for whole in columns:
        for one, other in itertools.combinations([index for index in columns if index != whole], 2):
            rows = columns[whole].keys() & columns[one].keys() & columns[other].keys()
            parts = {at: columns[one][at].value + columns[other][at].value for at in sorted(rows)}
            wrong = [at for at in parts if parts[at] != columns[whole][at].value and not _is_total(grid.rows[at])]
            right = [at for at in parts if parts[at] == columns[whole][at].value]
            told = [at for at in right if columns[one][at].value and columns[other][at].value]
            anchor = next((grid.rows[at][whole] for at in wrong if grid.rows[at][whole].passage is not None), None)
            if not wrong or len(told) < LEAST_SPLIT or len(told) < 3 * len(wrong) or anchor is None:
                continue
            value = {
                "right": len(right),
                "wrong": [
                    {"label": grid.heads[whole][:40], "written": columns[whole][at].value, "computed": parts[at]}
                    for at in wrong
                ],
            }
            return cell_fact(
                "totals", "sum", json.dumps(value, ensure_ascii=False, separators=(",", ":")), anchor, confidence=0.8
            )
    return None


def _below(grid: Grid) -> list[Line]:
    """Each column over its row of totals, the last row that is called so."""
    at = next((index for index in range(len(grid.rows) - 1, 0, -1) if _is_total(grid.rows[index])), None)
    if at is None and _last_sums_up(grid):
        at = len(grid.rows) - 1
    if at is None:
        return []
    start = next((index + 1 for index in range(at - 1, -1, -1) if _is_total(grid.rows[index])), 0)
    return [
        (head, [row[index] for row in grid.rows[start:at]], grid.rows[at][index])
        for index, head in enumerate(grid.heads)
        if grid.rows[at][index].text
    ]


LEAST_SUMMED = 3
"""Columns in which the last row must be the sum of those above before it counts as their total; one more where it is called as they are."""


def _last_sums_up(grid: Grid) -> bool:
    """Whether the last row of a table of counts is the sum of the rows above it in most columns."""
    *parts, last = grid.rows
    least = LEAST_SUMMED + _is_named_alike(last, parts)
    right = wrong = 0
    for index, cell in enumerate(last):
        total, figures = amount(cell.text), [amount(row[index].text) for row in parts]
        counts = [figure for figure in (total, *figures) if figure and not figure.unit and not figure.decimals]
        if total is None or len(parts) < LEAST_PARTS or len(counts) <= len(parts):
            continue
        summed = sum(figure.value for figure in figures if figure) == total.value
        right, wrong = right + summed, wrong + (not summed)
    return right >= least and right >= 3 * wrong


def _is_named_alike(last: Sequence[GridCell], parts: Sequence[Sequence[GridCell]]) -> bool:
    """Whether the last row is called something as the rows above it are: one more site or month, whatever its figures sum up to."""
    names = [next((cell.text for cell in row if any(map(str.isalpha, cell.text))), "") for row in (*parts, last)]
    counted = [any(map(str.isdigit, name)) for name in names]
    if phrases("series_lines", "whole").search(fold(names[-1])):
        return False
    return bool(names[-1]) and all(names[:-1]) and (counted[-1] or not all(counted[:-1]))


def _is_total(row: Sequence[GridCell]) -> bool:
    named = next((cell.text for cell in row if lettered(cell.text)), "")
    return 0 < len(named) <= LONGEST_NAME and says(named, "sum") and not says(named, "mean")


LONGEST_NAME = 24
"""Letters of the name of a row of totals."""


def _beside(grid: Grid) -> list[Line]:
    """Each row before its column of totals, the last column that is called so."""
    at = next(
        (
            index
            for index in range(len(grid.heads) - 1, LEAST_PARTS - 1, -1)
            if 0 < len(grid.heads[index]) <= LONGEST_NAME
            and says(grid.heads[index], "sum")
            and not says(grid.heads[index], "mean")
        ),
        None,
    )
    if at is None:
        return []
    return [
        (next((cell.text for cell in row if any(char.isalpha() for char in cell.text)), ""), list(row[:at]), row[at])
        for row in grid.rows
        if row[at].text
    ]


def _checked(lines: Sequence[Line], comma: bool) -> Fact | None:
    """The totals of lines: their last figures sum to the total in most lines, and not in some. How many of the last figures are
    summed is found from the lines themselves: a number of deliveries may stand before the points that are added up.
    """
    read = [made for line in lines if (made := _read(line, comma))]
    if not read:
        return None
    longest = max(len(figures) for _, figures, _, _ in read)
    best: tuple[int, list[tuple[str, list[Amount], Amount, GridCell]]] = 0, []
    for count in range(longest, 1, -1):
        fits = [
            _same(figures[-count:], total) or _part_summed(figures[-count:], total) for _, figures, total, _ in read
        ]
        if sum(fits) > best[0]:
            summed = [(label, figures[-count:], total, cell) for label, figures, total, cell in read]
            best = sum(fits), [item for item, fit in zip(summed, fits, strict=True) if not fit]
    right, wrong = best
    if not right and len(read) == 1 and _plain_counts(read[0][1], read[0][2]):
        wrong = read
    elif right < max(1, len(wrong)):
        return None
    kept = [
        item
        for item in wrong
        if len(item[1]) >= LEAST_PARTS
        and (
            _is_near(item[1], item[2], bool(right) and not _plain_counts(item[1], item[2]))
            or (right >= LEAST_SURE and len(wrong) == 1 and _plain_counts(item[1], item[2]) and _is_near_enough(item))
        )
    ]
    anchor = next((total for _, _, _, total in kept if total.passage is not None), None)
    if anchor is None:
        return None
    told = [
        {"label": label[:40], "written": total.value, "computed": round(sum(figure.value for figure in figures), 3)}
        for label, figures, total, _ in kept[:MOST_WRONG]
    ]
    value = json.dumps({"right": right, "wrong": told}, ensure_ascii=False, separators=(",", ":"))
    return cell_fact("totals", "sum", value, anchor, confidence=0.8)


LEAST_SURE = 4
"""Totals of a table that are right, beside which a single one may be far off and still be meant as the sum of its figures."""


def _is_near_enough(item: tuple[str, list[Amount], Amount, GridCell]) -> bool:
    """Whether a total is at most double the sum of its figures."""
    computed = sum(figure.value for figure in item[1])
    return computed < item[2].value <= 2 * computed


def _read(line: Line, comma: bool) -> tuple[str, list[Amount], Amount, GridCell] | None:
    """A line with its figures and its total; None where they are no counts to be summed."""
    label, cells, total = line
    figures = [found for cell in cells if (found := amount(cell.text, comma))]
    written = amount(total.text, comma)
    filled = [cell for cell in cells if any(char.isdigit() for char in cell.text)]
    if written is None or len(figures) < 2 or SHARE.search(fold(label)) or written.unit == "%":
        return None
    if len(filled) - len(figures) > 1 or any(figure.unit == "%" for figure in figures):
        return None
    return label, figures, written, total


def _plain_counts(figures: Sequence[Amount], written: Amount) -> bool:
    """Whether a lone column holds whole counts, none of them above their total."""
    return (
        len(figures) >= LEAST_PARTS
        and written.decimals == 0
        and all(figure.decimals == 0 and 0 <= figure.value < written.value for figure in figures)
        and not _same(figures, written)
        and not _part_summed(figures, written)
    )


def _is_near(figures: Sequence[Amount], written: Amount, right: bool) -> bool:
    computed = sum(figure.value for figure in figures)
    return abs(written.value - computed) <= (NEAR if right else NEAR_ALONE) * abs(computed)


def _same(figures: Sequence[Amount], written: Amount) -> bool:
    """Whether figures sum to the written total, or average to it, but for rounding."""
    computed = sum(figure.value for figure in figures)
    slack = 0.51 * 10.0**-written.decimals + 0.51 * len(figures) * 10.0 ** -max(
        figure.decimals for figure in figures
    ) * (max(figure.decimals for figure in figures) > 0)
    mean = computed / len(figures)
    return abs(computed - written.value) <= slack or abs(mean - written.value) <= slack


def _part_summed(figures: Sequence[Amount], written: Amount) -> bool:
    """Whether the total leaves out a leading number, a running total at the end or one figure of another kind."""
    values = [figure.value for figure in figures]
    pieces = (values[1:], values[:-1], *(values[:at] + values[at + 1 :] for at in range(len(values))))
    return any(abs(sum(piece) - written.value) <= 0.01 for piece in itertools.islice(pieces, 40))
