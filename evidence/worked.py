"""What red flags take for a record whatever the model said of the single passage: filled readings, answered checklists, dated cases.

A trained model sees words. Days that are over beside numbers and names, figures beside their limits and answers beside their
questions were written by somebody who did something, or who wants to be seen to: either way a rule has to look at them. The
expectations go by the verdicts alone.
"""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from evidence.bundle import EARLIEST, HAPPENED, as_day
from evidence.model import MODES, DocumentReport, Fact, Passage
from evidence.titles import RULES_AND_FORMS, is_filed_as_record

SURE = 0.9
"""How surely a passage with filled values is a record, as verdicts say it."""

_DOERS = ("auditor", "auditee", "inspector", "owner", "chair", "attendee", "checked")
_NUMBERS = (
    "ncr",
    "capa",
    "8d",
    "audit",
    "complaint",
    "lot",
    "batch",
    "heat",
    "serial",
    "deviation",
    "gauge",
    "order",
    "invoice",
)


def worked(documents: Sequence[DocumentReport], today: date) -> list[DocumentReport]:
    """The documents with passages of filled values as records; documents without one are the same objects."""
    return [_worked(document, today) for document in documents]


def _worked(document: DocumentReport, today: date) -> DocumentReport:
    misread = document.kind in ("blank_form", "procedure")  # kinds that a model gives to a thin record, too
    if not document.facts or (document.kind in RULES_AND_FORMS and not misread):
        return document
    logged = misread and _is_log(document, today)
    reported = misread and (logged or is_filed_as_record(document))
    if document.kind == "procedure" and not reported:
        return document
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in document.facts:
        facts[fact.passage].append(fact)
    filled = {p.id for p in document.passages if _is_filled(p, facts.get(p.id, ()), today, reported)}
    if misread and not logged and not _is_filled_form(document, filled, today, reported):
        return document
    if not filled and not logged:
        return document
    changed = tuple(
        p.model_copy(update={"mode": "record", "modes": {mode: SURE * (mode == "record") for mode in MODES}}) if p.id in filled else p
        for p in document.passages
    )  # fmt: skip
    update: dict[str, object] = {"passages": changed}
    if document.reading in ("static", "undetermined") and (
        reported or any(_is_done(f) for f in document.facts if f.passage in filled)
    ):
        update["reading"] = "mixed"
        if misread:
            update["kind"] = "other"
    return document.model_copy(update=update)


def _is_log(document: DocumentReport, today: date) -> bool:
    """Whether most lines of a workbook are rows that begin with a day that has passed and hold a figure that differs from row to row:
    what is listed so was read or counted day by day, whatever its words were taken for.
    """
    if not document.is_book or document.reading == "static":
        return False
    past = {fact.quote for fact in document.facts if fact.kind == "date" and fact.quote and _is_past(fact, today)}
    lines = [line for p in document.shown for line in p.text.split("\n") if line.strip()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    dated = [row for row in rows if len(row) >= LEAST_CELLS and row[0] in past]
    if len(dated) < LEAST_LOGGED or 2 * len(dated) < len(lines):
        return False
    width = min(map(len, dated))
    return any(
        all(_FIGURE.fullmatch(row[at]) for row in dated) and len({row[at] for row in dated}) >= LEAST_DIFFERENT
        for at in range(1, width)
    )


LEAST_CELLS, LEAST_LOGGED, LEAST_DIFFERENT = 4, 5, 3
"""Cells of a row of a log, its rows, and the figures that differ in one column of them."""

_FIGURE = re.compile(r"[<>≤≥±+-]?\s?\d{1,3}(?:[ .,]?\d{3})*(?:[.,]\d{1,4})?\s?%?")


def _is_filled_form(document: DocumentReport, filled: set[str], today: date, reported: bool) -> bool:
    """Whether what was taken for a blank form is filled after all: answers, a day that is over, and who or what they are of.
    A paper that calls itself a report needs no answers in a table.

    A form that shows how it is to be filled in has answers, but seldom a day of the last years with a name or a number.
    """
    done = reported or any(_is_done(fact) for fact in document.facts if fact.passage in filled)
    dated = any(
        _is_past(fact, today) and (today - (as_day(fact.value) or today)).days <= RECENT for fact in document.facts
    )
    return done and dated and any(_tells_whose(fact) for fact in document.facts)


RECENT = 3 * 366
"""Days back to which a filled form is of the system of today; an example in a form is often older than that."""


def _is_past(fact: Fact, today: date) -> bool:
    return fact.role in HAPPENED and (day := fact.day) is not None and EARLIEST <= day <= today


def _tells_whose(fact: Fact) -> bool:
    return (fact.kind == "identifier" and fact.role in _NUMBERS) or (fact.kind == "person" and fact.role in _DOERS)


def _is_filled(passage: Passage, facts: Sequence[Fact], today: date, reported: bool = False) -> bool:
    if passage.hidden or passage.mode in ("record", "credential"):
        return False
    if any(_is_done(fact) for fact in facts):
        return True
    dated = any(_is_past(fact, today) for fact in facts)
    told = any(_tells_whose(fact) or fact.kind == "measure" for fact in facts)
    return dated and told and (reported or passage.mode != "prescription")


def _is_done(fact: Fact) -> bool:
    """Whether a structured fact holds answers: readings, an answered checklist, results of suppliers, a dated case."""
    if fact.kind not in ("readings", "checklist", "evaluation", "case"):
        return False
    try:
        value = json.loads(fact.value)
    except ValueError:
        return False
    match fact.kind:
        case "readings":
            return sum(len(row["values"]) for row in value["rows"]) >= LEAST_READINGS
        case "checklist":
            return int(value["answered"]) >= LEAST_ANSWERS
        case "evaluation":
            return int(value["with_result"]) >= LEAST_RESULTS
        case _:
            return bool(value.get("opened") or value.get("closed"))


LEAST_READINGS, LEAST_ANSWERS, LEAST_RESULTS = 3, 2, 2
"""Filled values below which a form may show how it is to be filled."""
