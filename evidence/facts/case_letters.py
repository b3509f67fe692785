"""A case told in the sentences of a letter, a mail or minutes, with no heads for its parts: what happened, why, what was done, the end.

Fact: kind ``case``, role ``letter``, value as that of a form, with only the parts that a sentence tells beyond doubt: ``problem`` the
sentences before the cause, ``root_cause`` and ``action`` one sentence each, ``looked`` any sentence behind the cause that may tell
of a look at the effect, or promise one, ``opened`` and ``closed`` the days of the first sentence and of the closing one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.data import table
from evidence.facts.case_heads import MAX_VALUE, Case, loosely, written
from evidence.facts.case_steps import dates_mail
from evidence.facts.days import short_day
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span, any_of, fold, late, lines, phrases, words
from evidence.model import Fact, Passage

MOST_SENTENCES = 60
"""Sentences of a paper that tells of one problem."""

LONGEST = 600
"""Letters of a sentence that is looked at; a paragraph of Thai has no stops in it."""

LEAST_TOLD = 24
"""Letters beside a day from which a sentence tells what happened on it, and is not the place and day of a letter."""

_ENDS = late(
    r"(?<=[^\W\d_]{2})(?<!\s[Dd]t)(?<!\s[Nn]o)[.!?]\s+|(?<=\d{4})[.!?]\s+(?=[^\W\d_])|"
    r"(?<=[\u0e01-\u0e4e]{2})[.!?]\s+|(?:(?<=[./-]\d\d)|(?<=[./-]\d{4}))[.!?]\s+(?=[^\W_])|(?<=\d[\u4e00-\u9fff\uac00-\ud7a3])\.\s+|(?<=[)%])\.\s+|[。！？]"
)


@dataclass(frozen=True)
class Told:
    """A sentence, folded beside as it is written, and where it stands."""

    passage: Passage
    span: Span
    folded: str
    line: int = 0
    listed: bool = False


def sentences(passages: Sequence[Passage]) -> Iterator[Told]:
    """The sentences of running text; rows of tables are none."""
    number = 0
    for passage in passages:
        for line in lines(passage.text) if not passage.hidden and passage.mode != "template" else ():
            if "|" in line.text:
                continue
            number, listed = number + 1, _POINT.match(line.text) is not None
            for span in sentences_in(line):
                yield Told(passage, span, fold(span.text), number, listed)


def sentences_in(line: Span) -> Iterator[Span]:
    """The sentences of a line or a cell, without those too long to be one."""
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _ENDS.finditer(line.text)), (len(line.text),) * 2]:
        text = line.text[start:end]
        if text.strip() and len(text) <= LONGEST:
            begin = line.start + start + len(text) - len(text.lstrip())
            yield Span(begin, begin + len(text.strip()), text.strip())
        start = after


def of_letter(source: Source, passages: Sequence[Passage]) -> Iterator[Fact]:
    """The case of a paper in running text that says why, what was done and that it is closed."""
    told = [one for one in sentences(passages) if not dates_mail(source, one.span.text)]
    if not 3 <= len(told) <= MOST_SENTENCES:
        return
    at = next((index for index, one in enumerate(told) if index and _CAUSE.search(one.folded)), None)
    if at is None:
        return
    ends = [index for index, one in enumerate(told) if index >= at and closes(one.folded)]
    # What stands between the cause and the end is what was done, in whatever words; else the sentence of the cause tells it too.
    between = range(at + 1, ends[-1] if ends else at)
    acts = [index for index in between if tells(told[index]) or changes(told[index].folded)]
    acts = sorted(acts, key=lambda index: not _is_change(told[index].folded))  # a look at the effect may be told before
    acts = acts or [at] * changes(told[at].folded)
    if not ends or not acts:
        return
    # The paragraph of the cause goes on to explain it, where another one tells what was done.
    beside = [index for index in range(at, len(told)) if told[index].line == told[at].line]
    other = [index for index in acts if index not in beside]
    acts, explained = (other, beside) if any(changes(told[index].folded) for index in other) else (acts, [])
    case = Case()
    _add(case, "problem", [one for one in told[:at] if tells(one)])
    _add(case, "root_cause", told[at : at + 1])
    _add(case, "action", [told[acts[0]]])
    later = [index for index in range(at + 1, len(told)) if index not in explained]
    _add(case, "looked", [told[index] for index in later if may_check(source, index, told[index], acts)])
    for name, day in (("opened", _opened(source, told[: max(at, 1)])), ("closed", day_of(source, told[ends[-1]]))):
        if day:
            case.dates[name] = day
    case.add("status", told[ends[-1]].span.text[:MAX_VALUE])
    if "problem" in case.parts:
        yield fact(
            "case", "letter", written(case), told[at].passage, told[at].span.start, told[at].span.end, confidence=0.7
        )


def _add(case: Case, name: str, told: Sequence[Told]) -> None:
    for one in told:
        case.add(name, one.span.text)


def tells(one: Told) -> bool:
    """Whether a sentence tells something, by its letters; a sign of a script without blanks says more."""
    letters = letters_told(one.span.text)  # signs stand beside days and figures with blanks around them
    return letters >= (LEAST_TOLD if " " in one.span.text else LEAST_TOLD // 3)


def speaks_of_closing(folded: str) -> bool:
    """Whether a word for closing stands in a text, whatever is said with it."""
    return _CLOSES.search(folded) is not None


def closes(folded: str) -> bool:
    """Whether a sentence says that the case is closed, and not that it will be."""
    return bool(_CLOSES.search(folded)) and not _NOT_YET.search(folded) and not _AHEAD.search(folded)


def changes(folded: str) -> bool:
    """Whether a sentence tells what was done about it."""
    return bool(_DONE.search(folded)) or loosely(folded) in ("action", "preventive")


def tells_cause(folded: str) -> bool:
    """Whether a sentence says why something came about."""
    return _CAUSE.search(folded) is not None


def looks(folded: str) -> bool:
    """Whether a sentence has a word for a look at the effect."""
    return _LOOKS.search(folded) is not None


def _is_change(folded: str) -> bool:
    """Whether a sentence tells of a change and of no look at its effect."""
    return changes(folded) and _LOOKS.search(folded) is None


def may_check(source: Source, index: int, one: Told, acts: Sequence[int]) -> bool:
    """Whether a sentence may tell or promise that the effect is looked at: any word for it counts, and behind what was done any figure
    beside the days, as only the lack of a look is reported.
    """
    bare = one.folded
    for found in source.dates(one.span.text):
        bare = bare[: found.start] + " " * (found.end - found.start) + bare[found.end :]
    for match in list(_FIGURE.finditer(bare)):
        if short_day(source, match[0]):
            bare = bare[: match.start()] + " " * len(match[0]) + bare[match.end() :]
    counted = _FIGURE.search(bare) is not None
    if one.listed and not _tells_result(bare, counted):
        return False  # a point of the list of what was done, with its figures
    if index > acts[0]:
        says_good = counted or _IN_ORDER.search(bare) is not None
        return (says_good and not changes(one.folded)) or _LOOKS.search(bare) is not None
    return counted and _GOOD.search(bare) is not None


def _tells_result(bare: str, counted: bool) -> bool:
    """Whether a point of a list tells what was seen: that none was bad or all in order, or how many were looked at, and not how often
    they are from now on.
    """
    good = _GOOD.search(bare) or _IN_ORDER.search(bare) or _WITHIN.search(bare)
    return counted and bool(good or (_SEEN.search(_POINT.sub("", bare)[:LONGEST_LEAD]) and not _RECURS.search(bare)))


LONGEST_LEAD = 12
"""Letters at the beginning of a point in which the word for a look stands; further on it names what was changed."""

_WITHIN, _RECURS = phrases("letters", "within"), phrases("letters", "recurs")
_SEEN = phrases("corrective_flags", "looked_at")


def _opened(source: Source, told: Sequence[Told]) -> str | None:
    """The day of the first sentence that tells what happened on it; none where the paper only says on which day it answers."""
    for one in told:
        day = day_of(source, one)
        if day and tells(one) and not _REPLIES.search(one.folded):
            return day
    return None


def day_of(source: Source, one: Told) -> str | None:
    """The first day that a sentence names, with its year or without."""
    days = [found.value for found in source.dates(one.span.text) if found.precision == "day"]
    return days[0] if days else short_day(source, one.span.text)


_CAUSE = phrases("letters", "cause")
_REPLIES = phrases("letters", "replies")
_CLOSES = late(rf"{phrases('case_forms', 'closing').pattern}|{phrases('corrective_flags', 'closes').pattern}")
_NOT_YET = phrases("case_forms", "not_yet")
_AHEAD = phrases("letters", "condition")
_DONE = words(tuple(word for name in ("technical", "things", "retrain") for word in table("cases")["blame"][name]))
_GOOD = any_of(
    ("corrective_flags", "none_found"),
    ("audits_flags", "zero"),
    ("audits_flags", "none_before"),
)
_POINT = re.compile(r"\s*(?:[-*•–—·‧▪]|\(?\d{1,2}[.)]|[a-h][.)])\s")
"""The mark of a point of a list."""

_FIGURE = late(r"(?<![\w.,/-])\d{1,6}(?:\s?[/.月월]\s?\d{1,2}[日号號일]?|[ -][^\W\d_]{3,10})?")
_IN_ORDER = phrases("audits_flags", "in_order")
_LOOKS = late(
    "|".join(phrases("corrective_flags", name).pattern for name in ("checks", "effect", "seen_later", "none_found"))
)


def letters_told(text: str) -> int:
    """The letters of a text; a sign of a script whose words no blanks part says as much as three."""
    return sum((3 if char > LAST_SPACED else 1) for char in text if char.isalpha())


LAST_SPACED = "\u2e7f"
"""Last sign of the alphabets, whose words blanks part."""
