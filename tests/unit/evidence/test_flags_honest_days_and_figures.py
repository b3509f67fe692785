"""Days, counts and limits of honest factories that read like those of guilty ones, each beside the guilty paper that is still told."""

import pytest

from evidence.facts.calendar import find
from tests.unit.evidence.builders import flags, report

MINUTES = "# Production minutes\n\nMinutes of 15 September 2026\n\n"


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        (
            "The guard that broke on 3 March 2026 should have been replaced by 15 October 2026. It is still away.",
            "en",
            0,
        ),
        ("On 4 March 2026 the line had to be stopped for two hours; the cause has not been found yet.", "en", 0),
        ("The old lamp was due for change on 12 May 2026 and has not been a problem since.", "en", 0),
        ("The hose was promised by 10 May 2026 and came on 8 May 2026; its paper has not been filed.", "en", 0),
        ("新夹具原定2026年5月12日完成，5月10日已完成，至今未再发生。", "zh", 0),
        ("설비 점검은 2026년 3월 2일 예정이었고, 3월 2일에 완료되었다. 아직 문제 없음.", "ko", 0),
        (
            "Kiểm tra máy theo kế hoạch phải xong ngày 12/05/2026 và đã xong ngày 10/05/2026, đến nay chưa có lỗi.",
            "vi",
            0,
        ),
        (
            "Seharusnya kalibrasi tanggal 12 Mei 2026 dan sudah selesai 10 Mei 2026, sampai kini belum ada masalah.",
            "id",
            0,
        ),
        ("The guard that broke on 3 March 2026 should have been replaced by 15 May 2026. It is still away.", "en", 1),
        ("新夹具原定2026年5月12日完成，至今未到。", "zh", 1),
        ("설비 교체는 2026년 3월 2일 예정이었으나 아직 못했다.", "ko", 1),
    ],
)
def test_what_was_done_in_time_is_not_overdue(text: str, language: str, told: int) -> None:
    made = report("minutes.docx", MINUTES + text, kind="management_review_record", language=language)
    assert ("overdue_actions" in flags(made)) == bool(told)


@pytest.mark.parametrize(
    ("last", "told"), [("Retention until: 1 May 2031", False), ("Seen at the meeting of 14 August 2026.", True)]
)
def test_a_form_is_written_after_its_due_day_by_a_day_that_has_come(last: str, told: bool) -> None:
    form = f"""# Corrective action report

{last}

No. :: CAR-12 || Opened :: 1 May 2026
Problem :: Burr in bore of housing || Root cause :: Worn drill
Corrective action :: Change drill every 400 bores || Due date :: 15 May 2026
Status :: open"""
    made = report("8D-12.docx", form, kind="corrective_action_record", criteria=("corrective_action",))
    assert ("overdue_actions" in flags(made)) is told


def _report(text: str, kind: str = "metrics_record", language: str = "en") -> set[str]:
    made = report("Report.docx", f"# Report\n\n{text}", kind=kind, criteria=("quality_metrics",), language=language)
    return set(flags(made))


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Made: 2,000\n\nGood: 1,900\n\nYield target: 98 %", "en", False),
        ("Output: 2,000\n\nGood: 1,900\n\nYield: ≥ 98 %", "en", False),
        ("产量：2000\n\n不良：40\n\n不良率目标：1.5 %", "zh", False),
        ("Produksi: 2000\n\nReject: 40\n\nTarget reject rate: 1,5 %", "id", False),
        ("Produced: 10,000 pcs\n\nRejected: 120 kg\n\nReject rate: 2.4 %", "en", False),
        ("Received: 400 lots\n\nRejected: 6 lots\n\nReject rate of pieces: 0.4 %", "en", False),
        ("Produced: 10,000 pcs\n\nRejected: 320 pcs\n\nReworked good: 200 pcs\n\nReject rate: 1.2 %", "en", False),
        ("Produced: 10,000 pcs\n\nRejected: 320 pcs\n\nReject rate: 1.2 %", "en", True),
        ("产量：2000\n\n不良：40\n\n不良率：1.5 %", "zh", True),
    ],
)
def test_a_rate_to_be_reached_or_of_other_things_need_not_follow_from_counts(
    text: str, language: str, told: bool
) -> None:
    assert ("figures_do_not_add" in _report(text, language=language)) is told


def _goods(head: str, last: str) -> set[str]:
    rows = "\n".join(f"| A{at} | 2026-03-0{at} | 2026-0{3 + at}-0{at} | 40 |" for at in range(1, 5))
    made = report(
        "Receipts.xlsx",
        f"# Incoming goods 2026\n\n| Lot | Received | {head} | Qty |\n{rows}\n| A5 | 2026-08-05 | {last} | 40 |",
        kind="traceability_record",
    )
    return set(flags(made))


@pytest.mark.parametrize(
    ("head", "last", "told"),
    [
        ("Retest date", "2026-12-05", False),
        ("SKT", "2027-03-05", False),
        ("Paid on", "2026-12-05", False),
        ("Tested", "2027-08-06", True),
    ],
)
def test_a_day_as_far_ahead_as_in_other_rows_is_no_work_done(head: str, last: str, told: bool) -> None:
    assert ("date_in_future" in _goods(head, last)) is told


