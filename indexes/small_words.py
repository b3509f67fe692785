"""The words of a question that say how it is put and not what about, in the languages served (`data/small-words.toml`)."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import regex

from indexes.analysis import fold, without_marks

WORDS = Path(__file__).parent / "data" / "small-words.toml"
ENGLISH = "en"
# Scripts without spaces: their small words are taken out of the line itself.
UNSPACED = frozenset({"zh", "ja", "ko", "th"})
_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")


@cache
def small_words(language: str) -> tuple[str, ...]:
    """The small words of a language as the file has them, folded; none for a language it does not have."""
    with WORDS.open("rb") as file:
        return tuple(fold(str(tomllib.load(file).get(language, ""))).split())


STOP_WORDS = frozenset(small_words(ENGLISH))
RELATIONS = frozenset(small_words("relations"))


def fillers(text: str, language: str, kept: Iterable[str] = ()) -> frozenset[str]:
    """The small words of a question without their marks: those of English, and those of its language where they stand
    as that language spells them. `kept` are phrases of the trade, whose words stay (`đầu vào`)."""
    own = frozenset(() if language in UNSPACED else small_words(language))
    stay = {word for phrase in kept for word in _TOKEN.findall(fold(phrase))}
    small: set[str] = set(STOP_WORDS)
    said: set[str] = set()
    for token in _TOKEN.findall(fold(text)):
        (small if token in own and token not in stay else said).add(without_marks(token))
    return frozenset(small - (said - STOP_WORDS))


def without_fillers(text: str, language: str) -> str:
    """The text with blanks for the small words of a script that puts none between words; any other as it is."""
    if language not in UNSPACED:
        return text
    return _unspaced(language).sub(" ", text)


@cache
def _unspaced(language: str) -> "regex.Pattern[str]":
    # A Thai vowel or tone behind makes another word of it (ไหม, question; ไหม้, burnt).
    return regex.compile("(?:" + "|".join(map(regex.escape, small_words(language))) + r")(?!\p{M})")
