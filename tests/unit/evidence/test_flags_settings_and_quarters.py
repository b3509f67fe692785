"""What honest factories write of offices, machines set alike, business years, orders and permissions, and what still tells."""

import pytest

from evidence.flags import readings
from tests.unit.evidence.builders import bundle, flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
AUDITED = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


@pytest.mark.parametrize(
    ("area", "auditor", "told", "own"),
    [
        ("Assembly B", "Tran Thi Hoa", "Present: Tran Thi Hoa, Assembly A supervisor; Le Nam.", False),
        ("Assembly B", "Tran Thi Hoa", "Present: Tran Thi Hoa, Assembly B supervisor; Le Nam.", True),
        ("조립 2팀", "김민수", "참석: 조립 1팀장 김민수, 박지영", False),
        ("Document control", "Tran Thi Hoa", "Present: Tran Thi Hoa (Quality Control Manager), Le Nam.", False),
        ("Quality control", "Tran Thi Hoa", "Present: Tran Thi Hoa (Quality Control Manager), Le Nam.", True),
        ("Warehouse", "Tran Thi Hoa", "Present: Tran Thi Hoa, Warehouse Manager Le Van Nam, Do Minh.", False),
        ("Warehouse", "Tran Thi Hoa", "Present: Warehouse Manager Le Van Nam / Tran Thi Hoa / Do Minh.", False),
        ("Warehouse", "Tran Thi Hoa", "Present: Tran Thi Hoa, manager of the warehouse, Do Minh.", True),
        ("Gudang", "Agus", "Hadir: Agus Salim (Kepala Gudang), Agus Wijaya (QA).", False),
        ("Gudang", "Agus", "Hadir: Agus (Kepala Gudang), Sari (QA).", True),
    ],
)
def test_who_heads_another_line_or_bears_part_of_a_name(area, auditor, told, own):
    audit = f"# Internal audit, 18 August 2026\n\n| Department | Auditor | Findings |\n| {area} | {auditor} | none |\n| Purchasing | Do Van Minh | one |"
    papers = (
        report("Audit.docx", audit, **AUDITED),
        report("Minutes.docx", f"# Minutes, 6 August 2026\n\n{told}", **MET),
    )
    assert ("auditor_not_independent" in flags(*papers)) is own


@pytest.mark.parametrize("moves", [0, 5])
def test_zones_of_an_extruder_are_set_alike(moves):
    rows = "\n".join(
        f"| {d:02}.08.2026 | EX-2608{d:02} | {' | '.join(str(t + moves * (d % 3)) for t in (165, 175, 185, 190))} |"
        for d in range(3, 15)
    )
    text = f"| Date | Lot | Zone 1 | Zone 2 | Zone 3 | Zone 4 |\n{rows}"
    assert "identical_readings" not in flags(report("Extruder log.xlsx", text, **CHECKED))


SET = "| Parameter | Range | Actual |\n| Barrel zone 1 °C | 200 - 230 | 217 |\n| Barrel zone 2 °C | 205 - 235 | 220 |\n| Injection pressure bar | 70 - 110 | 90 |\n| Cooling time s | 15 - 25 | 19 |\n| Mould temp °C | 50 - 70 | 60 |\n| Speed % | 40 - 70 | 55 |"
MELT = "| Element | Requirement | Result |\n| C % | 0.42 - 0.50 | 0.457 |\n| Si % | 0.17 - 0.37 | 0.243 |\n| Mn % | 0.50 - 0.80 | 0.655 |\n| P % | max 0.035 | 0.018 |\n| S % | max 0.035 | 0.011 |"


