"""Cases that come again, told of in minutes and registers, and those that are set apart; blame in one point of minutes; a verdict with a
day of its own; a promise that was not kept.
"""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
MINUTES = {"kind": "management_review_record", "criteria": ("management_review",)}


def _log(heads, *rows, name="CAR log 2026.xlsx"):
    return report(name, "\n".join(f"| {line} |" for line in (heads, *rows)), **CASE)


HEADS = "No | Opened | Problem | Cause | Action | Check of effect | Closed"
FIRST = "26-01 | 2026-01-20 | RAL 7016 광택 61, 규격 70 | 저울 40 g 적게 표시 | 저울 수리, 매주 점검 | 2월 9배치 68~73 | 2026-03-06"


@pytest.mark.parametrize(
    ("problem", "again"),
    [
        ("RAL 7016 광택 다시 60, 1월과 같은 증상", True),
        ("RAL 7016 광택 다시 60, 4월과 같은 증상", False),
        ("RAL 9005 색상 차이, 1월과 같은 증상", False),
    ],
)
def test_a_later_row_names_the_month_of_the_first(problem, again):
    second = f"26-09 | 2026-07-14 | {problem} | 로드셀 노후 | 로드셀 신품 | 8월 11배치 69~72 | 2026-08-26"
    assert ("same_defect_after_closure" in flags(_log(HEADS, FIRST, second))) is again


@pytest.mark.parametrize(
    ("remark", "again"),
    [
        ("", True),
        (' (again "leak", checked against 26-01: tubes not scratched)', False),
        (" (nguyên nhân khác với 26-01)", False),
        (" (与26-01原因不同)", False),
    ],
)
def test_a_case_that_is_set_apart_from_the_one_before(remark, again):
    log = _log(
        HEADS,
        "26-01 | 2026-01-19 | Hoses leak at clamp, 5 of 400 | tube scratched by mandrel | mandrel gauge | 19 lots, 0 leaks | 2026-04-09",
        f"26-04 | 2026-07-17 | Hoses leak at clamp, 3 of 600{remark} | end cut oblique | guide with stop | 21 lots, 1.1° at most | 2026-08-30",
    )
    assert ("same_defect_after_closure" in flags(log)) is again


def test_the_part_stands_before_its_lot():
    log = _log(
        "NCR | Raised | Part / lot | What found | Cause | Action | Verified how | Closed on",
        "26-009 | 2026-02-11 | 2C-88 / H602-11 | Burr at oil hole mouth on pin | Brush of 6, hole of 7 | Brush of 8 | 0 of 870 | 2026-03-27",
        "26-027 | 2026-07-16 | 2C-88 / H607-08 | Oil hole on pin, burr at mouth again | Old brush in the crib | Old brushes scrapped | 0 of 612 | 2026-08-28",
    )
    assert "same_defect_after_closure" in flags(log)


def test_one_stain_of_two_machines_is_two_defects():
    log = _log(
        "เลขที่ | พบวันที่ | ปัญหา | สาเหตุ | แก้ไข | ติดตามผล | ปิด",
        "N-05 | 2026-03-12 | คราบน้ำมันปลายเท้า เครื่อง 8 | ซีลเพลารั่ว | เปลี่ยนซีล 4 เครื่อง | ตรวจ 6 กะ ไม่พบ | 2026-04-22",
        "N-11 | 2026-06-24 | คราบน้ำมัน 9/125 Ankle ขาว | ถาดรองน้ำมันล้น | ล้างท่อ | ตรวจ 5 สัปดาห์ ไม่พบ | 2026-08-04",
    )
    assert "same_defect_after_closure" not in flags(log)


REPORT = """
# 8D 26-03 stiff link

Received :: 2026-05-11 from Rodlund Cycles, by mail
D2 Problem :: Stiff link, chain X9, 34 of 1,200 jump on the small cog
D4 Root cause :: Riveting head 6 presses 0.11 mm too deep, stop nut has no lock
D5 Action :: Lock nuts on all heads
D7 Check :: 86,000 pieces of July, 0 stiff
D8 Closed :: 2026-07-28
"""


