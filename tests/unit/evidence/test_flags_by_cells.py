"""Registers and reports whose heads say one thing and whose cells another: what was done under Done, a look under any head, days called
due in their cells, papers dated at their end.
"""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


def _log(heads, *rows, name="CAR log 2026.xlsx"):
    lines = [heads, *rows]
    return report(name, "\n".join(f"| {line} |" for line in lines), **CASE)


DONE = (
    "1 | 2026-02-17 | Mirror doors hang 3 mm low, 6 of 40 | Hinge jig worn at the stop pin | Jig pin renewed and put on the weekly list | 6 of 6 measured 20.03, ok | 2026-03-23",
    "2 | 2026-04-29 | Edge band open at the shelf, 11 of 80 | Glue roller at 172, heater phase lost | Phase relay with lamp fitted | 2,300 m pulled in May, lowest 41 N | 2026-06-30",
)


@pytest.mark.parametrize("head", ["Done", "Xong", "Selesai", "完成", "완료"])
def test_sentences_under_done_are_what_was_done(head):
    log = _log(f"No | Date | Complaint | Cause | {head} | Checked | Closed", *DONE)
    assert not {"no_effectiveness_check", "no_root_cause"} & set(flags(log))


@pytest.mark.parametrize(("look", "missing"), [("", True), ("900 weighed in May, 0 short", False)])
def test_a_look_at_the_effect_stands_under_any_head(look, missing):
    log = _log(
        "No | Received | What | Cause | Action | After that | Closed",
        "K-03 | 2026-02-16 | Valve of bag leaks, 14 of 200 | Jaw at 168, recipe says 182 | Cartridge changed | 300 bags squeezed in March, 0 leak | 2026-04-02",
        "K-07 | 2026-05-09 | Stone of 4 mm in beans | Sieve torn at the corner | New sieve, sieve in the weekly check | 61 t from May on, 0 stone at the magnet | 2026-08-03",
        f"K-11 | 2026-08-04 | Bags 6 g short | Belt of the weigher slips when oily | New belt fitted | {look} | 2026-08-12",
    )
    assert ("no_effectiveness_check" in flags(log)) is missing


@pytest.mark.parametrize(
    ("action", "overdue"),
    [
        ("Hard stop to be made in tool room, target 15.05.2026 (Mane)", True),
        ("제습기 설치 (담당 최동수, 기한 2026.05.31)", True),
        ("Stop to be made, target 15.01.2027", False),
        ("Hard stop made in tool room, target 15.05.2026, fitted and closed 12.05.2026", False),
        ("New die, was due 16.05.2026; die maker late, moved on 12.05.2026 to 27.01.2027", False),
        ("Stop fitted 12.05.2026, target 15.05.2026", False),
        ("교체 완료 (기한 2026.05.15)", False),
        ("Target selesai 15.05.2026, sudah dipasang 12.05.2026", False),
        ("Seal replaced; leak was due to old seal of 12.03.2026", False),
        ("Stock changed; hard stop to be made, target 15.05.2026", True),
    ],
)
def test_a_day_until_which_is_told_in_the_action(action, overdue):
    log = _log(
        "NCR | Raised | What found | Cause | Action | Closed on",
        "26-014 | 2026-03-19 | Keyway 0.04 off centre | Vice jaw worn | Jaw replaced | 2026-04-30",
        f"26-031 | 2026-04-30 | Balance hole 2 mm too deep | Stop collar slips | {action} | ",
    )
    assert ("overdue_actions" in flags(log)) is overdue


@pytest.mark.parametrize(
    ("cell", "overdue"),
    [("due 15 May 2026 (Khun Prasit), 12 of 40 listed", True), ("done 15 May 2026", False)],
)
def test_one_column_for_due_and_done(cell, overdue):
    log = _log(
        "No | Date | What happened | Root cause | Corrective action | Due / done",
        "01 | 28 Jan 2026 | Reefer stopped for 50 min | Strainer full of algae | Strainer changed every 500 hours | done 16 Feb 2026",
        f"04 | 21 Apr 2026 | Tyre burst on the way | Retread on the steer axle | List of casings by the tyre shop | {cell}",
    )
    assert ("overdue_actions" in flags(log)) is overdue


