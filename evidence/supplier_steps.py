"""Statuses of the four expectations on the supplier's own suppliers: which records speak of which step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Evidence, months_before
from evidence.facts.text import fold, phrases, words
from evidence.findings import Finding, best, max_age, no_records, over_time, seen
from evidence.titles import title_of
from evidence.wording import count_of, list_of

SURE = 0.6
"""Probability from which a paper that nowhere names a supplier is still one about suppliers, by the model's word."""


def suppliers(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records about the supplier's own suppliers that speak of this side of the relationship."""
    everything = _records(bundle, data)
    if not everything:
        return no_records(bundle, data)
    pattern = words(tuple(data["aspect"]))
    about = [e for e in everything if pattern.search(fold(_with_context(e)))]
    if not about:
        return _other_step(bundle, data, everything)
    finding = over_time(bundle, data, seen(bundle, data, about))
    if finding.status != "living":
        return finding
    if all(_is_titled(e, "goods_in") for e in about):
        return replace(finding, status="partial", rule="incoming_goods_only")
    lacking = _lacking(about, data.get("parts", ()))
    if lacking:
        return replace(
            finding, status="partial", rule="step_half_told",
            explanation=f"{finding.explanation} No paper of them tells {lacking}.",
        )  # fmt: skip
    return finding


def _other_step(bundle: Bundle, data: Mapping[str, Any], everything: Sequence[Evidence]) -> Finding:
    """Records of other steps of the relationship are none of this one; rules for it may still stand in other papers."""
    finding = no_records(bundle, data)
    if finding.rule != "nothing_found":
        return finding
    told = f"Records about suppliers ({count_of(len(everything), 'passage')}), none about this step"
    return replace(
        finding, rule="other_supplier_records", explanation=f"{told}.", provided=f"{told}.",
        evidence=best(bundle, everything, 2),
    )  # fmt: skip


def _lacking(about: Sequence[Evidence], parts: Sequence[Sequence[Any]]) -> str:
    """The part of a step that the fullest paper does not tell; nothing where one paper tells them all."""
    papers: dict[str, list[str]] = {}
    for evidence in about:
        papers.setdefault(evidence.document.path, []).append(fold(_with_context(evidence)))
    lacking = [
        [name for name, wanted in parts if not words(tuple(wanted)).search(" ".join(texts))]
        for _, texts in sorted(papers.items())
    ]
    return min(lacking, key=len)[0] if all(lacking) else ""


def _records(bundle: Bundle, data: Mapping[str, Any]) -> list[Evidence]:
    """Records about suppliers: the passages of their own papers, and of any other those that name a supplier. A paper that lets a
    delivery pass says nothing of who delivered it.
    """
    asked = ("supplier records", str(data["id"]))
    if asked not in bundle.known:
        bundle.known[asked] = [
            evidence
            for evidence in bundle.records(data["criteria"], data["kinds"])
            if _names_suppliers(bundle, evidence, data["kinds"])
            and not any(_is_titled(evidence, topic) for topic in data["not_of"])
        ]
    found: list[Evidence] = bundle.known[asked]
    return found


def _names_suppliers(bundle: Bundle, evidence: Evidence, kinds: Sequence[str]) -> bool:
    document = evidence.document
    if bundle.kinds[document.path] not in kinds:
        return _SUPPLIER.search(fold(_with_context(evidence))) is not None
    sure = document.kinds.get(document.kind, 1.0) >= SURE
    return sure or any(
        _SUPPLIER.search(fold(" ".join((document.path, *passage.heading, passage.text))))
        for passage in document.passages
    )


_SUPPLIER = phrases("suppliers_flags", "supplier")
_EVALUATES = phrases("suppliers_flags", "evaluates")


def _is_titled(evidence: Evidence, topic: str) -> bool:
    """Whether the heading over a passage, or the title of a paper without one, names a topic, and no evaluation beside it."""
    heading = fold(" ".join(evidence.passage.heading)) or title_of(evidence.document)
    return phrases("titles", topic).search(heading) is not None and not _EVALUATES.search(heading)


def _with_context(evidence: Evidence) -> str:
    return " ".join((evidence.document.path, *evidence.passage.heading, evidence.passage.text))


def supplier_stages(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records of several stages of the relationship with suppliers."""
    everything = _records(bundle, data)
    if not everything:
        return no_records(bundle, data)
    since = months_before(bundle.today, max_age(bundle, data))
    stages: dict[str, list[Evidence]] = {}
    for name, wanted in data["stages"]:
        pattern = words(tuple(wanted))
        if found := [e for e in everything if pattern.search(fold(_with_context(e)))]:
            stages[name] = found
    fresh = [e for e in everything if e.day is not None and e.day >= since]
    papers = count_of(len({e.document.path for e in everything}), "document")
    told = (
        f"Records of {count_of(len(stages), 'stage')} of the relationship ({list_of(list(stages))}) in {papers}"
        if stages
        else f"Records about suppliers in {papers}, none of which tells a stage of the relationship"
    )
    citations = best(
        bundle, [sorted(found, key=lambda e: e.day or date.min)[-1] for found in stages.values()] or everything
    )
    if not fresh and any(e.day for e in everything):
        return Finding("stale", "records_too_old", f"{told}, the newest too old.", f"{told}.", citations)
    if len(stages) >= data["least_stages"] and fresh:
        return Finding("living", "stages_documented", f"{told}.", f"{told}.", citations)
    if len(stages) >= data["least_stages"]:
        return Finding("partial", "records_without_date", f"{told}, none with a day.", f"{told}, undated.", citations)
    return Finding(
        "partial", "few_stages", f"{told}; at least {data['least_stages']} are needed, dated.", f"{told}.", citations
    )
