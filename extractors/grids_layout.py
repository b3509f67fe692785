"""Where tables, forms and notes stand on a sheet: regions, head rows, titles.

A sheet is cut at blank rows and columns, titles are taken off the top and notes off the end, a block of labels above a
table is parted from it at the row of column heads. The rules look at how cells are drawn and aligned, never at their
words, except that a label may end with a colon.
"""

from collections.abc import Sequence
from itertools import pairwise

from extractors.grids import GridCell, Region, by_row
from extractors.grids_heads import ALIGNED, LABEL_CHARACTERS, filled_cells, find_head, header_end, is_label

# A single text longer than this is a paragraph, not a heading or a label.
HEADING_CHARACTERS = 120
# Tables and forms under each other without a blank row between; a sheet of more is one long form.
MOST_SECTIONS = 100
# Short texts under each other from which on they are a list and no headings.
LEAST_LIST = 4
# Share of the table's width that a section title covers.
WHOLE_WIDTH = 0.8
# Rows, columns, rows and so on: a page laid out by people needs four.
MOST_CUTS = 12
# Cells looked at to part one group at its blank columns, and at its sections: each look is at all that is left. Sheets of
# 40,000 cells may have a hundred of either, a full one ten.
MOST_LOOKS = 4_000_000
# Blank columns between two tables that stand side by side; fewer may be layout inside a form.
GAP_OF_TABLES = 1
GAP_OF_LISTS = 2


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
    head = header_end(rows, numbers, 0) if numbers else 0
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
    if len(groups) * len(cells) > MOST_LOOKS:
        return [cells]
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
        return width, len(numbers) - start, find_head(rows, numbers[start:])[1] > 0

    (left_width, left_rows, left_head), (right_width, right_rows, right_head) = facts(left), facts(right)
    if min(left_width, right_width) >= 2 and min(left_rows, right_rows) >= 2 and gap >= GAP_OF_TABLES:
        return left_head and right_head
    # A list beside the table, such as the choices of a drop-down, has nothing to do with the rows it stands next to.
    return gap >= GAP_OF_LISTS and left_width >= 3 and left_head and right_width == 1 and right_rows >= 3


def _read_group(cells: list[GridCell]) -> list[Region]:
    """One group without blank rows inside: titles, label blocks, tables and notes, from the top down."""
    found: list[Region] = []
    rest, looked = cells, 0
    for _ in range(MOST_SECTIONS):
        looked += len(rest)
        if looked > MOST_LOOKS and rest is not cells:
            break
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
    while start < end and (
        _is_lone(rows[numbers[start]], rows, numbers, start) or (start == 0 and _is_title_row(rows, numbers))
    ):
        before.append(_text(rows[numbers[start]]))
        start += 1
    after: list[Region] = []
    while end > start + 1 and _is_lone(rows[numbers[end - 1]], rows, numbers, end - 1):
        after.insert(0, _text(rows[numbers[end - 1]]))
        end -= 1
    body = numbers[start:end]
    if not body:
        return _list_or_texts(cells, before), []
    first, head = find_head(rows, body)
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


def _is_title_row(rows: dict[int, list[GridCell]], numbers: list[int]) -> bool:
    """A first row of a wide title and the number of the form beside it."""
    row = rows[numbers[0]]
    if len(numbers) < 3 or not 2 <= len(row) <= 3 or not all(cell.text for cell in row):
        return False
    width = max(cell.last_column for number in numbers for cell in rows[number]) - row[0].column + 1
    widest = max(row, key=lambda cell: cell.column_span)
    other = any(is_label(cell.text) or cell.kind != "text" or cell.row_span > 1 for cell in row)
    return not other and widest.column_span >= 0.5 * width and len(rows[numbers[1]]) > len(row)


def _text(row: list[GridCell]) -> Region:
    return Region("text", row)


def _title_of(before: list[Region]) -> str | None:
    if not before or before[-1].kind != "text":
        return None
    title = widest(before[-1]).text
    return title if len(title) <= HEADING_CHARACTERS else None


def widest(region: Region) -> GridCell:
    """The cell of a text region that is its title; the number of a form may stand beside it."""
    return max(region.cells, key=lambda cell: (bool(cell.text), cell.column_span, len(cell.text)))


def _list_or_texts(cells: list[GridCell], texts: list[Region]) -> list[Region]:
    """A group of one text a row: short ones under each other are a list in one column, long ones are paragraphs."""
    if len(texts) < LEAST_LIST:
        return texts
    short = [region for region in texts if len(region.cells[0].text) <= LABEL_CHARACTERS]
    if len(short) < 0.8 * len(texts) or len({region.left for region in texts}) > 2:
        return texts
    return [Region("table", cells, header_rows=1 if texts[0].cells[0].bold and not texts[1].cells[0].bold else 0)]


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
        filled = filled_cells(last)
        aligned = sum(cell.column in starts for cell in last) >= ALIGNED * len(last)
        labels = bool(filled) and any(is_label(cell.text) for cell in filled)
        if (aligned and not labels) or not filled:
            break
        end -= 1
    return end


def _is_form(rows: dict[int, list[GridCell]], numbers: list[int], width: int) -> bool:
    """Whether rows without column heads are labels with values rather than rows of like values."""
    filled = [filled_cells(rows[row]) for row in numbers]
    flat = [cell for row in filled for cell in row]
    if any(is_label(cell.text) for cell in flat):
        return True
    if width <= 1 or not any(cell.kind == "text" for cell in flat):
        return False
    fields = sum(not cell.text and cell.bordered for row in numbers for cell in rows[row])
    if fields >= 0.5 * len(flat):
        return True  # a blank form: every label has its open field
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
