"""Steps of a case told as done before it came up, in reports by their steps, in forms whose fields run together and in sentences; tasks of
lists that are headed as open; causes that say no more than that the goods were made so. Each with its near miss.
"""

import pytest

from evidence.blame import blames
from evidence.facts.text import fold
from evidence.hollow import says_nothing
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

STEPS = """# 8D report 26-31

Customer :: Norte || Claim received :: 14 May 2026

D2 Problem :: 40 lids do not close, lot 2605 made 28 April
D3 Containment :: 1,200 lids of 28 April sorted, completed {held}
D4 Root cause :: mould cavity 3 worn 0.2 mm since the move of 20 April
D5 Corrective action :: cavity 3 exchanged, installed {done}
D6 Verification :: 3 lots of May, 900 lids, none open, 30 May
D7 Prevention :: cavity check each 50,000 shots since 4 June
D8 Closed :: 12 June 2026
"""


@pytest.mark.parametrize(
    ("held", "done", "early"),
    [
        ("16 May", "20 May", False),
        ("6 May", "20 May", True),
        ("16 May", "28 April", True),
        ("6 May", "28 April", False),
    ],
)
def test_one_step_done_before_the_claim_is_out_of_order(held, done, early):
    """Where two are, the day of the claim may be that of the report."""
    told = flags(report("8D.docx", STEPS.format(held=held, done=done), **CASES))
    assert ("done_before_reported" in told) is early


CELLS = """=== 8D
| 客户 | 北方泵业 | 投诉日期 | 2026年4月2日 |
| 不良现象 | 密封圈开裂 | 数量 | 46/1,500 |
| 步骤 | 内容 | 负责 | 完成日期 |
| D3 临时措施 | 库存 3,200 件隔离全检 | 严斌 | 4月4日 |
| D4 原因 | 硫化温度 148℃(要求 160±5),加热管断一根 | 严斌 | 4月8日 |
| D5 永久对策 | 更换加热管,加低温报警 | 唐力 | {} |
| D6 验证 | 11 批无开裂 | 朱雪琴 | 5月6日 |
| D8 结案 | 客户回复接受 | 朱雪琴 | 5月20日 |
"""


def test_days_in_cells_of_their_own_are_held_against_the_claim():
    assert "done_before_reported" in flags(report("8D.xlsx", CELLS.format("3月21日"), **CASES))
    assert "done_before_reported" not in flags(report("8D.xlsx", CELLS.format("4月21日"), **CASES))


RUN = """CORRECTIVE ACTION FORM

CAR No Opened 03.08.2026

Problem Weld of bracket 14 open over 6 mm on 12 pieces Root cause Gas hose kinked behind the turning table Corrective action Hose led through a guide, flow alarm fitted, done {} Effectiveness check 15.09.2026 240 brackets of three lots looked at, none open

Closed 16.09.2026
"""


def test_fields_that_run_together_are_parted_at_their_heads():
    assert "done_before_reported" in flags(report("scan.pdf", RUN.format("24.07.2026"), **CASES))
    assert "done_before_reported" not in flags(report("scan.pdf", RUN.format("24.08.2026"), **CASES))


@pytest.mark.parametrize(
    ("told", "early"),
    [
        ("A piece of blue plastic was found on 18 May 2026. As a result of this find all scoops were swapped on 12 May 2026.", True),
        ("A piece of blue plastic was found on 18 May 2026. As a result of this find all scoops were swapped on 22 May 2026.", False),
        ("A piece of blue plastic was found on 18 May 2026. The scoops had been replaced on 12 May 2026. Therefore the lot was held.", False),
        ("Tổ đóng gói phát hiện mảnh nhựa ngày 18/05/2026. Vì việc này muỗng nhựa được thay mới ngày 12/05/2026.", True),
        ("Tổ đóng gói phát hiện mảnh nhựa ngày 18/05/2026. Trước đó muỗng đã thay mới ngày 12/05/2026. Vì vậy lô đã cách ly ngày 19/05/2026.", False),
        ("Temuan plastik biru ditemukan 18/05/2026. Menindaklanjuti temuan ini semua sendok diganti 12/05/2026.", True),
        ("5月18日包装员发现蓝色塑料。因此5月12日全部更换为不锈钢勺。", True),
    ],
)  # fmt: skip
def test_a_deed_called_the_answer_to_a_find_is_not_older_than_it(told, early):
    minutes = f"# Quality meeting 2026-05-20\n\n1. {told}\n"
    assert ("done_before_reported" in flags(report("minutes.docx", minutes, **CASES))) is early


