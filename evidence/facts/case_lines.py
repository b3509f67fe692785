"""Lines of a report: those in which several parts stand, each behind its head, the halves of a cause, rows of figures."""

import re
from collections.abc import Sequence

from evidence.facts.text import Span, fold, is_nameless, phrases

_NEXT_LABEL = re.compile(
    r"(?<=[.;。；])\s+(?=[^\W\d_][^:\uff1a.;|\n]{1,28}[:\uff1a]\s*\S)|(?<=[。；])(?=[^\W\d_][^:\uff1a。；|\n]{1,12}[:\uff1a]\s*\S)"
)


_NUMBERED = re.compile(r"\s*\(?[^\W_]{1,2}[.)。]")
"""The number of a line: ``3.`` before its label is no sentence of its own."""


def labelled(line: Span) -> list[Span]:
    """A line of prose, cut where a sentence of it begins with a head of its own: ``Cause: cold mould. Action: heater fitted.``"""
    if "|" in line.text:
        return [line]
    starts = [
        0,
        *(
            match.end()
            for match in _NEXT_LABEL.finditer(line.text)
            if not _NUMBERED.fullmatch(line.text[: match.start()])
        ),
    ]
    ends = [*starts[1:], len(line.text)]
    return [
        Span(line.start + begin, line.start + end, line.text[begin:end])
        for begin, end in zip(starts, ends, strict=True)
    ]


def half_of_cause(section: str | None, label: str, rest: str) -> str | None:
    """What a head within the part of the cause names: why it came about (``Occurrence:``) or why nobody saw it (``Escape:``)."""
    if section not in ("root_cause", "outflow") or not rest:
        return None
    head = fold(label).strip(" .-*")
    if phrases("case_forms", "escapes").fullmatch(head):
        return "outflow"
    return "root_cause" if phrases("case_forms", "occurs").fullmatch(head) else None


def is_of_figures(row: Sequence[Span]) -> bool:
    """Whether a line is a row of a table of figures, whose head and remark are no fields of a report."""
    return len(row) >= LEAST_FIGURES and sum(is_nameless(cell.text) for cell in row) * 2 > len(row)


LEAST_FIGURES = 4
"""Cells of a row of figures."""
