"""Sentences against the rows, fields and months above them: none leaked, none was found, fewer came back, all aims were met."""

import pytest

from evidence.certified_work import serves_alone
from evidence.facts.text import fold
from tests.unit.evidence.builders import flags, report

TESTED = {"kind": "traceability_record", "criteria": ("traceability",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


def _contradicts(*reports):
    return "conclusion_contradicts_data" in flags(*reports)


@pytest.mark.parametrize(
    ("head", "nil", "odd", "said", "raised"),
    [
        ("Seat leakage", "Nil", "14 drops/min", "No leakage observed on any of the valves.", True),
        ("Seat leakage", "Nil", "Nil", "No leakage observed on any of the valves.", False),
        ("Seat leakage", "Nil", "14 drops/min", "No leakage observed on any of the others, 26-3103 lapped and tested again.", False),
        ("Rò rỉ", "Không", "3 giọt/phút", "Không có rò rỉ ở tất cả các van.", True),
        ("泄漏", "无", "每分钟 3 滴", "所有阀门均无泄漏。", True),
    ],
)  # fmt: skip
def test_none_is_said_of_a_column_in_which_one_is(head, nil, odd, said, raised):
    rows = "".join(f"| 26-310{n} | 30.{n} | {odd if n == 3 else nil} |\n" for n in range(1, 7))
    text = f"# Hydrostatic test report, 17.09.2026\n\n| Valve no. | Pressure | {head} |\n{rows}\n{said}"
    assert _contradicts(report("Hydro test.pdf", text, **TESTED)) is raised


@pytest.mark.parametrize(
    ("grade", "said", "raised"),
    [
        (
            "Minor nonconformity",
            "Conclusion: during the audit no nonconformities were identified in any of the areas.",
            True,
        ),
        ("Conform", "Conclusion: during the audit no nonconformities were identified in any of the areas.", False),
        ("Minor nonconformity", "Conclusion: no major nonconformities were identified.", False),
        ("NC", "Kết luận: không phát hiện điểm không phù hợp nào.", True),
    ],
)
def test_an_audit_that_graded_findings_and_says_that_there_were_none(grade, said, raised):
    text = (
        "# Internal audit report, 23 April 2026\n\n| No | Area | What was seen | Grade |\n| 1 | Knitting | Card of yarn lot differs from the machine | "
        f"{grade} |\n| 2 | Dyeing | Recipes signed | Conform |\n\n{said}"
    )
    assert _contradicts(report("Audit.docx", text, **AUDIT)) is raised


@pytest.mark.parametrize(
    ("first", "last", "said", "raised"),
    [
        ("6 tháng cuối 2025", "6 tháng đầu 2026", "Số vụ khiếu nại giảm rõ, phế phẩm giảm, giao hàng tốt lên.", True),
        ("6 tháng cuối 2025", "6 tháng đầu 2026", "Số vụ khiếu nại tăng, phế phẩm giảm.", False),
        ("1H 2025", "1H 2026", "Khiếu nại giảm rõ, phế phẩm giảm.", True),
    ],
)
def test_each_clause_is_held_against_its_own_row(first, last, said, raised):
    text = f"# Biên bản xem xét, 22/07/2026\n\n| Chỉ tiêu | {first} | {last} |\n| Khiếu nại khách hàng | 7 | 13 |\n| Tỷ lệ phế phẩm (%) | 1,42 | 1,18 |\n\nĐánh giá: {said}"
    assert _contradicts(report("Xem xet.docx", text, **REVIEW)) is raised


@pytest.mark.parametrize(
    ("after", "raised"), [("246 rejected of 9,240 = 2.66 %", True), ("74 rejected of 9,240 = 0.80 %", False)]
)
def test_shares_of_two_months_that_a_case_tells(after, raised):
    text = (
        "Problem :: Edge chipping after grinding || Opened :: 14.05.2026\nData before :: April 2026: 214 rejected of 9,870 = 2.17 %\n"
        "Root cause :: Wheel dressed after 400 pieces\nCorrective action :: Dressing every 250 pieces, 02.06.2026\n"
        f"Effectiveness check :: July 2026: {after}\nConclusion :: Rejection came down after action. Action found effective\nClosed :: 07.08.2026\n"
    )
    assert _contradicts(report("CAPA 22.docx", text, **CASE)) is raised


@pytest.mark.parametrize(
    ("line", "said", "raised"),
    [
        ("On-time delivery 93.1 % (target ≥ 97 %)", "All targets were met.", True),
        ("On-time delivery 98.1 % (target ≥ 97 %)", "All targets were met.", False),
        ("On-time delivery 93.1 % (target ≥ 97 %), carrier changed in June", "All other targets were met.", False),
        ("Tỷ lệ giao hàng đúng hạn: mục tiêu ≥ 97 %, thực tế 93 %", "Tất cả mục tiêu đều đạt.", True),
        ("ของเสีย 2.9 % (เป้าหมาย ไม่เกิน 1.5 %)", "บรรลุเป้าหมายทุกข้อ", True),
        ("고객불만 7건 (목표 3건 이하)", "모든 목표를 달성하였다.", True),
    ],
)
def test_a_figure_told_beside_its_aim(line, said, raised):
    text = f"# Management review, 3 September 2026\n\n- {line}\n\n{said}"
    assert _contradicts(report("Review.docx", text, **REVIEW)) is raised


@pytest.mark.parametrize(
    ("scope", "alone"),
    [
        ("Cung cấp dịch vụ lắp đặt và bảo trì hệ thống điện nhẹ, PCCC", True),
        ("设备安装及维护服务", True),
        ("Manufacture, installation and maintenance of elevators", False),
        ("Sản xuất và lắp đặt tủ điện", False),
    ],
)
def test_a_scope_of_services_alone(scope, alone):
    assert serves_alone(fold(scope)) is alone


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Transport (manager Mr Khanh): audited by Mr Khanh, because Mr Tuan was on leave. No NC.", True),
        ("Transport (manager Mr Khanh): audited by Mr Tuan of Warehouse. No NC.", False),
    ],
)
def test_the_head_in_brackets_who_audits_behind_them(line, raised):
    text = f"# Internal audit of 15 September 2026\n\nWarehouse (manager Mr Tuan): audited by Mr Dung of Transport. One NC: no label in row F. Label put 20 September. Closed.\n{line}"
    assert ("auditor_not_independent" in flags(report("Audit result.docx", text, **AUDIT))) is raised


