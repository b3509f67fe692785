"""What a scan does to a certificate: lost marks of tone, labels come together or apart, columns in one line."""

from evidence.facts import find_facts
from evidence.facts.certificate_running import scope_itself
from tests.unit.evidence.builders import document, passages

HEAD = "# CERTIFICATE\n\nThis is to certify that the quality management system of\n\nTeal Gear Ltd\n\nmeets ISO 9001:2015\n\n"
TAIL = "\n\nValid until: 4 May 2028"


def fields(text: str) -> dict[str, str]:
    made = document("certificate.pdf", text)
    found = find_facts(made, passages(made, "credential", ("certification",)))
    return {fact.role: fact.value for fact in found if fact.kind == "certificate_field"}


def test_a_label_of_which_a_scan_brings_some_letters_together_and_the_next_column_set_apart() -> None:
    found = fields(f"{HEAD}인증 범 위 :자동차용 알루미늄 부품의 제조 인 증 번{TAIL}")
    assert found["scope"] == "자동차용 알루미늄 부품의 제조"


def test_words_that_lead_to_a_scope_and_lost_their_tone_are_none() -> None:
    found = fields(
        "# ใบรับรอง\n\nบริษัท สยามพลาสติก จำกัด\n\nได้รับการรับรองตามมาตรฐาน ISO 9001:2015 ในขอบขาย\n\nวันหมดอายุ 4 May 2028"
    )
    assert found.get("scope") != "ในขอบขาย"


def test_a_town_before_a_day_is_no_body() -> None:
    found = fields(f"{HEAD}Certification Body Essen, 2025-02-10\n\nat Ruhrland Zertifizierung GmbH{TAIL}")
    assert found["body"] == "Ruhrland Zertifizierung GmbH"


def test_a_label_written_as_one_with_its_scope_is_cut_off() -> None:
    assert scope_itself("认证覆盖的业务范围尼龙拉链的设计与生产") == "尼龙拉链的设计与生产"
    assert scope_itself("本证书涵盖的活动为 渔用绳索和网具的生产") == "渔用绳索和网具的生产"
    assert scope_itself("适用范围内产品的设计和生产") == "适用范围内产品的设计和生产"


def test_a_scope_ends_where_the_sentence_of_the_certificate_goes_on() -> None:
    text = (
        "# CERTIFICATE\n\nRowan Certification certifies that the management system of\n\nTeal Gear Ltd\n\nfor the following activities:\n"
        "Manufacture of wiring harnesses\nhas been assessed and found to meet the requirements of ISO 9001:2015"
    )
    assert fields(text + TAIL)["scope"] == "Manufacture of wiring harnesses"
