"""Lists of suppliers, lists of what was sent, signed records and running sheets in the shapes of standard forms."""

import pytest

from evidence.houses import lands_apart
from tests.unit.evidence.builders import flags, report

LIST = {"kind": "supplier_evaluation_record", "mode": "prescription", "criteria": ("supplier_control",)}
RECORD = {"kind": "traceability_record", "criteria": ("traceability",)}
VENDORS = "# APPROVED VENDORS\n\n| Code | Vendor | Material | Since |\n| V-02 | PT Baja Lembar | steel sheet | 2014 |\n| V-05 | Frita Nusantara | frit | 2017 |\n| V-09 | CV Gagang Jaya | handles | 2019 |\n"


@pytest.mark.parametrize(
    ("second", "flagged"),
    [
        ("| Code | Deliveries | Quality 60 | Score | Decision 20/07/2026 |\n| V-02 | 21 | 54 | 90 | keep |\n| V-05 | 11 | 60 | 91 | keep |\n| V-09 | 14 | 38 | 67 | letter sent |\n", False),
        ("| Code | Phone | Contact | City | Bank |\n| V-02 | 031-1 | Budi | Gresik | BCA |\n| V-05 | 031-2 | Adi | Solo | BRI |\n| V-09 | 031-3 | Eko | Kediri | BNI |\n", True),
        ("| Code | Deliveries | Quality 60 | Score | Decision |\n| V-02 | 21 |  |  |  |\n| V-05 | 11 |  |  |  |\n| V-09 | 14 |  |  |  |\n", True),
    ],
)  # fmt: skip
def test_a_second_table_of_a_list_scores_its_suppliers_by_their_codes(second, flagged):
    paper = report("Vendor list 2026.xlsx", f"{VENDORS}\n{second}", **LIST)
    assert ("supplier_list_without_evaluation" in flags(paper)) is flagged


@pytest.mark.parametrize(
    ("head", "title", "empty", "raised"),
    [
        ("Pengepul", "PENILAIAN PENGEPUL NIRA", "…", True),
        ("Farmer group", "EVALUATION OF FARMERS", "", True),
        ("Pengepul", "PENILAIAN PENGEPUL NIRA", "86", False),
    ],
)
def test_those_who_grow_and_collect_are_evaluated_too(head, title, empty, raised):
    rows = "".join(f"| {name} | Kejobong | {empty} |  |  | {empty if empty == '86' else ''} |\n" for name in ("Pak Sarwono", "Bu Tarsiyah", "Pak Darsun"))  # fmt: skip
    text = f"# {title} 2026 (14/07/2026)\n\n| {head} | Village | Quality (40) | Delivery (30) | Hygiene (30) | Total |\n{rows}"
    paper = report("Penilaian 2026.xlsx", text, kind="blank_form", reading="static", criteria=("supplier_control",))
    assert ("evaluation_without_result" in flags(paper)) is raised


@pytest.mark.parametrize(("fifth", "raised"), [((), True), (("05 Evaluation of subcontractors",), False)])
def test_a_paper_that_cannot_be_read_is_the_one_by_whose_number_it_came(fifth, raised):
    entries = ("Incident report", "Release test log", "Internal audit report", "Sprint figures 2026", "Evaluation of subcontractors 2026", "Risk register 2026")  # fmt: skip
    text = "# Evidence package\n\nPrepared for assessment, 5 August 2026\n\n" + "\n\n".join(f"{n}. {entry}" for n, entry in enumerate(entries, 1))  # fmt: skip
    cover = report("00 Contents.docx", text, kind="other", reading="static", mode="other")
    names = ("01 Incident report", "02 Release test log", "03 Internal audit report", "04 Sprint figures", *fifth)
    sent = [report(f"{name}.docx", f"# {name}\n\nDone on 3 March 2026.", **RECORD) for name in names]
    locked = report("06 Risk register 2026.pdf", "", kind="other", reading="undetermined").model_copy(update={"status": "failed"})  # fmt: skip
    assert ("promised_document_missing" in flags(cover, *sent, locked)) is raised


@pytest.mark.parametrize(
    ("note", "raised"),
    [
        ("1.46 (1.06) / 1.58 | LK 09/09, figure put right by LK 24/09", True),
        ("1.46 (1.06) / 1.58 | LK 09/09, put right by LK 09/09", False),
        ("1.46 (1.06) / 1.58 | LK 09/09", False),
        ("1.46 / 1.58 | LK 09/09, label put right by LK 24/09", False),
    ],
)
def test_a_figure_with_the_old_one_in_brackets_was_put_right_after_release(note, raised):
    text = f"# DEVICE HISTORY RECORD\n\nProduct :: Catheter || Lot :: KV26-093 || Made :: 7 September 2026\n\n| Step | Requirement | Result | Initial / date |\n| Connector pull | min 15 N | 22.4 / 25.1 | LK 08/09 |\n| Pouch peel | 1.2 to 3.0 N | {note} |\n\nReviewed and released: Norhayati Salleh\n\nNorhayati, 14/09/2026\n"
    assert ("changed_after_signature" in flags(report("DHR KV26-093.docx", text, **RECORD))) is raised


@pytest.mark.parametrize(
    ("head", "day", "raised"),
    [("Plates read", "15 Dec 2026", True), ("Plates read", "19 Sep 2026", False), ("Plates due", "15 Dec 2026", False)],
)
def test_a_reading_of_a_day_to_come_below_a_title_that_says_before(head, day, raised):
    rows = "".join(f"| {n} {month} 2026 | KV-0{n} | {n + 5} {month} 2026 | 2{n} | Priya |\n" for n, month in ((14, "May"), (11, "Jun"), (10, "Jul"), (13, "Aug")))  # fmt: skip
    text = f"# BIOBURDEN BEFORE EO, alert 60\n\n| Sampled | Lot | {head} | CFU, mean of 10 | Analyst |\n{rows}| 10 Sep 2026 | KV-113 | {day} | 26 | Priya |\n"
    assert ("date_in_future" in flags(report("Bioburden log 2026.xlsx", text, **RECORD))) is raised


