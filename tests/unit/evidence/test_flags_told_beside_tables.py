"""Figures that minutes and letters tell of months and half-years, against the sheet that counts them, each with its near miss."""

import pytest

from evidence.facts.text import fold
from evidence.facts.told_spans import month_spans
from tests.unit.evidence.builders import DocumentReport, flags, report

FLAG = "same_measure_different_figures"

COMPLAINTS = report(
    "complaints 2026.xlsx",
    "| 2026 | Jan | Feb | Mar | Apr | May | Jun | Jul |\n| Customer complaints | 2 | 0 | 3 | 1 | 2 | 1 | 2 |",
    kind="metrics_record",
    criteria=("quality_metrics",),
)
SECONDS = report(
    "ikinci kalite 2026.xlsx",
    "| Ay | Dokunan kg | 2. kalite kg | % |\n| Mayıs | 36.720 | 1.065 | 2,9 |\n| Haziran | 42.050 | 1.388 | 3,3 |\n"
    "| Temmuz | 39.610 | 1.465 | 3,7 |\n| Ağustos | 33.480 | 1.138 | 3,4 |",
    kind="metrics_record",
    criteria=("quality_metrics",),
)


def minutes(told: str, path: str = "minutes.docx") -> DocumentReport:
    return report(
        path,
        f"# Minutes of 22 September 2026\n\nMeeting held on 22 September 2026.\n\n{told}",
        kind="management_review_record",
        criteria=("management_review", "quality_metrics"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the first half of 2026", [(1, 6, 2026)]),
        ("1~4월 공정불량", [(1, 4, None)]),
        ("1 至 6 月合计", [(1, 6, None)]),
        ("từ tháng 1 đến hết tháng 9", [(1, 9, None)]),
        ("Ocak–Haziran döneminde", [(1, 6, None)]),
        ("ม.ค. - มิ.ย. 2569", [(1, 6, 2026)]),
        ("in July and in August", [(7, 7, None), (8, 8, None)]),
        ("on 18 June and on June 20, 6월 24일", []),
    ],
)
def test_months_that_a_sentence_tells_of(text: str, told: list[tuple[int, int, int | None]]) -> None:
    assert [(span.first, span.last, span.year) for span in month_spans(fold(text))] == told


@pytest.mark.parametrize(
    "told",
    [
        "In the first half of 2026 the complaints of all customers were 4.",
        "From January to June 2026 we had complaints: 4.",
        "Từ tháng 1 đến hết tháng 6 khách khiếu nại 4 vụ.",
    ],
)
def test_a_count_of_several_months_is_their_sum(told: str) -> None:
    assert FLAG in flags(COMPLAINTS, minutes(told))
    assert FLAG not in flags(COMPLAINTS, minutes(told.replace("4", "9")))


def test_a_count_of_one_customer_or_of_the_year_before_is_another_one() -> None:
    assert FLAG not in flags(COMPLAINTS, minutes("In the first half of last year complaints were 4."))
    assert FLAG not in flags(
        COMPLAINTS, minutes("In the first half of 2026 there were 9 complaints, of which late deliveries were 4.")
    )


def test_a_rate_of_several_months_lies_between_them() -> None:
    sheet = report(
        "yield 2026.xlsx",
        "| 月份 | 一次合格率 % |\n| 1 月 | 96.3 |\n| 2 月 | 96.8 |\n| 3 月 | 96.5 |\n| 4 月 | 96.6 |\n| 5 月 | 95.8 |\n| 6 月 | 95.9 |",
        kind="metrics_record",
        criteria=("quality_metrics",),
    )
    assert FLAG in flags(sheet, minutes("成品一次合格率 1 至 6 月合计 98.4 %"))
    assert FLAG not in flags(sheet, minutes("成品一次合格率 1 至 6 月合计 96.4 %"))


def test_two_months_in_one_breath_of_which_one_is_wrong() -> None:
    told = "Seconds at the folding table were 3.7 % in July and 2.4 % in August."
    assert FLAG in flags(SECONDS, minutes(told))
    assert FLAG not in flags(SECONDS, minutes(told.replace("2.4", "3.4")))


def test_two_months_of_two_measures_are_not_set_beside_one_column() -> None:
    told = "Seconds were 3.7 % in July; absence through illness in the weaving shed was 2.4 % in August."
    assert FLAG not in flags(SECONDS, minutes(told))


def test_a_share_of_a_count_that_the_row_has_otherwise() -> None:
    told = "Of 39,610 kg that left the looms in July we threw back 752 kg, that is 1.9 %."
    assert FLAG in flags(SECONDS, minutes(told))
    assert FLAG not in flags(SECONDS, minutes(told.replace("752", "1,465").replace("1.9", "3.7")))


def test_a_share_for_one_fault_is_a_part_of_the_row() -> None:
    told = "Of 39,610 kg that left the looms in July 1.9 % for pulled loops."
    assert FLAG not in flags(SECONDS, minutes(told))
