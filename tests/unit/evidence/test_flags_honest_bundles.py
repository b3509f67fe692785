"""Papers of honest factories that the flags had accused: each beside the paper that is to be told."""

import json

import pytest

from evidence.facts.text import phrases
from evidence.facts.told_spans import month_spans
from tests.unit.evidence.builders import flags, report

TRACE = {"kind": "traceability_record", "criteria": ("traceability",)}
MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}

REGISTER = """=== R
| Date | Lot | Offered | OK | Rework | Reject |
| 07-09-26 | G26-341 | 34 | 31 | 3 | 0 |
| 09-09-26 | G26-342 | 31 | 30 | 1 | 0 |
| 11-09-26 | G26-343 | 43 | 40 | 3 | 0 |
| 15-09-26 | G26-344 | 20 | 17 | 3 | 0 |
| 17-09-26 | G26-345 | 23 | 20 | 2 | {bad} |
"""


@pytest.mark.parametrize(("bad", "wrong"), [(1, False), (0, True)])
def test_what_was_offered_may_be_parted_into_three(bad, wrong):
    assert ("figures_do_not_add" in flags(report("Register.xlsx", REGISTER.format(bad=bad), **TRACE))) is wrong


RATES = """=== S
| Month | Shipped | Returned | {head} |
| Jan | 8420 | 1 | 96.8 |
| Feb | 8160 | 5 | 97.3 |
| Mar | 9035 | 4 | 97.1 |
| Apr | 7710 | 2 | 96.5 |
| May | 8890 | 9 | 97.7 |
"""


@pytest.mark.parametrize(("head", "wrong"), [("First pass % (target 97)", False), ("Returned %", True)])
def test_a_share_of_something_else_need_not_follow_from_the_counts_beside_it(head, wrong):
    assert ("figures_do_not_add" in flags(report("Scorecard.xlsx", RATES.format(head=head), **MEASURES))) is wrong


ROUND = """=== A
| Sr | Date | Area | Auditor | Finding | Clause | Action | Done | Verified |
| 1 | 13-07-26 | Dyehouse | Sushma | nil. 8 cards seen | | | | |
| 2 | 14-07-26 | Packing | Pandey | nil. | | | | |
{more}"""


@pytest.mark.parametrize(
    ("more", "none"),
    [
        (
            "| 3 | 14-07-26 | Stores | Maurya | gauge PG-2 crossed its day | 7.1.5 | sent out | 20-07-26 | Maurya 03-08-26 |\n",
            False,
        ),
        ("| 3 | 14-07-26 | Stores | Maurya | nil. | | | | |\n", True),
    ],
)
def test_areas_without_a_finding_beside_one_that_has_one(more, none):
    assert ("audits_without_finding" in flags(report("Audit July.xlsx", ROUND.format(more=more), **AUDIT))) is none


TESTED = """# Test report {number}
{opening}
Lot: {lot}

| Feature | Limit | 1 | 2 | 3 | 4 | 5 | 6 |
| core HV | 300-380 | 338 | 341 | 336 | 347 | 352 | 329 |
| strength MPa | 1040-1200 | 1092 | 1101 | 1088 | 1117 | 1063 | 1074 |
"""


@pytest.mark.parametrize(
    ("opening", "copied"),
    [("This report replaces W26-4417 of 25 September 2026.", False), ("Tested 12 October 2026.", True)],
)
def test_an_edition_that_replaces_another_holds_its_readings(opening, copied):
    first = report(
        "W26-4417.pdf", TESTED.format(number="W26-4417", opening="Tested 24 September 2026.", lot="HY2609-14"), **TRACE
    )
    again = report("W26-4490.pdf", TESTED.format(number="W26-4490", opening=opening, lot="HY2610-02"), **TRACE)
    assert ("identical_readings" in flags(first, again)) is copied


