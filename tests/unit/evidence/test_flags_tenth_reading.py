"""Flags in forms and workbooks as factories keep them: each shape with its near miss."""

import json

import pytest

from tests.unit.evidence.builders import flags, merged, report

TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
SUPPLIERS = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}


def test_half_of_the_suppliers_without_scores():
    sheet = (
        "| Supplier | Lots | Quality /60 | Delivery /40 | Result |\n| Moss Castings | 14 | 52 | 33 | 85 B |\n"
        "| Reed Seals | 9 | {} |\n| Hart Wire | 21 | 57 | 38 | 95 A |\n| Vane Foundry | 6 |  |  |  |\n"
    )
    assert "evaluation_without_result" in flags(report("E.xlsx", sheet.format(" |  | "), **SUPPLIERS))
    assert "evaluation_without_result" not in flags(report("E.xlsx", sheet.format("49 | 31 | 80 B"), **SUPPLIERS))


def test_columns_for_scores_that_nobody_filled_whatever_they_are_called():
    sheet = "=== 1\n| Yearly round, 14 July 2026 |\n| Supplier | Ware | Delivery | Zeal | Summing-up |\n| Moss Castings | grey iron | {} |  |\n| Reed Seals | gaskets |  |  |  |\n| Hart Wire | spring wire |  |  |  |\n"
    empty = report("Round.xlsx", sheet.format(""), **SUPPLIERS | {"kind": "blank_form"})
    assert "evaluation_without_result" in flags(empty)
    orders = sheet.replace("Delivery | Zeal", "Lead time | Zeal").format("")
    assert "evaluation_without_result" not in flags(report("Orders.xlsx", orders, **SUPPLIERS | {"kind": "blank_form"}))


LOG = "| Day | Batch | Pieces |\n| 3 August 2026 | VD-2608A | 900 |\n| 10 August 2026 | VD-2608B | 870 |\n| 17 August 2026 | VD-2608C | 910 |\n"
SENT = "| Delivery note | Ship date | Batch | Pieces |\n| 711 | 6 August 2026 | VD-2608A | 900 |\n| 715 | 13 August 2026 | VD-2608B | 870 |\n| 719 | 20 August 2026 | {} | 400 |\n"


@pytest.mark.parametrize(
    ("lot", "unknown"),
    [
        ("VD-2608F", True),  # of the month of the log, told apart by its letter
        ("VD-2608C", False),
        ("VD-2609A", False),  # of a month after the log
        ("VD-2607D", False),  # of a month before it
    ],
)
def test_a_lot_that_went_out_and_is_in_no_log(lot, unknown):
    papers = report("Casting log.xlsx", LOG, **TEST), report("Despatch.xlsx", SENT.format(lot), **TEST)
    assert ("lot_unknown_in_next" in flags(*papers)) is unknown


def test_the_lot_of_a_scan_may_be_misread():
    papers = [
        report(f"{name}.docx", f"# {name}\n\nLot no: KD-{number}\n\nMeasured 4 August 2026\n", **TEST)
        for name, number in (("Pull test", "40171"), ("Hardness", "40288"), ("Weights", "40391"))
    ]
    scan = "# Bend test\n\nLot no: KD-40415\n\nMeasured 9 August 2026\n"
    assert "lot_unknown_in_next" in flags(*papers, report("Bend test.pdf", scan, **TEST))
    assert "lot_unknown_in_next" not in flags(*papers, report("Bend test.pdf", scan, source="ocr", **TEST))


def test_a_closing_column_that_says_more_than_its_day():
    sheet = (
        "| No | Date opened | Complaint | Cause | Corrective action | Closure |\n"
        "| 11 | 3 March 2026 | Glue seam open on drum heads, 40 pcs | glue too old | date on each pot | closed 30 March 2026, five lots looked at |\n"
        "| 12 | 6 July 2026 | {} | heater 3 cold | heater changed | closed 2 August 2026, three lots looked at |\n"
    )
    again = report("Claims.xlsx", sheet.format("Glue seam open on drum heads, 17 pcs"), **CASES)
    assert "same_defect_after_closure" in flags(again)
    assert "same_defect_after_closure" not in flags(
        report("Claims.xlsx", sheet.format("Rim bent on lids, 17 pcs"), **CASES)
    )


