"""Fields that come again and again, one record below the other, as the table they stand for: ``Action: buy a scale``, ``Due: 30 June``,
``Status: open``, and then ``Action:`` once more. What reads registers and lists reads them too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.facts.grids import EMPTY, Grid, GridCell
from evidence.facts.text import Span, cells, fold, is_nameless, lines
from evidence.model import Passage

LONGEST_LABEL = 40
"""Letters of the label of a field."""

LEAST_SHARED = 3
"""Labels that two records must have in common: fewer come again by chance."""

MOST_FIELDS = 2_000
"""Fields of a document that are looked at: a paper that a person filled in has fewer."""


@dataclass(frozen=True)
class _Field:
    """A label as written and as compared, and what stands behind it."""

    label: str
    key: str
    value: GridCell


def stacked(passages: Sequence[Passage], context: str) -> list[Grid]:
    """The tables that fields told again and again stand for, one for each sheet or page run of a document."""
    found: list[Grid] = []
    fields: list[_Field] = []
    for passage in passages:
        if not passage.hidden and passage.mode not in ("template", "credential") and len(fields) < MOST_FIELDS:
            fields += _fields(passage)
    while fields:
        again = _first_again(fields)
        if again is None:
            break
        records, rest = _records(fields, again)
        if grid := _grid(records, context):
            found.append(grid)
            fields = rest
        else:
            at = next(index for index, one in enumerate(fields) if one.key == again)
            fields = fields[at + 1 :]
    return found


def _first_again(fields: Sequence[_Field]) -> str | None:
    """The label with which records begin: the first that comes again, and holds till then no field that does not. The date at the head of
    minutes comes again in every task below it and begins none.
    """
    counts = Counter(one.key for one in fields)
    again = list(dict.fromkeys(one.key for one in fields if counts[one.key] > 1))
    for key in again[:MOST_BEGINNINGS]:
        first, second = [at for at, one in enumerate(fields) if one.key == key][:2]
        if second - first >= LEAST_SHARED and all(counts[one.key] > 1 for one in fields[first:second]):
            return key
    return again[0] if again else None


MOST_BEGINNINGS = 8
"""Labels that are tried as that with which records begin."""


def _records(fields: Sequence[_Field], begins: str) -> tuple[list[list[_Field]], list[_Field]]:
    """The records that begin with a label, and the fields behind the last of them."""
    records: list[list[_Field]] = []
    for at, one in enumerate(fields):
        if one.key == begins:
            records.append([one])
        elif records and any(one.key == other.key for other in records[-1]):
            if len(records) > 1:  # another sort of records begins
                return records, list(fields[at:])
            records.pop()
        elif records:
            records[-1].append(one)
    return records, []


def _grid(records: Sequence[Sequence[_Field]], context: str) -> Grid | None:
    counts = Counter(one.key for record in records for one in record)
    kept: dict[str, str] = {}
    for record in records:
        for one in record:
            if counts[one.key] > 1:
                kept.setdefault(one.key, one.label)
    if len(records) < 2 or len(kept) < LEAST_SHARED:
        return None
    rows = [tuple(next((one.value for one in record if one.key == key), EMPTY) for key in kept) for record in records]
    passage = next((cell.passage for row in rows for cell in row if cell.passage is not None), None)
    if passage is None:
        return None
    around = " \n ".join((*reversed(passage.heading), context))
    heading = passage.heading[-1] if passage.heading else ""
    return Grid(tuple(kept.values()), tuple(rows), part=passage.part, heading=heading, context=around, loose=True)


_SEVERAL = re.compile(
    r"(?<=[;；。|])\s*(?=[^\W\d_][^:\uff1a.;|\n]{1,28}[:\uff1a])|(?<=[.,])\s+(?=[^\W\d_][^:\uff1a.,;|\n]{1,28}[:\uff1a]\s)"
)
"""Where in a line the next field begins: ``Action: buy a scale; Due: 30 June``."""

_LABELLED = re.compile(r"\s*(?:[-*•–]\s*)?(?P<label>[^:\uff1a|\n]{2,60}?)\s?[:\uff1a](?!//|\d{2})\s*(?P<value>.*)")
_NUMBER = re.compile(r"^\s*\(?\d{1,3}[.)]\s*|[\s#.]*\d{1,3}$")


def _fields(passage: Passage) -> Iterator[_Field]:
    for line in lines(passage.text):
        if is_nameless(line.text):
            continue
        if "|" in line.text:
            row = cells(line)
            if len(row) % 2 and len(row) > 1 and not row[0].text:
                row = row[1:]
            for label, value in zip(row[::2], [*row[1::2], None], strict=False):
                if made := _made(passage, label.text, value):
                    yield made
            continue
        starts = [0, *(match.end() for match in _SEVERAL.finditer(line.text))]
        for begin, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
            text = line.text[begin:end]
            if match := _LABELLED.fullmatch(text.rstrip(" ;,.；")):
                start = line.start + begin + match.start("value")
                value = Span(start, start + len(match["value"]), match["value"])
                if made := _made(passage, match["label"], value):
                    yield made


def _made(passage: Passage, label: str, value: Span | None) -> _Field | None:
    bare = _NUMBER.sub("", label.strip()).strip()
    if not 0 < len(bare) <= LONGEST_LABEL or not any(char.isalpha() for char in bare) or bare[:1].isdigit():
        return None
    cell = EMPTY
    if value is not None and value.text.strip():
        text = value.text.strip()
        cell = GridCell(text, None, "text", passage, value.start + len(value.text) - len(value.text.lstrip()))
    return _Field(bare, " ".join(fold(bare).split()), cell)
