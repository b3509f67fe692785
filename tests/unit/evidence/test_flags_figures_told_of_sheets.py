"""Figures of minutes and letters against the sheet that counts them, whatever the sheet calls its months, its measure and its unit."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
FLAG = "same_measure_different_figures"


def _flagged(sheet: str, minutes: str) -> bool:
    papers = report("KPI.xlsx", sheet, **COUNTED), report("Minutes.docx", minutes, **MET)
    return FLAG in flags(*papers)


@pytest.mark.parametrize(("told", "raised"), [("39", True), ("62", False)])
def test_claims_in_parts_per_million_of_a_half_year(told, raised):
    sheet = (
        "# KPI 2026\n\n| Item | Target | Jan | Feb | Mar | Apr | May | Jun | Jul |\n| Reject % | 1.8 | 2.31 | 2.17 | 1.96 | 2.04 | 1.88 | 1.73 | 1.79 |\n"
        "| Customer claim ppm | 60 | 74 | 51 | 88 | 62 | 47 | 59 | 66 |"
    )
    minutes = f"# 2026년 상반기 경영검토\n\n일시 :: 2026. 7. 16\n\n고객 클레임 ppm: 상반기 {told} ppm, 목표 60 달성."
    assert _flagged(sheet, minutes) is raised


@pytest.mark.parametrize(("told", "raised"), [("8,15", True), ("9,42", False)])
def test_months_that_a_sheet_only_counts(told, raised):
    sheet = (
        "# Phế liệu 2026\n\n| Tháng | Phôi vào, kg | Phế, kg | Phế % |\n| 1 | 214.380 | 22.214 | 10,36 |\n| 2 (Tết) | 151.240 | 16.425 | 10,86 |\n"
        "| 3 | 231.905 | 22.733 | 9,80 |\n| 4 | 226.410 | 22.022 | 9,73 |\n| 5 | 239.760 | 22.741 | 9,48 |\n| 6 | 228.115 | 22.809 | 10,00 |\n| 7 | 243.520 | 22.932 | 9,42 |"
    )
    minutes = (
        "# Biên bản xem xét của lãnh đạo, 21/08/2026\n\nPhế liệu. Cô Duyên trình số: tháng 5 là 9,48 %, tháng 6 là 10,00 %, riêng tháng 7 "
        f"xuống còn {told} % nhờ đẩy phôi dài hơn."
    )
    assert _flagged(sheet, minutes) is raised


@pytest.mark.parametrize(("told", "raised"), [("7", True), ("11", False)])
def test_a_numbered_point_tells_the_count_of_its_half_year(told, raised):
    sheet = (
        "# 2026年质量KPI\n\n| 月份 | 生产数 | 客诉件数 |\n| 1月 | 8120 | 2 |\n| 2月 | 4365 | 1 |\n| 3月 | 9044 | 3 |\n| 4月 | 9210 | 2 |\n"
        "| 5月 | 8876 | 2 |\n| 6月 | 9530 | 1 |\n| 7月 | 9702 | 0 |"
    )
    minutes = f"# 管理评审会议纪要\n\n时间：2026年7月16日\n\n1. 上半年客户投诉共 {told} 件，主要是刀柄缝隙藏水（3 件）和刃口崩缺。"
    assert _flagged(sheet, minutes) is raised


@pytest.mark.parametrize(("told", "raised"), [("98.6", True), ("97.2", False)])
def test_a_quarter_whose_word_touches_the_next_one_and_a_part_told_behind(told, raised):
    sheet = (
        "# 质量月报 2026\n\n| 月份 | 投产卷数 | 一次合格率 % | 客诉件数 |\n| 4月 | 18,240 | 97.0 | 2 |\n| 5月 | 17,905 | 96.7 | 1 |\n| 6月 | 19,120 | 97.4 | 3 |\n"
        "| 7月 | 19,120 | 97.1 | 1 |\n| 8月 | 18,560 | 97.3 | 1 |"
    )
    minutes = f"# 管理评审报告\n\n时间：2026年7月22日\n\n二、质量：2026年第二季度投产55,265卷，一次合格率{told}%，客诉6件，其中翘边3件。"
    assert _flagged(sheet, minutes.replace("97.2", "97.0")) is raised


@pytest.mark.parametrize(("told", "raised"), [("2,8", True), ("4,1", False)])
def test_a_month_with_its_ending(told, raised):
    sheet = (
        "# Hurda 2026\n\n| 2026 | Oca | Şub | Mar | Nis | May | Haz |\n| Hurda % | 4,5 | 4,3 | 4,5 | 4,3 | 4,1 | 4,1 |"
    )
    minutes = f"# Yönetimin gözden geçirmesi, 22.07.2026\n\nHurda haziranda % {told} olarak gerçekleşti, kalıp temizliği sıklaştı."
    assert _flagged(sheet, minutes) is raised


@pytest.mark.parametrize(("told", "raised"), [("2.9", True), ("3.8", False)])
def test_of_two_series_the_one_whose_words_are_told(told, raised):
    sheet = (
        "# KPI 2026\n\n| Item | Target | Apr | May | Jun | Jul | Aug |\n| Cold end breakage % | 4.0 | 4.1 | 3.9 | 4.2 | 3.7 | 3.8 |\n"
        "| Pot breakage % | 2.0 | 1.9 | 1.7 | 2.1 | 1.8 | 1.6 |"
    )
    minutes = f"# Minutes, 15 September 2026\n\nBreakage at the cold end in August was {told} %, better than planned."
    assert _flagged(sheet, minutes) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        (
            "Claims January to June 5 of 1,284 = 3894 ppm; reject rate 5.7 % (73 of 1,284), target 5. Not reached.",
            False,
        ),
        ("Targets for 2026: claims 3000 ppm; reject rate 5.0 %; on-time delivery 97 %.", True),
    ],
)
def test_what_a_review_says_was_reached_sets_no_target(said, raised):
    minutes = f"# Management review 28 July 2026\n\nPresent: director, QA, purchasing.\n\n{said}"
    assert ("kpi_target_without_series" in flags(report("Minutes.docx", minutes, **MET))) is raised
