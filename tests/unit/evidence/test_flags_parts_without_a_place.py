"""Papers that have no place for a part of a case, or leave it empty: what they lack is raised where nothing else can hold it, and only there."""

import pytest

from evidence.facts.case_lines import labelled
from evidence.facts.looks import looks_over
from evidence.facts.text import Span
from evidence.no_cause import says_no_cause
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

REGISTERS = [
    ("en", "No. | Raised | Customer / order | Problem | Root cause | Action | Closed | Approved", "Bore {} too small", "Drill worn", "Drill life set", "R. Menon"),
    ("id", "No. | Tgl terbit | Buyer / PO | Masalah | Akar masalah | Tindakan perbaikan | Tgl selesai | PIC", "Jahitan {} lepas", "Jarum aus", "Jarum diganti tiap 8 jam", "Sri"),
    ("tr", "No | Tarih | Müşteri / sipariş | Uygunsuzluk | Kök neden | Faaliyet | Kapanış | Onay", "Delik {} kaymış", "Mastar aşınmış", "Mastar değişti", "E. Ak"),
    ("zh", "编号 | 日期 | 客户 / 订单 | 不良内容 | 原因 | 对策 | 结案 | 批准", "孔位{}偏移", "定位销磨损", "每周更换定位销", "王强"),
    ("ja", "No. | 発行日 | 客先 / 品番 | 不適合内容 | 原因 | 処置 | 処置完了日 | 承認", "穴位置{}ずれ", "位置決めピン摩耗", "ピンを毎週交換", "渡辺"),
    ("vi", "Số | Ngày | Khách / đơn hàng | Vấn đề | Nguyên nhân | Khắc phục | Ngày đóng | Duyệt", "Lỗ {} bị lệch", "Chốt định vị mòn", "Thay chốt hằng tuần", "Lan"),
]  # fmt: skip


def _register(rows, head, **kinds):
    return report("CAPA 2026.xlsx", "\n".join(f"| {row} |" for row in (head, *rows)), **(CASES | kinds))


