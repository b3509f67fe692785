"""Flags in forms, letters, logs and prose whose heads, days and figures stand in unusual places: each shape with its near miss."""

import pytest

from evidence.defects import only_repeats
from evidence.facts.identifiers import role_of_head
from evidence.facts.numbers import amount
from evidence.facts.readings import several_in
from evidence.facts.text import one_form, spellings
from tests.unit.evidence.builders import flags, report

TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
GAUGES = {"kind": "calibration_record", "criteria": ("calibration",)}
MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
BUYING = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}

LOG = """=== 2026
| No | Opened | Problem | Cause | Measure | Owner | Due | {} | Done | Closed |
| C-1 | 05/05/2026 | thread short | tap worn | tap counter | Lan | 30/06/2026 | | 20/06/2026 | 20/08/2026 |
| C-2 | 03/06/2026 | carton crushed | five layers | corner posts | Hai | 15/07/2026 | {} | | open |
"""


@pytest.mark.parametrize(
    ("head", "day", "overdue"),
    [
        ("Re-plan", "12/10/2026 posts come late", False),
        ("Revised date", "12/10/2026", False),
        ("New due", "12/10/2026", False),
        ("Ngày dời", "01/08/2026, 15/10/2026", False),
        ("改期", "2026-10-12", False),
        ("Re-plan", "30/07/2026", True),  # the new day has passed too
        ("Re-plan", "", True),
    ],
)
def test_a_task_that_was_put_off_in_a_column_of_its_own(head, day, overdue):
    assert ("overdue_actions" in flags(report("Log.xlsx", LOG.format(head, day), **CASES))) is overdue


@pytest.mark.parametrize(
    ("state", "overdue"),
    [("postponed to 12/10/2026, no steel", False), ("dời 12/10", False), ("dời 12/08", True), ("open", True)],
)
def test_a_state_that_says_until_when_a_task_was_put_off(state, overdue):
    tasks = f"""=== 2026
| What | Who | Until | State |
| order gauge blocks | Lan | 30/06/2026 | done 12/06 |
| corner posts on pallets | Hai | 15/07/2026 | {state} |
| racks painted | Hai | 15/08/2026 | done 10/08 |
"""
    assert ("overdue_actions" in flags(report("Tasks.xlsx", tasks, **REVIEW))) is overdue


@pytest.mark.parametrize(("promised", "overdue"), [("05.07.26", True), ("05.10.26", False)])
def test_days_promised_and_days_shut(promised, overdue):
    log = f"""=== LOG
| Sl | Book Dt | What went wrong | Why | Fix done / to do | Promise Dt | Shut Dt | Rechecked by |
| 1 | 11.03.26 | SLOT 5.08 WIDE | PUNCH GROUND WITHOUT SHIM | SHIM CHART | 31.03.26 | 28.03.26 | RAO 24.04.26, 4 SETUPS |
| 2 | 09.06.26 | PULL 38 N | PUNCH SHORT BY 0.12 | NEW PUNCH SET | {promised} | | order with purchase |
| 3 | 22.07.26 | LABEL OF OTHER LOT | OLD FILE | LABEL FROM CARD | 10.08.26 | 07.08.26 | RAO 02.09.26, 58 LABELS |
"""
    assert ("overdue_actions" in flags(report("LOG.xlsx", log, **CASES))) is overdue


def test_lists_of_words_hold_in_both_ways_of_writing_chinese():
    assert role_of_head("批號") == role_of_head("批号") == "lot"
    assert (one_form("檢驗紀錄"), {"无", "無"} - spellings(["无"])) == ("检验纪录", set())


def test_days_without_a_year_on_a_sheet_named_by_it():
    log = """=== 2026
| 號 | 發現日 | 問題 | 原因 | 對策 | 期限 | 完成日 |
| 1 | 2/11 | 接頭太緊 | 外徑大 0.06 | 進料加通止規 | 3/6 | 3/4 |
| 2 | 5/6 | 孔偏心 0.5 | 襯套磨到 8.21 | 重做襯套 | {} | |
| 3 | 6/25 | 色差 | 泵皮管裂 | 換管，加警報 | 7/15 | 7/13 |
"""
    asked = {"language": "zh", **CASES}
    assert "overdue_actions" in flags(report("不符合登錄.xlsx", log.format("6/30"), **asked))
    assert "overdue_actions" not in flags(report("不符合登錄.xlsx", log.format("10/30"), **asked))


