"""What laboratories do: the scope of an accreditation held against what is asked for and what their reports tell.

An accreditation to ISO/IEC 17025 is no certificate of a system and has no fields here; its scope is the line behind the words for one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from evidence.bundle import Bundle, is_example
from evidence.data import table
from evidence.facts.text import fold, phrases
from evidence.model import DocumentReport, Passage
from evidence.names import mentions

LEAST_LINES, LEAST_OF_NAME = 2, 3
"""Lines of records that tell of a discipline, and those of other papers beside a name that says what the house is."""

_STANDARD = re.compile(r"(?<!\d)17025(?!\d)")
_SCOPE, _LABORATORY = phrases("certificates", "scope"), phrases("certificates_flags", "laboratory")
_FIELD = re.compile(r"\s*(?:of (?:accreditation|testing|calibration))?\s*[:：|]\s*(\S[^\n]{3,300})")
NOT_TOLD = ("certificate", "calibration_record", "manual", "procedure", "blank_form")
"""Kinds of papers that tell nothing of what is tested for others."""


def disciplines(text: str) -> set[str]:
    """What a text tells that a laboratory does."""
    folded = fold(text)
    return {name for name, pattern in _disciplines().items() if pattern.search(folded)}


@cache
def _disciplines() -> dict[str, re.Pattern[str]]:
    return {name: phrases("disciplines", name) for name in table("words")["disciplines"]}


def accredited_otherwise(bundle: Bundle) -> Iterator[tuple[DocumentReport, Passage, str, str]]:
    """Accreditations of the supplier, with their scope, that name other disciplines than are asked for, or than two lines of its reports tell."""
    for document in bundle.read:
        if document.kind != "certificate" or is_example(document):
            continue
        passage, scope = _scope_of(document)
        named = disciplines(scope)
        if passage is None or not named or not any(mentions(one.text, bundle.supplier) for one in document.passages):
            continue
        product = bundle.settings.product
        wanted, told = (disciplines(product), product) if product else _told(bundle)
        if wanted and not wanted & named:
            yield document, passage, scope, told


def _scope_of(document: DocumentReport) -> tuple[Passage | None, str]:
    """The scope of an accreditation with its passage; empty where the paper is none."""
    if not any(_STANDARD.search(passage.text) for passage in document.passages):
        return None, ""
    for passage in document.passages:
        folded = fold(passage.text)
        for label in _SCOPE.finditer(folded) if not passage.hidden and len(folded) == len(passage.text) else ():
            if value := _FIELD.match(passage.text, label.end()):
                return passage, value[1].strip()
    return None, ""


def _told(bundle: Bundle) -> tuple[set[str], str]:
    """The disciplines of which lines of its reports tell, with the first of these."""
    counted: Counter[str] = Counter()
    first = ""
    for document in bundle.read:
        if document.kind in NOT_TOLD:
            continue
        for passage in document.passages:
            for line in passage.text.split("\n") if not passage.hidden else ():
                if found := disciplines(line):
                    counted.update(found)
                    first = first or line.strip()
    return {name for name, count in counted.items() if count >= LEAST_LINES}, first[:120]


def is_laboratory(bundle: Bundle) -> bool:
    """Whether a house is a laboratory by its name, and other papers of it tell in several lines of what such do."""
    if not _LABORATORY.search(fold(bundle.supplier)):
        return False
    lines = (
        line
        for document in bundle.read
        if document.kind not in ("certificate", "calibration_record")
        for passage in document.shown
        for line in passage.text.split("\n")
    )
    return sum(bool(disciplines(line)) for line in lines) >= LEAST_OF_NAME
