"""Readings that sentences list as a table would: ``Monday: fillet line 0.7, boot dip 82. Tuesday: ...``, or one feature over its days.

Each list becomes a table of told rows, so that the limits of its features are found as those of columns are.
"""

import itertools
import re
from collections.abc import Iterator

from evidence.facts.text import fold
from evidence.flags.told_tables import TableRow, ToldTable
from evidence.model import DocumentReport, Passage

LEAST_TOLD = 4
"""Times that the same features are told one behind the other, from which they are a table."""

MOST_FEATURES = 8
LONGEST = 1_500
"""Letters of a line that is looked at."""

_FIGURE = r"[-+]?\d{1,6}(?:[.,]\d{1,4})?"
_PIECE = re.compile(
    rf"(?P<name>[^|]{{0,30}}?[^\s:=：|])\s*(?:[:=：]\s*|\s)(?P<value>{_FIGURE})\s?(?:%|°\s?[cf]?|℃|[^\W\d_]{{1,5}}(?:/[^\W\d_]{{1,3}})?)?\.?"
)
_GROUPS = re.compile(r"[;；。\n]|\.\s|\.$")
_PIECES = re.compile(r"[,，、](?!\d)|\s/\s")
_LABEL = re.compile(r"^\s*(?P<label>[^:：,，]{1,40})[:：]\s*(?=\S)")
_DIGITS = re.compile(r"\d")

_Told = tuple[Passage, str, str, tuple[str, ...], tuple[str, ...]]


def told_columns(document: DocumentReport) -> Iterator[ToldTable]:
    """The tables that the sentences of a paper tell."""
    for part in sorted({passage.part for passage in document.passages}):
        told = [
            one
            for passage, line in document.lines(part)
            if "|" not in line and len(line) <= LONGEST and len(_DIGITS.findall(line)) >= LEAST_TOLD
            for one in _groups(passage, line)
        ]
        for names, group in itertools.groupby(told, key=lambda one: one[3]):
            rows = [TableRow(passage, line, [label, *values]) for passage, line, label, _, values in group]
            if len(rows) >= LEAST_TOLD and len(set(names)) == len(names):
                yield ToldTable(["", *names], [], rows)
        for passage, line, label, names, values in told:
            if label and len(names) >= LEAST_TOLD and len(set(names)) == len(names):
                rows = [TableRow(passage, line, [name, value]) for name, value in zip(names, values, strict=True)]
                yield ToldTable(["", label], [], rows)


def _groups(passage: Passage, line: str) -> Iterator[_Told]:
    """The sentences of a line that list features with one figure each, all of them: with the label before them."""
    for group in _GROUPS.split(fold(line)):
        match = _LABEL.match(group)
        label = match["label"].strip() if match else ""
        pieces = [piece.strip() for piece in _PIECES.split(group[match.end() if match else 0 :]) if piece.strip()]
        if not 0 < len(pieces) <= MOST_FEATURES * LEAST_TOLD:
            continue
        found = [_PIECE.fullmatch(piece) for piece in pieces]
        if all(found):
            matches = [one for one in found if one]
            yield passage, line, label, tuple(one["name"] for one in matches), tuple(one["value"] for one in matches)