@pytest.mark.parametrize(("done", "early"), [("07-09", True), ("07-19", False)])
def test_months_and_days_joined_by_a_dash(done, early):
    log = f"""=== 台账
| 序 | 投诉日 | 客户 | 现象 | 原因 | 措施 | 完成日 |
| 1 | 02-25 | 甲 | 孔壁毛刺 | 气压降到 0.6，滤芯堵 | 换滤芯，每周放水记录 | 03-04 |
| 2 | 05-29 | 甲 | 网框脱胶 | 胶配比错，秤未归零 | 改双筒自动混胶 | 06-10 |
| 3 | 07-16 | 乙 | 标记未涂黑 | 工序卡漏印第 7 步 | 工序卡改版，加勾选 | {done} |
"""
    assert ("done_before_reported" in flags(report("客诉2026.xlsx", log, language="zh", **CASES))) is early


@pytest.mark.parametrize(
    ("cause", "problem", "repeats"),
    [
        ("张力没达到要求", "张力不够 29 N", True),
        ("U7 的开孔位置偏了", "U7 开孔偏移 0.06", True),
        ("the pull force does not meet the requirement", "pull force 29 N, minimum 40", True),
        ("张力没达到要求，夹爪磨损", "张力不够 29 N", False),
        ("夹爪位置偏了", "张力不够 29 N", False),
        ("clamp does not meet the drawing", "pull force 29 N, minimum 40", False),
    ],
)
def test_a_cause_that_only_says_that_it_is_not_as_wanted(cause, problem, repeats):
    assert only_repeats(cause, problem) is repeats


LETTER = """# Reply to complaint K-26-06

On 3 August 2026 you told us that 12 reels were cut through to the liner.

We learned that Mr Nhan, who ran press 3 that night, was careless and forgot to set the pressure back.

{}

Three lots were looked at since, 20 metres of each, no cut was found. Closed on 14 September 2026.
"""


@pytest.mark.parametrize(
    ("acted", "blamed"),
    [
        ("He was reprimanded and the shift was trained again on 6 August.", True),
        ("He was trained again, and a stop was fitted so that the pressure cannot be left high.", False),
        ("The 12 reels were replaced.", False),  # nobody was trained
    ],
)
def test_blame_told_in_a_letter_by_name(acted, blamed):
    assert ("human_error_retrain_only" in flags(report("Reply.pdf", LETTER.format(acted), **CASES))) is blamed


@pytest.mark.parametrize(("auditor", "own"), [("R. Villaluz", True), ("R. Santos", False), ("M. Villaluz", False)])
def test_an_auditor_with_the_first_name_cut_short(auditor, own):
    text = f"""# Internal audit report

Area: Printing and slotting. Department head: Ramon Villaluz Date: August 12, 2026. Lead auditor: {auditor}

Finding 1. The ink log has no reading. Log moved on August 19, looked at on September 10, all filled.
"""
    assert ("auditor_not_independent" in flags(report("Audit.docx", text, **AUDIT))) is own


@pytest.mark.parametrize(("auditor", "own"), [("沈志豪", True), ("邱雅雯", False)])
def test_head_and_auditor_of_an_area_in_one_line(auditor, own):
    text = f"""# 內部品質稽核查檢表

稽核日：2026年6月23日

採購課（課長 石麗珠）　稽核員：邱雅雯
評鑑 14 家，抽 4 家，分數與等級相符

品保課（課長 沈志豪）　稽核員：{auditor}
校正台帳 63 件，抽 7 件，標籤與台帳一致
"""
    assert ("auditor_not_independent" in flags(report("稽核.docx", text, language="zh", **AUDIT))) is own


def test_what_was_done_last_on_a_day_to_come():
    sheet = "=== a\n| COMPRESSION TEST |\n| Tester CT-02, {} 11 February 2027 |\n| Lot | Date | Reading |\n| CB-0829 | 1 Sept 2026 | 356 |\n"
    assert "date_in_future" in flags(report("Log.xlsx", sheet.format("last calibrated"), **TEST))
    assert "date_in_future" not in flags(report("Log.xlsx", sheet.format("calibration due"), **TEST))


