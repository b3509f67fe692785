"""Days without their year, as sheets of one year write them: 31/08, 29 May, 5월 20일 in the year of the document."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from evidence.facts.months import MONTHS
from evidence.facts.sources import Source
from evidence.facts.text import KEPT_TEXTS, fold, phrases

_NO_POINT = "".join(rf"(?<=[/月월]{gap}{digits})|" for gap in ("", " ") for digits in (r"\d", r"\d\d"))

UNIT_BEHIND = (
    rf"(?:{_NO_POINT}(?!\s?(?:%|‰|°|µ|(?:mm|cm|m|kg|g|t|ton|tons|l|ml|ppm|bar|mpa|kn|n|um|pcs|v|kw|usd|eur|m²|h|hrs?)(?![^\W_])|"
    r"a(?!\s?[^\W_]))))"
)
"""Behind a figure with a point: 4.6 % is no fourth of June, and 4.6 A none; ``4.6 a batch`` and ``4/6 t`` are days."""

_FIGURES = re.compile(rf"(?<![\d/.-])(\d{{1,2}})\s?[/.]\s?(\d{{1,2}})(?![\d/.-]*\d){UNIT_BEHIND}")
_SIGNS = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})")
_MONTH = "|".join(re.escape(name) for name in sorted(MONTHS, key=lambda name: (-len(name), name)) if len(name) > 2)
_NAMED = re.compile(
    rf"(?<![\d/.-])(\d{{1,2}})(?:(?:st|nd|rd|th|\.)? |-)((?:{_MONTH})\.?)(?![^\W\d_])(?![ -]?\d(?!\d?:\d))|"
    rf"(?<![^\W\d_])(?<!\d )((?:{_MONTH})\.?) (\d{{1,2}})(?![\d/.-]|:\d)"
)


MONTH_FIRST = ("zh", "ko", "ja")
"""Languages in which the month stands before the day, as the year before both."""


_DASHED = re.compile(r"\s*(\d{1,2})-(\d{2})\s*")
"""Month and day as a cell of these languages holds them: ``02-25``."""


def short_day(source: Source, text: str) -> str | None:
    """The day that a short text names without its year; None where it names none or the document names no year."""
    if source.year is None:
        return None
    folded = fold(text)
    if match := _SIGNS.search(folded):
        return _iso(source.year, int(match[1]), int(match[2]))
    if source.language in MONTH_FIRST and (match := _DASHED.fullmatch(folded)):
        return _iso(source.year, int(match[1]), int(match[2]))
    if match := _FIGURES.search(folded):
        first, second = int(match[1]), int(match[2])
        month_first = source.order == "mdy" or (source.order == "ymd" or source.language in MONTH_FIRST)
        day, month = (second, first) if month_first else (first, second)
        return _iso(source.year, month, day)
    if match := _NAMED.search(folded):
        day_text, month_text = (match[1], match[2]) if match[1] else (match[4], match[3])
        found = source.dates(f"{day_text} {month_text} {source.year}")
        return found[0].value if found and found[0].precision == "day" else None
    return None


_DAY_IN_TEXT = re.compile(
    r"(?<![\d/.])\d{1,2}(?:(?:st|nd|rd|th|\.)? (?:de )?|-)[^\W\d_]{3,10}\.?|(?<![\d/.])\d{1,2}\s?[/.月월]\s?\d{1,2}\s?[일日号]?(?![\d/.-]*\d)"
    + UNIT_BEHIND
    + r"(?!\s?(?:to|and|-|–|~)\s?\d{1,2}\.\d{1,2}\s?(?:%|‰|°|µ|(?:mm|cm|kg|g|ml|l|ppm|bar|mpa|kn|n|um)(?![^\W_])))"
)


def days_in(source: Source, text: str) -> list[tuple[int, int, str]]:
    """The days of a text, also those without a year: begin, end, day."""
    found = [(item.start, item.end, item.value) for item in source.dates(text) if item.precision == "day"]
    for match in _DAY_IN_TEXT.finditer(text):
        if all(match.end() <= begin or match.start() >= end for begin, end, _ in found) and (
            day := short_day(source, match[0])
        ):
            found.append((match.start(), match.end(), day))
    return sorted(found)


def end_of_period(source: Source, text: str) -> str | None:
    """The last day of the week, month or quarter that is all a short text names: ``CW 18``, ``July 2026``; None for any other text."""
    if week := _WEEK.fullmatch(fold(text).strip(" .")):
        return _end_of_week(int(week[1]), int(week[2]) if week[2] else source.year)
    found = source.dates(text)
    if len(found) != 1 or found[0].precision not in ("month", "quarter"):
        return None
    if sum(map(str.isalnum, text[: found[0].start] + text[found[0].end :])) > MOST_BESIDE:
        return None
    match = _PERIOD.fullmatch(found[0].value)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2]) if match[2] else 3 * int(match[3])
    return f"{year}-{month:02}-{monthrange(year, month)[1]:02}" if 1 <= month <= DECEMBER else None


def _end_of_week(week: int, year: int | None) -> str | None:
    """The Sunday of a week of a year, which may be written with two digits."""
    if year is None:
        return None
    try:
        return date.fromisocalendar(year if year > CENTURY else 20 * CENTURY + year, week, 7).isoformat()
    except ValueError:  # no year has a week 60
        return None


CENTURY = 100

_WEEK = re.compile(
    rf"(?:{phrases('case_forms', 'week').pattern}|第)\s?[.-]?\s?(\d{{1,2}})\s?(?:周|週|주차?)?(?:\s?[/,.-]?\s?(20\d\d|\d\d))?"
)

MOST_BESIDE = 6
"""Letters beside a month that say no more than that its end is meant."""

DECEMBER = 12
_PERIOD = re.compile(r"(\d{4})-?(?:(\d{2})|Q([1-4]))")


def names_later_day(text: str, day: date) -> bool:
    """Whether a text names a day without its year that comes after a day, taken to be of the same year: ``back on 29 April``."""
    return any(told > (day.month, day.day) for told in _named_days(fold(text)).values())


def _named_days(folded: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Days without a year whose month is told by its name or sign, as ``(month, day)`` by their place."""
    found = {match.span(): (int(match[1]), int(match[2])) for match in _SIGNS.finditer(folded)}
    for match in _NAMED.finditer(folded):
        number, name = (match[1], match[2]) if match[1] else (match[4], match[3])
        if month := MONTHS.get(name.rstrip(".")):
            found[match.span()] = (month, int(number))
    return found


