"""Verdicts against figures that are read by where they stand: limits behind the readings, marks in a head, studies cut in two, whole rows."""

import pytest

from evidence.flags.grades_given import scale_of
from tests.unit.evidence.builders import flags, report

CALIBRATED = {"kind": "calibration_record", "criteria": ("calibration",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
TRAINED = {"kind": "training_record", "criteria": ("competence",)}
TESTED = {"kind": "traceability_record", "criteria": ("traceability",)}
EVALUATED = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}


def _contradicts(*reports):
    return "conclusion_contradicts_data" in flags(*reports)


@pytest.mark.parametrize(
    ("third", "verdict", "raised"),
    [("0.07", "Pass", True), ("0.02", "Pass", False), ("0.07", "Fail", False), ("0.07", "Pass, B-range only", False)],
)
def test_errors_at_several_points_before_what_is_permitted(third, verdict, raised):
    text = (
        "| ID | Date | Error at 25 mm | Error at 75 mm | Max permissible | Result | Next due |\n"
        "| OM-11 | 04/05/2026 | 0.00 | 0.01 | ±0.02 | Pass | 03/05/2027 |\n"
        f"| OM-12 | 04/05/2026 | 0.01 | {third} | ±0.02 | {verdict} | 03/05/2027 |\n"
        "| OM-14 | 05/05/2026 | -0.01 | 0.00 | ±0.02 | Pass | 04/05/2027 |\n"
        "| OM-15 | 05/05/2026 | 0.00 | -0.01 | ±0.02 | Pass | 04/05/2027 |\n"
    )
    paper = report("Micrometers 2026.xlsx", text, **CALIBRATED)
    assert _contradicts(paper) is raised
    assert "figures_do_not_add" not in flags(paper)


@pytest.mark.parametrize(
    ("head", "good", "raised"),
    [
        ("Marks (pass 70)", "Pass", True),
        ("Điểm (đạt 70)", "Đạt", True),
        ("得分（合格70）", "合格", True),
        ("Nilai (lulus 70)", "Lulus", True),
        ("점수 (합격 70)", "합격", True),
        ("Marks (pass 40)", "Pass", False),
    ],
)
def test_a_mark_told_in_the_head_of_the_points(head, good, raised):
    rows = "".join(f"| {n} | P{n} Ananda | {points} | {good} |\n" for n, points in enumerate((84, 76, 48, 91, 72), 1))
    assert _contradicts(report("Test.xlsx", f"| No. | Name | {head} | Result |\n{rows}", **TRAINED)) is raised


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("판정기준: 70점 이상 적합, 70점 미만 부적합(거래 중지)", "적합"),
        ("Criteria: approved from 70, not approved below 70", "Approved"),
        ("Kriteria: >= 70 Disetujui, < 70 Ditolak", "Disetujui"),
        ("评分≥70分为合格,70分以下为不合格", "合格"),
        ("Từ 70 điểm trở lên: Đạt; dưới 70 điểm: Không đạt", "Đạt"),
        ("เกณฑ์: 70 ขึ้นไป ผ่าน, ต่ำกว่า 70 ไม่ผ่าน", "ผ่าน"),
        ("70 ve üzeri Onaylı, 70 altı Onaysız", "Onaylı"),
    ],
)
def test_grades_in_words_with_their_ends_in_words(line, good):
    for points, raised in ((57, True), (77, False)):
        rows = "".join(
            f"| {name} | {score} | {good} |\n"
            for name, score in (("Teyo", 89), ("Sinu", points), ("Kumga", 82), ("Mirae", 78))
        )
        paper = report("Rating.xlsx", f"| Supplier | Total | Result |\n{rows}\n\n{line}", **EVALUATED)
        assert len(scale_of(paper)) == 2
        assert _contradicts(paper) is raised


@pytest.mark.parametrize(("share", "raised"), [("41.6", True), ("21.6", False)])
def test_a_gauge_study_that_runs_on_in_the_next_passage(share, raised):
    text = (
        "# Gage R&R report\n\n| Source | Std. dev. (mm) | % of TV |\n| Repeatability EV | 0.0121 | 35.5 |\n"
        + "| Note on set-up of the ten parts taken over three shifts by three appraisers with the same fixture | 0.0064 | 18.8 |\n"
        * 6
        + f"| GRR | 0.0137 | {share} |\n| Part variation PV | 0.0312 | 91.6 |\n\n24 August 2026. Conclusion: measurement system is accepted."
    )
    assert _contradicts(report("GRR.xlsx", text, **CALIBRATED)) is raised


@pytest.mark.parametrize(
    ("title", "last", "said", "raised"),
    [
        (
            "Customer satisfaction Jan-Jun 2026 (target ≥ 85 %)",
            "76.75",
            "Customers were satisfied, the target is met.",
            True,
        ),
        ("ความพึงพอใจลูกค้า 2569 (เป้าหมาย ≥ 85 %)", "76.75", "ลูกค้าพึงพอใจเป็นไปตามเป้าหมาย", True),
        (
            "Customer satisfaction Jan-Jun 2026 (target ≥ 75 %)",
            "76.75",
            "Customers were satisfied, the target is met.",
            False,
        ),
        ("Customer satisfaction Jan-Jun 2026 (target ≥ 85 %)", "76.75", "The target was not met, see CAPA 14.", False),
    ],
)
def test_the_row_over_a_table_against_the_aim_in_its_title(title, last, said, raised):
    text = f"# {title}\n\n| Customer | Quality | Delivery | Average |\n| Aro | 78 | 66 | 75 |\n| Beda | 82 | 70 | 79 |\n| Average | 78.5 | 69.2 | {last} |\n\n{said}"
    assert _contradicts(report("Survey.xlsx", text, **COUNTED)) is raised


@pytest.mark.parametrize(("value", "raised"), [("0.12", True), ("0.05", False)])
def test_the_unit_of_a_reading_is_no_remark_on_it(value, raised):
    text = (
        "# Certificate of analysis\n\n| Test item | Unit | Specification | Result | Method |\n| Colour | Pt-Co | max 30 | 18 | GB/T 1664 |\n"
        f"| Acid value | mgKOH/g | max 0.07 | {value} | GB/T 1668 |\n| Moisture | % | max 0.10 | 0.05 | GB/T 11133 |\n"
        "| Flash point | °C | min 195 | 207 | GB/T 1671 |\n\nConclusion: this batch conforms, all items qualified."
    )
    assert _contradicts(report("COA 260822.pdf", text, **TESTED)) is raised
