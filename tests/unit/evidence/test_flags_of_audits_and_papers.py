"""Flags on audits, minutes, copies and days of papers: what accuses, beside what an honest factory writes."""

import pytest

from evidence.facts.people import same_person
from tests.unit.evidence.builders import flags, report

TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    ("head", "check", "state", "ahead"),
    [
        ("Completion date", "seen", "closed", True),
        ("Completion date", "seen", "in progress", False),
        ("Completion date", "seen", "chưa xong", False),
        ("Completion date", "", "", False),  # no result yet, as no other row is without
        ("Re-check", "seen", "closed", False),
        ("Ngày kiểm tra lại", "seen", "closed", False),
    ],
)
def test_a_planned_day_in_a_column_of_days_that_have_passed(head, check, state, ahead):
    rows = "".join(
        f"| CA-0{n} | 0{n}.06.2026 | guard bent | seen by Lan | closed | 1{n}.07.2026 |\n" for n in range(1, 6)
    )
    sheet = f"=== a\n| No | Found | What | Seen | State | {head} |\n{rows}| CA-07 | 08.07.2026 | lamp out | {check} | {state} | 26.11.2026 |\n"
    assert ("date_in_future" in flags(report("Log.xlsx", sheet, **TEST))) is ahead


@pytest.mark.parametrize(
    ("title", "left"), [("NCR 2024-25", False), ("8D No. 2024/25", False), ("NCR register 2024-25", True)]
)
def test_the_number_of_a_case_is_no_span_of_years(title, left):
    rows = "".join(f"| {n:02d}/03/2026 | press {n} | {n * 7} min |\n" for n in range(2, 9))
    sheet = f"# {title}\n\n| Date | Machine | Stop |\n{rows}"
    assert ("heading_year_left_over" in flags(report("stops.xlsx", sheet, criteria=("risk",)))) is left


@pytest.mark.parametrize(
    ("opening", "old"),
    [
        ("Minutes of the last meeting of 08/07/2025 were accepted.", False),
        ("Biên bản cuộc họp lần trước ngày 08/07/2025 được thông qua.", False),
        ("Date: 08/07/2025 Next review: 07/2026", True),
    ],
)
def test_minutes_are_of_the_day_of_their_own_meeting(opening, old):
    text = f"# Minutes of the management review\n\n{opening}\n\n1. Complaints: 7 of 412,600 sets.\n\n2. All actions of the review held on 14 May 2026 are with their owners.\n"
    assert ("management_review_too_old" in flags(report("Minutes.docx", text, **REVIEW))) is old


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("R. Villaluz", "Ramon Villaluz", True),
        ("R. M. Villaluz", "Ramon Mateo Villaluz", True),
        ("R. S. Villaluz", "Ramon Mateo Villaluz", False),
        ("N. V. Hung", "Nguyen Thi Hung", False),
        ("N. Hung", "Nguyen Van Hung", False),
        ("N. V. Hùng", "Nguyễn Văn Hùng", False),  # Ngô Văn Hùng as well
        ("R. V.", "Ramon V.", False),
    ],
)
def test_an_initial_alone_makes_no_two_people_one(first, second, same):
    assert same_person(first, second) is same_person(second, first) is same


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("OFI 1: no corrective action required.", False),
        ("OFI 1: gerek görülmedi, düzeltici faaliyete gerek yok.", False),
        ("OFI 1: 시정조치 필요 없음.", False),
        ("Position as on 25 September 2026: no corrective action received.", True),
    ],
)
def test_an_answer_that_was_not_needed_takes_no_grace_away(note, left):
    text = f"# Internal audit report\n\nAudited on 6 July 2026, report written on 10 September 2026.\n\nNC 1. Gauge 14 without its label.\n\nNC 2. Scrap bin in the cutting shop not marked.\n\n{note}\n"
    assert ("audit_findings_not_followed_up" in flags(report("Audit report.docx", text, **AUDIT))) is left


KEPT = "# Mock recall\n\nOn 18.06.2026 one carton of lot HT2606-05 was picked from bay 4.\n\n{}\n"
OWN = report("Minutes.docx", "# Minutes\n\nLotus Valley Pumps Co., Ltd. Review of 3 June 2026.", **REVIEW)


