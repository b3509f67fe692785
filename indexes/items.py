"""What an index is given: passages with their vectors, and what changed in the database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexes.generation import Vector


@dataclass(frozen=True)
class IndexItem:
    """A passage for the index: its number in the database, text, language (ISO 639-1), heading and vectors.

    Without vectors they are computed here; with them each must be of a model this index has.
    """

    id: int
    text: str
    language: str = "en"
    title: str = ""
    vectors: tuple[Vector, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What changed in the database: passages that went, then passages that came (one of the same id is replaced)."""

    gone: Sequence[int]
    items: Iterable[IndexItem]


# Gives the changes after one version of the database up to another.
ChangesOf = Callable[[int, int], Changes]
