"""Where tables, forms and notes stand on a sheet: regions, head rows, titles.

A sheet is cut at blank rows and columns, titles are taken off the top and notes off the end, a block of labels above a
table is parted from it at the row of column heads. The rules look at how cells are drawn and aligned, never at their
words, except that a label may end with a colon.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.grids import GridCell, Region, by_row

# A single text longer than this is a paragraph, not a heading or a label.
HEADING_CHARACTERS = 120
LABEL_CHARACTERS = 60
# Rows from the top of a region among which the row of column heads is looked for; form heads above tables are shorter.
HEAD_SEARCH_ROWS = 25
MOST_HEADER_ROWS = 5
# Share of a row's cells that begin where the head's cells begin, for the row to belong to the table.
ALIGNED = 0.6
# Share of rows with a label from which on they are a form.
LABELLED = 0.4
# Tables and forms under each other without a blank row between; a sheet of more is one long form.
MOST_SECTIONS = 100
# Short texts under each other from which on they are a list and no headings.
LEAST_LIST = 4
# Share of the table's width that a section title covers.
WHOLE_WIDTH = 0.8
# Rows, columns, rows and so on: a page laid out by people needs four.
MOST_CUTS = 12
# Blank columns between two tables that stand side by side; fewer may be layout inside a form.
GAP_OF_TABLES = 1
GAP_OF_LISTS = 2

_LABEL_END = re.compile(r"[:\uff1a\ufe55]\s*$")
# A number, order or lot in a text: values have them, column heads do not, apart from years.
_VALUE = re.compile(r"\d{3,}(?<!19\d\d)(?<!20\d\d)")
_COUNTER = re.compile(
    r"^(\d{1,2}|(19|20)\d\d|q[1-4]|w(eek|k)?\s?\d{1,2}|fy\s?\S{2,7}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"[\s.,'-]*(\d{2,4})?|[t]\d{1,2}|tháng\s?\d{1,2}|\d{1,2}\s?月)$",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Whether a text is written as the label of a field: short and ending with a colon."""
    return len(text) <= LABEL_CHARACTERS and bool(_LABEL_END.search(text))


def regions(cells: Sequence[GridCell]) -> list[Region]:
    """The regions of a sheet in reading order. Every cell with text is in exactly one of them."""
    found: list[Region] = []
    for group in _cut(list(cells)):
        if any(cell.text for cell in group):
            found.extend(_read_group(group))
    return _joined(found)


def one_region(cells: Sequence[GridCell]) -> Region:
    """A grid that is known to be one table (in Word, HTML, slides): only its kind and its head rows are decided."""
    rows = by_row(cells)
    numbers = list(rows)
    head = _header_end(rows, numbers, 0) if numbers else 0
    width = len({cell.column for cell in cells})
    if head == 0 and _is_form(rows, numbers, width):
        return Region("form", list(cells))
    return Region("table", list(cells), header_rows=head)


def _cut(cells: list[GridCell], depth: int = 0) -> list[list[GridCell]]:
    """Cut at blank rows, then at blank columns where both sides stand for themselves, until nothing can be cut."""
    if depth > MOST_CUTS:
        return [cells]
    bands = _bands(cells, "row")
    if len(bands) > 1:
        return [part for band in bands for part in _cut(band, depth + 1)]
    strips = _strips(cells)
    if len(strips) > 1:
        return [part for strip in strips for part in _cut(strip, depth + 1)]
    return [cells]


def _bands(cells: list[GridCell], axis: str) -> list[list[GridCell]]:
    """Cells grouped at the blank rows (or columns) between them."""
    if axis == "row":
        spans = sorted(((cell.row, cell.last_row, index) for index, cell in enumerate(cells)))
    else:
        spans = sorted(((cell.column, cell.last_column, index) for index, cell in enumerate(cells)))
    groups: list[list[GridCell]] = []
    end = -1
    for first, last, index in spans:
        if first > end + 1 or not groups:
            groups.append([])
        groups[-1].append(cells[index])
        end = max(end, last)
    return groups


def _strips(cells: list[GridCell]) -> list[list[GridCell]]:
    """Cells grouped at blank columns, but only where the two sides are tables of their own."""
    groups = _bands(cells, "column")
    if len(groups) < 2:
        return groups
    merged = [groups[0]]
    for group in groups[1:]:
        left = merged[-1]
        gap = min(cell.column for cell in group) - max(cell.last_column for cell in left) - 1
        if _independent(left, group, gap):
            merged.append(group)
        else:
            merged[-1] = left + group
    return merged


