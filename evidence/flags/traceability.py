"""Flags on lots: inspections that name none, lots that lead nowhere."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import fold, phrases
from evidence.flags.registry import Finding, rule
from evidence.lots import is_telling
from evidence.model import DocumentReport
from evidence.titles import RULES_AND_FORMS, calls_itself

_INSPECTS = phrases("traceability_flags", "inspects")
_CODE_ROLES = ("lot", "batch", "heat", "serial", "order", "invoice", "po")


@rule("no_lot_in_inspection")
def no_lot_in_inspection(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Inspection records were sent, and none of them names a lot, batch, heat, serial number or delivery."""
    found = []
    for document in bundle.read:
        measured = any(fact.kind == "readings" for fact in document.facts)
        if is_example(document) or document.kind in RULES_AND_FORMS:
            continue
        if document.kind == "calibration_record" and not calls_itself(document, "inspection"):
            continue  # a gauge has a number of its own and no lot
        if not measured and (document.reading == "static" or not _inspects(document)):
            continue
        inspected = [
            p
            for p in document.passages
            if bundle.is_record(p)
            and (_INSPECTS.search(fold(document.path + " " + " ".join(p.heading) + " " + p.text)))
        ]
        if not inspected:
            continue
        if any(fact.kind == "identifier" and fact.role in _CODE_ROLES for fact in document.facts):
            return
        if document.status == "partial" or any(passage.source == "ocr" for passage in document.passages):
            continue  # the number may stand where it was not read
        found.append((document, inspected[0]))
    if len(found) >= data["least_documents"]:
        yield Finding({"count": len(found)}, tuple(cite(document, passage) for document, passage in found[:4]))


def _inspects(document: DocumentReport) -> bool:
    """Whether a paper without readings reports an inspection: by its kind, or by its title where it is no monthly summary."""
    if document.kind == "traceability_record":
        return True
    return calls_itself(document, "inspection") and not any(fact.kind == "series" for fact in document.facts)


def _is_filled(document: DocumentReport) -> bool:
    """Whether one passage names a lot, a day and a person who worked on it: a sheet of work done, whatever it was taken for."""
    named = [
        {fact.passage for fact in document.facts if fact.kind == kind and fact.role in roles}
        for kind, roles in (
            ("identifier", ("lot", "batch", "heat")),
            ("date", ("evidence",)),
            ("person", ("inspector",)),
        )
    ]
    return document.kind not in ("manual", "blank_form", "certificate") and bool(set.intersection(*named))


@rule("lot_unknown_in_next")
def lot_unknown_in_next(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Several records name lots, and no lot stands in two of them."""
    papers: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for document in bundle.read:
        if is_example(document):
            continue
        texts[document.path] = fold("\n".join(passage.text for passage in document.passages))
        if document.reading == "static" and document.kind != "traceability_record" and not _is_filled(document):
            continue
        for fact in document.facts:
            if is_telling(fact) and fact.role != "serial":
                papers[fact.value].add(document.path)
                first.setdefault(fact.value, (document, fact))
    for code in first:
        quote = fold(first[code][1].quote)
        papers[code] |= {path for path, text in texts.items() if quote in text or code.lower() in text}
    documents = {path for paths in papers.values() for path in paths}
    if len(documents) < data["least_documents"] or any(len(paths) > 1 for paths in papers.values()):
        return
    places = []
    for code in sorted(papers)[:4]:
        document, fact = first[code]
        places.append(cite(document, bundle.passages[document.path][fact.passage], fact.quote))
    yield Finding({"count": len(papers)}, tuple(places))
