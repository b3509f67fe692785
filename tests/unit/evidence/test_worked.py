"""Flags look at filled values whatever the model said of the single passage."""

import pytest

from evidence.assessment import assess
from evidence.worked import worked
from tests.unit.evidence.builders import TODAY, report

AUDIT = """
# Internal audit report IA-24-01

Audit date :: 12 May 2024 || Auditor :: Tran Van Minh
Finding :: The pyrometer of furnace 2 was out of calibration || NCR no :: NCR-24-031
"""

READINGS = """
# Final inspection, lot L2604-02, 27 April 2026

| Feature | Specification | 1 | 2 | 3 | 4 |
| Bore | 42.00 +/- 0.05 | 42.03 | 41.98 | 42.01 | 42.02 |
| Length | 80.0 +/- 0.2 | 80.1 | 79.9 | 80.0 | 80.1 |
| Depth | 12.0 +/- 0.1 | 12.05 | 11.98 | 12.02 | 12.01 |
"""


def modes(document):
    return {p.mode for p in worked([document], TODAY)[0].passages}


def raised(*documents):
    return {flag.id for flag in assess("Lotus Valley Pumps Co., Ltd", TODAY, documents).flags}


@pytest.mark.parametrize("mode", ["other", "claim", "template", "record"])
def test_an_old_audit_is_old_whatever_its_lines_were_taken_for(mode):
    old = report("IA-24-01.docx", AUDIT, kind="internal_audit_record", reading="static", mode=mode)
    assert "internal_audit_too_old" in raised(old)


def test_a_later_paper_that_speaks_of_the_audit_makes_it_no_younger():
    old = report("IA-24-01.docx", AUDIT, kind="internal_audit_record")
    minutes = """
# Minutes of the management review, 20 April 2026

The meeting of 20 April 2026 was chaired by the director.

The internal audit and its one finding were discussed; the furnace is watched more closely since and the operators are trained.
"""
    later = report("review.docx", minutes, kind="management_review_record", criteria=("internal_audit",))
    assert "internal_audit_too_old" in raised(old, later)
    held = report(
        "IA-26-01.docx", AUDIT.replace("2024", "2026").replace("24-", "26-"), kind="internal_audit_record", mode="other"
    )
    assert "internal_audit_too_old" not in raised(old, later, held)


def test_the_same_readings_in_two_lots_are_seen_in_papers_read_as_static():
    first = report("L2604-02.xlsx", READINGS, kind="traceability_record", reading="static", mode="other")
    second = report(
        "L2605-07.xlsx",
        READINGS.replace("L2604-02", "L2605-07").replace("27 April", "19 May"),
        kind="other", reading="static", mode="claim",
    )  # fmt: skip
    assert "identical_readings" in raised(first, second)


def test_rules_blank_forms_hidden_text_and_days_to_come_stay_what_they_are():
    assert modes(report("QP.docx", AUDIT, kind="procedure", mode="prescription")) == {"prescription"}
    assert modes(report("form.docx", AUDIT, kind="blank_form", mode="template")) == {"template"}
    empty = "Audit date ::  || Auditor :: \nFinding ::  || NCR no :: "
    assert modes(report("form 2.docx", empty, kind="other", mode="template")) == {"template"}
    ahead = AUDIT.replace("2024", "2027")
    assert "record" not in modes(report("plan.docx", ahead, kind="other", mode="template"))
    assert "record" not in modes(report("note.docx", "Nothing", hidden=AUDIT, kind="other", mode="other"))


def test_the_expectations_go_by_the_verdicts_alone():
    told = report("IA-24-01.docx", AUDIT, kind="internal_audit_record", reading="static", mode="claim")
    made = assess("Lotus Valley Pumps Co., Ltd", TODAY, [told])
    assert {p.mode for p in made.documents[0].passages} == {"claim"}
    assert all(e.status not in ("living", "stale") for e in made.expectations)
