"""Readings beyond the limits in the head of their column, judged by their own row."""

from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags import find_flags
from evidence.flags.head_limits import beyond_limits
from evidence.model import DocumentReport
from tests.unit.evidence.builders import report

TODAY = date(2026, 11, 20)
HEAD = "| Date | Batch | Moisture % (max 12) | Shear N/mm2 (≥ 0.7) | Checked | Remark |"
ROWS = (
    "| 01/10 | PB-2610-01 | 10.4 | 1.02 | Fitri | |",
    "| 02/10 | PB-2610-02 | 11.1 | 0.96 | Yuni | |",
    "| 05/10 | PB-2610-03 | 12.8 | 0.91 | Fitri | dried again 06/10, 10.9, released |",
    "| 06/10 | PB-2610-04 | 9.9 | 1.10 | Yuni | |",
    "| 07/10 | PB-2610-05 | 10.2 | 1.04 | Fitri | |",
    "| 08/10 | PB-2610-06 | {moisture} | 0.88 | Yuni | {remark} |",
)


def log(moisture: str, remark: str = "", below: str = "") -> DocumentReport:
    rows = "\n".join(ROWS).format(moisture=moisture, remark=remark)
    text = f"# Moisture and shear log October\n{HEAD}\n{rows}\n\n{below}"
    return report("log.xlsx", text, kind="traceability_record", criteria=("traceability",))


def flags(*papers: DocumentReport) -> set[str]:
    found = {flag.id for flag in find_flags(Bundle("Somebody", TODAY, papers))}
    return found & {"out_of_limits_without_reaction", "conclusion_contradicts_data"}


def test_a_reading_without_a_word_beside_another_that_was_answered() -> None:
    assert flags(log("14.6")) == {"out_of_limits_without_reaction"}


@pytest.mark.parametrize("verdict", ["OK", "accepted", "released"])
def test_a_reading_that_its_row_judges_good(verdict: str) -> None:
    assert "conclusion_contradicts_data" in flags(log("14.6", verdict))


@pytest.mark.parametrize(
    ("moisture", "remark", "below"),
    [
        ("11.9", "", ""),
        ("12", "OK", ""),
        ("14.6", "held, dried again 09/10, 10.1", ""),
        ("14.6", "sorted", ""),
        ("146", "OK", ""),  # a slip of the pen is no reading of that limit
        ("14.6", "", "Batch PB-2610-06 was rejected and pressed again on 09/10."),
        ("14.6", "OK", "14.6 is the outer layer alone, core 10.2 (NCR-26-031)."),
    ],
)
def test_kept_answered_or_told_elsewhere(moisture: str, remark: str, below: str) -> None:
    assert not flags(log(moisture, remark, below))


def test_a_case_that_names_the_batch_answers_it() -> None:
    case = report(
        "NCR-26-040.docx",
        "# NCR-26-040\nBatch PB-2610-06: moisture 14.6, quarantined, dried, 10.0.",
        kind="corrective_action_record",
        criteria=("corrective_action",),
    )
    assert not flags(log("14.6", "OK"), case)


@pytest.mark.parametrize(
    "head",
    [
        "| Date | Batch | On time % (min 95) | Shear N/mm2 (≥ 0.7) | Checked | Remark |",  # no piece
        "| Date | Batch | Score (max 12) | Shear N/mm2 (≥ 0.7) | Checked | Remark |",
        "| Date | Batch | Moisture % (target 12) | Shear N/mm2 (≥ 0.7) | Checked | Remark |",
    ],
)
def test_bounds_that_are_none_of_a_piece(head: str) -> None:
    rows = "\n".join(ROWS).format(moisture="14.6", remark="OK")
    paper = report("log.xlsx", f"# Log\n{head}\n{rows}", kind="traceability_record", criteria=("traceability",))
    assert not beyond_limits(Bundle("Somebody", TODAY, [paper]))


def test_figures_of_months_and_scans_are_not_asked() -> None:
    rows = "\n".join(ROWS).format(moisture="14.6", remark="OK")
    months = report("kpi.xlsx", f"# KPI\n{HEAD}\n{rows}", kind="metrics_record", criteria=("quality_metrics",))
    scan = report("log.pdf", f"# Log\n{HEAD}\n{rows}", kind="traceability_record", source="ocr")
    assert not beyond_limits(Bundle("Somebody", TODAY, [months]))
    assert not beyond_limits(Bundle("Somebody", TODAY, [scan]))


@pytest.mark.parametrize(
    ("remark", "raised"), [("", True), (" after new punch, first 640 cut off and scrapped", False)]
)
def test_what_a_later_row_tells_of_the_lot_answers_its_reading(remark: str, raised: bool) -> None:
    rows = (
        ("05-Oct", "2640-A", 112),
        ("08-Oct", "2640-C", 104),
        ("13-Oct", "2641-B", 79),
        ("13-Oct", f"2641-B{remark}", 106),
    )
    table = "\n".join(
        f"| {day} | {lot} | {pull} | Lim |"
        for day, lot, pull in (*rows, ("20-Oct", "2642-A", 115), ("28-Oct", "2643-B", 101))
    )
    text = f"# Pull force log, min 85 N\n\n| Date | Lot | N | By |\n{table}"
    found = flags(report("log.xlsx", text, kind="traceability_record", criteria=("traceability",)))
    assert ("out_of_limits_without_reaction" in found) is raised
