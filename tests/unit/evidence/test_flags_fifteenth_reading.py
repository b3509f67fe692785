"""What the fifteenth set of bundles showed: months counted by numbers, series that stop beside others, days that are no result."""

import json
from unittest import mock

import pytest

from evidence.flags import day_rows
from evidence.model import PartReading
from tests.unit.evidence.builders import flags, report


def series_of(paper) -> list[dict]:
    return [json.loads(fact.value) for fact in paper.facts if fact.kind == "series"]


SHEET = {"kind": "metrics_record", "criteria": ("quality_metrics",)}


def by_month(late: tuple[str, str, str], head: str = "Month") -> str:
    """Three measures by month, counted from one on; on-time delivery has the figures of `late` from July to September."""
    rows = [(4120, 62, "1.50", 93.9), (3987, 71, "1.78", 91.1), (4466, 58, "1.30", 96.2), (4205, 66, "1.57", 93.8), (4018, 53, "1.32", 89.4), (4340, 60, "1.38", 86.3)]  # fmt: skip
    rows += [(3611, 49, "1.36", late[0]), (3274, 44, "1.34", late[1]), (4390, 55, "1.25", late[2])]
    lines = [f"| {month} | {' | '.join(map(str, row))} |" for month, row in enumerate(rows, 1)]
    return f"| {head} | Gears made | Scrap pcs | Scrap % | On time % |\n" + "\n".join(lines)


@pytest.mark.parametrize("head", ["Month", "月份", "Bulan", "Ay"])
def test_months_counted_down_a_column_make_a_series(head):
    found = series_of(report("KPI 2026.xlsx", by_month(("90.1", "92.5", "91.0"), head), **SHEET))
    assert "2026-09" in {period for one in found for period in one["periods"]}


def test_numbers_down_a_column_of_anything_else_are_no_months():
    found = series_of(report("KPI 2026.xlsx", by_month(("90.1", "92.5", "91.0"), "No."), **SHEET))
    assert not found


def test_a_measure_that_stops_while_the_rows_go_on():
    fired = flags(report("KPI 2026.xlsx", by_month(("", "", "")), **SHEET))
    assert "On time %" in fired["series_stops"].explanation
    assert "series_stops" not in flags(report("KPI 2026.xlsx", by_month(("90.1", "92.5", "91.0")), **SHEET))


RATES = "| | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug |\n| Dicetak | 22140 | 21380 | 23905 | 20710 | 24600 | 23170 | 25240 | 24315 |\n| Buangan | 288 | 261 | 299 | 244 | 374 | 278 | 341 | 316 |\n| % | 1.30 | 1.22 | 1.25 | 1.18 | {} | 1.20 | 1.35 | 1.30 |"


@pytest.mark.parametrize(("may", "raised"), [("0.76", True), ("1.52", False), ("1.50", False)])
def test_one_rate_that_does_not_follow_where_all_others_do(may, raised):
    found = flags(report("Buangan 2026.xlsx", RATES.format(may), **SHEET))
    assert ("figures_do_not_add" in found) is raised


RATED = "# 협력사 정기평가 2026\n\n| 협력사 | 품목 | 평가일 | 품질 (50) | 합계 |\n| 대성고무 | 고무 | 2026-07-06 | {0} | {0} |\n| 진해와이어 | 와이어 | 2026-07-06 | {0} | {0} |\n| 마산피팅 | 피팅 | 2026-07-07 | {0} | {0} |"


@pytest.mark.parametrize(("score", "raised"), [("", True), ("44", False)])
def test_the_day_of_an_evaluation_is_no_result(score, raised):
    paper = report("협력사 평가.xlsx", RATED.format(score), kind="supplier_evaluation_record", criteria=("supplier_control",), language="ko")  # fmt: skip
    assert ("evaluation_without_result" in flags(paper)) is raised


