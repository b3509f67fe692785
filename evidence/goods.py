"""The goods and services that a text names, told apart by the longest words that stand at a place: ``cable tie`` is no cable."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from evidence.data import table
from evidence.facts.text import fold, one_form, phrases, unmarked

LONGEST_SHORT = 3
"""Letters of a word up to which it is no stem of longer ones."""

LONGEST_ENDED = 6
"""Letters of a word, none of them marked, up to which only endings of grammar may follow: no stem of ``conta`` is in ``container``."""

LONGEST_BEFORE = 24
"""Letters before the name of goods in which a word for what makes or holds them is looked for."""


class Named(NamedTuple):
    """Goods by the keys of their tables, and where the words for them begin and end in the plain text."""

    start: int
    end: int
    names: frozenset[str]


def goods(text: str) -> set[str]:
    """The goods that a folded text names."""
    return {name for found in _named(plain(text)) for name in found.names}


def goods_made(text: str) -> set[str]:
    """The goods that a folded scope or the name of a product names, without those that what it names is for: ``gaskets for washing machines``
    are gaskets.
    """
    written = plain(text)
    until = _made_until(written)
    return {name for item in _named(written) if item.start < until for name in item.names}


def what_is_made(text: str) -> str:
    """A folded scope in its plain form up to what it is for: ``gaskets`` of ``gaskets for washing machines``."""
    written = plain(text)
    return written[: _made_until(written)]


def _made_until(written: str) -> int:
    """Where a plain text begins to say what the goods before are for; its length where it does not."""
    found = _named(written)
    ends = (
        match.start()
        for match in _FOR.finditer(written)
        if match.start() and not any(item.start <= match.start() < item.end for item in found)
    )
    return next(ends, len(written))


def above(named: set[str]) -> set[str]:
    """The families of trades that name goods from afar."""
    return {family for name in named for family in table("goods")[name]["of"]}


@cache
def around() -> frozenset[str]:
    """Goods that every factory buys for its own: a record of them is none of what it makes."""
    return frozenset(name for name, item in table("goods").items() if item.get("around"))


def parted(text: str) -> list[str]:
    """What a folded scope lists: ``toys and plastic goods`` are two things, of which only one is toys."""
    return [part for part in _PARTED.split(text) if part.strip()]


def plain(text: str) -> str:
    """A folded text with its Chinese in one form, and one blank for hyphens and runs of blanks."""
    return re.sub(r"[\s_-]+", " ", one_form(text))


def without(text: str, known: set[str]) -> str:
    """A folded text in its plain form, with blanks for the names of known goods: the cable of ``cable ties`` tells of no cables."""
    written = plain(text)
    signs = list(written)
    for found in _named(written):
        if found.names & known:
            signs[found.start : found.end] = " " * (found.end - found.start)
    return "".join(signs)


@lru_cache(1000)
def _named(written: str) -> tuple[Named, ...]:
    return tuple(_read(written))


def _read(written: str) -> Iterator[Named]:
    at = 0
    while begins := _BEGINS.search(written, at):
        at = begins.start() + 1
        for phrase, whole, names in (*_index().get(written[at - 1 : at + 1], ()), *_index().get(written[at - 1], ())):
            end = _end(written, at - 1, phrase, whole)
            if end is None:
                continue
            behind = end + written.startswith(" ", end)
            if not (_BEHIND.match(written, behind) or _BEFORE.search(written, max(0, at - 1 - LONGEST_BEFORE), at - 1)):
                yield Named(at - 1, end, names)
            at = end
            break


def _end(written: str, start: int, phrase: str, whole: bool) -> int | None:
    """Where the word ends that begins with a phrase at a place; None where the phrase does not stand there."""
    if not written.startswith(phrase, start):
        return None
    end = start + len(phrase)
    thai = "\u0e00" <= phrase[0] <= "\u0e7f"
    if thai and len(phrase) <= LONGEST_SHORT:
        return end if not (written[start - 1 : start].isalpha() or written[end : end + 1].isalpha()) else None
    if thai or phrase[0] >= "\u1f00":
        return end
    if whole or len(phrase) <= LONGEST_SHORT:
        bounded = (_WHOLE if whole else _PLURAL).match(written, end)
        return bounded.end() if bounded else None
    letters = _LETTERS.match(written, end)
    assert letters is not None
    short = len(phrase) <= LONGEST_ENDED and phrase.isascii() and " " not in phrase
    ended = _ENDING.fullmatch(letters.group()) if short else not letters.group().endswith(_DONE)
    return letters.end() if ended else None


_BEGINS = re.compile(r"(?<![^\W_])[^\W_]|[\u0e00-\u0e7f\u1f00-\uffff]")
"""Where words can begin: Latin letters at the beginning of one, scripts without blanks anywhere."""

_LETTERS, _WHOLE, _PLURAL = (re.compile(part) for part in (r"[^\W\d_]*", r"(?![^\W_])", r"(?:e?s)?(?![^\W_])"))

_ENDING = re.compile(
    r"(?:e?s|nya|l[ae]r(?:[iuü]?n?[ae]?)|s?[iuü](?:n[iuüae]?n?|nd[ae]n?)?|n?[iuü]n|[dt][ae]n?|y?[aeiuü]|y?l[ae])?"
)
"""Endings of English, Indonesian and Turkish that leave a name what it is."""

_SYLLABLE = re.compile(r"[\u1e00-\u1effđơưă]")
"""Letters of Vietnamese alone, whose words have no endings."""

_DONE = ("ing", "ling", "led")
"""What makes of goods a work on others: labelling is no label."""


@cache
def _index() -> dict[str, list[tuple[str, bool, frozenset[str]]]]:
    """Every phrase with the goods of which it is a name, the longest first, by its first two signs."""
    known: dict[tuple[str, bool], set[str]] = {}
    for name, item in table("goods").items():
        for written in item["words"]:
            folded = fold(written)
            for phrase in {folded, unmarked(folded)}:
                whole = written.endswith(" ") or _SYLLABLE.search(folded) is not None
                known.setdefault((plain(phrase).strip(), whole), set()).add(name)
    index: dict[str, list[tuple[str, bool, frozenset[str]]]] = {}
    for (phrase, whole), names in sorted(known.items(), key=lambda entry: (-len(entry[0][0]), entry[0])):
        index.setdefault(phrase[:2], []).append((phrase, whole, frozenset(names)))
    return index


_FOR, _BEHIND, _BEFORE, _PARTED = (phrases("scopes", name) for name in ("for", "behind", "before", "parted"))
