"""Figures told of a stage of making, in another language than the sheet; of another stage they say nothing. Headings that span later months."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
LISTED = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


def _sheet(label: str) -> str:
    return f"# KPI 2026\n\n| Item | Target | Apr | May | Jun | Jul | Aug |\n| {label} | 2.0 | 1.91 | 1.74 | 2.13 | 1.88 | 1.62 |\n| Orders on time % | 97 | 96.4 | 97.9 | 97.1 | 95.8 | 98.2 |"


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("In-process reject %", "7月の工程内不良率は {} %。"),
        ("Assembly reject %", "Tỷ lệ lỗi lắp ráp tháng 7 là {} %."),
        ("Painting reject %", "Temmuz ayında boyama ret oranı % {} oldu."),
        ("Incoming reject %", "7月来料不良率为{}%。"),
        ("Final inspection reject %", "최종검사 불량률은 7월 {}%임."),
        ("Packing reject %", "Tingkat reject pengemasan bulan Juli {} %."),
        ("อัตราของเสียในกระบวนการ %", "In-process reject rate in July was {} %."),
    ],
)
def test_a_stage_in_another_language(label, told):
    for value, raised in (("1.22", True), ("1.88", False)):
        papers = (
            report("KPI.xlsx", _sheet(label), **COUNTED),
            report("Minutes.docx", f"# 2026-08-12\n\n{told.format(value)}", **MET),
        )
        assert ("same_measure_different_figures" in flags(*papers)) is raised, (label, value)


@pytest.mark.parametrize(
    "told", ["7月の最終検査不良率は 0.31 %。", "7月来料不良率为0.31%。", "최종 불량률은 7월 0.31%임."]
)
def test_another_stage(told):
    papers = (
        report("KPI.xlsx", _sheet("In-process reject %"), **COUNTED),
        report("Minutes.docx", f"# 2026-08-12\n\n{told}", **MET),
    )
    assert "same_measure_different_figures" not in flags(*papers)


@pytest.mark.parametrize(
    ("title", "raised"),
    [
        ("2025年度 苦情台帳（2026年4月～2027年3月）", True),
        ("2026年度 苦情台帳（2026年4月～2027年3月）", False),
        ("Sổ khiếu nại 2025 (tháng 4/2026 - tháng 3/2027)", True),
        ("FY2025 complaints (April 2026 to March 2027)", True),
        ("FY2026 complaints (April 2026 to March 2027)", False),
        ("Complaints compared with 2024, 2025 and 2026", False),
    ],
)
def test_a_year_beside_the_months_of_the_next_one(title, raised):
    days = "| 1 | 2026-04-14 | Dent |\n| 2 | 2026-05-12 | Burr |\n| 3 | 2026-06-09 | Dent |\n| 4 | 2026-07-21 | Rust |"
    paper = report("Log.xlsx", f"# {title}\n\n| No | Date | What |\n{days}", **LISTED)
    assert ("heading_year_left_over" in flags(paper)) is raised
