"""Auditors who come from the section that they audited: told in the head of the report (``Area: QC. Auditor: Lan Pham (QC)``), or row by row,
where the section stands beside the name in the row or anywhere in the report (``심사원: 품질팀 김철수``, ``From: Lan (QC), Hoa (stores)``).
"""

import re
from collections.abc import Iterator

from evidence.facts.pairs import pairs
from evidence.facts.people import is_name, normal, own_label
from evidence.facts.text import fold, lines, phrases
from evidence.flags.audited_areas import names_auditor
from evidence.flags.offices import names_area
from evidence.flags.same_work import core_of
from evidence.model import DocumentReport, Passage

_BRACKETS = re.compile(r"(?P<name>[^()（）,;|]{2,40}?)\s?[(（]\s?(?P<section>[^()（）,;|]{2,30}?)\s?[)）]")
_JOINED = re.compile(r"[,;、，；&+]| (?:and|và|dan|ve) ")
_AREAS = phrases("audits_flags", "areas")


def own_section(document: DocumentReport) -> tuple[Passage, str, str] | None:
    """The passage and line of a report whose only auditor is told to come from its only area, and who it is; None where none is."""
    for passage in document.passages[:FIRST]:
        if passage.hidden or passage.mode == "template":
            continue
        told = [
            (own_label(pair.label.text), pair.value.text.strip(), line.text)
            for line in lines(passage.text)
            for pair in pairs(line)
        ]
        areas = {value for label, value, _ in told if names_area(label) or _AREAS.fullmatch(fold(label).strip(" .:"))}
        if len(areas) != 1 or _JOINED.search(area := areas.pop()):
            continue
        for label, value, line in told:
            if not names_auditor(label, document) or _JOINED.search(value):
                continue
            for name, section in _sections(value):
                if core_of(section) and core_of(section) == core_of(area) and is_name(name):
                    return passage, line, name
    return None


def own_section_of_row(document: DocumentReport) -> tuple[Passage, str, str] | None:
    """The passage and row of a table of areas whose one auditor is told in the report to come from the area, and who it is."""
    told = _told_sections(document)
    at_auditor = at_area = width = -1
    for passage in document.passages:
        for line in passage.text.split("\n") if not passage.hidden and passage.mode != "template" else ():
            cells = [cell.strip() for cell in line.split("|")]
            heads = [len(cell) <= LONGEST_HEAD and not any(map(str.isdigit, cell)) for cell in cells]
            auditor = [at for at, cell in enumerate(cells) if heads[at] and cell and names_auditor(cell, document)]
            area = [at for at, cell in enumerate(cells) if heads[at] and names_area(cell)]
            if len(auditor) == 1 and len(cells) > FIELD and area and area[0] != auditor[0]:
                at_auditor, at_area, width = auditor[0], area[0], len(cells)
            elif width > 0 and max(at_auditor, at_area) < len(cells) <= width:
                named = cells[at_auditor]
                if _JOINED.search(named):
                    continue
                inside = [(name, section) for name, section in _sections(named) if is_name(name)]
                name = normal(inside[0][0] if inside else named)
                sections = {section for _, section in inside} | told.get(fold(name), set())
                if is_name(name) and any(_is_of(section, cells[at_area]) for section in sections):
                    return passage, line, name
            elif len(cells) == 1:
                width = -1
    return None


def _told_sections(document: DocumentReport) -> dict[str, set[str]]:
    """The sections from which auditors are told to come, by their folded names: in the fields for them, each in brackets or before a name."""
    told: dict[str, set[str]] = {}
    for passage in document.passages:
        for line in lines(passage.text) if not passage.hidden and passage.mode != "template" else ():
            for pair in pairs(line):
                label = own_label(pair.label.text)
                if line.text.count("|") > MOST_FIELDS or not (
                    names_auditor(label, document) or _FROM.search(fold(label))
                ):
                    continue
                for part in _JOINED.split(pair.value.text):
                    for name, section in _sections(part.strip()):
                        if is_name(normal(name)):
                            told.setdefault(fold(normal(name)), set()).add(section)
    return told


def _is_of(section: str, area: str) -> bool:
    """Whether a section, or the one of whom it names as head, is an area that was audited."""
    own = _HEADS.sub(" ", fold(section)).strip()
    return any(
        (core_of(own) == core_of(part) and bool(core_of(own) or own == fold(part).strip()))
        for part in _SEVERAL.split(area)
        if part.strip()
    )


LONGEST_HEAD, FIELD, MOST_FIELDS = 40, 2, 3
"""Letters of the head of a column; cells of a field; signs between cells of a line of fields, of which a row of a table has more."""

_HEADS, _FROM = (phrases("audits_flags", name) for name in ("heads", "comes_from"))
_SEVERAL = re.compile(r"[,;/、，；&+]| (?:and|và|dan|ve) ")

FIRST = 3
"""Passages at the beginning of a report that hold its head."""


def _sections(value: str) -> Iterator[tuple[str, str]]:
    """The name and section that a field for one auditor may hold: the section in brackets, or before the name."""
    if told := _BRACKETS.fullmatch(value):
        yield told["name"].strip(), told["section"]
    words = value.split()
    if len(words) > 1 and not value[:1].isascii():
        yield " ".join(words[1:]), words[0]
