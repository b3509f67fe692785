"""What a model text leaves in papers of a few sentences, whatever kind they were taken for."""

import pytest

from tests.unit.evidence.builders import flags, report

RULE = "placeholder_left"


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("Prosedur.docx", "blank_form", "# Prosedur pembelian\n\nBagian pembelian <nama perusahaan> memilih pemasok menurut kriteria yang ditetapkan."),
        ("recall.docx", "blank_form", "# Recall plan\n\nThe recall team is led by <insert name> of the plant. In case of a recall the team informs customers within a day."),
        ("el kitabı.docx", "other", "# Kalite el kitabı\n\n(Firma adı) olarak müşteri memnuniyetini esas alırız."),
        ("context.docx", "other", "# Context of the organisation\n\nWe make pumps for farms.\n\nStrengths: xxxx. Weaknesses: few machines."),
        ("SOP 4.docx", "blank_form", "# 采购程序\n\n由 [公司名称] 采购部按照标准选择供应商并保存记录。"),
    ],
)  # fmt: skip
def test_what_was_not_filled_in_is_found_in_few_sentences(path: str, kind: str, text: str) -> None:
    assert RULE in flags(
        report(path, text, kind=kind, reading="static", mode="template" if kind == "blank_form" else "claim")
    )


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("form.docx", "blank_form", "# Form QF-08 Customer complaint\n\nCustomer name: ________  Date: ________  [insert photo here]"),
        ("template.docx", "blank_form", "# Procedure template\n\nThe buyer of <company name> chooses suppliers by their price. Fill in before use."),
        ("lots.docx", "other", "# How lots are numbered\n\nThe number of a lot has the form YY-WW-XXX, where XXX is a running number."),
        ("label.docx", "other", "# Etiket\n\nKoli üzerine parti numarası (örnek: DH26-0804) ve net ağırlık yazılır."),
    ],
)  # fmt: skip
def test_forms_models_and_masks_that_are_explained_are_ordinary(path: str, kind: str, text: str) -> None:
    assert RULE not in flags(
        report(path, text, kind=kind, reading="static", mode="template" if kind == "blank_form" else "claim")
    )


def test_a_manual_that_names_its_own_house_and_rules_in_the_name_of_another_is_found_without_other_papers() -> None:
    text = (
        "# Quality Manual\n\nLotus Valley Pumps Co., Ltd makes pumps. The quality manager of Hanse Kettle Works GmbH reports to the board.\n\n"
        "Hanse Kettle Works GmbH reviews its quality management system each year."
    )
    assert RULE in flags(report("manual.docx", text, kind="manual", reading="static", mode="prescription"))
