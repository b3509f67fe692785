"""What shows that a procedure is lived: an exercise of a recall, and a check of gauges that is no sheet of daily readings."""

from evidence.bundle import Bundle
from evidence.facts.text import fold, phrases
from evidence.model import DocumentReport
from evidence.titles import RULES_AND_FORMS

_RECALL, _EXERCISE, _CALIBRATES = (phrases("titles", name) for name in ("recall", "exercise", "calibrates"))

LEAST_DAYS = 5
"""Days in a paper from which it is a log of readings."""


def asks_for_exercise(document: DocumentReport) -> bool:
    """Whether a procedure asks for an exercise: one that waits for a case leaves no record in a good year."""
    return any(_EXERCISE.search(fold(passage.text)) for passage in document.passages if not passage.hidden)


def tells_recall(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a record tells of a recall or of an exercise of one."""
    return document.kind not in RULES_AND_FORMS and any(
        bundle.is_record(passage) and (_RECALL.search(text) or _EXERCISE.search(text))
        for passage in document.passages
        for text in (fold(f"{document.path} {passage.text}"),)
    )


def is_daily_log(document: DocumentReport) -> bool:
    """Whether a paper only tells readings day by day, and no word of it is one of calibrating: a chamber is watched, no probe checked."""
    days = {fact.value for fact in document.facts if fact.kind == "date" and fact.role == "evidence"}
    if len(days) < LEAST_DAYS:
        return False
    text = fold(" ".join((document.path, *(passage.text for passage in document.passages))))
    return _CALIBRATES.search(text) is None
