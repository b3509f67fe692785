"""Flags on audits, reviews, lists of suppliers and certificates: the day on which something was held, rows that are all good,
lists of carriers, visits told in other words. Beside each what an honest factory writes.
"""

import pytest

from evidence.facts.supplier_heads import own_heads
from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
LIST = {"kind": "other", "reading": "static", "mode": "prescription", "criteria": ("supplier_control",)}
CERTIFICATE = {
    "kind": "certificate",
    "reading": "static",
    "mode": "credential",
    "criteria": ("certification",),
}


@pytest.mark.parametrize(
    ("later", "old"),
    [
        ("New strips bought, verified 3 October 2025. Closed.", True),
        ("Second part of the audit on 3 October 2025: paint shop.", False),
    ],
)
def test_what_is_closed_later_makes_no_audit_younger(later, old):
    text = f"# Internal audit report\n\nConducted on 19 and 20 August 2025. Lead auditor: Arlene Villapando.\n\nFinding 1. Strips over expiry. {later}\n"
    assert ("internal_audit_too_old" in flags(report("Internal Audit Report.docx", text, **AUDIT))) is old


@pytest.mark.parametrize(("day", "old"), [("19 สิงหาคม 2568", True), ("19 พฤศจิกายน 2568", False)])
def test_minutes_taken_for_figures_keep_the_day_of_their_meeting(day, old):
    text = f"# รายงานการประชุมทบทวนฝ่ายบริหาร\n\nวันที่ประชุม {day} ประธาน คุณอนันต์\n\nความแม่นยำ 99.87%\n\nคุณมาลี เสนองบ\n\nอนุมัติงบ 420,000 บาท ของเข้า 12 พฤศจิกายน 2568\n"
    paper = report("รายงานทบทวนฝ่ายบริหาร.docx", text, kind="metrics_record", criteria=("quality_metrics",))
    assert ("management_review_too_old" in flags(paper)) is old


def _areas(result: str, last: str) -> str:
    rows = "".join(
        f"| Area {name} | Rina S. | log of week {n} | {result} |\n" for n, name in enumerate("ABCDEFGHIJ", 11)
    )
    return f"=== 2026\n| Bagian | Auditor | Bukti yang dilihat | Hasil |\n{rows}| Gudang | Agus P. | label palet | {last} |\n"


@pytest.mark.parametrize(("last", "silent"), [("sesuai", False), ("label hilang", True)])
def test_areas_that_are_all_good_are_audits_without_finding(last, silent):
    paper = report("Rekap audit internal 05-2026.xlsx", _areas("sesuai", last), **AUDIT)
    assert ("audits_without_finding" in flags(paper)) is not silent


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("锯边砂光：抽 12 张板量厚度，没有超差。", False),
        ("锯边砂光：抽 12 张板量厚度，没有记录。", True),
    ],
)
def test_no_deviation_is_no_finding(line, found):
    text = f"# 内部审核报告\n\n2026 年 5 月 18 日审核，组长张秀梅。\n\n{line}\n\n本次审核没有开出不符合项，也没有观察项。\n"
    assert ("audits_without_finding" in flags(report("内部审核报告.docx", text, **AUDIT))) is not found


@pytest.mark.parametrize(
    ("points", "silent"),
    [("phù hợp, số điểm: 0", False), ("phù hợp, 2 điểm", True)],
)
def test_points_counted_beside_the_verdict(points, silent):
    rows = f"| 1 | 14/11/2025 | Lê Hồng Cúc (kế toán) | kho | phù hợp, số điểm: 0 |\n| 2 | 22/05/2026 | Lê Hồng Cúc | kho, bốc xếp | {points} |\n"
    text = f"# Tổng hợp đánh giá nội bộ\n\n| Lần | Ngày | Đánh giá viên | Bộ phận | Kết luận |\n{rows}"
    raised = flags(report("Tổng hợp đánh giá nội bộ.docx", text, **AUDIT))
    assert ("audits_without_finding" in raised) is not silent
    assert "auditor_not_independent" not in raised  # one auditor in two rows heads nothing


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ("| 1 | | | |\n| 2 | | | |\n", True),
        ("| 1 | worn guide | guide changed | 20.05.2026 |\n| 2 | | | |\n", False),
    ],
)
def test_numbers_alone_below_the_heads_for_answers(rows, left):
    text = f"# Internal audit report 1/26\n\nHeld on 22.04.2026. Auditor: Radha (Stores).\n\n1. Winding - NC. Thickness of enamel not recorded for 5 reels.\n\n2. Test lab - NC. Meter has no reference check.\n\n| NC | Root cause | Corrective action | Verified |\n{rows}"
    assert ("audit_findings_not_followed_up" in flags(report("Internal audit report 1-26.docx", text, **AUDIT))) is left


