"""Rounds between laboratories whose own row judges good what their scale does not."""

import pytest

from tests.unit.evidence.builders import flags, report

MEASURED = {"kind": "calibration_record", "criteria": ("calibration",)}
HEAD = "| Round | Analyte | z-score | Result |\n| R-1 | Iron | 0.4 | {good} |\n| R-2 | Zinc | {score} | {said} |\n| R-3 | Lead | -1.2 | {good} |\n"


@pytest.mark.parametrize(
    ("title", "good"),
    [
        (
            "Proficiency testing 2026 (up to 2 satisfactory, 2 to 3 questionable, 3 or more unsatisfactory)",
            "Satisfactory",
        ),
        ("Thử nghiệm thành thạo 2026 (đến 2 đạt, 2 đến 3 nghi ngờ, từ 3 không đạt yêu cầu)", "Đạt"),
        ("Uji profisiensi 2026 (sampai 2 memenuhi, 2 sampai 3 meragukan, mulai 3 tidak memuaskan)", "Memenuhi"),
        ("能力验证 2026（2以下合格，2到3可疑，3以上不满意）", "合格"),
        ("숙련도 시험 2026 (2 이하 적합, 2~3 의심, 3 이상 불만족)", "적합"),
    ],
)
@pytest.mark.parametrize(("score", "raised"), [("3.6", True), ("1.6", False)])
def test_a_scale_in_the_title_is_no_verdict(title, good, score, raised):
    text = f"# {title}\n\n" + HEAD.format(good=good, score=score, said=good)
    assert ("conclusion_contradicts_data" in flags(report("PT.docx", text, **MEASURED))) is raised


@pytest.mark.parametrize(
    ("said", "note", "raised"),
    [
        ("Unsatisfactory", "", False),
        ("Satisfactory", "R-2: questionable, standard made anew, repeated with 0.3.", False),
        ("Satisfactory", "Bottle of R-3 was replaced by the organiser.", True),
    ],
)
def test_what_is_said_of_the_row(said, note, raised):
    text = "# Proficiency testing 2026\n\n" + HEAD.format(good="Satisfactory", score="3.6", said=said) + f"\n{note}\n"
    assert ("conclusion_contradicts_data" in flags(report("PT.docx", text, **MEASURED))) is raised
