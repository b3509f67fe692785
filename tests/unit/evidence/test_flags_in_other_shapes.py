"""Flags whose defect stands in a shape of its own, each beside the near miss that must stay silent."""

import pytest

from evidence.flags.trends import direction
from tests.unit.evidence.builders import certificate, flags, report

TRACE = {"kind": "traceability_record", "criteria": ("traceability",)}
METRICS = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


def test_a_limit_beside_a_series_that_moves_is_no_constant_figure() -> None:
    rows = "\n".join(f"| 2026-0{month} | {value} | 50 |" for month, value in enumerate((41, 44, 39, 42, 40, 43, 38), 1))
    beside = report("Iron.xlsx", f"=== 1\n| Month | Rejects ppm | Limit ppm |\n{rows}\n", **METRICS)
    assert "kpi_values_constant" not in flags(beside)
    alone = report("Iron.xlsx", f"=== 1\n| Month | Rejects ppm |\n{rows.replace(' 50 |', '')}\n", **METRICS)
    stuck = report(
        "Iron.xlsx",
        "=== 1\n| Month | Rejects ppm |\n" + "\n".join(f"| 2026-0{month} | 50 |" for month in range(1, 8)) + "\n",
        **METRICS,
    )
    assert "kpi_values_constant" not in flags(alone)
    assert "kpi_values_constant" in flags(stuck)


def _thickness(title: str) -> object:
    return report(
        "Thickness.xlsx",
        f"# {title}\n\n| Place | Spec µm | 1 | 2 | 3 |\n| top | 8 - 14 | 10.6 | 11.3 | 10.1 |\n| side | 8 - 14 | 9.7 | 10.2 | 9.9 |\n",
        **TRACE,
    )


def test_a_lot_known_from_another_paper_needs_no_word_for_it() -> None:
    complaint = report("CA 11.docx", "# Corrective action 11\n\nLot :: BW-1104\nProblem :: thread peeled\n", **CASE)
    assert "no_lot_in_inspection" not in flags(
        _thickness("Plating thickness BW-1104, inspection 4 Sep 2026"), complaint
    )
    assert "no_lot_in_inspection" in flags(
        _thickness("Plating thickness of brackets, inspection 4 Sep 2026"), complaint
    )


def test_objectives_and_ratings_are_no_procedure() -> None:
    lines = "1. Complaints not more than 4 a year.\n\n2. Rework below 2 %.\n\n3. Reported in every meeting.\n"
    aims = report(
        "Quality objectives 2026.docx", f"# Quality objectives 2026\n\n{lines}", kind="procedure", reading="static",
        mode="prescription", criteria=("corrective_action",),
    )  # fmt: skip
    rules = report(
        "P-10.docx", "# P-10 Corrective action procedure\n\n1. The foreman opens a form.\n\n2. Quality finds the cause.\n",
        kind="procedure", reading="static", mode="prescription", criteria=("corrective_action",),
    )  # fmt: skip
    assert "procedure_without_record" not in flags(aims)
    assert "procedure_without_record" in flags(rules)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("P-11.docx", "P-11 ระเบียบปฏิบัติเรื่องการสอบเทียบเครื่องมือวัด"),
        ("QT-07.docx", "QT-07 Quy trình đào tạo"),
        ("SOP-4.docx", "SOP-4 Calibration of gauges"),
    ],
)
def test_a_procedure_is_known_by_its_title_where_the_model_knows_no_topic(path: str, title: str) -> None:
    rules = report(
        path,
        f"# {title}\n\n1. Quality does it.\n\n2. Keep it a year.\n",
        kind="procedure",
        reading="static",
        mode="prescription",
    )
    assert "procedure_without_record" in flags(rules)
    done = report(f"log {title}.xlsx", f"# {title}\n\n| Day | What | Result |\n| 3 Sep 2026 | all | ok |\n")
    assert "procedure_without_record" not in flags(rules, done)


def test_a_figure_with_its_unit_is_no_day_until_when() -> None:
    told = "# Management review 4 June 2026\n\nScrap before 4.6 % and now 4.1 %, open complaints 5, all not done yet.\n"
    minutes = report("Minutes.docx", told, kind="management_review_record", criteria=("management_review",))
    assert "overdue_actions" not in flags(minutes)
    task = "# Management review 4 June 2026\n\nSecond quote for the oven door before 4.7 from Lena, not done yet.\n"
    dated = report("Minutes.docx", task, kind="management_review_record", criteria=("management_review",))
    assert "overdue_actions" in flags(dated)


