"""Records of two days that tell the same in the same words and figures, however short: the pieces of which their text is made are held against
each other, the days taken out.

Two papers of one event have one day; two of different events have words and figures of their own. Where nearly all the pieces of two records
stand in both, among them sentences with figures, one was written from the other. A long record is known by its runs of words
(``evidence/likeness.py``); a short one holds too few of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.bundle import Bundle
from evidence.facts.text import fold
from evidence.likeness import NARRATIVE_KINDS
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

KINDS = (*NARRATIVE_KINDS, "supplier_evaluation_record", "training_record", "other")
"""Kinds of records made of words; sheets of readings and of goods sent are alike in words by nature."""

SHARED_LETTERS, SHARED_PIECES = 0.8, 0.7
"""Share of the letters and of the pieces of the longer record that stand in the other."""

LEAST_LETTERS, LEAST_FIGURES, MANY_FIGURES, FEW_OTHERS = 100, 2, 4, 2
"""Letters of the pieces that two records share, the figures among them, and those beside which a long sentence is enough, with few other pieces."""

MOST_WITH = 12
"""Records that may hold a piece; what stands in more is printed on the form."""

_CUT = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=\s|$)|[。！？；;\n]|(?<=\S)\s\|\s|　")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_MOMENT = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?<![\d.,])(?:19|20|25)\d\d(?![\d.,]*\d)|\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일])?"
)


@dataclass(frozen=True)
class Sheet:
    """A record, or a sheet of a workbook that has a day of its own, and the pieces of its text, each with its letters and figures."""

    document: DocumentReport
    passage: Passage
    days: frozenset[str]
    pieces: dict[str, tuple[int, int]]

    @property
    def letters(self) -> int:
        """Letters of all its pieces."""
        return sum(letters for letters, _ in self.pieces.values())


def copied_words(bundle: Bundle) -> Iterator[tuple[Sheet, Sheet]]:
    """Pairs of records, or of sheets of one workbook, that tell the same on different days."""
    sheets = [
        sheet
        for document in bundle.read
        if document.kind in KINDS and document.kind not in RULES_AND_FORMS
        for sheet in _sheets(document)
    ]
    holding: dict[str, list[int]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        for piece in sheet.pieces:
            holding[piece].append(at)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for piece, found in holding.items():
        if 1 < len(found) <= MOST_WITH and len(piece) >= LEAST_PIECE:
            for nth, first in enumerate(found):
                for second in found[nth + 1 :]:
                    shared[first, second].append(piece)
    for (first, second), pieces in sorted(shared.items()):
        one, other = sheets[first], sheets[second]
        if one.days.isdisjoint(other.days) and _are_copies(one, other, pieces):
            yield one, other


LEAST_PIECE = 10
"""Letters and signs of a piece by which records are brought together."""


def _are_copies(one: Sheet, other: Sheet, long: Sequence[str]) -> bool:
    figures = sum(one.pieces[piece][1] for piece in long)
    if figures < LEAST_FIGURES or sum(one.pieces[piece][0] for piece in long) < LEAST_LETTERS:
        return False
    both = one.pieces.keys() & other.pieces.keys()
    letters = sum(one.pieces[piece][0] for piece in both)
    if letters < SHARED_LETTERS * max(one.letters, other.letters):
        return False
    most = max(len(one.pieces), len(other.pieces))
    return len(both) >= SHARED_PIECES * most or (figures >= MANY_FIGURES and most - len(both) <= FEW_OTHERS)


def _sheets(document: DocumentReport) -> Iterator[Sheet]:
    """The record, or the sheets of a workbook that hold a day of their own each."""
    shown = [passage for passage in document.passages if not passage.hidden and passage.mode != "prescription"]
    days: dict[str, set[str]] = defaultdict(set)
    quotes: dict[str, set[str]] = defaultdict(set)
    for fact in document.facts:
        if fact.kind == "date":
            quotes[fact.passage].add(fact.quote)
            if len(fact.value) == DAY and fact.role not in ("due", "revision", "edition"):
                days[fact.passage].add(fact.value)
    parts = sorted({passage.part for passage in shown})
    apart = document.path.lower().endswith((".xlsx", ".xls", ".ods")) and len(parts) > 1
    for part in parts if apart else parts[:1]:
        passages = [passage for passage in shown if not apart or passage.part == part]
        told = frozenset(day for passage in passages for day in days[passage.id])
        if told:
            yield Sheet(document, max(passages, key=lambda one: len(one.text)), told, _pieces(passages, quotes))


DAY = 10
"""Letters of a whole day in normal form."""


def _pieces(passages: Sequence[Passage], quotes: dict[str, set[str]]) -> dict[str, tuple[int, int]]:
    """What a record is made of, without its days, its headings and the signs around."""
    found: dict[str, tuple[int, int]] = {}
    for passage in passages:
        text = passage.text
        for quote in sorted(quotes[passage.id], key=len, reverse=True):
            text = text.replace(quote, " ") if quote else text
        headings = {fold(heading) for heading in passage.heading}
        for piece in _CUT.split(fold(_MOMENT.sub(" ", text))):
            bare = " ".join(piece.split()).strip(" .,:：|-–")
            if not any(map(str.isalnum, bare)) or any(bare in heading for heading in headings):
                continue
            dense = sum(char >= "\u2e80" or "\u0e00" <= char <= "\u0e7f" for char in bare)
            found[bare] = sum(map(str.isalpha, bare)) + 2 * dense, len(_FIGURE.findall(bare))
    return found
