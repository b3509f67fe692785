"""Reports of audits that look back on an earlier one and meet its findings as they were."""

from evidence.bundle import Bundle, months_before
from evidence.facts.text import fold, phrases
from evidence.model import DocumentReport, Passage

_AUDITS, _ROUNDS, _ABANDONED, _POINTS, _FOUND = (
    phrases("audits_flags", name) for name in ("audits", "rounds", "abandoned", "points", "found")
)

LEAST_AGE = 2
"""Months after which the findings of an earlier audit should have been taken up."""


def left_since_last(bundle: Bundle, document: DocumentReport) -> list[tuple[Passage, str]]:
    """The lines that name an earlier audit with its day and its findings, and say that nobody took these up."""
    held = bundle.document_day(document)
    limit = months_before(bundle.today, LEAST_AGE)
    found = []
    for passage in document.passages:
        if passage.hidden or not bundle.is_record(passage):
            continue
        days = bundle.days_told(document, passage)
        told = passage.text.splitlines()
        for line, below in zip(told, [*told[1:], ""], strict=True):
            folded = fold(line)
            earlier = any(quote in line and day <= limit and held is not None and day < held for quote, day in days)
            named = (_AUDITS.search(folded) or _ROUNDS.search(folded)) and (
                _POINTS.search(folded) or _FOUND.search(folded)
            )
            if (
                earlier
                and named
                and (_ABANDONED.search(folded) or ("|" not in line + below and _ABANDONED.search(fold(below))))
            ):
                found.append((passage, line))
    return found