@pytest.mark.parametrize(
    ("title", "language", "told"),
    [
        ("成立110年 進料檢驗記錄", "zh", False),
        ("保存110年 检验记录", "zh", False),
        ("设备购置2021年 点检表", "zh", False),
        ("Press 4 (2022) maintenance log", "en", False),
        ("進料檢驗記錄 110年", "zh", True),
        ("Maintenance log (2024)", "en", True),
    ],
)
def test_the_year_of_a_firm_or_machine_is_not_that_of_its_log(title: str, language: str, told: bool) -> None:
    rows = "\n".join(f"| 2026-0{at}-01 | Press 4 | oil changed | Budi |" for at in range(3, 7))
    made = report(
        "Log.docx",
        f"# {title}\n\n| Date | Machine | Work | By |\n{rows}",
        kind="traceability_record",
        language=language,
    )
    assert ("heading_year_left_over" in flags(made)) is told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("成立100年3月", None),
        ("质保期10年6月", None),
        ("工龄：12年3月", None),
        ("民國112年3月", "2023-03"),
        ("製造112年3月", "2023-03"),
    ],
)
def test_a_length_of_time_is_no_month(text: str, value: str | None) -> None:
    assert next((found.value for found in find(text, "ymd", "zh")), None) == value


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ("We checked lots L-0320 to L-0330 and found no burr.", False),
        ("Every housing since is clean.", False),
        ("The next five lots passed your incoming inspection.", False),
        ("The new drill was bought from another maker.", True),
    ],
)
def test_a_short_change_is_the_action_and_what_follows_the_look_at_it(look: str, told: bool) -> None:
    letter = f"""Bandung, 14 March 2026

Dear Mr Lim,

On 2 March 2026 you told us of burrs in the housings. They came from a worn drill. We changed the drill. {look} We closed the case on 30 March 2026.

Quality department"""
    made = report("letter.docx", letter, kind="corrective_action_record", criteria=("corrective_action",))
    assert ("no_effectiveness_check" in flags(made)) is told


def _inspection(text: str) -> set[str]:
    head = "# Final inspection report\n\nLot no. :: L-2026-031 || Date :: 12 March 2026\n\n"
    return set(flags(report("r.docx", head + text, kind="traceability_record")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sample n = 80, Ac = 2\n\nHardness found: 60 HRC\n\nResult: OK", False),
        ("AC 24 V supply test.\n\nDefects: 3\n\nResult: pass", False),
        ("Plan: n 50, Ac 1\n\nDefects: 8 minor points\n\nResult: pass", False),
        ("Units found: 36 of 36. Plan: n 50, Ac 1\n\nResult: pass", False),
        ("Plan: n 50, Ac 1\n\nDefects: 8 pcs\n\nResult: pass", True),
        ("Plan: n 50, Ac 1\n\nDefects found: 4\n\nResult: pass", True),
    ],
)
def test_only_bad_pieces_count_against_a_plan(text: str, told: bool) -> None:
    assert ("conclusion_contradicts_data" in _inspection(text)) is told


OTHERS = "\n\nMoisture (max 12 %): 11.4 %\n\nAsh (max 2 %): 1.4 %\n\nDust (max 1 %): 0.4 %"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Conditioning (min 24 h): 23 °C", False),
        ("Oven time: min 30 min, 25 °C", False),
        ("Conditioning (min 24 °C): 23 °C", True),
        ("Oven time (at least 30 h): 25 h", True),
    ],
)
def test_a_reading_of_another_unit_stands_under_no_limit(text: str, told: bool) -> None:
    assert ("out_of_limits_without_reaction" in _inspection(text + OTHERS)) is told


@pytest.mark.parametrize(
    ("head", "values", "told"),
    [
        ("Purity max 100 %", (99.1, 99.2, 99.4, 99.3, 99.5, 99.2, 99.4, 99.6), False),
        ("Fill volume max 500 ml", (498, 497, 499, 498, 496, 497, 498, 499), False),
        ("Leakage max 25 ml/min", (24.3, 24.5, 24.4, 24.6, 24.8, 24.5, 24.3, 24.7), True),
    ],
)
def test_a_share_below_the_whole_and_a_full_bottle_skirt_no_limit(
    head: str, values: tuple[float, ...], told: bool
) -> None:
    rows = "\n".join(f"| {at} | {value} | {100 + (at % 5 - 2) * 0.2:.1f} |" for at, value in enumerate(values, 1))
    assert ("results_just_under_limit" in _inspection(f"| No | {head} | Length 100 ± 1 |\n{rows}")) is told


def test_the_next_audit_is_not_the_day_on_which_a_case_was_closed() -> None:
    form = """# Corrective action report

No. :: CAR-12 || Opened :: 1 May 2026
Problem :: Burr in bore of housing || Root cause :: Worn drill
Corrective action :: Change drill every 400 bores || Due date :: 15 May 2026
Status :: open || Next audit :: 12 November 2026"""
    made = report("8D-12.docx", form, kind="corrective_action_record", criteria=("corrective_action",))
    case = next(fact for fact in made.facts if fact.kind == "case")
    assert "2026-11-12" not in case.value
    assert "Next audit" not in case.value
