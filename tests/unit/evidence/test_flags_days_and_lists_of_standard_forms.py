"""Days of meetings in their fields, months filled in ahead, years of account, letters and lettered lists, and requests for answers."""

from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags import find_flags
from evidence.settings import AssessmentSettings
from evidence.worked import worked
from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
MINUTES = {"kind": "management_review_record", "criteria": ("management_review",)}
FIGURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
OTHER = {"kind": "other", "reading": "static", "mode": "other"}


@pytest.mark.parametrize(
    ("name", "label", "day", "old"),
    [
        ("Bien ban XXLD.xlsx", "Ngày họp", "12/05/2025", True),
        ("Bien ban XXLD.xlsx", "Ngày họp", "12/05/2026", False),
        ("管理评审.docx", "会议时间", "2025年5月12日", True),
    ],
)
def test_the_field_for_the_day_of_a_meeting(name, label, day, old):
    text = f"# Management review 管理评审 xem xét của lãnh đạo\n\n{label} :: {day} || Chair :: MD\n\n| Topic | Decision | Who | Due | Result |\n| Scrap 3.1 % | new press | Luc | 31/08/2025 | done 20/11/2025 |\n\nMD 01/12/2025\n"
    assert ("management_review_too_old" in flags(report(name, text, **MINUTES))) is old


@pytest.mark.parametrize(
    ("last", "left"),
    [
        ("以上不符合项请责任部门于4月10日前回复整改。", True),
        ("Area heads are requested to reply with cause and action by 10 April.", True),
        ("4月8日责任部门已完成整改，4月20日验证关闭。", False),
        ("Causes and actions came on 8 April, verified and closed on 20 April.", False),
    ],
)
def test_who_asks_for_answers_has_none(last, left):
    text = f"# 内部审核报告 Internal audit report\n\n审核日期：2026年3月12日 审核员：李梅（人事）\n\n不符合项：\n\n1. 模具车间两把卡尺超期未校（7.1.5）。\n\n2. B货架无标识（8.5.2）。\n\n{last}\n"
    assert ("audit_findings_not_followed_up" in flags(report("IA.docx", text, **AUDIT))) is left


@pytest.mark.parametrize(
    ("title", "label", "ahead"),
    [
        ("HASIL CEK ARUS TRAFO TAHUN 2026 (145 - 155)", "TL", True),
        ("Monthly check of torque tools 2026", "TW", True),
        ("HASIL CEK ARUS TRAFO TAHUN 2025 (145 - 155)", "TL", False),
        ("Plan of checks 2026", "TL", False),
        ("Monthly check of output 2026", "Target", False),
        ("Production volume 2026", "Line", False),
    ],
)
def test_checks_of_months_to_come(title, label, ahead):
    months = "Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec"
    text = f"# {title}\n\n| No | {months} |\n| {label} 1 | 151 | 149 | 150 | 152 | 153 | 151 | 150 | 148 | 151 | 152 | 150 | 151 |\n| {label} 2 | 148 | 147 | 148 | 146 | 149 | 150 | 147 | 148 | 149 | 147 | 148 | 146 |\n"
    assert ("date_in_future" in flags(report("Sheet.xlsx", text, **FIGURES))) is ahead


@pytest.mark.parametrize(
    ("year", "months", "left"),
    [
        ("FY 2025-26", ("Apr", "Jun", "Aug", "Oct"), True),
        ("FY 2026-27", ("Apr", "Jun", "Aug", "Oct"), False),
        ("FY 2025-26", ("Jan", "Feb", "Mar"), False),
        ("FY 2025-26", ("Apr", "May", "Jun"), False),  # of one that ends in June or September
    ],
)
def test_a_year_of_account_over_the_months_of_the_next(year, months, left):
    rows = "".join(f"| {month}-26 | 18,400 | 515 | 2.80 |\n" for month in months)
    paper = report(
        "Rejn.pptx", f"# REJECTION TREND - {year}\n\n| Month | Forged nos | Rej nos | % |\n{rows}", **FIGURES
    )
    raised = {flag.id for flag in find_flags(Bundle("Lotus", date(2026, 11, 20), [paper], AssessmentSettings()))}
    assert ("heading_year_left_over" in raised) is left


