"""Totals told in running text with their parts behind or before them: fields, lists, sentences.

The fact is that of :mod:`evidence.facts.totals`.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.facts.indicators import says
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span
from evidence.facts.units import unit_behind
from evidence.model import Fact, Passage

LEAST_PARTS = 3
"""Figures that a total sums: of two, one may be a part of the other."""

MOST_LISTED = 12
"""Counts that follow a total as its parts in one breath."""

_PIECES = re.compile(r"[|\n;,:：；，、。]|\.(?=\s|$)|\s(?:[-–—=+])\s|[()（）]")

_COUNT = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?![\d/-]|[.,]\d)")


def listed_total(passage: Passage, source: Source) -> Fact | None:
    """A total with its parts told behind it in fields, a list or a sentence: ``Sorted in all | 4,860``, ``Good | 4,512 | Bad | 267``.

    It counts as wrong where three parts or more, each less than it and the largest by far its greater part (unless all stand in
    lines of their own with one unit), sum to nearly it and no run of them to itself.
    """
    if passage.hidden or passage.text.count("|") > MOST_BARS:
        return None
    for index, total in enumerate(counts := counts_in(passage.text, source)):
        if total is None or not _sums_up(total.label):
            continue
        behind = list(_parts(total, counts[index + 1 : index + 1 + MOST_LISTED]))
        before = list(_parts(total, counts[max(0, index - MOST_LISTED) : index][::-1]))[::-1]
        parts = behind if len(behind) >= LEAST_PARTS else before
        sums = list(itertools.accumulate(part.value for part in parts))
        if len(parts) < LEAST_PARTS or total.value in (
            *sums,
            *itertools.accumulate(part.value for part in parts[::-1]),
        ):
            continue
        even = max(part.value for part in parts) * 2 < total.value and not _told_alike(passage.text, [total, *parts])
        if abs(sums[-1] - total.value) > NEAR_LISTED * total.value or even:
            continue
        wrong = {"label": total.label.strip()[:40], "written": total.value, "computed": sums[-1]}
        told = json.dumps({"right": 0, "wrong": [wrong]}, ensure_ascii=False, separators=(",", ":"))
        start, end = min(total.start, parts[0].start), max(total.end, parts[-1].end)
        return fact("totals", "sum", told, passage, start, end, confidence=0.7)
    return None


_ONLY_COUNT = re.compile(r"\s*\d[\d.,]*\s?[^\W\d_]{1,4}\s*")
"""A count with a unit and nothing else: what is counted stands in the piece before."""


@dataclass(frozen=True)
class Count:
    """A whole number of a text with what it counts."""

    label: str
    value: float
    start: int
    end: int
    unit: str = ""


def _told_alike(text: str, counts: Sequence[Count]) -> bool:
    """Whether counts stand in lines of their own, with the same unit behind each: ``Line 1 | 98 pcs``, ``Line 2 | 107 pcs``."""
    tails = set()
    for count in counts:
        line = text[text.rfind("\n", 0, count.start) + 1 : count.start]
        if any(char.isdigit() and char.isascii() for char in re.split(r"[|:：]", line)[-1]) or not re.search(
            r"[|:：]", line
        ):
            return False
        tails.add(text[count.end : text.find("\n", count.end) % (len(text) + 1)].strip())
    return len(tails) == 1 and all(len(tail) <= LONGEST_UNIT and "|" not in tail for tail in tails)


LONGEST_UNIT = 10
"""Letters of the unit of a count."""


def _parts(total: Count, behind: Sequence[Count | None]) -> Iterator[Count]:
    """The counts behind a total that can be its parts: up to the next total, greater count or other figure."""
    for part in behind:
        if part is None or _sums_up(part.label) or part.value >= total.value:
            return
        if part.unit and total.unit and part.unit != total.unit:
            return  # kilograms are no part of cartons
        yield part


def counts_in(text: str, source: Source) -> list[Count | None]:
    """The counts of a text in turn; None for each piece with a figure that is no count: a day, a share, several figures."""
    named = ""
    counts: list[Count | None] = []
    for piece in _spans(text):
        found = list(_COUNT.finditer(piece.text))
        worded = any(char.isalpha() for char in piece.text) and not (named and _ONLY_COUNT.fullmatch(piece.text))
        if not found:
            named = piece.text if worded else named
            continue
        label = piece.text if worded else named
        if len(found) != 1 or not 0 < len(label) <= LONGEST_PART or "%" in piece.text or source.dates(piece.text):
            counts.append(None)
        else:
            value = float(re.sub(r"[.,]", "", found[0][1]))
            counts.append(
                Count(
                    label,
                    value,
                    piece.start + found[0].start(),
                    piece.start + found[0].end(),
                    unit_behind(piece.text, found[0].end()),
                )
            )
        named = ""
    return counts


MOST_BARS = 24
"""Bars of a passage that is a form; one of more is a table, which is read as one."""

LONGEST_PART = 40
"""Letters of what is counted, as a part of a total is called."""

NEAR_LISTED = 0.1
"""Share by which counts that are told one after the other may miss the total before them and still be meant as its parts."""


def _sums_up(label: str) -> bool:
    return says(label, "sum") and not says(label, "mean")


def _spans(text: str) -> Iterator[Span]:
    """The pieces of a text between bars, commas and the like; the signs inside figures part nothing."""
    start = 0
    for match in _PIECES.finditer(text):
        inside = (
            match[0] in ",.:"
            and text[max(0, match.start() - 1)].isdigit()
            and text[match.end() : match.end() + 1].isdigit()
        )
        if not inside:
            yield Span(start, match.start(), text[start : match.start()])
            start = match.end()
    yield Span(start, len(text), text[start:])
