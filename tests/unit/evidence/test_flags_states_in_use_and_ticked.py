"""What honest factories write of things in use, of how grave a risk is, of boxes ticked beside a cause, and of minutes on work done."""

import pytest

from evidence.facts.case_heads import ticked
from evidence.facts.columns import state_of
from evidence.facts.days import days_in
from evidence.facts.left_tasks import left_tasks
from evidence.facts.sources import Source
from tests.unit.evidence.builders import document, flags, passages, report

REVIEW = {"kind": "management_review_record", "criteria": ("management_review",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("사용 중", None),
        ("적용 중", None),
        ("생산 중 적용", None),
        ("인장 하중 시험 합격", None),
        ("견적 중", "open"),
        ("견적 중 (업체 회신)", "open"),
        ("量产中", None),
        ("正常运转中", None),
        ("报价中", "open"),
        ("In use, being inspected monthly", None),
        ("being repaired", "open"),
        ("Sedang digunakan di line 3", None),
        ("sedang dikerjakan", "open"),
        ("กำลังใช้งาน", None),
        ("กำลังจัดซื้อ", "open"),
        ("đang áp dụng", None),
    ],
)
def test_what_is_in_use_is_not_left(told, state):
    assert state_of(told) == state


@pytest.mark.parametrize(
    ("head", "overdue"), [("Risk after", False), ("Priority colour", False), ("Position", True), ("Now", True)]
)
def test_colours_of_a_risk_are_no_states(head, overdue):
    text = f"""# Risk register, reviewed 28.09.2026

| Risk | Action | Owner | Due | {head} |
| Fire in paint store | Foam extinguishers fitted at both doors | Somchai | 30.06.2026 | yellow |
| Steel price rises | Second supplier approved and used | Wipa | 15.05.2026 | green |
| Loss of welders | Training of three new welders held | Nok | 31.07.2026 | yellow |"""
    assert ("overdue_actions" in flags(report("Risks.docx", text, **REVIEW))) is overdue


@pytest.mark.parametrize(
    ("told", "overdue"),
    [
        ("Audit plan approved, Ufuk Demir, 15.01.2026. Not changed since.", False),
        ("Guard of press 4 fitted, Ufuk Demir, 12.03.2026. Not loose since.", False),
        ("Ölçü aletleri eğitimi, Ufuk Demir, 31.03.2026. Eğitim geçerliliği devam ediyor.", False),
        ("Đào tạo vận hành máy ép, Nguyễn Văn Hùng, 31/03/2026. Đang áp dụng tốt.", False),
        ("อบรมการใช้เครื่องวัด, สมชาย, 31/03/2569. ยังใช้ได้ดี", False),
        ("Formulir QF-12 disetujui, Budi Santoso, 12/03/2026. Belum ada revisi baru.", False),
        ("Thickness gauge to be bought, Ufuk Demir, 31.03.2026. Not even ordered.", True),
    ],
)
def test_work_done_is_no_task_left(told, overdue):
    text = f"# Minutes\n\nMeeting of 28.09.2026 in the canteen. {told}"
    assert ("overdue_actions" in flags(report("Minutes.docx", text, **REVIEW))) is overdue


def test_each_sentence_of_many_tasks_is_read_a_few_times_at_most(monkeypatch):
    said = [
        f"Gauge {n} for the line to be bought, Ufuk, {1 + n % 28:02}.{1 + n // 28 % 12:02}.{2020 + n // 336}. Not ordered."
        for n in range(1200)
    ]
    made = document("log.docx", "\n\n".join(said))
    found = passages(made)
    read = []
    monkeypatch.setattr(
        "evidence.facts.left_tasks.days_in", lambda source, text: read.append(text) or days_in(source, text)
    )
    assert not list(left_tasks(Source(made, found), found))
    assert len(said) <= len(read) <= 6 * len(said)


BATCHES = """# {title}

| Date | Batch | {head} | Operator | Result |
| 01.09.2026 | A1 | 38 | Ali | OK |
| 02.09.2026 | A2 | 39 | Ali | OK |
| 03.09.2026 | A3 | 41 | Ali | OK |
| 04.09.2026 | A4 | 37 | Veli | OK |
| 05.09.2026 | A5 | 36 | Veli | OK |"""


@pytest.mark.parametrize(
    ("title", "head", "accused"),
    [
        ("Batch mixing, use allowed 40 minutes after mixing", "Temperature", False),
        ("Hall 2, limit 40 persons in hall", "Noise dB", False),
        ("Batch mixing, allowed 40 minutes", "Minutes", True),
    ],
)
def test_a_limit_in_words_bounds_what_names_them(title, head, accused):
    paper = report("batches.xlsx", BATCHES.format(title=title, head=head), **CHECKED)
    assert ("out_of_limits_without_reaction" in flags(paper)) is accused  # each row bears the same mark
    assert "conclusion_contradicts_data" not in flags(paper)


CAUSES = (
    "Die worn, no limit of its life was set.",
    "Two rolls lay at one printer, no rule for it.",
    "Tap of the old order stayed in the head.",
)


@pytest.mark.parametrize(("told", "blamed"), [(CAUSES, False), (("", "", ""), True)])
def test_a_cause_beside_boxes_is_not_the_box(told, blamed):
    papers = [
        report(
            f"NCR {n}.docx",
            f"""# Corrective action report NCR-26-{n}

Report No :: NCR-26-{n} || Date opened :: 0{n}.06.2026
Problem :: {("Housings with burr at the edge", "Label of lot 4 on boxes of lot 5", "Wrong thread on 4 pieces")[n - 1]}
Root cause :: {cause} 4M: ☒ Man ☐ Machine ☐ Material ☐ Method
Corrective action :: Operators trained on the new sheet of machine {n}
Effectiveness check :: {n} lots of July looked at, 0 of {n}00 found
Date closed :: 2{n}.07.2026""",
            **CASES,
        )
        for n, cause in enumerate(told, 1)
    ]
    assert ("human_error_retrain_only" in flags(*papers)) is blamed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☒ worker ☐ machine", "worker"),
        (
            "☒ Man ☐ Method - die was worn, its strokes were not counted",
            "Man, die was worn, its strokes were not counted",
        ),
        (
            "☒ Man ☐ Method\nDie was worn, its strokes were not counted",
            "Man, Die was worn, its strokes were not counted",
        ),
    ],
)
def test_what_stands_behind_boxes_stays(text, said):
    assert ticked(text) == said


@pytest.mark.parametrize(("shut", "early"), [("same", False), ("20.06.2026", True)])
def test_closed_the_same_is_of_the_same_day(shut, early):
    text = f"""# NCR register 2026

| No | Opened | Problem | Root cause | Corrective action | Date closed |
| 1 | 03.06.2026 | 38 housings with burr at inner edge | Die worn, no life limit of it | Die reground and limit put in counter | 20.06.2026 |
| 2 | 01.07.2026 | Label of lot 4 on boxes of lot 5 | Two rolls lay at one printer | One roll at a time by rack with lock | {shut} |
| 3 | 11.07.2026 | Wrong thread on 4 pieces | Tap of old order left in head | Tool rack per order | 28.07.2026 |"""
    assert ("done_before_reported" in flags(report("NCR.docx", text, **CASES))) is early
