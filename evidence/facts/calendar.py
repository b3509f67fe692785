"""Dates and periods in the forms of the region, found in any text.

Forms: 12/03/2025, 12.03.25, 2025-03-12, 20250312, 12 Mar 2025, Mar 12, 2025, Mar-25, ``ngày 12 tháng 3 năm 2025``,
``12 Maret 2025``, Thai months and Buddhist years, 2025年3月12日, 民國114年, 令和7年, 2025년 3월, '24.3/12,
weeks, quarters, fiscal years. Whether 12/03 is March or December is a question for the whole document: see ``order_of``.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from evidence.facts.months import BUDDHIST_OFFSET, ERAS, MONTHS, ROC_OFFSET, chinese_count, chinese_year
from evidence.facts.periods import PRECISIONS, find_periods
from evidence.facts.spans import other_ends
from evidence.facts.text import KEPT_TEXTS, SHORT_TEXT, fold, is_nameless, late, phrases
from evidence.facts.worded_days import worded_days

Order = Literal["dmy", "mdy", "ymd"]
Precision = Literal["day", "week", "month", "quarter", "half", "year"]

FIRST_YEAR = 1985
LAST_YEAR = 2075
"""Years between which a date in a quality paper can lie; drawings of living parts are a little older than ISO 9001 (1987)."""

_NAME = "|".join(re.escape(fold(name)) for name in sorted(MONTHS, key=lambda name: (-len(name), name)))
_FREE = r"(?<![a-z0-9_])(?<![a-z0-9][-/])(?<!\d[.,])"  # not inside an identifier or a number
_END = r"(?!\d|[-/.]\d| ?%|-?[a-z])"  # 25-03-12A and 12/03/25-B are numbers of drawings and lots
_NOT_TIME = r"(?!\d|:\d)"
_GAP = r"[ \-./,']{0,3}"
_NAME_END = r"(?![a-zà-ỹ])\.?"
_ERA = "|".join(sorted(ERAS, key=len, reverse=True))
_THAI_ERA = r"(?:(?:พ\.? ?ศ\.?|ค\.? ?ศ\.?) {0,2})?"

_YMD = late(
    r"(?<![a-z0-9_])(?:(?<![a-z0-9][-/])|(?<=\d[./]\d\d-))(?<!\d[.,])"
    + r"'?(\d{4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,2})"
    + r"(?!\d|[-/]\d(?!\d{3}[-/.])|\.\d|-?(?!t\d)[a-z])"
)
_DMY = late(
    r"(?:" + _FREE + r"|(?<=[\s(]\d\d-)|(?<=[\s(]\d-))(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?'?(\d{4}|\d{2})" + _END
)
_APOSTROPHE_YMD = late(r"(?<![a-z0-9])'(\d{2}) ?\. ?(\d{1,2}) ?[./] ?(\d{1,2})(?!\d)")
_ROC = late(_FREE + r"(1[0-4]\d|9\d)([./-])(\d{1,2})\2(\d{1,2})" + _END)
_ROC_MONTH = late(r"(?<![^\s|(~至-])(1[0-4]\d)/(0[1-9]|1[0-2])(?=\s{0,3}(?:$|[|\n)~至份]))")
_SHORT_ERA = late(r"(?<![a-z0-9])([rh]) ?(\d{1,2})\.(\d{1,2})\.(\d{1,2})(?![\d.])")
_DAY_NAME_YEAR = late(
    r"(?<![a-z0-9.,'])(\d{1,2})(?:st|nd|rd|th|(?<=[23])d)?[ \-./,]{0,3}(?:hb )?(?:of |de |เดือน ?)?(" + _NAME + ")" + _NAME_END
    + r"[ \-./,']{0,3}(?:de )?" + _THAI_ERA + r"(\d{4}|(?<!, )(?<!,)\d{2})" + _NOT_TIME
)  # fmt: skip
_NAME_DAY_YEAR = late(
    r"(?<![a-zà-ỹ0-9])(" + _NAME + ")" + _NAME_END
    + r"[ \-/]{0,2}(\d{1,2})(?:st|nd|rd|th|(?<=[23])d)? ?[,/\- ] ?(\d{4})" + _NOT_TIME
)  # fmt: skip
_YEAR_NAME_DAY = late(_FREE + r"(\d{4})[ \-./]{1,2}(" + _NAME + ")" + _NAME_END + r"[ \-./]{1,2}(\d{1,2})(?!\d)")
_NAME_YEAR = late(
    r"(?<![a-zà-ɏḀ-ỹ0-9])(?:เดือน ?)?(" + _NAME + ")" + _NAME_END
    + r"(?:" + _GAP + _THAI_ERA + r"(\d{4})| ?['\-/.] ?(\d{2}))" + _NOT_TIME
    + r"(?![/\-]\d)"
)  # fmt: skip
_NAME_SHORT_YEAR = late(r" *(" + _NAME + ")" + _NAME_END + r" ?(\d{2}) *")
_YEAR_NAME = late(_FREE + r"(\d{4})[ \-./]{1,2}(" + _NAME + ")" + _NAME_END + r"(?![ \-./]{0,2}\d)")
_CJK = late(
    r"(?:(" + _ERA + r") ?)?(?<!\d)(\d{4}|\d{2,3}|\d|元) ?年 ?(?:度 ?)?(\d{1,2}) ?月(?:份)?(?: ?(\d{1,2}) ?[日號号])?"
)
_CHINESE = late(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日號号])?"
)
_KOREAN = late(r"(?<!\d)'?(\d{4}|\d{2}) ?년 ?(\d{1,2}) ?월(?: ?(\d{1,2}) ?일)?")
_MONTH_WORD = r"th(?:(?:á|a\u0301?)?ng?|g)\.?"
_VIETNAMESE = late(
    r"(?<!\d)(\d{1,2}) {0,2}"
    + _MONTH_WORD
    + r" {0,2}(\d{1,2}) {0,2}(?:[,/] {0,2})?(?:n(?:ă|a\u0306?)m {0,2})?(\d{4})(?!\d)"
)
_VIETNAMESE_MONTH = late(
    r"(?<![a-zà-ỹ])(?:th(?:á|a\u0301?)ng|thg|t)\.? {0,2}(\d{1,2}) {0,2}(?:[/.,\-] {0,2})?(?:n(?:ă|"
    r"a\u0306?)m {0,2})?(\d{4}|(?<=[/.\-])\d{2})"
    r"(?!\d|[/\-]\d)"
)
_MONTH_YEAR = late(_FREE + r"(?<![/\-.] )(\d{1,2}) ?[/\-] ?(20\d{2}|25[67]\d)(?!\d|[-/.]\d|[-/][a-zđ])")
_YEAR_MONTH = late(_FREE + r"(20\d{2}|25[67]\d)[-/](\d{1,2})(?!\d| ?[-/.] ?\d| ?%)")
_YEAR_DOT_MONTH = late(_FREE + r"(20\d{2})\. ?(0[1-9]|1[0-2])(?!\d| ?[-/.] ?\d| ?%)")
_COMPACT = late(r"(?<![a-z0-9_.\-/])(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![a-z0-9_])")


@dataclass(frozen=True)
class Found:
    """A date or period in a text: its place, its normal form (2025-03-12, 2025-W34, 2025-Q1, FY2024) and how sure the reading is."""

    start: int
    end: int
    value: str
    precision: Precision
    confidence: float = 1.0


def order_of(texts: Iterable[str], language: str = "en") -> tuple[Order, bool]:
    """Whether day or month comes first in the numeric dates of a document, and whether the document itself settles it.

    A first number above 12 votes for day first, a second one for month first. Without a vote an English paper whose
    named dates put the month first (March 14, 2026) does so in numbers too, as in the United States and the
    Philippines; else the day comes first, as in nearly all the countries served. Chinese, Korean and Japanese papers
    with two-digit years put the year first.
    """
    day_first = month_first = year_first = 0
    named_day = named_month = 0
    for text in texts:
        folded = fold(text)
        if not is_nameless(folded):
            named_day += sum(len(match[3]) == 4 for match in _DAY_NAME_YEAR.finditer(folded))
            named_month += sum(1 for _ in _NAME_DAY_YEAR.finditer(folded))
        for match in _DMY.finditer(folded):
            first, second, third = int(match[1]), int(match[3]), int(match[4])
            if (
                len(match[4]) == 2
                and first > 12
                and third <= 31
                and second <= 12
                and (third > 12 or _asian_tongue(language))
            ):
                year_first += _asian_tongue(language) and FIRST_YEAR <= 2000 + first <= LAST_YEAR
                continue  # 24.03.25 fits day first and year first
            if len(match[4]) == 2 and third <= 31 and first > 31:
                year_first += 1
            elif first > 12 >= second:
                day_first += 1
            elif second > 12 >= first:
                month_first += 1
    if year_first and not day_first:
        return "ymd", True
    if month_first > day_first:
        return "mdy", True
    if day_first > month_first:
        return "dmy", True
    if _asian_tongue(language):
        return "ymd", False
    return ("mdy" if language == "en" and named_month > named_day else "dmy"), False


def _asian_tongue(language: str) -> bool:
    return language in ("zh", "ja", "ko")


def find(text: str, order: Order = "dmy", language: str = "en", settled: bool = True) -> list[Found]:
    """All dates and periods of a text in the order of their places;

    where readings overlap, the fuller and longer one stays.
    """
    if len(text) <= SHORT_TEXT:
        return list(_find_short(text, order, language, settled))
    return _find(text, order, language, settled)


def _find(text: str, order: Order, language: str, settled: bool) -> list[Found]:
    folded = fold(_PARTED.sub(";", text) if "，" in text else text)
    bare = is_nameless(folded)  # rows of figures: no month, era or quarter is named in them
    found = [] if bare else [Found(*place, "day", 0.95) for place in worded_days(folded)]
    if not found and not any(char.isdigit() for char in folded) and not _CHINESE.search(folded):
        return []
    if not bare:
        _named(folded, found, language)
    _numeric(folded, found, order, language, settled)
    if not bare:
        _asian(folded, found, language)
    _counted_from_republic(folded, found, language)
    _periods(folded, found, language)
    return _completed(folded, found)


_PARTED = re.compile(r"(?<=\d)，(?=\d{2,4}[/.-]\d)")
"""A comma of full width between a figure and a day: no sign of thousands, as which it would be folded."""


@lru_cache(KEPT_TEXTS)
def _find_short(text: str, order: Order, language: str, settled: bool) -> tuple[Found, ...]:
    return tuple(_find(text, order, language, settled))


def _named(text: str, found: list[Found], language: str) -> None:
    for match in _DAY_NAME_YEAR.finditer(text):
        if re.search(r"(?:week|wk) $", text[max(0, match.start() - 5) : match.start()]):
            continue
        if len(match[3]) == 2 and " - " in match[0]:
            continue  # 24 Jun - 03 Jul is a span of days, not a day of 2003
        _day(found, match, match[3], MONTHS[match[2]], match[1], 1.0, thai=_thai(match[2], language))
    for match in _NAME_DAY_YEAR.finditer(text):
        _day(found, match, match[3], MONTHS[match[1]], match[2], 1.0)
    for match in _YEAR_NAME_DAY.finditer(text):
        _day(found, match, match[1], MONTHS[match[2]], match[3], 1.0)
    for match in _NAME_YEAR.finditer(text):
        _month(found, match, match[2] or match[3], MONTHS[match[1]], 0.95, thai=_thai(match[1], language))
    for match in _YEAR_NAME.finditer(text):
        _month(found, match, match[1], MONTHS[match[2]], 0.9)
    if whole := _NAME_SHORT_YEAR.fullmatch(text):
        _month(found, whole, whole[2], MONTHS[whole[1]], 0.85, thai=_thai(whole[1], language))


_NUMBERED = late(
    r"(?:version|ver\.?|part no\.?|p/n|drawing(?: no\.?)?|dwg\.?|order|品番|品号|料号|料號|图号|圖號|图纸|도면번호|품번|型番)[ :：#.]{0,3}$"
)
"""Words before numbers that look like dates and are none."""


def _numeric(text: str, found: list[Found], order: Order, language: str, settled: bool) -> None:
    for match in _YMD.finditer(text):
        _day(found, match, match[1], match[3], match[4], 1.0)
    for match in _DMY.finditer(text):
        first, second, third = match[1], match[3], match[4]
        if _NUMBERED.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        if len(third) == 2 and (order == "ymd" or int(first) > 31):
            _day(found, match, first, second, third, 0.85 if settled else 0.75)
            continue
        swapped = int(second) > 12 or (order == "mdy" and int(first) <= 12)
        day, month = (second, first) if swapped else (first, second)
        sure = int(first) > 12 or int(second) > 12 or first == second
        _day(found, match, third, month, day, 1.0 if sure else 0.9 if settled else 0.7, thai=language == "th")
    for match in _APOSTROPHE_YMD.finditer(text):
        _day(found, match, match[1], match[2], match[3], 0.95)
    for match in _COMPACT.finditer(text):
        _day(found, match, match[1], match[2], match[3], 0.6)
    for match in _MONTH_YEAR.finditer(text):
        if _NUMBERED.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        _month(found, match, match[2], match[1], 0.8)
    for match in _YEAR_MONTH.finditer(text):
        _month(found, match, match[1], match[2], 0.8)
    if language in ("zh", "ko", "ja"):
        for match in _YEAR_DOT_MONTH.finditer(text):
            _month(found, match, match[1], match[2], 0.75)


def _asian(text: str, found: list[Found], language: str) -> None:
    for match in _CJK.finditer(text):
        year = _era_year(match[1], match[2])
        if year is None or (not match[1] and len(match[2]) < 4 and _lasts(text[: match.start()])):
            continue
        if match[4]:
            _day(found, match, str(year), match[3], match[4], 1.0)
        else:
            _month(found, match, str(year), match[3], 1.0)
    for match in _CHINESE.finditer(text):
        number, month = chinese_year(match[1]), chinese_count(match[2])
        if number is None or month is None:
            continue
        if match[3] and (day := chinese_count(match[3])):
            _day(found, match, str(number), month, day, 1.0)
        else:
            _month(found, match, str(number), month, 1.0)
    for match in _KOREAN.finditer(text):
        if match[3]:
            _day(found, match, match[1], match[2], match[3], 1.0)
        else:
            _month(found, match, match[1], match[2], 1.0)
    for match in _VIETNAMESE.finditer(text):
        start = re.search(r"ng(?:à|a\u0300?)y\s{0,2}$", text[max(0, match.start() - 8) : match.start()])
        begin = match.start() - (len(start[0]) if start else 0)
        _day(found, match, match[3], match[2], match[1], 1.0, start=begin)
    for match in _VIETNAMESE_MONTH.finditer(text):
        if re.search(r"(?<!\d)\d{1,2} $", text[max(0, match.start() - 3) : match.start()]):
            continue  # a day that this month does not have
        _month(found, match, match[2], match[1], 0.9)
    for match in _SHORT_ERA.finditer(text) if language == "ja" or _JAPANESE.search(text) else ():
        era = ERAS["令和" if match[1] == "r" else "平成"]
        _day(found, match, str(int(match[2]) + era), match[3], match[4], 0.9)


_JAPANESE = late(r"[\u3041-\u30fa発検査図対総価歴験証圧転続]")
"""What a line in Japanese holds, which may be too short for its language to be told."""


def _lasts(before: str) -> bool:
    """Whether words right before years and months make them a length of time: a guarantee of ten years and six months."""
    return _LASTING.search(before[-LONGEST_LEAD:]) is not None


LONGEST_LEAD = 12
"""Letters before years and months in which a word can make them a length of time."""

_LASTING = late(rf"(?:{phrases('calendar', 'lasting').pattern})\s?[:：]?\s?[为為是约約已满滿达達]?\s?$")


def _counted_from_republic(text: str, found: list[Found], language: str) -> None:
    if language in ("zh", "zh-tw") and not _WHOLE_YEAR.search(text):
        for match in _ROC.finditer(text):
            _day(found, match, str(int(match[1]) + ROC_OFFSET), match[3], match[4], 0.8)
        for match in _ROC_MONTH.finditer(text):  # alone in its cell: 110/12 elsewhere may be volts or a share
            _month(found, match, str(int(match[1]) + ROC_OFFSET), match[2], 0.8)


_WHOLE_YEAR = late(r"(?:19|20)\d\d ?年")
"""A Christian year: where one is written, 115/03/12 is no day of the 115th year."""


def _periods(text: str, found: list[Found], language: str) -> None:
    for start, end, value, confidence in find_periods(text):
        fiscal = value.startswith("FY")
        year = _year(value[2:] if fiscal else value.split("-")[0])
        if year is None:
            continue
        rest = "" if fiscal else value[value.index("-") :]
        precision: Precision = "year" if fiscal else PRECISIONS[rest[1]]
        found.append(Found(start, end, f"FY{year}" if fiscal else f"{year}{rest}", precision, confidence))


def _completed(text: str, found: list[Found]) -> list[Found]:
    """The dates with those that only a neighbour completes: the 12 of 12-15 March 2025."""
    kept = _without_overlaps(found)
    ends = [
        Found(start, end, value, "day" if len(value) == 10 else "month", 0.85)
        for start, end, value in other_ends(text, [(item.start, item.end, item.value) for item in kept])
    ]
    return _without_overlaps([*kept, *ends]) if ends else kept


def _thai(name: str, language: str) -> bool:
    return language == "th" or any("\u0e00" <= char <= "\u0e7f" for char in name)


def _era_year(era: str | None, year: str) -> int | None:
    if era:
        return ERAS[era] + (1 if year == "元" else int(year))
    if year == "元":
        return None
    number = int(year)
    if len(year) == 3:  # Taiwan writes 114年 without naming the era
        return number + ROC_OFFSET if 80 <= number <= 160 else None
    return None if len(year) == 1 else number


LAST_SHORT = 39
"""The last year of this century that a paper means by two digits: certificates and plans do not reach further."""


def _year(text: str, thai: bool = False) -> int | None:
    """The Christian year meant by two or four digits, or None where no paper could mean it."""
    number = int(text)
    if len(text) <= 2:
        if thai and number >= 50:  # the last two digits of a Buddhist year, 2550 and later
            number += 2500
        elif LAST_SHORT < number < 60:
            return None  # 13 October 48 castings
        else:
            number += 2000 if number < 60 else 1900
    if number >= 2400:
        number -= BUDDHIST_OFFSET
    return number if FIRST_YEAR <= number <= LAST_YEAR else None


def _day(
    found: list[Found], match: re.Match[str], year: str, month: int | str, day: int | str, confidence: float,
    thai: bool = False, start: int | None = None,
) -> None:  # fmt: skip
    number = _year(year, thai)
    month, day = int(month), int(day)
    if number is None or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(number, month)[1]:
        return
    begin = match.start() if start is None else start
    found.append(Found(begin, match.end(), f"{number:04d}-{month:02d}-{day:02d}", "day", confidence))


def _month(
    found: list[Found], match: re.Match[str], year: str, month: int | str, confidence: float, thai: bool = False
) -> None:
    number = _year(year, thai)
    if number is not None and 1 <= int(month) <= 12:
        found.append(Found(match.start(), match.end(), f"{number:04d}-{int(month):02d}", "month", confidence))


_RANK = {"day": 0, "week": 1, "month": 1, "quarter": 1, "half": 1, "year": 2}


def _without_overlaps(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    taken: set[int] = set()
    for item in sorted(found, key=lambda one: (_RANK[one.precision], one.start - one.end, -one.confidence, one.start)):
        span = range(item.start, item.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)
