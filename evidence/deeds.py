"""Sentences that cannot say why a problem came about: what was done, what was looked at afterwards, the closing, words of courtesy, and the
problem again. Where a report of a closed case holds no others, it tells no cause, whatever its form.
"""

from collections.abc import Sequence

from evidence.defects import akin_to, telling
from evidence.facts.case_letters import Told, closes, tells_cause
from evidence.facts.text import any_of, fold, late, phrases
from evidence.no_cause import says_no_cause


def tell_no_cause(told: Sequence[Told], problem: str) -> bool:
    """Whether none of the sentences behind a problem can say why it came about."""
    known = telling(fold(problem))
    return all(
        says_no_cause(one.folded)
        or is_deed(one.folded)
        or _is_aside(one.folded)
        or _denies(one.folded, known)
        or _tells_again(one.folded, known)
        for one in told
    )


def is_deed(folded: str) -> bool:
    """Whether a sentence tells what was done and holds no word for a fault: ``the wrong mesh was fitted`` says why."""
    return tells_deed(folded) and not may_say_why(folded)


def tells_deed(folded: str) -> bool:
    """Whether a sentence tells in a word for doing what was done about a problem or with its goods."""
    return _DEEDS.search(folded) is not None


def _is_aside(folded: str) -> bool:
    """Whether a sentence closes, tells what a look found, or is there for courtesy."""
    if tells_cause(folded) or _LED_TO.search(folded):
        return False
    return closes(folded) or _FOUND_GOOD.search(folded) is not None or _COURTESY.search(folded) is not None


def _tells_again(folded: str, known: set[str]) -> bool:
    """Whether a sentence is about what the problem names, and says no more of it than how it looks."""
    words = telling(folded)
    again = sum(akin_to(word, known) for word in words)
    return 1 < again >= len(words) - again - 1 and not may_say_why(folded)


def _denies(folded: str, known: set[str]) -> bool:
    """Whether a clause says that the problem was not there, in hardly a word but its own: ``120 drums, no leak``. ``No leak test was done`` is a
    reason.
    """
    return any(
        0 < len(words := telling(folded[none.end() :].split(",")[0])) <= MOST_DENIED
        and any(akin_to(word, known) for word in words)
        for none in _NONE.finditer(folded)
    )


MOST_DENIED = 2
"""Words behind one for none, of which one at least is the problem's."""


def may_say_why(folded: str) -> bool:
    """Whether a sentence has a word for a fault or for a cause, and does not say that none was found."""
    told = _FAULTY.search(folded) is not None or tells_cause(folded) or _LED_TO.search(folded) is not None
    return told and not says_no_cause(folded)


_DEEDS, _FAULTY, _COURTESY, _LED_TO = (phrases("letters", name) for name in ("deeds", "faulty", "courtesy", "led_to"))
_NONE = phrases("letters", "denies")
_FOUND_GOOD = late(
    any_of(
        ("corrective_flags", "none_found"),
        ("audits_flags", "none_before"),
        ("audits_flags", "none_behind"),
        ("letters", "within"),
    ).pattern
    + r"|(?<![\d.,/-])0 [^\W\d_]{2}|(?<![\d.,/-])(\d{1,5})\D{1,14}\1(?!\d)"  # 44 out of 44
)
