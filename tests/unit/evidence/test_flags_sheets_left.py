"""Sheets of months or weeks that were left: all their lines together, or one of them beside others, whatever they count."""

import pytest

from tests.unit.evidence.builders import flags, report

KEPT = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
FLAG = "series_stops"


def _stops(name: str, text: str) -> bool:
    return FLAG in flags(report(name, text, **KEPT))


@pytest.mark.parametrize(("until", "raised"), [(2, True), (8, False)])
def test_a_sheet_that_was_begun_and_left(until, raised):
    cells = ["4.1", "3.8", "4.4", "4.0", "3.9", "4.3", "4.2", "3.7"][:until] + [""] * (9 - until)
    others = ["97.2", "96.1", "98.0", "97.4", "96.9", "97.7", "98.1", "97.0"][:until] + [""] * (9 - until)
    sheet = (
        "# Rework 2026\n\n| Measure | Target | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep |\n"
        f"| Repeated seams per 100 bags | 5.0 | {' | '.join(cells)} |\n| Bags passed at the table % | 96 | {' | '.join(others)} |"
    )
    assert _stops("Rework.xlsx", sheet) is raised


@pytest.mark.parametrize(("year", "raised"), [("2569", True), ("2570", False)])
def test_one_line_of_a_paper_left_before_today(year, raised):
    sheet = f"# ตัวชี้วัด ปี {year}\n\n| ตัวชี้วัด | ม.ค. | ก.พ. | มี.ค. | เม.ย. | พ.ค. | มิ.ย. | ก.ค. | ส.ค. |\n| ตะเข็บหลุด % | 1.2 | 1.4 | 1.3 | | | | | |"
    assert _stops("KPI.pdf", sheet) is raised


@pytest.mark.parametrize(("first", "raised"), [(9, True), (31, False)])
def test_weeks_of_a_column(first, raised):
    rows = "".join(
        f"| W{first + at} | {value} |\n" for at, value in enumerate(("97.1", "96.8", "97.4", "97.0", "", "", ""))
    )
    assert _stops("Weekly.xlsx", f"# Şişirme verimi 2026\n\n| Hafta | Verim % |\n{rows}") is raised


@pytest.mark.parametrize(("made", "raised"), [("2026-04-10", False), ("2026-09-14", True)])
def test_a_report_ends_where_it_was_made(made, raised):
    sheet = f"# 2026年报告\n\n日期 :: {made}\n\n| 指标 | 1月 | 2月 | 3月 | 4月 | 5月 | 6月 | 7月 | 8月 |\n| 起毛率 % | 1.2 | 1.4 | 1.3 | | | | | |"
    assert _stops("报告.docx", sheet) is raised


def test_quarters_are_no_weeks():
    sheet = "# Answers 2026\n\n| Measure | Q1 | Q2 | Q3 | Q4 | Q5 |\n| By phone % | 96 | 97 | | | |"
    assert not _stops("Quarters.xlsx", sheet.replace(" | Q5", ""))


@pytest.mark.parametrize(("cells", "raised"), [("2 | 0 | 1 | 0", True), ("2 | 1 | 1 | 3", False)])
def test_where_zero_is_written_an_empty_cell_is_none(cells, raised):
    sheet = (
        "# 실적 2026\n\n| 항목 | 1월 | 2월 | 3월 | 4월 | 5월 | 6월 | 7월 | 8월 |\n| 실밥 불량률 % | 1.2 | 1.4 | 1.1 | 1.3 | 1.2 | 1.0 | 1.4 | 1.1 |\n"
        f"| 재봉 중단 % | 0.7 | 0.5 | 0.6 | 0.8 | 0.7 | 0.4 | 0.6 | 0.5 |\n| 바늘 파손 건 | {cells} | | | | |"
    )
    assert _stops("실적.xlsx", sheet) is raised


@pytest.mark.parametrize(
    ("told", "raised"), [("", True), ("Alat uji rusak, pengukuran gaya tarik dihentikan sejak Mei.", False)]
)
def test_one_measured_line_beside_one_other(told, raised):
    sheet = (
        "# Pantauan 2026\n\n| Ukuran | Jan | Feb | Mar | Apr | Mei | Jun | Jul | Agu |\n| Cacat % | 1,2 | 1,4 | 1,1 | 1,3 | 1,2 | 1,0 | 1,4 | 1,1 |\n"
        f"| Gaya tarik rata-rata N | 12,1 | 12,4 | 12,0 | 12,2 | | | | |\n\n{told}"
    )
    assert _stops("Pantauan.xlsx", sheet) is raised
