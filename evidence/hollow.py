"""Causes that say nothing new: the problem again, whole, or as the reason that a sentence gives for it."""

import re
from collections.abc import Iterator
from functools import cache

from evidence.data import table
from evidence.defects import akin_to, only_repeats, telling
from evidence.facts.text import fold, phrases, plain, words
from evidence.restated import restates, without_plain
from evidence.restated_signs import repeats_with_endings

MOST_PIECES = 4
"""Sentences of a cause that can say nothing, and places at the end of one."""


def points_to_paper(cause: str) -> bool:
    """Whether all that stands in the place for a cause points to the paper that tells it: ``see audit report``, ``8D-26-14``, ``as CA-3``.
    What sends back to the problem points to none.
    """
    told = fold(cause).strip(" .()[]")
    return _points().fullmatch(told) is not None and not sends_back(cause)


@cache
def _points() -> re.Pattern[str]:
    sees, behind, papers = (_any_of(name) for name in ("sees", "behind", "papers"))
    numbered = r"(?:[^\W\d_]{1,4}[-. /]{0,2})?\d[\w/.-]{0,20}"
    aside = rf"(?:{numbered}|[^\W\d_]{{1,20}})"
    paper = rf"(?:{aside}\W{{1,2}}){{0,2}}(?:{papers})(?:\W{{0,2}}{aside}){{0,3}}"
    return re.compile(
        rf"(?:{sees})\W{{0,2}}(?:{paper}|{numbered})|(?:{paper}|{numbered})\W{{0,2}}(?:{behind})|\d?[a-z]{{1,5}}-\d[\w/.-]{{1,20}}"
    )


def _any_of(name: str) -> str:
    return "|".join(sorted((re.escape(fold(word)) for word in table("restated")["back"][name]), key=len, reverse=True))


def says_nothing(cause: str, problem: str) -> bool:
    """Whether a cause only repeats its problem or restates it, in whole, in the reason that it gives, or but for where it happened.

    ``The tips had burrs, therefore they felt rough`` of burrs at the tips, ``the door hangs lower because it is low``, ``the pallet fell
    over in the box during the trip``.
    """
    if plain(cause) == plain(problem) or only_repeats(cause, problem) or restates(cause, problem):
        return True
    if repeats_with_endings(cause, problem):
        return True
    if only_repeats(without_plain(cause), problem) or _was_made_so(fold(cause), problem):
        return True
    told = [sentence for sentence in _SENTENCES.split(fold(cause)) if any(map(str.isalpha, sentence))]
    return 0 < len(told) <= MOST_PIECES and all(_is_hollow(sentence, problem) for sentence in told)


def _was_made_so(folded: str, problem: str) -> bool:
    """Whether a cause says only that the goods were made with what is wrong with them: ``the batch was dyed with barre``."""
    made = _made_with().search(folded)
    if made is None or _FIGURE.search(folded):
        return False
    before, behind = (telling(without_plain(part)) for part in (folded[: made.start()], folded[made.end() :]))
    known = telling(problem)
    new = sum(not akin_to(word, known) for word in behind or before)
    if behind:
        return not new and len(before) <= MOST_MADE
    return new <= 1 and new < len(before)  # where the verb stands last, what was made stands before it as well


MOST_MADE = 4
"""Words that name what was made."""


@cache
def _made_with() -> re.Pattern[str]:
    """Any participle of English before ``with``, but for those that name a cause: what was mixed or stored with something came in touch with it."""
    verb = r"(?!mixed|stored|packed|contaminated|coated|cleaned|supplied|delivered|shipped)(?:[^\W\d_]{2,12}ed|made|cast|cut|sewn|woven|spun|born)"
    return re.compile(rf"(?:was|were|is|are|been|got)\s{verb}\s(?:with|having)(?![^\W_])|{_list('made_with').pattern}")


def sends_back(cause: str) -> bool:
    """Whether all that stands in the place for a cause sends back to the problem: ``see D2``, ``same as the problem above``."""
    return _sends_back().fullmatch(fold(cause).strip(" .()[]")) is not None


@cache
def _sends_back() -> re.Pattern[str]:
    # without the bounds of words: nothing else may stand there, and Chinese puts no blank between the word and the place
    sees, places, behind = map(_any_of, ("sees", "places", "behind"))
    return re.compile(rf"(?:{sees})\W{{0,2}}(?:{places})(?:\s?(?:{behind}))?|(?:{places})\W{{0,2}}(?:{behind})")


def _is_hollow(folded: str, problem: str) -> bool:
    if restates(folded, problem) or only_repeats(folded, problem):
        return True
    return any(
        (len(telling(reason)) >= LEAST_WORDS and only_repeats(reason, problem))
        or (reason != folded and restates(reason, problem))
        for reason in _reasons(folded, problem)
    )


_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})[.;]\s+|[。；]")

LEAST_WORDS = 2


def _reasons(folded: str, problem: str) -> Iterator[str]:
    """What a sentence gives as its reason: before what follows from it, or behind what leads to it; of both without the place and
    time at its end. A sentence without either is its own reason; one that goes on to a reason behind what follows gives another.
    """
    if _FIGURE.search(folded):
        return  # measured: it tells something
    before, *rest = _list("follows").split(folded, maxsplit=1)
    if rest and _goes_on(rest[0], problem):
        return
    behind = _list("leads").split(before if rest else folded, maxsplit=1)
    reason = behind[1] if len(behind) == MOST_HALVES and behind[1].strip() else before
    if rest or len(behind) == MOST_HALVES:
        yield reason
    bare = _without_whereabouts(reason)
    if bare != reason:
        yield bare


def _goes_on(tail: str, problem: str) -> bool:
    """Whether what follows from something leads back to a reason, or has a clause that tells of something new: ``the caps were loose,
    therefore they leak, as the chuck is worn``.
    """
    if any(_list(name).search(tail) for name in ("leads", "leads_vietnamese")) or phrases("letters", "cause").search(
        tail
    ):
        return True
    known = telling(problem)
    return any(not akin_to(word, known) for clause in _CLAUSE.split(tail)[1:] for word in telling(clause))


_CLAUSE = re.compile(r"[,:，：、]")

MOST_HALVES = 2

_FIGURE = re.compile(r"\d+[.,]\d")


def _without_whereabouts(folded: str) -> str:
    """A clause without the place and the time at its end that only say where it was seen: ``in the box during the trip``."""
    for _ in range(MOST_PIECES):
        shorter = _whereabouts().sub("", folded.rstrip(" .,"))
        if shorter == folded:
            break
        folded = shorter
    return folded


@cache
def _whereabouts() -> re.Pattern[str]:
    before, nouns, behind = (_list(name).pattern for name in ("within", "whereabouts", "within_behind"))
    return re.compile(
        rf"[,\s](?:{before})\s(?:(?:the|a|an|our|its|your|this)\s)?(?:{nouns})$|(?<=[^\s])\s?(?:{nouns})\s?(?:{behind})$"
    )


@cache
def _list(name: str) -> re.Pattern[str]:
    return words(tuple(table("restated")["reasons"][name]))
