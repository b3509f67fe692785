"""Cases that come back in other words or another language, and reports that are copies of another case; each with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}


@pytest.mark.parametrize(
    ("again", "raised"),
    [
        ("WL-12 boss, pin hole open after tapping, 14/280", True),
        ("WL-12 rim, pin hole beside the gate mark, 14/280", False),  # another place
        ("WL-31 boss, pin hole open after tapping, 14/280", False),  # another part
        ("WL-12 boss scratched in transport, 14/280", False),  # another defect
    ],
)
def test_one_kind_of_defect_at_one_place_of_one_part(again, raised):
    sheet = f"""=== Register
| Claim | Date | Part / trouble | Cause | Action | Status |
| C-03 | 19.01.2026 | lamp WL-12, blow hole at screw boss, 9/300 | vent blocked by flash | vent milled | closed 23.02.2026 |
| C-16 | 31.08.2026 | {again} | vent insert worn | new insert | open |
"""
    assert ("same_defect_after_closure" in flags(report("Register.xlsx", sheet, **CASES))) is raised


@pytest.mark.parametrize(
    ("piece", "again", "raised"),
    [
        ("beden etiketi 12 mm", "kenarlarda iplik çıkması, 455 adet", True),
        ("yaka etiketi 20 mm", "kenarlarda iplik çıkması, 455 adet", False),
        ("beden etiketi 12 mm", "eksik adet, 1 koli", False),
    ],
)
def test_one_kind_of_defect_on_a_piece_named_in_its_own_column(piece, again, raised):
    sheet = f"""=== Defter
| No | Geliş | Müşteri | Ürün | Şikayet | Kök neden | Faaliyet | Kapanış |
| 26-02 | 11.02.2026 | Akça | beden etiketi 12 mm | kenarlar saçaklanıyor, 640 adet | bıçak soğuk | termokupl değişti | 13.03.2026 |
| 26-09 | 09.06.2026 | Akça | {piece} | {again} | bıçak ucunda artık | günlük temizlik | 16.07.2026 |
"""
    assert ("same_defect_after_closure" in flags(report("Defter.xlsx", sheet, **CASES))) is raised


REPORT = """8D FB-24 || Opened :: 2026-02-11
Problem :: 5 covers of FB-24 with the lock finger snapped off
Cause :: radius at the root 0.15 mm on cavity 3, the drawing asks for 0.4
Action :: cavity 3 cut again on 2026-02-24
Effectiveness :: 2026-03-25: 4,120 covers, 0 broken
Closed :: 2026-03-27
"""


@pytest.mark.parametrize(
    ("part", "problem", "raised"),
    [("FB-24", "커버 락 부러짐", True), ("FB-30", "커버 락 부러짐", False), ("FB-24", "커버 라벨 누락", False)],
)
def test_a_case_that_comes_back_in_another_language(part, problem, raised):
    sheet = f"""=== 부적합
| 번호 | 발행일 | 품번 | 내용 | 원인 | 대책 | 종결일 |
| Q-41 | 2026-06-03 | {part} | {problem} | 금형 세척 후 줄로 밀림 | 재가공, 줄 사용 금지 | 2026-07-08 |
"""
    later = report("부적합 2026.xlsx", sheet, language="ko", **CASES)
    assert ("same_defect_after_closure" in flags(report("8D FB-24.docx", REPORT, **CASES), later)) is raised


MAIL = """Subject: crates

Hello, 85 of the crates 60x40 that came in August had the handle broken in the cold store{again}.
We wait for your answer, Sevda
"""


@pytest.mark.parametrize(("again", "raised"), [(", the same problem as in March", True), (" of the carrier", False)])
def test_a_mail_of_no_kind_that_says_it_came_again(again, raised):
    form = "CAPA 26-06 || Opened :: 9 March 2026\nProblem :: handle of crate 60x40 broken in the cold store\nCause :: 35 % regrind\nAction :: dosing locked\nClosed :: 17 April 2026"
    mail = report("RE crates.eml", f"Date: 2 September 2026\n{MAIL.format(again=again)}")
    assert ("same_defect_after_closure" in flags(report("CAPA 26-06.docx", form, **CASES), mail)) is raised


ANSWER = """Answer to corrective action request

Customer :: {0} || Received :: {1} || Order :: {2}
Problem :: Burr at the groove of the ring, the ring does not go in. 27 pcs of 8,000.
Cause :: The tool of the groove was used for 9,000 pcs, its life is 6,000. The counter was set back when the power was cut.
Corrective action :: Counter with a battery on machine L-14. The tool is changed at 6,000 pcs. Done {3}.
Check of result :: Three lots after the change, 80 pcs each: {5}. {4}.
Closed :: {4}
"""


@pytest.mark.parametrize(
    ("days", "raised"),
    [
        (("14 July 2026", "OL-90377", "23 July 2026", "20 August 2026"), True),
        (("12 March 2026", "OL-90377", "19 March 2026", "16 April 2026"), False),  # one event, told to two customers
    ],
)
def test_an_answer_that_is_a_copy_of_another(days, raised):
    first = ANSWER.format("Veloce Motori", "10 March 2026", "VM-5521", "19 March 2026", "16 April 2026", "0 pcs NG")
    received, order, done, checked = days
    second = ANSWER.format("Osterkamp", received, order, done, checked, "0 pcs NG")
    found = flags(report("CAR 03.docx", first, **CASES), report("CAR 07.docx", second, **CASES))
    assert ("near_identical_records" in found) is raised


@pytest.mark.parametrize(
    ("state", "raised"), [("hâlâ fiyat teklifi bekleniyor", True), ("montaj 20 Temmuzda bitti", False)]
)
def test_a_task_that_was_said_to_be_done_by_a_month(state, raised):
    text = f"Kalite toplantısı, 21 Eylül 2026\n\nTemmuz sonuna kadar kurulacak dediğimiz kalıp soğutucu için {state}."
    assert ("overdue_actions" in flags(report("Toplantı.docx", text, language="tr", **REVIEW))) is raised
