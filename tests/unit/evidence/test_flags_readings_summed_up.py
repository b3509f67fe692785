"""Readings of one test again in another paper, where one of the two sums them up below."""

import pytest

from tests.unit.evidence.builders import flags, report

LOTS = {"kind": "traceability_record", "criteria": ("traceability",)}
READ = ["5.7", "6.1", "5.4", "6.6", "5.9", "5.2", "6.3", "5.8", "6.0", "5.5"]
OTHER = ["5.6", "6.1", "5.3", "6.4", "5.9", "5.8", "6.2", "5.1", "6.0", "5.4"]


@pytest.mark.parametrize(
    ("ends", "again", "alike"),
    [
        (("Average | 5.85",), READ, True),
        (("Average | 5.85", "Max | 6.6", "Min | 5.2"), READ, True),
        (("Max | 6.6", "Min | 5.2", "ค่าเฉลี่ย | 5.9"), READ, True),
        (("Average | 5.85",), OTHER, False),
        (("Check | 6.3",), OTHER, False),
    ],
)
def test_a_column_with_its_average_is_held_against_the_readings_alone(ends, again, alike):
    rows = "\n".join(f"| {at} | {value} |" for at, value in enumerate(READ, 1))
    sheet = f"=== A\n| Moisture, lot 26-0318 | Sampled 23/03/2026 |\n| Piece | Reading % |\n{rows}\n" + "".join(
        f"| {end} |\n" for end in ends
    )
    release = f"# Release, lot 26-0642\n\nTested 2 July 2026.\n\nMoisture (4.0 - 8.0 %): {' '.join(again)}"
    told = flags(report("Moisture 26-0318.xlsx", sheet, **LOTS), report("Release 26-0642.pdf", release, **LOTS))
    assert ("identical_readings" in told) is alike
