"""Flags on procedures of which no record shows that they are followed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, Evidence, cite, is_example
from evidence.facts.text import fold, phrases
from evidence.findings import telling
from evidence.flags.authenticity import is_workbook
from evidence.flags.case_items import CASE_ROLES
from evidence.flags.listed_entries import lists_records
from evidence.flags.offices import lists_offices
from evidence.flags.own_records import is_shown, topics_of, unshown_matter
from evidence.flags.records_asked import asks_for_exercise, is_daily_log, is_to_come, says_topic, tells_recall
from evidence.flags.registry import Finding, name_of, rule
from evidence.lots import is_lot
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.titles import (
    RULES_AND_FORMS,
    calls_itself_plan,
    is_filed_as_record,
    is_pure_rule,
    lists_suppliers,
    title_of,
)

TOPICS = {
    "corrective_action": "corrective action",
    "internal_audit": "internal audit",
    "management_review": "management review",
    "traceability": "traceability",
    "supplier_control": "supplier evaluation",
    "calibration": "calibration",
    "competence": "training",
    "recall": "a mock recall",
}
"""Criteria whose procedures ask for records, with the words for them.

Risk and change may leave none in a quiet year.
"""


@rule("procedure_without_record")
def procedure_without_record(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A topic has a procedure, and not one dated record in the whole bundle."""
    unread = sum(document.status == "failed" for document in bundle.documents)
    raised: set[str] = set()
    for criterion, topic in TOPICS.items():
        rules = [e for e in bundle.talks((criterion,), ("prescription",)) if e.document.kind in ("procedure", "manual")]
        rules += [
            Evidence(document, passage, None)
            for document in bundle.read
            if document.kind == "procedure" and _is_titled(document, criterion) and not _is_no_rule(document)
            for passage in document.passages
            if passage.mode == "prescription" and not passage.hidden and not bundle.about(passage, (criterion,))
        ]
        documents = Counter(e.document.path for e in rules)
        own = [
            e
            for e in rules
            if e.document.kind == "procedure"
            and not calls_itself_plan(e.document)
            and not _is_no_rule(e.document)
            and (documents[e.document.path] >= 2 or _is_short_text(e.document))
            and not is_to_come(bundle, e.document)
            and not (criterion == "competence" and is_example(e.document))  # a course teaches with a case
            and (
                _is_titled(e.document, criterion)
                or (_main_topic(bundle, e.document) == criterion and not is_shown(bundle, e.document, criterion))
            )
        ]
        if not own or (criterion == "recall" and not any(asks_for_exercise(e.document) for e in own)):
            continue
        done = any(e.day is not None and _tells_of(e, criterion) for e in bundle.records((criterion,))) or any(
            (
                document.kind in RECORDS.get(criterion, ())
                and document.reading in ("living", "mixed")
                and not (criterion == "calibration" and is_daily_log(document))
                and says_topic(document, criterion)
            )
            or (_records_topic(document) and _is_titled(document, criterion))
            or (criterion == "recall" and tells_recall(bundle, document))
            for document in bundle.read
        )
        if done or unread * 3 > len(bundle.documents):
            continue
        ruling = [e for e in own if not lists_suppliers(e.document)]
        if not ruling and not any(_holds_form(e.document) for e in own):
            continue  # a bare list says nothing of how anything is to be done
        told = (
            {"says": f"says how {topic} is to be done", "it": "it"}
            if ruling
            else {"says": "lists suppliers", "it": topic}
        )
        yield Finding(
            {"topic": topic, "name": name_of((ruling or own)[0].document.path), **told},
            telling(bundle, {"criteria": (criterion,)}, ruling or own, 1),
        )
        raised.update(e.document.path for e in own)
    for document in bundle.read if unread * 3 <= len(bundle.documents) else ():
        if (
            document.kind != "procedure"
            or document.reading != "static"
            or document.path in raised
            or calls_itself_plan(document)
            or _is_no_rule(document)
            or is_to_come(bundle, document)
            or is_example(document)
            or lists_suppliers(document)
            or is_workbook(document)
            or (phrases("titles", "corrects").search(title_of(document)) and _has_cases(bundle))
            or any(
                _is_titled(document, name) for name in TOPICS if name != "corrective_action" or not topics_of(document)
            )
        ):
            continue
        if matter := unshown_matter(bundle, document):
            steps = [p for p in document.passages if p.mode == "prescription" and not p.hidden]
            yield Finding(
                {
                    "topic": f"'{matter}'",
                    "name": name_of(document.path),
                    "says": f"says how '{matter}' is to be done",
                    "it": "it",
                },
                tuple(cite(document, passage) for passage in steps[:1]),
            )


@remembered
def _has_cases(bundle: Bundle) -> bool:
    """Whether a register of the bundle holds cases with the day of what was done: complaints and corrective action are lived."""
    return any(
        document.kind == "corrective_action_record"
        and any(fact.kind == "case" and '"closed":"' in fact.value for fact in document.facts)
        for document in bundle.read
    )


