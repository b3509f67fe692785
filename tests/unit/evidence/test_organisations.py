"""Companies and sites with their parts, as forms, lists and letterheads of the region name them; and what in such a field names none."""

import pytest

from evidence.facts import find_facts
from tests.unit.evidence.builders import document, passages


def organisations(text: str) -> set[tuple[str, str]]:
    made = document("paper.docx", text)
    found = find_facts(made, passages(made, "record"))
    return {(fact.role, fact.value) for fact in found if fact.kind == "organisation"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Customer :: Hartwell Pumps GmbH || Supplier :: Bao Minh Castings Co., Ltd",
            {("customer", "Hartwell Pumps GmbH"), ("supplier", "Bao Minh Castings Co., Ltd")},
        ),
        ("Khách hàng: Công ty TNHH Hải Long   Ngày: 12/03/2025", {("customer", "Công ty TNHH Hải Long")}),
        (
            "客户：苏州恒达电机有限公司\u3000供应商：无锡宏远铸造厂",
            {("customer", "苏州恒达电机有限公司"), ("supplier", "无锡宏远铸造厂")},
        ),
        (
            "고객사: (주)한빛모터스 공급업체: 대성정밀 주식회사",
            {("customer", "(주)한빛모터스"), ("supplier", "대성정밀 주식회사")},
        ),
        ("ลูกค้า: บริษัท สยามออโต้พาร์ท จำกัด", {("customer", "บริษัท สยามออโต้พาร์ท จำกัด")}),
        ("Laboratory: Metro Cal Services Pte Ltd", {("laboratory", "Metro Cal Services Pte Ltd")}),
        ("Audited site: Bac Ninh factory   Area: stores", {("site", "Bac Ninh factory")}),
        (
            "| Supplier | Item | Score |\n| Kumar & Sons | Cartons | 81 |\n| Orient Wire Co., Ltd | Wire | 77 |",
            {("supplier", "Kumar & Sons"), ("supplier", "Orient Wire Co., Ltd")},
        ),
        ("BAO MINH CASTINGS CO., LTD\n\nInspection record", {("issuer", "BAO MINH CASTINGS CO., LTD")}),
        ("株式会社東西製作所 御中\n\n納品書", {("issuer", "株式会社東西製作所")}),
    ],
)
def test_a_label_a_column_and_a_letterhead_give_companies_and_sites(text: str, found: set[tuple[str, str]]) -> None:
    assert organisations(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Customer complaints: 4 in May. Customer satisfaction: 92 %",
        "Supplier: to be decided",
        "Customer :: ____ || Supplier :: N/A",
        "Site: clean and tidy",
        "The pins were bought from Orient Wire Co., Ltd in March.",
        "公司应保持记录",
        "| Customer | Lot | Complaint |\n|  | L-25-01 | burr |\n|  | L-25-02 | scratch |",
        "| Supplier | Score |\n| Total | 92 |",
    ],
)
def test_rules_heads_and_empty_fields_name_no_company(text: str) -> None:
    assert organisations(text) == set()