def _independent(left: list[GridCell], right: list[GridCell], gap: int) -> bool:
    def facts(cells: list[GridCell]) -> tuple[int, int, bool]:
        rows = by_row(cell for cell in cells if cell.text)
        numbers = list(rows)
        width, start = len({cell.column for cell in cells if cell.text}), 0
        if width == 1:
            return 1, len(numbers), False
        while start < len(numbers) and _is_lone(rows[numbers[start]], rows, numbers, start):
            start += 1
        return width, len(numbers) - start, _find_head(rows, numbers[start:])[1] > 0

    (left_width, left_rows, left_head), (right_width, right_rows, right_head) = facts(left), facts(right)
    if min(left_width, right_width) >= 2 and min(left_rows, right_rows) >= 2 and gap >= GAP_OF_TABLES:
        return left_head and right_head
    # A list beside the table, such as the choices of a drop-down, has nothing to do with the rows it stands next to.
    return gap >= GAP_OF_LISTS and left_width >= 3 and left_head and right_width == 1 and right_rows >= 3


def _read_group(cells: list[GridCell]) -> list[Region]:
    """One group without blank rows inside: titles, label blocks, tables and notes, from the top down."""
    found: list[Region] = []
    rest = cells
    for _ in range(MOST_SECTIONS):
        regions_here, rest = _read_once(rest)
        found.extend(regions_here)
        if not any(cell.text for cell in rest):
            return found
    return [*found, _plain_region(by_row(rest), list(by_row(rest)), None)]


def _read_once(cells: list[GridCell]) -> tuple[list[Region], list[GridCell]]:
    """The regions down to the end of the first table, and the cells below it."""
    rows = by_row(cells)
    numbers = list(rows)
    start, end = 0, len(numbers)
    before: list[Region] = []
    while start < end and _is_lone(rows[numbers[start]], rows, numbers, start):
        before.append(_text(rows[numbers[start]]))
        start += 1
    after: list[Region] = []
    while end > start + 1 and _is_lone(rows[numbers[end - 1]], rows, numbers, end - 1):
        after.insert(0, _text(rows[numbers[end - 1]]))
        end -= 1
    body = numbers[start:end]
    if not body:
        return _list_or_texts(cells, before), []
    first, head = _find_head(rows, body)
    if not head:
        return [*before, _plain_region(rows, body, _title_of(before)), *after], []
    if first > 0:
        last = first
        while last > 1 and _is_lone(rows[body[last - 1]], rows, body, last - 1):
            last -= 1
        titles = [_text(rows[row]) for row in body[last:first]]
        before += [_plain_region(rows, body[:last], _title_of(before)), *titles]
    tail = _table_end(rows, body, first, head)
    table = Region("table", [cell for row in body[first:tail] for cell in rows[row]], title=_title_of(before))
    table.header_rows = body[first + head - 1] - table.top + 1  # counted in sheet rows, since rows are compared with it
    if tail < len(body):
        return [*before, table], [cell for row in numbers[start + tail :] for cell in rows[row]]
    return [*before, table, *after], []


def _plain_region(rows: dict[int, list[GridCell]], numbers: list[int], title: str | None) -> Region:
    cells = [cell for row in numbers for cell in rows[row]]
    width = len({cell.column for cell in cells if cell.text})
    kind = "form" if _is_form(rows, numbers, width) else "table"
    return Region(kind, cells, title=title)  # type: ignore[arg-type]


def _is_lone(row: list[GridCell], rows: dict[int, list[GridCell]], numbers: list[int], index: int) -> bool:
    """A row with one text and no field beside it."""
    filled = [cell for cell in row if cell.text]
    if len(filled) != 1 or filled[0].kind not in ("text", "error"):
        return False
    cell = filled[0]
    if is_label(cell.text):
        return False
    fields = [other for other in row if not other.text and other.bordered]
    if fields:
        return len(cell.text) > HEADING_CHARACTERS and len(fields) <= 1
    # A cell that runs down beside the next rows is the first cell of a form or table, not a title.
    return cell.row_span == 1 or index + 1 >= len(numbers) or numbers[index + 1] > cell.last_row


def _text(row: list[GridCell]) -> Region:
    return Region("text", row)


def _title_of(before: list[Region]) -> str | None:
    texts = [cell.text for region in before[-1:] if region.kind == "text" for cell in region.cells if cell.text]
    return texts[-1] if texts and len(texts[-1]) <= HEADING_CHARACTERS else None


def _list_or_texts(cells: list[GridCell], texts: list[Region]) -> list[Region]:
    """A group of one text a row: short ones under each other are a list in one column, long ones are paragraphs."""
    if len(texts) < LEAST_LIST:
        return texts
    short = [region for region in texts if len(region.cells[0].text) <= LABEL_CHARACTERS]
    if len(short) < 0.8 * len(texts) or len({region.left for region in texts}) > 2:
        return texts
    return [Region("table", cells, header_rows=1 if texts[0].cells[0].bold and not texts[1].cells[0].bold else 0)]


def _find_head(rows: dict[int, list[GridCell]], numbers: list[int]) -> tuple[int, int]:
    """Index of the first header row and how many there are; (0, 0) where the rows have no column heads."""
    widest = max((len(_filled(rows[row])) for row in numbers), default=0)
    for index in range(min(len(numbers) - 1, HEAD_SEARCH_ROWS)):
        count = len(_filled(rows[numbers[index]]))
        if count < 2 or count < 0.5 * widest:
            continue
        head = _header_end(rows, numbers, index)
        if head:
            while index > 0 and _is_group_row(rows[numbers[index - 1]], rows[numbers[index]]):
                index -= 1
                head += 1
            return index, head
    return 0, 0


