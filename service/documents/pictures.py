"""Pictures of pages: made by the reading process, kept in the blob store, with the quoted passage outlined."""

import base64
import hashlib
import json
import logging
import struct
import threading
from collections.abc import Sequence
from html import escape

from sqlalchemy import select

from extractors.errors import ExtractionError
from extractors.locators import Box, ImageLocator, Locator, PageLocator, SlideLocator
from extractors.sandbox import Reader
from service.accounts.scope import Scope
from service.database.engine import Database
from service.documents.blobs import BlobStore
from service.documents.models import DocumentRow
from service.documents.passwords import PasswordKeeper
from service.documents.service import find_document
from service.errors import NotFound, WrongUse
from service.reports.cuts import CUT_WIDTH
from service.settings import Settings

logger = logging.getLogger(__name__)

# Widths that are made; others are rounded up to one of these, so that nobody fills the store with a thousand sizes.
WIDTHS = (320, 800, 1200, 1800)
# Where a PNG says its width and height: after the 8 bytes of signature and 8 of chunk head (PNG specification, 11.2.2).
_IHDR = slice(16, 24)


class PictureService:
    """Pictures of the pages of PDFs and of picture files."""

    def __init__(self, database: Database, blobs: BlobStore, settings: Settings, passwords: PasswordKeeper) -> None:
        self._passwords = passwords
        self._database = database
        self._blobs = blobs
        self._policy = settings.extraction
        self._reader: Reader | None = None
        # The reader has one child process and serves one caller at a time.
        self._lock = threading.Lock()

    def picture(self, scope: Scope, document: str, part: int, width: int = 1200) -> bytes:
        """A page as PNG; ``part`` counts from 1. Raises NotFound where the file has no such page or no pages at all."""
        with self._database.read() as session:
            row = find_document(session, scope, document)
        if not row.sha256 or part < 1:
            raise NotFound("There is no picture of this page.")
        chosen = next((step for step in WIDTHS if step >= width), WIDTHS[-1])
        name = f"{row.sha256}/page-{part}-{chosen}.png"
        kept = self._blobs.get(scope.workspace, name)
        if kept is not None:
            return kept
        try:
            with self._blobs.local(scope.workspace, row.sha256) as path, self._lock:
                if self._reader is None:
                    self._reader = Reader(self._policy)
                words = self._passwords.of(scope.workspace, row.bundle_id)
                made = self._reader.picture(path, row.media_type, part, chosen, words)
        except ExtractionError as problem:
            raise NotFound("There is no picture of this page.", problem.remedy) from problem
        except FileNotFoundError as problem:
            raise NotFound("The bytes of this file are no longer in the store.") from problem
        self._blobs.put(scope.workspace, name, made)
        return made

    def outlined(self, scope: Scope, document: str, part: int, locators: Sequence[Locator], width: int = 1200) -> str:
        """The same as SVG with the boxes of the locators on this page drawn over it."""
        return outline(self.picture(scope, document, part, width), boxes_on(locators, part))

    def cut(self, scope: Scope, sha256: str, media_type: str, part: int, boxes: Sequence[Box]) -> bytes | None:
        """The strip of a page around a passage, for reports; None where the file shows no pages or is not kept any more."""
        places = json.dumps([box.model_dump() for box in boxes]).encode()
        name = f"{sha256}/cut-{part}-{hashlib.sha256(places).hexdigest()[:16]}"
        kept = self._blobs.get(scope.workspace, name)
        if kept is not None:
            return kept
        try:
            with self._blobs.local(scope.workspace, sha256) as path, self._lock:
                if self._reader is None:
                    self._reader = Reader(self._policy)
                words = self._passwords_of(scope.workspace, sha256)
                made = self._reader.cut(path, media_type, part, boxes, CUT_WIDTH, words)
        except (ExtractionError, FileNotFoundError) as problem:
            logger.info("no strip of page %s of %s: %s", part, sha256[:12], problem)
            return None
        self._blobs.put(scope.workspace, name, made)
        return made

    def _passwords_of(self, workspace: str, sha256: str) -> tuple[str, ...]:
        """The passwords of all bundles in which the file was sent."""
        with self._database.read() as session:
            query = select(DocumentRow.bundle_id).where(
                DocumentRow.workspace_id == workspace, DocumentRow.sha256 == sha256
            )
            bundles = sorted(set(session.scalars(query)))
        return tuple(word for bundle in bundles for word in self._passwords.of(workspace, bundle))

    def close(self) -> None:
        """End the reading process."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()


def boxes_on(locators: Sequence[Locator], part: int) -> list[Box]:
    """The boxes that lie on a page, slide or picture."""
    found: list[Box] = []
    for locator in locators:
        match locator:
            case PageLocator(page=number) if number == part:
                found += locator.boxes
            case SlideLocator(slide=number) if number == part:
                found += locator.boxes
            case ImageLocator():
                found += locator.boxes
    return found


def outline(png: bytes, boxes: Sequence[Box], numbers: Sequence[str] = ()) -> str:
    """A PNG with outlined boxes, as SVG, each with its number where ``numbers`` are given.

    The picture is not decoded here: only its size is read from its head.
    """
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise WrongUse("This is no picture.")
    width, height = struct.unpack(">II", png[_IHDR])
    drawn = "".join(
        f'<rect x="{box.x0 * width:.1f}" y="{box.y0 * height:.1f}" width="{(box.x1 - box.x0) * width:.1f}" '
        f'height="{(box.y1 - box.y0) * height:.1f}" fill="#ffd54d" fill-opacity="0.25" stroke="#b26a00" stroke-width="2"/>'
        for box in boxes
    )
    drawn += "".join(
        f'<text x="{box.x0 * width + 2:.1f}" y="{box.y0 * height:.1f}">{escape(number)}</text>'
        for box, number in zip(boxes, numbers, strict=False)
    )
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image href="data:image/png;base64,{data}" width="{width}" height="{height}"/>{drawn}</svg>'
    )
