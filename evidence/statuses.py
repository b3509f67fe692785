"""Rules that turn evidence into the status of an expectation. Each gives the name of the rule that decided and says its numbers.

``living`` records over time or a closed loop, the newest within its age · ``stale`` records, the newest too old · ``partial`` some records ·
``static_only`` procedures, forms, claims, certificates · ``missing`` nothing in the pages read · ``undetermined`` too little read, or the
model unsure.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evidence.bundle import Bundle, Evidence, Item, age_months, cite, months_before, occasions
from evidence.certification import judge_certificates
from evidence.facts.calendar import bounds
from evidence.facts.text import fold, has, words
from evidence.model import Citation, Fact, Status

MAX_CITATIONS = 5
"""Citations shown with an expectation: the best few; the rest can be searched."""


@dataclass(frozen=True)
class Finding:
    """What a rule decided, in words."""

    status: Status
    rule: str
    explanation: str
    provided: str
    evidence: tuple[Citation, ...] = ()


Rule = Callable[[Bundle, Mapping[str, Any]], Finding]


@dataclass
class _Seen:
    records: list[Evidence]
    days: list[date] = field(default_factory=list)
    times: list[date] = field(default_factory=list)

    @property
    def newest(self) -> date | None:
        return max(self.days) if self.days else None


def max_age(bundle: Bundle, data: Mapping[str, Any]) -> int:
    """Months that the newest record of an expectation may be old."""
    return int(bundle.settings.max_age_months.get(data["id"], data["max_age_months"]))


def seen(bundle: Bundle, data: Mapping[str, Any], records: list[Evidence] | None = None) -> _Seen:
    """The records of an expectation with their days and occasions."""
    found = bundle.records(data["criteria"], data["kinds"]) if records is None else records
    days = sorted(evidence.day for evidence in found if evidence.day is not None)
    return _Seen(found, days, occasions(_all_days(bundle, found), data["gap_days"]))


def _all_days(bundle: Bundle, records: Sequence[Evidence]) -> list[date]:
    days: list[date] = []
    for item in records:
        own = [day for fact in bundle.facts_by_passage.get((item.document.path, item.passage.id), ()) if (day := bundle.happened(fact))]
        days.extend(own or ([item.day] if item.day else []))
    return days


def best(bundle: Bundle, records: Sequence[Evidence], count: int = MAX_CITATIONS) -> tuple[Citation, ...]:
    """The citations that prove most: sure records with a day, the newest first, not all from one document."""
    ordered = sorted(records, key=lambda e: (e.day is None, -(e.day.toordinal() if e.day else 0), -round(e.strength, 2), e.document.path, e.passage.id))
    chosen: list[Evidence] = []
    used: dict[str, int] = {}
    for limit in (1, 2, count):
        for item in ordered:
            if len(chosen) < count and item not in chosen and used.get(item.document.path, 0) < limit and len(item.passage.text) >= 25:
                chosen.append(item)
                used[item.document.path] = used.get(item.document.path, 0) + 1
    return tuple(citation for item in chosen if (citation := cite(item.document, item.passage)))


def no_records(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """The status where no record was found: words only, nothing, or not enough read to say so."""
    pages, read = coverage(bundle)
    doubtful = _doubtful(bundle, data)
    limits = bundle_limits()
    if len(bundle.read) < limits["least_documents"] or (pages and read / pages < limits["least_share_read"]):
        return Finding(
            "undetermined", "too_little_read", f"Only {read} of {pages} pages could be read, in {_count(len(bundle.read), 'document')}: nothing can be said.",
            "Too little could be read.",
        )  # fmt: skip
    words_only = bundle.talks(data["criteria"], ("prescription", "template", "claim", "credential"))
    if len(doubtful) >= 2:
        return Finding(
            "undetermined", "model_unsure",
            f"{_count(len(doubtful), 'passage')} may be records of this, but the model is not sure; a reviewer decides.",
            "Passages that may be records, to be looked at by a reviewer.", best(bundle, doubtful, 3),
        )  # fmt: skip
    if words_only:
        kinds = {mode: sum(e.passage.mode == mode for e in words_only) for mode in ("prescription", "template", "claim", "credential")}
        named = _list([f"{_count(number, name)}" for mode, name in _MODE_WORDS.items() if (number := kinds[mode])])
        where = _count(len({e.document.path for e in words_only}), "document")
        return Finding(
            "static_only", "only_words", f"{named} about this in {where}, and not one record of it being done.",
            f"Only what should happen: {named}.", best(bundle, words_only, 2),
        )  # fmt: skip
    return Finding("missing", "nothing_found", f"Nothing about this in {_count(read, 'readable page')} of {_count(len(bundle.read), 'document')}.", "Nothing.")


_MODE_WORDS = {"prescription": "passage of rules or plans", "template": "passage of blank forms", "claim": "general claim", "credential": "certificate passage"}


def _doubtful(bundle: Bundle, data: Mapping[str, Any]) -> list[Evidence]:
    floor, ceiling = bundle.settings.doubt_floor, bundle.settings.record_floor
    found = []
    for document in bundle.read:
        if document.path in bundle.discounted:
            continue
        for passage in document.passages:
            share = passage.modes.get("record", 0.0)
            unsure = floor <= share and (share < ceiling or passage.mode != "record") and share >= max(passage.modes.values(), default=1.0) - 0.1
            if unsure and not passage.hidden and bundle.about(passage, data["criteria"]):
                found.append(Evidence(document, passage, None))
    return found


def coverage(bundle: Bundle) -> tuple[int, int]:
    """Pages, sheets and slides of the bundle, and how many of them were read; a failed file counts as one page at least."""
    pages = sum(max(document.pages, 1) for document in bundle.documents)
    read = sum(document.pages_read if document.status != "failed" else 0 for document in bundle.documents)
    return pages, read


def bundle_limits() -> Mapping[str, Any]:
    """Limits of coverage from the data."""
    from evidence.data import table

    limits: Mapping[str, Any] = table("expectations")["coverage"]
    return limits


def over_time(bundle: Bundle, data: Mapping[str, Any], found: _Seen, what: str, loop: tuple[bool, str] = (False, "")) -> Finding:
    """The general rule: records over time or a closed loop, fresh, are living; old ones stale; one or undated ones partial."""
    if not found.records:
        return no_records(bundle, data)
    months = max_age(bundle, data)
    documents = len({e.document.path for e in found.records})
    summary = f"{_count(len(found.records), f'{what} passage')} in {_count(documents, 'document')}"
    citations = best(bundle, found.records)
    newest = found.newest
    if newest is None:
        return Finding("partial", "records_without_date", f"{summary}, but none names the day on which it happened.", f"{summary}, undated.", citations)
    age = age_months(newest, bundle.today)
    span = f"from {found.times[0].isoformat()} to {found.times[-1].isoformat()}" if len(found.times) > 1 else f"on {newest.isoformat()}"
    told = f"{summary}; {_count(len(found.times), 'occasion')} {span}"
    if newest < months_before(bundle.today, months):
        return Finding("stale", "records_too_old", f"{told}. The newest is {_count(age, 'month')} old; more than {months} is too old.", f"{told}.", citations)
    if loop[0]:
        return Finding("living", "closed_loop", f"{told}. {loop[1]}", f"{told}.", citations)
    if len(found.times) >= data["occasions"]:
        return Finding("living", "records_over_time", f"{told}. The newest is {_age(age)} old, within {months}.", f"{told}.", citations)
    return Finding(
        "partial", "too_few_occasions", f"{told}; at least {data['occasions']} are needed to show that it keeps happening.", f"{told}.", citations
    )


def general(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records of the criteria over time."""
    return over_time(bundle, data, seen(bundle, data), "record")


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
    named = [e for e in owners if _names_people(bundle, e)]
    if not areas:
        old = [e for area in data["areas"] for e in bundle.records((area,))]
        return over_time(bundle, data, seen(bundle, data, old), "record") if old else no_records(bundle, data)
    names = _list([area.replace("_", " ") for area in areas])
    told = f"Records of the last {max_age(bundle, data)} months from {_count(len(areas), 'area')} ({names})"
    ownership = f"owners named in {_count(len(named), 'passage')}" if named else "no passage names who owns which process"
    newest_first = [best_one for records in areas.values() for best_one in sorted(records, key=lambda e: e.day or date.min, reverse=True)[:1]]
    citations = best(bundle, newest_first + named[:1] + own[:1])
    if len(areas) >= data["least_areas"] and named:
        return Finding("living", "owned_and_running", f"{told}; {ownership}.", f"{told}; {ownership}.", citations)
    if len(areas) >= data["least_areas"]:
        return Finding("partial", "running_without_owner", f"{told}; {ownership}.", f"{told}.", citations)
    return Finding("partial", "few_areas", f"{told}; at least {data['least_areas']} are needed. Also {ownership}.", f"{told}.", citations)


