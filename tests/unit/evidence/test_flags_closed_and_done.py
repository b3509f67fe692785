"""Honest papers that name a cause of their own in few words, say beside a due day that it was done, lay down what is done with which
sample, and speak again of what is closed.
"""

import pytest

from evidence.hollow import says_nothing
from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
HEADS = "No | Date | Complaint | Cause | Action | Check of effect | Closed"


def _log(*lines):
    return report("CAR log 2026.xlsx", "\n".join(f"| {line} |" for line in lines), **CASE)


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("Housing cracked, 4 pieces", "The housing cracked as a result of shrinkage at the rib"),
        ("Caps loose and leaking", "Caps loose, therefore leaking, because the chuck of head 4 was worn"),
        ("Label peels off", "Label does not stick on polypropylene"),
        ("Bulong bị lỏng", "Bulong bị lỏng do long đen vênh bị thiếu"),
        ("Nhãn bị bong", "Nhãn không dính do bề mặt ướt"),
        ("Sơn bị bong tróc", "Sơn không bám do chưa sấy khô"),
        ("Nắp chai lỏng, rò nước", "Nắp chai lỏng nên rò nước do đầu siết số 4 mòn"),
        ("Tutup botol longgar", "Tutup botol jadi longgar karena ulir aus"),
        ("ฝาขวดหลวม รั่ว", "ฝาขวดหลวมทำให้รั่วเพราะเกลียวสึก"),
        ("贴标机标签贴歪", "贴标机故障,气缸漏气"),
        ("병뚜껑 풀림 누액", "병뚜껑 풀림 때문에 누액, 체결 헤드 마모"),
    ],
)
def test_a_cause_behind_what_follows_is_one(problem, cause):
    assert not says_nothing(cause, problem)


@pytest.mark.parametrize(
    "cell",
    [
        "due 15.05.2026 / done 12.05.2026",
        "Target 15 May 2026 met 12 May 2026",
        "Hạn 15/05/2026, xong 12/05/2026",
        "期限2026-05-15 完成2026-05-12",
        "기한 2026.05.15 완료 2026.05.12",
        "Hedef 15.05.2026, yapıldı 12.05.2026",
    ],
)
def test_a_cell_that_holds_the_due_day_and_the_day_it_was_done(cell):
    log = _log(
        "No | Date | What happened | Root cause | Corrective action | Due / done",
        "01 | 28 Jan 2026 | Reefer stopped | Strainer full of algae | Strainer changed every 500 hours | done 16 Feb 2026",
        f"04 | 21 Apr 2026 | Tyre burst | Retread on the steer axle | List of casings by the tyre shop | {cell}",
    )
    assert "overdue_actions" not in flags(log)


TESTED = """
# Test report

Product :: Garden chair GC-20 || Lot :: L26{n}
Date of test :: 2026-0{n}-02 || Test house :: own laboratory, Binh Duong

Ten samples are drawn from the lot at random by the laboratory and numbered with a marker on the underside of the seat.
{plan}

| Sample | Force N | Deflection mm |
{rows}

Tested by :: Lan || Signature :: signed 2026-0{n}-02
"""


@pytest.mark.parametrize(
    "plan",
    [
        "Before the test, sample 5 was stored for 24 h at 40 C. Sample 10 was kept as the retained sample in the cabinet.",
        "Mẫu 5 được ngâm nước 24 h trước khi thử. Mẫu 10 được giữ làm mẫu lưu trong tủ của phòng thử nghiệm.",
        "样品5在40度下放置24小时后测试。样品10作为留样保存在实验室。",
    ],
)
def test_what_a_test_lays_down_for_a_sample_is_no_observation(plan):
    papers = [
        report(
            f"Test report {n}.docx",
            TESTED.format(
                n=n,
                plan=plan,
                rows="\n".join(f"| {i} | {38 + i * n / 7:.1f} | {2 + i / n:.1f} |" for i in range(1, 11)),
            ),
        )
        for n in (3, 4)
    ]
    assert "near_identical_records" not in flags(*papers)


@pytest.mark.parametrize("kind", ["management_review_record", "other"])
@pytest.mark.parametrize(
    ("point", "again"),
    [
        ("Burrs on the tips of tubes of January have not come back; the punch is reground again by count.", False),
        ("We talked again about the burrs on the tips of tubes of January: closed, 0 since.", False),
        ("What if burrs on tips of tubes come again? Sorting is planned in the risk list.", False),
        ("Burrs on the tips of tubes came again at Rodlund, as in January.", True),
    ],
)
def test_minutes_speak_again_of_what_is_closed(point, again, kind):
    log = _log(
        HEADS,
        "1 | 2026-01-17 | Burrs on the tips of tubes | Punch worn | Punch by count | 200 in March, 0 | 2026-02-23",
    )
    minutes = report("Minutes July 2026.docx", f"# Minutes of the meeting of 14 July 2026\n\n{point}", kind=kind)
    assert ("same_defect_after_closure" in flags(log, minutes)) is again


def test_an_order_that_is_placed_again_after_a_month_points_to_no_case():
    log = _log(
        HEADS,
        "1 | 2026-01-17 | Scratch on door panel | Hook bent | Hook renewed | 6 of 6 seen 20.02, ok | 2026-02-23",
        "2 | 2026-06-17 | Door panel dent; order placed again after January | Jig loose | Jig pinned | 900 in July, 0 | 2026-07-23",
    )
    assert "same_defect_after_closure" not in flags(log)
