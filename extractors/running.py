"""Running headers and footers: lines that come back at the same height on many pages, page numbers aside.

A line on top of its page that differs from the others by a number alone is a running one only where the number counts
the pages: clauses that each begin a page, and the numbers of forms, are text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from extractors.layout import HEADING_SIZE, Line, body_size

# Where headers and footers stand, as parts of the page's height.
TOP_ZONE = 0.13
BOTTOM_ZONE = 0.12
# A line that comes back on this share of the pages, and on at least so many, is no text of one page.
REPEAT_SHARE = 0.5
REPEAT_PAGES = 2
# What stands with a number that counts pages: the word for them in some language, or the number of all.
_COUNTS_PAGES = re.compile(
    r"(?i)\b(?:page|pg|p\.|sheet|trang|halaman|hal\.|muka surat|sayfa|seite|blatt|p[áa]gina|p[áa]g\.|stran[ay]|strona|str\.|side"
    r"|sida|стр(?:аница)?)\W{0,3}\d|\d\s*(?:/|of|von|dari|daripada|sur|de|di|från|af|из|จาก)\s*\d{1,4}\b"
    r"|(?:หน้า|第)\W{0,3}\d|\d\W{0,3}(?:頁|页|ページ|쪽|페이지)"
)
_NUMBER = re.compile(r"\d{1,9}")
_PAGE_NUMBER = re.compile(
    r"(?i)^\W*(page|trang|halaman|sayfa|seite|p\.?)?\W*\d{1,4}(\s*(/|of|von|dari|-)\s*\d{1,4})?\W*$"
)


def mark_running_lines(pages: Sequence[tuple[Sequence[Line], float]]) -> None:
    """Set ``kind`` of header and footer lines. ``pages`` holds the lines of each page and its height in their unit."""
    zones = [[(line, _zone(line, height)) for line in lines] for lines, height in pages]
    seen: Counter[tuple[str, str]] = Counter()
    for page in zones:
        seen.update({(zone, _normal(line.text)) for line, zone in page if zone})
    same = Counter((zone, line.text.casefold().strip()) for page in zones for line, zone in page if zone)
    counted = _counting_pages(zones)
    filled = sum(bool(page) for page in zones)
    wanted = max(REPEAT_PAGES, REPEAT_SHARE * min(filled, 20))
    for page in zones:
        for line, zone in page:
            if zone == "header" and seen[zone, _normal(line.text)] >= wanted:
                if (
                    same[zone, line.text.casefold().strip()] > 1
                    or _COUNTS_PAGES.search(line.text)
                    or id(line) in counted
                ):
                    line.kind = "header"
            elif zone == "footer" and (seen[zone, _normal(line.text)] >= wanted or _PAGE_NUMBER.match(line.text)):
                line.kind = "footer"


def _counting_pages(zones: Sequence[Sequence[tuple[Line, str]]]) -> set[int]:
    """The ids of lines of headers in plain print with a number that rises by one from page to page, and is not ahead of
    them."""
    plain = body_size(line for page in zones for line, _ in page if not line.block)
    bold_is_rare = 2 * sum(line.bold for page in zones for line, _ in page) < sum(map(len, zones))
    found: set[int] = set()
    groups: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)
    for number, page in enumerate(zones, start=1):
        for line, zone in page:
            if zone != "header" or line.size >= HEADING_SIZE * plain or (line.bold and bold_is_rare):
                continue
            for at, digits in enumerate(_NUMBER.findall(line.text)):
                if int(digits) <= number:
                    groups[_normal(line.text), at, int(digits) - number].append(id(line))
    for lines in groups.values():
        if len(lines) >= REPEAT_PAGES:
            found.update(lines)
    return found


def _zone(line: Line, height: float) -> str:
    if line.block or not height:
        return ""
    middle = (line.rect[1] + line.rect[3]) / 2 / height
    return "header" if middle < TOP_ZONE else "footer" if middle > 1 - BOTTOM_ZONE else ""


def _normal(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold().strip()
