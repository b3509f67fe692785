"""Long texts as windows: a vector says one thing, so a long text gets one for each of its parts.

A model of sentences reads 256 tokens and blurs what it reads. On SciFact (abstracts of 1,500 characters) one vector
each gives nDCG@10 0.647 and windows of 450 characters 0.68; the best window and the middle of all of them are both
worth knowing, the first for the place, the second for the subject. A model that was taught on whole paragraphs reads
them whole (`window_characters` of the embedder), which costs a quarter of windows.
"""

import re
from collections.abc import Sequence

import numpy as np

from indexes.embedder import Embedder, unit_rows

# Characters of a window: two to four sentences, the length of a passage.
WINDOW_CHARACTERS = 450
# A text up to this many windows long stays whole: a passage of the product has 60 to 500 characters.
WHOLE_WINDOWS = 4 / 3
WHOLE_CHARACTERS = int(WINDOW_CHARACTERS * WHOLE_WINDOWS)
# Most windows of one text (14,000 characters); a row of the index has room for 32 vectors, the first is the middle.
MOST_WINDOWS = 31

# Characters of a part of a passage, for search alone: a row or two of a table, a sentence. A question asks for one of the several
# things that a passage says, and its vector is the middle of all.
PART_CHARACTERS = 120
# A passage up to this long has no parts.
WHOLE_PASSAGE = int(PART_CHARACTERS * WHOLE_WINDOWS)

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n+")


def windows(text: str, limit: int = WINDOW_CHARACTERS) -> list[str]:
    """The text cut between sentences into parts of at most about `limit` characters; a short text stays whole."""
    if len(text) <= int(limit * WHOLE_WINDOWS):
        return [text]
    parts: list[str] = []
    current = ""
    for sentence in _SENTENCE_END.split(text):
        for start in range(0, len(sentence), limit):  # a table without sentences is cut where it must be
            piece = sentence[start : start + limit]
            if current and len(current) + len(piece) > limit:
                parts.append(current)
                current = piece
            else:
                current = f"{current} {piece}".strip()
    if current:
        parts.append(current)
    return parts[:MOST_WINDOWS] or [text]


def parts(text: str) -> list[str]:
    """The parts of a passage that get vectors of their own beside the one of the whole; none of a short one."""
    return windows(text, PART_CHARACTERS) if len(text) > WHOLE_PASSAGE else []


def window_characters(embedder: Embedder) -> int:
    """Characters of a window for this model: its own `window_characters`, or those of a model of sentences."""
    return int(getattr(embedder, "window_characters", WINDOW_CHARACTERS))


def encode_windows(
    embedder: Embedder, titles: Sequence[str], texts: Sequence[str], limit: int = WINDOW_CHARACTERS
) -> list[np.ndarray]:
    """For each text its vectors, float32, unit length: 1 x d for a short one, else the middle of all windows of about
    `limit` characters, then each.

    The heading goes before each window, because a passage often says only `see above`.
    """
    cut = [windows(text, limit) for text in texts]
    flat = [f"{title} {part}".strip() for title, parts in zip(titles, cut, strict=True) for part in parts]
    rows = embedder.encode(flat)
    found = []
    start = 0
    for parts in cut:
        own = rows[start : start + len(parts)]
        start += len(parts)
        found.append(own if len(own) == 1 else np.concatenate([unit_rows(own.mean(axis=0, keepdims=True)), own]))
    return found
