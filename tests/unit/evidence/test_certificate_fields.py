"""Fields of certificates in sentences, forms and layouts, and the digital signature of the file."""

import pytest

from evidence.facts import find_facts
from evidence.facts.certificate_text import CertificateText
from tests.unit.evidence.builders import document, passages, report


def fields(text: str, metadata: dict[str, dict[str, str]] | None = None) -> dict[str, str]:
    made = document("certificate.pdf", text, metadata=metadata)  # type: ignore[arg-type]
    found = find_facts(made, passages(made, "credential", ("certification",)))
    return {fact.role: fact.value for fact in found if fact.kind == "certificate_field"}


def test_a_certificate_told_in_one_sentence() -> None:
    found = fields(
        "# Certificate of Approval\n\nRowan Assurance Ltd certifies that the management system of Teal Gear Company Ltd, "
        "4 Dock Road, Hull, has been approved by us to ISO 9001:2015 for the following scope: manufacture of gears.\n\n"
        "Approval number 7741-2. First approved on 5 May 2013. Valid from 5 May 2025 until 4 May 2028."
    )
    assert found["holder"] == "Teal Gear Company Ltd"
    assert found["address"].startswith("4 Dock Road")
    assert found["body"] == "Rowan Assurance Ltd"
    assert found["scope"] == "manufacture of gears"
    assert found["number"] == "7741-2"
    assert (found["original"], found["issue"], found["expiry"]) == ("2013-05-05", "2025-05-05", "2028-05-04")


@pytest.mark.parametrize(
    ("lines", "role", "value"),
    [
        ("Belge No: AD-33\n\nAdres: Turgut Cad. No: 21, Adana", "number", "AD-33"),
        ("Accredited by CAI no. 31", "accreditation", "CAI"),
        ("Register: www.rowan.example/check?n=4", "web", "www.rowan.example/check?n=4"),
        ("Geçerlilik tarihi: 21.05.2026", "expiry", "2026-05-21"),
        ("有效期：2024年5月1日至2027年4月30日", "expiry", "2027-04-30"),
        ("유효기간 : 2024.05.01 ~ 2027.04.30", "issue", "2024-05-01"),
    ],
)
def test_labels_in_many_languages(lines: str, role: str, value: str) -> None:
    head = "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Gear Ltd\n\nmeets ISO 9001:2015\n\nScope: gears\n\n"
    assert fields(head + lines)[role] == value


def test_a_family_name_is_no_accreditation_body() -> None:
    found = fields(
        "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Gear Ltd\n\nmeets ISO 9001:2015\n\n"
        "Valid until 4 May 2028\n\nSigned: Mr Cai, director"
    )
    assert "accreditation" not in found


def test_the_signatures_of_the_file_are_told() -> None:
    text = "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Gear Ltd\n\nmeets ISO 9001:2015. Valid until 4 May 2028"
    assert fields(text, {"extra": {"signatures": "1"}})["digital_signature"] == "1"
    assert "digital_signature" not in fields(text)


def test_a_label_inside_an_address_is_no_number() -> None:
    made = document("c.pdf", "Adres: Turgut Cad. No: 21, Adana")
    assert [piece.role for piece in CertificateText(passages(made)).labelled] == ["address"]


@pytest.mark.parametrize(
    "holder", ["HÒA BÌNH STAR GARMENT JOINT STOCK COMPANY", "Teal Gear Limited Liability Company", "TEAL GEAR COMPANY"]
)
def test_the_last_word_of_a_companys_name_is_no_label(holder: str) -> None:
    found = fields(
        f"# Certificate\n\nRowan Assurance hereby certifies that\n\n{holder}\n\n4 Dock Road, Hull\n\noperates a Quality "
        "Management System which complies with the requirements of ISO 9001:2015 for the activities\n\nManufacture of gears\n\n"
        "Date of expiry: 9 March 2025"
    )
    assert found["holder"] == holder
    assert found["scope"] == "Manufacture of gears"
    assert found["address"] == "4 Dock Road, Hull"


@pytest.mark.parametrize("label", ["Company", "Name of Certified Company", "Registered Company", "Company name"])
def test_a_label_of_the_holder_above_the_name_is_one(label: str) -> None:
    found = fields(
        f"# Certificate of registration\n\nThis is to certify the system of\n\n{label}\n\nTeal Gears\n\nStandard: ISO 9001:2015\n\n"
        "Scope: Manufacture of gears\n\nDate of expiry: 9 March 2025"
    )
    assert found["holder"] == "Teal Gears"


SHORT = """
# Certificate of Registration

This is to certify that the Information Technology and Quality Management System of

NORTHGATE COMPANY

12 Harbour Road, Jubail, 35811

conforms to ISO 9001:2015

Scope of Certification

{scope}

Certificate No.: NG/Q/E26/11
Initial Registration Date : 20.05.2026 Surveillance 1 Audit Date : 20.04.2027
Issue Date : 20.05.2026 Surveillance 2 Audit Date : 20.04.2028

OAK RIVER MANAGEMENT PRIVATE LIMITED E-mail: info@oakriver.example

Valid only with the continuation letter issued by ORMPL.
"""


def read_in(text):
    made = report("c.pdf", text, kind="certificate", mode="credential", criteria=("certification",))
    return [(fact.role, fact.value) for fact in made.facts if fact.kind == "certificate_field"]


