"""One thing counted in two papers, and figures that follow from those beside them: by the rows alone, whatever they are called."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
JUDGED = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
AIMS = {"kind": "metrics_record", "criteria": ("quality_metrics",), "mode": "prescription", "reading": "static"}


@pytest.mark.parametrize(("pieces", "raised"), [(2880, True), (2400, False), (2350, False)])
def test_a_product_that_holds_in_all_rows_but_one(pieces, raised):
    text = (
        "# Packing list PL-77, 3 March 2026\n\n| Lot | Item | Boxes | Pcs per box | Pcs |\n"
        f"| A-101 | Clip | 12 | 150 | 1800 |\n| A-102 | Clip | 16 | 150 | {pieces} |\n| A-103 | Cap | 9 | 400 | 3600 |\n"
        "| A-104 | Cap | 11 | 400 | 4400 |\n| A-105 | Rod | 25 | 60 | 1500 |"
    )
    assert ("figures_do_not_add" in flags(report("Packing list.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("name", "mean", "raised"),
    [("Mean", "58.9", True), ("Rata-rata", "58.9", True), ("平均", "54.4", False), ("Min. spec", "58.9", False)],
)
def test_a_mean_that_is_not_that_of_its_readings(name, mean, raised):
    text = (
        "# Test sheet lot 88\n\n| Piece | Width mm | Strength N |\n| 1 | 20.1 | 54.0 |\n| 2 | 20.3 | 55.2 |\n| 3 | 20.2 | 53.8 |\n"
        f"| 4 | 20.0 | 54.6 |\n| {name} | 20.15 | {mean} |"
    )
    assert ("figures_do_not_add" in flags(report("Test 88.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("rate", "raised"), [("98.9", True), ("94.9", False)])
def test_one_rate_that_its_counts_do_not_give_beside_three_that_they_do(rate, raised):
    text = (
        "# 直通率周报\n\n| 线别 | 投入 | 一次合格 | 直通率% |\n| 1 | 4120 | 4031 | 97.8 |\n"
        f"| 2 | 3980 | 3777 | {rate} |\n| 3 | 4055 | 3958 | 97.6 |\n| 4 | 2990 | 2930 | 98.0 |"
    )
    assert ("figures_do_not_add" in flags(report("周报.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("title", "written", "raised"),
    [
        ("Certificate of analysis", "3150", True),
        ("Certificate of analysis", "3410", False),
        ("Certificate of analysis, corrected", "3150", False),
    ],
)
def test_two_test_papers_of_one_batch_differ_in_one_line(title, written, raised):
    own = report(
        "Lembar uji B-77.xlsx",
        "# Lembar uji batch B-77\n\n| Parameter | Syarat | Hasil |\n| Viskositas | 2800 - 3600 | 3410 |\n"
        "| Kadar padat % | 59 - 61 | 60.2 |\n| Bilangan asam | maks 12 | 9.8 |\n| Warna | maks 8 | 6 |",
        **CHECKED,
    )
    sent = report(
        "COA B-77.pdf",
        f"# {title} batch B-77\n\n| Test | Specification | Result |\n| Viscosity | 2800 - 3600 | {written} |\n"
        "| Solids % | 59 - 61 | 60.2 |\n| Acid value | max 12 | 9.8 |\n| Colour | max 8 | 6 |",
        **CHECKED,
    )
    assert ("same_measure_different_figures" in flags(own, sent)) is raised


@pytest.mark.parametrize(("head", "raised"), [("Made (set)", True), ("Planned (set)", False)])
def test_what_was_planned_is_no_second_figure_of_what_was_made(head, raised):
    made = report(
        "Output.xlsx",
        f"# Output June 2026\n\n| Item | {head} |\n| Chair C-1 | 1284 |\n| Table T-2 | 611 |\n| Shelf S-3 | 853 |\n| Bench B-4 | 702 |",
        **COUNTED,
    )
    checked = report(
        "QC.xlsx",
        "# Inspection June 2026\n\n| Item | Made (set) | Lack |\n| Chair C-1 | 1284 | 9 |\n| Table T-2 | 705 | 7 |\n"
        "| Shelf S-3 | 853 | 4 |\n| Bench B-4 | 702 | 6 |",
        **COUNTED,
    )
    assert ("same_measure_different_figures" in flags(made, checked)) is raised


@pytest.mark.parametrize(("points", "raised"), [("86", True), ("75", False)])
def test_a_supplier_has_other_points_in_the_list_than_on_its_sheet(points, raised):
    sheet = report(
        "협력사 평가표.xlsx",
        "| 업체: 대성도금 | 평가일 2026.07.08 |\n| 항목 | 배점 | 득점 |\n| 품질 | 40 | 29 |\n| 납기 | 30 | 24 |\n| 가격 | 30 | 22 |\n| 합계 | 100 | 75 |",
        **JUDGED,
    )
    every = report(
        "협력사 대장 2026.xlsx",
        "| 업체 | 품목 | 평가일 | 점수 |\n| 한빛 | 단자 | 2026.07.02 | 88 |\n"
        f"| 대성도금 | 도금 | 2026.07.08 | {points} |\n| 우진 | 하우징 | 2026.07.10 | 79 |",
        **JUDGED,
    )
    assert ("same_measure_different_figures" in flags(sheet, every)) is raised


@pytest.mark.parametrize(("told", "raised"), [("97.3 %", True), ("90.4 %", False), ("90 %", False)])
def test_a_table_in_minutes_tells_another_figure_of_the_month(told, raised):
    sheet = report(
        "KPI 2026.xlsx",
        "# On time delivery 2026\n\n| Month | Due | On time | % |\n| Apr | 64 | 62 | 96.9 |\n| May | 71 | 68 | 95.8 |\n"
        "| Jun | 69 | 67 | 97.1 |\n| Jul | 73 | 66 | 90.4 |",
        **COUNTED,
    )
    minutes = report(
        "Minutes.docx",
        f"# Minutes of meeting, 6 August 2026\n\n| Topic | July | Decision |\n| On time delivery | {told} | Keep |\n"
        "| Press | 31 h stop | Spare clutch |",
        **MET,
    )
    assert ("same_measure_different_figures" in flags(sheet, minutes)) is raised


def test_targets_of_two_years_side_by_side_are_targets_without_figures():
    text = (
        "# Quality target 2025 and 2026\n\n| Indicator | Unit | Target 2025 | Target 2026 | PIC |\n"
        "| Reject at final inspection | % | 3.0 | 2.5 | Endah |\n| Claims | cases | 4 | 2 | Joko |\n| On time | % | 95 | 97 | Tuti |"
    )
    assert "kpi_target_without_series" in flags(report("Target.xlsx", text, **AIMS))


@pytest.mark.parametrize(
    "title",
    [
        "2027年度质量目标（2026年2月16日发布，2027年1月1日起执行）",
        "Quality targets, issued 16 February 2026, effective from 1 January 2027",
    ],
)
def test_targets_that_hold_from_next_year_on_have_no_figures_yet(title):
    text = f"# {title}\n\n| No | Measure | Target |\n| 1 | Reject rate | ≤ 2.0 % |\n| 2 | On-time delivery | ≥ 96 % |\n| 3 | Complaints | ≤ 4 |"
    assert "kpi_target_without_series" not in flags(report("Targets.docx", text, **AIMS))
