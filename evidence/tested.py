"""What trade the records of a factory are of, by what is inspected in them and goes wrong: whoever tests ripple and polarity makes no
cartons, though no paper says in words what is made.
"""

import re
from functools import cache
from typing import NamedTuple

from evidence.data import table
from evidence.facts.text import fold, words
from evidence.model import DocumentReport

LEAST_RECORDS, LEAST_SIGNS = 2, 2
"""Records that tell of a trade, and the signs of it in each, from which the trade is the factory's."""

SHOWN = 3
"""Signs that are told to the reader."""


class Tested(NamedTuple):
    """A trade by its signs as they were found, and the families of goods that are not tested so."""

    signs: tuple[str, ...]
    apart: frozenset[str]

    @property
    def told(self) -> str:
        """What the records tell of, in words."""
        return f"the goods that its records test ({', '.join(self.signs[:SHOWN])})"


def tested_trade(records: list[DocumentReport]) -> Tested | None:
    """The one trade of which several records tell; None where they tell of none or of two."""
    found = []
    for name, pattern in _trades().items():
        signs = [signs for record in records if len(signs := _signs(pattern, record)) >= LEAST_SIGNS]
        if len(signs) >= LEAST_RECORDS:
            told = tuple(dict.fromkeys(sign for each in signs for sign in each))
            found.append(Tested(told, frozenset(table("tested")[name]["apart"])))
    return found[0] if len(found) == 1 else None


def _signs(pattern: re.Pattern[str], record: DocumentReport) -> list[str]:
    texts = (fold(passage.text) for passage in record.shown)
    return list(dict.fromkeys(match[0] for text in texts for match in pattern.finditer(text)))


def tests_in(folded: str) -> dict[str, int]:
    """What a folded text names that is tested or goes wrong in a trade, ``colour fastness``, each with where it ends first."""
    found: dict[str, int] = {}
    for pattern in _trades().values():
        for match in pattern.finditer(folded):
            found.setdefault(match[0], match.end())
    return found


@cache
def _trades() -> dict[str, re.Pattern[str]]:
    return {name: words(tuple(item["words"])) for name, item in table("tested").items()}
