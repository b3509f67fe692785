"""Figures of months that rows of minutes and letters tell, and sheets whose title alone names what is counted."""

import pytest

from .builders import flags, report

RULE = "same_measure_different_figures"
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MINUTES = {"kind": "management_review_record", "criteria": ("management_review",)}

SCRAP = """
=== KPI
| Scrap after curing 2026 | Target | Jan | Feb | Mar | Apr | May | Jun |
| Scrap after curing, % | 2.0 | 3.1 | 2.8 | 2.6 | 2.9 | 2.4 | 2.7 |
| Complaints | 2 | 3 | 1 | 2 | 4 | 1 | 3 |
| On-time delivery, % | 96 | 93.8 | 95.1 | 96.0 | 94.4 | 97.2 | 95.6 |
"""


@pytest.mark.parametrize(
    ("row", "raised"),
    [
        ("Scrap after curing, June 2026 | 1.7 % | on target", True),
        ("Scrap after curing, June 2026 | 2.7 % | above target", False),
        ("Complaints in the first half | 9 | two are open", True),
        ("Complaints in the first half | 14 | two are open", False),
        ("On-time delivery, first half | 98.4 % | met", True),
        ("On-time delivery, first half | 95.6 % | nearly met", False),
        ("Scrap after sorting in June | 1.7 % | on target", False),
        ("Scrap, target for June 2026 | 1.7 % | new", False),
        ("Complaints of label in the first half | 4 | one customer", False),
    ],
)
def test_a_row_of_minutes_names_its_months_itself(row: str, raised: bool) -> None:
    text = f"# Management review of 14 July 2026\n\n| Item | Figure | Remark |\n| {row} |\n| Staff | 84 | stable |\n"
    found = flags(report("KPI 2026.xlsx", SCRAP, **COUNTED), report("Review.docx", text, **MINUTES))
    assert (RULE in found) is raised


@pytest.mark.parametrize(
    ("head", "row", "raised"),
    [
        ("Our result, June 2026, all orders", "On-time delivery | 98.9 % of 212 orders | 97 %", True),
        ("Our result, June 2026, all orders", "On-time delivery | 95.6 % of 212 orders | 97 %", False),
        ("Our result, June 2026, your orders", "On-time delivery | 98.9 % of 31 orders | 97 %", False),
    ],
)
def test_a_letter_to_a_customer_tells_of_all_where_it_says_so(head: str, row: str, raised: bool) -> None:
    text = f"# Customer scorecard\n\n| Measure | {head} | Your target |\n| {row} |\n| Credit notes | 2 | 0 |\n"
    found = flags(report("KPI 2026.xlsx", SCRAP, **COUNTED), report("Customer letter.docx", text, **COUNTED))
    assert (RULE in found) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("1. Jan-Jun 2026: 16 customer complaints were received.", True),
        ("1. Jan-Jun 2026: 19 customer complaints were received.", False),
        ("1. In the first half of 2026 we received 16 customer complaints.", True),
        ("1. Jan to Jun 2026: 16 customer complaints came in.", True),
        ("1. Jan-Jun 2026: 16 customer complaints about late answers.", False),
    ],
)
@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Month | Leak | Odour | Label | Total", ("2 | 1 | 0 | 3", "1 | 0 | 1 | 2", "2 | 1 | 1 | 4", "1 | 2 | 0 | 3", "3 | 1 | 1 | 5", "1 | 0 | 1 | 2")),
        ("Month | pcs", ("3", "2", "4", "3", "5", "2")),
    ],
)  # fmt: skip
def test_a_title_alone_says_what_a_sheet_counts(head: str, rows: tuple[str, ...], line: str, raised: bool) -> None:
    months = ("January", "February", "March", "April", "May", "June")
    table = "\n".join(f"| {month} | {row} |" for month, row in zip(months, rows, strict=True))
    sheet = f"=== 2026\n# CUSTOMER COMPLAINTS 2026\n\n| {head} |\n{table}\n"
    text = f"# Management review\n\nDate: 16 July 2026\n\n{line}\n"
    found = flags(report("Complaints.xlsx", sheet, **COUNTED), report("Review.docx", text, **MINUTES))
    assert (RULE in found) is raised


CLOSED, DAYS = (1, 2, 2, 3, 1, 2), (4, 9, 6, 7, 5, 8)


def test_columns_that_sum_up_nothing_are_no_series_of_their_title() -> None:
    months = ("January", "February", "March", "April", "May", "June")
    table = "\n".join(
        f"| {month} | {closed} | {days} |" for month, closed, days in zip(months, CLOSED, DAYS, strict=True)
    )
    sheet = f"=== 2026\n# CUSTOMER COMPLAINTS 2026\n\n| Month | Closed | Days to answer |\n{table}\n"
    text = "# Management review\n\nDate: 16 July 2026\n\n1. Jan-Jun 2026: 16 customer complaints were received.\n"
    assert RULE not in flags(report("C.xlsx", sheet, **COUNTED), report("Review.docx", text, **MINUTES))


@pytest.mark.parametrize(
    ("point", "raised"),
    [
        ("2. 6월 실적: 고객불량 218 PPM, 납기준수율 97.9 %.", True),
        ("2. 6월 실적: 고객불량 176 PPM, 납기준수율 97.9 %.", False),
        ("6. 6月业绩：客户不良 218 PPM。", True),
        ("3. June: ppm 218, on time 97.9 %.", True),
    ],
)
def test_the_number_of_a_point_is_no_day_of_its_month(point: str, raised: bool) -> None:
    head = "월 | 고객불량 PPM | 납기준수율 %"
    rows = ("264 | 96.4", "231 | 97.8", "205 | 95.9", "218 | 97.1", "190 | 98.2", "176 | 97.9", "164 | 97.7")
    table = "\n".join(f"| {number}월 | {row} |" for number, row in enumerate(rows, 1))
    text = f"# 경영검토 회의록\n\n일시: 2026.08.13\n\n{point}\n"
    found = flags(
        report("2026 실적.xlsx", f"=== 2026\n# 2026년 월별 품질실적\n\n| {head} |\n{table}\n", **COUNTED),
        report("회의록.docx", text, **MINUTES),
    )
    assert (RULE in found) is raised


FORM = """
# Incoming inspection

Material :: Load cell || Supplier :: Hanlin || Lot :: {lot}
Received :: {count} || Inspected on :: {day} || Inspector :: Lu Fang

| Item | 1 | 2 | 3 | 4 | 5 |
| Output 1.00 ± 0.10 mV/V | 1.0213 | 0.9876 | 1.0042 | 0.9951 | {last} |
| Zero ≤ 0.10 mV/V | 0.031 | 0.044 | 0.027 | 0.052 | 0.038 |
"""


@pytest.mark.parametrize(
    ("lot", "day", "count"), [("SL2609-17", "14.09.2026", "4,500"), ("SL2608-61", "19.08.2026", "3,200")]
)
def test_one_form_filled_in_for_two_lots_counts_two_things(lot: str, day: str, count: str) -> None:
    first = FORM.format(lot="SL2608-44", day="19.08.2026", count="3,000", last="1.0368")
    second = FORM.format(lot=lot, day=day, count=count, last="1.0372")
    kind = {"kind": "traceability_record", "criteria": ("traceability",)}
    assert RULE not in flags(report("A.docx", first, **kind), report("B.docx", second, **kind))
