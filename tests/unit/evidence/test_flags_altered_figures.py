"""Red flags on figures of signed records that were changed later, told in the words and shapes of other hands; beside each what an
honest factory writes.
"""

import pytest

from tests.unit.evidence.builders import flags, report

LOT = {"kind": "traceability_record", "criteria": ("traceability",)}


def _told(signed: str, note: str, value: str = "336", language: str = "en", name: str = "Report R61012.pdf") -> bool:
    text = (
        f"# Outgoing inspection\n\nLot :: R61012 || Reels :: 24\n\n| Item | Limit | 2 | 7 | 18 |\n"
        f"| Peel gf | 300 - 400 | 372 | 348 | {value} |\n| Seal kgf | 3.5 - 5.0 | 4.2 | 4.6 | 4.4 |\n\n{signed}\n\n{note}\n"
    )
    return "changed_after_signature" in flags(report(name, text, language=language, **LOT))


@pytest.mark.parametrize(
    ("language", "signed", "note"),
    [
        ("en", "Approved: Ann Lowe, 3 August 2026", "Reel 18 was 286, corrected to 336 on 17 August 2026 (AL)."),
        (
            "en",
            "Ann Lowe, 3 August 2026",
            "Rev. B 17 August 2026: reel 18 corrected from 286 gf to 336 gf, lot unchanged.",
        ),
        ("zh", "檢驗 羅曉萍 115/08/03 核准 曾國棟 115/08/03", "備註：捲18 剝離原記 286，115/08/17 改為 336（羅）。"),
        ("zh", "批准 王芳 2026-08-03", "注：剥离值于 2026-08-17 由罗更正为 336。"),
        (
            "ko",
            "결재: 작성 문가영 08.03 / 승인 강민서 08.04 검사일 2026.08.03",
            "※ 박리 18번 286 → 336 수정 (문가영, 08.17)",
        ),
        ("ko", "승인 강민서 2026.08.04", "18번 값 286에서 336으로 정정 2026.08.17"),
        ("vi", "Duyệt: Trần Lan 03/08/2026", "Cuộn 18 trước là 286, ngày 17/08/2026 chữa lại thành 336 (Lan)."),
        ("vi", "Phê duyệt: Trần Lan 03/08/2026", "Ghi chú: sửa 286 thành 336, Lan 17/8"),
        ("id", "Disetujui: Rina Puspita 03/08/2026", "Gulungan 18 semula 286, diganti jadi 336 tgl 17/08/2026."),
        ("th", "ผู้อนุมัติ: สมชาย 03/08/2026", "ม้วน 18 เดิม 286 แก้เป็น 336 เมื่อ 17/08/2026"),
        ("tr", "Onay: Tamer Koç 03.08.2026", "18. bobin 286 idi, 17.08.2026'da 336 olarak düzeltildi (satış istedi)"),
    ],
)
def test_a_figure_put_in_the_place_of_another(language, signed, note):
    assert _told(signed, note, language=language)


@pytest.mark.parametrize(
    ("signed", "note"),
    [
        ("Approved: Ann Lowe, 3 August 2026", "Reel 18 was 286, corrected to 336 on 2 August 2026 (AL)."),  # before
        (
            "Approved: Ann Lowe, 3 August 2026",
            "Die temperature changed from 182 to 190 on 17 August 2026 for the next lot.",
        ),
        (
            "Approved: Ann Lowe, 3 August 2026",
            "A figure that was 286 must be changed to 336 by whoever signs, 17 August 2026.",
        ),
        ("Approved: Ann Lowe, 3 August 2026", "Copy sent on 17 August 2026, peel 336, nothing was changed."),
        (
            "Approved: Ann Lowe, 3 August 2026",
            "Reel 18 was 286, corrected to 336 and approved again by Ann Lowe, 17 August 2026.",
        ),
        ("Duyệt: Trần Lan 03/08/2026", "Thay dao ngày 17/08/2026 sau cuộn 18, đo 336 cuộn."),
        (
            "Form approved: Ann Lowe, 3 January 2026. Looked at by: May",
            "Read on 16 August 2026.\n\nReel 18 was 286, corrected to 336, 17 August 2026.",
        ),
    ],
)
def test_what_is_no_change_of_a_signed_figure(signed, note):
    assert not _told(signed, note)


