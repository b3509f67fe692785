"""What the taught encoder says: of a passage its mode and criteria, of the paper it stands in the kind and the reading."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evidence.heads import Matrix, sigmoid, softmax
from evidence.model import CRITERIA, KINDS, MODES, READINGS

# Columns of the logits: three groups of which one column each is right, then the criteria, each for itself.
EXCLUSIVE = (len(MODES), len(KINDS), len(READINGS))
WIDTH = sum(EXCLUSIVE) + len(CRITERIA)


@dataclass(frozen=True)
class Taught:
    """Passages as the taught encoder reads them, a row each; NaN where it does not read the language.

    ``modes`` are logits (n x 6), ``paper`` probabilities of the kinds and readings of the whole document (n x 16), ``criteria``
    probabilities (n x 12).
    """

    modes: Matrix
    paper: Matrix
    criteria: Matrix

    def of(self, rows: list[int]) -> "Taught":
        """The same for some of the passages."""
        return Taught(self.modes[rows], self.paper[rows], self.criteria[rows])


def unread(passages: int) -> Matrix:
    """Logits of passages that the encoder does not read."""
    return np.full((passages, WIDTH), np.nan, dtype=np.float32)


def taken_apart(logits: Matrix) -> Taught:
    """The columns of the encoder's logits (n x WIDTH) under their names."""
    modes, kinds, readings, criteria = np.split(logits, np.cumsum(EXCLUSIVE), axis=1)
    return Taught(modes, np.hstack([softmax(kinds), softmax(readings)]), sigmoid(criteria))


def targets(modes: npt.NDArray[Any], kinds: npt.NDArray[Any], readings: npt.NDArray[Any], criteria: Matrix) -> Matrix:
    """What the encoder is taught, 0 or 1 in the order of its logits; classes come as numbers, a row a passage."""
    columns = [
        np.eye(width, dtype=np.float32)[given] for width, given in zip(EXCLUSIVE, (modes, kinds, readings), strict=True)
    ]
    return np.hstack([*columns, criteria])
