"""The days that a cell or a sentence tells with a certificate: from when and until when it runs, when it was first given, and when
whoever certified came to watch over it.

Which of two days is which is told by the words before them and by the heads over them, and where these are silent by arithmetic: a
certificate runs for whole years.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evidence.facts.calendar import Found
from evidence.facts.certificate_days import SURVEILLANCE
from evidence.facts.certificate_marks import day_role
from evidence.facts.certificate_text import listed_labels
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases

MOST_DAYS = 40
"""Days of one cell or one form that are looked at: a certificate has fewer, a file made to exhaust time more."""

YEARS = (2, 10)
"""Years for which certificates are issued; a year from the last day is that of a visit."""

SLACK = timedelta(days=2)

_LEFT, _PLANNED, _LATER, _LETTER, _DEADLINE = (
    phrases("told_certificates", name) for name in ("left", "planned", "later", "letter", "deadline")
)


@dataclass(frozen=True)
class Day:
    """A day that is told with a certificate: its normal form, what its words make of it, and whether a visit was on it."""

    value: str
    role: str | None
    visit: bool
    left: bool


def days_told(source: Source, text: str, head: str, of_visits: bool = False) -> list[Day]:
    """The days of a cell or sentence, each with what the words before it or the head over it say it is."""
    text = _MONTHS.sub(lambda match: match[0].replace("-", "~").replace("–", "~"), text)
    found = [day for day in source.dates(text) if day.precision in ("day", "month")][:MOST_DAYS]
    folded, last, days = fold(text), 0, list[Day]()
    ended: Found | None = None
    role_of_head = _role_of(head) if head else None
    planned_head = bool(_PLANNED.search(fold(head)))
    pair = next((one for one, other in itertools.pairwise(found) if _is_term(text, one, other)), None)
    for day, following in itertools.zip_longest(found, found[1:]):
        before = folded[last : day.start]
        behind = folded[day.end : following.start if following else len(folded)]
        if _LETTER.search(before[-AHEAD:]):
            last, ended = day.end, day
            continue
        visit = of_visits or _is_visit(before, behind, bool(following))
        left = planned_head or bool(
            _PLANNED.search(before)
            or _DEADLINE.search(before[-REACH:])
            or _LEFT.search(behind)
            or _PLANNED.search(behind[:AHEAD])
        )
        role = day_role(before) or _role_of(before[-REACH:]) or (role_of_head if len(found) == 1 else None)
        if _LATER.match(behind.lstrip()):
            role = "expiry"
        if pair and not visit:
            role = "issue" if day is pair else "expiry" if ended is pair else role
        days.append(Day(_whole(day.value, role), role, visit, left))
        last, ended = day.end, day
    return days


_MONTHS = re.compile(r"(?<![\d./-])\d{1,2}[/.]20\d\d ?[-–] ?(?=\d{1,2}[/.]20\d\d(?![\d./-]))")
"""The first of two months with a stroke between them, which could be that of a day."""


def _is_term(text: str, one: Found, other: Found) -> bool:
    """Whether two days beside each other are the first and the last of a certificate: whole years apart, with a sign between them."""
    between = text[one.end : other.start]
    return (
        len(between) <= LONGEST_BETWEEN
        and one.precision == other.precision
        and one.value < other.value
        and _whole_years(_whole(one.value, "issue"), _whole(other.value, "expiry"))
    )


LONGEST_BETWEEN = 12
"""Letters between the two days of a term: ``until``, a stroke."""

AHEAD, REACH = 24, 40
"""Letters behind and before a day in which a word is about it."""


def _is_visit(before: str, behind: str, followed: bool) -> bool:
    """Whether a day is that of a visit: the word for it stands before the day, or right behind it."""
    behind = _CLAUSE.split(behind)[0]
    return bool(SURVEILLANCE.search(before) or SURVEILLANCE.search(behind[:AHEAD] if followed else behind))


_CLAUSE = re.compile(r"[.。;；]")


def _role_of(head: str) -> str | None:
    listed = next(
        (role for role, begins, _ in listed_labels(fold(head)) if role in ("issue", "expiry", "original")), None
    )
    role = day_role(head)
    return listed if role == "none" and listed == "expiry" else role or listed


def _whole(value: str, role: str | None) -> str:
    """A month as a day: a certificate runs to the end of its last month."""
    if len(value) != len("2026-01"):
        return value
    first = date.fromisoformat(f"{value}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return (last if role == "expiry" else first).isoformat()


def term(days: Sequence[Day]) -> tuple[str | None, str | None]:
    """First and last day of a certificate: as their words say, else the latest two that are whole years apart."""
    days = days[:MOST_DAYS]
    last = max((day.value for day in days if day.role == "expiry"), default=None)
    issued = [day.value for day in days if day.role == "issue" and (last is None or day.value < last)]
    if last and issued:
        return max(issued), last
    loose = [day.value for day in days if day.role not in ("original", "expiry", "none")]
    pairs = [
        (first, end)
        for first in loose
        for end in ([last] if last else loose)
        if first < end and _whole_years(first, end)
    ]
    if pairs:
        end = max(end for _, end in pairs)
        return max(first for first, other in pairs if other == end), end
    if last:
        return None, last  # the day of the first certificate says nothing of the present one
    return (max(issued) if issued else None), None


def _whole_years(first: str, last: str) -> bool:
    run = date.fromisoformat(last) - date.fromisoformat(first) + timedelta(days=1)
    years = round(run.days / 365.25)
    return YEARS[0] <= years <= YEARS[1] and abs(run - timedelta(days=round(years * 365.25))) <= SLACK
