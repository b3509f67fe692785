"""Lots between the sheets of one workbook, several lots in one cell, totals of parts, and logs of inspections, each with its near miss."""

import pytest

from evidence.numbered_rows import numbers_pieces
from tests.unit.evidence.builders import flags, report

UNKNOWN, ADDS, NO_LOT = "lot_unknown_in_next", "figures_do_not_add", "no_lot_in_inspection"

BOOK = """=== Final insp
| Lot | Insp. date | Qty | Hardness Hs (50-60) | Judge |
| 26H012 | 2026-08-10 | 1180 | 54 | OK |
| 26H027 | 2026-08-19 | 1210 | 55 | OK |
| 26H041 | 2026-08-27 | 1195 | 53 | OK |
| 26I008 | 2026-09-07 | 1200 | 56 | OK |
=== Ledger
| Ship date | Customer | Lot | Qty | Slip |
| 2026-08-12 | Donghae | 26H012 | 1180 | D-4410 |
| 2026-08-21 | Donghae | 26H027 | 1210 | D-4436 |
| 2026-08-28 | Donghae | 26H041 | 1195 | D-4459 |
| 2026-09-09 | Donghae | {last} | 1200 | D-4482 |
"""


def test_a_lot_shipped_on_one_sheet_and_inspected_on_none() -> None:
    assert UNKNOWN in flags(
        report("inspection and ledger.xlsx", BOOK.format(last="26I015"), kind="traceability_record")
    )
    assert UNKNOWN not in flags(
        report("inspection and ledger.xlsx", BOOK.format(last="26I008"), kind="traceability_record")
    )


TESTS = report(
    "final test.xlsx",
    "| Residue max. 2.00 mg, n = 200, accept 7 | | | |\n| Lot | Date | Residue mg | Verdict |\n| GL26-0803 | 2026-08-05 | 1.78 | accept |\n"
    "| GL26-0807 | 2026-08-10 | 1.57 | accept |\n| GL26-0822 | 2026-08-25 | 1.49 | reject, reground |\n"
    "| GL26-0829 | 2026-08-31 | 1.67 | accept |\n| GL26-0911 | 2026-09-14 | 1.58 | accept |",
    kind="traceability_record",
)


def test_several_lots_with_their_cartons_in_one_cell() -> None:
    for lots, fires in (("GL26-0829 (156), GL26-0907 (138)", True), ("GL26-0829 (156), GL26-0911 (138)", False)):
        shipped = report(
            "shipments.xlsx",
            f"| Shipment | Container | Lot (cartons) |\n| 2026-08-18 | TGHU 331907 | GL26-0803 (210), GL26-0807 (168) |\n| 2026-09-24 | TGHU 402265 | {lots} |",
            kind="traceability_record",
        )
        assert (UNKNOWN in flags(TESTS, shipped)) is fires  # the lot that was refused is missed in no shipment


SLIPS = "| Slip | Defect | NG | Reworked | Scrapped |\n| 31 | pores | 14 | 9 | 5 |\n| 32 | core | 6 | 2 | 4 |\n| 33 | pores | 7 | 3 | 4 |\n| 34 | sand | 22 | 21 | 1 |\n| 35 | crack | 3 | 1 | 2 |\n| Total | | 52 | 36 | {scrapped} |"


def test_a_total_that_is_not_the_sum_of_its_parts_as_every_row_above_is() -> None:
    assert ADDS in flags(report("slips.xlsx", SLIPS.format(scrapped=11), kind="metrics_record"))
    assert ADDS not in flags(report("slips.xlsx", SLIPS.format(scrapped=16), kind="metrics_record"))


def test_what_is_left_stands_in_a_third_column() -> None:
    text = "| Month | Batches | Good at once | Toned again | Scrapped |\n| 1 | 38 | 36 | 2 | 0 |\n| 2 | 21 | 20 | 1 | 0 |\n| 3 | 44 | 41 | 2 | 1 |\n| 4 | 42 | 40 | 2 | 0 |\n| 5 | 39 | 38 | 1 | 0 |\n| 6 | 45 | 43 | 2 | 0 |\n| Total | 229 | 218 | 10 | 1 |"
    assert ADDS not in flags(report("batches.xlsx", text, kind="metrics_record"))
    assert ADDS in flags(
        report("batches.xlsx", text.replace("| 44 | 41 | 2 | 1 |", "| 47 | 41 | 2 | 1 |"), kind="metrics_record")
    )


