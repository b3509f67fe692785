"""A figure of a month, a quarter or any run of months that a paper tells of what it counts, against the sheet of months that counts the same.

Which column is meant is shown by what both count (``counted_kinds``), in what, and for when; in whatever languages the two are written. Of
counts the sum of the months is set against a told total, of rates their range. Held back is whatever could be another figure: of a part,
of a customer, of another column, the mean, the least, the greatest or the last of the months.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evidence.bundle import Bundle
from evidence.facts.indicators import HIGH_SHARE, says
from evidence.facts.months import MONTHS_OF_YEAR
from evidence.facts.text import fold, phrases
from evidence.facts.told_spans import HALF, QUARTER, MonthSpan
from evidence.flags.business_years import LEAST
from evidence.flags.counted_registers import registers_counted
from evidence.flags.figure_tables import classes_of
from evidence.flags.figures_said import Said, figures_said, left_of, title_of_paper
from evidence.flags.figures_told_twice import WHOLE_OF, lacks_differ
from evidence.flags.month_figures import Told
from evidence.flags.numbered_parts import of_one_part, parts_numbered, told_of_other_part
from evidence.flags.registry import Finding, line_at
from evidence.flags.result_tables import result_figures
from evidence.flags.told_by_name import far_from, is_change
from evidence.flags.told_of_periods import HEAD_OF_SHEET, counts_business_years, is_told_of_whole, year_of
from evidence.flags.two_figures import two_figures
from evidence.flags.written_figures import WHOLE, Written, written_figures
from evidence.processes import of_other_stage, without_works_of

_PARTIAL, _CLIENTS = phrases("metrics_flags", "partial"), phrases("told_spans", "clients")
_YOURS, _ANOTHER = phrases("counted", "yours"), phrases("same_figures", "another")
_OF_CLIENTS = frozenset({"complaints", "returned", "on_time", "satisfaction", "shipped"})
"""What is always counted at customers: the word for them names no part."""


Columns = Mapping[str, Mapping[str, Sequence[Written]]]
"""The columns of a bundle by their unit and what they count."""


def told_of_kinds(bundle: Bundle) -> Iterator[Finding]:
    """Figures that a sheet of months in another paper has otherwise."""
    registers = registers_counted(bundle)
    columns: dict[str, dict[str, list[Written]]] = {}
    for one in (*written_figures(bundle), *result_figures(bundle), *registers):
        columns.setdefault(one.unit, {}).setdefault(one.kind, []).append(one)
    counts = [said for register in registers for said in _said_by(register)]
    every = list(figures_said(bundle)) if columns else []
    beside = {(said.told.document.path, said.kind, said.told.span.last, said.told.value) for said in every}
    for said in (*every, *counts):
        told = said.told
        if is_change(told) or not is_told_of_whole(told):
            continue
        if _ANOTHER.search(told.sentence) or _YOURS.search(told.sentence) or _YOURS.search(said.around):
            continue
        column = _contradicting(bundle, said, columns)
        if column is not None and any(
            (told.document.path, said.kind, told.span.last, value) in beside
            for value in column.expected(*told.months)[:1]
        ):
            continue  # the paper tells the other figure as well: one was put right
        if column is not None:
            written = column.column.figure(column.expected(*told.months)[0])
            yield two_figures(column.column.label, told.months, told.figure(), written)


def _said_by(register: Written) -> Iterator[Said]:
    """What the rows of a register tell of the quarters and halves of its year, as a paper that tells it in words."""
    column = register.column
    year = next(iter(register.years))
    for length in (MONTHS_OF_YEAR, HALF, QUARTER):
        for first in range(1, MONTHS_OF_YEAR + 1, length):
            last = first + length - 1
            for value in register.expected(first, last)[:1]:
                span = MonthSpan(0, 0, first, last, year, quarter=length == QUARTER)
                quote = line_at(column.passage.text, 0)
                told = Told(value, "", False, span, False, "", "", "", column.document, column.passage, quote)
                yield Said(told, register.kind, "", "", "", of_rows=True)


def _contradicting(bundle: Bundle, said: Said, columns: Columns) -> Written | None:
    """The column that has another figure for what is said, where no column of its unit, whatever it counts, has the figure itself."""
    told = said.told
    first, last, year = told.span.first, told.span.last, _year(bundle, told)
    if told.span.quarter and counts_business_years(bundle):
        return None
    found = _differing(bundle, said, columns.get(said.unit, {}).get(said.kind, ()))
    rivals = (one for of_kind in columns[said.unit].values() for one in of_kind) if found else ()
    for one in rivals:
        if one.column.document.path == told.document.path or not _of_year(bundle, one, year):
            continue
        if told.value in one.also or any(_same(told, value) for value in one.expected(first, last)[:1]):
            return None
    return found


def _differing(bundle: Bundle, said: Said, columns: Sequence[Written]) -> Written | None:
    """The column of those that count one kind in one unit which has another figure, where it alone can be meant."""
    told = said.told
    first, last, year = told.span.first, told.span.last, _year(bundle, told)
    meant = [
        one
        for one in columns
        if one.column.document.path != told.document.path
        and _of_year(bundle, one, year)
        and one.expected(first, last)
        and _is_of_same(said, one)
    ]
    whole = [one for one in meant if WHOLE.search(fold(one.column.label)) or says(one.column.label, "sum")]
    meant = whole or meant
    if len({one.expected(first, last)[0] for one in meant}) != 1:
        return None
    one = meant[0]
    expected = one.expected(first, last)
    beside = [value for at in (first - 1, first + 1) for value in one.expected(at, at)[:1]] if first == last else []
    if any(_same(told, value) for value in (*expected, *beside)):
        return None
    if said.unit in ("%", "ppm") and len(expected) > 1:
        low, high = min(expected[1:]), max(expected[1:])
        nearest = min(max(told.value, low), high)
        return one if far_from(told, nearest) else None
    if said.unit == "%" and min(told.value, expected[0]) >= HIGH_SHARE:
        return one if lacks_differ(told.value, expected[0]) else None
    few = not said.unit and told.value == int(told.value) and max(told.value, expected[0]) <= FEW
    return one if far_from(told, expected[0]) or (few and told.value != expected[0]) else None


FEW = 12
"""Counts that may be of one thing whatever their size: four complaints that were told, and one."""


def _same(told: Told, value: float) -> bool:
    return not far_from(told, value) and abs(told.value - value) <= ROUNDED * max(abs(told.value), abs(value))


ROUNDED = 0.05
"""Part of a figure within which it is the same, rounded."""


def _year(bundle: Bundle, told: Told) -> int | None:
    """The year of a figure; of a paper without a day that of the reference day, where its months had passed by then."""
    if told.span.year is None and bundle.document_day(told.document) is None:
        return bundle.today.year if told.span.last <= bundle.today.month else None
    return year_of(bundle, told)


def _of_year(bundle: Bundle, one: Written, year: int | None) -> bool:
    """Whether a sheet is of a year: the one that it names, else that of the reference day."""
    if year is None:
        return False
    if len(one.years) > 1 and (1, 1) in one.column.values and len(one.column.values) < MONTHS_OF_YEAR:
        return False  # of months from January on, in a sheet of two years, the year is not known
    if year in one.years:
        return True
    return year == bundle.today.year and all(named >= LEAST for named in one.years)


def _is_of_same(said: Said, one: Written) -> bool:
    """Whether what is said is of all that a column counts: neither names a part or a customer that the other does not name."""
    told = said.told
    sheet_of = one.column.document, one.column.passage
    if of_one_part(*sheet_of, told.document) or told_of_other_part(told.document, told.sentence, *sheet_of):
        return False
    sheet = fold(f"{one.column.label} {one.title} {one.column.passage.text[:HEAD_OF_SHEET]}")
    zone, label = f"{said.zone} {told.behind}", fold(one.column.label)
    if of_other_stage(zone, label):
        return False
    own = without_works_of(said.zone, label)
    zone, label = without_works_of(zone, label), without_works_of(label, zone)
    around = f"{said.around} {fold(title_of_paper(told.document))}"
    if said.kind in _OF_CLIENTS:
        zone, label = _CLIENTS.sub(" ", zone), _CLIENTS.sub(" ", label)
    elif at_clients(f"{zone} {said.around}") != at_clients(f"{label} {one.title}"):
        return False
    named = {match[0] for match in _PARTIAL.finditer(zone)} | parts_numbered(told.sentence)
    if any(part not in sheet for part in named):
        return False
    if any(match[0] not in f"{zone} {around}" for match in _PARTIAL.finditer(label)):
        return False
    if one.summed:
        return _ALL.search(said.zone) is not None or says(said.zone, "sum")  # the parts are told together
    if any(part in said.zone for part in one.parts) or (one.of_rows and classes_of(zone) & _OTHERS):
        return False
    if said.of_rows and left_of(label, "", replace(told, behind=""), said.kind, FEWEST):
        return False  # the column counts some of them
    return not left_of(own, sheet, told, said.kind)


FEWEST = 3
"""Letters of the name of a column of counts that may stand beside what it counts for it to count all."""

_ALL = phrases("counted", "all")
_OTHERS = frozenset({"before", "after", "stock", "cumulative"})
"""Classes of counts that are of some rows of a register: new suppliers, open complaints."""


def at_clients(text: str) -> bool:
    """Whether a text says that something was counted at customers, and not that it is told to them."""
    return _CLIENTS.search(WHOLE_OF.sub(" ", text)) is not None
