"""Scopes beside what records test, beside a name that tells the material, and beside customers who are called after other goods."""

import pytest

from tests.unit.evidence.builders import flags, report

CERTIFICATE = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
CHECKS = {"kind": "traceability_record", "criteria": ("traceability",)}


def _certificate(scope, holder):
    page = f"# Certificate\n\nThe quality management system of\n\n{holder}\n\ncomplies with ISO 9001:2015\n\nScope :: {scope}\nRegistration :: TVC-66204\nDate of issue :: 20 January 2026 || Valid until :: 19 January 2029\nAccreditation :: UKAS\n"
    return report("Certificate.pdf", page, **CERTIFICATE)


ELECTRICAL = (
    "Output cable polarity reversed on 3 pcs; solder station without colour guide",
    "| Item | Spec | Result |\n| Output no load | 12.0 - 12.6 V | 12.2 V |\n| Hi-pot 3 kV | < 5 mA | 0.7 mA |\n| Ripple | 120 mV | 71 mV |",
)
CHINESE = (
    "成品空载时输出电压偏低 3 台，虚焊 1 处",
    "| 项目 | 规格 | 结果 |\n| 耐压 | 3 kV | 合格 |\n| 绝缘电阻 | 100 MΩ | 合格 |",
)
KOREAN = (
    "무부하 시 출력전압 낮음 2대, 납땜 불량",
    "| 항목 | 규격 | 결과 |\n| 내전압 | 3 kV | 적합 |\n| 절연저항 | 100 MΩ | 적합 |",
)
SEWN = (
    "Skipped stitches at the side seam and seam puckering on 14 pcs",
    "| Test | Limit | Result |\n| Colour fastness | 4 | 4 |\n| Pilling | 3.5 | 4 |",
)
COOKED = (
    "ค่าบริกซ์ต่ำ 2 แบทช์ และอุณหภูมิใจกลางไม่ถึง",
    "| รายการ | เกณฑ์ | ผล |\n| โคลิฟอร์ม | 10 | 3 |\n| จุลินทรีย์ทั้งหมด | 1000 | 210 |",
)
MOULDED = ("Thiếu liệu và ba via ở 12 cái", "| Mục | Kết quả |\n| Vết lõm | không |\n| Thiếu liệu | không |")
BOXED = (
    "Kekuatan retak rendah pada gelombang flute B",
    "| Uji | Batas | Hasil |\n| ECT | 5.2 | 5.6 |\n| Cobb | 120 | 98 |",
)


@pytest.mark.parametrize(
    ("scope", "told", "raised"),
    [
        ("Injection moulding of plastic housings for household appliances", ELECTRICAL, True),
        ("塑料外壳的注塑", CHINESE, True),
        ("골판지 상자 제조 및 인쇄", KOREAN, True),
        ("Production of aluminium castings", SEWN, True),
        ("การผลิตและชุบชิ้นงานโลหะ", COOKED, True),
        ("Sản xuất đồ gỗ nội thất", MOULDED, True),
        ("Perajutan kain dan konveksi", BOXED, True),
        ("Design and manufacture of switching power supplies", ELECTRICAL, False),
        ("Manufacture of plastic housings and of LED lamps", ELECTRICAL, False),
        ("Manufacture of household appliances", ELECTRICAL, False),
        ("Manufacture of plastic kettles", ELECTRICAL, False),
        ("Injection moulding of plastic parts", ELECTRICAL, False),  # left open
        ("Injection moulding of plastic housings", ELECTRICAL[:1], False),  # one record
        ("Injection moulding of plastic housings", (ELECTRICAL[0], "| Housing | 2 |\n| Plastic cover | 4 |"), False),
        ("Injection moulding of plastic housings", (*ELECTRICAL, "Sink mark at the housing, short shot"), False),
        ("Production of knitted garments", SEWN, False),
    ],
)
def test_what_records_test_beside_a_scope(scope, told, raised):
    holder = "Huaxin Advance Co., Ltd."
    papers = [
        report(f"paper {at}.docx", f"# QA-{at}\n\nModel :: HX-12\n\n{text}\n", **(CHECKS if at else CASES))
        for at, text in enumerate(told)
    ]
    found = flags(_certificate(scope, holder), *papers, supplier=holder)
    assert ("certificate_scope_mismatch" in found) is raised


def test_a_trade_in_the_name_of_the_supplier_stands_for_its_scope():
    holder = "Huaxin Plastic Co., Ltd."
    papers = [report(f"p{at}.docx", text, **(CHECKS if at else CASES)) for at, text in enumerate(ELECTRICAL)]
    found = flags(_certificate("Injection moulding of plastic housings", holder), *papers, supplier=holder)
    assert "certificate_scope_mismatch" not in found


