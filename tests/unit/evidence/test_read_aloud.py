"""A name in Latin letters beside one in Chinese characters, Hangul or Thai letters."""

import pytest

from evidence.names import same_company
from tests.unit.evidence.builders import flags, report

CERTIFICATE = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}
PAGE = (
    "# 质量管理体系认证证书\n\n兹证明\n\n{holder}\n\n建立的质量管理体系符合标准 GB/T 19001-2016 / ISO 9001:2015\n\n认证范围 :: 铸件的生产\n"
    "证书编号 :: 00126Q30184\n颁证日期 :: 2026-01-20 || 有效期至 :: 2029-01-19\n"
)


@pytest.mark.parametrize(
    ("latin", "signs"),
    [
        ("Ningbo Huaxin Castings Co., Ltd.", "宁波华鑫铸造有限公司"),
        ("Huaxin Foundry", "宁波华鑫铸造有限公司"),
        ("Chongqing Changcheng Machinery", "重庆长城机械有限公司"),  # characters that are read in two ways
        ("Hai Tian Plastics Machinery", "宁波海天塑机有限公司"),  # syllables that stand in many Vietnamese names
        ("Lvcheng Textile", "绍兴绿城纺织有限公司"),
        ("Wanxiang Group", "杭州万向集团"),
        ("Daesung Harness", "주식회사 대성하네스"),
        ("Daeseong Harness Co., Ltd.", "대성하네스 주식회사"),
        ("Thai Rung Ruang Foods", "บริษัท ไทยรุ่งเรือง ฟู้ดส์ จำกัด"),
    ],
)
def test_one_name_read_aloud(latin, signs):
    assert same_company(latin, signs) is True
    assert same_company(signs, latin) is True


@pytest.mark.parametrize(
    ("latin", "signs"),
    [("Ningbo Huaxin Castings Co., Ltd.", "宁波恒力铸造有限公司"), ("Jiangyin Huayang", "江阴恒通电气有限公司")],
)
def test_two_names_in_pinyin(latin, signs):
    assert same_company(latin, signs) is False


@pytest.mark.parametrize(
    ("latin", "signs"),
    [
        ("Golden Star Plastics", "东莞市金星塑胶有限公司"),  # translated
        ("Chongqing Great Wall Machinery", "重庆长城机械有限公司"),  # the town is no name
        ("Yung Shun Plating", "永順電鍍股份有限公司"),  # not written in pinyin
        ("Sakai Precision (Dongguan)", "酒井精密(东莞)有限公司"),  # a house of Japan
        ("Maruyoshi Ceramics", "丸義陶器株式会社"),
        ("Samhwa Precision", "동양정공 주식회사"),
        ("Siam Plastic", "บริษัท ทะเลทองอาหาร จำกัด"),
        ("HX Castings", "宁波华鑫铸造有限公司"),
        ("Huaxin Castings", "宁波華興鑄造有限公司"),  # a name in the characters of Taiwan
    ],
)
def test_what_cannot_be_told(latin, signs):
    assert same_company(latin, signs) is None


@pytest.mark.parametrize(("holder", "raised"), [("宁波恒力铸造有限公司", True), ("宁波华鑫铸造有限公司", False)])
def test_the_certificate_of_another_company_in_chinese(holder, raised):
    letter = "# Ningbo Huaxin Castings Co., Ltd.\n\nDear Sirs, please find enclosed our certificate. Kind regards, Zhou Min, quality manager."
    papers = [report("证书.pdf", PAGE.format(holder=holder), **CERTIFICATE), report("letter.pdf", letter)]
    found = flags(*papers, supplier="Ningbo Huaxin Castings Co., Ltd.")
    assert ("certificate_other_holder" in found) is raised


def test_of_a_name_without_end_the_first_words_are_read():
    assert same_company("Huaxin " + "nan " * 5000, "宁波华鑫铸造有限公司" * 500) is True
    assert same_company("nan " * 5000 + "Huaxin", "宁波华鑫铸造有限公司") is None
