"""Tables of plain text by their blanks, and prose that stands in none."""

from extractors.blank_columns import MOST_ROWS, runs_of
from tests.unit.work import MOST, growth

TABLE = """Item         What was done                          Date
Stock        640 pcs tested, 21 pcs scrapped        2026-07-17
Root cause   Core shifted in the mould              2026-07-22
Check        Three heats, leak 0"""


def test_lines_below_each_other_are_rows_of_cells():
    start, end, cells = runs_of(["We did as below:", *TABLE.split("\n"), "Best regards"])[0]
    assert (start, end) == (1, 5)
    assert [cell.text for cell in cells if cell.row == 3] == ["Root cause", "Core shifted in the mould", "2026-07-22"]
    assert [cell.text for cell in cells if cell.row == 4] == ["Check", "Three heats, leak 0", ""]


def test_signs_of_double_width_stand_in_columns_too():
    lines = ["项目      内容        日期", "原因      模具磨损    5/2", "Cause     die         5/9"]
    assert [cell.text for cell in runs_of(lines)[0][2]][3:6] == ["原因", "模具磨损", "5/2"]


def test_prose_with_two_blanks_behind_its_stops_is_no_table():
    lines = [
        "The die was worn.  It was changed on Monday.",
        "Since then none was found.  We close.",
        "Thanks.  Regards.",
    ]
    assert runs_of(lines) == []


def test_one_line_without_end_does_not_make_every_row_as_wide():
    """Each place of the longest line was looked at in every row: a file of one long line and many short ones was never read."""

    def lines(rows: int) -> list[str]:
        return [*["A-101   12   ok"] * rows, "a  " * rows * 10, *["A-102   14   ok"] * rows]

    assert growth(lines, runs_of, 50) < MOST
    assert [(start, end) for start, end, _ in runs_of(lines(50))] == [(0, 50), (51, 101)]


def test_a_table_is_read_at_the_pace_of_its_rows():
    assert growth(lambda rows: ["A-101   12   ok"] * rows, runs_of, 50) < MOST


def test_a_dump_stays_lines():
    assert runs_of(["A-101   12   ok"] * (MOST_ROWS + 1)) == []
