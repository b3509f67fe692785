"""Whether the parts of an index hold the same passages, and those of the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexes.generation import Generation


@dataclass(frozen=True)
class Verification:
    """What `verify` found: counts of each part and the ids that stand in one part and not in another."""

    counts: dict[str, int]
    without_vector: tuple[int, ...] = ()
    without_words: tuple[int, ...] = ()
    not_indexed: tuple[int, ...] = ()
    not_in_database: tuple[int, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is missing, left over or damaged."""
        return not (
            self.without_vector or self.without_words or self.not_indexed or self.not_in_database or self.damaged
        )


def compared(live: Generation, expected: Iterable[int] | None, damaged: tuple[str, ...]) -> Verification:
    """The parts compared with each other and, where they are given, with the ids of the database; `damaged` are files that
    are not as they were written."""
    words = set(live.lexical.ids().tolist())
    vectors = {number for dense in live.dense.values() for number in dense.ids().tolist()}
    wanted = words | vectors if expected is None else set(expected)
    return Verification(
        counts={"words": len(words), **{model: len(dense) for model, dense in live.dense.items()}},
        without_vector=tuple(sorted(words - vectors)),
        without_words=tuple(sorted(vectors - words)),
        not_indexed=tuple(sorted(wanted - words - vectors)),
        not_in_database=tuple(sorted((words | vectors) - wanted)),
        damaged=damaged,
    )
