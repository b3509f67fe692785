"""Readings whose reaction, limit or series stands beside others: another column, another sheet, a unit of the whole range."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
GAUGED = {"kind": "calibration_record", "criteria": ("calibration",)}


@pytest.mark.parametrize(("remarks", "raised"), [("| | 換濾袋 | | |", True), ("| | | | 停線, 重鍍 |", False)])
def test_a_remark_under_another_column_is_none_on_this_one(remarks, raised):
    text = (
        "# 鍍鎳膜厚 X 管制圖 2026-09\n\nUCL 12.6 / CL 11.0 / LCL 9.4\n\n| 日期 | 09/01 | 09/02 | 09/03 | 09/04 |\n"
        f"| X-bar | 10.8 | 11.3 | 11.1 | 13.1 |\n| 批號 | 2609-A1 | 2609-A2 | 2609-A3 | 2609-A4 |\n| 備註 {remarks}"
    )
    assert ("out_of_limits_without_reaction" in flags(report("管制圖.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("beside", "raised"),
    [
        ("| Fettling | Wheel guard broken on GM-4 | Guard replaced | 30.05.2026 |", True),
        ("| Sand plant | Moisture 4.3 on 14.09.2026 | Water valve replaced, sand mixed again | 15.09.2026 |", False),
    ],
)
def test_what_another_sheet_found_replaced_is_no_reaction(beside, raised):
    text = (
        "=== Sand\n# GREEN SAND TEST SEP-26\n\n| Date | Moisture % (3.2-3.8) | Permeability (min 120) | Remarks |\n| 05.09.2026 | 3.5 | 141 | |\n"
        "| 08.09.2026 | 3.4 | 148 | |\n| 14.09.2026 | 4.3 | 126 | |\n| 26.09.2026 | 3.6 | 139 | |\n"
        f"=== Audit\n# Audit summary\n\n| Dept. | NC | Action | Done |\n| Melting | Log missed on 2 days | Log kept at the spectrometer | 02.06.2026 |\n{beside}"
    )
    assert ("out_of_limits_without_reaction" in flags(report("Audit and sand.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("error", "raised"), [("+1.8 %", True), ("+0.8 %", False)])
def test_an_error_of_the_whole_range_of_a_gauge(error, raised):
    text = (
        "# 量測儀器校正一覽表\n\n| 編號 | 名稱 | 校正日 | 允許誤差 | 最大器差 | 判定 |\n| PG-03 | 壓力錶 0-100 bar | 2026/03/12 | ±1.0 % F.S. | +0.6 % | 合格 |\n"
        f"| PG-07 | 壓力錶 0-40 bar | 2026/03/12 | ±1.0 % F.S. | {error} | 合格 |\n| TW-02 | 扭力扳手 | 2026/06/17 | ±4 % | +2.3 % | 合格 |"
    )
    assert ("conclusion_contradicts_data" in flags(report("儀校.xlsx", text, **GAUGED))) is raised


@pytest.mark.parametrize(("last", "raised"), [("96", True), ("41", False)])
def test_counts_always_a_hair_under_the_limit_of_their_title(last, raised):
    counts = ("97", "98", "96", "99", "98", "97", "99", last)
    rows = "".join(f"| 2026.0{n + 1}.06 | CF26-0{n} | {count} | 적합 |\n" for n, count in enumerate(counts))
    text = f"# 미생물 시험대장 (총호기성생균수, 기준 100 CFU/g 이하)\n\n| 시험일 | 제조번호 | 총생균수 CFU/g | 판정 |\n{rows}"
    assert ("results_just_under_limit" in flags(report("시험대장.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("more", "raised"), [("| | | | |", True), ("| 96.9 | 97.4 | 97.1 | 98.0 |", False)])
def test_a_row_with_its_target_that_stops_while_the_others_go_on(more, raised):
    text = (
        "# 품질목표 월별 실적 2026\n\n| 항목 | 목표 | 1월 | 2월 | 3월 | 4월 | 5월 | 6월 | 7월 | 8월 |\n"
        "| 공정불량 (ppm) | 450 이하 | 512 | 476 | 541 | 430 | 418 | 467 | 402 | 395 |\n| 고객불량 (건) | 2 이하 | 1 | 0 | 3 | 1 | 0 | 2 | 1 | 0 |\n"
        f"| 납기준수율 (%) | 98 이상 | 97.2 | 98.4 | 96.9 | 97.8 {more}"
    )
    assert ("series_stops" in flags(report("실적.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(("more", "raised"), [("| | | | |", True), ("| 1.2 | 1.0 | 0.9 | 1.1 |", False)])
def test_a_row_of_a_printed_dashboard_that_stops_beside_others(more, raised):
    text = (
        "# Dashboard 2026\n\n| Measure | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug |\n| Final audit fail % | 3.1 | 2.7 | 2.9 | 2.4 | 2.6 | 2.2 | 2.5 | 2.1 |\n"
        f"| Sickness % | 5.2 | 4.8 | 4.1 | 3.9 | 3.5 | 3.2 | 3.6 | 4.4 |\n| Customer returns % | 0.8 | 0.9 | 1.1 | 1.4 {more}"
    )
    assert ("series_stops" in flags(report("Dashboard.pdf", text, **COUNTED))) is raised
