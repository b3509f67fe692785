"""Forms that only Acrobat draws (XFA 3.3): what was filled in stands in one part of their XML, labels and printed words in
another."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from extractors.document import Block, Cell, NotRead
from extractors.draft import clean, one_line
from extractors.errors import ExtractionError
from extractors.layout import Place
from extractors.packages import Element, attribute, child, children, local, parse, within
from extractors.policy import ExtractionPolicy
from extractors.ruled_tables import block_of_cells, cell_kind

# Parts of one form, bytes of one part, and fields and printed words taken of a form; honest ones have a tenth.
MOST_PARTS, PART_BYTES, MOST_FIELDS = 50, 16 * 1024 * 1024, 2_000
_CHARACTERS = 20_000


def form_blocks(document: Any, place: Place, policy: ExtractionPolicy) -> tuple[list[Block], list[NotRead]]:
    """The printed words of a form as a paragraph, and its fields as label and value; they stand on the first page, where
    nobody can say. Also what is said of a form with more of them than are read."""
    roots = [root for packet in _packets(document) if (root := _root(packet, policy)) is not None]
    template = next((found for root in roots for found in within(root, "template")), None)
    # Other parts of the form have an element of this name, too: its settings stand before what was filled in.
    data = next((found for root in roots for sets in within(root, "datasets") for found in within(sets, "data")), None)
    captions: dict[str, str] = {}
    for field in within(template, "field", "exclGroup"):
        if (name := attribute(field, "name")) and (caption := _words(child(field, "caption", "value"))):
            captions.setdefault(name, caption)
    printed = [words for draw in within(template, "draw") if (words := _words(child(draw, "value")))]
    blocks = []
    if printed:
        blocks.append(
            Block(kind="paragraph", text="\n".join(dict.fromkeys(printed[:MOST_FIELDS])), locators=place(()), part=1)
        )
    cells: list[Cell] = []
    row, cut = 0, len(printed) > MOST_FIELDS
    for leaf in data.iter() if data is not None else ():
        value = clean(leaf.text or "").strip()[:_CHARACTERS] if isinstance(leaf.tag, str) else ""
        if not value or next(children(leaf), None) is not None:
            continue
        if row >= MOST_FIELDS:
            cut = True
            break
        row += 1
        label = captions.get(local(leaf), local(leaf))
        cells.append(Cell(text=label, row=row, column=1, kind=cell_kind(label)))
        cells.append(Cell(text=value, row=row, column=2, kind=cell_kind(value), locator=place(())[0]))
    if cells:
        block = block_of_cells(cells, row, 2, 1, place(()))
        assert block.table
        table = block.table.model_copy(update={"header_rows": 0, "title": None})
        blocks.append(block.model_copy(update={"kind": "form", "table": table}))
    sentence = "The form holds more fields and printed words than are read of one form; the rest was left out."
    return blocks, [NotRead(code="limit_exceeded", sentence=sentence)] if cut else []


def _words(value: Element | None) -> str:
    """The text of a value, plain or as a piece of a web page."""
    if value is None:
        return ""
    return one_line(clean(" ".join("".join(part.itertext()) for part in within(value, "text", "exData"))))[:_CHARACTERS]


def _root(packet: bytes, policy: ExtractionPolicy) -> Element | None:
    try:
        return parse(packet, policy)
    except ExtractionError:
        return None


def _packets(document: Any) -> list[bytes]:
    """The parts of the form that are XML by themselves; its first and last part only open and close what is around them."""
    found = []
    for at in range(min(pdfium.FPDF_GetXFAPacketCount(document), MOST_PARTS)):
        size = ctypes.c_ulong()
        if not pdfium.FPDF_GetXFAPacketContent(document, at, None, 0, size) or not 0 < size.value <= PART_BYTES:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        if pdfium.FPDF_GetXFAPacketContent(document, at, buffer, size.value, size):
            found.append(buffer.raw[: size.value])
    return found