def test_deviations_are_not_held_against_the_range_of_a_gauge():
    sheet = "# Check of calliper CA-9, 0 to 200 mm, 4 May 2026\n\n| Block mm | Read | Error |\n| 20 | 20.01 | {} |\n| 60 | 60.00 | 0.00 |\n| 120 | 119.98 | -0.02 |\n"
    paper = report("Calliper.docx", sheet.format("+0.01"), kind="traceability_record", criteria=("calibration",))
    assert not [
        row
        for fact in paper.facts
        if fact.kind == "readings"
        for row in json.loads(fact.value)["rows"]
        if row["label"] == "Error"
    ]
    assert "out_of_limits_without_reaction" not in flags(paper)


def test_a_training_taken_for_an_audit_does_not_make_the_audit_newer():
    audit = report(
        "Internal audit report.docx",
        "# Internal audit report\n\nHeld 11 April 2025 by Ann Moor. One finding, closed 20 May 2025.",
        **AUDIT,
    )
    course = "# Course on the forklift\n\nHeld 3 March 2026, twelve people, all passed."
    taken = report("Course.docx", course, kind="internal_audit_record", criteria=("competence",))
    assert "internal_audit_too_old" in flags(audit, taken)
    assert "internal_audit_too_old" not in flags(
        audit, report("Round.docx", course.replace("Course", "Round"), **AUDIT)
    )


def test_a_report_headed_by_its_day_is_no_procedure():
    text = "# Internal audit, {}\n\nAuditor Moor looked at the store. One label had run out of date; a new roll came on 15 March 2026 and was seen on 20 April 2026.\n"
    taken = {"kind": "procedure", "reading": "static", "mode": "prescription", "criteria": ("internal_audit",)}
    assert "procedure_without_record" not in flags(report("Audit.docx", text.format("12 March 2026"), **taken))
    assert "procedure_without_record" in flags(report("Audit.docx", text.format("how it is done"), **taken))


def test_the_copy_of_a_report_as_it_came_in():
    form = "# Corrective action report\n\nNo :: CAR-26-17\n\nDate opened :: 9 June 2026\n\nProblem :: dye runs on twelve cloths\n\nRoot cause :: {}\n\nAction :: basin mended\n\nEffectiveness :: 28 July 2026, three lots dry\n"
    came = report("Asked.docx", form.format(""), **CASES)
    answered = form.format("one rinse only, the second basin leaked")
    assert "no_root_cause" not in flags(came, report("Answered.docx", answered, **CASES))
    assert "no_root_cause" in flags(came, report("Answered.docx", answered.replace("26-17", "26-18"), **CASES))


def test_findings_whose_columns_for_an_answer_are_empty():
    sheet = "# Internal audit report\n\nHeld :: 11 March 2026\n\n| Point | Place | Finding | Corrective action | Verification |\n| NC 1 | Store | six rolls without a lot card | {} |\n| NC 2 | Weld shop | gas without a pressure note |  |  |\n"
    assert "audit_findings_not_followed_up" in flags(report("Audit.docx", sheet.format(" | "), **AUDIT))
    answered = sheet.format("cards hung up | seen, all hang")
    assert "audit_findings_not_followed_up" not in flags(report("Audit.docx", answered, **AUDIT))


def test_a_report_that_ends_in_its_empty_fields():
    text = "# Internal audit report\n\nHeld on 10 February 2026, lead auditor Moor.\n\nNC 1: the oven shows 175 degrees, the card asks for 165.\n\nNC 2: three moulds have no day of return.\n\nThe departments hand in cause and corrective action within two weeks.\n\nRoot cause{}\n\nCorrective action\n\nVerification\n"
    unknown = {"kind": "other", "reading": "static", "criteria": ("internal_audit",)}
    assert "audit_findings_not_followed_up" in flags(report("Internal audit report.docx", text.format(""), **unknown))
    told = text.format(": card not read\n\nOven set to 165 on 14 February 2026.")
    assert "audit_findings_not_followed_up" not in flags(report("Internal audit report.docx", told, **unknown))


@pytest.mark.parametrize(
    ("cause", "repeats"),
    [("因为阀芯卡住，所以测试时阀芯是卡住的", True), ("因为阀芯有毛刺，所以测试时阀芯是卡住的", False)],
)
def test_a_chinese_cause_in_the_joints_of_its_sentence(cause, repeats):
    form = f"# 8D 报告\n\n日期 :: 2026年6月9日\n\n问题描述 :: 客户测试发现阀芯卡住 18 只\n\n根本原因 :: {cause}\n\n纠正措施 :: 逐只手动试一次\n\n效果确认 :: 7月五批无卡住\n"
    assert ("no_root_cause" in flags(report("8D.docx", form, language="zh", **CASES))) is repeats