def _sent(*names: str):
    return [report(f"{n}.pdf", f"# {n}\n\nDone on 3 March 2026, lot B6.", kind="traceability_record") for n in names]


@pytest.mark.parametrize(("more", "missing"), [((), True), (("D - Management review minutes",), False)])
def test_papers_listed_by_letters(more, missing):
    text = "# Index of documents enclosed\n\nA  8D report\n\nB  Internal audit\n\nC  Calibration list\n\nD  Management review minutes\n"
    papers = _sent("A - 8D report", "B - Internal audit", "C - Calibration list", *more)
    assert ("promised_document_missing" in flags(*papers, report("Index.docx", text, **OTHER))) is missing


@pytest.mark.parametrize(("more", "missing"), [((), True), (("Bien ban xem xet lanh dao",), False)])
def test_a_letter_by_its_name_says_what_is_attached(more, missing):
    text = "Kính gửi quý công ty,\n\nĐính kèm gồm: báo cáo 8D Q-14, báo cáo đánh giá nội bộ và biên bản xem xét của lãnh đạo.\n\nTrân trọng\n"
    papers = _sent("8D report Q-14", "Danh gia noi bo 2026", *more)
    assert ("promised_document_missing" in flags(*papers, report("Thu gui.docx", text, **OTHER))) is missing


@pytest.mark.parametrize(("columns", "raised"), [(("97", "98", "96", "99", "95", "94"), True), (("1",) * 6, False)])
def test_a_log_taken_for_rules_is_one_of_what_was_done(columns, raised):
    days = ("08.06", "08.20", "09.03", "09.10", "09.17", "12.09")
    rows = "".join(f"| 2026.{day} | 크림 50g | CF26H{at} | {value} | 적합 |\n" for at, (day, value) in enumerate(zip(days, columns, strict=True)))  # fmt: skip
    text = f"# 완제품 미생물 시험대장 (기준 100 이하)\n\n| 시험일 | 제품명 | 제조번호 | 총생균수 | 판정 |\n{rows}"
    paper = report("미생물시험 성적.xlsx", text, kind="procedure", reading="undetermined")
    [told] = worked([paper], date(2026, 9, 30))
    assert (told.kind == "other") is raised
    assert ("date_in_future" in flags(told)) is raised


def test_an_order_book_may_produce_later():
    rows = "".join(f"| {day:02d}/07/2026 | {day + 4:02d}/07/2026 | A-{day} | 200 |\n" for day in (1, 6, 9, 14, 20))
    text = f"# Orders 2026\n\n| Ordered | Production date | Order | Qty |\n{rows}| 20/09/2026 | 05/12/2026 | A-31 | 400 |\n"
    assert "date_in_future" not in flags(report("Orders.xlsx", text, kind="traceability_record"))


def test_a_register_of_dust_collectors_lists_no_suppliers():
    rows = "".join(f"| DC-{n} hall {n} | bag filter | 2{n} kW | 201{n} |\n" for n in range(1, 6))
    text = f"# Register of dust collectors\n\n| Collector | Type | Motor | Since |\n{rows}"
    paper = report("Dust collectors.xlsx", text, kind="other", reading="static", criteria=("supplier_control",))
    assert "supplier_list_without_evaluation" not in flags(paper)


@pytest.mark.parametrize(
    ("rows", "old"),
    [
        ("| Management review | QP-09 | 02/03/2024 | 3 |\n| Management review agenda | F-09 | 02/03/2024 | 1 |\n", False),
        ("| Management review training | hall 2 | 02/03/2024 | 12 |\n| Management review procedure | hall 1 | 02/03/2024 | 9 |\n", False),
        ("| Mgmt review | MRM 13 | 09/04/2024 | minutes on server |\n| Mgmt review | MRM 14 | 03/10/2024 | minutes on server |\n", True),
    ],
)  # fmt: skip
def test_rows_of_a_register_tell_reviews_and_those_of_a_list_of_papers_do_not(rows, old):
    head = "| What | Ref | Date | Edition |\n" if "QP" in rows else "| What | Ref | Date | Notes |\n"
    text = f"# QMS events\n\n{head}{rows}| Internal audit | IA 25/1 | 11/06/2026 | 2 minors, closed |\n"
    paper = report("QMS calendar.xlsx", text, **AUDIT)
    assert ("management_review_too_old" in flags(paper)) is old
