"""Linear heads on sentence embeddings: what a passage is about, as numbers for the models above it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from evidence.passages import Draft

Matrix = npt.NDArray[np.float32]
FAR = 6.0  # scales from the mean: beyond, a column says no more
LEAST = 1e-4  # the least probability that is told from none, so that no opinion silences another


class TextEncoder(Protocol):
    """Turns texts into unit vectors; the service passes the same encoder that search uses, so each text is embedded once."""

    @property
    def name(self) -> str:
        """A stable name of the model and its weights: heads fit only the encoder they were trained on."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """n x dimension, float32, rows of unit length."""
        ...


Placed = tuple[str, str]  # what stands around a text ("" where nothing is known), and the text


class LogitEncoder(Protocol):
    """An encoder taught on labelled passages: texts in, logits out."""

    def encode(self, texts: Sequence[Placed]) -> Matrix:
        """n x ``taught.WIDTH``, float32."""
        ...


class Lesson(Protocol):
    """Texts ready to be taught several times."""

    def teach(
        self, rounds: Sequence[Sequence[int]], targets: npt.NDArray[Any], exclusive: Sequence[int], seed: int
    ) -> dict[str, npt.NDArray[Any]]:
        """Weights taught on the texts that each round names; ``exclusive`` are the widths of the first groups of columns of
        ``targets``: one column of each is right."""
        ...

    def ask(self, weights: Mapping[str, npt.NDArray[Any]], rows: Sequence[int]) -> Matrix:
        """Logits of some of the texts."""
        ...


class Tuner(Protocol):
    """What teaches an English encoder and loads what was taught."""

    def lesson(self, texts: Sequence[Placed], say: Callable[[str], None]) -> Lesson:
        """Prepare texts."""
        ...

    def encoder(self, weights: Mapping[str, npt.NDArray[Any]]) -> LogitEncoder:
        """Raises ValueError where the weights do not fit."""
        ...


@dataclass(frozen=True)
class Encoders:
    """The encoder for English and the one for every other language; without the second, the first reads all.

    ``tuner`` teaches a copy of the English one on the labels; without it the classifier does without.
    """

    english: TextEncoder
    multilingual: TextEncoder | None = None
    tuner: Tuner | None = None

    def encode(self, drafts: Sequence[Draft]) -> "Vectors":
        """Embed passages, each with the encoder of its language."""
        foreign = [self.multilingual is not None and draft.language != "en" for draft in drafts]
        rows: list[Matrix | None] = [None] * len(drafts)
        for wanted, encoder in ((False, self.english), (True, self.multilingual)):
            chosen = [i for i, flag in enumerate(foreign) if flag == wanted]
            if chosen and encoder is not None:
                for i, row in zip(chosen, encoder.encode([drafts[i].text for i in chosen]), strict=True):
                    rows[i] = row
        names = tuple(self.multilingual.name if flag and self.multilingual else self.english.name for flag in foreign)
        return Vectors(tuple(row for row in rows if row is not None), names)

    def places(self, texts: Sequence[str]) -> Matrix:
        """Vectors of the places where passages stand (file name, headings), n x d; each distinct place is embedded once."""
        distinct = list(dict.fromkeys(texts))
        rows = dict(zip(distinct, self.english.encode(distinct), strict=True))
        return np.stack([rows[text] for text in texts])


@dataclass(frozen=True)
class Vectors:
    """One vector a passage, and the name of the encoder that made it."""

    rows: tuple[Matrix, ...]
    encoders: tuple[str, ...]

    def of(self, rows: Sequence[int]) -> "Vectors":
        """Those of some passages, in their order; a passage may stand there more than once."""
        return Vectors(tuple(self.rows[row] for row in rows), tuple(self.encoders[row] for row in rows))

    def beside(self, places: Matrix) -> "Vectors":
        """The same vectors, each followed by that of its place."""
        return Vectors(
            tuple(np.concatenate([row, place]) for row, place in zip(self.rows, places, strict=True)), self.encoders
        )


@dataclass(frozen=True)
class LinearHead:
    """Logits of classes or criteria from one encoder's vectors: ``vectors @ weights + bias``. Shapes d x k and k."""

    weights: Matrix
    bias: Matrix

    def logits(self, vectors: Matrix) -> Matrix:
        """n x k."""
        return np.asarray(vectors @ self.weights + self.bias, dtype=np.float32)


_NOTHING = LinearHead(np.zeros((0, 0), np.float32), np.zeros(0, np.float32))


@dataclass(frozen=True)
class ScaledHead:
    """A linear head on rows of unlike numbers: each column less its ``mean``, by its ``scale`` (d each), what is unknown as usual.

    Where trees answer a row unlike all they learnt by the nearest leaf, it goes on in a straight line, up to ``FAR`` scales.
    """

    mean: Matrix
    scale: Matrix
    head: LinearHead

    @classmethod
    def measured(cls, table: Matrix, fit: Callable[[Matrix], LinearHead]) -> "ScaledHead":
        """Scales taken from a table (n x d, NaN where unknown), and the head that ``fit`` makes of the scaled rows."""
        mean = np.array([column[~np.isnan(column)].mean() if (~np.isnan(column)).any() else 0 for column in table.T])
        filled = np.where(np.isnan(table), mean, table)
        spread = filled.std(0)
        blank = cls(mean.astype(np.float32), np.where(spread > 0, spread, 1).astype(np.float32), _NOTHING)
        return cls(blank.mean, blank.scale, fit(blank.scaled(table)))

    def scaled(self, table: Matrix) -> Matrix:
        """n x d, without gaps."""
        filled = np.where(np.isnan(table), self.mean, table)
        return np.asarray(np.clip((filled - self.mean) / self.scale, -FAR, FAR), dtype=np.float32)

    def logits(self, table: Matrix) -> Matrix:
        """n x k."""
        return self.head.logits(self.scaled(table))


def pooled(*opinions: Matrix) -> Matrix:
    """The mean of logarithms of probabilities (each n x k): several opinions as one, as scores for ``softmax``."""
    return np.asarray(np.mean([np.log(np.maximum(said, LEAST)) for said in opinions], axis=0), dtype=np.float32)


def head_logits(heads: dict[str, LinearHead], vectors: Vectors, width: int) -> Matrix:
    """Logits for passages embedded by different encoders, n x width; NaN where no head fits the encoder."""
    found = np.full((len(vectors.rows), width), np.nan, dtype=np.float32)
    for name, head in heads.items():
        chosen = [i for i, encoder in enumerate(vectors.encoders) if encoder == name]
        if chosen:
            found[chosen] = head.logits(np.stack([vectors.rows[i] for i in chosen]))
    return found


def sigmoid(logits: Matrix) -> Matrix:
    """The logistic function, without overflow."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float32)


def softmax(logits: Matrix) -> Matrix:
    """Rows of probabilities."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def at_half(probabilities: Matrix, threshold: float) -> Matrix:
    """Probabilities stretched so that the threshold becomes one half and 0 and 1 stay: ``p ** (log 0.5 / log threshold)``.

    A passage is named for a criterion from 0.5 everywhere in the product; where naming pays earlier, as it does for rare
    criteria (Lipton et al., 2014), the scale is moved instead of every reader of it.
    """
    return np.asarray(np.power(np.clip(probabilities, 0.0, 1.0), np.log(0.5) / np.log(threshold)), dtype=np.float32)
