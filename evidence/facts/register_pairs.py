"""Columns of registers whose head names two parts and whose cells hold both: ``Cause and action``, ``Target / done``."""

import re

from evidence.facts.case_heads import DATES, Case
from evidence.facts.days import days_in
from evidence.facts.sources import Source


def put_both(source: Source, case: Case, pair: tuple[str, ...], text: str, ended: bool) -> bool:
    """Give the two halves of a cell to the two parts that its head names; False where it has no halves. ``ended`` says that the closing
    has a column of its own: what is done here is the action.
    """
    if pair[0] in DATES:
        bare = _ASIDE.sub(" ", text)
        days = days_in(source, bare)
        letters = sum(map(str.isalpha, bare)) - sum(map(str.isalpha, "".join(bare[a:b] for a, b, _ in days)))
        if len(days) != len(pair) or letters > MOST_LETTERS:
            return False
        for name, (_, _, day) in zip(pair, days, strict=True):
            case.dates.setdefault("action_date" if ended and name == "closed" else name, day)
        return True
    first, *rest = [piece for piece in _HALVES.split(text) if piece.strip()]
    if not rest:
        return False
    case.add(pair[0], first)
    case.add(pair[1], "; ".join(rest))
    return True


MOST_LETTERS = 4
"""Letters beside two days that tell no more than which of them is which."""

_ASIDE = re.compile(r"[(（][^()（）]{0,120}[)）]")

_HALVES = re.compile(r"\s*(?:[;；。\n]|→|->|=>|(?<=[^\W\d_]{2})\.\s|\s/\s)\s*")