OPEN = """# {}

**DF-114** Disc out of balance. Cause: mandrel taper 0.03 mm. Mandrel to be ground. Owner: L. Kaya. Due: 19 June 2026. Grinding at a firm in Bursa.

**DF-117** Labels mixed up. Cause: two orders on one table. Tables to be parted. Owner: G. Tan. Due: 10 July 2026. Terminal on the list of the buyer.

**DF-121** Burr in thread. Cause: new tap coating. Trial of another tap. Owner: O. Demir. Due: 18 October 2026. Trial runs.
"""


def test_tasks_of_a_list_of_open_ones_are_open():
    assert "overdue_actions" in flags(report("list.pdf", OPEN.format("Open actions as of 24 August 2026"), **CASES))
    assert "overdue_actions" not in flags(report("list.pdf", OPEN.format("Open actions as of 24 May 2026"), **CASES))


@pytest.mark.parametrize(
    ("told", "late"),
    [
        ("We refer to point 2. Restart relay, promised for 26 June 2026. Nothing installed as of this morning.", True),
        ("We refer to point 2. Restart relay, promised for 26 June 2026. Installed 24 June 2026, thanks.", False),
    ],
)
def test_a_promise_of_which_nothing_came_is_overdue(told, late):
    mail = f"# CAR 26/09 pending points, 17 August 2026\n\n{told}\n"
    assert ("overdue_actions" in flags(report("reminder.docx", mail, **CASES))) is late


def test_goods_from_before_a_day_are_no_task():
    told = "# Họp chất lượng 09/07/2026\n\nBong đế 3 vụ đều là hàng sản xuất trước ngày 02/04/2026; hàng sau đó chưa có vụ nào.\n"
    assert "overdue_actions" not in flags(report("hop.docx", told, **CASES))


@pytest.mark.parametrize(
    ("cause", "problem", "hollow"),
    [
        ("The batch was dyed with barre.", "barre (abraj) lines every 4 cm", True),
        ("Parts were moulded with flash", "flash at the parting line, 30 caps", True),
        ("Lô hàng được sản xuất bị lệch màu", "lệch màu 12 cuộn", True),
        ("这批生产时就有毛刺", "端子有毛刺 40 个", True),
        ("Seri çapak ile üretildi", "kenarda çapak, 40 adet", True),
        ("The caps were tightened with low torque", "caps leak", False),
        ("Seri yanlış kalıp ile üretildi", "kenarda çapak, 40 adet", False),
    ],
)
def test_goods_made_with_the_fault_are_no_cause(cause, problem, hollow):
    assert says_nothing(cause, problem) is hollow


@pytest.mark.parametrize(
    ("cause", "blamed"),
    [
        ("Operator of station 5-12 was distracted and inserted the wires wrong", True),
        ("Công nhân máy 12 quên bật van", True),
        ("Operator pada mesin 3 lupa memasang pin", True),
        ("작업자가 한눈을 팔아 배선을 바꿔 끼움", True),
        ("Operator of station 5 has no gauge and the drawing shows the wrong size", False),
    ],
)
def test_where_somebody_works_stands_between_him_and_his_fault(cause, blamed):
    assert blames(fold(cause)) is blamed
