"""Findings counted class by class where there was none of any: ``Major 0, Minor 0, Observation 0``, ``NC: nil / OFI: nil``."""

import re
from collections.abc import Sequence

from evidence.data import table
from evidence.facts.tables import is_finding
from evidence.facts.text import fold, late, phrases, words
from evidence.flags.finding_lists import FOUND, LONGEST_COUNTED

_NAMES = "|".join(phrases("audits_flags", name).pattern for name in ("found", "counted", "classes", "findings"))
_COUNTERS = phrases("audits_flags", "counters").pattern
_NIL = words(tuple(table("words")["audits_flags"]["zero"])).pattern
_NO_FIGURE = r"(?![\d%]|[.,/]\d)"
_DENIES_MORE = r"(?:no|không|tidak ada|ไม่มี|无|無|没有|沒有|yok)\s?(?=[^\W\d_])"
"""A word for none with another behind it says what there is none of: ``NC: no label on 3 drums``."""

_NONE = late(
    rf"(?:{_NAMES})s?\s?[)）]?[\s:=–(（-]{{0,3}}(?:0{_NO_FIGURE}|(?!{_DENIES_MORE})(?:{_NIL}))\s?(?:{_COUNTERS})?|"
    rf"(?<![\d.,/-])0\s?(?:(?:{_COUNTERS})\s?)?(?:{_NAMES})"
)
_SOME = late(
    rf"(?:{_NAMES})s?\s?[)）]?[\s:=–(（-]{{0,3}}[1-9]\d?(?!\d)|(?<![\d.,/-])[1-9]\d?\s?(?:(?:{_COUNTERS})\s?)?(?:{_NAMES})"
)
_NAMED = late(_NAMES)


def counts_none(line: str) -> bool:
    """Whether a line or cell counts findings, none of each class that it names, and tells of nothing wrong beside."""
    folded = fold(line)
    rest, counted = _NONE.subn(" ", folded)
    if not counted or _SOME.search(rest):
        return False
    return not is_finding(_NAMED.sub(" ", rest))


def counts_some(text: str) -> bool:
    """Whether a text counts a finding of any class."""
    return _SOME.search(_NONE.sub(" ", fold(text))) is not None


_COUNTS = late(r"\d+(?: ?[/+;,] ?\d+)*")
"""Findings of each class counted in one cell: ``2 / 0``."""

_COUNTED_AND_TOLD = late(r"[1-9]\d?\s?[:：;,，.、(（–—-]\s?[^\W\d_]")
"""How many findings, and in the same cell what they were: ``1: no sheet at kiln 2``."""

_DAY_BEFORE = late(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[,;:]? ")
_ZERO = late(
    "|".join(
        (
            rf"0(?: ?[/+;,] ?0)* ?(?:{_COUNTERS})?|-+|–|—|/",
            *map(re.escape, table("words")["audits_flags"]["zero"]),
        )
    )
)


def counts_of_findings(texts: Sequence[str]) -> tuple[int, int]:
    """Rows of a list of audits whose columns count no finding, and rows that count some."""
    none = some = 0
    at, width = list[int](), 0  # a table runs on in the next passage
    for text in texts:
        for line in text.splitlines():
            cells = [fold(cell).strip() for cell in line.split("|")]
            heads = [
                index
                for index, cell in enumerate(cells)
                if len(cell) <= LONGEST_COUNTED and not any(c.isdigit() for c in cell) and FOUND.search(cell)
            ]
            if len(cells) >= LEAST_COLUMNS and heads and not any(_ZERO.fullmatch(cell) for cell in cells[1:]):
                at, width = heads, len(cells)
            elif at and len(cells) > max(at):
                shift = max(len(cells) - width, 0)  # the first heads stand one row higher, over two rows
                counted = [_DAY_BEFORE.sub("", cells[index + shift]) for index in at if cells[index + shift]]
                some += any(
                    (_COUNTS.fullmatch(cell) and cell.strip("0 /+;,") != "")
                    or _COUNTED_AND_TOLD.match(cell)
                    or counts_some(cell)
                    for cell in counted
                )
                none += bool(counted) and all(
                    _ZERO.fullmatch(cell) or ("0" in cell and counts_none(cell)) for cell in counted
                )
            else:
                at = []
    return none, some


LEAST_COLUMNS = 3
"""Columns of a list of audits: when, what and how many findings."""


def field_counts_none(line: str) -> bool:
    """Whether a field says that there was none of what its head names: ``Observations | 0``."""
    return _none_of(line) != ""


def field_denies_finding(line: str) -> bool:
    """Whether a field for findings says that there was none, in whatever word for nothing: ``Điểm không phù hợp | không có``."""
    head = _none_of(line)
    return len(head) <= LONGEST_COUNTED and FOUND.search(head) is not None


def _none_of(line: str) -> str:
    """The head of a field that says that there was none of it; empty of any other line."""
    cells = [fold(cell).strip(" .") for cell in re.split(r"[|:\uff1a]", line) if cell.strip()]
    return cells[0] if len(cells) == LEAST_COLUMNS - 1 and _ZERO.fullmatch(cells[1]) else ""
