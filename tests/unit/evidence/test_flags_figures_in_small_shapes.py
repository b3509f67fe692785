"""Figures that do not follow, verdicts against them and their near misses, in small sheets, slides and letters."""

import pytest

from evidence.facts.columns import state_of
from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
GAUGED = {"kind": "calibration_record", "criteria": ("calibration",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(("written", "raised"), [("166", True), ("366", False)])
def test_parts_per_million_that_do_not_follow_from_their_counts(written, raised):
    text = (
        "# Returns\n\n| 2026 | May | Jun | Jul | Aug | Sep | Oct |\n| Shipped | 48200 | 52600 | 60100 | 33700 | 57900 | 60400 |\n"
        f"| Returned | 27 | 31 | 22 | 9 | 19 | 14 |\n| PPM | 560 | 589 | {written} | 267 | 328 | 232 |"
    )
    assert ("figures_do_not_add" in flags(report("PPM 2026.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(("looked", "raised"), [("1.320", True), ("1.290", False)])
def test_what_was_sorted_is_parted_into_good_and_two_kinds_of_bad(looked, raised):
    text = (
        "# LỌC 100% nắp\n\n| Ngày | Lô | SL lọc | Đạt | Bavia | Cong |\n| 05/10/2026 | N-02 | 1.200 | 1.171 | 21 | 8 |\n"
        "| 06/10/2026 | N-03 | 1.150 | 1.132 | 13 | 5 |\n"
        f"| 08/10/2026 | N-05 | {looked} | 1.258 | 19 | 13 |\n"
        "| 09/10/2026 | N-06 | 980 | 962 | 11 | 7 |\n| 12/10/2026 | N-09 | 1.260 | 1.241 | 16 | 3 |"
    )
    assert ("figures_do_not_add" in flags(report("Loc hang.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(("share", "raised"), [("53.2%", True), ("43.2%", False)])
def test_the_share_of_one_row_of_a_ranking(share, raised):
    text = (
        f"# 2026年10月不良柏拉图\n\n| 项目 | 件数 | 占比 |\n| 气孔 | 38 | {share} |\n| 冷隔 | 21 | 23.9% |\n"
        "| 缩松 | 14 | 15.9% |\n| 拉伤 | 9 | 10.2% |\n| 缺料 | 6 | 6.8% |\n| 计 | 88 | |"
    )
    assert ("figures_do_not_add" in flags(report("柏拉图.pptx", text, **COUNTED))) is raised


@pytest.mark.parametrize(("rate", "raised"), [("0.85", True), ("1.25", False)])
def test_one_line_of_several_built_alike(rate, raised):
    text = (
        f"# October, machining\n\nShaft SF-3: prod. 12,480 / NG 156 → {rate}%\n\nHousing HG-2: prod. 8,250 / NG 66 → 0.80%\n\n"
        "Flange FL-9: prod. 5,400 / NG 27 → 0.50%"
    )
    assert ("figures_do_not_add" in flags(report("Meeting.pptx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("So in all 3,435 nos are with you", True),
        ("So in all 3,335 nos are with you", False),
        ("Of these 2,095 nos in all are billed", False),  # no total of all three: the last two are
    ],
)
def test_a_letter_sums_up_what_it_told_before(said, raised):
    text = (
        "# Despatch\n\n1,240 nos from lot 26J04 went on 7 Oct 2026, then 980 nos of lot 26J11 on 16 Oct 2026, and balance "
        f"1,115 nos of lot 26J19 on 27 Oct 2026. {said}."
    )
    assert ("figures_do_not_add" in flags(report("RE Despatch.eml", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("index", "status", "raised"),
    [("0.94", "capable", True), ("1.34", "capable", False), ("0.94", "not capable", False)],
)
def test_a_feature_of_a_list_is_judged_against_its_index(index, status, raised):
    text = (
        "# Housing, run 3, 22 October 2026\n\n| Char. | Spec | Cp | Cpk *) | Status |\n| Bore | 22 H7 | 1.71 | 1.58 | capable |\n"
        f"| Flange | 0.10 | 1.21 | {index} | {status} |\n| Depth | 18.5 | 1.88 | 1.80 | capable |"
    )
    assert ("conclusion_contradicts_data" in flags(report("Cpk.xlsx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    ("boxes", "raised"),
    [("☒ Gauge acceptable for use ☐ Not acceptable", True), ("☐ Gauge acceptable for use ☒ Not acceptable", False)],
)
def test_of_the_boxes_of_a_gauge_study_the_ticked_one_is_its_verdict(boxes, raised):
    text = f"# GRR\n\nDate :: 09/10/2026\n\n| TV | 0.00623 | % GRR | 38.4 |\n\nDecision: {boxes}"
    assert ("conclusion_contradicts_data" in flags(report("GRR.docx", text, **GAUGED))) is raised


@pytest.mark.parametrize(("last", "raised"), [("2.6", True), ("1.9", False)])
def test_three_months_that_rise_by_far_are_said_to_fall(last, raised):
    text = (
        "# Quality meeting 05/11/2026\n\n| | Aug 2026 | Sep 2026 | Oct 2026 |\n| Checked | 21500 | 22000 | 20500 |\n"
        f"| Defect rate % | 1.8 | 2.1 | {last} |\n\nSince the new stencil the defect rate decreased clearly every month."
    )
    assert ("conclusion_contradicts_data" in flags(report("Minutes.docx", text, **MET))) is raised


@pytest.mark.parametrize(("note", "case", "raised"), [("陳 A-57", "A-57", False), ("陳", "A-58", True)])
def test_a_case_that_the_row_names_answers_a_reading(note, case, raised):
    rows = "\n".join(f"| 11/{day} | S11{day:02} | {value} | {who} |" for day, value, who in (
        (2, "14.1", "陳"), (3, "13.2", "陳"), (4, "11.3", note), (5, "14.6", "吳"), (6, "14.0", "吳")
    ))  # fmt: skip
    log = report("酸洗槽 2026.xlsx", f"# 2026年11月\n\n| 日期 | 批號 | HCl %(12–16) | 記錄 |\n{rows}", **CHECKED)
    paper = report(f"異常單 {case}.docx", f"# 異常處理單 {case}\n\n2026/11/4 濃度低,補酸 40 L,重測 14.2%。", **CASE)
    assert ("out_of_limits_without_reaction" in flags(log, paper)) is raised


@pytest.mark.parametrize(("name", "raised"), [("Scrap line 3.xlsx", False), ("Scrap.xlsx", True)])
def test_a_sheet_of_one_line_is_not_set_against_the_whole(name, raised):
    title = name.removesuffix(".xlsx")
    sheet = report(
        name,
        f"# {title}\n\n| Month | Cast | Rejected | Scrap % |\n| Aug 2026 | 30150 | 814 | 2.7 |\n| Sep 2026 | 34800 | 905 | 2.6 |\n"
        "| Oct 2026 | 36250 | 870 | 2.4 |",
        **COUNTED,
    )
    told = report("Report.docx", "# Report October 2026\n\nThe scrap rate in October 2026 was 3.9 %.", **COUNTED)
    assert ("same_measure_different_figures" in flags(sheet, told)) is raised


@pytest.mark.parametrize(
    ("said", "is_open"),
    [("Walk round on 13 Oct: no open bin found", False), ("Walk round on 13 Oct: still open", True)],
)
def test_a_task_of_which_nothing_is_open_is_not_open(said, is_open):
    assert (state_of(said) == "open") is is_open


@pytest.mark.parametrize(("first", "raised"), [("1.98", True), ("1.61", False)])
def test_months_that_all_lie_a_hair_below_what_is_aimed_at(first, raised):
    rates = (first, "1.99", "1.97", "1.99", "1.98", "1.99", "1.97", "1.98", "1.99")
    rows = "\n".join(f"| {at}月 | {rate} | ≤2.00 |" for at, rate in enumerate(rates, 2))
    text = f"# 报废率 2026年\n\n| 月份 | 报废率% | 指标 |\n{rows}"
    assert ("results_just_under_limit" in flags(report("报废率2026.xlsx", text, **COUNTED))) is raised
