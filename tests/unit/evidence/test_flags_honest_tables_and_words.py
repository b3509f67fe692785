"""What honest factories write near the words of a flag: each had been accused."""

import pytest

from tests.unit.evidence.builders import certificate, flags, report

AUDITED = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}

GAUGES = """
# Calibration register calipers 2026

| Gauge | Date | 0 mm | 25 mm | 50 mm | 75 mm | 100 mm | 150 mm | Result |
| CAL-01 | 11 May 2026 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | pass |
| CAL-02 | 12 May 2026 | 0.01 | 0.00 | -0.01 | 0.01 | 0.00 | 0.01 | pass |
| CAL-03 | 13 May 2026 | -0.01 | 0.01 | 0.00 | 0.00 | 0.01 | -0.01 | pass |
| CAL-04 | 14 May 2026 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | pass |
"""


def test_two_gauges_without_any_error_are_no_copies():
    paper = report("calibration 2026.pdf", GAUGES, kind="calibration_record", criteria=("calibration",))
    assert "identical_readings" not in flags(paper)


COMPLAINTS = """
# Customer complaints 2026

| Month | Complaints |
| Jan 2026 | 4 |
| Feb 2026 | 3 |
| Mar 2026 | 5 |
| Apr 2026 | 2 |
"""


@pytest.mark.parametrize(
    ("sentence", "differs"),
    [
        ("Complaints in March 2026 were answered within 3 days on average.", False),
        ("In March 2026 we received 2 complaints about labels.", False),
        ("Complaints in March 2026: 2 from Japan, 3 from Korea.", False),
        ("In March 2026 there were 2 complaints that proved justified.", False),
        ("From January to March 2026 the 3 pumps with complaints were rebuilt.", False),
        ("Complaints in March 2026: 2.", True),
    ],
)
def test_a_figure_beside_the_word_for_complaints_may_count_something_else(sentence, differs):
    sheet = report("complaints.xlsx", COMPLAINTS, kind="metrics_record")
    letter = report("letter.pdf", f"\n# Letter of 20 April 2026\n\n{sentence}\n", kind="other")
    assert ("same_measure_different_figures" in flags(sheet, letter)) is differs


def test_a_share_of_rejects_is_not_held_against_one_of_deliveries():
    rows = "".join(
        f"| {month} 2026 | {made} | {share} |\n"
        for month, made, share in (
            ("Jan", 11800, 97.2),
            ("Feb", 10950, 95.8),
            ("Mar", 12400, 96.5),
            ("Apr", 13020, 94.9),
        )
    )
    sheet = report(
        "deliveries.xlsx",
        f"\n# Deliveries 2026\n\n| Month | Delivered pcs | On time % |\n{rows}",
        kind="metrics_record",
    )
    told = "In March 2026 we delivered 12,400 pieces with a reject rate of 1.3 %."
    letter = report("letter.pdf", f"\n# Letter of 20 April 2026\n\n{told}\n", kind="other")
    assert "same_measure_different_figures" not in flags(sheet, letter)


@pytest.mark.parametrize(
    ("item", "other"), [("Carton box 5-ply", False), ("Care label", False), ("Motorcycle helmet", True)]
)
def test_what_every_factory_buys_is_not_what_it_makes(item, other):
    goods = f"\n# Inspection 12 May 2026\n\nItem :: {item} || Lot :: L-2605\nResult :: accepted\n"
    held = certificate(scope="Manufacture of garments.", holder="PT SINAR BUSANA")
    papers = [
        report(f"inspection {n}.pdf", goods.replace("2605", f"260{n}"), kind="traceability_record") for n in (5, 6)
    ]
    assert ("certificate_scope_mismatch" in flags(held, *papers, supplier="PT Sinar Busana")) is other


REPORT = "\n# Internal audit report 12 May 2026\n\nAudit team: R. Kern, T. Nowak\n\n{}\n\nFindings: 2 minor nonconformities in stores.\n"


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("The purchasing manager's own area was audited by R. Kern of quality.", False),
        (
            "Turning was audited by T. Nowak, foreman of hardening. Hardening was audited by R. Kern. The findings of hardening were answered by T. Nowak.",
            False,
        ),
        (
            "The auditors were taken from other departments so that each department head himself could be audited by somebody else.",
            False,
        ),
        (
            "Production was audited by R. Kern (quality), quality by the works manager, not one auditor having audited his own area.",
            False,
        ),
        ("The purchasing manager audited his own area.", True),
    ],
)
def test_an_area_audited_by_somebody_else(sentence, own):
    assert ("auditor_not_independent" in flags(report("audit.pdf", REPORT.format(sentence), **AUDITED))) is own


