"""Auditors who head what they audited, told by themselves, by the letters of their department, or in a head whose fields run together; and
audits whose auditors write down points to improve. Each with its near miss.
"""

import pytest

from tests.unit.evidence.builders import flags, report

AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("I am the lacquering superintendent and I did lacquering (19 May), and Sipho did the seaming line.", True),
        ("I am the lacquering superintendent and I did dispatch (19 May), and Sipho did lacquering.", False),
        ("I am the lacquering superintendent, so lacquering was audited by Sipho and I took purchasing.", False),
        ("Tôi là tổ trưởng chuyền sơn và tôi kiểm chuyền sơn ngày 19/5.", True),
        ("Saya kepala gudang, dan saya memeriksa gudang pada 19 Mei.", True),
        ("Saya kepala gudang, dan saya memeriksa pembelian pada 19 Mei.", False),
        ("我是喷涂车间主任，我审核了喷涂。", True),
        ("我是喷涂车间主任，我审核了仓库。", False),
    ],
)
def test_who_writes_tells_of_the_office_and_of_the_area(told, own):
    mail = f"# Internal audit May 2026, who audited what\n\n{told}\n"
    assert ("auditor_not_independent" in flags(report("mail.docx", mail, **AUDIT))) is own


ROWS = """# INTERNAL QUALITY AUDIT REPORT 2026

Audit of 22 April 2026. Lead auditor: {}. Co-auditor: Nasrin Sultana, Compliance.

| Sl | Section audited | Auditor | Observation | Type |
| 1 | Cutting | Nasrin Sultana | Bundle card without shade mark, 5 of 40 | NC minor |
| 2 | {} | Ashraful Kabir | All reports available | OK |
"""


@pytest.mark.parametrize(
    ("lead", "area", "own"),
    [
        ("Md. Ashraful Kabir, Manager QA", "Quality Assurance (final insp., lab)", True),
        ("Md. Ashraful Kabir, HR manager", "Human Resources", True),
        ("Md. Ashraful Kabir, Manager QA", "Finishing", False),
        ("Md. Ashraful Kabir, Manager QA", "Quality Control", False),
    ],
)
def test_letters_of_a_department_are_its_name(lead, area, own):
    assert ("auditor_not_independent" in flags(report("IQA.docx", ROWS.format(lead, area), **AUDIT))) is own


RUN = """INTERNAL AUDIT REPORT

Audited area Stores and dispatch Area manager Nihat Er Auditor {} Date 11.03.2026

Drums F-201 to F-240 counted, 40 as on the card. Finding: no lot number on the note of 09.03.
"""


def test_one_name_behind_both_words_of_a_head_that_runs_together():
    assert "auditor_not_independent" in flags(report("scan.pdf", RUN.format("Nihat Er"), **AUDIT))
    assert "auditor_not_independent" not in flags(report("scan.pdf", RUN.format("Cem Kaya"), **AUDIT))


@pytest.mark.parametrize(
    "told",
    [
        "採購課原排定由採購課長蔡文彬自行稽核,改由倉儲課郭美玲執行。",
        "Purchasing was at first planned for the purchasing manager himself and audited by Mei Guo of stores instead.",
    ],
)
def test_who_was_to_audit_at_first_did_not(told):
    text = f"# 內部稽核報告 Internal audit 2026-06-03\n\n{told}\n\n| 單位 | 稽核員 | 結果 |\n| 採購課 | 郭美玲 | 符合 |\n| 壓鑄課 | 蔡文彬 | 缺失 1 |\n"
    assert "auditor_not_independent" not in flags(report("iqa.docx", text, **AUDIT))


def test_a_name_in_brackets_beside_an_area_is_not_the_auditor_in_the_next_cell():
    text = """# Internal audit 22 April 2026

| Department | Auditor | Result |
| Production | Jira Suk (QA) | NC-1 two trays without label |
| QA (head Jira Suk) | Than Korn, from outside | conforming, 12 records |
"""
    assert "auditor_not_independent" not in flags(report("iqa.docx", text, **AUDIT))


POINTS = """# Internal audit 13 May 2026

Nonconformities: 0. {}

| Section | Auditor | {} |
| Cooking | Van (stores) | {} |
| Packing | Phuoc (cooking) | {} |
| Stores | Loan (packing) | {} |
"""


def test_points_to_improve_show_that_auditors_write_down_what_they_see():
    seen = ("thermometer far from the eye", "scale to be checked each shift", "pallets 10 cm from the wall")
    told = POINTS.format("Points to improve: 3", "Points to improve", *seen)
    assert "audits_without_finding" not in flags(report("iqa.docx", told, **AUDIT))
    none = POINTS.format("No finding in any section.", "Result", *("conforming",) * 3)
    assert "audits_without_finding" in flags(report("iqa.docx", none, **AUDIT))
