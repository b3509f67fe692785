"""What shows that a procedure is lived: an exercise of a recall, a check of gauges that is no sheet of daily readings, words of its topic;
and which procedure cannot have been lived yet.
"""

import re
from datetime import timedelta

from evidence.bundle import Bundle
from evidence.facts.text import fold, phrases
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.titles import RULES_AND_FORMS

_RECALL, _EXERCISE, _CALIBRATES = (phrases("titles", name) for name in ("recall", "exercise", "calibrates"))

LEAST_DAYS = 5
"""Days in a paper from which it is a log of readings."""


def asks_for_exercise(document: DocumentReport) -> bool:
    """Whether a procedure asks for an exercise: one that waits for a case leaves no record in a good year."""
    return any(_EXERCISE.search(fold(passage.text)) for passage in document.shown)


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


SAYING = ("calibration", "competence")
"""Topics whose records always say a word of them; a model may take any table of readings or names for one."""

_KNOWN = re.compile(r"[\u0e01-\u0e4e\u3040-\u9fff\uac00-\ud7a3]")

LANGUAGES = frozenset(("en", "vi", "id", "ms", "th", "zh", "ko", "tr", "ja"))
"""Languages whose words for the topics are known."""


def says_topic(document: DocumentReport, criterion: str) -> bool:
    """Whether a record has a word of its topic, where the words of that topic are known in its language."""
    if criterion not in SAYING:
        return True
    text = fold(" ".join((document.path, *(f"{' '.join(p.heading)} {p.text}" for p in document.passages))))
    if phrases("titles", criterion).search(text) or (criterion == "calibration" and _CALIBRATES.search(text)):
        return True
    return not _KNOWN.search(text) and not any(passage.language in LANGUAGES for passage in document.passages)


_FIRST_ISSUE, _IN_FORCE = (phrases("procedures", name) for name in ("first_issue", "in_force"))

YOUNG = timedelta(days=60)
"""After its first issue a procedure need not have left a record yet."""


@remembered
def is_to_come(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a procedure is in force from a day to come, or was first issued a short time ago."""
    places = {passage.id: fold(passage.text).splitlines() for passage in document.passages}
    for fact in document.facts:
        day = fact.day
        if day is None:
            continue
        quote = fold(fact.quote)
        line = next((line for line in places.get(fact.passage, ()) if quote in line), "")
        if day > bundle.today and (fact.role == "issue" or _IN_FORCE.search(line)):
            return True
        if day + YOUNG > bundle.today and _FIRST_ISSUE.search(line):
            return True
    return False
