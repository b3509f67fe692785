"""Days on which an audit or a review was last held, told in a mail that answers: ``our in-house audit was on 22 September 2025``."""

import re
from collections.abc import Sequence
from datetime import date

from evidence.bundle import Bundle, Evidence, is_example
from evidence.facts.text import fold, late, phrases
from evidence.flags.finding_answers import says_closed
from evidence.flags.told_cases import sentences_of
from evidence.model import DocumentReport

BY_NUMBER = {
    "internal_audit": late(rf"{phrases('titles', 'internal_audit').pattern}|(?<![^\W_])i\.?a\.?[-/ ]?\d{{1,2}}(?!\d)"),
    "management_review": late(rf"{phrases('titles', 'management_review').pattern}|(?<![^\W_])mrm(?![^\W_])"),
}
"""What a mail calls audits and reviews: by their numbers as well, ``IA-11``."""

DAYS = ("date", "period")
"""Kinds of facts that say when something was held: on a day, or in a month."""

FAR = 60
"""Letters between the word for the audit, the word for holding it, and its day."""


def told_in_mail(bundle: Bundle, document: DocumentReport, says: re.Pattern[str]) -> Evidence | None:
    """A mail with the newest day on which a sentence of it says that what ``says`` names was held, or was held last; None where none
    does. What the mail tells as done since, and its own day, are no audit.
    """
    if not document.is_mail or is_example(document):
        return None
    return _told(bundle, document, says)


def told_in_minutes(bundle: Bundle, says: re.Pattern[str]) -> list[Evidence]:
    """What minutes and other records tell in a sentence of when it was last held, where no record of it was sent."""
    told = (
        _told(bundle, document, says)
        for document in bundle.read
        if document.kind in LOOK_BACK and document.reading != "static" and not is_example(document)
    )
    return [evidence for evidence in told if evidence is not None and bundle.is_record(evidence.passage)]


LOOK_BACK = ("management_review_record", "internal_audit_record", "other")
"""Kinds of papers that look back on audits and reviews."""


def _told(bundle: Bundle, document: DocumentReport, says: re.Pattern[str]) -> Evidence | None:
    found: Evidence | None = None
    for passage, sentence in sentences_of(document):
        folded = fold(sentence)
        named = says.search(folded)
        held = _HELD.search(folded, named.end()) if named else None
        if named is None or held is None or held.start() > named.end() + FAR:
            continue
        told: list[tuple[int, int, date]] = []
        for fact in bundle.facts_in(document, passage):
            at = sentence.find(fact.quote) if fact.kind in DAYS and fact.quote else -1
            day = bundle.happened(fact) if named.end() <= at <= held.end() + FAR else None
            if day and not says_closed(folded[named.end() : at]):
                told.append((at, at + len(fact.quote), day))
        days = _in_one_run(folded, says, sorted(told))
        if days and (found is None or found.day is None or max(days) > found.day):
            found = Evidence(document, passage, max(days))
    return found


def _in_one_run(folded: str, says: re.Pattern[str], told: Sequence[tuple[int, int, date]]) -> list[date]:
    """The first day behind what was held, those listed right behind it, and those before which holding it is told again; any other tells
    what was done since: ``minutes are of 25 March 2025, 6 decisions, all carried out by 8 August 2025``.
    """
    days: list[date] = []
    end = 0
    for at, until, day in told:
        between = folded[end:at]
        if days and len(between) > BETWEEN and not (_HELD.search(between) or says.search(between)):
            break
        days.append(day)
        end = until
    return days


BETWEEN = 8
"""Letters between two days of one list: a comma, a word for and."""

_HELD = phrases("audits_flags", "held_last")
