"""The same cases as a register, as forms below each other, on their side, with a running number: the rules answer alike."""

import pytest

from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

CASES = [
    (
        "C-01",
        "03.03.2026",
        "Burr on flange, 40 pcs",
        "Die worn",
        "Die reground",
        "10.04.2026",
        "3 lots, 0 burr, 20.05.2026",
    ),
    (
        "C-02",
        "12.03.2026",
        "Wrong label on 6 boxes",
        "Two reels on one table",
        "Reel holder",
        "15.04.2026",
        "0 of 900 boxes",
    ),
    (
        "C-03",
        "20.04.2026",
        "Thread short by 2 turns",
        "Stop pin loose",
        "Pin glued",
        "02.06.2026",
        "4 lots, no short thread",
    ),
    (
        "C-04",
        "04.05.2026",
        "Rust after 9 days",
        "Rinse tank empty",
        "Level alarm",
        "11.06.2026",
        "rust 0 of 12 boxes, 30 days",
    ),
    (
        "C-05",
        "18.05.2026",
        "Bore 12.09 mm (max 12.05)",
        "Insert chipped",
        "Insert count",
        "25.06.2026",
        "Bore 11.98-12.04 mm",
    ),
]
HEADS = [
    ("No.", "Opened", "Problem", "Root cause", "Action", "Closed", "Verification of effectiveness"),
    ("Nr", "Raised on", "Complaint", "Why it happened", "Measure taken", "Closing date", "Check of the effect"),
    ("編號", "發現日", "異常狀況", "起因", "矯正措施", "結案日期", "有效性查證"),
    ("No", "Tgl buka", "Persoalan", "Sebab masalah", "Langkah yang diambil", "Tgl tuntas", "Pengecekan efektivitas"),
    ("Số", "Ngày tìm thấy", "Điểm KPH", "Căn nguyên", "Biện pháp xử lý", "Phiếu đóng ngày", "Kiểm tra hiệu quả"),
    (
        "No",
        "Açıldığı tarih",
        "Şikayetin içeriği",
        "Asıl sebep",
        "Alınan önlem",
        "Kapatıldığı tarih",
        "Etkililik doğrulaması",
    ),
    ("ที่", "พบเมื่อ", "อาการที่พบ", "ต้นเหตุ", "มาตรการที่ทำ", "ปิดเมื่อ", "ติดตามประสิทธิผล"),
    ("번호", "검출일자", "불량 증상", "발생 사유", "조치 사항", "끝낸 날짜", "효과 점검"),
]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _register(heads: tuple[str, ...], cases: list[tuple[str, ...]]) -> str:
    return "\n".join(["# Corrective actions 2026", *map(_row, [heads, *cases])])


def _cards(heads: tuple[str, ...], cases: list[tuple[str, ...]]) -> str:
    told = ["\n".join(f"{head} :: {cell}" for head, cell in zip(heads, case, strict=True)) for case in cases]
    return "\n\n".join(["# Corrective actions 2026", *told])


def _turned(heads: tuple[str, ...], cases: list[tuple[str, ...]]) -> str:
    return "\n".join(["# Corrective actions 2026", *map(_row, zip(heads, *cases, strict=True))])


def _changed(at: int, *cells: str) -> list[tuple[str, ...]]:
    """The cases with other words in one column."""
    return [(*case[:at], cell, *case[at + 1 :]) for case, cell in zip(CASES, cells * len(CASES), strict=False)]


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("lay", [_register, _cards, _turned])
def test_honest_cases_stay_silent_however_they_are_laid_out(heads: tuple[str, ...], lay: object) -> None:
    assert callable(lay)
    found = set(flags(report("CAPA 2026.xlsx", lay(heads, CASES), **CASE)))
    assert not found & {
        "same_sentence_as_verdict",
        "no_root_cause",
        "no_effectiveness_check",
        "closed_same_day",
        "overdue_actions",
    }


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("lay", [_register, _turned])
def test_one_sentence_for_all_cases_is_seen_however_they_are_laid_out(heads: tuple[str, ...], lay: object) -> None:
    assert callable(lay)
    cases = _changed(6, "Action was effective, no recurrence was seen")
    assert "same_sentence_as_verdict" in flags(report("CAPA 2026.xlsx", lay(heads, cases), **CASE))


