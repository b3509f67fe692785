"""Figures as further hands write them: quarters, decks, lists of gauge studies, lots that were answered and lots that were not."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    ("note", "raised"), [("", True), ("Paint: the line was closed in April, done outside since", False)]
)
def test_a_row_that_stops_beside_others_is_told_unless_a_note_says_why(note, raised):
    text = (
        "# KPI 2026\n\n| Measure | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug |\n"
        "| Output t | 62 | 39 | 71 | 68 | 70 | 66 | 69 | 73 |\n| Paint reject % | 3.6 | 3.9 | 3.4 | 3.8 | | | | |\n"
        f"| On time % | 94 | 91 | 97 | 96 | 98 | 95 | 96 | 97 |\n\n{note}"
    )
    assert ("series_stops" in flags(report("KPI 2026.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(("months", "raised"), [(4, True), (7, False)])
def test_a_page_of_a_deck_that_stops_months_before_the_others(months, raised):
    heads, returns = (" | ".join(map(str, row[:months])) for row in (range(1, 8), (310, 285, 402, 366, 518, 402, 377)))
    text = (
        "# 製程不良率 115年 (%)\n\n| 月 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n| 不良率 | 2.4 | 2.7 | 2.3 | 2.1 | 2.2 | 1.9 | 2.0 | 1.8 |\n"
        f"=== 2\n# 客戶退貨率 115年 (ppm)\n\n| 月 | {heads} |\n| 退貨 | {returns} |"
    )
    assert ("series_stops" in flags(report("品質會議 115年9月.pptx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("On-time delivery in second quarter 94.2 %.", True),
        ("On-time delivery in second quarter 97.8 %.", False),
        ("준시 납기 2분기 on-time delivery 94.2 %", True),
        ("On-time delivery in second quarter 97.8 %, target for third quarter 94.2 %.", False),
    ],
)
def test_a_quarter_told_is_set_against_its_sheet(said, raised):
    sheet = report(
        "KPI.xlsx",
        "# KPI 2026\n\n| KPI | Q4 2025 | Q1 2026 | Q2 2026 |\n| On-time delivery % | 94.9 | 95.1 | 97.8 |",
        **COUNTED,
    )
    review = report("Minutes.docx", f"# Management review, 16 July 2026\n\n{said}", **MET)
    assert ("same_measure_different_figures" in flags(sheet, review)) is raised


def test_shifts_told_beside_a_word_for_rejects_are_no_sum_of_pieces():
    rows = "\n".join(
        f"| {month} | {made} | {bad} |"
        for month, made, bad in (("May", 201148, 7402), ("Jun", 196001, 6723), ("Jul", 204490, 7219))
    )
    sheet = report("KPI 2026.xlsx", f"# KPI 2026\n\n| Month | Inspected | Rejected |\n{rows}", **COUNTED)
    case = report(
        "8D.pdf",
        "# 8D of 4 August 2026\n\nMay to July: challenge piece rejected 88 of 88 shifts.",
        kind="corrective_action_record",
    )
    assert "same_measure_different_figures" not in flags(sheet, case)


@pytest.mark.parametrize(
    ("verdict", "raised"),
    [
        ("Released for final inspection", True),
        ("Usable", True),
        ("Not to be used", False),
        ("Usable with mean of 3 readings until 30 Nov", False),
    ],
)
def test_one_gauge_of_a_list_of_studies_is_accepted_with_too_great_an_error(verdict, raised):
    text = (
        "# Gauge R&R studies\n\n| Gauge | Feature | Study on | % R&R | ndc | Decision |\n| MIC-11 | Flange | 12.05.2026 | 13.9 | 9 | Usable |\n"
        f"| AG-07 | Journal | 14.07.2026 | 41.6 | 2 | {verdict} |\n| BG-03 | Bore | 20.05.2026 | 17.2 | 8 | Usable |"
    )
    paper = report("Gauges.xlsx", text, kind="calibration_record", criteria=("calibration",))
    assert ("conclusion_contradicts_data" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("verdict", "raised"),
    [
        ("Result: the set complies with the limits at all points.", True),
        ("Nhiệt độ luôn trong giới hạn suốt chuyến.", True),
        ("전 구간 이상 없음", True),
        ("Point 3 was reworked and measured again: 55.1", False),
    ],
)
def test_a_reading_beyond_its_limit_under_other_words_for_good(verdict, raised):
    text = f"# Test report, 6 August 2026\n\n| MHz | Measured dB | Limit dB |\n| 0.15 | 61.2 | 65.6 |\n| 0.47 | 54.8 | 56.5 |\n| 3.41 | 59.3 | 56.0 |\n| 12.2 | 52.1 | 60.0 |\n\n{verdict}"
    assert ("conclusion_contradicts_data" in flags(report("Report.pdf", text, **CHECKED))) is raised


@pytest.mark.parametrize(("remark", "raised"), [("", True), ("nozzle changed, 40 pans coated again", False)])
def test_what_was_done_with_another_lot_is_no_word_on_this_one(remark, raised):
    text = (
        "=== Coat\n| Coating 28 cm, spec 25 - 40 µm | | | | |\n| Date | Lot | Spot 1 | Spot 2 | Note |\n| 4/8/26 | W28-0803 | 31.2 | 29.7 | |\n"
        f"| 7/8/26 | W28-0806 | 28.4 | 27.9 | |\n| 12/8/26 | W28-0811 | 22.6 | 26.1 | {remark} |\n| 14/8/26 | W28-0813 | 30.5 | 31.8 | |\n"
        "=== Final\n| Date | Lot | Qty | Bad | Decision |\n| 13/8/26 | W28-0811 | 1310 | 0 | accept |\n| 15/8/26 | W28-0813 | 960 | 5 dents | reject, sorted 16/8 |"
    )
    assert ("out_of_limits_without_reaction" in flags(report("Coating August.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("second", "raised"), [(("1,247", "1,231", "1,262"), True), (("1,247", "1,231", "1,260"), False)]
)
def test_two_lots_of_a_log_with_the_same_pieces(second, raised):
    lots = (
        ("1,247", "1,231", "1,262"),
        ("1,219", "1,238", "1,226"),
        ("1,184", "1,241", "1,233"),
        second,
        ("1,252", "1,224", "1,217"),
    )
    rows = "\n".join(f"| TB150-6J{at:02} | {at:02}-Aug-26 | {' | '.join(lot)} |" for at, lot in enumerate(lots, 4))
    paper = report("C20 log.xlsx", f"| Batch | Test on | Batt 1 | Batt 2 | Batt 3 |\n{rows}", **CHECKED)
    assert ("identical_readings" in flags(paper)) is raised


def test_lots_read_with_a_coarse_gauge_may_be_alike():
    lots = ((12.1, 12.2, 12.0), (12.0, 12.1, 12.2), (12.1, 12.2, 12.0), (12.2, 12.0, 12.1), (12.0, 12.2, 12.1))
    rows = "\n".join(f"| TB150-6J{at:02} | {' | '.join(map(str, lot))} |" for at, lot in enumerate(lots, 4))
    assert "identical_readings" not in flags(report("Log.xlsx", f"| Batch | Pc 1 | Pc 2 | Pc 3 |\n{rows}", **CHECKED))


@pytest.mark.parametrize(("burst", "raised"), [("486", True), ("471", False)])
def test_two_cloths_with_the_same_single_results(burst, raised):
    sheets = "\n".join(
        f"=== {style}\nStyle {style}, tested {day}\n\n| Test | Requirement | Result |\n| Shrinkage length % | max 5.0 | 3.4 |\n"
        f"| Shrinkage width % | max 5.0 | 2.7 |\n| Weight | 145 ± 7 | 143.8 |\n| Bursting | min 400 | {force} |"
        for style, day, force in (("FB-210", "07/09/2026", "486"), ("LG-88", "18/09/2026", burst))
    )
    assert ("identical_readings" in flags(report("Fabric test.xlsx", sheets, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("Surveyor Ouma. KLDU 402118-6 hole patched. KLDU 411907-3 clean. KLDU 412754-1 floor washed.", False),
        ("Surveyor Ouma. One box had a hole, patched. One was clean. One floor was washed.", True),
    ],
)
def test_pieces_that_a_sentence_numbers_need_no_lot(text, raised):
    papers = [
        report(f"Inspection {month}.docx", f"# Yard inspection, 18 {month} 2026\n\nChecked: {text}", **CHECKED)
        for month in ("July", "August")
    ]
    assert ("no_lot_in_inspection" in flags(*papers)) is raised


@pytest.mark.parametrize(
    ("title", "raised"),
    [("ĐỘ ẨM CÁT KHUÔN (%), giới hạn 3,0 ... 3,8", False), ("Kiểm tra độ ẩm gỗ (%), giới hạn 3,0 ... 3,8", True)],
)
def test_what_is_watched_and_is_no_piece_has_no_lot(title, raised):
    rows = "\n".join(f"| {day:02}/08/2026 | 3,{day % 5 + 2} | 3,{day % 4 + 3} | Sơn |" for day in range(2, 9))
    assert (
        "no_lot_in_inspection"
        in flags(report("Theo doi.xlsx", f"| {title} | | | |\n| Ngày | 7h30 | 13h30 | Người đo |\n{rows}", **CHECKED))
    ) is raised


def test_a_column_that_is_a_part_of_another_in_some_rows_is_no_share():
    rows = "\n".join(
        f"| Sep {day} | {made} | {rough} | {plating} | {100 * (rough + plating) / made:.2f} |"
        for day, (made, rough, plating) in enumerate(
            ((1857, 22, 6), (2190, 11, 8), (1536, 20, 8), (2223, 4, 8), (1614, 17, 0), (2373, 16, 3), (1755, 6, 8)), 1
        )
    )
    assert "figures_do_not_add" not in flags(
        report("Assembly.xlsx", f"| Day | Pairs | Rough | Plating | NG % |\n{rows}", **CHECKED)
    )


def test_a_list_of_samples_may_lack_lots_between():
    lots = [f"D26-{number}" for number in range(611, 651, 2)]
    made = report(
        "Final inspection.xlsx",
        "| Date | Lot | kg |\n" + "\n".join(f"| {at}.8.2026 | {lot} | {300 + at} |" for at, lot in enumerate(lots, 1)),
        **CHECKED,
    )
    lab = report(
        "Lab results.xlsx",
        "| Lot | Rub | Warp % |\n" + "\n".join(f"| {lot} | 4 | -3.{at} |" for at, lot in enumerate(lots[::4])),
        **CHECKED,
    )
    assert "lot_unknown_in_next" not in flags(made, lab)


@pytest.mark.parametrize(("left", "raised"), [("1,191", True), ("1,199", False)])
def test_the_row_that_closes_a_season_is_its_total_whatever_it_is_called(left, raised):
    rows = "\n".join(
        f"| {month} | {bags} | {lost} |"
        for month, bags, lost in (
            ("April", "41,250", 98),
            ("May", "68,400", 171),
            ("June", "97,300", 299),
            ("July", "118,600", 327),
            ("August", "121,050", 304),
        )
    )
    text = f"# Bags of summer 2026\n\n| Month | Bags handled | Left behind |\n{rows}\n| Season | 446,600 | {left} |\n| June: belt 3 was down 11 days | | |"
    assert ("figures_do_not_add" in flags(report("Bags.xlsx", text, **COUNTED))) is raised


def test_a_sixth_site_is_no_total_of_five_others():
    rows = "\n".join(
        f"| {name} | {made} | {bad} |"
        for name, made, bad in (
            ("North", 4125, 98),
            ("South", 6840, 171),
            ("East", 9730, 299),
            ("West", 1186, 32),
            ("Hill", 1210, 30),
        )
    )
    assert "figures_do_not_add" not in flags(
        report("Sites.xlsx", f"# Sites, August 2026\n\n| Site | Made | Bad |\n{rows}\n| Bay | 23091 | 640 |", **COUNTED)
    )


@pytest.mark.parametrize(("second", "raised"), [("G26-0886", True), ("G26-0884", False)])
def test_the_second_lot_of_a_sentence_is_followed_too(second, raised):
    lots = ("G26-0871", "G26-0874", "G26-0880", "G26-0884", "G26-0889")
    sewn = report(
        "Sewing lots.xlsx",
        "# Lots completed\n\n| Lot | Cut | Closed |\n"
        + "\n".join(f"| {lot} | 2400 | {at:02}.08.2026 |" for at, lot in enumerate(lots, 4)),
        **CHECKED,
    )
    loads = report(
        "Loads.docx",
        f"# Loads of August 2026\n\nLoad 112, 20 Aug 2026: lots G26-0871 and G26-0874.\n\nLoad 113, 24 Aug 2026: lots G26-0880 and {second}, 3,540 gowns.",
        **CHECKED,
    )
    assert ("lot_unknown_in_next" in flags(sewn, loads)) is raised


@pytest.mark.parametrize(("third", "raised"), [("TL6K09", True), ("TL6K04", False)])
def test_a_packing_list_is_a_shipment_whatever_it_was_taken_for(third, raised):
    lots = ("TL6K02", "TL6K03", "TL6K04", "TL6K05")
    made = report(
        "Release.xlsx",
        "# ใบปล่อยสินค้า\n\n| ล็อต | วันที่ | ผล |\n"
        + "\n".join(f"| {lot} | {at:02}/08/2026 | ปล่อย |" for at, lot in enumerate(lots, 2)),
        **CHECKED,
    )
    packed = report(
        "Packing list TL-11.xlsx",
        "# PACKING LIST, loaded 21 Aug 2026\n\n| Lot | Cartons |\n"
        + "\n".join(f"| {lot} | 400 |" for lot in (*lots[:2], third)),
        reading="static",
    )
    assert ("lot_unknown_in_next" in flags(made, packed)) is raised


@pytest.mark.parametrize(
    ("name", "raised"), [("Final check P-2610-21.xlsx", False), ("Final check October.xlsx", True)]
)
def test_a_file_called_by_a_number_built_like_the_lots_names_its_own(name, raised):
    case = report("CAPA.docx", "# CAPA\n\nLot :: P-2604-33 || Problem :: burr", kind="corrective_action_record")
    text = "# Final inspection\n\n| Feature | Limits | 1 | 2 | 3 |\n| Width | 12.7 - 13.0 | 12.9 | 12.8 | 12.9 |\n| Length | 29.2 - 30.8 | 30.1 | 29.9 | 30.0 |"
    assert ("no_lot_in_inspection" in flags(case, report(name, text, **CHECKED))) is raised


def test_the_hour_of_a_reading_is_no_lot():
    paper = report(
        "Lens.xlsx", "# Lens thickness\n\nLot | 08:15 | 10:15 | 13:15\nCentre mm | 2.01 | 2.02 | 1.99", **CHECKED
    )
    assert not any(fact.kind == "identifier" and ":" in fact.value for fact in paper.facts)
