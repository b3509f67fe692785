"""Cases by their parts, wherever these stand: one that lacks the cause owes its check all the same; each with its near miss."""

import pytest

from evidence.no_cause import says_no_cause
from evidence.restated_signs import repeats_with_endings
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

REGISTERS = {
    "en": (
        "| No | Opened | Problem | {cause} | Action | Closed |",
        "| R-1 | 2 Feb 2026 | 6 hinges stiff | {told} | 6 hinges replaced | 20 Feb 2026 |\n"
        "| R-2 | 3 Mar 2026 | 4 lids scratched | {told} | lids exchanged | 21 Mar 2026 |\n"
        "| R-3 | 9 Apr 2026 | 11 screws short | {told} | 11 screws sent | 30 Apr 2026 |",
        "Cause",
        "Cause / Action",
    ),
    "ko": (
        "| 번호 | 접수일 | 불량내용 | {cause} | 조치 | 완료일 |",
        "| 1 | 2026.02.02 | 손잡이 흔들림 6개 | {told} | 6개 교환 | 2026.02.20 |\n"
        "| 2 | 2026.03.03 | 뚜껑 긁힘 4개 | {told} | 뚜껑 교환 | 2026.03.21 |\n"
        "| 3 | 2026.04.09 | 나사 부족 11개 | {told} | 11개 발송 | 2026.04.30 |",
        "원인",
        "원인 및 대책",
    ),
}


@pytest.mark.parametrize("language", REGISTERS)
def test_a_register_closed_without_causes_owes_its_checks(language):
    heads, rows, cause, both = REGISTERS[language]

    def unchecked(head: str, told: str) -> bool:
        text = heads.format(cause=head) + "\n" + rows.format(told=told)
        return "no_effectiveness_check" in flags(report("register.xlsx", text, language=language, **CASES))

    assert unchecked(cause, "")
    assert not unchecked(
        both, "pin 3 worn, pin changed, 4 lots seen"
    )  # one column for cause and action tells the rest as well


AUDIT = """# Laporan AI-{year}
Tanggal: 12 Mei {year}. Auditor: Rudi Hartono (keuangan).
Temuan: 2 rak tanpa label, diperbaiki 20 Mei {year}, diperiksa 3 Juni {year}."""


def test_an_old_audit_beside_the_report_of_a_later_year():
    old = report(
        "Laporan AI 2024.pdf", AUDIT.format(year=2024), kind="internal_audit_record", criteria=("internal_audit",)
    )
    later = AUDIT.format(year=2026)
    assert "internal_audit_too_old" in flags(old)
    assert "internal_audit_too_old" in flags(old, report("Memo 2026.pdf", later, kind="other", reading="static"))
    assert "internal_audit_too_old" not in flags(
        old, report("Laporan AI 2026.pdf", later, kind="other", reading="static")
    )


def test_a_report_that_gives_areas_to_auditors_is_no_rule():
    heads = "# Auditorstvo 01/2026\nDates: 10 February 2026\n"
    rows = "| Process | Auditor | Result |\n| Forwarding | {0} | waybill lacking |\n| Quality | {1} | edition 4 in use |\n| Buying | {0} | policy lapsed |"
    steps = "1. The audit is planned each year.\n2. Findings are recorded and closed within 30 days."

    def ruled(text: str) -> bool:
        paper = report(
            "internal audit.pdf",
            text,
            kind="procedure",
            reading="static",
            mode="prescription",
            criteria=("internal_audit",),
        )
        return "procedure_without_record" in flags(paper)

    assert ruled(steps)
    assert not ruled(heads + rows.format("I. Valdo", "G. Lepe"))


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("めっきムラ 9個", "めっき面にムラが発生したため"),
        ("接着はがれ 4枚", "接着部がはがれていた"),
        ("数字かすれ 12枚", "数字がかすれたため"),
        ("水漏れ 2台", "水が漏れていた"),
        ("사출 기포 7개", "사출면에 기포가 발생함"),
        ("봉제 풀림 3벌", "봉제부가 풀림"),
        ("코팅 불량 5장", "코팅 형성 불량"),
    ],
)
def test_a_problem_with_the_endings_of_a_sentence_is_no_cause(problem, cause):
    assert repeats_with_endings(cause, problem)


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("めっきムラ 9個", "電流が低下した"),
        ("接着はがれ 4枚", "接着剤の期限切れ"),
        ("水漏れ 2台", "パッキンの傷"),
        ("ムラ 3個", "ほこりが付着したため"),
        ("사출 기포 7개", "수지가 건조되지 않음"),
        ("봉제 풀림 3벌", "봉제 실이 가늘음"),
        ("めっきムラ", "めっき液 41 °C"),
        ("plating stain", "plating stain"),
    ],
)
def test_what_names_something_new_may_be_a_cause(problem, cause):
    assert not repeats_with_endings(cause, problem)


