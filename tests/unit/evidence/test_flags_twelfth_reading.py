"""Flags in workbooks and reports whose figures, limits and offices stand in unusual places: each shape with its near miss."""

import pytest

from evidence.facts.limits import limits
from evidence.facts.sheet_periods import periods_of
from evidence.facts.sources import Source
from tests.unit.evidence.builders import document, flags, report

TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
GAUGES = {"kind": "calibration_record", "criteria": ("calibration",)}
MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}

REPORT = (
    "# 8D report 7\n\nD2 :: 14 kettles with a dented spout, told us 2 March 2026\nD3 :: 60 kettles held\n"
    "D4 :: the tray of the press was worn\nD5 :: tray renewed, changed every 5000 strokes\nD7 :: {}\nD8 :: closed 20 May 2026\n"
)


@pytest.mark.parametrize(
    ("told", "unchecked"),
    [
        ("120 kettles looked over on 18 May, no dented spout", False),
        ("120 kettles sold in April, 9 shops called on 18 May, none dented", False),
        ("120 drawings stamped so that no spout is dented", True),  # what is wanted
        ("2 kettles looked over on 18 May, none dented", True),  # too few
        ("120 kettles made on 18 May, no lid loose", True),  # of another fault
    ],
)
def test_the_seventh_discipline_that_denies_the_problem(told, unchecked):
    assert ("no_effectiveness_check" in flags(report("8D 7.docx", REPORT.format(told), **CASES))) is unchecked


@pytest.mark.parametrize(
    ("end", "at_once"),
    [("Closed 15 June 2026.", True), ("Closed 20 July 2026.", False), ("Seen on 15 June 2026 by Tan.", False)],
)
def test_a_closing_that_ends_the_line_of_the_action(end, at_once):
    text = f"""# Complaint 26-07

Received 15 June 2026 from Kemang: screws of the feet loose on 6 benches, lot AP-0526-8.

Cause: drill of 4.5 mm taken, the drawing asks for 4.0 mm; both lay in one box.

Action: drills coloured and the box divided. {end}

Check: 50 benches of lot AP-0626-5 on 13 July 2026, all tight.
"""
    assert ("closed_same_day" in flags(report("Complaint 26-07.docx", text, **CASES))) is at_once


@pytest.mark.parametrize(
    ("keeper", "left"),
    [
        ("Blue Heron Seafood Exports (Pvt) Ltd", True),
        ("Lotus Valley Pumps Co., Ltd", False),
        ("our warehouse partner Heron Stores Ltd", False),
    ],
)
def test_a_record_that_the_quality_office_of_another_company_keeps(keeper, left):
    text = f"""# Mock recall

On 18.06.2026 Mr. Jayatissa picked one carton from bay 4, pack lot HT2606-05.

This record shall be kept for three years by the Quality Assurance Manager, {keeper}.
"""
    own = report("Delivery.docx", "# Delivery note\n\nLotus Valley Pumps Co., Ltd, 18.06.2026, 4 cartons.", **TEST)
    assert ("placeholder_left" in flags(report("Mock recall 2026.docx", text, **TEST), own)) is left


def test_tools_of_a_customer_are_no_copied_form():
    text = "# Moulds of customers\n\nMould 4412, property of Nakata Seiko Co., Ltd, looked at by the quality department on 12.05.2026, no damage.\n"
    assert "placeholder_left" not in flags(report("Moulds of customers.docx", text, **TEST))


@pytest.mark.parametrize(("told", "early"), [("came up on 3 July 2026", False), ("came up on 30 July 2026", True)])
def test_the_date_of_a_mail_is_not_the_day_of_its_problem(told, early):
    text = f"""Date: :: Mon, 21 Sep 2026 09:30:00
Subject: :: Complaint 26-07

Problem: screws of 6 benches loose, {told}

Cause: drill of 4.5 mm taken, the drawing asks for 4.0 mm

Action: drills coloured and the box divided, 15 July 2026

Check: 50 benches on 13 August 2026, all tight
"""
    assert ("done_before_reported" in flags(report("Complaint.eml", text, **CASES))) is early


def test_months_counted_under_a_head_of_two_rows():
    sheet = (
        "=== 2026\n| Quality figures 2026 |\n| Figure | Goal | {} |  |  |  |  |  |  |  |\n| Figure | Goal | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n"
        "| Reject rate (%) | 2.0 | 2.9 | 2.6 | 2.7 | 2.3 |  |  |  |  |\n"
    )
    assert "series_stops" in flags(report("Figures 2026.xlsx", sheet.format("Month"), **MEASURES))
    assert "series_stops" not in flags(report("Figures 2026.xlsx", sheet.format("Line"), **MEASURES))


@pytest.mark.parametrize(
    "labels",
    [
        ("1. çeyrek", "2. çeyrek", "3. çeyrek"),
        ("1st quarter", "2nd quarter", "3rd quarter"),
        ("Kuartal I", "Kuartal II", "Kuartal III"),
        ("1분기", "2분기", "3분기"),
        ("第一季度", "第二季度", "第三季度"),
        ("ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3"),
        ("Q1", "Q2", "Q3"),
    ],
)
def test_quarters_without_their_year(labels):
    source = Source(document("A.docx", "text"), ())
    assert list(periods_of(labels, source, "2026").values()) == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert not periods_of(("1. vardiya", "2. vardiya", "3. vardiya"), source, "2026")
    assert not periods_of(("第一", "第二", "第三"), source, "2026")


