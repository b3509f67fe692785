"""Certificates whose holder is stressed by signs, is nobody of the bundle or whose days are told apart, the accreditor before the word, and
evaluations of firms that nobody rated; each with its near miss.
"""

import pytest

from tests.unit.evidence.builders import certificate, flags, report

INSPECTION = report(
    "final inspection L2604.xlsx",
    "Lotus Valley Pumps Co., Ltd\n\nLot :: L2604-11 || Date :: 12/04/2026\n\n| Item | Spec | 1 | 2 |\n| Bore | 40.00 ± 0.05 | 40.01 | 39.98 |",
    kind="traceability_record",
    criteria=("traceability",),
)
SHOWN = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}


def _certificate(text, language="en", name="certificate.pdf"):
    return report(name, text, language=language, **SHOWN)


CHINESE = """# 质量管理体系认证证书

证书编号 :: 10524Q30718R1S

{lead} **{holder}**（统一社会信用代码 91440606MA4X{code}）

地址：佛山市顺德区容桂街道文星路 9 号

质量管理体系符合 GB/T 19001-2016 / ISO 9001:2015

认证范围 :: 不锈钢餐具的设计和生产
初次发证 :: 2022-05-12 || 本次发证 :: 2025-05-06 || 有效期至 :: 2028-05-11
监督审核 :: 2026-04-20 合格

经 CNAS 认可，认可号 CNAS C118-M"""


@pytest.mark.parametrize(
    ("lead", "holder", "raised"),
    [
        ("兹证明", "中山市宏达餐具厂", True),
        ("兹证明", "中山市宏达餐具有限公司", True),
        ("茲證明", "佛山市顺德区丰泽餐具有限公司", False),
        ("兹证明：", "顺德丰泽餐具厂", False),
    ],
)
def test_a_holder_between_stars_and_brackets(lead, holder, raised):
    record = report(
        "出货检验.xlsx", "佛山市顺德区丰泽餐具有限公司 出货检验\n\n批号 :: 26-0911", kind="traceability_record"
    )
    shown = _certificate(CHINESE.format(lead=lead, holder=holder, code="K21H08"), "zh")
    assert ("certificate_other_holder" in flags(shown, record, supplier="佛山市顺德区丰泽餐具有限公司")) is raised


@pytest.mark.parametrize("system", ["QMS", "quality management system", "QEMS"])
def test_a_system_by_its_letters_is_no_part_of_the_holder(system):
    text = f"# Certificate\n\nThis is to certify that the {system} of **Lotus Valley Pumps Co., Ltd.**, No. 4 Canal Road, Hai Duong, Vietnam conforms to ISO 9001:2015\n\nScope: Manufacture of pumps\n\nIssued 2026-02-18, valid until 2029-02-17"
    fields = {fact.role: fact.value for fact in _certificate(text).facts if fact.kind == "certificate_field"}
    assert fields["holder"] == "Lotus Valley Pumps Co., Ltd."
    assert fields["address"].startswith("No. 4 Canal Road")


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("Aldgate Haorui Knives & Scissors Group Co., Ltd. Building 3, Shuangdong Industrial Zone, Yuncheng District, Yunfu City, China", "Aldgate Haorui Knives & Scissors Group Co., Ltd."),
        ("Aldgate Haorui Knives Co., Ltd., Building 3, Shuangdong Industrial Zone, Yuncheng District, Yunfu City, Guangdong, China", "Aldgate Haorui Knives Co., Ltd."),
        ("The knives of Aldgate Haorui Ltd. are sold in many towns and used by cooks of every land that has kitchens and of some without", None),
    ],
)  # fmt: skip
def test_a_name_that_runs_on_into_its_address(line, holder):
    text = f"# Certificate\n\n{line}\n\nQuality management system in accordance with ISO 9001:2015\n\nScope: manufacture of knives\n\nCertificate no. :: LQA-77 || Date of issue :: 18 March 2025 || Valid to :: 17 March 2028"
    fields = {fact.role: fact.value for fact in _certificate(text).facts if fact.kind == "certificate_field"}
    assert fields.get("holder") == holder


