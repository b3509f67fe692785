"""Ordinary papers that a guard or the model's kind hid, each beside the paper of an honest factory."""

import pytest

from evidence.certified_work import _makes
from evidence.facts.text import fold
from evidence.hollow import says_nothing
from tests.unit.evidence.builders import flags, report

REVIEW = """
{title}
{day}
The pump test stand was renewed, complaints fell from 9 to 4.
"""


@pytest.mark.parametrize("kind", ["other", "procedure"])
@pytest.mark.parametrize(
    ("name", "title", "day", "raised"),
    [
        ("管理评审报告.docx", "管理评审报告", "评审日期：2025-05-22", True),
        ("Minutes of management review.docx", "Management review", "Date: 22 May 2025", True),
        ("Notulen tinjauan manajemen.docx", "Tinjauan manajemen", "Tanggal: 22/05/2025", True),
        ("管理评审报告.docx", "管理评审报告", "评审日期：2026-05-22", False),
        ("Procedure of management review.docx", "Management review procedure", "Date: 22 May 2025", False),
    ],
)
def test_minutes_that_were_taken_for_something_else(kind, name, title, day, raised):
    minutes = report(name, REVIEW.format(title=title, day=day), kind=kind, reading="static")
    assert ("management_review_too_old" in flags(minutes)) is raised


SUPPLIERS = """=== a
DAFTAR PEMASOK DISETUJUI
| Kode | Nama pemasok | Barang | Kota |
| P-01 | CV Baja Utama | Pelat | Surabaya |
| P-04 | PT Kimia Sentosa | Bahan kimia | Tangerang |
| P-07 | UD Bola Kecil | Bola baja | Sidoarjo |
"""
DELIVERIES = """=== a
{title}
| Date | GRN | Supplier | Item | Lot | {head} |
| 04/08/2026 | 2608-011 | CV Baja Utama | Plate | C-77812 | accepted |
| 06/08/2026 | 2608-017 | UD Bola Kecil | Ball | BK-0726 | accepted |
| 13/08/2026 | 2608-032 | CV Baja Utama | Plate | C-77901 | rejected |
| 20/08/2026 | 2608-049 | UD Bola Kecil | Ball | BK-0801 | accepted |
"""


@pytest.mark.parametrize(
    ("name", "title", "head", "raised"),
    [
        ("Incoming inspection August.xlsx", "INCOMING INSPECTION - AUGUST 2026", "Decision", True),
        ("Pemeriksaan kedatangan.xlsx", "INCOMING INSPECTION LOG", "Result", True),
        ("Supplier evaluation 2026.xlsx", "SUPPLIER EVALUATION 2026", "Result", False),
    ],
)
def test_results_of_deliveries_evaluate_no_supplier(name, title, head, raised):
    listed = report(
        "Daftar pemasok.xlsx", SUPPLIERS, kind="procedure", reading="static", mode="prescription",
        criteria=("supplier_control",),
    )  # fmt: skip
    evaluated = report(
        name, DELIVERIES.format(title=title, head=head), kind="traceability_record", criteria=("supplier_control",)
    )
    assert ("supplier_list_without_evaluation" in flags(listed, evaluated)) is raised


CHECKS = """=== a
| Ngày | Nhiệt kế | Số đọc | Kết luận | Người làm |
| 03/01/2026 | NK-01 | 0,2 | Đạt | Toàn |
| 07/02/2026 | NK-01 | 0,1 | Đạt | Toàn |
| 05/03/2026 | NK-01 | 0,2 | Đạt | Lan |
| {last} | NK-01 | 0,3 | Đạt | Toàn |
| {last} | NK-04 | 0,1 | Đạt | Toàn |
"""


def _unsure(text: str):
    made = report("Log.xlsx", text, kind="calibration_record", criteria=("calibration",))
    facts = tuple(f.model_copy(update={"confidence": 0.7}) if f.kind == "date" else f for f in made.facts)
    return made.model_copy(update={"facts": facts})


@pytest.mark.parametrize(("last", "raised"), [("07/12/2026", True), ("02/04/2026", False)])
def test_the_order_of_a_column_tells_its_days(last, raised):
    assert ("date_in_future" in flags(_unsure(CHECKS.format(last=last)))) is raised


def test_a_column_that_runs_on_both_ways_tells_nothing():
    rows = CHECKS.replace("03/01", "05/01").replace("07/02", "05/02")
    assert "date_in_future" not in flags(_unsure(rows.format(last="05/12/2026")))


