"""Flags in other words than those the rules were first written with: other languages, papers that the model took for another
kind, and beside each the paper that is ordinary.
"""

import pytest

from evidence.assessment import assess
from evidence.defects import same_defect
from evidence.titles import calls_itself, is_record_of
from tests.unit.evidence.builders import TODAY, certificate, flags, report

REGISTER = """
=== 1
| {heads} |
{rows}
"""


def register(heads, *rows):
    return REGISTER.format(heads=heads, rows="\n".join(f"| {row} |" for row in rows))


def judged(*documents):
    """Flags as the whole assessment finds them, with filled values taken for records."""
    return {flag.id for flag in assess("Lotus Valley Pumps Co., Ltd", TODAY, documents).flags}


def case(path, text, kind="corrective_action_record", **more):
    return report(path, text, kind=kind, criteria=("corrective_action",), **more)


IMPLEMENTED = """
# Complaint report CC-26-09

Date received :: 14 April 2026 || No :: CC-26-09
Problem :: cracks at the flange, 12 of 300
Cause :: low pouring temperature
Corrective action :: pyrometer replaced || Implemented on :: {day}
Closed on :: 30 April 2026
"""
PERBAIKAN = """
# Laporan ketidaksesuaian LK-26-09

Tanggal ditemukan :: 14 April 2026 || No :: LK-26-09
Masalah :: retak pada flensa, 12 dari 300
Penyebab :: suhu tuang rendah
Tindakan perbaikan :: pirometer diganti
Tanggal perbaikan :: {day} || Tanggal verifikasi :: 30 April 2026
"""


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [(IMPLEMENTED, "9 April 2026", "20 April 2026"), (PERBAIKAN, "9 April 2026", "20 April 2026")],
)
@pytest.mark.parametrize("kind", ["corrective_action_record", "other"])
def test_an_action_dated_before_its_problem(text, before, after, kind):
    assert "done_before_reported" in flags(case("x.docx", text.format(day=before), kind))
    assert "done_before_reported" not in flags(case("x.docx", text.format(day=after), kind))


def test_days_that_can_be_read_two_ways_prove_no_order():
    heads = "No | Date | Problem | Root cause | Closed"
    assert "done_before_reported" not in flags(
        case("r.xlsx", register(heads, "1 | 03/04/2026 | crack | low heat | 02/05/2026"))
    )


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        ("编号 | 发生日期 | 不良内容 | 原因 | 对策 | 完成日期", ("1 | 2026-01-05 | 外壳缩水 | 保压不足 | 调整保压 | 2026-01-20", "3 | 2026-05-11 | 外壳缩水 | 保压不足 | 调整保压 | 2026-05-30")),
        ("번호 | 발생일 | 불량 내용 | 원인 | 대책 | 완료일", ("1 | 2026-02-03 | 기공 불량 | 수분 높음 | 수분계 교체 | 2026-02-27", "2 | 2026-07-20 | 기공 불량 | 조사 중 | 전수 검사 | ")),
        ("No | Day of claim | Problem | Root cause | Measure | Closed", ("1 | 2026-01-05 | zip breaks at slider | soft slider | other slider | 2026-01-20", "3 | 2026-05-11 | zip breaks at slider | under study | sorted | ")),
    ],
)  # fmt: skip
def test_a_defect_that_comes_back(heads, rows):
    assert "same_defect_after_closure" in flags(case("r.xlsx", register(heads, *rows)))
    assert "same_defect_after_closure" not in flags(case("r.xlsx", register(heads, rows[0])))


EIGHT_D = """
# 8D report {number}

Opened :: {opened} || Part no :: {part}
Problem :: leak at seal groove of pump housing, 14 of 400
Root cause :: worn insert
Action :: insert life set to 8,000 shots
Effectiveness :: 0 of 600 in lot L2
Closed :: {closed}
"""


