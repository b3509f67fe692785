"""What the code on a certificate names, beside what the certificate says."""

import pytest

from evidence.facts import find_facts
from extractors.document import Block
from extractors.locators import Box, PageLocator
from tests.unit.evidence.builders import document, passages

PAPER = """
# Certificate of Registration

Sandbank Register Co., Ltd certifies that the quality management system of Teal Gear Company Ltd, 4 Dock Road, Hull, meets ISO 9001:2015

Certificate no. :: SBR-Q-25-0417 || Valid until :: 17 June 2028
"""
PLACE = PageLocator(page=1, boxes=(Box(x0=0.7, y0=0.8, x1=0.85, y1=0.9),))


def fields(*codes: str) -> dict[str, tuple[str, str]]:
    made = document("certificate.pdf", PAPER)
    blocks = tuple(Block(kind="code", text=text, locators=(PLACE,), part=1, source="ocr") for text in codes)
    made = made.model_copy(update={"blocks": (*made.blocks, *blocks)})
    found = find_facts(made, passages(made, "credential", ("certification",)))
    for fact in found:
        if fact.role.startswith("code"):
            assert fact.locators == (PLACE,)
    return {fact.role: (fact.value, fact.quote) for fact in found if fact.kind == "certificate_field"}


def test_a_code_is_a_field_and_the_other_fields_do_not_come_from_it() -> None:
    found = fields("https://www.register.example/ISO14001/verify?id=8f3a2c&no=SBR-Q-25-0417")
    assert found["code"][0] == "https://www.register.example/ISO14001/verify?id=8f3a2c&no=SBR-Q-25-0417"
    assert found["number"][0] == "SBR-Q-25-0417"
    assert found["holder"][0] == "Teal Gear Company Ltd"
    assert found["standard"][0] == "ISO 9001"
    assert "web" not in found
    assert "code_other_number" not in found


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("https://r.example/check?cert=SBR-Q-24-0398", "SBR-Q-24-0398"),
        ("https://r.example/certificates/SBR-Q-24-0398", "SBR-Q-24-0398"),
        ("https://r.example/certificates/SBR-Q-24-0398.pdf", "SBR-Q-24-0398"),
        ("https://r.example/c?certificate_no=77120", "77120"),
        ("Certificate No: SBR-Q-24-0398\nHolder: Teal Gear Company Ltd", "SBR-Q-24-0398"),
    ],
)
def test_a_code_of_another_certificate_says_so(code: str, number: str) -> None:
    assert fields(code)["code_other_number"][0] == number


@pytest.mark.parametrize(
    "code",
    [
        "https://r.example/check?cert=SBR-Q-25-0417",
        "https://r.example/check?cert=sbrq250417",
        "https://r.example/check?cert=SBR%2DQ%2D25%2D0417&lang=en",
        "https://r.example/v/9c1185a5c5e9fc54612808977ee8f548b2258d31",
        "https://r.example/q?id=20250417&key=5e9fc546",
        "https://r.example/",
        "www.r.example",
        "http://[broken",
        "Teal Gear Company Ltd",
    ],
)
def test_a_code_of_this_certificate_or_of_none_accuses_nobody(code: str) -> None:
    found = fields(code)
    assert found["code"][0] == code
    assert "code_other_number" not in found
    assert "code_other_holder" not in found


@pytest.mark.parametrize(
    ("code", "holder"),
    [
        ("https://r.example/check?id=4&company=Amber+Foundry+Sdn+Bhd", "Amber Foundry Sdn Bhd"),
        ("Certificate No: SBR-Q-25-0417\nCompany: Amber Foundry Sdn Bhd", "Amber Foundry Sdn Bhd"),
    ],
)
def test_a_code_of_another_company_says_so(code: str, holder: str) -> None:
    assert fields(code)["code_other_holder"][0] == holder


def test_two_codes_on_one_page_are_two_fields() -> None:
    assert fields("https://r.example/a", "https://r.example/b?cert=SBR-Q-24-0398")["code_other_number"]
