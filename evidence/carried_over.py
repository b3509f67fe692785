"""What a report tells of other products to which its action was carried over: no look at the effect on its own."""

import re
from collections.abc import Iterator

from evidence.bundle import Item
from evidence.facts.text import fold, phrases

_CARRIED = phrases("corrective_flags", "carried_over")
_EFFECT = phrases("corrective_flags", "effect")
_CODE = re.compile(r"(?<![\w-])(?=[A-Z]{1,5}[-\d])(?:[A-Z0-9]+-)*[A-Z0-9]*\d[A-Z0-9]*(?![\w-])")
"""The number of a product: ``WB25-06``."""


def is_of_other_parts(item: Item, told: str) -> bool:
    """Whether words of a report stand in the place for other products, and name some by their numbers and none of its own."""
    if not told.strip():
        return False
    lines = list(_lines(item))
    at = next((index for index, line in enumerate(lines) if told.strip()[:LEAST_FOUND] in line), -1)
    if at < 0:
        return False
    head = fold(re.split(r"\s\|\s|[:：]", lines[at], maxsplit=1)[0])
    codes = set(_CODE.findall(lines[at]))
    if not codes or not _CARRIED.search(head) or _EFFECT.search(head):
        return False
    return not codes & {code for line in lines[:at] for code in _CODE.findall(line)}


LEAST_FOUND = 40
"""Letters of words by which they are found in their paper."""


def _lines(item: Item) -> Iterator[str]:
    return (line for _, line in item.document.lines())
