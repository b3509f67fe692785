"""Weeks, quarters, half-years and business years as factories write them, in the languages served."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from evidence.facts.months import ERAS
from evidence.facts.text import is_nameless

_BEFORE = r"(?<![a-z0-9])"
QUARTER_NUMBERS = {
    sign: number
    for number, signs in enumerate(("1 i 一", "2 ii 二", "3 iii 三", "4 iv 四"), 1)
    for sign in signs.split()
}
"""The number of a quarter or half, as it is written."""
_NAMED_NUMBERS = {
    word: number
    for number, named in enumerate(
        ("first 1st pertama", "second 2nd kedua", "third 3rd ketiga", "fourth 4th keempat"), 1
    )
    for word in named.split()
}
_NTH = "first|second|third|fourth|1st|2nd|3rd|4th"
_KE = "(?:ke-? ?)?(?:pertama|kedua|ketiga|keempat|[1-4])"
PRECISIONS: dict[str, Literal["week", "quarter", "half"]] = {"W": "week", "Q": "quarter", "H": "half"}
"""What the letter of a normal form stands for."""

_VI_YEAR = r"(?:n(?:ă|a\u0306?)m )?"

_QUARTERS = tuple(
    re.compile(pattern)
    for pattern in (
        _BEFORE + r"(?:q|qu(?:ý|y) ?|quarter ?|kuartal ?|triwulan ?|tw ?|ç(?:eyrek)? ?)(?P<n>iv|i{1,3}|[1-4])(?!\d)[ /.,'-]{0,3}" + _VI_YEAR
        + r"(?:fy ?|tahun |of )?(?P<y>20\d{2}|25[5-9]\d|\d{2})(?!\d)",
        _BEFORE + rf"(?P<n>{_NTH}) quarter,?(?: of)? (?:fy ?)?(?P<y>20\d{{2}})(?!\d)",
        _BEFORE + rf"suku(?: tahun)? (?P<n>{_KE})[ /,-]{{0,2}}(?:tahun )?(?P<y>20\d{{2}})(?!\d)",
        _BEFORE + r"(?P<n>[1-4])[qç][ /.,'-]{0,3}(?:fy ?)?(?P<y>20\d{2}|25[5-9]\d|\d{2})(?!\d)",
        _BEFORE + r"(?P<y>20\d{2})(?: ?年度? ?第? ?| ?년 ?|[ /.\-]{1,2}|(?: yili(?:nin)?| ?年)? ?第? ?)(?:q ?(?P<n>[1-4])|(?P<m>[一二三四1-4]) ?季度?|"
        r"(?P<k>[1-4]) ?분기|(?P<j>[1-4]) ?四半期|(?P<t>[1-4])\. ?çeyrek)",
        r"ไตรมาส(?:ที่)? ?(?P<n>[1-4]) ?(?:/ ?|ปี ?|พ\.?ศ\.? ?)?(?P<y>20\d{2}|25[5-9]\d)(?!\d)",
    )
)  # fmt: skip

_HALVES = tuple(
    (re.compile(pattern), half)
    for pattern, half in (
        (_BEFORE + r"h(?P<n>[12])[ /.,'-]{0,3}(?P<y>20\d{2}|25[5-9]\d|\d{2})(?!\d)", 0),
        (_BEFORE + r"(?P<n>[12])h[ /.,'-]{0,3}(?P<y>20\d{2}|\d{2})(?!\d)", 0),
        (_BEFORE + r"(?:semester|smt) ?(?P<n>ii?|[12])[ /.,'-]{0,3}(?:tahun )?" + r"(?P<y>20\d{2})(?!\d)", 0),
        (_BEFORE + r"(?P<y>20\d{2})(?: yili)? (?P<n>[12])\. ?yari ?yil", 0),
        (_BEFORE + r"first half(?: of)? (?P<y>20\d{2})(?!\d)", 1),
        (_BEFORE + r"second half(?: of)? (?P<y>20\d{2})(?!\d)", 2),
        (_BEFORE + r"(?:paruh|separuh) pertama(?: tahun)? (?P<y>20\d{2})(?!\d)", 1),
        (_BEFORE + r"(?:paruh|separuh) kedua(?: tahun)? (?P<y>20\d{2})(?!\d)", 2),
        (r"ครึ่ง(?:ปี)?แรก(?:ของ)? ?(?:ปี ?)?(?P<y>20\d{2}|25[5-9]\d)(?!\d)", 1),
        (r"ครึ่ง(?:ปี)?หลัง(?:ของ)? ?(?:ปี ?)?(?P<y>20\d{2}|25[5-9]\d)(?!\d)", 2),
        (_BEFORE + r"(?P<y>20\d{2})(?: yili(?:nin)?|['’]?[iuüinı]{1,4}n)? ilk yarisi", 1),
        (_BEFORE + r"(?P<y>20\d{2})(?: yili(?:nin)?|['’]?[iuüinı]{1,4}n)? (?:ikinci|son) yarisi", 2),
        (_BEFORE + r"nửa đầu " + _VI_YEAR + r"(?P<y>20\d{2})(?!\d)", 1),
        (_BEFORE + r"nửa cuối " + _VI_YEAR + r"(?P<y>20\d{2})(?!\d)", 2),
        (r"(?<!\d)6 tháng đầu " + _VI_YEAR + r"(?P<y>20\d{2})(?!\d)", 1),
        (r"(?<!\d)6 tháng cuối " + _VI_YEAR + r"(?P<y>20\d{2})(?!\d)", 2),
        (r"(?<!\d)(?P<y>20\d{2}) ?(?:年度?|년도?) ?(?:上半期?年?|上期|상반기)", 1),
        (r"(?<!\d)(?P<y>20\d{2}) ?(?:年度?|년도?) ?(?:下半期?年?|下期|하반기)", 2),
    )
)

_WEEK = r"(?:calendar week|work ?week|week|wk|cw|kw|ww|tuần(?: thứ)?|minggu(?: ke)?|hafta)[ .#-]{0,2}(?:no\.? ?)?"
_WEEKS = tuple(
    re.compile(pattern)
    for pattern in (
        _BEFORE + rf"(?:{_WEEK}|w)(?P<n>\d{{1,2}})[ ,/.'(-]{{1,3}}(?:of |năm |tahun |yili )?(?P<y>20\d{{2}})(?!\d)",
        _BEFORE + rf"(?:{_WEEK}|w)(?P<n>\d{{1,2}})[/'](?P<y>\d{{2}})(?!\d|[/.-]\d)",
        _BEFORE + rf"(?P<y>20\d{{2}})[ ,/.-]{{0,2}}(?:{_WEEK}|w)(?P<n>\d{{1,2}})(?!\d)",
        _BEFORE + r"(?P<n>\d{1,2})\. ?hafta,? (?P<y>20\d{2})(?!\d)",
        _BEFORE + r"(?P<y>20\d{2})(?: yili(?:nin)?)?,? (?P<n>\d{1,2})\. ?hafta",
        r"(?<!\d)(?P<y>20\d{2}) ?[年년]度? ?第? ?(?P<n>\d{1,2}) ?(?:周|週|주차?)",
        r"第 ?(?P<n>\d{1,2}) ?[周週][ (,]{0,2}(?P<y>20\d{2}) ?年",
        r"สัปดาห์(?:ที่)? ?(?P<n>\d{1,2}) ?(?:/ ?|ปี ?|พ\.?ศ\.? ?)?(?P<y>20\d{2}|25[5-9]\d)(?!\d)",
    )
)
"""Weeks with their year: the fifth of 2026 in ``Tuần 05/2026``, where 05/2026 alone is a month."""
MOST_WEEKS = 53

_FISCAL = re.compile(
    _BEFORE + r"(?:fy|f\.y\.|financial year|fiscal year) ?[-:']? ?(\d{4}|\d{2})(?: ?[-/] ?'?(\d{4}|\d{2}))?(?!\d)"
)
_YEAR_SPAN = re.compile(r"(?<![a-z0-9_])(?<![a-z0-9][-/])(?<!\d[.,])(20\d{2}) ?- ?(\d{2})(?!\d|[-/.]\d)")
_JAPANESE_YEAR = re.compile(r"(?:(令和|平成) ?)?(?<!\d)(20\d{2}|\d{1,2}|元) ?年度(?! ?\d)")


def find_periods(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Periods of a folded text: begin, end, normal form with the year as written (two digits or four), confidence.

    Normal forms are 2025-W34, 2025-Q3, 2025-H1, FY2025; the caller turns the year into that of the common era.
    """
    bare = is_nameless(text)
    for pattern in () if bare else _QUARTERS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            mark = next(groups[name] for name in ("n", "m", "k", "j", "t") if groups.get(name))
            number = QUARTER_NUMBERS.get(mark[-1]) if mark[-1].isdigit() else None
            number = (
                number
                or QUARTER_NUMBERS.get(mark)
                or _NAMED_NUMBERS[mark if mark in _NAMED_NUMBERS else mark.removeprefix("ke").lstrip("- ")]
            )
            yield match.start(), match.end(), f"{groups['y']}-Q{number}", 0.9
    for pattern, fixed in () if bare else _HALVES:
        for match in pattern.finditer(text):
            half = fixed or QUARTER_NUMBERS[match["n"]]
            yield match.start(), match.end(), f"{match['y']}-H{half}", 0.9
    for pattern in () if bare else _WEEKS:
        for match in pattern.finditer(text):
            if 1 <= int(match["n"]) <= MOST_WEEKS:
                yield match.start(), match.end(), f"{match['y']}-W{int(match['n']):02d}", 0.9
    for match in () if bare else _FISCAL.finditer(text):
        yield match.start(), match.end(), f"FY{match[1]}", 0.9
    for match in _YEAR_SPAN.finditer(text):
        if int(match[2]) == (int(match[1]) + 1) % 100:
            yield match.start(), match.end(), f"FY{match[1]}", 0.85
    if bare:
        return
    for match in _JAPANESE_YEAR.finditer(text):
        if match[1]:
            year = ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
            yield match.start(), match.end(), f"FY{year}", 0.9
        elif len(match[2]) == 4:
            yield match.start(), match.end(), f"FY{match[2]}", 0.9


def bounds(value: str) -> tuple[str, str]:
    """First and last day of a normal form."""
    if value.startswith("FY"):
        year = int(value[2:6])
        return f"{year}-01-01", f"{year + 1}-12-31"
    year = int(value[:4])
    if "W" in value:
        monday = date.fromisocalendar(year, int(value[6:]), 1)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    if "H" in value:
        return (f"{year}-01-01", f"{year}-06-30") if value.endswith("1") else (f"{year}-07-01", f"{year}-12-31")
    if "Q" in value:
        last = int(value[-1]) * 3
        return f"{year}-{last - 2:02d}-01", f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"
    if len(value) == 4:
        return f"{value}-01-01", f"{value}-12-31"
    if len(value) == 7:
        month = int(value[5:])
        return f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]:02d}"
    return value, value
