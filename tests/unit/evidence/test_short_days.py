"""Days that a line names without their year."""

import pytest

from evidence.facts.days import short_days


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
