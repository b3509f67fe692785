"""Another company's name left in a manual: what speaks for it, and what is ordinary."""

import pytest

from evidence.model import DocumentReport
from tests.unit.evidence.builders import flags, report


def manual(text: str, path: str = "Quality manual.docx") -> DocumentReport:
    return report(path, text, kind="manual", reading="static", mode="prescription")


def record(text: str) -> DocumentReport:
    return report("Minutes.docx", text, kind="management_review_record", reading="living")


OURS = "Harrow Springs Ltd. Review of 3 June 2026. Scrap fell to 1.2 % since the oven was mended."


@pytest.mark.parametrize(
    "text",
    [
        "Tolland Forge Ltd is committed to parts without defects and to the training of its people.",
        "All purchases are approved. At Tolland Forge Pvt. Ltd, quality policy and targets are shown on the board.",
        "The quality policy of Tolland Forge Sdn Bhd is reviewed every year by the director.",
        "# Tolland Forge Co., Ltd\n\nTolland Forge Co., Ltd shall keep the records of each delivery for five years.",
        "Công ty TNHH Rèn Vạn Thọ cam kết cung cấp sản phẩm đúng yêu cầu của khách hàng.",
        "Harrow Springs Ltd keeps this procedure. It applies to complaints received by Tolland Forge Ltd from its customers.",
        "This procedure applies to all departments and all measuring equipment in use within Tolland Forge Ltd.",
        "PT Tempa Lestari berkomitmen memenuhi persyaratan pelanggan dan peraturan.",
    ],
)
def test_a_manual_that_rules_in_the_name_of_another_company(text: str) -> None:
    found = flags(manual(text), record(OURS), supplier="Harrow Springs Ltd")
    assert "placeholder_left" in found
    assert "Harrow" not in found["placeholder_left"].explanation


@pytest.mark.parametrize(
    "text",
    [
        "Harrow Springs Limited is committed to parts without defects and to the training of its people.",
        "Our customer Tolland Forge Ltd is committed to parts without defects and audits us each year.",
        "Tolland Forge Ltd, our laboratory, has established the hardness of each heat before it is released.",
        "Tolland Forge Ltd is the parent company and has established rules for all of its plants.",
        "Gauges go to Tolland Forge Ltd once a year. Tolland Forge Ltd returns them with a certificate and a label.",
        "| Role | Firm |\n| Calibration | Tolland Forge Ltd |\n| Heat treatment | Marden Heat Ltd |",
        "Harrow Springs Ltd works under the manual of quality. Tolland Forge Ltd shall be told of each change in writing.",
        "This procedure applies to all parts ordered by Tolland Forge Ltd under the frame contract of 2025.",
        "This procedure applies to the work of Harrow Springs Ltd. Heat treatment is carried out by Tolland Forge Ltd.",
        "HS Ltd is committed to parts without defects and to the training of its people.",
        "The company is committed to parts without defects. Work is limited to what was ordered. Goods Inc. tax are shown.",
    ],
)
def test_companies_named_for_another_reason_are_ordinary(text: str) -> None:
    assert "placeholder_left" not in flags(manual(text), record(OURS), supplier="Harrow Springs Ltd")


def test_a_company_the_supplier_deals_with_is_no_left_over_name() -> None:
    text = "Tolland Forge Ltd is committed to parts without defects and to the training of its people."
    assert "placeholder_left" not in flags(
        manual(text), record(f"{OURS} Tolland asked for earlier deliveries."), supplier="Harrow Springs Ltd"
    )


def test_a_supplier_named_in_no_paper_may_be_called_otherwise() -> None:
    text = "Tolland Forge Ltd is committed to parts without defects and to the training of its people."
    assert "placeholder_left" not in flags(
        manual(text), record("Review of 3 June 2026. Scrap fell to 1.2 %."), supplier="Harrow Springs Ltd"
    )


@pytest.mark.parametrize(
    ("supplier", "text"),
    [
        ("锦州宏达轴承有限公司", "# 程序\n\n本程序适用于临沂永泰铸造有限公司的所有不合格品，由质量部负责。"),
        ("한빛정밀 주식회사", "# 품질매뉴얼\n\n주식회사 대성단조는 품질방침을 정하고 모든 직원에게 알린다."),
        ("บริษัท สยามสปริง จำกัด", "# นโยบาย\n\nบริษัท ไทยหล่อโลหะ จำกัด มุ่งมั่นผลิตสินค้าตามความต้องการของลูกค้า"),
        ("Menderes Yay A.Ş.", "# El kitabı\n\nGediz Dövme Ltd. Şti. müşteri şartlarını karşılamayı taahhüt eder."),
    ],
)
def test_another_company_in_other_languages(supplier: str, text: str) -> None:
    minutes = record(f"{supplier} 2026-06-03. 1.2 %.")
    assert "placeholder_left" in flags(manual(text), minutes, supplier=supplier)
    theirs = record("2026-06-03. 1.2 %.")
    assert "placeholder_left" not in flags(manual(text), theirs, supplier=text.split("\n\n")[1][:21])


@pytest.mark.parametrize(
    "text",
    [
        "# User manual\n\nTolland Gauges GmbH is committed to service. Tolland Gauges GmbH takes no liability for misuse.",
        "# Quality agreement\n\nTolland Motors Ltd is committed to send its forecast each month before the tenth day.",
        "# History\n\nHarrow Springs Ltd was founded in 1988 as Tolland Forge Ltd and its employees took it over in 2003.",
        "# Purchasing\n\nSteel is bought at Tolland Forge Ltd. Tolland Forge Ltd and its products are looked at every year.",
        "# Files\n\nThe sheets are kept online. Tolland Data Inc. has established a server room for all of its users.",
    ],
)
def test_papers_of_others_and_histories_are_ordinary(text: str) -> None:
    assert "placeholder_left" not in flags(manual(text, "QM-02.docx"), record(OURS), supplier="Harrow Springs Ltd")
