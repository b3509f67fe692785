"""Whether the scope of a certificate covers a product, also where the two are written in different languages."""

import re
from functools import cache
from itertools import pairwise

from evidence.data import table
from evidence.facts.text import fold, one_form, phrases
from evidence.goods import above, goods, goods_made, parted
from evidence.processes import finishes, processes, without_works

SHORTEST_STEM = 3
"""Letters of a word up to which it is no stem of longer ones."""


def covers(scope: str, product: str) -> bool:
    """Whether a scope (both folded) names the product or leaves room for it, holds a word of it, or names a trade of it in another language.

    Where the two are written in two scripts and one of them names no trade that is known, it cannot be said not to.
    """
    scope, product = one_form(scope), one_form(product)
    if _metals_apart(scope, product):
        return False
    told = has_room(scope, product)
    if told is not None:
        return told
    if _works_apart(scope, product):
        return False
    wanted, held = families(product), families(scope)
    known = wanted or goods(product)
    if wanted & held or (not goods(scope) and ((is_open(scope) and not known) or (known and not held))):
        return True  # said in words that leave open what is made
    if wanted and held and held <= set(table("trades")["open"]["of_buildings"]):
        return False  # that both are services says of neither what is done
    reach = above(goods_made(product))
    if _is_in_other_script(scope, product) and held and (wanted or (reach and not reach & held)):
        return _OPEN.search(scope) is not None
    spaced = {word[:5] for word in re.findall(r"[^\W\d_]{4,}", product) if not _SIGNS.search(word)}
    if not spaced and any(char.isalpha() and not char.isascii() for char in scope):
        spaced = set(re.findall(r"(?<![^\W_])[^\W\d_]{2,3}(?![^\W_])", product))  # syllables are written apart
        return not spaced or bool(spaced & set(re.findall(r"[^\W\d_]+", scope)))
    signs = {word[at : at + 2] for word in _SIGNS.findall(product) for at in range(len(word) - 1)}
    if signs and _SIGNS.search(scope):
        return any(pair in scope for pair in signs)
    return not spaced or _SIGNS.search(scope) is not None or any(stem in scope for stem in spaced)


def _works_apart(scope: str, product: str) -> bool:
    """Whether two texts name works and none in common, and beside them no word in common but general ones and materials: a scope of
    steel moulds covers no moulded housings.
    """
    works = processes(scope), processes(product) - finishes()
    if not all(works) or works[0] & works[1] or goods(product) & goods(scope):
        return False
    told = [_MATERIALS.sub(" ", without_works(text)) for text in (scope, product)]
    own = words_shared(told[1].split(" for ")[0], told[0]) or bool(families(told[0]) & families(told[1]))
    return not own


def has_room(scope: str, product: str) -> bool | None:
    """Whether a scope leaves room for a product (both folded), as far as goods and trades that are known by name tell: it names the same
    goods, or from afar a trade of them. None where that cannot be told.
    """
    wanted, held = goods_made(product), goods_made(scope)
    trades = families(product) | above(wanted)
    if wanted & held or trades & (in_general_words(scope) | (set() if wanted else above(held))):
        return True
    return False if wanted and held and not is_open(scope) else None


def in_general_words(scope: str) -> set[str]:
    """The trades that a folded scope names from afar: not those of the goods beside them, as plastic in ``plastic toys``."""
    return {family for part in parted(scope) if not goods(part) for family in families(part)}


def _metals_apart(scope: str, product: str) -> bool:
    """Whether two texts of one trade name metals and none in common: a foundry for brass pours no aluminium."""
    named = [{name for name, metal in _metals().items() if metal.search(text)} for text in (scope, product)]
    return all(named) and not named[0] & named[1] and not is_open(scope) and bool(families(scope) & families(product))


@cache
def _metals() -> dict[str, re.Pattern[str]]:
    return {name: beginning(tuple(told)) for name, told in table("words")["metals"].items()}


_SIGNS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]{2,}")
"""Runs of scripts in which two signs say as much as a word."""


def _is_in_other_script(scope: str, product: str) -> bool:
    """Whether one of two texts is written in signs without blanks, or with marks on its letters, and the other is not."""
    return (_SIGNS.search(scope) is None) != (_SIGNS.search(product) is None) or (
        product.isascii() and any(char.isalpha() and not char.isascii() for char in scope)
    )


@cache
def _trades() -> dict[str, re.Pattern[str]]:
    return {name: beginning(tuple(found)) for name, found in table("trades")["families"].items()}


def beginning(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Words in Latin letters where a word begins, others anywhere; short ones whole: a network is no net."""

    def part(word: str) -> str:
        first = re.escape(word[0])
        if word[0] >= "\u1f00" or ("\u0e00" <= word[0] <= "\u0e7f" and len(word) > SHORTEST_STEM):
            return re.escape(word)
        # its first sign before the look at what precedes it: a search then runs over all places where no word begins
        return rf"{first}(?<![^\W_]{first}){re.escape(word[1:])}" + (
            r"(?:e?s)?(?![^\W_])" if len(word) <= SHORTEST_STEM else ""
        )

    return re.compile("|".join(part(one_form(fold(word))) for word in phrases))


_MATERIALS = beginning(tuple(table("trades")["materials"]["words"]))
_OPEN = beginning(tuple(table("trades")["open"]["words"]))


def is_open(scope: str) -> bool:
    """Whether a folded scope leaves open what is made: components, parts."""
    return _OPEN.search(one_form(scope)) is not None


def words_shared(scope: str, text: str) -> bool:
    """Whether a word of a folded scope, no general one, stands in a folded text: its stem, two of its signs, two syllables."""
    bare = _GENERAL.sub(" ", scope)
    stems = {
        word[:STEM]
        for word in re.findall(r"[^\W\d_]{4,}", bare)
        if not _SIGNS.search(word) and not _SYLLABLE.search(word)
    }
    if any(re.search(rf"(?<![^\W_]){re.escape(stem)}", text) for stem in stems):
        return True
    signs = {word[at : at + 2] for word in _SIGNS.findall(bare) for at in range(len(word) - 1)}
    spoken = re.findall(r"[^\W\d_]+", bare) if not bare.isascii() and not signs else []
    return any(pair in text for pair in signs) or any(f"{one} {two}" in text for one, two in pairwise(spoken))


_SYLLABLE = re.compile(r"[\u1e00-\u1effđơưă]")
"""Letters of Vietnamese alone: its words are two syllables or more, and one of them stands in many."""

STEM = 5
"""Letters of a word by which it is found again with other endings."""

_GENERAL = phrases("scopes", "general")


def families(text: str) -> set[str]:
    """The families of goods that a text names."""
    text = one_form(text)
    return {name for name, pattern in _trades().items() if pattern.search(f"{text} ")}
