"""Findings that nobody answered, audits that found nothing and auditors of their own work, in registers, forms, minutes and mails."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
MINUTES = {"kind": "management_review_record", "criteria": ("management_review",)}
LEFT, NONE, OWN = "audit_findings_not_followed_up", "audits_without_finding", "auditor_not_independent"


def _raised(name: str, text: str, **how: object) -> set[str]:
    return set(flags(report(name, text, **{**AUDIT, **how})))  # type: ignore[arg-type]


ENGLISH = """# Internal audit findings, list as of 20/09/2026

| No | Audit date | Dept | Finding | Response from dept | Status 20-Sep-2026 |
| 1 | 12/03/2026 | Moulding | Dryer card empty from 2 to 6 March | {0} |
| 2 | 12/03/2026 | Stores | 3 bags without ratio label | {0} |
"""
VIETNAMESE = """# Theo dõi phát hiện đánh giá nội bộ (cập nhật 20/09/2026)

| STT | Ngày ĐG | Bộ phận | Phát hiện | Hành động khắc phục | Tình trạng |
| 1 | 12/03/2026 | Sấy | Lò 2 không có biểu đồ nhiệt | {0} |
| 2 | 12/03/2026 | Kho | 4 kiện không nhãn lô | {0} |
"""
KOREAN = """# 내부심사 지적사항 관리대장 (2026.09.20 현재)

| 번호 | 심사일 | 부서 | 지적내용 | 개선조치 | 완료확인 |
| 26-01 | 2026.03.17 | 도금반 | 온도기록 3월 9~13일 누락 | {0} |
| 26-02 | 2026.03.17 | 출하 | 약품 7통 표시 없음 | {0} |
"""
CHINESE = """# 内审不符合项汇总表（2026年3月24日内审，更新至2026年9月20日）

| 编号 | 部门 | 不符合事实 | 整改措施 | 验证结果 |
| NC-01 | 注塑部 | 干燥温度与工艺卡不符 | {0} |
| NC-02 | 仓库 | 原料3包无来料标签 | {0} |
"""
TURKISH = """# İç tetkik DÖF takip listesi (durum 20.09.2026)

| DÖF no | Tetkik tarihi | Bölüm | Uygunsuzluk | Yapılan faaliyet | Durum |
| 26/01 | 24.02.2026 | Baskı | Klişe onaysız kullanılmış | {0} |
| 26/02 | 24.02.2026 | Depo | 3 palet etiketsiz | {0} |
"""


@pytest.mark.parametrize(
    ("text", "row", "left"),
    [
        (ENGLISH, "None | Open", True),
        (ENGLISH, "Card is signed each shift since 25/03/2026 | Closed", False),
        (VIETNAMESE, " | Chưa có phản hồi", True),
        (VIETNAMESE, "Lắp bút ghi mới ngày 25/03/2026 | Đã đóng", False),
        (KOREAN, "미회신 | 미완료", True),
        (KOREAN, "기록지 양식 변경 2026.03.30 | 2026.05.04", False),
        (CHINESE, " | 未验证", True),
        (CHINESE, "重新张贴工艺卡，4月2日完成 | 5月8日查20批，合格", False),
        (TURKISH, " | Açık", True),
        (TURKISH, "Onay kaşesi eklendi, 10.03.2026 | Kapalı", False),
    ],
)
def test_registers_behind_which_nothing_stands(text, row, left):
    assert (LEFT in _raised("Internal audit register.xlsx", text.format(row))) is left


def test_findings_of_this_month_may_still_lie_open():
    assert LEFT not in _raised("Internal audit register.xlsx", ENGLISH.format("None | Open").replace("/03/", "/09/"))


COUNTS = """# Internal audits, status for the meeting of 20 September 2026

| Audit | Date | Findings | Answered by the process owner | Checked by the auditor |
| Welding | 20.01.2026 | 3 | {0} | {0} |
| Paint | 17.02.2026 | 2 | {0} | {0} |
"""


@pytest.mark.parametrize(("answered", "left"), [("0", True), ("2", False)])
def test_counts_of_findings_none_of_which_was_answered(answered, left):
    assert (LEFT in _raised("Review 2026.pptx", COUNTS.format(answered), **MINUTES)) is left


FORM = """# 內部稽核缺失改善單 IQA-02

