"""The day a problem came up, where the only day at the head of its report is that of the paper."""

from evidence.facts.case_heads import Case
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases


def told_before(source: Source, case: Case) -> None:
    """Take the first day that the problem tells for the day it came up, where the head only says ``Date`` and names the day on which the
    case was closed: such a report was written at its end.
    """
    opened = case.dates.get("opened")
    head = fold(case.heads.get("opened", "")).strip(" .:")
    if opened is None or opened != case.dates.get("closed") or not phrases("case_forms", "day").fullmatch(head):
        return
    told = [
        found.value
        for text in case.parts.get("problem", ())
        for found in source.dates(text)
        if found.precision == "day" and found.value < opened
    ]
    if told:
        case.dates["opened"] = told[0]
