"""Closed cases told one after the other, in minutes, letters and rows under any heads: whether they say why, and whether anybody looked
afterwards. Each with its near miss.
"""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
LETTER = {"kind": "other", "criteria": ("corrective_action",)}

CLOSED = {
    "en": """# Complaint meeting 7 July 2026

1. Shaft 12 of order 26-114, run-out 0.06 mm on 14 pieces. Caused by a worn tail stock centre. Centre replaced, to be changed each 3,000 pieces, 22 May. {}Closed.

2. Flange, hole pattern turned by 3 degrees, 4 pieces of lot 2611. The cause was that the pins of both jigs are alike. Pin of jig 3 made thicker on 15 June. {}Closed.
""",
    "ko": """# 7월 품질회의 2026-07-07

가. 브라켓 BR-20 용접 기공, 로트 26E11, 9개/300개. 원인은 가스 호스 꺾임. 호스 경로 변경 및 유량계 설치(5/25). {}종결.

나. 커버 CV-7 도장 박리, 로트 26F03, 6개. 원인: 전처리 농도 부족. 농도 자동 공급 장치 설치(6/18). {}종결.
""",
    "zh": """# 质量例会 2026年7月7日

1. 支架焊缝气孔，批号26E11，9件。原因是气管弯折。5月25日更换气管并加装流量计。{}结案。

2. 盖板漆膜脱落，批号26F03，6件。原因是前处理浓度不足。6月18日加装自动加液装置。{}结案。
""",
}
LOOKED = {
    "en": "Looked at 300 pieces in August, none bad. ",
    "ko": "8월 3개 로트 300개 확인, 불량 없음. ",
    "zh": "8月抽检3批300件，未发现不良。",
}


@pytest.mark.parametrize("language", list(CLOSED))
def test_points_that_close_without_a_look_are_unchecked(language):
    assert "no_effectiveness_check" in flags(report("minutes.docx", CLOSED[language].format("", ""), **CASES))


@pytest.mark.parametrize("language", list(CLOSED))
def test_points_that_tell_of_a_look_are_checked(language):
    looked = CLOSED[language].format(LOOKED[language], LOOKED[language])
    assert "no_effectiveness_check" not in flags(report("minutes.docx", looked, **CASES))


TOGETHER = """# {}

1. Shaft 12, run-out 0.06 mm on 14 pieces. Caused by a worn tail stock centre. Centre replaced on 22 May 2026.

2. Flange, holes turned by 3 degrees, 4 pieces. The cause was that the pins of both jigs are alike. Pin of jig 3 made thicker on 15 June 2026.

{}
"""


@pytest.mark.parametrize(
    ("title", "end", "closed"),
    [
        ("Minutes on complaints", "With this all complaints of the half year are closed.", True),
        ("Closed complaints, first half of 2026", "Next meeting in September.", True),
        ("Minutes on complaints", "Next meeting in September.", False),
        ("Minutes on complaints", "Not all of them can be closed yet.", False),
    ],
)
def test_one_sentence_or_the_heading_may_close_all(title, end, closed):
    assert ("no_effectiveness_check" in flags(report("minutes.docx", TOGETHER.format(title, end), **CASES))) is closed


ROWS = """# Quality meeting 7 July 2026

| Topic | Talked over | Decided |
| Claim 26-14 of 2 May, boxes open at the seam, 40 pcs of lot 311 | Cause: glue roller at 140 degrees instead of 165 | Heater and alarm fitted 9 May.{} Closed. |
| Claim 26-15 of 12 May, print shifted 2 mm, lot 318 | Cause: register sensor dirty, no cleaning plan | Cleaning each shift since 15 May.{} Closed. |
| Next audit | in October | |
"""


def test_rows_under_heads_of_minutes_are_cases_where_they_say_why_and_close():
    assert "no_effectiveness_check" in flags(report("minutes.docx", ROWS.format("", ""), **REVIEW))
    seen = " 3 lots of June looked at, 0 bad."
    assert "no_effectiveness_check" not in flags(report("minutes.docx", ROWS.format(seen, seen), **REVIEW))


