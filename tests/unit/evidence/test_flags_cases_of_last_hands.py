"""Cases in shapes that the last blind hands wrote, each with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    ("problem", "cause", "raised"),
    [
        ("Pick lists are printed twice for split orders", "Split orders were sending the pick list to the printer two times", True),
        ("Pick lists are printed twice for split orders", "The queue sends a job again when the printer answers late", False),
        ("Orders created twice in the shop", "Customer clicked twice on the button", False),
        ("RAL 7016 boyada parlaklık düşük, 71 (istenen 80-90)", "Boyanın parlaklığı istenen değerin altında kalmıştır", True),
        ("RAL 7016 boyada parlaklık düşük, 71 (istenen 80-90)", "Reçine dozajı istenen değerin altında kalmıştır", False),
    ],
)  # fmt: skip
def test_causes_that_say_the_problem_again(problem, cause, raised):
    form = f"# Corrective action 26-08\n\nOpened :: 06.07.2026\nProblem :: {problem}\nRoot cause :: {cause}\nAction :: part changed\nClosed :: 31.08.2026"
    assert ("no_root_cause" in flags(report("CA 26-08.docx", form, **CASES))) is raised


@pytest.mark.parametrize(
    ("action", "raised"),
    [("Worker reminded; four workers trained again", True), ("Worker reminded; tray with stopper installed", False)],
)
def test_a_worker_who_did_not_concentrate(action, raised):
    form = f"# 8D 26-05\n\nReceived :: 25/09/2026\nProblem :: Gaskets of another hole pattern in the bags\nRoot cause :: Worker on second shift not concentrate, he put the strip in the wrong tray\nAction :: {action}\nClosed :: 22/10/2026"
    assert ("human_error_retrain_only" in flags(report("8D.docx", form, **CASES))) is raised


@pytest.mark.parametrize(("checked", "raised"), [("", True), ("18 Aug, load run, 41 s", False)])
def test_a_column_of_what_was_checked_after(checked, raised):
    rows = (
        "# Incident register 2026\n\n| No | Raised | What happened | Why | Fix | Closed | Checked after |\n"
        "| 033 | 14 Jul | Stock count freezes | list read without paging | paging | 11 Aug | load run 18 Aug, 41 s |\n"
        f"| 036 | 5 Jun | Expiry date one day early | time zone of server | dates stored as date only | 26 Jun | {checked} |\n"
    )
    assert ("no_effectiveness_check" in flags(report("INC 2026.xlsx", rows, **CASES))) is raised


@pytest.mark.parametrize(("third", "raised"), [("", True), (" 0 of 3 lots, 14 defects seen in July", False)])
def test_follow_ups_in_one_sentence(third, raised):
    sheets = [
        report(
            f"NC {n}.docx",
            f"# Nonconformity sheet {n}/2026\n\nDate :: 1{n}.0{n}.2026\nWhat :: {what}\nWhy :: {why}\nDone :: {done}\nFollow-up 2{n}.0{n + 1}.2026 :: Measure has been implemented and proved effective.{third if n == 3 else ''}",
            **CASES,
        )
        for n, what, why, done in (
            (3, "wet trays at the dryer", "flap stuck by paper dust", "flap cleaned"),
            (5, "dark stripes in trays", "a bale held carbon paper", "bale sent back"),
            (6, "thin corner of tray", "holes of tool closed by scale", "tool washed"),
        )
    ]
    assert ("same_sentence_as_verdict" in flags(*sheets)) is raised


@pytest.mark.parametrize(("opened", "done", "raised"), [("4月20日", "4月8日", True), ("4月8日", "4月20日", False), ("12月20日", "1月8日", False)])  # fmt: skip
def test_a_column_of_the_day_of_the_action(opened, done, raised):
    rows = (
        "# 客诉与纠正措施台账 2026\n\n| 编号 | 发现日 | 问题 | 原因 | 对策 | 对策完成 | 验证 / 结案 |\n"
        "| KS-02 | 2月11日 | 密封圈脱落 | 吸嘴弹簧疲劳 | 弹簧改材质 | 2月24日 | 3月 5 批 0 脱落，3月27日结案 |\n"
        f"| KS-05 | {opened} | 白盖有黑点 | 料筒只清 2 遍 | 清料 5 遍 | {done} | 8 批黑点 1/4000 |\n"
    )
    assert ("done_before_reported" in flags(report("台账 2026.xlsx", rows, **CASES))) is raised


@pytest.mark.parametrize(
    ("later", "raised"),
    [
        ("酒厂：密封圈掉在瓶口，28mm，11 只", True),
        ("酒厂：密封圈掉在瓶口，38mm，11 只", False),
        ("酒厂：标签掉在箱内，28mm，11 只", False),
    ],
)
def test_a_piece_called_by_its_size(later, raised):
    rows = (
        "# 客诉与纠正措施台账 2026\n\n| 编号 | 发现日 | 问题 | 原因 | 对策 | 验证 / 结案 |\n"
        "| KS-02 | 2月11日 | 28mm 盖内密封圈脱落 7 只/6000 | 吸嘴弹簧疲劳 | 弹簧改材质 | 3月 5 批 0 脱落，3月27日结案 |\n"
        f"| KS-10 | 8月18日 | {later} | 导杆磨损 0.4mm | 换导杆 | 10月 6 批 0 脱落，10月26日结案 |\n"
    )
    assert ("same_defect_after_closure" in flags(report("台账 2026.xlsx", rows, **CASES))) is raised