@pytest.mark.parametrize(
    ("head", "day", "ahead"),
    [("QC release", "26.11.26", True), ("QC release", "26.06.26", False), ("Best before", "26.11.26", False)],
)
def test_one_day_ahead_in_a_column_of_days_that_have_passed(head, day, ahead):
    rows = "".join(f"| HT2606-0{n} | 0{n + 1}.06.26 | 388.0 | 2.02 | 0{n + 3}.06.26 |\n" for n in range(1, 6))
    sheet = f"=== a\n| PACKING JUNE 2026 |\n| Pack lot | Date | Kgs | Wt | {head} |\n{rows}| HT2606-07 | 24.06.26 | 384.0 | 2.04 | {day} |\n"
    assert ("date_in_future" in flags(report("Packing.xlsx", sheet, **TEST))) is ahead


@pytest.mark.parametrize(("year", "left"), [("FY 2023-24", True), ("FY 2025-26", False), ("FY 2026-27", False)])
def test_a_year_of_account_in_the_heading(year, left):
    sheet = f"""=== S
| STATUS OF INSTRUMENTS – {year} |
| ID | Instrument | Last calibrated | Next | Remark |
| MC-04 | Micrometer | 08.04.2026 | 07.04.2027 | ok |
| VC-11 | Vernier | 21.04.2026 | 20.04.2027 | ok |
| PP-01 | Projector | 16.06.2026 | 15.06.2027 | ok |
"""
    assert ("heading_year_left_over" in flags(report("Status.xlsx", sheet, **GAUGES))) is left


VISIT = """# Supplier evaluation visit

Supplier :: Sta. Rosa Starch || Item :: Corn starch
Date of visit :: 10 September 2026 || Visited by :: Lorna Cruz (Purchasing)

Quality system (40) :: {0} || Delivery (30) :: {0}
Documents (20) :: {0} || Overall rating :: {0}
"""


@pytest.mark.parametrize(("mark", "without"), [("", True), ("18", False)])
def test_scores_in_two_columns_of_a_form(mark, without):
    found = flags(report("Visit.docx", VISIT.format(mark), **BUYING))
    assert ("evaluation_without_result" in found) is without


def test_a_gauge_error_with_its_sign_in_the_cell():
    text = "# GRR report\n\nGauge :: DC-07 || Date :: 14 May 2026\n\n| Part | mm | of the total |\n| EV | 0.0140 | 35.1 % |\n| GRR | 0.0166 | {} % |\n| PV | 0.0363 | 90.9 % |\n\nResult: the gauge is acceptable.\n"
    assert "conclusion_contradicts_data" in flags(report("MSA.docx", text.format("41.6"), **GAUGES))
    assert "conclusion_contradicts_data" not in flags(report("MSA.docx", text.format("21.6"), **GAUGES))


@pytest.mark.parametrize(
    ("note", "changed"),
    [
        ("* The count was corrected by O. S. after signature on 02.09.2026.", True),
        ("A second check was made on 02.09.2026 after signature of the customer's report.", False),
        ("The drawing was changed by the customer on 02.09.2026 after approval of the sample.", False),
    ],
)
def test_a_print_that_says_it_was_changed_after_it_was_signed(note, changed):
    text = f"# Corrective action 26-11\n\nOpened :: 20.07.2026 || Cause :: coating lost\nApproved by :: Omar Said || Cell :: 4\nAction :: coating renewed 28.07.2026 || Closed :: 14.08.2026\n\n{note}\n"
    assert ("changed_after_signature" in flags(report("CA.pdf", text, **CASES))) is changed


@pytest.mark.parametrize(
    ("state", "open_"),
    [
        ("Position as on 31 August 2026: sheets not come back from any department.", True),
        ("Position as on 31 August 2026: corrective action of all four verified and closed.", False),
    ],
)
def test_an_audit_that_looks_back_on_its_findings(state, open_):
    text = f"""# Summary of internal audit, cycle 1 of 2026

Audit was conducted on 24 and 25 March 2026 by Mr. S. Kulkarni in the press shop.

NC 1 (tool room): die history cards of D-31 and D-44 have no entry after November.
NC 2 (press shop): press 160T-2 running with the light curtain bypassed.

NC sheets were handed over on 27 March. {state}
"""
    assert ("audit_findings_not_followed_up" in flags(report("Audit.pdf", text, **AUDIT))) is open_