def _rows(problem, cause, action, name, count=3, more=""):
    return [
        f"26-0{n} | 1{n}/0{n}/2026 | Fjord / PO 4{n}10 | {problem.format(n * 11)} | {cause} {n} | {action} | 2{n}/0{n}/2026 | {name} {n * 'a'}{more}"
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize(("language", "head", "problem", "cause", "action", "name"), REGISTERS)
def test_a_register_that_has_no_place_for_the_look(language, head, problem, cause, action, name):
    rows = _rows(problem, cause, action, name)
    assert "no_effectiveness_check" in flags(_register(rows, head, language=language))
    assert "no_effectiveness_check" not in flags(_register(rows[:2], head, language=language))
    seen = _rows(problem, cause, action, name, more=" | 0/40, 3 lot")
    assert "no_effectiveness_check" not in flags(_register(seen, f"{head} | Info", language=language))


@pytest.mark.parametrize("more", ["12 May: 60 bores in limits", "none found since", "ok, 40 pcs", "seen by QA, good"])
def test_what_was_seen_later_may_stand_under_any_head(more):
    _, head, problem, cause, action, name = REGISTERS[0]
    rows = _rows(problem, cause, action, name, more=f" | {more}")
    assert "no_effectiveness_check" not in flags(_register(rows, f"{head} | Info"))


def test_a_row_that_is_open_or_closed_lately_says_nothing_of_the_others():
    _, head, problem, cause, action, name = REGISTERS[0]
    late = "26-09 | 01/09/2026 | Fjord / PO 90 | Thread torn | Tap dull | Tap life | 28/09/2026 | R. Menon"
    rows = _rows(problem, cause, action, name)
    assert "no_effectiveness_check" in flags(_register([*rows, late], head))
    seen = _register([*rows, late.replace("Tap life", "Tap life; 40 threads checked 20/09/2026, 0 torn")], head)
    assert "no_effectiveness_check" in flags(seen)


def test_a_state_that_tells_what_was_seen_is_a_look():
    head = "No. | Received | Problem | Cause | Action | Status"
    rows = [f"{n} | 0{n}/02/2026 | Weld {n} open | Gas low | Gas alarm | {{}}" for n in (1, 2, 3)]
    bare = [row.format("20/03/2026 closed") for row in rows]
    told = [row.format("20/03/2026 closed, 3 lots of 60 without a leak") for row in rows]
    assert "no_effectiveness_check" in flags(_register(bare, head))
    assert "no_effectiveness_check" not in flags(_register(told, head))


COMPLAINTS = [
    "1 | 20/01/2026 | Smell | 32 bags replaced | 03/02/2026 | {}24/02/2026: 3 lots, no smell",
    "2 | 05/03/2026 | Soft shells | Batch taken back | 19/03/2026 | {}16/04/2026: 40 eggs firm",
    "3 | 21/04/2026 | Dust in pellets | 44 bags sieved | 06/05/2026 | {}29/05/2026: 4 % in 5 bags",
]
HEAD = "No. | Received | Complaint | Action taken | Closed | {}Checked afterwards"


def test_complaints_without_causes_beside_an_audit_that_tells_its_own():
    audit = report(
        "Internal audit report.docx",
        "# Internal audit report\n\n| No. | Finding | Cause | Action | Done |\n| 1 | Scale card old | Card not exchanged | Card exchanged | 24/02/2026 |",
        kind="internal_audit_record",
        criteria=("internal_audit",),
    )
    plain = _register([row.format("") for row in COMPLAINTS], HEAD.format(""))
    assert "no_root_cause" in flags(plain, audit)
    five_why = report("5 why.pptx", "# 5 why, smell\n\n- Why smell? Bin wet\n- Why wet? Roof leaks", **CASES)
    assert "no_root_cause" not in flags(plain, audit, five_why)
    told = _register([row.format("Bin roof leaked | ") for row in COMPLAINTS], HEAD.format("Info | "))
    assert "no_root_cause" not in flags(told, audit)
    because = _register(
        [row.format("").replace("bags", "bags, because the bin leaked,") for row in COMPLAINTS], HEAD.format("")
    )
    assert "no_root_cause" not in flags(because)


FORM = """
# 8D report

Opened :: 04/03/2026 || Part :: Valve K-12
Problem :: 38 of 1920 leak at the stem
Root cause :: Groove cut 0.2 too wide, insert changed without a gauge
Corrective action :: Groove gauge made and used every 50 parts, insert width checked at receipt
{}
Closed :: 25/04/2026
"""


@pytest.mark.parametrize(
    ("places", "raised"),
    [
        ("Date of effectiveness check ::  || Lot ::  || By :: ", True),
        ("Effectiveness check 1 :: Lot: || Result: :: By:", True),
        ("Date of effectiveness check :: 20/05/2026 || Lot :: K-77 || Result :: 0 of 200 leak", False),
        ("Effectiveness check 1 :: Lot: K-77 || Result: :: 0 of 200 leak", False),
    ],
)
def test_heads_beside_each_other_with_nothing_behind_them(places, raised):
    paper = report("8D K-12.docx", FORM.format(places), **CASES)
    assert ("no_effectiveness_check" in flags(paper)) is raised


LETTERS = [
    (
        "Dear Mr Lund,\n\nWe report on your claim of 11/05/2026: cord K-18, lot 260422, 15 of 1000 broke down at 1500 V.\n\n"
        "The cause was the head of extruder 2, which stood off centre by 0.2 mm. The screw turned by itself in about 6 hours.\n\n"
        "What we did:\n\n- Changed 4 screws for ones with a lock, 16/05/2026\n- Raised the spark test to 6 kV, 18/05/2026\n"
        "- Measured the centre every 2 hours from 20/05/2026\n{}\n\nAll this is done and the case is closed from 29/05/2026."
    ),
    (
        "Kính gửi anh Dũng,\n\nKhiếu nại ngày 11/05/2026: dây K-18, lô 260422, 15/1.000 sợi hở điện áp.\n\n"
        "Nguyên nhân là đầu đùn lệch tâm 0,2 mm. Vít chỉnh tâm tự trôi sau khoảng 6 giờ chạy máy.\n\n"
        "Đã làm:\n\n- Thay 4 vít chỉnh tâm loại có khóa, ngày 16/05/2026\n- Nâng điện áp thử lên 6 kV, ngày 18/05/2026\n"
        "- Đo lệch tâm 2 giờ/lần từ 20/05/2026\n{}\n\nCác việc trên đã xong nên chúng tôi đóng khiếu nại ngày 29/05/2026."
    ),
]  # fmt: skip


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("point", ["", "- Tested 2,400 cords from 21/05 to 28/05/2026, none broke down"])
def test_a_letter_whose_points_tell_what_was_done(letter, point):
    paper = report("Re claim K-18.docx", letter.format(point), **CASES)
    assert ("no_effectiveness_check" in flags(paper)) is not bool(point)


@pytest.mark.parametrize(
    "told",
    [
        "Still under investigation",
        "Laboratuvarda araştırma sürüyor, henüz tespit edilemedi",
        "Đang phân tích, chưa rõ",
        "Masih diselidiki",
        "อยู่ระหว่างการวิเคราะห์",
        "原因调查中",
        "원인 파악 중",
        "調査中",
    ],
)
def test_a_cause_that_is_still_looked_for(told):
    assert says_no_cause(told)


@pytest.mark.parametrize(
    "told", ["调查中发现模具松动", "Found under investigation of the oven: fan belt slack", "조사 중 확인된 금형 마모"]
)
def test_a_cause_that_was_found_while_looking(told):
    assert not says_no_cause(told)


def test_heads_set_apart_by_marks_of_emphasis():
    line = "**D4 Root cause** Oven 12 °C cold. **D5.** Thermocouple changed **at once**."
    assert [span.text for span in labelled(Span(0, len(line), line))] == [
        "D4 Root cause: Oven 12 °C cold",
        "D5: Thermocouple changed **at once**",
    ]
    plain = "We **really** checked it."
    assert [span.text for span in labelled(Span(0, len(plain), plain))] == [plain]


@pytest.mark.parametrize(
    "told",
    [
        "July to October 34 boards of this frame, lowest 66 Nm",
        "Từ đó đến nay 12 lô, lệch lớn nhất 0,8 mm",
        "Since then 63 cars have been fired",
        "6月至8月 出货 21 批",
    ],
)
def test_a_look_over_a_time(told):
    assert looks_over(told)


@pytest.mark.parametrize(
    "told",
    ["From May to July 5 parts of each lot are measured", "Gauge made 12 March, sheet from 2 April", "40 drawers cut"],
)
def test_what_is_done_from_now_on_is_no_look(told):
    assert not looks_over(told)


def _evaluated(text, name="supplier evaluation.xlsx"):
    return report(name, text, kind="supplier_evaluation_record", reading="static", criteria=("supplier_control",))


BESIDE = "# {}\n\nDate :: 08/07/2026\n\n| {} | Oceania Surimi | Samho Starch | Clean Pack |\n| {} | {} |\n| {} | {} |\n| {} | {} |\n| {} | {} |"


@pytest.mark.parametrize(
    ("title", "corner", "heads"),
    [
        ("Supplier evaluation, first half 2026", "Criterion (points)", ("Quality (40)", "Delivery (25)", "Price (15)", "Total")),
        ("협력업체 정기평가 2026년 상반기", "평가항목 (배점)", ("품질 (40)", "납기 (25)", "가격 (15)", "합계")),
        ("供应商评价表 2026 年上半年", "评价项目", ("质量 (40)", "交期 (25)", "价格 (15)", "总分")),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("marks", "raised"), [("|  |  ", True), ("38 | 35 | 36", False)])
def test_names_beside_each_other_above_criteria(title, corner, heads, marks, raised):
    paper = _evaluated(BESIDE.format(title, corner, *(piece for head in heads for piece in (head, marks))))
    assert ("evaluation_without_result" in flags(paper)) is raised


ONE = "# Supplier evaluation form\n\n| {} | {} |\n\n| Criterion | Max. points | Points given |\n| Quality | 40 | {} |\n| Delivery | 30 | {} |\n| Price | 30 | {} |"


@pytest.mark.parametrize(
    ("name", "day", "marks", "raised"),
    [
        ("Supplier: Bach Long Chemicals", "Date of evaluation: 08/07/2026", ("", "", ""), True),
        ("Supplier: Bach Long Chemicals", "Date of evaluation: 08/07/2026", ("36", "25", "28"), False),
        ("Supplier:", "Date of evaluation:", ("", "", ""), False),
    ],
)
def test_a_form_for_a_supplier_named_in_one_cell_with_its_head(name, day, marks, raised):
    assert ("evaluation_without_result" in flags(_evaluated(ONE.format(name, day, *marks)))) is raised


def test_days_with_a_dash_and_without_their_year_fall_due():
    head = "Ref | Date | What happened | Root cause | Corrective action | Target date | Status"
    rows = [
        "26-02 | 08-Apr | Curtain torn | Mast too high | Raise rail | 15-Jun | {}",
        "26-01 | 27-Jan | Wrong pallet | Tags alike | Tag per client | 27-Feb | Closed 25-Feb",
    ]
    for state, raised in (("Open", True), ("Closed 10-Jun", False)):
        paper = report("CAPA 2026.xlsx", "\n".join(f"| {row.format(state)} |" for row in (head, *rows)), **CASES)
        assert ("overdue_actions" in flags(paper)) is raised


@pytest.mark.parametrize(("more", "head", "raised"), [("OK", "Result", False), ("closed", "Info", True)])
def test_one_verdict_for_all_is_a_look_and_one_state_is_none(more, head, raised):
    _, heads, problem, cause, action, name = REGISTERS[0]
    rows = _rows(problem, cause, action, name, more=f" | {more}")
    assert ("no_effectiveness_check" in flags(_register(rows, f"{heads} | {head}"))) is raised


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("Work instruction updated and operators informed", True),
        ("Đã cập nhật hướng dẫn công việc và đào tạo công nhân", True),
        ("作业指导书已更新，员工已培训", True),
        ("Talimat güncellendi, operatörler bilgilendirildi", True),
        ("未", True),
        ("Belum", True),
        ("Work instruction updated, 6 lots without a leak", False),
        ("Leak gone", False),
    ],
)
def test_what_was_done_is_no_look_at_what_it_brought(told, raised):
    paper = report("8D K-12.docx", FORM.format(f"Effectiveness check :: {told}"), **CASES)
    assert ("no_effectiveness_check" in flags(paper)) is raised


