"""Flags on papers whose makers head, number and phrase things their own way: each beside the near miss that stays silent."""

import json

import pytest

from evidence.defects import came_back, only_repeats, same_defect
from evidence.facts.tables import says_no_finding
from evidence.trades import covers as _covers
from evidence.trades import families
from tests.unit.evidence.builders import flags, report


def case(path, text, kind="corrective_action_record", **more):
    return report(path, text, kind=kind, criteria=("corrective_action",), **more)


def cases(document):
    return [json.loads(fact.value) for fact in document.facts if fact.kind == "case"]


TOLD_ON = """
# 8D 26/08

Customer told us on 17 August 2026: cracks in the bent corner, 9 of 400
Corrective action 26 August 2026: radius of the punch enlarged from 1 to 1.5
Root cause: {cause}
"""


def test_heads_that_hold_their_day():
    (read,) = cases(case("8D.docx", TOLD_ON.format(cause="punch worn")))
    assert read["problem"].startswith("cracks in the bent corner")
    assert read["opened"] == "2026-08-17"
    assert "no_root_cause" in flags(case("8D.docx", TOLD_ON.format(cause="corner bent with cracks")))
    assert "no_root_cause" not in flags(case("8D.docx", TOLD_ON.format(cause="radius of the punch worn to 0.6")))


NAMED_DAYS = """
# Corrective action 12/26

Date the problem was noticed :: 24 July 2026
Problem :: 7 chairs rock, hind leg 3 mm short
Cause :: stop of the radial saw slipped
Action :: bolt replaced by M8 || Date the action was carried out :: {day}
"""


def test_days_named_by_their_part():
    assert "done_before_reported" in flags(case("CA 12.docx", NAMED_DAYS.format(day="2 July 2026")))
    assert "done_before_reported" not in flags(case("CA 12.docx", NAMED_DAYS.format(day="28 July 2026")))


@pytest.mark.parametrize(
    ("cause", "problem", "repeats"),
    [
        ("düğme iliklerinin açık kalması", "düğme iliği açık kalmış, 33 adet", True),
        ("Banyoda çökelti fazla oluşmuştur", "Fosfat banyosunda çökelti çok oldu", True),
        ("Banyo sıcaklığı düştü", "Fosfat banyosunda çökelti çok oldu", False),
        ("the snap was moulded too cold", "shroud cracks at the snap when fitted", False),
    ],
)
def test_a_cause_in_other_forms_of_the_same_words(cause, problem, repeats):
    assert only_repeats(cause, problem) is repeats


def test_a_defect_that_came_back():
    first = "keropos (porosity) di dudukan ulir, 57 dari 900 bocor waktu tes air"
    assert came_back(first, "keropos di dudukan ulir lagi, 41 pcs bocor dari kiriman 1.200")
    assert not came_back(first, "goresan di badan keran lagi, 41 pcs")
    assert not came_back(first, "keropos di dudukan ulir, 41 pcs bocor")
    assert same_defect(
        "Konnektör yerinden kopuyor, 7 adet (Devlet Hastanesi)", "Konnektör yerinden kopuyor (Eczane Deposu)"
    )


def test_whose_work_the_auditor_heads_is_told_behind_the_name():
    kind = "internal_audit_record"
    text = "\n".join(
        ("# Internal audit", "", "Process owner :: Derek Mottram, melt shop manager", "Auditor :: {auditor}", "")
    )
    assert "auditor_not_independent" in flags(report("IA.docx", text.format(auditor="Derek Mottram"), kind=kind))
    assert "auditor_not_independent" not in flags(report("IA.docx", text.format(auditor="Ann Lowe"), kind=kind))
    inside = "# 내부심사 결과\n\n대상부서 :: 주물팀 (부서장 남궁석)\n심사원 :: {}\n"
    assert "auditor_not_independent" in flags(report("IA.docx", inside.format("남궁석"), kind=kind))
    assert "auditor_not_independent" not in flags(report("IA.docx", inside.format("표미란"), kind=kind))


CODED = """
# Internal audit report 2026/1

Date :: 8 July 2026
Auditor :: Ann Lowe
U-1: label of scale T-3 cannot be read{first}
U-2: six returned drums stand among good ones
"""


def test_findings_numbered_by_a_letter_of_their_own():
    kind = "internal_audit_record"
    assert "audit_findings_not_followed_up" in flags(report("IA.docx", CODED.format(first=""), kind=kind))
    done = CODED.format(first=", replaced on 20 July 2026")
    assert "audit_findings_not_followed_up" not in flags(report("IA.docx", done, kind=kind))


def test_a_count_of_no_findings():
    assert says_no_finding("สรุป: จำนวนข้อบกพร่อง 0 ข้อสังเกต 0")
    assert not says_no_finding("จำนวนข้อบกพร่อง 02")


LETTER = """
# Accompanying letter

We send You the papers. Enclosures:

Enclosure 1: Certificate of quality system

Enclosure 2: Sorting of the lot

Enclosure 4: Calibration of the polariscope
"""


def test_enclosures_numbered_as_the_files_are():
    letter = report("letter.pdf", LETTER, kind="other", reading="static", mode="other")
    sent = [case("Enclosure 1 Certificate.pdf", "# x\n\nabc\n"), case("Enclosure 2 Sorting.xlsx", "# y\n\nabc\n")]
    last = case("Enclosure 4 Polariscope.pdf", "# z\n\nabc\n")
    assert "promised_document_missing" in flags(letter, *sent)
    assert "promised_document_missing" not in flags(letter, *sent, last)


SHEET = """
# Problem sheet {number}

Raised :: 3 March 2026
Problem :: {problem}
Root cause :: {cause}
Action :: press pressure lowered
Closed :: 30 March 2026 || Checked afterwards :: 12 May 2026, 5400 fitted, none cracked
"""


def test_one_case_for_each_title_of_a_paper():
    first = SHEET.format(number="CP-4", problem="shroud cracks at the snap", cause="press pressure set by hand")
    second = SHEET.format(number="CP-7", problem="lens ring is oval", cause="rings taken out too warm")
    read = cases(case("problems.docx", first + second))
    assert [item["problem"] for item in read] == ["shroud cracks at the snap", "lens ring is oval"]
    assert all("5400 fitted" in item["effectiveness"] for item in read)
    assert len(cases(case("problem.docx", first))) == 1


def test_a_product_of_short_syllables():
    assert not _covers("dịch vụ vận tải hàng hóa", "bàn ghế gỗ")
    assert _covers("sản xuất đồ gỗ", "bàn ghế gỗ")
    assert _covers("manufacture of furniture", "bàn ghế gỗ")


def test_short_words_of_a_trade_are_whole_words():
    assert families("fishing nets") == {"rope", "seafood"}
    assert not families("network switches for toyota ledgers")
