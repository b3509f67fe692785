"""What a certificate is of: the standards of management systems and the schemes of buyers and trades, with their editions.

Both are data (``schemes.toml``). The words of some schemes say what a company makes as well (``halal``), so they are no
landmark on the page, and count only where nothing else is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from evidence.data import table
from evidence.facts.text import late, words

_SYSTEMS: list[dict[str, Any]] = table("schemes")["system"]
_SCHEMES: list[dict[str, Any]] = table("schemes")["scheme"]

QUALITY = frozenset(item["name"] for item in (*_SYSTEMS, *_SCHEMES) if item.get("quality"))
"""Names of standards of quality management systems; an environmental certificate says nothing about quality."""

SYSTEMS = frozenset(item["name"] for item in _SYSTEMS) | QUALITY
"""Names of standards of management systems, certified in cycles of three years."""

LABORATORIES = "17025"
"""The number of the standard for laboratories: a landmark on their papers, which are certificates of no system."""

_NUMBERS = sorted(
    {number for item in _SYSTEMS for number in item["numbers"]} | {LABORATORIES}, key=lambda n: (-len(n), n)
)
_ADOPTED = (
    r"(?:(?:en|bs|ts|tcvn|sni|ms|ks\s?q|jis\s?q|din|gb/t|gbt|uni|nbr|nf|une)[\s/-]{0,3}){0,4}"
    r"(?:iso(?:/ts|/iec)?|(?:[1il|][5sร][o0]|160)(?=\s9001:20\d\d)|iatf|ohsas|gb/t|jis\s?q|ks\s?q)\s?-?(?:"
    + "|".join(map(re.escape, _NUMBERS))
    + r")(?!\d)(?:\s?[:\-–]\s?((?:19|20)\d\d))?"
)
_LANDMARKS = words(tuple(word for item in _SCHEMES if not item.get("common") for word in item["words"])).pattern
NUMBERED = late(_ADOPTED)
"""A standard of management systems by its number, in folded text."""

STANDARD = late(f"{_ADOPTED}|{_LANDMARKS}")
"""A standard or scheme where it is a landmark on the page, in folded text; group 1 is the year of a numbered standard."""


@dataclass(frozen=True)
class Mention:
    """A standard or scheme that is named: where in the folded text, and of which edition (``""`` where none is told)."""

    name: str
    edition: str
    start: int
    end: int
    common: bool = False

    @property
    def of_system(self) -> bool:
        """Whether it is a standard of management systems."""
        return self.name in SYSTEMS


def mentions(folded: str, written: str) -> Iterator[Mention]:
    """What a text names, in its order; ``written`` is the same text as it was before it was folded."""
    found = []
    for match in STANDARD.finditer(folded):
        if made := _system(match):
            found.append(made)
    for item, pattern in _schemes():
        found += [_scheme(item, match, folded, written) for match in pattern.finditer(folded)]
    yield from sorted(found, key=lambda made: (made.start, made.end))


def names_system(folded: str) -> bool:
    """Whether a text names a standard of management systems by its number."""
    return any(_system(match) for match in NUMBERED.finditer(folded))


def is_of_laboratory(folded: str) -> bool:
    """Whether the standard for laboratories goes before any other: the accreditation of one."""
    first = NUMBERED.search(folded)
    return first is not None and LABORATORIES in first[0]


def wider(name: str) -> str:
    """The scheme that a scheme belongs to; ``""`` for none."""
    return next((item.get("within", "") for item in _SCHEMES if item["name"] == name), "")


def issues(name: str) -> bool:
    """Whether the owner of a scheme issues its certificates itself."""
    return any(item["name"] == name and item.get("issues", False) for item in _SCHEMES)


def _system(match: re.Match[str]) -> Mention | None:
    number = re.search(rf"(?:{'|'.join(map(re.escape, _NUMBERS))})(?=$|\s?[:\-–]|\s)", match[0])
    if number is None:
        return None
    for item in _SYSTEMS:
        if number[0] in item["numbers"] and re.search(item.get("prefix", ""), match[0]):
            year = match[1] or ""
            year = item.get("years", {}).get(year, year)
            return Mention(item["name"], f"{item['name']}:{year}" if year else "", match.start(), match.end())
    return None


@cache
def _schemes() -> tuple[tuple[dict[str, Any], re.Pattern[str]], ...]:
    return tuple((item, words(tuple(item["words"]))) for item in _SCHEMES)


_VERSION = late(
    r"\s?(?:\([^)\n]{2,12}\))?\s?[:\-–]?\s?(?:(?:issue|version|ver\.?|v|edition|ed\.|rev\.?|revision)\s?(?P<told>\d{1,2}(?:\.\d){0,2})|"
    r"(?P<bare>(?<=\s)\d{1,2}(?:\.\d){1,2}|(?<=[\s:-])(?:19|20)\d\d))(?![\w./-])"
)
"""What stands behind the name of a scheme and is its edition: a year, or the number of a version or issue."""


def _scheme(item: dict[str, Any], match: re.Match[str], folded: str, written: str) -> Mention:
    name, edition = item["name"], ""
    own = re.compile(item["edition"]).match(folded, match.start()) if "edition" in item else None
    if own:
        edition = written[match.start() : own.end()]
    elif "edition" not in item:
        letter = re.search(r"\d([a-d])$", match[0])
        behind = _VERSION.match(folded, match.end())
        if letter:
            edition = f"{name}:{letter[1].upper()}"
        elif behind:
            version = behind["told"] or behind["bare"]
            edition = f"{name}{':' if len(version) == YEAR else ' '}{version}"
    return Mention(name, edition, match.start(), match.end(), item.get("common", False))


YEAR = 4
"""Figures of a year."""