OTHER_SYSTEM = """# Certificate of Registration

{system} {standard}

Holder :: {holder}
Scope :: Shared services at the head office
Number :: BSR-14-2207 || Issued :: 17 June 2024 || Expires :: 16 June 2027

Accreditation :: UKAS, 0187"""


@pytest.mark.parametrize(
    ("system", "standard", "holder", "name", "raised"),
    [
        ("Environmental management system", "ISO 14001:2015", "Aldgate Capital Holding Ltd", "ISO14001.pdf", True),
        ("Occupational health and safety", "ISO 45001:2018", "Aldgate Capital Holding Ltd", "OHS cert.pdf", True),
        ("Environmental management system", "ISO 14001:2015", "Lotus Valley Pumps Co., Ltd", "ISO14001.pdf", False),
        ("Environmental management system", "ISO 14001:2015", "Redwater Mills Ltd", "Redwater ISO14001.pdf", False),
        ("Environmental management system", "ISO 14001:2015", "Redwater Mills Ltd", "supplier cert 3.pdf", False),
        ("Environmental management system", "ISO 14001:2015", "Eastwick Castings Ltd", "ISO14001.pdf", False),
    ],
)
def test_another_system_is_certified_for_a_company_of_which_nothing_is_told(system, standard, holder, name, raised):
    listed = report(
        "suppliers.xlsx",
        "| Supplier | Goods | Score | Grade |\n| Eastwick Castings Ltd | castings | 91 | A |\n| Tan Seals | seals | 84 | B |\n| Hai Packing | boxes | 88 | B |",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    other = _certificate(OTHER_SYSTEM.format(system=system, standard=standard, holder=holder), name=name)
    assert ("certificate_other_holder" in flags(certificate(), other, INSPECTION, listed)) is raised


DATED = "# CERTIFICATE\n\n{holder}\n\n{address}\n\n{says}\n\n{days}\n\n{mark}"


@pytest.mark.parametrize(
    ("days", "raised"),
    [
        ("최초인증일 :: 2024.03.11 || 발행일 :: 2024.03.11 || 만료일 :: 2028.03.10", True),
        ("최초인증일 :: 2024.03.11 || 발행일 :: 2024.03.11 || 만료일 :: 2027.03.10", False),
        ("First certification :: 11 March 2023 || Date of issue :: 11 March 2023\nValid until :: 10 March 2028", True),
        ("Initial certification :: 2021-03-11 || Date of issue :: 11.03.2021 || Valid until :: 10.03.2027", True),
        ("Chứng nhận lần đầu :: 11/03/2023 || Ngày cấp :: 11/03/2023 || Hiệu lực đến :: 10/03/2028", True),
        ("Date of first issue :: 11 March 2021 || Valid until :: 10 March 2027", False),
        ("Date of first issue :: 11 March 2025 || Valid until :: 10 March 2029", True),
        (
            "First certification :: 11 March 2021 || Date of issue :: 9 March 2024 || Valid until :: 10 March 2027",
            False,
        ),
    ],
)
def test_issued_on_the_day_of_the_first_certification_it_was_not_renewed(days, raised):
    text = DATED.format(
        holder="Lotus Valley Pumps Co., Ltd",
        address="No. 4 Canal Road, Hai Duong, Vietnam",
        says="complies with ISO 9001:2015 for the manufacture of pumps",
        days=days,
        mark="Accredited by KAB, KAB-QC-27",
    )
    assert ("certificate_validity_too_long" in flags(_certificate(text))) is raised


@pytest.mark.parametrize(
    ("says", "raised"),
    [
        ("SWEDAC accreditation 1842, management systems", False),
        ("Acreditação IPAC C0031", False),
        ("INAB-accredited certification body 8002", False),
        ("DAkkS Akkreditierung D-ZM-16021", False),
        ("Global Trust accreditation 1842, management systems", True),
        ("Orvell Registrars SAS, accreditation pending", True),
    ],
)
def test_the_accreditor_before_the_word(says, raised):
    shown = certificate(accreditation=says)
    assert ("no_accreditation" in flags(shown)) is raised


def _evaluated(title, heads, cells, language="en"):
    names = ("Aldgate Code Studio", "ElektroGryf wiring", "Plus translations")
    rows = "\n".join(f"| {name} | works | {cells} |" for name in names)
    kind = {"kind": "blank_form", "reading": "static", "criteria": ("supplier_control",)}
    return report("2026.xlsx", f"{title}\n\n| {heads} |\n{rows}", language=language, **kind)


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        (
            "EVALUATION OF SUBCONTRACTORS 2026, done 30 June",
            "Company | Service | Work 1-5 | Dates kept 1-5 | Result A/B/C",
        ),
        ("Vendor assessment 2026", "Firm | Goods | Quality 0 to 10 | Delivery 0 to 10 | Grade"),
        ("ĐÁNH GIÁ NHÀ CUNG CẤP 2026", "Tên đơn vị | Mặt hàng | Chất lượng (1-5) | Giao hàng (1-5) | Xếp loại"),
        ("PENILAIAN PEMASOK 2026", "Mitra | Barang | Mutu 1–5 | Pengiriman 1–5 | Nilai"),
        ("2026年外协厂商评价", "厂商名称 | 内容 | 质量1~5分 | 交期1~5分 | 等级"),
        ("협력업체 평가표 2026", "거래처명 | 품목 | 품질 1-5점 | 납기 1-5점 | 등급"),
    ],
)
def test_firms_that_were_evaluated_by_the_title_alone_and_got_no_marks(title, heads):
    assert "evaluation_without_result" in flags(_evaluated(title, heads, " |  | "))
    assert "evaluation_without_result" not in flags(_evaluated(title, heads, "4 | 5 | A"))


