"""The works by which goods are made, as a text names them: castings are not turned, and a press shop hardens nothing."""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold, one_form

SHORTEST_STEM = 3
"""Letters of a word up to which it is no stem of longer ones."""


def processes(text: str) -> set[str]:
    """The works that a folded text names."""
    text = one_form(text)
    return {name for name, pattern in _works().items() if pattern.search(text)}


@cache
def finishes() -> frozenset[str]:
    """Works on the surface or the structure of goods that are made already: a scope of the making of goods leaves room for them."""
    return frozenset(name for name, item in table("processes").items() if item.get("finish"))


def without_works(text: str) -> str:
    """A folded text, its Chinese in one form, without the words for works."""
    text = one_form(text)
    for pattern in _works().values():
        text = pattern.sub(" ", text)
    return text


@cache
def _works() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(map(_part, sorted(item["words"], key=len, reverse=True))))
        for name, item in table("processes").items()
    }


def _part(word: str) -> str:
    plain = one_form(fold(word))
    if plain[0] >= "\u0e00":
        return re.escape(plain)
    whole = plain.endswith(" ") or len(plain) <= SHORTEST_STEM or _SYLLABLE.search(plain) is not None
    return rf"(?<![^\W_]){re.escape(plain.strip())}" + (r"(?![^\W_])" if whole else r"[^\W\d_]*")


_SYLLABLE = re.compile(r"[\u1e00-\u1effđơưăàèòùâêô]")
"""Letters of Vietnamese, whose words have no endings."""
