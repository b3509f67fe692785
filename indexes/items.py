"""What an index is given: passages with their vectors, and what changed in the database."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexes.generation import Generation, Vector
from indexes.lexical_fields import Words


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


# Passages by number, each with its vectors.
Ready = dict[int, tuple[IndexItem, tuple[Vector, ...]]]


def put_words(generation: Generation, ready: Ready) -> None:
    """Write the words of passages, which paper each stands in, and its language."""
    words = words_of(ready)
    generation.lexical.upsert(words.items, words.papers, words.languages)


def words_of(ready: Ready) -> Words:
    """The words of passages as the lexical side takes them."""
    given = [item for item, _ in ready.values()]
    return Words(
        [(item.id, item.title, item.text) for item in given],
        {item.id: item.paper for item in given},
        {item.id: item.language for item in given},
    )
