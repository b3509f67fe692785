"""A document in the making: what every reader of an office, web or mail file writes into.

A draft counts characters, cells and paragraphs against the policy, cleans text of what no person sees, and says once
when something was left out because a limit was reached.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

from extractors import progress
from extractors.document import Block, BlockKind, Document, Metadata, NotRead, Part, PartKind, Table
from extractors.locators import Locator, ParagraphLocator
from extractors.policy import ExtractionPolicy
from extractors.sha import sha256

# Control characters, lone surrogates, zero-width characters, soft hyphens and direction marks: a person sees none of
# them, and each can hide a word from a search or turn a line around. Tab and line feed stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# Marks above and below one letter; Unicode says that no text needs more (UAX 15, stream-safe text), and bringing a million of
# them into their order takes hours.
MOST_MARKS = 30
STRUCK_CODE = "struck_through"
STRUCK = "Words that are struck through were read as if they stood."
# Places of such words that are told of one file.
MOST_STRUCK = 50
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text as a person sees it: composed letters (NFC), plain line ends, nothing invisible."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text)).replace("\xa0", " ")
    if len(text) > MOST_MARKS:
        text = _heaps().sub(r"\1", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@cache
def _heaps() -> re.Pattern[str]:
    """More marks on a letter than any writing has."""
    marks = "".join(re.escape(chr(code)) for code in range(0x300, 0x10000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


class Draft:
    """Parts, blocks and notes of one file, in reading order, within the limits of the policy."""

    def __init__(self, path: Path, name: str, media_type: str, policy: ExtractionPolicy) -> None:
        self.path = path
        self.name = name
        self.media_type = media_type
        self.policy = policy
        self.parts: list[Part] = []
        self.blocks: list[Block] = []
        self.not_read: list[NotRead] = []
        self.attachments: list[str] = []
        self.metadata = Metadata()
        # The part of a mail that is being read, see ParagraphLocator.
        self.mail: str | None = None
        self.paragraphs = 0
        self.tables = 0
        self.progress = (0, 1)
        self._said: set[str] = set()
        self._struck: dict[tuple[Locator, ...], None] = {}
        self._characters = 0
        self._cells = 0

    @property
    def cells_left(self) -> int:
        """How many more cells the policy allows in this file."""
        return max(0, self.policy.workbook_cells - self._cells)

    @property
    def full(self) -> bool:
        """Whether the limit of characters, paragraphs or time is reached, so that reading on gives nothing."""
        return (
            self._characters >= self.policy.text_characters
            or self.paragraphs >= self.policy.paragraphs
            or progress.out_of_time()
        )

    def stops(self) -> bool:
        """Whether to leave out what comes, which is said; else that work goes on."""
        if self.full:
            why = "takes longer than is spent on" if progress.out_of_time() else "holds more text than is read of"
            self.once("limit_exceeded", f"The file {why} one file; the rest was left out.")
            return True
        self.beat()
        return False

    def beat(self) -> None:
        """Say that work goes on within a part: a large sheet is no hung one."""
        progress.tick(*self.progress)

    def part(self, kind: PartKind, name: str = "", *, hidden: bool = False, read: bool = True) -> int:
        """Begin a part; its number, from 1."""
        number = len(self.parts) + 1
        self.parts.append(Part(number=number, kind=kind, name=clean(name), hidden=hidden, read=read))
        return number

    def block(
        self,
        kind: BlockKind,
        text: str,
        *locators: Locator,
        level: int = 0,
        table: Table | None = None,
        hidden: bool = False,
        source: Literal["text", "ocr"] = "text",
        confidence: float | None = None,
    ) -> None:
        """Add a block to the part begun last (a section is begun where there is none). Empty text is no block."""
        text = clean(text).strip()
        if not text and table is None:
            return
        if not self.parts:
            self.part("section")
        cells = len(table.cells) if table else 0
        if self.full or cells > self.cells_left:
            why = "takes longer than is spent on" if progress.out_of_time() else "holds more text than is read of"
            self.once("limit_exceeded", f"The file {why} one file; the rest was left out.", *locators)
            return
        self._cells += cells
        self._characters += len(text)
        self.blocks.append(
            Block(
                kind=kind,
                text=text,
                locators=locators,
                part=len(self.parts),
                level=level,
                table=table,
                source=source,
                confidence=confidence,
                hidden=hidden,
            )
        )

    def paragraph(self) -> ParagraphLocator:
        """The place of the next paragraph or table cell of a file without pages."""
        self.paragraphs += 1
        return ParagraphLocator(paragraph=self.paragraphs, mail=self.mail)

    def left(self, code: str, sentence: str, *locators: Locator) -> None:
        """Say that something was seen but not read."""
        self.not_read.append(NotRead(code=code, sentence=sentence, locators=locators))

    def once(self, code: str, sentence: str, *locators: Locator) -> None:
        """As ``left``, but each code once a file."""
        if code not in self._said:
            self._said.add(code)
            self.left(code, sentence, *locators)

    def struck(self, *locators: Locator) -> None:
        """Say that words are struck through, in this place or in the block added last."""
        place = locators or (self.blocks[-1].locators if self.blocks else ())
        if place not in self._struck and len(self._struck) < MOST_STRUCK:
            self._struck[place] = None
            self.left(STRUCK_CODE, STRUCK, *place)

    def too_deep(self) -> None:
        """Say that something nested deeper than the policy allows was left out."""
        self.once("limit_exceeded", "The document is nested deeper than the set limit; what stands there was left out.")

    def document(self) -> Document:
        """The finished document. A file with nothing in it has one empty part."""
        if not self.parts:
            self.part("section")
        return Document(
            path=self.name,
            sha256=sha256(self.path),
            media_type=self.media_type,
            parts=tuple(self.parts),
            blocks=tuple(self.blocks),
            metadata=self.metadata,
            not_read=tuple(self.not_read),
            attachments=tuple(self.attachments),
        )
