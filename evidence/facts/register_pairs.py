"""Columns of registers that share a part: one head for two of them, ``Cause and action``, or two columns for one, ``Method of
verification | Result``.
"""

import re
from collections.abc import Sequence

from evidence.data import table
from evidence.facts.case_heads import DATES, LOOKS, Case
from evidence.facts.days import days_in
from evidence.facts.grids import Grid
from evidence.facts.register_days import seen_after
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases, words


def put_both(source: Source, case: Case, pair: tuple[str, ...], text: str, ended: bool) -> bool:
    """Give the two halves of a cell to the two parts that its head names; False where it has no halves. ``ended`` says that the closing
    has a column of its own: what is done here is the action.
    """
    if pair[0] == "closed":
        return _put_closing(source, case, pair[1], text)
    if "owner" in pair:
        return _put_promise(source, case, text)
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


def _put_promise(source: Source, case: Case, text: str) -> bool:
    """Give the one day of a cell to the time until which something is promised, and what stands beside it to who promised: ``Azhar 30/06/26``."""
    days = days_in(source, text)
    if len(days) != 1:
        return False
    start, end, day = days[0]
    case.dates.setdefault("due", day)
    case.add("due_text", text)
    if who := f"{text[:start]} {text[end:]}".strip(" /;,.()-–"):
        case.add("owner", who)
    return True


LONGEST_LEAD = 12
"""Letters before the day of closing that say no more than that: ``closed on``."""

MOST_LETTERS = 4
"""Letters beside two days that tell no more than which of them is which."""

_ASIDE = re.compile(r"[(（][^()（）]{0,120}[)）]")

_COMMA = re.compile(r",\s|，")

_HALVES = re.compile(r"\s*(?:[;；。\n]|→|->|=>|(?<=[^\W\d_]{2})\.\s|\s/\s)\s*")


def without_method(grid: Grid, named: list[str | None]) -> list[str | None]:
    """The fields of a register without the column that says how the look at the effect is made, where another one says what it showed:
    ``Method of verification | Result``, ``How to verify | What was seen``.
    """
    methods = [
        at for at, head in enumerate(grid.heads) if head and _METHOD.search(fold(head)) and _looks(head, named[at])
    ]
    shown = [at for at in range(len(named)) if at not in methods and methods and _shows(grid, named, at, methods[0])]
    if not shown:
        return named
    told = [None if at in methods else name for at, name in enumerate(named)]
    if any(told[at] in LOOKS for at in shown):
        return told
    return [*told[: shown[0]], "effectiveness", *told[shown[0] + 1 :]]


def _looks(head: str, name: str | None) -> bool:
    """Whether a head is that of a look at the effect, by its own word or one within it."""
    return name in LOOKS or (name is None and _LOOKING.search(fold(head)) is not None)


def _shows(grid: Grid, named: Sequence[str | None], at: int, method: int) -> bool:
    """Whether a column tells what a look showed: by its head, or behind that of the way of looking by cells that differ in every row."""
    if named[at] in LOOKS or (named[at] is None and _RESULT.search(fold(grid.heads[at]))):
        return True
    texts = [cell.text for cell in grid.column(at) if cell.text]
    free = named[at] is None or (named[at] == "problem" and "problem" in named[:at])
    differ = len(texts) > 1 and len(set(texts)) == len(texts)
    return free and at == method + 1 and differ and sum(map(len, texts)) >= LEAST_SHOWN * len(texts)


LEAST_SHOWN = 8
"""Mean letters of cells that say what was seen."""

_LOOKING = phrases("corrective_flags", "looking")
_METHOD = phrases("corrective_flags", "method")
_RESULT = words(tuple(table("cases")["results"]["words"]))