def test_an_audit_needs_no_cause() -> None:
    text = "Finding :: two days of the card are empty\nAction :: card hung beside the tank, 18 May 2026\nEffectiveness :: 25 June 2026, four weeks of cards full\n"
    assert "no_root_cause" not in flags(
        report("Internal audit brine.docx", f"# Internal audit brine\n\n{text}", **CASE)
    )
    problem = text.replace("Finding", "Problem")
    assert "no_root_cause" in flags(report("CAR 7.docx", f"# CAR 7\n\n{problem}", **CASE))


def test_a_reading_that_is_passed_like_every_other_is_told_once_and_not_where_its_row_says_what_was_done() -> None:
    def wire(remark: str) -> object:
        return report(
            "Wire.xlsx",
            "# Wire inspection lot W-1003\n\n| Day | Dia mm (2.95 - 3.05) | Result |\n| 5 Sep 2026 | 3.01 | pass |\n"
            f"| 12 Sep 2026 | 2.98 | pass |\n| 19 Sep 2026 | 3.07 | {remark} |\n| 26 Sep 2026 | 3.00 | pass |\n",
            **TRACE,
        )

    told = {"conclusion_contradicts_data", "out_of_limits_without_reaction"}
    assert told & set(flags(wire("pass"))) == {"out_of_limits_without_reaction"}
    assert not told & set(flags(wire("put aside, drawn again to 2.99, pass")))


def test_a_day_of_the_action_in_a_form_is_looked_at() -> None:
    def form(day: str) -> object:
        return report(
            "CAR 3.docx",
            f"# Corrective action 3\n\nReported on :: 22 June 2026\nProblem :: nails rusty in 40 boxes\nRoot cause :: steam leak in the dryer\n"
            f"Action :: pipe welded\nDate of action :: {day}\n",
            **CASE,
        )

    assert "done_before_reported" in flags(form("4 June 2026"))
    assert "done_before_reported" not in flags(form("24 June 2026"))


def test_a_row_of_a_log_that_lies_ahead() -> None:
    def log(head: str) -> object:
        rows = "| 19 Aug 2026 | 3 | caustic | Hasan | clean |\n| 2 Sep 2026 | 6 | caustic | Hasan | clean |\n| 15 Mar 2027 | 8 | caustic | Veysel | clean |\n"
        return report("Tanks.xlsx", f"=== 1\n| {head} | Tank | With | Who | Result |\n{rows}")

    assert "date_in_future" in flags(log("Cleaned on"))
    assert "date_in_future" not in flags(log("Next due"))


def test_findings_numbered_in_words_nobody_listed() -> None:
    def audit(more: str) -> object:
        return report(
            "Internal audit 1-26.docx",
            "# Internal audit 1-26\n\nDay :: 10 March 2026\nAuditor :: Pim Jai\nPunkt 1 :: no moisture written from 3 to 7 in the book\n"
            f"Punkt 2 :: two ladles bear no tag of the last relining\n{more}",
            **AUDIT,
        )

    assert "audit_findings_not_followed_up" in flags(audit(""))
    assert "audit_findings_not_followed_up" not in flags(
        audit("Done :: tags fitted and book written, closed 2 April 2026\n")
    )


def test_the_auditor_once_more_in_the_head_of_the_audit() -> None:
    def audit(head: str, name: str) -> object:
        return report(
            "Internal audit polishing.docx",
            f"# Internal audit of polishing\n\nDate :: 17 September 2026\nAuditor :: Asif Mehmood\n{head} :: {name}\nChecked :: buff wheels\n",
            **AUDIT,
        )

    assert "auditor_not_independent" in flags(audit("Section incharge", "Asif Mehmood"))
    assert "auditor_not_independent" in flags(audit("Polishing", "Asif Mehmood"))
    assert "auditor_not_independent" not in flags(audit("Report written by", "Asif Mehmood"))
    assert "auditor_not_independent" not in flags(audit("Polishing", "Rashid Butt"))


