"""Readings of thousands and what is said of them, each with its near miss."""

import pytest

from evidence.facts.grids import GridCell, numbers_samples
from tests.unit.evidence.builders import flags, report

HEAD = "| Lot | Product | TVC cfu/g (max 500,000) | Decision |"


def sheet(figure: str, decision: str):
    rows = [f"| M{n} | fillet | {n * 1_000:,} | release 1{n - 40} Oct |" for n in range(41, 46)]
    text = "\n".join([HEAD, *rows[:3], f"| M49 | fillet | {figure} | {decision} |", *rows[3:]])
    return report("Lab October.xlsx", text, kind="traceability_record", criteria=("traceability",))


@pytest.mark.parametrize("figure", ["720,000", "720000"])
def test_what_is_said_of_a_reading_written_with_its_thousands_apart_is_found(figure: str) -> None:
    said = "NOT released, 410 kg to fish meal 19 Oct, filter changed"
    assert "out_of_limits_without_reaction" not in flags(sheet(figure, said))
    assert "out_of_limits_without_reaction" in flags(sheet(figure, "release 19 Oct"))


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("1 2 3 4 5 Mean", True),
        ("6 7 8 9 10 Mean", True),  # the second row of five
        ("Point 1 2 3 4", True),
        ("7 8 9", True),
        ("8 9 10", False),  # readings that happen to follow each other
        ("1 2", False),
        ("688.4 702.1 671.9 695.6 683.0", False),
        ("Lot Shift Press 1 2 3", False),
    ],
)
def test_a_row_that_numbers_the_samples_below_it_is_known(row: str, numbers: bool) -> None:
    assert numbers_samples([GridCell(text) for text in row.split()]) == numbers