def _filled(row: list[GridCell]) -> list[GridCell]:
    return [cell for cell in row if cell.text]


def _is_group_row(above: list[GridCell], head: list[GridCell]) -> bool:
    """Whether a row holds group heads over the columns of the next: merged across or down, no label with a field."""
    filled = _filled(above)
    if len(filled) < 2 or any(is_label(cell.text) for cell in filled):
        return False
    if any(cell.kind not in ("text", "date") for cell in filled):
        return False
    spans = sum(cell.column_span > 1 or cell.row_span > 1 for cell in filled)
    return spans >= 0.5 * len(filled) and not any(
        not cell.text and cell.bordered for cell in above if cell.column_span > 1
    )


def _header_end(rows: dict[int, list[GridCell]], numbers: list[int], index: int) -> int:
    """How many rows from ``index`` on are column heads: 0 where that row is none."""
    row = _filled(rows[numbers[index]])
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
        below = _filled(rows[numbers[index + count]])
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
    heads = [cell for row in head for cell in _filled(rows[row])]
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
        if not _alike(heads, filled):
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


def _table_end(rows: dict[int, list[GridCell]], numbers: list[int], first: int, head: int) -> int:
    """Index after the last row of the table.

    A section title over the whole width ends it where the rows below are divided otherwise; sign-off blocks and notes
    under a table begin their cells elsewhere.
    """
    columns = {(cell.column, cell.last_column) for row in numbers[first : first + head + 3] for cell in rows[row]}
    starts = {column for column, _ in columns}
    width = max(last for _, last in columns) - min(starts) + 1
    end = len(numbers)
    for index in range(first + head, len(numbers) - 1):
        row = rows[numbers[index]]
        if len(row) == 1 and row[0].column_span >= WHOLE_WIDTH * width and row[0].column_span > 1:
            below = next((rows[number] for number in numbers[index + 1 :] if len(rows[number]) > 1), [])
            if sum((cell.column, cell.last_column) in columns for cell in below) < ALIGNED * max(1, len(below)):
                end = index
                break
    while end > first + head + 1:
        last = rows[numbers[end - 1]]
        filled = _filled(last)
        aligned = sum(cell.column in starts for cell in last) >= ALIGNED * len(last)
        labels = bool(filled) and any(is_label(cell.text) for cell in filled)
        if (aligned and not labels) or not filled:
            break
        end -= 1
    return end


def _is_form(rows: dict[int, list[GridCell]], numbers: list[int], width: int) -> bool:
    """Whether rows without column heads are labels with values rather than rows of like values."""
    filled = [_filled(rows[row]) for row in numbers]
    flat = [cell for row in filled for cell in row]
    if any(is_label(cell.text) for cell in flat):
        return True
    if width <= 1 or not any(cell.kind == "text" for cell in flat):
        return False
    full = [row for row in filled if len(row) >= 3]
    values = sum(cell.kind in ("number", "date") for row in full for cell in row)
    if len(full) >= 3 and len(full) >= 0.7 * len(filled) and values >= 0.5 * sum(len(row) for row in full):
        return False
    starts = [tuple(cell.column for cell in row) for row in filled if row]
    alike = sum(one == other for one, other in pairwise(starts))
    uniform = len(starts) >= 4 and alike >= 0.7 * (len(starts) - 1) and width >= 3
    return not uniform


def _joined(found: list[Region]) -> list[Region]:
    """Regions that a single blank row parted although they belong together, joined again."""
    result: list[Region] = []
    for region in found:
        last = result[-1] if result else None
        if last and last.kind == region.kind == "form" and region.top - last.bottom <= 2 and _overlap(last, region):
            if len(region.cells) <= 8 or len(last.cells) <= 8:
                last.extend(region)
                continue
        elif last and last.kind == "table" and last.header_rows and _continues(last, region):
            last.extend(region)
            continue
        if (
            last
            and last.kind == "text"
            and region.kind != "text"
            and not region.title
            and region.top - last.bottom <= 2
        ):
            region.title = _title_of([last])
        result.append(region)
    return result


def _overlap(one: Region, other: Region) -> bool:
    return one.left <= other.right and other.left <= one.right


def _continues(table: Region, region: Region) -> bool:
    """Whether a region without heads goes on with the table above it after one blank row: same columns, same kinds."""
    if region.kind == "text" or region.header_rows or region.top - table.bottom > 2:
        return False
    if region.left < table.left or region.right > table.right or any(is_label(cell.text) for cell in region.cells):
        return False
    kinds = table.column_kinds()
    filled = [cell for cell in region.cells if cell.text]
    same = sum(cell.kind in kinds.get(cell.column, ()) for cell in filled)
    return len(filled) >= 2 and same >= 0.9 * len(filled) and len({cell.column for cell in filled}) >= 0.5 * len(kinds)
