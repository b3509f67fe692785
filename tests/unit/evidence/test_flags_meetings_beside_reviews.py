"""Meetings of every week and month beside management reviews: they make no old review young, and a later review of another name does."""

import pytest

from tests.unit.evidence.builders import flags, report

OLD = "management_review_too_old"
REVIEWED = {"kind": "management_review_record", "criteria": ("management_review",)}


def minutes(path: str, title: str, day: str, told: str = "Rework of May was 14 frames. Guide of machine 2 changed."):
    return report(path, f"# {title}\n\nDate :: {day} || Present :: Nora Blum, Ivan Petrov\n\n{told}\n", **REVIEWED)


REVIEW = minutes(
    "Management review.docx", "Management review", "22/07/2025", "Audit results, complaints and resources."
)


@pytest.mark.parametrize(
    "title",
    [
        "Monthly quality meeting",
        "Weekly production meeting, minutes",
        "Biên bản họp chất lượng hằng tháng",
        "Biên bản họp giao ban tuần",
        "Notulen rapat mutu bulanan",
        "Minit mesyuarat pengeluaran mingguan",
        "รายงานการประชุมคุณภาพประจำเดือน",
        "品质月例会议记录",
        "生产周例会会议纪要",
        "월간 품질 회의록",
        "品質月次会議 議事録",
        "Aylık kalite toplantısı tutanağı",
    ],
)
def test_a_meeting_of_every_month_is_no_review(title: str) -> None:
    assert OLD in flags(REVIEW, minutes("2026-08.docx", title, "28/08/2026"))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Minutes of meeting of directors", "Audit results, complaints, resources and risks were gone through."),
        ("Monthly quality meeting", "Held this month as management review: audit results, complaints, resources."),
        ("Management review, monthly meeting of July", "Audit results, complaints."),
    ],
)
def test_a_later_review_under_another_name(title: str, told: str) -> None:
    assert OLD not in flags(REVIEW, minutes("2026-08.docx", title, "28/08/2026", told))


def test_meetings_with_one_heading_some_weeks_apart() -> None:
    later = [
        minutes(f"Q-{month}.docx", "Quality meeting", f"2{month}/0{month}/2026", f"Point of month {month} closed.")
        for month in (7, 8)
    ]
    assert OLD in flags(REVIEW, *later)
    assert OLD not in flags(REVIEW, later[0])


def test_a_meeting_of_every_month_where_nothing_calls_itself_a_review() -> None:
    assert OLD not in flags(minutes("2026-08.docx", "Monthly quality meeting", "28/08/2026"))
