"""Two tables of two papers that say the same in row after row but for one figure: they tell of one thing, and one of them is wrong there.

Rows are one where a cell of each names the same: a week, a lot, a machine, between what a reading may lie. Which columns are one is shown by
what they have in common, and by their heads where that is little.
"""

import itertools
import re
from collections.abc import Iterator, Mapping

from evidence.bundle import Bundle
from evidence.facts.indicators import says
from evidence.facts.numbers import Amount
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import month_spans
from evidence.flags.counted_kinds import unit_of
from evidence.flags.figure_tables import FigureTable, classes_of, figure_tables
from evidence.flags.figures_told_twice import lacks_differ
from evidence.flags.registry import Finding
from evidence.flags.sheets import SHIPPED
from evidence.flags.two_figures import Figure, two_figures

MOST_TABLES = 120
"""Tables of a bundle that are set beside each other: more are a data dump."""

LEAST_SAME = 2
"""Rows in which two columns must have the same figure."""

LEAST_TELLING = 10.0
"""Size of a figure without decimals from which two papers do not share it by chance."""

ALIKE, SURE = 2.0, 3.0
"""Figures in common from which columns are one: under heads that may say the same, and under any heads."""

FAR = 0.02
"""Share by which the odd figure has to differ; less may be rounding."""

MOST_TIMES = 20.0
"""Times by which it may differ: more is another unit."""

MOST_ODD = 4
"""Rows that must be the same for each further one that is not."""

_ANOTHER = phrases("same_figures", "another")
_TWO_CLASSES = frozenset({"before", "after", "cumulative", "stock", "aimed", "ordered"})
"""Classes of which two figures may differ without a contradiction: a plan, a stock that moves, a limit."""


def tables_that_agree(bundle: Bundle) -> Iterator[Finding]:
    """The one figure in which two tables of two papers differ."""
    every = [one for one in figure_tables(bundle) if len(one.rows) >= LEAST_SAME]
    if len(every) > MOST_TABLES:
        return
    for first, second in itertools.combinations(every, 2):
        if first.document.path == second.document.path and first.part == second.part:
            continue
        if (first.told and second.told) or not _may_be_one(first, second):
            continue
        rows = shared_rows(first, second)
        if len(rows) > LEAST_SAME and (found := _odd_figure(first, second, rows)):
            yield found


_MOVING = frozenset({"before", "after", "cumulative", "stock"})


def _may_be_one(first: FigureTable, second: FigureTable) -> bool:
    """Whether what stands above two tables lets them be of one time and one thing, and neither takes the place of the other."""
    if any(_ANOTHER.search(one.title) for one in (first, second) if not one.told):
        return False
    months = [_months(one.title) for one in (first, second)]
    if all(months) and not months[0] & months[1]:
        return False
    years = [set(_YEAR.findall(one.title)) for one in (first, second)]
    if all(years) and not years[0] & years[1]:
        return False
    if _of_two_forms(first, second):
        return False
    moving = [classes_of(one.title) & _MOVING for one in (first, second) if not one.told]
    return all("stock" not in one and one == moving[0] for one in moving)


_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


def _of_two_forms(first: FigureTable, second: FigureTable) -> bool:
    """Whether two tables are one form filled in twice: fields that stand beside each other, ``Lot | SL-44 | Inspected on | 19.08.2026``,
    have the same labels and another number of a lot or paper, or where none has one another day.
    """
    told = [{label: value for cells in _field_rows(one) for label, value in cells} for one in (first, second)]
    shared = [(told[0][label], told[1][label]) for label in told[0].keys() & told[1].keys()]
    if len(shared) < LEAST_FIELDS:
        return False
    codes, days = ([pair for pair in shared if all(map(kind.fullmatch, pair))] for kind in (_CODE, _DAY))
    return any(one != other for one, other in codes or days)


