"""Whether two names are of the same work: the office of somebody and the area of an audit."""

import re
from collections.abc import Sequence

from evidence.departments import departments_of
from evidence.facts.text import fold, phrases

_KINDS = phrases("audits_flags", "area_kinds")


def same_work(office: str, area: str) -> bool:
    """Whether an office and an area name the same work: one department and no other, or all words of the one stand in the other."""
    one, other = core_of(office), core_of(area)
    if not one or not other:
        return False
    left, right = (set(_NUMBER.findall(fold(text))) for text in (office, area))
    if left and right and left.isdisjoint(right):
        return False  # who heads line 1 may audit line 2
    if len(of_office := departments_of(office)) == 1 and of_office == departments_of(area):
        return True
    if _is_wide(one) or _is_wide(other):
        short, long = sorted(("".join(one), "".join(other)), key=len)
        return len(short) >= (LEAST_THAI if "\u0e00" <= short[0] <= "\u0e7f" else 2) and short in long
    return set(one) <= set(other) or set(other) <= set(one)


_NUMBER = re.compile(r"\d+|(?<![^\W_])[a-z](?![^\W_])")
"""What tells one line or hall from another: ``sewing 2``, ``assembly B``."""

LEAST_THAI = 4
"""Letters of a Thai word that says something."""


def core_of(text: str) -> tuple[str, ...]:
    """The words of an area that say what is done there."""
    return tuple(
        word
        for word in re.findall(r"[^\W\d_]+", _KINDS.sub(" ", _CONTROL.sub(r"\1\2", fold(text))))
        if len(word) > 1 or word > "\u2e80"
    )


_CONTROL = re.compile(r"(?<![^\W_])(quality) (control|assurance)(?![^\W_])")
"""An area of its own: documents are controlled by others."""


def _is_wide(parts: Sequence[str]) -> bool:
    return any("\u0e00" <= part[0] <= "\u0e7f" or part[0] > "\u2e80" for part in parts)
