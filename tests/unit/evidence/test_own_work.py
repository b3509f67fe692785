"""Scopes of one kind of work beside papers that tell of another: goods, works by which they are made, services."""

import pytest

from evidence.facts.text import fold
from evidence.own_work import services, work_of
from tests.unit.evidence.builders import flags, report

CERTIFICATE = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}


def _raised(supplier: str, scope: str, *papers: tuple[str, str, str]) -> bool:
    page = f"# Certificate\n\nThe quality management system of\n\n{supplier}\n\ncomplies with ISO 9001:2015\n\nScope :: {scope}\nRegistration :: TVC-66204\nDate of issue :: 20 January 2026 || Valid until :: 19 January 2029\nAccreditation :: NABCB\n"
    told = [report(file, text, kind=kind) for file, text, kind in papers]
    return "certificate_scope_mismatch" in flags(
        report("Certificate.pdf", page, **CERTIFICATE), *told, supplier=supplier
    )


SHEET = "{}\n\n| Date | No | Value |\n| 03.08.2026 | A1 | 12.4 |\n| 04.08.2026 | A2 | 11.9 |\n"


@pytest.mark.parametrize(
    ("supplier", "scope", "title", "letter", "other"),
    [
        # services that are not one another
        ("Sabira Cold Storage Pvt. Ltd.", "Customs brokerage services", "Frozen storage temperatures, room 2", "", True),
        ("Sabira Cold Storage Pvt. Ltd.", "Warehousing and customs brokerage", "Frozen storage temperatures, room 2", "", False),
        ("Sabira Cold Storage Pvt. Ltd.", "Provision of logistics services", "Frozen storage temperatures, room 2", "", False),
        ("Công ty TNHH Kho lạnh Sabira", "Dịch vụ khai thuê hải quan", "Nhật ký kho lạnh số 2", "", True),
        ("PT Sabira Angkutan Barang", "Jasa pergudangan", "Ritase armada minggu 36", "", True),
        # making beside a scope of services
        ("Sabira Diecast Sdn Bhd", "Software development", "Die casting sheet, machine 4", "", True),
        # works that are not one another
        ("Sabira Diecast Sdn Bhd", "Weaving of cotton towels", "Die casting sheet, machine 4", "", True),
        ("Sabira Diecast Sdn Bhd", "Die casting of lamp housings", "Die casting sheet, machine 4", "", False),
        ("Sabira Plating Works", "CNC turning and milling of steel parts", "Nickel plating bath, line B", "", True),
        ("Sabira Plating Works", "CNC turning of steel parts, nickel plating", "Nickel plating bath, line B", "", False),
        ("Sabira Metal Works", "CNC turning and milling of steel parts", "Nickel plating bath, line B", "", False),  # a finish of what is turned
        ("Sabira", "鋁製品陽極處理", "首件檢驗 車削 PS-2207", "本公司全廠僅車削鋼軸。", True),
        ("Sabira", "鋁製品陽極處理", "首件檢驗 PS-2207", "本公司重視品質。", False),
        # one sentence, and one that denies the scope's own
        ("Sabira Works", "Manufacture of injection moulds", "Sheet 12", "We compression-mould gaskets and O-rings. We no longer make moulds, they are bought.", True),
        ("Sabira Works", "Manufacture of injection moulds", "Sheet 12", "We compression-mould gaskets and O-rings. Our moulds are known in the trade.", False),
        ("Sabira Works", "Manufacture of injection moulds", "Sheet 12", "We compression-mould gaskets and O-rings.", False),
        # goods that are not one another
        ("Sabira Kerupuk", "Penerimaan dan pembekuan ikan fillet beku", "Inspeksi kerupuk 2026", "", True),
        ("Sabira Kerupuk", "Produksi makanan ringan", "Inspeksi kerupuk 2026", "", False),
    ],
)  # fmt: skip
def test_work_of_a_scope_beside_that_of_the_papers(supplier, scope, title, letter, other):
    papers = [("Sheet.xlsx", SHEET.format(f"# {title}"), "traceability_record")]
    papers += [("Letter.docx", letter, "other")] if letter else []
    assert _raised(supplier, scope, *papers) is other


def test_goods_that_cases_name_stand_beside_the_name():
    log = "# Log keluhan pelanggan\n\n| No | Tanggal | Keluhan | Tindakan |\n| 1 | 11.02.2026 | Kerupuk apek | Segel diganti 16.02.2026 |\n| 2 | 24.03.2026 | Kerupuk pecah | Rak diganti 30.03.2026 |\n"
    scope = "pembekuan ikan fillet beku"
    assert _raised("Sabira Kerupuk", scope, ("Log keluhan.xlsx", log, "corrective_action_record"))
    assert not _raised("Sabira Makmur", scope, ("Log keluhan.xlsx", log, "corrective_action_record"))


def test_titles_of_what_comes_in_or_is_audited_tell_no_work():
    for title in (
        "Incoming inspection of castings",
        "Supplier evaluation of foundries, castings",
    ):
        papers = [(f"{title}.xlsx", SHEET.format(f"# {title}"), "traceability_record")]
        papers.append((f"{title} 2.xlsx", SHEET.format(f"# {title} of May"), "traceability_record"))
        assert not _raised("Sabira", "Manufacture of wooden furniture", *papers)


def test_moulds_for_injection_are_no_injection_moulding():
    assert work_of(fold("Design and manufacture of injection mold tooling")).works == {"mould_making"}
    assert work_of(fold("compression mold gaskets")).works == {"moulding"}


def test_services_by_name_and_by_title():
    assert services(fold("報關及運輸服務")) >= {"customs"}
    assert not services(fold("Trip sheet"))
    assert services(fold("Trip sheet"), titled=True) == {"carrying"}


def test_a_scope_told_by_site_is_read_whole():
    page = "# SERTIFIKAT\n\nSabira Kopi - ISO 9001:2015\n\n| Lokasi | Ruang lingkup |\n| Kantor pusat, Bandung | Pemasaran dan pembelian |\n| Pabrik 1, Padalarang | Sangrai dan pengemasan kopi |\n\nNo. NSC-Q-1288, terbit 11 Mei 2026, berlaku hingga 10 Mei 2029. KAN LSSM-063-IDN\n"
    lot = report("Log.xlsx", SHEET.format("# Log sangrai kopi"), kind="traceability_record")
    assert "certificate_scope_mismatch" not in flags(
        report("Sertifikat.pdf", page, **CERTIFICATE), lot, supplier="Sabira Kopi"
    )


def test_a_letter_that_was_taken_for_a_questionnaire_says_what_its_house_does():
    letter = "We compression-mould gaskets and O-rings. We no longer make moulds, they are bought."
    rows = "# Evaluation of suppliers\n\n| Supplier | Goods | Score |\n| Ring Tools | moulds | 88 |\n"
    scope = "Manufacture of injection moulds"
    assert _raised("Sabira Works", scope, ("Letter.docx", letter, "supplier_evaluation_record"))
    sheet = ("Sheet.xlsx", SHEET.format("# Sheet 12"), "traceability_record")
    assert not _raised("Sabira Works", scope, sheet, ("Suppliers.xlsx", rows, "supplier_evaluation_record"))
