"""A figure of a month told in words, under the name that its own sheet gives to what is counted."""

from collections.abc import Iterator
from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags.metrics import same_measure_different_figures
from evidence.flags.month_tables import span_of
from evidence.flags.registry import Finding
from tests.unit.evidence.builders import report

TODAY = date(2026, 9, 30)
SHEET = """=== Stand
| Month | Jackets sewn | Leaking seams | Seam yield % | Rework minutes |
| Jan | 1,410 | 66 | 98.36 | 412 |
| Feb | 1,268 | 47 | 98.25 | 388 |
| Mar | 1,530 | 58 | 98.61 | 455 |
| Apr | 1,477 | 71 | 98.55 | 401 |
| May | 1,502 | 39 | 98.51 | 376 |
"""


def told(sheet: str, said: str, language: str = "en") -> Iterator[Finding]:
    papers = [
        report("kpi.xlsx", sheet, kind="metrics_record", criteria=("quality_metrics",), language=language),
        report(
            "minutes.docx",
            f"# Minutes of the monthly meeting\n14/06/2026\n{said}",
            kind="management_review_record",
            criteria=("management_review", "quality_metrics"),
            language=language,
        ),
    ]
    return same_measure_different_figures(Bundle("Somebody", TODAY, papers), {})


@pytest.mark.parametrize(
    "said",
    [
        "Leaking seams in February: 74.",
        "2. Leaking seams of February came to 74, the tape was changed.",
        "The meeting noted that leaking seams stood at 74 in February.",
        "Leaking seams went from 66 in January to 74 in February.",
        "Rework minutes (April): 301",
        "Jackets sewn in March 1,230.",
        "Seam yield March 97.84 %, discussed.",
        "Sealing, line values: it was 98.25 % in February, 97.84 % in March and 98.55 % in April.",
    ],
)
def test_a_figure_told_by_the_name_of_its_column_is_held_against_it(said: str) -> None:
    (found,) = told(SHEET, said)
    assert {found.words["one"], found.words["other"]} == {"minutes.docx", "kpi.xlsx"}


@pytest.mark.parametrize(
    "said",
    [
        "Leaking seams in February: 47.",
        "Leaking seams of line 2 in February: 74.",
        "Leaking seams at Hanbit in February: 14.",  # of one customer
        "Leaking seams up to February: 113.",
        "Leaking seams: target for February 40.",
        "Press leaking seams in February: 21.",
        "Leaking seams in February 2025: 74.",
        "Leaking seams in February: 66.",  # the figure of January: its month may be another's
        "Seam yield February 98.3 %.",  # rounded
        "Jackets sewn in March: 57.",  # another size: of a day
        "It was 98.25 % in February, 98.61 % in March and 98.55 % in April.",
    ],
)
def test_right_figures_and_those_of_a_part_accuse_nobody(said: str) -> None:
    assert not list(told(SHEET, said))


@pytest.mark.parametrize(
    ("language", "head", "said", "right"),
    [
        ("vi", "Đường may rò", "Trong tháng 2, đường may rò đạt 74.", "Trong tháng 2, đường may rò đạt 47."),
        ("id", "Jahitan bocor", "Jahitan bocor bulan Februari tercatat 74.", "Jahitan bocor bulan Februari 47."),
        ("tr", "Sızdıran dikiş", "Şubat ayında sızdıran dikiş 74 oldu.", "Şubat ayında sızdıran dikiş 47 oldu."),
        ("zh", "漏缝件数", "漏缝件数2月74，3月58。", "漏缝件数2月47，3月58。"),
        ("ko", "봉제 누수", "봉제 누수 2월 74, 3월 58", "봉제 누수 2월 47, 3월 58"),
        ("th", "ตะเข็บรั่ว", "ตะเข็บรั่ว เดือนกุมภาพันธ์ อยู่ที่ 74 ตัว", "ตะเข็บรั่ว เดือนกุมภาพันธ์ อยู่ที่ 47 ตัว"),
        ("ja", "縫い目漏れ", "2月の縫い目漏れは74でした。", "2月の縫い目漏れは47でした。"),
    ],
)
def test_in_each_language(language: str, head: str, said: str, right: str) -> None:
    sheet = SHEET.replace("Leaking seams", head)
    assert len(list(told(sheet, said, language))) == 1
    assert not list(told(sheet, right, language))


