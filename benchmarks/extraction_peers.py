"""One reader of PDFs, timed alone: called by ``benchmarks.extraction`` in the environment that holds the reader.

    python benchmarks/extraction_peers.py NAME FILE RUNS

Prints the seconds of processor time of each run as JSON, after one run that is not counted. Imports nothing of this
project, so that peers live in an environment of their own.
"""

import importlib.metadata
import json
import sys
import time
from collections.abc import Callable

Read = Callable[[str], object]


def pypdfium2_text() -> Read:
    """The floor: only the text of each page, no places."""
    import pypdfium2

    def read(path: str) -> None:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                text = page.get_textpage()
                text.get_text_range()
                text.close()
                page.close()

    return read


def pdfplumber_words() -> Read:
    """Words with boxes."""
    import pdfplumber

    def read(path: str) -> None:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_words()
                page.close()

    return read


def pdfplumber_tables() -> Read:
    """Tables by the defaults."""
    import pdfplumber

    def read(path: str) -> None:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_tables()
                page.close()

    return read


def pdfminer_layout() -> Read:
    """Text boxes with lines and characters."""
    from pdfminer.high_level import extract_pages

    return lambda path: sum(1 for _ in extract_pages(path))


def docling_words() -> Read:
    """Words with boxes."""
    from docling_core.types.doc.page import TextCellUnit
    from docling_parse.pdf_parser import DoclingPdfParser

    def read(path: str) -> None:
        document = DoclingPdfParser(loglevel="fatal").load(path)
        for _, page in document.iterate_pages():
            for _ in page.iterate_cells(unit_type=TextCellUnit.WORD):
                pass

    return read


def markitdown() -> Read:
    """Markdown, no places."""
    from markitdown import MarkItDown

    reader = MarkItDown()
    return reader.convert


def kreuzberg() -> Read:
    """Text with the hierarchy of blocks and their boxes, nothing kept between runs."""
    from kreuzberg import ExtractionConfig, HierarchyConfig, PageConfig, PdfConfig, extract_file_sync

    hierarchy = HierarchyConfig(enabled=True, include_bbox=True)
    config = ExtractionConfig(
        use_cache=False, pdf_options=PdfConfig(hierarchy=hierarchy), pages=PageConfig(extract_pages=True)
    )
    return lambda path: extract_file_sync(path, config=config)


def liteparse() -> Read:
    """Text items with places, no OCR."""
    from liteparse import LiteParse

    reader = LiteParse(ocr_enabled=False, quiet=True, max_pages=100_000, output_format="json")
    return reader.parse


def pdf_inspector() -> Read:
    """Text items with places."""
    from pdf_inspector import extract_text_with_positions

    return extract_text_with_positions


# Name to the package that holds it and how to get a reader.
READERS: dict[str, tuple[str, Callable[[], Read]]] = {
    "pypdfium2, text only": ("pypdfium2", pypdfium2_text),
    "pdfplumber, words": ("pdfplumber", pdfplumber_words),
    "pdfplumber, tables": ("pdfplumber", pdfplumber_tables),
    "pdfminer.six, layout": ("pdfminer.six", pdfminer_layout),
    "docling-parse, words": ("docling-parse", docling_words),
    "markitdown": ("markitdown", markitdown),
    "kreuzberg, blocks": ("kreuzberg", kreuzberg),
    "liteparse, items": ("liteparse", liteparse),
    "pdf-inspector, items": ("pdf-inspector", pdf_inspector),
}


def main() -> None:
    """Time one reader."""
    name, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    package, make = READERS[name]
    read = make()
    read(path)
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        read(path)
        seconds.append(time.process_time() - start)
    print(json.dumps({"seconds": seconds, "version": importlib.metadata.version(package)}))


if __name__ == "__main__":
    main()
