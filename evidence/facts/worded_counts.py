"""Small counts that sentences tell in words: ``five complaints``, ``tiga keluhan``, ``五件``; written as figures in a text of the same length."""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import any_of, fold


def with_figures(text: str) -> str:
    """The text with its worded counts as figures, each followed by blanks up to the length of the word: every place in it stays the same.

    A word of Latin letters counts before a word that is no other number; one of other scripts before what pieces or cases are called.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return text
    return (
        _counts().sub(lambda found: str(_values()[found[0]]).ljust(len(found[0])), folded)
        if _MAY.search(folded)
        else text
    )


@cache
def _values() -> dict[str, int]:
    return {
        fold(word): number
        for number, named in enumerate(table("words")["worded_counts"]["numbers"], 2)
        for word in named
    }


@cache
def _counts() -> re.Pattern[str]:
    latin = sorted((word for word in _values() if _LATIN.match(word)), key=len, reverse=True)
    other = sorted((word for word in _values() if not _LATIN.match(word)), key=len, reverse=True)
    counted = any_of(("counted", "pieces"), ("worded_counts", "counted")).pattern
    return re.compile(
        rf"(?<![^\W_])(?<![^\W_]-)(?:{'|'.join(map(re.escape, latin))})(?= [^\W\d_]{{2}})(?! (?:{'|'.join(map(re.escape, latin))}) )|"
        rf"(?<![第一二三四五六七八九十百])(?:{'|'.join(map(re.escape, other))})(?=\s?(?:{counted}))"
    )


_LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]")
_MAY = re.compile(r"[^\W\d_]{2} |[^\x00-\u024f]")
