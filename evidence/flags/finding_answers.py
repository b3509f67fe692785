"""What is said of findings besides themselves: that they were answered, that no answer came, that none had to come."""

import re
from collections.abc import Sequence

from evidence.facts.text import fold, late, phrases

_DONE = phrases("audits_flags", "done")
_CLOSED = phrases("case_forms", "closing")


def is_answered(folded: str) -> bool:
    """Whether a line tells of a cause, an action or a closing, and not that none came."""
    said = folded
    for match in undone(folded):
        said = said.replace(match, " ")
    return _DONE.search(said) is not None or _CLOSED.search(said) is not None


def asks_for_answer(folded: str) -> bool:
    """Whether a line asks those who were audited to answer, and says of nothing that it was closed: ``Area heads to reply by 10 April``."""
    return _ASKS_FOR.search(folded) is not None and _CLOSED.search(folded) is None


_ASKS_FOR = phrases("audits_flags", "asks_answer")


def says_closed(folded: str) -> bool:
    """Whether a line says that a finding was closed."""
    return _CLOSED.search(folded) is not None


def undone(folded: str) -> list[str]:
    """The words that say that an answer to findings has not come; that none is required is another thing."""
    return [
        match.group()
        for match in _UNDONE.finditer(folded)
        if not _ASKS.match(folded, match.end()) and not _NOT_ASKED.search(match.group())
    ]


def says_left(folded: str) -> bool:
    """Whether a text says that what was found still lies open or that nobody took it up."""
    return bool(undone(folded)) or _LEFT.search(folded) is not None


def surely_left(folded: str) -> bool:
    """The same, in words that tell nothing of what was found: of ``card not filled`` nobody knows which it is."""
    return bool(undone(folded)) or _SURE.search(folded) is not None


def without_left(folded: str) -> str:
    """A text without the words that say that something lies open: what is left may tell that something else was done."""
    for match in undone(folded):
        folded = folded.replace(match, " ")
    return _LEFT.sub(" ", folded)


_NONE_OF = rf"(?:{phrases('audits_flags', 'none_of').pattern})[^\n.;。；]{{0,40}}?(?:{phrases('audits_flags', 'came_of').pattern})"
_SURE = late("|".join((*(phrases("audits_flags", name).pattern for name in ("abandoned", "left_open")), _NONE_OF)))
_LEFT = late(f"{_SURE.pattern}|{phrases('audits_flags', 'left_vague').pattern}")

NEAR_NEED = 20
"""Letters behind an answer that was not given up to the word that none was required."""

_UNDONE = late(
    rf"(?:{phrases('audits_flags', 'none_before').pattern}|{phrases('audits_flags', 'not_yet').pattern})[^\w|]{{0,3}}(?:[^\W\d_]+ ){{0,3}}?"
    rf"(?:{phrases('audits_flags', 'answers').pattern})|(?:{phrases('audits_flags', 'answers').pattern})"
    rf"[^\n.,;]{{0,30}}?(?:{phrases('audits_flags', 'none_behind').pattern}|{phrases('audits_flags', 'not_come').pattern})|"
    rf"(?:{phrases('audits_flags', 'none_of').pattern})[^\n.;]{{0,60}}?(?:{phrases('audits_flags', 'answers').pattern})|"
    rf"(?:{phrases('audits_flags', 'replies').pattern})[^\n.;]{{0,40}}?[:：–—-]\s?(?:{phrases('audits_flags', 'no_reply').pattern})(?=\W|$)"
)
"""Words that an answer to the findings has not come."""

_NEEDED = phrases("audits_flags", "needed").pattern
_ASKS = late(rf"[^\n.,;:。，]{{0,{NEAR_NEED}}}?(?:{_NEEDED})")
_NOT_ASKED = late(rf"(?:{_NEEDED})[^\W\d_]{{0,3}}\W{{0,2}}(?:{phrases('audits_flags', 'none_behind').pattern})$")


def answered_by_number(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the rows of findings refer to another paper, and others name two of their numbers, or the only one: ``F1 | Plating | ... |
    see CAR mail``, and a mail that answers F1 and F2.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if _REFERS.search(fold(line)) and "|" in line]
    numbers = {row[0] for row in rows if _NUMBER.fullmatch(row[0])}
    return bool(numbers) and any(
        sum(re.search(rf"(?<![^\W_]){re.escape(number)}(?![^\W_])", other) is not None for number in numbers)
        >= min(len(numbers), 2)
        for other in others
    )


_NUMBER = re.compile(r"(?=[^|]*\d)[^\W_]{1,6}(?:[-/.][^\W_]{1,6}){0,3}")
_REFERS = phrases("audits_flags", "refers")