AUDIT = "# Internal audit report IA-02\n\nConducted on 17 and 18 August 2026.\n\n| Area | In charge | Audited by | Findings |\n| SMT line | D. Prakash | Kavitha S. | 1 minor: feeder 14 not labelled |\n| Stores | K. Murugan | {} | nil |\n| Design | A. Joseph | Kavitha S. | nil |"


@pytest.mark.parametrize(("auditor", "raised"), [("K. Murugan", True), ("D. Prakash", False)])
def test_who_is_in_charge_and_audits_in_one_row(auditor, raised):
    paper = report("audit.docx", AUDIT.format(auditor), kind="internal_audit_record", criteria=("internal_audit",))
    assert ("auditor_not_independent" in flags(paper)) is raised


EIGHT_D = "# 8D REPORT\n\nNo. :: 2026-011 || Opened :: 07.04.2026\n\nD2 :: Gear Z41, 19 gearboxes of 260 too loud on test stand\n\nD4 :: flank modified by a worn dressing roll\n\nD5 :: new dressing roll, tip relief 12 µm\n\nD8 :: {}\n\nClosed :: 21.06.2026 by K. Wrona"


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("18.06.2026: 180 gearboxes at customer, 66-71 dB, none above 72", False),
        ("18.06.2026: report sent to the customer, no answer so far", True),
        ("18.06.2026, thanks to the team of 3", True),
    ],
)
def test_a_closing_part_that_looked_at_many_and_tells_of_none(told, raised):
    paper = report("8D noise.docx", EIGHT_D.format(told), kind="corrective_action_record", criteria=("corrective_action",))  # fmt: skip
    assert ("no_effectiveness_check" in flags(paper)) is raised


