"""What stands at a place of a file, read from the file itself: the words a person would find there."""

import re
import unicodedata
from pathlib import Path

import pypdfium2

from evidence.model import Citation, Report
from extractors.document import Document
from extractors.locators import ImageLocator, Locator, PageLocator, ParagraphLocator, SheetLocator, SlideLocator
from service.documents.places import area_of

# Boxes are drawn around letters; the letters of a line reach a little beyond them.
SLACK = 0.006


def squeezed(text: str) -> str:
    """Letters and digits alone: how blanks and lines fall between them is a matter of layout."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def citations_of(report: Report) -> list[Citation]:
    """All citations of a report."""
    found = [c for e in report.expectations for c in e.evidence]
    return found + [c for f in report.flags for c in f.citations] + [c for m in report.marks for c in m.evidence]


def text_at(locator: Locator, file: Path, document: Document) -> str:
    """The words at a place: of a PDF by PDFium within the boxes, of other files from the cells and blocks found there."""
    if isinstance(locator, PageLocator) and document.media_type == "application/pdf":
        printed = _printed(locator, file)
        if squeezed(printed):
            return printed
    said = []
    for block in document.blocks:
        if block.table is not None:
            said += [cell.text for cell in block.table.cells if cell.locator and _meets(locator, cell.locator)]
        if any(_meets(locator, place) for place in block.locators):
            said.append(block.text)
    return "\n".join(said)


def _printed(locator: PageLocator, file: Path) -> str:
    opened = pypdfium2.PdfDocument(file)
    try:
        page = opened[locator.page - 1]
        width, height = page.get_size()
        text = page.get_textpage()
        said = [
            text.get_text_bounded(
                (box.x0 - SLACK) * width, (1 - box.y1 - SLACK) * height, (box.x1 + SLACK) * width, (1 - box.y0 + SLACK) * height
            )
            for box in locator.boxes
        ]  # fmt: skip
        text.close()
        page.close()
    finally:
        opened.close()
    return "\n".join(said)


def _meets(wanted: Locator, place: Locator) -> bool:
    match wanted, place:
        case PageLocator(), PageLocator():
            return wanted.page == place.page
        case SheetLocator(), SheetLocator():
            here, there = area_of(wanted.cells), area_of(place.cells)
            same = wanted.sheet == place.sheet
            return same and ((here and there and here.meets(there)) or wanted.cells == place.cells)
        case ParagraphLocator(), ParagraphLocator():
            if wanted.table or place.table:
                return wanted.table == place.table and (not wanted.cell or not place.cell or wanted.cell == place.cell)
            return wanted.paragraph <= (place.last or place.paragraph) and place.paragraph <= (
                wanted.last or wanted.paragraph
            )
        case SlideLocator(), SlideLocator():
            return wanted.slide == place.slide and wanted.shape == place.shape
        case ImageLocator(), ImageLocator():
            return True
    return False


def misplaced(citation: Citation, file: Path, document: Document) -> str:
    """The words of a quote that do not stand at its places; empty where all do."""
    there = squeezed("\n".join(text_at(place, file, document) for place in citation.locators or (citation.locator,)))
    missing = [word for word in re.split(r"[\s|]+", citation.quote) if squeezed(word) not in there]
    return " ".join(missing)
