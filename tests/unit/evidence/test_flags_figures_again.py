"""Readings that come again in blocks, cells and sheets, rates far off, results below a limit beside ``< 10``, and logs whose days have no year."""

from tests.unit.evidence.builders import flags, report

AGAIN, ADDS, NO_LOT = "identical_readings", "figures_do_not_add", "no_lot_in_inspection"

WALLS = """| Lot | Cav | NW | NE | SW | SE | base |
| 26281-2 | 1 | 0.412 | 0.398 | 0.405 | 0.417 | 0.533 |
| 26281-2 | 2 | 0.401 | 0.409 | 0.396 | 0.411 | 0.527 |
| 26288-1 | 1 | 0.407 | 0.411 | 0.399 | 0.402 | 0.529 |
| 26288-1 | 2 | 0.395 | 0.414 | 0.403 | 0.408 | 0.536 |
| 26295-2 | 1 | 0.412 | 0.398 | 0.405 | 0.417 | 0.533 |
| 26295-2 | 2 | 0.401 | 0.409 | 0.396 | 0.411 | {last} |"""


def test_a_lot_of_several_rows_comes_again() -> None:
    assert AGAIN in flags(report("walls.xlsx", WALLS.format(last="0.527"), kind="traceability_record"))
    assert AGAIN not in flags(report("walls.xlsx", WALLS.format(last="0.531"), kind="traceability_record"))


PULL = """| Day | Tube lot | Rm 1 / 2 / 3 | Rp 1 / 2 / 3 |
| 14/07/2026 | P-2607-1 | 417.3 / 421.8 / 414.6 | 238.1 / 241.7 / 236.4 |
| 11/08/2026 | P-2608-1 | 409.7 / 405.2 / 411.4 | 229.5 / 227.8 / 231.3 |
| 08/09/2026 | P-2609-1 | 417.3 / 421.8 / 414.6 | 238.1 / 241.7 / {last} |
| 13/09/2026 | P-2610-1 | 412.5 / 408.9 / 415.0 | 232.6 / 230.1 / 234.2 |"""


def test_readings_side_by_side_in_one_cell_come_again() -> None:
    assert AGAIN in flags(report("pull.xlsx", PULL.format(last="236.4"), kind="traceability_record"))
    assert AGAIN not in flags(report("pull.xlsx", PULL.format(last="236.8"), kind="traceability_record"))


BURST = "=== {name}\n| Lot {lot} | | |\n| Piece | Burst rpm | Verdict |\n| 1 | 12347 | ok |\n| 2 | 12816 | ok |\n| 3 | 12093 | ok |\n| 4 | 13158 | ok |\n| 5 | {last} | ok |\n"


def test_a_column_of_whole_readings_comes_again_on_the_next_sheet() -> None:
    first = BURST.format(name="August", lot="HL260817", last=12472)
    for last, fires in ((12472, True), (12480, False)):
        book = first + BURST.format(name="September", lot="HL260922", last=last)
        assert (AGAIN in flags(report("burst.xlsx", book, kind="traceability_record"))) is fires


RATES = "| Month 2026 | Into kiln | Scrap | Scrap % |\n| May | 4120 | 214 | 5.2 |\n| June | 4385 | 193 | 4.4 |\n| July | 4260 | 196 | 4.6 |\n| August | 3705 | 289 | {rate} |\n| September | 4470 | 174 | 3.9 |"


def test_one_rate_of_few_that_is_half_as_large_again() -> None:
    assert ADDS in flags(report("scrap.xlsx", RATES.format(rate=4.8), kind="metrics_record"))
    assert ADDS not in flags(report("scrap.xlsx", RATES.format(rate=7.8), kind="metrics_record"))


COUNTS = "| Sample | Plate count cfu/g (max 100,000) | E. coli cfu/g (<10) |\n" + "\n".join(
    f"| E6910{at} | {count} | <10 |" for at, count in enumerate((98000, 97500, 99000, 98000, 99000, 98000))
)


def test_counts_below_their_limit_beside_what_was_not_found() -> None:
    just = "results_just_under_limit"
    assert just in flags(report("plates.xlsx", COUNTS, kind="traceability_record"))
    assert just not in flags(report("plates.xlsx", COUNTS.replace("97500", "41500"), kind="traceability_record"))


FINAL = "| FINAL INSPECTION | | | | |\n| Date | Style | Size | Major | Result |\n| 02/10 | cow split | 10 | 2 | pass |\n| 07/10 | cow split | 11 | 1 | pass |\n| 13/10 | PU dip | 9 | 4 | pass |\n| 19/10 | PU dip | 10 | 3 | pass |"


def test_a_log_whose_days_have_no_year_names_no_lot() -> None:
    assert NO_LOT in flags(report("final inspection.xlsx", FINAL, kind="traceability_record"))
    assert NO_LOT not in flags(
        report(
            "final inspection.xlsx",
            FINAL.replace("| Style |", "| Lot |").replace("cow split", "CS-261002"),
            kind="traceability_record",
        )
    )


def test_a_gauge_study_whose_norm_has_its_signs_in_front() -> None:
    study = "| Gauge | DK-07 |\n| Date | 11.03.2026 |\n| %GRR | {error} |\n| ndc | 3 |\n\nKriter: %10 altı iyi, %10 - 30 şartlı, %30 üstü kullanılmaz\n\nSonuç: ölçüm sistemi yeterlidir."
    for error, fires in (("38,4", True), ("8,4", False)):
        assert (
            "conclusion_contradicts_data"
            in flags(report("GRR DK-07.xlsx", study.format(error=error), kind="calibration_record"))
        ) is fires