def test_the_same_defect_on_another_part_is_another_case():
    first = case(
        "a.docx", EIGHT_D.format(number="8D-26-01", opened="5 January 2026", part="PH-300", closed="2 February 2026")
    )
    for part, told in (("PH-300", True), ("PH-812", False)):
        second = case(
            "b.docx", EIGHT_D.format(number="8D-26-07", opened="9 June 2026", part=part, closed="30 June 2026")
        )
        assert ("same_defect_after_closure" in flags(first, second)) is told


def test_words_that_tell_what_is_wrong():
    assert same_defect("leak at seal groove of the housing", "customer reports leaking seal groove, 9 pcs")
    assert not same_defect("scratch on cover", "burr at edge of cover")
    assert not same_defect("外壳缩水", "外壳划伤")


AUDIT = """
# {title}

{head}

{first}

{second}
"""
KOREAN = AUDIT.format(
    title="2026년 상반기 내부심사 결과",
    head="심사일 :: 2026년 3월 26일 || 심사원 :: 오세훈",
    first="부적합 NC-01: 용해 온도 기록지 3월 9일 누락",
    second="부적합 NC-02: 목형 창고 식별표 없음 6건",
)
ENGLISH = AUDIT.format(
    title="Internal audit report",
    head="Date :: 12 February 2026 || Auditor :: K. Osei",
    first="NC-1: dryer log of machine 4 not filled on eleven days.",
    second="NC-2: two gauges without a label at the packing bench.",
)


@pytest.mark.parametrize(("path", "text"), [("내부심사.docx", KOREAN), ("Internal audit 2026.docx", ENGLISH)])
@pytest.mark.parametrize("kind", ["internal_audit_record", "other", "training_record", "corrective_action_record"])
def test_findings_of_an_audit_that_nobody_followed_up_whatever_the_paper_was_taken_for(path, text, kind):
    made = report(path, text, kind=kind, criteria=("internal_audit",))
    assert "audit_findings_not_followed_up" in flags(made)
    closed = report(
        path, text + "\nCorrective action closed on 3 April 2026.\n", kind=kind, criteria=("internal_audit",)
    )
    assert "audit_findings_not_followed_up" not in flags(closed)


def test_a_title_makes_a_record_but_no_plan_or_procedure():
    audit = report("audit.docx", ENGLISH, kind="other")
    assert is_record_of(audit, "internal_audit_record")
    assert not is_record_of(audit, "management_review_record")
    plan = report(
        "Internal audit programme 2026.docx",
        "# Internal audit programme\n\nMoulding in March, stores in May.",
        kind="other",
    )
    assert not calls_itself(plan, "internal_audit")
    assert not is_record_of(report("audit.docx", ENGLISH, kind="procedure", reading="static"), "internal_audit_record")
    minutes = report(
        "Management review.docx",
        "# Minutes of the management review\n\nInternal audit: two gaps.",
        kind="management_review_record",
    )
    assert not is_record_of(minutes, "internal_audit_record")


LISTS = {
    "Daftar pemasok terpilih": (
        "No | Nama Pemasok | Bahan | Alamat",
        "1 | CV Jati Makmur | kayu | Jepara",
        "2 | UD Sumber Lem | lem | Kudus",
        "3 | PT Cat Indah | cat | Semarang",
    ),
    "Approved vendor list": (
        "Sl | Vendor | Supplies | Since",
        "1 | Alpha Chem | reagents | 2019",
        "2 | Bharat Gas | nitrogen | 2021",
        "3 | Glass House | vials | 2020",
    ),
    "合格供应商名单": (
        "序号 | 供应商名称 | 供应物料 | 联系人",
        "1 | 永发钢材 | 钢板 | 王工",
        "2 | 余姚塑料 | 粒子 | 李工",
        "3 | 慈溪螺丝厂 | 螺丝 | 张工",
    ),
}


