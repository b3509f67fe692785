"""Visits of the certifier in other words, scopes of carriers and processors, and evaluations of suppliers left half done."""

import pytest

from tests.unit.evidence.builders import flags, report

CERTIFICATE = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}
RATED = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}
SUPPLIER = "Hoa Binh Fastening Co., Ltd"


def _certificate(days: str, scope: str = "manufacture of fasteners", holder: str = SUPPLIER):
    page = (
        f"# Certificate\n\nThe quality management system of\n\n{holder}\n\ncomplies with ISO 9001:2015\n\n"
        f"Scope :: {scope}\n\n{days}\n\nAccreditation :: BoA\n"
    )
    return report("Certificate.pdf", page, **CERTIFICATE)


@pytest.mark.parametrize(
    ("days", "seen"),
    [
        ("No. QR-55 || From 1 June 2024 || To 31 May 2027 || Visit of the first year: 19 May 2026", True),
        ("Issued 2024-06-01 || Valid until 2027-05-31 Surveillance audit passed 2026-01-27", True),
        ("Issued 2024-06-01 || Valid until 2027-05-31 SA1 held 2025-06-03, SA2 held 2026-05-28", True),
        ("发证日期 2024-06-01 || 有效期至 2027-05-31 第一年监督审核通过 2025-05-20", True),
        ("Issued 2024-06-01 || Valid, subject to yearly surveillance, until 2027-05-31", False),
        ("Issued 2024-06-01 || Valid until 2027-05-31", False),
    ],
)
def test_visits_of_the_certifier_in_other_words(days, seen):
    raised = flags(_certificate(days), supplier=SUPPLIER)
    assert ("no_surveillance_evidence" not in raised) is seen


LOTS = report(
    "Trips.docx",
    "# Trip record\n\nLoad :: lot L-26-711 || Truck :: 70-4418 || Date :: 14 September 2026\n",
    kind="traceability_record",
    criteria=("traceability",),
)
DAYS = "Issued 2026-06-01 || Valid until 2029-05-31"


@pytest.mark.parametrize(
    ("supplier", "scope", "trade"),
    [
        ("Bowin Cold Trucking Co., Ltd.", "Temperature-controlled road transport of food", False),
        ("Hoa Binh Fastening Co., Ltd", "Road transport and warehousing of goods", True),
        ("Thepha Golden Shrimp Co., Ltd", "freezing, cooking and packing of crustaceans for export", False),
        ("Thepha Golden Shrimp Co., Ltd", "import and export of crustaceans", True),
    ],
)
def test_carriers_carry_and_processors_export_what_they_make(supplier, scope, trade):
    raised = flags(_certificate(DAYS, scope, supplier), LOTS, supplier=supplier)
    assert ("certificate_scope_mismatch" in raised) is trade


HEADS = "| Supplier | Material | Quality /50 | Delivery /30 | Grade | {day} |"
FULL = "| Tien Du Plastic | housing | 41 | 22 | B | 10/07/2026 |\n| Cap Tu Son | wire | 46 | 27 | A | 10/07/2026 |\n| Dai Dong | sleeve | 44 | 25 | A | 10/07/2026 |"


@pytest.mark.parametrize(
    ("day", "rest", "left"),
    [
        ("Day of evaluation", "| Nam Terminal | lug |  |  |  | 13/07/2026 |\n| Keo Phuc | tape |  |  |  | 13/07/2026 |", True),
        ("Day of evaluation", "| Nam Terminal | lug |  |  |  | 13/07/2026 |", False),  # one may be on its way
        ("Next evaluation", "| Nam Terminal | lug |  |  |  | 13/07/2026 |\n| Keo Phuc | tape |  |  |  | 13/07/2026 |", False),
        ("Day of evaluation", "| Nam Terminal | lug |  |  |  |  |\n| Keo Phuc | tape |  |  |  |  |", False),
        ("Day of evaluation", "| Nam Terminal | lug |  |  |  | 22/09/2026 |\n| Keo Phuc | tape |  |  |  | 22/09/2026 |", False),
    ],
)  # fmt: skip
def test_suppliers_evaluated_on_a_day_without_a_result(day, rest, left):
    made = report("Evaluation of suppliers.xlsx", f"{HEADS.format(day=day)}\n{FULL}\n{rest}", **RATED)
    assert ("evaluation_without_result" in flags(made)) is left


FORM = """# แบบประเมินผู้ขาย

ผู้ขาย :: หจก. ด้ายย้อมนคร || สินค้า :: ฝ้าย 32/2 || เยี่ยมโรงงาน :: 18/06/2569

คะแนนคุณภาพ (40) :: {marks} || คะแนนส่งมอบ (30) ::  || คะแนนบริการ (30) ::

ผลการตัดสิน :: {choice} || ผู้อนุมัติ ::
"""


@pytest.mark.parametrize(
    ("marks", "choice", "left"),
    [("", "☐ อนุมัติ ☐ ไม่อนุมัติ", True), ("36", "☐ อนุมัติ ☐ ไม่อนุมัติ", False), ("", "☑ อนุมัติ ☐ ไม่อนุมัติ", False)],
)
def test_the_field_of_who_approves_is_no_result(marks, choice, left):
    made = report("ประเมินผู้ขาย.docx", FORM.format(marks=marks, choice=choice), language="th", **RATED)
    assert ("evaluation_without_result" in flags(made)) is left


def test_a_list_whose_heads_stand_in_two_languages():
    page = "# Onaylı tedarikçi listesi / Approved vendor list\n\n| Kod | Firma / Company | Malzeme / Item | Vade |\n| T01 | Kayapa Levha | levha | 60 gün |\n| T02 | Hisar Menteşe | menteşe | 30 gün |\n| T04 | Marmara Bant | bant | 45 gün |"
    listed = report("Tedarikçi listesi.xlsx", page, language="tr", **RATED)
    assert "supplier_list_without_evaluation" in flags(listed)
    rated = page.replace("Vade |", "Puan |").replace("60 gün", "81").replace("30 gün", "77").replace("45 gün", "90")
    assert "supplier_list_without_evaluation" not in flags(report("Tedarikçi listesi.xlsx", rated, **RATED))


TEAM = "# 2026 年度內部稽核報告\n\n稽核日 :: 2026/07/21 || {head} :: 葉明哲\n\n| 部門 | 稽核員 | 發現 |\n| 生產線 | 葉明哲 | 溫度曲線缺一週 |\n| 品保 | 許文彬 | 樣品過期 |"


@pytest.mark.parametrize(("head", "own"), [("組長", False), ("受稽部門主管", True)])
def test_who_leads_the_team_of_auditors_heads_no_area(head, own):
    made = report("內部稽核.docx", TEAM.format(head=head), kind="internal_audit_record", criteria=("internal_audit",))
    assert ("auditor_not_independent" in flags(made)) is own


def test_the_certificate_of_a_sister_firm_in_the_place_of_an_own_one_is_watched_too():
    old = "Issued 2024-06-01 || Valid until 2027-05-31"
    sister = _certificate(old, holder="Southern Lumen Plastics Sdn. Bhd.")
    own = _certificate("Issued 2026-06-01 || Valid until 2029-05-31").model_copy(update={"path": "Own.pdf"})
    named = report(
        "Minutes.docx", f"# Minutes, 3 March 2026\n\n{SUPPLIER} has a new oven.", criteria=("change_control",)
    )
    assert "no_surveillance_evidence" in flags(sister, named, supplier=SUPPLIER)
    assert "no_surveillance_evidence" not in flags(sister, own, named, supplier=SUPPLIER)
