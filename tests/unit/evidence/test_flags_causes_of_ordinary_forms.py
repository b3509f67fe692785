"""Causes that tell nothing as factories write them, looks at the effect that are none, and tasks that a later list tells of, beside their
honest near misses.
"""

import pytest

from evidence.facts.case_heads import head_of
from evidence.facts.looks import looks_today
from evidence.no_cause import says_no_cause
from evidence.off_asked import names_class, tells_only_disposal, tells_only_off, tells_only_unseen
from evidence.told_looks import is_promise, tells_no_look
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    ("cause", "problem"),
    [
        ("Bore was larger than the drawing so the size is out of tolerance", "Bore 12.31 mm, spec 12.00 ±0.10"),
        ("Normal process variation", "Filling weight 486 g, min 500"),
        ("尺寸超出公差", "孔径 8.12，要求 8.00±0.05"),
        ("Kích thước không đạt bản vẽ", "Kích thước lỗ 8.2"),
        ("치수가 규격을 벗어남", "치수 12.3 규격 12.0"),
        ("Ölçü tolerans dışında", "Çap 12.3, tolerans 12.0 ± 0.1"),
        ("ukuran tidak sesuai gambar", "Ukuran lubang 8.2"),
        ("ขนาดไม่ตรงตามแบบ", "ขนาดรู 8.2"),
    ],
)
def test_a_cause_that_says_only_that_the_piece_was_not_as_asked(cause, problem):
    assert tells_only_off(cause, problem)


@pytest.mark.parametrize(
    ("cause", "problem"),
    [
        ("Clamp washer below specification", "Bore oversize"),
        ("Different fabric used", "Shade variation in navy pique"),
        ("Oven temperature lower than required", "Hardness low"),
        ("Drawing rev B used, rev C was valid", "Hole 8.2, spec 8.0"),
        ("模具磨损", "尺寸超出公差"),
        ("금형 마모", "치수가 규격을 벗어남"),
        ("ไม่มีช่องแยกงานด่วน", "ตัวอย่างหาย 1 ชิ้น"),  # Thai is written with an alphabet: its letters stand in any problem
        ("พนักงานชั่งประมาท ไม่ตั้งใจทำงาน", "ถุง 500 กรัมชั่งได้ 455 ถึง 470 กรัม 60 ถุง เมื่อ 3 สิงหาคม พบที่เครื่องชั่ง หน้าคลัง"),
    ],
)
def test_a_cause_that_names_what_was_not_as_asked(cause, problem):
    assert not tells_only_off(cause, problem)


def test_a_class_a_lot_not_seen_and_a_disposal_are_no_causes():
    assert names_class("Workmanship")
    assert names_class("设备原因")
    assert not names_class("Machine vibration")
    assert tells_only_unseen("The burr was not found by QC during inspection", "Burr on the edge")
    assert not tells_only_unseen("Inspection frequency too low", "Burr on the edge")
    assert not tells_only_unseen("กาวป้ายหลุดเพราะชั้นอยู่ใกล้ท่อไอน้ำ", "ถุงคาร์บอนแบล็ก 2 ถุงที่ชั้น B3 ไม่มีป้ายวันรับเข้า")
    assert tells_only_disposal(
        "All parts were sorted and the batch was blocked", "Burr on the edge", "1,200 pcs sorted"
    )
    assert not tells_only_disposal("Batch was dried with the damper shut", "Moisture 13 %", "blocked")


@pytest.mark.parametrize(
    ("told", "none"),
    [
        ("No specific cause could be assigned", True),
        ("The exact root cause could not be established", True),
        ("原因无法确定", True),
        ("Nguyên nhân chưa rõ", True),
        ("The cause was not the glue but the press, which was worn", False),
        ("Label machine could not detect the mark", False),
    ],
)
def test_sentences_that_say_that_no_cause_was_found(told, none):
    assert says_no_cause(told) is none


@pytest.mark.parametrize("cause", ["产品表面缩水，造成外观不良", "螺丝柱冷却时间不足 3 秒"])
def test_steps_with_who_and_when_beside_what_is_told(cause):
    paper = f"""# 8D 报告
编号 :: 8D-07 || 发生日期 :: 2026-06-09
不良 :: 缩水 46/500

| 步骤 | 内容 | 负责人 | 日期 |
| D3 临时对策 | 库存 3,260 件全检 | 黄伟 | 2026-06-11 |
| D4 原因分析 | {cause} | 陈丽 | 2026-06-13 |
| D5 长期对策 | 保压由 45 bar 调至 58 bar | 黄伟 | 2026-06-16 |
| D6 效果确认 | 三批各抽 315 件，缩水 0 件 | 刘志明 | 2026-07-21 |
| D8 结案 | 客户确认 | 刘志明 | 2026-07-26 |
"""
    assert ("no_root_cause" in flags(report("8D 报告.docx", paper, **CASES))) is ("外观" in cause)


