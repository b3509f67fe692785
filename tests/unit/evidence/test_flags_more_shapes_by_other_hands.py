"""More shapes in which a rule was silent: comparisons of laboratories, figures of named columns, audits told and signed, rows that run on."""

import pytest

from tests.unit.evidence.builders import flags, report

REVIEW = {"kind": "management_review_record", "criteria": ("management_review", "quality_metrics")}


@pytest.mark.parametrize(
    ("head", "score", "said", "raised"),
    [
        ("En", "1.37", "Results are satisfactory at all points and no action is needed.", True),
        ("En number", "-1.37", "All points accepted.", True),
        ("z-score", "3.4", "Kết quả đạt.", True),
        ("En", "0.87", "Results are satisfactory at all points.", False),
        ("En", "1.37", "Three points are satisfactory, 100 g is unsatisfactory and the balance was blocked.", False),
        ("En", "1.37", "The scheme calls En below 1 satisfactory.", False),
    ],
)
def test_a_comparison_is_judged_against_its_own_number(head, score, said, raised):
    text = f"# Interlaboratory comparison, mass, round M2\n\nMeasured :: 6 May 2026 || By :: Mr Mutua\n\n| Nominal | Own, mg | Reference, mg | {head} |\n| 1 g | 0.021 | 0.016 | 0.16 |\n| 20 g | 0.052 | 0.040 | 0.19 |\n| 100 g | 0.284 | 0.141 | {score} |\n\nThe criterion is En not above 1.\n\n{said}"
    paper = report("Comparison mass.docx", text, kind="calibration_record", criteria=("calibration",))
    assert ("conclusion_contradicts_data" in flags(paper)) is raised


def test_a_width_in_a_turkish_table_is_no_number_of_a_comparison():
    text = "# Kumaş ölçüm kaydı\n\n| Top | Boy m | En | Sonuç |\n| 1 | 50.2 | 1.52 | uygun |\n| 2 | 50.1 | 1.51 | uygun |\n| 3 | 49.9 | 1.50 | uygun |"
    assert "conclusion_contradicts_data" not in flags(report("Top en.xlsx", text, kind="traceability_record"))


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("Turnaround in August came to 6.2 working days, within what we promise.", True),
        ("The turnaround of August was 6.2 days.", True),
        ("Turnaround in August came to 8.4 working days, too long.", False),
        ("Turnaround for pressure gauges of the two flour mills in August came to 6.2 working days.", False),
        ("We aim at a turnaround of 6.2 working days in August.", False),
    ],
)
def test_a_figure_names_its_column_and_unit(told, raised):
    table = report(
        "Turnaround 2026.xlsx",
        "| Month | Jobs out | Turnaround, working days |\n| May 2026 | 242 | 6.9 |\n| Jun 2026 | 255 | 7.3 |\n| Jul 2026 | 239 | 7.0 |\n| Aug 2026 | 281 | 8.4 |",
        kind="metrics_record",
        criteria=("quality_metrics",),
    )
    minutes = report("Minutes.docx", f"# Management review, 22 September 2026\n\n{told}", **REVIEW)
    assert ("same_measure_different_figures" in flags(table, minutes)) is raised


