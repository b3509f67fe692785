"""Lines of a report in which several parts stand, each behind its head."""

import re

from evidence.facts.text import Span

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
