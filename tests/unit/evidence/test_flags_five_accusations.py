"""What honest factories write near the words of a flag, proven by a fourth reader: the shape that was accused and its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

ANSWER = """
# 8D report {number}

Customer :: {customer} || Date opened :: {opened}
Problem :: Flash along the parting line of the pump cover, up to 0.6 mm high, covers could not be fitted into the housing without filing
Containment :: {held} covers in stock sorted
Root cause :: The insert of mould M-17 was worn at the gate side, the clamping plates no longer closed over the whole parting line
Corrective action :: Insert replaced and both plates ground, gauge for flash added to the first-piece check of every shift
Effectiveness :: {checked} covers of three lots looked at, 0 with flash
Date closed :: {closed}
"""


def _answer(number, customer, opened, closed, held, checked):
    text = ANSWER.format(number=number, customer=customer, opened=opened, closed=closed, held=held, checked=checked)
    return report(f"8D {number}.pdf", text, **CASE)


FIRST = ("8D-26-011", "Kestrel Pumps", "2026-03-03", "2026-04-20", 1240, 900)


@pytest.mark.parametrize(
    ("opened", "closed", "copied"), [("2026-03-10", "2026-04-22", False), ("2026-06-15", "2026-07-30", True)]
)
def test_one_fault_told_to_two_customers_is_no_copy(opened, closed, copied):
    second = _answer("8D-26-014", "Norrland Flow AB", opened, closed, 410, 870)
    assert ("near_identical_records" in flags(_answer(*FIRST), second)) is copied


CLOSED = """
# 8D report 8D-26-021

Date opened :: 2026-03-02
Customer :: Kestrel Pumps
Problem :: burrs on the inner thread of coupling nut
Root cause :: worn tap not changed after its count of holes
Corrective action :: counter on the tapping head stops it at 3000 holes
Effectiveness :: 3 lots of 500 checked until 2026-05-10, 0 with burrs
Date closed :: 2026-05-12
"""


@pytest.mark.parametrize(
    ("sentence", "again"),
    [
        ("Could you send the pictures of the burrs on the inner thread of coupling nut again?", False),
        ("Please send us again the pictures of burrs on inner thread of coupling nut.", False),
        ("Mohon kirim lagi foto burrs on the inner thread of coupling nut.", False),
        ("Vui lòng cho chúng tôi xem lại ảnh burrs on the inner thread of coupling nut.", False),
        ("รบกวนขอรูป burrs on the inner thread of coupling nut อีกครั้ง", False),
        ("请再次提供 burrs on the inner thread of coupling nut 的照片.", False),
        ("burrs on the inner thread of coupling nut 사진을 다시 보내 주시기 바랍니다.", False),
        ("Rica ederiz burrs on the inner thread of coupling nut fotoğraflarını tekrar gönderin.", False),
        ("Please note that burrs on the inner thread of coupling nut came back.", True),
        ("Could you tell us why burrs on the inner thread of coupling nut came again?", True),
        ("Mohon maaf, burrs on the inner thread of coupling nut terulang lagi.", True),
        ("请注意 burrs on the inner thread of coupling nut 又出现了.", True),
        ("We found burrs on the inner thread of coupling nut again, please answer.", True),
        ("Burrs on the inner thread of coupling nut came back. Could you send us your report?", True),
    ],
)
def test_what_a_customer_asks_for_again_did_not_come_again(sentence, again):
    text = f"\n# Letter of 20 July 2026\n\nDear Sirs,\n\n{sentence}\n\nWe have seen none since May.\n"
    letter = report("letter kestrel.eml", text, kind="other")
    assert ("same_defect_after_closure" in flags(report("8D-26-021.pdf", CLOSED, **CASE), letter)) is again


LOG = """
# Log 2026

