"""Sentences that say of a problem that nobody found out why it came: ``no specific cause could be assigned``, ``the reason was not found``."""

import re
from functools import cache

from evidence.facts.text import fold, late, phrases
from evidence.told_looks import without_days

BETWEEN = 40
"""Letters between the words of such a sentence: ``cause for this single bubble was not clearly established``."""


def says_no_cause(told: str) -> bool:
    """Whether a text says that no cause was found, and goes on to none. What holds a figure beside its days was measured, and tells a
    cause.
    """
    folded = fold(told)
    bare = phrases("corrective_flags", "not_found").fullmatch(folded.strip(" .:;-–。"))
    match = _none().search(folded) or bare or _sought().search(folded)
    if not match or any(map(str.isdigit, without_days(folded))):
        return False
    return not _not_so().search(folded[: match.start()]) and not _then().search(folded[match.end() :])


def is_awaited(told: str) -> bool:
    """Whether what stands in the place for the cause of an open case says only by when it will be told: ``(due from production 4 Sep)``."""
    folded = fold(told).strip(" (（")
    return len(told) <= LONGEST_AWAITED and any(
        phrases(group, name).match(folded)
        for group, name in (("case_forms", "to_come"), ("corrective_flags", "sought"))
    )


LONGEST_AWAITED = 60
"""Letters of a cause that only says until when it will be told."""


@cache
def _none() -> re.Pattern[str]:
    nouns, kinds, finds, nots = (
        phrases("corrective_flags", name).pattern for name in ("cause_nouns", "cause_kinds", "finds", "finds_not")
    )
    whys, unknown = (phrases("corrective_flags", name).pattern for name in ("whys", "unknown"))
    some = rf"[^,;:.。\n]{{0,{BETWEEN}}}?"
    return late(
        rf"{phrases('corrective_flags', 'no_cause').pattern}"
        rf"|(?:{whys}){some}(?:{unknown})|(?:{unknown}){some}(?:{whys})"
        rf"|(?<![^\W_])(?:no|without)\s(?:(?:{kinds})\s){{0,3}}(?:{nouns})(?!\sto(?![^\W_]))"
        rf"|(?<![^\W_])(?:{nouns}){some}(?:{nots})\s(?:[^\W\d_]+\s){{0,3}}(?:{finds})"
        rf"|(?<![^\W_])(?:{nots})\s(?:[^\W\d_]+\s){{0,2}}(?:{finds})\s{some}(?:{nouns})(?!\sto(?![^\W_]))"
    )


@cache
def _sought() -> re.Pattern[str]:
    """A cause that is still looked for, where the clause ends with it."""
    return late(
        rf"(?:{phrases('corrective_flags', 'sought').pattern})(?=\s*(?:[,;.:()，。；）]|(?:with|by|at|from)\s|$))"
    )


@cache
def _not_so() -> re.Pattern[str]:
    """Before such words: it was no single case, the look was one at random, the cause made it happen at times."""
    return late(rf"(?:{phrases('corrective_flags', 'not_so').pattern})\W*$")


@cache
def _then() -> re.Pattern[str]:
    return phrases("corrective_flags", "then_found")
