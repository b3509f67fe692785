"""Lines of a sheet that end while others go on, months without names, and what says why a line ends."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
STOPS, STILL = "series_stops", "kpi_values_constant"
WEEKS = [(f"W{at}", 1.10 + at % 3 / 100, 1.20 + at % 4 / 100, 40 + at % 5) for at in range(20, 34)]


def _weeks(until: int, note: str = "") -> str:
    rows = "".join(
        f"| {week} | {left:.2f} | {f'{right:.2f}' if at < until else ''} | {stops} |\n"
        for at, (week, left, right, stops) in enumerate(WEEKS)
    )
    return f"=== 2025\n| Seal check 2025 |\n| Week | Leak left % | Leak right % | Minutes stopped |\n{rows}| {note} |\n"


@pytest.mark.parametrize(
    ("until", "note", "raised"),
    [
        (2, "", True),
        (5, "", True),
        (14, "", False),
        (10, "", False),
        (5, "The right sealer was shut down in June.", False),
        (5, "Leak right is no longer measured, the sealer was shut down.", False),
        (5, "Belt changed in week 22. Plating by a subcontractor was late.", True),
    ],
)
def test_a_column_of_weeks_that_ends(until, note, raised):
    assert (STOPS in flags(report("Seals 2025.xlsx", _weeks(until, note), **COUNTED))) is raised


def test_another_line_takes_over():
    rows = "".join(
        f"| M{at} | {1.1 + at / 100:.2f} | {f'{1.2 + at / 50:.2f}' if at < 4 else ''} | {f'{1.3 + at / 50:.2f}' if at >= 4 else ''} | {90 + at} |\n".replace(
            f"M{at}", name
        )
        for at, name in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"))
    )
    text = f"=== 2025\n| 2025 |\n| Month | Bonding gap | Old press gap | New press gap | Output |\n{rows}"
    assert STOPS not in flags(report("Gaps 2025.xlsx", text, **COUNTED))


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@pytest.mark.parametrize("heads", [ROMAN, tuple(map(str, range(1, 9)))])
@pytest.mark.parametrize(
    ("figures", "raised"),
    [(["0.35"] * 8, True), (["0.35", "0.41", "0.33", "0.36", "0.30", "0.38", "0.34", "0.37"], False)],
)
def test_months_in_numerals(heads, figures, raised):
    text = f"=== KPI\n| KPI 2025 | Target | {' | '.join(heads)} |\n| Reject rate % | 0.40 | {' | '.join(figures)} |\n"
    assert (STILL in flags(report("KPI 2025.xlsx", text, **COUNTED))) is raised


def test_four_numerals_are_quarters_and_numbers_of_lines_are_no_months():
    still = " | ".join(["0.35"] * 4)
    text = f"=== KPI\n| KPI 2025 | Target | I | II | III | IV |\n| Reject rate % | 0.40 | {still} |\n"
    assert "2025-04" not in str(report("KPI 2025.xlsx", text, **COUNTED).facts)
    lines = f"=== KPI\n| KPI 2025 |\n| Figure | Goal | Line | | | | | |\n| Figure | Goal | 1 | 2 | 3 | 4 | 5 | 6 |\n| Reject rate % | 0.40 | {' | '.join(['0.35'] * 6)} |\n"
    assert STILL not in flags(report("KPI 2025.xlsx", lines, **COUNTED))


@pytest.mark.parametrize(("day", "raised"), [("", True), ("Made on 8 April 2025.", False)])
def test_a_report_of_the_year_left_after_its_first_quarter(day, raised):
    later = "".join(f"| {month} 2025 | | | |\n" for month in ("April", "May", "June", "July", "August", "September"))
    text = f"# Objectives 2025, follow-up\n\n{day}\n\n| Month | Complaints per 1000 pcs (max 4.0) | Rework % (max 5.0) | On time % (min 90) |\n| January 2025 | 3.6 | 4.7 | 91.8 |\n| February 2025 | 3.8 | 4.4 | 92.5 |\n| March 2025 | 3.3 | 4.6 | 93.1 |\n{later}"
    assert (STOPS in flags(report("Follow-up.pdf", text, **COUNTED))) is raised