def test_a_quarter_told_in_minutes_otherwise_than_in_its_table():
    sheet = "| Çeyrek | İade oranı % |\n| 1. çeyrek | 4,2 |\n| 2. çeyrek | 3,8 |\n| 3. çeyrek | 3,5 |\n"
    minutes = "# Toplantı\n\nAyşe Hanım anlattı: 2026 3. çeyrek hurda oranı % {} oldu.\n"
    table = report("Hurda 2026.xlsx", f"=== 2026\n{sheet.replace('İade', 'Hurda')}", **MEASURES)
    review = {"kind": "management_review_record", "criteria": ("management_review",)}
    assert "same_measure_different_figures" in flags(table, report("T.docx", minutes.format("1,9"), **review))
    assert "same_measure_different_figures" not in flags(table, report("T.docx", minutes.format("3,5"), **review))


def test_the_number_of_a_lot_is_no_range():
    assert limits("KD-6910-8") == (None, None)
    assert limits("40-60") == (40.0, 60.0)
    assert limits("-5 - 5") == (-5.0, 5.0)
    sheet = (
        "| Day | Lot | Moisture % (max 9.0) | Remark |\n| 3 August 2026 | KD-2608-1 | 8.1 |  |\n| 5 August 2026 | KD-2608-2 | {} |  |\n"
        "| 9 August 2026 | KD-2608-3 | 8.4 |  |\n| 12 August 2026 | KD-2608-4 | 8.2 |  |\n"
    )
    assert "out_of_limits_without_reaction" in flags(report("Oven.xlsx", sheet.format("11.6"), **TEST))
    assert "out_of_limits_without_reaction" not in flags(report("Oven.xlsx", sheet.format("8.6"), **TEST))


@pytest.mark.parametrize(
    ("checker", "own"),
    [("Rena Holt, head of the paint shop", True), ("Rena Holt, head of purchasing", False), ("Rena Holt", False)],
)
def test_whoever_checks_in_an_audit_is_its_auditor(checker, own):
    text = f"# Internal audit report 2/2026\n\nDate :: 4 May 2026 || Area :: paint shop\nInspected by :: {checker} || Findings :: 1\n"
    assert ("auditor_not_independent" in flags(report("Internal audit 2-2026.docx", text, **AUDIT))) is own


@pytest.mark.parametrize(("office", "own"), [("คลังสินค้า", True), ("แผนกตรวจรับสินค้า", False)])
def test_an_office_in_thai_is_that_of_the_area_as_a_whole(office, own):
    text = f"# รายงานการตรวจติดตามภายใน\n\nวันที่ :: 4 พฤษภาคม 2569 || พื้นที่ :: คลังสินค้า\nผู้ตรวจ :: นายวิชัย ทองดี หัวหน้า{office}\n"
    assert ("auditor_not_independent" in flags(report("รายงานการตรวจติดตามภายใน.docx", text, **AUDIT))) is own


STUDY = (
    "| Gauge | calliper C-4 | Day | 4 May 2026 |\n| Item | Value | % of tolerance (6s) | Remark |\n| Repeatability | 0.0301 | 30.1 |  |\n"
    "| GRR | 0.0412 | {} | up to ≤10 good, 10-30 with conditions, >30 unacceptable |\n| Verdict | {} |  |  |\n"
)


@pytest.mark.parametrize(
    ("share", "verdict", "flagged"),
    [("41.2", "acceptable, may be used", True), ("41.2", "unacceptable", False), ("21.2", "acceptable", False)],
)
def test_a_gauge_study_beside_the_norm_in_a_cell(share, verdict, flagged):
    found = flags(report("GRR study C-4.xlsx", f"=== 1\n{STUDY.format(share, verdict)}", **GAUGES))
    assert ("conclusion_contradicts_data" in found) is flagged


FIGURES = ("41.37", "42.12", "40.84", "43.46", "41.91", "42.68", "40.25", "41.03", "43.17", "42.54")


@pytest.mark.parametrize(("last", "same"), [("42.54", True), ("42.55", False)])
def test_readings_in_one_cell_and_in_two_rows(last, same):
    rows = f"| Read | {' | '.join(FIGURES[:5])} |\n| Read | {' | '.join(FIGURES[5:])} |\n"
    first = report(
        "Incoming.xlsx", f"=== 1\n| Lot | KD-0612 | Day | 12 June 2026 |\n{rows}| Verdict | good |\n", **TEST
    )
    cell = f"=== 1\n| Lot | KD-0723 | Day | 23 July 2026 |\n| Measured | {' '.join((*FIGURES[:9], last))} |\n| Verdict | good |\n"
    assert ("identical_readings" in flags(first, report("Final.xlsx", cell, **TEST))) is same


@pytest.mark.parametrize(
    ("scope", "trade"),
    [("纺织品的批发", True), ("包装材料的批发", True), ("纺织品的生产和批发", False), ("注塑加工", False)],
)
def test_goods_named_by_how_they_are_made_are_no_work(scope, trade):
    certificate = f"质量管理体系认证证书\n\n证书编号：QX26Q10873\n\n宁波明达塑胶厂\n\n质量管理体系符合 ISO 9001:2015\n\n覆盖范围：{scope}\n\n颁证日期：2026年2月11日 有效期至：2029年2月10日\n"
    papers = (
        report(
            "证书.pdf",
            certificate,
            kind="certificate",
            reading="static",
            mode="credential",
            criteria=("certification",),
        ),
        report("检验.xlsx", "=== 1\n| 批号 | KD-0612 | 日期 | 2026-06-12 |\n| 判定 | 合格 |\n", **TEST),
    )
    assert ("certificate_scope_mismatch" in flags(*papers)) is trade
