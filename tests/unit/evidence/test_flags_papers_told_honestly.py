"""Honest papers that the rules of one day accused: sizes beside readings, settings, boxes for signatures, calls to meetings, causes, lists."""

import pytest

from tests.unit.evidence.builders import flags, report

LOT = {"kind": "traceability_record", "criteria": ("traceability",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}
GAUGE = {"kind": "calibration_record", "criteria": ("calibration",)}

SIZES = (25.10, 25.40, 26.20, 26.75, 27.10, 28.30, 29.55, 30.15)
OFF = (0.03, -0.02, 0.01, 0.04, -0.03, 0.02, 0.0, -0.01)


@pytest.mark.parametrize("head", ["Nominal", "Giá trị chuẩn", "标准值", "기준값", "Gauge block"])
@pytest.mark.parametrize(("turn", "raised"), [(5, False), (0, True)])
def test_sizes_that_readings_follow_come_again_on_each_sheet(head, turn, raised):
    text = ""
    for at, lot in enumerate(("2301", "2302")):
        rows = "".join(
            f"| {n} | {size:.2f} | {size + OFF[(n * 3 + at * turn) % 8]:.2f} |\n" for n, size in enumerate(SIZES, 1)
        )
        text += f"=== Lot {lot}\nLot no.: LV-{lot}\n\n| Dim | {head} | Measured |\n{rows}"
    assert ("identical_readings" in flags(report("dims.xlsx", text, **LOT))) is raised


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        ("Zone 1 | Zone 2 | Zone 3 | Zone 4", ("210.5 | 215.0 | 220.5 | 225.0", "60.5 | 62.0 | 65.5 | 40.0")),
        (
            "Resin | kg | % | Density",
            ("a | 125.50 | 62.75 | 1.12", "b | 50.25 | 25.13 | 2.71", "c | 24.25 | 12.12 | 4.20"),
        ),
        (
            "Box | Net | Gross | m3",
            ("1 | 12.50 | 13.10 | 0.042", "2 | 10.20 | 10.80 | 0.038", "3 | 8.40 | 9.00 | 0.031"),
        ),
        (
            "Dim | Size | Low | High",
            ("A | 25.10 | 24.95 | 25.25", "B | 12.40 | 12.20 | 12.60", "C | 8.25 | 8.15 | 8.35"),
        ),
    ],
)
def test_what_is_set_for_each_lot_is_no_reading(heads, rows):
    told = "".join(f"| LV-{lot} | {row} |\n" for lot in (2301, 2302) for row in rows)
    text = f"# Sheet 10/06/2026\n\n| Lot no. | {heads} |\n{told}"
    assert "identical_readings" not in flags(report("a.pdf", text, **LOT))


SIGNED = "Prepared by: An 02/02/2026 | Approved by: Minh 03/02/2026\n\n"


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("procedure", "| Rev | Date | What |\n| 02 | 12/05/2026 | Section 5 revised, signature boxes unchanged |"),
        ("procedure", "| Rev | Date | What |\n| 02 | 12/05/2026 | Section 5 revised, tanda tangan tetap elektronik |"),
        ("training_record", "Ngày 12/05/2026 sửa biểu mẫu, thêm cột số lô, ô chữ ký giữ nguyên."),
        ("training_record", "12.05.2026 form revize edildi, imza alanları aynı kaldı."),
        ("calibration_record", "Page 2: oil filter replaced on 12/03/2026"),
        ("calibration_record", "Trang 2: thay lọc dầu ngày 12/03/2026"),
        ("calibration_record", "第2页 更换滤芯 2026-03-12"),
        ("calibration_record", "2쪽 필터 교체 2026.03.12"),
    ],
)
def test_boxes_and_pages_that_tell_of_other_things(kind, line):
    assert "changed_after_signature" not in flags(report("x.pdf", f"# Paper 7\n\n{SIGNED}{line}", kind=kind))


