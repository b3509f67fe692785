"""Pictures within text pages of a PDF that may hold text themselves: pasted scans, screenshots, photos of labels."""

import itertools
from collections.abc import Iterable, Sequence
from statistics import mean

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from extractors.document import Block
from extractors.geometry import Rect, centre_within, scaled
from extractors.layout import Line, Place, blocks, body_size
from extractors.locators import Locator
from extractors.ocr import OcrEngine
from extractors.policy import ExtractionPolicy
from extractors.scan import read_scan

# A picture smaller than this, in parts of the page and in points a side, is a logo or a signature.
LEAST_SHARE = 0.06
LEAST_SIDE = 90
# Pictures read on one page; more are a catalogue.
MOST = 4
# Below this confidence, or with fewer words, a photo was read as text that is none.
CONFIDENCE = 0.72
LEAST_WORDS = 3
POINTS_PER_INCH = 72
# Pictures of a blank page that are decoded to see whether they can be, and forms within forms in which they are sought.
MOST_DECODED = 8
PICTURES_DEPTH = 4


def worth_reading(pictures: Sequence[Rect], lines: Sequence[Line], width: float, height: float) -> list[Rect]:
    """The pictures of a page that are large and have no text printed over them, largest first."""
    found = []
    for rect in set(pictures):
        x0, y0, x1, y1 = max(0.0, rect[0]), max(0.0, rect[1]), min(width, rect[2]), min(height, rect[3])
        large = min(x1 - x0, y1 - y0) >= LEAST_SIDE and (x1 - x0) * (y1 - y0) >= LEAST_SHARE * width * height
        if large and not any(centre_within(line.rect, rect) for line in lines):
            found.append((x0, y0, x1, y1))
    return sorted(found, key=lambda rect: -(rect[2] - rect[0]) * (rect[3] - rect[1]))[:MOST]


def picture_blocks(
    page: pypdfium2.PdfPage,
    rect: Rect,
    number: int,
    place: Place,
    engine: OcrEngine,
    policy: ExtractionPolicy,
) -> list[Block]:
    """What is written in one picture of a page; nothing where it is only a picture. ``rect`` is in points as shown."""
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    scale = min(policy.ocr_dpi / POINTS_PER_INCH, (policy.ocr_pixels / max(1.0, width * height)) ** 0.5)
    crop = (rect[0], max(0.0, page.get_height() - rect[3]), max(0.0, page.get_width() - rect[2]), rect[1])
    image = page.render(scale=scale, crop=crop, grayscale=True).to_pil()

    def on_page(part: Rect) -> Rect:
        x0, y0, x1, y1 = scaled(part, 1 / scale)
        return x0 + rect[0], y0 + rect[1], x1 + rect[0], y1 + rect[1]

    def placed(rects: Iterable[Rect]) -> tuple[Locator, ...]:
        return place(map(on_page, rects))

    scan = read_scan(image, engine, policy, round(POINTS_PER_INCH * scale), number, placed)
    words = [word for word in scan.read_words if sum(map(str.isalnum, word.text)) > 1]
    if len(words) < LEAST_WORDS or mean(word.confidence for word in words) < CONFIDENCE or not scan.upright:
        return []
    factor = scale * scan.scale
    for line in scan.lines:
        line.rect = scaled(line.rect, 1 / factor)
        line.size /= factor

    def back(rects: Iterable[Rect]) -> tuple[Locator, ...]:
        return placed(scan.back(scaled(part, factor)) for part in rects)

    return blocks(scan.lines, scan.upright.width / factor, body_size(scan.lines), number, back, source="ocr")


def is_undecodable(shown: Image.Image, page: pypdfium2.PdfPage) -> bool:
    """Whether a page shows nothing because a picture of it cannot be decoded: pdfium then draws none, and says nothing."""
    low, high = shown.convert("L").getextrema()
    if low != high:
        return False
    pictures = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=PICTURES_DEPTH)
    for picture in itertools.islice(pictures, MOST_DECODED):
        bitmap = pdfium.FPDFImageObj_GetBitmap(picture)
        if not bitmap:
            return True
        pdfium.FPDFBitmap_Destroy(bitmap)
    return False
