"""Observations on single pieces that stand alike in two records: ``on sample 4 the rim opened 18 mm, sample 9 whitened``."""

import re

from evidence.facts.text import fold, late, phrases
from evidence.likeness import Pair
from evidence.model import DocumentReport

LEAST_PIECES = 2
"""Pieces of which two records tell the same, from which one was written from the other."""

LEAST_WORDS = 4
"""Words of a sentence that tells what was seen on a piece."""


def tells_same_pieces(pair: Pair, known: dict[str, set[str]]) -> bool:
    """Whether two records tell the same, word for word, of single pieces by their numbers. What is done with a piece is laid down for
    every test, as are numbers that count from one on, and neither is an observation. What each paper tells is kept in ``known``: a paper
    stands in many pairs.
    """
    for document in (pair.first, pair.second):
        if document.path not in known:
            known[document.path] = _observed(document)
    shared = known[pair.first.path] & known[pair.second.path]
    numbers = {int(match[1] or match[2]) for sentence in shared for match in _PIECE.finditer(sentence)}
    return len(numbers) >= LEAST_PIECES and numbers != set(range(1, len(numbers) + 1))


def _observed(document: DocumentReport) -> set[str]:
    """The sentences of a record that name a piece by its number."""
    return {
        " ".join(sentence.split())
        for passage in document.passages
        if not passage.hidden and passage.mode not in ("prescription", "template", "credential")
        for line in fold(passage.text).splitlines()
        if "|" not in line
        for sentence in _ENDS.split(line)
        if _PIECE.search(sentence)
        and not _HANDLED.search(sentence)
        and (len(sentence.split()) >= LEAST_WORDS or not sentence.isascii())
    }


_ENDS = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=\s|$)|[。；;]")
_HANDLED = phrases("readings_flags", "handled")
_PIECES = phrases("readings_flags", "single_piece").pattern
_PIECE = late(
    rf"(?:{_PIECES}) ?(?:no\.?|nr\.?|số|ke-?|nomor|ที่|หมายเลข|#|第)? ?(\d{{1,3}})(?![\d.,]*\d| ?%| ?mm)|"
    rf"(?<![\d.,])(\d{{1,3}})(?:\. | ?号|번 ?|号 ?)(?:{_PIECES})"
)