def _delivery(words: str) -> object:
    values = (96.0, 93.8, 91.0, 89.0, 86.8, 84.5)
    rows = "\n".join(f"| 2026-0{month} | {value} |" for month, value in enumerate(values, 3))
    return report("OTD.xlsx", f"=== 1\n| Month | On-time delivery % |\n{rows}\n\n{words}\n", **METRICS)


def test_a_conclusion_against_the_way_of_the_figures() -> None:
    assert "conclusion_contradicts_data" in flags(_delivery("On-time delivery rises from month to month."))
    assert "conclusion_contradicts_data" in flags(_delivery("Kết luận: giao hàng đúng hẹn tăng đều qua từng tháng."))
    assert "conclusion_contradicts_data" not in flags(_delivery("On-time delivery fell from month to month."))
    assert "conclusion_contradicts_data" not in flags(
        _delivery("On-time delivery must improve, a second van is bought.")
    )
    assert "conclusion_contradicts_data" not in flags(_delivery("Delivery has not improved."))


def test_a_direction_needs_steady_steps() -> None:
    assert direction([96, 93, 91, 89]) == -1
    assert direction([2.0, 2.4, 2.9, 3.3]) == 1
    assert direction([2.0, 3.0, 1.9, 2.1]) == 0
    assert direction([2.0, 3.0]) == 0


def _test_sheet(path: str, lot: str, day: str, rows: str) -> object:
    return report(path, f"# Test report lot {lot}, {day}\n\n{rows}", **TRACE)


def test_rows_copied_under_other_names() -> None:
    first = "| Item | Standard | 1 | 2 | 3 |\n| Tensile MPa | min 800 | 867 | 881 | 859 |\n| Proof kN | min 50.7 | 53.8 | 54.6 | 53.1 |\n| HV | 250-320 | 281 | 288 | 277 |\n"
    again = "| What | Req. | A | B | C |\n| Rm | 800 min | 867 | 881 | 859 |\n| Fp | 50.7 min | 53.8 | 54.6 | 53.1 |\n| HV10 | 250 to 320 | 281 | 288 | 277 |\n"
    other = again.replace("867 | 881 | 859", "871 | 869 | 866").replace("53.8 | 54.6 | 53.1", "54.0 | 53.3 | 54.2")
    one = _test_sheet("M12.docx", "HR260611-02", "15 June 2026", first)
    assert "identical_readings" in flags(one, _test_sheet("M16.docx", "HR260902-11", "5 September 2026", again))
    assert "identical_readings" not in flags(one, _test_sheet("M16.docx", "HR260902-11", "5 September 2026", other))


def test_the_sizes_of_one_part_in_two_honest_reports() -> None:
    sizes = ("10.00", "22.50", "31.20", "8.05", "4.40", "12.70", "15.00", "6.35", "9.10")

    def sheet(lot: str, day: str, read: tuple[str, ...], head: str) -> object:
        rows = "\n".join(
            f"| F{at} | {size} | {value} | OK |" for at, (size, value) in enumerate(zip(sizes, read, strict=True))
        )
        return _test_sheet(f"Insp {lot}.docx", lot, day, f"| Feature | {head} | Actual | Result |\n{rows}\n")

    left = ("10.01", "22.48", "31.22", "8.06", "4.39", "12.71", "15.02", "6.36", "9.09")
    right = ("10.02", "22.51", "31.18", "8.04", "4.41", "12.69", "14.99", "6.34", "9.11")
    for head in ("Nominal", "Dwg"):
        one, other = sheet("L26-101", "3 Sep 2026", left, head), sheet("L26-117", "9 Sep 2026", right, head)
        assert "identical_readings" not in flags(one, other)


def test_a_run_of_a_kiln_that_is_loaded_and_was_never_inspected() -> None:
    inspected = report(
        "Kiln inspection.xlsx",
        "# Kiln inspection\n\n| Day | Run | Model | Good |\n| 9 Sep 2026 | K1-1007 | P460 | 301 |\n| 13 Sep 2026 | K2-1011 | P520 | 259 |\n| 18 Sep 2026 | K1-1016 | P460 | 308 |\n| 24 Sep 2026 | K2-1022 | P520 | 268 |\n",
        **TRACE,
    )

    def loaded(run: str) -> object:
        return report(
            "Loading list.docx",
            f"# Container loading list 28 September 2026\n\n| Model | Run | Boxes |\n| P460 | K1-1016 | 300 |\n| P520 | K2-1022 | 260 |\n| P520 | {run} | 140 |\n",
            **TRACE,
        )

    assert "lot_unknown_in_next" in flags(inspected, loaded("K3-1019"))
    assert "lot_unknown_in_next" not in flags(inspected, loaded("K2-1011"))