BARE = {
    "en": """# Complaint closing meeting 11.08.2026

1. Pump housing PH-4, heat 0611, 6 nos leaking at test. Six housings replaced on 29.06.2026. {}All PH-4 are tested at 8 bar since 01.07.2026. 74 housings after that date, no leakage. CLOSED.

2. Bonnet KB-2, heat 0634, cold shut on flange, 11 nos. Credit note given. {}Visual inspection added after fettling 08.07.2026. Last 5 lots, no cold shut. CLOSED.
""",
    "vi": """# Họp xử lý khiếu nại 07/07/2026

1. Khách Minh Phát, bồn 200 lít, lô S26-031, 6 bồn rò ở van. Đã đổi 6 bồn ngày 12/06/2026. {}Từ 15/06/2026 bổ sung thử kín 100%. 120 bồn sau đó không rò. Đã đóng.

2. Khách Hòa Lợi, nắp 40, lô S26-044, nứt mép, 30 cái. Giao bù 30 nắp ngày 20/06/2026. {}Lắp thêm camera cuối chuyền. Ba lô kế tiếp không có nứt. Đã đóng.
""",
}
WHY = {"en": "The core box was worn. ", "vi": "Gioăng bị mòn. "}


@pytest.mark.parametrize("language", list(BARE))
def test_points_of_which_no_sentence_can_say_why_have_no_cause(language):
    assert "no_root_cause" in flags(report("minutes.docx", BARE[language].format("", ""), **CASES))


@pytest.mark.parametrize("language", list(BARE))
def test_a_sentence_that_may_say_why_is_one(language):
    told = BARE[language].format(WHY[language], WHY[language])
    assert "no_root_cause" not in flags(report("minutes.docx", told, **CASES))


ANSWER = """Kampar Tin Box Sdn Bhd

12 May 2026

Your complaint 26/118: rust spots inside tea tins 250 g, lot 2604-11

Dear Ms Lim,

Thank you for the photographs of 4 May. {}

All 3,400 tins of lot 2604-11 in our store were opened and sorted on 6 May. The replacement was delivered on 8 May.

We have added a second lacquer spray at the seam since 9 May and each pallet is now checked by the line leader.

The complaint is now closed.
"""


@pytest.mark.parametrize(
    ("told", "bare"),
    [
        ("The rust spots sit at the inner seam of the tins.", True),
        ("The spray gun of line 2 had a blocked nozzle.", False),
        ("The lacquer of line 2 was 3 g short.", False),
        ("The analysis is attached.", False),
    ],
)
def test_a_letter_of_which_no_sentence_can_say_why_tells_no_cause(told, bare):
    assert ("no_root_cause" in flags(report("Reply.pdf", ANSWER.format(told), **LETTER))) is bare


CHECK = """# Corrective Action Request

CAR number :: 0214 || Date raised :: 17/02/2026
What is wrong :: Vertical lines every 31 cm, 6 of 21 rolls
Root cause :: Sinker ring on machine 12 not levelled after the strip-down
Corrective action :: Levelling added to the strip-down sheet with a reading at 8 points
Owner :: D. Okafor || Completed :: 11/03/2026

Effectiveness review

Review date :: {} || Reviewed by ::
Evidence seen :: {}

Status :: CLOSED || Date :: 16/03/2026
"""


def test_places_within_a_check_that_nobody_filled_in_tell_of_none():
    assert "no_effectiveness_check" in flags(report("CAR.docx", CHECK.format("", ""), **CASES))
    filled = CHECK.format("12/05/2026", "24 rolls of 3 orders, no lines")
    assert "no_effectiveness_check" not in flags(report("CAR.docx", filled, **CASES))


LOOSE = """=== 2026
| Ref | Recd | Customer | Complaint | {} | Done | Effect checked (what, when, by) | Closed |
| C-01 | 15-Jan-26 | Tokuda | Terminal backed out, 4 pcs | Pull test at each connector | 11-Feb-26 | No back-out in 25 lots, 30-Apr | 04-May-26 |
| C-02 | 03-Feb-26 | Bremer | Wires swapped, 1 pc | Continuity tester with camera | 27-Feb-26 | 1,860 pcs tested, 0 swaps, 30-May | 02-Jun-26 |
| C-03 | 20-Mar-26 | Tokuda | Tape loose at branch | Tape changed to 19 mm | 17-Apr-26 | Peel 5 of 5 in 3 lots, 10-Jul | 13-Jul-26 |
"""


@pytest.mark.parametrize(
    ("head", "bare"),
    [("Action at plant", True), ("What action the line took", True), ("Cause and action", False), ("Analysis", False)],
)
def test_a_head_with_the_word_for_the_action_beside_others_is_that_of_the_action(head, bare):
    assert ("no_root_cause" in flags(report("Register.xlsx", LOOSE.format(head), **CASES))) is bare