@pytest.mark.parametrize(
    ("holder", "scope", "raised"),
    [
        ("Bang Phli Metal Box Co., Ltd.", "Design and printing of paper cartons and corrugated board", True),
        ("บริษัท กล่องโลหะบางพลี จำกัด", "Design and printing of paper cartons", True),
        ("佛山铁盒制品有限公司", "瓦楞纸箱的生产", True),
        ("Hoa Sen Tin Boxes JSC", "Sản xuất thùng carton", True),
        ("Bang Phli Metal Box Co., Ltd.", "Manufacture and printing of tin boxes and cans", False),
        ("Bang Phli Box Packaging Co., Ltd.", "Design and printing of paper cartons and corrugated board", False),
        ("Bang Phli Metal Box Packaging Co., Ltd.", "Printing of paper cartons", False),
    ],
)
def test_a_name_that_tells_the_material_of_its_packaging(holder, scope, raised):
    minutes = report(
        "minutes.docx", "# Minutes\n\n26 March 2026, waste of tin plate 4.6 %", kind="management_review_record"
    )
    assert ("certificate_scope_mismatch" in flags(_certificate(scope, holder), minutes, supplier=holder)) is raised


FORM = "# 8D\n\n{customer} :: {name} || {product} :: {made}\nProblem :: loose after mounting"


@pytest.mark.parametrize(
    ("form", "more", "raised"),
    [
        (("Customer", "Brennick Doors", "Product", "Lever handle L-230"), "", True),
        (("客戶", "Brennick Doors", "品名", "L-230 鋅合金門把手"), "", True),
        (("Khách hàng", "Sunway Window", "Sản phẩm", "Tay nắm cửa L-230"), "", True),
        (("Müşteri", "Ege Window", "Ürün", "kapı kolu L-230"), "", True),
        (("Customer", "Brennick Doors", "Product", "Lever handle L-230"), "Window profile W-40 bent", False),
        (("Customer", "Brennick Doors", "Product", "aluminium window W-40"), "", False),
    ],
)
def test_a_customer_is_called_after_other_goods_than_are_made(form, more, raised):
    customer, name, product, made = form
    case = report(
        "8D.docx", f"{FORM.format(customer=customer, name=name, product=product, made=made)}\n{more}", **CASES
    )
    holder = "Chang Fang Hardware Co., Ltd."
    paper = _certificate("Cutting and sale of aluminium window profiles", holder)
    assert ("certificate_scope_mismatch" in flags(paper, case, supplier=holder)) is raised


def test_a_column_of_customers_tells_no_goods():
    rows = "| No | Customer | Product | Problem |\n| 1 | Brennick Window | Lever handle L-2 | loose |\n| 2 | Alder Window | Lever handle L-7 | scratched |"
    case = report("8D.docx", f"# 8D\n\nProduct :: Lever handle L-230\n\n{rows}", **CASES)
    holder = "Chang Fang Hardware Co., Ltd."
    paper = _certificate("Cutting of aluminium window profiles", holder)
    assert "certificate_scope_mismatch" in flags(paper, case, supplier=holder)


@pytest.mark.parametrize(
    ("heads", "kind", "raised"),
    [
        ("No | Product | Problem | Action", CASES, True),
        ("No | Customer | Product | Pcs", CHECKS, True),
        ("STT | Tên sản phẩm | Lỗi | Khắc phục", CASES, True),
        ("No | Supplier | Product | Rejected", CHECKS, False),
        ("No | Supplier | Product | Action", CASES, False),
        ("No | Tool | Problem | Action", CASES, False),
    ],
)
def test_products_in_the_column_of_a_register(heads, kind, raised):
    at = next((n for n, head in enumerate(heads.split(" | ")) if head in ("Product", "Tên sản phẩm", "Tool")), 1)
    rows = []
    for number, goods in enumerate(("Lever handle L-2", "Door knob K-4"), 1):
        cells = [str(number), "Alder Trading", "14", "changed"]
        cells[at] = goods
        rows.append(f"| {' | '.join(cells)} |")
    register = report("register.xlsx", "\n".join((f"| {heads} |", *rows)), **kind)
    holder = "Chang Fang Co., Ltd."
    paper = _certificate("Weaving of curtains and towels", holder)
    assert ("certificate_scope_mismatch" in flags(paper, register, supplier=holder)) is raised
