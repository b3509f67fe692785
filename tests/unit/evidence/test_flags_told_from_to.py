"""Sentences that tell two figures of one thing and say the opposite of them."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


def _contradicts(said: str) -> bool:
    return "conclusion_contradicts_data" in flags(report("Letter.docx", f"# Case 26-11\n\n{said}\n", **CASE))


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Pinholes fell from 2.1 to 3.4 per m².", True),
        ("Pinholes fell from 3.4 to 2.1 per m².", False),
        ("Effect: the rejects were improved from 0.8 % in May to 1.9 % in June.", True),
        ("Effect: the rejects were improved from 1.9 % in May to 0.8 % in June.", False),
        ("Neps were improved from 14 to 22 per g (fewer is better).", True),
        ("Strength was improved from 14 to 22 cN/tex (more is better).", False),
        ("On-time delivery rose from 96.4 % to 91.2 %.", True),
        ("On-time delivery rose from 91.2 % to 96.4 %.", False),
        ("Scrap 1.2 % → 2.9 %, reduced.", True),
        ("Scrap was reduced: 2.9 % → 1.2 %.", False),
        ("Scrap reduced 1.2 % → 2.9 %.", True),
        ("The supplier rose from class 3 to 1.", False),
        ("The interval was reduced from 2 weeks to 10 days.", False),
        ("Waiting time fell from 3 h to 40 min.", False),
        ("Scrap should fall from 1.2 to 2.9 %.", False),
        ("Scrap did not fall from 1.2 to 2.9 %.", False),
        ("The rule was improved from 2024 to 2026.", False),
        ("After the mould went from 42 to 48 °C the haze fell.", False),
        ("The haze fell after the mould went from 42 to 48 °C.", False),
        ("금형 온도를 42도에서 48도로 올린 뒤 백화 감소.", False),
        ("Kalıp sıcaklığı 42'den 48'e çıkarıldıktan sonra hata azaldı.", False),
        ("The number of samples was raised from 5 to 10.", False),
    ],
)
def test_two_figures_and_a_verb(said, raised):
    assert _contradicts(said) is raised


@pytest.mark.parametrize(
    "said",
    [
        "Tỷ lệ lỗi giảm từ {} % xuống {} %.",
        "Cacat turun dari {} % menjadi {} %.",
        "Kadar kecacatan menurun daripada {} % kepada {} %.",
        "ของเสียลดลงจาก {} % เหลือ {} %",
        "不良率从{}%降低到{}%。",
        "不良率由{}%下降至{}%。",
        "불량률이 {}%에서 {}%로 감소하였다.",
        "不良率は{}%から{}%に減少した。",
        "Hata oranı %{}'den %{}'e düştü.",
    ],
)
def test_the_same_in_the_languages_of_the_plants(said):
    assert _contradicts(said.format("1.2", "2.9"))
    assert not _contradicts(said.format("2.9", "1.2"))
