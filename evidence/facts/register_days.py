"""Days of the rows of registers: the last of several, one without its year, one told in words beside what happened or was done."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from evidence.facts.columns import put_off_to, state_of
from evidence.facts.days import days_in, is_short_day, short_day
from evidence.facts.grids import Grid, GridCell
from evidence.facts.sources import Source
from evidence.facts.text import any_of, fold, phrases


def last_day(source: Source, cell: GridCell) -> str | None:
    """The last of the days that the place for the day of a task names, to which it was put off: ``12/06, then 30/07/2026``."""
    if later := put_off_to(source, cell.text):
        return later  # ``30 Oct, re-planned to 27 Nov``, none of them with its year
    days = [found.value for found in source.dates(cell.text) if found.precision == "day"]
    return max(days) if len(days) > 1 else source.day(cell)


def is_of_other_year(
    source: Source, dates: Mapping[str, str], row: Sequence[GridCell], fields: Sequence[str | None]
) -> bool:
    """Whether a closing day without its year lies so long before the opening that it is one of the next year."""
    bare = any(
        name == "closed" and source.day(cell) is None and is_short_day(source, cell.text)
        for name, cell in zip(fields, row, strict=True)
    )
    return bare and turned_year(dates, "closed")


def turned_year(dates: Mapping[str, str], ended: str) -> bool:
    """Whether a day without its year lies so long before the opening that it is one of the next year."""
    try:
        return date.fromisoformat(dates.get("opened", "")) - date.fromisoformat(dates[ended]) > TURN
    except ValueError:  # opened in a month or a quarter, or not said
        return False


_AT_END = re.compile(r"[(（]\s?([^()（）]{4,12})[)）]\s*$")


def done_at_end(source: Source, text: str) -> str | None:
    """The day without its year that ends what was done in brackets: ``core pin changed (02.19)``."""
    match = _AT_END.search(text)
    return short_day(source, match[1]) if match and is_short_day(source, match[1]) else None


TURN = timedelta(days=90)
"""From here on the year has turned between two days."""


def seen_after(source: Source, text: str) -> str | None:
    """What stands behind the day of closing in its cell and tells of a look on a later day, or what was looked at with figures:
    ``13 Mar 2026, seen by Rudi 10 Apr``; None where it says no more than who closed it.
    """
    days = days_in(source, text)
    if not days:
        return None
    rest = text[days[0][1] :].strip(" /;,.-–")
    if _DUE.search(fold(text)) or state_of(rest) == "open":
        return None
    bare = rest
    for begin, end, _ in days[1:]:
        bare = bare.replace(text[begin:end], " ")
    looked = _LOOKED.search(fold(bare)) is not None
    later = any(day > days[0][2] for _, _, day in days[1:])
    return rest if (later and any(map(str.isalnum, bare))) or (looked and any(map(str.isdigit, bare))) else None


_DUE = phrases("tasks", "due_named")
_LOOKED = any_of(
    ("corrective_flags", "checks"),
    ("corrective_flags", "seen_later"),
    ("corrective_flags", "none_found"),
    ("audits_flags", "zero"),
    ("audits_flags", "none_before"),
    ("audits_flags", "in_order"),
)


def ended_after(grid: Grid, row: Sequence[GridCell], opened: str | None) -> str | None:
    """The day of closing by the day of opening and a column that counts the days between them: ``Days to close | 0``."""
    for head, cell in zip(grid.heads, row, strict=True):
        match = _COUNT.fullmatch(cell.text.strip()) if opened and head and _LASTED.match(fold(head)) else None
        if match and opened:
            try:
                return (date.fromisoformat(opened) + timedelta(days=int(match[1]))).isoformat()
            except ValueError:  # opened in a month or a quarter
                return None
    return None


_LASTED = phrases("columns", "lasted")
_COUNT = re.compile(r"(\d{1,3})(?:\s?[^\W\d_]{1,5})?")


def arose_in(source: Source, text: str) -> str | None:
    """The first day that a problem names in its words, where no column holds the day on which it came up: ``glue overflow, made 5 Oct``."""
    days = days_in(source, text)
    return days[0][2] if days else None