def _names_people(bundle: Bundle, evidence: Evidence) -> bool:
    facts = bundle.facts_by_passage.get((evidence.document.path, evidence.passage.id), ())
    return any(fact.kind == "person" for fact in facts) or _NAME_PAIR.search(evidence.passage.text) is not None


_NAME_PAIR = re.compile(r"(?:^|[|:,(/]\s?|\b(?:Mr|Ms|Mrs|Dr|Anh|Chị|Ông|Bà|Pak|Bu|Bpk|Ibu)\.?\s)[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?:\s[A-ZÀ-ỸĐ][a-zà-ỹđ.]*){1,3}\s?(?:$|[|,)/.;])|[\u4e00-\u9fff]{2,3}\s?(?:经理|主管|工程师|厂长)", re.MULTILINE)


def improvement(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Both internal audits and management reviews, each fresh."""
    audits = seen(bundle, data, bundle.records(("internal_audit",), ("internal_audit_record",)))
    reviews = seen(bundle, data, bundle.records(("management_review",), ("management_review_record",)))
    if not audits.records and not reviews.records:
        return no_records(bundle, data)
    months = max_age(bundle, data)
    since = months_before(bundle.today, months)
    parts, fresh, old = [], 0, 0
    for name, group in (("internal audit", audits), ("management review", reviews)):
        if not group.records:
            parts.append(f"no record of a {name}" if name != "internal audit" else "no record of an internal audit")
        elif group.newest is None:
            parts.append(f"{name} records without a date")
        else:
            age = age_months(group.newest, bundle.today)
            parts.append(f"newest {name} {group.newest.isoformat()}, {_age(age)} old")
            fresh += group.newest >= since
            old += group.newest < since
    told = "; ".join(parts)
    told = told[0].upper() + told[1:]
    total = len(audits.times) + len(reviews.times)
    citations = (*best(bundle, audits.records, 3), *best(bundle, reviews.records, 2))
    if fresh == 2:
        return Finding("living", "audits_and_reviews_current", f"{told}. {_count(total, 'occasion')} in all.", f"{told}.", citations)
    if old and not fresh:
        return Finding("stale", "records_too_old", f"{told}; more than {months} months is too old.", f"{told}.", citations)
    return Finding("partial", "one_of_two", f"{told}. Buyers expect both, each within {months} months.", f"{told}.", citations)


def metrics(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """A measured series, fresh, that moves; its own reduction is set beside what proper implementation achieves."""
    series = [item for item in bundle.items("series") if is_real_series(bundle, item)]
    if not series:
        found = seen(bundle, data)
        if not found.records:
            return no_records(bundle, data)
        told = f"{_count(len(found.records), 'passage')} with quality figures, but no series of one measure over at least three periods"
        return Finding("partial", "figures_without_series", f"{told}.", f"{told}.", best(bundle, found.records))
    main = max(series, key=lambda item: _series_rank(bundle, item))
    told = describe_series(main)
    citations = tuple(c for item in [main, *[s for s in series if s is not main][:3]] if (c := cite(item.document, item.passage, item.fact.quote)))
    citations = tuple(dict.fromkeys(c for item in [main] if (c := cite(item.document, item.passage)))) + citations[1:]
    newest = series_end(main)
    others = f" {_count(len(series), 'measured series')} in all." if len(series) > 1 else ""
    if newest is None:
        return Finding("partial", "series_without_year", f"{told}. The periods do not say which year they are.{others}", told + ".", citations)
    months = max_age(bundle, data)
    age = max(0, age_months(newest, bundle.today))
    if newest < months_before(bundle.today, months):
        return Finding("stale", "series_too_old", f"{told}. It ends {_count(age, 'month')} before the reference date; more than {months} is too old.{others}", told + ".", citations)
    return Finding("living", "measured_over_time", f"{told}.{others}", told + ".", citations)


def is_real_series(bundle: Bundle, item: Item) -> bool:
    """Whether a series can be a measurement: it has values that differ, and stands in a document that keeps its worth."""
    values = item.value.get("values", [])
    return item.document.path not in bundle.discounted and len(values) >= 3 and len(set(values)) > 1 and not item.passage.mode == "prescription"


WHOLE = ("total", "overall", "all", "plant", "factory", "internal", "tổng", "chung", "toàn xưởng", "toàn nhà máy", "nhà máy", "keseluruhan", "pabrik", "ทั้งหมด", "รวม", "合计", "总", "全厂", "전체", "toplam", "genel")
"""Words of a line that stands for the whole factory."""

_PREFERRED = {"reject_rate": 6, "ppm": 5, "first_pass_yield": 4, "complaints": 3, "escaped_defects": 2, "cost_of_quality": 2, "on_time_delivery": 1}


def _series_rank(bundle: Bundle, item: Item) -> tuple[int, int, int, str]:
    newest = series_end(item)
    fresh = int(newest is not None and age_months(newest, bundle.today) <= 6)
    label = str(item.value.get("label", ""))
    whole = int(has(label, WHOLE))
    return fresh, _PREFERRED.get(item.fact.role, 0) + whole, len(item.value.get("values", [])), item.document.path


def series_end(item: Item) -> date | None:
    """The last day of the last period of a series, where its periods name a year."""
    periods = [p for p in item.value.get("periods", []) if isinstance(p, str) and p[:4].isdigit() and "W" not in p]
    if not periods:
        return None
    try:
        return date.fromisoformat(max(bounds(period)[1] for period in periods))
    except ValueError:
        return None


def describe_series(item: Item) -> str:
    """A series in one sentence: what, how long, from what to what, and the change beside the 30 to 50 % that is achievable."""
    value = item.value
    periods, values = value.get("periods", []), value.get("values", [])
    unit = "%" if value.get("unit") == "%" else ""
    title = str(value.get("label") or value.get("measure"))
    span = max(1, min(3, len(values) // 3))
    ends = "the first and last value" if span == 1 else f"the means of the first and last {span} values"
    text = f"'{title}' over {len(values)} periods, {_period(periods[0])} to {_period(periods[-1])}, from {_figure(value.get('first'))}{unit} to {_figure(value.get('last'))}{unit} ({ends})"
    change = value.get("change")
    if change is None:
        return text
    if value.get("better") == "lower":
        moved = f"a reduction of {abs(change):.0%}" if change < 0 else f"an increase of {change:.0%}" if change > 0 else "no change"
        return f"{text}: {moved}; 30 to 50 % is achievable with proper implementation"
    return f"{text}: {'up' if change > 0 else 'down' if change < 0 else 'unchanged'}{f' by {abs(change):.0%}' if change else ''}"


def _figure(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, int | float) else "?"


def _period(period: Any) -> str:
    return str(period)


def traceability(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records that name lots, batches, heats or serial numbers; the same number in two documents closes the loop."""
    found = seen(bundle, data)
    named: dict[str, set[str]] = {}
    with_code = []
    for item in found.records:
        codes = [f for f in bundle.facts_by_passage.get((item.document.path, item.passage.id), ()) if is_lot(f)]
        codes = codes or [f for f in item.document.facts if is_lot(f)][:3]
        if codes:
            with_code.append(item)
    for document in bundle.read:
        for fact in document.facts:
            if is_lot(fact) and len(fact.value) >= 4 and fact.passage in bundle.passages[document.path]:
                named.setdefault(fact.value, set()).add(document.path)
    if found.records and not with_code:
        told = f"{_count(len(found.records), 'record passage')} of inspection or tracking, none of which names a lot, batch, heat or serial number"
        return Finding("partial", "no_lot_named", f"{told}.", f"{told}.", best(bundle, found.records))
    linked = sorted(code for code, paths in named.items() if len(paths) > 1)
    loop = (len(linked) >= 1 and len({e.document.path for e in with_code}) >= 2, f"{_count(len(linked), 'number')} such as {linked[0]} stand in two documents or more." if linked else "")
    return over_time(bundle, data, seen(bundle, data, with_code) if with_code else found, "record", loop)


LOT_ROLES = ("lot", "batch", "heat", "serial")


def is_lot(fact: Fact) -> bool:
    """Whether a fact is the number of a lot, batch, heat or serial piece."""
    return fact.kind == "identifier" and fact.role in LOT_ROLES


def corrective(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Cases with a cause; one with cause, action and an effectiveness check closes the loop."""
    found = seen(bundle, data)
    cases = [item for item in bundle.items("case") if item.document.path not in bundle.discounted and bundle.is_record(item.passage)]
    with_cause = [item for item in cases if item.value.get("root_cause")]
    closed = [item for item in with_cause if item.value.get("action") and _is_checked(bundle, item)]
    if not found.records:
        return no_records(bundle, data)
    if cases and not with_cause:
        told = f"{_count(len(cases), 'problem')} recorded, none with a root cause"
        finding = over_time(bundle, data, found, "record")
        return Finding("partial", "no_root_cause", f"{told}.", f"{told}.", finding.evidence)
    weak = with_cause and all(_blames_people(item) for item in with_cause)
    if weak:
        told = f"{_count(len(with_cause), 'case')} with a cause, each of which blames a person and retrains"
        return Finding("partial", "causes_blame_people", f"{told}.", f"{told}.", best(bundle, found.records))
    note = f"{_count(len(closed), 'case')} run from the problem through its cause and action to an effectiveness check." if closed else ""
    if not with_cause and not cases:
        finding = over_time(bundle, data, found, "record")
        return finding
    if not closed and len(found.times) < data["occasions"]:
        return over_time(bundle, data, found, "record")
    return over_time(bundle, data, found, "record", (bool(closed), note))


def _is_checked(bundle: Bundle, item: Item) -> bool:
    from evidence.flags.corrective import is_checked

    return is_checked(bundle, item)


def _blames_people(item: Item) -> bool:
    from evidence.flags.corrective import blames_person

    return blames_person(item.value)


def suppliers(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records about the supplier's own suppliers that speak of this side of the relationship."""
    everything = bundle.records(data["criteria"], data["kinds"])
    pattern = words(tuple(data["aspect"]))
    about = [e for e in everything if pattern.search(fold(_with_context(e)))]
    if not everything:
        return no_records(bundle, data)
    if not about:
        told = f"{_count(len(everything), 'record passage')} about suppliers, none about this side"
        return Finding("partial", "other_supplier_records", f"{told}.", f"{told}.", best(bundle, everything, 2))
    return over_time(bundle, data, seen(bundle, data, about), "record")


def _with_context(evidence: Evidence) -> str:
    return " ".join((evidence.document.path, *evidence.passage.heading, evidence.passage.text))


def supplier_stages(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """Records of several stages of the relationship with suppliers."""
    everything = bundle.records(data["criteria"], data["kinds"])
    if not everything:
        return no_records(bundle, data)
    since = months_before(bundle.today, max_age(bundle, data))
    stages: dict[str, list[Evidence]] = {}
    for name, phrases in data["stages"]:
        pattern = words(tuple(phrases))
        if found := [e for e in everything if pattern.search(fold(_with_context(e)))]:
            stages[name] = found
    fresh = [e for e in everything if e.day is not None and e.day >= since]
    told = f"Records of {_count(len(stages), 'stage')} of the relationship ({_list(list(stages)) or 'none named'}) in {_count(len({e.document.path for e in everything}), 'document')}"
    citations = best(bundle, [sorted(found, key=lambda e: e.day or date.min)[-1] for found in stages.values()] or everything)
    if not fresh and any(e.day for e in everything):
        return Finding("stale", "records_too_old", f"{told}, the newest too old.", f"{told}.", citations)
    if len(stages) >= data["least_stages"] and fresh:
        return Finding("living", "stages_documented", f"{told}.", f"{told}.", citations)
    return Finding("partial", "few_stages", f"{told}; at least {data['least_stages']} are needed, dated.", f"{told}.", citations)


def certification(bundle: Bundle, data: Mapping[str, Any]) -> Finding:
    """A certificate that is valid, the supplier's own, accredited and watched over."""
    judged = judge_certificates(bundle, max_age(bundle, data))
    if judged is None:
        found = bundle.talks(data["criteria"], ("credential", "claim", "prescription")) + bundle.records(data["criteria"])
        if not found:
            return no_records(bundle, data)
        told = f"A certificate is spoken of in {_count(len({e.document.path for e in found}), 'document')}, but none was sent that could be read"
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


def _count(number: int, noun: str) -> str:
    """``1 page``, ``3 pages``; a noun phrase is counted at its first word that can be (passage of rules → passages of rules)."""
    if number == 1 or noun.endswith("series"):
        return f"{number} {noun}"
    head, of, rest = noun.partition(" of ")
    head = head[:-1] + "ies" if head.endswith("y") and head[-2:-1] not in "aeiou" else head + "s"
    return f"{number} {head}{of}{rest}"


def _age(months: int) -> str:
    return "less than a month" if months < 1 else _count(months, "month")


def _list(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
