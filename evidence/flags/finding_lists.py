"""Findings of audits as points of a list under a head that says so."""

import re
from collections.abc import Sequence
from functools import cache

from evidence.data import table
from evidence.facts.tables import choices, is_finding, says_no_finding
from evidence.facts.text import fold, late, phrases, spellings
from evidence.model import Passage

FOUND = re.compile(rf"{phrases('audits_flags', 'found').pattern}|{phrases('audits_flags', 'counted').pattern}")

LONGEST_COUNTED = 40
"""Letters of the head of a column that counts findings."""

LEAST_TOLD = 12
"""Letters beside its number from which a line tells what was found."""


def found_good(line: str) -> bool:
    """Whether a row ends in a word of assent: a clause on nonconforming product that is kept is no finding."""
    cells = [fold(cell).strip(" .") for cell in line.split("|") if cell.strip()]
    return len(cells) >= 2 and cells[-1] in choices("yes")


def some_rows_go_on(lines: Sequence[str]) -> bool:
    """Whether beside rows that say that nothing was found stand rows of the same table that go on behind it: with what was done, by when
    and who looked.
    """
    split = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
    rows = [row for row in split if len(row) > FIELD]  # a field of a form is no row of a table
    none = min((sum(map(bool, row)) for row in rows if says_no_finding(" | ".join(row))), default=0)
    told = [row for row in rows if none and sum(map(bool, row)) >= none + LEAST_MORE]
    return any(any(map(str.isdigit, "".join(row))) for row in told)


FIELD = 2
"""Cells of a field of a form: its head and what was filled in."""

LEAST_MORE = 3
"""Cells by which a row with a finding is fuller than one without: its action, its day and who looked."""


def in_order(text: str) -> bool:
    """Whether a cell or point says that what was looked at is as it shall be: a mark for nothing, assent, ``conforms``, ``not missing``."""
    folded = fold(text).strip(" .")
    bare = _ASIDE.sub("", folded).strip(" .:;-–—")
    if not any(map(str.isalpha, folded)) or folded in choices("yes") or bare in _nil():
        return True
    if (first := _FIRST.split(folded)[0].split()) and all(word in _nil() for word in first):
        return True  # ``none 없음, 12 materials traced``
    unfaulted = _NO_FAULT.sub(" ", folded)
    if is_finding(unfaulted):
        return False
    said = _IN_ORDER.search(unfaulted)
    denied = said is not None and _NONE.search(unfaulted, max(said.start() - NEAR_DENIED, 0), said.end() + 1)
    return says_no_finding(text) or unfaulted != folded or (said is not None and not denied)


_FIRST = re.compile(r"[,;.(，；。（]")
_ASIDE = re.compile(r"[(（\[].*", re.DOTALL)


@cache
def _nil() -> frozenset[str]:
    return spellings((*table("words")["audits_flags"]["zero"], *table("words")["audits_flags"]["none_whole"]))


def faulty(cells: Sequence[str]) -> list[bool]:
    """Which cells of a column of findings tell of something wrong. Questions do not; where some say that all was in order, the others have
    to say what was not.
    """
    good = [in_order(cell) for cell in cells]
    mixed = any(one and any(map(str.isalpha, cell)) for one, cell in zip(good, cells, strict=True))
    return [
        not one and not fold(cell).rstrip().endswith("?") and (not mixed or is_finding(cell) or _says_wrong(cell))
        for one, cell in zip(good, cells, strict=True)
    ]


def says_wrong(cell: str) -> bool:
    """Whether a cell or point tells of something wrong, and not that it was as it shall be."""
    return (is_finding(cell) or _says_wrong(cell)) and not in_order(cell) and not fold(cell).rstrip().endswith("?")


def _says_wrong(cell: str) -> bool:
    return _NONE.search(fold(cell)) is not None or _FAULTS.search(fold(cell)) is not None


NEAR_DENIED = 12
"""Letters before the word for good in which a word denies it."""