稽核日期 :: 2026/01/20 || 稽核員 :: 蔡宜君（資材部）
缺失說明 :: 3號機1月12日真空度未記錄
缺失等級 :: 次要

原因分析

改善對策

完成日期

列印日期：2026/09/20，文管
"""


def test_a_copy_printed_later_answers_nothing():
    assert LEFT in _raised("內稽缺失改善單.docx", FORM)


MEETING = """# Minutes of the management review, 12 September 2026

| No | Point | Status |
| 1 | Internal audit (09.12.2025) | {0} |
| 2 | Rejection | 5.1 %; vents widened on 14.08.2026 |
"""


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("6 NCRs issued. No reply received from any dept till date.", True),
        ("6 NCRs issued, NCR sheets are with HODs, no action written.", True),
        ("6 NCRs issued, all were closed on 20.02.2026.", False),
        ("No NCR was open any more.", False),
    ],
)
def test_minutes_that_tell_of_findings_nobody_took_up(status, left):
    assert (LEFT in _raised("MRM minutes.docx", MEETING.format(status), **MINUTES)) is left


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("Last four cycles: Apr'24, Oct'24, Apr'25, Oct'25. NCs raised in each cycle: NIL.", True),
        ("Đánh giá nội bộ 4 đợt: 06/2024, 12/2024, 06/2025, 12/2025. Cả 4 đợt không phát hiện lỗi.", True),
        ("Four cycles in 2024 and 2025: 7 NCs, all closed.", False),
        ("Audits of 2024 and 2025: no NC is open any more, 7 were closed.", False),
    ],
)
def test_minutes_that_tell_of_audits_without_a_finding(status, told):
    assert (NONE in _raised("MRM minutes.docx", MEETING.format(status), **MINUTES)) is told


LIST = """# Rekapitulasi audit internal

| No | Tanggal | Bagian diaudit | Auditor | Jumlah temuan |
| 1 | 22 Mei 2024 | Produksi | Rina W. | Nihil |
| 2 | 20 Mei 2025 | Gudang | Agus P. | Nihil |
| 3 | 19 Mei 2026 | Pembelian | Rina W. | {0} |
"""


@pytest.mark.parametrize(
    ("last", "told"), [("Nihil", True), ("1, label gulungan hilang, diganti 22 Mei 2026", False), ("2", False)]
)
def test_lists_of_audits_whose_counts_are_none(last, told):
    assert (NONE in _raised("Rekap audit internal.xlsx", LIST.format(last))) is told


def test_a_suggestion_that_was_carried_out_was_found():
    text = (
        "# İç tetkik raporu, 8 Nisan 2026\n\nUygunsuzluk bulunmadı. İki öneri yazıldı.\n\n| Öneri | Ne yapıldı | Görüldü |\n"
        "| Grafik kalemi silik | Kalem ucu değişti, 10 Nisan 2026 | 4 Mayıs 2026, 12 grafik okunuyor |\n"
    )
    assert NONE not in _raised("İç tetkik raporu.docx", text)


def test_what_follows_a_word_for_none_may_be_missing():
    text = (
        "# Internal audit report, 11 March 2026\n\n| Sr | Evidence seen | Remark |\n| 1 | Calibration | OK, 5 points |\n"
        "| 2 | Bottle SS-41 | NC: no expiry written. Cause: label roll had no line. New roll 17.03.2026, checked, closed |\n"
    )
    assert NONE not in _raised("Internal audit.docx", text)


THAI = """# ผลการตรวจติดตามภายใน วันที่ 9 มิ.ย. 2569

