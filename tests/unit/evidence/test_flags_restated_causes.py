"""Causes that say their problem in other words, and causes that are short and tell something; blame in other words."""

import pytest

from evidence.blame import blames_person
from evidence.restated import restates
from tests.unit.evidence.builders import flags, report

CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("Oil leaks at the cover of the gearbox", "The cover was not leak proof, due to which oil leaked out"),
        ("Nắp hộp bị lỏng, lắc tay thấy rơ", "Nắp không đủ chặt nên bị rơ"),
        ("桶盖运输中漏水 12 桶", "因桶盖密封不好，导致漏水"),
        ("Label lepas dari jerigen", "Label tidak menempel dengan baik sehingga lepas"),
        ("ฝาหลวม 20 ใบ", "ฝาไม่แน่น จึงหลวม"),
        ("도막 두께 미달 14개", "도막 두께가 기준보다 낮게 나와 미달이 발생함"),
        ("Kapak kendiliğinden açılıyor", "Kapak tutmadığından açılmaktadır"),
        ("Fan too loud, 9 of 200", "The reason was that the fan was not silent"),
    ],
)
def test_a_cause_that_says_the_problem_in_other_words(problem, cause):
    assert restates(cause, problem)


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("Oil leaks at the cover of the gearbox", "Gasket of the cover hardened, not tight"),
        ("Nắp hộp bị lỏng", "Lực siết thiếu nên nắp không chặt"),
        ("桶盖运输中漏水 12 桶", "旋盖扭力不足，密封不好，导致漏水"),
        ("Label lepas dari jerigen", "Lem kurang, label tidak menempel"),
        ("도막 두께 미달 14개", "건 압력 저하로 기준보다 낮게 나옴"),
        ("Kapak kendiliğinden açılıyor", "Yay gevşediği için kapak tutmuyor"),
        ("Lid opens by itself", "The hook does not hold because it is bent"),
        ("Film thickness low", "Film thickness below the limit, 42 µm at cavity 3 only"),
    ],
)
def test_a_short_cause_that_tells_something(problem, cause):
    assert not restates(cause, problem)


@pytest.mark.parametrize(
    ("cause", "raised"), [("The cover was not tight, so that it leaked", True), ("Gasket cut 2 mm short", False)]
)
def test_a_report_whose_cause_is_its_problem(cause, raised):
    form = f"NCR 26-07 || Opened :: 12 May 2026\nProblem :: 40 covers leak\nCause :: {cause}\nAction :: gasket of another maker fitted\nClosed :: 20 June 2026"
    assert ("no_root_cause" in flags(report("NCR 26-07.docx", form, **CASES))) is raised


@pytest.mark.parametrize(
    ("cause", "action", "blamed"),
    [
        ("夜班包装员刘某新到岗，工作不仔细", "重新培训，考试合格后上岗", True),
        ("縫工未專心，沒看樣品", "由班長再教育並簽名", True),
        ("Công nhân không tập trung khi dán nhãn", "Đào tạo lại và ký cam kết", True),
        ("พนักงานขาดความรอบคอบ", "อบรมใหม่และเซ็นรับทราบ", True),
        ("Operator tidak fokus", "Training ulang", True),
        ("작업자가 집중하지 않음", "재교육 실시", True),
        ("Usta dikkat etmemiş", "Eğitim verildi", True),
        ("夜班包装员未看图纸", "重新培训，并加装传感器", False),
        ("员工宿舍停水，工艺水不足", "培训", False),
    ],
)
def test_blame_in_other_words(cause, action, blamed):
    assert blames_person({"root_cause": cause, "action": action}) is blamed


LETTER = """Complaint M-07
On 22 June 2026 two of the reels held the wrong rope, label P-0624.

We spoke with everybody of the room. Aled had two orders on his table and stuck the labels in a hurry. It was his error. {done}
In August 640 reels were measured before they left, no wrong label. Complaint closed on 2 October 2026.
"""


@pytest.mark.parametrize(
    ("done", "raised"),
    [
        ("He was trained again in labelling on 29 June 2026.", True),
        ("He was trained again and the table has a divider fitted since 29 June 2026.", False),
    ],
)
def test_blame_told_of_somebody_without_his_trade(done, raised):
    assert ("human_error_retrain_only" in flags(report("Complaint M-07.docx", LETTER.format(done=done), **CASES))) is (
        raised
    )
