"""What readers of every kind come to: two papers have two figures for one thing."""

from typing import NamedTuple

from evidence.bundle import cite
from evidence.flags.registry import Finding, name_of
from evidence.model import DocumentReport, Passage

LONGEST_LABEL = 60
"""Letters of what a figure is called that a finding repeats."""


class Figure(NamedTuple):
    """A figure as its paper has it, a number or words for several, with the line that shows it (the whole passage without one)."""

    value: float | str
    document: DocumentReport
    passage: Passage
    quote: str | None = None


def two_figures(label: str, period: str | tuple[int, int], first: Figure, second: Figure) -> Finding:
    """That one paper has ``first`` and the other ``second`` for what ``label`` calls, in a period as written or from a month to another."""
    if not isinstance(period, str):
        begin, end = period
        period = f"month {begin}" if begin == end else f"months {begin} to {end}"
    told = (one.value if isinstance(one.value, str) else f"{one.value:g}" for one in (first, second))
    words = {"label": label[:LONGEST_LABEL] or "figure", "period": period}
    words |= dict(zip(("first", "second"), told, strict=True))
    words |= {"one": name_of(first.document.path), "other": name_of(second.document.path)}
    return Finding(words, tuple(cite(one.document, one.passage, one.quote) for one in (first, second)))
