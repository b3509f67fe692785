"""Papers named by letters, file names and mails, days in columns headed as problems and in steps of an 8D, and logs under an aim."""

import pytest

from evidence.facts.calendar import find
from evidence.flags.future_told import without_aims
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    ("mark", "third"), [("Annex", "C"), ("Appendix", "C"), ("Lampiran", "3"), ("附件", "三"), ("附件", "C")]
)
@pytest.mark.parametrize("came", [False, True])
def test_enclosures_by_letter_or_sign(mark, third, came):
    signs = {"C": "ABCD", "3": "1234", "三": "一二三四"}[third]
    blank = "" if mark == "附件" else " "
    texts = ("burst tests of May", "scrap of the year", "rating of mills", "complaints")
    letter = "Dear Sirs,\nwe enclose the following papers:\n" + "\n".join(
        f"{mark}{blank}{sign}: {text}" for sign, text in zip(signs, texts, strict=True)
    )
    sent = [
        report(f"{mark}{blank}{sign} {name}.xlsx", f"{name} 12 of 4", kind="traceability_record")
        for sign, name in zip(signs, ("BCT", "figures", "vendors", "log"), strict=True)
        if came or sign != third
    ]
    found = flags(report("Letter to buyer.docx", letter, reading="static", mode="other"), *sent)
    assert ("promised_document_missing" in found) is not came


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ('X-rays of the boards are in the attached file "Xray 2207 lot 26C.pdf".', True),
        ("Đo lại 20 mẫu, xem file đính kèm: Do lai mau thang 5.xlsx", True),
        ("测量数据见附件「R14 复测数据.xlsx」。", True),
        ('The readings are in the attached file "Peel log.xlsx".', False),
        ('The attached file "Xray 2207 lot 26C.pdf" will follow next week.', False),
        ('Saved by the shift under "Xray 2207 lot 26C.pdf".', False),
    ],
)
def test_a_record_that_names_a_file_as_attached(line, missing):
    case = report("8D-14.docx", f"# 8D report\n\n{line}\n\nRoot cause: nozzle worn.", **CASES)
    log = report("Peel log.xlsx", "Peel log of May, lot 44: 11.2 N", kind="traceability_record")
    assert ("promised_document_missing" in flags(case, log)) is missing


@pytest.mark.parametrize(("second", "missing"), [("colour report of job 44", True), ("peel test log of June", False)])
def test_a_mail_of_two_papers_that_carries_one(second, missing):
    mail = report(
        "RE data.eml",
        f"Good day,\n\nplease find attached 1) peel test log of May and 2) {second}.\n\nThank you",
        kind="other",
    )
    sent = [
        report("RE data.eml/Peel test log May June.xlsx", "PEEL TEST LOG\n\nlot 44: 11.2 N", kind="traceability_record")
    ]
    other = report("KPI 2026.xlsx", "Scrap 1.2 % of May", kind="metrics_record")
    assert ("promised_document_missing" in flags(mail, *sent, other)) is missing


@pytest.mark.parametrize("head", ["Complaint received", "Defect reported", "Khiếu nại nhận"])
@pytest.mark.parametrize(("done", "before"), [("05-Feb-26", True), ("15-Mar-26", False)])
def test_a_column_of_days_headed_as_the_problem(head, done, before):
    sheet = f"""COMPLAINT AND CORRECTIVE ACTION REGISTER 2026

| No. | {head} | Customer | Defect | Root cause | Action | Action completed | Effect |
| 1 | 20-Jan-26 | Nord | print 4 mm out of register | feed roller worn | roller ground, counter set | 14-Feb-26 | 28 Mar: 8 jobs, 1.2 mm |
| 2 | 24-Feb-26 | Holm | boxes soft, 14 % water | stored at an open shutter | curtain hung, pallets moved | {done} | 15 Apr: 20 pallets, 9 % |
"""
    assert ("done_before_reported" in flags(report("Register.xlsx", sheet, **CASES))) is before


@pytest.mark.parametrize(("done", "before"), [("2026-05-30", True), ("2026-06-26", False)])
def test_steps_of_an_8d_with_a_column_of_days(done, before):
    sheet = f"""# 8D - LOW TORQUE

Complaint received :: 2026-06-14 || Owner :: Shen

| Step | Content | Date |
| D2 Problem | 23 of 2,000 caps under 0.4 Nm at the customer | 2026-06-15 |
| D4 Root cause | heater 2 runs 14 °C low, thread shrinks | 2026-06-22 |
| D5 Selected action | replace heater 2, sample each shelf | 2026-06-24 |
| D6 Implementation | heater 2 replaced, sampling plan revised | {done} |
| D7 Verification | three lots of 200 pcs, lowest 0.43 Nm, 0 NG | 2026-07-27 |
| D8 Closure | customer accepted by mail | 2026-08-06 |
"""
    assert ("done_before_reported" in flags(report("8D low torque.docx", sheet, **CASES))) is before


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("114/06", "2025-06"),
        ("月份 | 114/11 | 3", "2025-11"),
        ("110/12 V", None),
        ("共 114/13", None),
        ("2025年 | 114/06", None),
    ],
)
def test_months_of_the_republic_alone_in_their_cell(text, value):
    assert [found.value for found in find(text, "ymd", "zh")][:1] == ([value] if value else [])


@pytest.mark.parametrize(("year", "left"), [("113", True), ("114", False)])
def test_a_heading_over_months_of_the_republic(year, left):
    sheet = f"""東昇閥業 {year} 年度水壓不良統計表

| 月份 | 測試 | 不良 | 不良率% |
| 114/06 | 4,216 | 62 | 1.47 |
| 114/07 | 4,580 | 74 | 1.62 |
| 114/08 | 4,037 | 55 | 1.36 |
| 114/09 | 4,394 | 61 | 1.39 |
"""
    paper = report("統計.xlsx", sheet, kind="metrics_record", criteria=("quality_metrics",), language="zh")
    assert ("heading_year_left_over" in flags(paper)) is left


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("hedef tepe 1.208 ± 6 °c", False),
        ("target temp 180 °c", False),
        ("target ≥ 98", False),
        ("target dates 2026", True),
        ("plan of firings", True),
    ],
)
def test_an_aim_with_its_figure_is_no_plan(title, left):
    assert any(word in without_aims(title) for word in ("hedef", "target", "plan")) is left
