"""Rows of tables in which a day stands alone in a cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evidence.bundle import as_day
from evidence.facts.case_heads import meaning
from evidence.facts.text import fold
from evidence.model import DocumentReport, Fact, Passage

LEAST_CELLS = 4
"""Cells of a row that tells the day, what was done, by whom and with what result."""

LEAST_DECIDED = 3
"""Cells of a row that tells what was decided, who sees to it and until when."""


def cells_of(line: str) -> list[str]:
    """The cells of a line."""
    return [cell.strip() for cell in line.split("|")]


def line_of(passage: Passage, quote: str) -> str:
    """The whole line in which a quote stands first, however long its row is."""
    return next((line for line in passage.text.splitlines() if quote in line), "")


@dataclass(frozen=True)
class Row:
    """The row of a table in which a day stands alone in a cell, that cell, and the rows of as many cells: where the last are empty, some rows are longer."""

    cells: list[str]
    at: int
    others: list[list[str]]

    @cached_property
    def heads(self) -> list[str]:
        """What the column of the day is headed by."""
        return [cells[self.at] for cells in self.others if not any(map(str.isdigit, cells[self.at]))]

    @cached_property
    def dated(self) -> list[list[str]]:
        """The other rows that have a day in the column."""
        return [cells for cells in self.others if any(map(str.isdigit, cells[self.at]))]

    @cached_property
    def column(self) -> list[str]:
        """The other days of the column."""
        return [cells[self.at] for cells in self.dated]

    def headed(self, pattern: re.Pattern[str]) -> bool:
        """Whether a column that is filled here has a head of such words."""
        heads = [cells for cells in self.others if not any(map(str.isdigit, "".join(cells)))]
        return any(
            pattern.search(fold(cells[index]))
            for cells in heads
            for index, cell in enumerate(self.cells)
            if meaning(cell)
        )

    def counts(self, pattern: re.Pattern[str]) -> bool:
        """Whether a column with a head of such words holds a bare number here and in each row with a day."""
        heads = [cells for cells in self.others if not any(map(str.isdigit, "".join(cells)))]
        return any(
            cells[index].strip() and pattern.search(fold(cells[index])) and all(c[index].isdigit() for c in rows)
            for rows in ([self.cells, *self.dated],)
            for cells in heads
            for index in range(len(self.cells))
        )


def row_of(
    document: DocumentReport,
    tables: dict[int, list[list[str]]],
    passage: Passage,
    fact: Fact,
    least: int = LEAST_CELLS,
) -> Row | None:
    """The row of a day, of ``least`` cells; ``tables`` keeps the rows of each part that was looked at."""
    row = [_whole(cell, fact.quote) for cell in cells_of(line_of(passage, fact.quote))]
    if fact.quote not in row or len(row) < least:
        return None
    if passage.part not in tables:
        told = (p.text for p in document.passages if p.part == passage.part)
        tables[passage.part] = [cells for text in told for cells in map(cells_of, text.splitlines())]
    others = [cells[: len(row)] for cells in tables[passage.part] if len(cells) >= len(row) and cells != row]
    return Row(row, row.index(fact.quote), others)


def _whole(cell: str, quote: str) -> str:
    """A cell without the point that closes a day, as in Korea: ``26. 12. 08.``."""
    return quote if cell == f"{quote}." else cell


def is_told_by_column(document: DocumentReport, row: Row, table: Sequence[Sequence[str]]) -> bool:
    """Whether the column of a day tells which of its numbers is the month: read so its days run on, or one of them can be read in no
    other way; with day and month exchanged they do not.
    """
    values = {f.quote: as_day(f.value) for f in document.facts if f.kind == "date" and f.quote}
    days = [day for cells in table if row.at < len(cells) and (day := values.get(cells[row.at]))]
    if len(set(days)) < LEAST_DAYS or days != sorted(days):
        return False
    turned = [date(day.year, day.day, day.month) if day.day <= MONTHS else None for day in days]
    return None in turned or turned != sorted(turned, key=str)


LEAST_DAYS = 4
"""Days of a column from which they run on by more than chance."""

MONTHS = 12


MOST_STATED = 4
"""Words of a cell that names a field or a state; a longer one tells a story of its own."""


def is_short(cell: str) -> bool:
    """Whether a cell names a field or a state."""
    return len(cell.split()) <= MOST_STATED and len(cell) <= LONGEST_STATE


LONGEST_STATE = 30
"""Letters of such a cell: where no blanks part words, a longer one is a sentence."""
