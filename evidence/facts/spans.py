"""Spans of days whose first or last half is written short: 12-15 March 2025, 24 Jun - 3 Jul 2025, Mar 12-15, 2025,
từ ngày 10 đến ngày 12/05/2026, 2025年3月12日至15日.

Works on the dates already found: a number or month beside a connecting word takes what it lacks from its neighbour.
"""

import calendar
import re
from collections.abc import Iterator

from evidence.facts.months import MONTHS
from evidence.facts.text import fold, is_nameless, late

_NAMES = "|".join(re.escape(fold(name)) for name in sorted(MONTHS, key=lambda name: (-len(name), name)))
_JOINS = r"(?:-|~|/|&|to|and|until|till|through|s\.?/?d\.?|sampai|hingga|đến(?: ngày)?|tới(?: ngày)?|và(?: ngày)?|ถึง|至|到|부터|から|ile)"
_LEADS = r"(?:^|[\s(|:,;\[]|(?<=[日号]))"

_DAY_BEFORE = late(_LEADS + r"(\d{1,2})(?:st|nd|rd|th|hb|\.)?(?:-|/| {0,2}" + _JOINS + r" {0,2})(?:ngày )?$")
_SPACED_HYPHEN = late(r"\d{1,2} - $")
_MAY_LEAD = late(r"(?:^|[(|:,;\[]|\b(?:from|on|between|audit|tanggal|tgl\.?|ngày|dari|từ)) *\d{1,2} - $")
_DAY_MONTH_BEFORE = late(_LEADS + r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -](" + _NAMES + r")\.? {0,2}" + _JOINS + r" {0,2}$")
_NUMBERS_BEFORE = late(_LEADS + r"(\d{1,2})([/.-])(\d{1,2})\2? {0,2}" + _JOINS + r" {0,2}(?:ngày )?$")
_MONTH_DAY_BEFORE = late(r"(?<![a-z])(" + _NAMES + r")\.? (\d{1,2})(?:st|nd|rd|th)? {0,2}" + _JOINS + r" {0,2}$")
_MONTH_BEFORE = late(r"(?<![a-zà-ɏḀ-ỹ0-9])(" + _NAMES + r")\.? {0,2}" + _JOINS + r" {0,2}$")
_MONTH_DAYS_YEAR = late(
    r"(?<![a-z])(" + _NAMES + r")\.? (\d{1,2})(?:st|nd|rd|th)? {0,1}(?:-|to|and|&) {0,1}(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)"
)  # fmt: skip
_DAY_BEHIND = late(
    r"(?:부터|から)? {0,2}(?:-|~|至|到|부터)? {0,2}(?:(\d{1,2}) ?[月월] ?)?(\d{1,2}) ?[日号號일](?:까지|まで)?"
)
_DAYS_OF_CJK = late(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]? ?[-~至到] ?(\d{1,2}) ?[日号號일]")

Place = tuple[int, int, str]
"""Begin, end and normal form of a date."""


def other_ends(text: str, found: list[Place]) -> Iterator[Place]:
    """The dates of a folded text that only their neighbours complete."""
    bare = is_nameless(text)
    for match in () if bare else _MONTH_DAYS_YEAR.finditer(text):
        for number in (2, 3):
            if day := _made(int(match[4]), MONTHS[match[1]], int(match[number])):
                yield match.start(number), match.end(number) if number == 2 else match.end(), day
    for match in () if bare else _DAYS_OF_CJK.finditer(text):
        for number in (3, 4):
            if day := _made(int(match[1]), int(match[2]), int(match[number])):
                yield match.start() if number == 3 else match.start(4), match.end(number), day
    for begin, end, value in found:
        if len(value) == 10:
            yield from _before_day(text[max(0, begin - 40) : begin], begin, value)
            yield from _behind_day(text, end, value)
        elif len(value) == 7 and "Q" not in value and "H" not in value:
            before = text[max(0, begin - 24) : begin]
            if (name := _MONTH_BEFORE.search(before)) and MONTHS[name[1]] <= int(value[5:]):
                offset = begin - len(before)
                yield offset + name.start(1), offset + name.end(1), f"{value[:4]}-{MONTHS[name[1]]:02d}"


def _before_day(before: str, begin: int, value: str) -> Iterator[Place]:
    year, month, day = (int(piece) for piece in value.split("-"))
    offset = begin - len(before)
    match: re.Match[str] | None
    if match := _DAY_MONTH_BEFORE.search(before):
        made = _earlier(year, MONTHS[match[2]], int(match[1]), value)
        first = match.start(1)
    elif match := _MONTH_DAY_BEFORE.search(before):
        made = _earlier(year, MONTHS[match[1]], int(match[2]), value)
        first = match.start(1)
    elif match := _NUMBERS_BEFORE.search(before):
        made = _earlier(year, int(match[3]), int(match[1]), value)
        first = match.start(1)
    elif match := _DAY_BEFORE.search(before):
        if _SPACED_HYPHEN.search(before) and not _MAY_LEAD.search(before):
            return  # "item 3 - 15 March 2025" is no span
        made = _earlier(year, month, int(match[1]), value) if int(match[1]) < day else None
        first = match.start(1)
    else:
        return
    if made:
        yield offset + first, offset + match.end(), made


def _behind_day(text: str, end: int, value: str) -> Iterator[Place]:
    match = _DAY_BEHIND.match(text, end)
    if match and re.match(r" {0,2}(?:-|~|至|到|부터|から)", text[end : end + 4]):
        month = int(match[1]) if match[1] else int(value[5:7])
        made = _made(int(value[:4]), month, int(match[2]))
        if made and made > value:
            yield match.start(1) if match[1] else match.start(2), match.end(), made


def _earlier(year: int, month: int, day: int, end: str) -> str | None:
    """The first day of a span that ends on a day: of the same year, or of the one before over New Year."""
    made = _made(year, month, day)
    return made if made and made < end else _made(year - 1, month, day)


def _made(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