def _field_rows(one: FigureTable) -> Iterator[list[tuple[str, str]]]:
    """The rows of a table, its heads among them, that are labels and values in turn."""
    for cells in (one.heads, *(row.cells for row in one.rows)):
        labels = [fold(label) for label in cells[::2]]
        worded = all(any(map(str.isalpha, label)) and not any(map(str.isdigit, label)) for label in labels)
        if len(cells) >= LEAST_FIELDS and not len(cells) % 2 and worded:
            yield list(zip(labels, map(fold, cells[1::2]), strict=True))


LEAST_FIELDS = 4
"""Cells of a row of fields, and fields that two forms have in common."""

_CODE = re.compile(r"(?=[^a-z]{0,12}[a-z])(?=(?:[^\d]{0,8}\d){3})[a-z0-9][a-z0-9/._-]{2,20}")
_DAY = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}\.?")


def _months(title: str) -> set[int]:
    return {month for span in month_spans(title) for month in range(span.first, span.last + 1)}


def shared_rows(first: FigureTable, second: FigureTable) -> dict[int, int]:
    """The rows that are one in two tables, by the two columns whose cells name most rows alike."""
    best: dict[int, int] = {}
    for one, other in itertools.product(_named(first), _named(second)):
        same = {one[key]: other[key] for key in one if key in other}
        if first.told or second.told:
            same = _within(one, other) if second.told else {row: at for at, row in _within(other, one).items()}
        if len(same) > len(best):
            best = same
    return best


def _within(named: Mapping[str, int], told: Mapping[str, int]) -> dict[int, int]:
    """The rows whose name one sentence alone holds: ``电镀`` in ``10月电镀不良率``."""
    found: dict[int, int] = {}
    for key, at in named.items():
        holding = [row for said, row in told.items() if key == said] or [
            row for said, row in told.items() if _holds_name(said, key)
        ]
        if len(holding) == 1 and holding[0] not in found.values():
            found[at] = holding[0]
    return found


def _holds_name(said: str, key: str) -> bool:
    if key.isascii():
        return len(key) >= LEAST_NAME and f" {key} " in f" {said} "
    return len(key) >= LEAST_WIDE and key in said


LEAST_NAME, LEAST_WIDE = 4, 2
"""Letters of a name that is known within a sentence, and of one in a script without spaces."""


def _named(whole: FigureTable) -> list[dict[str, int]]:
    """For each column the rows by what their cell names, where no other row is called so."""
    found: dict[int, dict[str, list[int]]] = {}
    for at, row in enumerate(whole.rows):
        for index, key in enumerate(row.keys):
            if key and index < LAST_KEY:
                found.setdefault(index, {}).setdefault(key, []).append(at)
    return [{key: rows[0] for key, rows in column.items() if len(rows) == 1} for column in found.values()]


LAST_KEY = 6
"""Columns from the left in which what names a row is sought."""


def _odd_figure(first: FigureTable, second: FigureTable, rows: Mapping[int, int]) -> Finding | None:
    scored: list[tuple[float, int, int, list[tuple[int, int]]]] = []
    for one, other in itertools.product(first.figures, second.figures):
        left, right = first.figures[one], second.figures[other]
        both = [(a, b) for a, b in rows.items() if a in left and b in right]
        same = {left[a].value for a, b in both if equal(left[a], right[b])}
        odd = [(a, b) for a, b in both if not equal(left[a], right[b])]
        if len(both) - len(odd) >= LEAST_SAME and same:
            scored.append((sum(1.0 if _is_telling(value) else 0.5 for value in same), one, other, odd))
    whole = [score for score, _, _, odd in scored if not odd]
    for score, one, other, odd in sorted(scored, reverse=True):
        count = sum(a in first.figures[one] and b in second.figures[other] for a, b in rows.items())
        if not odd or (len(odd) > 1 and len(odd) * MOST_ODD > count):
            continue
        alike = heads_alike(_called(first, one, odd[0][0]), _called(second, other, odd[0][1]))
        if alike is False or any(index != other and not odd_too for _, index, odd_too in _beside(scored, one)):
            continue
        beside = bool(whole) and max(whole) >= ALIKE
        if not (score >= SURE or (score >= ALIKE and (alike or count > SURE)) or (alike and beside)):
            continue
        a, b = odd[0]
        own, written = first.figures[one][a], second.figures[other][b]
        if not far_apart(own, written) or _explained(first, a, written) or _explained(second, b, own):
            continue
        counted = classes_of(_called(first, one, a)) | classes_of(_called(second, other, b))
        if not counted & _BAD and (_is_part(first, own, second, written) or _is_part(second, written, first, own)):
            continue
        row = first.rows[a], second.rows[b]
        name = next((cell for cell in row[0].cells if any(map(str.isalpha, cell))), row[0].cells[0])
        label = first.heads[one] if one < len(first.heads) and first.heads[one] else second.heads[other]
        return two_figures(
            label or name,
            name[:40],
            Figure(own.value, first.document, row[0].passage, row[0].line),
            Figure(written.value, second.document, row[1].passage, row[1].line),
        )
    return None


