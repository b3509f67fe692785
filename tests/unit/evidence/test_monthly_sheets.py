"""Sheets of monthly figures as factories keep them: months counted on, a column that is only called %, a year told by where it stops."""

import json

import pytest

from evidence.facts.series_known import until
from tests.unit.evidence.builders import TODAY, report
from tests.unit.evidence.test_assessment import judged, status


def series(text: str, path: str = "figures 2026.xlsx") -> list[dict]:
    made = report(path, text, kind="metrics_record", criteria=("quality_metrics",))
    return [json.loads(fact.value) for fact in made.facts if fact.kind == "series"]


ROWS = ((40210, 231, 278, 509), (38475, 246, 239, 485), (42930, 219, 275, 494), (41250, 212, 227, 439))


def sheet(head: str, months: tuple[str, ...], rates: tuple[str, ...] = ("1.27", "1.26", "1.15", "1.06")) -> str:
    lines = [f"| {m} | {a} | {b} | {c} | {d} | {r} |" for m, (a, b, c, d), r in zip(months, ROWS, rates, strict=True)]
    return f"| {head} | Made | NG casting | NG plating | Total NG | % |\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("head", "months", "periods"),
    [
        ("Tháng / Month", ("5", "6", "7", "8"), ["2026-05", "2026-06", "2026-07", "2026-08"]),
        ("Month", ("1", "2", "3", "4"), ["2026-01", "2026-02", "2026-03", "2026-04"]),
        ("月份", ("5 月", "6 月", "7 月", "8 月"), ["2026-05", "2026-06", "2026-07", "2026-08"]),
        ("Machine", ("5", "6", "7", "8"), None),
        ("Month / machine", ("5", "6", "7", "8"), None),
        ("Month", ("5", "7", "8", "2"), None),
    ],
)
def test_months_are_counted_on_under_their_word(head, months, periods) -> None:
    found = [one for one in series(sheet(head, months)) if one["measure"] == "reject_rate"]
    assert [one["periods"] for one in found] == ([periods] if periods else [])


def test_a_column_that_is_only_called_percent_is_told_by_the_counts_beside_it() -> None:
    (found,) = (one for one in series(sheet("Month", ("1", "2", "3", "4"))) if one["measure"] == "reject_rate")
    assert (found["values"], found["better"]) == ([1.27, 1.26, 1.15, 1.06], "lower")
    other = sheet("Month", ("1", "2", "3", "4"), ("41", "38", "44", "40"))
    assert not [one for one in series(other) if one["measure"] == "reject_rate"]


def test_the_year_of_a_sheet_without_one_is_told_by_where_it_stops() -> None:
    def known(*months: str) -> dict:
        value = {"periods": list(months), "values": [float(n) for n in range(len(months))], "dated": False}
        return until(value, TODAY)

    counted = [f"M{month:02d}" for month in range(1, 13)]
    told = known(*counted[:8])
    assert (told["periods"][-1], told["dated"], told["inferred"]) == ("2026-08", True, True)
    assert known(*counted[:6])["dated"] is False
    assert known(*counted[:5])["dated"] is False
    assert known(*counted)["dated"] is False
    assert known(*counted[3:8])["dated"] is False


COMPLAINTS = (4, 2, 5, 3, 1)
REJECTS = ("1.50", "1.37", "1.29", "1.45", "1.29", "1.22", "1.17", "1.15")


def test_of_measures_of_defects_one_that_runs_on_speaks_before_one_that_stopped() -> None:
    months = ("January", "February", "March", "April", "May", "June", "July", "August")
    rows = "\n".join(
        f"| {month} | {rate} | {COMPLAINTS[at] if at < 5 else ''} | {94 + at % 3} |"
        for at, (month, rate) in enumerate(zip(months, REJECTS, strict=True))
    )

    def made(head: str) -> tuple[str, str]:
        sheet = report(
            "figures 2026.xlsx", f"| Month 2026 | {head} | Customer complaints | Cost of scrap |\n{rows}\n",
            kind="metrics_record", criteria=("quality_metrics",),
        )  # fmt: skip
        return status(judged(sheet), "defect_metrics")

    assert made("Rejects %")[0] == "living"
    assert made("On-time delivery %")[0] == "stale"


def test_readings_of_pieces_are_no_quality_figures() -> None:
    text = "| Lot | Day | Compression, min 320 |\n| CB-0829 | 1 September 2026 | 357 |\n| CB-0915 | 17 September 2026 | 348 |\n| CB-0922 | 24 September 2026 | 370 |\n"
    note = report("note.docx", "The press shop works in two shifts.", mode="other")
    log = report("log.xlsx", text, kind="traceability_record", criteria=("traceability", "quality_metrics"))
    assert status(judged(log, note), "defect_metrics")[0] == "missing"
    deck = report("deck.pptx", "Reject rate was 1.8 % in the first half of 2026.", kind="other", criteria=("quality_metrics",))  # fmt: skip
    assert status(judged(deck, note), "defect_metrics") == ("partial", "figures_without_series")
