"""Rules that turn evidence into the status of an expectation. Each gives the name of the rule that decided and says
its numbers.

``living`` records over time or a closed loop, the newest within its age · ``stale`` records, the newest too old ·
``partial`` some records ·
``static_only`` procedures, forms, claims, certificates · ``missing`` nothing in the pages read · ``undetermined`` too
little read, or the
model unsure.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from evidence.blame import blames_person
from evidence.bundle import Bundle, Evidence, age_months, cite, months_before
from evidence.case_reading import check_lies_ahead, kept_cases, was_checked
from evidence.certificate_status import judge_certificates
from evidence.facts.text import fold, phrases
from evidence.findings import Finding, best, max_age, no_records, over_time, seen
from evidence.meetings import on_its_day, only_called
from evidence.quality_series import describe_series, is_real_series, reduction_reached, series_end, series_rank
from evidence.supplier_steps import supplier_stages, suppliers
from evidence.tracking import traceability
from evidence.wording import age_of, count_of, list_of, name_of

Rule = Callable[[Bundle, Mapping[str, Any]], Finding]


def general(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records of the criteria over time."""
    return over_time(bundle, data, seen(bundle, data))


def systematic(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Owners are named, and records show several processes at work within the maximum age."""
    since = months_before(bundle.today, max_age(bundle, data))
    areas = {}
    for area in data["areas"]:
        fresh = [e for e in bundle.records((area,)) if e.day is not None and e.day >= since]
        if fresh:
            areas[area] = fresh
    own = bundle.records(("process_ownership", "change_control"))
    owners = bundle.talks(("process_ownership",), ("prescription",)) + bundle.records(("process_ownership",))
    named = [e for e in owners if names_people(bundle, e)]
    if not areas:
        aged = {area: found for area in data["areas"] if (found := bundle.records((area,)))}
        old = [e for found in aged.values() for e in found]
        if not old:
            return no_records(bundle, data)
        finding = over_time(bundle, data, seen(bundle, data, old))
        if finding.status != "stale" or len(aged) >= data["least_areas"]:
            return finding
        # Old records of one area are no better than new ones of it.
        few = f"they are from {count_of(len(aged), 'area')}, and at least {data['least_areas']} are needed"
        return replace(
            finding, status="partial", rule="few_old_areas", explanation=f"{finding.explanation.rstrip('.')}; {few}."
        )
    names = list_of([area.replace("_", " ") for area in areas])
    told = f"Records of the last {max_age(bundle, data)} months from {count_of(len(areas), 'area')} ({names})"
    ownership = (
        f"owners are named in {count_of(len(named), 'passage')}" if named else "no passage names who owns which process"
    )
    newest_first = [
        best_one
        for records in areas.values()
        for best_one in sorted(records, key=lambda e: e.day or date.min, reverse=True)[:1]
    ]
    citations = best(bundle, newest_first + named[:1] + own[:1])
    if len(areas) >= data["least_areas"] and named:
        return Finding("living", "owned_and_running", f"{told}; {ownership}.", f"{told}; {ownership}.", citations)
    if len(areas) >= data["least_areas"]:
        return Finding("partial", "running_without_owner", f"{told}; {ownership}.", f"{told}.", citations)
    return Finding(
        "partial",
        "few_areas",
        f"{told}; at least {data['least_areas']} are needed; {ownership}.",
        f"{told}.",
        citations,
    )


def names_people(bundle: Bundle, evidence: Evidence) -> bool:
    """Whether a passage names a person, by a fact or by two capitalised words where a name would stand."""
    facts = bundle.facts_in(evidence.document, evidence.passage)
    return any(fact.kind == "person" for fact in facts) or _NAME_PAIR.search(evidence.passage.text) is not None


_NAME_PAIR = re.compile(
    r"(?:^|[|:,(/]\s?|\b(?:Mr|Ms|Mrs|Dr|Anh|Chị|Ông|Bà|Pak|Bu|Bpk|"
    r"Ibu)\.?\s)[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?:\s[A-ZÀ-ỸĐ][a-zà-ỹđ.]*){1,3}\s?(?:$|[|,)/.;])|[\u4e00-\u9fff]{2,3}\s?(?:经理|"
    r"主管|工程师|厂长)",
    re.MULTILINE,
)


def held(bundle: Bundle, criterion: str, kind: str) -> list[Evidence]:
    """Records of audits or reviews. What another paper tells counts where it names them, and on the days that it names."""
    found = []
    named = phrases("titles", criterion)
    called = {d.path for d in bundle.read if bundle.kinds[d.path] == kind and only_called(bundle, d)}
    for item in bundle.records((criterion,), (kind,)):
        if item.document.path in called:
            continue
        if bundle.kinds[item.document.path] == kind:
            found.append(on_its_day(bundle, item))
            continue
        if not named.search(fold(" ".join((*item.passage.heading, item.passage.text)))):
            continue
        facts = bundle.facts_in(item.document, item.passage)
        own = [day for fact in facts if (day := bundle.happened(fact))]
        lines = map(fold, item.passage.text.splitlines())
        if not own and any(named.search(line) and _NOT_HELD.search(line) for line in lines):
            continue  # ``the management review is postponed``
        found.append(Evidence(item.document, item.passage, max(own) if own else None))
    return found


_NOT_HELD = phrases("told_certificates", "not_held")


def improvement(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Both internal audits and management reviews, each fresh."""
    audits = seen(bundle, data, held(bundle, "internal_audit", "internal_audit_record"))
    reviews = seen(bundle, data, held(bundle, "management_review", "management_review_record"))
    if not audits.records and not reviews.records:
        return no_records(bundle, data)
    months = max_age(bundle, data)
    since = months_before(bundle.today, months)
    parts, lacking, fresh, old = [], [], [], 0
    for name, kind, group in (
        ("internal audit", "internal_audit_record", audits),
        ("management review", "management_review_record", reviews),
    ):
        if not group.records:
            parts.append(_none_held(bundle, name, kind))
            lacking.append(parts[-1].partition(" (")[0])
        elif group.newest is None:
            parts.append(f"{name} records without a date")
            lacking.append(f"the {name} names no day")
        else:
            age = age_months(group.newest, bundle.today)
            counting = " that counts" if _of_kind(bundle, kind, discounted=True) else ""
            old_by = age_of(age, months if group.newest < since else None)
            parts.append(f"newest record of {_ARTICLE[name]}{counting} {group.newest.isoformat()}, {old_by} old")
            old += group.newest < since
            if group.newest >= since:
                fresh.append(name)
            else:
                lacking.append(f"the newest {name} is too old")
    told = "; ".join(parts)
    told = told[0].upper() + told[1:]
    total = len(audits.times) + len(reviews.times)
    citations = (*best(bundle, audits.records, 3), *best(bundle, reviews.records, 2))
    if len(fresh) == 2:
        return Finding(
            "living",
            "audits_and_reviews_current",
            f"{told}. {count_of(total, 'occasion')} in all.",
            f"{told}.",
            citations,
        )
    if old and not fresh:
        return Finding(
            "stale", "records_too_old", f"{told}; more than {months} months is too old.", f"{told}.", citations
        )
    return Finding(
        "partial", "one_of_two", f"{told}. Buyers expect both, each within {months} months.", f"{told}.", citations,
        _sentence(list_of(lacking)), _BESIDE[fresh[0]] if fresh else "",
    )  # fmt: skip


_ARTICLE = {"internal audit": "an internal audit", "management review": "a management review"}
_BESIDE = {"internal audit": "no_review", "management review": "no_audit"}
"""What is asked for beside the one of the two that is current."""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _none_held(bundle: Bundle, name: str, kind: str) -> str:
    """That no audit or review is on record, and where papers of the kind were sent what is wrong with them."""
    one = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    sent = _of_kind(bundle, kind, discounted=False)
    if sent:
        return f"no record of {one} that counts ('{name_of(sent[0])}' says nothing of what was seen or done)"
    return f"no record of {one} that counts" if _of_kind(bundle, kind, discounted=True) else f"no record of {one}"


def _of_kind(bundle: Bundle, kind: str, discounted: bool) -> list[str]:
    """Paths of the papers of a kind that were read; with ``discounted`` those whose worth a flag took, else the others."""
    return [d.path for d in bundle.read if bundle.kinds[d.path] == kind and (d.path in bundle.discounted) is discounted]


def metrics(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """A measured series, fresh, that moves; its own reduction is set beside what proper implementation achieves."""
    series = [item for item in bundle.items("series") if is_real_series(bundle, item)]
    if not series:
        found = seen(bundle, data, _with_figures(bundle, data))
        if not found.records:
            return no_records(bundle, data)
        told = (
            f"{count_of(len(found.records), 'passage')} with quality figures, but no series of one measure over at "
            f"least three periods"
        )
        return Finding("partial", "figures_without_series", f"{told}.", f"{told}.", best(bundle, found.records))
    main = max(series, key=lambda item: series_rank(bundle, item))
    told = describe_series(main)
    shown = [main, *[one for one in series if one is not main][:3]]
    citations = tuple(dict.fromkeys(c for item in shown if (c := cite(item.document, item.passage))))
    newest = series_end(main)
    others = f" {count_of(len(series), 'measured series')} in all." if len(series) > 1 else ""
    if newest is None:
        return Finding(
            "partial",
            "series_without_year",
            f"{told}. The year of its periods cannot be told.{others}",
            told + ".",
            citations,
        )
    months = max_age(bundle, data)
    age = max(0, age_months(newest, bundle.today))
    if newest < months_before(bundle.today, months):
        return Finding(
            "stale",
            "series_too_old",
            f"{told}. It ends {age_of(age, months)} before the reference date; more than "
            f"{count_of(months, 'month')} is too old.{others}",
            told + ".",
            citations,
        )
    rule = "measured_and_reduced" if reduction_reached(main) else "measured_over_time"
    return Finding("living", rule, f"{told}.{others}", told + ".", citations)


def _with_figures(bundle: Bundle, data: Mapping[str, Any]) -> list[Evidence]:
    """Records on quality figures; readings of single pieces or gauges are none, unless a measure is told among them."""
    found = []
    for item in bundle.records(data["criteria"], data["kinds"]):
        kinds = {f.kind for f in bundle.facts_in(item.document, item.passage)}
        read = bundle.kinds[item.document.path] in _OF_PIECES or "readings" in kinds
        if not read or kinds & {"measure", "series", "rates"}:
            found.append(item)
    return found


_OF_PIECES = ("traceability_record", "calibration_record")
"""Kinds of papers that tell of single pieces, lots or gauges."""


def corrective(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Cases with a cause; one with cause, action and an effectiveness check closes the loop. The days of one case are one occasion."""
    found = seen(bundle, data)
    if not found.records:
        return no_records(bundle, data)
    cases = kept_cases(bundle, ("form", "row", "letter"))
    with_cause = [item for item in cases if item.value.get("root_cause")]
    closed = [item for item in with_cause if item.value.get("action") and was_checked(bundle, item)]
    if cases and not with_cause:
        told = (
            "One problem recorded, without a root cause"
            if len(cases) == 1
            else f"{len(cases)} problems recorded, none with a root cause"
        )
        finding = over_time(bundle, data, found)
        return Finding("partial", "no_root_cause", f"{told}.", f"{told}.", finding.evidence)
    if with_cause and all(blames_person(item.value) for item in with_cause):
        told = (
            "One case with a cause, and it blames a person and retrains"
            if len(with_cause) == 1
            else f"{len(with_cause)} cases with a cause, each of which blames a person and retrains"
        )
        return Finding("partial", "causes_blame_people", f"{told}.", f"{told}.", best(bundle, found.records))
    note = (
        f"{count_of(len(closed), 'case')} {'runs' if len(closed) == 1 else 'run'} from the problem through its cause and action to an effectiveness check."
        if closed
        else ""
    )
    finding = over_time(bundle, data, found, (bool(closed), note))
    own = any(bundle.kinds[item.document.path] in data["kinds"] for item in found.records)
    if finding.status == "living" and not cases and not own:
        told = f"Spoken of in {count_of(len({item.document.path for item in found.records}), 'other paper')}, and no paper tells a problem with its cause"
        return replace(finding, status="partial", rule="no_case", explanation=f"{told}.", provided=f"{told}.")
    if finding.status == "living" and not closed and 0 < len(with_cause) < data["occasions"]:
        ahead = check_lies_ahead(bundle, with_cause[0])
        told = f"One case with a cause, and {'the day of the look at its effect is still to come' if ahead else 'no look at its effect is on record'}"
        return replace(
            finding, status="partial", rule="one_case_unchecked", explanation=f"{told}.", provided=f"{told}."
        )
    return finding


def certification(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """A certificate that is valid, the supplier's own, accredited and watched over."""
    judged = judge_certificates(bundle, max_age(bundle, data))
    if judged is None:
        found = bundle.talks(data["criteria"], ("credential", "claim", "prescription")) + bundle.records(
            data["criteria"]
        )
        if not found:
            return no_records(bundle, data)
        told = (
            f"A certificate is spoken of in {count_of(len({e.document.path for e in found}), 'document')}, but none "
            f"was sent that could be read"
        )
        return Finding("static_only", "certificate_only_mentioned", f"{told}.", f"{told}.", best(bundle, found, 2))
    status, rule, told, citations = judged
    return Finding(status, rule, told, told, citations)


RULES: dict[str, Rule] = {
    "records": general,
    "systematic": systematic,
    "improvement": improvement,
    "metrics": metrics,
    "traceability": traceability,
    "corrective": corrective,
    "suppliers": suppliers,
    "supplier_stages": supplier_stages,
    "certification": certification,
}
