"""Quarters, half-years and business years as factories write them, in the languages served."""

import re
from collections.abc import Iterator

from evidence.facts.months import ERAS
from evidence.facts.text import is_nameless

_BEFORE = r"(?<![a-z0-9])"
QUARTER_NUMBERS = {
    sign: number
    for number, signs in enumerate(("1 i 一", "2 ii 二", "3 iii 三", "4 iv 四"), 1)
    for sign in signs.split()
}
"""The number of a quarter or half, as it is written."""

_YEAR = r"(\d{4}|\d{2})(?!\d)"
_VI_YEAR = r"(?:n(?:ă|a\u0306?)m )?"

_QUARTERS = tuple(
    re.compile(pattern)
    for pattern in (
        _BEFORE + r"(?:q|qu(?:ý|y) ?|triwulan ?|tw ?)(?P<n>iv|i{1,3}|[1-4])(?!\d)[ /.,'-]{0,3}" + _VI_YEAR
        + r"(?:fy ?)?(?P<y>20\d{2}|\d{2})(?!\d)",
        _BEFORE + r"(?P<n>[1-4])q[ /.,'-]{0,3}(?:fy ?)?(?P<y>20\d{2}|\d{2})(?!\d)",
        _BEFORE + r"(?P<y>20\d{2})(?: ?年 ?第? ?| ?년 ?|[ /.\-]{1,2}|(?: yili| ?年)? ?第? ?)(?:q ?(?P<n>[1-4])|(?P<m>[一二三四1-4]) ?季度?|"
        r"(?P<k>[1-4]) ?분기|(?P<j>[1-4]) ?四半期|(?P<t>[1-4])\. ?çeyrek)",
        r"ไตรมาส(?:ที่)? ?(?P<n>[1-4]) ?(?:/ ?|ปี ?|พ\.?ศ\.? ?)?(?P<y>20\d{2}|25[5-9]\d)(?!\d)",
    )
)  # fmt: skip

_HALVES = tuple(
    (re.compile(pattern), half)
    for pattern, half in (
        (_BEFORE + r"h(?P<n>[12])[ /.,'-]{0,3}(?P<y>20\d{2}|\d{2})(?!\d)", 0),
        (_BEFORE + r"(?P<n>[12])h[ /.,'-]{0,3}(?P<y>20\d{2}|\d{2})(?!\d)", 0),
        (_BEFORE + r"(?:semester|smt) ?(?P<n>ii?|[12])[ /.,'-]{0,3}(?:tahun )?" + r"(?P<y>20\d{2})(?!\d)", 0),
        (_BEFORE + r"(?P<y>20\d{2})(?: yili)? (?P<n>[12])\. ?yari ?yil", 0),
        (_BEFORE + r"first half(?: of)? (?P<y>20\d{2})(?!\d)", 1),
        (_BEFORE + r"second half(?: of)? (?P<y>20\d{2})(?!\d)", 2),
        (r"(?<!\d)6 tháng đầu " + _VI_YEAR + r"(?P<y>20\d{2})(?!\d)", 1),
        (r"(?<!\d)6 tháng cuối " + _VI_YEAR + r"(?P<y>20\d{2})(?!\d)", 2),
        (r"(?<!\d)(?P<y>20\d{2}) ?(?:年度?|년도?) ?(?:上半期?年?|上期|상반기)", 1),
        (r"(?<!\d)(?P<y>20\d{2}) ?(?:年度?|년도?) ?(?:下半期?年?|下期|하반기)", 2),
    )
)

_FISCAL = re.compile(
    _BEFORE + r"(?:fy|f\.y\.|financial year|fiscal year) ?[-:']? ?(\d{4}|\d{2})(?: ?[-/] ?'?(\d{4}|\d{2}))?(?!\d)"
)
_YEAR_SPAN = re.compile(r"(?<![a-z0-9_])(?<![a-z0-9][-/])(?<!\d[.,])(20\d{2}) ?- ?(\d{2})(?!\d|[-/.]\d)")
_JAPANESE_YEAR = re.compile(r"(?:(令和|平成) ?)?(?<!\d)(20\d{2}|\d{1,2}|元) ?年度(?! ?\d)")


def find_periods(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Periods of a folded text: begin, end, normal form with the year as written (two digits or four), confidence.

    Normal forms are 2025-Q3, 2025-H1, FY2025; the caller turns the year into that of the common era.
    """
    bare = is_nameless(text)
    for pattern in () if bare else _QUARTERS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            mark = next(groups[name] for name in ("n", "m", "k", "j", "t") if groups.get(name))
            yield match.start(), match.end(), f"{groups['y']}-Q{QUARTER_NUMBERS[mark]}", 0.9
    for pattern, fixed in () if bare else _HALVES:
        for match in pattern.finditer(text):
            half = fixed or QUARTER_NUMBERS[match["n"]]
            yield match.start(), match.end(), f"{match['y']}-H{half}", 0.9
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
