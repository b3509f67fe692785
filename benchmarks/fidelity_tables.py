"""Tables of PDFs against the ICDAR 2013 table competition, US half, with pdfplumber's defaults beside ours.

Structure: neighbouring cells. Each filled cell is paired with the next filled one on its right and with the next one
below; a pair counts where both texts and the direction agree (Göbel, Hassan, Oro and Orsi 2012). Texts are compared
without white space. ``regions given``: each reader is told where the table is. ``found alone``: it is not.
Detection: the letters within found tables against those within the true ones.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import pdfplumber
from lxml import etree

from benchmarks.figures import Figure, NotHere
from extractors import pdf
from extractors.document import Block, Document
from extractors.geometry import Rect, centre_within
from extractors.locators import PageLocator
from extractors.policy import ExtractionPolicy

WANTED_F1 = 0.90
_HYPHENS = re.compile("[\u2010-\u2015\u2212\u00ad]")


class Entry(NamedTuple):
    """A filled cell: first and last row and column, from 0, and its text."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


@dataclass
class Region:
    """A true table on one page: its place in points as shown, and its cells."""

    page: int
    rect: Rect
    entries: list[Entry]


@dataclass
class Tally:
    """Neighbours that were right, found and true, over all and for each document."""

    right: int = 0
    found: int = 0
    true: int = 0
    documents: dict[str, "Tally"] = field(default_factory=dict)

    def add(self, name: str, right: int, found: int, true: int) -> None:
        """Count a table of a document."""
        self.right, self.found, self.true = self.right + right, self.found + found, self.true + true
        if name:
            self.documents.setdefault(name, Tally()).add("", right, found, true)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is true that was found."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two over everything counted."""
        total = self.found + self.true
        return 2 * self.right / total if total else 0.0

    @property
    def f1_by_document(self) -> float:
        """The same from precision and recall averaged over documents, as in the competition."""
        precision = mean(tally.precision for tally in self.documents.values())
        recall = mean(tally.recall for tally in self.documents.values())
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure(bench: Path, sample: int | None) -> list[Figure]:
    """The figures of this part."""
    files = sorted((bench / "tables").glob("*.pdf"))[:sample]
    if not files:
        raise NotHere("the ICDAR 2013 tables are not here")
    tallies = {(who, how): Tally() for who in ("ours", "pdfplumber") for how in ("given", "alone", "letters")}
    tables = 0
    for path in files:
        tables += measure_file(path, tallies)
    figures = [Figure("documents", len(files)), Figure("tables, by page", tables)]
    for who in ("ours", "pdfplumber"):
        given, alone, letters = (tallies[who, how] for how in ("given", "alone", "letters"))
        wanted = WANTED_F1 if who == "ours" else None
        figures += [
            Figure(f"{who}: neighbours of cells, regions given, F1", given.f1, wanted=wanted),
            Figure(f"{who}: the same, mean of documents", given.f1_by_document, wanted=wanted),
            Figure(f"{who}: neighbours of cells, found alone, F1", alone.f1),
            Figure(f"{who}: detection by letters, precision", letters.precision),
            Figure(f"{who}: detection by letters, recall", letters.recall),
            Figure(f"{who}: detection by letters, F1", letters.f1),
        ]
    return figures


def measure_file(path: Path, tallies: dict[tuple[str, str], Tally]) -> int:
    """Count one file into the tallies; gives the number of its true tables."""
    policy = ExtractionPolicy()
    name = path.stem
    with pdfplumber.open(path) as peer:
        truth = regions(path, [(page.bbox, page.mediabox) for page in peer.pages])
        ours = pdf.read(path, path.name, policy)
        for page in peer.pages:
            here = [region for region in truth if region.page == page.page_number]
            if here:
                blocks = pdf.tables_at(path, page.page_number, [region.rect for region in here], policy)
                for region, block in zip(here, blocks, strict=True):
                    tallies["ours", "given"].add(name, *compare([region.entries], [_entries(block)]))
                    tallies["pdfplumber", "given"].add(
                        name, *compare([region.entries], [_peer_entries(_cropped(page, region.rect))])
                    )
            found = _tables_on(ours, page.page_number, page.width, page.height)
            peers = page.find_tables()
            true = [region.entries for region in here]
            tallies["ours", "alone"].add(name, *compare(true, [_entries(block) for block, _ in found]))
            tallies["pdfplumber", "alone"].add(
                name, *compare(true, [_peer_entries(table.extract()) for table in peers])
            )
            letters = [
                (char["x0"], char["top"], char["x1"], char["bottom"]) for char in page.chars if char["text"].strip()
            ]
            within = _within(letters, [region.rect for region in here])
            for who, rects in (("ours", [r for _, r in found]), ("pdfplumber", [table.bbox for table in peers])):
                got = _within(letters, rects)
                tallies[who, "letters"].add(name, len(got & within), len(got), len(within))
            page.close()
    return len(truth)


