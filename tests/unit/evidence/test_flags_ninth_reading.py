"""Flags on figures in shapes that have neither heads nor limit columns: each shape with its near miss."""

import json

import pytest

from tests.unit.evidence.builders import flags, report

TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
MEASURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    ("flag", "text", "bad", "good"),
    [
        (
            "out_of_limits_without_reaction",
            "=== 1\n| Hardness, lot W-12, 4 September 2026, limits 38.0 - 44.0 |\n| Day | 1.9 | 2.9 | 3.9 | 4.9 |\n"
            "| Top | 40.1 | 41.2 | 40.7 | {} |\n| Root | 39.8 | 40.3 | 41.0 | 40.6 |\n",
            "46.3",
            "42.3",
        ),
        (
            "results_just_under_limit",
            "=== 1\n| Residual oil, lot W-12, 4 September 2026, max 5.00 mg |\n| Piece | 1 | 2 | 3 | 4 | 5 | 6 |\n"
            "| Oil | 4.98 | 4.97 | {} | 4.99 | 4.98 | 4.97 |\n",
            "4.99",
            "3.12",
        ),
        (
            "conclusion_contradicts_data",
            "# Pull test, lot W-12, 4 September 2026\n\nRequired: at least 820 N\n\n- Seam 1: 771 N\n\n- Seam 2: {} N\n\n"
            "- Seam 3: {} N\n\n- Seam 4: 768 N\n\nVerdict: accepted\n",
            "764",
            "",
        ),
        (
            "conclusion_contradicts_data",
            "=== 1\n| Hardness, lot W-12, 4 September 2026, limits 38.0 - 44.0 |\n| Piece | 1 | 2 | 3 | 4 | Verdict |\n"
            "| Top | 40.1 | 41.2 | 40.7 | {} | OK |\n| Root | 39.8 | 40.3 | 41.0 | 40.6 | OK |\n",
            "46.3",
            "42.3",
        ),
        (
            "conclusion_contradicts_data",
            "# Pull test, lot W-12, 4 September 2026\n\n| Required | at least 820 N |\n\n| Seam 1 | 771 N |\n\n| Seam 2 | {} N |\n\n"
            "| Seam 3 | {} N |\n\n| Seam 4 | 768 N |\n\nVerdict: accepted\n",
            "764",
            "",
        ),
    ],
)
def test_readings_along_a_row_or_one_a_line(flag, text, bad, good):
    assert flag in flags(report("Log.xlsx" if text[0] == "=" else "Log.docx", text.replace("{}", bad), **TEST))
    better = text.replace("{}", good) if good else text.replace("{}", "851").replace("771", "844").replace("768", "862")
    assert flag not in flags(report("Log.xlsx" if text[0] == "=" else "Log.docx", better, **TEST))


@pytest.mark.parametrize(
    "text",
    [
        # fields of other things than the limit: no unit of it, and below it
        "# Sheet, 4 September 2026\n\n| Required | at least 820 N |\n\n| Page 1 | 12 pcs |\n\n| Page 2 | 14 pcs |\n\n| Page 3 | 9 pcs |\n\n| Page 4 | 11 pcs |\n",
        # numbers of pieces, one greater than the other
        "=== 1\n| Serials, limits 4100.0 - 4900.0 |\n| Serial | 4411 | 4412 | 4413 | 4414 |\n",
        # two limits: nobody knows whose the readings are
        "=== 1\n| Bore max 20.05, length max 41.20 |\n| Found | 19.98 | 20.01 | 20.02 | 19.99 |\n",
        # figures over time against their target, and the marks of trainees
        "=== 1\n| On time delivery 2026, at least 95.0 % |\n| Month | Jan | Feb | Mar | Apr | May |\n| Found | 91.2 | 93.1 | 94.0 | 96.2 | 97.1 |\n",
        "# Course\n\n| Required | at least 80 points |\n\n| Trainee 1 | 71 points |\n\n| Trainee 2 | 94 points |\n\n| Trainee 3 | 92 points |\n\n| Trainee 4 | 85 points |\n",
        # the limit names no end
        "=== 1\n| Noise type 6001, 25 September 2026, limit 36 dB |\n| Axial | 31.2 | 29.8 | 33.4 | 30.6 |\n",
    ],
)
def test_rows_of_figures_that_are_no_readings_of_the_limit(text):
    name = "Log.xlsx" if text[0] == "=" else "Log.docx"
    assert not [fact for fact in report(name, text, **TEST).facts if fact.kind == "readings"]