def test_what_stands_beside_the_value():
    table = "# First article\n\nPart :: NB-3318 || Lot :: 26E07\nApproved :: Ann Lowe 2026/05/20 || Copy sent :: 2026/05/21\n\n| No | Requirement | Result | Remark |\n| 1 | 62.00 ±0.10 | 61.97 | |\n| 4 | 12.00 ±0.05 | 12.03 | {} |\n"
    for remark, raised in (("was 12.08, figure altered 2026/05/27", True), ("insert changed 2026/05/27", False)):
        paper = report("FAI.pdf", table.format(remark), **LOT)
        assert ("changed_after_signature" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("title", "line", "raised"),
    [
        ("Deviation request DR-26-06", "quantity was 4,000, now 9,500, changed by Fang", True),
        ("Corrective action CA-26-06", "batch size was 4,000, now 9,500, changed by Fang", False),
    ],
)
def test_a_deviation_is_settled_and_a_corrective_action_goes_on(title, line, raised):
    text = f"# {title}\n\nPart :: S-606 || Found :: 0.22 to 0.27 || Quantity :: 9,500 pcs\nApproved by :: Liao Shu-fen, 2026/08/14\n\nRemark of 2026/08/22: {line}, no new page made.\n"
    paper = report(f"{title}.pdf", text, kind="corrective_action_record", criteria=("change_control",))
    assert ("changed_after_signature" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("language", "note", "raised"),
    [
        ("en", "Reel 18 overwritten on 17.08.2026 (old value 286).", True),
        ("en", "336 (17.08.2026, formerly 286)", True),
        ("en", "Verdict changed from reject to accept on 17.08.2026 (GM).", True),
        ("en", "Verdict changed from reject to accept after re-inspection on 17.08.2026.", False),
        ("en", "Part drawing changed on 17.08.2026: peel 300 instead of 280.", False),
        ("en", "Customer changed the order from 400 to 336 reels on 17.08.2026.", False),
        ("vi", "Đã sửa kết quả cuộn 18 từ 286 lên 336 ngày 17.08.2026 theo yêu cầu kinh doanh.", True),
        ("vi", "Ngày 17.08.2026 thay khuôn, chạy lại 336 cuộn.", False),
        ("id", "Catatan: angka 286 dihapus, ditulis 336 (17/8, Rina).", True),
        ("zh", "8月17日补：捲18 由 286 更改为 336，未重新批准。", True),
        ("zh", "判定由不合格改为合格，2026-08-17。", True),
        ("tr", "17.08.2026: 286 yerine 336 yazıldı (Ayşe)", True),
    ],
)
def test_other_ways_to_tell_a_change(language, note, raised):
    assert _told("Inspector: Lan 03.08.2026. Approved: Minh 04.08.2026", note, language=language) is raised


@pytest.mark.parametrize(("quantity", "raised"), [("1,150 nos. (was 400)", True), ("1,150 nos.", False)])
def test_a_cell_keeps_the_old_figure_and_a_note_the_day(quantity, raised):
    text = f"# CONCESSION REQUEST\n\nItem :: top cover || Quantity allowed :: {quantity}\nApproved :: Kavitha S., 12-08-2026\n\nRemark of stores: figure corrected on 27-08-2026, Murugan.\n"
    assert ("changed_after_signature" in flags(report("Concession.docx", text))) is raised


def _counted(note: str, name: str = "Leak test M-31.xlsx") -> bool:
    text = (
        "# Leak test, lot M-31\n\n| Date | Hour | Leaking / tested | Burst bar |\n| 03.08.2026 | 8 | 0 / 32 | 6.1 |\n"
        "| 03.08.2026 | 11 | 0 / 32 | 6.4 |\n| 03.08.2026 | 14 | 0 / 32 | 6.2 |\n\n"
        f"Approved: Ann Lowe, 4 August 2026\n\n{note}\n"
    )
    return "changed_after_signature" in flags(report(name, text, **LOT))


@pytest.mark.parametrize(
    "note",
    [
        "Entry of hour 11 changed from 3 / 32 to 0 / 32 on 17.08.2026, Bo",
        "17.08.2026: hour 11, 0/32 written in place of 3/32, corrected by Bo",
        "11 giờ: sửa 3/32 thành 0/32 ngày 17/08/2026, Lan",
        "Jam 11: 3/32 diubah menjadi 0/32 tgl 17/08/2026, Rina",
        "ครั้งที่ 2 แก้ไขจาก 3/32 เป็น 0/32 เมื่อ 17/08/2026",
        "11时 3/32 更正为 0/32，2026-08-17 罗",
        "11시 3/32 → 0/32 수정 2026.08.17 강",
        "11時 3/32を0/32に訂正 2026.08.17 森",
        "Saat 11: 3/32 yerine 0/32 olarak düzeltildi, 17.08.2026, Tamer",
    ],
)
def test_a_count_of_a_whole_put_in_the_place_of_another(note):
    assert _counted(note)


@pytest.mark.parametrize(
    "note",
    [
        "Entry of hour 11 changed from 3 / 32 to 0 / 32 on 03.08.2026, Bo",  # before it was signed
        "Sample plan changed from 32 to 50 pieces on 17.08.2026",
        "17.08.2026: seal ring replaced by new type, 3 / 32 before, re-tested 0 / 32",
        "Copy sent on 17.08.2026, 0 / 32 in each hour, nothing was changed.",
        "Nozzle 3/32 changed to 5/32 on 17.08.2026 for the next lot",
    ],
)
def test_a_count_of_a_whole_that_nobody_changed(note):
    assert not _counted(note)


@pytest.mark.parametrize(
    ("language", "row", "raised"),
    [
        ("vi", "| Tổng ghế không đạt lần đầu | 23 | 23 đạt sau sửa ngày 17/08/2026 |", False),
        ("en", "| Not passed at first | 23 | 23 accepted, parts changed 17 August 2026 |", False),
        ("en", "| Reel 18 | fail | corrected to pass on 17 August 2026 |", True),
    ],
)
def test_pieces_that_passed_after_work_are_no_verdict_that_was_turned(language: str, row: str, raised: bool) -> None:
    text = f"# Final inspection\n\nLot :: R61012 || Checked by :: Ann Lowe, 3 August 2026\n\n| Item | Found | State |\n{row}\n"
    raised_now = "changed_after_signature" in flags(report("Final.xlsx", text, language=language, **LOT))
    assert raised_now is raised