def test_where_a_report_is_kept_says_nothing_of_its_auditor():
    table = """
# Internal audit report 12 May 2026

| Area | Auditor | Auditee | Finding | Report kept at |
| Purchasing | R. Kern (Quality) | S. Lim | none | Quality |
| Quality | T. Nowak (Production) | R. Kern | minor: label missing | Quality |
| Production | S. Lim (Purchasing) | T. Nowak | none | Quality |
"""
    assert "auditor_not_independent" not in flags(report("audit.pdf", table, **AUDITED))


@pytest.mark.parametrize(("limit", "outside"), [("detection limit", False), ("warning limit", False), ("limit", True)])
def test_what_an_instrument_can_see_is_no_limit_of_what_is_allowed(limit, outside):
    rows = "".join(f"| P-10{at} | {at + 3} May 2026 | {value} |\n" for at, value in enumerate((6, 7, 12, 5, 8, 9), 1))
    text = f"\n# Lead in paint, {limit} 10 mg/kg\n\n| Sample | Date | Lead mg/kg |\n{rows}"
    assert ("out_of_limits_without_reaction" in flags(report("lead.pdf", text, kind="traceability_record"))) is outside


CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

CORRECTED = """
# Corrective action report NCR-24-031

Date opened :: 2026-03-02
Problem :: {problem}
Root cause :: {cause}
Corrective action :: new rule for the work, trial of 200 pieces
Effectiveness :: 3 lots of 500 checked until 2026-05-20, 0 returned
Date closed :: 2026-05-25
"""


@pytest.mark.parametrize(
    ("problem", "cause", "lacks"),
    [
        ("Label peels off the drum", "Labels applied on wet drums do not stick", False),
        ("Weld of hook broke at customer", "Recycled rod has low strength", False),
        ("Fan noisy in operation", "Rotor not balanced so fan was noisy", False),
        ("Label peels off the drum", "Label does not stick", True),
    ],
)
def test_a_cause_that_names_anything_of_its_own_is_no_repetition(problem, cause, lacks):
    paper = report("NCR-24-031.docx", CORRECTED.format(problem=problem, cause=cause), **CASE)
    assert ("no_root_cause" in flags(paper)) is lacks


def test_a_machine_called_as_a_trade_is_blamed_for_nothing():
    cause = "The printer did not feed the second label after the ribbon changed"
    paper = report(
        "NCR-24-032.docx",
        CORRECTED.format(problem="Label missing", cause=cause).replace("new rule", "operators told of the new rule"),
        **CASE,
    )
    assert "human_error_retrain_only" not in flags(paper)


def test_a_log_without_any_day_is_read_to_its_end():
    rows = "".join(
        f"| {at} | soon | scratch on lid {at} | bench rough | bench covered | soon |\n" for at in range(1, 5)
    )
    flags(report("Log.xlsx", f"=== L\n| No | Opened | Problem | Cause | Action | Closed |\n{rows}", **CASE))


def test_a_bracket_with_a_unit_in_the_head_of_a_table_is_not_left_open():
    table = "\n# Output 2026\n\n| Line | Shift [number] | Lot | Made [quantity] |\n| 1 | 2 | L-2604 | 4300 |\n| 2 | 1 | L-2605 | 4100 |\n"
    assert "placeholder_left" not in flags(report("output.pdf", table, kind="traceability_record"))


def test_the_row_that_shows_how_a_list_is_filled_is_no_model_text_left_in():
    rows = "No | Name | Station | Day | Trainer\n{} | {} | Sewing | 03/03 | Tran Thi Bich\n1 | Le Van Tam | Cutting | 06/03 | Ngo Thi Be"
    for shown, nobody in (("Example", "John Doe"), ("VÍ DỤ", "Nguyễn Văn A"), ("Contoh", "Fulan bin Fulan")):
        told = flags(report("training.pdf", rows.format(shown, nobody), kind="training_record"))
        assert "placeholder_left" not in told, shown
    assert "placeholder_left" in flags(report("training.pdf", rows.format("1", "John Doe"), kind="training_record"))
