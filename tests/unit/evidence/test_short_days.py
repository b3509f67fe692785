"""Days that a line names without their year."""

import json

import pytest

from evidence.facts.days import short_days
from tests.unit.evidence.builders import report


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("switched off 24 June 10:02; bank told", [(6, 24)]),  # a time of day is no day of the month before it
        ("June 10: cleaned", [(6, 10)]),
        ("June 10:02", []),
        ("24 June 26", []),  # a year of two digits
        ("by 24 June, 26 pieces", [(6, 24)]),
    ],
)
def test_a_time_or_a_year_behind_a_month_is_no_day(line, days):
    assert [meant[0] for _, _, meant in short_days(line)] == days


REGISTER = """=== Cases 2026
| Case | Opened | What is wrong | Why | What we changed | Closed | Proof |
| 26-02 | Feb 3 | Open glue line, 14 panels | Press at 3.1 bar, seal leaking | Seal kit changed | Mar 6 | Apr 20: 9 lots, 0 open |
| 26-04 | Mar 24 | Red streak above grade B | New grader used card C | Cards coloured | Apr 17 | Jun 8: 200 panels, 2 doubtful |
| 26-07 | {again} | Open glue line, 20 panels | Press at 3.3 bar, seal worn | Seal kit changed | Jul 24 | Sep 7: 6 lots, 0 open |
"""


def test_two_figures_behind_a_month_are_a_day_where_one_figure_is():
    made = report("Cases 2026.xlsx", REGISTER.format(again="Jun 16"), kind="corrective_action_record")
    opened = [json.loads(fact.value).get("opened") for fact in made.facts if fact.kind == "case"]
    assert opened == ["2026-02-03", "2026-03-24", "2026-06-16"]


def test_a_row_of_months_stays_one_of_months():
    text = "| Figures | Jan 26 | Feb 26 | Mar 26 | Apr 26 |\n| Rejects % | 1.2 | 1.4 | 1.1 | 1.3 |\n\nSeen May 4 and May 7."
    made = report("Figures.xlsx", text, kind="metrics_record")
    (series,) = [json.loads(fact.value) for fact in made.facts if fact.kind == "series"]
    assert series["periods"] == ["2026-01", "2026-02", "2026-03", "2026-04"]
