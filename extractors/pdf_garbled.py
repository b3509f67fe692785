"""Text of a PDF page that a person can read and a machine cannot: fonts that do not say what their letters mean, and
letters drawn as outlines.

Only the places of such text are read from the picture of the page: all else is painted over first, so the engine cannot
tell twice what the file says itself. The places stay those of the file.
"""

from collections.abc import Sequence
from statistics import mean, median

import pypdfium2
from PIL import Image

from extractors.geometry import Rect, centre_within, overlap, scaled, union
from extractors.layout import Line
from extractors.ocr import OcrEngine
from extractors.policy import ExtractionPolicy
from extractors.scan import read_scan

# Points around a place that belong to it: strokes reach over the box of their letters.
STROKE = 1.5
# Points of white kept around all places together; the engine expects a margin.
MARGIN = 18
# Height in points of letters drawn as outlines, and how many of them side by side make a word.
OUTLINE_HEIGHT = (3.5, 40.0)
LEAST_OUTLINES = 6
# Letters differ in width; the marks of a chart do not.
LEAST_WIDTHS = 4
# Below this confidence a drawing was read as letters.
DRAWING_CONFIDENCE = 0.7
# Outlines on one page below which they are a logo, and above which they are a drawing.
FEW_OUTLINES = 25
MOST_OUTLINES = 6_000
# Letters of a word are no further apart than this part of their height, words than that.
WORD_GAP = 1.2
POINTS_PER_INCH = 72


def outlined(outlines: Sequence[Rect], stems: Sequence[Rect], lines: Sequence[Line]) -> list[Line]:
    """Places that look like lines of letters drawn as outlines, without text of the file on them.

    ``stems`` are plain shapes that fill the gaps of a word: l, i, full stops.
    """
    if not FEW_OUTLINES <= len(outlines) <= MOST_OUTLINES:
        return []
    low, high = OUTLINE_HEIGHT
    curved = {id(rect) for rect in outlines}
    letters = sorted(
        (rect for rect in (*outlines, *stems) if rect[3] - rect[1] <= high and rect[2] - rect[0] <= 2 * high),
        key=lambda rect: ((rect[1] + rect[3]) / 2, rect[0]),
    )
    rows: list[list[Rect]] = []
    for rect in letters:
        row = rows[-1] if rows else None
        if row and overlap(row[-1][1], row[-1][3], rect[1], rect[3]) > 0.3 * (rect[3] - rect[1]):
            row.append(rect)
        else:
            rows.append([rect])
    found: list[Line] = []
    outlines_found = 0
    for row in rows:
        size = max(low, median(rect[3] - rect[1] for rect in row))
        row.sort(key=lambda rect: rect[0])
        run = [row[0]]
        for following in [*row[1:], None]:
            if following and following[0] - run[-1][2] <= WORD_GAP * size:
                run.append(following)
                continue
            around = union(run)
            if (
                sum(id(one) in curved for one in run) >= LEAST_OUTLINES
                and len({round(2 * (one[2] - one[0])) for one in run}) >= LEAST_WIDTHS
                and around[3] - around[1] >= low
                and not any(centre_within(line.rect, around) for line in lines)
            ):
                found.append(Line("", around, 1.3 * size))
                outlines_found += len(run)
            if following:
                run = [following]
    return found if outlines_found >= FEW_OUTLINES else []


def read_places(
    page: pypdfium2.PdfPage, places: Sequence[Line], engine: OcrEngine, policy: ExtractionPolicy
) -> tuple[list[Line], list[Line]]:
    """The places with what is written there, and those where nothing could be read. Boxes are in points as shown."""
    width, height = page.get_size()
    x0, y0, x1, y1 = union(place.rect for place in places)
    frame = max(0.0, x0 - MARGIN), max(0.0, y0 - MARGIN), min(width, x1 + MARGIN), min(height, y1 + MARGIN)
    if frame[2] - frame[0] < 1 or frame[3] - frame[1] < 1:
        return [], list(places)
    area = (frame[2] - frame[0]) * (frame[3] - frame[1])
    scale = min(policy.ocr_dpi / POINTS_PER_INCH, (policy.ocr_pixels / area) ** 0.5)
    crop = (frame[0], height - frame[3], width - frame[2], frame[1])
    shown = page.render(scale=scale, crop=crop, grayscale=True).to_pil()
    picture = Image.new("L", shown.size, 255)
    for place in places:
        left, top, right, bottom = (
            round((edge - origin) * scale)
            for edge, origin in zip(_wider(place.rect), (frame[0], frame[1], frame[0], frame[1]), strict=True)
        )
        left, top = max(0, left), max(0, top)
        if right > left and bottom > top:
            picture.paste(shown.crop((left, top, right, bottom)), (left, top))
    scan = read_scan(picture, engine, policy, round(POINTS_PER_INCH * scale))
    words = []
    for word in scan.read_words:
        rect = scaled(scan.back(word.rect), 1 / scale)
        words.append(((rect[0] + frame[0], rect[1] + frame[1], rect[2] + frame[0], rect[3] + frame[1]), word))
    words.sort(key=lambda item: item[0][0])
    read, unread = [], []
    for place in places:
        here = [word for rect, word in words if centre_within(rect, _wider(place.rect))]
        if here:
            place.text = " ".join(word.text for word in here)
            place.confidence = mean(word.confidence for word in here)
            read.append(place)
        else:
            unread.append(place)
    return read, unread


def _wider(rect: Rect) -> Rect:
    return rect[0] - STROKE, rect[1] - STROKE, rect[2] + STROKE, rect[3] + STROKE
