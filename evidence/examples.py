"""What is told to be learnt from: a case that was made up, and the filled example within a paper that rules."""

from functools import lru_cache

from evidence.facts.text import fold, late, phrases

TAUGHT_BY_EXAMPLE = ("case", "action")
"""What a procedure shows a filled example of; the word means a test piece elsewhere."""

KEPT_HEADINGS = 2_000
"""Headings of which it is remembered whether an example follows: each fact below them asks."""

_LEARNT, _CASE, _MADE_UP = (phrases("papers_flags", name).pattern for name in ("taught", "taught_cases", "made_up"))
_TAUGHT = late(
    rf"(?:{_LEARNT}) ?(?:{_CASE})|(?:{_CASE}) ?(?:{_LEARNT})|(?:{_MADE_UP}) ?(?:{_CASE})|[(（[]\s?(?:{_MADE_UP})\s?[\])）]"
)
_EXAMPLE_HEAD = phrases("papers_flags", "example_heads")


def tells_made_up_case(folded: str) -> bool:
    """Whether a folded text names a case to learn from, or says in brackets that something was made up."""
    return _TAUGHT.search(folded) is not None


@lru_cache(KEPT_HEADINGS)
def heads_example(heading: str) -> bool:
    """Whether a heading says that an example follows."""
    return _EXAMPLE_HEAD.search(fold(heading)) is not None
