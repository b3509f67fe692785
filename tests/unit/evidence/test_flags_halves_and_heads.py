"""Halves of a cause in the cell behind its head, answers behind a head in a sentence, and days in the heads of rules."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
FORM = "8D REPORT 26-031\nD1 Team :: Li, Peng\nD2 Problem :: Shield open on 6 pcs\nD3 Containment :: 2026-06-25 stock sorted, 11 scrapped\nD4 Root cause :: {}\nD5 Action :: Tip life counter from 2026-07-02\nD8 Effect :: 2026-08-14: 3 lots, none of 4500\nClosed :: 2026-08-15"


@pytest.mark.parametrize(
    "cause",
    [
        "Occurrence: iron tip 4 worn, 312 °C. Outflow: tester skips the shield pin",
        "发生: 4号烙铁头磨损",
        "Phát sinh: đầu hàn số 4 mòn, 312 độ",
    ],
)
def test_the_half_of_a_cause_in_the_cell_behind_its_head_is_the_cause(cause: str) -> None:
    assert "no_root_cause" not in flags(report("8D.xlsx", FORM.format(cause), **CASES))


AUDIT = "Internal audit report, casting shop\n\nAudit date 14 May 2026, auditor Ms. Phuong, auditee Mr. Kien.\n\nMinor: sleeve temperature not written on 3 of 12 sheets.{}\n"


@pytest.mark.parametrize(
    "answer",
    [" Cause: the sheet had no line for the night shift.", " Action: the sheet got a line for the night shift."],
)
def test_a_finding_of_what_was_not_written_with_its_cause_is_answered(answer: str) -> None:
    paper = report("Audit.docx", AUDIT.format(answer), kind="internal_audit_record", criteria=("internal_audit",))
    assert "audit_findings_not_followed_up" not in flags(paper)


def test_the_day_in_the_head_of_rules_on_audits_is_no_audit() -> None:
    rules = report(
        "QP-17 Internal audit.docx",
        "Internal audit procedure\n\nQP-17, revision 4, 1 February 2024\n\n1. The representative plans one audit a year for each section.\n\n2. Findings are written in form FM-17-02.\n",
        kind="procedure",
        reading="static",
        mode="record",
        criteria=("internal_audit",),
    )
    assert "internal_audit_too_old" not in flags(rules)
