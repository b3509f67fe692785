"""The mark of clear ownership: who counts as an owner at work, and how many it takes."""

from tests.unit.evidence.builders import report
from tests.unit.evidence.test_assessment import AUDIT, RULES_ONLY, TRAINING, judged


def test_one_person_who_does_it_all_shows_no_clear_owners() -> None:
    mark = next(mark for mark in judged(TRAINING, RULES_ONLY).marks if mark.id == "ownership_clarified")
    assert not mark.seen
    assert mark.explanation.startswith("Records name one person alone")
    assert mark.evidence
    both = judged(TRAINING, AUDIT, RULES_ONLY)
    assert next(mark for mark in both.marks if mark.id == "ownership_clarified").seen


def test_owners_of_the_rules_are_known_by_their_given_names_in_records() -> None:
    rules = report(
        "manual.docx",
        "| Process | Owner |\n| Purchasing | Phạm Văn Đức |\n| Inspection | Nguyễn Thị Hoa Mai |\n| Stores | Đặng Kim Ngân |",
        kind="manual", reading="static", mode="prescription", criteria=("process_ownership",),
    )  # fmt: skip
    visit = report("visit.docx", "Date: 3 May 2026\n\nAuditor: Đức\n\nAuditor: Mai", criteria=("supplier_control",))
    mark = next(mark for mark in judged(rules, visit).marks if mark.id == "ownership_clarified")
    assert mark.seen
    assert "2 of them" in mark.explanation
    alone = report("visit.docx", "Date: 3 May 2026\n\nAuditor: Đức\n\nAuditor: Bình", criteria=("supplier_control",))
    family = report("visit.docx", "Date: 3 May 2026\n\nAuditor: Nguyễn\n\nAuditor: Đức", criteria=("supplier_control",))
    two = rules.model_copy(
        update={"facts": tuple(f.model_copy(update={"value": f.value.replace("Đặng", "Nguyễn")}) for f in rules.facts)}
    )
    assert not next(mark for mark in judged(two, family).marks if mark.id == "ownership_clarified").seen
    assert not next(mark for mark in judged(rules, alone).marks if mark.id == "ownership_clarified").seen


def test_who_was_asked_in_the_one_audit_owns_no_process_by_that() -> None:
    audit = report(
        "audit.xlsx",
        "# Internal audit\n\nAuditor :: Tran Minh || Auditee :: Le Hoa || Audit date :: 12 May 2026\n\nTwo gauges were out of date.",
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    (mark,) = (one for one in judged(audit).marks if one.id == "ownership_clarified")
    assert (mark.seen, mark.explanation[:34]) == (False, "Records name one person as audited")
    other = report(
        "car.docx",
        "# Corrective action\n\nAction :: vent cleaned || Responsible :: Pham Lan || Closed :: 12 June 2026",
        kind="corrective_action_record",
        criteria=("corrective_action",),
    )
    (mark,) = (one for one in judged(audit, other).marks if one.id == "ownership_clarified")
    assert (mark.seen, mark.explanation) == (True, "2 people act as owners of actions in records.")
