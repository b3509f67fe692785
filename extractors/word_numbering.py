"""Numbers that Word shows before headings and list items without storing them as text (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass, field

from extractors.packages import Element, attribute, child, children, local, whole

LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Numbers beyond are written in digits: a roman four thousand is a mistake of the file.
_MOST_ROMAN = 4_000


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""


@dataclass
class _List:
    levels: list[_Level] = field(default_factory=lambda: [_Level() for _ in range(LEVELS)])
    style_link: str | None = None


class Numbering:
    """Counts through the lists of one document in reading order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()
        for entry in children(root):
            if local(entry) == "abstractNum":
                self._abstract[attribute(entry, "abstractNumId") or ""] = _abstract(entry)
            elif local(entry) == "num":
                link = child(entry, "abstractNumId")
                overrides = {}
                for change in entry:
                    start = child(change, "startOverride") if local(change) == "lvlOverride" else None
                    if start is not None:
                        overrides[whole(attribute(change, "ilvl"))] = whole(attribute(start, "val"), 1)
                number = (attribute(link, "val") or "") if link is not None else ""
                self._lists[attribute(entry, "numId") or ""] = (number, overrides)

    def label(self, number: str, level: int) -> str | None:
        """The label of the next item of list ``number`` at ``level`` (from 0): ``4.2``, ``b)``; empty for a bullet.

        None where the list does not exist: number 0 takes a paragraph out of its style's list.
        """
        if number not in self._lists or not 0 <= level < LEVELS:
            return None
        abstract, overrides = self._lists[number]
        entry = self._abstract.get(abstract)
        if entry is None:
            return None
        counts = self._counts.setdefault(abstract, [0] * LEVELS)
        if level in overrides and (number, level) not in self._started:
            self._started.add((number, level))
            counts[level] = overrides[level]
        else:
            counts[level] = counts[level] + 1 if counts[level] else entry.levels[level].start
        for deeper in range(level + 1, LEVELS):
            counts[deeper] = 0
        here = entry.levels[level]
        if here.format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            if which >= LEVELS:
                return ""
            return written(counts[which] or entry.levels[which].start, entry.levels[which].format)

        return re.sub(r"%([1-9])", shown, here.text).strip()


def written(number: int, style: str) -> str:
    """A number in the style of a list level."""
    match style:
        case "lowerLetter" | "upperLetter":
            letter = chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 5)
            return letter.upper() if style == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if 0 < number < _MOST_ROMAN:
            text = ""
            for value, letters in _ROMAN:
                while number >= value:
                    text, number = text + letters, number - value
            return text.upper() if style == "upperRoman" else text
        case "decimalZero":
            return f"{number:02d}"
        case "bullet" | "none":
            return ""
    return str(number)


def _abstract(entry: Element) -> _List:
    found = _List()
    for level in entry:
        if local(level) != "lvl":
            continue
        index = whole(attribute(level, "ilvl"))
        if not 0 <= index < LEVELS:
            continue
        values = {local(part): attribute(part, "val") for part in level}
        found.levels[index] = _Level(
            whole(values.get("start"), 1), values.get("numFmt") or "decimal", values.get("lvlText") or ""
        )
    return found