| หน่วยงาน | หัวหน้าหน่วยงาน | ผู้ตรวจ | ข้อบกพร่อง |
| พิมพ์ | สมชาย ใจดี | วรรณา (QC) | 0 |
| QC | วรรณา แก้วใส | ประเสริฐ มีสุข (ไดคัท) | 0 |
| ซ่อมบำรุง | ชาญชัย ทองดี | {0} | 0 |
"""


@pytest.mark.parametrize(("auditor", "own"), [("ชาญชัย ทองดี", True), ("สมชาย ใจดี (พิมพ์)", False)])
def test_whoever_looks_in_an_audit_is_its_auditor(auditor, own):
    assert (OWN in _raised("ผลตรวจติดตามภายใน.xlsx", THAI.format(auditor))) is own


HEADS = "# Department heads since 5 January 2026\n\n| Department | Head |\n| Cutting | Mr Tran Quoc Bao |\n| Sewing | Ms Phan Thi Diem |\n"


@pytest.mark.parametrize(("area", "own"), [("Sewing", True), ("Cutting", False)])
def test_the_heading_of_a_report_says_what_was_audited(area, own):
    audit = report(
        "Internal audit 2026.docx",
        f"# Internal audit, {area}, 18 August 2026\n\nAuditor: Phan Thi Diem. Lines 1 to 6.\n",
        **AUDIT,  # type: ignore[arg-type]
    )
    listed = report("Org list.docx", HEADS, kind="procedure", mode="prescription", criteria=("process_ownership",))
    assert (OWN in set(flags(audit, listed))) is own


def test_a_card_that_was_printed_is_an_action():
    text = (
        "# Audit internal bagian cetak, 4 Maret 2026\n\nAuditor: Rina Sari. Auditee: Agus Salim.\n\n"
        "Temuan 1: catatan suhu kosong tiga hari. Sebab kartu habis. Kartu dicetak dan stok ditambah, diperiksa 1 April 2026.\n"
    )
    assert LEFT not in _raised("audit.pdf", text)


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("7 | 0 | 7", True),
        ("7 | 7 | 0", False),
    ],
)
def test_fields_that_count_what_was_closed(status, left):
    raised, closed, still = status.split(" | ")
    text = (
        "# Management review 15 September 2026\n\nInternal audit status (audit of 18 February 2026)\n\n"
        f"NC raised :: {raised}\nNC closed :: {closed}\nNC open :: {still}\n"
    )
    assert (LEFT in _raised("MR slides.pptx", text, **MINUTES)) is left


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("2026年3月12日内审开出5项不符合，至今无一关闭，责任部门均未提交整改报告。", True),
        ("10 Mart 2026 iç tetkikinde 5 uygunsuzluk bulundu. Bölümlerden cevap gelmedi, hiçbiri kapatılmadı.", True),
        ("내부심사 2026.03.17 부적합 6건. 현재까지 대책서를 제출한 부서 없음.", True),
        ("2026年3月12日内审开出5项不符合，4月30日全部关闭。", False),
        (
            "NC-1: tip count of the internal audit of 14 June 2026 not filled. Cause: book at old furnace. Verified 03.08.2026, 61 of 61.",
            False,
        ),
    ],
)
def test_sentences_on_findings_beside_other_matters(line, left):
    text = f"# Management review 8 September 2026\n\n{line}\n\nComplaints: 3, all closed.\n"
    assert (LEFT in _raised("Review.docx", text, **MINUTES)) is left


def test_a_later_audit_that_found_nothing_corrected():
    text = (
        "# Internal audit 10 September 2026\n\nAuditor: Lan (HR).\n\n"
        "The four findings of the audit of 12 September 2025 were looked at again: none of them has been {0}.\n"
    )
    assert LEFT in _raised("Internal audit 2026.docx", text.format("corrected"))


SUMMARY = """# Internal audit report 18-20 February 2026

