"""Several cases told in one paper, each in a paragraph that begins with its number: ``K-26-04. Came in 9 February 2026. Ladders at the
armhole, 63 pieces. ... Closed 10 March 2026.``

Fact: kind ``case``, role ``letter``, value as that of a letter, with the ``reference`` and the mark ``paragraph``; ``problem`` is one
sentence, and cause, action and closing may lack.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from evidence.facts.case_heads import MAX_VALUE, Case, written
from evidence.facts.case_letters import (
    Told,
    changes,
    closes,
    day_of,
    letters_told,
    looks,
    sentences,
    tells,
    tells_cause,
)
from evidence.facts.case_points import read_point
from evidence.facts.days import days_in
from evidence.facts.sources import Source, fact
from evidence.facts.text import Span, late, lines, phrases
from evidence.model import Fact, Passage

LEAST_CASES = 2
"""Paragraphs that begin with numbers made alike, from which a paper tells of several cases."""

LEAST_LETTERS = 40
"""Letters of a paragraph that tells a case; a sign of Chinese, Japanese or Korean counts for three."""

_NUMBER = late(
    rf"\W{{0,4}}(?:(?P<word>(?i:{phrases('case_forms', 'case_before').pattern}))\W{{0,3}})?"
    r"(?P<number>(?:[A-ZĐ]{1,6}[-/ .]?)?\d{1,4}(?:[-/.]\d{1,4}){0,3}|#\d{1,4})[.:)]?\W{1,4}(?=[^\W_])"
)


def of_paragraphs(source: Source, passages: Sequence[Passage], named: bool = False) -> Iterator[Fact]:
    """The cases of such a paper; none where fewer than two paragraphs begin alike. ``named`` asks that each number stands behind a word
    for a case, as in minutes, which speak of other things too.
    """
    found: list[tuple[str, Passage, Span, str, int]] = []
    for passage in passages:
        for line in lines(passage.text) if not passage.hidden and passage.mode != "template" else ():
            match = _NUMBER.match(line.text) if "|" not in line.text else None
            if match is None or (named and not match["word"]):
                continue
            if (match["word"] or _is_code(match["number"])) and letters_told(line.text) >= LEAST_LETTERS:
                shape = re.sub(r"\d+", "0", match["number"])
                found.append((shape, passage, line, match["number"], match.end()))
    shapes = Counter(shape for shape, *_ in found)
    for shape, passage, line, number, begin in found:
        if shapes[shape] >= LEAST_CASES and (case := _read(source, passage, line, number, begin)):
            yield fact("case", "letter", written(case), passage, line.start, line.end, confidence=0.7)


def _is_code(number: str) -> bool:
    """Whether a number is that of a case and no count of points or a day: it has letters, or parts joined by dashes."""
    return (
        any(map(str.isalpha, number))
        or number.startswith("#")
        or re.fullmatch(r"\d{2,4}[-/]\d{1,4}", number) is not None
    )


def _read(source: Source, passage: Passage, line: Span, number: str, begin: int) -> Case | None:
    """The case of one paragraph; None where it tells no problem or no day."""
    told = [
        one
        for one in sentences([passage])
        if line.start <= one.span.start < line.end and one.span.end > line.start + begin
    ]
    if len(told) == 1:
        return read_point(source, told[0], number, begin)
    case = Case()
    opened = next(
        (day for one in told[:LEAST_CASES] if not _only_closes(source, one) and (day := day_of(source, one))), None
    )
    at, problem = _problem(source, told, line.start + begin)
    if opened is None or not problem:
        return None
    case.dates["opened"] = opened
    case.add("reference", number)
    case.parts["paragraph"] = ["yes"]
    case.add("problem", problem)
    rest = told[at + 1 :]
    if cause := next((one for one in rest if tells_cause(one.folded)), None):
        case.add("root_cause", cause.span.text)
    acted = next((index for index, one in enumerate(rest) if changes(one.folded) and one is not cause), None)
    if acted is not None:
        case.add("action", rest[acted].span.text)
    for one in rest[acted or 0 :]:
        if looks(one.folded) or any(map(str.isdigit, one.folded)):
            case.add("looked", one.span.text)
    ends = [one for one in told[at:] if closes(one.folded)]
    if ends:
        case.add("status", ends[-1].span.text[:MAX_VALUE])
        if day := _closing_day(source, ends[-1]):
            case.dates["closed"] = day
    return case


def _only_closes(source: Source, one: Told) -> bool:
    """Whether the only day of a sentence is that on which the case was closed."""
    return closes(one.folded) and len(days_in(source, one.span.text)) == 1


def _closing_day(source: Source, one: Told) -> str | None:
    days = days_in(source, one.span.text)
    return days[-1][2] if days else None


def _problem(source: Source, told: Sequence[Told], begin: int) -> tuple[int, str]:
    """The sentence that tells what was wrong, and its place: the first with words behind the day, or the next where the first only says
    when it came in and from whom.
    """
    for at, one in enumerate(told[:MOST_BEFORE]):
        text = one.span.text[max(0, begin - one.span.start) :]
        days = days_in(source, text)
        behind = text[days[0][1] :] if days else text
        bare = behind.strip(" .,:;)-–—")
        following = told[at + 1] if at + 1 < len(told) else None
        heads = at == 0 and days and ":" not in behind[:3] and following is not None and not day_of(source, following)
        if (
            heads
            and following is not None
            and tells(following)
            and not changes(following.folded)
            and not closes(following.folded)
        ):
            continue
        if sum(map(str.isalpha, bare)) * (1 if " " in bare else 3) >= LEAST_TOLD:
            return at, bare
    return 0, ""


MOST_BEFORE = 3
"""Sentences of a paragraph among which the one on the problem stands."""

LEAST_TOLD = 12
"""Letters that tell what was wrong."""
