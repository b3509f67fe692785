"""What extraction gives: a document as parts (pages, sheets, slides) and blocks of text with their places.

These types cross the process boundary as JSON, so the parent checks every field of what a child sends.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from extractors.locators import Box, Locator


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "table",
    "form",
    "header",
    "footer",
    "caption",
    "drawing",
    "chart",
    "note",
    "comment",
    "code",
]
PartKind = Literal["page", "sheet", "slide", "section"]


class Cell(_Frozen):
    """One cell of a table. ``row`` and ``column`` count from 1 inside the table; a merged cell stands once, with its spans.

    ``text`` is what a person sees: a date in its format, a percentage as a percentage, a tick as ✓. ``value`` is the value
    behind it in ISO form (``2025-03-12``, ``0.0237``) where the file keeps one. ``lines`` are the characters at which the
    lines of a cell in a very long row begin, one for each box of its locator; empty where the locator is the whole cell.
    """

    text: str
    row: Annotated[int, Field(ge=1)]
    column: Annotated[int, Field(ge=1)]
    row_span: Annotated[int, Field(ge=1)] = 1
    column_span: Annotated[int, Field(ge=1)] = 1
    kind: Literal["empty", "text", "number", "date", "boolean", "error"] = "text"
    value: str | None = None
    formula: bool = False
    locator: Locator | None = None
    lines: tuple[Annotated[int, Field(ge=0)], ...] = ()


class Table(_Frozen):
    """Cells in row order, the empty ones included: a blank form differs from a filled one only by them.

    ``header_rows`` is the number of leading rows that are column heads. ``title`` is the text of a title row spanning the table.
    """

    rows: Annotated[int, Field(ge=1)]
    columns: Annotated[int, Field(ge=1)]
    cells: tuple[Cell, ...]
    header_rows: Annotated[int, Field(ge=0)] = 1
    title: str | None = None


class Piece(_Frozen):
    """A piece of a row that a wide gap parts from its neighbours: the character of the block's text at which it begins, and its place."""

    start: Annotated[int, Field(ge=0)]
    box: Box


class Block(_Frozen):
    """A piece of the document in reading order: its text, its place and what the reader saw of it.

    A ``table`` or ``form`` block carries its cells; its ``text`` is the rows, one a line, cells parted by `` | ``.
    ``confidence`` is the mean word confidence of OCR, 0 to 1; None where the text was in the file.
    ``lines`` are the characters at which the lines of the text begin, one for each box of its only place; empty where
    that is not known. ``pieces`` are what stands side by side in its rows, in the order of the text; empty where nothing does. A ``code`` block holds what is written in a QR code. ``hidden`` text is in the file but a person does not see it (white, tiny, off the page, hidden sheet).
    """

    kind: BlockKind
    text: str
    locators: tuple[Locator, ...]
    part: Annotated[int, Field(ge=1)]
    level: int = 0
    table: Table | None = None
    source: Literal["text", "ocr"] = "text"
    confidence: float | None = None
    hidden: bool = False
    lines: tuple[Annotated[int, Field(ge=0)], ...] = ()
    pieces: tuple[Piece, ...] = ()


class Part(_Frozen):
    """A page, sheet, slide or section: the unit that is read or not, and the unit that is alive or dead.

    ``turned`` are the quarters by which its lines run turned clockwise where it is shown: 1 down, 2 upside down, 3 up.
    """

    number: Annotated[int, Field(ge=1)]
    kind: PartKind
    name: str = ""
    read: bool = True
    ocr: bool = False
    hidden: bool = False
    width: float | None = None
    height: float | None = None
    turned: Annotated[int, Field(ge=0, le=3)] = 0


class NotRead(_Frozen):
    """Something that was seen but not read: said with its place, because not read is never not there."""

    code: str
    sentence: str
    locators: tuple[Locator, ...] = ()


class Metadata(_Frozen):
    """What the file says of itself; none of it is trusted, all of it is evidence. Dates in ISO form."""

    title: str | None = None
    author: str | None = None
    producer: str | None = None
    created: str | None = None
    modified: str | None = None
    last_modified_by: str | None = None
    extra: dict[str, str] = {}


class Document(_Frozen):
    """One file, read. ``path`` is its name within the bundle, ``media_type`` what its bytes are (never what its name says)."""

    path: str
    sha256: str
    media_type: str
    parts: tuple[Part, ...] = ()
    blocks: tuple[Block, ...] = ()
    metadata: Metadata = Metadata()
    not_read: tuple[NotRead, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def parts_read(self) -> int:
        """How many pages, sheets or slides could be read."""
        return sum(part.read for part in self.parts)
