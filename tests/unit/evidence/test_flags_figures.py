"""Flags on figures and lots, told in the ways in which factories write them: each beside the paper that is ordinary."""

import json

import pytest

from tests.unit.evidence.builders import flags, report


def sheet(path, text, kind="traceability_record", criteria=("traceability",), **more):
    return report(path, f"=== 1\n{text}", kind=kind, criteria=criteria, **more)


def readings(document):
    return [json.loads(fact.value) for fact in document.facts if fact.kind == "readings"]


GAUGE = """
# Gauge study, micrometer M-07, 5 August 2026
| Source | Std dev | % of tolerance |
| Repeatability EV | 0.0312 | {ev} |
| Total gage R&R | 0.0415 | {total} |
{verdict}
"""


@pytest.mark.parametrize("verdict", ["Decision: gage OK for use", "结论：测量系统合格", "Sonuç: kabul"])
def test_a_gauge_error_in_a_table_of_shares(verdict):
    bad = sheet("msa.xlsx", GAUGE.format(ev="46.8", total="62.3", verdict=verdict), kind="calibration_record")
    assert "conclusion_contradicts_data" in flags(bad)
    good = sheet("msa.xlsx", GAUGE.format(ev="9.1", total="14.2", verdict=verdict), kind="calibration_record")
    assert "conclusion_contradicts_data" not in flags(good)


def test_a_gauge_with_a_large_error_that_is_refused():
    text = GAUGE.format(ev="46.8", total="62.3", verdict="Decision: not acceptable, gauge to be replaced")
    assert "conclusion_contradicts_data" not in flags(sheet("msa.xlsx", text, kind="calibration_record"))


ROWS = """
# Roundness, ring {part}, lot {lot}, {day}
| Piece | 1 | 2 | 3 | 4 | 5 |
| Roundness um | 1.37 | 2.08 | 1.62 | 1.94 | {last} |
| Ra | 0.112 | 0.098 | 0.127 | 0.105 | 0.119 |
"""


def test_the_same_rows_of_readings_in_two_tests():
    one = sheet("6203.xlsx", ROWS.format(part="6203", lot="BP2603-11", day="16 March 2026", last="2.41"))
    other = sheet("6305.xlsx", ROWS.format(part="6305", lot="BP2608-27", day="24 August 2026", last="2.41"))
    assert "identical_readings" in flags(one, other)
    own = sheet("6305.xlsx", ROWS.format(part="6305", lot="BP2608-27", day="24 August 2026", last="2.37"))
    assert "identical_readings" not in flags(one, own)  # one row alike is less than chance could repeat


CELLS = """
# Cell resistance, lot E2608-31, {limit}, 26 August 2026
| Tray | c1 | c2 | c3 | c4 | c5 |
| A | 24.9 | 25.0 | 24.9 | 24.8 | 24.9 |
| B | 24.8 | 24.9 | 25.0 | 24.9 | 24.9 |
| C | {first} | 24.9 | 24.8 | 24.9 | {last} |
"""


@pytest.mark.parametrize("limit", ["규격 25.0 mΩ 이하", "max 25.0 mΩ", "不超过 25.0 mΩ"])
def test_results_that_crowd_under_a_limit_of_the_title(limit):
    assert "results_just_under_limit" in flags(sheet("c.xlsx", CELLS.format(limit=limit, first="25.0", last="25.0")))
    spread = sheet("c.xlsx", CELLS.format(limit=limit, first="23.1", last="22.4"))
    assert "results_just_under_limit" not in flags(spread)


LEAK = """
# Leak rate, volutes. Permitted: max 5.00 cc/min
| Date | Cast code | Casting | cc/min |
| 5 Oct 2025 | J05 | 1 | 4.98 |
| 6 Oct 2025 | J06 | 2 | 4.97 |
| 7 Oct 2025 | J07 | 1 | 4.99 |
| 8 Oct 2025 | J08 | 2 | 4.96 |
| 9 Oct 2025 | J09 | 1 | 4.98 |
| 12 Oct 2025 | J12 | 2 | 4.97 |
"""


def test_numbers_of_pieces_are_no_readings_and_a_cast_code_is_a_lot():
    leak = sheet("leak.xlsx", LEAK)
    ((row,),) = [found["rows"] for found in readings(leak)]
    assert row["label"] == "cc/min"
    found = flags(leak)
    assert "results_just_under_limit" in found
    assert "no_lot_in_inspection" not in found


COLD = """
# Kho lạnh 1, giới hạn: không cao hơn -18 độ C
| Ngày | 6 giờ | 14 giờ | 22 giờ |
| 01/09/2026 | -20,4 | -19,1 | -20,8 |
| 02/09/2026 | -20,1 | -18,9 | -20,5 |
| 03/09/2026 | -19,7 | {warm} | -19,6 |
| 04/09/2026 | -20,3 | -19,4 | -20,7 |
"""


