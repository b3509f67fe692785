"""What a paper says of its figures against the figures: aims missed and met, grades, plans by class, periods that moved the other way."""

import pytest

from tests.unit.evidence.builders import flags, report

TESTED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}


def _contradicts(*reports):
    return "conclusion_contradicts_data" in flags(*reports)


@pytest.mark.parametrize(
    ("head", "row", "raised"),
    [
        ("No | Objective | Target | Result | Status", "Scrap | ≤ 1.5 % | 2.4 % | Achieved", True),
        ("No | Objective | Target | Result | Status", "Scrap | ≤ 1.5 % | 1.4 % | Achieved", False),
        ("No | Objective | Target | Result | Status", "Scrap | ≤ 1.5 % | 2.4 % | Not achieved", False),
        (
            "No | Objective | Target | Result | Status",
            "Scrap | ≤ 1.5 % | 2.4 % | CAR 12 opened, die repaired 3 July",
            False,
        ),
        ("STT | Mục tiêu | Chỉ tiêu | Thực hiện | Đánh giá", "Tỷ lệ lỗi | dưới 1,5 % | 2,4 % | Đạt", True),
        ("序号 | 质量目标 | 目标值 | 实际 | 判定", "不良率 | ≤1.5% | 2.4% | 达成", True),
        ("No | 항목 | 목표 | 실적 | 결과", "불량률 | 1.5 % 이하 | 2.4 % | 달성", True),
        ("No | Hedef | Hedef değer | Gerçekleşen | Durum", "Hurda oranı | en fazla 1,5 % | 2,4 % | Tutturuldu", True),
        ("ลำดับ | วัตถุประสงค์ | เป้าหมาย | ผล | สถานะ", "ของเสีย | ไม่เกิน 1.5 % | 2.4 % | บรรลุ", True),
    ],
)
def test_an_aim_that_its_row_misses_and_calls_met(head, row, raised):
    text = f"# KPI 2026\n\n| {head} |\n| 1 | {row} |\n| 2 | Delivery on time | ≥ 96 % | 97.1 % | OK |\n"
    assert _contradicts(report("KPI 2026.xlsx", text, **COUNTED)) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("The director stated that all objectives were reached.", True),
        ("Tất cả mục tiêu đều đạt.", True),
        ("所有目标均已达成。", True),
        ("Seluruh sasaran mutu tercapai.", True),
        ("Tüm hedefler tutturuldu.", True),
        ("All objectives but complaints were reached; complaints are above target.", False),
        ("3 of 4 objectives were reached.", False),
        ("Not all objectives were reached.", False),
        ("All objectives must be reached next year.", False),
    ],
)
def test_a_sentence_over_all_aims_of_which_one_was_missed(said, raised):
    text = f"# Review, 3 September 2026\n\n| Objective | Target | Result |\n| Customer complaints, ppm | below 300 | 412 |\n| Delivery on time | at least 95 % | 96.2 % |\n| Scrap | below 2 % | 1.6 % |\n\n{said}"
    paper = report("Review.docx", text, kind="management_review_record", criteria=("management_review",))
    assert _contradicts(paper) is raised


@pytest.mark.parametrize(
    ("kappa", "said", "raised"),
    [
        ("0.52", "Inspection system acceptable.", True),
        ("0.52", "Inspection system not acceptable, appraisers trained again on 3 July.", False),
        ("0.91", "Inspection system acceptable.", False),
    ],
)
def test_limits_in_a_row_below_the_figures(kappa, said, raised):
    text = f"# Attribute study, 2 July 2026\n\n| Appraiser | Effectiveness % | Kappa |\n| Lina | 93 | 0.88 |\n| Budi | 95 | {kappa} |\n| Acceptance | 90 min | 0.75 min |\n\n{said}"
    assert _contradicts(report("Study.xlsx", text, kind="calibration_record")) is raised