@pytest.mark.parametrize(
    "said",
    [
        "Why the caps came off we do not know",
        "The reason was not looked into",
        "Boxes exchanged 21 June, cause was not investigated",
        "Vì sao bị ẩm thì không rõ",
        "Kami tidak tahu mengapa retak",
        "Punca tidak disiasat",
        "ไม่ทราบว่าหลุดเพราะอะไร",
        "为什么开裂不清楚",
        "왜 벗겨졌는지 모름",
        "なぜ割れたかは分からない",
        "Neden koptuğunu bilmiyoruz",
        "under discussion with the customer",
    ],
)
def test_a_sentence_that_knows_no_cause(said):
    assert says_no_cause(said)


@pytest.mark.parametrize(
    "said",
    [
        "The operator does not know the drawing",
        "The mould was not cleaned, so burr came off",
        "Why: 0.4 mm play in the chuck, origin not known",
        "nguyên nhân chưa được đào tạo",
        "원인은 지그 마모",
        "原因は調査の結果、刃の摩耗",
    ],
)
def test_a_sentence_that_tells_a_cause(said):
    assert not says_no_cause(said)


LETTER = """# Your complaint of 9 March 2026

Dear Ms Weber,

Thank you for telling us about the 18 stained cushions of order 4410.

We sent 18 new cushions on 16 March.

{why}

We regard the matter as closed on 31 March 2026.

Kind regards, T. Lim"""


def test_a_letter_that_says_that_nobody_knows_why():
    def without_cause(why: str) -> bool:
        return "no_root_cause" in flags(report("letter.docx", LETTER.format(why=why), **CASES))

    assert without_cause("Why the stain came we do not know, the cushions were not returned.")
    assert not without_cause("The pallet had stood below the roof drain of bay 3.")


VIETNAMESE = """# Thư trả lời khiếu nại

Kính gửi Công ty Hoàn Mỹ,

Chúng tôi đã nhận khiếu nại ngày 12/05/2026 về 75 chai bị móp.

Chúng tôi đã gửi bù đủ 75 chai mới ngày 16/05/2026.

{why}Vụ việc đóng ngày 31/07/2026.

Trân trọng, Lê Hoa"""


def test_a_letter_whose_title_names_the_complaint_before_the_sentence_that_tells_it():
    def without_cause(why: str) -> bool:
        text = VIETNAMESE.format(why=why)
        return "no_root_cause" in flags(report("thu.docx", text, language="vi", **CASES))

    assert without_cause("")
    assert not without_cause("Chai được xếp sáu lớp trong khi thùng chỉ chịu bốn lớp.\n\n")


def test_a_point_of_minutes_that_closes_a_case_whose_cause_nobody_sought():
    text = "# 품질회의록 2026년 5월\n\n1. 4월 17일 세진 클레임(라벨 번짐 40장): 40장 교체 발송. {0}. 4월 24일 종결.\n\n2. 5월 목표 불량률 0.8%."

    def without_cause(why: str) -> bool:
        paper = report(
            "회의록.docx",
            text.format(why),
            kind="management_review_record",
            criteria=("corrective_action",),
            language="ko",
        )
        return "no_root_cause" in flags(paper)

    assert without_cause("원인은 조사하지 않음")
    assert not without_cause("원인은 건조 온도 저하")


def test_training_is_no_look_in_the_place_for_the_verification():
    form = """客诉处理单 KS-2607
受理日期 :: 2026-03-11
客诉内容 :: 接头漏油 6 支
原因 :: O型圈硬度偏高，供应商换料未通知
措施 :: 供应商换料须申报，进料测硬度
验证结果 :: {0}
结案日期 :: 2026-03-26"""

    def unchecked(told: str) -> bool:
        return "no_effectiveness_check" in flags(report("KS.docx", form.format(told), language="zh", **CASES))

    assert unchecked("已培训")
    assert not unchecked("4月三批 1200 支无漏油")