| Department | Auditor | Documents seen | Result |
| Press | Lan | WI-04 | Conform |
| Stores | Hoa | stock cards | Conform |
| Purchasing | Minh | 6 orders | {0} |
"""


@pytest.mark.parametrize(("last", "told"), [("Conform", True), ("1 NC, closed", False)])
def test_few_areas_with_their_auditors_suffice(last, told):
    assert (NONE in _raised("Internal audit summary.docx", SUMMARY.format(last))) is told


def test_findings_of_audits_that_are_zero_in_all_years():
    text = (
        "# Management review 15 September 2026\n\n| Item | 2023 | 2024 | 2025 |\n"
        "| Internal audit NC (no.) | 0 | 0 | {0} |\n| Complaints | 6 | 5 | 4 |\n"
    )
    assert NONE in _raised("MR figures.xlsx", text.format("0"), **MINUTES)
    assert NONE not in _raised("MR figures.xlsx", text.format("3"), **MINUTES)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("受审部门 :: 品质部 || 审核员 :: 李明（品质部）", True),
        ("受审部门 :: 品质部 || 审核员 :: 李明（人事部）", False),
        ("피심사부서 :: 품질팀 || 심사원 :: 품질팀 김철수", True),
        ("피심사부서 :: 품질팀 || 심사원 :: 총무팀 김철수", False),
        ("Dept audited :: QC || Auditor :: Lan Pham (QC)", True),
    ],
)
def test_auditors_from_the_section_audited(text, own):
    assert (OWN in _raised("Internal audit 内审 내부심사.docx", f"# Internal audit 12.03.2026\n\n{text}\n")) is own


@pytest.mark.parametrize(("section", "own"), [("QC", True), ("Sales", False)])
def test_a_column_for_where_the_auditor_comes_from(section, own):
    text = (
        "# Internal audit result 2026\n\n| Dept audited | Date | Auditor | Auditor's dept | NC |\n"
        f"| Sales | 10.03.2026 | Lan Pham | QC | 1 |\n| QC | 11.03.2026 | Minh Tran | {section} | 0 |\n"
    )
    assert (OWN in _raised("Internal audit result.xlsx", text)) is own


@pytest.mark.parametrize(
    "text",
    [
        "Internal audit: 14 May 2026, 4 findings, verified by Lan on 30 June 2026.\n\nNo reply came from customer A.\n\n"
        "Supplier audit: no reply from Hoa Phat to 2 findings.",
        "İç tetkik 14 Mayıs 2026: 4 uygunsuzluk, hepsi 30 Haziran 2026'da kapatıldı.\n\n"
        "Tedarikçi: 2 uygunsuzluğa cevap gelmedi, sipariş durduruldu.",
        "Internal audits of 2025 and 2026: 7 NC, none is open.\n\nExternal audit of 2025 and 2026: no nonconformity.",
        "내부심사 2026.03.12 부적합 1건: 점검표 누락. 원인: 양식 없음. 조치 2026.03.20, 확인 2026.04.30 종결.",
        "Đánh giá nội bộ 2025, 2026: 6 điểm KPH, đã đóng hết.\n\nĐánh giá của tổ chức chứng nhận 2025, 2026: không có điểm nào.",
    ],
)
def test_other_audits_and_other_answers_accuse_nobody(text):
    assert not {LEFT, NONE} & _raised("MRM.docx", f"# Management review 12 September 2026\n\n{text}\n", **MINUTES)


def test_the_head_of_a_number_says_of_no_action_that_it_is_none():
    text = (
        "# Laporan audit internal 10 Maret 2026\n\nAuditor: Dewi (QA).\n\n- Temuan minor 1. Termometer tanpa label.\n\n"
        "| No | Perbaikan | Selesai | Verifikasi |\n| 1 | Label dipasang | 24/03/2026 | Dewi 02/04, 9 berlabel |\n"
    )
    assert LEFT not in _raised("Laporan audit internal.docx", text)


def test_a_row_that_says_none_in_two_languages_is_no_finding():
    rows = "| 1 | Hall | tank label without time | printed on the label | 2026-02-06 |\n| - | Stores | none 없음, 12 lots traced | | |\n"
    heads = "# Internal audit 21 January 2026\n\n| No | Area | Finding 지적사항 | Action 조치 | Checked 확인 |\n"
    assert LEFT not in _raised("Internal audit report.docx", heads + rows)


def test_a_row_with_its_action_tells_of_no_action_as_what_was_found():
    text = (
        "# Internal audit 20 May 2026\n\n| Area | Seen | Result | Put right | Looked at again |\n"
        "| Sewing | inline sheets | NC2 light red at 11 am, no action written | action column compulsory | 11 June, 5 reds, 5 actions |\n"
    )
    assert LEFT not in _raised("Internal audit May.xlsx", text)
