"""Reports and registers in their most ordinary shapes: heads parted from their rows by a blank one, a title that names the action, a check
with a day before its colon, minutes taken for rules, causes and blame in two languages; each with its near miss.
"""

import json

import pytest

from evidence.blame import blames_person
from evidence.hollow import says_nothing
from evidence.restated import told_once
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

REGISTER = """| Mã | Ngày mở | Nguồn | Vấn đề | Nguyên nhân | Hành động | Phụ trách | Hạn | Ngày xong | Kiểm tra lại |
{gap}| K-01 | 13/01/2026 | Nội bộ | 22 khay vỡ mép | Kẹp máy 4 lệch 2 mm | Chỉnh kẹp, thêm chốt | Nam | 31/01/2026 | 28/01/2026 | 09/03: 640 khay, 0 vỡ |
| K-02 | 02/03/2026 | Nội bộ | Nhãn in mờ, 112 tem | Đầu in mòn | Thay đầu in | Hạnh | 20/03/2026 | 23/03/2026 | 30/04: 8 cuộn, đọc đủ |
| K-03 | 19/06/2026 | Nội bộ | Keo chảy 3 hộp | Nhiệt bể keo cao 11 °C | Lắp can nhiệt mới | Nam | 31/07/2026 | {done} | {seen} |"""


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_blank_row_below_the_heads_of_a_register(gap):
    open_one = REGISTER.format(gap=gap, done="", seen="")
    done = REGISTER.format(gap=gap, done="24/07/2026", seen="02/09: 5 mẻ, 0 chảy")
    told = flags(report("theo doi.xlsx", open_one, language="vi", **CASES))
    assert "overdue_actions" in told
    assert "same_defect_after_closure" not in told  # where a case came from is no defect
    assert "overdue_actions" not in flags(report("theo doi.xlsx", done, language="vi", **CASES))


def test_two_fields_above_a_table_are_no_heads():
    text = (
        "| Customer | Alder | Product | Tray | Line | Two |\n\n| Date | 3 Mar 2026 | Qty | 640 | Lot | T-26 |\n"
        "| Sample | 8 | Bad | 0 | By | Nia |"
    )
    assert not flags(report("slip.xlsx", text, kind="traceability_record"))


CAR = """CORRECTIVE ACTION REQUEST
| CAR | 26-04 | Opened | 2 March 2026 | By | assembly |
| Problem | 9 of 40 hubs cracked at the rib |
| Scrap | 9 hubs, 31 kg back to the furnace |
| Cause | Rib cooled first: the chill of core 2 was left out when the core box was mended |
| Action | Chill cast into the core box, box card marked |
| Done | 9 March 2026, Ayo |
{checked}| Closed | 10 March 2026, Ayo |"""


def test_what_was_scrapped_is_no_check_of_the_effect():
    def unchecked(checked: str) -> bool:
        return "no_effectiveness_check" in flags(report("CAR 26-04.pdf", CAR.format(checked=checked), **CASES))

    assert unchecked("")
    assert not unchecked("| Effect | 12 April 2026: 220 hubs, 0 cracked |\n")


def test_a_check_that_tells_until_when_it_was_looked():
    form = """8D report 26-07
Date received :: 15 March 2026
D2 Problem :: ink too thick, 41 s, 9 drums
D4 Root cause :: solvent valve of tank 2 shut too early by the timer
D5 Corrective action :: valve by weight, set 22 March 2026
D7 Effect :: {effect}
D8 Closed :: 10 May 2026"""

    def unchecked(effect: str) -> bool:
        return "no_effectiveness_check" in flags(report("8D 26-07.docx", form.format(effect=effect), **CASES))

    assert not unchecked("11 batches until 2026-05-05: 29 - 33 s")
    assert unchecked("")


MINUTES = """월간 품질회의록
회의일 :: {day} || 참석자 :: 유부장, 신과장, 박반장, 최주임
1. 오버캡 게이트 백화: 3호기 금형 온도 42도에서 48도로 올린 뒤 감소함. 박반장이 계속 관찰하기로 함.
2. 힌지 절단 3건: 재생재 비율 15%에서 10%로 조정, 반복시험 300회 합격. 다음 달에 한 번 더 확인하기로 함.
3. 도금 하청 박리: 하청 방문하여 전처리액 교환 주기 확인, 2주로 단축. 신과장이 기록을 받아 옴.
4. 색차 한도견본 교체하기로 함. {last}"""


