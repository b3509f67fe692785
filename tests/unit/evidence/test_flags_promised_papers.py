"""Lists of papers sent in whatever form and language, answered by papers of whatever name, and one that did not come."""

import pytest

from evidence.paper_names import kinds_named, own_names, papers_named
from tests.unit.evidence.builders import flags, report

LETTER = {"kind": "other", "reading": "static", "mode": "other"}
PAPERS = (
    report("scan_004.pdf", "# Kiểm tra xuất xưởng\n\nLô H2-118, 3 March 2026, 12.02 mm", kind="traceability_record"),
    report(
        "klachten26.xlsx", "# Customer complaints 2026\n\nC-3, 4 May 2026, label torn", kind="corrective_action_record"
    ),
)
MISSING = report("IMG_7.jpg", "# Calibration of gauges\n\nM-4, 3 March 2026, +0.002 mm", kind="calibration_record")


@pytest.mark.parametrize(
    "text",
    [
        "Please find attached:\n\n- final inspection of lot H2-118\n- complaints 2026\n- calibration list",
        "Kami lampirkan dokumen berikut:\n\n1. hasil pemeriksaan akhir\n2. keluhan pelanggan 2026\n3. hasil kalibrasi alat ukur",
        "Ekler aşağıdadır. Ek-1 Son kontrol raporu. Ek-2 Müşteri şikayetleri. Ek-3 Kalibrasyon listesi",
        "随函附上以下资料：(1) 出货检验报告；(2) 客诉记录；(3) 量具校准台账",
        "添付書類：\n\n| 1 | 出荷検査成績書 | 1通 |\n| 2 | クレーム一覧 | 1通 |\n| 3 | 測定器校正記録 | 1通 |",
        "첨부 서류\n\n| A | 출하검사 성적서 |\n| B | 고객불만 현황 |\n| C | 계측기 교정 현황 |",
        "Tài liệu gửi kèm:\n\na) Phiếu kiểm tra xuất hàng b) Khiếu nại khách hàng 2026 c) Hiệu chuẩn thiết bị đo",
        "ขอแนบเอกสารดังนี้\n\n1) ผลตรวจสอบก่อนส่ง\n2) ข้อร้องเรียนลูกค้า\n3) บันทึกสอบเทียบ",
        "Dilampirkan:\n\n- L1: Rekod pemeriksaan akhir\n- L2: Aduan pelanggan\n- L3: Rekod tentukuran",
    ],
)
def test_a_paper_of_a_list_that_did_not_come(text):
    cover = report("Letter.docx", f"Dear Ms. Vos,\n\n{text}\n\nBest regards, Lan", **LETTER)
    assert "promised_document_missing" in flags(cover, *PAPERS)
    assert "promised_document_missing" not in flags(cover, *PAPERS, MISSING)


@pytest.mark.parametrize(
    "text",
    [
        "Please find attached:\n\n- final inspection\n- complaints 2026\n\nTo follow next week:\n\n- calibration list",
        "Please find attached:\n\n- final inspection\n- complaints 2026\n- calibration list (can be seen at the plant)",
        "Please send us:\n\n- final inspection\n- complaints 2026\n- calibration list",
        "| No | Document | Sent |\n| 1 | Final inspection | Y |\n| 2 | Complaints 2026 | Y |\n| 3 | Calibration list | - |",
    ],
)
def test_a_list_that_promises_nothing_more(text):
    cover = report("Letter.docx", f"Dear Ms. Vos,\n\n{text}\n\nBest regards, Lan", **LETTER)
    assert "promised_document_missing" not in flags(cover, *PAPERS)


