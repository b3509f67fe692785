import pytest

from extractors.spreadsheet_formats import show, show_text


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (45000, "dd/mm/yyyy", "15/03/2023"),
        (45000, "[$-409]mmm\\-yy;@", "Mar-23"),
        (45000, 'yyyy"年"m"月"d"日"', "2023年3月15日"),
        (45000.5, "d-mmm-yy h:mm AM/PM", "15-Mar-23 12:00 PM"),
        (0.3125, "h:mm", "7:30"),
        (1.5, "[h]:mm", "36:00"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (0.0237, "0.0%", "2.4%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (0, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "-"),
        (1.25, "# ?/?", "1 1/4"),
        (12345, "0.00E+00", "1.23E+04"),
        (1_500_000, '0.0,,"M"', "1.5M"),
        (5, "00000", "00005"),
        (123456789, "000-00-0000", "123-45-6789"),
        (1.005, "0.00", "1.01"),
        (0.1 + 0.2, "General", "0.3"),
        (5, 'General" mm"', "5 mm"),
        (5, ";;;", ""),
        (12, '[>=10]"high";"low"', "high"),
        (45000, "dd/mm/bbbb", "15/03/2566"),
    ],
)
def test_numbers_are_shown_as_their_format_says(number, code, text):
    assert show(number, code).text == text


def test_days_count_from_1904_where_the_workbook_says_so():
    assert show(0, "yyyy-mm-dd", date1904=True).value == "1904-01-01"


def test_a_day_beyond_the_calendar_stays_a_number():
    assert show(9_999_999, "yyyy-mm-dd").kind == "number"


def test_a_format_may_hide_or_dress_a_text():
    assert show_text("abc", '@" pcs"') == "abc pcs"
    assert show_text("abc", ";;;") == ""
    assert show_text("abc", "0.00") == "abc"
