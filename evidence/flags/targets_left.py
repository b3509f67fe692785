"""Targets whose own places for what came out were left empty: the row of a sheet beside rows that have their figures, and whole lists of
objectives with quarters, months or results in which nothing was ever written.
"""

from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, age_months, as_day, cite, is_example
from evidence.facts.indicators import measure_of, says
from evidence.facts.periods import bounds
from evidence.facts.sheet_periods import year_of
from evidence.facts.text import fold, lettered
from evidence.facts.told_spans import month_spans
from evidence.flags.figure_tables import figure_tables
from evidence.flags.registry import Finding, name_of
from evidence.flags.told_tables import TableRow, ToldTable, heads, tables_of
from evidence.flags.told_ways import shared_letters
from evidence.model import DocumentReport
from evidence.quality_series import is_real_series

LEAST_MONTHS = 4
"""Months of a sheet in all of which a measure has no figure."""

NAME_AND_TARGET = 2
"""Cells of a row in which nothing else was filled in."""

LEAST_AIMS = 2
"""Targets of a list whose places were left empty."""

SINCE, SINCE_QUARTER = 2, 5
"""Months since the end of a period after which its figure is due; a quarter may be one of a business year, and end later."""

LEAST_SHARED = 4
"""Letters of the name of a target that the name of a series repeats where it is of the same."""


def targets_left(bundle: Bundle) -> Iterator[Finding]:
    """The first row of a sheet, and the first list of each paper, whose targets nobody ever set a figure beside."""
    yield from _never_filled(bundle)
    measured: list[tuple[str, str]] | None = None
    for document in bundle.read:
        if is_example(document) or document.kind in ("certificate", "manual", "blank_form"):
            continue
        for table in tables_of(document, head_of=_heads):
            aims = _left(bundle, document, table)
            if len(aims) < LEAST_AIMS:
                continue
            if measured is None:
                lines = [item for item in bundle.items("series") if is_real_series(bundle, item)]
                measured = [(item.fact.role, fold(str(item.value.get("label", "")))) for item in lines]
            left = [row for row in aims if not _is_measured(_name(row, _aimed(table) or 0), measured)]
            if len(left) >= LEAST_AIMS and 2 * len(left) >= len(aims):
                words = {"count": len(left), "example": left[0].line[:80], "name": name_of(document.path), "other": ""}
                yield Finding(words, tuple(cite(document, row.passage, row.line) for row in left[:LEAST_AIMS]))
                break


def _left(bundle: Bundle, document: DocumentReport, table: ToldTable) -> Sequence[TableRow]:
    """The rows of a table with a target each, where it has places for figures that are due and all of them are empty."""
    aimed = _aimed(table)
    if aimed is None:
        return ()
    texts = (*table.head, *reversed(table.above), *table.rows[0].passage.heading[::-1], name_of(document.path))
    year = year_of([text for text in texts if text])
    places = [at for at, head in enumerate(table.head) if at not in (0, aimed) and _is_place(head)]
    due = [at for at in places if _is_due(bundle, table.head[at], year)]
    rows = [row for row in table.rows if any(map(str.isdigit, _cell(row, aimed))) and _name(row, aimed)]
    if not due or any(_cell(row, at) for row in table.rows for at in places):
        return ()
    return rows


def _heads(cells: list[str]) -> bool:
    """Whether cells head columns, one of them that of targets; those of quarters may begin with their number: ``1st quarter``."""
    named = [_period_word(cell) for cell in cells]
    return any(says(cell, "target") for cell in named[1:]) and heads(named)


def _period_word(cell: str) -> str:
    return "period" if len(cell) <= LONGEST_PERIOD and len(list(month_spans(cell))) == 1 else cell


LONGEST_PERIOD = 24
"""Letters of a head that names a period and nothing else."""


def _is_place(head: str) -> bool:
    return len(list(month_spans(head))) == 1 or says(head, "actual")


def _is_due(bundle: Bundle, head: str, told: int | None) -> bool:
    """Whether what belongs under a head should be known at the reference date."""
    spans = list(month_spans(head))
    year = (spans[0].year if spans else None) or told
    if year is None:
        return False
    end = as_day(bounds(f"{year}-{spans[0].last if spans else 12:02d}")[1])
    quarter = bool(spans) and spans[0].quarter
    return end is not None and age_months(end, bundle.today) >= (SINCE_QUARTER if quarter else SINCE)


def _cell(row: TableRow, at: int) -> str:
    return row.cells[at].strip(" -–—_.") if at < len(row.cells) else ""


def _aimed(table: ToldTable) -> int | None:
    """The one column of targets: it is called so, and has a figure in most rows; ``Objective`` may head their names."""
    called = [at for at, head in enumerate(table.head) if at and says(head, "target") and not says(head, "actual")]
    filled = [
        at for at in called if 2 * sum(any(map(str.isdigit, _cell(row, at))) for row in table.rows) > len(table.rows)
    ]
    return filled[0] if len(filled) == 1 else None


def _name(row: TableRow, aimed: int) -> str:
    """What a row is of: its first cell in words that stands before its target."""
    return next((cell for cell in row.cells[:aimed] if lettered(cell)), "")


def _is_measured(name: str, measured: Sequence[tuple[str, str]]) -> bool:
    """Whether a series of the bundle is of the same measure, or called alike."""
    own = measure_of(name)
    return any((own and own.id == role) or shared_letters(name, label) >= LEAST_SHARED for role, label in measured)


def _never_filled(bundle: Bundle) -> Iterator[Finding]:
    """The row of a measure that has its target and no figure in any month of a sheet whose other rows have theirs."""
    for one in figure_tables(bundle):
        months = [at for at, head in enumerate(one.heads) if at and len(list(month_spans(fold(head)))) == 1]
        aimed = [at for at, head in enumerate(one.heads) if says(head, "target")]
        if len(months) < LEAST_MONTHS or len(aimed) != 1 or one.document.kind != "metrics_record":
            continue
        told = [sum(at in one.figures.get(month, {}) for month in months) for at in range(len(one.rows))]
        full = sum(count == len(months) for count in told)
        for at, row in enumerate(one.rows):
            filled = [cell for cell in row.cells if cell]
            measure = measure_of(row.cells[0])
            if told[at] or full < LEAST_MONTHS - 1 or len(filled) != NAME_AND_TARGET or measure is None:
                continue
            if at in one.figures.get(aimed[0], {}) and measure.id != "customer_satisfaction":
                yield Finding(
                    {"count": 1, "example": row.line[:80], "name": name_of(one.document.path), "other": ""},
                    (cite(one.document, row.passage, row.line),),
                )
                return