_NONE = late("|".join(phrases("audits_flags", name).pattern for name in ("wrong", "none_before")))
_IN_ORDER, _FAULTS = (phrases("audits_flags", name) for name in ("in_order", "faults"))
_NO_FAULT = late(
    rf"(?:{_NONE.pattern}|nobody|no one|nothing) ?(?:[^\W\d_]+ ){{0,2}}?(?:{_FAULTS.pattern})|"
    rf"(?:{_FAULTS.pattern})(?: [^\W\d_]+){{0,2}}\s?[:-]?\s?(?:none|nil|{phrases('audits_flags', 'none_before').pattern})(?![^\W_])"
)
"""A fault that is denied: ``not missing on any``, ``nobody was absent``, ``expired material: none``."""


def below_head(text: Sequence[tuple[Passage, str]]) -> list[tuple[Passage, str]]:
    """The points of a list under a head that says that they are findings: ``Nonconformities:``, ``- gauges without sticker``.

    An audit finds what conforms too: under a head that only says findings its points may tell that all is kept.
    """
    found: list[tuple[Passage, str]] = []
    under = bad = False
    for passage, line in text:
        point = _POINT.match(fold(line)) or _counted_on(line, len(found) + 1 if under else 1)
        if not point:
            under = _heads_findings(line)
            bad = bad or (under and FOUND.search(_FINDINGS.sub(" ", fold(line))) is not None)
        elif under and sum(map(str.isalpha, line)) >= LEAST_TOLD // (1 if line[point.end() :][:1].isascii() else 2):
            if says_no_finding(line) or found_good(line):
                return []
            found.append((passage, line))
    return found if bad or not _tell_good([line for _, line in found]) else []


def _tell_good(points: Sequence[str]) -> bool:
    """Whether of points none tells of something wrong, and half of them at least say that what was seen is there or is kept."""
    if any((is_finding(line) or _says_wrong(line)) and not in_order(line) for line in points):
        return False
    return 2 * sum(in_order(line) or _KEPT.search(fold(line)) is not None for line in points) >= len(points)


_KEPT = phrases("audits_flags", "kept")


_FINDINGS = phrases("audits_flags", "findings")
"""Words for what an audit found, good or bad."""

_POINT = re.compile(r"\s*(?:[-*•–▪·]|\(?\d{1,2}[.)、]|[a-h][.)])\s?(?=\S)")


def _counted_on(line: str, number: int) -> re.Match[str] | None:
    """The bare number of a point that is the next of its list and begins a sentence: ``1 The thermometer``; a PDF drops the dot."""
    point = _BARE.match(line)
    return point if point and int(point[1]) == number and not point[2].islower() and "|" not in line else None


_BARE = re.compile(r"\s*(\d{1,2})\s+(?=([^\W\d_]))")


_MARKED = late(
    rf"(?:[-–—:：(（\[|]|^)\s?(?:{phrases('audits_flags', 'found').pattern}|{phrases('audits_flags', 'classes').pattern})\s?(?:[.:;,)）\]|：。，-]|$)"
)
"""A class of finding between two signs: ``Winding - NC. Thickness not recorded``, ``(minor)``."""


def marked_points(text: Sequence[tuple[Passage, str]]) -> list[tuple[Passage, str]]:
    """The points of a list beside which stands that they are nonconformities."""
    points = [(passage, line, point) for passage, line in text if (point := _POINT.match(fold(line)))]
    return [
        (passage, line)
        for passage, line, point in points
        if _MARKED.search(fold(line), point.end()) and not says_no_finding(line) and "?" not in line
    ]


def graded_lines(text: Sequence[tuple[Passage, str]]) -> list[tuple[Passage, str]]:
    """The lines of a report that end in the class of what they tell, two at least: ``Stores: no number on 14 drums. Minor.``"""
    found = [
        (passage, line)
        for passage, line in text
        if "|" not in line and _GRADED.search(fold(line)) and not says_no_finding(line) and "?" not in line
    ]
    return found if len(found) > 1 else []


_GRADED = late(
    rf"[^\W\d_]{{3}}.*[.:;,(（\[。，–—-]\s?(?:{phrases('audits_flags', 'classes').pattern})\s?[)）\].。]{{0,2}}\s*$"
)


def _heads_findings(line: str) -> bool:
    """Whether a short line names findings and says nothing of them."""
    bare = fold(line).strip(" |:\uff1a#.")
    return 0 < len(bare) <= LONGEST_COUNTED and FOUND.search(bare) is not None and not says_no_finding(bare)
