"""Certificates of another company of the same house, of a former name, of other goods, and papers that only speak of a certificate."""

import pytest

from evidence.houses import sisters
from evidence.names import same_company
from tests.unit.evidence.builders import flags, report
from tests.unit.evidence.test_certificate_fields import fields

CERTIFICATE = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}
PAGE = (
    "# Certificate\n\nThe quality management system of\n\n{holder}\n\n4 Dock Road\n\ncomplies with {standard}\n\nScope :: {scope}\n"
    "Registration :: TVC-66204\nDate of issue :: 20 January 2026 || Valid until :: 19 January 2029\nAccreditation :: NABCB\n"
)


def _certificate(
    holder: str, scope: str = "Manufacture of parts", standard: str = "ISO 9001:2015", path: str = "c.pdf"
):
    return report(path, PAGE.format(holder=holder, scope=scope, standard=standard), **CERTIFICATE)


@pytest.mark.parametrize(
    ("supplier", "holder", "other"),
    [
        ("Sakarya Dövme Halka Sanayi A.Ş.", "Sakarya Metal Dış Ticaret Ltd. Şti.", True),
        ("Sakarya Gıda Sanayi A.Ş.", "Sakarya Gıda Ltd. Şti.", False),  # changed its form
        ("Sakarya Cam Sanayi A.Ş.", "Sakarya Cam San. ve Dış Tic. A.Ş.", False),
        ("宁波岭海气动元件有限公司", "宁波岭海进出口有限公司", True),
        ("Tealing Lighting Manufacturing Co., Ltd", "Tealing Import & Export Co., Ltd", True),
        ("PT Karya Baja", "CV Karya Baja", False),
        (
            "Công ty TNHH Cơ khí Hải Lăng",
            "Hai Lang Mechanical Engineering and Trading Co., Ltd",
            False,
        ),  # a translation
        ("บริษัท บางนาแคลมป์ จำกัด", "บริษัท บางนาเทรดดิ้ง จำกัด", True),
    ],
)
def test_two_companies_of_one_house(supplier, holder, other):
    assert same_company(supplier, holder)
    assert sisters(supplier, holder) is other


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Công ty CP Thiết bị Điện mặt trời Quế Sơn", "Que Son Solar Equipment JSC", True),
        ("宁波岭海气动元件有限公司", "宁波汉达气动元件有限公司", False),  # one town, one trade
        ("대구 한별안경테 주식회사", "한별안경테 주식회사", True),
        ("창원한별호스 주식회사", "창원두레호스 주식회사", False),
        ("บริษัท บางนาแคลมป์ จำกัด", "บริษัท ทะเลทองอาหาร จำกัด", False),
    ],
)
def test_names_by_what_is_their_own(first, second, same):
    assert same_company(first, second) is same


def test_a_paper_that_tells_a_new_name():
    letter = "# Change of company name\n\nSince 1 July 2026 Rayong Mixing Co., Ltd. is registered under the name Ban Laem Compounds Co., Ltd."
    bundle = (_certificate("Rayong Mixing Co., Ltd."), report("Letter.docx", letter, kind="other"))
    assert "certificate_other_holder" not in flags(*bundle, supplier="Ban Laem Compounds Co., Ltd.")
    other = report("Letter.docx", letter.replace("Rayong Mixing", "Songkhla Resins"), kind="other")
    assert "certificate_other_holder" in flags(
        _certificate("Rayong Mixing Co., Ltd."), other, supplier="Ban Laem Compounds Co., Ltd."
    )


@pytest.mark.parametrize(
    ("standard", "scope", "raised"),
    [
        ("ISO 22000:2018", "Production of pickled mustard greens and boiled bamboo shoots", True),
        ("ISO 22000:2018", "Production of frozen vegetables", False),
        ("ISO 9001:2015", "Moulding of cable ties and electrical conduits", True),
        ("ISO 9001:2015", "Production of products", False),
    ],
)
def test_goods_of_titles_beside_those_of_a_scope(standard, scope, raised):
    record = {"kind": "traceability_record", "criteria": ("traceability",)}
    papers = (
        report("Freezing of edamame.xlsx", "# Edamame, tunnel 2\n\n| Day | Lot |\n| 6.8.2026 | E1 |", **record),
        report("Release of edamame.xlsx", "# Release of edamame\n\n| Day | Lot |\n| 7.8.2026 | E1 |", **record),
    )
    found = flags(_certificate("Tealing Ltd", scope, standard), *papers, supplier="Tealing Ltd")
    assert ("certificate_scope_mismatch" in found) is raised


@pytest.mark.parametrize(
    "told",
    [
        "Registered 22 January 2024. This certificate remains in force to 21 January 2029.",
        "Certificate no. X-117 of 22 January 2024, in force to 21 January 2029.",
        "Signed in Shannon on 22 January 2024. Not valid after 21 January 2029.",
        "Terdaftar sejak 22 Januari 2024 dan berlaku selama 5 tahun sampai 21 Januari 2029.",
        "ขึ้นทะเบียน 22 ม.ค. 2567 สิ้นอายุ 21 ม.ค. 2572",
    ],
)
def test_days_of_a_certificate_in_other_words(told):
    page = f"# Certificate of Registration\n\nCorrib Assurance Limited\n\nTealing Ltd\n\nUnit 6, Shannon\n\nQuality management system in accordance with ISO 9001:2015\n\nScope: cleaning of aircraft.\n\n{told} Accredited by INAB.\n"
    found = fields(page)
    assert (found.get("issue") or found.get("original"), found["expiry"]) == ("2024-01-22", "2029-01-21")


def test_only_the_certificate_itself_is_an_editable_one():
    itself = _certificate("Tealing Ltd", path="ISO 9001.docx")
    assert "editable_third_party_certificate" in flags(itself, supplier="Tealing Ltd")
    letter = "# Offer\n\nDear Ms Tuohy, our system is certified to ISO 9001:2015 by Corrib Assurance (no. CA-S-0885), renewed 3 March 2026 for three years.\n\nYours sincerely"
    listed = "# Legal and certificate list\n\n| No | Document | Issued by | Since | Until |\n| 1 | ISO 9001:2015, manufacture of rubber, no. CQ-7719 | Corrib Register | 12-08-2024 | 11-08-2027 |\n| 2 | Boiler inspection | State | 20-05-2026 | 19-05-2027 |"
    for path, text in (("Offer.docx", letter), ("List.xlsx", listed)):
        assert "editable_third_party_certificate" not in flags(
            report(path, text, **CERTIFICATE), supplier="Tealing Ltd"
        )
