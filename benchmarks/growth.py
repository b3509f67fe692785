"""How the cost of reading grows: pages, cells and files by tens, a 2,000-page PDF's memory, and how soon a file that cannot
be read is answered.

    python -m benchmarks.growth [--most 10000] [--format text|json]

Cost is processor time of the reading process, which does not depend on who else works on the machine. Growth is linear
where the last column, the cost of one against that at a tenth of the number, stays near 1. Beside it stands the plain way: the
format's own library reading the same file in this process.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import xlsxwriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.bundle import receive
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader

POLICY = ExtractionPolicy(pages=20_000, files_per_child=100_000, recycle_bytes=2 << 30)
LINES = 40
COLUMNS = 10


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--most", type=int, default=10_000, help="largest number of pages, cells and files")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    steps = [number for number in (10, 100, 1_000, 10_000) if number <= options.most]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        results = {
            "pages of a PDF": grow(steps, here, draw_pages, plain_pdf),
            "cells of a workbook": grow(steps, here, write_cells, plain_workbook),
            "files of a zip": grow(steps, here, pack_files, plain_zip),
        }
        memory = memory_of(draw_pages(here / "long.pdf", 2_000))
        answer = answer_seconds(here)
    if options.format == "json":
        print(json.dumps({**results, "2,000-page PDF, MiB": memory, "unreadable file, s": answer}, indent=2))
        return
    for name, rows in results.items():
        print(f"{name:22} {'ours, s':>9} {'plain, s':>9} {'ms each':>9} {'of a tenth':>11}")
        for row in rows:
            print(
                f"{row['number']:>22,} {row['ours']:9.3f} {row['plain']:9.3f} {row['each_ms']:9.3f} {row['growth'] or '':>11}"
            )
    print(f"2,000-page PDF: peak of the reading process {memory} MiB")
    print(f"analyze on a file that cannot be read: {answer:.2f} s")


def grow(
    steps: list[int], folder: Path, make: Callable[[Path, int], Path], plain: Callable[[Path], object]
) -> list[dict[str, float | int | str]]:
    """Cost of each number: processor seconds of ours and of the plain way, and how one costs against a tenth as many."""
    rows: list[dict[str, float | int | str]] = []
    # What a child costs before the first file is no growth: libraries are loaded with a small one.
    idle = cost_of(make(folder / "idle", 1), folder)
    for number in steps:
        path = make(folder / str(number), number)
        ours = max(0.001, cost_of(path, folder) - idle)
        start = time.process_time()
        plain(path)
        row = {"number": number, "ours": ours, "plain": time.process_time() - start, "each_ms": 1000 * ours / number}
        before = rows[-1]["each_ms"] if rows else 0
        rows.append({**row, "growth": f"{row['each_ms'] / float(before):.2f}" if before else ""})
        path.unlink()
    return rows


def cost_of(path: Path, folder: Path) -> float:
    """Processor seconds of a fresh child for a file and all that lies in it."""
    with tempfile.TemporaryDirectory(dir=folder) as kept, Reader(POLICY) as reader:
        reader.start()
        before = child_seconds(reader.pid)
        for found in receive([path], Path(kept), POLICY, reader):
            if found.path and not found.error:
                reader.read(found.path, found.name)
        return child_seconds(reader.pid) - before


def child_seconds(pid: int | None) -> float:
    """Processor seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(path: Path) -> int:
    """Peak resident memory of the reading process on one file, MiB."""
    with Reader(POLICY) as reader:
        reader.read(path, "long.pdf")
        status = Path(f"/proc/{reader.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def answer_seconds(folder: Path) -> float:
    """Wall seconds of ``livingproof analyze`` on a damaged PDF, the best of three."""
    path = folder / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    command = [sys.executable, "-m", "service.cli.main", "analyze", str(path), "--format", "json"]
    best = float("inf")
    for _ in range(3):
        start = time.monotonic()
        said = subprocess.run(command, capture_output=True, check=True)
        best = min(best, time.monotonic() - start)
        assert json.loads(said.stdout)["documents"][0]["error"]["code"] == "damaged_file"
    return best


def draw_pages(path: Path, number: int) -> Path:
    """A PDF of so many pages of text, no two alike."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(number):
        for line in range(LINES):
            canvas.drawString(
                60, 780 - line * 18, f"Lot {page}-{line} was weighed, measured and released by shift {line % 3}."
            )
        canvas.showPage()
    canvas.save()
    return path


def write_cells(path: Path, number: int) -> Path:
    """A workbook of so many filled cells, ten in a row."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Readings")
        for cell in range(number):
            sheet.write(cell // COLUMNS, cell % COLUMNS, f"lot {cell}" if cell % COLUMNS == 0 else cell / 7)
    return path


def pack_files(path: Path, number: int) -> Path:
    """A zip of so many short texts, no two alike."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for file in range(number):
            made.writestr(
                f"{file // 100}/{file}.txt", f"Internal audit {file} was held.\n\nOne finding in hall {file % 7}.\n"
            )
    return path


def plain_pdf(path: Path) -> int:
    """The text of all pages by the library alone."""
    document = pypdfium2.PdfDocument(path)
    found = sum(len(page.get_textpage().get_text_range()) for page in document)
    document.close()
    return found


def plain_workbook(path: Path) -> int:
    """All values by openpyxl, read-only."""
    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))


def plain_zip(path: Path) -> int:
    """All bytes by zipfile, in memory, without a limit."""
    with zipfile.ZipFile(path) as archive:
        return sum(len(archive.read(name)) for name in archive.namelist())


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
