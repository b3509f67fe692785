"""Months of which only the first of a year tells it, lines without a name, and what is said of every month."""

import json

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
AGAINST, STILL = "conclusion_contradicts_data", "kpi_values_constant"


def series(text: str, path: str = "figures.xlsx") -> list[dict]:
    made = report(path, text, **COUNTED)
    return [json.loads(fact.value) for fact in made.facts if fact.kind == "series"]


@pytest.mark.parametrize(
    ("months", "first", "last"),
    [
        (("24.10", "11", "12", "25.1", "2"), "2024-10", "2025-02"),
        (("Oct'24", "Nov", "Dec", "Jan'25", "Feb"), "2024-10", "2025-02"),
        (("ต.ค.67", "พ.ย.", "ธ.ค.", "ม.ค.68", "ก.พ."), "2024-10", "2025-02"),
        (("2024年10月", "11月", "12月", "2025年1月", "2月"), "2024-10", "2025-02"),
        (("T10/2024", "T11", "T12", "T1/2025", "T2"), "2024-10", "2025-02"),
        (("Eki 2024", "Kas", "Ara", "Oca 2025", "Şub"), "2024-10", "2025-02"),
        (("10", "11", "12", "25.1", "2"), "2024-10", "2025-02"),
        (("113.10", "11", "12", "114.1", "2"), "2024-10", "2025-02"),
        (("24.10", "11", "12", "25.1", "3"), None, None),
        (("24.10", "3", "7", "25.1", "2"), None, None),
    ],
)
def test_the_year_of_a_month_is_carried_on(months, first, last):
    text = f"# KPI\n\n| Item | Target | {' | '.join(months)} |\n| On-time delivery % | 98 | 99.1 | 98.4 | 98.8 | 99.3 | 98.2 |"
    found = [one["periods"] for one in series(text) if one["dated"]]
    assert [(one[0], one[-1], len(one)) for one in found] == ([(first, last, 5)] if first else [])


@pytest.mark.parametrize(("last", "raised"), [("99.2", True), ("98.7", False)])
def test_a_still_line_under_carried_months(last, raised):
    months = "25.1 | 2 | 3 | 4 | 5 | 6 | 7 | 8"
    text = f"# 품질지표\n\n| 지표 | 목표 | {months} |\n| 납기준수율 (%) | 98 | {' | '.join(['99.2'] * 7)} | {last} |"
    assert (STILL in flags(report("지표.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("title", "said", "raised"),
    [
        ("Scrap rate (%)", "The scrap rate fell month by month.", True),
        ("Scrap rate (%)", "The scrap rate rose month by month.", False),
        ("报废率 (%)", "报废率逐月下降。", True),
        ("불량률 (%)", "불량률이 매월 감소하였다.", True),
        ("不良率 (%)", "不良率逐月下降，改善成效良好。", True),
        ("不良率 (%)", "不良率并未逐月下降。", False),
        ("Headcount", "Headcount fell month by month.", True),
        ("Headcount", "Complaints fell month by month.", False),
    ],
)
def test_a_lone_line_without_a_name_is_what_its_heading_says(title, said, raised):
    text = f"# {title}\n\n| Jan 2025 | Feb 2025 | Mar 2025 | Apr 2025 | May 2025 |\n| 2.1 | 2.3 | 2.5 | 2.8 | 3.2 |\n\n{said}"
    assert (AGAINST in flags(report("figures.pptx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("rates", "said", "raised"),
    [
        (("2.0", "2.5", "3.0", "3.5", "4.0"), "Thanks to the overhaul the reject rate decreased steadily.", True),
        (("2.0", "2.5", "3.0", "3.5", "4.0"), "Seconds increased steadily.", False),
        (("2.0", "2.5", "9.0", "3.5", "4.0"), "Thanks to the overhaul seconds decreased steadily.", False),
    ],
)
def test_a_percentage_that_follows_from_two_counts_of_any_name(rates, said, raised):
    text = (
        "# Towels 2025\n\n| Month | 1 | 2 | 3 | 4 | 5 |\n| Looked at | 1000 | 2000 | 1000 | 2000 | 1000 |\n"
        f"| Second grade | 20 | 50 | 30 | 70 | 40 |\n| % | {' | '.join(rates)} |\n\n{said}"
    )
    assert (AGAINST in flags(report("figures.docx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("The target was met every month.", True),
        ("Reject rate reached its target in each month.", True),
        ("结论：各月不良率均达到目标，过程稳定。", True),
        ("Tỷ lệ lỗi các tháng đều đạt mục tiêu.", True),
        ("Setiap bulan target tercapai.", True),
        ("อัตราของเสียบรรลุเป้าหมายทุกเดือน", True),
        ("매월 목표를 달성하였다.", True),
        ("Her ay hedefe ulaşıldı.", True),
        ("毎月、目標を達成した。", True),
        ("The target was met every month except March.", False),
        ("The target was not met in March; the die was reground.", False),
        ("The yearly mean met the target.", False),
        ("The target is to be met every month.", False),
        ("Every month met the target last year.", False),
    ],
)
def test_every_month_is_said_to_meet_the_target_of_the_heading(said, raised):
    text = (
        "# Reject rate (target ≤ 1.5 %)\n\n| Month | 1 | 2 | 3 | 4 | 5 | 6 |\n"
        f"| Reject rate % | 1.42 | 1.37 | 1.68 | 1.31 | 1.40 | 1.29 |\n\n{said}"
    )
    assert (AGAINST in flags(report("Report 2025.pptx", text, **COUNTED))) is raised