@pytest.mark.parametrize("title", LISTS)
@pytest.mark.parametrize("kind", ["supplier_evaluation_record", "procedure", "blank_form", "metrics_record"])
def test_a_list_of_suppliers_is_no_evaluation(title, kind):
    listed = report(f"{title}.xlsx", register(*LISTS[title]), kind=kind, criteria=("supplier_control",))
    order = report(
        "order.docx", "Purchase order 4411 of 3 May 2026 to the supplier: 400 kg.", criteria=("supplier_control",)
    )
    assert "supplier_list_without_evaluation" in flags(listed, order)
    scored = report(
        "rating 2026.docx", "Suppliers rated on 3 May 2026: two scored above 80 points.", criteria=("supplier_control",)
    )
    assert "supplier_list_without_evaluation" not in flags(listed, scored)


SCORES = """
# Penilaian vendor

Nama vendor :: CV Gula Aren || Tanggal :: 12 Maret 2026

| Kriteria | Bobot | Skor |
| Mutu | 40 | {0} |
| Harga | 30 | {1} |
| Layanan | 30 | {2} |
"""


def test_a_form_of_one_supplier_whose_scores_stand_in_a_table_of_their_own():
    for scores, told in ((("", "", ""), True), ((36, 21, 25), False)):
        made = report(
            "Penilaian vendor.docx", SCORES.format(*scores), kind="blank_form", mode="template", reading="static"
        )
        assert ("evaluation_without_result" in flags(made)) is told


def test_a_share_of_what_is_bad_is_a_rate_of_rejects_whatever_it_is_called():
    heads = "Sasaran | Target | Jan 2026 | Feb 2026 | Mar 2026 | Apr 2026 | Mei 2026 | Jun 2026"
    for values, told in (("3 | 3 | 3 | 3 | 3 | 3", True), ("3.4 | 3.1 | 2.8 | 3 | 2.6 | 2.2", False)):
        made = report(
            "sasaran.xlsx",
            register(heads, f"Cacat las (%) | 3 | {values}"),
            kind="metrics_record",
            criteria=("quality_metrics",),
        )
        assert ("kpi_values_constant" in flags(made)) is told


COATING = """
# {title}

Date :: {day} || Inspector :: Yusuf Hakim || Product :: folding door

Coating measured at five points: 61, 64, 59, 66, 62 micron, minimum 55 micron. Accepted.{lot}
"""


def coating(title, day, lot="", kind="procedure", mode="prescription", reading="static"):
    return report(
        f"{title}.docx",
        COATING.format(title=title, day=day, lot=lot),
        kind=kind,
        mode=mode,
        reading=reading,
        criteria=("traceability",),
    )


def test_a_report_taken_for_a_procedure_is_looked_at():
    first, second = (
        coating("Coating inspection report", "3 July 2026"),
        coating("Final inspection report", "9 July 2026"),
    )
    assert "no_lot_in_inspection" in judged(first, second)
    assert "no_lot_in_inspection" not in judged(
        first, coating("Final inspection report", "9 July 2026", " Lot FD-2607.")
    )
    rules = [coating(f"Procedure for the inspection report {n}", "3 July 2026") for n in (1, 2)]
    assert "no_lot_in_inspection" not in judged(*rules)


def test_a_monthly_summary_of_inspections_names_no_lot_by_right():
    heads, rows = (
        "Month | Inspected | Reject rate %",
        ("Jan 2026 | 400 | 2.1", "Feb 2026 | 500 | 1.9", "Mar 2026 | 450 | 2.4"),
    )
    made = [
        report(
            f"Inspection summary {n}.xlsx", register(heads, *rows), kind="metrics_record", criteria=("quality_metrics",)
        )
        for n in (1, 2)
    ]
    assert "no_lot_in_inspection" not in flags(*made)


