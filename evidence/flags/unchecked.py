"""Why the effect of an action need not be told where it was taken: its check may still come, stand in another report, or there was nothing to
check.
"""

import re
from collections.abc import Mapping

from evidence.bundle import Bundle, Item
from evidence.facts.text import fold, phrases
from evidence.flags.case_items import text_of


def may_still_come(bundle: Bundle, item: Item) -> bool:
    """Whether the look at the effect is planned for a day or a month that is not over."""
    told = text_of(item, "effectiveness", "look_due")
    now = bundle.today.isoformat()
    days = [f.value for f in item.document.facts if f.kind in ("date", "period") and f.quote and f.quote in told]
    return any(day[: len(now)] >= now[: len(day)] for day in days if day[:4].isdigit())


def is_refused(item: Item) -> bool:
    """Whether a complaint was found to be none of the factory's: nothing is to be effective."""
    told = text_of(item, "root_cause", "action", "preventive", "closure", "status")
    return phrases("corrective_flags", "refused").search(fold(told)) is not None


def is_told_in(item: Item, checked: Mapping[str, str]) -> bool:
    """Whether what was done about a case is said to stand in the report of another whose effect was checked, by the number in its title:
    ``see 8D 26-07``. ``checked`` holds the folded titles by path.
    """
    action = fold(text_of(item, "action", "preventive"))
    if len(action) > LONGEST_POINTER:
        return False
    numbers = {number for number in _NUMBERS.findall(action) if sum(map(str.isdigit, number)) >= LEAST_DIGITS}
    others = [title for path, title in checked.items() if path != item.document.path]
    return any(re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", title) for n in numbers for title in others)


LONGEST_POINTER = 60
"""Letters of what only points to a report."""

LEAST_DIGITS = 3
"""Digits of the number of a report."""

_NUMBERS = re.compile(r"(?<![\w-])(?:[a-z]{1,5}-?)?\d[\w/-]{2,14}")
