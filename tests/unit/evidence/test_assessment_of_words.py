"""What stands in words alone: cited where it speaks of the matter, told by its files, left out where it is a training case."""

from tests.unit.evidence.builders import merged, report
from tests.unit.evidence.test_assessment import REVIEW, RULES_ONLY, judged, status


def test_a_training_case_about_an_invented_company_is_left_out() -> None:
    lesson = report(
        "course.docx",
        "Case study for internal auditors\n\nAudit date: 12 March 2026. NC 1: gauge G-12 overdue at press 4.",
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    assert status(judged(lesson, RULES_ONLY), "continuous_improvement")[0] in ("static_only", "missing")


def test_words_without_records_are_cited_where_they_speak_of_the_matter_itself() -> None:
    """Not the revision table at the head of the paper, and of suppliers the side that is asked for."""
    head = report(
        "P-05 purchasing.docx",
        "| Version | Date | Author | Next review |\n| 1.0 | 15 January 2026 | Lan | January 2027 |",
        kind="procedure",
        reading="static",
        mode="prescription",
    )
    faint = tuple(p.model_copy(update={"criteria": {**p.criteria, "supplier_control": 0.6}}) for p in head.passages)
    body = report(
        "P-05 purchasing.docx",
        "# Before the first order\n\nThe buyer visits a new supplier and tries a sample lot before it is approved.\n\n"
        "# Every quarter\n\nThe buyer works out the delivery performance of each supplier and sends it to them.",
        kind="procedure",
        reading="static",
        mode="prescription",
        criteria=("supplier_control",),
    )
    rules = merged(head.model_copy(update={"passages": faint}), body)
    made = judged(rules, report("manual.docx", "The company is proud of its work and its people.", mode="other"))
    quotes = {e.id: e.evidence[0].quote for e in made.expectations if e.id.startswith("supplier_")}
    assert "sample lot" in quotes["supplier_qualification"]
    assert "delivery performance" in quotes["supplier_monitoring"]
    (flag,) = (f for f in made.flags if f.id == "procedure_without_record")
    assert "Version" not in flag.citations[0].quote
    assert flag.ask == "Please send two records of supplier evaluation from the last twelve months."


def test_words_alone_are_told_by_the_files_that_hold_them() -> None:
    made = judged(RULES_ONLY, REVIEW)
    found = next(e for e in made.expectations if e.rule == "only_words")
    assert found.provided == "Only rules, plans or lists ('manual.docx')."
    assert found.gap.startswith("No record shows it being done. ")