def test_rows_named_by_the_numbers_of_their_samples():
    sheet = "=== 1\n| Opening force, lot W-12, 4 September 2026, max 1.20 N |\n| {} | 1.19 | 1.20 | 1.18 | 1.19 | 1.20 |\n| 6-10 | 1.20 | 1.19 | 1.19 | 1.20 | 1.18 |\n"
    assert "results_just_under_limit" in flags(report("F.xlsx", sheet.format("1-5"), **TEST))
    assert "results_just_under_limit" not in flags(
        report("F.xlsx", sheet.format("1-9").replace("6-10", "2026-27"), **TEST)
    )


REGISTER = "| No | Date opened | Problem | Root cause | Corrective action | Date closed |{}\n" + "".join(
    f"| {no} | {opened} | {problem} | {cause} | {action} | {closed} |{{}}\n"
    for no, opened, problem, cause, action, closed in (
        (1, "16 March 2026", "lip torn on 41 seals", "mould 3 too hot", "sensor clamped", "25 March 2026"),
        (2, "8 June 2026", "spring out on 9 seals", "groove worn", "groove turned anew", "30 June 2026"),
        (3, "2 July 2026", "two sizes in one bag", "bins side by side", "wall between the presses", "11 July 2026"),
    )
)


def test_a_register_that_closes_all_and_has_no_place_for_the_check():
    bare = REGISTER.replace("{}", "")
    assert "no_effectiveness_check" in flags(report("Register.xlsx", bare, **CASES))
    head, *rows = bare.splitlines()
    checked = "\n".join((f"{head} Effectiveness |", *(f"{row} three lots good |" for row in rows)))
    assert "no_effectiveness_check" not in flags(report("Register.xlsx", checked, **CASES))
    full = "# 8D report\n\nDate opened :: 9 June 2026\n\nProblem :: cap loose\n\nRoot cause :: worn tap\n\nAction :: tap changed\n\nEffectiveness :: 28 July 2026, three lots good\n"
    beside = report("8D.docx", full, **CASES)
    assert "no_effectiveness_check" not in flags(report("Register.xlsx", bare, **CASES), beside)


def test_months_that_are_only_counted():
    table = "# On time delivery 2026 (target 98.4 %)\n\n| {} | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n| % | 98.4 | 98.4 | 98.4 | 98.4 | 98.4 | 98.4 | 98.4 | 98.4 |\n"
    assert "kpi_values_constant" in flags(report("Aims.pptx", table.format("Month"), **MEASURES))
    assert "kpi_values_constant" not in flags(report("Aims.pptx", table.format("Sample"), **MEASURES))


def test_a_day_between_who_does_it_and_how_far_it_is():
    sheet = (
        "| No. | Seen, and why | Measure | Who | By | Where it stands |\n"
        "| B-1 | shade bar on lot 4417, valve of vat 2 leaked | valve replaced, cock added | Priya | 28 February 2026 | done 24 February 2026 |\n"
        "| B-2 | narrow cloth on loom 9, reed worn in the centre | new reed, measured each quarter | Colin | 30 June 2026 | {} |\n"
        "| B-3 | edge curls on lot 4502, thread too tight | gauge at every loom | Colin | 15 December 2026 | not started |\n"
    )
    late = flags(report("Tracker.xlsx", sheet.format("not started, on order"), **CASES))
    assert "overdue_actions" in late
    assert "done_before_reported" not in late
    assert "overdue_actions" not in flags(report("Tracker.xlsx", sheet.format("done 2 June 2026"), **CASES))


def test_one_total_far_off_where_all_others_are_right():
    table = "| Lot | Tested | torn | bent | off | All faults |\n| A-1 | 500 | 3 | 2 | 1 | 6 |\n| A-2 | 500 | 4 | 0 | 2 | 6 |\n| A-3 | 500 | 1 | 5 | 0 | 6 |\n| A-4 | 500 | 2 | 3 | 4 | 9 |\n| Total | 2000 | 10 | 10 | 7 | {} |\n"
    head = table.replace("All faults", "Total faults")
    assert "figures_do_not_add" in flags(report("Faults.xlsx", head.format(41), **MEASURES))
    assert "figures_do_not_add" not in flags(report("Faults.xlsx", head.format(27), **MEASURES))
    assert "figures_do_not_add" not in flags(report("Faults.xlsx", head.format(312), **MEASURES))  # of another count


