"""Tables inside running text (Word, HTML, Markdown): cells numbered in reading order, addressed as table and cell."""

from extractors.draft import Draft
from extractors.grids import GridCell, region_block
from extractors.grids_layout import one_region
from extractors.locators import Locator, ParagraphLocator
from extractors.spreadsheet_sheet import range_name


def write_table(draft: Draft, cells: list[GridCell], *, header_rows: int | None = None, hidden: bool = False) -> None:
    """Write a table whose kind is decided from its cells; ``header_rows`` where the file itself says how many there
    are.

    Cells are addressed in A1 notation within their table; each counts as a paragraph.
    """
    if not any(cell.text.strip() for cell in cells):
        return
    cells = sorted(cells, key=lambda cell: (cell.row, cell.column))
    draft.tables += 1
    table = draft.tables
    first = draft.paragraphs + 1
    numbers = {(cell.row, cell.column): first + index for index, cell in enumerate(cells)}
    draft.paragraphs += len(cells)
    last = draft.paragraphs

    def place(top: int, left: int, bottom: int, right: int) -> Locator:
        number = numbers.get((top, left))
        if number is None or (top, left, bottom, right) == whole:
            return ParagraphLocator(paragraph=first, last=last if last > first else None, table=table, mail=draft.mail)
        return ParagraphLocator(paragraph=number, table=table, cell=range_name(top, left, top, left), mail=draft.mail)

    region = one_region(cells)
    whole = (region.top, region.left, region.bottom, region.right) if len(cells) > 1 else (0, 0, 0, 0)
    if header_rows is not None:
        region.kind, region.header_rows = "table", header_rows
    region.hidden = hidden
    region_block(draft, region, place)
