"""Flags on corrective actions in the shapes in which factories tell them: columns with heads of their own, letters, minutes. Each with
its near miss.
"""

import pytest

from evidence.flags.told_again import _months
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

BETWEEN = """=== 2026
| No | Found | Problem | Cause | Action | {head} | Closed |
| 1 | 02/03/2026 | burr on flange 0.4 mm | punch worn at 310,000 strokes | punch ground, life set to 250,000 | 16/03/2026 | 20/04/2026 |
| 2 | 11/05/2026 | hole 8.3 mm instead of 8.0 | drill bush loose in the jig | bush pressed in and pinned | 25/05/2026 | 30/06/2026 |
| 3 | 08/06/2026 | paint thin at the weld, 31 um | gun distance not fixed | stop welded on the rail | 22/06/2026 | |
"""


@pytest.mark.parametrize(
    ("head", "overdue"),
    [
        ("To be ready", True),
        ("Implemented on", False),
        ("Effective from", False),
        ("Approved on", False),
        ("Ngày áp dụng", False),
        ("批准日期", False),
    ],
)
def test_days_between_action_and_closing_are_until_when_unless_their_head_says_otherwise(head, overdue):
    assert ("overdue_actions" in flags(report("Log.xlsx", BETWEEN.format(head=head), **CASES))) is overdue


def test_a_day_of_the_action_in_a_column_of_its_own_counts_as_one():
    early = BETWEEN.replace("25/05/2026", "28/04/2026")
    assert "done_before_reported" in flags(report("Log.xlsx", early.format(head="Implemented on"), **CASES))
    assert "done_before_reported" not in flags(report("Log.xlsx", early.format(head="Approved on"), **CASES))


LETTERS = {
    "en": """Dear Mr Holm,

You wrote on 3 March 2026 that 14 brackets of lot 2602-B had the hole 0.4 mm off centre.

The holes wandered because the drill bush in jig 7 had come loose.

We pressed in a new bush and pinned it on 9 March 2026.
{}
The complaint was closed on 12 March 2026.""",
    "vi": """Kính gửi Công ty Minh Phát,

Ngày 6/4/2026 quý công ty báo 22 thùng sơn bị vón cục, lô S26-031.

Nguyên nhân là cánh khuấy bồn 2 mòn nên bột không tan hết.

Xưởng đã thay cánh khuấy ngày 14/4/2026 và đưa vào lịch bảo trì 6 tháng.
{}
Ngày 17/4/2026 phòng chất lượng đóng hồ sơ này.""",
    "zh": """李经理：

2026年3月2日贵司反映批号W2602的纸箱有16个脱胶。

经查，原因是涂胶辊温度偏低，加热管断了一根。

3月8日更换了加热管，并加装了低温报警。
{}
本案于2026年3月10日结案。""",
    "tr": """Sayın Elif Hanım,

2 Mart 2026 günü P-26 partisinden 9 vananın gövdesinden sızdırdığını yazdınız.

Sızıntının sebebi, maça pimlerinin eğilmiş olmasıdır.

Pimler 10 Mart 2026'da değiştirildi.
{}
Şikâyet 12 Mart 2026'da kapatılmıştır.""",
}


@pytest.mark.parametrize(
    ("language", "looked"),
    [
        ("en", "\nOf the next three lots 600 brackets went through the gauge and every one passed.\n"),
        ("vi", "\nBa lô sau, 180 thùng, khuấy thử đều tan.\n"),
        ("zh", "\n之后三批共抽查600个，均良好。\n"),
        ("tr", "\nSonraki iki partiden 60 vana denendi, hiçbiri sızdırmadı.\n"),
    ],
)
def test_a_letter_that_closes_a_case_and_tells_of_no_look_at_the_effect(language, looked):
    closed, checked = (
        report("Letter.docx", LETTERS[language].format(said), language=language, **CASES) for said in ("", looked)
    )
    assert "no_effectiveness_check" in flags(closed)
    assert "no_effectiveness_check" not in flags(checked)