@pytest.mark.parametrize(
    ("below", "raised"),
    [
        ("Three findings were reported orally to the heads on 19 March 2026.\n\nSevgi Aydin, 22.03.2026", True),
        ("Üç bulgu bölüm sorumlularına 19 Mart 2026'da sözlü bildirildi.\n\nSevgi Aydın, 22.03.2026", True),
        (
            "Three findings were reported orally to the heads, answer by 19 March 2026.\n\nSevgi Aydin, 22.03.2026",
            False,
        ),
        ("Three findings, new labels on the shelf since 9 April 2026.\n\nSevgi Aydin, 22.03.2026", False),
    ],
)
def test_findings_that_were_told_and_signed_are_not_answered(below, raised):
    text = f"# Internal audit report\n\nDate :: 17 March 2026 || Auditor :: Sevgi Aydin\n\n| No | Area | Finding | Clause |\n| 1 | Line 2 | No entry of the weld pressure from 3 to 14 | 8.5.1 |\n| 2 | Store | 6 boxes of meltblown without a label | 8.5.2 |\n| 3 | Laboratory | Flow meter FM-3 not calibrated | 7.1.5 |\n\n{below}"
    paper = report("Internal audit.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert ("audit_findings_not_followed_up" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("asked", "raised"),
    [
        ("Yılda iki kez rastgele bir lotla deneme geri çağırma yapılır ve sonucu FR-31'e yazılır.", True),
        ("Twice a year a trial recall of one lot is held and its result written in FR-31.", True),
        ("มีการทดลองเรียกคืนปีละสองครั้ง และบันทึกผลใน FR-31", True),
        ("The quality manager opens FR-31 when a lot has to come back.", False),
    ],
)
def test_a_trial_of_a_recall_is_an_exercise(asked, raised):
    text = f"# PR-14 Recall\n\nThe quality manager calls the team within 4 hours and opens FR-31.\n\n{asked}\n\nThe result is kept for ten years."
    rule = report(
        "PR-14 Recall.docx", text, kind="procedure", reading="static", mode="prescription", criteria=("traceability",)
    )
    lots = report(
        "Lots August.xlsx",
        "| Date | Lot | Boxes | To |\n| 03.08.2026 | UN26-071 | 412 | Leeds |\n| 17.08.2026 | UN26-072 | 405 | Leeds |",
        kind="traceability_record",
        criteria=("traceability",),
    )
    assert ("procedure_without_record" in flags(rule, lots)) is raised


@pytest.mark.parametrize("again", [True, False])
def test_readings_that_run_on_below_an_empty_name(again):
    first = ("3.417 | 3.424 | 3.411 | 3.428 | 3.419", "3.422 | 3.415 | 3.431 | 3.420 | 3.413")
    other = first if again else ("3.409 | 3.426 | 3.418 | 3.421 | 3.414", "3.430 | 3.412 | 3.423 | 3.425 | 3.416")
    sheets = "\n".join(
        f"=== {lot}\n| Lot | {lot} | Date | {day} | Pieces | 2,400 |\n| Centre mm (3.420±0.020) | {one} |\n|  | {two} |\n| Reflection % (≤0.50) | {shine} |  |  |"
        for lot, day, (one, two), shine in (
            ("Q260708", "11.07.2026", first, "0.31 | 0.28 | 0.34"),
            ("Q260805", "08.08.2026", other, "0.26 | 0.37 | 0.29"),
        )
    )
    paper = report("Outgoing inspection.xlsx", sheets, kind="traceability_record", criteria=("traceability",))
    assert ("identical_readings" in flags(paper)) is again


@pytest.mark.parametrize(
    ("path", "kind", "raised"),
    [
        ("Final inspection August.xlsx", "traceability_record", True),
        ("Scrap by day August.xlsx", "metrics_record", False),
    ],
)
def test_an_inspection_of_lots_measures_no_other_targets(path, kind, raised):
    aims = report(
        "Quality objectives 2026.docx",
        "# Quality objectives 2026\n\n| Department | Objective | Target | Counted |\n| Production | Scrap rate | max 2.5 % | monthly |\n| Shipping | On-time delivery | min 95 % | monthly |\n| Packing | Customer complaints | max 2 | monthly |",
        kind="procedure",
        reading="static",
        mode="prescription",
        criteria=("quality_metrics",),
    )
    rows = "\n".join(
        f"| {day} | R-{lot} | {share} | Pass |"
        for day, lot, share in (
            ("03.08.2026", 31, 1.2),
            ("11.08.2026", 32, 2.0),
            ("18.08.2026", 33, 0.9),
            ("24.08.2026", 34, 1.4),
        )
    )
    lots = report(path, f"| Date | Lot | Scrap rate % | Result |\n{rows}", kind=kind, criteria=("quality_metrics",))
    assert ("kpi_target_without_series" in flags(aims, lots)) is raised