@pytest.mark.parametrize(("mark", "left"), [(" - NC.", True), (" - no NC.", False)])
def test_a_class_of_finding_beside_the_area_marks_a_finding(mark, left):
    text = f"# Internal audit report 1/26\n\nHeld on 22.04.2026. Auditor: Radha (Stores).\n\n1. Winding{mark} Thickness of enamel in the book of March.\n\n2. Stores - no NC. Nine bin cards seen, stock agrees.\n"
    assert ("audit_findings_not_followed_up" in flags(report("Internal audit report 1-26.docx", text, **AUDIT))) is left


CARRIERS = "| 1 | หจก. ทรัพย์เจริญขนส่ง | กรุงเทพ | 6 ล้อ | {} |\n| 2 | บจก. บูรพาเทรลเลอร์ | ท่าเรือ | หัวลาก | {} |\n| 3 | ร้านพาเลทหนองขาม | พาเลทไม้ | - | {} |\n"


@pytest.mark.parametrize(
    ("name", "heads", "rated", "flagged"),
    [
        ("ทะเบียนผู้รับเหมาขนส่งที่อนุมัติ.xlsx", "ผู้รับเหมา | บริการ | ประเภทรถ | โทร", False, True),
        ("Approved hauliers.xlsx", "Carrier | Service | Truck | Phone", False, True),
        ("Danh sách nhà thầu vận tải được duyệt.xlsx", "Tên | Dịch vụ | Loại xe | Liên hệ", False, True),
        ("外协厂一览.xlsx", "外协厂 | 服务 | 车型 | 电话", False, True),
        ("Approved hauliers.xlsx", "Carrier | Route | Truck | Score", True, False),
        ("Transport complaints.xlsx", "Carrier | Route | Truck | Phone", False, False),
    ],
)
def test_carriers_and_platers_are_suppliers_where_they_are_listed(name, heads, rated, flagged):
    last = ("86", "91", "74") if rated else ("081-000-1124", "089-000-3380", "038-000-7171")
    sheet = f"=== 2026\n| No | {heads} |\n{CARRIERS.format(*last)}"
    assert ("supplier_list_without_evaluation" in flags(report(name, sheet, **LIST))) is flagged


CERT = "# Certificate\n\nThe quality management system of\n\nAcme Frozen Foods Co., Ltd.\n\ncomplies with ISO 9001:2015\n\nRegistration :: PSR/TH/0883\nDate of registration :: 18 March 2024 || Valid until :: 17 March 2027\nAccreditation :: NAC Thailand\n{}"


@pytest.mark.parametrize(
    ("visits", "watched"),
    [
        ("Annual visits :: 6 March 2025 passed, 10 March 2026 passed\n", True),
        ("追查稽核 :: 2025-03-06 完成、2026-03-10 完成\n", True),
        ("", False),
    ],
)
def test_visits_of_a_certification_body_in_other_words(visits, watched):
    raised = flags(report("Certificate.pdf", CERT.format(visits), **CERTIFICATE))
    assert ("no_surveillance_evidence" not in raised) is watched


def test_visits_for_another_standard_keep_no_quality_certificate():
    other = CERT.replace("ISO 9001:2015", "ISO 14001:2015").replace("0883", "0884")
    visits = "Surveillance :: 6 March 2025 passed\n"
    papers = (
        report("Certificate.pdf", CERT.format(""), **CERTIFICATE),
        report("Environment.pdf", other.format(visits), **CERTIFICATE),
    )
    assert "no_surveillance_evidence" in flags(*papers)


def test_a_letter_on_a_certificate_is_none():
    text = "# To our customers, 14 March 2017\n\nOur certificate to ISO 9001:2008 runs until 12 September 2018. We shall move to ISO 9001:2015 then.\n"
    assert not {"certificate_expired", "no_accreditation"} & set(flags(report("Letter.docx", text, **CERTIFICATE)))


LOG = "# Chamber 3 temperature\n\n| Date | 06:00 | 14:00 | Read by |\n" + "".join(
    f"| {day}/08/2026 | -20.{day % 7} | -19.{day % 5} | Tuan |\n" for day in range(11, 20)
)
RULE = "# QT-07 Checking of temperature probes\n\n1. Every probe is checked in April and October in melting ice.\n\n2. The electrician writes the deviation in form QT-07-F1.\n"


@pytest.mark.parametrize(
    ("record", "left"),
    [(LOG, True), (LOG.replace("Read by", "Deviation from RT-01"), False)],
)
def test_a_sheet_of_daily_readings_checks_no_probe(record, left):
    papers = (
        report("QT-07.pdf", RULE, kind="procedure", reading="static", mode="prescription", criteria=("calibration",)),
        report("Chamber 3.xlsx", record, kind="calibration_record", criteria=("calibration",)),
    )
    assert ("procedure_without_record" in flags(*papers)) is left


RECALL = "# QP-17 Product recall\n\n1. The coordinator collects batch number and consignees.\n\n2. {}\n"


