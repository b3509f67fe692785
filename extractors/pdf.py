"""PDF files: text with its places, tables, forms, notes; pages without text through OCR.

Runs in the child process: pdfium may abort on a hostile file.
"""

import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import compress
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from extractors import pdf_attached, pdf_extras, progress, wire
from extractors.codes import code_blocks, page_codes
from extractors.detect import PDF
from extractors.document import Block, Document, NotRead, Part
from extractors.errors import DamagedFile, EncryptedFile, MemoryExceeded, ReaderUnavailable
from extractors.geometry import Frame, Rect, scaled
from extractors.layout import Line, Place, blocks, body_size
from extractors.locators import Locator, PageLocator
from extractors.ocr import OcrEngine, engine
from extractors.pdf_cover import mark_covered
from extractors.pdf_objects import Drawn, drawn_on
from extractors.pdf_packed import may_hold
from extractors.pdf_page import Page, area_on, frame_of, is_garbled, mark_hidden, placed, repeats
from extractors.pdf_pictures import is_undecodable
from extractors.pdf_searchable import wants_ocr
from extractors.pdf_streams import refuse_bombs
from extractors.pdf_tables import region_table, with_ruled_tables
from extractors.pdf_text import TextPage
from extractors.pdf_unseen import Unseen
from extractors.policy import ExtractionPolicy
from extractors.room import lacks_memory
from extractors.running import mark_running_lines

# Scale of the picture on which stamps are looked for against the one that is read: 75 dots per inch.
STAMPS_SCALE = 0.25
# Processor time of asking pages how they are turned, which each asks of all its ancestors: microseconds a page in honest
# files, milliseconds where thousands of pages name one another as parents.
ANCESTRY_SECONDS = 0.5
# What a catalog says of its layers, which text may be switched off with (PDF 32000-1 8.11.4.2).
LAYERS = b"/OCProperties"
# Points an inch (PDF 32000-1 8.3.2.3).
POINTS_PER_INCH = 72


def read(path: Path, name: str, policy: ExtractionPolicy, ocr: OcrEngine | None = None) -> Document:
    """Read a whole PDF. Raises EncryptedFile and DamagedFile; pages that fail stand in the document as not read."""
    return read_pages(path, name, policy, 1, None, ocr)


def page_count(path: Path, policy: ExtractionPolicy) -> int:
    """How many pages the file says it has."""
    with _opened(path, policy) as document:
        return len(document)


def read_pages(
    path: Path,
    name: str,
    policy: ExtractionPolicy,
    first: int,
    last: int | None,
    ocr: OcrEngine | None = None,
    *,
    forms: bool = True,
) -> Document:
    """Read the pages ``first`` to ``last`` (from 1, both included; None: to the end), ``forms`` with the fields of forms."""
    with _opened(path, policy) as document:
        if forms:
            document.init_forms()
        reader = _PdfReader(document, policy, ocr, may_hold(path, LAYERS))
        total = len(document)
        end = min(total if last is None else min(last, total), first + policy.pages - 1)
        pages = reader.pages(first, end)
        unread = _left_out(end, total if last is None else end, "The file has more pages than the set limit.")
        if not forms:
            unread.append(NotRead(code="part_not_read", sentence="The form fields of this file could not be read."))
        mark_running_lines([(page.lines, page.layout_size[1]) for page in pages])
        body = body_size(line for page in pages for line in page.lines if not line.block)
        found: list[Block] = []
        for page in pages:
            found += blocks(page.lines, page.layout_size[0], body, page.number, placed(page, page.back), page.source)
            found += page.after
        missing = pdf_extras.unread_forms(document)
        if missing and pages and first == 1:
            from extractors.pdf_xfa import form_blocks

            made, cut = form_blocks(document, placed(pages[0]), policy)
            found, missing = found + made, missing + cut
        parts = [
            Part(
                number=page.number,
                kind="page",
                name=f"Page {page.number}",
                read=page.read,
                ocr=page.ocr,
                width=round(page.shown_size[0], 2),
                height=round(page.shown_size[1], 2),
                turned=page.quarters,
            )
            for page in pages
        ]
        if unread:
            parts += [Part(number=at, kind="page", name=f"Page {at}", read=False) for at in range(end + 1, total + 1)]
        return Document(
            path=name,
            sha256="",
            media_type=PDF,
            parts=tuple(parts),
            blocks=tuple(found),
            metadata=pdf_extras.metadata(document, path, reader.fonts),
            not_read=(*(item for page in pages for item in page.not_read), *unread, *missing),
            attachments=(*pdf_attached.names(document, policy), *(name for page in pages for name in page.attachments)),
        )


