"""Labels with what stands behind them: fields of forms, of lines of prose and of cells side by side."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from evidence.data import table
from evidence.facts.text import MAX_LABEL, Lexicon, Span, filled


@cache
def labels(group: str) -> Lexicon:
    """The labels of a group of fields, as ``labels.toml`` holds them: ``dates``, ``identifiers`` or ``people``."""
    return Lexicon(table("labels")[group])


@dataclass(frozen=True)
class Pair:
    """A label and what stands behind it: ``Lot: 25C07``, or a label cell and the cell to its right."""

    label: Span
    value: Span


_COLON = re.compile(r"(?<=[^\d\s:])\s{0,4}[:\uFF1A](?!//|\\)\s{0,4}|\s{0,4}[:\uFF1A]\s{1,4}")


def pairs(line: Span) -> Iterator[Pair]:
    """Every label with its value on one line:

    split at colons inside a cell, and each cell with the one to its right.
    """
    row = filled(line)
    for index, cell in enumerate(row):
        pieces = _split_colons(cell)
        fields = [pieces[:1], *map(_parted, pieces[1:-1]), pieces[1:][-1:]]
        for (*_, left), (right, *_) in itertools.pairwise(filter(None, fields)):
            if left.text and right.text and len(left.text) <= MAX_LABEL * 3:
                yield Pair(left, right)
        if index + 1 < len(row):
            label = pieces[-1] if pieces[-1].text or len(pieces) < 2 else pieces[-2]
            if label.text and len(label.text) <= MAX_LABEL:
                yield Pair(label, row[index + 1])


def _split_colons(cell: Span) -> list[Span]:
    found, start = [], 0
    for match in _COLON.finditer(cell.text):
        found.append(_trim(cell, start, match.start()))
        start = match.end()
    found.append(_trim(cell, start, len(cell.text)))
    return found


_GAP = re.compile(r"\s{2,}|[\t\u3000]|[;\uFF1B\u3002]")
"""What parts a value from the label behind it: ``作成：佐藤　確認：鈴木``, ``Lot: 25C07;  Heat: 4A77``."""


def _parted(piece: Span) -> list[Span]:
    """What stands between two colons: a value and the next label, or one piece that nothing parts."""
    last = None
    for match in _GAP.finditer(piece.text):
        last = match
    if last is None or not 0 < last.start() < last.end() < len(piece.text):
        return [piece]
    return [_trim(piece, 0, last.start()), _trim(piece, last.end(), len(piece.text))]


def _trim(cell: Span, start: int, end: int) -> Span:
    piece = cell.text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    inner = piece.strip()
    return Span(cell.start + left, cell.start + left + len(inner), inner)


def run_on(found: Iterable[Pair], lexicon: Lexicon) -> Iterator[Pair]:
    """The pairs of a line, also where nothing but the next label ends a value: ``Prepared by: M. Okafor Checked by: L. Schmidt``."""
    told = list(found)
    for index, pair in enumerate(told):
        label, value = pair.label, pair.value
        if index and told[index - 1].value == label and (start := lexicon.ends_with(label.text)):
            label = _trim(label, start, len(label.text))
        if told[index + 1 : index + 2] and told[index + 1].label == value and (start := lexicon.ends_with(value.text)):
            value = _trim(value, 0, len(value.text[:start].rstrip(" .,;/-")))
        yield Pair(label, value)
