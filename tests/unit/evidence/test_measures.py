"""Figures of quality told in sentences: what was measured, of when; no aim, no limit, no amount of a change."""

import json

import pytest

from evidence.facts import find_facts
from evidence.facts.limits import limits
from tests.unit.evidence.builders import document, passages


def measured(text: str) -> list[tuple[str, float, str | None]]:
    made = document("paper.docx", text)
    told = [fact for fact in find_facts(made, passages(made, "record")) if fact.kind == "measure"]
    return [(fact.role, json.loads(fact.value)["value"], json.loads(fact.value)["period"]) for fact in told]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On-time delivery reached 96.4% in Q3 2025, against a target of 95%.", ("on_time_delivery", 96.4, "2025-Q3")),
        ("Cost of poor quality fell to 2.4 % of sales in 2025-08.", ("cost_of_quality", 2.4, "2025-08")),
        ("PPM khách hàng tháng 8/2025 là 1.250 ppm.", ("ppm", 1250, "2025-08")),
        ("Kadar kecacatan bulan Ogos 2025 ialah 1.8%.", ("reject_rate", 1.8, "2025-08")),
        ("อัตราการส่งมอบตรงเวลา ส.ค. 2568 คือ 96.5%", ("on_time_delivery", 96.5, "2025-08")),
        ("2025年8月の不良率は1.8％で、目標1.5％に対し未達。", ("reject_rate", 1.8, "2025-08")),
        ("Tỷ lệ lỗi giảm còn 1,8% trong tháng 6/2025.", ("reject_rate", 1.8, "2025-06")),
        ("2025년 8월 불량률이 1.8%로 감소", ("reject_rate", 1.8, "2025-08")),
        ("Ağustos 2025 ret oranı %1,8'e düştü", ("reject_rate", 1.8, "2025-08")),
    ],
)
def test_a_sentence_tells_a_figure_and_its_time(text: str, found: tuple[str, float, str]) -> None:
    assert measured(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "The reject rate fell by 30 % in 2025.",
        "Reject rate was reduced 40% from last year.",
        "Tỷ lệ lỗi giảm 30% so với năm 2024.",
        "Tingkat cacat turun sebesar 30%.",
        "อัตราของเสียลดลง 30 %",
        "不良率下降了30%。",
        "불량률 30% 감소",
        "不良率が30％低減した。",
        "Ret oranı %30 azaldı.",
        "เป้าหมายอัตราของเสียไม่เกิน 1.5 %",
        "不良率目標は1.5％以下とする。",
        "Scrap cost fell by 12 %.",
    ],
)
def test_a_change_and_an_aim_are_no_figures_of_a_measure(text: str) -> None:
    assert measured(text) == []


def test_points_part_thousands_where_a_figure_of_the_table_has_two() -> None:
    text = "# Năm 2025\n\n| Tháng | Sản lượng | PPM |\n| T1 | 1.250.000 | 1.960 |\n| T2 | 1.180.500 | 1.694 |\n| T3 | 1.301.200 | 1.399 |"
    made = document("PPM.xlsx", text)
    (series,) = [json.loads(fact.value) for fact in find_facts(made, passages(made)) if fact.kind == "series"]
    assert series["values"] == [1960, 1694, 1399]


def test_the_year_of_a_title_may_be_one_of_an_era() -> None:
    text = "# 令和7年 品質実績\n\n| 項目 | 4月 | 5月 | 6月 |\n| 不良率(%) | 1.6 | 1.4 | 1.1 |"
    made = document("実績.xlsx", text)
    (series,) = [json.loads(fact.value) for fact in find_facts(made, passages(made)) if fact.kind == "series"]
    assert series["periods"] == ["2025-04", "2025-05", "2025-06"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 4 and 6 bar", 4, 6),
        ("antara 4 dan 6", 4, 6),
        ("ระหว่าง 4 และ 6", 4, 6),
        ("小于等于0.8", None, 0.8),
        ("大于等于45", 45, None),
    ],
)
def test_limits_told_in_words(text: str, low: float | None, high: float | None) -> None:
    assert limits(text) == (low, high)