@pytest.mark.parametrize(
    ("scale", "grade", "raised"),
    [
        ("Class: A ≥ 85 preferred; B 70-84 approved; C < 70 stop", "A", True),
        ("Class: A ≥ 85 preferred; B 70-84 approved; C < 70 stop", "C", False),
        ("等级：A ≥ 85 优先；B 70–84 合格；C ＜ 70 停止", "A", True),
        ("Xếp loại: A từ 85; B 70-84; C dưới 70", "B", True),
    ],
)
def test_a_grade_is_that_of_its_points(scale, grade, raised):
    rows = f"| Alpha | 91 | A |\n| Beta | 76 | B |\n| Gamma | 56 | {grade} |\n| Delta | 88 | A |"
    text = f"# Supplier rating 2026\n\n{scale}\n\n| Supplier | Points | Class |\n{rows}"
    paper = report("Rating.xlsx", text, kind="supplier_evaluation_record", criteria=("supplier_control",))
    assert _contradicts(paper) is raised


@pytest.mark.parametrize(
    ("major", "verdict", "raised"),
    [("12", "☒ PASS ☐ FAIL", True), ("6", "☒ PASS ☐ FAIL", False), ("12", "☐ PASS ☒ FAIL", False)],
)
def test_a_plan_for_each_class_of_defects(major, verdict, raised):
    text = f"# Final inspection\n\nAQL :: major 2.5 (Ac 7 / Re 8), minor 4.0 (Ac 10 / Re 11) || Lot :: VP-12\n\n| Defect | Critical | Major | Minor |\n| Stain | 0 | {major} | 2 |\n| Thread | 0 | 0 | 4 |\n| Total | 0 | {major} | 6 |\n\nResult :: {verdict}"
    assert _contradicts(report("Final.docx", text, **TESTED)) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Satisfaction has risen again in all points.", True),
        ("Kepuasan pelanggan meningkat di semua butir.", True),
        ("Satisfaction fell in all points, actions follow.", False),
        ("Satisfaction should rise next year.", False),
    ],
)
def test_two_years_beside_each_other_and_what_is_said_of_them(said, raised):
    text = f"# Survey 2026\n\n| Question | 2025 | 2026 |\n| Quality of parts | 88 | 82 |\n| Advice | 90 | 84 |\n| Speed | 81 | 73 |\n\n{said}"
    assert _contradicts(report("Survey.docx", text, **COUNTED)) is raised


def test_the_name_of_a_feature_behind_its_number_is_no_remark():
    rows = "| 1 | Tensile strength MPa | 800 min | 826 | 771 | 764 |\n| 2 | Hardness HRC | 22 - 32 | 26 | 24 | 25 |\n| 3 | Elongation % | 12 min | 14.2 | 15.1 | 15.4 |"
    head = "| Sl. | Test | Specified | Sample 1 | Sample 2 | Sample 3 |"
    text = f"# Test report\n\nLot :: 26J08\n\n{head}\n{rows}\n\nAll samples meet the specification. Lot passed."
    assert _contradicts(report("Test report.pdf", text, **TESTED))


@pytest.mark.parametrize(
    ("cpk", "said", "raised"),
    [
        ("1.12", "Process is capable, start of mass production approved.", True),
        ("1.52", "Process is capable, start of mass production approved.", False),
        ("1.12", "Process is not capable, tool corrected.", False),
    ],
)
def test_an_index_below_the_one_that_is_asked(cpk, said, raised):
    text = f"# Capability study, 16 September 2026\n\n| Item | Value |\n| Mean | 38.248 mm |\n| Standard deviation | 0.0189 mm |\n| Cpk | {cpk} |\n| Requirement | Cpk ≥ 1.33 |\n\n{said}"
    assert _contradicts(report("Study.pptx", text, **TESTED)) is raised


@pytest.mark.parametrize(
    ("head", "verdict", "raised"),
    [
        ("Tỷ lệ (%) | Đánh giá (mục tiêu ≥ 95 %)", "Đạt", True),
        ("Tỷ lệ (%) | Đánh giá (mục tiêu ≥ 95 %)", "Không đạt", False),
        ("On time (%) | Status (target ≥ 95 %)", "OK", True),
        ("On time (%) | Status (target ≥ 85 %)", "OK", False),
    ],
)
def test_the_limit_of_a_head_holds_for_the_column_of_its_unit(head, verdict, raised):
    text = f"# KPI\n\n| Tháng | Số đơn | {head} |\n| Tháng 7 | 142 | 96,5 | OK |\n| Tháng 8 | 151 | 88,1 | {verdict} |\n| Tháng 9 | 148 | 97,2 | OK |"
    assert _contradicts(report("KPI.xlsx", text, **COUNTED)) is raised