@pytest.mark.parametrize(
    ("third", "missing"),
    [
        ("Gauge R&R study of the calliper", True),
        ("Complaint C-3, label torn", False),
        ("Sheet of the second shift", False),
    ],
)
def test_a_paper_left_over_may_be_the_one_that_is_meant(third, missing):
    text = f"Please find attached:\n\n- final inspection H2-118\n- complaints 2026\n- {third}"
    cover = report("Letter.docx", text, **LETTER)
    left = report("C-3.docx", "# Complaint C-3\n\nLabel torn, 4 May 2026", kind="corrective_action_record")
    other = report("Week 7.xlsx", "Shift 2, 3 March 2026: 40 pcs", kind="other")
    came = (*PAPERS, left) if "R&R" in third else (*PAPERS, left, other)
    assert ("promised_document_missing" in flags(cover, *came)) is missing


def test_a_mail_is_answered_by_what_came_with_it():
    text = "Dear Ms. Vos,\n\nPlease find attached\n1) final inspection\n2) internal audit report\n3) capability study of the bore\n\nRegards"
    mail = report("papers.eml", text, **LETTER)
    audit = report("papers.eml/audit.docx", "# Internal audit\n\n3 March 2026", kind="internal_audit_record")
    check = report("papers.eml/FI.xlsx", "# Final inspection\n\n3 March 2026, 12.0 mm", kind="traceability_record")
    loose = report("Bore log.xlsx", "Bore 12.0 mm, 3 March 2026", kind="traceability_record")
    study = report("papers.eml/bore.xlsx", "# Cpk bore 12\n\n1.61, 3 March 2026", kind="traceability_record")
    assert "promised_document_missing" in flags(mail, audit, check, loose)
    assert "promised_document_missing" not in flags(mail, audit, check, study)


def test_a_review_that_lists_what_it_looked_at_sends_nothing():
    text = "# Management review\n\nAttached figures were looked at:\n\n1. complaints 2026: 4, target 6; better\n2. final inspection: 0.4 %; kept\n3. calibration: two gauges late; to be caught up"
    review = report("Review.docx", text, kind="management_review_record", criteria=("management_review",))
    assert "promised_document_missing" not in flags(review, *PAPERS)


def test_what_papers_are_called():
    assert papers_named("Gage R&R study of the height gauge") >= {"msa"}
    assert own_names(papers_named("Mock recall report")) == {"recall"}
    assert kinds_named(papers_named("hiệu chuẩn thiết bị")) == {"calibration_record"}
    assert not kinds_named(papers_named("RoHS declaration"))


@pytest.mark.parametrize(
    ("asked", "register", "missing"),
    [
        ("8D report for CAR 25-041", True, True),
        ("Báo cáo 8D cho CAR 25-041", True, True),
        ("8D raporu CAR 25-041", True, True),
        ("8D report for CAR 25-041", False, False),
        ("List of corrective actions 2025", True, False),
    ],
)
def test_the_register_of_cases_is_not_the_report_of_one(asked, register, missing):
    """A mail about a case, taken for a record of it, with one paper beside it and the case among others in a register that came too."""
    rows = "".join(
        f"| 25-0{n} | {n % 27 + 1}/03/2025 | Ribbon sticks | Talc wet | Dryer |\n" for n in (38, 41, 52, 57, 63)
    )
    log = (
        f"# CAR list 2025\n\n| CAR | Date | Problem | Cause | Action |\n{rows}"
        if register
        else ("# 8D report 25-041\n\nD2 Ribbon sticks, 14/03/2025. D4 Talc wet. D5 Dryer.")
    )
    mail = report(
        "RE case.eml",
        f"The dryer runs since May.\n\nPlease find attached:\n\n- {asked}\n- Final inspection of lot H2-118",
        kind="corrective_action_record",
    )
    papers = report(
        "RE case.eml/Final inspection H2-118.pdf",
        "# Final inspection\n\nLot H2-118, 3 March 2026, 12.02 mm",
        kind="traceability_record",
    )
    name = "CAR list 2025.xlsx" if register else "RE case.eml/8D 25-041.docx"
    told = flags(mail, papers, report(name, log, kind="corrective_action_record"))
    assert ("promised_document_missing" in told) is missing
