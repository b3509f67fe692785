"""Flags by rows beside each other, totals that forget a figure, days with the year first, and invented stories: each with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
TEST = {"kind": "traceability_record", "criteria": ("traceability",)}

SHEET = """=== KPI
| Measure | Target | 2026-01 | 2026-02 | 2026-03 | 2026-04 | 2026-05 | 2026-06 | 2026-07 | 2026-08 | 2026-09 |
| Scrap after firing (%) | 2.5 | 2.7 | 2.4 | 2.3 | 2.6 | 2.2 | 2.1 | 2.3 | 2.0 | 1.9 |
| Scrap by shade (%) | 1.8 | 1.6 | 1.7 | 1.8 | 2.0 | {} |
| Sent on time (%) | 96 | 95.2 | 96.8 | 97.1 | 94.9 | 96.3 | 97.4 | 96.6 | 95.8 | 97.9 |
"""


@pytest.mark.parametrize(
    ("rest", "stops"),
    [("2.3 | | | | ", True), ("2.3 | 2.1 | 1.9 | 1.8 | 1.7", False), ("2.3 | 2.1 | 1.9 | 1.8 | ", False)],
)
def test_a_row_that_stops_while_the_rows_beside_it_go_on(rest, stops):
    assert ("series_stops" in flags(report("KPI.xlsx", SHEET.format(rest), **MEASURES))) is stops


COUNTS = """=== 2026
| Month | Made | Swapped | Loose | Scratched | Other faults | Total faults | % |
| 5/2026 | 41280 | 23 | 14 | 31 | 6 | 74 | 0.18 |
| 6/2026 | 38915 | 19 | 22 | 27 | 9 | 77 | 0.20 |
| 7/2026 | 43060 | 31 | 17 | 24 | 5 | 77 | 0.18 |
| 8/2026 | 40344 | 26 | 20 | 35 | 8 | {} | {} |
| 9/2026 | 39772 | 15 | 12 | 29 | 11 | 67 | 0.17 |
"""


@pytest.mark.parametrize(("total", "share", "wrong"), [(69, "0.17", True), (89, "0.22", False)])
def test_a_total_that_forgets_one_figure_where_all_others_hold_them_all(total, share, wrong):
    assert ("figures_do_not_add" in flags(report("Faults.xlsx", COUNTS.format(total, share), **MEASURES))) is wrong


AREAS = """=== Audit
| Area | {} | Auditor | What was seen | Put right |
| Cutting | Trinh Van Bo | Le Thi Thom | rule T-14 past its day | sent off, back 06/07/2026 |
| Crimping | Do Thi Mung | {} | trays mixed at C-05 | two colours, 29/06/2026 |
| Assembly | Le Thi Thom | Pham Ba Quyet | board 6 lacks two pins | pins put in 26/06/2026 |
"""


@pytest.mark.parametrize(
    ("head", "auditor", "own"),
    [
        ("Area manager", "Do Thi Mung", True),
        ("Quản lý khu vực", "Do Thi Mung", True),
        ("Area manager", "Hoang Kim Oanh", False),
    ],
)
def test_who_manages_an_area_and_audits_it(head, auditor, own):
    sheet = report("Audit.xlsx", AREAS.format(head, auditor), **AUDIT)
    assert ("auditor_not_independent" in flags(sheet)) is own


CASE = """# 8D 拉頭自鎖不良

D2 :: 客戶 115/03/22 來函:外套 3 號拉頭鎖不住,抽 200 件有 9 件下滑
D3 :: 廠內庫存 6,400 條隔離,全檢挑出 71 條
D4 :: 彈簧片供應商換線材,硬度 HV 388,規格 420 至 460
D6 :: 進料加測硬度每捲 3 點,{} 完成
D7 :: {}
D8 :: 115/05/18 結案 施文賢
"""
FOLLOWED = "115/05/10 追蹤三批各 200 條,下滑 0 條"


@pytest.mark.parametrize(("done", "early"), [("115/03/09", True), ("115/04/09", False)])
def test_days_whose_year_stands_first_are_read_one_way(done, early):
    form = report("8D.pdf", CASE.format(done, FOLLOWED), language="zh", **CASES)
    assert ("done_before_reported" in flags(form)) is early


@pytest.mark.parametrize(("followed", "unchecked"), [(FOLLOWED, False), ("115/05/10 修訂 QC-07 第 3 版", True)])
def test_pieces_of_later_lots_of_which_none_was_bad_are_a_check(followed, unchecked):
    form = report("8D.pdf", CASE.format("115/04/09", followed), language="zh", **CASES)
    assert ("no_effectiveness_check" in flags(form)) is unchecked


@pytest.mark.parametrize(("told", "real"), [("The story is invented.", False), ("Sent to the buyer.", True)])
def test_a_story_told_to_be_invented_is_no_case(told, real):
    form = f"""# Corrective action

{told}

Complaint :: bag torn || Came in :: 3 March 2026
Cause :: seal too cold
Action :: heater changed
Closed :: 3 March 2026
"""
    assert ("closed_same_day" in flags(report("CAR.docx", form, **CASES))) is real


@pytest.mark.parametrize(
    ("sheet", "nameless"),
    [("Lot DL-2607-2", False), ("로트 DL-2607-2", False), ("Off centre 2", True), ("Lot sheet", True)],
)
def test_a_sheet_named_by_the_lot_whose_pieces_stand_on_it(sheet, nameless):
    rows = "| Item | Spec | 1 | 2 | 3 |\n| Bore | 40.00 ± 0.05 | 40.02 | 39.99 | 40.00 |\n| Pin | 8.00 ± 0.03 | 8.02 | 8.01 | 8.00 |"
    paper = report("final inspection.xlsx", f"=== {sheet}\n# Final inspection report\n\n{rows}", **TEST)
    assert ("no_lot_in_inspection" in flags(paper)) is nameless
