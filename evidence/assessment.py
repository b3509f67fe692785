"""The assessment of a supplier:

its documents' reports to one report. Pure and deterministic: the same bundle gives the same report.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evidence.bundle import Bundle, once, up_to
from evidence.data import table
from evidence.findings import Finding, coverage
from evidence.flagged import beside, beside_flags
from evidence.flags import discounted_by, find_flags
from evidence.flags.registry import name_of
from evidence.headline import headline
from evidence.links import links
from evidence.marks import marks
from evidence.model import DocumentReport, Expectation, Flag, Report
from evidence.questions import standard_questions
from evidence.settings import AssessmentSettings
from evidence.statuses import RULES
from evidence.worked import worked

__all__ = ["AssessmentSettings", "assess"]


def assess(
    supplier: str,
    reference_date: date,
    documents: Sequence[DocumentReport],
    settings: AssessmentSettings = AssessmentSettings(),
) -> Report:
    """Judge a supplier on a day by the reports of its documents.

    Flags are found first: what a flag shows to be a copy, a constant or an empty form counts for no expectation.
    """
    ordered = sorted(once(documents), key=lambda document: (document.path, document.sha256))
    bundle = Bundle(supplier, reference_date, worked(ordered, reference_date), settings)
    flags = find_flags(bundle)
    judged = Bundle(supplier, reference_date, ordered, settings, discounted_by(flags))
    for name in ("likeness", "examples"):  # found once: they do not depend on what is discounted
        judged.__dict__[name] = getattr(bundle, name)
    expectations = tuple(_expectation(judged, item, flags) for item in table("expectations")["expectation"])
    word, reason = headline(judged, expectations)
    return Report(
        supplier=supplier,
        reference_date=reference_date.isoformat(),
        headline=word,
        headline_reason=_with_flags(reason, flags),
        counts=_counts(expectations, flags),
        model=next((document.model for document in ordered if document.model), ""),
        documents=tuple(up_to(document, reference_date) for document in ordered),
        expectations=expectations,
        marks=marks(judged, flags),
        flags=flags,
        links=links(judged),
        coverage=_coverage(judged),
        settings=settings,
    )


def _expectation(bundle: Bundle, data: dict[str, Any], flags: Sequence[Flag]) -> Expectation:
    left_out = _left_out(bundle, data)
    finding = beside_flags(bundle, data, RULES[str(data["rule"])](bundle, data), flags, bool(left_out))
    living = finding.status == "living"
    if finding.rule == "nothing_counts" and finding.evidence:
        left_out = ""  # the flag that took their worth is named already, with its file
    return Expectation(
        id=str(data["id"]),
        expects=str(data["expects"]),
        status=finding.status,
        rule=finding.rule,
        explanation=f"{finding.explanation.rstrip('.')}.{left_out}",
        provided=f"{finding.provided.rstrip('.')}.{left_out}" if finding.provided else "",
        gap=_gap(finding, data, flags),
        evidence=tuple(dict.fromkeys(finding.evidence)),
        ask="" if living else str(data.get("asks", {}).get(finding.wanted or finding.rule, data["ask"])),
        questions=tuple(question.ask for question in standard_questions(str(data["id"]))),
    )


def _gap(finding: Finding, data: Mapping[str, Any], flags: Sequence[Flag]) -> str:
    """What is lacking here, and why it matters; figures that are followed and not yet reduced lack that, and what is met has the flags to read
    beside it.
    """
    if finding.status == "living":
        reduced = str(data["gap"]) if finding.rule == "measured_over_time" else ""
        return f"{reduced} {beside(flags, str(data['id']))}".strip()
    lacks = finding.lacks or str(table("expectations")["lacks"].get(finding.rule, ""))
    return f"{lacks} {data['gap']}".strip()


def _left_out(bundle: Bundle, data: dict[str, Any]) -> str:
    """Which papers of an expectation count for nothing, because a flag took their worth."""
    names = [
        name_of(document.path)
        for document in bundle.read
        if document.path in bundle.discounted
        and (document.kind in data["kinds"] or any(bundle.about(p, data["criteria"]) for p in document.passages))
    ]
    if not names:
        return ""
    shown = ", ".join(f"'{name}'" for name in names[:3])
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f" Not counted because of a red flag: {shown}{more}."


def _counts(expectations: Sequence[Expectation], flags: Sequence[Flag]) -> dict[str, int]:
    statuses = Counter(expectation.status for expectation in expectations)
    severities = Counter(flag.severity for flag in flags)
    return {
        **{
            status: statuses.get(status, 0)
            for status in ("living", "stale", "partial", "static_only", "missing", "undetermined")
        },
        **{f"flags_{severity}": severities.get(severity, 0) for severity in ("high", "medium", "low")},
    }


def _coverage(bundle: Bundle) -> dict[str, int]:
    pages, read = coverage(bundle)
    status = Counter(document.status for document in bundle.documents)
    return {
        "documents": len(bundle.documents),
        "documents_read": status.get("read", 0),
        "documents_partial": status.get("partial", 0),
        "documents_failed": status.get("failed", 0),
        "documents_twice": len(bundle.likeness.doubles),
        "pages": pages,
        "pages_read": read,
    }


def _with_flags(reason: str, flags: Sequence[Flag]) -> str:
    high = sum(flag.severity == "high" for flag in flags)
    if not high:
        return reason
    return (
        f"{reason} {high} red {'flags' if high > 1 else 'flag'} of high severity {'need' if high > 1 else 'needs'} an "
        f"answer first."
    )