CASES = """=== a
CORRECTIVE ACTION REGISTER 2026
| No. | Opened | Nonconformity | Root cause | Corrective action | Closed{more} |
| 01/26 | 12 Jan 2026 | Blank of method at 1.8 ppm | Bottle shared with the bench | Own bottle | 2 Feb 2026{first} |
| 02/26 | 3 Feb 2026 | Report sent with a wrong unit | Template of another report copied | Unit locked | 2 Mar 2026{first} |
| 03/26 | 5 Feb 2026 | Sample fridge at 9 degrees | Door gasket hardened | Gasket changed | 9 Mar 2026{first} |

PROFICIENCY TESTS
| Round | Reported | Problem | Action |
| FM-1 | 16 Jan 2026 | Total plate count, fish | Satisfactory |
| FM-2 | 27 Jan 2026 | Salmonella detection | Satisfactory |
| FM-3 | 9 Feb 2026 | Histamine, tuna | Satisfactory |
| FM-4 | 14 Feb 2026 | Mercury, tuna | Satisfactory |
"""


@pytest.mark.parametrize(
    ("more", "first", "raised"), [("", "", True), (" | Effect checked", " | 20 Apr 2026: 8 seen, none bad", False)]
)
def test_another_table_of_the_workbook_hides_no_register(more, first, raised):
    cases = report(
        "CAR 2026.xlsx", CASES.format(more=more, first=first), kind="corrective_action_record",
        criteria=("corrective_action",),
    )  # fmt: skip
    found = flags(cases)
    assert ("no_effectiveness_check" in found) is raised
    assert ("same_sentence_as_verdict" in found) is bool(more)  # the checks are the same, the results of tests are none


@pytest.mark.parametrize(
    ("cause", "problem", "hollow"),
    [
        ("Do nắp hộp có vết nứt tại cạnh nên bị nứt", "Nắp hộp bị nứt, vết nứt ở cạnh, khách phát hiện", True),
        ("Do nắp hộp nguội nhanh tại khuôn số 2", "Nắp hộp bị nứt, vết nứt ở cạnh, khách phát hiện", False),
    ],
)
def test_joining_words_tell_no_cause(cause, problem, hollow):
    assert says_nothing(fold(cause), fold(problem)) is hollow


SORTED = """
D2 :: Đầu bu lông nứt
D3 :: Kho kiểm lô: {whole} 2.400 con, OK {good} con, NG 59 con. Đã cắt bỏ.
D5 :: Thay khuôn số 2, soi 5 con mỗi 2 giờ
"""


@pytest.mark.parametrize(
    ("whole", "good", "raised"),
    [("tổng", "2.331", True), ("tổng cộng", "2.331", True), ("tổng", "2.341", False)],
)
def test_a_sum_told_in_one_field_beside_others(whole, good, raised):
    paper = report(
        "8D.docx", SORTED.format(whole=whole, good=good), kind="corrective_action_record", language="vi",
        criteria=("corrective_action",),
    )  # fmt: skip
    assert ("figures_do_not_add" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("scope", "makes"),
    [
        ("sale and technical service of sewing machines", False),
        ("mua bán máy may", False),
        ("sale and sewing of curtains", True),
        ("sales, repair and machining of pumps", True),
    ],
)
def test_machines_for_a_work_are_no_work(scope, makes):
    assert _makes(fold(scope)) is makes


INSPECTED = """
# Final inspection report
Product :: Apron || Lot :: PA-2609
Quantity :: {now} || Sample :: 8
| Sample | Thickness mm (min 0.50) | Result |
| 1 | 0.53 | pass |
| 2 | 0.54 | pass |

Released by Ann Lowe, QA, 2 March 2026

Remark: quantity (was 96) corrected on {day}, K. Nary.
"""


@pytest.mark.parametrize(("now", "day", "raised"), [("120", "20 March 2026", True), ("120", "1 March 2026", False)])
def test_a_field_named_beside_what_it_held_before(now, day, raised):
    paper = report("Final inspection PA-2609.docx", INSPECTED.format(now=now, day=day), kind="traceability_record")
    assert ("changed_after_signature" in flags(paper)) is raised


CARRIED = """
# 8D report 26-07
Opened :: 28 January 2026
D2 Problem :: Terminal of WB25-08 comes out, 4 of 1000
D4 Root cause :: Core pin 3 worn
D5 Corrective action :: Core pin changed, height on the sheet of first pieces
{head} :: {told}
D8 Closed :: 10 February 2026
"""


@pytest.mark.parametrize(
    ("head", "told", "raised"),
    [
        ("D7 Horizontal deployment", "Pins of WB25-06 and WB25-10 measured, no wear (7 February 2026)", True),
        ("D7 수평전개", "WB25-06, WB25-10 측정 완료, 마모 없음 (2026.02.07)", True),
        ("D7 Effectiveness", "3 lots of WB25-08 pulled, 0 of 600 out (20 March 2026)", False),
    ],
)
def test_other_products_are_no_look_at_the_effect(head, told, raised):
    paper = report(
        "8D 26-07.docx", CARRIED.format(head=head, told=told), kind="corrective_action_record",
        criteria=("corrective_action",),
    )  # fmt: skip
    assert ("no_effectiveness_check" in flags(paper)) is raised
