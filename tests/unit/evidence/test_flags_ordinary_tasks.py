"""Tasks and closings in their most ordinary shapes: the day of a decision, a month as the day until when, two days in one column, a state on
a day, who closed it and when beside each other; each with its near miss.
"""

import pytest

from evidence.facts.columns import state_of
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}

DECISIONS = """| Decision | Responsible | {head} | Status on 02.09.2026 |
| Second dust collector | Hakan | {due} | {state} |
| Label control by two persons | Pelin | 15.03.2026 | done 09.03.2026 |"""


@pytest.mark.parametrize(
    ("head", "due", "state", "raised"),
    [
        ("Date", "30.04.2026", "not started", True),
        ("Date", "30.04.2026", "in process", True),
        ("Date", "30.04.2026", "done 02.05.2026", False),
        ("Date", "30.11.2026", "not started", False),
        ("Date", "30.04.2026", "late", True),
        ("Due", "30.04.2026", "R", True),
        ("Due", "30.04.2026", "late, done 12.05.2026", False),
        ("Due", "April 2026", "open", True),
        ("Due", "Q2 2026", "open", True),
        ("Due", "CW 18/2026", "open", True),
        ("Due", "KW 18", "open", True),
        ("Due", "CW 45/2026", "open", False),
        ("Due", "December 2026", "open", False),
    ],
)
def test_decisions_with_their_day_and_state(head, due, state, raised):
    paper = report("review.docx", DECISIONS.format(head=head, due=due, state=state), **REVIEW)
    assert ("overdue_actions" in flags(paper)) is raised


def test_the_day_of_the_meeting_is_no_day_until_when():
    rows = "| Buy second gauge | 12.02.2026 | Tan | open, due 31.12.2026 |\n| Train welders | 12.02.2026 | Lim | done |"
    assert not flags(report("review.docx", f"| Decision | Date | Responsible | Status |\n{rows}", **REVIEW))


REGISTER = """| No | Date | Problem | Root cause | Corrective action | Target date | Completed on |
| 1 | 12.02.2026 | 5 scratched | tray sharp | tray rounded | 15.03.2026 | 10.03.2026 |
| 2 | 12.04.2026 | 3 short | stop worn | new stop to be made | 31.05.2026 | {ended} |"""


@pytest.mark.parametrize(("ended", "raised"), [("pending", True), ("28.05.2026", False)])
def test_pending_in_the_place_for_the_end(ended, raised):
    assert ("overdue_actions" in flags(report("capa.docx", REGISTER.format(ended=ended), **CASES))) is raised


def test_rows_whose_words_are_two_signs_long():
    text = """| 编号 | 发现日期 | 问题 | 原因 | 措施 | 完成日期 | 验证 |
| 1 | 2026-05-12 | 划伤 | 托盘利 | 倒圆 | {done} | 五批无 |
| 2 | 2026-05-20 | 少装 | 挡块磨损 | 更换 | 2026-05-25 | 五批无 |"""

    def before(done: str) -> bool:
        return "done_before_reported" in flags(report("台账.xlsx", text.format(done=done), language="zh", **CASES))

    assert before("2026-05-02")
    assert not before("2026-05-16")


def test_what_is_inspected_in_process_is_not_under_way():
    assert state_of("In process") == "open"
    assert state_of("In process inspection added, done") == "done"
    assert state_of("partially done") == "open"


TARGETS = """| No | Opened | Problem | Root cause | Action | Target / done | Effectiveness | Closed |
| 1 | 07.04.26 | chart paper not kept 3 days | recorder pen dry, no spare | paperless recorder fitted | 30.06 / 22.06.26 | 60 charts, 60 present | 05.08.26 |
| 2 | 03.06.26 | head broken, 1 of lot 122 | pit of 0.4 mm in the blank | blanks dye checked | {days} | being taken on 10 lots | open, effectiveness |"""


def test_a_column_of_the_day_until_when_and_of_that_on_which_it_was_done():
    def late(days: str) -> bool:
        return "overdue_actions" in flags(report("capa.xlsx", TARGETS.format(days=days), **CASES))

    assert not late("30.07 / 28.07.26 (die came late)")
    assert late("30.07.26")


FORM = """NCR No. :: 26-12 || Date :: 12.05.2026
Description :: 5 pcs scratched at customer
Cause :: tray edge sharp
Action taken :: tray rounded
{last}"""