def test_a_remark_below_the_reading_says_what_was_done():
    sheet = "=== 1\n| Cold room 2, week 34, at most 4.0 mm |\n| Day | 17.8 | 18.8 | 19.8 | 20.8 |\n| Early | 3.1 | 3.4 | 6.2 | 3.3 |\n| Late | 3.6 | 3.2 | 3.9 | 3.1 |\n| Remark |  |  | {} |  |\n"
    assert "out_of_limits_without_reaction" in flags(report("T.xlsx", sheet.format(""), **TEST))
    assert "out_of_limits_without_reaction" not in flags(
        report("T.xlsx", sheet.format("door stood open till ten"), **TEST)
    )


def test_a_row_wholly_outside_is_of_another_feature():
    sheet = "=== 1\n| Wash test, lot W-12, 4 September 2026, max 5.0 % |\n| Piece | 1 | 2 | 3 | 4 |\n| Width | 3.1 | 3.4 | 3.2 | {} |\n| Mass g | 7.2 | 7.4 | 7.1 | 7.3 |\n"
    assert "out_of_limits_without_reaction" not in flags(report("T.xlsx", sheet.format("3.3"), **TEST))
    assert "out_of_limits_without_reaction" in flags(report("T.xlsx", sheet.format("6.3"), **TEST))


def test_a_limit_in_thousands():
    text = "# Crush test, lot W-12\n\n| Required | at least 1,150 N |\n\n| Box 1 | 1,284 |\n\n| Box 2 | 1,237 |\n\n| Box 3 | 1,311 |\n\n| Box 4 | 1,262 |\n"
    (fact,) = [fact for fact in report("Log.docx", text, **TEST).facts if fact.kind == "readings"]
    (row,) = json.loads(fact.value)["rows"]
    assert row["low"] == 1150
    assert row["values"] == [1284, 1237, 1311, 1262]


def test_five_unlike_readings_in_two_tests():
    form = "# Crush test, {}\n\n| Required | at least 1,150 N |\n\n" + "\n\n".join(
        f"| Box {n} | {figure} |" for n, figure in enumerate(("1,284", "1,237", "{}", "1,262", "1,298"), 1)
    )
    sheet = "=== 1\n| Crush test, lot W-31, 20 August 2026, at least 1,150 N |\n| Box | 1 | 2 | 3 | 4 | 5 |\n| Found | 1,284 | 1,237 | 1,311 | 1,262 | 1,298 |\n"
    again = report("t2.xlsx", sheet, **TEST)
    assert "identical_readings" in flags(
        report("t1.docx", form.format("lot W-12, 11 May 2026", "1,311"), **TEST), again
    )
    own = report("t1.docx", form.format("lot W-12, 11 May 2026", "1,306"), **TEST)
    assert "identical_readings" not in flags(own, again)


def test_coarse_readings_may_come_again():
    sheet = "=== 1\n| Crush test, lot {}, {} 2026, at least 10 N |\n| Box | 1 | 2 | 3 | 4 | 5 |\n| Found | 12 | 13 | 11 | 14 | 15 |\n"
    pair = [
        report(f"t{n}.xlsx", sheet.format(*told), **TEST)
        for n, told in enumerate((("W-12", "3 May"), ("W-31", "9 July")))
    ]
    assert "identical_readings" not in flags(*pair)


MONTHS = ("January", "February", "March", "April", "May", "June", "July")


def _slide(head, figures, told="{} %"):
    return f"# {head}\n\n" + "\n\n".join(
        f"{month}: {told.format(figure)}" for month, figure in zip(MONTHS, figures, strict=False)
    )


def test_months_told_in_lines_are_a_series():
    slide = _slide("Share right first time, 2026 (target 98.5 %)", ["98.5"] * 7)
    assert "kpi_values_constant" in flags(report("Aims.pptx", slide, **MEASURES))
    moving = _slide(
        "Share right first time, 2026 (target 98.5 %)", ["98.5", "97.9", "98.1", "98.5", "98.6", "98.2", "98.4"]
    )
    assert "kpi_values_constant" not in flags(report("Aims.pptx", moving, **MEASURES))


def test_a_table_of_months_is_read_once():
    table = "# Quality\n\n| Month | Reject rate |\n| January | 2.4 % |\n| February | 2.2 % |\n| March | 1.9 % |\n"
    assert len([fact for fact in report("Q.docx", table, **MEASURES).facts if fact.kind == "series"]) == 1


def test_a_report_of_september_whose_months_end_in_april():
    figures = ["2.40", "2.30", "2.10", "1.90"]
    told = "made 41,200, rejected 989, {} %"
    late = report("Deck.pptx", _slide("Reject rate (report of September 2026)", figures, told), **MEASURES)
    assert "series_stops" in flags(late)
    then = report("Deck.pptx", _slide("Reject rate (report of April 2026)", figures, told), **MEASURES)
    assert "series_stops" not in flags(then)


