"""Processor time of our PDF reader and of its peers on one core, as ratios of the same run; memory of a large file.

    python -m benchmarks.extraction [--only text tables memory] [--pages 100] [--runs 3] [--file FILE.pdf]
                                    [--peers .cache/peers] [--peer-seconds 90] [--format text|json]

The pages are drawn here: text pages, and pages with a ruled table. Every peer gives text with positions, save raw
pypdfium2, the floor, and markitdown. Peers are installed into an environment of their own the first time. All readers
take turns on one core and are counted in processor time, so that what else runs on the machine does not matter. Slow
peers read fewer pages, and one that cannot be installed or does not finish in its time is left out; both are printed.
``--file`` measures one more PDF of yours with the readers of text pages.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.extraction_peers import READERS
from benchmarks.figures import Figure
from extractors import pdf
from extractors.child import search_seldom
from extractors.policy import ExtractionPolicy

PEERS = (
    "pypdfium2",
    "pdfplumber==0.11.10",
    "pdfminer.six",
    "docling-parse",
    "markitdown[pdf]",
    "kreuzberg",
    "liteparse",
    "pdf-inspector",
)
OURS = "livingproof"
FLOOR = "pypdfium2, text only"
TABLES = "pdfplumber, tables"
# Peers that take tens of milliseconds a page read so many pages; the others all of them.
PAGES_OF_SLOW_PEERS = 10
# Wall seconds in which a peer must be installed: the large ones bring a hundred megabytes.
INSTALL_SECONDS = 240
PIECES = ("text", "tables", "memory")
SLOW = ("pdfplumber, words", TABLES, "pdfminer.six, layout", "docling-parse, words", "markitdown")
# What is asked of us.
TIMES_PDFPLUMBER = 8.0
SHARE_OF_FLOOR = 0.4
TABLES_AGAINST_PDFPLUMBER = 1.3
LARGE_PAGES = 2_000
LARGE_MIB = 700.0
_SENTENCE = (
    "the auditor found that each furnace charge is weighed and its lot number is written on the traveller before the "
    "melt is poured so that castings returned by a customer can be followed back to the ingot and the shift"
)
_WORDS = tuple(re.findall(r"\w+", _SENTENCE))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", nargs="+", choices=PIECES, default=PIECES, help="what to measure")
    parser.add_argument("--pages", type=int, default=100, help="pages of each file")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; the fastest counts")
    parser.add_argument("--file", type=Path, help="one more PDF to measure")
    parser.add_argument("--peers", type=Path, default=Path(".cache/peers"), help="environment of the peers")
    parser.add_argument("--peer-seconds", type=float, default=90, help="wall seconds for one run of a peer")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    left_out: dict[str, str] = {}
    found: dict[str, dict[str, float]] = {}
    memory = None
    if {"text", "tables"} & set(options.only):
        left_out.update(install(options.peers))
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        search_seldom()  # as the reading process does
    text_readers = [name for name in READERS if name != TABLES and READERS[name][0] not in left_out]
    with tempfile.TemporaryDirectory() as folder:
        for piece, draw, names in (("text", draw_prose, text_readers), ("tables", draw_tables, [FLOOR, TABLES])):
            if piece not in options.only:
                continue
            large = draw(Path(folder) / "large.pdf", options.pages), options.pages
            few = min(options.pages, PAGES_OF_SLOW_PEERS)
            small = draw(Path(folder) / "small.pdf", few), few
            found[piece] = measure(names, large, small, options, left_out)
        if options.file:
            own = options.file, pdf.page_count(options.file, ExtractionPolicy())
            found[options.file.name] = measure(text_readers, own, own, options, left_out)
        if "memory" in options.only:
            memory = peak_of(draw_prose(Path(folder) / "book.pdf", LARGE_PAGES))
    figures = judged(found, memory)
    if options.format == "json":
        speeds = {kind: {name: round(speed, 1) for name, speed in of.items()} for kind, of in found.items()}
        print(
            json.dumps(
                {"pages_a_second": speeds, "left_out": left_out, "figures": [f.as_dict() for f in figures]}, indent=2
            )
        )
        return
    for kind, speeds in found.items():
        print(f"{kind} pages: pages a second of processor time, and how many times that is of ours")
        for name, speed in sorted(speeds.items(), key=lambda item: -item[1]):
            pages = f"   of {PAGES_OF_SLOW_PEERS} pages" if name in SLOW and options.pages > PAGES_OF_SLOW_PEERS else ""
            print(f"  {name:28} {speed:8.1f}   {speed / speeds[OURS]:6.2f}{pages}")
    for name, why in left_out.items():
        print(f"left out: {name}, {why}")
    for figure in figures:
        print(figure.line())


def install(folder: Path) -> dict[str, str]:
    """Bring the peers into their environment; gives those that cannot be installed, and why."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    missing = {}
    for peer in PEERS:
        name = re.split(r"[\[=]", peer)[0]
        check = [str(python), "-c", f"import importlib.metadata as m; m.version({name!r})"]
        if subprocess.run(check, capture_output=True).returncode == 0:
            continue
        print(f"installing {peer}", file=sys.stderr, flush=True)
        try:
            done = subprocess.run(
                [str(python), "-m", "pip", "install", "--quiet", "--prefer-binary", peer],
                capture_output=True,
                timeout=INSTALL_SECONDS,
            )
        except subprocess.TimeoutExpired:
            missing[name] = f"it was not installed within {INSTALL_SECONDS} s"
            continue
        if done.returncode:
            missing[name] = "it cannot be installed here"
    return missing


