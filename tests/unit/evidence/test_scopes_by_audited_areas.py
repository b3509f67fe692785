"""Scopes held against the areas of the house's own audit, goods that are only what a tray is for, and numbers of pieces in three parts."""

import pytest

from evidence.facts.text import fold
from evidence.goods import goods_made
from evidence.own_work import work_of
from evidence.processes import processes
from tests.unit.evidence.builders import certificate, flags, report

SCOPE, NO_LOT = "certificate_scope_mismatch", "no_lot_in_inspection"

AUDIT = (
    "# {title}\n\n| {area} | {who} | {found} |\n| {first} | Ayla | - |\n| {second} | Bora | 1 |\n| {third} | Ayla | - |"
)


@pytest.mark.parametrize(
    ("supplier", "scope", "title", "first", "second", "third"),
    [
        ("Pınarlı Dokuma A.Ş.", "Fason pamuk ipliği boyama hizmetleri", "İç tetkik raporu", "Dokuma", "Konfeksiyon", "Satın alma"),
        ("Hollow Creek Forging Ltd", "Electroplating of customers' parts", "Internal audit report", "Forging", "Machining", "Purchasing"),
        ("PT Tempa Mandiri", "Jasa elektroplating", "Laporan audit internal", "Penempaan", "Pemesinan", "Pembelian"),
    ],
)  # fmt: skip
def test_a_scope_of_a_work_that_no_audited_area_does(
    supplier: str, scope: str, title: str, first: str, second: str, third: str
) -> None:
    text = AUDIT.format(title=title, area="Area", who="Auditor", found="Found", first=first, second=second, third=third)
    audit = report("audit.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    bought = report("approved.xlsx", f"| Name | Does |\n| Deniz | {scope} |\n| Ege | Transport |", kind="supplier_evaluation_record", criteria=("supplier_control",))  # fmt: skip
    assert SCOPE in flags(certificate(holder=supplier, scope=scope), audit, bought, supplier=supplier)
    text = text.replace(third, scope.replace(" hizmetleri", ""))
    audit = report("audit.docx", text, kind="internal_audit_record", criteria=("internal_audit",))
    assert SCOPE not in flags(certificate(holder=supplier, scope=scope), audit, bought, supplier=supplier)


def test_a_tray_for_goods_is_none_of_them() -> None:
    assert "network_equipment" in goods_made(fold("路由器"))
    for product in ("路由器内托 RT-6", "路由器纸托", "router trays"):
        assert "network_equipment" not in goods_made(fold(product))


def test_a_breakdown_of_faults_casts_nothing_and_yarn_is_dyed() -> None:
    assert "casting" not in processes(fold("Eylül hata dökümü"))
    assert "casting" in processes(fold("Alüminyum dökümü"))
    assert work_of(fold("Fason pamuk ipliği boyama")).works == {"dyeing"}
    assert work_of(fold("Metal parça boyama")).works == {"painting"}


def test_the_numbers_of_pieces_have_three_parts() -> None:
    text = "# Pull test register, inspection of hooks\n| Date | Sr. No. | Load T (6.0) | Result |\n" + "\n".join(
        f"| 0{day}.06.2026 | {code} | 6.{day} | OK |" for day, code in enumerate(("HK-5-2201", "HK-12-0417", "HK-5-2204", "HK-8-1190"), 1)
    )  # fmt: skip
    assert NO_LOT not in flags(report("Register.xlsx", text, kind="traceability_record", criteria=("traceability",)))
    for code in ("HK-5-2201", "HK-12-0417", "HK-5-2204", "HK-8-1190"):
        text = text.replace(code, "hook")
    assert NO_LOT in flags(report("Register.xlsx", text, kind="traceability_record", criteria=("traceability",)))
