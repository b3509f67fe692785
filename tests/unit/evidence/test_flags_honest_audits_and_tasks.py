"""Audits with findings beside clean areas, tasks set in minutes before their day, and figures that look like days: none is accused."""

import pytest

from tests.unit.evidence.builders import flags, report

AUDITED = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}

AUDIT = """
# Internal audit, 19-20 May 2026

Auditors: Noel (customs) at the warehouse and the fleet desk.

{told}

Customs: 15 files, nothing to report. Archive: no finding.
"""

ROWS = """
| No | Where | Finding | Action and due | Checked |
| 1 | winding | two counters without sticker | {action} | {checked} |
| - | warehouse, HR | no finding, 31 items sampled | - | - |
"""


@pytest.mark.parametrize(
    ("told", "accused"),
    [
        ("Racks: 3 of 25 without load plate (H1). Desk: one insurance ran out (H2), carrier stopped. Hall: no finding.", False),
        ("Weighing: no finding. Filling: NC 1, coder showed the batch of the day before. Action: slip, seen 15 July.", False),
        (ROWS.format(action="sent to calibration, 30 May", checked="28 May Ayu, both stickered"), False),
        ("Racks: 25 looked at, no finding. Desk: 9 copies, no finding.", True),
    ],
)  # fmt: skip
def test_an_audit_with_findings_beside_clean_areas_has_findings(told, accused):
    assert ("audits_without_finding" in flags(report("audit.pdf", AUDIT.format(told=told), **AUDITED))) is accused


MINUTES = """
# Management review, {day}

Attended by Hafiz, Lim and Siti. On time 92 %, target 95 %, not there yet.

Decisions: second degreasing tank (Hafiz, by 31 July 2026); bracket welding robot postponed to 2027, no budget; minors closed.
"""


@pytest.mark.parametrize(("day", "accused"), [("20 May 2026", False), ("20 August 2026", True)])
def test_a_story_behind_a_task_says_nothing_of_it_before_its_day(day, accused):
    paper = report(
        "minutes.pdf", MINUTES.format(day=day), kind="management_review_record", criteria=("management_review",)
    )
    assert ("overdue_actions" in flags(paper)) is accused


def test_readings_between_two_figures_are_no_day():
    told = "\n# 8D report 26-19, 3 June 2026\n\nD4. The discs are out of flat by 1.1 to 1.6 µm, limit 0.9 µm, open.\n"
    assert "overdue_actions" not in flags(report("8D.docx", told, kind="corrective_action_record"))


TABLE = """# 2026年度内部审核报告

审核日期：2026年5月12日至13日　　组长：陆海燕（采购部）　组员：邓志强（品质部，不审品质部）

| 部门 | 审核员 | 发现 | 状态 |
| 冲压车间 | 邓志强 | 3号机首件记录5月7日夜班漏填 | 一般不符合 NC-01 |
| 仓库 | 陆海燕 | 良好 | 无 |
| 品质部 | {auditor} | 温度表超期4天未校 | 一般不符合 NC-02 |
"""


def test_a_name_in_the_column_of_auditors_is_not_who_is_audited():
    paper = report("2026年内审报告.docx", TABLE.format(auditor="陆海燕"), **AUDITED)
    assert "auditor_not_independent" not in flags(paper)
