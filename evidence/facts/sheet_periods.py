"""Months, quarters and weeks at the heads of a table, also those that name no year."""

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cache

from evidence.data import table
from evidence.facts.indicators import says
from evidence.facts.months import ROC_OFFSET, common_year, era_years
from evidence.facts.periods import QUARTER_NUMBERS
from evidence.facts.sources import Source
from evidence.facts.text import fold, spellings

LEAST_PERIODS = 3
"""Points that make a series: two are a comparison, three begin to show a course."""


MOST_PERIODS = 120
"""Points kept of a series: ten years of months."""


_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|25[5-9]\d)(?!\d)")


_ROC_YEAR = re.compile(r"(?<!\d)(1[0-4]\d)\s?年")
"""Years as Taiwan counts them: 115年."""


def _quarter_words(name: str) -> str:
    return "|".join(re.escape(fold(word)) for word in table("measures")["quarter_words"][name])


QUARTERS_BEFORE = _quarter_words("before")
"""Words for a quarter before its number."""

QUARTER_BEHIND = rf"(?:\.|st|nd|rd|th)? ?(?:{_quarter_words('behind')})"
"""Words for a quarter behind its number: ``3. çeyrek``, ``3rd quarter``, ``3분기``."""

_BARE_QUARTER = re.compile(
    rf"(?:{QUARTERS_BEFORE})\.? ?(?P<n>iv|i{{1,3}}|[1-4一二三四])(?:{QUARTER_BEHIND})?|"
    rf"第?(?P<m>[1-4一二三四]){QUARTER_BEHIND}"
)
"""A quarter without its year."""


_APART = re.compile(r"(?<=\d)\s(?=[月월]$)")
"""The blank between the number of a month and its sign: ``6 月``."""


_WEEK = re.compile(r"(?:w|wk|week|tuần|minggu|สัปดาห์|周|週|주|hafta)\s?\.?\s?(\d{1,2})(?:\s?[/'-]\s?(\d{2,4}))?")


@cache
def _bare_months() -> dict[str, int]:
    return {
        fold(name).rstrip("."): number
        for number, names in enumerate(table("measures")["month_words"]["names"], 1)
        for name in names
    }


def year_of(texts: Sequence[str]) -> int | None:
    """The year of the nearest text that names exactly one: a label, the title, the heading, the sheet, the file."""
    for text in texts:
        years = {common_year(int(year)) for year in _YEAR.findall(fold(text))}
        years |= {int(year) + ROC_OFFSET for year in _ROC_YEAR.findall(fold(text))} | era_years(fold(text))
        if len(years) == 1:
            return years.pop()
        if years:
            return None
    return None


def bare_month(text: str) -> int | None:
    """The month a text names without a year (``in June``, ``tháng 6``), where it names exactly one."""
    found = {
        _bare_months()[match[0].rstrip(".")]
        for match in _month_words().finditer(fold(text))
        if match[0].rstrip(".") in _bare_months()
    }
    return found.pop() if len(found) == 1 else None


def lone_month(text: str) -> int | None:
    """The month that is all a text names, without its year: ``May``, ``ต.ค.``."""
    return _bare_months().get(_APART.sub("", fold(text).strip()).rstrip("."))


LONGEST_NUMBER = 4
"""Figures of the number of a month: one of thousands of figures cannot be read, and a small raised figure is none."""


def is_month(text: str) -> bool:
    """Whether a cell names a month, by its name or number, with or without its year."""
    return (
        (_is_number(text) and int(text) > 0)
        or fold(text).strip().rstrip(".") in _bare_months()
        or bare_month(text) is not None
        or _BARE_MONTH.fullmatch(text) is not None
    )


_BARE_MONTH = re.compile(r"20\d\d[-/.]\d{1,2}|\d{1,2}[-/.]20\d\d|\d{1,2}\s?[月월]")