def measure(
    names: Sequence[str],
    large: tuple[Path, int],
    small: tuple[Path, int],
    options: argparse.Namespace,
    left_out: dict[str, str],
) -> dict[str, float]:
    """Pages a second of each reader, the best of its runs; the readers take turns. Who fails is put into ``left_out``."""
    seconds: dict[str, list[float]] = {}
    pages = {name: small[1] if name in SLOW else large[1] for name in (OURS, *names)}
    for _ in range(options.runs):
        seconds.setdefault(OURS, []).append(_ours(large[0]))
        for name in names:
            if name in left_out:
                continue
            path = small[0] if name in SLOW else large[0]
            command = [str(options.peers / "bin" / "python"), str(Path(__file__).with_name("extraction_peers.py"))]
            try:
                done = subprocess.run(
                    [*command, name, str(path), "1"], capture_output=True, text=True, timeout=options.peer_seconds
                )
            except subprocess.TimeoutExpired:
                left_out[name] = f"it did not read {pages[name]} pages twice within {options.peer_seconds:g} s"
                continue
            if done.returncode:
                left_out[name] = f"it failed: {' '.join(done.stderr.strip().splitlines()[-1:])}"
                continue
            seconds.setdefault(name, []).extend(json.loads(done.stdout.splitlines()[-1])["seconds"])
    return {name: pages[name] / min(times) for name, times in seconds.items()}


def _ours(path: Path) -> float:
    """Seconds of our reader for the file, after one run that is not counted."""
    policy = ExtractionPolicy()
    pdf.read(path, path.name, policy)
    start = time.process_time()
    pdf.read(path, path.name, policy)
    return time.process_time() - start


def peak_of(path: Path) -> float:
    """MiB that a process of its own takes at most for reading the file."""
    code = (
        "import sys; from pathlib import Path; from extractors import pdf; from extractors.policy import ExtractionPolicy;"
        "print(pdf.read(Path(sys.argv[1]), 'book.pdf', ExtractionPolicy()).parts_read)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert int(child.stdout.read()) == LARGE_PAGES
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
    return usage.ru_maxrss / 1024


def judged(found: dict[str, dict[str, float]], memory: float | None) -> list[Figure]:
    """The figures that were asked for, of what was measured."""
    figures = []
    text = found.get("text", {})
    asked = {"pdfplumber, words": TIMES_PDFPLUMBER, FLOOR: SHARE_OF_FLOOR}
    for name, speed in sorted(text.items(), key=lambda item: -asked.get(item[0], 0.0)):
        if name != OURS:
            figures.append(Figure(f"text pages: times {name}", text[OURS] / speed, wanted=asked.get(name, 1.0)))
    tables = found.get("tables", {})
    if TABLES in tables:
        figures.append(
            Figure(
                "table pages: time of pdfplumber's tables",
                tables[TABLES] / tables[OURS],
                "times",
                TABLES_AGAINST_PDFPLUMBER,
                below=True,
            )
        )
    if memory is not None:
        figures.append(Figure(f"{LARGE_PAGES} pages: memory at most", memory, "MiB", LARGE_MIB, below=True))
    return figures


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


if __name__ == "__main__":
    main()
