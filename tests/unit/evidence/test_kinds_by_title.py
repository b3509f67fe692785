"""A paper that calls itself an internal audit or a management review is one, whatever the model took it for."""

import pytest

from evidence.titles import kind_of
from tests.unit.evidence.builders import report
from tests.unit.evidence.test_assessment import AUDIT, judged, status


@pytest.mark.parametrize(
    ("title", "taken", "kind"),
    [
        ("Management review minutes", "supplier_evaluation_record", "management_review_record"),
        ("Biên bản xem xét của lãnh đạo", "corrective_action_record", "management_review_record"),
        ("管理评审报告", "metrics_record", "management_review_record"),
        ("ประชุมทบทวนโดยฝ่ายบริหาร", "corrective_action_record", "management_review_record"),
        ("Internal audit of March", "training_record", "internal_audit_record"),
        ("Minutes of the design review meeting", "other", "other"),
        ("Supplier internal audit, Blue Creek", "supplier_evaluation_record", "supplier_evaluation_record"),
        ("Training in internal audit", "training_record", "training_record"),
        ("Supplier evaluation for the management review", "supplier_evaluation_record", "supplier_evaluation_record"),
        ("Management review procedure", "other", "other"),
        ("Weekly meeting", "supplier_evaluation_record", "supplier_evaluation_record"),
    ],
)
def test_the_title_stands_before_the_model(title: str, taken: str, kind: str) -> None:
    made = report("paper.docx", f"# {title}\n\nHeld on 4 June 2026, five people were there.", kind=taken)
    assert kind_of(made) == kind


def test_a_review_that_was_taken_for_another_paper_is_a_review_on_its_own_day() -> None:
    review = report(
        "minutes.docx",
        "# Management review\n\nHeld on 21 August 2025, five people were there.\n\n"
        "Steel prices rose by 6 percent.\n\nThe new bench was installed on 14 November 2025 (note added).",
        kind="supplier_evaluation_record",
    )
    (found,) = (one for one in judged(AUDIT, review).expectations if one.id == "continuous_improvement")
    assert "newest record of a management review 2025-08-21, over 13 months old" in found.explanation
    assert status(judged(AUDIT, review), "supplier_evaluation")[0] != "living"


def test_a_case_that_only_sounds_like_an_audit_is_no_record_of_one() -> None:
    text = "{}: lot L26-1107 was held on 15 June 2026, 340 cans were opened and the dial was moved."
    for said, expected in (("Nonconformity", "missing"), ("Internal audit finding 2", "partial")):
        made = report(
            "ncr.docx", text.format(said), kind="corrective_action_record", criteria=("corrective_action", "internal_audit")
        )  # fmt: skip
        note = report("note.docx", "The press shop works in two shifts.", mode="other")
        assert status(judged(made, note), "continuous_improvement")[0] == expected