@cache
def _month_words() -> re.Pattern[str]:
    names = sorted(
        (
            name
            for name in _bare_months()
            if len(name) > 2 and name not in ("may", "mar", "mac", "mart", "ara", "tem", "kas", "dis")
        ),
        key=len,
        reverse=True,
    )
    return re.compile(r"(?<![^\W\d_])(?:" + "|".join(re.escape(name) for name in names) + r")(?![^\W_])\.?")


def periods_of(labels: Sequence[str], source: Source, context: str) -> dict[int, str]:
    """Which labels are periods: index → 2025-03, 2025-Q1, 2025-W07, or ``M03`` where the year is not told."""
    if run := (
        _run_of_months(labels)
        or _counted_months(labels, context)
        or _run_of_spans(labels, context)
        or _roman_months(labels, context)
    ):
        return run
    found: dict[int, str] = {}
    bare: dict[int, int] = {}
    quarters: dict[int, int] = {}
    for index, label in enumerate(labels[: MOST_PERIODS * 2]):
        text = label.strip()
        if not text or len(text) > 30:
            continue
        dates = source.dates(text)
        if len(dates) == 1 and dates[0].end - dates[0].start >= len(text) * 0.5:
            found[index] = (
                dates[0].value[:7] if dates[0].precision == "day" and dates[0].value.endswith("-01") else dates[0].value
            )
        elif quarter := _BARE_QUARTER.fullmatch(fold(text)):
            quarters[index] = QUARTER_NUMBERS[quarter["n"] or quarter["m"]]
        elif month := _bare_months().get(_APART.sub("", fold(text)).rstrip(".")):
            bare[index] = month
        elif week := _WEEK.fullmatch(fold(text)):
            found[index] = f"W{int(week[1]):02d}" if not week[2] else f"{2000 + int(week[2]) % 100}-W{int(week[1]):02d}"
        elif re.fullmatch(r"20[0-4]\d", text):
            found[index] = text
    if carried := _carried_years(labels, found, bare):
        return carried
    if len(quarters) >= LEAST_PERIODS and len(quarters) > max(len(found), len(bare)):
        year = year_of((*labels[:2], *context.split("\n")))
        return {index: f"{year}-Q{number}" if year else f"Q{number}" for index, number in quarters.items()}
    if len(bare) >= LEAST_PERIODS and len(bare) > len(found):
        year = year_of((*labels[:3], *context.split("\n")))
        result, last, current = {}, 0, year
        for index in sorted(bare):
            month = bare[index]
            if current is not None and month < last:
                current += 1
            last = month
            result[index] = f"{current}-{month:02d}" if current is not None else f"M{month:02d}"
        return result
    return found


def _run_of_spans(labels: Sequence[str], context: str) -> dict[int, str]:
    """Labels of several months each, every one begun behind the one before: ``1-2月 | 3-4月 | 5-6月``, ``Jan-Mar | Apr-Jun``. Each is told
    by its last month.
    """
    found: dict[int, tuple[int, int]] = {}
    for index, label in enumerate(labels[: MOST_PERIODS * 2]):
        match = _SPAN.fullmatch(fold(label).strip())
        told = bool(match and (match["word"] or match["sign"]))
        ends = [_month_number(match[side], told) for side in ("first", "last")] if match else []
        if len(ends) == 2 and ends[0] and ends[1] and ends[0] < ends[1]:
            found[index] = (ends[0], ends[1])
    if len(found) < LEAST_PERIODS or any(
        later[0] <= earlier[1] for earlier, later in itertools.pairwise([found[at] for at in sorted(found)])
    ):
        return {}
    year = year_of((*labels[:2], *context.split("\n")))
    return {index: f"{year}-{last:02d}" if year else f"M{last:02d}" for index, (_, last) in found.items()}


