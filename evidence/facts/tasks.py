"""Tasks told in lines of minutes: what, until when, how far. ``Second quote for the oven door by 29 May. Still open.``

Fact: kind ``action``, role ``line``, value as that of the rows of a list of tasks. A line counts where a word for a deadline stands
at its day and it says how far the task is: of others nothing can be told.
"""

import itertools
import json
import re
from collections.abc import Iterator
from functools import cache

from evidence.data import table
from evidence.facts.case_heads import LONGEST_NAME, MAX_VALUE, is_day
from evidence.facts.columns import put_off_to, state_of
from evidence.facts.days import days_in, is_short_day, short_day
from evidence.facts.left_tasks import left_tasks
from evidence.facts.missed_days import missed_tasks
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span, fold, lines, phrases, words
from evidence.model import Fact, Passage

MAX_TASKS = 200
"""Tasks kept of one document."""

LONGEST = 400
"""Letters of a line that tells one task."""

LEAST_TOLD = 8
"""Letters of what is to be done."""


def find_tasks(source: Source) -> Iterator[Fact]:
    """The tasks of lists in running text."""
    told = itertools.chain(_listed(source), _parted(source), _missed(source))
    seen: dict[tuple[str, object], list[Span]] = {}
    for passage, span, made in itertools.islice(told, MAX_TASKS):
        known = seen.setdefault((passage.id, made["due"]), [])  # two readers may find one task
        if all(span.end <= other.start or other.end <= span.start for other in known):
            known.append(span)
            value = json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            yield fact("action", "line", value, passage, span.start, span.end, confidence=0.7)


Task = tuple[Passage, Span, dict[str, object]]
"""Where a task is told, and its parts."""


def _listed(source: Source) -> Iterator[Task]:
    for passage in _told(source):
        for line in lines(passage.text):
            for sentence in _tasks_of(line):
                if made := _read(source, sentence):
                    yield passage, sentence, made


def _parted(source: Source) -> Iterator[Task]:
    """Lines that are parted alike into what, who, until when and how far: ``Guard for press 4 - Budi - 15 June 2026 - open``. Such a
    list has several, and one of them at least is done.
    """
    found: list[Task] = []
    for passage in _told(source):
        for line in lines(passage.text):
            for one in _tasks_of(line):
                if made := _in_pieces(source, one):
                    found.append((passage, one, made))
    states = [state_of(str(made["status"])) for _, _, made in found]
    if len(found) >= LEAST_PARTED and "done" in states:
        yield from found


LEAST_PARTED = 3
"""Lines parted alike from which they are a list of tasks."""


def _in_pieces(source: Source, line: Span) -> dict[str, object] | None:
    text = _MARK.sub("", line.text, count=1).strip()
    pieces = [piece.strip() for piece in _PARTS.split(text)]
    at = next(
        (
            index
            for index, piece in enumerate(pieces)
            if index and (is_day(source, piece) or is_short_day(source, piece))
        ),
        None,
    )
    if at is None or not WHO_AT < at + 1 < len(pieces) or sum(char.isalpha() for char in pieces[0]) < LEAST_TOLD:
        return None
    if any(map(str.isdigit, pieces[at - 1])) or len(pieces[at - 1]) > LONGEST_NAME:
        return None  # without somebody who does it, it is a list of lots or gauges
    told, state = ", ".join(pieces[:at]), ", ".join(pieces[at + 1 :])
    day = next((found.value for found in source.dates(pieces[at])), None) or short_day(source, pieces[at])
    if state_of(state) is None or day is None or any(is_day(source, piece) for piece in pieces[:at]):
        return None
    return {
        "action": told[:MAX_VALUE],
        "due": put_off_to(source, state) or day,
        "labels": ["action", "due", "status"],
        "status": state[:MAX_VALUE],
    }


WHO_AT = 2
"""Place of the day in a line of what, who, until when and how far."""

_PARTS = re.compile(
    r"\s[–—-]{1,2}\s|\s?[,;:]\s|\s?[，；：。（）]\s?|\t|\s/\s|\s\((?=[^()]{2,40}\d)|(?<=\d)\)[.,:;]?\s|(?<=\d{4})\.\s|(?<=[월月]\d\d日)\s"
)