def test_a_report_to_the_customer_counts_the_whole():
    table = "# {}\n\n| Month | May 2026 | June 2026 | July 2026 | August 2026 |\n| FPY % | {} |\n"
    ours = report("KPI.docx", table.format("First pass yield", "95.0 | 94.6 | 95.3 | 95.2"), **MEASURES)
    told = "98.4 | 98.7 | 98.9 | 99.1"
    sent = report("Told.docx", table.format("Quality report to the customer", told), **MEASURES)
    assert "same_measure_different_figures" in flags(ours, sent)
    part = report("Told.docx", table.format("Quality, customer Hale", told), **MEASURES)
    assert "same_measure_different_figures" not in flags(ours, part)


def test_a_paper_that_ends_in_a_name_and_a_day_was_signed():
    text = "# Part approval\n\nTrial lot :: LV-24117\n\nDecision :: approved for series\n\n{}\n"
    file = {"author": "Aoife Murphy", "last_modified_by": "sales laptop", "modified": "2026-09-12T09:30:00"}
    known = {"kind": "other", "reading": "static", "metadata": file}
    assert "changed_after_signature" in flags(report("A.docx", text.format("Aoife Murphy, 4 March 2026"), **known))
    assert "changed_after_signature" not in flags(report("A.docx", text.format("Valid from 4 March 2026"), **known))


@pytest.mark.parametrize(("words", "told"), [("■■ ■■ 32.4 kN", True), ("■■ ■■ 32.4 m3", False)])
def test_a_figure_with_the_unit_of_the_scan_typed_over_it(words, told):
    scan = report(
        "pull test.pdf", "Pull test of lot D-0609, at least 30 kN. Found 26.1 and 25.8 kN, refused. " * 3, source="ocr"
    )
    typed = report("pull test.pdf", words)
    over = merged(scan, typed)
    assert ("text_over_scan" in flags(over)) is told


def _sent(*names):
    return [report(name, f"# {name.rsplit('.', 1)[0]}\n\nHeld 4 May 2026.\n") for name in names]


LIST = {"kind": "other", "reading": "static", "mode": "other"}


def test_an_entry_of_a_list_whose_other_entries_came_by_their_names():
    cover = report(
        "Papers.xlsx",
        "=== 1\n| No | File | Kind |\n| 1 | Scrap figures | sheet |\n| 2 | Round of May | sheet |\n| 3 | Projector calibration certificate | scan |\n",
        **LIST,
    )
    came = _sent("Scrap figures.xlsx", "Round of May.docx")
    assert "promised_document_missing" in flags(cover, *came)
    assert "promised_document_missing" not in flags(cover, *came, *_sent("Certificate projector.pdf"))
    assert "promised_document_missing" not in flags(
        cover, *_sent("Other.xlsx", "Deck.pptx")
    )  # a list of something else


def test_a_number_of_a_list_under_which_no_file_came():
    cover = report(
        "00 Overview.docx",
        "# What is in here\n\n1. Oven log August\n\n2. Despatch sheet August\n\n3. Skills of the crew\n\n4. Audit report of pulp maker\n",
        **LIST,
    )
    came = _sent("01 Oven August.xlsx", "02 Despatch August.xlsx", "03 Skills crew.docx")
    assert "promised_document_missing" in flags(cover, *came)
    assert "promised_document_missing" not in flags(cover, *came, *_sent("04 Pulp maker.pdf"))


def test_several_readings_in_one_cell():
    sheet = "| Day | Batch | Bore 25 ±0.15 |\n| 3 August 2026 | W-1207 | 25.04 / 24.97 / 25.06 |\n| 6 August 2026 | W-1208 | 25.08 / {} / 24.95 |\n| 9 August 2026 | W-1209 | 24.93 / 25.01 / 25.05 |\n"
    assert "out_of_limits_without_reaction" in flags(report("Bore.xlsx", sheet.format("25.41"), **TEST))
    assert "out_of_limits_without_reaction" not in flags(report("Bore.xlsx", sheet.format("25.02"), **TEST))