def _holds_form(document: DocumentReport) -> bool:
    """Whether a list has a blank form on a sheet or page of its own: what is to be done is set out there, and not filled."""
    parts = {passage.part for passage in document.passages if passage.mode in ("prescription", "record")}
    return any(passage.mode == "template" and passage.part not in parts for passage in document.passages)


def _tells_of(told: Evidence, criterion: str) -> bool:
    """Whether a record shows a topic being done. A sheet of production that counts rejects is near to corrective action in its
    words, and is none: outside the papers that speak of cases it has to name one, or the work itself.
    """
    if is_pure_rule(told.document):
        return False
    if criterion == "calibration":
        return not is_daily_log(told.document)
    if criterion != "corrective_action":
        return told.document.kind in RECORDS.get(criterion, ()) or says_topic(told.document, criterion)
    if told.document.kind in SPEAK_OF_CASES:
        return True
    return any(
        fact.kind in ("case", "action") or (fact.kind == "identifier" and fact.role in (*CASE_ROLES, "scar"))
        for fact in told.document.facts
    ) or bool(phrases("titles", "corrective_action").search(fold(f"{told.document.path} {told.passage.text}")))


SPEAK_OF_CASES = ("corrective_action_record", "management_review_record", "internal_audit_record")
"""Kinds of records in which a passage on corrective action is meant so."""


def _records_topic(document: DocumentReport) -> bool:
    """Whether a paper can show a topic of its title being done: no rule or form, and no paper of which nothing is known to have
    happened but a certificate of something else than a system.
    """
    if document.kind == "certificate":
        return not any(fact.kind == "certificate_field" and fact.role == "standard" for fact in document.facts)
    return document.kind not in RULES_AND_FORMS and document.reading != "static"


def _is_no_rule(document: DocumentReport) -> bool:
    """Whether a paper taken for a procedure says what is aimed at or holds what was done: objectives, ratings, readings."""
    rated = phrases("suppliers_flags", "evaluates").search(title_of(document))
    return (
        is_filed_as_record(document)
        or lists_offices(document)
        or lists_records(document)
        or _is_headed_by_day(document)
        or _names_auditors(document)
        or any(phrases("titles", name).search(title_of(document)) for name in ("objectives", "study"))
        or any(
            fact.kind in ("readings", "series") or is_lot(fact) or (fact.kind == "evaluation" and rated is not None)
            for fact in document.facts
        )
    )


def _names_auditors(document: DocumentReport) -> bool:
    """Whether a paper gives one area after the other to auditors by their names, and a day: the report of an audit in a language that
    its title was not known in. A rule names nobody.
    """
    auditors = Counter(fact.value for fact in document.facts if fact.kind == "person" and fact.role == "auditor")
    dated = any(fact.kind == "date" and fact.role == "evidence" for fact in document.facts)
    return dated and len(auditors) > 1 and max(auditors.values()) > 1


def _is_headed_by_day(document: DocumentReport) -> bool:
    """Whether a paper is headed by the day of what it tells, and names a later one: ``Internal audit, 12 March 2026``. A rule is in force
    from a day on, and none stands in its name.
    """
    days = [fact for fact in document.facts if fact.day and fact.role == "evidence"]
    heads = {heading for passage in document.passages[:1] for heading in passage.heading}
    headed = [fact.value for fact in days if fact.quote and any(fact.quote in heading for heading in heads)]
    return len(headed) > 0 and any(fact.value > min(headed) for fact in days)


def _is_titled(document: DocumentReport, criterion: str) -> bool:
    """Whether the title of a paper names a topic that titles are known of."""
    return criterion in TITLED and any(
        "\n" not in match[0] for match in phrases("titles", criterion).finditer(title_of(document))
    )  # ``Mould management`` above ``Rev 3`` is no review


TITLED = tuple(TOPICS)
"""Topics whose titles are known in all languages."""

RECORDS = {
    "corrective_action": ("corrective_action_record",),
    "internal_audit": ("internal_audit_record",),
    "management_review": ("management_review_record",),
    "traceability": ("traceability_record",),
    "supplier_control": ("supplier_evaluation_record",),
    "calibration": ("calibration_record",),
    "competence": ("training_record",),
}
"""Kinds of records that show a topic being done, dated or not: an undated record is a gap of its own."""


def _is_short_text(document: DocumentReport) -> bool:
    """A procedure of a page, cut into one passage or two; a list in a workbook is none."""
    return len(document.passages) <= 2 and not is_workbook(document)


def _main_topic(bundle: Bundle, document: DocumentReport) -> str | None:
    counts: Counter[str] = Counter(
        name
        for passage in document.passages
        if passage.mode == "prescription"
        for name in TOPICS
        if bundle.about(passage, (name,))
    )
    return counts.most_common(1)[0][0] if counts else None
