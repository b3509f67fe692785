"""Auditors who head what they audited, where neither a table nor a field tells it: in the words of who writes (``I am the superintendent of
lacquering and I did lacquering``), or in a head whose fields run together, as OCR reads them.
"""

import re
from collections.abc import Iterator

from evidence.facts.people import lexicon as people
from evidence.facts.text import fold, late, lines, phrases
from evidence.flags.audited_areas import names_auditor
from evidence.flags.offices import LONGEST_OFFICE
from evidence.flags.same_work import same_work
from evidence.model import DocumentReport, Passage

_OFFICES, _NOT_HEAD, _WRITER, _TOOK, _NOT_OWN, _HEADS = (
    phrases("audits_flags", name) for name in ("offices", "not_head", "writer", "took", "not_own", "heads")
)
_CLAUSES = re.compile(r"[,;.:，；。、：]|(?<![^\W_])(?:and|so|và|nên|dan|jadi|ve)(?![^\W_])|และ|并|並|所以")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")


def by_writer(document: DocumentReport) -> tuple[Passage, str, str] | None:
    """The passage, line and words in which a writer tells of an office of his, and further on that he audited its area."""
    for passage in document.passages:
        folded = fold(passage.text)
        if passage.hidden or passage.mode == "template" or not (_WRITER.search(folded) and _OFFICES.search(folded)):
            continue
        for line in lines(passage.text):
            if "|" not in line.text and (said := _tells_own(line.text)):
                return passage, line.text, said
    return None


def _tells_own(line: str) -> str | None:
    offices: list[str] = []
    for clause in _CLAUSES.split(_ASIDE.sub(" ", line)):
        folded = fold(clause)
        writer = _WRITER.search(folded)
        if writer is None:
            continue
        office = _OFFICES.search(folded, writer.end())
        took = _TOOK.search(folded, writer.end())
        if office and not _NOT_HEAD.search(folded) and len(folded) <= LONGEST_OFFICE:
            offices.append(_bare(_OFFICES.sub(" ", folded[writer.end() :])))
        elif took and not _NOT_OWN.search(folded):
            behind = folded[took.end() :] if folded[took.end() :].strip() else folded[writer.end() : took.start()]
            if any(same_work(one, _bare(behind)) for one in offices):
                return clause.strip()
    return None


def _bare(told: str) -> str:
    """What is told of an office or an area, without its day and the words that only join."""
    return _JOINS.sub(" ", re.split(r"\d", told)[0])


_JOINS = phrases("audits_flags", "joins")


def in_one_run(document: DocumentReport) -> tuple[Passage, str, str] | None:
    """The passage, line and name of a head whose fields run together in which one and the same name stands right behind the word for the
    auditor and behind one for who heads the area: ``Area head Nihat Er Auditor Nihat Er Date 11.03.2026``.
    """
    for passage in document.passages[:FIRST]:
        for line in lines(passage.text) if not passage.hidden else ():
            if "|" in line.text or not (people().pattern.search(fold(line.text)) and _HEADS.search(fold(line.text))):
                continue
            auditors = {name for label, name in _named(line.text) if names_auditor(label, document)}
            for label, name in _named(line.text):
                if name in auditors and not names_auditor(label, document) and _HEADS.search(fold(label)):
                    return passage, line.text, name
    return None


FIRST = 2
"""Passages at the beginning of a report that hold its head."""


def _named(line: str) -> Iterator[tuple[str, str]]:
    """The words for somebody's part in a line, each with the two words with capitals right behind it."""
    for match in _LABELS.finditer(fold(line)):
        behind = _TWO_WORDS.match(line, match.end())
        if behind and line[match.start()].isalpha():
            before = line[max(0, match.start() - LONGEST_LABEL) : match.end()]
            yield before if _HEADS.search(fold(match[0])) else match[0], behind[1]


LONGEST_LABEL = 20
"""Letters of a label before its last word."""

_LABELS = late(rf"{people().pattern.pattern}|{_HEADS.pattern}")
_TWO_WORDS = re.compile(r"\s((?:[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*\.?\s){1}[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]+)(?![^\W\d_])")
