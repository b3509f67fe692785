"""Blocks of Word files that stand within others: rows, cells and what is in them, the lines of page headers and notes."""

from extractors.draft import one_line
from extractors.drawingml import branches
from extractors.packages import Element, local
from extractors.word_text import Paragraph, ParagraphReader

# Containers of blocks that add nothing of their own.
WRAPPERS = frozenset(["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"])
# Text boxes and tables within one another, and content controls, that are followed in a page header.
EDGE_DEPTH = 4
WRAPPER_DEPTH = 12


def rows(table: Element) -> list[Element]:
    """The rows of a table, also those inside content controls and changes."""
    found: list[Element] = []
    for part in branches(table):
        if local(part) == "tr":
            found.append(part)
        elif local(part) in WRAPPERS:
            found.extend(rows(part))
    return found


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, also those inside content controls and changes."""
    found: list[Element] = []
    for part in branches(row):
        if local(part) == "tc":
            found.append(part)
        elif local(part) in WRAPPERS:
            found.extend(cells_of(part))
    return found


def cell_parts(entry: Element) -> list[Element]:
    """The paragraphs and tables of a cell, also those inside content controls and changes."""
    found: list[Element] = []
    for part in branches(entry):
        if local(part) in ("p", "tbl"):
            found.append(part)
        elif local(part) in WRAPPERS:
            found.extend(cell_parts(part))
    return found


def edge_lines(holder: Element, runs: ParagraphReader, hanging: list[Paragraph], depth: int = 0) -> list[str]:
    """The lines of a page header: paragraphs, table rows with bars, text boxes. ``hanging`` takes the paragraphs for what
    else hangs on them."""
    lines: list[str] = []
    for part in branches(holder):
        if local(part) == "p":
            paragraph = runs.read(part)
            lines.append(one_line(paragraph.text))
            for box in paragraph.boxes:
                lines.extend(edge_lines(box, runs, hanging, depth + 1) if depth < EDGE_DEPTH else [])
            paragraph.boxes = []
            hanging.append(paragraph)
        elif local(part) == "tbl":
            for row in rows(part):
                texts = [
                    " ".join(edge_lines(cell, runs, hanging, depth + 1)).strip() if depth < EDGE_DEPTH else ""
                    for cell in cells_of(row)
                ]
                lines.append(" | ".join(texts) if any(texts) else "")
        elif local(part) in WRAPPERS and depth < WRAPPER_DEPTH:
            lines.extend(edge_lines(part, runs, hanging, depth + 1))
    return [line for line in lines if line]


def note_text(holder: Element, runs: ParagraphReader, hanging: list[Paragraph]) -> str:
    """The text of a note or comment, one paragraph a line, those of its text boxes included."""
    lines = []
    for element in holder.iter("{*}p"):
        paragraph = runs.read(element)
        paragraph.boxes = []
        lines.append(paragraph.text)
        hanging.append(paragraph)
    return "\n".join(filter(None, lines))
