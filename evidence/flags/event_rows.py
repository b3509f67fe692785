"""Registers of events of several kinds, row by row: audits beside trainings and visits of customers. Only the rows that name an event tell
its day, and what was closed in a row later is no event.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from evidence.bundle import Bundle, Evidence, is_example
from evidence.facts.text import fold, late, phrases
from evidence.model import DocumentReport, Passage
from evidence.titles import RULES_AND_FORMS

LEAST_CELLS = 3
"""Cells of a row of a register: the event, its day, what came of it."""

LONGEST_NAME = 40
"""Letters of a cell that names an event; a longer one tells a story."""

ENDINGS = ("closed", "verified", "due", "next", "expiry")
"""Roles of days that end something or lie ahead."""


def on_its_row(bundle: Bundle, evidence: Evidence, says: re.Pattern[str]) -> Evidence | None:
    """A record out of a workbook with the newest day on which one of its rows began; of a register of several kinds of events that is
    not headed as one of this kind only the rows that name it count: None where the passage holds none of them.
    """
    document = evidence.document
    if not document.is_book:
        return evidence
    rows = list(_rows(bundle, document))
    named = [row for row in rows if _names(row[1], says)]
    mixed = bool(named) and len(named) < len(rows) and not _is_headed(document, says)
    own = [day for passage, _, day in (named if mixed else rows) if passage.id == evidence.passage.id]
    if own:
        return replace(evidence, day=max(own))
    if mixed:
        return None
    if rows and not bundle.days_in(
        document, evidence.passage
    ):  # a note below the rows: of the paper, whose days are theirs
        return replace(evidence, day=max(day for _, _, day in rows))
    return evidence


def told_in_rows(bundle: Bundle, says: re.Pattern[str]) -> list[Evidence]:
    """The rows of registers that name an event in a cell of its own, beside rows that name others, with the days on which it was."""
    found = []
    for document in bundle.read:
        if not document.is_book or document.kind in RULES_AND_FORMS or is_example(document):
            continue
        rows = list(_rows(bundle, document))
        named = [
            (passage, day) for passage, line, day in rows if _names(line, says) and not _OF_PAPERS.search(fold(line))
        ]
        if LEAST_NAMED <= len(named) < len(rows) and not _lists_papers(document):
            found += [Evidence(document, passage, day) for passage, day in named if bundle.is_record(passage)]
    return found


LEAST_NAMED = 2
"""Rows that name an event, from which a register keeps all of its kind."""

_OF_PAPERS = late("|".join(phrases("titles", name).pattern for name in ("planned", "competence")))
"""What makes of a row one of a plan, a procedure or a course of something."""


def _lists_papers(document: DocumentReport) -> bool:
    """Whether a workbook has a column for editions: it lists papers, and their days."""
    editions = phrases("papers_flags", "editions")
    cells = (cell for p in document.passages for line in p.text.split("\n") for cell in line.split("|") if "|" in line)
    return any(editions.fullmatch(fold(cell).strip(" .:")) for cell in cells)


def _is_headed(document: DocumentReport, says: re.Pattern[str]) -> bool:
    """Whether the name of a file, or a line that stands alone at its top, names an event."""
    first = document.passages[0] if document.passages else None
    above = (*first.heading[:1], first.text.split("\n", 1)[0]) if first else ()
    own = [line for line in above if "|" not in line]
    return says.search(fold(" ".join((document.path.rsplit("/", 1)[-1].replace("_", " "), *own)))) is not None


def _names(line: str, says: re.Pattern[str]) -> bool:
    return any(len(cell) <= LONGEST_NAME and says.search(fold(cell)) for cell in line.split("|"))


def _rows(bundle: Bundle, document: DocumentReport) -> Iterator[tuple[Passage, str, date]]:
    """The rows of a paper with a day that has come: its newest, those passed over that end something where it has others."""
    for passage in document.shown:
        facts = bundle.facts_in(document, passage)
        days = [
            (fact.quote, fact.role, day)
            for fact in facts
            if fact.kind == "date" and fact.quote and (day := bundle.happened(fact))
        ]
        for line in passage.text.splitlines():
            if line.count("|") < LEAST_CELLS - 1:
                continue
            told = [(role, day) for quote, role, day in days if quote in line]
            begun = [day for role, day in told if role not in ENDINGS] or [day for _, day in told]
            if begun:
                yield passage, line, max(begun)
