"""Which documents are alike: the same paper in two formats, a blank form and its filled copy, or records with only
the dates changed.

Texts are compared as sets of word runs (shingles). With digits masked, two records of the same event type that differ
only in
dates and numbers look the same; with digits kept, the same paper in another format does.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from evidence.facts.months import MONTHS
from evidence.facts.text import fold
from evidence.model import DocumentReport, Passage
from evidence.titles import is_kept_as_record

OFFICE = (".docx", ".docm", ".doc", ".xlsx", ".xlsm", ".xls", ".pptx", ".ppt", ".odt", ".ods", ".odp")
"""Endings of files as they were written, not printed."""

RUN = 4
"""Words in one run: long enough that two papers do not share many by chance."""

SAME = 0.93
"""Share of runs, digits kept, from which two files are one document."""

WITHIN = 0.75
"""Share of the runs of a paper that stand in a fuller one; rows and places that were filled since cut through the others."""

SHORT = 3
"""Letters of a line that says nothing by itself: the number of an empty row."""

MOST_LINES = 400
"""Lines without figures of a paper that are sought within those of a fuller one."""

NEAR = 0.9
"""Share of runs, digits masked, from which two records are near copies."""

LEAST_RUNS = 40
"""Runs below which a text is too short to be told apart from any other of its form."""

MOST_RUNS = 6_000
"""Runs looked at of one document: enough to tell a copy, and the time stays bounded."""

MOST_CHARACTERS = 40 * MOST_RUNS
"""Characters of one document in which these runs are sought: no language writes longer words."""

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_NAMES = sorted(MONTHS, key=lambda name: (-len(name), name))
BEYOND_LATIN = "\u0250"
_MONTHS = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|"
    + "|".join(re.escape(name) for name in _NAMES if name[0] < BEYOND_LATIN)
    + rf")\b|(?=[{''.join(sorted({name[0] for name in _NAMES if name[0] >= BEYOND_LATIN}))}])(?:"
    + "|".join(re.escape(name) for name in _NAMES if name[0] >= BEYOND_LATIN)
    + ")"
)
"""Names of months; those in other letters are tried only where one of them can begin."""

_MOMENT = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?<![\d.,])(?:19|20|25)\d\d(?![\d.,]*\d)|(?<![\d.,])[0-2]?\d[.:h][0-5]\d(?![\d.,]|\s?[%a-z\u00b0\u00b5])"
)
"""Days, years and times of day: what changes when a record is copied for another year."""


@dataclass(frozen=True)
class Pair:
    """Two documents and how alike they are: with their digits and without."""

    first: DocumentReport
    second: DocumentReport
    exact: float
    masked: float
    numbers: float


def runs(text: str) -> frozenset[int]:
    """Hashes of the word runs of a text; Chinese and Thai runs of signs are taken apart sign by sign."""
    words: list[str] = []
    for word in _WORD.findall(fold_all(text)):
        words.extend(word if not word.isascii() and _STANDS_ALONE.search(word) else [word])
    return frozenset(
        zlib.crc32(" ".join(words[i : i + RUN]).encode()) for i in range(min(len(words) - RUN + 1, MOST_RUNS))
    )


_STANDS_ALONE = re.compile("[\u0e01-\u1dff\u2000-\U0010ffff]")
"""Signs of scripts without blanks, which the marked letters of Vietnamese are not."""


def fold_all(text: str) -> str:
    """Folded text without the limit on length of one passage."""
    return "".join(fold(text[start : start + 10_000]) for start in range(0, len(text), 10_000))


def overlap(first: frozenset[int], second: frozenset[int]) -> float:
    """Shared runs as a share of all runs of both."""
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def masked(text: str) -> str:
    """A text with its digits and month names taken out."""
    return _MONTHS.sub("#", _DIGITS.sub("#", fold_all(text))).replace("#", " num ")


class Likeness:
    """Pairs of like documents in a bundle, found through shared runs so that not every pair is compared."""

    def __init__(self, documents: Sequence[DocumentReport]) -> None:
        self.documents = [document for document in documents if document.status != "failed" and document.passages]
        self._texts = {d.path: d.text for d in self.documents}

    @cached_property
    def exact(self) -> dict[str, frozenset[int]]:
        """Runs of each document, digits kept."""
        return {path: runs(text[:MOST_CHARACTERS]) for path, text in self._texts.items()}

    @cached_property
    def records(self) -> dict[str, frozenset[int]]:
        """Masked runs of the record passages of each document."""
        texts = {d.path: "\n".join(p.text for p in d.passages if _counts(p, d)) for d in self.documents}
        return {path: runs(masked(text[:MOST_CHARACTERS])) for path, text in texts.items()}

    @cached_property
    def doubles(self) -> dict[str, str]:
        """Files that are another file of the bundle again (same bytes, another format, a scan of the print): path → path kept, that of the
        office file whose days and authors are those of the writing.
        """
        found: dict[str, str] = {}
        by_hash: dict[str, str] = {}
        for document in self.documents:
            if document.sha256 in by_hash and document.sha256:
                found[document.path] = by_hash[document.sha256]
            else:
                by_hash[document.sha256] = document.path
        if len(self.documents) < 2:
            return found
        for first, second in self._candidates(self.exact):
            if (
                first in found
                or second in found
                or min(len(self.exact[first]), len(self.exact[second])) < LEAST_RUNS // 2
            ):
                continue
            if overlap(self.exact[first], self.exact[second]) >= SAME and _digits(self._texts[first]) == _digits(
                self._texts[second]
            ):
                original = second.lower().endswith(OFFICE) and not first.lower().endswith(OFFICE)
                found.update({first: second} if original else {second: first})
        return found

    @cached_property
    def earlier(self) -> dict[str, str]:
        """Papers that stand line for line in another one, which tells more: an edition before, a request before it was answered, a blank of a
        filled form: path → path of the fuller one. A copy for another day or part has a line of its own.
        """
        found: dict[str, str] = {}
        for pair in self._candidates(self.exact) if len(self.documents) > 1 else ():
            less, more = sorted(pair, key=lambda path: len(self._texts[path]))
            if less in found or {less, more} & self.doubles.keys() or len(self.exact[less]) < LEAST_RUNS // 2:
                continue
            if len(self.exact[less] & self.exact[more]) >= WITHIN * len(self.exact[less]) and self._stands_in(
                less, more
            ):
                found[less] = more
        return found

    def _stands_in(self, less: str, more: str) -> bool:
        """Whether each line with figures of one paper is a line of another, and its other lines stand in it."""
        own, lines = self._lines[less], self._lines[more]
        left = [line for line in own if line not in lines]
        if len(left) > MOST_LINES or any(map(_DIGITS.search, left)):
            return False
        whole = fold_all(self._texts[more][:MOST_CHARACTERS]) if left else ""
        return all(line in whole for line in left)

    @cached_property
    def _lines(self) -> dict[str, frozenset[str]]:
        """The lines of each document that say something, folded, its headings among them."""
        return {
            document.path: frozenset(
                line
                for passage in document.passages
                if not passage.hidden
                for told in (*passage.heading, *passage.text.splitlines())
                if len(line := fold(told).strip(" |")) > SHORT
            )
            for document in self.documents
        }

    @cached_property
    def near(self) -> list[Pair]:
        """Pairs of documents whose records are alike but for digits, the same document in two formats left out."""
        by_path = {document.path: document for document in self.documents}
        found: list[Pair] = []
        if len(self.documents) < 2:
            return found
        for first, second in self._candidates(self.records):
            if (
                {first, second} & self.doubles.keys()
                or first == self.earlier.get(second)
                or second == self.earlier.get(first)
            ):
                continue
            left, right = self.records[first], self.records[second]
            if min(len(left), len(right)) < LEAST_RUNS:
                continue
            share = overlap(left, right)
            if share >= NEAR:
                numbers = _numbers_shared(by_path[first], by_path[second])
                found.append(
                    Pair(
                        by_path[first], by_path[second], overlap(self.exact[first], self.exact[second]), share, numbers
                    )
                )
        return found

    def _candidates(self, sets: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
        """Pairs that share some of their smallest runs (a minhash of one band): near copies share most of them."""
        buckets: dict[int, list[str]] = defaultdict(list)
        for path, members in sets.items():
            for value in sorted(members)[:24]:
                buckets[value].append(path)
        order = {document.path: index for index, document in enumerate(self.documents)}
        pairs = {
            (first, second)
            for paths in buckets.values()
            if len(paths) <= 60
            for i, first in enumerate(paths)
            for second in paths[i + 1 :]
        }  # fmt: skip
        return sorted(
            ((a, b) if order[a] < order[b] else (b, a) for a, b in pairs),
            key=lambda pair: (order[pair[0]], order[pair[1]]),
        )


NARRATIVE_KINDS = ("management_review_record", "internal_audit_record", "corrective_action_record")
"""Kinds whose records are words:

