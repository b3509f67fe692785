"""What the sixteenth set of bundles showed: lists taken for rules, effects never looked at, gauges calibrated in days to come."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REGISTER = "| Nr | Opened | Problem | Cause | Action | Action done | Effectiveness (day, by) |\n| 1 | 2026-01-12 | Burr on flange, 7 pcs | Punch blunt at 41000 strokes | Counter stops the press at 30000 | 2026-02-02 | {0} |\n| 2 | 2026-03-09 | Two holes missing | Strip feed slips | Feed rollers knurled | 2026-03-16 | {0} |\n| 3 | 2026-04-27 | Oil stain | Drain blocked | Sieve put in front of drain | 2026-05-08 | {0} |"


@pytest.mark.parametrize(("seen", "raised"), [("", True), ("2026-06-20, 400 pcs, none bad, Lund", False)])
def test_a_register_that_ends_with_an_empty_look_at_the_effect(seen, raised):
    assert ("no_effectiveness_check" in flags(report("Register.xlsx", REGISTER.format(seen), **CASES))) is raised


CAUSE = "| No | Opened | Problem | Cause | Action | Closed | Effect |\n| 1 | 2026-02-03 | Cracks at pressing, 12 sleeves | {} | Pressure table hung on the press | 2026-03-20 | 2026-04-18: 300 sleeves, no crack |"


@pytest.mark.parametrize(("cause", "raised"), [("Press 40 t too high for 10 mm", False), ("Pressing not good", True)])
def test_a_cause_that_says_by_how_much_is_no_repetition(cause, raised):
    found = flags(report("Register.xlsx", CAUSE.format(cause), **CASES)).get("no_root_cause")
    assert (found is not None) is raised


GAUGES = "| Nr | Gauge | {} | Error | Valid until |\n| G-1 | Caliper | 2026-03-04 | 0.01 | 2027-03-03 |\n| G-2 | Height gauge | 2026-05-21 | 0.02 | 2027-05-20 |\n| G-3 | Torque tester | {} | 0.6 % | 2027-11-11 |\n| G-4 | Micrometer | 2026-02-10 | 0.002 | 2027-02-09 |\n| G-5 | Hardness tester | 2026-04-15 | 1 | 2027-04-14 |"


@pytest.mark.parametrize(
    ("head", "day", "raised"),
    [
        ("Calibrated on", "2026-11-12", True),
        ("校准日期", "2026-11-12", True),
        ("校准日期", "2026-05-12", False),
        ("Next calibration", "2026-11-12", False),
    ],
)
def test_a_gauge_calibrated_in_a_day_to_come(head, day, raised):
    paper = report("Gauges.xlsx", GAUGES.format(head, day), kind="calibration_record", criteria=("calibration",))
    assert ("date_in_future" in flags(paper)) is raised


LIST = "| APPROVED SUPPLIERS | | | |\n| Code | Supplier | Supplies | Contact |\n| T1 | Honeywood Wire Ltd | brass wire | B. Usher |\n| T2 | Gable Weaving Ltd | tape | A. Soley |\n| T3 | Eastcott Castings Ltd | slider bodies | C. Ball |\n| T4 | Akehurst Chemicals Ltd | dyes | R. Ross |"
FORM = "\n\n=== Form\n\n| Supplier evaluation | |\n| Supplier | |\n| Quality, of 40 | |\n| Delivery, of 30 | |\n| Total | |"


@pytest.mark.parametrize(("form", "raised"), [("", False), (FORM, True)])
def test_a_bare_list_of_suppliers_is_no_procedure(form, raised):
    paper = report("Approved suppliers.xlsx", LIST + form, kind="procedure", reading="static", mode="prescription", criteria=("supplier_control",))  # fmt: skip
    rules = tuple(p.model_copy(update={"mode": "template"}) if p.part > 1 else p for p in paper.passages)
    rules = (rules[0], rules[0].model_copy(update={"id": "again"}), *rules[1:])  # a longer list is cut in two
    found = flags(paper.model_copy(update={"passages": rules}))
    assert ("procedure_without_record" in found) is raised


OUTGOING = "| Outgoing inspection | | | |\n| Lot | W26E29 | Quantity | 480 pcs |\n| Sample | Resistance ohm (0.30-0.36) | Insulation | Remark |\n| 1 | 0.331 | 540 | |\n| 2 | 0.352 | 490 | {} |\n| 3 | 0.329 | 570 | |\n| Verdict | accepted | Approved | Mara Holt 2026-06-04 |"


@pytest.mark.parametrize(
    ("remark", "raised"),
    [("0.382 → 0.352 corrected 8/21", True), ("0.382 -> 0.352, 21/8 Park", True), ("0.382 → 0.352 corrected 6/4", False), ("measured again 8/21", False)],
)  # fmt: skip
def test_a_figure_replaced_after_the_approval_on_a_day_without_its_year(remark, raised):
    paper = report(
        "Report W26E29.xlsx", OUTGOING.format(remark), kind="traceability_record", criteria=("traceability",)
    )
    assert ("changed_after_signature" in flags(paper)) is raised