def test_a_letter_that_asks_whether_a_case_may_be_closed_closes_none():
    asked = LETTERS["en"].format("").replace("The complaint was closed on", "If you agree, the complaint is closed on")
    assert "no_effectiveness_check" not in flags(report("Letter.docx", asked, **CASES))


@pytest.mark.parametrize(
    ("opening", "same"),
    [
        ("Sáng 12/5/2026 chuyền 2 phát hiện 15 bộ thiếu long đền, lô 26E-09.", True),
        ("Sáng 11/5/2026 chuyền 2 phát hiện 15 bộ thiếu long đền, lô 26E-09.", False),
        ("Biên Hòa, ngày 12/5/2026\n\nTrả lời khiếu nại tuần trước của quý công ty về 15 bộ thiếu long đền.", False),
    ],
)
def test_a_letter_that_tells_of_a_problem_and_its_closing_on_one_day(opening, same):
    text = f"""{opening}

Nguyên nhân là khay cấp long đền bị kẹt.

Đã vệ sinh khay và bổ sung bước kiểm đầu ca.

Chiều 12/5 phòng QC ký kết thúc phiếu ngày 12/5/2026."""
    assert ("closed_same_day" in flags(report("CAR.docx", text, language="vi", **CASES))) is same


@pytest.mark.parametrize(
    ("action", "blamed"),
    [
        ("Worker Hoa warned. All 9 workers of the cell lectured again on the colour code and signed.", True),
        ("Worker Hoa warned, bins of the left hinge repainted in another colour", False),
        ("Operator dijelaskan ulang arti tiap label", True),
        ("班前会重申标识规定", True),
        ("班前会重申规定，更换标识", False),
    ],
)
def test_what_a_lesson_is_about_changes_nothing(action, blamed):
    text = f"""Problem :: 3 boxes with mixed left and right hinges
Root cause :: Worker Hoa was not paying attention and took the wrong bin
Corrective action :: {action}
Closed :: 12 May 2026"""
    assert ("human_error_retrain_only" in flags(report("8D.docx", text, **CASES))) is blamed


REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The guard for press 4, which should have been fitted by the end of June, is still at the welder."),
        ("en", "The thickness gauge was promised for 15 June 2026. It has not been bought yet."),
        ("id", "Termokopel zona 4 oven 3 yang mestinya terpasang akhir Juni masih di gudang, teknisi belum sempat."),
        ("vi", "Tấm chắn máy dập 4 lẽ ra phải lắp xong cuối tháng 6, đến nay vẫn chưa làm."),
        ("tr", "Pres 4'ün koruyucusu haziran sonunda takılmış olmalıydı, hâlâ kaynakçıda bekliyor."),
        ("zh", "4号冲床护罩原定6月底装好，至今还没装。"),
        ("ko", "4호 프레스 덮개는 6월 말까지 설치하기로 했으나 아직 설치하지 못했음."),
        ("th", "ฝาครอบเครื่องปั๊ม 4 ที่ควรติดตั้งเสร็จสิ้นเดือนมิถุนายน ยังไม่ได้ติดตั้ง"),
    ],
)
def test_minutes_that_say_what_should_have_been_done_and_is_not(language, said):
    minutes = report("Minutes.docx", f"Minutes of 2026-09-02\n\n{said}", language=language, **REVIEW)
    assert "overdue_actions" in flags(minutes)


@pytest.mark.parametrize(
    "said",
    [
        "The guard for press 4, which should have been fitted by the end of June, was fitted on 8 July.",
        "The guard for press 4 should be fitted by the end of June; the welder still waits for sheet.",
        "The customer's new drawing was due in June and is still with them.",
        "The guard for press 4 was promised for 15 June 2026 and has not been made; postponed to 12 October 2026.",
        "The delivery of sheet was promised for 15 June 2026 and has not been made.",
    ],
)
def test_minutes_that_tell_of_no_task_left_behind(said):
    assert "overdue_actions" not in flags(report("Minutes.docx", f"Minutes of 2026-09-02\n\n{said}", **REVIEW))