def test_what_was_done_since_the_audit_shows_that_something_was_found():
    text = "# Report of internal audit 2026\n\nDays: 12 to 14 May 2026. Lead auditor was K. Wrona.\n\n- Turning: three setting sheets blank, week 19. Signed since 25 May; checked by Nowak 16 June, 12 of 12.\n- Warehouse: two heats in one rack. Racks divided 29 May, seen by Lis 17 June.\n- Hardening: no deviation."
    paper = report("audit 2026.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert "audits_without_finding" not in flags(paper)


BURN = "# Sheet {0}\n\nBURN-IN RECORD, 24 W DRIVER\n\n| Lot | {0} | Date | {1} |\n| Sample | 1 | 2 | 3 | 4 |\n| mA after 4 h | {2} |\n| Sample | 5 | 6 | 7 | 8 |\n| mA after 4 h | {3} |"
FIRST = ("603.7 | 598.2 | 607.9 | 601.4", "595.8 | 610.3 | 599.6 | 604.1")
OTHER = ("597.3 | 606.8 | 602.2 | 594.9", "600.5 | 608.4 | 596.1 | 603.0")


@pytest.mark.parametrize(
    ("lot", "day", "figures", "raised"),
    [("KL-2609-05", "08-09-2026", FIRST, True), ("KL-2609-05", "08-09-2026", OTHER, False), ("KL-2608-17", "21-08-2026", FIRST, False)],
)  # fmt: skip
def test_two_sheets_of_one_workbook_with_the_same_readings(lot, day, figures, raised):
    sheets = [
        report("burn-in.xlsx", BURN.format(number, date, *values), kind="traceability_record", criteria=("traceability",))
        for number, date, values in (("KL-2608-17", "21-08-2026", FIRST), (lot, day, figures))
    ]  # fmt: skip
    assert ("identical_readings" in flags(in_one(*sheets))) is raised


def in_one(*sheets):
    """Papers as the sheets of one workbook."""
    found, facts, parts = [], [], []
    for number, sheet in enumerate(sheets, 1):
        names = {passage.id: f"{passage.id}-{number}" for passage in sheet.passages}
        found += [p.model_copy(update={"id": names[p.id], "part": number}) for p in sheet.passages]
        facts += [fact.model_copy(update={"passage": names[fact.passage]}) for fact in sheet.facts]
        parts.append(PartReading(name=f"lot {number}", number=number, kind=sheet.kind, reading=sheet.reading))
    return sheets[0].model_copy(update={"passages": tuple(found), "facts": tuple(facts), "parts": tuple(parts)})


@pytest.mark.parametrize(
    ("first", "until", "raised"),
    [("2 February 2026", "1 February 2031", True), ("2 February 2026", "1 February 2029", False), ("2 February 2019", "1 February 2028", False)],
)  # fmt: skip
def test_a_first_issue_whose_cycle_still_runs_holds_for_three_years(first, until, raised):
    text = f"# CERTIFICATE\n\nRegistro Garda declares that the quality management system of\n\n# LOTUS VALLEY PUMPS CO., LTD\n\ncomplies with ISO 9001:2015 for the manufacture of centrifugal pumps\n\nCertificate no. RQG2207/Q. First certified {first}, valid until {until}\n\nAccredited by ACCREDIA, no. 0123"
    paper = report("certificate.pdf", text, kind="certificate", reading="static", mode="credential", criteria=("certification",))  # fmt: skip
    assert ("certificate_validity_too_long" in flags(paper)) is raised


LEFT = "# Internal audit, 10-11 March 2026\n\nAuditor: Chiara Pedrini (external).\n\n| N. | Process | What was found | Class | Treatment by the process | Verified |\n| 1 | Turning | gauge without label at lathe 6 | NC minor | {0} | {0} |\n| 2 | Stores | bars of two heats in one rack | OBS | {0} | {0} |\n| 3 | Test room | transducer certificate not evaluated | NC minor | {0} | {0} |"


@pytest.mark.parametrize(("answer", "raised"), [("", True), ("done 20/04/26", False)])
def test_findings_whose_last_columns_are_empty(answer, raised):
    paper = report("audit.docx", LEFT.format(answer), kind="internal_audit_record", criteria=("internal_audit",))
    assert ("audit_findings_not_followed_up" in flags(paper)) is raised


PROGRAMME = "# Internal audits 2026\n\n| Area | Auditor | Date, nonconformities / observations |\n| Press shop | Wahyu | 16.02.2026, {} |\n| Stores | Rina | 18.02.2026, 0 / 0 |\n| Laboratory | Wahyu | 20.02.2026, 0 / 0 |\n| Purchasing | Rina | 21.02.2026, 0 / 0 |"


@pytest.mark.parametrize(("counts", "raised"), [("0 / 0", True), ("1 / 0", False)])
def test_findings_counted_by_class_in_one_cell(counts, raised):
    paper = report("audits 2026.xlsx", PROGRAMME.format(counts), kind="internal_audit_record", criteria=("internal_audit",))  # fmt: skip
    assert ("audits_without_finding" in flags(paper)) is raised


SIGNED = "# Heat treatment record\n\nLot :: HT-77 || Date :: 03/03/2026\n\n{}\n\nApproved by: Maria Santos, 03/03/2026"


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Hardness 57.2 → 58.8, 12/04", True),
        ("Hardness 57.2 changed to 58.8 by stores on 12.04.2026", True),
        ("Furnace | 20 → 850 °C, tray 11/12", False),
        ("Ramp 180 → 200 °C, shipped 12.04.2026", False),
        ("Hardness 57.2 → 58.8, 12/11", False),
    ],
)
def test_a_figure_put_in_the_place_of_another_is_no_step_of_a_furnace(line, raised):
    paper = report("Lot record HT-77.docx", SIGNED.format(line), kind="traceability_record", criteria=("traceability",))
    assert ("changed_after_signature" in flags(paper)) is raised


def test_a_sheet_of_many_days_ahead_is_read_in_bounded_time():
    rows = "\n".join(f"| {n} | 0{1 + n % 9}/03/2026 | part {n} | {1 + n % 28:02d}/11/2027 |" for n in range(600))
    paper = report("log.xlsx", "| No | Checked on | Item | Done on |\n" + rows, kind="traceability_record")
    with mock.patch.object(day_rows, "cells_of", side_effect=day_rows.cells_of) as read:
        flags(paper)
    assert read.call_count < 2 * 600