def page_picture(path: Path, number: int, width_px: int, policy: ExtractionPolicy) -> Image.Image:
    """One page as a picture of the given width, as a person sees it, with form fields and notes."""
    with _opened(path, policy) as document:
        document.init_forms()
        if not 1 <= number <= len(document):
            raise DamagedFile(f"The file has no page {number}.")
        page = _loaded(document, number)
        scale = width_px / max(1.0, page.get_width())
        scale = min(scale, (policy.ocr_pixels / max(1.0, page.get_width() * page.get_height())) ** 0.5)
        return page.render(scale=scale).to_pil()


def page_size(path: Path, number: int, policy: ExtractionPolicy) -> tuple[float, float]:
    """Width and height of a page as shown, in points."""
    with _opened(path, policy) as document, closing(_loaded(document, number)) as handle:
        frame = frame_of(handle.raw)
        return frame.width, frame.height


def _opened(path: Path, policy: ExtractionPolicy) -> pypdfium2.PdfDocument:
    refuse_bombs(path, policy)
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedFile from problem
        raise DamagedFile from problem


def _loaded(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError as problem:
        raise DamagedFile(f"Page {number} is damaged.") from problem


def _left_out(end: int, total: int, why: str) -> list[NotRead]:
    if end >= total:
        return []
    return [NotRead(code="limit_exceeded", sentence=f"Pages {end + 1} to {total} were not read. {why}")]


class _PdfReader:
    """Reads the pages of one open document; keeps count of what OCR may still cost."""

    def __init__(
        self, document: pypdfium2.PdfDocument, policy: ExtractionPolicy, ocr: OcrEngine | None, layered: bool
    ) -> None:
        self.document, self.policy, self._ocr = document, policy, ocr
        self.ocr_left = policy.ocr_pages
        self.characters_left = policy.text_characters
        self.fonts: dict[bytes, bool] = {}
        self._layered = layered
        self._ancestry = 0.0

    def pages(self, first: int, last: int) -> list[Page]:
        found = []
        progress.tick(0, last - first + 1)
        for number in range(first, last + 1):
            if progress.out_of_time() or self.characters_left <= 0:
                found.append(self._given_up(number, "The time or the amount of text set for one file was used up."))
                continue
            if self._ancestry > ANCESTRY_SECONDS:
                found.append(self._given_up(number, "The pages hang on one another in a circle.", "damaged_page"))
                continue
            try:
                found.append(self._page(number))
            except (ReaderUnavailable, wire.Closed):
                raise
            except Exception as problem:  # the libraries of tables and pictures raise whatever a page makes them
                if lacks_memory(problem):
                    raise MemoryExceeded from problem
                found.append(self._given_up(number, "It is damaged.", "damaged_page"))
            progress.tick(number - first + 1, last - first + 1)
        return found

    def _given_up(self, number: int, why: str, code: str = "limit_exceeded") -> Page:
        sentence = f"Page {number} was not read. {why}"
        unread = NotRead(code=code, sentence=sentence, locators=(PageLocator(page=number),))
        return Page(number, 0.0, 0.0, not_read=[unread], read=False)

    def _page(self, number: int) -> Page:
        with closing(_loaded(self.document, number)) as handle:
            begun = time.process_time()
            frame = frame_of(handle.raw)
            self._ancestry += time.process_time() - begun
            text = TextPage(handle.raw, frame, self.policy.page_characters)
            level = text.level_rotation()
            turned = (frame.rotation - level) // 90 % 4
            if turned:
                # A table set across the page: read as it stands level, then told where it is shown.
                text.close()
                pdfium.FPDFPage_SetRotation(handle, level // 90)
                frame = frame_of(handle.raw)
                text = TextPage(handle.raw, frame, self.policy.page_characters)
            page = Page(number, frame.width, frame.height, turned=turned)
            try:
                self._fill(page, handle, text, frame)
            finally:
                self.fonts.update(text.fonts)
                text.close()
            return page

    def _fill(self, page: Page, handle: pypdfium2.PdfPage, text: TextPage, frame: Frame) -> None:
        place = placed(page)
        self.characters_left -= len(text.text)
        drawn = drawn_on(handle.raw, frame, self.policy.page_objects)
        lines = text.lines(Unseen(text.raw, drawn, frame))
        if text.cut:
            sentence = f"Page {page.number} holds more text than the set limit; the rest was left out."
            page.not_read.append(NotRead(code="limit_exceeded", sentence=sentence, locators=place(())))
        mark_hidden(lines, drawn, page)
        mark_covered(lines, text, drawn, self.document.raw, handle.raw)
        if self._layered:
            from extractors.pdf_layers import mark_switched_off

            mark_switched_off(lines, text, handle, self.policy.ocr_pixels)
        if wants_ocr(lines, text, drawn, page, handle, self.policy.ocr_pixels):
            with progress.looking():
                self._read_picture(page, handle, place, bool(drawn.pictures))
            if not is_garbled(text):
                # Words that somebody typed over the scan stay the file's own: exact, and told apart from the picture.
                typed = [line for line in lines if not line.hidden and line.text.strip()]
                page.lines = [line for line in page.lines if not repeats(page.back, line, typed)]
                self._take_typed(page, typed, place)
            hidden = [line for line in lines if line.hidden]
            page.after += blocks(hidden, page.width, body_size(hidden), page.number, place)
        else:
            if page.source == "text" and (text.garbled or drawn.outlines):
                lines += self._read_garbled(page, handle, text.garbled, lines, drawn, place)
            if page.source == "ocr":
                own = [line.hidden or text.is_unpainted(line) for line in lines]
                self._take_typed(page, [line for line, of_scan in zip(lines, own, strict=True) if not of_scan], place)
                lines = list(compress(lines, own))
            page.lines = with_ruled_tables(lines, text, drawn, page.number, place, self.policy)
            if page.source == "text" and drawn.pictures:
                self._read_pictures(page, handle, lines, drawn, place)
            if page.number <= self.policy.code_pages:
                pictures = drawn.pictures if page.source == "text" else None
                page.after += page_codes(handle, pictures, (*drawn.fills, *drawn.stems), page.number, place)
        extras = pdf_extras.page_extras(self.document, handle, frame, page.number, page.lines, place, self.policy)
        page.after += extras.blocks
        page.not_read += extras.not_read
        page.attachments += extras.attachments

    def _take_typed(self, page: Page, typed: Sequence[Line], place: Place) -> None:
        """What somebody typed over a scan, behind what the scan says and apart from it."""
        page.after += blocks(typed, page.width, body_size(typed), page.number, place)

    def _read_picture(self, page: Page, handle: pypdfium2.PdfPage, place: Place, scanned: bool) -> None:
        from extractors.scan import not_read, read_scan
        from extractors.scan_stamps import has_stamps

        if self.ocr_left <= 0 or progress.out_of_pictures():
            page.read = False
            why = "has more such pages than the set limit" if self.ocr_left <= 0 else "took longer than the set time"
            sentence = f"Page {page.number} is a picture and was not read: the file {why}."
            page.not_read.append(NotRead(code="limit_exceeded", sentence=sentence, locators=place(())))
            return
        self.ocr_left -= 1
        area = max(1.0, page.width * page.height)
        scale = min(self.policy.ocr_dpi / POINTS_PER_INCH, (self.policy.ocr_pixels / area) ** 0.5)
        # Colours take four times the room and tell nothing but stamps, which a small picture of a scan shows.
        stamped = scanned and has_stamps(handle.render(scale=scale * STAMPS_SCALE).to_pil().convert("RGB"))
        picture = handle.render(scale=scale, grayscale=not stamped).to_pil()

        def in_points(rects: Iterable[Rect]) -> tuple[Locator, ...]:
            return place(scaled(rect, 1 / scale) for rect in rects)

        reader = self._ocr or engine(self.policy.tessdata_folders)
        dpi = round(POINTS_PER_INCH * scale)
        scan = read_scan(picture, reader, self.policy, dpi, page.number, in_points)
        # The picture may have been scaled down before it was read; lines go back to points of the page.
        factor = scale * scan.scale
        for line in scan.lines:
            line.rect = scaled(line.rect, 1 / factor)
            line.size /= factor
        if scan.upright:
            page.upright = scan.upright.width / factor, scan.upright.height / factor
        page.back = lambda rect: scaled(scan.back(scaled(rect, factor)), 1 / scale)
        page.ocr, page.source = True, "ocr"
        page.lines = scan.lines
        page.after += code_blocks(picture, page.number, in_points)
        page.not_read += not_read(scan, f"page {page.number}", in_points)
        if not scan.lines and is_undecodable(picture, handle):
            page.read = False
            sentence = f"Page {page.number} is a picture that is damaged or packed in a way that is not known; it was not read."
            page.not_read.append(NotRead(code="part_not_read", sentence=sentence, locators=place(())))
        if scan.unread or scan.handwritten:
            page.read = bool(scan.lines)

    def _read_garbled(
        self,
        page: Page,
        handle: pypdfium2.PdfPage,
        garbled: list[Line],
        lines: Sequence[Line],
        drawn: Drawn,
        place: Place,
    ) -> list[Line]:
        """Words whose font does not say what they mean, and words drawn as outlines, read from the page's picture."""
        from extractors.pdf_garbled import DRAWING_CONFIDENCE, outlined, read_places

        garbled = [line for line in garbled if area_on(line.rect, page) > 0]
        outlines = [rect for rect in drawn.outlines if area_on(rect, page) > 0]
        drawings = outlined(outlines, drawn.stems, lines)
        if not garbled and not drawings:
            return []
        if self.ocr_left > 0 and not progress.out_of_pictures():
            self.ocr_left -= 1
            reader = self._ocr or engine(self.policy.tessdata_folders)
            with progress.looking():
                read, unread = read_places(handle, [*garbled, *drawings], reader, self.policy)
        else:
            read, unread = [], garbled
        # Outlines without words are drawings.
        known = {id(line) for line in drawings}
        lost = [line.rect for line in unread if id(line) not in known]
        read = [line for line in read if id(line) not in known or (line.confidence or 0) >= DRAWING_CONFIDENCE]
        if lost:
            sentence = f"Some of page {page.number} is set in a font without meaning and could not be read."
            page.not_read.append(NotRead(code="part_not_read", sentence=sentence, locators=place(lost)))
        return read

    def _read_pictures(
        self, page: Page, handle: pypdfium2.PdfPage, lines: Sequence[Line], drawn: Drawn, place: Place
    ) -> None:
        """Pasted scans and screenshots among the text of a page."""
        from extractors.pdf_pictures import picture_blocks, worth_reading

        for rect in worth_reading(drawn.pictures, lines, page.width, page.height):
            if self.ocr_left <= 0 or progress.out_of_pictures():
                why = "has more pictures than the set limit" if self.ocr_left <= 0 else "took longer than the set time"
                sentence = f"A picture on page {page.number} was not read: the file {why}."
                page.not_read.append(NotRead(code="limit_exceeded", sentence=sentence, locators=place([rect])))
                continue
            self.ocr_left -= 1
            reader = self._ocr or engine(self.policy.tessdata_folders)
            with progress.looking():
                page.after += picture_blocks(handle, rect, page.number, place, reader, self.policy)


def tables_at(path: Path, number: int, regions: Sequence[Rect], policy: ExtractionPolicy) -> list[Block | None]:
    """The table within each region of page ``number`` that somebody pointed at, in points of the page as shown.

    The region is taken at its word: what stands in it is read as one table; None where it holds no two cells.
    """
    with _opened(path, policy) as document, closing(_loaded(document, number)) as handle:
        frame = frame_of(handle.raw)
        page = Page(number, frame.width, frame.height)
        drawn = drawn_on(handle.raw, frame, policy.page_objects)
        with closing(TextPage(handle.raw, frame, policy.page_characters)) as text:
            lines = text.lines()
            mark_hidden(lines, drawn, page)
            seen = [line for line in lines if not line.hidden]
            return [region_table(seen, text, drawn, region, number, placed(page), policy) for region in regions]