@pytest.mark.parametrize(
    ("told", "heats", "raised"),
    [(SET, ("", ""), False), (MELT, ("H48812", "H48812"), False), (MELT, ("H48812", "H48907"), True)],
)
def test_settings_and_two_deliveries_of_one_heat_are_alike(told, heats, raised):
    papers = [
        report(f"Sheet {day}.docx", f"# Check\n\nDone on {day} August 2026, lot RM-2608{day}{f', heat {heat}' if heat else ''}\n\n{told}", **CHECKED)
        for day, heat in zip((13, 25), heats, strict=True)
    ]  # fmt: skip
    assert ("identical_readings" in flags(*papers)) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Rejection in Q1 FY 2026-27 was 1.3 %.", False),
        ("Rejection in the first quarter of the financial year was 1.3 %.", False),
        ("Rejection in Q1 2026 was 1.3 %.", True),
    ],
)
def test_quarters_of_a_business_year(said, raised):
    sheet = "# KPI 2026\n\n| Measure | Jan | Feb | Mar | Apr | May | Jun |\n| Rejection % | 2.1 | 2.2 | 2.0 | 1.4 | 1.3 | 1.2 |"
    papers = (
        report("KPI.xlsx", sheet, **COUNTED),
        report("MR.docx", f"# Management review, 16 July 2026\n\n{said}", **MET),
    )
    assert ("same_measure_different_figures" in flags(*papers)) is raised


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("# Gauge list 2026\n\nApproved: Tran Hoa 06/01/2026\n\n| No | Gauge | Calibrated |\n| 1187 | Caliper | 20/12/2025 |\n| 1124 | Caliper | 21/12/2025 |", "12/06/2026: caliper 1123 was broken, replaced by 1187."),
        ("# Contract review PO 4411\n\nQuantity :: 650 || Price :: 4.20\n\nReviewed by: Le Nam 03/08/2026", "12/08/2026 quantity changed from 500 to 650 by mail of the customer."),
        ("# Inspection of lot L260803\n\n| Bore | 8.00 - 8.06 | 8.05 |\n\nInspector: Le Nam 03/08/2026", "Reworked on 05/08/2026: bore was 7.96, now 8.05, passed."),
        ("# Inspection of lot L260803\n\n| Bore | 8.00 - 8.08 | 8.05 |\n\nInspector: Le Nam 03/08/2026", "Drawing revised 10/08/2026: tolerance changed from 8.06 to 8.08 (ECN 112)."),
    ],
)  # fmt: skip
def test_what_becomes_another_after_a_signature_and_is_no_result(text, note):
    assert "changed_after_signature" not in flags(report("Record.docx", f"{text}\n\n{note}", **CHECKED))


@pytest.mark.parametrize(("zero", "raised"), [("2", False), ("0", True)])
def test_months_without_a_complaint_are_left_empty(zero, raised):
    text = (
        "# KPI 2026\n\n| Measure | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug |\n| Output t | 62 | 39 | 71 | 68 | 70 | 66 | 69 | 73 |\n"
        f"| Customer complaints | 2 | 1 | 1 | {zero} | | | | |\n| On time % | 94 | 91 | 97 | 96 | 98 | 95 | 96 | 97 |"
    )
    assert ("series_stops" in flags(report("KPI 2026.xlsx", text, **COUNTED))) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Deviation from drawing permitted by the customer, mail of 8 August 2026.", False),
        ("Deviation from nominal is told in mm.", True),
    ],
)
def test_a_deviation_that_was_permitted(line, raised):
    text = f"# Test report lot L260803, 6 August 2026\n\n| Feature | Limit | Reading 1 | Reading 2 | Reading 3 |\n| Bore | 8.00 - 8.06 | 8.02 | 8.09 | 8.03 |\n| Width | 12.0 - 12.2 | 12.1 | 12.1 | 12.0 |\n| Depth | 5.0 - 5.2 | 5.1 | 5.1 | 5.0 |\n\n{line} Result: OK"
    assert ("conclusion_contradicts_data" in flags(report("Test.docx", text, **CHECKED))) is raised


@pytest.mark.parametrize(
    "said",
    [
        "Parts under suspicion are reported in 24 hours to the Quality Manager of Samsung Electronics Co., Ltd.",
        "The QA Manager of Kirin Castings Co., Ltd is informed before any change of material.",
    ],
)
def test_an_office_of_a_customer_that_is_told(said):
    own = "Lotus Valley Pumps Co., Ltd"
    rules = {"reading": "static", "mode": "prescription"}
    rule = report("QP-08.docx", f"# Control of nonconforming product\n\nThis procedure says how {own} controls product. {said}", kind="procedure", **rules)  # fmt: skip
    assert "placeholder_left" not in flags(rule, report("Manual.docx", f"# Manual of {own}\n\n{own} makes pumps.", kind="manual", **rules))  # fmt: skip


def test_words_are_looked_through_for_a_few_of_many_readings_outside(monkeypatch):
    sheets = "\n".join(
        f"=== S{s}\n| Lot | Limit | Reading 1 | Reading 2 | Reading 3 |\n"
        + "\n".join(f"| L26-{s:02}{i:03} | 8.00 - 8.06 | {8.07 + i / 1000 if not i % 3 else 8.03} | 8.02 | 8.04 |" for i in range(60))
        for s in range(6)
    )  # fmt: skip
    logs = bundle(report("Log.xlsx", sheets, **CHECKED))
    asked = []
    monkeypatch.setattr(readings, "_is_answered", lambda item, outside, one: bool(asked.append(one)) or True)
    list(readings.out_of_limits_without_reaction(logs, {}))
    assert 0 < len(asked) <= readings.MOST_ASKED * len(readings.readings(logs))
    assert len(asked) < 6 * 20