def test_a_holder_of_two_words_an_issuer_by_its_initials_and_visits_only_announced():
    found = read_in(SHORT.format(scope="Assembly of pumps"))
    assert ("holder", "NORTHGATE COMPANY") in found
    assert ("body", "OAK RIVER MANAGEMENT PRIVATE LIMITED") in found
    assert ("surveillance_due", "2027-04-20") in found
    assert not any(role == "surveillance" for role, _ in found)


def test_two_days_three_years_apart_are_the_cycle():
    text = "# Certificate\n\nThis is to certify that Northgate Pumps Ltd\n\nmeets ISO 9001:2015 for making pumps\n\nCertificate No. NG-1177\n\nGiven by us 3 June 2024. Good to 2 June 2027."
    found = read_in(text)
    assert ("issue", "2024-06-03") in found
    assert ("expiry", "2027-06-02") in found
    assert not any(role == "expiry" for role, _ in read_in(text.replace("2027", "2025")))


def test_whoever_signs_for_a_body_is_not_the_body() -> None:
    found = fields(
        "Sandbank Register Co., Ltd\n\n# CERTIFICATE OF REGISTRATION\n\nThis is to certify that the quality management system of\n\nTEAL GEAR CO., LTD\n\n"
        "meets ISO 9001:2015\n\nFirst certified :: 20 June 2022 || This issue :: 18 June 2025\nValid until :: 17 June 2028\n\n"
        "Anna Quang, Head of Certification, 18 June 2025"
    )
    assert (found["body"], found["issue"], found["expiry"]) == (
        "Sandbank Register Co., Ltd",
        "2025-06-18",
        "2028-06-17",
    )


HEAD = "# Certificate of Registration\n\nThis is to certify that the Quality Management System of\n\n"


def test_a_scope_in_capitals_is_whole_though_its_lines_stand_in_several_passages() -> None:
    scope = ", ".join(f"THE MACHINING OF HOUSINGS AND COVERS OF KIND {number} FOR PUMPS" for number in range(10, 19))
    lines = scope[:150].rsplit(" ", 1)[0], scope[len(scope[:150].rsplit(" ", 1)[0]) + 1 :]
    made = document(
        "certificate.pdf",
        f"{HEAD}TEAL GEAR CO., LTD\n\nmeets ISO 9001:2015\n\nScope of Certification\n\n{lines[0]}\n\n{lines[1]}\n\nCertificate No. :: TG-4711",
    )
    found = {fact.role: fact for fact in find_facts(made, passages(made, "credential", ("certification",)))}
    assert found["scope"].value == scope[:600]
    assert found["scope"].value.startswith(" ".join(found["scope"].quote.split()))


@pytest.mark.parametrize(
    ("lines", "role", "value"),
    [
        ("Accreditation No.: CB-MS-12117", "accreditation_number", "CB-MS-12117"),
        ("Accredited by BoA, accreditation no. QMS 117.", "accreditation_number", "QMS 117"),
        ("Mã số công nhận: VICAS 012", "accreditation_number", "VICAS 012"),
        ("认可号：CNAS C012-M", "accreditation_number", "CNAS C012-M"),
        ("REGISTERED FIRM | NORTHERN ACCREDITATION BOARD", "accreditation_claim", "NORTHERN ACCREDITATION BOARD"),
        ("On behalf of Rowan (Certified Systems) Limited | 7487", "body", "Rowan (Certified Systems) Limited"),
    ],
)
def test_fields_without_a_usual_label(lines: str, role: str, value: str) -> None:
    found = fields(
        f"{HEAD}TEAL GEAR CO., LTD\n\nmeets ISO 9001:2015\n\nCertificate No. :: TG-4711 || Valid until :: 4 May 2028\n\n{lines}"
    )
    assert found[role] == value


def test_an_address_begins_behind_an_ornament_and_ends_before_the_sentence() -> None:
    found = fields(
        f"{HEAD}TEAL GEAR CO., LTD ●\n4 Dock Road, Hull, HU1 2AB\n\nmeets ISO 9001:2015\n\nValid until: 4 May 2028"
    )
    assert found["address"] == "4 Dock Road, Hull, HU1 2AB"
    found = fields(
        "# Giấy chứng nhận\n\nChứng nhận hệ thống quản lý chất lượng của CÔNG TY GIẤY MINH\n\nĐịa chỉ: Lô C12, KCN Phú An, Long An "
        "phù hợp với tiêu chuẩn ISO 9001:2015\n\nHiệu lực đến: 05/04/2029"
    )
    assert found["address"] == "Lô C12, KCN Phú An, Long An"


def test_a_number_in_thai_figures_is_not_told_from_a_scan() -> None:
    made = document(
        "ใบรับรอง.pdf",
        "# ใบรับรอง\n\nขอรับรองว่า\n\nบริษัท เฟืองเขียว จำกัด\n\nISO 9001:2015\n\nใบรับรองเลขที่: รร ๐๐๔๗/๒๕๖๗\n\nวันหมดอายุ: 7 กรกฎาคม 2570",
    )
    for source, told in (("text", True), ("ocr", False)):
        found = find_facts(made, passages(made, "credential", ("certification",), source))
        assert any(fact.role == "number" and fact.kind == "certificate_field" for fact in found) == told
