"""Sentences that all went well above a table in which one did not, and limits of blocks, rows and cases."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


def _contradicts(text, **kind):
    return "conclusion_contradicts_data" in flags(report("Paper 2026.docx", text, **(kind or COUNTED)))


DELIVERED = "# Deliveries, second quarter 2026\n\n| Customer | Deliveries | On time |\n| Norfolk Foods | 31 | 31 |\n| Esk Dairy | 24 | {} |\n| Tyne Mills | 18 | 18 |\n| Ouse Malt | 12 | 12 |\n\n"


@pytest.mark.parametrize(
    ("count", "said", "raised"),
    [
        ("21", "All deliveries were on time.", True),
        ("24", "All deliveries were on time.", False),
        ("21", "In the quarter 100 % of all deliveries were on time.", True),
        ("21", "All deliveries were on time except three.", False),
        ("21", "Not all deliveries were on time.", False),
        ("21", "All deliveries should be on time.", False),
        ("21", "On time is looked at for all customers at the weekly meeting.", False),
        ("21", "All deliveries were on time. Esk Dairy waited for pallets.", False),
    ],
)
def test_a_part_that_is_the_whole_in_most_rows(count, said, raised):
    assert _contradicts(DELIVERED.format(count) + said) is raised


@pytest.mark.parametrize(
    ("title", "head", "said"),
    [
        ("Giao hàng quý 2", "Khách hàng | Số chuyến | Đúng hạn", "Tất cả các chuyến đều giao đúng hạn 100 %."),
        ("Pengiriman triwulan 2", "Pelanggan | Pengiriman | Tepat waktu", "Semua pengiriman tepat waktu."),
        ("การส่งมอบ ไตรมาส 2", "ลูกค้า | จำนวนเที่ยว | ตรงเวลา", "ทุกเที่ยวส่งตรงเวลา 100 %"),
        ("第二季度交付", "客户 | 批次 | 准时批次", "所有批次均准时交付，准时率100%。"),
        ("2분기 납품", "고객 | 납품 건수 | 납기 준수", "모든 납품의 납기 준수율은 100 %였다."),
        ("第2四半期 納入", "顧客 | 納入件数 | 納期内", "すべての納入は納期内100%であった。"),
        ("2. çeyrek sevkiyat", "Müşteri | Sevkiyat | Zamanında", "Tüm sevkiyatlar zamanında yapıldı, %100."),
    ],
)
def test_the_same_in_the_languages_of_the_plants(title, head, said):
    rows = "| Norfolk | 31 | 31 |\n| Esk | 24 | {} |\n| Tyne | 18 | 18 |\n| Ouse | 12 | 12 |\n\n"
    text = f"# {title}\n\n| {head} |\n{rows}{said}\n"
    assert _contradicts(text.format("21"))
    assert not _contradicts(text.format("24"))


@pytest.mark.parametrize(("figure", "raised"), [("6.2", True), ("4.2", False)])
@pytest.mark.parametrize("said", ["All looms are within the stop limit in all months.", "No loom exceeded the limit."])
def test_a_limit_over_a_block_of_months(figure, said, raised):
    text = f"# Stops of looms, per shift (limit 5.0)\n\n| Loom | May | Jun | Jul |\n| W1 | 4.1 | 3.8 | 4.4 |\n| W2 | 3.6 | {figure} | 3.9 |\n| W3 | 4.7 | 4.5 | 4.0 |\n\n{said}\n"
    assert _contradicts(text) is raised


@pytest.mark.parametrize(("figure", "raised"), [("3.4", True), ("2.4", False)])
def test_a_row_of_months_under_a_target(figure, raised):
    text = f"# Waste of film 2026, target 3.0 % max\n\n| Month | Jan | Feb | Mar | Apr |\n| Film, t | 41 | 39 | 44 | 40 |\n| Waste % | 2.7 | 2.9 | {figure} | 2.8 |\n\nThe waste stayed below the target of 3.0 % in all months.\n"
    assert _contradicts(text) is raised


@pytest.mark.parametrize(
    ("figures", "note", "raised"),
    [
        (("0.07", "0.08", "0.07"), "", True),
        (("0.04", "0.03", "0.04"), "", False),
        (("0.07", "0.08", "0.07"), "These lots were ground again.\n\nThe rest was scrapped.", False),
    ],
)
def test_lots_of_a_case_all_beyond_the_limit(figures, note, raised):
    rows = "".join(f"| K-{at} | {at + 4} June 2026 | 50 | {figure} |\n" for at, figure in enumerate(figures))
    text = f"# 8D 26-14 wobble of hubs\n\nCause: collet worn. Action: collet replaced, lot sorted.\n\nCheck, limit 0.05 mm max:\n\n| Lot | Date | Pieces | Wobble |\n{rows}\nAll three lots were within the limit.\n\n{note}\n"
    assert _contradicts(text, **CASE) is raised
