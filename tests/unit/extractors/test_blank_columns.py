"""Tables of plain text by their blanks, and prose that stands in none."""

from extractors.blank_columns import runs_of

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
