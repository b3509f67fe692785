"""A running number before the rows of a table is no figure of theirs."""

import pytest

from evidence.facts.row_numbers import unnumbered_lines
from tests.unit.evidence.builders import flags, report

RULE = "figures_do_not_add"
LAB = {"kind": "traceability_record", "criteria": ("traceability",)}
PACKED = "# Packed on 11 September 2026\n\n| {} | Item | Pcs | Cartons |\n| 1 | Lid | 920 | 23 |\n| 2 | Base | 840 | 21 |\n| 3 | Ring | 700 | 18 |\n| 4 | Total | {} | 62 |\n"


@pytest.mark.parametrize("head", ["No.", "STT", "序号", "Sıra No", "순번", "ลำดับ", ""])
@pytest.mark.parametrize(("total", "raised"), [("2,460", False), ("2,640", True)])
def test_numbers_of_rows_are_not_summed(head: str, total: str, raised: bool) -> None:
    assert (RULE in flags(report("Packing.xlsx", PACKED.format(head, total), **LAB))) is raised


def test_what_numbers_rows_is_left_out() -> None:
    rows = [["No.", "Month", "Pcs"], ["1", "Jan", "4"], ["2", "Feb", "5"], ["Total", "", "9"], ["Note"]]
    assert unnumbered_lines(rows) == [["Month", "Pcs"], ["Jan", "4"], ["Feb", "5"], ["Total", "9"], ["Note"]]


def test_an_empty_column_before_a_table_is_left_out() -> None:
    rows = [["", "Month", "Pcs"], ["", "Jan", "4"], ["", "Feb", "5"]]
    assert unnumbered_lines(rows) == [["Month", "Pcs"], ["Jan", "4"], ["Feb", "5"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["Month", "Made", "Bad"], ["1", "40", "2"], ["2", "50", "3"]],
        [["No.", "Made", "Bad"], ["14", "40", "2"], ["15", "50", "3"]],
        [["No.", "Made"], ["1", "40"], ["2", "50"]],
        [["", "Jan", "Feb"], ["Made", "40", "2"], ["Bad", "50", "3"]],
    ],
)
def test_months_codes_and_names_stay(rows: list[list[str]]) -> None:
    assert unnumbered_lines(rows) == rows