@pytest.mark.parametrize(
    ("point", "again"),
    [
        ("Rodlund 9月12日来信, X9 链条又有死节, 与5月的照片一样。样品今天寄到。", True),
        ("Rodlund 9月12日来信, 表扬 5月以来的交货。样品今天寄到。", False),
        ("Hamar 9月12日来信, 纸箱又有破损, 与5月的照片一样。样品今天寄到。", False),
    ],
)
def test_minutes_speak_of_a_case_of_the_same_month_and_customer(point, again):
    minutes = report("纪要 2026-09.docx", f"质量例会纪要 2026年9月16日\n\n{point}", language="zh", **MINUTES)
    assert ("same_defect_after_closure" in flags(report("8D 26-03.docx", REPORT, **CASE), minutes)) is again


@pytest.mark.parametrize(
    ("point", "blamed"),
    [
        ("9月2日两种混装一箱: 包装工粗心, 未看标签。处理: 对包装工再培训并批评教育, 抽查 60 箱无混装, 结束。", True),
        ("9月2日两种混装一箱: 包装工粗心, 未看标签。处理: 对包装工再培训, 加装扫码枪, 抽查 60 箱无混装。", False),
        ("Two kinds in one box: the packer was careless. He was trained again and warned.", True),
        ("Two kinds in one box: the packer was careless. A scanner was fitted and he was trained.", False),
    ],
)
def test_one_point_of_minutes_blames_and_only_trains(point, blamed):
    minutes = report("Minutes 2026-09.docx", f"Minutes of 16 September 2026\n\n{point}", **MINUTES)
    assert ("human_error_retrain_only" in flags(minutes)) is blamed


FORM = """
# CAPA 26-09

Date opened :: 2026-05-06
Problem :: 216 cartridges carry the wrong label
Root cause :: {cause}
Action :: {action}
Effectiveness :: 14 changes watched, none mixed, 2026-07-20
Date closed :: 2026-07-22
"""


@pytest.mark.parametrize(
    ("cause", "action", "blamed"),
    [
        ("Operator kurang teliti saat ganti produk", "Operator diberi pelatihan ulang tentang ganti produk", True),
        ("Công nhân lơ đễnh, không nhìn kỹ", "Đào tạo lại công nhân về thay khuôn", True),
        ("Operator was careless", "Operator trained again on changing the mould", True),
        ("Operator was careless", "Operators trained on the new fixture", False),
        ("Operator kurang teliti", "Sensor dipasang, operator diberi pelatihan ulang tentang ganti produk", False),
    ],
)
def test_the_matter_of_a_lesson_changes_nothing(cause, action, blamed):
    found = flags(report("CAPA 26-09.docx", FORM.format(cause=cause, action=action), **CASE))
    assert ("human_error_retrain_only" in found) is blamed


@pytest.mark.parametrize(
    ("verdicts", "same"),
    [
        (["115/03/20 經追蹤確認改善有效無再發"] * 2 + ["115/08/04 經追蹤確認改善有效無再發"] * 3, True),
        ([f"2026-0{month}-20: verified effective, no recurrence" for month in range(2, 7)], True),
        ([f"2026-0{month}-20: 50 looked at, 0 with the defect" for month in range(2, 7)], False),
    ],
)
def test_one_verdict_with_days_of_its_own(verdicts, same):
    told = ("bubbles in the film", "print 0.6 mm off", "edges cut rough", "solvent 9.4 mg", "rolls telescoped")
    rows = [
        f"CA-{at} | 2026-0{at}-03 | {what} | cause number {at} of its own | step {at} taken | {verdict} | 2026-0{at + 1}-21"
        for at, (what, verdict) in enumerate(zip(told, verdicts, strict=True), 1)
    ]
    assert ("same_sentence_as_verdict" in flags(_log(HEADS, *rows))) is same


@pytest.mark.parametrize(
    ("sentence", "overdue"),
    [
        ("The rack for chocks at stand 209, promised by Rıfat for 30 April, is still not built.", True),
        ("The rack for chocks at stand 209, promised by Rıfat for 30 April, stands since the 28th.", False),
        ("The rack for chocks at stand 209, promised by Rıfat for 30 April 2027, is still not built.", False),
    ],
)
def test_a_promise_that_was_not_kept(sentence, overdue):
    text = f"Review of 4 September 2026\n\nOpen points: {sentence} A belt loader is bought by 31 March 2027."
    assert ("overdue_actions" in flags(report("Meeting.docx", text, **MINUTES))) is overdue