@pytest.mark.parametrize(
    ("line", "others", "left"),
    [
        ("Records shall be kept for three years by the Quality Manager, Blue Heron Seafood Ltd.", (OWN,), True),
        ("Kayıt, Mavi Balık Gıda A.Ş. Kalite Müdürü tarafından üç yıl saklanır.", (OWN,), True),
        ("Records shall be kept for three years by the Quality Manager, Blue Heron Seafood Ltd.", (), False),
        ("Retention 3 years, quality manager. Carton bought at the shop of Blue Heron Seafood Ltd.", (OWN,), False),
        ("Records are kept by the quality manager. Blue Heron Seafood Ltd took part by telephone.", (OWN,), False),
    ],
)
def test_who_keeps_a_record_is_told_right_before_the_name(line, others, left):
    assert ("placeholder_left" in flags(report("Mock recall.docx", KEPT.format(line), **TEST), *others)) is left


@pytest.mark.parametrize(
    ("signed", "note", "how", "changed"),
    [
        ("Checked by :: Omar Said", "The count was corrected after signature on 02.09.2026.", TEST, True),
        ("Bay :: 4", "The count was corrected after signature on 02.09.2026.", TEST, False),
        ("Checked by :: Omar Said", "Nothing was changed after signature on 02.09.2026, no.", TEST, False),
        ("Approved by :: Omar Said", "¹ The count was corrected after signature on 02.09.2026.", CASES, True),
        ("Checked by :: Omar Said", "The drawing was corrected after signing on 02.09.2026.", CASES, False),
    ],
)
def test_a_signed_print_that_was_changed(signed, note, how, changed):
    text = f"# Count of 20.07.2026\n\nLot :: K-14 || Date :: 20.07.2026\n{signed} || Count :: 880\n\n{note}\n"
    assert ("changed_after_signature" in flags(report("Count.pdf", text, **how))) is changed


@pytest.mark.parametrize(
    ("note", "changed"),
    [
        ("Not: 1. numune 03.09.2026'da 11,4 iken 12,2 yapıldı. H.U.", True),
        ("Not: 1. numune 10.06.2026'da 11,4 iken 12,2 yapıldı. H.U.", False),  # before it was signed
        ("Not: 3 numune 03.09.2026'da müşteriye gönderildi.", False),
    ],
)
def test_a_figure_of_a_print_replaced_after_its_signature(note, changed):
    text = f"# Ölçü raporu\n\nParti :: 26-C-0521 || Ölçen :: Hatice Usta\n\n| No | Ölçü | Resim | 1 |\n| 4 | Cidar | 12 min | 12,2 |\n\nTuncay Erbil, 12.06.2026\n\n{note}\n"
    assert ("changed_after_signature" in flags(report("Ölçü raporu.pdf", text, language="tr", **TEST))) is changed


def test_a_heading_by_the_year_of_taiwan():
    rows = "".join(f"| {n:02d}/03/2026 | press {n} | {n * 7} min |\n" for n in range(2, 9))
    for title, left in (("114年度停機記錄", True), ("115年度停機記錄", False), ("停機記錄 M-114", False)):
        sheet = f"# {title}\n\n| 日期 | 機台 | 停機 |\n{rows}"
        assert (
            "heading_year_left_over" in flags(report("停機.xlsx", sheet, language="zh", criteria=("risk",)))
        ) is left


SEPARATE = """# İç denetim raporu

17 Nisan 2026 tarihinde Serpil Aydoğdu dökümhaneyi gezdi.

Bulgu 1. Reçine varilinin tarihi geçmişti. Varil iade edildi; 2 Mayıs 2026'da bakıldı. Kapandı.

Bulgu 2. 3 numaralı tezgâhta resmin eski revizyonu asılıydı. Sorumlu: planlama. {}
{}"""