def test_a_target_told_behind_the_name_of_a_row():
    table = "# Quality results 2026\n\n| 2026 | Jan | Feb | Mar | Apr | May |\n| Reject rate (%), target max 2.0 | 2.6 | 2.4 | 2.1 | 1.9 | 1.7 |\n\nTarget for 2026: reject rate at most 2.0 %.\n"
    (fact,) = [fact for fact in report("Aims.docx", table, **MEASURES).facts if fact.kind == "series"]
    assert json.loads(fact.value)["target"] == 2.0
    only = table.replace("Reject rate (%), target max 2.0", "Target (%)")
    assert not [fact for fact in report("Aims.docx", only, **MEASURES).facts if fact.kind == "series"]


@pytest.mark.parametrize(
    ("one", "other", "good"),
    [
        (
            "Pumps sent back by customers in April 2026: 4",
            "Ann read out: pumps sent back by customers in April 2026 were 11, all leaks.",
            "11",
        ),
        ("2026年4月客户退回水泵台数：4", "王工报告：2026年4月客户退回水泵台数为11。", "11"),
    ],
)
def test_one_count_told_twice_in_the_same_words(one, other, good):
    language = "en" if one.isascii() else "zh"
    minutes = report("MR.docx", f"# Management review, 6 May 2026\n\n{other}\n", language=language, **REVIEW)
    told = report("Deck.pptx", f"# Quality\n\n{one}\n", language=language, **MEASURES)
    same = report("Deck.pptx", f"# Quality\n\n{one[:-1]}{good}\n", language=language, **MEASURES)
    assert "same_measure_different_figures" in flags(told, minutes)
    assert "same_measure_different_figures" not in flags(same, minutes)


@pytest.mark.parametrize(
    "line",
    [
        "Pumps sent back by customers in March 2026: 4",  # another month
        "Pumps sent back by dealers in April 2026: 4",  # another count
        "Target for pumps sent back by customers in April 2026: 4",
    ],
)
def test_other_words_are_another_figure(line):
    minutes = report(
        "MR.docx",
        "# Management review, 6 May 2026\n\nAnn: pumps sent back by customers in April 2026 were 11.\n",
        **REVIEW,
    )
    assert "same_measure_different_figures" not in flags(
        report("Deck.pptx", f"# Quality\n\n{line}\n", **MEASURES), minutes
    )


def test_the_same_words_of_two_lines_are_two_figures():
    papers = [
        report(
            f"m{n}.docx", f"# Line {n}, 6 May 2026\n\nNumber of pumps rejected in April 2026: {figure}\n", **MEASURES
        )
        for n, figure in ((1, 14), (2, 9))
    ]
    assert "same_measure_different_figures" not in flags(*papers)


def test_a_last_row_that_sums_up_without_being_called_so():
    table = "# Faults of August 2026\n\n| Fault | Wk 1 | Wk 2 | Wk 3 | Wk 4 | Month |\n| Rivet loose | 7 | 5 | 9 | 4 | 25 |\n| Weld porous | 3 | 6 | 2 | 5 | 16 |\n| Tread dented | 11 | 8 | 13 | 9 | 41 |\n| {} | 21 | 19 | 24 | 18 | {} |\n"
    assert "figures_do_not_add" in flags(report("F.docx", table.format("Everything", 71), **MEASURES))
    assert "figures_do_not_add" not in flags(report("F.docx", table.format("Everything", 82), **MEASURES))
    another = table.replace("21 | 19 | 24 | 18", "20 | 9 | 14 | 8").format("Paint run", 51)
    assert "figures_do_not_add" not in flags(report("F.docx", another, **MEASURES))


def test_even_parts_in_lines_of_their_own():
    text = "# Report of June\n\n| North line | 98 pcs |\n\n| South line | 107 pcs |\n\n| Night shift | 86 pcs |\n\n| Total | {} pcs |\n"
    assert "figures_do_not_add" in flags(report("F.docx", text.format(312), **MEASURES))
    assert "figures_do_not_add" not in flags(report("F.docx", text.format(291), **MEASURES))
    assert "figures_do_not_add" not in flags(report("F.docx", text.format(312).replace("86 pcs", "86 h"), **MEASURES))


def test_a_gauge_error_named_as_a_share_of_the_tolerance():
    study = "# Gauge study BG-14, 7 July 2026\n\n| GRR as % of tolerance | {} % |\n\nConclusion: the measuring system is acceptable.\n"
    assert "conclusion_contradicts_data" in flags(report("MSA.docx", study.format("46.8"), kind="calibration_record"))
    assert "conclusion_contradicts_data" not in flags(
        report("MSA.docx", study.format("16.8"), kind="calibration_record")
    )
