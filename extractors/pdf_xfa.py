"""Forms that only Acrobat draws (XFA 3.3): what was filled in stands in one part of their XML, labels and printed words in
another."""

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium
from lxml import etree

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
# How the parts begin that hold labels and what was filled in.
_OF_WEIGHT = re.compile(rb"<(?:\w{1,20}:)?(?:datasets|template)\b")


def form_blocks(document: Any, place: Place, policy: ExtractionPolicy) -> tuple[list[Block], list[NotRead]]:
    """The printed words of a form as a paragraph, and its fields as label and value; they stand on the first page, where
    nobody can say. Also what is said of a form with more of them than are read."""
    packets, left_out = _packets(document)
    roots = [root for packet in packets if (root := _root(packet, policy)) is not None]
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
        blocks.append(Block(kind="paragraph", text=_printed(printed), locators=place(()), part=1))
    cells: list[Cell] = []
    row, cut = 0, len(printed) > MOST_FIELDS
    for leaf in data.iter() if data is not None else ():
        value = clean(leaf.text or "").strip() if isinstance(leaf.tag, str) else ""
        if not value or next(children(leaf), None) is not None:
            continue
        if row >= MOST_FIELDS:
            cut = True
            break
        row += 1
        cut = cut or len(value) > _CHARACTERS
        value = value[:_CHARACTERS]
        label = captions.get(local(leaf), local(leaf))
        cells.append(Cell(text=label, row=row, column=1, kind=cell_kind(label)))
        cells.append(Cell(text=value, row=row, column=2, kind=cell_kind(value), locator=place(())[0]))
    if cells:
        block = block_of_cells(cells, row, 2, 1, place(()))
        assert block.table
        table = block.table.model_copy(update={"header_rows": 0, "title": None})
        blocks.append(block.model_copy(update={"kind": "form", "table": table}))
    cut = cut or any(len(words) > _CHARACTERS for words in printed)
    said = []
    if cut:
        sentence = "The form holds more fields and words than are read of one form; the rest was left out."
        said.append(NotRead(code="limit_exceeded", sentence=sentence, locators=place(())))
    if any(_root(packet, policy) is None for packet in packets if _OF_WEIGHT.search(packet[:2_000])):
        sentence = "A part of the form is damaged and was not read."
        said.append(NotRead(code="damaged_part", sentence=sentence, locators=place(())))
    if left_out:
        sentence = "The form has parts that are larger or more than are read of one form; they were left out."
        said.append(NotRead(code="limit_exceeded", sentence=sentence, locators=place(())))
    return blocks, said


def _words(value: Element | None) -> str:
    """The text of a value, plain or as a piece of a web page."""
    if value is None:
        return ""
    return one_line(clean(" ".join(_letters(part) for part in within(value, "text", "exData"))))


def _letters(part: Element) -> str:
    """The letters of a value; paragraphs of a piece of a web page are parted."""
    found = []
    for event, inner in etree.iterwalk(part, events=("start", "end")):
        if isinstance(inner.tag, str) and local(inner) in ("p", "br", "div", "li"):
            found.append(" ")
        found.append((inner.text if event == "start" and isinstance(inner.tag, str) else "") or "")
        found.append((inner.tail if event == "end" and inner is not part else "") or "")
    return "".join(found)


def _printed(lines: list[str]) -> str:
    return "\n".join(dict.fromkeys(line[:_CHARACTERS] for line in lines[:MOST_FIELDS]))


def _root(packet: bytes, policy: ExtractionPolicy) -> Element | None:
    try:
        return parse(packet, policy)
    except ExtractionError:
        return None


def _packets(document: Any) -> tuple[list[bytes], bool]:
    """The parts of the form that are XML by themselves, its first and last part only open and close what is around them; and
    whether there are more than are read."""
    found = []
    count = pdfium.FPDF_GetXFAPacketCount(document)
    left_out = count > MOST_PARTS
    for at in range(min(count, MOST_PARTS)):
        size = ctypes.c_ulong()
        if not pdfium.FPDF_GetXFAPacketContent(document, at, None, 0, size) or not size.value:
            continue
        if size.value > PART_BYTES:
            left_out = True
            continue
        buffer = ctypes.create_string_buffer(size.value)
        if pdfium.FPDF_GetXFAPacketContent(document, at, buffer, size.value, size):
            found.append(buffer.raw[: size.value])
    return found, left_out
