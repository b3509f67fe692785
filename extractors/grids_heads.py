"""Which rows of a grid are column heads, and which texts are labels of fields.

The rules look at how cells are drawn and aligned and at what kind of thing stands below, never at what the words mean.
"""

import re
from itertools import pairwise

from extractors.grids import GridCell

LABEL_CHARACTERS = 60
# Share of rows merged over the whole width from which on rows without drawn heads are a form in sections.
SECTIONS = 0.15
# Share of rows with a label from which on they are a form.
LABELLED = 0.4
# Rows from the top of a region among which the row of column heads is looked for; form heads above tables are shorter.
HEAD_SEARCH_ROWS = 25
MOST_HEADER_ROWS = 5
# Share of a row's cells that begin where the head's cells begin, for the row to belong to the table.
ALIGNED = 0.6
_LABEL_END = re.compile(r"[:\uff1a\ufe55]\s*$")
# A number, order or lot in a text: values have them, column heads do not, apart from years.
_VALUE = re.compile(r"\d{3,}(?<!19\d\d)(?<!20\d\d)")
_COUNTER = re.compile(
    r"^(\d{1,2}|(19|20)\d\d|q[1-4]|w(eek|k)?\s?\d{1,2}|fy\s?\S{2,7}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"[\s.,'-]*(\d{2,4})?|([t]|tháng\s?|thg\s?)?(0?[1-9]|1[0-2])[/.-](19|20)\d\d|(19|20)\d\d[/.-](0?[1-9]|1[0-2])|[t]\d{1,2}|(tháng|thg)\s?\d{1,2}|"
    r"((19|20)\d\d\s?[年년]\s?)?(\d{1,2}|十?[一二三四五六七八九]|十)\s?[月월]份?)$",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Whether a text is written as the label of a field: short and ending with a colon."""
    return len(text) <= LABEL_CHARACTERS and bool(_LABEL_END.search(text))


def find_head(rows: dict[int, list[GridCell]], numbers: list[int]) -> tuple[int, int]:
    """Index of the first header row and how many there are; (0, 0) where the rows have no column heads."""
    widest = max((len(filled_cells(rows[row])) for row in numbers), default=0)
    for index in range(min(len(numbers) - 1, HEAD_SEARCH_ROWS)):
        count = len(filled_cells(rows[numbers[index]]))
        if count < 2 or count < 0.5 * widest:
            continue
        head = header_end(rows, numbers, index)
        if head:
            while index > 0 and _is_group_row(rows[numbers[index - 1]], rows[numbers[index]]):
                index -= 1
                head += 1
            return index, head
    return 0, 0


def filled_cells(row: list[GridCell]) -> list[GridCell]:
    """The cells that hold text."""
    return [cell for cell in row if cell.text]


def _is_group_row(above: list[GridCell], head: list[GridCell]) -> bool:
    """Whether a row holds group heads over the columns of the next: merged across or down, no label with a field."""
    filled = filled_cells(above)
    if len(filled) < 2 or any(is_label(cell.text) for cell in filled):
        return False
    if any(cell.kind not in ("text", "date") for cell in filled):
        return False
    spans = sum(cell.column_span > 1 or cell.row_span > 1 for cell in filled)
    return spans >= 0.5 * len(filled) and not any(
        not cell.text and cell.bordered for cell in above if cell.column_span > 1
    )


def header_end(rows: dict[int, list[GridCell]], numbers: list[int], index: int) -> int:
    """How many rows from ``index`` on are column heads: 0 where that row is none."""
    row = filled_cells(rows[numbers[index]])
    if len(row) < 2 or not all(_headlike(cell) for cell in row) or any(is_label(cell.text) for cell in row):
        return 0
    if not any(cell.kind == "text" and not _COUNTER.match(cell.text.strip()) for cell in row):
        return 0
    fields = sum(not cell.text and cell.bordered for cell in rows[numbers[index]])
    if fields >= 0.5 * len(row):
        return 0  # labels with fields beside them
    counters = [cell.text.strip() for cell in row if cell.kind != "text"]
    if len(set(counters)) < len(counters) or not _counts_up([text for text in counters if text.isdigit()]):
        return 0
    count = 1
    reach = max(cell.last_row for cell in row)
    grouped = any(cell.column_span > 1 for cell in row)
    while index + count < len(numbers) and count < MOST_HEADER_ROWS:
        below = filled_cells(rows[numbers[index + count]])
        inside = numbers[index + count] <= reach
        under = grouped and below and _under_groups(row, below)
        if not ((inside or under) and all(_headlike(cell) for cell in below)):
            break
        grouped = any(cell.column_span > 1 for cell in below)
        reach = max([reach, *(cell.last_row for cell in below)]) if inside else reach
        count += 1
    data = numbers[index + count : index + count + 12]
    if not data:
        return 0
    return count if _stands_out(rows, numbers[index : index + count], data) else 0


def _counts_up(numbers: list[str]) -> bool:
    """Whether numbers over columns go on by one, as days, readings and years do; a row of values does not."""
    return all(int(after) - int(before) == 1 for before, after in pairwise(numbers))


def _headlike(cell: GridCell) -> bool:
    text = cell.text.strip()
    if cell.kind in ("number", "date"):
        return bool(_COUNTER.match(text)) or (cell.kind == "date" and (cell.bold or cell.filled))
    return len(text) <= 2 * LABEL_CHARACTERS


def _under_groups(groups: list[GridCell], below: list[GridCell]) -> bool:
    """Whether the row below fills in the columns of merged group heads, and little else."""
    wide = [cell for cell in groups if cell.column_span > 1]
    if {cell.column for cell in below} <= {cell.column for cell in groups}:
        return False  # the cells below are as wide as the heads: values, not a second line of heads
    under = [cell for cell in below if any(group.column <= cell.column <= group.last_column for group in wide)]
    return len(under) >= 2 and len(under) >= 0.7 * len(below)


def _stands_out(rows: dict[int, list[GridCell]], head: list[int], data: list[int]) -> bool:
    """Whether rows differ from the ones below as heads do: drawn differently, or text over values, or above open
    cells."""
    heads = [cell for row in head for cell in filled_cells(rows[row])]
    below = [cell for row in data for cell in rows[row]]
    labelled = sum(any(is_label(cell.text) for cell in rows[row]) for row in data)
    if labelled >= LABELLED * len(data):
        return False  # fields of a form follow, not rows of values
    starts = {cell.column for cell in heads}
    aligned = [cell for cell in below if cell.column in starts]
    if below and len(aligned) < ALIGNED * len(below):
        return False
    filled = [cell for cell in below if cell.text]
    periods = sum(bool(_COUNTER.match(cell.text.strip())) for cell in heads)
    if len(heads) >= 3 and periods >= 2 and periods >= 0.5 * len(heads):
        return True  # months, weeks or readings 1 2 3 over columns
    if len(heads) >= 3 and len(filled) < 0.35 * len(heads) * len(data) and any(cell.bordered for cell in below):
        first = rows[data[0]]
        # Labels with open fields between them are a form, however many there are in a row.
        return sum(not cell.text for cell in rows[head[0]]) < 0.5 * len(heads) and len(first) >= 0.5 * len(heads)
    styled = sum(cell.bold or cell.filled for cell in heads) / len(heads)
    styled_below = sum(cell.bold or cell.filled for cell in filled) / len(filled) if filled else 0.0
    if styled >= 0.6 and styled_below <= 0.4:
        # Two columns with one bold row may be a label and its value; a head is bold on both.
        return len(heads) >= 2
    values = sum(cell.kind in ("number", "date", "boolean") for cell in filled)
    if filled and values >= 0.25 * len(filled) and all(cell.kind == "text" for cell in heads[:2]):
        first_column = [cell for cell in filled if cell.column == heads[0].column]
        labels = sum(cell.kind == "text" for cell in first_column)
        wide = len(heads) >= 3
        return wide or labels == len(first_column) or labels == 0
    if len(heads) >= 3 and len(data) >= 2 and not any(_VALUE.search(cell.text) for cell in heads):
        sections = sum(len(rows[row]) == 1 and rows[row][0].column_span > 1 for row in data)
        if not _alike(heads, filled) or sections >= SECTIONS * len(data):
            return False
        mean_head = sum(len(cell.text) for cell in heads) / len(heads)
        mean_data = sum(len(cell.text) for cell in filled) / len(filled) if filled else 0.0
        return mean_head < 40 and (mean_data > 1.3 * mean_head or _distinct(heads))
    return False


def _alike(heads: list[GridCell], below: list[GridCell]) -> bool:
    """Whether most columns hold one kind of thing, as those of a table do and the value columns of a form do not."""
    columns: dict[int, list[str]] = {}
    for cell in below:
        columns.setdefault(cell.column, []).append(cell.kind)
    judged = [kinds for column in {cell.column for cell in heads} if len(kinds := columns.get(column, [])) >= 2]
    same = sum(max(kinds.count(kind) for kind in set(kinds)) >= 0.7 * len(kinds) for kinds in judged)
    return same >= 0.7 * len(judged)


def _distinct(cells: list[GridCell]) -> bool:
    texts = [cell.text.strip().lower() for cell in cells]
    return len(set(texts)) == len(texts)
