"""Tables of delimiters (CSV, TSV, semicolons, bars) in any encoding, as one sheet."""

import csv
import re
from itertools import islice
from pathlib import Path

from extractors.detect import UNKNOWN
from extractors.document import Document
from extractors.draft import Draft, clean
from extractors.encodings import decode
from extractors.errors import EmptyFile
from extractors.grids import CellKind, GridCell, region_block
from extractors.grids_layout import one_region, regions
from extractors.policy import ExtractionPolicy
from extractors.spreadsheet import write_regions
from extractors.spreadsheet_sheet import Sheet

SNIFFED_CHARACTERS = 20_000
_DELIMITERS = ",;\t|"
_NUMBER = re.compile(r"^[+-]?(\d{1,3}([.,' ]\d{3})+|\d+)([.,]\d+)?\s*%?$")
_DATE = re.compile(r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})([ T]\d{1,2}:\d{2}(:\d{2})?)?$")


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a delimited file: one sheet part, cells addressed as in a workbook. Raises EmptyFile."""
    draft = Draft(path, name, UNKNOWN, policy)
    text = decode(path.read_bytes())
    if not text.strip():
        raise EmptyFile
    sheet = Sheet(Path(name).stem or "Table")
    draft.part("sheet", sheet.name)
    for number, row in enumerate(islice(_rows(text), policy.sheet_rows + 1), start=1):
        if number > policy.sheet_rows or len(sheet.cells) >= policy.workbook_cells:
            draft.once("limit_exceeded", "The table has more rows than the set limit; the rest was left out.")
            break
        if any(value.strip() for value in row[policy.sheet_columns :]):
            where = sheet.place(number, policy.sheet_columns + 1, number, policy.sheet_columns + 1)
            draft.once("limit_exceeded", "The table is wider than the set limit; the rest was left out.", where)
        for column, value in enumerate(row[: policy.sheet_columns], start=1):
            if shown := clean(value).strip():
                sheet.cells[number, column] = GridCell(number, column, shown, kind=cell_kind(shown))
    cells = list(sheet.cells.values())
    if cells:
        found = regions(cells)
        if sum(region.kind == "table" for region in found) == 1 and len(found) <= 2 and not found[0].header_rows:
            region_block(draft, one_region(cells), sheet.place)
        else:
            write_regions(found, sheet, draft, hidden=False)
    return draft.document()


def cell_kind(text: str) -> CellKind:
    """The kind of a value that has only its letters to tell it."""
    if _DATE.match(text):
        return "date"
    return "number" if _NUMBER.match(text) else "text"


def _rows(text: str):  # type: ignore[no-untyped-def]
    csv.field_size_limit(1_000_000)
    lines = text.replace("\x00", "").splitlines(keepends=True)
    delimiter = _delimiter(lines)
    if lines and (declared := re.match(r"(?i)^sep=(.)\s*$", lines[0])):
        # The first line that Excel writes to name the delimiter.
        delimiter, lines = declared[1], lines[1:]
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue


def _delimiter(lines: list[str]) -> str:
    """The delimiter: the sniffer's answer, else the one that divides most lines into the same number of fields."""
    sample = "".join(lines[:200])[:SNIFFED_CHARACTERS]
    scores = {}
    for delimiter in _DELIMITERS:
        counts = [len(row) for row in csv.reader(sample.splitlines(), delimiter=delimiter) if row] or [1]
        common = max(set(counts), key=counts.count)
        scores[delimiter] = counts.count(common) / len(counts) * (common > 1) + min(common, 50) / 1000
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] > 0.6:
        return best
    try:
        return csv.Sniffer().sniff(sample, _DELIMITERS).delimiter
    except csv.Error:
        return best