LEDGER = """=== 2026
| No | Came in | Customer | Complaint | Cause | What was done | Checked again | Closed |
| K-03 | 9 Mar 2026 | Medipro | fingers stick together, lot GL26-0211 | chlorine of tank 2 fell, pump leaked | seal changed | 6 Apr 2026, 3 lots of 125, none sticks | 14 Apr 2026 |
| K-04 | 22 May 2026 | Sentosa | box holds 98 | scale without lower limit | limit set | 19 Jun 2026, 60 boxes all 100 | 23 Jun 2026 |
"""
MAIL = "Date: 2026-08-28\nDear Mr Rusli,\n{}\nAdeline, Medipro"


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("Nurses cannot part the thumbs of lot GL26-0811. This is what we wrote to you about in March.", True),
        ("Sarung tangan lot GL26-0811 lengket. Ini sama seperti yang kami sampaikan bulan Maret.", True),
        ("The fingers stick together again in lot GL26-0811, 12 of 100.", True),
        ("The cuffs of lot GL26-0811 tear when pulled on. Please answer within a week as you did in March.", False),
        ("The cuffs of lot GL26-0811 tear again when pulled on, 12 of 100.", False),
        ("We have looked at 400 gloves of lot GL26-0811: no fingers stick together again.", False),
    ],
)
def test_a_later_mail_that_means_a_closed_case_without_its_number(said, back):
    ledger = report("Ledger.xlsx", LEDGER, **CASES)
    assert ("same_defect_after_closure" in flags(ledger, report("Mail.eml", MAIL.format(said), **CASES))) is back


def test_a_later_mail_in_thai_in_the_words_of_a_closed_form():
    form = """วันที่เปิด :: 9 มกราคม 2569 || ลูกค้า :: ป.รุ่งเรือง
อาการ :: ปมเลื่อน ตา 40 มม. ด้าย 210D/9 || จำนวน :: 6 ผืน
สาเหตุ :: ฮีตเตอร์ขาด 3 เส้น || แก้ไข :: เปลี่ยนฮีตเตอร์ แล้วเสร็จ 20 ม.ค. 2569
ผลการติดตาม :: 3 ล็อต ดึง 20 กก. ปมเลื่อนไม่เกิน 1 มม. || ปิด :: 27 กุมภาพันธ์ 2569"""
    mail = "Date: 2026-06-09\nเรียน คุณแอน\nอวนล็อต N6904-22 ตา 40 ด้าย 210D/9 {}\nปรีชา"
    closed = report("CAR 69-02.pdf", form, language="th", **CASES)
    same, other = (
        report("FW.eml", mail.format(said), language="th", **CASES)
        for said in ("ปมเลื่อน 8 ผืน เหมือนของเดือนมกราทุกอย่าง", "สีซีด 8 ผืน ขอให้ตอบภายในอาทิตย์นี้")
    )
    assert "same_defect_after_closure" in flags(closed, same)
    assert "same_defect_after_closure" not in flags(closed, other)


def test_a_month_is_no_beginning_of_another_word():
    """A letter in Turkish says ``mart'ta`` and ``mayıstaki``; martensitic steel and a junior inspector name no month."""
    months = _months()
    told = ["shafts of martensitic steel", "the junior inspector", "mart'ta gelen", "mayıstaki şikayet"]
    assert [[number for number, name in months.items() if name.search(text)] for text in told] == [[], [], [3], [5]]


OUTAGE = """# Incident report 6 May 2026
Both printers of line 2 stood still from 07:40 to 09:05. {why}
Problem: no labels on 64 cartons at 07:40
Corrective action: the old driver was put back and the printers were started again
Closed: 7 May 2026"""


@pytest.mark.parametrize(
    ("why", "lacks"),
    [
        ("", True),
        ("An update of the print server at night had replaced the driver, leading to empty labels.", False),
        ("The empty labels were traced to the driver of the new print server.", False),
    ],
)
def test_a_report_of_an_incident_tells_its_cause_without_a_head(why, lacks):
    found = flags(report("Incident 6 May.docx", OUTAGE.format(why=why), **CASES))
    assert ("no_root_cause" in found) is lacks
