"""Dates and periods with what they are: evidence, issue, revision, expiry, due, opened, closed, verified, next ..."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from evidence.facts.calendar import Found
from evidence.facts.pairs import labels
from evidence.facts.people import lexicon as people
from evidence.facts.sources import Source, fact
from evidence.facts.text import MAX_LABEL, Lexicon, Span, cells, fold, late, lines, phrases
from evidence.model import Fact, Passage

MAX_DATES = 400
"""Dates kept of one passage: a passage is a few hundred characters, more would be a file made to overwhelm."""

_CONNECTS = re.compile(
    r"[\s.]*(?:-|~|to|until|till|up to|through|s/d|sd|đến|tới|hingga|sampai|ถึง|至|到|부터|から|ile)[\s.]*(?:ngày\s*)?"
)


@cache
def lexicon() -> Lexicon:
    """The words that say which date is meant."""
    return labels("dates")


def find_dates(source: Source) -> Iterator[Fact]:
    """Every date of the document, with its role:

    from the words before it, else the column's head, else the cell to its left.
    """
    for passage in source.passages:
        yield from _of_passage(source, passage)


def _of_passage(source: Source, passage: Passage) -> Iterator[Fact]:
    text = passage.text
    found = source.dates(text, passage.language)[:MAX_DATES]
    heads = source.heads.get(passage.id, [])
    found = sorted([*found, *_serials(text, heads, found)], key=lambda item: item.start)[:MAX_DATES]
    if not found:
        return
    rows = [cells(line) for line in lines(text)]
    roles: list[str] = []
    for index, item in enumerate(found):
        roles.append(_role(item, text, rows, heads))
        if index and _is_range(text, found[index - 1], item):
            if roles[index - 1] in ("issue", "expiry"):
                roles[index - 1], roles[index] = "issue", "expiry"
            else:
                roles[index] = roles[index - 1]
    for item, role in zip(found, roles, strict=True):
        kind = "date" if item.precision == "day" else "period"
        if kind == "period" and _counts_times(item, text, heads):
            continue
        yield fact(kind, role, item.value, passage, item.start, item.end, confidence=item.confidence)


def _counts_times(item: Found, text: str, heads: list[tuple[int, int, str]]) -> bool:
    """Whether what reads as a month numbers something in its year, by the word before it or the head of its column: the audit no. 1/2026."""
    if not _OF_A_YEAR.fullmatch(text[item.start : item.end]):
        return False
    before = fold(text[max(0, item.start - MAX_LABEL) : item.start])
    head = next((head for begin, end, head in heads if begin <= item.start < end), "")
    return _TIMES_BEFORE.search(before) is not None or _TIMES.fullmatch(fold(head).strip(" .:")) is not None


_OF_A_YEAR = re.compile(r"\d{1,2}/\d{4}")
_TIMES = phrases("dates", "times")
_TIMES_BEFORE = late(rf"(?:{_TIMES.pattern})[ .:#-]{{0,3}}$")

_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 58000
"""Days since 1899-12-30 as spreadsheets count them, from 2000 to 2058: 45210 is 2023-10-11."""
_ORIGIN = date(1899, 12, 30)


def _serials(text: str, heads: list[tuple[int, int, str]], found: list[Found]) -> Iterator[Found]:
    """Dates that lost their format on the way and stand as a bare number in a column of dates."""
    counts = {  # a column with a number that can be no day holds pieces, not days
        head
        for begin, end, head in heads
        if (written := text[begin:end].strip()).isdecimal() and not _FIRST_SERIAL <= int(written) <= _LAST_SERIAL
    }
    for begin, end, head in heads:
        written = text[begin:end].strip()
        if head in counts:
            continue
        if _SERIAL.fullmatch(written) and head_role(head) and not any(f.start < end and begin < f.end for f in found):
            number = int(written[:5])
            if _FIRST_SERIAL <= number <= _LAST_SERIAL:
                yield Found(begin, begin + 5, (_ORIGIN + timedelta(days=number)).isoformat(), "day", 0.8)


def _is_range(text: str, first: Found, second: Found) -> bool:
    between = text[first.end : second.start]
    return len(between) < 16 and _CONNECTS.fullmatch(fold(between)) is not None


def _role(item: Found, text: str, rows: list[list[Span]], heads: list[tuple[int, int, str]]) -> str:
    row, at = _cell_of(item, rows)
    if row is not None:
        before = text[max(row[at].start, item.start - MAX_LABEL) : item.start]
        if (behind := _BEHIND.match(fold(text[item.end : item.end + MAX_LABEL]))) and (
            role := lexicon().role_of(behind["word"])
        ):
            return role
        if near := lexicon().nearest(before, 40):
            return "revision" if near[0] == "evidence" and _is_of_revision(before) else near[0]
    for begin, end, head in heads:
        if begin <= item.start < end and (role := head_role(head) or _until_when(head, heads)):
            return "revision" if role == "evidence" and _lists_changes(head, heads) else role
    if row is not None and at:
        left = row[at - 1].text
        if (
            len(left) <= MAX_LABEL
            and not any(char.isdigit() for char in left)
            and (near := lexicon().nearest(left, 25))
        ):
            return near[0]
    return "evidence"


_BEHIND = late(rf"\s?(?P<word>{phrases('dates', 'said_behind').pattern})(?=\s*(?:$|[\n、，。,;；|)）])|\s\d)")
"""What says behind a day in the tongues that put it there what it is: ``令和5年4月1日 改訂``."""
_GENERIC = phrases("dates", "generic")
_OF_NUMBER = late(rf"[\s,.:：;(-]{{1,3}}(?:[a-z]|\d{{1,3}})[\s,;:：()-]{{1,3}}(?:{_GENERIC.pattern})[\s:：.]*$")


def _is_of_revision(before: str) -> bool:
    """Whether a day is that of a revision whose number stands between the word and the day: ``Rev. C dated``, ``Lần sửa đổi: 02, ngày``."""
    folded = fold(before)
    number = _OF_NUMBER.search(folded)
    near = lexicon().nearest(before[: number.start()]) if number else None
    return near is not None and near[0] == "revision" and near[1] <= LONGEST_KE


LONGEST_KE = 4
"""Letters between the word for a revision and its number: ``Revisi ke 3``."""


def _lists_changes(head: str, heads: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a column of days beside one of revisions and one of what they changed is that of the revisions."""
    if _GENERIC.fullmatch(fold(head).strip(" .:")) is None:
        return False
    others = {fold(other).strip(" .:") for *_, other in heads}
    return any(map(_REVISIONS.fullmatch, others)) and any(map(_CHANGES.search, others))


_REVISIONS, _CHANGES = phrases("dates", "revisions"), phrases("dates", "changes")


@cache
def head_role(head: str) -> str | None:
    """Role that a column's head gives; in a head of several words the last that means anything counts."""
    near = lexicon().nearest(head[:200], 200)
    return near[0] if near else None


def _until_when(head: str, heads: Sequence[tuple[int, int, str]]) -> str | None:
    """The role of a head that asks when, beside one that asks who: until when somebody has something to do."""
    asks = _WHEN.fullmatch(fold(head).strip(" ?:")) is not None
    return "due" if asks and any(people().label(other) == "owner" for *_, other in heads if other != head) else None


_WHEN = phrases("dates", "asked_when")


def _cell_of(item: Found, rows: list[list[Span]]) -> tuple[list[Span] | None, int]:
    for row in rows:
        if row and row[0].start <= item.start <= row[-1].end:
            for index, cell in enumerate(row):
                if cell.start <= item.start < max(cell.end, cell.start + 1):
                    return row, index
    return None, 0
