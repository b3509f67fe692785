"""The heads of tables of suppliers: who is listed, what is bought of them, and where their scores stand."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.grids import Grid
from evidence.facts.text import KEPT_TEXTS, fold, spellings, table_words

LEAST_LISTED = 3
"""Rows from which a table lists suppliers."""


@lru_cache(KEPT_TEXTS)
def is_supplier_head(head: str) -> bool:
    """Whether a head stands over suppliers."""
    return (
        0 < len(head) < 40 and "?" not in head and table_words("evaluation", "supplier").search(fold(head)) is not None
    )


def is_name_head(head: str) -> bool:
    """Whether a head stands over names of firms."""
    return fold(head).strip(" .:") in _name_heads()


@cache
def _name_heads() -> frozenset[str]:
    return spellings(table("tables")["evaluation"]["name"])


def says_supplied(heads: Sequence[str]) -> bool:
    """Whether heads stand over firms, what is bought of them and how to reach them: a list of suppliers without the word."""
    folded = [fold(head) for head in heads]
    return (
        any(is_name_head(head) for head in heads)
        and any(table_words("evaluation", "supplied").search(head) for head in folded)
        and any(table_words("evaluation", "reached").search(head) for head in folded)
    )


def unscored(grid: Grid) -> list[int]:
    """The columns of a table of suppliers that are empty in every row, two at least, one of them for a score: what the others are
    called is the factory's affair.
    """
    if not any(is_supplier_head(head) for head in grid.heads if head) or len(grid.rows) < LEAST_LISTED:
        return []
    empty = [
        index
        for index, head in enumerate(grid.heads)
        if head and not any(cell.text.strip() for cell in grid.column(index))
    ]
    rated = any(
        table_words("evaluation", group).search(fold(grid.heads[index]))
        for index in empty
        for group in ("result", "part_score")
    )
    return empty if rated and len(empty) > 1 else []


def names_goods(grid: Grid, index: int) -> bool:
    """Whether a column that seems to rate tells what is bought: its head names something beside that, and no cell begins with a figure."""
    head = fold(grid.heads[index])
    if table_words("evaluation", "result").search(head) or not table_words("evaluation", "part_score").search(head):
        return False
    rest = table_words("evaluation", "part_score").sub(" ", head)
    return table_words("evaluation", "beside").search(rest) is not None and not any(
        cell.text[:1].isdigit() for cell in grid.column(index)
    )


_DAY = re.compile(r"\d{1,4}[./年년-] ?\d{1,2}[./月월-] ?\d{1,4}[日일]?|\d{1,2}[ .-][^\W\d_]{3,10}\.?[ -]\d{2,4}")


def tells_days(grid: Grid, index: int) -> bool:
    """Whether all that a column holds are days: when suppliers were rated is no result."""
    filled = [cell.text.strip() for cell in grid.column(index) if cell.text.strip()]
    return bool(filled) and all(_DAY.fullmatch(text) for text in filled)
