"""Minutes under a year that is over, and letters in which what was done came before what it was done for."""

import pytest

from tests.unit.evidence.builders import flags, report

REVIEW = {"kind": "management_review_record", "criteria": ("management_review",), "mode": "record"}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",), "mode": "record"}


@pytest.mark.parametrize(
    ("title", "held", "left"),
    [
        ("MANAGEMENT REVIEW 2024", "18 March 2026", True),
        ("BIÊN BẢN XEM XÉT CỦA LÃNH ĐẠO NĂM 2024", "18/03/2026", True),
        ("NOTULEN TINJAUAN MANAJEMEN SEMESTER I TAHUN 2025", "22 Juli 2026", True),
        ("管理评审会议纪要 2024年度", "2026年3月18日", True),
        ("MANAGEMENT REVIEW 2026", "18 March 2026", False),
        ("MANAGEMENT REVIEW 2025", "18 March 2026", False),
        ("MANAGEMENT REVIEW", "18 March 2026", False),
    ],
)
def test_minutes_of_few_days_under_a_year_that_is_over(title, held, left):
    text = f"# {title}\n\nHeld on {held}, 9.00. Present: director, quality, sales.\n\nFigures of January to March 2026: complaints 4, target 6. A second dryer is bought.\n\nTask of 21 January 2026: labels, done.\n"
    assert ("heading_year_left_over" in flags(report("Review.docx", text, **REVIEW))) is left


@pytest.mark.parametrize(
    ("first", "second", "early"),
    [
        ("14/5/2026", "20/5/2026", True),
        ("14/6/2026", "20/6/2026", False),
        ("14/5/2026", "20/6/2026", False),
    ],
)
def test_a_letter_that_names_several_days_of_what_was_done(first, second, early):
    text = (
        "Hà Nội, ngày 29 tháng 6 năm 2026\n\nNgày 11/6/2026 chúng tôi nhận được thư của Quý công ty báo 40 thùng, lô K18, bị rách.\n\n"
        f"Nguyên nhân: dao cắt mòn, không có lịch thay.\n\nĐã làm: thay dao ngày {first}; lắp bộ đếm ngày {second}. Thử 300 thùng ngày 26/6/2026, không rách.\n"
    )
    assert ("done_before_reported" in flags(report("Thư trả lời khiếu nại.pdf", text, language="vi", **CASE))) is early


def test_the_latest_day_of_a_form_is_that_of_the_form():
    text = (
        "# 8D 26-14 short thread\n\nFinal report :: 4 September 2026 || Part :: SR-2, lot 99\n\nOur inspector found it on 2 June 2026.\n\n"
        "| Step | What | Date |\n| Containment | 41 pcs sorted | 3 June 2026 |\n| Cause | clamp fatigued | 5 June 2026 |\n"
        "| Corrective action | two clamps | 8 June 2026 |\n| Effect | 9 lots, none short | 28 August 2026 |\n"
    )
    assert "done_before_reported" not in flags(report("8D 26-14.pdf", text, **CASE))