def test_a_heading_of_a_year_of_the_buddha_left_over():
    heads, rows = (
        "ลำดับ | วันที่ | ปัญหา | สาเหตุ | แก้ไข",
        [f"{n} | 1{n}/0{n}/2568 | กล่องบุบ {n} | พาเลทหัก | เปลี่ยนพาเลท" for n in range(1, 5)],
    )
    for year, told in ((2566, True), (2568, False)):
        text = register(heads, *rows).replace("=== 1", f"=== 1\n# ทะเบียนข้อร้องเรียนลูกค้า ปี {year}\n")
        made = case("r.xlsx", text, language="th")
        assert ("heading_year_left_over" in flags(made)) is told


MEETING = """
# รายงานการประชุมทบทวนโดยฝ่ายบริหาร

วันที่ {day} ผู้เข้าประชุม ผู้จัดการโรงงาน ผู้จัดการคุณภาพ ฝ่ายขาย ฝ่ายผลิต

1. ทบทวนนโยบายคุณภาพ ที่ประชุมเห็นว่านโยบายยังเหมาะสมและไม่ต้องแก้ไข

2. ผลการตรวจติดตามภายใน พบข้อสังเกตเล็กน้อยและได้แก้ไขแล้วทั้งหมด

3. {point}

4. ที่ประชุมมีมติให้ปรับปรุงอย่างต่อเนื่อง ปิดประชุมเวลา {hour} น.
"""


@pytest.mark.parametrize("kind", ["management_review_record", "other", "training_record"])
def test_minutes_copied_into_the_next_year_with_another_month(kind):
    calm = "ข้อร้องเรียนลูกค้า อยู่ในเกณฑ์ที่ยอมรับได้ ฝ่ายขายติดตามต่อไป"
    first = report("a.docx", MEETING.format(day="15 มกราคม 2568", hour="16.00", point=calm), kind=kind, language="th")
    copied = report("b.docx", MEETING.format(day="20 มิถุนายน 2569", hour="15.30", point=calm), kind=kind, language="th")
    other = "ของเสียเครื่องอัด 4 ร้อยละ 3.1 เกินเป้า ให้ฝ่ายซ่อมเปลี่ยนเครื่องอบภายในเดือนมีนาคม และฝ่ายผลิตรายงานทุกสัปดาห์"
    held = report("b.docx", MEETING.format(day="20 มิถุนายน 2569", hour="15.30", point=other), kind=kind, language="th")
    assert "near_identical_records" in flags(first, copied)
    assert "near_identical_records" not in flags(first, held)


def test_a_short_procedure_without_a_record_and_with_one_that_names_no_day():
    text = "# Evaluation of suppliers\n\nSuppliers shall be evaluated every year by the purchasing head. A supplier below 70 points shall not be used."
    rules = report(
        "Purchasing procedure.docx",
        text,
        kind="procedure",
        mode="prescription",
        reading="static",
        criteria=("supplier_control",),
    )
    scored = report(
        "Evaluation 2026.xlsx",
        register("Supplier | Score | Result", "Kiran Steels | 82 | A", "Om Packaging | 71 | B"),
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert "procedure_without_record" in flags(rules)
    assert "procedure_without_record" not in flags(rules, scored)


def test_a_lot_told_by_its_process():
    made = case("x.docx", "Cast lot :: C-26008 || Charge lot no :: HT-0624A || Lot size :: 400\nDye batch :: DB-771")
    assert {(f.role, f.value) for f in made.facts if f.kind == "identifier"} >= {
        ("lot", "C-26008"),
        ("lot", "HT-0624A"),
        ("batch", "DB-771"),
    }
    assert not any(fact.value == "400" for fact in made.facts)


def test_a_surveillance_visit_told_by_its_year():
    old = {"issue": "14 March 2024", "expiry": "13 March 2027"}
    for words, told in (
        ("Surveillance audit 2026 passed, report AP-26-118.", False),
        ("Next surveillance audit due 2026.", True),
        ("", True),
    ):
        assert ("no_surveillance_evidence" in flags(certificate(**old, more=words))) is told