@pytest.mark.parametrize(
    ("second", "behind", "left"),
    [
        ("Termin 31 Mayıs 2026.", "", True),
        ("Termin 30 Kasım 2026.", "", False),
        ("Yeni revizyon 2 Haziran 2026'da asıldı. Kapandı.", "", False),
        ("Termin 31 Mayıs 2026.", "\nTakip 12 Haziran 2026: hepsi giderildi.\n", False),
    ],
)
def test_one_finding_left_beside_another_that_was_closed(second, behind, left):
    paper = report("İç denetim.docx", SEPARATE.format(second, behind), language="tr", **AUDIT)
    assert ("audit_findings_not_followed_up" in flags(paper)) is left


@pytest.mark.parametrize(
    ("points", "left"),
    [
        ("1. Gudang: 3 drum resin lewat tanggal.\n\n2. Mesin 2: gambar lama masih dipakai.", True),
        ("（1）仓库有3桶树脂过期未隔离。\n\n（2）2号机台使用旧版图纸。", True),
        ("1. Gudang: semua drum berlabel.\n\n2. Mesin 2: gambar sesuai.", False),
        ("1. Gudang: drum lewat tanggal, diganti 20 Maret 2026.\n\n2. Mesin 2: gambar lama, ditarik.", False),
    ],
)
def test_findings_told_as_points_without_a_word_for_them(points, left):
    text = f"# Laporan audit internal\n\nTanggal 12 Maret 2026, auditor Rina (keuangan).\n\n{points}\n"
    assert ("audit_findings_not_followed_up" in flags(report("Audit.docx", text, language="id", **AUDIT))) is left


@pytest.mark.parametrize(
    ("language", "head", "asked"),
    [
        ("ko", "심사일: 2026.09.15   심사원: 배윤정", "{}. 조건표 {}은 게시되어 있는가?  소견 : {}  판정 :"),
        ("en", "Date: 14 May 2026   Auditor: Lan Pham", "{}. Are gauges of line {} labelled? [{}] Yes [ ] No"),
        ("vi", "Ngày: 14/05/2026. Đánh giá viên: Nguyễn Thị Hoa. Bộ phận: kho", "Câu {}: Dụng cụ {} có tem không?\nTrả lời: {}"),
    ],
)  # fmt: skip
def test_questions_in_lines_with_places_for_answers(language, head, asked):
    def sheet(answer):
        lines = "\n\n".join(asked.format(n, n + 4, answer) for n in range(1, 6))
        return report(
            "Checklist.docx", f"# Internal audit checklist\n\n{head}\n\n{lines}\n", language=language, **AUDIT
        )

    assert "header_only_audit" in flags(sheet(""))
    assert "header_only_audit" not in flags(sheet("x"))


def test_a_paper_that_will_follow_is_not_promised_as_enclosed():
    text = "Dear Mr Cole,\n\nattached please find our last internal audit. The calibration list {}.\n\nRegards, Lan\n"
    audit = report("Audit 2026.docx", "# Internal audit\n\n12 May 2026. Finding 1 closed.", **AUDIT)
    for told, missing in (("will follow next week", False), ("is attached too", True)):
        letter = report("Mail.txt", text.format(told), reading="static", mode="other")
        assert ("promised_document_missing" in flags(letter, audit)) is missing


def test_the_name_of_a_company_that_a_rule_speaks_of():
    for said, left in (
        ("The company name is shown on each label.", False),
        ("We, company name, keep to the law.", True),
    ):
        text = f"# Quality manual\n\n{said} Records are kept for three years.\n"
        manual = report("Quality manual.docx", text, kind="manual", reading="static", mode="prescription")
        assert ("placeholder_left" in flags(manual)) is left


def test_the_head_of_the_audit_team_in_a_form_is_no_column_of_heads_of_areas() -> None:
    text = (
        "# Biên bản đánh giá nội bộ\n\nĐợt :: 1 / 2026 || Ngày :: 21/04/2026 || Trưởng đoàn :: Lê Thị Thu Trang\n\n"
        "| Số | Bộ phận | Bằng chứng | Điều khoản | Mức |\n| 01 | Hàn | nhật ký dòng hàn để trống | 8.5.1 | nhẹ |\n"
    )
    made = report("DGNB.docx", text, kind="internal_audit_record", criteria=("internal_audit",), language="vi")
    assert "auditor_not_independent" not in flags(made)
