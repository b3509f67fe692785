"""Flags in fields that come again, steps, mails, sentences and lists: each shape with a near miss that stays silent."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
FIGURES = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
SUPPLIERS = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
TEST = {"kind": "traceability_record", "criteria": ("traceability",)}
AIMS = FIGURES | {"mode": "prescription", "reading": "static"}


def paper(*lines: str) -> str:
    return "\n\n".join(lines)


def table(*rows: str) -> str:
    return "\n".join(f"| {row} |" for row in rows)


def steps(*days: str) -> str:
    told = ("Complaint received, 12 drums leaking", "Root cause found, worn roller", "Roller replaced", "CAR closed")
    rows = [f"{what} | Kim | {day} 2026" for what, day in zip(told, days, strict=True)]
    return f"# CAR 26-07\n\n{table('Step | Who | When', *rows)}"


MAIL = (
    "# Re: Complaint 26-11 dented tins",
    "From: Joe, Sent: Monday {end} June 2026 16:40",
    "Ann, the strap tension is set, the packers told. I have closed the complaint today.",
    "From: Ann, Sent: Monday 8 June 2026 09:12",
    "Joe, Dale Foods complain of 40 dented tins. Cause seems to be a loose strap. Please act.",
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (steps("4 May", "4 May", "4 May", "4 May"), True),
        (steps("4 May", "6 May", "9 May", "4 June"), False),
        (paper(*MAIL).format(end=8), True),
        (paper(*MAIL).format(end=22), False),
        (
            "Complaint 26-14 came in on 3 March 2026: six boxes wet. Cause: torn film. "
            "Film changed on 5 March 2026. The case stays open; complaint 26-09 closed on 3 March 2026.",
            False,
        ),
        (
            "# 투서 26-07\n\n"
            + table(
                "단계 | 일자",
                "접수: 용기 12개 누수 | 2026-05-04",
                "원인: 롤러 마모 | 2026-05-04",
                "조치: 롤러 교체 | 2026-05-04",
                "종결 | 2026-05-04",
            ),
            True,
        ),
    ],
)
def test_a_case_told_in_steps_or_a_mail_was_closed_on_its_day(text, told):
    assert ("closed_same_day" in flags(report("CAR.eml", text, **CASE))) is told


@pytest.mark.parametrize("done", [False, True])
def test_a_task_told_in_fields_that_come_again_is_overdue(done):
    text = paper(
        "# Actions from the review of 12 May 2026",
        "Action 1: buy a second scale",
        "Owner: B. Poe",
        "Due: 30 June 2026",
        f"Status: {'done 22 June 2026' if done else 'open'}",
        "Action 2: paint the aisle",
        "Owner: C. Lim",
        "Due: 20 May 2026",
        "Status: done",
    )
    assert ("overdue_actions" in flags(report("actions.docx", text, **REVIEW))) is not done


def test_fields_of_two_steps_of_one_report_are_no_two_records():
    text = paper(
        "# 8D 26-07, opened 4 May 2026",
        "Problem: 12 drums leaking",
        "Root cause: worn roller",
        "Containment: stock sorted",
        "Responsible: Kim",
        "Date: 5 May 2026",
        "Action: roller replaced",
        "Responsible: Lee",
        "Date: 9 May 2026",
    )
    found = [fact for fact in report("8D.docx", text, **CASE).facts if fact.kind in ("case", "action")]
    assert [fact.role for fact in found] == ["form"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ("Dear Mr Poe,", "in the shop I saw two things which do not conform. Gauges at line 2 bore no sticker."),
            True,
        ),
        (
            (
                "Nonconformities:",
                "- crimp gauges at line 2 without sticker",
                "- three orders without first piece check",
            ),
            True,
        ),
        (("Nonconformities: none", "Good points:", "- crimp gauges at line 2 all carry a sticker"), False),
        (
            ("I saw two things which do not conform. Gauges bore no sticker.", "Both were put right by 20 March 2026."),
            False,
        ),
    ],
)
def test_findings_of_an_audit_told_in_a_letter_or_points(lines, told):
    text = paper("# Internal audit of 3 March 2026", "Auditor: A. Roe", *lines)
    assert ("audit_findings_not_followed_up" in flags(report("audit.docx", text, **AUDIT))) is told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Steel comes from Northmill Steel, paint from Color House, cartons from Bay Carton.",), True),
        (
            (
                "Steel comes from Northmill Steel (88 points), paint from Color House (74), cartons from Bay Carton (91).",
            ),
            False,
        ),
        (("1. Akçelik A.Ş. - sac", "2. Boya Evi Ltd. Şti. - boya", "3. Kutu Ambalaj - koli"), True),
        (("- quality: 40 %", "- delivery: 30 %", "- price: 30 %"), False),
    ],
)
def test_a_list_of_suppliers_without_a_table(lines, told):
    text = paper("# Our approved suppliers 2026", *lines)
    assert ("supplier_list_without_evaluation" in flags(report("list.docx", text, **SUPPLIERS))) is told


@pytest.mark.parametrize("score", ["", "81"])
def test_evaluations_one_below_the_other_without_a_result(score):
    one = f"Pemasok :: CV Baja || Tanggal :: 3 Maret 2026\nMutu :: {score} || Harga :: {score}\nNilai :: {score} || Keputusan ::"
    text = f"# Penilaian pemasok 2026\n\n{one}\n\n{one.replace('CV Baja', 'PT Cat')}"
    found = flags(report("nilai.docx", text, language="id", **SUPPLIERS))
    assert ("evaluation_without_result" in found) is not score


AIMED = (
    "Our objectives for {year}: reject rate below 1.5 %, on-time delivery at least 97 %, complaints at most 6 a year."
)
RUN = "Reject rate: Jan 1.4 %, Feb 1.6 %, March 1.2 %, April 1.3 %, May 1.1 %, June 1.3 %."


def test_targets_told_in_one_sentence_want_a_series_and_a_sentence_of_months_is_one():
    aims = report("objectives.docx", paper("# Quality objectives 2026", AIMED.format(year=2026)), **AIMS)
    ahead = report("objectives.docx", paper("# Quality objectives 2027", AIMED.format(year=2027)), **AIMS)
    months = report("results.docx", paper("# Results 2026", RUN), **FIGURES)
    assert "kpi_target_without_series" in flags(aims)
    assert "kpi_target_without_series" not in flags(ahead)
    assert "kpi_target_without_series" not in flags(aims, months)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "Reject rate: Jan 2.1 %, Feb 2.1 %, March 2.1 %, April 2.1 %, May 2.1 %, June 2.1 %.", True),
        ("en", RUN, False),
        ("en", "Target reject rate: Jan 2.1 %, Feb 2.1 %, March 2.1 %, April 2.1 %, May 2.1 %, June 2.1 %.", False),
        ("en", "Reject rate was 2.1 % in January, 2.1 % in February, 2.1 % in March, 2.1 % in April, 2.1 % in May, 2.1 % in June.", True),
        ("th", "อัตราของเสีย มกราคม 1.5 % กุมภาพันธ์ 1.5 % มีนาคม 1.5 % เมษายน 1.5 % พฤษภาคม 1.5 % มิถุนายน 1.5 %", True),
        ("ko", "불량률은 1월 1.5%, 2월 1.5%, 3월 1.5%, 4월 1.5%, 5월 1.5%, 6월 1.5%였다.", True),
        ("vi", "Tỷ lệ lỗi tháng 1 là 1,5 %, tháng 2 là 1,5 %, tháng 3 là 1,5 %, tháng 4 là 1,5 %, tháng 5 là 1,5 %, tháng 6 là 1,5 %.", True),
    ],
)  # fmt: skip
def test_figures_of_several_months_in_one_sentence(language, text, told):
    found = flags(report("kpi.docx", paper("# 2026", text), language=language, **FIGURES))
    assert ("kpi_values_constant" in found) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Limit 3 %. Found: 2.1, 2.4, 3.6, 2.2, 2.0 %. Lot passed.", True),
        ("Limit 300 N. Found: 321, 334, 346, 322, 320 N. Lot passed.", False),
        ("Bore 25 ± 0.1 mm: 25.02, 25.04, 24.98 mm. Length 50 ± 0.2 mm: 50.1, 50.4, 49.9 mm. Lot passed.", True),
        ("Bore 25 ± 0.1 mm: 25.02, 25.04, 24.98 mm. Length 50 ± 0.2 mm: 50.1, 50.0, 49.9 mm. Lot passed.", False),
    ],
)
def test_limits_without_a_side_and_several_limits_in_one_text(text, told):
    found = flags(report("lab.docx", paper("# Test, lot W-12, 4 September 2026", text), **TEST))
    assert ("conclusion_contradicts_data" in found) is told


def test_kilograms_are_no_part_of_cartons():
    mixed = "Total 1,250 kg: steel 520 kg, cartons 400 pcs, film 410 kg, labels 20 pcs."
    assert "figures_do_not_add" not in flags(report("ship.docx", paper("# Shipment", mixed), **TEST))
    scrap = "Total 226 kg: porosity 120 kg, cold shut 45 kg, sand 30 kg, other 11 kg."
    assert "figures_do_not_add" in flags(report("scrap.docx", paper("# Scrap May 2026", scrap), **FIGURES))


@pytest.mark.parametrize(("last", "told"), [("East", False), ("All sites", True), ("", True)])
def test_one_more_row_of_a_table_is_no_total_by_chance(last, told):
    rows = ("Site | A | B | C | D", "North | 1 | 2 | 3 | 4", "South | 2 | 3 | 4 | 5", "West | 3 | 1 | 2 | 6")
    text = f"=== 1\n{table(*rows, f'{last} | 6 | 6 | 9 | 14')}"
    assert ("figures_do_not_add" in flags(report("sites.xlsx", text, **FIGURES))) is told