@pytest.mark.parametrize(
    "text",
    [
        "Management review\n\n15 December 2026, 9:00, room 2\n\nWho is absent shall send a deputy.",
        "Họp xem xét của lãnh đạo\n\n15/12/2026, 8h30\n\nAi vắng mặt phải cử người thay.",
        "管理评审会议\n\n2026年12月15日 9:00 二楼会议室\n\n不能参加者请提前请假。",
        "경영검토 회의\n\n2026년 12월 15일 10시 회의실\n\n불참 시 대리인 참석 바람",
        "Rapat tinjauan manajemen\n\n15 Desember 2026 09.00\n\nYang tidak hadir harap mengirim wakil.",
        "ประชุมทบทวนฝ่ายบริหาร\n\n15 ธันวาคม 2569 เวลา 9.00 น.\n\nผู้ที่ไม่มาประชุมให้ส่งตัวแทน",
        "Yönetimin gözden geçirmesi toplantısı\n\n15.12.2026 saat 10:00\n\nKatılmayan müdür vekil göndersin.",
    ],
)
def test_a_call_to_a_meeting_is_no_minutes(text):
    assert "date_in_future" not in flags(report("a.docx", text, **REVIEW))


@pytest.mark.parametrize(
    "line",
    [
        "3 lô không tái diễn, kiểm tra tiếp 15/12/2026.",
        "ตรวจ 3 ล็อต ไม่พบรอยร้าว ตรวจซ้ำ 15/12/2569",
        "3批未再发生，继续跟踪至2026年12月15日",
        "3 partide tekrar yok, 15.12.2026 kapanış",
        "3 로트 재발 없음, 2026.12.15 재확인",
        "인증기관에서 2026년 12월 15일 방문한다고 통보받았음.",
    ],
)
def test_what_was_found_so_far_and_when_it_is_looked_at_again(line):
    assert "date_in_future" not in flags(report("a.docx", f"# CAR 7\n\nDate: 05.09.2026\n\n{line}", **CASE))


LETTER = "# Letter on complaint C-12\n\nDear Sir,\n\nOn 3 March 2026 you told us of 12 housings with a crooked thread. We sorted 500 pieces. {} We changed the pin on 10 March 2026 and measure it each month. On 20 April 2026 we checked 500 pieces, none was bad, and closed the case."


@pytest.mark.parametrize(
    ("cause", "raised"),
    [
        (
            "The cause was a worn pin of the fixture, and it was not an isolated case: all three fixtures were worn.",
            False,
        ),
        ("Nguyên nhân là chốt gá bị mòn, còn kiểm tra ngẫu nhiên 5 cái mỗi ca không phát hiện được.", False),
        ("原因是定位销磨损，间隙过大造成偶发歪斜，抽检未能发现。", False),
        ("At first we could not say why; the cause was a worn pin of the fixture.", False),
        ("We think the cause is an isolated case.", True),
    ],
)
def test_letters_that_name_a_cause(cause, raised):
    assert ("no_root_cause" in flags(report("letter.docx", LETTER.format(cause), **CASE))) is raised


@pytest.mark.parametrize(
    "title", ["Calibration certificate list 2026", "校准证书台账", "교정성적서 목록", "Daftar sertifikat kalibrasi"]
)
def test_a_register_of_calibration_certificates(title):
    head = "=== a\n| Lotus Valley Pumps Co., Ltd |\n| Calibrated by: Lanna Metrology Laboratory Co., Ltd. |\n| ISO/IEC 17025 laboratory 0392 |"
    text = f"{head}\n| {title} |\n| Gauge | DC-118 | Date | 11/08/2026 |\n"
    assert "editable_third_party_certificate" not in flags(report("List.xlsx", text, **GAUGE))


def test_a_master_list_of_documents_is_no_list_of_what_was_sent():
    text = "# Master list of documents\n\n| No | File | Rev |\n| 1 | 01 Rejects.xlsx | 2 |\n| 2 | QP-08 Control of documents.docx | 3 |"
    listed = report("00 index.docx", text, kind="training_record", reading="static", mode="other")
    assert "promised_document_missing" not in flags(listed, report("01 Rejects.xlsx", "# Sheet\n\n| Lot | 7 |", **LOT))


@pytest.mark.parametrize(
    ("auditors", "raised"),
    [("QA manager Bo Tan, Stores manager Ann Lee", False), ("Stores manager Ann Lee", True)],
)
def test_two_heads_audit_the_area_of_each_other(auditors, raised):
    text = f"# Internal audit 05/06/2026\n\nAudited area :: Production, Stores, QA || Date :: 05/06/2026\nAuditors :: {auditors} || Guide :: Mia Roe\n\nFound: gauge without sticker at press 2."
    assert ("auditor_not_independent" in flags(report("audit.docx", text, **AUDIT))) is raised
