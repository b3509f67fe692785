"""Rows of tables in which a day stands alone in a cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evidence.bundle import as_day
from evidence.facts.case_heads import meaning
from evidence.facts.text import fold
from evidence.flags.card_rows import as_rows, cards_of, turned
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
    """The row of a day, of ``least`` cells, also of a register that is turned or whose rows are forms; ``tables`` keeps the rows of each
    part that was looked at.
    """
    row = [_whole(cell, fact.quote) for cell in cells_of(line_of(passage, fact.quote))]
    if passage.part not in tables:
        told = (p.text for p in document.passages if p.part == passage.part)
        tables[passage.part] = [cells for text in told for cells in map(cells_of, text.splitlines())]
    if fact.quote not in row:
        return None
    if len(row) == len(("label", "value")):
        return _of_card(tables[passage.part], fact.quote, least)
    if len(row) < least:
        return None
    if _is_turned(document, row):
        columns = turned(tables[passage.part], tables[passage.part].index(cells_of(line_of(passage, fact.quote))))
        own = next((cells for cells in columns if fact.quote in cells), row)
        return Row(own, own.index(fact.quote), [cells for cells in columns if cells != own])
    others = [cells[: len(row)] for cells in tables[passage.part] if len(cells) >= len(row) and cells != row]
    return Row(row, row.index(fact.quote), others)


def _is_turned(document: DocumentReport, row: Sequence[str]) -> bool:
    """Whether a row holds the days of a register: a head, and then day beside day."""
    quotes = {fact.quote for fact in document.facts if fact.kind == "date"}
    filled = [cell for cell in row[1:] if cell]
    return row[0] not in quotes and len(filled) >= LEAST_DECIDED and all(cell in quotes for cell in filled)


def _of_card(table: Sequence[Sequence[str]], quote: str, least: int) -> Row | None:
    """The row of a day in a register whose rows are forms."""
    heads, rows = as_rows(cards_of([" | ".join(cells) for cells in table]))
    own = next((cells for cells in rows if quote in cells), None)
    if own is None or len(own) < least:
        return None
    return Row(own, own.index(quote), [heads, *(cells for cells in rows if cells != own)])


def fields_behind(document: DocumentReport, passage: Passage, quote: str) -> list[str]:
    """What the fields behind that of a day say in its card; nothing where the paper has no cards."""
    lines = [line for p in document.passages if p.part == passage.part for line in p.text.splitlines()]
    line = line_of(passage, quote)
    for card in cards_of(lines) if line in lines else ():
        at = next((place for place, (number, _) in enumerate(card) if lines[number] == line), None)
        if at is not None:
            return [value for _, (_, value) in card[at + 1 :]]
    return []


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
