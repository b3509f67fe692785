"""Whether everything that an office file shows is in our passages: each file against the library of its own format.

    python -m benchmarks.fidelity_office FOLDER    names each file with something missing, and what

openpyxl, xlrd, python-docx and python-pptx open each file of FOLDER that they can. What they give as text (cells,
comments, paragraphs, tables in tables, text boxes, headers, shapes, notes) is cut at white space into words, and each
word is looked for in our passages as often as it stands there. Numbers and dates of cells are compared by value, since
libraries give 0.0237 where a person sees 2.37 %: the cell of ours at the same place must hold the same value and be
covered by a passage. A file is complete when nothing is missing. Files that the library refuses are counted apart.
"""

import argparse
import datetime as dt
import re
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.figures import Figure, NotHere
from evidence.passages import cut
from extractors.detect import DOCM, DOCX, PPTM, PPTX, XLS, XLSM, XLSX, media_type
from extractors.document import Document
from extractors.draft import clean
from extractors.errors import ExtractionError
from extractors.locators import SheetLocator
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader
from extractors.symbols import shown

# Seconds given to a library for one file: openpyxl walks through every row that a sheet claims to have.
LIBRARY_SECONDS = 60
# Difference of a number to the one shown that rounding explains: Excel keeps 15 digits.
NEAR = 1e-9


@dataclass
class Seen:
    """What a library sees: words, and values (number, date or truth) by sheet and cell."""

    words: Counter[str] = field(default_factory=Counter)
    values: dict[tuple[str, str], object] = field(default_factory=dict)

    def add(self, text: object) -> None:
        """Take in the words of a text."""
        self.words.update(words_of(str(text)))


@dataclass
class Outcome:
    """One file: how much its library sees, and what of that our passages miss."""

    name: str
    library: str
    items: int = 0
    missing: list[str] = field(default_factory=list)
    refused: str | None = None
    error: str | None = None


def words_of(text: str) -> list[str]:
    """Words as a person sees them, cut at white space and at the bars that our rows are joined with."""
    return [word for word in clean(re.sub(r"_x00[01][0-9A-Fa-f]_", " ", text)).replace("|", " ").split() if word]


def see_xlsx(path: Path) -> Seen:
    """Cells and comments by openpyxl, results of formulas as saved."""
    import openpyxl

    seen = Seen()
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, str):
                    seen.add(shown(value, cell.font.name if cell.font else None))
                elif value is not None:
                    seen.values[sheet.title, cell.coordinate] = value
                if cell.comment:
                    seen.add(cell.comment.text)
    return seen


def see_xls(path: Path) -> Seen:
    """Cells and comments by xlrd."""
    import xlrd
    from xlrd.formula import colname

    seen = Seen()
    book = xlrd.open_workbook(str(path), formatting_info=True, logfile=sys.stderr)
    for sheet in book.sheets():
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                cell = sheet.cell(row, column)
                if cell.ctype == xlrd.XL_CELL_TEXT:
                    font = book.font_list[book.xf_list[cell.xf_index].font_index].name
                    seen.add(shown(cell.value, font))
                elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    seen.values[sheet.name, f"{colname(column)}{row + 1}"] = cell.value
                elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    seen.values[sheet.name, f"{colname(column)}{row + 1}"] = bool(cell.value)
        for note in sheet.cell_note_map.values():
            seen.add(note.text)
    return seen


