"""Picture files: photos of certificates, scanned pages, faxes of many frames, screenshots."""

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, ImageSequence

from extractors import progress
from extractors.codes import code_blocks
from extractors.document import Block, Document, Metadata, NotRead, Part
from extractors.errors import (
    OUT_OF_ROOM,
    DamagedFile,
    ExtractionError,
    LimitExceeded,
    MemoryExceeded,
    ReaderUnavailable,
)
from extractors.geometry import Rect, scaled, to_box
from extractors.layout import blocks, body_size
from extractors.locators import Box, ImageLocator, Locator, PageLocator
from extractors.ocr import OcrEngine, engine
from extractors.policy import ExtractionPolicy
from extractors.room import lacks_memory
from extractors.scan import Scan, read_scan
from extractors.scan import not_read as said

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")
# Layout thinks in points: a picture counts as a page of this width, that of A4.
PAGE_WIDTH = 595.0
# A picture inside another file counts as text from so many words of so much confidence.
LEAST_WORDS = 2
EMBEDDED_CONFIDENCE = 0.7
_EXIF_DATE, _EXIF_CHANGED, _EXIF_MAKER, _EXIF_MODEL, _EXIF_PROGRAM, _EXIF_ARTIST = (
    0x9003,
    0x0132,
    0x010F,
    0x0110,
    0x0131,
    0x013B,
)
_EXIF_IFD = 0x8769


def read(path: Path, name: str, policy: ExtractionPolicy, ocr: OcrEngine | None = None) -> Document:
    """Read a picture file through OCR: one part for each frame.

    Raises DamagedFile and LimitExceeded. A file of several frames has page locators, a single picture image locators.
    """
    reader = ocr or engine(policy.tessdata_folders)
    parts: list[Part] = []
    found: list[Block] = []
    unread: list[NotRead] = []
    with _opened(path, policy) as image:
        total = _frames(image)
        paged = total > 1 and image.format == "TIFF"
        metadata = _metadata(image)
        for number, raw in enumerate(_each(image, paged), start=1):
            if number > min(policy.image_frames, policy.ocr_pages) or progress.out_of_pictures():
                parts += [
                    Part(number=at, kind="page", name=f"Page {at}", read=False) for at in range(number, total + 1)
                ]
                many = number > min(policy.image_frames, policy.ocr_pages)
                why = "too many" if many else "the pages before them took longer than the set time"
                unread.append(
                    NotRead(code="limit_exceeded", sentence=f"Pages {number} to {total} were not read: {why}.")
                )
                break
            picture = _upright(raw, policy)
            place = _Place(picture.size, number if paged else None)
            scan = read_scan(picture, reader, policy, _dpi(image), number, place)
            found += scan_blocks(scan, picture.size, number, place)
            found += code_blocks(picture, number, place)
            unread += not_read(scan, picture.size, number, place, f"page {number}" if paged else "the picture")
            parts.append(
                Part(
                    number=number,
                    kind="page",
                    name=f"Page {number}" if paged else "",
                    ocr=True,
                    width=float(picture.width),
                    height=float(picture.height),
                )
            )
            progress.tick(number, total if paged else 1)
    return Document(
        path=name,
        sha256="",
        media_type="",
        parts=tuple(parts),
        blocks=tuple(found),
        metadata=metadata,
        not_read=tuple(unread),
    )


class _Place:
    """Turns boxes in pixels into locators of a frame or a picture."""

    def __init__(self, size: tuple[int, int], page: int | None) -> None:
        self._size, self._page = size, page

    def __call__(self, rects: Iterable[Rect]) -> tuple[Locator, ...]:
        found = (to_box(rect, *self._size) for rect in rects)
        boxes: tuple[Box, ...] = tuple(box for box in found if box)
        if self._page is None:
            return (ImageLocator(boxes=boxes),)
        return (PageLocator(page=self._page, boxes=boxes),)


def scan_blocks(scan: Scan, size: tuple[int, int], part: int, place: _Place) -> list[Block]:
    """The blocks of a scan; layout works in points, so lines go there and their boxes come back."""
    assert scan.upright or not scan.lines
    factor = PAGE_WIDTH / (scan.upright.width if scan.upright else size[0])
    for line in scan.lines:
        line.rect = scaled(line.rect, factor)
        line.size *= factor

    def placed(rects: Iterable[Rect]) -> tuple[Locator, ...]:
        return place(scan.back(scaled(rect, 1 / factor)) for rect in rects)

    return blocks(scan.lines, PAGE_WIDTH, body_size(scan.lines), part, placed, source="ocr")


def not_read(scan: Scan, size: tuple[int, int], part: int, place: _Place, where: str) -> list[NotRead]:
    """What of the picture was seen and not read; at most one entry with all its places."""
    found = said(scan, where, place)
    if not found and not scan.lines:
        return [NotRead(code="no_text_found", sentence=f"No text was found on {where}.", locators=place(()))]
    return found


