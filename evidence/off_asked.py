"""Causes that say of the piece only that it is not what was asked for: ``the hole was bigger than the specification``, ``the voltage did not
reach 36 V``, ``process variation``.
"""

import re
from functools import cache

from evidence.data import table
from evidence.defects import akin_to, telling
from evidence.facts.text import fold, late, words
from evidence.restated import kind_words

LONGEST = 200
"""Letters of a cause that may tell nothing; a longer one has room for something."""

BETWEEN = 16
"""Letters between a word that compares and one for what was asked: ``bigger than the upper``."""

LEAST_LETTERS = 4
"""Letters of a cause that is looked at; half of them in scripts in which a sign says more."""

_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")
_DENSE = re.compile(r"[\u0e01-\u0e4e\u3040-\u9fff\uac00-\ud7a3]+")


def tells_only_off(cause: str, problem: str) -> bool:
    """Whether a cause says that the piece was not as asked, gives a verdict that holds of any case, or says that nobody saw it, and has
    not one word beside it that the problem does not hold. A figure of its own tells something.
    """
    folded, asked = fold(cause), fold(problem)
    if not _may_be_hollow(folded, asked):
        return False
    left = _off().sub(" ", _short_of().sub(" ", folded))
    if left != folded or _of("general").search(folded):
        return _is_empty(kind_words(_of("general").sub(" ", left), asked), asked)
    return False


def tells_only_unseen(cause: str, problem: str) -> bool:
    """Whether a cause tells only that nobody saw the fault before it left: ``not detected at final inspection``."""
    folded, asked = fold(cause), fold(problem)
    if not _may_be_hollow(folded, asked) or not (_of("unfound").search(folded) and _of("unseen").search(folded)):
        return False
    return _is_empty(kind_words(_of("unfound").sub(" ", _of("unseen").sub(" ", folded)), asked), asked)


def tells_only_disposal(cause: str, problem: str, contained: str) -> bool:
    """Whether a cause tells only what was done with the bad goods, and no word that the problem or that deed does not hold: ``the batch was
    blocked and tested again``.
    """
    folded, asked = fold(cause), fold(f"{problem} {contained}")
    if not _may_be_hollow(folded, asked) or not _of("disposed").search(folded):
        return False
    if _of("away").search(folded) or _lacked().search(
        folded
    ):  # the gauge was away, there was no place to put bad ones apart
        return False
    return _is_empty(kind_words(_of("goods").sub(" ", _of("disposed").sub(" ", folded)), asked), asked)


def names_class(cause: str) -> bool:
    """Whether a cause only names its class: ``Machine``, ``Workmanship``, ``Material / method``."""
    folded = fold(cause)
    if len(folded) > LONGEST or any(map(str.isdigit, folded)) or not _of("categories").search(folded):
        return False
    left = _of("plain", "words").sub(" ", _of("general").sub(" ", _of("categories").sub(" ", folded)))
    return not any(map(str.isalnum, left))


def _may_be_hollow(folded: str, asked: str) -> bool:
    letters = sum(map(str.isalpha, folded))
    least = LEAST_LETTERS // 2 if _DENSE.search(folded) else LEAST_LETTERS
    return letters >= least and len(folded) <= LONGEST and not _figures(folded) - _figures(asked)


def _figures(text: str) -> set[float]:
    """The figures of a text, however many noughts they end with."""
    return {float(figure.replace(",", ".")) for figure in _FIGURES.findall(text)}


def _is_empty(left: str, asked: str) -> bool:
    """Whether what is left of a cause holds no word that its problem does not hold."""
    for name in ("lacking", "plain", "bare"):
        left = _of(name, "words").sub(" ", left)
    left = _of("general").sub(" ", left)
    known = telling(asked)
    if any(not akin_to(word, known) for word in telling(_DENSE.sub(" ", left))):
        return False
    return all(_stands_in(run, asked) for run in _DENSE.findall(left))


def _stands_in(run: str, asked: str) -> bool:
    """Whether hardly a sign of a run is new beside those of the problem; Thai is written with an alphabet, whose signs stand in any
    problem: there a sign is known by its neighbours.
    """
    if run[0] > LAST_THAI:
        return sum(sign not in asked for sign in run) <= 1
    known = {at + step for at in range(len(run)) if run[at : at + PIECE] in asked for step in range(PIECE)}
    return sum(at not in known for at in range(len(run))) <= MOST_THAI


LAST_THAI = "\u0e4e"
PIECE = 3
"""Signs of Thai that stand together in a word of the problem."""

MOST_THAI = 2
"""Signs of Thai, its vowels and tones with them, that say nothing alone."""


@cache
def _off() -> re.Pattern[str]:
    compares, asked = (words(tuple(table("restated")["off"][name])).pattern for name in ("compares", "asked"))
    between = rf"[^,;:.，。；\n|]{{0,{BETWEEN}}}?"
    return late(rf"(?:{compares}){between}(?:{asked})|(?:{asked}){between}(?:{compares})")


@cache
def _short_of() -> re.Pattern[str]:
    """A word that compares beside a figure: in a cause all of whose figures its problem holds, that is what was asked for."""
    compares = words(tuple(table("restated")["off"]["compares"])).pattern
    between, figure = rf"[^,;:.，。；\n|\d]{{0,{BETWEEN}}}?", rf"(?<![\d.,]){_FIGURES.pattern}"
    unit = r"\s?(?:[^\W\d_]{1,4}|[%°℃µΩ]{1,2}[^\W\d_]?)?(?:['’][^\W\d_]{1,3})?"
    return late(rf"(?:{compares}){between}{figure}{unit}(?![^\W_])|{figure}{unit}{between}(?:{compares})")


@cache
def _lacked() -> re.Pattern[str]:
    """A word for none right before what is done with bad goods, at most one word between: ``no segregation rack``."""
    return late(rf"(?:{_of('none').pattern})\s?(?:[^\W\d_]{{1,20}}\s)?(?:{_of('disposed').pattern})")


@cache
def _of(name: str, group: str = "off") -> re.Pattern[str]:
    return words(tuple(table("restated")[group][name]))