@pytest.mark.parametrize(
    ("second", "record", "left"),
    [
        ("A mock recall is carried out twice a year.", "Seam thickness of 12 cans, 3 June 2026.", True),
        ("A mock recall is carried out twice a year.", "Recall drill of 3 June 2026: 99.1 % found in 2 hours.", False),
        ("Returned stock is tagged red.", "Seam thickness of 12 cans, 3 June 2026.", False),
    ],
)
def test_a_recall_that_is_to_be_exercised_leaves_a_record(second, record, left):
    rule = report("QP-17.pdf", RECALL.format(second), kind="procedure", reading="static", mode="prescription")
    papers = (rule, report("Record.docx", f"# Record\n\n{record}\n", criteria=("traceability",)))
    assert ("procedure_without_record" in flags(*papers)) is left


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("因人力不足，品保課各項作業由課長施明宏自行查核。", True),
        ("As there was no other auditor, the head of stores audited his own area.", True),
        ("Kepala gudang mengaudit bagiannya sendiri.", True),
        (
            "The turning hall was looked at by T. Nowak, foreman of hardening. Hardening was also taken by T. Nowak.",
            True,
        ),
        ("The turning hall was looked at by T. Nowak, foreman of hardening. Hardening was taken by P. Lis.", False),
        ("No head audited his own area, nobody audits what he answers for.", False),
        ("各课课长不自行稽核本课。", False),
        ("The head of stores audited purchasing, and put his own shelves in order since.", False),
    ],
)
def test_who_is_told_to_audit_his_own_area(sentence, own):
    text = f"# Internal audit report 2026\n\nDays: 12 to 14 May 2026.\n\n{sentence}\n\nFinding 1: bars in one rack. Divided 29 May, closed.\n"
    assert ("auditor_not_independent" in flags(report("Internal audit 2026.docx", text, **AUDIT))) is own


@pytest.mark.parametrize(("second", "own"), [("Gudang | Agus P. (Gudang)", True), ("QC | Agus P. (Gudang)", False)])
def test_an_auditor_of_the_section_of_his_row(second, own):
    sheet = f"=== 2026\n| Bagian | Auditor | Bukti | Hasil |\n| Produksi | Rina S. (HRD) | log setting | sesuai |\n| {second} | kartu stok | temuan: label hilang, diganti 20.05.2026 |\n"
    assert ("auditor_not_independent" in flags(report("Rekap audit internal.xlsx", sheet, **AUDIT))) is own


def test_fields_over_several_heads_are_no_part_of_them():
    heads = ("Date: 06.07.2026 Firm", "Date: 06.07.2026 Goods", "By: N. Tezer Points Quality 40", "By: N. Tezer Class")
    assert own_heads(heads) == ("Firm", "Goods", "Points Quality 40", "Class")
    assert own_heads(("Firm", "Goods", "Class")) == ("Firm", "Goods", "Class")


@pytest.mark.parametrize(
    ("title", "first", "flagged"),
    [
        ("Tedarikçi değerlendirme 2026", "", True),
        ("Tedarikçi değerlendirme 2026", "86", False),
        ("Fire raporu 2026", "", False),
    ],
)
def test_firms_in_an_evaluation_without_a_mark(title, first, flagged):
    firms = ("Kızılca İplik | Ring Ne", "Sazlı Pamuk | OE Ne", "Ege Boyar Madde | indigo")
    rows = "".join(f"| {firm} | {first} | |\n" for firm in firms)
    sheet = f"=== 1\n# {title}\n\n| Firma | Ne alınıyor | Puan 40 | Sınıf |\n{rows}"
    assert ("evaluation_without_result" in flags(report(f"{title}.xlsx", sheet, **LIST))) is flagged


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("Nobody could say who took these points after the meeting.", True),
        ("Semua temuan masih seperti semula.", True),
        ("All were closed in March, seen today on the floor.", False),
        ("The third is open, new day 30 October 2026, Lan.", False),
    ],
)
def test_an_audit_that_meets_the_findings_of_the_last_as_they_were(told, left):
    text = f"# Internal audit no. 2, 13 September 2026\n\nI went with Pak Dedi (sewing).\n\nFirst the paper of audit no. 1, 17 February 2026. There were three points: no shot weight, no limit sample, no opening day. {told}\n\nNew this time: one driver set to 9 Nm, put right and closed on 20 September 2026.\n"
    assert ("audit_findings_not_followed_up" in flags(report("Audit internal no 2.docx", text, **AUDIT))) is left


def test_a_field_that_counts_no_finding_is_no_row_beside_the_head_of_a_form():
    text = "# Internal audit report\n\nDate :: 23 March 2026 || Auditor :: Nalan Guc, finance || Area :: assembly\nNonconformities :: 0\nConclusion :: The system is applied in full.\n"
    assert "audits_without_finding" in flags(report("Internal audit.docx", text, **AUDIT))
