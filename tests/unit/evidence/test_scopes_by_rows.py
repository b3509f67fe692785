"""Scopes held against what the rows of logs, the name of the house and laboratories' papers tell, where titles alone say too little."""

import pytest

from evidence.model import DocumentReport
from tests.unit.evidence.builders import certificate, flags, report

RULE = "certificate_scope_mismatch"


def _log(path: str, text: str, kind: str = "traceability_record") -> DocumentReport:
    return report(path, text, kind=kind, criteria=("traceability",))


def _raised(supplier: str, scope: str, *papers: DocumentReport, **settings: str) -> bool:
    return RULE in flags(certificate(holder=supplier, scope=scope), *papers, supplier=supplier, **settings)


@pytest.mark.parametrize(
    ("supplier", "scope", "path", "text"),
    [
        (
            "Công ty TNHH Thực phẩm Sa Đéc Mới", "Xay xát và đóng gói bột gạo", "Phieu say.xlsx",
            "=== T8\n# Phiếu theo dõi sấy bún khô\n\n| Ngày | Mẻ | Sản phẩm | Độ ẩm |\n| 03/08/2026 | BK0803 | Bún khô 400 g | 11,2 |\n| 04/08/2026 | BK0804 | Bún khô 400 g | 11,6 |",
        ),
        (
            "Klang Frost Logistics Sdn Bhd", "Customs clearance and freight documentation services", "Temp.xlsx",
            "=== Sept\n# Cold room temperature log, frozen storage\n\n| Date | Room | Stored | Reading |\n| 01/09/2026 | 1 | cold storage of fillets | -19.2 |\n"
            "| 02/09/2026 | 1 | cold storage of fillets | -19.6 |",
        ),
        (
            "Cebu Linen Laundry Services Inc.", "Janitorial and building maintenance services", "wash.xlsx",
            "=== Aug\n# Hospital linen wash log\n\n| Date | Load | Kg |\n| 3 Aug 2026 | L-01 | 110 |\n| 4 Aug 2026 | L-02 | 108 |",
        ),
        (
            "Uludağ Boya Apre A.Ş.", "Örme kumaş üretimi", "Parti.xlsx",
            "=== Ağustos\n| Parti | Tarih | Kg | Proses | Sonuç |\n| B-11 | 03.08.2026 | 412 | reaktif boyama | uygun |\n| B-12 | 04.08.2026 | 388 | reaktif boyama | uygun |\n\n"
            "Firmamızda örme makinesi yoktur; yalnız müşterinin ham kumaşını fason boyar ve apre yaparız.",
        ),
        (
            "코스필 주식회사", "Silk screen printing and hot stamping of containers and caps", "시험.xlsx",
            "=== 대장\n# 완제품 시험대장\n\n| 시험일 | 제품명 | 제조번호 | CFU/g |\n"
            + "\n".join(f"| 2026.08.{d:02d} | 수분크림 50g | CF{d} | 9{d % 10} |" for d in (3, 6, 10, 13, 17, 20)),
        ),
    ],
)  # fmt: skip
def test_work_that_rows_and_names_tell_of_is_not_covered_by_a_scope_of_other_work(
    supplier: str, scope: str, path: str, text: str
) -> None:
    assert _raised(supplier, scope, _log(path, text))


@pytest.mark.parametrize(
    ("supplier", "scope", "path", "text"),
    [
        (
            "Brda Doors MDF Ltd", "Production of interior doors", "after 48h.xlsx",
            "=== Oct\n# Measurement after 48 h\n\n| Date | Lot | Board | mm |\n" + "\n".join(f"| 0{d}.09.2026 | 36{d} | MDF 40 white | 1.{d} |" for d in range(1, 8)),
        ),
        (
            "Menengai Valley Feeds Ltd", "Milling and pelleting of animal feeds for poultry and pigs", "log.xlsx",
            "=== Aug\n# Pelleting log\n\n| Date | Lot | Feed | Kg |\n| 4/8/2026 | BP-02 | Broiler pellets | 8000 |\n| 5/8/2026 | BP-03 | Broiler pellets | 8100 |",
        ),
        (
            "Hựu Phát Packaging JSC", "Gravure printing and laminating of flexible film", "roll.xlsx",
            "=== Sep\n# Roll inspection coffee film\n\n| Date | Roll | Print | Result |\n| 4/9/2026 | R1 | coffee bag 500 g | ok |\n| 5/9/2026 | R2 | coffee bag 500 g | ok |",
        ),
        (
            "Rotterdam Reefer Logistics B.V.", "Warehousing and logistics services", "temp.xlsx",
            "=== Aug\n# Cold store temperature log\n\n| Date | Room | Stored | Reading |\n| 3-8-2026 | A | cold storage of fish | -20.1 |\n| 4-8-2026 | A | cold storage of fish | -19.9 |",
        ),
    ],
)  # fmt: skip
def test_materials_what_goods_are_for_and_what_is_packed_say_nothing_against_a_scope(
    supplier: str, scope: str, path: str, text: str
) -> None:
    assert not _raised(supplier, scope, _log(path, text))


ACCREDITATION = "# Certificate of accreditation\n\n{name}\n\nISO/IEC 17025:2017\n\nScope of accreditation :: {scope}\nNo. :: AB 9917 || Valid until :: 3 May 2029"
REPORT = "# Analysis 26-4471\n\nSample of 11 August 2026\n\n| Test | Method | Result |\n| Salmonella | ISO 6579 | none |\n| Listeria | ISO 11290 | none |"


def _laboratory(scope: str, **settings: str) -> bool:
    name = "Delta Laboratory Ltd"
    paper = report(
        "accreditation.pdf",
        ACCREDITATION.format(name=name, scope=scope),
        kind="certificate",
        reading="static",
        mode="credential",
    )
    return RULE in flags(paper, _log("report.docx", REPORT), supplier=name, **settings)


def test_an_accreditation_for_another_discipline_covers_no_tests_of_this_one() -> None:
    assert _laboratory("Calibration of pressure and temperature instruments")
    assert _laboratory(
        "Mechanical testing of concrete: compressive strength", product="chemical analysis of heavy metals in toys"
    )
    assert not _laboratory("Microbiological and chemical testing of food")
    assert not _laboratory("Testing of food", product="chemical analysis of heavy metals in toys")


def test_a_scope_of_sales_covers_no_calibration_of_a_house_of_metrology() -> None:
    deck = report(
        "slides.pptx",
        "# Calibration on your site\n\n4100 gauges calibrated in 2025 for 63 customers.\n\nFive calibration technicians and two vans.",
        kind="other",
        mode="claim",
    )
    assert _raised("Aire Metrology Ltd", "The sale of hand measuring tools and consumables", deck)
    assert not _raised("Aire Tools Ltd", "The sale of hand measuring tools and consumables", deck)
