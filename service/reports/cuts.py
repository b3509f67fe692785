"""Strips of page pictures around quoted passages, so that a report shows the paper itself and not only our reading of it."""

import base64
import logging
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evidence.model import Citation, DocumentReport, Passage
from extractors.errors import ExtractionError
from extractors.locators import Box, ImageLocator, PageLocator

logger = logging.getLogger(__name__)

# Width of the page that a strip is cut from: small print stays readable on paper.
CUT_WIDTH = 1000
# Boxes marked in a strip: a passage has a box a line, and no strip shows more lines.
MOST_BOXES = 60
# A strip larger than this comes from no page of ours: the report does not take it.
MOST_PIXELS = 4_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Cut:
    """A strip of a page: its bytes, their type and its size in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def address(self) -> str:
        """The strip as an address that holds it."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


# What is asked for: the file's fingerprint and type, the page (from 1) and the places on it.
Cutter = Callable[[str, str, int, Sequence[Box]], bytes | None]


def no_cuts(sha256: str, media_type: str, part: int, boxes: Sequence[Box]) -> bytes | None:
    """Where the files are not at hand, reports have quotes alone."""
    return None


class PageCutter(Protocol):
    """What cuts; ``extractors.sandbox.Reader`` is the real one."""

    def cut(self, path: Path, media_type: str, part: int, boxes: Sequence[Box], width_px: int) -> bytes:
        """The strip of a page; raises an ExtractionError."""
        ...


def cutter_of_files(files: Mapping[str, Path], reader: PageCutter) -> Cutter:
    """Cuts from files on disk, known by their fingerprints. A file that cannot be shown costs its own pictures only."""

    def cut(sha256: str, media_type: str, part: int, boxes: Sequence[Box]) -> bytes | None:
        path = files.get(sha256)
        if path is None:
            return None
        try:
            return reader.cut(path, media_type, part, boxes, CUT_WIDTH)
        except ExtractionError as problem:
            logger.info("no picture of page %s: %s", part, problem.message)
            return None

    return cut


class Cuts:
    """The strips of one report, each made once, as many as the report shows."""

    def __init__(self, cutter: Cutter, documents: Sequence[DocumentReport]) -> None:
        self._cutter = cutter
        self._documents = {document.path: document for document in documents}
        self._passages: dict[str, dict[str, Passage]] = {}
        self._made: dict[tuple[str, int, tuple[Box, ...]], Cut | None] = {}

    def of(self, citation: Citation) -> Cut | None:
        """The strip around a citation; None where it stands on no page."""
        document = self._documents.get(citation.document)
        place = citation.locator
        if document is None or cutting_impossible(document):
            return None
        if isinstance(place, PageLocator):
            everywhere = [one for one in (citation.locators or (place,)) if isinstance(one, PageLocator)]
            boxes = tuple(box for one in everywhere if one.page == place.page for box in one.boxes)[:MOST_BOXES]
            part = place.page
        elif isinstance(place, ImageLocator):
            part, boxes = 1, place.boxes
        else:
            return None
        key = (document.sha256, part, boxes)
        if key not in self._made:
            content = self._cutter(document.sha256, document.media_type, part, boxes)
            self._made[key] = measured(content) if content else None
        return self._made[key]


def cutting_impossible(document: DocumentReport) -> bool:
    """Whether a file has no pages that could be shown."""
    return not (document.media_type == "application/pdf" or document.media_type.startswith("image/"))


def measured(content: bytes) -> Cut | None:
    """The strip with its size read from its head, without decoding it; None for anything but a PNG of fair size."""
    if not content.startswith(_PNG) or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return Cut(content, "image/png", width, height) if 0 < width * height <= MOST_PIXELS else None
