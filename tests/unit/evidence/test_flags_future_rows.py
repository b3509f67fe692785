"""Red flags on days ahead among rows of what was measured or seen; beside each a plan as an honest factory keeps it."""

import pytest

from tests.unit.evidence.builders import flags, report

LOT = {"kind": "traceability_record", "criteria": ("traceability",)}


def _raised(text: str, name: str = "Log.xlsx", **kind) -> bool:
    return "date_in_future" in flags(report(name, text, **(kind or LOT)))


ROWS = """=== a
| Heat | {head} | 1 | 2 | Who |
| SK-17 | 2026/08/26 | {first} | Lan |
| SK-18 | 2026/09/03 | {first} | Lan |
| SK-19 | {day} | {last} | Mei |
| SK-20 | 2026/09/17 | {first} | Lan |
"""


@pytest.mark.parametrize(
    ("head", "first", "last", "day", "raised"),
    [
        ("Date", "53.8 | 54.1", "53.2 | 54.0", "2026/12/10", True),
        ("日期", "53.8 | 54.1", "53.2 | 54.0", "2026/12/10", True),
        ("Date", "53.8 | 54.1", "53.2 | 54.0", "2026/09/10", False),
        ("Next check", "53.8 | 54.1", "53.2 | 54.0", "2026/12/10", False),
        ("Delivery", "53.8 | 54.1", "53.2 | 54.0", "2026/12/10", False),
        ("Date", "53.8 | 54.1", " | ", "2026/12/10", False),
        ("Date", "400 | 380", "400 | 120", "2026/12/10", False),
        ("Date", "400 | OK", "120 | OK", "2026/12/10", True),
        ("Ngày", "400 | Đạt", "120 | Đạt", "2026/12/10", True),
        ("检验日期", "400 | 放行", "120 | 放行", "2026/12/10", True),
    ],
)
def test_a_row_that_holds_what_came_out(head, first, last, day, raised):
    assert _raised(ROWS.format(head=head, first=first, last=last, day=day)) is raised


@pytest.mark.parametrize(
    ("cell", "raised"),
    [
        ("09/12/2026, no stain, loop good", True),
        ("09/12/2026, to be looked at", False),
        ("09/12/2026, open", False),
    ],
)
def test_what_was_seen_is_told_behind_its_day(cell, raised):
    text = f"=== a\n| Lot | Made | After 3 months | BFE % | Who |\n| N18 | 18/03/2026 | 20/06/2026, loop good, no stain | 99,1 | Lan |\n| N19 | 03/05/2026 | 04/08/2026, no stain | 98,8 | Lan |\n| N20 | 09/09/2026 | {cell} | 98,9 | Mei |\n"
    assert _raised(text) is raised


def test_orders_with_prices_are_no_measurements():
    text = "=== a\n| PO | Date | Price | Amount | Who |\n| 17 | 2026/08/26 | 3.20 | 640.00 | Lan |\n| 18 | 2026/09/03 | 3.10 | 310.00 | Lan |\n| 19 | 2026/12/10 | 3.25 | 975.50 | Mei |\n"
    assert not _raised(text)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ("| Kit | Made | Sterile to | Seal N | Verdict |\n| A | 01/07/2024 | 01/07/2026 | 1.1 | ok |\n| B | 03/08/2024 | 03/08/2026 | 1.3 | ok |\n| C | 20/06/2025 | 20/06/2027 | 1.2 | ok |\n", "traceability_record"),
        ("| Batch | Filled | Tốt nhất | pH | Visc |\n| A | 01/07/2025 | 01/07/2026 | 7.2 | 41.2 |\n| B | 03/08/2025 | 03/08/2026 | 7.1 | 40.3 |\n| C | 20/06/2026 | 20/06/2027 | 7.0 | 40.9 |\n", "traceability_record"),
        ("| Supplier | ISO cert | Score Q | Score D | Class |\n| A | 01/07/2026 | 81.5 | 80.1 | ok |\n| B | 03/08/2026 | 79.2 | 77.3 | ok |\n| C | 20/06/2027 | 88.0 | 90.2 | ok |\n", "supplier_evaluation_record"),
    ],
)  # fmt: skip
def test_days_until_which_something_is_good(rows, kind):
    assert not _raised(f"=== a\n{rows}", kind=kind)


