"""Plain text: paragraphs parted by blank lines; columns set with blanks are tables."""

import re
from pathlib import Path

from extractors.blank_columns import runs_of
from extractors.document import Document
from extractors.draft import Draft, clean, one_line
from extractors.encodings import decode
from extractors.errors import EmptyFile
from extractors.flow import write_table
from extractors.policy import ExtractionPolicy
from extractors.text_detect import PLAIN

# A paragraph of more characters is cut at line ends: a log without blank lines is no single thought.
PARAGRAPH_CHARACTERS = 4_000
# Two or more blanks or a tab inside lines: values set under each other.
_GAP = re.compile(r"\S(?:\t+| {2,})\S")
_LIST_ITEM = re.compile(r"^\s*([-*•–·▪]|\(?\d{1,3}[.)]|[a-z][.)])\s+\S")
_UNDERLINE = re.compile(r"^[=\-~_*#]{3,}\s*$")


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a text file in any encoding. Raises EmptyFile."""
    draft = Draft(path, name, PLAIN, policy)
    text = clean(decode(path.read_bytes()))
    if not text.strip():
        raise EmptyFile
    draft.part("section")
    write_text(draft, text)
    return draft.document()


def write_text(draft: Draft, text: str) -> None:
    """Write text into the draft as paragraphs, list items and headings underlined with signs."""
    for group in re.split(r"\n[ \t]*\n", text.expandtabs(8) if "\t" in text else text):
        lines = [line.rstrip() for line in group.split("\n") if line.strip()]
        if not lines or draft.full:
            continue
        if len(lines) >= 2 and _UNDERLINE.match(lines[1]) and len(lines[0]) < 120:
            draft.block("heading", one_line(lines[0]), draft.paragraph(), level=1 if lines[1].startswith("=") else 2)
            lines = lines[2:]
        if not lines:
            continue
        if sum(bool(_LIST_ITEM.match(line)) for line in lines) >= max(2, 0.4 * len(lines)):
            _items(draft, lines)
        else:
            _lines(draft, lines)


def _lines(draft: Draft, lines: list[str]) -> None:
    """Write the lines of a paragraph, those that stand in columns as tables."""
    written = 0
    for start, end, cells in runs_of(lines):
        _running(draft, lines[written:start])
        write_table(draft, cells, header_rows=1)
        written = end
    _running(draft, lines[written:])


def _running(draft: Draft, lines: list[str]) -> None:
    if len(lines) >= 2 and sum(bool(_GAP.search(line)) for line in lines) >= 0.5 * len(lines):
        _pieces(draft, lines, "\n")
    elif lines:
        _pieces(draft, [line.strip() for line in lines], "\n")


def _items(draft: Draft, lines: list[str]) -> None:
    item: list[str] = []
    for line in lines:
        if _LIST_ITEM.match(line) and item:
            draft.block("list_item", one_line(" ".join(item)), draft.paragraph())
            item = []
        item.append(line)
    draft.block("list_item", one_line(" ".join(item)), draft.paragraph())


def _pieces(draft: Draft, lines: list[str], glue: str) -> None:
    piece: list[str] = []
    size = 0
    for line in lines:
        if size + len(line) > PARAGRAPH_CHARACTERS and piece:
            draft.block("paragraph", glue.join(piece), draft.paragraph())
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    draft.block("paragraph", glue.join(piece), draft.paragraph())
