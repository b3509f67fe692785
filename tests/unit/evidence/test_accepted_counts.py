"""Lots that were passed with more pieces found bad than their plan allows, each with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

TEST = {"kind": "traceability_record", "criteria": ("traceability",)}


@pytest.mark.parametrize(
    ("broken", "verdict", "against"),
    [
        ("3", "Passed", True),
        ("0", "Passed", False),
        ("3", "Rejected", False),
        ("3", "Sorted, passed again", False),
        ("3", "OK after rework", False),
        ("3", "Pass (2nd sample)", False),
    ],
)
def test_lots_passed_with_more_bad_than_may_be(broken, verdict, against):
    sheet = f"""=== a
| SHOCK TEST, 20 glasses of each lot, none may break |
| Day | Lot | Broken | Verdict |
| 14/04/2026 | L26-112 | {broken} | {verdict} |
| 08/05/2026 | L26-127 | 0 | Passed |
"""
    assert ("conclusion_contradicts_data" in flags(report("Shock.xlsx", sheet, **TEST))) is against


@pytest.mark.parametrize(
    "plan",
    ["Final inspection, AQL 2.5 / 4.0, critical defects: none allowed", "100 % looked at, no scratch, zero defects allowed",
     "Shock test at temp °C: 25"],
)  # fmt: skip
def test_a_plan_by_classes_of_defect_holds_for_no_count_of_all(plan):
    sheet = f"""=== a
| {plan} |
| Day | Lot | Defects | Verdict |
| 14/04/2026 | L26-112 | 2 | Accepted |
| 08/05/2026 | L26-127 | 0 | Accepted |
"""
    assert "conclusion_contradicts_data" not in flags(report("Final.xlsx", sheet, **TEST))
