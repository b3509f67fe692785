"""The scope of a certificate beside the goods that the papers and the name of a factory tell."""

import pytest

from evidence.facts.text import fold
from evidence.goods import goods
from evidence.names import same_company
from evidence.trades import words_shared
from tests.unit.evidence.builders import certificate, flags, report

CERTIFICATE = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


def _bundle(scope: str, product: str, more: str = "") -> tuple:
    page = f"# Certificate\n\nThe quality management system of\n\nSabira Mediflow Devices Pvt. Ltd.\n\ncomplies with ISO 9001:2015\n\nScope :: {scope}\nRegistration :: TVC-66204\nDate of issue :: 20 January 2026 || Valid until :: 19 January 2029\nAccreditation :: NABCB\n"
    case = f"# CAPA-26-11\n\nProduct :: {product} || Opened on :: 03.08.2026\nDescription :: Fluid is leaking at the joint. {more}\n"
    return (report("Certificate.pdf", page, **CERTIFICATE), report("CAPA.pdf", case, **CASES))


@pytest.mark.parametrize(
    ("scope", "product", "more", "other"),
    [
        ("Manufacture of single use hypodermic syringes and needles", "IV infusion set vented", "", True),
        ("Sản xuất bơm kim tiêm vô trùng", "IV infusion set vented", "", True),
        ("ผลิตถุงมือยาง", "bottle 2 l", "", True),
        ("塑料玩具的注塑加工和销售", "LED driver 40 W", "", True),
        ("Manufacture of hypodermic syringes", "IV infusion set", "Syringes of the same room were looked at.", False),
        ("Manufacture of sterile medical devices", "IV infusion set vented", "", False),  # said in general words
        ("Manufacture of syringes and infusion sets", "IV infusion set vented", "", False),
        ("Manufacture of plastic parts", "IV infusion set vented", "", False),
        ("Manufacture of hypodermic syringes", "IS-20", "", False),  # no goods told
        ("Corrugated cartons", "Carton for shrimp 5 kg", "", False),
        ("Moulding of gaskets for washing machines", "gasket G-14", "", False),
    ],
)
def test_goods_of_a_scope_beside_those_of_the_papers(scope, product, more, other):
    raised = flags(*_bundle(scope, product, more), supplier="Sabira Mediflow Devices Pvt. Ltd.")
    assert ("certificate_scope_mismatch" in raised) is other


def test_goods_are_known_in_the_languages_of_the_region():
    assert goods(fold("şırınga üretimi")) == goods("注射器的生产") == goods("주사기 제조") == {"syringes"}
    assert not goods("manufacture of metal parts")


def test_general_words_of_a_scope_are_shared_by_all_papers():
    assert not words_shared("manufacture and supply of syringes", "the manufacture and supply of sets")
    assert words_shared("manufacture of syringes", "one syringe was bent")


@pytest.mark.parametrize(("second", "other"), [("연마 후 다리 길이", True), ("창고 선반 정리", False)])
def test_steps_of_production_in_two_papers_are_no_trade(second, other):
    page = _bundle("안경 케이스의 도매 유통", "HB-702")[0]
    papers = (
        page,
        report("시정조치.docx", "# 시정조치\n\n26-01 용접 조건 이탈, 2026.05.06 조치\n", **CASES),
        report("심사.docx", f"# 내부심사\n\n2026.05.15 {second}\n", kind="internal_audit_record"),
    )
    assert ("certificate_scope_mismatch" in flags(*papers, supplier="Sabira Mediflow Devices Pvt. Ltd.")) is other


def test_a_holder_is_told_by_the_words_on_its_system_that_follow_its_address():
    page = "# 驗證證書\n\n證書編號 QT-9-26-0083\n\n翔泰精密股份有限公司 臺中市大甲區中山路二段 1191 號\n\n其品質管理系統經評鑑符合 ISO 9001:2015\n\n驗證範圍 鋁合金自行車輪圈之設計\n\n有效至 2029年2月9日\n\n全準驗證有限公司（TAF 認證證書 MS-061）\n"
    paper = report("證書.pdf", page, **CERTIFICATE)
    ours = report("會議.docx", "# 會議\n\n雲翔鋁圈工業股份有限公司 2026.05.06\n", **CASES)
    assert "certificate_other_holder" in flags(paper, ours, supplier="雲翔鋁圈工業股份有限公司")
    assert "certificate_other_holder" not in flags(paper, ours, supplier="翔泰精密")


def test_a_name_in_simplified_characters_is_the_same_company():
    assert same_company("云翔铝圈", "雲翔鋁圈工業股份有限公司")
    assert not same_company("雲翔鋁圈工業股份有限公司", "翔泰精密股份有限公司")


@pytest.mark.parametrize(
    ("product", "scope", "raised"),
    [
        ("rubber gaskets for couplings", "Manufacture of rubber seals and gaskets for household containers.", False),
        ("aluminium die castings for gearboxes", "Production of brass castings for taps and fittings.", True),
        ("aluminium die castings for gearboxes", "Production of aluminium and zinc castings.", False),
        ("sterile single-use syringes", "Manufacture of non-sterile nitrile examination gloves.", True),
        (
            "power adapters, made in their own plant",
            "Design and sales of power supplies (manufacturing not included).",
            True,
        ),
        ("power adapters, made in their own plant", "Design, manufacture and sales of power supplies.", False),
        ("power adapters", "Design and sales of power supplies (manufacturing not included).", False),
        ("printed pouches for coffee", "瓦楞纸箱的生产 Production of corrugated cartons.", True),
        ("printed cartons for coffee", "瓦楞纸箱的生产 Production of corrugated cartons.", False),
    ],
)
def test_a_scope_is_read_without_the_work_it_leaves_out_and_by_its_metal(product, scope, raised):
    found = flags(certificate(scope=scope), supplier="Lotus Valley Co., Ltd", product=product)
    assert ("certificate_scope_mismatch" in found) is raised