def short_days(text: str) -> Iterator[tuple[int, int, Sequence[tuple[int, int]]]]:
    """The days that a line names without their year: place, and each ``(month, day)`` that one may be. A figure with a point is one only
    behind a name at the end of what it says: ``Ann Lowe 09.07``.
    """
    yield from _days_in(text) if len(text) <= LONGEST_LINE else _days_of(text)


LONGEST_LINE = 500
"""Letters of a line whose days are remembered: rules ask for those of the same lines."""


def _days_of(text: str) -> tuple[tuple[int, int, Sequence[tuple[int, int]]], ...]:
    folded = fold(text)
    found: list[tuple[int, int, Sequence[tuple[int, int]]]] = [
        (begin, end, (told,)) for (begin, end), told in _named_days(folded).items()
    ]
    for match in _SLASHED.finditer(folded):
        first, second = int(match[1] or match[3]), int(match[2] or match[4])
        found.append((match.start(), match.end(), tuple({(first, second), (second, first)})))
    return tuple(found)


_days_in = lru_cache(KEPT_TEXTS)(_days_of)

_SLASHED = re.compile(
    r"(?<![\d./-])(\d{1,2})/(\d{1,2})(?![\d/-]|\.\d)|(?<=[^\W\d_][\s,])[ ]?(\d{2})\.(\d{2})\.?(?=\s*(?:$|[)）/;|]))"
)


def is_short_day(source: Source, text: str) -> bool:
    """Whether a cell holds a day without its year and nothing else."""
    if source.language in MONTH_FIRST and _DASHED.fullmatch(text):
        return short_day(source, text) is not None
    folded = fold(text).strip()
    pieces = (_SIGNS, _FIGURES, _NAMED)
    return any((match := piece.search(folded)) and len(folded) - len(match[0]) <= 1 for piece in pieces) and (
        short_day(source, text) is not None
    )


def leading_day(source: Source, text: str) -> str | None:
    """The day without its year with which a text begins before it goes on to tell more: ``19/05, four days late``."""
    first = _GOES_ON.split(text.strip(), maxsplit=1)[0]
    return short_day(source, first) if is_short_day(source, first) else None


_GOES_ON = re.compile(r"[,;，；、(（]|\s[-–—]\s")


def bare_day(text: str) -> int | None:
    """The number of the day in a text that is a month by its name and a number, and nothing else: ``Jul 28``."""
    match = _NAMED.fullmatch(fold(text).strip())
    return int(match[1] or match[4]) if match else None


def is_entry(text: str) -> bool:
    """Whether a cell holds nothing but a day without its year or a number of a case, as a row does and no head: ``19 May``, ``26-05``."""
    return _ENTRY.fullmatch(text.strip()) is not None or bare_day(text) is not None


_ENTRY = re.compile(r"#?\d{1,4}(?:[./-]\d{1,4}){1,2}\.?|\d{1,2}月\d{1,2}日?|\d{1,2}월 ?\d{1,2}일?")


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
