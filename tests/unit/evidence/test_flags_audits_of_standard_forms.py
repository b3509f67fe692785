"""Audits as standard forms tell them: findings counted class by class, answer pages left blank, fields for the day, registers of events."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
BODY = "Planning: orders 110 to 140 looked at. Stores: bin cards of 12 items read against the shelf."


@pytest.mark.parametrize(
    ("counted", "silent"),
    [
        ("Major 0, Minor 0, Observation 0", False),
        ("NC: nil / OFI: nil", False),
        ("0 major, 0 minor", False),
        ("Major 0, Minor 2, Observation 0", True),
        ("Major 0, Minor 1 (gauge label missing)", True),
    ],
)
def test_classes_counted_none_are_no_finding(counted, silent):
    text = f"# Internal Audit Report 1/2026\n\nAudit date :: 8 June 2026 || Lead auditor :: Mr Kittisak (Purchasing)\nArea :: planning, stores || Findings :: {counted}\n\n{BODY}\n"
    paper = report("Internal audit 1.docx", text, **AUDIT)
    assert ("audits_without_finding" in flags(paper)) is not silent


@pytest.mark.parametrize(("number", "count", "silent"), [("No", "0", False), ("#", "0", False), ("No", "2", True)])
def test_a_list_of_audits_whose_first_head_is_no(number, count, silent):
    rows = "".join(f"| {n} | 1{n}-06-202{n} | all | Wahyuni (HR) | 0 | 0 |\n" for n in range(2, 6))
    text = f"# Summary of internal audits\n\n| {number} | Date | Area | Auditor | Major | Minor |\n{rows}| 5 | 09-06-2026 | all | Wahyuni (HR) | 0 | {count} |\n"
    assert ("audits_without_finding" in flags(report("Audit summary.xlsx", text, **AUDIT))) is not silent


def test_an_audit_of_a_supplier_is_no_internal_one():
    own = report(
        "内审汇总表.xlsx",
        "# 内部审核汇总表\n\n| 审核日期 | 部门 | 内审员 | 不符合项 |\n| 2025-06-18 | 生产部 | 余静 | 0 |\n| 2026-05-20 | 生产部 | 余静 | 0 |\n",
        **AUDIT,
    )
    text = "# {title}\n\n供应商 :: 苕溪化工 || 审核日期 :: 2026年9月16日\n\n1. 原料库:两袋尿素受潮结块,不符合要求。要求两周内整改,已收到照片。\n"
    assert "audits_without_finding" in flags(own, report("b.docx", text.format(title="供应商现场审核报告"), **AUDIT))
    assert "audits_without_finding" not in flags(own, report("b.docx", text.format(title="内部审核报告"), **AUDIT))


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ("| 1 |  |  |  |\n| 2 |  |  |  |\n", True),
        ("| 1 | Board hung over each bay | 3 March 2026 | Wambui, 2 April |\n| 2 | Old sheet withdrawn | 4 March 2026 | Wambui, 2 April |\n", False),
    ],
)  # fmt: skip
def test_the_answer_page_of_a_report_is_blank(rows, left):
    text = f"# Internal audit report IA-1\n\nDates :: 10 February 2026 || Lead auditor :: Grace Wambui (HR)\n\nThe following did not conform: 1 Stores: urea of two vessels in one bay (8.5.2).\n\n2 Blending: recipe sheets in two revisions (7.5.3).\n\n| No. | Correction and cause (area head) | Date | Verified by auditor |\n{rows}"
    assert ("audit_findings_not_followed_up" in flags(report("IA-1 report.pdf", text, **AUDIT))) is left


@pytest.mark.parametrize(("ticked", "left"), [("☐ 有效 ☐ 无效", True), ("☑ 有效 ☐ 无效", False)])
def test_the_report_of_one_finding_with_boxes_that_nobody_ticked(ticked, left):
    answer = "" if left else ":3月换版漏收旧版,已收回,操作工已培训"
    text = f"# 内审不符合项报告\n\n编号 :: NS-02 || 审核日期 :: 2026.04.15\n受审部门 :: 冲压车间 || 审核员 :: 顾敏(人事)\n不符合事实 :: 3号冲床旁作业指导书为A2版,受控清单现行版为A4\n\n原因分析{answer}\n\n纠正措施{answer}\n\n验证结果 | {ticked}\n"
    assert ("audit_findings_not_followed_up" in flags(report("NS-02.pdf", text, **AUDIT))) is left


@pytest.mark.parametrize(
    ("label", "day", "old"),
    [
        ("Audit dates", "8 August 2025", True),
        ("Audit date", "8 December 2025", False),
        ("Tanggal audit", "08/08/2025", True),
    ],
)
def test_the_field_for_the_day_of_an_audit_tells_it_beside_later_answers(label, day, old):
    text = f"# Internal audit report IA-25\n\n{label} :: {day} || Areas :: presses, die shop\n\n| # | What was seen | Answer of the area | Checked |\n| 1 | Furnace chart not signed | chart holder moved | 14/11/2025, 31 charts signed |\n\nReport closed 05/12/2025 by Bao Chau.\n"
    assert ("internal_audit_too_old" in flags(report("Audit report IA-25.docx", text, **AUDIT))) is old


def test_a_register_of_events_tells_an_audit_in_its_own_rows():
    head = "# Quality activities\n\n| Date | What | Scope | By | Result |\n"
    audit = "| 12.06.2025 | Internal audit | moulding | Park | 2 NC, closed 10.07.2025 |\n"
    other = "| 16.04.2026 | Customer visit | process | Lee | 1 request |\n| 03.09.2026 | Training | new staff | Lee | 6 people |\n"
    kind = {"kind": "training_record", "criteria": ("internal_audit",)}
    assert "internal_audit_too_old" in flags(report("Activities.xlsx", head + audit + other, **kind))
    recent = "| 15.01.2026 | Internal audit | assembly | Park | 1 NC, closed 10.02.2026 |\n"
    assert "internal_audit_too_old" not in flags(report("Activities.xlsx", head + audit + recent + other, **kind))


@pytest.mark.parametrize(("told", "old"), [("21st & 22nd Aug'25", True), ("21st & 22nd Mar'26", False)])
def test_a_mail_calls_an_audit_by_its_number(told, old):
    text = f"Dear Madam,\n\n1) IA-11 was completed on {told}, all departments covered.\n\n2) The last NC was closed 03.10.2025.\n"
    assert ("internal_audit_too_old" in flags(report("RE status.eml", text, **AUDIT))) is old


def test_a_list_of_duties_tells_who_heads_what():
    duties = report(
        "Gorev dagilimi.xlsx",
        "# GÖREV DAĞILIMI\n\n| Süreç | Sorumlu | Vekil |\n| Pişirme | Kadir Ulu | Remzi Ak |\n| Satın alma | Selin Karaca | Remzi Ak |\n",
        kind="other",
        reading="static",
        mode="prescription",
    )
    text = "# İç tetkik raporu 2026/3\n\nBölüm :: Satın alma || Tarih :: 19 Mart 2026\nTetkikçi :: {name} || Dağıtım :: Genel müdür\n\n14 dosya açıldı, birinde ek yok. Sebep: silinmiş. 5 Mayıs 2026'da kontrol edildi, kapatıldı.\n"
    assert "auditor_not_independent" in flags(duties, report("t.docx", text.format(name="Selin Karaca"), **AUDIT))
    assert "auditor_not_independent" not in flags(duties, report("t.docx", text.format(name="Kadir Ulu"), **AUDIT))


@pytest.mark.parametrize(
    ("heads", "found", "left"),
    [
        ("編號 | 受稽單位 | 稽核發現 | 判定 | 責任人 | 改善對策 | 完成日 | 複查", "鎳板兩箱無標示，無法辨識進料日", True),
        ("ลำดับ | พื้นที่ | สิ่งที่ไม่สอดคล้อง | ข้อกำหนด | ผู้รับผิดชอบ | แนวทางแก้ไข | วันที่ปิด | ผล", "ไม่มีบันทึกความเข้มข้นน้ำยา", True),
        ("# | Area | What the team met | Clause | Owner | Correction | Closed on | Verified", "Two boxes of nickel without label, date of receipt missing", True),
        ("# | Area | What the team met | Clause | Owner | Correction | Closed on | Verified", "Label cards of June read against the shelf", False),
    ],
)  # fmt: skip
def test_columns_for_answers_stand_empty_in_every_row(heads, found, left):
    text = f"# Internal audit 2026\n\nDate: 14/05/2026, auditor Hsu (administration), casting, stores\n\n| {heads} |\n| IA-1 | casting | {found} 1 | 8.5.1 | Kevin |  |  |  |\n| IA-2 | stores | {found} 2 | 8.5.4 | Mei |  |  |  |\n"
    assert ("audit_findings_not_followed_up" in flags(report("Internal audit 2026.docx", text, **AUDIT))) is left


@pytest.mark.parametrize("none", ["không có", "none (before the claim came)", "ไม่พบ", "해당없음"])
def test_a_row_without_a_finding_asks_for_no_answer(none):
    text = f"# Internal audit, 18 May 2026\n\n| Area | Seen | Finding | Cause and action / checked |\n| Casting | 24 sheets | 2 sheets without mould temperature | pyrometer broken, second bought 29 May, 15 June 30 of 30 |\n| Dies | die histories | {none} | - |\n| Buying | scores | {none} | - |\n"
    assert "audit_findings_not_followed_up" not in flags(report("Internal audit.docx", text, **AUDIT))


@pytest.mark.parametrize(("counted", "silent"), [("0건", False), ("2건", True)])
def test_findings_counted_with_their_counter(counted, silent):
    text = f"# 내부심사 결과 현황\n\n| 심사일 | 대상 부서 | 심사원 | 부적합 | 관찰사항 | 결과 |\n| 2025.04.15 | 생산 | 윤재석(총무) | 0건 | 0건 | 적합 |\n| 2026.04.14 | 생산 | 윤재석(총무) | {counted} | 0건 | 적합 |\n"
    assert ("audits_without_finding" in flags(report("내부심사 결과.xlsx", text, **AUDIT))) is not silent


def test_findings_beside_areas_without_one_in_words():
    text = "# İç denetim raporu, 2-4 Haziran 2026\n\n| Bölüm | Denetçi | Bulgu |\n| Dokuma | Cemil (kalite) | Bulgu yok, 18 karta bakıldı |\n| Satın alma | Feride | Bulgu yok |\n| Planlama | Nurcan | G1 (gözlem): termin değişikliği telefonla |\n\nU1 neden: saat uzak. Duvara saat (22 Haziran). Takip 3 Eylül: 20 kart, 20 saat; kapandı.\n"
    assert "audits_without_finding" not in flags(report("Ic denetim raporu 2026.docx", text, **AUDIT))


@pytest.mark.parametrize(
    ("auditor", "raised"), [("남기호 생산부장", True), ("한지민 구매과장", False)]
)  # fmt: skip
def test_the_head_of_an_area_is_named_in_brackets_behind_it(auditor, raised):
    text = f"# 내부심사 결과 보고서\n\n심사번호 :: IA-1 || 심사일 :: 2026.06.24\n심사부서 :: 생산부 (압착·조립 라인, 책임자 남기호 생산부장) || 심사원 :: {auditor}\n\n| 조항 | 확인 내용 | 판정 | 조치 | 완료 |\n| 7.1.5 | 모니터 교정기한 경과 | 부적합 | 교정 실시 | 2026.07.02 확인 |\n"
    assert ("auditor_not_independent" in flags(report("내부심사.pdf", text, **AUDIT))) is raised


def test_a_row_of_an_audit_on_purchasing_is_no_table_of_suppliers():
    rows = "| Purchasing | 8 supplier files | supplier scored 72 and no letter sent | letter 13 March; score 85 | 15 July good |\n| Sales | 10 orders, 6 bays | none |  |  |\n| Maintenance | plan of week 7 | plan not signed | deputy named | 20 Apr good |\n| Direction | review of 20 January | none |  |  |\n"
    kind = {**AUDIT, "criteria": ("supplier_control", "internal_audit")}
    paper = report("Internal audit March 2026 with closing.xlsx", f"=== A\n| Area | Supplier | Finding | Score | Checked |\n{rows}", **kind)  # fmt: skip
    assert "evaluation_without_result" not in flags(paper)


@pytest.mark.parametrize(
    ("title", "head", "auditor", "raised"),
    [
        ("內部品質稽核查核紀錄", "單位主管 :: 林志豪 (LCH)", "LCH", True),
        ("內部品質稽核查核紀錄", "單位主管 :: 林志豪 (LCH)", "WYT", False),
        ("Báo cáo đánh giá nội bộ", "Bộ phận được đánh giá :: Phòng mua hàng", "Nguyễn Văn An - Trưởng phòng mua hàng", True),
        ("Báo cáo đánh giá nội bộ", "Bộ phận được đánh giá :: Phòng mua hàng", "Nguyễn Văn An - Trưởng phòng kho", False),
    ],
)  # fmt: skip
def test_initials_and_offices_behind_a_name(title, head, auditor, raised):
    label = "稽核員" if auditor.isascii() else "Đánh giá viên"
    text = f"# {title}\n\n{head}\nDate 2026.04.21\n{label} :: {auditor}\n\nA4 one label missing, printed 24 April, seen again on 22 May, closed.\n"
    assert ("auditor_not_independent" in flags(report("IA.docx", text, **AUDIT))) is raised


@pytest.mark.parametrize(("told", "raised"), [("", True), ("12대 확인", False)])
def test_a_checklist_of_what_is_looked_at_stands_empty(told, raised):
    rows = "".join(f"| {clause} | {what} 여부 | {told} |  |\n" for clause, what in (("7.1.5", "계측기 교정"), ("8.4", "공급자 평가"), ("8.5.2", "LOT 식별"), ("8.7", "부적합품 격리")))  # fmt: skip
    text = f"# 내부심사 체크리스트\n\n심사일 :: 2026.06.08 || 심사원 :: 김철수\n\n| 조항 | 확인 내용 | 결과 | 비고 |\n{rows}"
    paper = report("체크리스트.xlsx", text, kind="blank_form", reading="static", mode="template", criteria=("internal_audit",))  # fmt: skip
    assert ("header_only_audit" in flags(paper)) is raised
