"""Years of account that run over two of the calendar: ``FY 25-26``, ``2025/26``, ``01.04.25 to 31.03.26``; each as one number, 20252026."""

import re

from evidence.facts.text import late, phrases

LEAST = 10_000
"""A number above that of any year of the calendar."""

_NAMED = late(
    rf"(?:(?<![^\W_])(?:{phrases('told_spans', 'business_year').pattern})[ .'’]{{0,2}}(?:20)?(?P<short>\d\d)|(?<![\w./-])20(?P<long>\d\d))"
    r"\s?[-/–]\s?(?:20)?(?P<next>\d\d)(?![\d./-]|\s?[-/.])"
)
_DAY = r"(\d{1,2})[./-](\d{1,2})[./-](?:20)?(\d\d)"
_RUN = late(rf"(?<!\d){_DAY}\s?(?:{phrases('told_spans', 'until').pattern}|[-~–])\s?{_DAY}(?!\d)")


def business_year(folded: str) -> int | None:
    """The one year of account that a folded text names; None where it names none or several."""
    found = {(int(match["short"] or match["long"]), int(match["next"])) for match in _NAMED.finditer(folded)} | {
        (int(match[3]), int(match[6])) for match in _RUN.finditer(folded) if _is_year(match)
    }
    found = {(first, last) for first, last in found if last == first + 1}
    return 20_000_000 + next(iter(found))[0] * 10_000 + 2_000 + next(iter(found))[1] if len(found) == 1 else None


def _is_year(run: re.Match[str]) -> bool:
    """Whether a run of days is twelve months: from the first of one to the last of the one before it."""
    day, month, _, last_day, last, _ = map(int, run.groups())
    return day == 1 and last_day >= LAST_DAY and last == (month - 2) % 12 + 1 and month > 1


LAST_DAY = 28


def years_of(year: int) -> set[int]:
    """The two calendar years of a year of account."""
    return {year // LEAST, year % LEAST}