@pytest.mark.parametrize("heads", HEADS)
def test_a_case_closed_on_its_day_is_seen_under_any_heads(heads: tuple[str, ...]) -> None:
    cases = [*CASES[:2], (*CASES[2][:5], CASES[2][1], CASES[2][6]), *CASES[3:]]
    assert "closed_same_day" in flags(report("CAPA 2026.xlsx", _register(heads, cases), **CASE))


@pytest.mark.parametrize("heads", HEADS)
def test_an_empty_place_for_the_cause_is_seen_under_any_heads(heads: tuple[str, ...]) -> None:
    cases = [*CASES[:2], (*CASES[2][:3], "-", *CASES[2][4:]), *CASES[3:]]
    assert "no_root_cause" in flags(report("CAPA 2026.xlsx", _register(heads, cases), **CASE))


def test_where_a_case_came_from_is_not_its_cause() -> None:
    heads = ("No.", "Opened", "Origin", "Problem", "Why it happened", "Action", "Closed", "Effect")
    cases = [(*case[:2], "Buyer", case[2], "" if case[0] == "C-03" else case[3], *case[4:]) for case in CASES]
    assert "no_root_cause" in flags(report("CAPA 2026.xlsx", _register(heads, cases), **CASE))


STEPS = """
# 8D report SD-26
Claim date :: 02.06.2026 || Lot :: B-118

| No. | Step | Content | Date |
| 1 | D2 Problem | Pack voltage low, 33.1 to 34.4 V | 02.06.2026 |
| 2 | D3 Containment | 640 packs measured, 21 held | 04.06.2026 |
| 3 | D4 Root cause | {cause} | 09.06.2026 |
| 4 | D5 Corrective action | Torque tool with lock on station 4 | 16.06.2026 |
| 5 | D7 Effectiveness | 860 packs, 0 low | 29.07.2026 |
| 6 | D8 Closed | J. Bae | 30.07.2026 |
"""


def test_steps_of_a_report_with_running_numbers_are_one_case() -> None:
    told = report("8D SD-26.docx", STEPS.format(cause="Pack voltage low because the voltage was low"), **CASE)
    assert "no_root_cause" in flags(told)
    assert sum(fact.kind == "case" for fact in told.facts) == 1


def test_a_cause_in_such_steps_is_read() -> None:
    told = report(
        "8D SD-26.docx", STEPS.format(cause="Busbar screw of cell group 3 not tightened, tool bit worn"), **CASE
    )
    assert "no_root_cause" not in flags(told)


def test_tasks_below_the_date_of_a_meeting_begin_with_the_task() -> None:
    task = "Decision :: {}\nResponsible :: {}\nDate :: {}\nStatus :: {}"
    tasks = [
        task.format("Second dust collector for the router", "Hakan", "30.04.2026", "not started"),
        task.format("Torque stand for wheels", "Mert", "31.05.2026", "offer is waited"),
        task.format("Label control by two persons", "Pelin", "15.03.2026", "done 09.03.2026"),
    ]
    head = "# Management review\nDate :: 10.02.2026\nChair :: T. Anka\nPresent :: Hakan, Mert"
    told = report("Management review 2026.docx", "\n\n".join([head, *tasks]), kind="management_review_record")
    found = flags(told)
    assert "Torque stand" in found["overdue_actions"].explanation


def test_other_defects_beside_each_other_are_not_the_same_again() -> None:
    assert "same_defect_after_closure" not in flags(report("CAPA 2026.xlsx", _turned(HEADS[2], CASES), **CASE))
