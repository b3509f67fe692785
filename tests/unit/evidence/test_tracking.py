"""Traceability: numbers of pieces as well as lots, papers that were taken for others, and problems that name their lot."""

import pytest

from tests.unit.evidence.builders import report
from tests.unit.evidence.test_assessment import judged, status

NOTE = report("note.docx", "The press shop works in two shifts.", mode="other")
LOG = """# Camber of slit strip, at most 2.00 mm/m

| Day | Coil | Size | Camber max. 2.00 |
| 1 September 2026 | K6-0402 | 0.80 x 125 | 1.41 |
| 5 September 2026 | K6-0418 | 0.80 x 125 | 1.58 |
| 9 September 2026 | K6-0431 | 1.20 x 60 | 0.96 |
"""


def found(*documents):
    return status(judged(*documents, NOTE), "traceability")


def of_lots(path: str, text: str):
    return report(path, text, kind="traceability_record", criteria=("traceability",))


def test_coils_are_followed_by_the_numbers_they_have() -> None:
    assert found(of_lots("camber.xlsx", LOG)) == ("living", "records_over_time")
    bare = LOG
    for code in ("K6-0402", "K6-0418", "K6-0431"):
        bare = bare.replace(code, "steel")
    assert found(of_lots("camber.xlsx", bare)) == ("partial", "no_lot_named")


@pytest.mark.parametrize(("code", "rule"), [("K6-0418", "closed_loop"), ("K7-0999", "too_few_occasions")])
def test_a_coil_that_stands_in_a_second_paper_closes_the_loop(code: str, rule: str) -> None:
    log = of_lots("camber.xlsx", LOG.replace("1 September", "9 September").replace("5 September", "9 September"))
    sent = of_lots("packing list.pdf", f"Lot :: L26-0107\n\nPacked on 9 September 2026: coil {code}, 2,418 kg net")
    assert found(log, sent)[1] == rule


def test_readings_of_numbered_pieces_count_whatever_the_paper_was_taken_for() -> None:
    taken = report("camber.xlsx", LOG, kind="supplier_evaluation_record", criteria=("supplier_control",))
    assert found(taken)[0] == "living"
    gauges = report("gauges.xlsx", LOG, kind="calibration_record", criteria=("calibration",))
    assert found(gauges)[0] == "missing"


def test_a_report_of_a_problem_follows_no_lot() -> None:
    text = "# Corrective action\n\nProblem :: 6 of 25 nets slipped, lot N6812-17 || Opened :: 9 January 2026\n\nLots N6901-30 and N6902-08 were pulled on 27 February 2026."
    case = report("car.pdf", text, kind="corrective_action_record", criteria=("corrective_action", "traceability"))
    assert found(case) == ("partial", "problems_only")
    log = report("camber.xlsx", LOG, kind="traceability_record", criteria=("traceability",))
    assert found(case, log)[0] == "living"


@pytest.mark.parametrize(
    ("head", "cells", "days"),
    [
        ("Date", ("Oct 2", "Oct 9", "Oct 16"), ["2025-10-02", "2025-10-09", "2025-10-16"]),
        ("Ngày", ("05/10", "07/10", "14/10"), ["2025-10-05", "2025-10-07", "2025-10-14"]),
        ("접수일", ("10월 2일", "10월 9일", "10월 16일"), ["2025-10-02", "2025-10-09", "2025-10-16"]),
        ("Opened", ("2 Oct", "9 Oct", "16 Oct"), ["2025-10-02", "2025-10-09", "2025-10-16"]),
        ("Due date", ("Oct 2", "Oct 9", "Oct 16"), []),
        ("Width", ("4.10", "4.11", "4.12"), []),
        ("Date", ("Oct 2", "-", "-"), []),
    ],
)
def test_days_without_their_year_stand_in_the_year_of_the_sheet(head, cells, days) -> None:
    rows = "\n".join(f"| {cell} | MK10{n}1A | 5.8 |" for n, cell in enumerate(cells))
    text = f"# Finished product check\n\n| {head} | Lot | pH |\n{rows}\n"
    made = report("pH and vacuum Oct 2025.xlsx", text, kind="traceability_record", criteria=("traceability",))
    assert [fact.value for fact in made.facts if fact.kind == "short_day"] == days
    undated = report("pH and vacuum.xlsx", text, kind="traceability_record", criteria=("traceability",))
    assert not [fact for fact in undated.facts if fact.kind == "short_day"]
    assert (found(made) == ("living", "records_over_time")) is bool(days)


def test_a_day_without_its_year_that_would_lie_ahead_tells_nothing() -> None:
    text = "# Check\n\n| Date | Lot | pH |\n| Oct 2 | MK1001A | 5.8 |\n| Oct 9 | MK1008A | 5.8 |\n| Oct 16 | MK1015A | 5.7 |\n"
    made = report("pH 2026.xlsx", text, kind="traceability_record", criteria=("traceability",))
    assert found(made) == ("partial", "records_without_date")
    assert "date_in_future" not in {flag.id for flag in judged(made, NOTE).flags}


def test_days_along_a_row_stand_in_the_year_of_the_sheet() -> None:
    """A control chart as a table has a point a column: its days stand beside the word for them."""
    text = (
        "# X chart\n\n| Date | 10/02 | 12/02 | 16/02 | 19/02 |\n| Lot | B2502-1 | B2502-2 | B2502-3 | B2502-4 |\n"
        "| Mean | 11.3 | 11.1 | 10.6 | 11.9 |\n| Rate | 10/02 | 12/02 | 16/02 | 19/02 |\n"
    )
    made = report("plating 2025-02.xlsx", text, kind="traceability_record", criteria=("traceability",))
    days = [fact.value for fact in made.facts if fact.kind == "short_day"]
    assert days == ["2025-02-10", "2025-02-12", "2025-02-16", "2025-02-19"]
    due = report("plating 2025-02.xlsx", text.replace("Date", "Due date"), kind="traceability_record")
    assert not [fact for fact in due.facts if fact.kind == "short_day"]
