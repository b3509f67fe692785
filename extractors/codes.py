"""QR codes on pages and pictures: what is written in them, and where they stand.

Runs in the child process: the decoder is native code and looks at bytes of strangers. An address in a code is text like
any other: it is shown to people and never followed.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pypdfium2
from PIL import Image

from extractors.document import Block
from extractors.geometry import Rect, overlap, scaled
from extractors.layout import Place
from extractors.locators import Locator

# Codes kept of one page: a certificate has one or two, a sheet of labels a dozen.
MOST_CODES = 12
# Characters kept of one code; it can hold 4,296 (ISO/IEC 18004), an address has a hundred.
LONGEST = 1_000
# A picture of more pixels is made smaller before codes are looked for: A4 at 300 dots per inch is just below.
MOST_PIXELS = 9_000_000
# Sides, in points, of pictures among the text that may be a code, and how many of a page are looked at.
LEAST_SIDE, MOST_SIDE, MOST_PICTURES = 25.0, 300.0, 6
# A code drawn module by module leaves so many small areas, none wider than a row of its modules.
LEAST_MODULES, MODULE_SIDE = 150, 12.0
# The light rim that a code needs to be found (four modules of a small one), in points, and the resolution it is looked at.
RIM, DPI, POINTS_PER_INCH = 6.0, 200, 72


def codes_on(image: Image.Image) -> list[tuple[str, Rect]]:
    """The text of each QR code on a picture and its place in pixels, from top to bottom; nothing that is no text."""
    import zxingcpp

    grey = image if image.mode == "L" else image.convert("L")
    factor = min(1.0, (MOST_PIXELS / max(1, grey.width * grey.height)) ** 0.5)
    if factor < 1.0:
        grey = grey.resize((max(1, int(grey.width * factor)), max(1, int(grey.height * factor))), Image.Resampling.BOX)
    found = []
    for code in zxingcpp.read_barcodes(np.asarray(grey), formats=zxingcpp.barcode_formats_from_str("QRCode")):
        text = _readable(code.text) if code.content_type == zxingcpp.ContentType.Text else ""
        if text:
            corners = code.position
            xs, ys = zip(
                *(
                    (corner.x, corner.y)
                    for corner in (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
                ),
                strict=True,
            )
            found.append((text, scaled((min(xs), min(ys), max(xs), max(ys)), 1 / factor)))
    return sorted(found, key=lambda one: (one[1][1], one[1][0]))[:MOST_CODES]


def _readable(text: str) -> str:
    """The lines of a code without signs that are none of writing."""
    lines = ("".join(char for char in line if char.isprintable()).strip() for line in text[:LONGEST].splitlines())
    return "\n".join(line for line in lines if line)


def code_blocks(image: Image.Image, part: int, place: Place) -> list[Block]:
    """The codes of a picture as blocks; ``place`` takes boxes in its pixels."""
    return [
        Block(kind="code", text=text, locators=place((rect,)), part=part, source="ocr")
        for text, rect in codes_on(image)
    ]


def page_codes(
    page: pypdfium2.PdfPage, pictures: Sequence[Rect] | None, fills: Sequence[Rect], number: int, place: Place
) -> list[Block]:
    """The codes among the text of a PDF page, from its pictures and small areas; all places in points as shown.

    Without ``pictures`` the whole page is one, with its text laid over it unseen.
    """
    width, height = page.get_width(), page.get_height()
    found: list[Block] = []
    for rect in [(0.0, 0.0, width, height)] if pictures is None else _places(pictures, fills):
        x0, y0, x1, y1 = rect[0] - RIM, rect[1] - RIM, rect[2] + RIM, rect[3] + RIM
        x0, y0, x1, y1 = max(0.0, x0), max(0.0, y0), min(width, x1), min(height, y1)
        if x1 - x0 < LEAST_SIDE or y1 - y0 < LEAST_SIDE:
            continue
        scale = min(DPI / POINTS_PER_INCH, (MOST_PIXELS / ((x1 - x0) * (y1 - y0))) ** 0.5)
        image = page.render(scale=scale, crop=(x0, height - y1, width - x1, y0), grayscale=True).to_pil()

        def on_page(rects: Iterable[Rect], scale: float = scale, x0: float = x0, y0: float = y0) -> tuple[Locator, ...]:
            shown = (scaled(one, 1 / scale) for one in rects)
            return place((a + x0, b + y0, c + x0, d + y0) for a, b, c, d in shown)

        found += code_blocks(image, number, on_page)
    return list({(block.text, block.locators): block for block in found}.values())[:MOST_CODES]


def _places(pictures: Sequence[Rect], fills: Sequence[Rect]) -> list[Rect]:
    """Where a code may stand: pictures of the size of one, the squarest first, and a field of many small areas."""
    sized = [
        (abs(1 - (rect[2] - rect[0]) / (rect[3] - rect[1])), rect)
        for rect in dict.fromkeys(pictures)
        if LEAST_SIDE <= rect[2] - rect[0] <= MOST_SIDE and LEAST_SIDE <= rect[3] - rect[1] <= MOST_SIDE
    ]
    found = [rect for _, rect in sorted(sized)[:MOST_PICTURES]]
    modules = [rect for rect in fills if rect[3] - rect[1] <= MODULE_SIDE and rect[2] - rect[0] <= MOST_SIDE]
    if len(modules) >= LEAST_MODULES:
        field = (
            min(rect[0] for rect in modules), min(rect[1] for rect in modules),
            max(rect[2] for rect in modules), max(rect[3] for rect in modules),
        )  # fmt: skip
        if not any(
            overlap(field[0], field[2], one[0], one[2]) and overlap(field[1], field[3], one[1], one[3]) for one in found
        ):
            found.append(field)
    return found
