"""What honest factories write of figures, and had been accused for: targets beside two periods, points per area, contents beside counts."""

import pytest

from evidence.facts.numbers import amount
from evidence.facts.stated_limits import stated_limits
from evidence.flags.targets import is_compared
from tests.unit.evidence.builders import flags, report

ROW = "Reject rate | 1.9 % | 412 / 24,850 = 1.66 % | 1.5 %"


@pytest.mark.parametrize(
    ("head", "compared"),
    [
        ("Measure | 2025 | Jan-Jul 2026 | Target", True),
        ("Measure | Actual last year | Actual | Target", True),
        ("Measure | Target 2025 | Target 2026 | Target 2027", False),
        ("Measure | 2025 | 2026 | 2027", False),
        ("Measure | Weight | Frequency | Target", False),
    ],
)
def test_targets_beside_the_figures_of_two_periods_are_measured(head, compared):
    assert is_compared(head, ROW) is compared


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("412 / 24,850 = 1.66 %", 1.66, "%"),
        ("4 of 122 = 3.3 %", 3.3, "%"),
        ("31 จาก 702 = 4.4%", 4.4, "%"),
        ("3 из 96 = 3.1%", 3.1, "%"),
    ],
)
def test_a_cell_that_works_out_its_figure_holds_it(cell, value, unit):
    read = amount(cell)
    assert read is not None
    assert (read.value, read.unit) == (value, unit)


FABRIC = """
# Four-point fabric inspection, {limit}

| Date | Roll | Metres | Width cm | Points | Verdict |
| 01.10.2026 | T-88140 | 118 | 151 | 31 | 1st quality |
| 01.10.2026 | T-88141 | 122 | 151 | 24 | 1st quality |
| 02.10.2026 | T-88142 | 97 | 150 | 26 | 1st quality |
| 02.10.2026 | T-88147 | 120 | 151 | 19 | 1st quality |
| 05.10.2026 | T-88163 | 104 | 144 | 27 | 1st quality |
| 05.10.2026 | T-88164 | 110 | 144 | 23 | 1st quality |
"""


@pytest.mark.parametrize(("limit", "accused"), [("limit 28 points / 100 m²", False), ("limit 28 points", True)])
def test_points_for_an_area_are_no_points_of_a_roll(limit, accused):
    paper = report("fabric.xlsx", FABRIC.format(limit=limit), kind="traceability_record", criteria=("traceability",))
    assert ("out_of_limits_without_reaction" in flags(paper)) is accused


MELTS = """
# Melt log October 2026

| Day | Heat | C % (3.40-3.65) | Poured | Good |
| 1 | F2-1001 | 3.52 | 86 | 83 |
| 2 | F2-1002 | 3.48 | 84 | 81 |
| 5 | F2-1003 | 3.55 | 88 | 79 |
| 6 | F2-1004 | 3.50 | 85 | 82 |
| 7 | F2-1005 | 3.47 | 87 | 84 |
"""

STRENGTHS = """
# Tensile test

| Sample | ReH MPa | Rm MPa | Z % |
| L-1 | 388 | 541 | 27.5 |
| L-2 | 391 | 544 | 26.5 |
| L-3 | 386 | 541 | 28.0 |
| M-1 | 372 | 522 | 29.0 |
| M-2 | 369 | 519 | 29.5 |
"""

REJECTS = """
# Rejects by month 2026

| Month | Made | Rejected | Rate % |
| Jan | 4,820 | 96 | 1.99 |
| Feb | 4,510 | 81 | 1.80 |
| Mar | 5,130 | 77 | 1.10 |
| Apr | 4,960 | 69 | 1.39 |
| May | 5,020 | 88 | 1.05 |
"""


RETURNS = """
# Returns by month 2026

| Month | Delivered | Returned | PPM (target 600) |
| May | 21,400 | 17 | 794 |
| Jun | 22,150 | 11 | 497 |
| Jul | 20,860 | 9 | 431 |
| Aug | 23,300 | 12 | 515 |
| Sep | 21,950 | 28 | 276 |
"""


@pytest.mark.parametrize(("table", "accused"), [(MELTS, False), (STRENGTHS, False), (REJECTS, True), (RETURNS, True)])
def test_a_share_that_agrees_with_counts_by_chance_is_not_recomputed(table, accused):
    assert ("figures_do_not_add" in flags(report("figures.xlsx", table, kind="metrics_record"))) is accused


@pytest.mark.parametrize(("line", "found"), [("digital caliper 0-150 mm", False), ("burr height 0-150 mm", True)])
def test_what_a_gauge_measures_is_no_limit(line, found):
    assert bool(stated_limits([line])) is found


BY_CAUSE = """
# Guest complaints
| | Jan 26 | Feb 26 | Mar 26 | Apr 26 | May 26 | Jun 26 |
| Cold dish | 2 | 3 | 2 | 1 | 3 | 4 |
| Late | 1 | 1 | 1 | 1 | 2 | 0 |
| Wrong dish | 0 | 2 | 1 | 0 | 1 | 1 |
| Other | 1 | 0 | 1 | 1 | 2 | 0 |
| Complaints | 4 | 6 | 5 | 3 | 8 | 5 |
| Meals, thousand | 310 | 368 | 295 | 272 | 355 | 301 |
"""


def test_a_month_is_no_sum_of_two_others_though_small_counts_look_so():
    assert "figures_do_not_add" not in flags(report("complaints.xlsx", BY_CAUSE, kind="metrics_record"))
