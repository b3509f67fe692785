"""Days typed in another order than the machine's, which the spreadsheet took for other days."""

import pytest

from evidence.facts.grids import Grid, GridCell
from evidence.facts.sources import Source
from tests.unit.evidence.builders import document, flags, passages, report


def typed(text: str) -> GridCell:
    return GridCell(text, text)


def held(text: str, value: str) -> GridCell:
    return GridCell(text, value, "date")


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        # Typed month first on a machine that puts the day first.
        ([held("03/12/2026", "2026-12-03"), typed("03/27/2026")], ["2026-03-12", "2026-03-27"]),
        # Typed day first on a machine that puts the month first.
        ([held("12/03/2026", "2026-12-03"), typed("27/03/2026")], ["2026-03-12", "2026-03-27"]),
        # The text shows the same order as the dates: nothing was turned.
        ([held("03/12/2026", "2026-12-03"), typed("29/03/2026")], ["2026-12-03", "2026-03-29"]),
        # One date has a day above 12, so that the machine understood what was typed.
        (
            [held("03/12/2026", "2026-12-03"), held("21/12/2026", "2026-12-21"), typed("03/27/2026")],
            ["2026-12-03", "2026-12-21", "2026-03-27"],
        ),
        # Nothing but dates.
        ([held("03/12/2026", "2026-12-03"), held("05/11/2026", "2026-11-05")], ["2026-12-03", "2026-11-05"]),
    ],
)
def test_a_day_that_the_spreadsheet_took_for_the_month(cells: list[GridCell], days: list[str]) -> None:
    made = document("log.xlsx", " | ".join(cell.text for cell in cells))
    order = "mdy" if any(cell.text == "03/27/2026" for cell in cells) else "dmy"
    read = Source(made, passages(made), order, settled=True)
    read.__dict__["grids"] = [Grid(("Done",), tuple((cell,) for cell in cells))]
    assert [read.day(cell) for cell in cells] == days


MONTHS = ["2025-11", "2025-12", *(f"2026-{month:02}" for month in range(1, 9))]


VALUES = (2.1, 1.7, 1.8, 1.9, 2.2, 1.6, 1.5, 1.4, 1.7, 1.3)


def table(months: int, *heads: str) -> str:
    """Months down, each head with the same figures under it."""
    rows = [
        f"| {month} | {' | '.join([str(value)] * len(heads))} |"
        for month, value in zip(MONTHS[:months], VALUES, strict=False)
    ]
    return "\n".join([f"| Month | {' | '.join(heads)} |", *rows])


@pytest.mark.parametrize(("later", "told"), [("Reject rate %", False), ("On-time delivery %", True)])
def test_a_chart_that_shows_some_months_of_its_table_stops_nowhere(later: str, told: bool) -> None:
    text = f"{table(4, 'Reject rate %')}\n\n{table(10, 'PPM', 'First pass yield %', later)}"
    sheet = report("KPI 2026.xlsx", text, kind="metrics_record", criteria=("quality_metrics",))
    assert ("series_stops" in flags(sheet)) == told