_BAD = frozenset({"rejected", "reworked", "scrapped", "major", "minor", "findings", "sampled"})
"""Classes of what is found in a lot and not sent."""


def _is_part(sent: FigureTable, out: Amount, made: FigureTable, held: Amount) -> bool:
    """Whether a list of what was sent has less of a lot than the book before it: the rest goes with the next truck, or is a sample."""
    return out.value < held.value and SHIPPED.search(sent.title) is not None and SHIPPED.search(made.title) is None


def _called(whole: FigureTable, index: int, at: int) -> str:
    """What a figure is called: the head of its column, in a list the words before it."""
    return fold(whole.rows[at].cells[0]) if whole.told else whole.head(index)


def _beside(scored: list[tuple[float, int, int, list[tuple[int, int]]]], one: int) -> Iterator[tuple[int, int, bool]]:
    """The other columns that one column was set beside, and whether they have a figure that is not the same."""
    for _, index, other, odd in scored:
        if index == one:
            yield index, other, bool(odd)


def _is_telling(value: float) -> bool:
    return value != int(value) or abs(value) >= LEAST_TELLING


def equal(one: Amount, other: Amount) -> bool:
    """Whether two figures are the same but for rounding, or as a share and as a percentage."""
    slack = 0.6 * 10.0 ** -min(one.decimals, other.decimals) if one.decimals != other.decimals else 1e-9
    return abs(one.value - other.value) <= slack or abs(one.value * 100 - other.value) < FAR * abs(other.value) / 10


def far_apart(one: Amount, other: Amount) -> bool:
    """Whether two figures of one unit are more than rounding apart and still of one size."""
    low, high = sorted((abs(one.value), abs(other.value)))
    apart = high - low > FAR * high or lacks_differ(low, high)
    return apart and (not low or high <= MOST_TIMES * low) and not _are_of_two_units(one, other)


def _are_of_two_units(one: Amount, other: Amount) -> bool:
    """Whether two figures have units of two kinds, or two units of weight, time or money; pieces have as many names as languages."""
    if not one.unit or not other.unit or one.unit == other.unit:
        return False
    kinds = [unit_of(amount.unit or "") for amount in (one, other)]
    return kinds[0] != kinds[1] or bool(kinds[0])


def heads_alike(one: str, other: str) -> bool | None:
    """Whether two heads say the same; False where they say that something else is counted, None where they do not tell."""
    left, right = classes_of(one), classes_of(other)
    if (left ^ right) & _TWO_CLASSES or (left and right and not left & right):
        return False
    if left & right or any(says(one, role) and says(other, role) for role in ("actual", "made", "rejected", "sum")):
        return True
    shared = set(_WORD.findall(one)) & set(_WORD.findall(other))
    return True if shared else None


_WORD = re.compile(r"[^\W\d_]{3,}|[^\W\d_a-z]{2,}|%")


def _explained(whole: FigureTable, at: int, other: Amount) -> bool:
    """Whether a row has the figure of the other table as well, or says that something was put right."""
    row = whole.rows[at]
    if any(equal(column[at], other) for column in whole.figures.values() if at in column):
        return True
    return _ANOTHER.search(fold(row.line)) is not None
