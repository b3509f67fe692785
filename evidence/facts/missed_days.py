"""Tasks that sentences say should have been done by a day and are not: ``The guard, which should have been fitted by the end of June, is
still at the welder.`` A month counts to its last day.

Value as that of the other tasks of lines. What is the customer's to do, and goods that have not come, are no tasks of the factory.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from functools import cache

from evidence.data import table
from evidence.facts.case_heads import MAX_VALUE
from evidence.facts.case_letters import Told, sentences
from evidence.facts.columns import put_off_to, state_of
from evidence.facts.days import short_day
from evidence.facts.months import MONTHS
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases, table_words, words
from evidence.model import Passage

LONGEST_NEXT = 80
"""Letters of the sentence behind, which only says how it stands."""


def missed_tasks(source: Source, passages: Sequence[Passage]) -> Iterator[tuple[Told, dict[str, object]]]:
    """The sentences that tell of such a task, and the task."""
    told = list(sentences(passages))
    for at, one in enumerate(told):
        promised = _PROMISED.search(one.folded)
        if promised is None or _OF_OTHERS.search(one.folded):
            continue
        rest = one.folded
        behind = told[at + 1] if at + 1 < len(told) else None
        if behind and behind.passage is one.passage and len(behind.folded) <= LONGEST_NEXT and _follows(one, behind):
            rest = f"{rest}. {behind.folded}"
        still = next((match for match in _STILL.finditer(rest) if not _overlaps(match, promised)), None)
        if still is None or _DONE.search(rest[promised.end() :]):
            continue
        due = _until(source, one, promised, min(still.start(), len(one.folded)))
        if due is None or _done_in_time(source, one.span.text[promised.end() : still.start()], due):
            continue
        state = rest[still.start() :]
        if state_of(state) != "open" or _NO_TROUBLE.search(_CLAUSES.split(state)[0]):
            continue
        yield (
            one,
            {
                "action": one.span.text[:MAX_VALUE],
                "due": put_off_to(source, state) or due,
                "labels": ["action", "due", "status"],
                "status": state[:MAX_VALUE],
            },
        )


def _follows(one: Told, behind: Told) -> bool:
    """Whether a sentence stands behind another in one line."""
    return "\n" not in one.passage.text[one.span.end : behind.span.start]


def _overlaps(first: re.Match[str], second: re.Match[str]) -> bool:
    return first.start() < second.end() and second.start() < first.end()


def _done_in_time(source: Source, text: str, due: str) -> bool:
    """Whether what stands between a promise and the word for not yet says that it was done, or tells of a second day, not after the first."""
    _, *clauses = _CLAUSES.split(text)
    days = [day for clause in clauses if (day := _day_of(source, clause))]
    return any(day <= due for day in days) or any(_CLOSED.search(fold(clause)) for clause in clauses)


def _day_of(source: Source, text: str) -> str | None:
    return next((found.value for found in source.dates(text) if found.precision == "day"), None) or short_day(
        source, text
    )


_CLAUSES = re.compile(rf"[,;.](?!\d)|[，；。、]|(?:{table_words('inspection', 'and').pattern})")
_CLOSED = words(tuple(table("cases")["status_words"]["closed"]))


def _until(source: Source, one: Told, promised: re.Match[str], end: int) -> str | None:
    """The day or the last day of the month until which a sentence promises: behind the promise, before what came of it at ``end``; where
    the verb stands last, and where none is behind, the one nearest before it.
    """
    text = one.span.text
    behind, before = text[promised.end() : end], text[: promised.start()]
    ordered = (before, behind) if source.language in VERB_LAST else (behind, before)
    return next((day for part in (*ordered, text) if (day := _named(source, part, last=part is before))), None)


VERB_LAST = ("ko", "ja", "tr")
"""Languages whose sentences name the day before they promise."""


def _named(source: Source, text: str, last: bool) -> str | None:
    """The first day or last day of a month that a text names; its last one where that is asked."""
    days = [found.value for found in source.dates(text) if found.precision in ("day", "month")]
    days = days[-1:] if last else days
    if days:
        return days[0] if len(days[0]) > len("2026-06") else _last_of(int(days[0][:4]), int(days[0][5:7]))
    if day := short_day(source, text):
        return day
    match = _month().search(fold(text))
    if match is None or source.year is None:
        return None
    month = MONTHS.get(match["name"] or match["name2"] or "") or int(match["number"] or match["thang"] or 0)
    return _last_of(source.year, month) if 1 <= month <= LAST_MONTH else None


LAST_MONTH = 12


def _last_of(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


@cache
def _month() -> re.Pattern[str]:
    """A month without its year; ``may`` and the like are months only behind a word that leads to one."""
    names = "|".join(re.escape(name) for name in sorted(MONTHS, key=lambda name: -len(name)))
    lead, behind = (phrases("tasks", name).pattern for name in ("month_before", "month_behind"))
    return re.compile(
        rf"(?:{lead})\s?(?P<name>{names})(?![^\W\d_])|(?<![^\W_])(?P<name2>{names})\s(?:{behind})"
        rf"|(?<!\d)(?P<number>\d{{1,2}})\s?[月월](?!\s?\d)|tháng (?P<thang>\d{{1,2}})(?![\d/])"
    )


_PROMISED = phrases("tasks", "promised")
_NO_TROUBLE = phrases("tasks", "no_trouble")
_STILL = phrases("tasks", "still")
_DONE = phrases("tasks", "since_done")
_OF_OTHERS = phrases("tasks", "of_others")
