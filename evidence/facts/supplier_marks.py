"""Which columns of a table of suppliers hold their names, and which what they reached: by what stands in the cells, for a head such as
``Service`` or ``Class`` stands over marks in one table and over goods in another.
"""

import re
from collections.abc import Sequence

from evidence.facts.grids import Grid
from evidence.facts.sentence_series import month_token
from evidence.facts.supplier_heads import is_name_head, is_supplier_head, rates_suppliers, tells_days, unscored
from evidence.facts.text import fold, phrases, table_words


def supplier_column(grid: Grid) -> int | None:
    """The column of the names of suppliers: of several heads for them the one over most names, and where it holds codes alone, one for
    names.
    """
    heads = [index for index, head in enumerate(grid.heads) if is_supplier_head(head)]
    if not heads:
        return None
    best = max(heads, key=lambda index: (_named(grid, index), -index))
    if _named(grid, best):
        return best if len(heads) > 1 else heads[0]
    named = [index for index, head in enumerate(grid.heads) if is_name_head(head) and _named(grid, index)]
    return named[0] if named else heads[0]


def _named(grid: Grid, index: int) -> int:
    """How many cells of a column can be names: words, and no code of letters and figures."""
    texts = [cell.text.strip() for cell in grid.column(index)]
    return len(
        {
            text
            for text in texts
            if sum(map(str.isalpha, text)) >= LEAST_LETTERS and (" " in text or not any(map(str.isdigit, text)))
        }
    )


LEAST_LETTERS = 3
"""Letters from which a cell can name a firm."""


def rating_columns(grid: Grid, supplier_at: int) -> list[int]:
    """The columns for what suppliers reached, empty ones too: scores, grades and verdicts under a head for them, and where there are none
    the figures that they are measured by.
    """
    asked = [
        index
        for index, head in enumerate(grid.heads)
        if index != supplier_at and (_is_asked(head, "result") or _is_asked(head, "part_score"))
    ]
    asked = [index for index in asked if not _ASSESSOR.search(fold(grid.heads[index]))] or asked
    asked = [index for index in asked if not _tells_something_else(grid, index)] or unscored(grid)
    asked = [index for index in asked if not tells_days(grid, index)] or asked
    return asked or measured_columns(grid, supplier_at)


def _is_asked(head: str, group: str) -> bool:
    return table_words("evaluation", group).search(fold(head)) is not None


def _tells_something_else(grid: Grid, index: int) -> bool:
    """Whether a column under a head that may ask for marks holds none: goods, terms, certificates, persons."""
    head = fold(grid.heads[index])
    if rates_by_head(head):
        return False
    filled = [fold(cell.text).strip() for cell in grid.column(index) if cell.text.strip()]
    if not filled:
        return False
    if _TERMS.search(head):
        return True
    return sum(map(_is_mark, filled)) * 2 < len(filled) and not _come_again(head, filled)


def rates_by_head(folded: str) -> bool:
    """Whether a folded head asks for a result of suppliers, and not for the class or the grade of what they sell."""
    rest = _CLASSES.sub(" ", folded)
    results = table_words("evaluation", "result")
    return results.search(rest) is not None and _GOODS.search(results.sub(" ", rest)) is None


def _is_mark(text: str) -> bool:
    """Whether a folded cell tells how good something is: a figure, a letter for a grade, a word for it."""
    return _FIGURE.fullmatch(text) is not None or table_words("evaluation", "mark").search(text) is not None


_FIGURE = re.compile(
    r"[<>≤≥~]?\s?\d{1,7}(?:[.,]\d+)?\s?(?:%|/\s?\d{1,3}|[^\W\d]{1,6}\.?)?|[a-e][+-]?|[*★☆✓✔○◎△×xv-]{1,5}|i{1,3}|iv"
)
"""A figure with its unit, a grade, or a sign."""


def _come_again(head: str, filled: Sequence[str]) -> bool:
    """Whether short words come again from row to row, under a head that names nothing else than what may be rated."""
    rest = table_words("evaluation", "part_score").sub(" ", _CLASSES.sub(" ", head))
    if (
        table_words("evaluation", "beside").search(rest)
        or _SERVICE.fullmatch(head.strip(" .:"))
        or _CLASSES.search(head)
        or table_words("checklist", "remarks").fullmatch(head.strip(" .:"))
    ):
        return False
    return len(filled) > LEAST_LETTERS and len(set(filled)) * 2 <= len(filled) and max(map(len, filled)) <= LONGEST_MARK


LONGEST_MARK = 16
"""Letters of a word that is a mark, as far as it is not known."""


def measured_columns(grid: Grid, supplier_at: int) -> list[int]:
    """The columns of figures that suppliers are measured by: what was rejected of theirs, came on time or was complained about, each of
    them once or in a table that says it rates them; a list of deliveries measures nobody.
    """
    names = [fold(row[supplier_at].text).strip() for row in grid.rows if row[supplier_at].text.strip()]
    if len(set(names)) < len(names) and not rates_suppliers(grid.context):
        return []
    about = table_words("evaluation", "measured").search(fold(grid.context)) or rates_suppliers(grid.context)
    return [
        index
        for index, head in enumerate(grid.heads)
        if index != supplier_at
        and head
        and (table_words("evaluation", "measured").search(fold(head)) or (about and _is_month(head)))
        and sum(map(_begins_with_figure, (cell.text for cell in grid.column(index)))) * 2 > len(names)
    ]


def _is_month(head: str) -> bool:
    found = month_token().match(fold(head))
    return found is not None and found["month"] is not None


def _begins_with_figure(text: str) -> bool:
    return text.strip()[:1].isdigit()


_ASSESSOR = phrases("suppliers_flags", "assessor")
_CLASSES, _TERMS, _SERVICE, _GOODS = (
    phrases("suppliers_flags", name) for name in ("classes", "terms", "services", "goods")
)