@pytest.mark.parametrize(("permitted", "raised"), [("± 0,004 mm", True), ("± 0,020 mm", False)])
def test_errors_of_which_most_are_beyond_what_their_field_permits(permitted, raised):
    text = f"# Biên bản hiệu chuẩn\n\nMã số :: PM-06 || Ngày :: 18/08/2026\nSai số cho phép :: {permitted} || Nhiệt độ :: 20,6 °C\n\n| Chuẩn (mm) | Đọc (mm) | Sai số (mm) |\n| 2,500 | 2,502 | +0,002 |\n| 7,700 | 7,706 | +0,006 |\n| 12,900 | 12,908 | +0,008 |\n| 25,000 | 25,011 | +0,011 |\n\nThiết bị đạt, tiếp tục sử dụng."
    assert _contradicts(report("PM-06.docx", text, kind="calibration_record", criteria=("calibration",))) is raised


def test_a_column_of_places_of_use_holds_no_remarks():
    rows = "\n".join(
        f"| VC-{at:02d} | {value} | {place} |"
        for at, (value, place) in enumerate(
            (
                ("50.01", "press shop"),
                ("50.02", "welding"),
                ("50.09", "final check"),
                ("49.99", "stores"),
                ("50.00", "laboratory"),
            ),
            1,
        )
    )
    text = f"# Calipers, 3 September 2026\n\nSpec 50.00 ± 0.03 mm\n\n| Gauge | Reading (mm) | Used at |\n{rows}"
    assert "out_of_limits_without_reaction" in flags(report("Calipers.xlsx", text, **TESTED))


@pytest.mark.parametrize(
    ("last", "said", "raised"),
    [
        ("2.3", "Result: defect has decreased, action is effective.", True),
        ("2.3", "Kết quả: lỗi đã giảm.", True),
        ("0.4", "Result: defect has decreased, action is effective.", False),
        ("2.3", "Result: defect has not decreased, case stays open.", False),
    ],
)
def test_the_months_of_a_case_against_what_is_said_of_them(last, said, raised):
    text = f"# CAPA 26-031\n\nOpened :: 6 July 2026 || Problem :: Seam opens\n\n| Month | Cartons checked | Open seam | % |\n| June (before) | 24 000 | 456 | 1.9 |\n| August | 26 500 | 583 | {last} |\n| September | 25 200 | 580 | {last} |\n\n{said}"
    paper = report("CAPA 26-031.docx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert _contradicts(paper) is raised


@pytest.mark.parametrize(
    "said",
    [
        "Sales have risen by 12 % again.",
        "All targets of last year were reached.",
        "All actions of the plan were completed.",
    ],
)
def test_a_sentence_on_something_else_is_held_against_no_table(said):
    text = f"# KPI 2026\n\n| Objective | Target | 2025 | 2026 |\n| Customer complaints | below 30 | 44 | 41 |\n| Scrap % | below 2 | 1.9 | 1.6 |\n\n{said}"
    assert not _contradicts(report("KPI.docx", text, **COUNTED))


@pytest.mark.parametrize(
    ("head", "rows", "raised"),
    [
        (
            "Lot | Sample | NG | Pull kN (min 6.0) | Result",
            "125 | 2 | 7.4 / 7.1 / 7.8;125 | 9 | 7.0 / 7.6 / 7.3",
            False,
        ),
        ("Lot | Sample | Kind | Pull kN (min 6.0) | Result", "125 | 2 | 7.4;125 | 9 | 5.6", True),
        ("Batch | Gloss | Spec | Gel time s | Result", "88 | 85 ± 5 | 118;86 | 85 ± 5 | 124", False),
        ("Batch | First | Spec | Gloss | Result", "88 | 85 ± 5 | 98;86 | 85 ± 5 | 84;87 | 85 ± 5 | 83", True),
    ],
)
def test_a_limit_is_held_against_its_own_column(head, rows, raised):
    told = "\n".join(f"| GP60{at} | {row} | accept |" for at, row in enumerate(rows.split(";"), 1))
    assert _contradicts(report("Final.xlsx", f"# Final inspection\n\n| {head} |\n{told}", **TESTED)) is raised
