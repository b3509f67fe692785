"""Lots below lines of fields, with a letter that counts them, of several goods or of the month in their number, each with its near miss."""

import pytest

from evidence.facts.told_spans import MonthSpan
from evidence.flags.lot_months import is_numbered_in
from tests.unit.evidence.builders import flags, report

LOTS = "lot_unknown_in_next"


def paper(name: str, text: str) -> object:
    return report(name, text, kind="traceability_record", criteria=("traceability",))


PRESSED = "# {title}\n| {day} | {lot} | {shift} |\n" + "\n".join(
    f"| {at}/09/2026 | K4-2609{at:02d}{letter} | {1 + at % 3} |" for at, letter in ((2, "A"), (4, "B"), (9, "A"), (11, "C"), (16, "B"), (18, "A"))
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "day", "lot", "shift", "sent", "fields"),
    [
        ("Press log September 2026", "Date", "Lot", "Shift", "Delivery note", "| Customer | Holm | Product | Tray |"),
        ("Nhật ký ép tháng 9/2026", "Ngày", "Số lô", "Ca", "Phiếu xuất hàng", "| Khách hàng | Holm | Sản phẩm | Khay |"),
        ("บันทึกการผลิต กันยายน 2569", "วันที่", "ล็อต", "กะ", "ใบส่งของ", "| ลูกค้า | Holm | สินค้า | ถาด |"),
        ("成型记录 2026年9月", "日期", "批号", "班次", "发货清单", "| 客户 | 霍姆 | 产品 | 托盘 |"),
        ("Pres kaydı Eylül 2026", "Tarih", "Lot no", "Vardiya", "Sevk irsaliyesi", "| Müşteri | Holm | Ürün | Tepsi |"),
    ],
)  # fmt: skip
def test_a_lot_below_a_line_of_fields(title: str, day: str, lot: str, shift: str, sent: str, fields: str) -> None:
    log = paper("log.xlsx", PRESSED.format(title=title, day=day, lot=lot, shift=shift))

    def shipment(third: str) -> object:
        rows = "\n".join(
            f"| {code} | 40 | 2{at}/09/2026 |" for at, code in enumerate(("K4-260902A", "K4-260909A", third, "K4-260916B"))
        )  # fmt: skip
        return paper("out.pdf", f"# {sent}\n{fields}\n| {lot} | Qty | {day} |\n{rows}")

    assert LOTS in flags(log, shipment("K4-260910B"))
    assert LOTS not in flags(log, shipment("K4-260911C"))


def test_a_letter_that_stands_for_another_line_counts_nothing() -> None:
    log = paper("Line A log.xlsx", PRESSED.format(title="Line A", day="Date", lot="Lot", shift="Shift").replace("B |", "A |").replace("C |", "A |"))  # fmt: skip
    card = "# Oven check\n| Lot | Read | Oven |\n| K4-260902A | 181 | 2 |\n| K4-260909A | 182 | 2 |\n| K4-260910D | 183 | 2 |"
    assert LOTS not in flags(log, paper("Oven check.xlsx", card))


def test_what_came_in_and_was_sent_back_is_in_no_log_of_work() -> None:
    came = "# Receiving log\n| Day | Lot | Farm | kg |\n" + "\n".join(
        f"| {day}/09/2026 | K4-2609{day:02d}{letter} | F-{day} | 2{day}0 |" for day, letter in ((2, "A"), (4, "B"), (9, "A"), (10, "D"), (11, "C"), (16, "B"), (18, "A"))
    )  # fmt: skip
    log = paper("Packing log.xlsx", PRESSED.format(title="Packing log", day="Date", lot="Lot", shift="Shift"))
    assert LOTS not in flags(log, paper("RM receiving log.xlsx", came))


def test_a_register_of_several_goods_knows_those_of_a_third() -> None:
    released = "# Release register August 2026\n| Lot | Goods | Day | By |\n" + "\n".join(
        f"| SB2608{day:02d}-1 | {goods} | {day}/08/2026 | Lena |"
        for day, goods in ((3, "Plum jam"), (7, "Fig jam"), (12, "Plum jam"), (17, "Quince jelly"), (25, "Fig jam"))
    )
    loaded = "# Container loading list\n| Product | Lot code | Cartons |\n| Plum jam | SB260803-1 | 10 |\n| Fig jam | SB260807-1 | 9 |\n| Cherry jam | {lot} | 8 |\n| Fig jam | SB260825-1 | 8 |"
    assert LOTS in flags(paper("Release.xlsx", released), paper("Loading.pdf", loaded.format(lot="SB260819-1")))
    assert LOTS not in flags(paper("Release.xlsx", released), paper("Loading.pdf", loaded.format(lot="SB260817-1")))


@pytest.mark.parametrize("code", ["N605-07", "2605-07", "0526/7", "HT-202605-12"])
def test_the_month_of_a_lot_stands_before_its_counter(code: str) -> None:
    assert is_numbered_in(MonthSpan(0, 1, 5, 5, 2026), code)
    assert not is_numbered_in(MonthSpan(0, 1, 6, 7, 2026), code)
    assert not is_numbered_in(MonthSpan(0, 1, 5, 5, 2027), code)
    assert not is_numbered_in(MonthSpan(0, 1, 5, 5, None), code)


HARDENED = "# Hardening May 2026\n| Day | Lot | Part | HRC |\n" + "\n".join(
    f"| {day}/05/2026 | N605-{at:02d} | Blade {at % 2} | 60.{at} |" for at, day in enumerate((6, 11, 18, 27), 1)
)


def test_a_lot_of_the_month_of_a_register_after_its_last() -> None:
    ground = "# Grinding check June 2026\n| Day | Hardened lot | Part | Angle |\n" + "\n".join(
        f"| {day}/06/2026 | {lot} | Blade 1 | 15.{day} |" for day, lot in ((2, "N605-01"), (4, "N605-02"), (9, "N605-03"), (12, "{last}"), (15, "N605-04"))
    )  # fmt: skip
    assert LOTS in flags(paper("Heat.xlsx", HARDENED), paper("Edge.xlsx", ground.format(last="N605-06")))
    assert LOTS not in flags(paper("Heat.xlsx", HARDENED), paper("Edge.xlsx", ground.format(last="N606-01")))
