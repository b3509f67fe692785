"""The four marks of a living system, each seen or not and where."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from evidence.blame import blames_person
from evidence.bundle import Bundle, Evidence, Item, as_day, cite
from evidence.case_reading import check_lies_ahead, kept_cases, leaves_check_empty, was_checked
from evidence.data import table
from evidence.facts.text import fold
from evidence.findings import best
from evidence.model import Citation, Flag, Mark
from evidence.quality_series import describe_series, is_real_series, series_rank
from evidence.statuses import names_people
from evidence.wording import list_of, name_of

LOOP_DAYS = 14
"""Days after which an effectiveness check can know anything: at least a few lots have been made."""


TOLD = ("form", "row", "letter")
"""How a case is told: in a form, a row of a register, the sentences of a letter."""


def marks(bundle: Bundle, flags: Sequence[Flag] = ()) -> tuple[Mark, ...]:
    """All four marks in the order of the data."""
    return tuple(
        Mark(id=item["id"], title=item["title"], **_MARKS[item["id"]](bundle, flags))
        for item in table("expectations")["mark"]
    )


# "Process owner" is the person audited where an audit names one; on any paper it is who answers for the process.
_OWNERS = ("owner", "auditee")


def _ownership(bundle: Bundle, flags: Sequence[Flag]) -> dict[str, object]:
    rules = [e for e in bundle.talks(("process_ownership",), ("prescription",)) if names_people(bundle, e)]
    named = {
        (fact.value, fact.role == "auditee" and document.kind == "internal_audit_record")
        for document in bundle.read
        for fact in document.facts
        if fact.kind == "person"
        and fact.role in _OWNERS
        and bundle.is_record(bundle.passages[document.path][fact.passage])
    }
    owners = {value for value, _ in named}
    acting = [
        e
        for e in bundle.records(
            ("corrective_action", "management_review", "internal_audit", "change_control", "process_ownership")
        )
        if any(f.kind == "person" and f.role in _OWNERS for f in bundle.facts_in(e.document, e.passage))
    ]
    named_in_rules, there = _named_owners_at_work(bundle)
    if rules and len(named_in_rules) > max(1, len(owners)):
        return _seen(
            f"Owners are named in the rules, and {len(named_in_rules)} of them stand in records by name.",
            best(bundle, rules, 1) + best(bundle, there, 2),
        )
    if rules and len(owners) > 1:
        return _seen(
            f"Owners are named in the rules, and {_people(len(owners)).lower()} in records.",
            best(bundle, rules, 1) + best(bundle, acting, 2),
        )
    if len(owners) > 1:
        return _seen(f"{_people(len(owners), ' of actions')} in records.", best(bundle, acting, 3))
    if acting:
        # Who was asked in the one audit there is owns nothing by that, and one who does it all shows no clear owners.
        audited = all(audited for _, audited in named)
        told = (
            "Records name one person as audited and nobody as owner of a process or an action."
            if audited
            else "Records name one person alone as owner of an action; clear ownership shows in several."
        )
        return _unseen(told, best(bundle, acting, 2))
    if rules:
        return _unseen("Owners are named in the rules, but no record shows one of them acting.", best(bundle, rules, 1))
    return _unseen("No passage names who owns which process.")


def _named_owners_at_work(bundle: Bundle) -> tuple[set[str], list[Evidence]]:
    """Owners that the rules name and that records name too, as whatever they take part there, and those records. A factory
    whose rules say Phạm Văn Đức writes Đức in its records.
    """
    owners: dict[str, set[str]] = {}
    at_work: dict[str, Evidence] = {}
    named = []
    for document in bundle.read:
        for fact in document.facts:
            if fact.kind != "person":
                continue
            passage = bundle.passages[document.path][fact.passage]
            words = set(fold(fact.value).replace(".", " ").split())
            if passage.mode == "prescription" and fact.role in _OWNERS and len(words) > 1:
                owners[fact.value] = words
            elif bundle.is_record(passage) and document.path not in bundle.discounted and words:
                named.append((words, Evidence(document, passage, bundle.day_of(document, passage))))
    for words, where in named:
        meant = [owner for owner, whole in owners.items() if words <= whole]
        if len(meant) == 1:  # a name that half of the owners bear tells nobody apart
            at_work.setdefault(meant[0], where)
    return set(at_work), list({id(where.passage): where for where in at_work.values()}.values())


def _fixed(bundle: Bundle, flags: Sequence[Flag]) -> dict[str, object]:
    back = [flag for flag in flags if flag.id in _CAME_BACK and flag.citations]
    if back:
        told = list_of([f"'{flag.title}' on '{name_of(flag.citations[0].document)}'" for flag in back])
        return _unseen(f"What was closed came back: see the red flag {told}.", back[0].citations[:3])
    hollow = {c.document for flag in flags if flag.id in _SAID_OF_EVERY_CASE for c in flag.citations}
    closed = [
        item
        for item in kept_cases(bundle, TOLD)
        if item.value.get("root_cause")
        and item.value.get("action")
        and item.document.path not in hollow
        and was_checked(bundle, item)
    ]
    if closed:
        return _seen(
            f"{_cases_word(len(closed))} from the problem through its cause to a check that it stayed away.",
            _cite(closed),
        )
    return _unseen(
        "No problem is followed from its cause to a check that it stayed away.", _cite(kept_cases(bundle)[:2])
    )


_CAME_BACK = ("same_defect_after_closure",)
_SAID_OF_EVERY_CASE = ("same_sentence_as_verdict",)
"""Flags on a problem that was not fixed, and on checks that are one sentence."""


def _followed(bundle: Bundle, flags: Sequence[Flag]) -> dict[str, object]:
    series = [item for item in bundle.items("series") if is_real_series(bundle, item)]
    series.sort(key=lambda item: series_rank(bundle, item), reverse=True)
    with_target = [item for item in series if item.value.get("target") is not None or item.value.get("targets")]
    if with_target:
        return _seen(f"{describe_series(with_target[0])}; a target stands beside it.", _cite(with_target))
    if series:
        return _seen(f"{describe_series(series[0])}; no target stands beside it.", _cite(series))
    taken = dict.fromkeys(
        name_of(item.document.path) for item in bundle.items("series") if item.document.path in bundle.discounted
    )
    if taken:
        named = list_of([f"'{name}'" for name in taken])
        return _unseen(f"The only figures over time stand in {named} and count for nothing because of a red flag.")
    return _unseen("No quality measure was found with values over time.")


def _tightened(bundle: Bundle, flags: Sequence[Flag]) -> dict[str, object]:
    late = []
    for item in kept_cases(bundle, TOLD):
        opened = as_day(str(item.value.get("opened", "")))
        closed = as_day(str(item.value.get("closed", ""))) or _verified(bundle, item)
        looked = not leaves_check_empty(item) and not check_lies_ahead(bundle, item)
        if (
            opened
            and closed
            and closed - opened >= timedelta(days=LOOP_DAYS)
            and item.value.get("root_cause")
            and looked
        ):
            late.append(item)
    # A case that blames a person and retrains prevents nothing elsewhere, whatever its last field says.
    prevented = [
        item
        for item in kept_cases(bundle)
        if item.value.get("preventive")
        and item.value.get("root_cause")
        and not blames_person(item.value)
        and not check_lies_ahead(bundle, item)
    ]
    if late:
        return _seen(
            f"{_cases_word(len(late))} over weeks, from opening to a dated close or check, not in one sitting.",
            _cite(late),
        )
    if prevented:
        return _seen(f"{_cases_word(len(prevented))} on to what prevents the problem elsewhere.", _cite(prevented))
    return _unseen("No corrective action shows dates of opening, action and check apart from each other.")


def _verified(bundle: Bundle, item: Item) -> date | None:
    days = [
        day for fact in item.document.facts if fact.role in ("verified", "closed") and (day := bundle.happened(fact))
    ]
    return max(days) if days else None


def _people(number: int, of: str = "") -> str:
    return f"One person acts as owner{of}" if number == 1 else f"{number} people act as owners{of}"


def _cases_word(number: int) -> str:
    return "One case runs" if number == 1 else f"{number} cases run"


def _cite(items: list[Item]) -> tuple[Citation, ...]:
    return tuple(citation for item in items[:3] if (citation := cite(item.document, item.passage, item.fact.quote)))


def _seen(explanation: str, evidence: tuple[Citation, ...] = ()) -> dict[str, object]:
    return {"seen": True, "explanation": explanation, "evidence": evidence}


def _unseen(explanation: str, evidence: tuple[Citation, ...] = ()) -> dict[str, object]:
    return {"seen": False, "explanation": explanation, "evidence": evidence}


_MARKS: dict[str, Callable[[Bundle, Sequence[Flag]], dict[str, object]]] = {
    "ownership_clarified": _ownership,
    "recurring_issues_fixed": _fixed,
    "metrics_followed": _followed,
    "actions_tightened": _tightened,
}
