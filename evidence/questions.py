"""Standard questions: what a buyer would ask to see for each expectation. Each expectation of an assessment names its own, so that
a reviewer can put them to the papers; the answers lead to passages and decide nothing.
"""

from dataclasses import dataclass
from functools import cache

from evidence.data import table


@dataclass(frozen=True)
class StandardQuestion:
    """A question for an expectation; ``mode`` is what a passage must do to answer it, None for any."""

    expectation: str
    ask: str
    mode: str | None = None


@cache
def standard_questions(expectation: str | None = None) -> tuple[StandardQuestion, ...]:
    """The questions of one expectation, or all, in the order of the data."""
    entries = table("questions")["question"]
    return tuple(
        StandardQuestion(entry["expectation"], entry["ask"], entry.get("mode"))
        for entry in entries
        if expectation is None or entry["expectation"] == expectation
    )