| No | Date opened | Problem | Cause | Action | {head} | Date closed |
| 1 | 2026-03-02 | wrong label on carton L-2601 | roll not removed after the change | label scanner on the line | {cell} | 2026-03-20 |
| 2 | 2026-03-09 | lid loose on can L-2604 | seamer chuck worn | chuck replaced, gauge each shift | {cell} | 2026-03-28 |
| 3 | 2026-04-02 | dent on can L-2611 | guide rail bent | rail replaced by a wider one | {cell} | 2026-04-21 |
"""


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("追踪人", False),
        ("跟蹤者", False),
        ("跟进人", False),
        ("Pemantauan oleh", False),
        ("Người theo dõi", False),
        ("ผู้ติดตาม", False),
        ("사후관리 담당", False),
        ("İzleme sorumlusu", False),
        ("Followed up by", False),
        ("追踪", True),
        ("Pemantauan", True),
        ("ติดตาม", True),
        ("사후관리", True),
        ("İzleme", True),
    ],
)
def test_a_column_of_who_follows_up_is_no_place_for_the_check(head, place):
    text = LOG.format(head=head, cell="")
    other = report("8D-26-021.pdf", CLOSED, **CASE)
    assert ("no_effectiveness_check" in flags(report("log.xlsx", f"=== Log\n{text}", **CASE), other)) is place


def test_a_case_with_somebody_to_follow_it_up_is_looked_after():
    text = LOG.replace("{head} |", "责任人 | 追踪人 |").replace("{cell} |", "王强 | 李敏 |")
    assert "no_effectiveness_check" not in flags(report("log.xlsx", f"=== Log\n{text}", **CASE))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Output per shift [number]: 4300", False),
        ("Output per shift [number]", False),
        ("Output per shift [number] | 4300", False),
        ("Reason for the stop [reason]", False),
        ("Sản lượng mỗi ca [số lượng]", False),
        ("Hasil per shift [jumlah]", False),
        ("ผลผลิตต่อกะ [จำนวน]", False),
        ("每班产量 [数量]", False),
        ("교대당 생산량 [수량]", False),
        ("Vardiya başına üretim [adet]", False),
        ("We found 40 bad pieces out of [number] that were looked at", True),
        ("The lot was sorted by [name] on 4 May", True),
        ("Dear [Mr/Mrs name],", True),
    ],
)
def test_a_kind_of_value_behind_a_label_is_a_hint(line, left):
    text = f"\n# Production report of 12 May 2026\n\n{line}\n\nShift led by R. Kern, 2 stops.\n"
    assert ("placeholder_left" in flags(report("report.pdf", text, kind="traceability_record"))) is left


def _rows(rows):
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


STUDIES = (
    ("L-2601", "2026-01-12", "2026-04-12", "assay 99.1 %"),
    ("L-2602", "2026-02-10", "2026-05-10", "assay 98.8 %"),
    ("L-2603", "2026-03-11", "2026-06-11", "assay 99.0 %"),
    ("L-2604", "2026-04-14", "2026-07-14", "assay 98.9 %"),
)


@pytest.mark.parametrize(
    ("heads", "ahead"),
    [
        (("Lot", "Begun", "To", "Remark"), False),
        (("Lot", "Date in", "Date out", "Remark"), False),
        (("Batch", "Test begun", "Test end", "Remark"), False),
        (("Contract", "Signed", "Term", "Remark"), False),
        (("Lot", "Begun", "Tested on", "Result"), True),
        (("Lot", "Begun", "Date done", "Result"), True),
    ],
)
def test_a_plan_may_run_longer_than_its_neighbours(heads, ahead):
    rows = _rows((heads, *STUDIES, ("L-2605", "2026-05-18", "2027-05-18", "12 months")))
    paper = report("stability.xlsx", f"=== Stability\n# Stability studies 2026\n\n{rows}", kind="traceability_record")
    assert ("date_in_future" in flags(paper)) is ahead


LOG_OF_PARTS = (
    ("No", "Date opened", "Part", "Problem", "Cause", "Action", "Check", "Date closed"),
    ("1", "2026-02-03", "40-221", "Flash on parting line", "insert worn", "insert replaced", "600 parts, 0 bad", "2026-02-28"),
)  # fmt: skip


@pytest.mark.parametrize(("part", "again"), [("51-305", False), ("40-221", True)])
def test_rows_know_their_part(part, again):
    second = (
        "2",
        "2026-05-04",
        part,
        "Flash on parting line",
        "clamp low",
        "clamp set",
        "500 parts, 0 bad",
        "2026-05-29",
    )
    paper = report("log.xlsx", f"=== Log\n# Log of defects 2026\n\n{_rows((*LOG_OF_PARTS, second))}", **CASE)
    assert ("same_defect_after_closure" in flags(paper)) is again