@pytest.mark.parametrize(
    ("due", "overdue"), [("30.05.2026", True), ("30.05.2026, yeni plan 29.01.2027: sipariş 2231", False)]
)
def test_the_last_day_of_a_task_counts(due, overdue):
    plan = report(
        "Kararlar 2026.docx",
        f"| Karar | Kim | Plan | Durum |\n| Nem ölçer alınması | Tunalı | {due} | açık |\n| Işık kutusu alınması | Aydın | 15.05.2026 | tamam 11.05 |",
        kind="management_review_record",
        criteria=("management_review",),
    )
    assert ("overdue_actions" in flags(plan)) is overdue


REPORT = """
# 8D

Date :: 2026-10-12 || To :: Qingyuan Drinks
D2 Problem :: {problem}
D4 Root cause :: Filter bag of dryer 2 torn over 3 cm, gauge on top of the machine where nobody sees it
D5 Action :: Bag changed, gauge moved to the front, stop above 1.2 kPa
D7 Verify :: 22 lots of 200 looked at, 0 black
D8 Closed :: 2026-10-12 Mo
"""


@pytest.mark.parametrize(
    ("problem", "same"),
    [("Customer called 2026-08-25: preforms with black specks", False), ("Preforms with black specks, 1 to 3", True)],
)
def test_a_report_that_is_dated_at_its_end_tells_when_it_came_up(problem, same):
    found = flags(report("8D black specks.docx", REPORT.format(problem=problem), **CASE))
    assert ("closed_same_day" in found) is same
    assert "no_effectiveness_check" not in found


HALVES = """
# 8D KN-26-07

Received :: 2026-04-21
D2 Problem :: 39 leaking bottles of 5,616 filled
D4 Cause
Occurrence: neck ring swabbed too wet, the brush had been cut down to 18 mm
Escape: head 3 of the tester stood 0.4 mm high
D5 Actions :: Holder with a stop that takes only whole brushes
D7 Effect :: 0 leaks on 214 pallets, May to July
D8 Closed :: 2026-08-04
"""


def test_occurrence_and_escape_are_halves_of_the_cause():
    assert "no_root_cause" not in flags(report("8D KN-26-07.docx", HALVES, **CASE))


def test_a_row_of_figures_with_a_remark_is_no_report():
    text = "| Bulan 2026 | Produksi ton | Rework ton | Rework % (target 2.2) | Komplain | Catatan |\n" + "\n".join(
        f"| {month} | {made} | 3.2 | 2.3 | {claims} | {note} |"
        for month, made, claims, note in (
            ("Jan", 138, 2, "di atas target"),
            ("Feb", 146, 0, "di atas target"),
            ("Mar", 68, 0, "libur"),
        )
    )
    assert "no_root_cause" not in flags(report("Komplain dan rework 2026.xlsx", text, **CASE))


def test_packing_is_no_closing():
    text = """
# Phiếu CAPA 26-03

Ngày nhận :: 11/05/2026
Vấn đề :: 7 cái trong hộp 50 thiếu thanh nẹp mũi
Nguyên nhân :: Phễu cấp thanh kẹt vì lò xo gãy, máy không có cảm biến
Hành động :: Thay lò xo, lắp cảm biến, hướng dẫn tổ đóng gói ngày 11/05/2026
Kiểm tra hiệu lực :: Tháng 6 bóc 120 hộp, không thiếu thanh nào, 30/06/2026
Đóng :: 02/07/2026
"""
    assert "closed_same_day" not in flags(report("CAPA 26-03.docx", text, **CASE))


@pytest.mark.parametrize(("closed", "same"), [("11/06/69", True), ("24/08/69", False)])
def test_two_digits_of_a_year_of_thailand_in_an_english_log(closed, same):
    log = _log(
        "No. | Date open | Problem | Root cause | Action | Check after | Date close",
        f"1 | 11/06/69 | Oil spots on 27 hems | Oil pan of 4-11 overfilled | Oil drained to the mark | 27 washed, clean | {closed}",
        "2 | 19/01/69 | Skipped stitches on 12 shirts | Looper 0.4 mm late | Gauge made, on the card | 2,910 looked at, 0 skipped | 13/02/69",
        name="CAR log 2569.xlsx",
    )
    assert ("closed_same_day" in flags(log)) is same
