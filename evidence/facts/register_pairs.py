"""Columns of registers that share a part: one head for two of them, ``Cause and action``, or two columns for one, ``Method of
verification | Result``.
"""

import re
from collections.abc import Sequence

from evidence.data import table
from evidence.facts.case_heads import DATES, Case
from evidence.facts.days import days_in
from evidence.facts.register_days import seen_after
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases, words


def put_both(source: Source, case: Case, pair: tuple[str, ...], text: str, ended: bool) -> bool:
    """Give the two halves of a cell to the two parts that its head names; False where it has no halves. ``ended`` says that the closing
    has a column of its own: what is done here is the action.
    """
    if pair[0] == "closed":
        return _put_closing(source, case, pair[1], text)
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
    if not rest and pair == ("problem", "root_cause"):
        first, *rest = [piece for piece in _COMMA.split(text, maxsplit=1) if piece.strip()]
    if not rest:
        return False
    case.add(pair[0], first)
    case.add(pair[1], "; ".join(rest))
    return True


def _put_closing(source: Source, case: Case, looked: str, text: str) -> bool:
    """Give the first day of a cell to the closing and what follows it to the look at the effect: ``06/02/2026; 27/03: -19 to -21 °C``."""
    days = days_in(source, text)
    if not days or sum(map(str.isalpha, text[: days[0][0]])) > LONGEST_LEAD:
        return False
    case.dates.setdefault("closed", days[0][2])
    case.add("closed_text", text)
    seen = text[days[0][1] :].strip(" /;,.-–")
    told = len(seen.split()) > 1 and any(map(str.isdigit, seen))
    if seen and (looked or told or seen_after(source, text)):
        case.add(looked or "verification", seen)
    return True


LONGEST_LEAD = 12
"""Letters before the day of closing that say no more than that: ``closed on``."""

MOST_LETTERS = 4
"""Letters beside two days that tell no more than which of them is which."""

_ASIDE = re.compile(r"[(（][^()（）]{0,120}[)）]")

_COMMA = re.compile(r",\s|，")

_HALVES = re.compile(r"\s*(?:[;；。\n]|→|->|=>|(?<=[^\W\d_]{2})\.\s|\s/\s)\s*")


def without_method(heads: Sequence[str], named: list[str | None]) -> list[str | None]:
    """The fields of a register without the column that says how the look at the effect is made, where another one says what it showed:
    ``Method of verification | Result``.
    """
    methods = [at for at, name in enumerate(named) if name in LOOKS and _METHOD.search(fold(heads[at]))]
    shown = [
        at
        for at, name in enumerate(named)
        if at not in methods and (name in LOOKS or (name is None and _RESULT.search(fold(heads[at]))))
    ]
    if not methods or not shown:
        return named
    told = [None if at in methods else name for at, name in enumerate(named)]
    return told if any(told[at] for at in shown) else [*told[: shown[0]], "effectiveness", *told[shown[0] + 1 :]]


LOOKS = ("effectiveness", "verification")
_METHOD = phrases("corrective_flags", "method")
_RESULT = words(tuple(table("cases")["results"]["words"]))