FABRIC = "| FINAL FABRIC INSPECTION | | | | |\n| Date | {head} | Inspected m | Points | Result |\n| 2026-09-05 | {one} | 1840 | 42 | first |\n| 2026-09-06 | {two} | 960 | 40 | first |\n| 2026-09-08 | {three} | 1530 | 31 | first |\n| 2026-09-12 | {four} | 2240 | 57 | first |"


def test_a_log_of_inspections_of_several_days_that_names_no_lot() -> None:
    articles = {"head": "Article", "one": "black", "two": "indigo", "three": "stretch", "four": "indigo"}
    log = report("Final fabric inspection.xlsx", FABRIC.format(**articles), kind="traceability_record")
    assert NO_LOT in flags(log)
    rolls = {"head": "Job roll", "one": "260309-1", "two": "260324-3", "three": "260416-1", "four": "260512-2"}
    numbered = report("Final fabric inspection.xlsx", FABRIC.format(**rolls), kind="traceability_record")
    assert numbers_pieces(numbered)
    assert NO_LOT not in flags(numbered)
    one_day = report(
        "Final fabric inspection.xlsx",
        FABRIC.format(**articles).replace("09-06", "09-05").replace("09-08", "09-05").replace("09-12", "09-05"),
        kind="traceability_record",
    )
    assert NO_LOT not in flags(one_day)


def test_inspections_of_several_parts_are_sheets_of_one_kind() -> None:
    sheets = [
        report(
            f"inspection {part} {month}.xlsx",
            f"| FINAL INSPECTION – {part} | | |\n| Lot | HL-0{month}14-{part[:4]} | 2026-0{month}-14 |\n| Clearance µm | 9 | 11 |",
            kind="traceability_record",
        )
        for month, part in ((2, "6203-2RS"), (4, "6204-ZZ"), (6, "6203-2RS"), (8, "6205-2RS"))
    ]
    assert UNKNOWN not in flags(*sheets)


SHIPPED_LOTS = """# Outgoing inspection

| Date | Lot | Shipped | Step max 0.30 mm | Result |
| 2026-09-03 | R26H-031 | 320 | 0.21 | OK |
| 2026-09-08 | R26H-044 | 280 | 0.18 | OK |
| 2026-09-14 | R26J-008 | 300 | 0.24 | OK |
| 2026-09-21 | R26J-015 | 260 | 0.26 | OK |
| 2026-09-28 | R26J-023 | 310 | 0.19 | OK |
"""


@pytest.mark.parametrize(
    "title", ["Corrective action report", "시정조치 보고서", "Laporan tindakan perbaikan", "纠正措施报告"]
)
def test_a_report_on_a_problem_need_not_know_all_lots(title):
    case = (
        f"# {title}\n\nNo. :: CA-26-09 || Customer :: Donghae\nPart :: Rail 5 m || Lot :: R26F-117\nReceived :: 2026-07-14 || Quantity :: 12 of 240\n"
        "Problem :: Step at the joint 0.52 mm\nRoot cause :: Clamp pressure fell to 4.1 MPa, switch broken\n"
        "Action :: Switch changed, press stops below 5.0\nEffect :: R26H-031, R26H-044, R26J-008 inspected, step below 0.25\n"
    )
    made = report("CA-26-09.xlsx", case, kind="traceability_record", criteria=("traceability", "corrective_action"))
    shipped = report("Outgoing.xlsx", SHIPPED_LOTS, kind="traceability_record", criteria=("traceability",))
    assert UNKNOWN not in flags(made, shipped)


@pytest.mark.parametrize(
    "title",
    [
        "Intermediate inspection of analytical balance",
        "Pemeriksaan antara neraca",
        "Kiểm tra trung gian cân phân tích",
        "天平期间核查检验记录",
        "저울 중간점검 검사",
        "ตรวจสอบเครื่องชั่งระหว่างรอบการสอบเทียบ",
        "はかり中間点検 検査",
        "Terazi ara kontrol muayenesi",
    ],
)
def test_a_check_of_gauges_is_no_inspection_of_goods(title):
    def made(head: str, month: int):
        text = (
            f"# {head}\n\nUnit :: N-02 || Date :: {month:02d}/2026\n\n| Load (g) | Read 1 | Read 2 | Result |\n"
            "| 1 | 1.0001 | 1.0000 | OK |\n| 50 | 50.0002 | 50.0001 | OK |\n| 200 | 200.0003 | 200.0002 | OK |\n"
        )
        return report(f"Check {month}.docx", text, kind="calibration_record", criteria=("calibration",))

    assert NO_LOT not in flags(*(made(title, month) for month in (2, 4, 7)))
