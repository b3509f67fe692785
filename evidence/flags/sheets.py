"""The sheets of a workbook as papers of their own."""

import re

from evidence.bundle import Bundle
from evidence.facts.sentence_series import month_token
from evidence.facts.text import fold, phrases
from evidence.flags.registry import name_of
from evidence.lots import is_lot
from evidence.model import DocumentReport
from evidence.numbered_rows import LEAST_SHARED
from evidence.paper_names import papers_named
from evidence.titles import RULES_AND_FORMS
from extractors.locators import SheetLocator

SHIPPED = phrases("traceability_flags", "shipped")
_SAMPLED = phrases("traceability_flags", "sampled")


def sheets_of(document: DocumentReport) -> dict[str, DocumentReport]:
    """The parts of a paper that are shown and hold something, by name or number; each cites the file that it stands in."""
    known = {part.number: part for part in document.parts}
    found: dict[str, DocumentReport] = {}
    for number in sorted({passage.part for passage in document.passages}):
        part = known.get(number)
        if part is not None and part.hidden:
            continue
        passages = tuple(passage for passage in document.passages if passage.part == number and not passage.hidden)
        ids = {passage.id for passage in passages}
        facts = tuple(fact for fact in document.facts if fact.passage in ids)
        name = (part.name if part is not None else "") or f"part {number}"
        name = f"{name} ({number})" if name in found else name
        if passages:
            found[name] = document.model_copy(update={"passages": passages, "facts": facts})
    return found


def ships_lots(document: DocumentReport) -> bool:
    """Whether a paper calls itself one of goods that leave the factory and names lots of them, whatever it was taken for."""
    if document.kind in RULES_AND_FORMS or not document.passages:
        return False
    first = document.passages[0]
    titled = fold(" ".join((name_of(document.path), *first.heading, first.text.split("\n", 1)[0])))
    lots = {fact.value for fact in document.facts if is_lot(fact)}
    return len(lots) >= LEAST_SHARED and SHIPPED.search(titled) is not None


def lists_some(path: str, document: DocumentReport) -> bool:
    """Whether a paper lists what leaves the factory, by its name, its title or the heads of its first table, or what was drawn as a
    sample or studied, by its name and title: not all lots stand in either.
    """
    begins = document.passages[0] if document.passages else None
    named = fold("\n".join((name_of(path), *begins.heading) if begins else (name_of(path),)))
    told = fold(begins.text) if begins else ""
    if papers_named(named) & {"capability", "msa"}:
        return True
    return _SAMPLED.search(named) is not None or SHIPPED.search(f"{named}\n{told}") is not None


def is_workbook(document: DocumentReport) -> bool:
    """Whether a paper is made of sheets, each of which can be a paper of its own; pages are not."""
    return any(isinstance(place, SheetLocator) for passage in document.passages for place in passage.locators)


LONGEST_TITLE = 40
"""Letters of a first line that can be the title of a scanned sheet."""


def titles_of(bundle: Bundle, paths: set[str]) -> set[str]:
    """The names under which papers go: their first headings, without figures and months, or their own names."""
    found = set()
    for document in bundle.read:
        if document.path in paths:
            first = document.passages[0].text.split("\n", 1)[0] if document.passages else ""
            titled = first if 0 < len(first) <= LONGEST_TITLE and "|" not in first else name_of(document.path)
            heading = next((p.heading[0] for p in document.passages if p.heading), titled)
            bare = month_token().sub(" ", re.sub(r"[^\s|]*\d[^\s|]*", " ", fold(heading)))
            found.add(re.sub(r"[\W_]+", " ", bare).strip())
    return found
