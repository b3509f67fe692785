"""What was made or looked at and how it came out, as heads name it and as it is told in fields or in one breath: ``Lot 5,400 nos, good 5,377, rejected 68``.

The fact is that of :mod:`evidence.facts.totals`: the count of the whole beside the sum of its parts, where the two differ.
"""

import json
from collections.abc import Iterator, Sequence

from evidence.facts.indicators import says
from evidence.facts.sources import Source, fact
from evidence.facts.text import fold, phrases
from evidence.facts.told_totals import MOST_BARS, Count, counts_in
from evidence.model import Fact, Passage

NEAR = 0.1
"""Share of the whole by which its parts may miss it and still be meant as its parts."""

MOST_BEHIND = 10
"""Counts behind that of a whole among which its parts stand."""

_WHOLE, _LEFT, _MENDED = (
    phrases(*name) for name in (("totals", "whole"), ("totals", "left_out"), ("accepted_counts", "reacted"))
)


def told_splits(source: Source) -> Iterator[Fact]:
    """The wholes of each part of a paper whose good and bad pieces are more or fewer than they."""
    for part in sorted({passage.part for passage in source.passages}):
        told = [
            passage
            for passage in source.passages
            if passage.part == part
            and not passage.hidden
            and passage.mode not in ("template", "credential")
            and passage.text.count("|") <= MOST_BARS
        ]
        placed = [(passage, count) for passage in told for count in counts_in(passage.text, source)]
        apart = any(_LEFT.search(fold(passage.text)) for passage in told)
        for at, (passage, whole) in enumerate(placed):
            if whole is None or not _is_whole(whole.label):
                continue
            behind = _of_its_line(passage, whole, placed[at + 1 : at + 1 + MOST_BEHIND])
            made = _checked(whole, behind, apart)
            if made:
                label = {"label": whole.label.strip()[:40], "written": whole.value, "computed": made}
                value = json.dumps({"right": 0, "wrong": [label]}, ensure_ascii=False, separators=(",", ":"))
                yield fact("totals", "sum", value, passage, whole.start, _end(passage, whole), confidence=0.7)
                break


def _of_its_line(passage: Passage, whole: Count, behind: Sequence[tuple[Passage, Count | None]]) -> list[Count | None]:
    """The counts behind a whole: those of its line alone where both its good and its bad pieces stand there, whatever other fields count."""
    end = _end(passage, whole)
    own = [count for other, count in behind if count and other is passage and count.start < end]
    told = {_kind(count.label) for count in own}
    return [*own] if {"good", "bad"} <= told else [count for _, count in behind]


def _end(passage: Passage, whole: Count) -> int:
    line = passage.text.find("\n", whole.end)
    return line if line >= 0 else len(passage.text)


def names_split(whole: str, parts: Sequence[str]) -> bool:
    """Whether heads say that one column counts all pieces and the others how they came out: good ones and such that were not."""
    kinds = [_kind(part) for part in parts]
    return _is_whole(whole) and kinds.count("good") == 1 and "other" not in kinds


def _is_whole(label: str) -> bool:
    return _WHOLE.search(fold(label)) is not None and not (says(label, "rejected") or says(label, "good"))


def _checked(whole: Count, behind: Sequence[Count | None], apart: bool) -> float | None:
    """The sum of the good and the bad pieces of a whole where it differs from it; None where it does not, or where another count can be
    what is left: of pieces that wait, were used up or are of another whole.
    """
    kinds: dict[str, list[Count]] = {"good": [], "bad": [], "mended": [], "other": []}
    for count in behind:
        if count is None:
            continue
        if _is_whole(count.label):
            break
        kinds[_kind(count.label)].append(count)
    bad = kinds["bad"]
    if len(kinds["good"]) != 1 or not 0 < len(bad) + len(kinds["mended"]) <= MOST_OF_KIND:
        return None
    parts = (*kinds["good"], *bad, *kinds["mended"])
    good, lost, mended = (sum(count.value for count in kinds[kind]) for kind in ("good", "bad", "mended"))
    if whole.value in (good + lost, good + mended, good + lost - mended):
        return None  # what was mended is counted among the good ones, or among those that were bad at first
    units = {count.unit for count in (whole, *parts) if count.unit}
    summed = sum(count.value for count in parts)
    missed = whole.value - summed
    if not missed or abs(missed) > NEAR * whole.value or len(units) > 1 or max(c.value for c in parts) >= whole.value:
        return None
    if len({fold(count.label).strip(" 0123456789,.") for count in parts}) < len(parts):
        return None  # the same word twice is of two lots
    beside = [count.value for count in kinds["other"]]
    explained = apart or any(count.value == abs(missed) for count in (*kinds["other"], *parts))
    if missed > 0 and (explained or (beside and sum(beside) not in {count.value for count in bad})):
        return None
    return None if explained and any(count.value == -missed for count in parts) else summed


MOST_OF_KIND = 3
"""Counts of pieces that came out bad or were mended: scrapped, burred, sorted and mended."""


def _kind(label: str) -> str:
    """What a label says of the pieces counted under it."""
    folded = fold(label)
    if _MENDED.search(folded) or phrases("totals", "mended").search(folded):
        return "mended"
    if says(label, "rejected") or phrases("totals", "scrapped").search(folded):
        return "bad"
    return "good" if says(label, "good") or phrases("totals", "good").search(folded) else "other"