@pytest.mark.parametrize(("check", "unchecked"), [("", True), ("6 lots, 0 of 600 lifted, 28 July 2026", False)])
def test_what_stands_below_the_closing_of_a_form(check, unchecked):
    text = f"""# CORRECTIVE ACTION REPORT 26-09

Opened :: 11 June 2026 || By :: Nurul Izzah
Description :: Tape lifts, 23 of 400 sets || Cause :: Zone 2 heater open circuit
Correction :: Stock scrapped || Corrective action :: Heater changed, thermocouple fitted
Effectiveness check :: {check} || Checked by / date ::
Closed :: 12 August 2026 || Sign :: Nurul Izzah

QF-14 Rev 4
"""
    assert ("no_effectiveness_check" in flags(report("CAPA.pdf", text, **CASES))) is unchecked


FAULTS = """=== a
| Item | T1 | T2 | T3 | T4 | T5 | T6 | T7 | Total |
| Made | 2.140 | 1.685 | 2.310 | 2.275 | 2.190 | 2.420 | 2.365 | 15.385 |
| Colour | 6 | 4 | 9 | 5 | 7 | 7 | 3 | 41 |
| Cut | 8 | 10 | 7 | 12 | 9 | 11 | 14 | 71 |
| Glue | 3 | 2 | 5 | 4 | 2 | 4 | 6 | 26 |
| Other | 2 | 1 | 0 | 3 | 2 | 3 | 1 | 12 |
| Total | 19 | 17 | 21 | 24 | 20 | {} | 24 | {} |
"""


@pytest.mark.parametrize(("june", "whole", "wrong"), [("19", "144", True), ("25", "150", False)])
def test_a_column_that_sums_wrong_far_off(june, whole, wrong):
    assert ("figures_do_not_add" in flags(report("Faults.xlsx", FAULTS.format(june, whole), **MEASURES))) is wrong


@pytest.mark.parametrize(("total", "wrong"), [("1.642", True), ("1.842", False)])
def test_thousands_parted_by_a_point_beside_plain_counts(total, wrong):
    sheet = f"""=== a
| Line | Week 1 | Week 2 | Week 3 | Total |
| Flat | 214 | 198 | 231 | 643 |
| Contour | 305 | 287 | 312 | 904 |
| Press | 97 | 110 | 88 | 295 |
| Total | 616 | 595 | 631 | {total} |
"""
    assert ("figures_do_not_add" in flags(report("Waste.xlsx", sheet, **MEASURES))) is wrong


@pytest.mark.parametrize(("held", "old"), [("8 July 2025", True), ("8 May 2026", False)])
def test_the_day_of_the_meeting_and_that_of_a_note_below(held, old):
    text = f"# Minutes of the management review\n\nDate: {held}, meeting room. Present: Mr. Ismail (MD).\n\n1. Complaints: 7 of 412,600 sets.\n\n2. Edge guide for line 3 decided.\n\n3. All actions confirmed done on 30 September 2025.\n"
    assert ("management_review_too_old" in flags(report("Minutes.docx", text, **REVIEW))) is old


@pytest.mark.parametrize(("head", "without"), [("Coil", False), ("Supplier", True)])
def test_a_number_in_each_row_is_one_of_the_piece(head, without):
    cells = ("K6-0402", "K6-0405", "K6-0409") if head == "Coil" else ("Ay Steel", "Bay Steel", "Cay Steel")
    rows = "".join(f"| 0{n}.09.2026 | {cell} | 1.9{n} |\n" for n, cell in enumerate(cells, 1))
    sheet = f"=== a\n| INSPECTION OF CAMBER (mm/m, max 2.00) |\n| Day | {head} | Measured |\n{rows}"
    assert ("no_lot_in_inspection" in flags(report("Inspection.xlsx", sheet, **TEST))) is without