@pytest.mark.parametrize(
    ("last", "raised"),
    [
        ("Verified & closed by :: L. Ong || Date :: 12.05.2026", True),
        ("Verification :: effective, closed || Date :: 12.05.2026", True),
        ("Verified & closed by :: L. Ong || Date :: 20.06.2026", False),
        ("Verified by :: L. Ong || Date :: 12.05.2026", False),
        ("Verified by :: L. Ong, not yet closed || Date :: 12.05.2026", False),
    ],
)
def test_who_closed_it_and_when(last, raised):
    assert ("closed_same_day" in flags(report("NCR 26-12.docx", FORM.format(last=last), **CASES))) is raised


CHECK = """CAR 26-12
Date :: 12 Feb 2026
Problem :: 5 pcs scratched
Root cause :: {cause}
Corrective action :: tray rounded 14 Feb
Effectiveness check :: {effect}
Closed :: 20 March 2026, QA"""


@pytest.mark.parametrize(
    ("effect", "raised"),
    [
        ("to be checked after 3 months", True),
        ("will be verified over the next 5 lots", True),
        ("3 lots looked at, none; will be looked at again in 6 months", False),
        ("12 March: 5 lots, 0 scratched", False),
    ],
)
def test_a_check_that_is_only_promised(effect, raised):
    paper = report("CAR 26-12.docx", CHECK.format(cause="tray edge sharp", effect=effect), **CASES)
    assert ("no_effectiveness_check" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("cause", "raised"),
    [
        ("could not be determined", True),
        ("The cause could not be found.", True),
        ("Pieces were scratched", True),
        ("tray edge sharp; which of 4 trays could not be determined", False),
        ("Abrasion of pieces by the conveyor", False),
    ],
)
def test_a_cause_that_was_not_found(cause, raised):
    paper = report("CAR 26-12.docx", CHECK.format(cause=cause, effect="12 March: 5 lots, 0 scratched"), **CASES)
    assert ("no_root_cause" in flags(paper)) is raised


AGAIN = """| No | Received | Product | Complaint | Root cause | Action | Check | Closed |
| 1 | 24 Feb 2026 | wide 5 mm | broken strands 11 % | cartons stacked 9 high | sign on carton | 3 containers, 2.8 % | 7 Jul 2026 |
| 2 | 3 Aug 2026 | wide 5 mm | broken strands, 8.6 % | {cause} | dryer knob locked | 31 lots, 2.1 % | 25 Sep 2026 |"""


@pytest.mark.parametrize(
    ("cause", "raised"), [("dried to 10.2 %; not the stacking this time", False), ("cartons stacked 9 high", True)]
)
def test_a_defect_whose_second_cause_is_told_to_be_another(cause, raised):
    assert ("same_defect_after_closure" in flags(report("log.xlsx", AGAIN.format(cause=cause), **CASES))) is raised


def test_a_table_of_audits_is_no_report_of_a_problem():
    text = """Internal audits
심사일 :: 대상 부서 || 심사원 :: 부적합
2024.04.11 :: 생산, 품질, 구매 || 윤재석(총무) :: 0건
2025.04.15 :: 생산, 품질, 구매 || 윤재석(총무) :: 0건
2026.04.14 :: 생산, 품질, 구매 || 윤재석(총무) :: 0건"""
    assert "no_root_cause" not in flags(report("내부심사 결과.xlsx", text, kind="internal_audit_record", language="ko"))


@pytest.mark.parametrize(("name", "raised"), [("矯正措施一覽表 115年.xlsx", True), ("量規一覽表.xlsx", False)])
def test_a_list_of_corrective_actions_that_was_taken_for_one_of_gauges(name, raised):
    text = """| 編號 | 異常 | 原因 | 對策 | 負責人 | 期限 | 狀態 |
| CA-01 | 折彎角度超差 | 下模磨耗 0.3 mm | 更換下模 | 陳國棟 | 2026/05/31 | 未完成 |
| CA-02 | 螺柱扭力不足 | 電容老化 | 更換電容 | 林志豪 | 2026/05/15 | 已完成 |"""
    paper = report(name, text, kind="calibration_record", language="zh", criteria=("corrective_action",))
    assert ("overdue_actions" in flags(paper)) is raised