def test_the_owner_of_an_area_whom_another_auditor_visited():
    text = (
        "# Internal audit 2026\n\nDates: 5 and 6 May 2026. Auditors: Ane Etxaniz (quality manager), Jon Urrutia (metallography). Mr Urrutia audited the "
        "quality office (owner: Ane Etxaniz); metallography (owner: Jon Urrutia) was audited by Mrs Etxaniz.\n\nNC 26-1: check sheet unsigned. Sheet changed 20 May. Closed."
    )
    assert "auditor_not_independent" not in flags(report("Audit report.docx", text, **AUDIT))


@pytest.mark.parametrize(
    ("verdict", "remark", "said", "raised"),
    [
        ("NG", "", "All dimensions are accepted.", True),
        ("OK", "", "All dimensions are accepted.", False),
        ("NG", "reground", "All dimensions are accepted.", False),
        ("NG", "", "All dimensions are accepted after rework of hole 3.", False),
        ("NG", "", "All other dimensions are accepted.", False),
        ("不合格", "", "全部项目合格，准予入库。", True),
        ("Không đạt", "", "Tất cả hạng mục đều đạt.", True),
        ("불합격", "", "전 항목 합격.", True),
    ],
)
def test_all_passed_beside_a_row_that_did_not(verdict, remark, said, raised):
    rows = "".join(
        f"| Hole {n} | smooth, no burr | {verdict if n == 3 else 'OK'} | {remark if n == 3 else ''} |\n"
        for n in range(1, 6)
    )
    text = f"# First article inspection, 7 July 2026\n\n| Item | Asked | Verdict | Remark |\n{rows}\n{said}"
    assert _contradicts(report("FAI 0707.xlsx", text, **TESTED)) is raised


def test_a_name_with_its_title_in_one_place_is_named_once():
    text = (
        "# Internal Audit Report 1/2026\n\nAudit date :: 20 April 2026 || Lead auditor :: Mr. Wichai Saelim (external)\n"
        "Co-auditor :: Ms. Nattaya P. (Sales) || Criteria :: ISO 9001:2015\n\n| Department | Auditee | Auditor | Result |\n"
        "| Production | Mr. Somsak R. | Mr. Wichai | 1 minor |\n| Purchasing | Mr. Decha L. | Ms. Nattaya | conform |\n"
        "| Sales | Ms. Nattaya P. | Mr. Wichai | conform |\n\nMinor 1: viscosity read once. Second cup bought 29 April. Closed."
    )
    assert "auditor_not_independent" not in flags(report("Audit Report.docx", text, **AUDIT))