@pytest.mark.parametrize(("april", "stops"), [("", True), ("844", False)])
def test_a_report_with_empty_rows_for_months_that_had_passed(april, stops):
    rate = "2.01" if april else ""
    deck = f"""=== 1
# Quality meeting, 30 July 2026

=== 2
# Waste of the weaving shop 2026

| Month | Woven kg | Waste kg | % | Goal % |
| Jan | 41,260 | 908 | 2.20 | 2.00 |
| Feb | 38,715 | 813 | 2.10 | 2.00 |
| Mar | 43,980 | 827 | 1.88 | 2.00 |
| Apr | {"42,000" if april else ""} | {april} | {rate} | 2.00 |
| May | {"42,000" if april else ""} | {april} | {rate} | 2.00 |
| Jun | {"42,000" if april else ""} | {april} | {rate} | 2.00 |
"""
    assert ("series_stops" in flags(report("Meeting.pptx", deck, **MEASURES))) is stops


def test_a_list_of_what_is_enclosed_that_was_taken_for_a_rule():
    text = "# Quality papers, October 2026\n\nThe file enclosed with this letter holds two papers, please check:\n\n1. Reply to complaint K-26-06\n2. Report of the internal audit 2026\n"
    asked = {"kind": "procedure", "reading": "static"}
    cover, reply = report("00 Contents.docx", text, **asked), report("K-26-06.pdf", LETTER.format("Done."), **CASES)
    audit = report("Audit.docx", "# Internal audit report 2026\n\nHeld on 3 March 2026.\n", **AUDIT)
    assert "promised_document_missing" in flags(cover, reply)
    assert "promised_document_missing" not in flags(cover, reply, audit)


@pytest.mark.parametrize(("last", "outside"), [("0.061", True), ("0.046", False)])
def test_readings_numbered_by_weeks_in_a_line(last, outside):
    text = f"# Burr, stator 112 frame (limit 0.050 mm)\n\nWk 25: 0.041   Wk 26: 0.044   Wk 27: 0.045   Wk 28: {last}\n\nLine ran in all four weeks.\n"
    assert ("out_of_limits_without_reaction" in flags(report("Review.pptx", text, **REVIEW))) is outside


def test_several_figures_in_a_cell_are_no_number():
    assert (amount("0.49 0.50 0.51"), several_in("0.49 0.50 0.51")) == (None, [0.49, 0.5, 0.51])
    assert amount("1 234 567,8", True).value == 1234567.8


def test_a_list_of_audits_tells_days_and_nothing_done_since():
    rows = "".join(
        f"| IQA-{year}-1 | {month} 14, 20{year} | Wiring | L. Mana (HR) | 0 |\n"
        for year, month in ((24, "May"), (24, "Nov"), (25, "Nov"), (26, "May"))
    )
    sheet = f"=== a\n| INTERNAL QUALITY AUDIT RESULTS |\n| IQA no. | Date | Department | Auditor | Findings |\n{rows}"
    assert "audits_without_finding" in flags(report("Audits.xlsx", sheet, **AUDIT))


AUDITED = """# Internal audit 2026

Held on 11 March 2026

{}

Nothing found in bench and in purchases.
"""


@pytest.mark.parametrize(
    ("told", "none"),
    [
        ("Drawings, gauges and training records of all areas were looked at.", True),
        (
            "The list of the drawing was made with index C. Since 1 April it takes the index of the model; three moulds looked at on 12 May.\n\n"
            "The probe has no entry after October. Done on 24 March, looked at again on 12 May.",
            False,
        ),
    ],
)
def test_an_audit_that_tells_what_was_done_since(told, none):
    assert ("audits_without_finding" in flags(report("Audit.docx", AUDITED.format(told), **AUDIT))) is none


@pytest.mark.parametrize(
    ("title", "checked"), [("Engineering change notice 14", True), ("Corrective action 14", False)]
)
def test_a_notice_of_a_change_is_no_case(title, checked):
    text = f"""# {title}

Product: LD-40. Problem: capacitor C9 leaks. Reason: lead time of 22 weeks at maker A.

Corrective action: capacitor of maker B, 10 June 2026.
"""
    made = report("14.docx", text, kind="corrective_action_record", criteria=("corrective_action", "change_control"))
    assert ("no_effectiveness_check" not in flags(made)) is checked
