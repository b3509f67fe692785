"""Days that a later event of a case or a paper cannot have, wherever they stand: deeds before the problem, notes below old signatures."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

REGISTER = """=== Log
| No | {opened} | Problem | Root cause | Action | {other} |
| 1 | 2026-01-12 | Cracked lid | Cold mould | Heater fixed | {first} |
| 2 | 2026-03-20 | Loose hinge | Worn driver | Driver changed | {second} |
| 3 | 2026-06-15 | Wrong shade | Mixed resin | Bags tagged | {third} |
"""


@pytest.mark.parametrize(
    ("other", "days", "early"),
    [
        ("Verified on", ("2026-01-25", "2026-03-13", "2026-06-27"), True),
        ("Looked at", ("2026-01-25", "2026-03-13", "2026-06-27"), True),
        ("Verified on", ("2026-01-25", "2026-03-29", "2026-06-27"), False),
        ("Goods made", ("2026-01-08", "2026-03-13", "2026-06-10"), False),
        ("First seen", ("2026-01-10", "2026-03-13", "2026-06-15"), False),
        ("Restart date", ("2026-01-12", "2026-03-13", "2026-06-15"), True),
    ],
)
def test_a_column_whose_days_mostly_follow_the_problem_holds_one_before_it(other, days, early):
    first, second, third = days
    text = REGISTER.format(opened="Date raised", other=other, first=first, second=second, third=third)
    assert ("done_before_reported" in flags(report("Log.xlsx", text, **CASES))) is early


FORMS = {
    "ms": "# Borang tindakan pembetulan\n\nNo. CAR :: 26-11 || Tarikh aduan diterima :: 21.07.2026\nMasalah :: Tudung longgar, 40 botol\nPunca :: Rahang pencengkam haus\n"
    "Tarikh tindakan siap {} Oleh Zul\nPengesahan :: 30.08.2026 ujian 10 botol, semua ketat\n",
    "ko": "# 시정조치 보고서\n\n발생일 :: 2026.07.21\n불량내용 :: 뚜껑 풀림 40EA\n원인 :: 그리퍼 마모\n대책 완료일 :: {} || 담당 :: 박상민\n유효성 확인 :: 2026.08.30 3로트 이상 없음\n",
    "vi": "# Phiếu xử lý không phù hợp\n\nNgày phát hiện :: 21/07/2026\nMô tả :: Nắp lỏng 40 chai\nNguyên nhân :: Mòn má kẹp\nNgày thực hiện xong :: {} || Người thực hiện :: Tổ cơ điện\n"
    "Kiểm tra hiệu lực :: 30/08/2026, 3 lô không lỏng nắp\n",
}


@pytest.mark.parametrize(
    ("language", "before", "behind"),
    [("ms", "14.07.2026", "24.07.2026"), ("ko", "2026.07.14", "2026.07.24"), ("vi", "14/07/2026", "24/07/2026")],
)
def test_a_day_beside_a_label_for_a_deed_is_held_against_that_of_the_problem(language, before, behind):
    for day, early in ((before, True), (behind, False)):
        told = flags(report("CAR.docx", FORMS[language].format(day), language=language, **CASES))
        assert ("done_before_reported" in told) is early


def test_a_report_without_its_own_day_is_held_against_the_register():
    register = REGISTER.format(
        opened="Date raised", other="Closed", first="2026-01-25", second="2026-04-02", third="2026-06-27"
    )
    register = register.replace("| 2 | 2026", "| 26-32 | 2026")
    text = "# NCR report {}\n\nNCR no. :: {}\nDescription :: Loose hinge, 14 sets\nCause :: Driver worn\nAction :: Driver changed, implemented 2026-03-11\nVerification :: 2026-04-01, 200 sets, none loose\n"
    for number, early in (("26-32", True), ("26-33", False)):
        papers = report("Log.xlsx", register, **CASES), report("NCR.docx", text.format(number, number), **CASES)
        assert ("done_before_reported" in flags(*papers)) is early


def test_the_day_of_the_report_is_not_that_of_the_problem():
    text = """# 8D report 44

