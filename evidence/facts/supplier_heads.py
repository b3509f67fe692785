"""The heads of tables of suppliers: who is listed, what is bought of them, and where their scores stand."""

import itertools
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.grids import Grid
from evidence.facts.text import KEPT_TEXTS, fold, late, phrases, spellings, table_words

LEAST_LISTED = 3
"""Rows from which a table lists suppliers."""


@lru_cache(KEPT_TEXTS)
def is_supplier_head(head: str) -> bool:
    """Whether a head stands over suppliers."""
    return (
        0 < len(head) < 40 and "?" not in head and table_words("evaluation", "supplier").search(fold(head)) is not None
    )


def is_provider_head(head: str) -> bool:
    """Whether a head stands over those who carry, plate or grow for the factory: in a list of them they are its suppliers."""
    rest, found = _PROVIDER.subn(" ", fold(head))
    return found > 0 and len(head) < 40 and sum(map(str.isalpha, _NAMING.sub(" ", rest))) <= MOST_BESIDE


MOST_BESIDE = 3
"""Letters beside the word for a provider in a head: Thika Platers is a firm, ``Name of carrier`` a head."""


def says_list(folded: str) -> bool:
    """Whether a folded title says that suppliers are listed: ``approved vendors``, ``register of hauliers``, ``外协厂一览``."""
    return phrases("suppliers_flags", "list").search(folded) is not None or _LISTED.search(folded) is not None


def rates_suppliers(context: str) -> bool:
    """Whether a line of what stands around a table says that suppliers are evaluated in it."""
    return any(
        (_LISTED_ONES.search(line) and phrases("suppliers_flags", "evaluates").search(line))
        for line in fold(context).split("\n")
    )


def heads_rated(heads: Sequence[str]) -> bool:
    """Whether heads stand over names of firms and over what they reached: in an evaluation of suppliers they are these."""
    named = [head for head in heads if head]
    if len(named) < LEAST_LISTED or not all(_WITH_WEIGHT.fullmatch(head) for head in named):
        return False
    return any(is_name_head(head) or is_provider_head(head) for head in named) and any(
        table_words("evaluation", "result").search(fold(head)) for head in named
    )


_WITH_WEIGHT = re.compile(
    r"[^\d]+(?:[(（\[]?\d{1,3}(?: ?(?:[-–~～/…]|to|đến|sampai|hingga|ถึง|至|到|から) ?\d{1,3})? ?[^\W\d]{0,7}%?[)）\]]?)?"
)
"""A head, with the most that can be given under it, or the marks from the least to the most."""


def own_heads(heads: Sequence[str]) -> tuple[str, ...]:
    """Heads without the fields that stand over several of them in one row: ``Date: 06.07.2026 Firm`` is ``Firm``."""
    shared = [""] * len(heads)
    for at, (one, other) in enumerate(itertools.pairwise(heads)):
        alike = itertools.takewhile(
            lambda words: words[0] == words[1], zip(one.split(" "), other.split(" "), strict=False)
        )
        common = "".join(f"{word} " for word, _ in alike)
        if _FIELD.match(common):
            shared[at], shared[at + 1] = max(shared[at], common, key=len), common
    # of a group that shares a field and a head over it, only the field goes: the shortest that any two of it share
    fields = sorted({text for text in shared if text}, key=len)
    least = {text: next(field for field in fields if text.startswith(field)) for text in fields}
    return tuple(head[len(least[text]) :] if text else head for head, text in zip(heads, shared, strict=True))


_FIELD = re.compile(r"[^\W\d_][^:|]{1,20}: \S")

_PROVIDER = phrases("suppliers_flags", "providers")
_NAMING = phrases("suppliers_flags", "naming")
_LISTERS, _BEHIND, _PROVIDERS, _SUPPLIERS = (
    phrases("suppliers_flags", name).pattern for name in ("listers", "listers_behind", "providers", "supplier")
)
_LISTED_ONES = late(rf"(?:{_PROVIDERS}|{_SUPPLIERS})")
_LISTED = late(
    rf"(?:{_LISTERS})[^\n|]{{0,16}}?(?:{_PROVIDERS}|{_SUPPLIERS})|(?:{_PROVIDERS}|{_SUPPLIERS})[^\n|]{{0,16}}?(?:{_BEHIND})"
)
"""A word for a list and one for those who are listed, near each other in a title."""


def is_name_head(head: str) -> bool:
    """Whether a head stands over names of firms, in one language or one beside the other: ``Firma / Company``."""
    return any(part.strip(" .:") in _name_heads() for part in _TONGUES.split(fold(head)) if part)


def heads_partners(heads: Sequence[str]) -> bool:
    """Whether heads stand over what is told of partners beside their names: how to reach them, what they bring."""
    named = [head for head in heads if head]
    told = sum(
        any(table_words("evaluation", group).search(fold(head)) for group in ("reached", "supplied"))
        or phrases("suppliers_flags", "goods").search(fold(head)) is not None
        for head in named
    )
    return (
        len(named) >= LEAST_LISTED
        and told >= 1
        and all(len(head) < 40 and not any(map(str.isdigit, head)) for head in named)
    )


def names_at(grid: Grid) -> int | None:
    """The column of names in a list of suppliers whose head says what they are, mills or ginners: the first that holds words, all
    different, three at least; None where it holds sentences or what is told beside names.
    """
    for index, head in enumerate(grid.heads):
        told = [fold(cell.text) for cell in grid.column(index) if cell.text.strip()]
        if not head or sum(any(map(str.isalpha, text)) and len(text) > MOST_BESIDE for text in told) * 2 <= len(told):
            continue  # a number or a code
        beside = any(
            table_words("evaluation", group).search(fold(head)) for group in ("reached", "part_score", "result")
        )
        short = all(len(text) <= LONGEST_NAME and not text.endswith((".", "?")) for text in told)
        return index if not beside and short and len(set(told)) == len(told) >= LEAST_LISTED else None
    return None


LONGEST_NAME = 60
"""Letters of the name of a firm in a list."""

_TONGUES = re.compile(r"\s?[/|(（)）]\s?")
"""What stands between the names that a head has in two languages."""


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


_DAY = re.compile(r"\d{1,4}[./年년-] ?\d{1,2}[./月월-] ?\d{1,4}[日일]?|\d{1,2}[ .-][^\W\d_]{3,10}\.?[ -]\d{2,4}")


def tells_days(grid: Grid, index: int) -> bool:
    """Whether all that a column holds are days: when suppliers were rated is no result."""
    filled = [cell.text.strip() for cell in grid.column(index) if cell.text.strip()]
    return bool(filled) and all(_DAY.fullmatch(text) for text in filled)
