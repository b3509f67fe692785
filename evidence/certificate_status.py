"""The status of a bundle's certificates: the best of them, and what speaks against it."""

from datetime import date

from evidence.bundle import Bundle, cite_fact, months_before
from evidence.certification import accredited, certificates, in_other_letters, is_own, scanned, withdrawn
from evidence.certified_work import other_work
from evidence.model import Citation, Status
from evidence.surveillance import YEAR, surveillance_days, visits_of

_GAP = {True: "certificate_without_surveillance", False: "certificate_without_accreditation"}


def judge_certificates(bundle: Bundle, months: int) -> tuple[Status, str, str, tuple[Citation, ...]] | None:
    """Status, rule, explanation and citations of the best quality certificate; None where there is none."""
    found = [item for item in certificates(bundle) if item.of_quality]
    if not found:
        return None
    best = max(
        found,
        key=lambda item: (
            is_own(bundle, item) is not False,
            not item.expired(bundle.today),
            not other_work(bundle, item),
            item.expiry or date.min,
            item.document.path,
        ),
    )
    name = (
        f"{best.standards[0]} certificate of {best.fields['holder'].value}"
        if "holder" in best.fields
        else f"{best.standards[0]} certificate"
    )
    if in_other_letters(bundle, best):
        name += " (in other letters than the name asked for: see that it is the same company)"
    citations = tuple(
        citation for role in ("holder", "scope", "expiry", "accreditation") if role in best.fields
        if (citation := cite_fact(bundle, best.document, best.fields[role], wide=role != "scope"))
    )  # fmt: skip
    until = f", valid until {best.expiry.isoformat()}" if best.expiry else ", without a readable last day"
    if is_own(bundle, best) is False:
        return (
            "static_only",
            "certificate_of_another_company",
            f"No certificate in the name of {bundle.supplier} was sent, only an {name}{until}",
            citations,
        )
    if best.expired(bundle.today):
        assert best.expiry is not None
        return "stale", "certificate_expired", f"{name} expired on {best.expiry.isoformat()}", citations
    if withdrawn(best, bundle.today):
        return "stale", "edition_withdrawn", f"{name} is to an edition of the standard that no longer counts", citations
    if work := other_work(bundle, best):
        scope = f"'{best.fields['scope'].value[:200]}'"
        return (
            "partial", "certificate_for_other_work", f"{name}{until}; its scope, {scope}, does not name {work}", citations,
        )  # fmt: skip
    if best.expiry is None:
        return "partial", "certificate_without_expiry", f"{name}{until}", citations
    held = sorted(
        [
            (day, fact.value if len(fact.value) == YEAR else day.isoformat())
            for day, _, fact in surveillance_days(bundle)
        ]
        + [(day, day.isoformat()) for day in visits_of(bundle, best.standards)]
    )
    recent = [told for day, told in held if day >= months_before(bundle.today, months)]
    lacking = []
    if not accredited(best) and not scanned(best):
        lacking.append("no accreditation body of the list is named on it")
    if not recent and not (best.issue and best.issue >= months_before(bundle.today, months)):
        lacking.append(f"no surveillance audit of the last {months} months is on record")
    if lacking:
        rule = "certificate_with_gaps" if len(lacking) > 1 else _GAP[lacking[0].startswith("no surveillance")]
        return "partial", rule, f"{name}{until}; {' and '.join(lacking)}", citations
    watched = (
        f"; last surveillance {recent[-1]}" if recent else f"; issued {best.issue.isoformat()}" if best.issue else ""
    )
    return "living", "certificate_valid_and_watched", f"{name}{until}{watched}", citations