def text_of_picture(data: bytes, policy: ExtractionPolicy, ocr: OcrEngine | None = None) -> tuple[str, float] | None:
    """What is written in a picture inside another file (a sheet, a slide), line by line, with its confidence.

    None where it is a picture without words. Raises DamagedFile and LimitExceeded.
    """
    with _opened(io.BytesIO(data), policy) as image:
        scan = read_scan(_upright(image, policy), ocr or engine(policy.tessdata_folders), policy, _dpi(image))
    words = [word for word in scan.read_words if sum(map(str.isalnum, word.text)) > 1]
    if len(words) < LEAST_WORDS or scan.confidence < EMBEDDED_CONFIDENCE:
        return None
    return "\n".join(line.text for line in scan.lines), round(scan.confidence, 3)


def frame(path: Path, number: int, policy: ExtractionPolicy) -> Image.Image:
    """One frame of a picture file, upright as its camera noted it. Raises DamagedFile where it has no such frame."""
    with _opened(path, policy) as image:
        try:
            image.seek(number - 1)
        except (EOFError, ValueError) as problem:
            raise DamagedFile(f"The picture has no page {number}.") from problem
        return _upright(image, policy).copy()


@contextmanager
def _opened(path: Path | BinaryIO, policy: ExtractionPolicy) -> Iterator[Image.Image]:
    """The picture, refused before decoding where its header announces too many pixels."""
    # The policy's own limit is checked below; Pillow's would only add a warning.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as image:
                _check_pixels(image, policy)
                yield image
    except (ExtractionError, MemoryError):
        raise
    except Exception as problem:  # decoders raise whatever the bytes make them
        if isinstance(problem, OSError) and problem.errno in OUT_OF_ROOM:
            raise ReaderUnavailable from problem
        if lacks_memory(problem):
            raise MemoryExceeded from problem
        raise DamagedFile("The picture is damaged.") from problem


def _check_pixels(image: Image.Image, policy: ExtractionPolicy) -> None:
    if image.width * image.height > policy.image_pixels:
        raise LimitExceeded(f"The picture has more than {policy.image_pixels // 1_000_000} million pixels.")


def _frames(image: Image.Image) -> int:
    return max(1, int(getattr(image, "n_frames", 1)))


def _each(image: Image.Image, paged: bool) -> Iterator[Image.Image]:
    """The frames of a TIFF; of an animation only the first, for the others show the same."""
    if paged:
        yield from ImageSequence.Iterator(image)
    else:
        yield image


def _upright(image: Image.Image, policy: ExtractionPolicy) -> Image.Image:
    """The picture as a person sees it: turned by its EXIF note, on white where it is transparent, in grey or colour."""
    _check_pixels(image, policy)
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        rgba = turned.convert("RGBA")
        white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, rgba).convert("RGB")
    if turned.mode.startswith(("I", "F")):
        low, high = turned.getextrema()
        span = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]
        return turned.point(lambda value: (value - low) * (255.0 / span)).convert("L")
    return turned if turned.mode in ("L", "RGB") else turned.convert("L" if turned.mode == "1" else "RGB")


def _dpi(image: Image.Image) -> int:
    """The resolution the file states where it is a plausible one of a scan, else that of the policy's rendering."""
    stated = image.info.get("dpi")
    try:
        value = int(float(stated[0])) if stated else 0
    except (TypeError, ValueError, IndexError):
        value = 0
    return value if 150 <= value <= 1200 else 300


def _metadata(image: Image.Image) -> Metadata:
    """Dates, camera and program as the picture's EXIF block states them."""
    try:
        exif = image.getexif()
        inner = exif.get_ifd(_EXIF_IFD)
    except Exception:  # a broken note is no reason not to read the picture
        return Metadata()
    maker = " ".join(_text(exif.get(tag)) for tag in (_EXIF_MAKER, _EXIF_MODEL)).strip()
    return Metadata(
        author=_text(exif.get(_EXIF_ARTIST)) or None,
        producer=_text(exif.get(_EXIF_PROGRAM)) or None,
        created=_exif_date(inner.get(_EXIF_DATE)),
        modified=_exif_date(exif.get(_EXIF_CHANGED)),
        extra={"camera": maker} if maker else {},
    )


def _text(value: object) -> str:
    return str(value).replace("\x00", "").strip()[:200] if value else ""


def _exif_date(value: object) -> str | None:
    """``2025:03:12 10:11:12`` as ISO."""
    text = _text(value)
    day, _, clock = text.partition(" ")
    if len(day) == 10 and day.replace(":", "").isdigit() and day != "0000:00:00":
        return f"{day.replace(':', '-')}T{clock}" if clock else day.replace(":", "-")
    return None
