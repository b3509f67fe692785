"""What the fifteenth set of bundles showed: months counted by numbers, series that stop beside others, days that are no result."""

import json

import pytest

from tests.unit.evidence.builders import flags, report


def series_of(paper) -> list[dict]:
    return [json.loads(fact.value) for fact in paper.facts if fact.kind == "series"]


SHEET = {"kind": "metrics_record", "criteria": ("quality_metrics",)}


def by_month(late: tuple[str, str, str], head: str = "Month") -> str:
    """Three measures by month, counted from one on; on-time delivery has the figures of `late` from July to September."""
    rows = [(4120, 62, "1.50", 93.9), (3987, 71, "1.78", 91.1), (4466, 58, "1.30", 96.2), (4205, 66, "1.57", 93.8), (4018, 53, "1.32", 89.4), (4340, 60, "1.38", 86.3)]  # fmt: skip
    rows += [(3611, 49, "1.36", late[0]), (3274, 44, "1.34", late[1]), (4390, 55, "1.25", late[2])]
    lines = [f"| {month} | {' | '.join(map(str, row))} |" for month, row in enumerate(rows, 1)]
    return f"| {head} | Gears made | Scrap pcs | Scrap % | On time % |\n" + "\n".join(lines)


@pytest.mark.parametrize("head", ["Month", "月份", "Bulan", "Ay"])
def test_months_counted_down_a_column_make_a_series(head):
    found = series_of(report("KPI 2026.xlsx", by_month(("90.1", "92.5", "91.0"), head), **SHEET))
    assert "2026-09" in {period for one in found for period in one["periods"]}


def test_numbers_down_a_column_of_anything_else_are_no_months():
    found = series_of(report("KPI 2026.xlsx", by_month(("90.1", "92.5", "91.0"), "No."), **SHEET))
    assert not found


def test_a_measure_that_stops_while_the_rows_go_on():
    fired = flags(report("KPI 2026.xlsx", by_month(("", "", "")), **SHEET))
    assert "On time %" in fired["series_stops"].explanation
    assert "series_stops" not in flags(report("KPI 2026.xlsx", by_month(("90.1", "92.5", "91.0")), **SHEET))


RATES = "| | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug |\n| Dicetak | 22140 | 21380 | 23905 | 20710 | 24600 | 23170 | 25240 | 24315 |\n| Buangan | 288 | 261 | 299 | 244 | 374 | 278 | 341 | 316 |\n| % | 1.30 | 1.22 | 1.25 | 1.18 | {} | 1.20 | 1.35 | 1.30 |"


@pytest.mark.parametrize(("may", "raised"), [("0.76", True), ("1.52", False), ("1.50", False)])
def test_one_rate_that_does_not_follow_where_all_others_do(may, raised):
    found = flags(report("Buangan 2026.xlsx", RATES.format(may), **SHEET))
    assert ("figures_do_not_add" in found) is raised


RATED = "# 협력사 정기평가 2026\n\n| 협력사 | 품목 | 평가일 | 품질 (50) | 합계 |\n| 대성고무 | 고무 | 2026-07-06 | {0} | {0} |\n| 진해와이어 | 와이어 | 2026-07-06 | {0} | {0} |\n| 마산피팅 | 피팅 | 2026-07-07 | {0} | {0} |"


@pytest.mark.parametrize(("score", "raised"), [("", True), ("44", False)])
def test_the_day_of_an_evaluation_is_no_result(score, raised):
    paper = report("협력사 평가.xlsx", RATED.format(score), kind="supplier_evaluation_record", criteria=("supplier_control",), language="ko")  # fmt: skip
    assert ("evaluation_without_result" in flags(paper)) is raised