two of them alike in all their words are copies. Forms of readings are alike in words by nature.
"""


def _counts(passage: Passage, document: DocumentReport) -> bool:
    """In records made of words all of them count, the empty phrases too; in others only what can have been filled in."""
    return not passage.hidden and (
        passage.mode not in ("prescription", "template", "credential")
        or document.kind in NARRATIVE_KINDS
        or is_kept_as_record(document)
    )


def _digits(text: str) -> list[str]:
    return sorted(_DIGITS.findall(text))[:4000]


def _numbers_shared(first: DocumentReport, second: DocumentReport) -> float:
    """Share of the figures in the records of the first that stand in the second too:

    copies keep them, a form used twice does not.
    """
    words = [_undated(document) for document in (first, second)]
    left, right = ({*_FIGURE.findall(text)} for text in words)
    share = len(left & right) / min(len(left), len(right)) if left and right else float(left == right)
    if min(len(left), len(right)) >= FEW_FIGURES:
        return share
    counts, others = (_COUNT.findall(text) for text in words)
    alike = SequenceMatcher(None, counts[:MOST_COUNTS], others[:MOST_COUNTS], autojunk=False).ratio()
    return min(share, alike) if counts or others else share


MOST_COUNTS = 200
"""Levels and counts of a record that are compared."""

FEW_FIGURES = 4
"""Figures of a record below which its levels and counts are looked at too."""


def _undated(document: DocumentReport) -> str:
    """What was filled in, without its days in any calendar, the times of day, and the numbers of orders and lots."""
    text = "\n".join(passage.text for passage in document.passages if _counts(passage, document))
    days = {fact.quote for fact in document.facts if fact.kind == "date" and any(map(str.isdigit, fact.quote))}
    text = _CODE.sub(" ", text)
    for day in sorted(days, key=len, reverse=True):
        text = text.replace(day, " ")
    return _MOMENT.sub(" ", text)


_CODE = re.compile(r"(?<![^\W_])[A-Za-z]{1,6}[-/]?\d[\w/-]*|(?<![\d.,])\d{2,}-\d{2,}[\w-]*")
"""Numbers of orders, lots and papers, which a copy for another one does not keep."""

_FIGURE = re.compile(r"\d+[.,]\d+|\d{3,}")
_COUNT = re.compile(r"(?<![\d.,])\d{1,2}(?![\d.,]*\d)")
"""Levels and counts, compared in their order."""