def test_a_month_that_a_sheet_holds_of_two_years_is_not_asked() -> None:
    sheet = SHEET + "| Jan | 1,500 | 12 | 98.90 | 300 |\n"
    assert not list(told(sheet, "Leaking seams in January: 31."))


def test_a_count_of_a_day_is_no_count_of_the_next_month() -> None:
    sheet = SHEET.replace("Leaking seams", "Complaints")
    assert not list(told(sheet, "Complaints: February 1, March 58."))


@pytest.mark.parametrize(
    ("head", "month"),
    [
        ("Mar-26", 3), ("Apr'26", 4), ("JUN '26", 6), ("2026年3月", 3), ("115年3月", 3), ("26년 3월", 3), ("6月份", 6), ("T12/2026", 12),
        ("มี.ค. 69", 3), ("เม.ย.-69", 4), ("03/26", 3), ("Jan (27d)", 1), ("May-1", 0), ("Line-26", 0), ("Mart 26", 0),
    ],
)  # fmt: skip
def test_months_with_their_year_head_columns(head: str, month: int) -> None:
    assert span_of(head) == ((month, month) if month else None)


RETURNS = "=== KPI\n| Sheet | {months} |\n| {name} ({unit}) | 2 | 5 | 3 | 1 | 4 |\n"
ROWS = "| Input | Data | Decision |\n| {cell} | {figure} | Seals checked |\n| Staff | 2 | none |"
LATIN = "Jan | Feb | Mar | Apr | {}"


@pytest.mark.parametrize(
    ("language", "months", "name", "cell", "unit"),
    [
        ("en", LATIN.format("May"), "Returned goods", "Returned goods in May", "drums"),
        ("id", LATIN.format("Mei"), "Barang kembali", "Barang kembali bulan Mei", "drum"),
        ("vi", "T1 | T2 | T3 | T4 | T5", "Hàng trả về", "Hàng trả về tháng 5", "thùng"),
        ("zh", "1月 | 2月 | 3月 | 4月 | 5月", "退货桶数", "5月退货桶数", "桶"),
        ("ko", "1월 | 2월 | 3월 | 4월 | 5월", "반품 수량", "5월 반품 수량", "통"),
        ("tr", "Ocak | Şubat | Mart | Nisan | Mayıs", "İade edilen mal", "Mayıs ayı iade edilen mal", "varil"),
    ],
)
def test_a_cell_that_names_a_month_says_of_when_the_figure_beside_it_is(language, months, name, cell, unit) -> None:
    sheet = RETURNS.format(months=months, name=name, unit=unit)
    for figure, others in ((f"9 {unit}", 1), (f"4 {unit}", 0), (f"9 {unit}, 4 of them of 2025", 0)):
        assert len(list(told(sheet, ROWS.format(cell=cell, figure=figure), language))) == others, figure


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("Returned goods up to May", "9"),  # of the year so far
        ("Returned goods of line 2 in May", "9"),
        ("Returned goods in May 2025", "9"),
        ("Returned goods", "9"),
        ("Returned goods on 3 May", "9"),
        ("Returned goods in May", "12-14"),
        ("Target returned goods May", "6"),
        ("Cost of loose lids in May", "9"),
    ],
)
def test_a_figure_beside_a_cell_of_another_time_or_part_is_no_figure_of_the_month(cell, figure) -> None:
    sheet = (
        RETURNS.format(months=LATIN.format("May"), name="Returned goods", unit="drums")
        + "| Loose lids | 3 | 4 | 2 | 6 | 5 |\n"
    )
    assert not list(told(sheet, ROWS.format(cell=cell, figure=figure)))
