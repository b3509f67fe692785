"""What a paper says of its figures over time, against the figures: a rate that falls every month and is told to rise."""

import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, Item, cite, cite_fact
from evidence.facts.indicators import HIGH_SHARE, WHOLE, measure_of
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.model import Passage
from evidence.quality_series import called, is_measured, is_real_series

LEAST_VALUES = 4
"""Figures over time from which a direction can be told."""

LEAST_SURE = 3
"""The same where each goes the same way, by far."""

MOVED_FAR = 0.25
"""Share by which so few must have moved."""

STEADY = 0.75
"""Share of the steps of a series that must go one way for it to have a direction."""

MOVED = 0.1
"""Share of its first figure (or of what that lacks of a hundred) by which a series must have moved."""


LONGEST_TOLD = 300
"""Letters of a sentence that sums figures up."""

RISES, FALLS, BETTER, WORSE, AHEAD, NOT, _MET = (
    phrases("trends", name) for name in ("rises", "falls", "better", "worse", "ahead", "denied", "met")
)
SENTENCES = re.compile(r"(?<=[.!?。；;])(?!(?<=\d\.)\s[^\W\dA-ZÇĞİÖŞÜ_])\s+|。|\n")


def said_against_series(bundle: Bundle) -> Iterator[Finding]:
    """Sentences that tell of the opposite of what the only series of their paper does."""
    told: set[str] = set()
    for item in bundle.items("series"):
        if item.document.path in told or not (is_real_series(bundle, item) or is_measured(bundle, item)):
            continue
        values = [float(value) for value in item.value.get("values", [])]
        way = direction(values)
        missed = _misses_all(item, values)
        if not way and not missed:
            continue
        for passage, sentence in _said(bundle, item):
            folded = fold(sentence)
            what = (way and _against(item, way, folded)) or (
                "its target is said to be met, and none of its figures meets it"
                if missed and says(_MET, folded)
                else ""
            )
            if not what:
                continue
            told.add(item.document.path)
            label = called(item)[:60]
            yield Finding(
                {"name": name_of(item.document.path), "what": f"'{label}': {what}"},
                (cite(item.document, passage, sentence), cite_fact(bundle, item.document, item.fact, wide=True)),
            )
            break


def direction(values: Sequence[float]) -> int:
    """1 for a series that rises, -1 for one that falls, 0 for one that does neither surely."""
    if len(values) < LEAST_SURE:
        return 0
    steps = [later - earlier for earlier, later in itertools.pairwise(values)]
    moved = values[-1] - values[0]
    base = abs(values[0])
    if min(values) >= HIGH_SHARE and max(values) <= WHOLE:
        base = max(WHOLE - values[0], 1.0)
    if not moved or not base or abs(moved) < MOVED * base:
        return 0
    way = 1 if moved > 0 else -1
    if len(values) < LEAST_VALUES and (abs(moved) < MOVED_FAR * base or any(step * way <= 0 for step in steps)):
        return 0
    return way if sum(step * way > 0 for step in steps) >= STEADY * len(steps) else 0


def _misses_all(item: Item, values: Sequence[float]) -> bool:
    """Whether no figure of a series reaches its target."""
    target, better = item.value.get("target"), item.value.get("better")
    if target is None or better not in ("lower", "higher") or len(values) < LEAST_VALUES:
        return False
    return all(value > target for value in values) if better == "lower" else all(value < target for value in values)


def _said(bundle: Bundle, item: Item) -> Iterator[tuple[Passage, str]]:
    """The sentences of a paper that can be about a series: outside its tables, and naming its measure unless there is no other."""
    alone = len({fact.role for fact in item.document.facts if fact.kind == "series"}) == 1
    measures = bundle.known.setdefault(("measures of sentences", item.document.path), {})
    for passage, line in item.document.lines():
        if line.count("|") > 1:
            continue
        for sentence in SENTENCES.split(line):
            if not 0 < len(sentence.strip()) <= LONGEST_TOLD:
                continue
            if sentence not in measures:
                measures[sentence] = measure_of(sentence)
            measure = measures[sentence]
            named = measure is not None and measure.id == item.fact.role
            unnamed = item.fact.role == "other_rate" and measure is not None and measure.unit == "%"
            if named or (alone and (measure is None or unnamed)):
                yield passage, sentence.strip()


def _against(item: Item, way: int, folded: str) -> str:
    """What a sentence says against the way of a series; empty where it does not."""
    rises, falls = says(RISES, folded), says(FALLS, folded)
    better, worse = says(BETTER, folded), says(WORSE, folded)
    wanted = {"higher": 1, "lower": -1}.get(str(item.value.get("better")), 0)
    if rises and not falls and (not worse or wanted == -1) and way < 0:
        return "it falls, and is said to rise"
    if falls and not rises and (not better or wanted == -1) and way > 0:
        return "it rises, and is said to fall"
    if better and not worse and wanted and way == -wanted and not (rises or falls):
        return "it gets worse, and is said to get better"
    return ""


def says(words: re.Pattern[str], folded: str) -> bool:
    """Whether a clause of a sentence says something of what is: one of what is planned or denied says nothing of the kind."""
    return any(
        words.search(clause) and not AHEAD.search(clause) and not NOT.search(clause) for clause in CLAUSES.split(folded)
    )


CLAUSES = re.compile(rf"[,;:，；：、()（）]|{phrases('trends', 'joining').pattern}")

OF_HOW_MANY = late(r"\d\s?(?:/|of|out of|trên|dari|จาก|中|개 중)\s?\d")
"""Of how many how many were met: ``3 of 4 targets``."""
