"""Figures, lots and readings in the most ordinary shapes of forms, each with a near miss that accuses nobody."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(("tested", "raised"), [("0.38", False), ("0.88", True)])
def test_two_stages_that_count_nearly_the_same_each_have_their_own_share(tested, raised):
    text = (
        "# Monthly report 2026\n\n| Month | Pressed | Pressed NG | Pressed NG % | Tested | Returned | Returned % |\n"
        f"| 1 | 84,210 | 1,432 | 1.70 | 81,900 | 311 | {tested} |\n| 2 | 51,380 | 1,017 | 1.98 | 50,140 | 206 | 0.41 |\n"
        "| 3 | 90,640 | 1,486 | 1.64 | 88,300 | 344 | 0.39 |\n| 4 | 88,150 | 1,340 | 1.52 | 86,720 | 286 | 0.33 |\n"
        "| 5 | 86,930 | 1,295 | 1.49 | 85,010 | 272 | 0.32 |\n| 6 | 92,470 | 1,311 | 1.42 | 90,850 | 281 | 0.31 |\n"
        "| 7 | 93,020 | 1,247 | 1.34 | 91,400 | 248 | 0.27 |"
    )
    assert ("figures_do_not_add" in flags(report("Report 2026.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("Lot 4,200 nos., good 4,188, rejected 57 (slot 40, print 17).", True),
        ("Lot 4,200 nos., good 4,143, rejected 57 (slot 40, print 17).", False),
        ("Lot 4,200 nos., sample 200, good 196, rejected 4.", False),
        ("Lot 4,200 nos., good 4,100, rejected 57, on hold for the customer: see label.", False),
    ],
)
def test_good_and_bad_pieces_make_the_lot(told, raised):
    text = f"# Final inspection\n\nDate :: 23.07.2026\n\n| Parameter | Spec | 1 | 2 | 3 |\n| Length mm | 355 ± 3 | 354 | 356 | 355 |\n\n{told}"
    assert ("figures_do_not_add" in flags(report("Final 26G-31.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("good", "raised"), [("2,310", True), ("2,330", False)])
def test_the_fields_of_a_sorting_sheet_make_its_lot(good, raised):
    text = (
        "# ใบคัดแยก SR-031\n\nจำนวนในล็อต :: 2,400 || งานดี :: "
        f"{good}\nซ่อมได้ :: 46 || ทิ้ง :: 24\nวันที่คัด :: 14/09/2026 || ผู้คัด :: สมใจ"
    )
    assert ("figures_do_not_add" in flags(report("ใบคัดแยก.docx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("value", "verdict", "raised"),
    [("+0.74", "합격", True), ("+0.34", "합격", False), ("+0.74", "불합격, 재권선", False)],
)
def test_a_deviation_is_judged_by_the_tolerance_in_its_head(value, verdict, raised):
    text = (
        "# Routine test ledger\n\n| Serial | Tested | Ratio error % (±0.5) | 판정 |\n| TR26-0711 | 2026-09-08 | +0.12 | 합격 |\n"
        f"| TR26-0714 | 2026-09-10 | -0.08 | 합격 |\n| TR26-0718 | 2026-09-11 | {value} | {verdict} |\n| TR26-0720 | 2026-09-13 | -0.17 | 합격 |"
    )
    told = {"conclusion_contradicts_data", "out_of_limits_without_reaction"} & set(
        flags(report("Ledger.xlsx", text, **CHECKED))
    )
    assert told == ({"out_of_limits_without_reaction"} if raised else set())


@pytest.mark.parametrize(("found", "raised"), [("4", True), ("3", True), ("2", False)])
def test_what_was_found_before_the_plan_of_each_row(found, raised):
    text = (
        "# Final inspection (ISO 2859-1, major AQL 0.65)\n\n| Date | Lot | Lot qty | n | Major found | Ac / Re | Decision |\n"
        "| 03-Sep-26 | CR-2608-31 | 6,400 | 200 | 1 | 3 / 4 | Accepted |\n"
        f"| 22-Sep-26 | CR-2609-12 | 2,850 | 125 | {found} | 2 / 3 | Accepted |\n"
        "| 24-Sep-26 | CR-2609-06 | 6,100 | 200 | 5 | 3 / 4 | Rejected, 100 % sorted |"
    )
    assert ("conclusion_contradicts_data" in flags(report("Final.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("remark", "raised"), [("", True), ("dresser set anew, 40 pcs gauged", False)])
def test_a_chart_whose_limits_stand_in_fields_with_those_of_the_ranges(remark, raised):
    text = (
        "# X-BAR R CHART, grinder CG-3, September 2026\n\n| UCL X 1.610 | LCL X 1.600 | CL 1.605 | UCL R 0.019 | CL R 0.009 |\n"
        "| Subgroup | Date | X-bar | R | Remark |\n| 1 | 01-Sep | 1.604 | 0.008 | |\n| 2 | 02-Sep | 1.602 | 0.009 | |\n"
        f"| 3 | 03-Sep | 1.606 | 0.007 | wheel dressed |\n| 4 | 04-Sep | 1.613 | 0.011 | {remark} |\n| 5 | 07-Sep | 1.601 | 0.006 | |\n"
        "| 6 | 08-Sep | 1.603 | 0.010 | |"
    )
    assert ("out_of_limits_without_reaction" in flags(report("Xbar R.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(("remark", "raised"), [("", True), ("hold, refried and measured 7.1", False)])
def test_a_remark_on_another_batch_is_no_reaction(remark, raised):
    text = (
        "# Fryer record line 2\n\n| Date | Batch | Oil °C | Moisture % (max 8.0) | Cartons | Remark |\n"
        f"| 1/9/2026 | 2A0901 | 157 | 5.4 | 1,846 | |\n| 8/9/2026 | 2A0908 | 151 | 8.7 | 1,772 | {remark} |\n"
        "| 12/9/2026 | 2A0912 | 158 | 5.2 | 1,895 | oil changed after the shift |\n| 16/9/2026 | 2A0916 | 157 | 5.7 | 1,903 | basket 14 repaired |"
    )
    assert ("out_of_limits_without_reaction" in flags(report("Fryer.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("last", "raised"), [("61.5, 62.0, 60.5", True), ("62.5, 61.0, 61.5", False)])
def test_rounds_of_a_patrol_with_the_same_pieces(last, raised):
    text = (
        "# PATROL INSPECTION 14/09/26\n\n| Round | Lot | Hardness Sh A (60±5) | Thk mm (3.2±0.15) | Wt g (4.8±0.2) |\n"
        "| 1 | R27-1 | 61.5, 62.0, 60.5 | 3.24, 3.19, 3.27 | 4.813, 4.786, 4.842 |\n"
        f"| 2 | R27-2 | {last} | 3.24, 3.19, 3.27 | 4.813, 4.786, 4.842 |"
    )
    assert ("identical_readings" in flags(report("Patrol.docx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("first", "raised"), [("Warp", True), ("Recipe kg", False)])
def test_lots_in_columns_with_the_same_pieces(first, raised):
    name = "Tensile test" if raised else "Mixing sheet"
    rows = [("812.4", 1), ("798.9", 2), ("806.1", 3)] if raised else [("812.4", ""), ("98.9", ""), ("6.1", "")]
    lines = "".join(f"| {first} {n or 'abc'[i]} | {v} | {v} | {v} |\n" for i, (v, n) in enumerate(rows))
    more = "".join(
        f"| Weft {n or 'xyz'[i]} | {v} | {v} | {v} |\n"
        for i, (v, n) in enumerate([(a, b if raised else "") for a, b in (("643.7", 1), ("651.2", 2), ("638.6", 3))])
    )
    text = (
        f"# {name} September 2026\n\n| Piece | LOT 6J-03 (6/9) | LOT 6J-09 (14/9) | LOT 6J-17 (23/9) |\n{lines}{more}"
    )
    assert ("identical_readings" in flags(report(f"{name}.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("lost", "raised"), [("TR26-0717", True), ("TR26-0718", False)])
def test_a_piece_shipped_that_the_shipping_test_of_all_pieces_does_not_know(lost, raised):
    ledger = "# 출하시험 대장, all units tested in the period\n\n| Serial | Tested | 판정 |\n" + "".join(
        f"| TR26-{n} | 2026-09-{d:02d} | 합격 |\n"
        for n, d in (("0711", 1), ("0714", 3), ("0715", 4), ("0718", 8), ("0720", 13))
    )
    listed = (
        "# Despatch list September 2026\n\n| Date | Customer | Serial |\n| 2026-09-06 | Daehan Hydro | TR26-0711 |\n"
        f"| 2026-09-12 | Miryang Cement | TR26-0714, TR26-0715 |\n| 2026-09-19 | Saigon Works | {lost} |\n| 2026-09-25 | Depot | TR26-0720 |"
    )
    papers = (report("Ledger.xlsx", ledger, **CHECKED), report("Despatch.xlsx", listed, **CHECKED))
    assert ("lot_unknown_in_next" in flags(*papers)) is raised


@pytest.mark.parametrize(("month", "raised"), [("August", True), ("September", False)])
def test_a_heat_poured_in_the_month_of_the_book_that_does_not_have_it(month, raised):
    book = "# Furnace book, every heat of August 2026\n\n| Heat | Date | Alloy |\n" + "".join(
        f"| M6-20{n} | 2026-08-{d:02d} | LG2 |\n" for n, d in ((1, 3), (2, 5), (3, 10), (4, 14), (5, 20), (6, 27))
    )
    certs = (
        f"# Test certificates, delivery note DN 55\n\nGoods left us on 3 September 2026. Castings poured in {month} 2026.\n\n"
        "| Item | Qty | Heat | Cu % |\n| Bush | 16 | M6-204 | 85.1 |\n| Plate | 6 | M6-205 | 84.4 |\n| Bush | 9 | M6-209 | 85.8 |"
    )
    papers = (report("Furnace book.xlsx", book, **CHECKED), report("Certs DN 55.docx", certs, **CHECKED))
    assert ("lot_unknown_in_next" in flags(*papers)) is raised


def test_sheets_of_tests_alone_hand_no_lot_on():
    papers = [
        report(
            f"{name} {month}.xlsx",
            f"# {name} sheet, {month} 2026\n\n| Date | Batch | ILD N (spec 230-270) | Density (50-56) |\n"
            + "".join(
                f"| {day:02d}/0{n}/2026 | AF6-{n}{day:02d}1 | 24{day % 9} | 52.{day % 7} |\n" for day in (3, 10, 17)
            ),
            **CHECKED,
        )
        for name, month, n in (
            ("Hardness", "March", 3),
            ("Density", "June", 6),
            ("Cushion", "July", 7),
            ("Back rest", "August", 8),
        )
    ]
    assert "lot_unknown_in_next" not in flags(*papers)


@pytest.mark.parametrize(("head", "raised"), [("Version (build)", False), ("Module", True)])
def test_software_is_known_by_its_build(head, raised):
    number = "5.9.0 (4508)" if not raised else "payments"
    text = (
        f"# Release test log\n\n| {head} | Tested on | Cases run | Failed | Tester | Decision |\n| {number} | 15 Jul 2026 | 318 | 4 | Thao | hold |\n"
        f"| {number} | 17 Jul 2026 | 318 | 0 | Thao | release |\n| {number} | 19 Aug 2026 | 324 | 0 | Thao | release |\n"
        f"| {number} | 16 Sep 2026 | 341 | 2 | Quan | hold |"
    )
    found = flags(
        report("Test log.xlsx", text, **CHECKED), report("Test log 2.xlsx", text.replace("Aug", "Jun"), **CHECKED)
    )
    assert ("no_lot_in_inspection" in found) is raised


@pytest.mark.parametrize(("good", "raised"), [("1.869", True), ("1.829", False)])
def test_two_lots_of_a_sorting_show_how_the_third_is_parted(good, raised):
    text = (
        "# PHIẾU CHỌN LỌC 100 %\n\n| Lô | Ngày | Kiểm (cái) | OK | Sửa lại | Hủy |\n| K50-2608-3 | 10/09/2026 | 1.920 | 1.844 | 51 | 25 |\n"
        f"| K50-2608-4 | 10/09/2026 | 2.160 | 2.097 | 48 | 15 |\n| K50-2609-1 | 11/09/2026 | 1.880 | {good} | 34 | 17 |"
    )
    assert ("figures_do_not_add" in flags(report("Chon loc.xlsx", text, **CHECKED))) is raised
