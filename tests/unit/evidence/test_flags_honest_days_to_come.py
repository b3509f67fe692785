"""Days to come, goods and years that honest minutes, records and lists tell, and that had been accused."""

import pytest

from evidence.flags.days_to_come import is_decided, is_put_off
from tests.unit.evidence.builders import flags, report

MINUTES = """
# Management review, 18 September 2026

Units tested 668, claims 4, on time 91.2 %. Participants: Tapia, Arreola, Ibarra.

{line}
"""


@pytest.mark.parametrize(
    ("line", "accused"),
    [
        ("Agreed: pump 2 to be replaced, Ibarra, 28 February 2027. Cell shielding, Loyola, 15 December 2026.", False),
        ("Last year's actions: new plant - done March 2026; scanning - was June 2026, vendor changed, now 28 February 2027.", False),
        ("Torque meter TQ-2 is calibrated to 9 March 2027, seen by Lan.", False),
        ("Agreed and done: pump 2, checked by Ibarra on 28 February 2027.", True),
    ],
)  # fmt: skip
def test_days_decided_put_off_or_calibrated_to_lie_ahead_by_right(line, accused):
    paper = report("review.pdf", MINUTES.format(line=line), kind="management_review_record")
    assert ("date_in_future" in flags(paper)) is accused


@pytest.mark.parametrize(
    ("line", "put_off"),
    [
        ("was june 2026, vendor changed, now 28 february 2027", True),
        ("原定 6 月，供应商更换，改为 28 february 2027", True),
        ("semula juni, vendor ganti, sekarang 28 february 2027", True),
        ("it was inspected on 28 february 2027", False),
    ],
)
def test_a_day_put_off_stands_behind_the_word_for_now(line, put_off):
    assert is_put_off(line, "28 february 2027") is put_off


def test_what_was_done_is_not_decided():
    assert is_decided("cell shielding, loyola, 15 december 2026", "15 december 2026", "agreed:")
    assert not is_decided("cell shielding checked 15 december 2026", "15 december 2026", "agreed:")
    assert not is_decided("cell shielding, loyola, 15 december 2026", "15 december 2026", "present:")


INSPECTION = """
# Dimensional inspection, front housing

| Date | Lot | Bore 6.00 +0.03/0 | Wall 2.0 +/-0.15 | Result |
| 2026-09-12 | LQ0912-1 | 6.012 | 2.04 | OK |
| 2026-09-13 | LQ0913-1 | 6.013 | 2.01 | OK |
| 2026-09-14 | LQ0914-1 | 6.011 | 2.03 | OK |
| 2026-09-16 | LQ0916-1 | 6.013 | 2.03 | OK |
"""

SHIPMENTS = """
# Shipments September 2026

| Delivery note | Date | Customer | Product | Lot | Pieces |
| SH-31 | 2026-09-15 | Mingcai | front housing | LQ0912-1 | 432 |
| SH-36 | 2026-09-19 | Mingcai | front housing | LQ0913-1 | 281 |
| SH-40 | 2026-09-22 | Mingcai | front housing | LQ0914-1 | 447 |
| SH-44 | 2026-09-25 | Mingcai | {product} | LQ0915-1 | 390 |
| SH-45 | 2026-09-26 | Mingcai | front housing | LQ0916-1 | 390 |
"""


@pytest.mark.parametrize(("product", "accused"), [("41-882 manifold", False), ("front housing", True)])
def test_an_inspection_of_one_product_knows_no_lots_of_another(product, accused):
    made = report("inspection.xlsx", INSPECTION, kind="traceability_record", criteria=("traceability",))
    sent = report(
        "shipments.xlsx", SHIPMENTS.format(product=product), kind="traceability_record", criteria=("traceability",)
    )
    assert ("lot_unknown_in_next" in flags(made, sent)) is accused


HELD = """
# {title}

| Date | What | Result |
| 3 March 2026 | claim checked | closed |
| 5 April 2026 | claim checked | closed |
| 9 May 2026 | claim checked | closed |
"""


@pytest.mark.parametrize(
    ("title", "accused"),
    [
        ("Minutes of management review, 26 June 2026 (last one 11 October 2025)", False),
        ("Performance of claims 2025", True),
        ("Latest claims 2026, form of 2023", False),
    ],
)
def test_the_year_of_a_heading_is_read_behind_words_that_hold_rev_or_est(title, accused):
    paper = report("claims.pdf", HELD.format(title=title), kind="corrective_action_record")
    assert ("heading_year_left_over" in flags(paper)) is accused


@pytest.mark.parametrize(
    ("label", "accused"),
    [
        ("Effectiveness of the action to be verified on", False),
        ("Hiệu lực của hành động sẽ được kiểm tra vào", False),
        ("Effectiveness of the action was verified on", True),
    ],
)
def test_the_long_label_of_a_field_tells_that_its_day_lies_ahead(label, accused):
    form = report(
        "CAPA 19.pdf",
        f"# Corrective action report\n\nCAPA No. :: 26-19 || Date :: 06.08.2026\nAction completed on :: 21.08.2026\n"
        f"{label} :: 15.10.2027, on 5 batches || By :: K. Anitha",
        kind="corrective_action_record",
    )
    assert ("date_in_future" in flags(form)) is accused


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("hiệu lực chứng chỉ phòng thử đến 30/11/2026", False),
        ("lab accreditation valid up to 30/11/2026", False),
        ("akreditasi lab berlaku sampai 30/11/2026", False),
        ("đã thử ngày 30/11/2026", True),
    ],
)
def test_the_day_up_to_which_a_laboratory_is_accredited_is_none_of_its_tests(told, raised):
    text = f"# Biên bản xem xét của lãnh đạo\n\nNgày: 21/09/2026\n\nThử bền khung G-12 tại phòng thử ngoài ({told}): đạt, báo cáo ngày 11/09/2026."
    paper = report("Xem xet.docx", text, kind="management_review_record", criteria=("management_review",))
    assert ("date_in_future" in flags(paper)) is raised
