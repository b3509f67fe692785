"""Logs of heat and damp, errors below a field, limits beside a mean, lots of a letter, whole years: shapes that every buyer meets."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
GAUGED = {"kind": "calibration_record", "criteria": ("calibration",)}
OTHER = {"kind": "other", "criteria": ("traceability",)}


@pytest.mark.parametrize(("damp", "raised"), [("71", True), ("63", False)])
@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("원단창고 온습도 월 집계 (관리 18~26 ℃, 45~65 %RH)", ("온도 최저", "온도 최고", "습도 최저", "습도 최고")),
        ("Store log 2026 (18-26 °C, 45-65 % RH)", ("Temp low", "Temp high", "Humidity low", "Humidity high")),
    ],
)
def test_each_limit_of_heat_and_damp_holds_for_its_columns(title, heads, damp, raised):
    text = (
        f"# {title}\n\n| Month | {' | '.join(heads)} | Seen |\n| 5 | 19.1 | 23.4 | 47 | 58 | Oh |\n| 6 | 20.3 | 24.8 | 49 | 62 | Oh |\n"
        f"| 7 | 21.6 | 25.5 | 52 | {damp} | Oh |\n| 8 | 21.9 | 25.7 | 51 | 64 | Oh |"
    )
    assert ("out_of_limits_without_reaction" in flags(report("Log 2026.pdf", text, **GAUGED))) is raised


@pytest.mark.parametrize(("error", "raised"), [("0.009", True), ("-0.003", False)])
def test_errors_below_the_field_of_what_is_permitted(error, raised):
    text = (
        "# Calibration record\n\nGauge :: MC-07 || Date :: 03/09/2026 || Permissible error :: ±0.004 mm\n\n| Nominal | Reading | Error |\n"
        f"| 5.000 | 5.001 | 0.001 |\n| 10.000 | 10.003 | 0.003 |\n| 25.000 | 25.009 | {error} |\n\nResult: accepted for use"
    )
    assert ("conclusion_contradicts_data" in flags(report("MC-07.docx", text, **GAUGED))) is raised


@pytest.mark.parametrize(("mean", "raised"), [("7.1", True), ("8.9", False)])
def test_a_mean_between_the_limits_of_its_row(mean, raised):
    text = (
        "# Plating thickness\n\n| Date | Batch | Part | Min (µm) | Max (µm) | Meas. avg | By |\n| 06.09.2026 | K-2210 | screw | 8 | 12 | 9.6 | Oya |\n"
        "| 08.09.2026 | K-2217 | washer | 8 | 12 | 10.3 | Oya |\n| 13.09.2026 | K-2231 | clip | 5 | 8 | 6.1 | Oya |\n"
        f"| 15.09.2026 | K-2238 | bolt | 8 | 12 | {mean} | Oya |\n| 20.09.2026 | K-2252 | hook | 10 | 15 | 12.7 | Oya |"
    )
    assert ("out_of_limits_without_reaction" in flags(report("Thickness.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("last", "raised"), [("0.19", True), ("0.11", False)])
def test_a_limit_written_again_beside_each_lot(last, raised):
    values = ("0.19", "0.20", "0.19", "0.19", "0.20", "0.19", last, last)
    rows = "".join(f"| B26-10{n} | ≤ 0.20 | {value} | OK |\n" for n, value in enumerate(values))
    text = f"# Burr height\n\n| Lot | Spec (mm) | Result (mm) | Judge |\n{rows}"
    assert ("results_just_under_limit" in flags(report("Burr.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("today we shipped lots P26-0803 (500 pcs), P26-0808 (500 pcs) and P26-0811 (500 pcs), invoice 8812.", True),
        ("today we shipped lots P26-0803 (500 pcs), P26-0808 (500 pcs) and P26-0815 (500 pcs), invoice 8812.", False),
    ],
)
def test_a_letter_that_lists_the_lots_sent(said, raised):
    rows = "".join(f"| {day:02d}/08/2026 | P26-08{day:02d} | 500 | 0 | OK |\n" for day in (1, 3, 8, 15))
    checked = report("Final.xlsx", f"# Final inspection\n\n| Date | Lot | Qty | NG | Result |\n{rows}", **CHECKED)
    letter = report("Shipped.eml", f"# Shipment\n\nDate :: Mon, 24 Aug 2026\n\nDear Anna, {said}", **OTHER)
    assert ("lot_unknown_in_next" in flags(checked, letter)) is raised


@pytest.mark.parametrize(("count", "raised"), [("9", True), ("14", False)])
@pytest.mark.parametrize("by_year", [True, False])
def test_minutes_tell_the_count_of_a_whole_year(by_year, count, raised):
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    figures = (1, 0, 2, 1, 1, 0, 2, 1, 1, 2, 0, 3)
    if by_year:
        head = f"| Year | {' | '.join(months)} | Total |"
        body = f"| 2025 | {' | '.join(map(str, figures))} | 14 |\n| 2026 | 1 | 0 | 1 | 2 | 1 | 0 | 1 | 1 | | | | | 7 |"
    else:
        head, body = "| Month | Complaints |", "\n".join(f"| {m} | {n} |" for m, n in zip(months, figures, strict=True))
    sheet = report("Complaints 2025.xlsx", f"# Customer complaints 2025\n\n{head}\n{body}", **COUNTED)
    minutes = (
        f"# Management review 10 February 2026\n\n1. Customer complaints in 2025 were {count} in total, target was 12."
    )
    assert ("same_measure_different_figures" in flags(sheet, report("Minutes.docx", minutes, **MET))) is raised


@pytest.mark.parametrize(
    "said",
    [
        "Customer complaints in 2025: 14, of these 9 from Halden.",
        "Complaints about labels in 2025: 3.",
        "In 2025 we had 4 complaints from Orsini.",
    ],
)
def test_a_part_of_the_complaints_of_a_year(said):
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    body = "\n".join(f"| {m} | {n} |" for m, n in zip(months, (1, 0, 2, 1, 1, 0, 2, 1, 1, 2, 0, 3), strict=True))
    sheet = report("CC.xlsx", f"# Customer complaints 2025\n\n| Month | Complaints |\n{body}", **COUNTED)
    minutes = report("Minutes.docx", f"# Management review 10 February 2026\n\n{said}", **MET)
    assert "same_measure_different_figures" not in flags(sheet, minutes)


@pytest.mark.parametrize(("title", "raised"), [("August 2026", False), ("2026", True)])
def test_a_lot_whose_number_is_of_another_month_than_the_register(title, raised):
    rows = "".join(f"| {day:02d}/08/2026 | P26-08{day:02d} | 500 | OK |\n" for day in (3, 10, 17, 24))
    checked = report("Final.xlsx", f"# Final inspection {title}\n\n| Date | Lot | Qty | Result |\n{rows}", **CHECKED)
    sent = "# Packing list\n\nDate :: 20/09/2026\n\n| Item | Lot | Qty |\n| Tray | P26-0817 | 500 |\n| Tray | P26-0824 | 500 |\n| Tray | P26-0907 | 500 |"
    assert ("lot_unknown_in_next" in flags(checked, report("PL.docx", sent, **CHECKED))) is raised


def test_lots_of_other_goods_in_one_letter():
    rows = "".join(f"| {day:02d}/08/2026 | P26-08{day:02d} | OK |\n" for day in (3, 10, 17, 24))
    checked = report("Final trays.xlsx", f"# Final inspection trays\n\n| Date | Lot | Result |\n{rows}", **CHECKED)
    said = "Today we shipped trays of lots P26-0803, P26-0810 and P26-0817, and lids of lot P26-0812."
    letter = report("PL.eml", f"# Shipped\n\nDate :: Mon, 24 Aug 2026\n\n{said}", **OTHER)
    assert "lot_unknown_in_next" not in flags(checked, letter)


def test_pieces_mended_and_counted_among_the_good_ones():
    text = "# Inspection\n\nDate :: 03/09/2026\nProduced :: 1,000 || Good :: 990 || Rejected :: 25 || Reworked :: 15"
    assert "figures_do_not_add" not in flags(report("I.docx", text, **CHECKED))


def test_what_is_filled_right_above_its_least_amount():
    rows = "".join(
        f"| F26-10{n} | ≥ 500 | {v} | OK |\n" for n, v in enumerate((503, 504, 502, 505, 503, 504, 506, 503))
    )
    text = f"# Fill weight\n\n| Lot | Spec g | Result g | Judge |\n{rows}"
    assert "results_just_under_limit" not in flags(report("Fill.xlsx", text, **CHECKED))
