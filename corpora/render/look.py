"""The ``look:`` hints of an authored document: skew, noise, stamp, font, paper."""

import shlex
import zlib
from dataclasses import dataclass, field

import numpy as np

from corpora.authored import AuthoredDocument


@dataclass(frozen=True)
class Look:
    """How a document is dressed. ``skew`` in degrees; ``noise`` 0 (clean copier) to 5 (third photocopy); ``rotate`` in quarter turns."""

    skew: float = 0.0
    noise: float = 1.0
    stamp: str | None = None
    font: str | None = None
    landscape: bool = False
    rotate: int = 0
    rest: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, document: AuthoredDocument) -> "Look":
        """Read the hints; unknown words are kept in ``rest`` and change nothing."""
        values: dict[str, str] = {}
        words: set[str] = set()
        for piece in shlex.split(str(document.front.get("look") or "").replace(",", " ")):
            key, sign, value = piece.partition("=")
            if sign:
                values[key] = value
            else:
                words.add(piece)

        def number(key: str, default: float) -> float:
            try:
                return float(values.get(key, default))
            except ValueError:
                return default

        return cls(
            number("skew", 0.0), number("noise", 1.0), values.get("stamp"), values.get("font"), "landscape" in words,
            int(number("rotate", 0)) // 90 % 4, frozenset(words),
        )  # fmt: skip


def seeded(document: AuthoredDocument) -> np.random.Generator:
    """The same dice for the same document, so that a bundle renders the same each time."""
    return np.random.default_rng(zlib.crc32(document.id.encode()))


def readable(text: str) -> str:
    """Tick boxes and line breaks of the markup as signs."""
    return text.replace("[x]", "☒").replace("[X]", "☒").replace("[ ]", "☐").replace("\\n", "\n")
