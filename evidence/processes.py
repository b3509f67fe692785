"""The works by which goods are made, as a text names them: castings are not turned, and a press shop hardens nothing."""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold, one_form, phrases

SHORTEST_STEM = 3
"""Letters of a word up to which it is no stem of longer ones."""


def processes(text: str) -> set[str]:
    """The works that a folded text names."""
    text = one_form(text)
    found = set()
    for name, pattern in _works().items():
        if pattern.search(text):
            found.add(name)
            if table("processes")[name].get("apart"):
                text = pattern.sub(" ", text)  # hot stamping of foil stamps no metal
    return found


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


def without_works_of(text: str, other: str) -> str:
    """A folded text without the words for works and stages of making that another text names too, in whatever language; the letters of the
    rest stay as they are.
    """
    for pattern in (*_works().values(), *_stages().values()):
        if pattern.search(text) and pattern.search(other):
            text = pattern.sub(" ", text)
    return text


def of_other_stage(text: str, other: str) -> bool:
    """Whether two folded texts name stages of making, and none that is the same."""
    first, second = ({name for name, found in _stages().items() if found.search(one)} for one in (text, other))
    return bool(first and second) and not first & second


@cache
def _stages() -> dict[str, re.Pattern[str]]:
    return {name: phrases("told_stages", name) for name in table("words")["told_stages"]}


def never_of(work: str) -> frozenset[str]:
    """The families of goods on which a work is not done."""
    return frozenset(table("processes")[work].get("never", ()))


@cache
def _works() -> dict[str, re.Pattern[str]]:
    """The pattern of each work, those first whose words hold words of others."""
    listed = sorted(table("processes").items(), key=lambda one: not one[1].get("apart", False))
    return {
        name: re.compile("|".join(map(_part, sorted(item["words"], key=len, reverse=True)))) for name, item in listed
    }


def _part(word: str) -> str:
    plain = one_form(fold(word))
    if plain[0] >= "\u0e00":
        return re.escape(plain)
    whole = plain.endswith(" ") or len(plain) <= SHORTEST_STEM or _SYLLABLE.search(plain) is not None
    return rf"(?<![^\W_]){re.escape(plain.strip())}" + (r"(?![^\W_])" if whole else r"[^\W\d_]*")


_SYLLABLE = re.compile(r"[\u1e00-\u1effđơưăàèòùâêô]")
"""Letters of Vietnamese, whose words have no endings."""