def test_numbers_of_cases_are_no_lots() -> None:
    """Complaints name the cases that came of them, and an audit's case came of none."""

    def register(path: str, *rows: str) -> object:
        text = "".join(f"| {row} |\n" for row in rows)
        return report(path, f"# Register\n\n| | Day | Part | What |\n{text}", **TRACE)

    cases = ("CAPA-25-017", "CAPA-25-022", "CAPA-25-033", "CAPA-25-041")
    complaints = register(
        "Complaints.xlsx", *(f"{case} | {n} Sep 2025 | P{n} | leak" for n, case in enumerate(cases, 2))
    )
    log = register("Log.xlsx", *(f"{case} | 9 Oct 2025 | P460 | done" for case in (*cases, "CAPA-25-036")))
    runs = [text.model_copy(update={"passages": tuple(
        p.model_copy(update={"text": p.text.replace("CAPA", "RUN")}) for p in text.passages
    ), "facts": ()}) for text in (complaints, log)]  # fmt: skip
    assert "lot_unknown_in_next" not in flags(complaints, log)
    assert "lot_unknown_in_next" in flags(*runs)


def test_readings_under_a_range_of_whole_numbers_told_above() -> None:
    def oven(values: str) -> object:
        return report(
            "Oven.xlsx",
            f"# Oven 3, lot LG-0921, 21 Sep 2026, limits 65 to 75 °C\n\n| Time | Top °C | Bottom °C |\n{values}",
            **TRACE,
        )

    low = "| 08:00 | 69 | 67 |\n| 11:00 | 71 | 70 |\n| 14:00 | 58 | 66 |\n| 17:00 | 70 | 68 |\n"
    assert "out_of_limits_without_reaction" in flags(oven(low))
    assert "out_of_limits_without_reaction" not in flags(oven(low.replace("58", "68")))


def test_a_scope_of_trade_whose_language_is_not_that_of_the_product() -> None:
    made = report(
        "Final check.xlsx",
        "# Final inspection lot Z2610-06\n\n| Item | Spec | 1 | 2 |\n| OD | 11.9 - 12.1 | 12.0 | 11.95 |\n",
        **TRACE,
    )
    trade = certificate(scope="五金工具及办公用品的批发与零售")
    making = certificate(scope="电机轴的生产")
    assert "certificate_scope_mismatch" in flags(trade, made, product="ground motor shafts")
    assert "certificate_scope_mismatch" not in flags(making, made, product="ground motor shafts")


@pytest.mark.parametrize(
    "text", ["[公司名稱] 依 ISO 9001 建立本手冊", "由〈管理代表姓名〉負責維護", "XX股份有限公司之品質政策由總經理核准"]
)
def test_a_model_text_in_long_chinese_signs(text: str) -> None:
    assert "placeholder_left" in flags(
        report("手冊.docx", f"# 品質手冊\n\n{text}。\n", kind="manual", mode="prescription")
    )


def test_names_in_brackets_are_no_placeholder() -> None:
    text = "林課長（管理代表）負責維護。"
    assert "placeholder_left" not in flags(
        report("手冊.docx", f"# 品質手冊\n\n{text}\n", kind="manual", mode="prescription")
    )


def test_heads_within_one_paragraph_are_heads() -> None:
    def told(action: str) -> object:
        return report(
            "CAR 8.docx",
            f"# CAR 8\n\nProblem: wrong label on 20 boxes, 3 June 2026. Root cause: packer did not pay attention. Action: {action}. Closed 9 June 2026.\n",
            **CASE,
        )

    assert "human_error_retrain_only" in flags(told("packer reminded to be careful"))
    assert "human_error_retrain_only" not in flags(told("scanner stops the belt when label and order differ"))
