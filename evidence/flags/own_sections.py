"""Auditors who come from the section audited by the head of the report: ``Area: QC. Auditor: Lan Pham (QC)``, ``심사원: 품질팀 김철수``."""

import re
from collections.abc import Iterator

from evidence.facts.people import is_name, own_label
from evidence.facts.text import fold, lines, pairs, phrases
from evidence.flags.audited_areas import names_auditor
from evidence.flags.offices import core_of, names_area
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


FIRST = 3
"""Passages at the beginning of a report that hold its head."""


def _sections(value: str) -> Iterator[tuple[str, str]]:
    """The name and section that a field for one auditor may hold: the section in brackets, or before the name."""
    if told := _BRACKETS.fullmatch(value):
        yield told["name"].strip(), told["section"]
    words = value.split()
    if len(words) > 1 and not value[:1].isascii():
        yield " ".join(words[1:]), words[0]