def _missed(source: Source) -> Iterator[Task]:
    for one, made in itertools.chain(missed_tasks(source, _told(source)), left_tasks(source, _told(source))):
        yield one.passage, one.span, made


def _told(source: Source) -> list[Passage]:
    return [
        passage for passage in source.passages if not passage.hidden and passage.mode not in ("template", "credential")
    ]


_MARK = re.compile(r"(?:^|(?<=[.;。；] ))\s*(?:[-*•–—]|\(?\d{1,2}[.)]|[a-h][.)])\s")


def _tasks_of(line: Span) -> Iterator[Span]:
    """A line, or its numbered points where it runs several together."""
    if "|" in line.text or len(line.text) > LONGEST * 5:
        return
    starts = [match.start() for match in _MARK.finditer(line.text)] or [0]
    for begin, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        text = line.text[begin:end]
        if len(text) <= LONGEST:
            left = len(text) - len(text.lstrip())
            yield Span(line.start + begin + left, line.start + begin + len(text.rstrip()), text.strip())


@cache
def _deadline() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A deadline before its day (by 29 May), and behind it (5월 20일까지)."""
    before, behind = (phrases("tasks", name).pattern for name in ("due_before", "due_behind"))
    return re.compile(rf"(?:{before})\W{{0,4}}(?:(?:the|ngày|tanggal|tgl|วันที่)\W?)?"), re.compile(
        rf"['’]?\w{{0,2}}\W{{0,2}}(?:{behind})"
    )


@cache
def _made() -> re.Pattern[str]:
    """Goods from before a day, at the end of what stands before it: ``all rolls produced before``."""
    return re.compile(
        rf"(?<!to be )(?:{phrases('tasks', 'made').pattern})\s?"
        r"(?:before|until|up to|trước(?: ngày)?|sebelum(?: tanggal)?|ก่อน(?:วันที่)?)\W{0,4}$"
    )


def _read(source: Source, line: Span) -> dict[str, object] | None:
    folded = fold(line.text)
    before, behind = _deadline()
    for begin, end, day in days_in(source, line.text):
        led = any(match.end() == begin for match in before.finditer(folded[:begin]))
        if (not led and not behind.match(folded[end:])) or (led and _made().search(folded[:begin])):
            continue
        told, state = line.text[:begin], line.text[end:]
        if box := _BOX.match(told):
            told, state = told[box.end() :], ("done" if "".join(filter(None, box.groups())).strip() else "open")
        if sum(char.isalpha() for char in told) < LEAST_TOLD:
            told = state
        if state_of(state) is None or _done_in_time(source, state, day):
            return None
        return {
            "action": told.strip(" -–—:;,(").strip()[:MAX_VALUE],
            "due": put_off_to(source, state) or day,
            "labels": ["action", "due", "status"],
            "status": state.strip(" -–—:;,.)").strip()[:MAX_VALUE],
        }
    return None


def _done_in_time(source: Source, state: str, due: str) -> bool:
    """Whether the first clause behind a due day tells of a day on which the thing was done, up to the due day or in a word for closed at
    its beginning, whatever is open besides.
    """
    clause = next((part for part in _STATE_PARTS.split(state) if any(map(str.isalnum, part))), "")
    days = days_in(source, clause)
    if state_of(clause) != "done" or not days:
        return False
    return any(day <= due for _, _, day in days) or tells_closed(clause)


def tells_closed(clause: str) -> bool:
    """Whether a clause begins with a word that a thing is closed or done: what goes on behind it is another matter."""
    return _CLOSES_AT.match(fold(clause).strip(" -–—:;,.(")) is not None


_CLOSES_AT = words(tuple(table("cases")["status_words"]["closed"]))


_STATE_PARTS = re.compile(r"[,;.](?!\d)|[，；。、]")

_BOX = re.compile(r"\s*(?:[-*•–]\s*)?(?:\[([ xXvV✓✔]?)\]|[☐□](\s?)|([☑☒✓✔]))\s*")
"""A box before a task, ticked where it is done."""
