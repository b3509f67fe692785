"""Which passages are worth a reviewer's next minutes: where the model doubts, where they differ, where much hangs on it.

Pure: arrays in, positions out. The review queue and ``python -m benchmarks.reviewing`` choose by the same functions.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import regex

Array = npt.NDArray[np.float32]

# The most doubtful passages, as a multiple of those asked for, among which different ones are looked for: with fewer
# there is nothing to choose from, with more the choice wanders off to what is merely unusual.
POOL = 4
# Likeness of vectors below which two passages are simply different. At 0.3 all factory papers looked alike and doubt
# counted too little; 0.5 needed the fewest labels on suppliers of the training split set apart (17 draws).
UNRELATED = 0.5
# A passage of fewer words is a number or a name of a form: nobody can say more of it than the model.
LEAST_WORDS = 4
# Letters that scripts without blanks take for a word.
LETTERS_A_WORD = 2
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_LETTERS = regex.compile(r"\p{L}{2}")
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def doubt(probabilities: Array) -> Array:
    """How undecided the model is, 0 to 1, from n x k probabilities: one minus the lead of the best over the second."""
    if probabilities.shape[1] < 2:
        return np.zeros(len(probabilities), np.float32)
    two = np.sort(probabilities, axis=1)[:, -2:]
    return np.asarray(np.clip(1.0 - (two[:, 1] - two[:, 0]), 0.0, 1.0), dtype=np.float32)


def has_content(text: str) -> bool:
    """Whether a passage says something: four words or more. What holds a figure is a number, a day or a measure, no word."""
    spaced, signs = _UNSPACED.subn(" ", text)
    words = sum(not _DIGITS.search(word) and _LETTERS.search(word) is not None for word in spaced.split())
    return words + signs // LETTERS_A_WORD >= LEAST_WORDS


def choose(worth: Array, vectors: Array, count: int) -> list[int]:
    """Positions of ``count`` passages, the best first: each weighs its worth less by how like it is to those chosen.

    ``worth`` n, ``vectors`` n x d with rows of unit length (zeros where there is none). The same input gives the same
    answer; equal ones come in their order.
    """
    pool = np.argsort(-worth, kind="stable")[: max(count, count * POOL)]
    rows, left = vectors[pool], worth[pool].astype(np.float64)
    likest = np.zeros(len(pool))
    chosen: list[int] = []
    for _ in range(min(count, len(pool))):
        best = int(np.argmax(left * (1.0 - likest)))
        chosen.append(int(pool[best]))
        left[best] = -1.0
        likeness = (rows @ rows[best] - UNRELATED) / (1.0 - UNRELATED)
        likest = np.maximum(likest, np.clip(likeness, 0.0, 1.0))
        likest[left < 0] = 0.0
    return chosen


def likeness_key(text: str, mode: str) -> str:
    """The same for passages that differ only in figures, letter case and spaces and were judged alike."""
    return f"{mode} {_SPACE.sub(' ', _DIGITS.sub('0', text.casefold())).strip()}"


def groups(keys: Sequence[str]) -> list[list[int]]:
    """Positions of equal keys together, in the order in which each first stands."""
    found: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        found.setdefault(key, []).append(position)
    return list(found.values())


def side_by_side(spaces: Sequence[str], rows: Sequence[Array | None]) -> Array:
    """Vectors of several embedders in one matrix, each embedder with columns of its own: unlike ones never look alike."""
    widths = {name: len(row) for name, row in zip(spaces, rows, strict=True) if row is not None}
    starts, width = {}, 0
    for name in sorted(widths):
        starts[name], width = width, width + widths[name]
    found = np.zeros((len(rows), max(1, width)), np.float32)
    for position, (name, row) in enumerate(zip(spaces, rows, strict=True)):
        if row is not None and len(row) == widths[name]:
            found[position, starts[name] : starts[name] + len(row)] = row
    return found