def test_a_limit_below_zero():
    assert "out_of_limits_without_reaction" in flags(sheet("kho.xlsx", COLD.format(warm="-11,2")))
    assert "out_of_limits_without_reaction" not in flags(sheet("kho.xlsx", COLD.format(warm="-18,2")))


def test_a_target_in_brackets_behind_the_name_of_a_measure():
    rows = "\n".join(f"| T{month} | {{0[{month}]}} | đạt |" for month in range(6))
    head = "# CHỈ TIÊU CHẤT LƯỢNG NĂM 2026\n| Tháng | Tỷ lệ phế (mục tiêu ≤ 1,5 %) | Ghi chú |\n"
    rows = rows.replace("T0", "T6")
    same = sheet("kpi.xlsx", head + rows.format(["1,5"] * 6), kind="metrics_record", criteria=("quality_metrics",))
    moving = ["1,5", "1,3", "1,6", "1,4", "1,1", "1,5"]
    lively = sheet("kpi.xlsx", head + rows.format(moving), kind="metrics_record", criteria=("quality_metrics",))
    assert "kpi_values_constant" in flags(same)
    assert "kpi_values_constant" not in flags(lively)


def test_a_list_of_suppliers_that_was_taken_for_a_certificate():
    text = (
        "# ทะเบียนผู้ขายที่ใช้อยู่\n| รหัส | ชื่อผู้ขาย | สินค้า | โทรศัพท์ |\n| V01 | สหกรณ์น้ำยาง | น้ำยางข้น | 074-55 |\n"
        "| V02 | เคมีภัณฑ์สะเดา | กำมะถัน | 074-56 |\n| V03 | กล่องกระดาษ | กล่อง | 074-57 |"
    )
    listed = sheet("list.xlsx", text, kind="certificate", criteria=("certification",))
    assert "supplier_list_without_evaluation" in flags(listed)
    scored = sheet(
        "eval.xlsx",
        "# Supplier evaluation, 5 May 2026\n| Supplier | Score | Grade |\n| Alpha Latex | 88 | A |\n| Beta Box | 71 | B |",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert "supplier_list_without_evaluation" not in flags(listed, scored)


FORM = """
# Vendor evaluation

Vendor :: Pothigai Board Mills || Evaluated on :: 15 July 2026

| Point | Max | Marks |
| Quality of lots received | 40 | {first} |
| Delivery | 30 | {second} |
| Price | 20 | {second} |
"""


def test_points_without_marks():
    def form(first, second):
        text = FORM.format(first=first, second=second)
        return report("v.docx", text, kind="supplier_evaluation_record", criteria=("supplier_control",))

    assert "evaluation_without_result" in flags(form("", ""))
    assert "evaluation_without_result" not in flags(form("31", "17"))


INSPECTED = """
# Final inspection record, August 2026
| Insp. date | Lot | Sample | Result |
| 4 August 2026 | IS3-26271 | 125 | 1 found, reworked |
| 11 August 2026 | IS3-26278 | 125 | ok |
| 18 August 2026 | IS3-26285 | 125 | ok |
"""

SENT = """
# Despatch advice 4419, loaded 21 August 2026
| Carton | Lot | Sets |
| 1 - 20 | IS3-26271 | 4000 |
| 21 - 34 | IS3-26278 | 2800 |
| 35 - 41 | {lot} | 1400 |
"""


@pytest.mark.parametrize(
    ("lot", "flagged"), [("IS3-26292", True), ("IS3-26285", False), ("IS3-26101", False), ("P-7", False)]
)
def test_a_lot_that_was_shipped_and_that_its_inspection_does_not_know(lot, flagged):
    """A lot older than the inspection sheet, or a number of another kind, may belong to a sheet that was not sent."""
    found = flags(sheet("inspection.xlsx", INSPECTED), sheet("despatch.xlsx", SENT.format(lot=lot)))
    assert ("lot_unknown_in_next" in found) is flagged


def test_sheets_of_one_kind_lead_nowhere_by_nature():
    text = "# {title}\n\nDay :: {day} August 2026 || Lot :: P{day}08-{day} || Inspector :: Ann\n"
    alone = [sheet(f"{day}.docx", text.format(title="Print check", day=day)) for day in (11, 12, 13, 14)]
    assert "lot_unknown_in_next" not in flags(*alone)
    mixed = [
        sheet(f"{day}.docx", text.format(title=title, day=day))
        for day, title in ((11, "Print check"), (12, "Gluing sheet"), (13, "Print check"), (14, "Packing slip"))
    ]
    assert "lot_unknown_in_next" in flags(*mixed)


CHECKED = """
# In-house rejection, August 2026
| Date | Lot | Checked | Good | Bad |
| 3 August 2026 | GP-17 | 1240 | 1221 | 19 |
| 7 August 2026 | GP-02 | 1180 | {good} | 38 |
| 12 August 2026 | GP-05 | 2065 | 2058 | 7 |
| 19 August 2026 | GP-08 | 1950 | 1941 | 9 |
"""


def test_good_and_bad_make_what_was_checked():
    assert "figures_do_not_add" in flags(sheet("rej.xlsx", CHECKED.format(good="1102")))
    assert "figures_do_not_add" not in flags(sheet("rej.xlsx", CHECKED.format(good="1142")))


YIELD = """
# First pass yield 2026
| Month | Boards tested | FPY % |
| June 2026 | 18240 | 97.4 |
| July 2026 | 17905 | 97.6 |
| August 2026 | 19310 | 98.7 |
"""


@pytest.mark.parametrize(("told", "flagged"), [("97.1", True), ("98.7", False), ("99.0", False)])
def test_two_yields_of_one_month_differ_by_what_they_lack(told, flagged):
    series = sheet("fpy.xlsx", YIELD, kind="metrics_record", criteria=("quality_metrics",))
    minutes = report(
        "review.docx",
        f"# Management review, 10 September 2026\n\nFirst pass yield of August 2026 was {told} %, two new feeders bought.",
        kind="management_review_record",
        criteria=("management_review", "quality_metrics"),
    )
    assert ("same_measure_different_figures" in flags(series, minutes)) is flagged


MEANS = """
# Bore 12, August 2026. UCL 12.06 / LCL 11.98
| Day | X bar | R | Action taken |
| 5 August 2026 | 12.021 | 0.02 | |
| 6 August 2026 | 12.034 | 0.03 | |
| 7 August 2026 | {mean} | 0.02 | {action} |
| 10 August 2026 | 12.027 | 0.02 | |
"""


@pytest.mark.parametrize(
    ("mean", "action", "flagged"), [("12.079", "", True), ("12.048", "", False), ("12.079", "punch reground", False)]
)
def test_a_mean_outside_its_control_limits(mean, action, flagged):
    chart = sheet("spc.xlsx", MEANS.format(mean=mean, action=action))
    assert ("out_of_limits_without_reaction" in flags(chart)) is flagged


@pytest.mark.parametrize(("title", "flagged"), [("교육 결과 보고", True), ("교육 계획", False)])
def test_a_day_of_holding_that_lies_ahead(title, flagged):
    text = f"# {title}\n\n실시일 :: 2027년 2월 15일 || 강사 :: 임동혁\n\n| 성명 | 평가 |\n| 서가영 | 88 |\n| 조민수 | 81 |\n"
    held = report("education.docx", text, kind="training_record", criteria=("competence",))
    assert ("date_in_future" in flags(held)) is flagged


@pytest.mark.parametrize(("year", "flagged"), [("2026", True), ("2027", False)])
def test_targets_of_a_year_that_has_not_begun(year, flagged):
    text = f"# Quality objectives {year}\n\nReject rate not more than 0.5 %\n\nOn-time delivery at least 98 %\n"
    aims = report("objectives.docx", text, kind="procedure", criteria=("quality_metrics",), mode="prescription")
    assert ("kpi_target_without_series" in flags(aims)) is flagged


ANALYSIS = """| Substance | g in the jar | mg/g |
| Linalool | 1.21 | 12.1 |
| Linalyl acetate | 30.40 | 304.0 |
| Camphor | {camphor} | {camphor} |
| Ocimene | 2.20 | 22.0 |
| Total terpenes | 31.65 | 338.3 |
"""


@pytest.mark.parametrize(("camphor", "summed"), [("ND", False), ("< LOQ", False), ("<0.05", False), ("0.2", True)])
def test_a_total_over_substances_that_were_not_found_is_worked_out_by_the_laboratory(camphor, summed):
    paper = sheet("Analysis.xlsx", ANALYSIS.format(camphor=camphor))
    assert (sum(fact.kind == "totals" for fact in paper.facts) > 0) is summed


@pytest.mark.parametrize(
    ("sample", "lacks"),
    [("top", True), ("Sample ID L-26-04471", False), ("Mã mẫu: 26M118", False), ("Sample ID: -", True)],
)
def test_a_laboratory_keeps_what_it_tests_under_the_number_of_a_sample(sample, lacks):
    rows = (
        "| Place | Spec µm | 1 | 2 | 3 |\n| top | 8 - 14 | 10.6 | 11.3 | 10.1 |\n| side | 8 - 14 | 9.7 | 10.2 | 9.9 |\n"
    )
    paper = sheet("Thickness.xlsx", f"# Inspection of plating, 4 Sep 2026\n\n{sample}\n\n{rows}")
    assert ("no_lot_in_inspection" in flags(paper)) is lacks
