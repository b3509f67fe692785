"""Running headers and footers: lines that come back at the same height on many pages, numbers aside."""

import re
from collections import Counter
from collections.abc import Sequence

from extractors.layout import Line

# Where headers and footers stand, as parts of the page's height.
TOP_ZONE = 0.13
BOTTOM_ZONE = 0.12
# A line that comes back on this share of the pages, and on at least so many, is no text of one page.
REPEAT_SHARE = 0.5
REPEAT_PAGES = 2
_PAGE_NUMBER = re.compile(
    r"(?i)^\W*(page|trang|halaman|sayfa|seite|p\.?)?\W*\d{1,4}(\s*(/|of|von|dari|-)\s*\d{1,4})?\W*$"
)


def mark_running_lines(pages: Sequence[tuple[Sequence[Line], float]]) -> None:
    """Set ``kind`` of header and footer lines. ``pages`` holds the lines of each page and its height in their unit."""
    zones = [[(line, _zone(line, height)) for line in lines] for lines, height in pages]
    seen: Counter[tuple[str, str]] = Counter()
    for page in zones:
        seen.update({(zone, _normal(line.text)) for line, zone in page if zone})
    filled = sum(bool(page) for page in zones)
    wanted = max(REPEAT_PAGES, REPEAT_SHARE * min(filled, 20))
    for page in zones:
        for line, zone in page:
            if zone == "header" and seen[zone, _normal(line.text)] >= wanted:
                line.kind = "header"
            elif zone == "footer" and (seen[zone, _normal(line.text)] >= wanted or _PAGE_NUMBER.match(line.text)):
                line.kind = "footer"


def _zone(line: Line, height: float) -> str:
    if line.block or not height:
        return ""
    middle = (line.rect[1] + line.rect[3]) / 2 / height
    return "header" if middle < TOP_ZONE else "footer" if middle > 1 - BOTTOM_ZONE else ""


def _normal(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold().strip()
