"""Flags on corrective actions in heads that name two parts, hours beside days, lists parted by dashes, minutes that end alike: each with
its near miss.
"""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    "head", ["Root cause and action", "Nguyên nhân / Biện pháp", "原因及对策", "Penyebab dan tindakan"]
)
@pytest.mark.parametrize(("action", "blamed"), [("operator reminded", True), ("operator reminded; bins marked", False)])
def test_a_head_that_names_cause_and_action_together(head, action, blamed):
    sheet = f"""=== N
| No | Date | Problem | {head} |
| 1 | 12/05/2026 | mixed parts in box | operator careless; {action} |
| 2 | 13/05/2026 | wrong label | printer head worn; head changed |
"""
    found = flags(report("Log.xlsx", sheet, **CASES))
    assert ("human_error_retrain_only" in found) is blamed
    assert "no_root_cause" not in found


@pytest.mark.parametrize(("day", "same"), [("12/05/2026", True), ("20/06/2026", False)])
def test_a_head_that_names_the_days_of_opening_and_closing(day, same):
    sheet = f"""=== N
| No | Opened / closed | Problem | Cause | Action |
| 1 | 12/05/2026 / {day} | 40 caps without liner | reel empty | reel changed |
| 2 | 13/05/2026 / 20/06/2026 | cap torn | knife blunt | knife changed |
"""
    assert ("closed_same_day" in flags(report("Log.xlsx", sheet, **CASES))) is same


@pytest.mark.parametrize(
    ("remark", "same"),
    [
        ("closed same day", True),
        ("cùng ngày đã đóng", True),
        ("当天结案", True),
        ("sorted same day, closed 20/06/2026", False),
        ("sorted same day; case closed later", False),
    ],
)
def test_a_remark_that_closes_a_case_on_its_day(remark, same):
    sheet = f"""=== N
| No | Date | Problem | Cause | Action | Remark |
| 1 | 12/05/2026 | 40 caps without liner | reel empty | reel changed | {remark} |
| 2 | 13/05/2026 | cap torn | knife blunt | knife changed | closed 20/06/2026 |
"""
    assert ("closed_same_day" in flags(report("Log.xlsx", sheet, **CASES))) is same


@pytest.mark.parametrize(("closed", "same"), [("12 May 2026 15:40", True), ("14 June 2026 15:40", False)])
def test_days_with_the_hour_beside_them(closed, same):
    form = f"""NCR 26-07 || Date/time found :: 12 May 2026 08:10
Problem :: 40 caps without liner
Cause :: liner reel ran empty
Action :: reel changed
Date/time closed :: {closed}"""
    assert ("closed_same_day" in flags(report("NCR.docx", form, **CASES))) is same


@pytest.mark.parametrize(("cause", "lacks"), [("will be advised", True), ("sẽ báo sau", True), ("bush loose", False)])
def test_a_cause_that_is_only_promised(cause, lacks):
    form = f"""Problem :: 14 brackets with the hole 0.4 mm off centre
Root cause :: {cause}
Corrective action :: brackets replaced
Closed :: 12 May 2026"""
    assert ("no_root_cause" in flags(report("8D.docx", form, **CASES))) is lacks


def test_a_cause_of_short_syllables_that_repeats_the_problem():
    form = """Hiện tượng :: 14 giá đỡ lệch lỗ 0,4 mm
Nguyên nhân gốc :: {}
Biện pháp :: thay giá đỡ
Ngày đóng :: 12/5/2026"""
    same, other = (
        report("8D.docx", form.format(cause), language="vi", **CASES)
        for cause in ("lỗ bị lệch 0,4 mm", "lỗ bị lệch do bạc gá 7 lỏng")
    )
    assert "no_root_cause" in flags(same)
    assert "no_root_cause" not in flags(other)


