"""What a scan does to a certificate: lost marks of tone, labels come together or apart, columns in one line."""

import pytest

from evidence.facts import find_facts
from evidence.facts.calendar import find
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


@pytest.mark.parametrize("month", ["กุมภาพันธ์", "กุมภาพันธ", "กุมภาพนธ"])
def test_a_thai_month_that_lost_the_signs_over_its_letters(month: str) -> None:
    assert [day.value for day in find(f"ถึงวันที่ 9 {month} 2571", "dmy", "th")] == ["2028-02-09"]


def test_the_line_that_says_that_the_scope_follows_is_no_part_of_it() -> None:
    said = "THE SCOPE OF ACTIVITIES COVERED BY THIS CERTIFICATE IS DEFINED BELOW Design and manufacture of press tools"
    assert scope_itself(said) == "Design and manufacture of press tools"
    assert scope_itself("Assembly of pumps as follows from the annex") != "from the annex"


def test_an_address_is_no_holder_and_a_misread_label_no_part_of_a_name() -> None:
    lost = "# 證書\n\n茲證明\n\n高雄市岡山區本洲里本工五路36號\n\n之品質管理系統符合\n\nISO 9001:2015\n\n證書有效期限：2028年5月19日"
    assert "holder" not in fields(lost)
    assert (
        fields(
            f"# 인증서\n\n회 At 명 :(주)한라화학\n\n상기 회사의 품질경영시스템이 ISO 9001:2015 요구사항에 적합함을 인증합니다{TAIL}"
        )["holder"]
        == "(주)한라화학"
    )


def test_an_address_ends_where_the_sentence_goes_on() -> None:
    found = fields(f"{HEAD}Address: Lot C4, Road 7, Nhon Trach together with the premises named overleaf{TAIL}")
    assert found["address"] == "Lot C4, Road 7, Nhon Trach"


def test_a_telephone_number_behind_the_label_of_an_address_is_none() -> None:
    found = fields(f"{HEAD}Registered address: +44(0)870 060 0290 email: check@rowan.example{TAIL}")
    assert "address" not in found


def test_the_day_of_a_verification_is_that_of_the_issue() -> None:
    assert fields(f"{HEAD}Rowan Verification 04/04/2017\n\nCertificate expiry date 03/04/2018")["issue"] == "2017-04-04"
