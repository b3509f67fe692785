"""Training cases are left out and not accused; the name of an empty box is no answer, also where it holds figures."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
ACCUSED = {"closed_same_day", "human_error_retrain_only", "no_effectiveness_check"}
BODY = (
    "Opened: 12.01.2026\n\nProblem: the knob is scratched\n\nRoot cause: operator negligence\n\n"
    "Corrective action: operator was retrained\n\nClosed: 12.01.2026"
)


@pytest.mark.parametrize(
    "mark",
    [
        "EĞİTİM ÖRNEĞİDİR - gerçek kayıt değildir",
        "Training example, not a real record",
        "Ví dụ giả định, không phải hồ sơ thật",
        "培训示例，非真实案例",
        "ตัวอย่างสำหรับฝึกอบรม ไม่ใช่เหตุการณ์จริง",
    ],
)
def test_a_paper_that_calls_itself_an_example_is_not_accused(mark: str) -> None:
    assert not ACCUSED & set(flags(report("sheet.docx", f"# {mark}\n\n{BODY}", **CASE)))


def test_the_same_paper_without_that_mark_is() -> None:
    assert set(flags(report("sheet.docx", f"# Report on the knob\n\n{BODY}", **CASE))) >= ACCUSED


@pytest.mark.parametrize(
    ("told", "missing"), [("Effect verify batch 1 / 2 / 3", True), ("480 pieces were checked, none bad.", False)]
)
def test_a_box_that_names_its_batches_is_empty_until_something_is_told(told: str, missing: bool) -> None:
    text = (
        "# 8D report\n\nDate: 2026-03-05\n\nD2 Problem: flash on the knob, 300 pieces\n\nD4 Root cause: insert worn\n\n"
        f"D5 Action: insert replaced 2026-03-20\n\nD8 {told}\n\nClosed: 2026-05-20"
    )  # fmt: skip
    assert ("no_effectiveness_check" in flags(report("8d.docx", text, **CASE))) is missing