def test_a_list_of_firms_that_nobody_evaluates_has_no_result():
    paper = _evaluated("CONTACTS OF CUSTOMERS 2026", "Company | Service | Floor 1-5 | Doors 1-5 | Result", " |  | ")
    assert "evaluation_without_result" not in flags(paper)


LISTED = "APPROVED SUPPLIER LIST - 05/01/2026\n\n| No. | Supplier | Material | Address | Contact |\n| 1 | Ea Hồ Coop | Beans | Đắk Lắk | Mr Y |\n| 2 | Cư Pơng Coop | Beans | Đắk Lắk | Ms H |\n| 3 | Hương Sơn | Beans | Buôn Hồ | Mr S |\n| 4 | Tân Phong | Bags | Biên Hòa | Ms T |"


@pytest.mark.parametrize(
    ("name", "title", "heads", "kind", "raised"),
    [
        ("receiving.xlsx", "GOODS-IN SEPTEMBER 2026", "Date | Lot | Supplier | Moisture | Result", "traceability_record", True),
        ("nhap kho.xlsx", "NHẬP KHO THÁNG 9/2026", "Ngày | Số lô | Nhà cung cấp | Độ ẩm | Kết quả", "traceability_record", True),
        ("Q3.xlsx", "SUPPLIER RATING Q3 2026", "Date | Lot | Supplier | Moisture | Result", "supplier_evaluation_record", False),
        ("Q3.xlsx", "SCORES BY MONTH", "Month | Lots in | Supplier | Late | Score", "supplier_evaluation_record", False),
    ],
)  # fmt: skip
def test_the_results_of_deliveries_evaluate_no_supplier(name, title, heads, kind, raised):
    listed = report("ASL.xlsx", LISTED, kind="supplier_evaluation_record", mode="prescription", criteria=("supplier_control",))  # fmt: skip
    rows = "\n".join(
        f"| {day:02}/09/2026 | GR-09{day:02} | {firm} | 12.{day % 7} | 8{day % 9} |"
        for day, firm in enumerate(("Ea Hồ Coop", "Hương Sơn", "Cư Pơng Coop", "Ea Hồ Coop", "Tân Phong"), 3)
    )
    about = ("supplier_control",) if kind == "supplier_evaluation_record" else ("traceability",)
    told = report(name, f"{title}\n\n| {heads} |\n{rows}", kind=kind, criteria=about)
    assert ("supplier_list_without_evaluation" in flags(listed, told)) is raised
