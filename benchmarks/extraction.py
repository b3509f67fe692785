"""Pages a second of our PDF reader and of its peers, on PDFs drawn here, as ratios of the same run.

    python -m benchmarks.extraction [--pages 200] [--repeat 2] [--format text|json]

Every peer gives text with positions, save raw pypdfium2, the floor: it only hands out the text of the page. Our own
figures are those of the reader itself (``reader``) and of the way through the confined child process (``sandbox``).
"""

import argparse
import json
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors import pdf
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader

# Peers that take tens of milliseconds a page are measured on so many pages; the others on all.
PAGES_OF_SLOW_PEERS = 30
_SENTENCE = (
    "the auditor found that each furnace charge is weighed and its lot number is written on the traveller before the "
    "melt is poured so that castings returned by a customer can be followed back to the ingot and the shift"
)
_WORDS = tuple(re.findall(r"\w+", _SENTENCE))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=200, help="pages of each file")
    parser.add_argument("--repeat", type=int, default=2, help="runs of each; the fastest counts")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prose = draw_prose(Path(folder) / "prose.pdf", options.pages)
        tables = draw_tables(Path(folder) / "tables.pdf", options.pages)
        results = {
            "text pages": measure(prose, options.pages, options.repeat, text_readers()),
            "table pages": measure(tables, options.pages, options.repeat, table_readers()),
        }
    if options.format == "json":
        print(json.dumps(results, indent=2))
        return
    for kind, figures in results.items():
        print(f"{kind}: pages a second, and how many times that is of ours")
        ours = figures["livingproof reader"]
        for name, speed in sorted(figures.items(), key=lambda item: -item[1]):
            print(f"  {name:28} {speed:8.1f}   {speed / ours:6.2f}")


def draw_prose(path: Path, pages: int) -> Path:
    """Pages of 46 lines of text, no two alike."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(pages):
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(72, 780, f"{page + 1} Control of lots")
        canvas.setFont("Helvetica", 10)
        for line in range(46):
            at = (page * 46 + line) * 7
            words = [_WORDS[(at + word * 5) % len(_WORDS)] for word in range(15)]
            canvas.drawString(72, 750 - line * 15, " ".join(words))
        canvas.showPage()
    canvas.save()
    return path


def draw_tables(path: Path, pages: int) -> Path:
    """Pages with a ruled table of 30 rows and 6 columns."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(pages):
        canvas.setFont("Helvetica", 9)
        for row in range(31):
            canvas.line(50, 780 - row * 20, 530, 780 - row * 20)
        for column in range(7):
            canvas.line(50 + column * 80, 780, 50 + column * 80, 180)
        for row in range(30):
            for column in range(6):
                cell = (
                    f"A-{page}{row}{column}" if row else ("Lot", "Date", "Limit", "Found", "Result", "Checked")[column]
                )
                canvas.drawString(54 + column * 80, 766 - row * 20, cell)
        canvas.showPage()
    canvas.save()
    return path


Run = Callable[[Path, int], None]


def text_readers() -> dict[str, tuple[Run, bool]]:
    """Name to reader and whether it is slow; each reads the first so many pages."""
    return {
        "livingproof reader": (_ours, False),
        "livingproof sandbox": (_sandboxed(), False),
        "pypdfium2, text only": (_pypdfium2, False),
        "pdfplumber, words": (_pdfplumber_words, True),
        "pdfminer.six, layout": (_pdfminer, True),
    }


def table_readers() -> dict[str, tuple[Run, bool]]:
    """The same for pages with tables."""
    return {
        "livingproof reader": (_ours, False),
        "pypdfium2, text only": (_pypdfium2, False),
        "pdfplumber, tables": (_pdfplumber_tables, True),
    }


def measure(path: Path, pages: int, repeat: int, readers: dict[str, tuple[Run, bool]]) -> dict[str, float]:
    """Pages a second of each reader, the best of its runs."""
    figures = {}
    for name, (run, slow) in readers.items():
        count = min(pages, PAGES_OF_SLOW_PEERS) if slow else pages
        times = []
        for _ in range(repeat):
            start = time.perf_counter()
            run(path, count)
            times.append(time.perf_counter() - start)
        figures[name] = round(count / min(times), 1)
    return figures


def _ours(path: Path, pages: int) -> None:
    document = pdf.read_pages(path, "a.pdf", ExtractionPolicy(), 1, pages)
    assert document.parts_read == pages


def _sandboxed() -> Run:
    reader = Reader()
    reader.start()

    def run(path: Path, pages: int) -> None:
        assert reader.read(path, "a.pdf").parts_read == pages

    return run


def _pypdfium2(path: Path, pages: int) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for number in range(pages):
            page = document[number]
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()


def _pdfplumber_words(path: Path, pages: int) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages[:pages]:
            page.extract_words()
            page.close()


def _pdfplumber_tables(path: Path, pages: int) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages[:pages]:
            page.extract_tables()
            page.close()


def _pdfminer(path: Path, pages: int) -> None:
    from pdfminer.high_level import extract_pages

    for _ in extract_pages(str(path), maxpages=pages):
        pass


if __name__ == "__main__":
    main()
