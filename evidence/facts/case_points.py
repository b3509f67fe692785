"""A case told in one sentence, its parts between commas: ``Complaint F-0311 biscuit seal leaks (14 bags of 9/14): wire of the sensor loose,
fixed again, closed 17 April, 600 bags looked at in June, none leaks``.
"""

import re

from evidence.facts.case_heads import MAX_VALUE, Case
from evidence.facts.case_letters import Told, changes, closes, letters_told, looks
from evidence.facts.days import days_in
from evidence.facts.sources import Source
from evidence.facts.text import fold

LEAST_TOLD = 6
"""Letters of a clause that tells something; a sign of Chinese, Japanese or Korean counts for three."""

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_COLON = re.compile(r"[:：](?!\d)|\s[–—-]\s")
_CLAUSES = re.compile(r",(?!\d)|(?<!\d),|[，;；。、]|\s[–—-]\s|(?<=[^\W\d_])\.\s")


def read_point(source: Source, one: Told, number: str, begin: int) -> Case | None:
    """The case of such a sentence: what was wrong before the colon, or before the first comma, with the day that stands there; behind it
    why, what was done, the closing and what was seen later. None where it tells no problem, or neither when it came up nor its end.
    """
    text = one.span.text[max(0, begin) :] if begin < len(one.span.text) else ""
    head, rest = _halves(text)
    problem = head.strip(" .,:;-–—")
    if letters_told(problem) < LEAST_TOLD:
        return None
    case = Case()
    case.add("reference", number)
    case.parts["paragraph"] = ["yes"]
    case.add("problem", problem)
    if days := days_in(source, head):
        case.dates["opened"] = days[0][2]
    for clause in filter(None, map(str.strip, _CLAUSES.split(rest))):
        folded = fold(clause)
        if closes(folded):
            case.add("status", clause[:MAX_VALUE])
            if days := days_in(source, clause):
                case.dates.setdefault("closed", days[-1][2])
        elif letters_told(clause) < LEAST_TOLD:
            continue
        elif changes(folded) and "closed" not in case.dates:
            case.add("action", clause)
        elif not {"root_cause", "action"} & set(case.parts):
            case.add("root_cause", clause)
        elif looks(folded) or any(map(str.isdigit, folded)):
            case.add("looked", clause)
    return case if {"opened", "closed"} & set(case.dates) else None


def _halves(text: str) -> tuple[str, str]:
    """What stands before the first colon, or the first comma where there is none, and what behind it; brackets hold neither."""
    hidden = _BRACKETS.sub(lambda found: "_" * len(found[0]), text)
    at = _COLON.search(hidden) or _CLAUSES.search(hidden)
    return (text[: at.start()], text[at.end() :]) if at else (text, "")