@pytest.mark.parametrize(
    ("told", "none"),
    [
        ("Photo attached", True),
        ("已附电极更换照片及采购单", True),
        ("12/09/2026", True),
        ("Plan / Actual / Result / 1 month / 5 Jan 2026 / 2 months / 2 Feb 2026", True),
        ("4 lots after, max 0.07", False),
        ("Photo shows 0 defects in 300 pcs", False),
    ],
)
def test_what_is_no_look_at_the_effect(told, none):
    assert tells_no_look(told, "form", "更换电极并订半年更换") is none


def test_a_look_that_is_planned_for_a_day():
    assert is_promise("Planned 15/09/2026")
    assert is_promise("kế hoạch kiểm tra tháng 9")
    assert not is_promise("Checked as planned, none found")
    assert not is_promise("planned check done, 3 lots 0 NG")


LOG = """# CAR log
| CAR | Opened | Problem | Root cause | Action | Closed | {head} |
| 26-01 | 15/01/2026 | Weld porous, 9 frames | Dryer of the gas burnt out | Dryer changed | 02/02/2026 | {told} |
| 26-02 | 10/03/2026 | Paint thin, 48 µm | Nozzle of gun 2 worn | Nozzle changed each 3 months | 27/03/2026 | {told} |
"""


@pytest.mark.parametrize(
    ("head", "told", "raised"),
    [
        ("Effectiveness review (plan)", "23/06/2026", True),
        ("Effectiveness review (plan)", "23/12/2026", False),
        ("Effectiveness", "3 lots, 0 found, 23/06/2026", False),
    ],
)
def test_the_day_for_which_a_look_is_planned_is_no_look(head, told, raised):
    assert (
        "no_effectiveness_check" in flags(report("CAR log.xlsx", LOG.format(head=head, told=told), **CASES))
    ) is raised


def test_heads_of_days_to_come():
    for head in ("Expected completion", "要求完成时间", "Target close date", "Hạn trả lời", "조치기한", "整改期限"):
        assert head_of(head) == "due"
    for head in ("Actual completion", "实际完成日期", "Ngày hoàn thành"):
        assert head_of(head) == "closed"


FMEA = """# PFMEA knuckle
| Process | Failure mode | RPN | Recommended action | Target | Action taken |
| Forging | Underfill at the arm | 140 | Interlock of the billet | 30.06.2026 | Installed 24.06.2026, RPN 70 |
| Heating | Low hardness | 144 | Eddy current sorting | 31.07.2026 | {done} |
"""


@pytest.mark.parametrize(("done", "raised"), [("", True), ("Sorted since 20.07.2026", False)])
def test_what_is_recommended_and_what_was_taken(done, raised):
    paper = report("PFMEA.xlsx", FMEA.format(done=done), kind="other", criteria=("risk",))
    assert ("overdue_actions" in flags(paper)) is raised


LIST = """# Site action list, meeting of {day}
| No. | Action | Owner | Due | Status |
| A-21 | Particle count in room 2 | Girard | 18 June 2026 | {state} |
| A-22 | Gowning photo at the airlock | Perrin | 25 June 2026 | done 23 June 2026 |
"""


@pytest.mark.parametrize(("state", "raised"), [("done 16 June 2026", False), ("open", True)])
def test_a_later_list_tells_how_far_a_task_is(state, raised):
    papers = [
        report("List June.xlsx", LIST.format(day="4 June 2026", state="open"), **CASES),
        report("List September.xlsx", LIST.format(day="13 September 2026", state=state), **CASES),
    ]
    assert ("overdue_actions" in flags(*papers)) is raised


SCAR = """# Supplier corrective action requests
| SCAR | Issue date | Problem | Reply due | Reply received | Root cause / action |
| S-07 | 6 Apr 2026 | Outsole length +4 mm | 20 Apr 2026 | 17 Apr 2026 | Shrink table of the old compound |
| S-09 | 2 Jun 2026 | Lace tip open, 410 pcs | 16 Jun 2026 | {came} | {told} |
"""


@pytest.mark.parametrize(("came", "told", "raised"), [("", "", True), ("15 Jun 2026", "Film too thin", False)])
def test_a_reply_that_never_came(came, told, raised):
    assert ("overdue_actions" in flags(report("SCAR.xlsx", SCAR.format(came=came, told=told), **CASES))) is raised


@pytest.mark.parametrize(
    ("sentence", "looked"),
    [
        ("Today 4 presses x 5 drawings checked, all new rev", True),
        ("Today 5 operators checked in at the training", False),
        ("Today 40 covers will be checked, all of them", False),
        ("The 40 covers of the lot were checked, all bad", False),
    ],
)
def test_a_letter_tells_of_the_look_on_its_own_day(sentence, looked):
    assert looks_today(sentence) is looked
