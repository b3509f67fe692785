"""Why the effect of an action need not be told where it was taken: its check may still come, stand in another report, or there was nothing to
check.
"""

import re
from collections.abc import Mapping

from evidence.bundle import Bundle, Item
from evidence.facts.text import fold, phrases
from evidence.flags.case_items import text_of
from evidence.flags.registry import name_of


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


def hands_over(bundle: Bundle, item: Item, checked: Mapping[str, str]) -> bool:
    """Whether a paper only hands over the report of a case whose effect was checked: a mail that holds it or a letter that names its file,
    where both bear one number. ``checked`` holds the folded titles by path.
    """
    path = item.document.path
    reports = {other: title for other, title in checked.items() if other != path}
    if item.fact.role == "row" or not reports:
        return False
    told = fold("\n".join((path, *(p.text for p in item.document.shown))))
    numbers = {
        number
        for number in _NUMBERS.findall(told)
        if sum(map(str.isdigit, number)) >= LEAST_DIGITS and not _YEAR.fullmatch(number)
    }
    return any(
        (other.startswith(f"{path}/") or fold(name_of(other)) in told)
        and any(re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", title) for number in numbers)
        for other, title in reports.items()
    )


LONGEST_POINTER = 60
"""Letters of what only points to a report."""

LEAST_DIGITS = 3
"""Digits of the number of a report."""

_YEAR = re.compile(r"(?:19|20|25)\d\d")
_NUMBERS = re.compile(r"(?<![\w-])(?:[a-z]{1,5}-?)?\d[\w/-]{2,14}")