def test_a_run_of_months_ends_before_a_count():
    spans = [(span.first, span.last) for span in month_spans("complaints jan-mar 4 (7), loss 0.82 %")]
    assert spans == [(1, 3)]
    assert not list(month_spans("on mar 4 the filter was changed"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("phieu giao hang t10", True),
        ("phiếu giao hàng t10", True),
        ("giao ban", False),
        ("hang hoa", False),
    ],
)
def test_names_of_files_write_vietnamese_without_its_marks(name, said):
    assert (phrases("traceability_flags", "shipped").search(name) is not None) is said


HEATS = """=== H
| Heat | C | Si | Mn | P | S | Hardness |
| H-2301 | 3.41 | 2.18 | 0.31 | 0.041 | 0.012 | 187 |
| H-2302 | 3.38 | 2.24 | 0.29 | 0.038 | 0.011 | 191 |
| {again} | 3.41 | 2.18 | 0.31 | 0.041 | 0.012 | 187 |
| H-2304 | 3.44 | 2.21 | 0.33 | 0.040 | 0.013 | 185 |
"""


@pytest.mark.parametrize(("again", "copied"), [("H-2303", True), ("H-2301*", False), ("", False)])
def test_a_row_told_again_with_a_note_is_of_the_same_piece(again, copied):
    assert ("identical_readings" in flags(report("Heats.xlsx", HEATS.format(again=again), **TRACE))) is copied


GOALS = """=== K
| 2026 | Jan | Feb | Mar | Apr | May | Jun |
| Complaints target 2 | 1 | 0 | 3 | 2 | 1 | 1 |
| Assembly rejects % goal ≤ 2.2 | 2.6 | 2.4 | 2.5 | 2.1 | 2.3 | 1.9 |
"""


def test_a_target_behind_the_name_of_a_line_of_figures_is_that_of_the_line():
    paper = report("Objectives.xlsx", GOALS, **MEASURES)
    series = [json.loads(fact.value) for fact in paper.facts if fact.kind == "series"]
    assert [one["target"] for one in series] == [2.0, 2.2]
    assert "kpi_target_without_series" not in flags(paper)


EIGHT = """No :: 8D-26-05 || Date opened :: 11 May 2026
D2 Problem :: 23 trousers size M carry label L
D4 Why :: labels of two sizes lay in one box
D5 Action :: one box a size, in colours
D7 {check} :: lots BJ-2605-2 and BJ-2605-5 opened, 80 pieces each, all labels right, 9 June 2026
D8 Closed :: 10 June 2026"""


@pytest.mark.parametrize(("check", "lacks"), [("Check", False), ("Pemeriksaan", False), ("Prevent", True)])
def test_a_discipline_called_check_looks_at_the_effect(check, lacks):
    case = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
    assert ("no_effectiveness_check" in flags(report("8D.docx", EIGHT.format(check=check), **case))) is lacks


@pytest.mark.parametrize(("head", "constant"), [("On time % (target 98.0)", True), ("On time target %", False)])
def test_a_line_that_tells_its_target_in_brackets_is_no_line_of_targets(head, constant):
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")
    rows = "".join(f"| {month} | {1.2 + at / 10:.1f} | 98.0 |\n" for at, month in enumerate(months))
    paper = report("KPI 2026.xlsx", f"=== K\n| Month | Rejects % | {head} |\n{rows}", **MEASURES)
    assert ("kpi_values_constant" in flags(paper)) is constant


@pytest.mark.parametrize(("name", "stops"), [("Delivery Jan-May 2026.xlsx", False), ("Delivery 2026.xlsx", True)])
def test_a_sheet_named_by_its_months_ends_with_them(name, stops):
    rows = "".join(
        f"| {month} | {96 + at / 10:.1f} |\n" for at, month in enumerate(("Jan", "Feb", "Mar", "Apr", "May"))
    )
    paper = report(name, f"=== K\n| 2026 | On time % |\n{rows}", **MEASURES)
    assert ("series_stops" in flags(paper)) is stops