def _cropped(page: Any, rect: Rect) -> list[list[str | None]]:
    x0, y0, x1, y1 = page.bbox
    box = (max(x0, rect[0]), max(y0, rect[1]), min(x1, rect[2]), min(y1, rect[3]))
    return page.crop(box).extract_table() or []


def _within(letters: Sequence[Rect], rects: Sequence[Rect]) -> set[int]:
    return {at for at, letter in enumerate(letters) if any(centre_within(letter, rect) for rect in rects)}


def regions(path: Path, pages: Sequence[tuple[Rect, Rect]]) -> list[Region]:
    """The true tables of a file. ``pages`` gives the box of each as shown and its media box."""
    boxes: dict[tuple[str, str], tuple[int, Rect]] = {}
    for at, table in _tables_of(path, "reg"):
        for region in table.iter("region"):
            number = int(region.get("page"))
            box = region.find("bounding-box")
            x1, y1, x2, y2 = (float(box.get(key)) for key in ("x1", "y1", "x2", "y2"))
            (_, _, _, height), (left, bottom, _, _) = pages[number - 1]
            shown = (x1 - left, height - (y2 - bottom), x2 - left, height - (y1 - bottom))
            boxes[at, region.get("id")] = (number, shown)
    found: dict[tuple[str, str], Region] = {}
    for at, table in _tables_of(path, "str"):
        last = None
        for region in table.iter("region"):
            key = (at, region.get("id"))
            entries = [_true_entry(cell) for cell in region.iter("cell")]
            if key in boxes:
                found[key] = last = Region(*boxes[key], entries)
            elif last:
                # One table in strips side by side: its columns go on where the increment says.
                columns, rows = int(region.get("col-increment")), int(region.get("row-increment"))
                last.entries += [
                    Entry(e.row + rows, e.column + columns, e.last_row + rows, e.last_column + columns, e.text)
                    for e in entries
                ]
    return list(found.values())


def _tables_of(path: Path, kind: str) -> Iterable[tuple[str, Any]]:
    """The table elements of the file's truth, each with a name that is the same in both kinds."""
    for part in sorted(path.parent.glob(f"{path.stem}*-{kind}.xml")):
        variant = part.name.removesuffix(f"-{kind}.xml")
        for table in etree.parse(part, etree.XMLParser(recover=True)).iter("table"):
            yield f"{variant}/{table.get('id')}", table


def _true_entry(cell: Any) -> Entry:
    row, column = int(cell.get("start-row")), int(cell.get("start-col"))
    last_row, last_column = int(cell.get("end-row") or row), int(cell.get("end-col") or column)
    return Entry(row, column, last_row, last_column, cell.findtext("content") or "")


def _entries(block: Block | None) -> list[Entry]:
    if not block or not block.table:
        return []
    return [
        Entry(c.row - 1, c.column - 1, c.row + c.row_span - 2, c.column + c.column_span - 2, c.text)
        for c in block.table.cells
    ]


def _peer_entries(rows: Sequence[Sequence[str | None]]) -> list[Entry]:
    """pdfplumber gives None where a cell goes on that began further left."""
    return [
        Entry(row, column, row, column, text or "")
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]


def _tables_on(document: Document, number: int, width: float, height: float) -> list[tuple[Block, Rect]]:
    found = []
    for block in document.blocks:
        place = block.locators[0] if block.locators else None
        if block.kind == "table" and isinstance(place, PageLocator) and place.page == number and place.boxes:
            box = place.boxes[0]
            found.append((block, (box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height)))
    return found


def compare(true: Sequence[Sequence[Entry]], found: Sequence[Sequence[Entry]]) -> tuple[int, int, int]:
    """How many neighbours are right, were found and are true."""
    wanted: Counter[tuple[str, str, str]] = Counter()
    got: Counter[tuple[str, str, str]] = Counter()
    for entries in true:
        wanted.update(neighbours(entries))
    for entries in found:
        got.update(neighbours(entries))
    return sum((wanted & got).values()), sum(got.values()), sum(wanted.values())


def neighbours(entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """The pairs of filled cells side by side and above each other, each pair of cells once."""
    grid: dict[tuple[int, int], int] = {}
    texts = [plain(entry.text) for entry in entries]
    for at, entry in enumerate(entries):
        if texts[at]:
            for row in range(entry.row, entry.last_row + 1):
                for column in range(entry.column, entry.last_column + 1):
                    grid.setdefault((row, column), at)
    rows: dict[int, list[tuple[int, int]]] = {}
    columns: dict[int, list[tuple[int, int]]] = {}
    for (row, column), at in grid.items():
        rows.setdefault(row, []).append((column, at))
        columns.setdefault(column, []).append((row, at))
    pairs = set()
    for direction, stripes in (("right", rows), ("below", columns)):
        for stripe in stripes.values():
            stripe.sort()
            for (_, one), (_, other) in pairwise(stripe):
                if one != other:
                    pairs.add((one, other, direction))
    return [(texts[one], texts[other], direction) for one, other, direction in pairs]


def plain(text: str) -> str:
    """A text as it is compared: compatible forms made one, hyphens alike, no white space."""
    return _HYPHENS.sub("-", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