@pytest.mark.parametrize(("day", "early"), [("09/07/2026", True), ("29/07/2026", False)])
def test_the_day_at_the_end_of_an_action_is_when_it_was_done(day, early):
    sheet = f"""=== N
| No | Reported | Problem | Cause | Action taken (date) | Closed |
| 1 | 22/07/2026 | slider does not lock | spring short | springs changed ({day}) | 30/08/2026 |
| 2 | 13/05/2026 | slider stiff | burr of the die of 02/05/2026 | die ground (20/05/2026) | 20/06/2026 |
"""
    assert ("done_before_reported" in flags(report("Log.xlsx", sheet, **CASES))) is early


LISTS = {
    "dashes": (
        "Guard for press 4 – Budi – 15 June 2026 – {}",
        "New packing scale – Ana – 20 August 2026 – done",
        "Sort old labels – Chris – 30 June 2026 – done",
    ),
    "commas": (
        "1) Guard for press 4, Budi, 15/6/2026: {}",
        "2) New packing scale, Ana, 20/8/2026: done",
        "3) Sort old labels, Chris, 30/6/2026: done",
    ),
}


@pytest.mark.parametrize("shape", LISTS)
@pytest.mark.parametrize(
    ("state", "overdue"), [("open", True), ("not yet", True), ("done", False), ("postponed to 12 October 2026", False)]
)
def test_lines_parted_alike_are_a_list_of_tasks(shape, state, overdue):
    text = "Tasks of the meeting of 2 September 2026\n\n" + "\n\n".join(LISTS[shape]).format(state)
    assert ("overdue_actions" in flags(report("Tasks.docx", text, **REVIEW))) is overdue


@pytest.mark.parametrize(
    ("status", "last", "overdue"),
    [
        ("open, toolmaker has no steel", "Reviewed :: 20 July 2026", True),
        ("open", "Printed :: 10 June 2026", False),  # written before the day came
        ("done", "Reviewed :: 20 July 2026", False),
        ("open until three lots are seen", "Action done on :: 28 June 2026\nReviewed :: 20 July 2026", False),
        ("open", "Reviewed :: 20 July 2026\nVerification :: lot 26G, 200 pieces good", False),
    ],
)
def test_a_form_whose_action_was_open_behind_its_day(status, last, overdue):
    form = f"""Problem :: hole 0.3 mm off
Root cause :: bush loose in jig 7
Corrective action :: new jig with pressed bush
Responsible :: Ana
Target date :: 30 June 2026
Status :: {status}
{last}"""
    assert ("overdue_actions" in flags(report("CAR.docx", form, **CASES))) is overdue


def test_minutes_in_running_text_whose_points_end_alike():
    points = ["Audits", "Complaints", "Suppliers", "Objectives", "Resources", "Training", "Risks"]
    alike = [f"{n}. {point}\n\nThe matter was discussed and is satisfactory." for n, point in enumerate(points, 1)]
    own = [
        f"{n}. {point}\n\nWe looked at {point} of {n} months and found them adequate."
        for n, point in enumerate(points, 1)
    ]
    for told, same in ((alike, True), (own, False)):
        minutes = report("Minutes.docx", "Management review 2 September 2026\n\n" + "\n\n".join(told), **REVIEW)
        assert ("same_sentence_as_verdict" in flags(minutes)) is same


def test_a_chinese_day_on_which_something_was_done_is_no_deadline():
    done = "公司於114年6月24日接受第二次追查，開立不符合1項（記錄紙未換），改善已於7月15日通過。"
    assert "overdue_actions" not in flags(report("通知.docx", done, language="zh", **CASES))


def test_a_day_of_checking_behind_the_action_is_not_when_the_case_came_up():
    sheet = """=== N
| No | Fault | Root cause | Measure, done | Result | Date of check |
| 1 | chatter on the raceway | dresser worn | dresser life limited to 900 rings, 15.01.2026 | 60 rings good | 20.02.2026 |
| 2 | bore 12 um too big | masters swapped | masters coloured, 03.02.2026 | 80 rings good | 13.03.2026 |
"""
    assert "done_before_reported" not in flags(report("Checks.xlsx", sheet, **CASES))
