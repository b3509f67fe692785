"""Columns of registers behind the problem whose words nobody understood: what a register lacks, the cause or a look at the effect, may stand
there under any head, and nothing is said of its lack.

A column is understood by its head (a part of a case, who did it, whose goods) or by its cells: days, numbers, codes, states, names.
"""

import re
from collections.abc import Sequence

from evidence.facts.columns import Column, columns_of, is_partner
from evidence.facts.days import days_in
from evidence.facts.grids import Grid
from evidence.facts.identifiers import role_of_head
from evidence.facts.people import lexicon as people
from evidence.facts.sources import Source
from evidence.facts.text import any_of, fold, late, phrases, table_words

FIRST = ("problem", "root_cause", "action")
"""Parts with which what a row tells begins: what stands before them says whose case it is and what it is about."""


def unread_columns(source: Source, grid: Grid, fields: Sequence[str | None]) -> list[int]:
    """The columns that may hold a part of the case for which no other column is."""
    begin = min((at for at, name in enumerate(fields) if name in FIRST), default=len(fields))
    unknown = [at for at, name in enumerate(fields) if name is None and at > begin]
    if not unknown:
        return []
    columns = columns_of(source, grid)
    return [at for at in unknown if columns[at].filled and not _understood(source, grid, columns[at])]


def _understood(source: Source, grid: Grid, column: Column) -> bool:
    head, cells = column.head, [fold(cell.text).strip() for cell in grid.column(column.index) if cell.text.strip()]
    if column.days or column.numbers:
        return True
    if column.states == column.filled and (
        column.short or not column.told
    ):  # ``OK`` in all rows is a verdict, and no state
        marks = any(table_words("evaluation", "mark").fullmatch(cell) for cell in cells)
        return not marks and not any(figures_beside(source, cell.text) for cell in grid.column(column.index))
    if head and (is_partner(head) or role_of_head(head)):
        return True
    if head and people().label(head) and not any(map(str.isdigit, "".join(cells))):
        return True  # ``Checked`` may stand over who did it, or over what he saw
    if any(_GOOD.search(cell) for cell in cells):
        return False  # a look at the effect, whatever it is headed
    named = len(set(cells)) > 1 and not phrases("columns", "analysed").search(fold(head))
    return all(_CODE.fullmatch(cell) or _AMOUNT.fullmatch(cell) for cell in cells) or (column.short and named)


def figures_beside(source: Source, text: str) -> str:
    """What a cell for a state, an end or a name tells with figures beside its days: ``10 April closed, 3 lots without a break``; empty where
    it tells none.
    """
    bare = text
    for begin, end, _ in days_in(source, text):
        bare = bare[:begin] + " " * (end - begin) + bare[end:]
    told = _COUNT.search(bare) and sum(map(str.isalpha, bare)) >= LEAST_LETTERS
    return text if told else ""


LEAST_LETTERS = 2
"""Letters beside a figure from which something was counted."""

_COUNT = re.compile(r"(?<![^\W_])(?<![/.-])\d+(?![^\W_]*\d)")
_CODE = re.compile(r"(?=[^\d]*\d)[\w./#-]{1,20}")
_AMOUNT = re.compile(r"[\d.,]{1,12} ?[^\W\d_]{1,6}\.?|[^\W\d_]{1,4} ?[\d.,]{1,12}")
_GOOD = late(
    r"(?<![\d.,/-])0 [^\W\d_]{2}|"
    + any_of(
        ("corrective_flags", "effect"),
        ("corrective_flags", "all_well"),
        ("corrective_flags", "none_found"),
        ("corrective_flags", "looked_at"),
        ("audits_flags", "zero"),
        ("audits_flags", "none_before"),
        ("audits_flags", "none_behind"),
        ("audits_flags", "in_order"),
    ).pattern
)
