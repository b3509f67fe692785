"""Figures told of months, quarters and years in any language, against the sheet of months that counts the same."""

from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags.counted_kinds import kind_of, unit_of, written_unit
from evidence.flags.month_tables import span_of
from evidence.flags.told_of_kinds import told_of_kinds
from tests.unit.evidence.builders import report

TODAY = date(2026, 9, 30)
SHEET = """=== 2026
| ALL LINES, 2026 | | | | | | |
| Gösterge | Oca | Şub | Mar | Nis | May | Haz |
| Müşteri şikayeti (adet) | 2 | 4 | 1 | 3 | 5 | 2 |
| Ret oranı (%) | 1,42 | 1,37 | 1,55 | 1,61 | 1,48 | 1,30 |
| Zamanında teslimat (%) | 96,1 | 95,4 | 97,2 | 96,8 | 94,9 | 95,7 |
| Hurda (kg) | 1.204 | 988 | 1.130 | 1.077 | 1.241 | 1.015 |
"""
QUARTERS = """=== FY
| 2025年度 客先返品（全製品） | | | |
| 期間 | 出荷数 | 返品数 | ppm |
| 4-6月 | 812,400 | 31 | 38.2 |
| 7-9月 | 790,100 | 27 | 34.2 |
| 10-12月 | 845,300 | 35 | 41.4 |
| 1-3月 | 801,700 | 29 | 36.2 |
| 年度計 | 3,249,500 | 122 | 37.5 |
"""


def found(sheet: str, said: str, *, kind: str = "management_review_record", language: str = "en") -> bool:
    papers = [
        report("kpi.xlsx", sheet, kind="metrics_record", criteria=("quality_metrics",), language="tr"),
        report("minutes.docx", f"# Minutes\n10/07/2026\n\n{said}", kind=kind, criteria=("quality_metrics",), language=language),
    ]  # fmt: skip
    return bool(list(told_of_kinds(Bundle("Somebody", TODAY, papers))))


@pytest.mark.parametrize(
    "said",
    [
        "From January to June 2026 we received 9 customer complaints in total.",
        "In the first half of 2026 there were 11 complaints from customers.",
        "Customer complaints January to March: 12",
        "Deliveries on time: June 97.9 %, May 94.9 %.",
        "# Reject rate, all lines\n- April 1.61 %\n- May 1.12 %\n- June 1.30 %",
        "Scrap of May came to 1,641 kg.",
        "Nửa đầu năm 2026 có 9 khiếu nại của khách hàng.",
        "Dari Januari sampai Juni kami menerima 11 keluhan pelanggan.",
        "2026年上半年共收到客户投诉11件。",
        "1~6월 고객 클레임은 총 11건임.",
        "1月から6月までのクレームは合計11件でした。",
        "ตั้งแต่มกราคมถึงมิถุนายน ได้รับข้อร้องเรียนจากลูกค้ารวม 11 เรื่อง",
        "Tỷ lệ lỗi tháng 5 là 1,12 %.",
        "5月不良率为1.12%。",
        "In the second quarter the reject rate was 1.05 %.",
    ],
)
def test_a_figure_of_a_span_is_held_against_the_months_in_any_language(said: str) -> None:
    assert found(SHEET, said)


@pytest.mark.parametrize(
    "said",
    [
        "From January to June 2026 we received 17 customer complaints in total.",
        "Customer complaints January to March: 7",
        "Complaints from customers in the first half: 5.",  # the most of a month
        "Of the complaints of May, 2 were about burrs.",
        "2 complaints about burrs came in May.",
        "Complaints at Hartmann in May: 1.",
        "Customer complaints of your plant in May: 1.",
        "In May 2025 we received 9 customer complaints.",
        "Our target for complaints in May is 2.",
        "Complaints fell by 3 in June.",
        "Deliveries on time: June 95.7 %, May 95 %.",
        "In the second quarter the reject rate was 1.5 %.",
        "Scrap of May came to 1.2 t.",  # in another unit
        "Reject rate of line 3 in May 1.12 %.",
        "Customers rejected 0.4 % in May.",  # another scope
        "Corrected figure: complaints in May 6.",
        "From January to June 17 complaints: 9 burrs, 5 colour, 3 late.",
    ],
)
def test_a_part_another_span_or_a_right_figure_accuses_nobody(said: str) -> None:
    assert not found(SHEET, said)


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("2025年度(2025年4月~2026年3月)の全得意先からの返品は86個でした。", True),
        ("2025年度(2025年4月~2026年3月)の全得意先からの返品は122個でした。", False),
        ("2025年度の返品は86個でした。", True),
        ("2024年度の返品は86個でした。", False),
    ],
)
def test_the_total_of_a_business_year_is_that_of_its_quarters(said: str, raised: bool) -> None:
    assert found(QUARTERS, said, language="ja") is raised


@pytest.mark.parametrize(
    ("rows", "raised"),
    [
        ("| Oil cooler | 3,120 | 48 | |\n| Total | 9,410 | 190 | 2.02 % |", True),
        ("| Oil cooler | 3,120 | 38 | |\n| Total | 9,410 | 139 | 1.48 % |", False),
    ],
)
def test_the_total_of_a_slide_on_one_month_is_that_of_the_month(rows: str, raised: bool) -> None:
    table = f"# Leak test, May 2026\n| Item | Tested | Leak NG | Reject rate |\n| Radiator | 6,290 | 101 | |\n{rows}"
    assert found(SHEET, table, kind="metrics_record") is raised


@pytest.mark.parametrize(
    ("label", "kind", "unit"),
    [
        ("Customer complaints about rejected lots", "complaints", ""),
        ("ส่งมอบตรงเวลา (%)", "on_time", "%"),
        ("헬륨 누설 불량률(%)", "bad", "%"),
        ("Hurda (kg)", "bad", "mass"),
        ("pumps came back from the field", "returned", ""),
        ("Press stops (h)", "", "time"),
    ],
)
def test_a_label_is_known_by_what_it_counts(label: str, kind: str, unit: str) -> None:
    assert (kind_of(label), written_unit(label) or unit_of("")) == (kind, unit)


@pytest.mark.parametrize(
    ("cell", "span"),
    [("4-6月", (4, 6)), ("10-12月", (10, 12)), ("Q3 2026", (7, 9)), ("Quý 2", (4, 6)), ("2026年3月", (3, 3)), ("Jan-Mar line 2", None)],
)  # fmt: skip
def test_a_row_can_be_a_quarter(cell: str, span: tuple[int, int] | None) -> None:
    assert span_of(cell) == span
