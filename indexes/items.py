"""What an index is given: passages with their vectors, and what changed in the database."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexes.generation import Vector


@dataclass(frozen=True)
class IndexItem:
    """A passage for the index: its number in the database, text, language (ISO 639-1), heading, vectors
    and the id of the document it stands in ("" where it stands alone).

    Without vectors they are computed here; with them each must be of a model this index has.
    """

    id: int
    text: str
    language: str = "en"
    title: str = ""
    vectors: tuple[Vector, ...] = ()
    document: str = ""

    @property
    def paper(self) -> int:
        """A number for the document, the same everywhere: 63 bits of a hash; 0 for a passage that stands alone."""
        if not self.document:
            return 0
        return int.from_bytes(hashlib.blake2b(self.document.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


@dataclass(frozen=True)
class Changes:
    """What changed in the database: passages that went, then passages that came (one of the same id is replaced)."""

    gone: Sequence[int]
    items: Iterable[IndexItem]


# Gives the changes after one version of the database up to another.
ChangesOf = Callable[[int, int], Changes]
