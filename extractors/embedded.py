"""Pictures inside office files: their words by OCR, and what was not read said with its place."""

import base64
import hashlib
import re

from extractors import progress
from extractors.draft import Draft
from extractors.errors import ExtractionError
from extractors.locators import Locator
from extractors.packages import Package

# Smaller files are icons, bullets and lines: nobody writes evidence into them.
ICON_BYTES = 3_000
# Places named one by one; a sheet may hold a thousand copies of one arrow.
MOST_NAMED = 50
_RASTER = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")

_ADDRESS = re.compile(r"\s*data:image/[\w.+-]{1,40};base64,", re.IGNORECASE)


def picture_in(address: str) -> bytes | None:
    """The picture that is written into an address (RFC 2397), empty where it is broken; None where it lies elsewhere."""
    if not (match := _ADDRESS.match(address)):
        return None
    try:
        return base64.b64decode(address[match.end() :])
    except ValueError:
        return b""


def is_picture(data: bytes) -> bool:
    """Whether bytes begin as a picture of points, which can be looked at."""
    return data.startswith(_RASTER)


class Pictures:
    """Reads the pictures of one file, each different one once."""

    def __init__(self, package: Package | None, draft: Draft) -> None:
        self._package = package
        self._draft = draft
        self._known: dict[str, tuple[str, float] | None] = {}
        self._read = 0
        self._named = 0

    def write(self, part: str | None, place: Locator, hidden: bool = False) -> None:
        """Write the words of a picture as a drawing, or say that it was not read."""
        if self._package is None or part is None or part not in self._package:
            return
        try:
            if self._package.size(part) >= ICON_BYTES:
                self.write_bytes(self._package.read(part), place, hidden)
        except ExtractionError:
            self._say(place)

    def write_bytes(self, data: bytes, place: Locator, hidden: bool = False) -> None:
        """As ``write``, for a picture that is at hand."""
        if len(data) < ICON_BYTES:
            return
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._known:
            if not is_picture(data) or self._read >= self._draft.policy.embedded_pictures or progress.out_of_pictures():
                self._say(place)
                return
            self._read += 1
            try:
                self._known[digest] = self._words(data)
            except ExtractionError:
                self._say(place)
                return
            self._draft.beat()
        found = self._known[digest]
        if found is None:
            self._say(place, "A picture was seen in which no text could be read.")
        else:
            text, confidence = found
            self._draft.block("drawing", text, place, hidden=hidden, source="ocr", confidence=confidence)

    def _words(self, data: bytes) -> tuple[str, float] | None:
        # Loaded with the first picture only: the OCR engine takes time and memory.
        from extractors.image import text_of_picture

        return text_of_picture(data, self._draft.policy)

    def _say(self, place: Locator, sentence: str = "A picture was not read.") -> None:
        self._named += 1
        if self._named <= MOST_NAMED:
            self._draft.left("picture_not_read", sentence, place)
        elif self._named == MOST_NAMED + 1:
            self._draft.left("picture_not_read", "More pictures were not read.")
