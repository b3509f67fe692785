"""Passages that say the same, read once: the rows of a long table differ in their figures alone.

Encoders and tagger take nearly all the time of judging. In a document of usual length each different text is read by itself;
in a long one also texts that differ only in figures share one reading, so that ten thousand rows of readings cost hundreds.
What is counted on the text (figures, signs, empty cells) is counted for each.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from evidence.passages import Draft


@dataclass(frozen=True)
class Most:
    """How much of one document is judged. What is beyond is left out evenly, so that the newest rows at its end count too."""

    texts: int = 1_000
    passages: int = 2_000


# From so many passages on, figures are not read one by one: about 60 pages of text, or 2,000 rows of a table.
LONG = 400

_FIGURES = re.compile(r"\d+(?:[.,:/-]\d+)*")

Row = TypeVar("Row", bound=np.generic)


@dataclass(frozen=True)
class Alike:
    """Which passages are read (``first``), and for each passage whose reading is its own (``reading``, a place in ``first``)."""

    first: tuple[int, ...]
    reading: tuple[int, ...]

    def spread(self, rows: npt.NDArray[Row]) -> npt.NDArray[Row]:
        """From a row for each that is read to a row for each passage."""
        return rows[list(self.reading)]


def alike(keys: Sequence[Hashable]) -> Alike:
    """Those with the same key share the reading of the first of them."""
    places: dict[Hashable, int] = {}
    first: list[int] = []
    reading: list[int] = []
    for at, key in enumerate(keys):
        place = places.setdefault(key, len(first))
        if place == len(first):
            first.append(at)
        reading.append(place)
    return Alike(tuple(first), tuple(reading))


def alike_texts(drafts: Sequence[Draft]) -> Alike:
    """The passages that say the same in the same language."""
    told = _told(drafts)
    return alike([(draft.language, told(draft.text)) for draft in drafts])


def in_place(drafts: Sequence[Draft], around: Sequence[str], rows: Sequence[int]) -> list[Hashable]:
    """What tells some of the passages, read with what stands around them, from each other: in a long document the part and
    the heading, for the rows around a row are as like as itself."""
    told = _told(drafts)
    if len(drafts) < LONG:
        return [(around[at], drafts[at].text) for at in rows]
    return [(drafts[at].part, drafts[at].heading, bool(around[at]), told(drafts[at].text)) for at in rows]


def _told(drafts: Sequence[Draft]) -> Callable[[str], str]:
    """What of a text tells it from others in a document of these passages."""
    return (lambda text: _FIGURES.sub("0", text)) if len(drafts) >= LONG else str


def within(drafts: Sequence[Draft], most: Most) -> Sequence[Draft]:
    """As many of the passages as may be judged, those left out spread evenly over the document."""
    if len(drafts) <= most.texts:
        return drafts
    same = alike_texts(drafts)
    if len(same.first) > most.texts:
        kept = _evenly(len(same.first), most.texts)
        drafts = [draft for draft, reading in zip(drafts, same.reading, strict=True) if kept(reading)]
    if len(drafts) > most.passages:
        kept = _evenly(len(drafts), most.passages)
        drafts = [draft for at, draft in enumerate(drafts) if kept(at)]
    return drafts


def _evenly(count: int, most: int) -> Callable[[int], bool]:
    """Whether a place among ``count`` is one of ``most`` that lie evenly, the last one among them."""
    return lambda at: (at + 1) * most // count > at * most // count