def see_docx(path: Path) -> Seen:
    """Paragraphs (in tables, text boxes and content controls too), comments, headers and footers by python-docx."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE

    seen = Seen()
    document = docx.Document(str(path))
    for line in _word_lines(document.element.body):
        seen.add(line)
    edges: set[str] = set()
    for relation in document.part.rels.values():
        if relation.is_external:
            continue
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            edges.add("\n".join(_word_lines(relation.target_part.element)))
        elif relation.reltype == RELATIONSHIP_TYPE.COMMENTS:
            for line in _word_lines(relation.target_part.element):
                seen.add(line)
    for edge in edges:  # the same header for first, odd and even pages is said once
        seen.add(edge)
    return seen


def _word_lines(root: Any) -> Iterator[str]:
    """Texts of the paragraphs below an element, those of inner text boxes apart; the fallback copy of a box is none."""
    from docx.oxml.ns import qn

    inner = (qn("w:p"),)
    for paragraph in root.iter(qn("w:p")):
        if any(up.tag.endswith("}Fallback") for up in paragraph.iterancestors()):
            continue
        parts: list[str] = []
        for part in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:ptab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
            if next(part.iterancestors(*inner)) is not paragraph:
                continue
            if part.tag == qn("w:tab") and part.getparent().tag != qn("w:r"):
                continue
            parts.append(part.text or "" if part.tag == qn("w:t") else "-" if part.tag.endswith("Hyphen") else " ")
        yield "".join(parts)


def see_pptx(path: Path) -> Seen:
    """Shapes in groups, tables, charts and notes by python-pptx."""
    import pptx

    seen = Seen()
    for slide in pptx.Presentation(str(path)).slides:
        for shape in _shapes(slide.shapes):
            if shape.has_text_frame:
                seen.add(shape.text_frame.text)
            if getattr(shape, "has_table", False) and shape.has_table:
                for cell in shape.table.iter_cells():
                    seen.add(cell.text)
            if getattr(shape, "has_chart", False) and shape.has_chart:
                for plot in shape.chart.plots:
                    for series in plot.series:
                        seen.add(series.name)
                    for category in plot.categories:
                        seen.add(category)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            seen.add(slide.notes_slide.notes_text_frame.text)
    return seen


def _shapes(shapes: Iterable[Any]) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


LIBRARIES: dict[str, tuple[str, Callable[[Path], Seen]]] = {
    **dict.fromkeys((XLSX, XLSM), ("openpyxl", see_xlsx)),
    XLS: ("xlrd", see_xls),
    **dict.fromkeys((DOCX, DOCM), ("python-docx", see_docx)),
    **dict.fromkeys((PPTX, PPTM), ("python-pptx", see_pptx)),
}


def compare(path: Path, reader: Reader) -> Outcome | None:
    """One file against its library; None where no library is meant for its type."""
    try:
        kind = media_type(path, path.name)
    except ExtractionError:
        return None
    if kind not in LIBRARIES:
        return None
    library, see = LIBRARIES[kind]
    outcome = Outcome(path.name, library)
    try:
        with warnings.catch_warnings(), _alarm(LIBRARY_SECONDS):
            warnings.simplefilter("ignore")
            seen = see(path)
    except (Exception, RecursionError) as problem:  # hostile files: libraries raise whatever a broken part leads to
        outcome.refused = f"{type(problem).__name__}: {problem}"[:120]
        return outcome
    outcome.items = seen.words.total() + len(seen.values)
    try:
        document = reader.read(path, path.name)
    except ExtractionError as problem:
        outcome.error = problem.code
        outcome.missing = [*seen.words.elements(), *map(str, seen.values.values())]
        return outcome
    outcome.missing = _missing(seen, document)
    return outcome


def _missing(seen: Seen, document: Document) -> list[str]:
    passages = cut(document)
    ours: Counter[str] = Counter()
    for passage in passages:
        ours.update(words_of(passage.text))
    lost = list((seen.words - ours).elements())
    cells = {
        (cell.locator.sheet, cell.locator.cells.partition(":")[0]): cell
        for passage in passages
        for cell in passage.cells
        if isinstance(cell.locator, SheetLocator) and cell.text
    }
    for block in document.blocks:  # heads and lone cells are in passages by their text alone
        if block.table:
            for cell in block.table.cells:
                if isinstance(cell.locator, SheetLocator) and cell.text:
                    cells.setdefault((cell.locator.sheet, cell.locator.cells.partition(":")[0]), cell)
    texts = {
        (place.sheet, place.cells.partition(":")[0]): block.text
        for block in document.blocks
        for place in block.locators
        if isinstance(place, SheetLocator) and not block.table
    }
    for (sheet, place), value in seen.values.items():
        cell = cells.get((clean(sheet), place))
        known = (cell.value or cell.text) if cell else texts.get((clean(sheet), place))
        if known is None or not _same(known, value):
            lost.append(f"{sheet}!{place}={value}")
    return lost


def _same(known: str, value: object) -> bool:
    """Whether a cell of ours holds what the library gives; a cell that its format hides or draws as text counts."""
    if isinstance(value, bool):
        return known == ("TRUE" if value else "FALSE")
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return bool(known)
    if isinstance(value, int | float):
        try:
            return abs(float(known) - value) <= NEAR * max(1.0, abs(value))
        except ValueError:
            return bool(known)  # a date, a fraction or a text made by its format
    return bool(known)


class _alarm:
    """Ends what a library does after so many seconds."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        signal.signal(signal.SIGALRM, self._ring)
        signal.alarm(self._seconds)

    def __exit__(self, *_: object) -> None:
        signal.alarm(0)

    @staticmethod
    def _ring(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError("the library took too long")


def compare_all(folder: Path, sample: int | None = None) -> list[Outcome]:
    """Every office file of a folder, or the first ``sample`` of them."""
    found: list[Outcome] = []
    with Reader(ExtractionPolicy()) as reader:
        for path in sorted(folder.rglob("*")):
            if sample is not None and len(found) >= sample:
                break
            if path.is_file() and (outcome := compare(path, reader)):
                found.append(outcome)
    return found


def measure(bench: Path, sample: int | None) -> list[Figure]:
    """Share of files complete, by library, and of their words and values found."""
    if not (bench / "office").is_dir():
        raise NotHere("the office files of Apache POI are not there")
    outcomes = compare_all(bench / "office", sample)
    figures: list[Figure] = []
    for library in dict.fromkeys(outcome.library for outcome in outcomes):
        mine = [outcome for outcome in outcomes if outcome.library == library]
        opened = [outcome for outcome in mine if not outcome.refused]
        figures.append(Figure(f"office: files that {library} opens", len(opened), "files"))
        figures.append(Figure(f"office: of them complete in our passages, {library}", _complete(opened), wanted=1.0))
    opened = [outcome for outcome in outcomes if not outcome.refused]
    items = sum(outcome.items for outcome in opened)
    lost = sum(len(outcome.missing) for outcome in opened)
    figures.append(Figure("office: complete, all libraries", _complete(opened), wanted=1.0))
    figures.append(Figure("office: words and values that the libraries see", items, "items"))
    figures.append(Figure("office: of them found in our passages", 1 - lost / max(1, items), wanted=1.0))
    return figures


def _complete(opened: list[Outcome]) -> float:
    return sum(not outcome.missing for outcome in opened) / max(1, len(opened))


def main() -> None:
    """Name what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    for outcome in compare_all(parser.parse_args().folder):
        if outcome.missing:
            print(f"{outcome.name}: {len(outcome.missing)} of {outcome.items} missing {outcome.error or ''}")
            print(f"      {outcome.missing[:8]}")


if __name__ == "__main__":
    main()