REPLY = """# Re claim RH-77

Dear Mr Anand,

On 4 May 2026 you reported that 12 of 40 plates of lot 26-112 show fine cracks after washing.

{}All 216 plates of these cars were exchanged on 20 May and 100 % inspection was added before packing.

{}Since then 63 cars were inspected and no crack was found. We consider the claim closed.
"""
WHY = "Burner 7 of the second kiln had been out since the night before and nobody is called for one burner.\n\n"


@pytest.mark.parametrize(("before", "behind", "raised"), [("", "", True), (WHY, "", False), ("", WHY, False)])
def test_a_letter_in_which_no_sentence_is_left_to_say_why(before, behind, raised):
    assert ("no_root_cause" in flags(report("Re RH-77.docx", REPLY.format(before, behind), **CASES))) is raised


@pytest.mark.parametrize(("piece", "raised"), [("Valve K / 2606", True), ("Valve P / 2606", False)])
def test_names_that_differ_in_their_model_alone_are_two_products(piece, raised):
    head = "No. | Received | Product / lot | Complaint | Cause | Action | Closed | Effect"
    rows = [
        "01 | 12/01/2026 | Valve K / 2601 | Stem leaks, 8 pcs | Groove deep 0.2 | Gauge | 20/02/2026 | 3 lots 0 leak",
        f"03 | 22/06/2026 | {piece} | Stem leaks, 5 pcs | Seal swollen | Seal changed | 01/08/2026 | 2 lots, 0 leak",
    ]
    assert ("same_defect_after_closure" in flags(_register(rows, head))) is raised
