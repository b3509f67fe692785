"""Editions of standards that a supplier's own papers go by: a manual written to ISO 9001:2008, an audit of this year against it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evidence.bundle import Bundle, cite
from evidence.certification import gone
from evidence.facts.certificate_standards import NUMBERED, names_system
from evidence.facts.text import fold, phrases
from evidence.facts.told_certificates import systems
from evidence.model import Citation, DocumentReport, Fact, Passage
from evidence.titles import title_of
from evidence.told_certification import asks_supplier, papers, told_certificates

OTHERS = ("training_record", "supplier_evaluation_record", "calibration_record", "blank_form")
"""Kinds of papers that name editions of what persons learnt or of what other companies hold."""

OWN = ("manual", "procedure", "internal_audit_record", "management_review_record")
"""Kinds of papers that name the edition they go by; in others a standard may be named for many reasons."""

MOST_CELLS = 3
"""Cells of a row that can be a field of a form; a row of more lists papers or courses."""


def stated_editions(bundle: Bundle) -> Iterator[tuple[DocumentReport, Fact, date, Citation | None]]:
    """Papers that name an edition that no longer counted when they were written, and nowhere a later one; each once."""
    certified = [*papers(bundle), *told_certificates(bundle)]
    told = {item.document.path for item in certified}
    counting = [fact for item in certified for fact in item.editions if gone((fact,), bundle.today) is None]
    for document in bundle.read:
        if document.path in told or document.path in bundle.examples:
            continue
        if bundle.kinds[document.path] in OTHERS and not asks_supplier(document):
            continue
        if document.kind == "certificate" and any(_PERSONAL.search(fold(one.text)) for one in document.passages):
            continue
        named = list(_named(document))
        own = bundle.kinds[document.path] in OWN or document.kind in OWN or _calls_itself_rule(document)
        # a certificate to a later one excuses no rules of today
        found = gone([*(() if own else counting), *(fact for fact, _, _ in named)], bundle.today) if named else None
        if found is None:
            continue
        fact, day = found
        newest = max((day for day in _days(document.facts) if day <= bundle.today), default=date.min)
        lines = [(passage, line) for other, passage, line in named if other.value == fact.value]
        old = {
            (other.passage, other.quote) for other in document.facts
            if (told_on := other.day) and told_on <= day
        }  # fmt: skip
        kept = [
            (passage, line) for passage, line in lines
            if _goes_by_it(passage, line, old, bundle.kinds[document.path] in OWN or _calls_itself_rule(document)) and not _tells_of_then(line, fact.value, day)
        ]  # fmt: skip
        if kept and len(kept) == len(lines) and newest > day:
            passage, line = kept[0]
            yield document, fact, day, cite(document, passage, line.strip())


def _calls_itself_rule(document: DocumentReport) -> bool:
    """Whether a paper calls itself a manual, a procedure or a policy, whatever it was taken for."""
    title = title_of(document)
    return any(rule.search(title) for rule in _RULES)


_RULES = (phrases("coverage_kinds", "manual"), phrases("procedures", "procedure"), phrases("stated_editions", "policy"))


def _days(facts: Sequence[Fact]) -> Iterator[date]:
    """The days that a paper names, and the first ones of the years it is for: a plan has no other."""
    for fact in facts:
        if day := fact.day:
            yield day
        elif fact.kind == "period" and (year := _PERIOD.match(fact.value)):
            yield date(int(year[1]), 1, 1)


_PERIOD = re.compile(r"[A-Z]{0,2}((?:19|20)\d\d)")


def _named(document: DocumentReport) -> Iterator[tuple[Fact, Passage, str]]:
    """The editions of standards of management systems that a paper names, with their lines."""
    for passage in document.passages:
        if passage.hidden or not names_system(fold(passage.text)):
            continue
        for line in passage.text.split("\n"):
            for found in systems(line):
                if found.edition:
                    quote = line[found.start : found.end]
                    fact = Fact(kind="edition", role="edition", value=found.edition, quote=quote, passage=passage.id)
                    yield fact, passage, line


def _goes_by_it(passage: Passage, line: str, old: set[tuple[str, str]], own: bool) -> bool:
    """Whether a line says what the paper goes by: no row of a history or a list, and nothing that was learnt, replaced or changed over."""
    cells = fold(line).split("|")
    at = next((index for index, cell in enumerate(cells) if names_system(cell)), 0)
    labelled = at and _CRITERIA.search(cells[at - 1])
    if not (own or labelled or _CERTIFICATE.search(fold(line))):
        return False
    lists = len(cells) > MOST_CELLS and not _CERTIFICATE.search(f"{fold(passage.text.split(chr(10))[0])} {fold(line)}")
    if lists and not labelled:
        return False
    if _PAST.search(cells[at]) or _ENDED.search(fold(line)):
        return False
    return not any(place == passage.id and quote in line for place, quote in old)


def _tells_of_then(line: str, edition: str, gone_on: date) -> bool:
    """Whether a line names a year in which the edition still counted, apart from that of a standard."""
    years = set(_YEAR.findall(NUMBERED.sub(" ", fold(line)))) - {edition[-4:]}
    return any(int(year) <= gone_on.year for year in years)


_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/-])")
_PAST, _ENDED, _CRITERIA, _PERSONAL, _CERTIFICATE = (
    phrases("told_certificates", name) for name in ("past", "ended", "criteria", "personal", "certificate")
)
