"""Cases told one after the other, each in an entry of its own that says that it is closed: the points of minutes, the paragraphs of a
letter, rows under heads that nobody listed. ``1. Valve bonnet, cold shut on 11 pieces. Credit note given. Gauge added 8 July. CLOSED.``

Fact: as that of a paragraph (``case_paragraphs``). What makes entries of them is that several close and tell what was done; no number and
no head is asked for.
"""

import re
from collections.abc import Iterator, Sequence

from evidence.facts.case_heads import MAX_VALUE, Case, head_of, written
from evidence.facts.case_letters import (
    Told,
    changes,
    closes,
    letters_told,
    may_check,
    sentences_in,
    speaks_of_closing,
    tells_cause,
)
from evidence.facts.days import days_in
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span, cells, fold, lines, phrases
from evidence.model import Fact, Passage

LEAST_ENTRIES = 2
"""Entries that close and tell what was done, from which a paper tells of one case after the other."""

LEAST_SENTENCES = 3
"""Sentences of an entry: what was wrong, what was done, the end."""

LONGEST_ENTRY = 1200
"""Letters of an entry; what is longer is a paper of its own."""

LEAST_PROBLEM = 12
"""Letters of a sentence that says what was wrong; a sign of Chinese, Japanese or Korean counts for three."""

LONGEST_HEAD = 24
"""Letters of a head at the beginning of a cell: ``Cause: wheel worn``."""


def of_entries(source: Source, passages: Sequence[Passage], every: bool) -> Iterator[Fact]:
    """The cases of such a paper; none where fewer than two entries close. Without ``every`` an entry counts only if it says why too, as in
    minutes that speak of other things.
    """
    found: list[tuple[Passage, Span, Case]] = []
    all_closed = _closes_all(passages)
    for passage in passages:
        end = all_closed or next((head for head in passage.heading if closes(fold(head))), "")
        told = not passage.hidden and passage.mode != "template" and (end or speaks_of_closing(fold(passage.text)))
        for line in lines(passage.text) if told else ():
            entry = _whole(source, line)
            if entry is None or len(entry.text) > LONGEST_ENTRY or not (end or closes(fold(entry.text))):
                continue
            if case := _read(source, passage, entry, end):
                if entry is not line:
                    case.parts["cut"] = ["yes"]
                found.append((passage, line, case))
    if len(found) < LEAST_ENTRIES:
        return
    for passage, line, case in found:
        if every or "root_cause" in case.parts:
            yield fact("case", "letter", written(case), passage, line.start, line.end, confidence=0.7)


def _whole(source: Source, line: Span) -> Span | None:
    """The paragraph of which a line is the beginning, where it was too long for one passage; None for what is left of it in the next one."""
    if "|" in line.text:
        return line
    for text in source.long_blocks:
        if line.text in text and len(text) > len(line.text) + LEAST_CUT:
            return Span(line.start, line.start + len(text), text) if text.startswith(line.text[:LEAST_CUT]) else None
    return line


LEAST_CUT = 10
"""Letters by which a paragraph is longer than its part in one passage."""


def _closes_all(passages: Sequence[Passage]) -> str:
    """The sentence of a paper that closes all that it tells of: ``All three complaints are closed``; empty where none does."""
    for passage in passages:
        if passage.hidden or not speaks_of_closing(fold(passage.text)):
            continue
        for line in lines(passage.text):
            for span in sentences_in(line) if "|" not in line.text else ():
                folded = fold(span.text)
                if len(folded) > LONGEST_CLOSING or not closes(folded) or _NONE.search(folded):
                    continue
                if _ALL.search(folded):
                    return span.text
    return ""


LONGEST_CLOSING = 120
"""Letters of a sentence that closes all cases."""

_NONE_SEEN = re.compile(r"(?<![\d.,/-])0 ?[^\W\d_]{2}")
_ALL, _NONE = phrases("said_met", "all"), phrases("letters", "denies")


def _read(source: Source, passage: Passage, line: Span, end: str) -> Case | None:
    """The case of one entry; None where it tells no problem, no deed or no end. One that ends with what closes all must say why."""
    told = told_in(passage, line)
    first = next((at for at, one in enumerate(told) if letters_told(one.span.text) >= LEAST_PROBLEM), None)
    ends = [at for at, one in enumerate(told) if closes(one.folded)]
    if len(told) < LEAST_SENTENCES or first is None or not (ends or end) or (ends and ends[-1] <= first):
        return None
    last = ends[-1] if ends else len(told)
    if changes(told[first].folded) and tells_cause(told[first].folded):
        return None
    rest = range(first + 1, len(told))
    why = next((at for at in range(first, len(told)) if _says_why(told[at], at == first)), None)
    acts = [at for at in rest if at not in (why, last) and (changes(told[at].folded) or _names(told[at], "action"))]
    if not acts and why is not None:
        acts = [at for at in rest if at > why and at != last][
            :1
        ]  # what stands behind the cause was done, in whatever words
    if not acts or (why is None and not ends):
        return None
    case = Case()
    case.parts["paragraph"] = ["yes"]
    case.add("problem", told[first].span.text)
    if why is not None:
        case.add("root_cause", _behind_head(told[why]))
    case.add("action", told[acts[0]].span.text)
    for at in rest:
        if at != why and (
            may_check(source, at, told[at], acts) or (at >= acts[0] and _NONE_SEEN.search(told[at].folded))
        ):
            case.add("looked", told[at].span.text)
    case.add("status", (told[last].span.text if ends else end)[:MAX_VALUE])
    if why != first and (days := days_in(source, told[first].span.text)):
        case.dates["opened"] = days[0][2]
    if ends and (days := days_in(source, told[last].span.text)):
        case.dates["closed"] = days[-1][2]
    return case


def told_in(passage: Passage, line: Span) -> list[Told]:
    """The sentences of an entry: of a paragraph, or of the cells of a row."""
    parts = cells(line) if "|" in line.text else [line]
    return [Told(passage, span, fold(span.text)) for part in parts for span in sentences_in(part)]


def _says_why(one: Told, first: bool) -> bool:
    """Whether a sentence says why: by its head, or by a word for a cause."""
    return _names(one, "root_cause") or (not first and tells_cause(one.folded))


def _behind_head(one: Told) -> str:
    """What a sentence tells behind the head of its part, where it has one."""
    return re.split(r"[:\uff1a]", one.span.text, maxsplit=1)[1].strip() if _names(one, "root_cause") else one.span.text


def _names(one: Told, part: str) -> bool:
    """Whether a sentence or a cell begins with the head of a part of a case: ``Cause: wheel worn``."""
    head, colon, _ = one.span.text.replace("\uff1a", ":").partition(":")
    return bool(colon) and len(head) <= LONGEST_HEAD and head_of(head.strip(" -*•")) == part
