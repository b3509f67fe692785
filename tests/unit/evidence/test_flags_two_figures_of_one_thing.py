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


@pytest.mark.parametrize(("end", "raised"), [("6.159", True), ("5.759", False)])
def test_a_stock_after_what_came_and_went_points_part_thousands(end, raised):
    text = (
        "# Mutasi stok (kg)\n\n| Lot | Stok awal | Masuk | Keluar | Susut | Stok akhir |\n| A-1 | 4.200 | 0 | 3.950 | 38 | 212 |\n"
        f"| A-2 | 6.350 | 0 | 4.100 | 52 | 2.198 |\n| A-3 | 0 | 8.400 | 2.600 | 41 | {end} |\n| A-4 | 0 | 7.150 | 0 | 22 | 7.128 |\n"
        "| A-5 | 0 | 5.900 | 1.200 | 17 | 4.683 |"
    )
    assert ("figures_do_not_add" in flags(report("Stok.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("share", "raised"), [("91,5", True), ("88,8", False)])
def test_the_running_shares_of_a_ranking(share, raised):
    text = (
        "# Pareto cacat\n\n| Cacat | Jumlah | % | % kumulatif |\n| Solder | 148 | 37,0 | 37,0 |\n| Geser | 92 | 23,0 | 60,0 |\n"
        f"| Jembatan | 71 | 17,8 | 77,8 |\n| Hilang | 44 | 11,0 | {share} |\n| Terbalik | 27 | 6,8 | 95,5 |\n| Lain | 18 | 4,5 | 100,0 |"
    )
    assert ("figures_do_not_add" in flags(report("Pareto.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(("total", "raised"), [("88.4", True), ("81.4", False)])
def test_weighed_points_beside_weights_that_make_up_the_whole(total, raised):
    text = (
        "# Scorecard\n\n| Item | Weight | Score | Weighted |\n| Incoming | 20 % | 85 | 17.0 |\n| Line | 30 % | 78 | 23.4 |\n"
        f"| Final | 30 % | 90 | 27.0 |\n| Reply | 20 % | 70 | 14.0 |\n| Total | 100 % | | {total} |"
    )
    assert ("figures_do_not_add" in flags(report("Scorecard.pptx", text, **COUNTED))) is raised


def test_defects_of_which_a_plate_can_have_several_are_no_sum():
    text = (
        "# Rejected plates, one plate can show more than one defect\n\n| Size | Inspected | Rejected | Scratch | Hole | Thickness |\n"
        "| 2530 | 212 | 9 | 5 | 4 | 3 |\n| 3035 | 187 | 7 | 2 | 5 | 2 |\n| 3540 | 154 | 4 | 1 | 3 | 0 |\n| 4045 | 98 | 5 | 3 | 2 | 1 |\n"
        "| Total | 651 | 25 | 11 | 14 | 6 |"
    )
    assert "figures_do_not_add" not in flags(report("Defects.xlsx", text, **COUNTED))


@pytest.mark.parametrize(("rate", "raised"), [("1.12", True), ("1.80", False), ("1.8", False)])
def test_minutes_list_the_rates_of_the_sheet_in_one_sentence(rate, raised):
    sheet = report(
        "2026年6月品质月报.xlsx",
        "# 2026年6月品质月报\n\n| 工序 | 生产数 | 不良率% |\n| 冲压 | 86420 | 1.20 |\n| 攻牙 | 52310 | 0.90 |\n| 电镀 | 48960 | 1.80 |\n| 包装 | 47880 | 0.20 |",
        **COUNTED,
    )
    minutes = report(
        "纪要.docx", f"# 会议纪要\n\n1. 6月电镀不良率 {rate}%，冲压不良率 1.20%，攻牙 0.90%，均达标。", **MET
    )
    assert ("same_measure_different_figures" in flags(sheet, minutes)) is raised


@pytest.mark.parametrize(("detail", "raised"), [("4.86", True), ("3.20", False)])
def test_two_sheets_of_one_workbook(detail, raised):
    text = (
        "=== Summary\n# COPQ summary\n\n| Month | Internal failure | External failure |\n| Apr-26 | 4.12 | 1.30 |\n| May-26 | 3.20 | 0.95 |\n"
        "| Jun-26 | 3.65 | 1.08 |\n=== Detail\n# Internal failure detail\n\n| Month | Scrap | Rework | Internal failure total |\n"
        f"| Apr-26 | 2.61 | 1.51 | 4.12 |\n| May-26 | 1.69 | 1.51 | {detail} |\n| Jun-26 | 2.24 | 1.41 | 3.65 |"
    )
    assert ("same_measure_different_figures" in flags(report("COPQ.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("We checked 1935 pieces and found 23 NG, they are scrapped.", True),
        ("We checked 1935 pieces and found 61 NG, they are scrapped.", False),
        ("We checked 1935 pieces; of 61 NG we counted 23 NG twice.", False),
    ],
)
def test_a_letter_tells_other_counts_of_a_sorting_than_its_report(told, raised):
    case = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
    sheet = report(
        "Sorting report claim 26-071.xlsx",
        "# Sorting report, claim 26-071\n\n| Date | Lot | Checked | OK | NG |\n| 05/06/2026 | 6K21 | 640 | 622 | 18 |\n"
        "| 06/06/2026 | 6K22 | 715 | 703 | 12 |\n| 07/06/2026 | 6K23 | 580 | 549 | 31 |\n| Total | | 1935 | 1874 | 61 |",
        **case,
    )
    letter = report(
        "Answer to claim 26-071.docx", f"# Claim 26-071, sorting finished\n\nDear Mr Hofer,\n\n{told}", **case
    )
    assert ("same_measure_different_figures" in flags(sheet, letter)) is raised


@pytest.mark.parametrize(
    ("told", "raised"),
    [("2 minor nonconformities", True), ("4 minor nonconformities", False), ("2 minor still open", False)],
)
def test_minutes_count_the_findings_of_an_audit_otherwise(told, raised):
    audit = report(
        "Internal audit report.docx",
        "# Internal audit report IA 2026/1\n\nDate: 18 May 2026. Lead auditor: A. Wrona.\n\nSum: 1 major, 4 minor.",
        kind="internal_audit_record", criteria=("internal_audit",),
    )  # fmt: skip
    minutes = report(
        "Review.docx", f"# Management review, 9 July 2026\n\nInternal audit IA 2026/1 of May: {told}.", **MET
    )
    assert ("same_measure_different_figures" in flags(audit, minutes)) is raised


@pytest.mark.parametrize(("note", "raised"), [("", True), ("new since June, first figure in October", False)])
def test_one_measure_of_a_sheet_has_its_target_and_no_figure(note, raised):
    text = (
        "# KPI 2026\n\n| KPI | Target | Apr | May | Jun | Jul | Remark |\n| Batch rejection % | 1.0 | 0.82 | 0.91 | 0.76 | 0.88 | |\n"
        "| Right first time % | 95 | 96.1 | 95.8 | 96.7 | 95.4 | |\n| Complaints | 4 | 3 | 2 | 4 | 1 | |\n"
        f"| On-time delivery % | 96 | | | | | {note} |"
    )
    assert ("kpi_target_without_series" in flags(report("KPI 2026.xlsx", text, **COUNTED))) is raised


def test_aims_listed_in_minutes_and_a_month_held_against_its_targets():
    listed = (
        "# Management review, 22 June 2026\n\nThe quality objectives remain valid until December 2026:\n\n| Objective | Value |\n"
        "| Cracked pieces after firing | under 2.8 % |\n| Customer returns | under 0.3 % |\n| Orders in the week promised | over 94 % |"
    )
    assert "kpi_target_without_series" in flags(
        report("Review.docx", listed, **(MET | {"criteria": ("quality_metrics",)}))
    )
    reached = "# 6월 품질 실적 보고\n\n| 항목 | 목표 | 6월 실적 |\n| 공정불량률 | 0.8% | 0.7% |\n| 연삭 불량률 | 0.6% | 0.4% |\n| 납기준수율 | 98% | 98.6% |"
    assert "kpi_target_without_series" not in flags(report("실적.pptx", reached, **COUNTED))


@pytest.mark.parametrize(("months", "raised"), [(" 1,5 | 1,5 | 1,5 | 1,5 |", False), ("  |  |  |  |", True)])
def test_a_series_that_never_moves_is_none_that_is_missing(months, raised):
    text = (
        "# Capaian KPI 2026\n\n| Ukuran | Target | Jan | Feb | Mar | Apr |\n"
        f"| Reject las % | 1,5 |{months}\n| Reject cat % | 2,0 |{months.replace('1,5', '2,0')}\n"
        f"| Downtime bending % | 3,0 |{months.replace('1,5', '3,0')}"
    )
    assert ("kpi_target_without_series" in flags(report("Papan KPI.pptx", text, **COUNTED))) is raised