Occurred :: 03 Jul 2026 || Customer informed us :: 09 Jul 2026 || Report issued :: 12 Jul 2026
Problem :: Two pallets without straps
Containment :: Stock checked {}
Root cause :: Strapper out of order, hand strapping forgotten
Corrective action :: Strapper repaired 11 Jul 2026, gate check of straps
Verification :: 14 Aug 2026, 40 pallets all strapped
"""
    assert "done_before_reported" not in flags(report("8D.docx", text.format("09 Jul 2026"), **CASES))
    assert "done_before_reported" in flags(report("8D.docx", text.format("29 Jun 2026"), **CASES))


PERMIT = """# Deviation permit DP-7

Part :: Hinge 440 || Requested :: 09.04.2026
Deviation :: Zinc 6 µm instead of 8 µm, 500 pcs only
Approved :: Quality Ben Osei 10.04.2026

{}
"""


@pytest.mark.parametrize(
    ("note", "changed"),
    [
        ("Addendum 24.06.2026 (stores): quantity raised to 2,000 pcs.", True),
        ("Supplement 24.06.2026: zinc 5 µm from lot 2606.", True),
        ("Correction 24.06.2026: part is Hinge 441.", True),
        ("Addendum 24.06.2026 (stores): all 500 pcs shipped with DN 2291, permit closed.", False),
        ("Addendum 24.06.2026: 2,000 pcs. Approved: Quality Ben Osei 25.06.2026", False),
        ("Addendum 09.04.2026 (stores): quantity 2,000 pcs.", False),
        ("Addendum 24.06.2026: photo of the rack in the folder.", False),
    ],
)
def test_a_note_below_the_signature_that_changes_what_was_signed(note, changed):
    told = flags(report("DP-7.docx", PERMIT.format(note), kind="other", criteria=("change_control",)))
    assert ("changed_after_signature" in told) is changed


@pytest.mark.parametrize(
    ("language", "text", "changed"),
    [
        ("zh", "# 工程变更单\n\n申请日期：2026.03.04\n变更内容：平面度 0.03 mm 改为 0.05 mm\n\n批准：李敏 2026.03.10\n\n补充（6/18 周）：平面度 0.08 mm，批次 B2606 起", True),
        ("zh", "# 工程变更单\n\n申请日期：2026.03.04\n变更内容：平面度 0.03 mm 改为 0.05 mm\n\n批准：李敏 2026.03.10\n\n补充（6/18 周）：跟踪 5 批，结案", False),
        ("tr", "# Değişiklik formu\n\nTalep: 02.03.2026\nKaplama 12 µm yerine 10 µm\n\nOnay: M. Demir 06.03.2026\n\nEk not (15.06 Kaya): kalınlık 8 µm olacak", True),
        ("th", "# ใบขออนุมัติเปลี่ยนแปลง\n\nวันที่ขอ 05/03/2569\nเวลาหล่อเย็น 10 วินาที\n\nลงชื่อ สมชาย ใจดี 10/03/2569\n\nติดตามผล 22/06/2569: ผลิต 5 ล็อต ไม่พบของเสียเพิ่ม ปิดการเปลี่ยนแปลง", False),
        ("ja", "# 検査成績書\n\n検査日 2026年5月12日\n硬度 46\n\n承認 佐藤 2026年5月13日\n\n訂正：2026年6月8日 硬度 43→46（田中）", True),
    ],
)  # fmt: skip
def test_notes_below_signatures_in_other_languages(language, text, changed):
    told = flags(report("Paper.docx", text, language=language, kind="other", criteria=("change_control",)))
    assert ("changed_after_signature" in told) is changed


def _register(name: str, days: tuple[str, ...], created: str):
    rows = "".join(
        f"| {day} | {name[0]}{len(name)}{at}7 | {len(name) * 31 + at} | {len(name) * 31 + at} |\n"
        for at, day in enumerate(days)
    )
    return report(
        f"{name}.xlsx", f"=== {name}\n| Counted on | Lot | Booked | Found |\n{rows}", kind="traceability_record",
        criteria=("traceability",), metadata={"created": f"{created}T19:40:00", "producer": "Microsoft Excel"},
    )  # fmt: skip


HALF_YEAR = ("2025-12-12", "2026-02-12", "2026-04-15")


@pytest.mark.parametrize(
    ("days", "created", "least", "told"),
    [
        (HALF_YEAR, "2026-05-22", 3, True),
        (HALF_YEAR, "2026-05-22", 2, False),
        (HALF_YEAR, "2026-04-17", 3, False),  # at the end of its months
        (("2026-04-02", "2026-04-09", "2026-04-15"), "2026-05-22", 3, False),  # of one month
    ],
)
def test_registers_of_months_that_were_all_begun_when_their_months_were_over(days, created, least, told):
    """They end on one day; each of them tells of months all the same."""
    papers = [_register(name, days, created) for name in ("Cold store", "Bonded hall", "Yard")[:least]]
    assert ("many_records_one_sitting" in flags(*papers)) is told


WORDED = """=== Log
| {heads} |
| 1 | 27.04.26 | Flaking at the weld | Spatter left on | {first} | none on 3 lots |
| 2 | 15.06.26 | Thin film, 18 nos | Membrane torn | {second} | 19 to 23 on 4 lots |
| 3 | 03.08.26 | Dust under the coat | Filters choked | {third} | none on 5 lots |
| 4 | 22.09.26 | Yellow tint | Burner hunting | {fourth} | none on 4 lots |
"""
IN_ORDER = ("Blasting added, 09.05.26", "Filters changed, 17.08.26", "Valve replaced 24.09.26, alarm at 205")
HEADS = {
    "en": "Sr | Recd. dt. | Complaint | Cause found | Action & dt. done | Verification",
    "id": "No | Tgl keluhan | Masalah | Penyebab | Tindakan dan tgl selesai | Verifikasi",
    "vi": "STT | Ngày nhận | Vấn đề | Nguyên nhân | Hành động, ngày xong | Kiểm tra lại",
    "tr": "No | Bildirim tarihi | Sorun | Kök neden | Faaliyet ve tarihi | Doğrulama",
}


@pytest.mark.parametrize(
    ("language", "second", "early"),
    [
        ("en", "Membrane replaced, 08.06.26", True),
        ("en", "Membrane replaced (08.06.26)", True),
        ("en", "08.06.26: membrane replaced", True),
        ("en", "Membrane replaced, done 08.06.26", True),
        ("id", "Membran diganti, tgl 08.06.26", True),
        ("vi", "Thay màng, xong ngày 08.06.26", True),
        ("tr", "Membran değiştirildi, 08.06.26", True),
        ("en", "Membrane replaced, 18.06.26", False),
        ("en", "Parts coated since 08.06.26 stripped", False),
        ("en", "Sorted all parts of 08.06.26", False),
        ("en", "Membrane of 08.06.26 replaced by a new one", False),
        ("en", "Membrane replaced, 08.06.26 and again 18.06.26", False),
        ("id", "Barang diproduksi 08.06.26", False),
    ],
)
def test_deeds_in_words_with_one_day_each_hold_one_before_the_problem(language, second, early):
    first, third, fourth = IN_ORDER
    text = WORDED.format(heads=HEADS[language], first=first, second=second, third=third, fourth=fourth)
    assert ("done_before_reported" in flags(report("Log.xlsx", text, language=language, **CASES))) is early


def test_words_of_which_few_name_a_day_or_name_the_day_of_the_goods_are_no_column_of_deeds():
    first, third, fourth = IN_ORDER
    text = WORDED.format(
        heads=HEADS["en"], first=first, second="Membrane replaced, 18.06.26", third=third, fourth=fourth
    )
    for told, instead in (("none on 3 lots", "none on 3 lots, 04.04.26"), ("Membrane torn", "Membrane torn, 08.06.26")):
        assert "done_before_reported" not in flags(report("Log.xlsx", text.replace(told, instead), **CASES))
