"""Papers of honest factories that were accused, each beside the paper in which the same thing is wrong."""

from datetime import date

import pytest

from evidence.facts.limits import limits_of_head
from evidence.flags.days_to_come import clause_of, is_term
from evidence.flags.finding_sentences import tells_deeds
from evidence.flags.serial_runs import is_run_of_known
from evidence.flags.told_cases import tells_why
from evidence.hollow import points_to_paper, sends_back
from evidence.numbered_rows import counted_with, turn_of
from tests.unit.evidence.builders import flags, report

GAUGES = """=== a
| Mã | Dụng cụ | Ngày HC | Kết quả | {head} |
| P-03 | Panme | 2026/01/12 | đạt 0,002 | 2027/01/12 |
| P-07 | Panme | 2026/04/17 | đạt 0,001 | 2027/04/17 |
| G-16 | Vòng ren | 2026/08/25 | đạt 0,004 | 2027/08/25 |
"""


@pytest.mark.parametrize("head", ["HC tiếp", "Lần sau", "Đến"])
def test_days_that_lie_ahead_as_their_column_does(head):
    gauges = report("Gauges.xlsx", GAUGES.format(head=head), kind="calibration_record", criteria=("calibration",))
    assert "date_in_future" not in flags(gauges)


MINUTES = """
# Management review, 10 November 2026
Last review 12 May 2026: 6 points, 5 done. {told}
"""


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("The stand was not bought, the loan came only in October, new date 31 January 2027 (MD).", False),
        (
            "Pelatihan 4 orang selesai 2 orang, 2 orang lagi dijadwal ulang 12 January 2027 karena instruktur sakit.",
            False,
        ),
        ("The contract was signed on 20 October 2026, prolonged to 31 December 2027.", False),
        ("The stand was tested on 31 January 2027 by Ann, 12 pieces, all good.", True),
    ],
)
def test_days_in_minutes(told, raised):
    minutes = report(
        "MR.docx", MINUTES.format(told=told), kind="management_review_record", criteria=("management_review",)
    )
    assert ("date_in_future" in flags(minutes)) is raised


def test_a_whole_term_behind_another_day():
    assert is_term(date(2027, 8, 25), [date(2026, 8, 25)])
    assert is_term(date(2027, 2, 15), [date(2026, 2, 16)])
    assert not is_term(date(2026, 12, 15), [date(2026, 8, 25)])
    assert not is_term(date(2027, 8, 11), [date(2026, 8, 25)])


def test_the_part_of_a_sentence_in_which_a_day_stands():
    assert "closed" not in clause_of("5 points closed, the sixth comes on 3 March, as told", "3 March")
    assert "checked" in clause_of("8 points checked, Ann, 15 December", "15 December")


@pytest.mark.parametrize(
    ("head", "limits"),
    [
        ("KU (EP 95-110, PU 80-95)", (None, None)),
        ("Fineness (EP ≤40; PU ≤15)", (None, None)),
        ("KU (95-110)", (95, 110)),
        ("Length (min 2, max 8)", (2, 8)),
        ("25,00 ± 0,05 / 24,95 - 25,05", (24.95, 25.05)),
    ],
)
def test_limits_of_several_products_bound_no_reading(head, limits):
    assert limits_of_head(head, "," in head and "±" in head) == limits


@pytest.mark.parametrize(
    "cause",
    ["see audit report", "see 8D", "xem báo cáo 8D", "lihat laporan audit", "见8D报告", "보고서 참조", "as CA-26-03"],
)
def test_a_cause_told_in_another_paper(cause):
    assert points_to_paper(cause)


@pytest.mark.parametrize("cause", ["see problem description", "see D2", "operator", "reported late", "wrong form used"])
def test_a_cause_that_points_to_no_paper(cause):
    assert not points_to_paper(cause)
    assert sends_back("see D2")


def test_runs_of_serial_numbers():
    told = "41557-41572 | 16\n41573-41668 | 96\n41669-41968 | 300"
    assert is_run_of_known("41573-41968", told)
    assert not is_run_of_known("41573-41969", told)
    assert not is_run_of_known("2026-0412", told)


def test_numbers_are_counted_within_their_product():
    known = [turn_of(code) for code in ("25-1509A", "50-1509A", "50-1510A", "80-1509A")]
    assert counted_with(turn_of("50-1508A"), known) == [turn_of("50-1509A"), turn_of("50-1510A")]
    years = [turn_of(code) for code in ("25-998", "26-001")]
    assert counted_with(turn_of("25-999"), years) == years


AIMS = """=== a
| Month | Shipped | On time % (≥ 95) |
""" + "".join(
    f"| {month} | 611 | {value} |\n"
    for month, value in zip(
        ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "May 2026"),
        ("94.6", "96.2", "92.9", "95.9", "96.8"),
        strict=True,
    )
)


def test_months_below_an_aim_are_no_readings_out_of_limits():
    assert "out_of_limits_without_reaction" not in flags(
        report("KPI.xlsx", AIMS, kind="metrics_record", criteria=("quality_metrics",))
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            [
                "1. Two tins without the date. -> Roll at the door since 18.05.",
                "3. Meter not checked. → Weekly from 15.05.",
            ],
            True,
        ),
        (["F1 micro: pH not written. Action: form blocks. Feb 20. F2 chemistry: budget of 2022. New one Mar 6."], True),
        (["F1 micro: in order, 22 media. F2 chemistry: in order, 14 files."], False),
        (["1. Store -> hall: no findings, 12 files read."], False),
    ],
)
def test_findings_told_with_what_was_done(lines, told):
    assert tells_deeds(lines) is told


@pytest.mark.parametrize(
    ("told", "tells"), [("So heat got on top of a thick bed only.", True), ("So we cleaned it again.", False)]
)
def test_what_came_of_what_was_told_before_it(told, tells):
    paper = report("CAR 11.docx", f"# CAR 11\nThe plate was put in the upper slot after cleaning. {told}\n")
    assert tells_why(paper) is tells