def test_minutes_taken_for_rules_that_are_copies():
    def copied(last: str) -> bool:
        papers = [
            report(f"품질회의록 {month}월.docx", MINUTES.format(day=f"2026년 {month}월 28일", last=said), kind="procedure",
                   reading="static", mode="prescription", language="ko")
            for month, said in ((7, ""), (8, last))
        ]  # fmt: skip
        return "near_identical_records" in flags(*papers)

    assert copied("")
    assert not copied(
        "사출 5호기 노즐 교체 후 실모양 불량 12건에서 2건으로 줄었음. 냉각수 필터는 9월 10일에 교환하기로 하고 담당은 최주임."
    )


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("41 users did not get the receipt screen after payment", "The receipt screen was not displayed to the user after a payment."),
        ("ink too thick, 41 s, plate blocked", "The ink was too thick and over the upper limit, so the plate was blocked. 油墨太稠堵版。"),
        ("地板铺后中间凹、两边翘", "板子变形,两边高中间低"),
        ("Colour difference on 3 rolls of fabric", "Colour of the fabric did not match"),
        ("8 pcs produk melengkung", "Produk bengkok"),
        ("표면 스크래치 5개", "표면에 긁힘이 있었음"),
        ("Kutuda parçalar karışık", "Parçalar karışmış"),
        ("Stain on fabric", "Fabric got stained"),
        ("Wrong label on 5 boxes", "Wrong label was pasted on the box"),
        ("Zipper breaks", "Zipper quality poor"),
        ("Diameter oversize 20.3 mm", "Dimension not as per drawing"),
        ("尺寸超差 8.3", "尺寸不符合图纸"),
        ("치수 불량 8.3", "치수가 규격을 벗어남"),
        ("Cánh cửa bị cong 4-6 mm", "Do cánh cửa không phẳng, bị cong vượt mức cho phép"),
        ("門板漆面刮傷 14 件", "門板漆面刮傷，因為漆面受到刮擦而產生刮傷"),
    ],
)  # fmt: skip
def test_a_defect_by_another_of_its_names_is_no_cause(problem, cause):
    assert says_nothing(told_once(cause, problem), problem)


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("41 users did not get the receipt screen", "Timeout of the bank interface"),
        ("Plate bent 2 mm", "Fixture not flat"),
        ("地板翘曲", "板子含水率过高"),
        ("Colour difference on 3 rolls", "Dye lot changed without approval"),
        ("Rust on 12 brackets", "Rust from the washing water"),
        ("Boxes were wet", "Veneer not dry"),
        ("Labels mixed in the box", "Printer mixed two jobs"),
        ("Short circuit at pin 3", "Pin too long"),
        ("Wrong label on box", "Wrong file sent to printer"),
        ("Cable breaks at plug", "Cable too short"),
        ("尺寸偏大", "程序用错"),
    ],
)
def test_what_made_a_defect_is_a_cause(problem, cause):
    assert not says_nothing(told_once(cause, problem), problem)


@pytest.mark.parametrize(
    ("cause", "action", "blamed"),
    [
        (
            "Công nhân ca đêm bất cẩn, phun quá nhiều chất tách khuôn lên hai mặt / night shift worker careless, sprayed too much on "
            "both sides / QC ca đêm không chú ý khi kiểm ngoại quan / QC of night shift did not pay attention to the look",
            "Nhắc nhở và đào tạo lại 14 công nhân ca đêm",
            True,
        ),
        (
            "Công nhân ca đêm bất cẩn, phun quá nhiều chất tách khuôn lên hai mặt / night shift worker careless, sprayed too much on "
            "both sides / Vòi phun số 2 mòn, lưu lượng cao hơn 30 % / nozzle 2 worn, flow 30 % too high since January",
            "Nhắc nhở và đào tạo lại 14 công nhân ca đêm",
            False,
        ),
        ("员工质量意识不强", "对责任人罚款并培训", True),
        ("검사원이 작업표준을 지키지 않음", "재교육 실시", True),
        ("Yeni personelin tecrübesizliği", "Operatöre yeniden eğitim verildi", True),
        ("Improper handling by worker", "Operator counselled", True),
        ("작업자가 확인을 누락", "작업자 재교육", True),
        ("พนักงานตรวจสอบไม่ละเอียด", "เน้นย้ำพนักงานให้ตรวจสอบ", True),
        ("Operator picked the other pad; both are unmarked", "Pads in holders of their own; operators briefed", False),
        ("Operator put the label on the wrong side", "Stop pin added to the fixture", False),
        ("Inspector missed the defect", "Lamp of 1,000 lux fitted, inspectors trained", False),
    ],
)
def test_blame_in_two_languages_and_in_other_words(cause, action, blamed):
    assert blames_person({"root_cause": cause, "action": action}) is blamed


LOTS_AFTER = """# PHIẾU BÁO CÁO SỰ KHÔNG PHÙ HỢP

Số phiếu :: 26-019 || Ngày :: 07/05/2026

## C. Nguyên nhân

kẹp bên phải lực yếu do áp khí thấp, lắp máy mới không làm phiếu thay đổi

## D. Biện pháp

tách đường khí riêng, lắp công tắc áp suất

## E. Xác nhận hiệu quả

| Lô | Ngày | SL | Lỗi | QC |
| 2605-021 | {} | {} | {} | {} |
| 2606-003 | {} | {} | {} | {} |

Kết luận :: [x] đóng || QC trưởng :: Mai 06/7/2026"""


def test_lots_counted_below_the_look_at_the_effect_are_that_look() -> None:
    cells = ("25/5", "200", "0", "Hậu", "09/6", "160", "0", "Hậu")
    made = report(
        "NCR-26-019.pdf", LOTS_AFTER.format(*cells), kind="corrective_action_record", criteria=("corrective_action",)
    )
    (case,) = [json.loads(fact.value) for fact in made.facts if fact.kind == "case"]
    assert case["effectiveness"].startswith("2605-021 / 25/5 / 200 / 0")
    assert "no_effectiveness_check" not in flags(made)
