"""Fields of a certificate behind labels in other words than its neighbours use, and behind labels that nobody has listed."""

import pytest

from evidence.facts import find_facts
from tests.unit.evidence.builders import certificate, document, flags, passages, report

HEAD = "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Gear Co., Ltd, 4 Dock Road, Hull\n\nmeets ISO 9001:2015\n\n"


def fields(text: str) -> dict[str, str]:
    made = document("certificate.docx", HEAD + text)
    found = find_facts(made, passages(made, "credential", ("certification",)))
    return {fact.role: fact.value for fact in found if fact.kind == "certificate_field"}


@pytest.mark.parametrize(
    "labels",
    [
        ("Field of certification", "Cert. ref.", "Certified for the first time", "In force from", "Good until"),
        ("Lĩnh vực áp dụng", "Mã giấy chứng nhận", "Cấp lần đầu tiên", "Áp dụng từ ngày", "Giá trị tới ngày"),
        ("Bidang sertifikasi", "Nomor sertifikasi", "Pertama disertifikasi", "Tgl terbit", "Habis berlaku"),
        ("Skop sijil", "No. perakuan", "Pensijilan awal", "Berkuat kuasa", "Tempoh sah sehingga"),
        ("ขอบเขตที่รับรอง", "รหัสใบรับรอง", "รับรองครั้งแรกเมื่อ", "ออกเมื่อ", "ใช้ได้ถึงวันที่"),
        ("证书覆盖范围", "认证编号", "首次认证日期", "核发日期", "有效截止日"),
        ("인증 대상", "인증서 No.", "최초 취득일", "인증서 발급일", "유효 만료일"),
        ("Belgelendirme alanı", "Belge kodu", "İlk tescil tarihi", "Belgenin tarihi", "Geçerlilik bitim tarihi"),
        ("認証対象範囲", "認証登録番号", "初回認証登録日", "交付日", "有効期限満了日"),
    ],
)
def test_each_field_is_read_behind_another_word_for_it(labels: tuple[str, ...]) -> None:
    scope, number, first, issue, expiry = labels
    found = fields(
        f"{scope} :: Casting and machining of gears\n{number} :: TQ-4471 || {first} :: 2017-03-11\n"
        f"{issue} :: 2026-03-11 || {expiry} :: 2029-03-10"
    )
    assert found["scope"] == "Casting and machining of gears"
    assert found["number"] == "TQ-4471"
    assert (found["original"], found["issue"], found["expiry"]) == ("2017-03-11", "2026-03-11", "2029-03-10")


def test_a_scope_stands_beside_a_label_that_nobody_knows() -> None:
    found = fields("Undertakings recognised :: Casting and machining of gears\nRowan no. :: TQ-4471")
    assert found["scope"] == "Casting and machining of gears"
    assert found.get("body") != "Undertakings recognised"


def test_the_cycle_begins_with_the_issue_and_not_with_the_first_certificate() -> None:
    found = fields("First certified :: 11.03.2022 || Issued :: 11.03.2025\nConcluding :: 10.03.2028")
    assert (found["issue"], found["expiry"]) == ("2025-03-11", "2028-03-10")


def test_a_sign_of_an_accreditation_body_stands_beside_any_label() -> None:
    assert fields("Recognised under :: UKAS, 0113\nNumber :: TQ-4471")["accreditation"] == "UKAS"


def test_the_visits_of_whoever_certifies_are_no_name_of_it() -> None:
    found = fields(
        "Number :: TQ-4471\nFollow-up audits of certifier :: 1st: 14 January 2025 passed 2nd: 9 January 2026 passed"
    )
    assert "passed" not in found.get("body", "")


@pytest.mark.parametrize("label", ["D7 Check whether the action works", "Result at plant", "Kiểm tra tại nhà máy"])
def test_what_was_seen_in_a_factory_is_no_address_of_one(label: str) -> None:
    case = report(
        "8D.docx",
        f"# 8D report\n\nLotus Valley Pumps Co., Ltd\n\n{label} :: Lots PH80-260715, PH80-260803, Industrial Road line, 0 pcs (28/08/2026)",
        kind="corrective_action_record",
    )
    assert "certificate_other_holder" not in flags(certificate(), case)