@pytest.mark.parametrize(
    ("head", "good", "last", "raised"),
    [
        ("Course | Trainer | Date | Persons | Result", "Passed", "Passed", True),
        ("Course | Trainer | Date | Persons | Result", "Passed", "planned", False),
        ("Course | Trainer | Date | Persons | Result", "Passed", "to be held", False),
        ("Khóa học | Giảng viên | Ngày | Số người | Kết quả", "Đạt", "theo kế hoạch", False),
        ("Pelatihan | Pelatih | Tanggal | Peserta | Hasil", "Lulus", "dijadwalkan", False),
        ("หลักสูตร | วิทยากร | วันที่ | จำนวนคน | ผล", "ผ่าน", "ตามแผน", False),
        ("课程 | 讲师 | 日期 | 人数 | 结果", "合格", "计划中", False),
        ("교육 | 강사 | 일자 | 인원 | 결과", "합격", "미실시", False),
        ("Eğitim | Eğitmen | Tarih | Kişi | Sonuç", "Geçti", "planlandı", False),
    ],
)
def test_a_list_of_what_was_held_ends_in_what_is_planned(head, good, last, raised):
    rows = [f"| C{at} | Minh | 2026-0{at}-12 | 9 | {good} |" for at in (2, 3, 5, 8)]
    text = "\n".join((f"| {head} |", *rows, f"| C9 | Minh | 2026-11-20 | 10 | {last} |"))
    assert _raised(text, kind="training_record", criteria=("competence",)) is raised


HELD = {"kind": "training_record", "criteria": ("competence",)}


@pytest.mark.parametrize(
    ("ahead", "score", "raised"),
    [
        ("09/12/2026", "83 %", True),
        ("09/12/2026", "83,5", True),
        ("09/12/2026", "", False),
        ("09/09/2026", "83 %", False),
    ],
)
def test_a_mark_in_per_cent_is_no_progress(ahead, score, raised):
    rows = (
        "| 17/02/2026 | Mould change | T. Arni | 8 | 82 % | ok |\n| 11/05/2026 | Scale check | T. Arni | 9 | 76 % | ok |\n"
        f"| {ahead} | Moisture meter | T. Arni | 12 | {score} | ok |\n| 24/08/2026 | Shears | B. Ode | 5 | 91 % | ok |\n"
    )
    text = f"# Training record 2026\n\n| Date held | Topic | Trainer | Persons | Test average | Remark |\n{rows}"
    assert ("date_in_future" in flags(report("Training.xlsx", text, **HELD))) is raised


def test_a_share_of_work_that_is_not_done_is_progress():
    text = (
        "# Actions 2026\n\n| Opened | Matter | Action | Date | Done % |\n| 12/02/2026 | Burr | New punch | 20/02/2026 | 100 % |\n"
        "| 11/03/2026 | Rust | Dry store | 20/03/2026 | 100 % |\n| 04/09/2026 | Dent | New racks | 20/11/2026 | 60 % |\n"
    )
    made = report("Actions.xlsx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert "date_in_future" not in flags(made)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("open", "answer of mill 26 November 2026"),
        ("đang xử lý", "trả lời 26/11/2026"),
        ("进行中", "供方回复日期2026-11-26"),
        ("진행중", "회신일 2026.11.26"),
    ],
)
def test_a_day_told_in_the_row_of_an_open_matter_lies_ahead_by_right(state, told):
    text = (
        "# Actions 2026\n\n| No | Opened | Matter | Cause | Action | Due | Done | Result |\n"
        "| 1 | 2026-05-11 | Burr 0.15 | Punch worn | Ground each 120 000 | 2026-06-10 | 2026-06-08 | 9 lots, none, 2026-09-01 |\n"
        f"| 2 | 2026-09-09 | Width 0.12 | Looked for | {told} | 2026-12-31 | | {state} |\n"
    )
    made = report("Actions.xlsx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert "date_in_future" not in flags(made)
