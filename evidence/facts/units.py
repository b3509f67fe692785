"""The unit that stands right behind a count."""

import re

from evidence.data import table
from evidence.facts.text import fold

_UNITS = frozenset(fold(unit).rstrip("s") for unit in table("measures")["row_words"]["units"])
_BEHIND = re.compile(r"\s?([^\W\d_]{1,8})")


def unit_behind(text: str, at: int) -> str:
    """The word right behind a count, which says of what it is a number: ``kg``, ``pcs``."""
    match = _BEHIND.match(text, at)
    unit = fold(match[1]).rstrip("s") if match else ""
    return unit if unit in _UNITS else ""
