"""A look at the effect told with its day and what was found: ``First check 17 April: 4 chips in 500``, ``today 40 drawings checked, all new``."""

import re

from evidence.facts.days import short_days
from evidence.facts.months import MONTHS
from evidence.facts.text import fold, phrases

NEAR = 12
"""Letters between a word for a look and its day: ``on``, ``of``, a name."""


def looks_on_day(sentence: str) -> bool:
    """Whether a sentence begins with a word for a look, which may be counted, names its day right behind it, and goes on to figures."""
    folded = fold(sentence)
    opened = _LOOK.search(folded[:LONGEST_LEAD])
    if opened is None:
        return False
    days = [(match.start(), match.end()) for match in _WHOLE.finditer(folded)]
    days += [(begin, end) for begin, end, _ in short_days(sentence)]
    first = min((day for day in days if 0 <= day[0] - opened.end() <= NEAR), default=None)
    if first is None:
        return False
    rest = folded[first[1] :]
    for begin, end in days:
        if begin >= first[1]:
            rest = rest.replace(folded[begin:end], " ")
    return _FIGURE.search(rest) is not None and phrases("trends", "ahead").search(folded) is None


def looks_today(sentence: str) -> bool:
    """Whether a sentence begins with the day of the letter in which it stands, counts what was looked at, and goes on to what held of all."""
    folded = fold(sentence)
    if not _TODAY.match(folded) or phrases("trends", "ahead").search(folded):
        return False
    counted = _COUNTED.search(folded)
    looked = _LOOKED.search(folded, counted.end()) if counted else None
    return looked is not None and any(
        _OF_ALL.match(clause.strip()) for clause in _PARTS.split(folded[looked.end() :])[1:]
    )


def looks_over(sentence: str) -> bool:
    """Whether a sentence counts what was looked at over a time, from month to month or since something, and not what is done each time from
    now on: ``July to October 34 boards, lowest 66 Nm``.
    """
    folded = fold(sentence)
    if phrases("trends", "ahead").search(folded) or phrases("letters", "recurs").search(folded):
        return False
    months = {match[0] for match in _MONTH.finditer(folded)}
    counted = [match for match in _MANY.finditer(folded) if match[1] not in MONTHS]
    return bool(counted) and (len(months) > 1 or phrases("corrective_flags", "since").search(folded) is not None)


_MANY = re.compile(r"(?<![\d.,/-])(?:[5-9]|\d{2,6}|\d{1,3}(?:[.,]\d{3})+) ?([^\W\d_]{2,})")
_LATIN, _THAI = (
    "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True) if (name[0] > "\u0e00") is dense)
    for dense in (False, True)
)
_MONTH = re.compile(rf"(?<![^\W\d_])(?:{_LATIN})(?![^\W\d_])|{_THAI}|\d{{1,2}} ?[月월]|tháng \d{{1,2}}")

_TODAY = phrases("corrective_flags", "today")
_LOOKED = phrases("corrective_flags", "looked_at")
_OF_ALL = phrases("corrective_flags", "held_of_all")
_PARTS = re.compile(r"[,:;，；：、]")
_COUNTED = re.compile(r"(?<![\d.,/-])(?:[5-9]|\d{2,6}) ?[^\W\d_]{2,}")

LONGEST_LEAD = 40
"""Letters at the beginning of a sentence in which the word for a look stands."""

_LOOK = phrases("corrective_flags", "look")
_FIGURE = re.compile(r"\d")
_WHOLE = re.compile(r"\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4}日?|\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,10}\.? \d{4}")