_SPAN = re.compile(
    r"(?P<word>tháng |bulan |เดือน |months? |t(?=\d))?(?P<first>\d{1,2}|[^\W\d_][^\s\d~–-]{1,9})\s?[月월]?\s?(?:-|~|–|to|đến|s/d|ถึง|至|到)\s?t?(?P<last>\d{1,2}|[^\W\d_][^\s\d~–-]{1,9})\s?(?P<sign>[月월])?"
)


def _month_number(name: str, told: bool) -> int | None:
    """The month of one end of a span: by its name, or by its number where a word or sign says that it counts months."""
    if name.isdecimal():
        return int(name) if told and 1 <= int(name) <= MONTHS else None
    return _bare_months().get(name.rstrip("."))


def _is_number(text: str) -> bool:
    """Whether a label is the number of a month, or zero."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text) <= MONTHS


def months_of_year(above: Sequence[str], labels: Sequence[str], context: str) -> dict[int, str]:
    """Heads that count from one on beside a column of targets in a sheet of a year, where no row above them says what they count."""
    over = {text.strip() for text in above[1:] if text.strip()} - {above[0].strip() if above else ""}
    return {} if over else _counted_months(labels, context, bare=True)


def _counted_months(labels: Sequence[str], context: str, *, bare: bool = False) -> dict[int, str]:
    """Labels that count months behind the word for a month, from one on or from wherever the sheet begins: ``Month | 5 | 6 | 7``; ``bare``
    ones beside a column of targets in a sheet of a year from one on.
    """
    filled = [(index, label.strip().lstrip("0")) for index, label in enumerate(labels[: MONTHS + 3]) if label.strip()]
    at = next((number for number, (_, text) in enumerate(filled) if _is_number(text)), 0)
    if not at:
        return {}
    year = year_of((*labels[:2], *context.split("\n")))
    named, first = _is_month_head(filled[at - 1][1]), int(filled[at][1])
    if not named and not (bare and first == 1 and year and any(says(text, "target") for _, text in filled)):
        return {}
    counted = {index: int(text) for number, (index, text) in enumerate(filled[at:], first) if text == str(number)}
    if len(counted) < (LEAST_PERIODS + 1 if named else LEAST_RUN) or max(counted.values()) > MONTHS:
        return {}
    return {index: f"{year}-{month:02d}" if year else f"M{month:02d}" for index, month in counted.items()}


def _roman_months(labels: Sequence[str], context: str) -> dict[int, str]:
    """Labels that count the months of a year in Roman numerals: ``I | II | III | IV | V | VI``; four of them are quarters."""
    told = {index: text for index, label in enumerate(labels[: MONTHS + 4]) if (text := label.strip()) in _ROMAN}
    numbers = [_ROMAN.index(text) + 1 for text in told.values()]
    year = year_of((*labels[:2], *context.split("\n")))
    if not year or len(numbers) < LEAST_RUN or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return {}
    return {index: f"{year}-{number:02d}" for index, number in zip(told, numbers, strict=True)}


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

LEAST_RUN = 5
"""Numbers one after the other that are months though no head says so: a year is told, and quarters are four."""


def _is_month_head(head: str) -> bool:
    """Whether a head is the word for a month, in one language or two: ``Tháng / Month``."""
    pieces = [piece.strip(" .:") for piece in re.split(r"[/|()]", fold(head)) if piece.strip(" .:")]
    return bool(pieces) and all(piece in _MONTH_HEADS for piece in pieces)


def months_under(above: Sequence[str], labels: Sequence[str], context: str) -> dict[int, str]:
    """Months counted from one on under a head of two rows, of which the upper one holds the word for a month over them."""
    at = next((index for index, label in enumerate(labels) if label.strip().lstrip("0") == "1"), 0)
    over = {text for text in above[at : at + MONTHS] if text.strip()}
    if not at or len(over) != 1:
        return {}
    return _counted_months([*labels[: at - 1], over.pop(), *labels[at:]], context)


def months_down(head: str, column: Sequence[str], context: str) -> dict[int, str]:
    """Months counted from one on down a column whose head is the word for a month."""
    return {index - 1: month for index, month in _counted_months([head, *column], context).items()}


MONTHS = 12
"""Months of a year."""

_MONTH_HEADS = spellings(table("measures")["month_words"]["heads"])


_TWO_NUMBERS = re.compile(r"\D{0,4}(\d{1,4})\s?(?:年|년|[./\-])\s?(\d{1,4})(?:\s?[月월])?\D{0,2}")


def _run_of_months(labels: Sequence[str]) -> dict[int, str]:
    """Labels of two numbers that are months one after the other, in whatever order year and month are written: 25.09, 2025.7, 9/25.

    That each is the month after the one before shows that it is no day of a month.
    """
    numbers = {
        index: (int(match[1]), int(match[2]))
        for index, label in enumerate(labels[: MOST_PERIODS * 2])
        if len(label) <= LONGEST_TWO and (match := _TWO_NUMBERS.fullmatch(label.strip()))
    }
    if len(numbers) < LEAST_PERIODS:
        return {}
    for year_first in (True, False):
        months = {
            index: (_christian(first if year_first else second), second if year_first else first)
            for index, (first, second) in numbers.items()
        }
        if any(year is None or not 1 <= month <= 12 for year, month in months.values()):
            continue
        counted = [(year or 0) * 12 + month for _, (year, month) in sorted(months.items())]
        if all(later - earlier == 1 for earlier, later in itertools.pairwise(counted)):
            return {index: f"{year}-{month:02d}" for index, (year, month) in months.items()}
    return {}


def _carried_years(labels: Sequence[str], found: Mapping[int, str], bare: Mapping[int, int]) -> dict[int, str]:
    """Months one after the other of which only the first of a year, or of the sheet, tells the year: ``25.4 | 5 | 6 ... 12 | 26.1 | 2``,
    ``Apr'25 | May | Jun``. ``found`` and ``bare`` are what was read of labels with a year and without.
    """
    told: dict[int, list[tuple[int | None, int]]] = {}
    for index, label in enumerate(labels[: MOST_PERIODS * 2]):
        text = label.strip()
        if index in bare:
            told[index] = [(None, bare[index])]
        elif _YEAR_AND_MONTH.fullmatch(found.get(index, "")):
            told[index] = [(int(found[index][:4]), int(found[index][5:]))]
        elif _is_number(text) and int(text):
            told[index] = [(None, int(text))]
        elif index not in found and len(text) <= LONGEST_TWO and (match := _TWO_NUMBERS.fullmatch(text)):
            pair = (int(match[1]), int(match[2]))
            told[index] = [
                (year, month) for at, month in (pair, pair[::-1]) if month <= MONTHS and (year := _christian(at))
            ]
    dated = [index for index, ways in told.items() if any(year for year, _ in ways)]
    if len(told) <= LEAST_PERIODS or not 0 < len(dated) < len(told):
        return {}
    places = sorted(told)
    for year, month in told[dated[0]]:
        first = (year or 0) * MONTHS + month - 1 - places.index(dated[0])
        counted = {index: divmod(first + at, MONTHS) for at, index in enumerate(places)}
        if all(
            any(own in (None, counted[index][0]) and of - 1 == counted[index][1] for own, of in told[index])
            for index in places
        ):
            return {index: f"{year}-{month + 1:02d}" for index, (year, month) in counted.items()}
    return {}


_YEAR_AND_MONTH = re.compile(r"\d{4}-\d\d")
LONGEST_TWO = 12
"""Letters of a label that is a year and a month in figures."""


def _christian(number: int) -> int | None:
    """The year meant by two or four figures; None where none can be."""
    if number >= 2400:
        return number - 543
    if 60 <= number <= 80:
        return number + 2500 - 543
    if 10 <= number <= 45:
        return number + 2000
    if 100 <= number <= 149:
        return number + ROC_OFFSET
    return number if 2000 <= number <= 2045 else None