MINUTES = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    "told",
    [
        "Test data without names: half done, Jun asks for 31 March 2027, agreed.",
        "Waste in the first half year 3.4 %. The lining was moved from 30 April to 31 May because the part lay at customs; it was fitted on 27 May, and the machine has run in three shifts since then without any stop at all that was worth a word. Decision: new 200 kN cell for the break test bench, S. Bora, 18 December 2026.",
        "New reactor postponed to 31 March 2027, vendor agreed.",
        "Laboratory done by CIC, accredited EMA CE-0277 (to 12 February 2028).",
    ],
)
def test_days_asked_for_and_days_until_lie_ahead(told):
    text = f"# Management review, 5 August 2026\n\nPresent: Tess, Jun, Grace. Tester hired 1 April, done.\n\n{told}\n"
    assert "date_in_future" not in flags(report("Management review notes.docx", text, **MINUTES))


def test_a_review_to_come_in_a_long_row_that_is_open():
    head = "| CAPA | Opened | Source | Problem | Cause | Action | Target / done | Effectiveness | Closed |\n"
    row = "| 26-06 | 03.09.26 | customer Molarcraft (ML-131) | head fracture again, 1 no of lot 330-26-122 | NOT braze: fracture in carbide, 0.4 mm pit in blank (lab MetaLab/26/2208) | blanks 100 % dye check for large heads, ultrasonic trial | 30.09 / 28.09.26 | being taken on lots from 330-26-200, 10 lots of different sizes and makes, review 15.01.27 | open, effectiveness |\n"
    text = f"=== CAPA\n{head}{row}"
    assert "date_in_future" not in flags(report("CAPA register.xlsx", text, kind="corrective_action_record"))


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("2026.04.10 D8 측정값 재기입 및 D4 마모량 0.06 → 0.11 정정 (박성민)", True),
        ("2026.04.10 압착 높이 기준 1.45 → 1.40 변경 (박성민)", False),
        ("2026.03.18 D4 마모량 0.06 → 0.11 정정 (서명 전, 박성민)", False),
    ],
)
def test_an_approved_report_of_a_case_was_filled_anew(line, raised):
    text = f"# 8D REPORT\n\n고객 :: 대산전자 || 발행 :: 2026.03.04\nD2 문제 :: 전선 빠짐 5건\nD4 원인 :: 압착 다이 마모 0.11mm. 압착 높이 1.52\nD6 대책 :: 다이 교체주기 30만회\n작성 :: 이정훈 2026.03.18 || 승인 :: 남기호 2026.03.20\n\n{line}\n"
    paper = report("8D CAPA-26-04.docx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert ("changed_after_signature" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("note", "raised"),
    [
        ("Note: 24 Aug 2026, tensile strength table corrected by Zhou Min (first value was 46), approval not renewed.", True),
        ("Note: 18 Aug 2026, tensile strength table corrected before signing by Zhou Min (first value was 46).", False),
    ],
)  # fmt: skip
def test_a_table_was_corrected_after_approval(note, raised):
    text = f"# TEST REPORT\n\nLot :: 260911-G2 || Test date :: 17 Aug 2026 || Tester :: Zhou Min\n\n| Test | Requirement | Result | Judge |\n| Tensile strength | min 20 N | 64 / 61 / 67 | Pass |\n\nApproved (signed): Liu Fang 19 Aug 2026\n\n{note}\n"
    assert ("changed_after_signature" in flags(report("Test report.pdf", text, **RECORD))) is raised


@pytest.mark.parametrize(
    ("firm", "left"),
    [("我司 XX印务有限公司", True), ("供方：XX印务有限公司", True), ("我司恒彩印务有限公司", False)],
)  # fmt: skip
def test_the_own_name_was_never_entered(firm, left):
    text = f"# 质量承诺书\n\n致：苏州迈科电子有限公司\n\n{firm}承诺所供彩盒符合双方确认的样张，不良品无条件退换。\n"
    paper = report("质量承诺书.docx", text, kind="other", reading="static", mode="claim")
    assert ("placeholder_left" in flags(paper)) is left


def test_days_of_visits_are_no_days_of_a_certificate():
    text = "# Certificate of Approval\n\nJhen Da Valve Industrial Co., Ltd.\n\nISO 9001:2015\n\nDesign and machining of ball valves\n\nCertificate No. :: OTC-9 || Original approval :: 2011-06-10\nIssued :: 2023-06-01 || Valid to :: 2028-05-31\nSurveillance :: 2024-05-22, 2025-05-20, 2026-05-26, all without major nonconformity\n\nAccredited by TAF\n"
    paper = report("Certificate.pdf", text, kind="certificate", reading="static", mode="credential", criteria=("certification",))  # fmt: skip
    raised = flags(paper)
    assert "certificate_validity_too_long" in raised
    assert "certificate_expired" not in raised


@pytest.mark.parametrize(
    ("holder", "address", "other"),
    [
        ("Seojin Hightech Co., Ltd.", "77 Sandan-ro, Ansan-si, Republic of Korea", True),
        ("Seojin Hightech Co., Ltd.", "Lot 4, Binh Xuyen, Vinh Phuc, Vietnam", False),
        ("Seojin Vietnam Co., Ltd.", "77 Sandan-ro, Ansan-si, Republic of Korea", False),
    ],
)
def test_a_house_has_a_company_in_another_country(holder, address, other):
    assert lands_apart("Seojin Vina Co., Ltd.", holder, address) is other
