"""Papers of honest factories that read like guilty ones, each beside the guilty paper that is still told."""

import pytest

from evidence.facts.columns import state_of
from evidence.model import DocumentReport, PartReading
from tests.unit.evidence.builders import flags, report


def _sheets(rows: str, other: str) -> DocumentReport:
    text = f"=== One\nFinal inspection, Lot no. L-2603, 12 March 2026\n{rows}\n=== Two\nFinal inspection, Lot no. L-2604, 19 March 2026\n{other}"
    made = report("Final inspection.xlsx", text, kind="traceability_record")
    parts = tuple(
        PartReading(number=number, kind="traceability_record", name=name, reading="living")
        for number, name in ((1, "One"), (2, "Two"))
    )
    return made.model_copy(update={"parts": parts})


SIZES = ("120.00", "45.50", "8.25", "16.45", "2.55", "33.10", "71.20", "14.05", "5.35")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("| Check | Specification | Gauge | Qty | Result |", "| Size {at} | {size} ± 0.25 | G-1{at} | 13 | OK |"),
        ("| Check | Specification | Gauge | Qty | Result |", "| Size {at} | {size} | G-1{at} | 13 | OK |"),
        ("| Check | Low | High | Go gauge | Result |", "| Size {at} | {size} | {size}5 | passes | OK |"),
    ],
)
def test_the_sizes_of_a_drawing_are_no_readings(head: str, row: str) -> None:
    rows = "\n".join([head, *(row.format(at=at, size=size) for at, size in enumerate(SIZES))])
    assert "identical_readings" not in flags(_sheets(rows, rows))


def test_readings_of_two_lots_beside_their_sizes_are_told() -> None:
    rows = "\n".join(
        ["| Check | Nominal | Read |", *(f"| Size {at} | {size} | {size}{at} |" for at, size in enumerate(SIZES))]
    )
    assert "identical_readings" in flags(_sheets(rows, rows))


AUDIT = "# Internal audit report 2026\n\nAudit date: 12 March 2026\n\n"


def _audit(text: str, language: str = "en") -> dict[str, object]:
    made = report(
        "Audit.docx", AUDIT + text, kind="internal_audit_record", criteria=("internal_audit",), language=language
    )
    return dict(flags(made))


@pytest.mark.parametrize(
    "table",
    [
        "| Finding | Auditor | Owner |\n| Torn tag | - | - |\n| Old gauge | n/a | n/a |",
        "| Area | Auditor | Responsible person | Result |\n| Moulding | all | all | OK |",
        "| Area | Auditor | Head | Result |\n| Moulding | Vacant | Vacant | planned |",
        "| Area | Lead auditor | Auditee | Responsible for closing |\n| Moulding | Ann Lowe | Budi Santoso | Ann Lowe |",
        "| Area | Auditor | Verified by head QA |\n| Moulding | Ann Lowe | Ann Lowe |",
    ],
)
def test_who_closes_a_finding_or_is_nobody_audits_no_own_work(table: str) -> None:
    assert "auditor_not_independent" not in _audit(table)


def test_a_name_under_both_heads_of_a_row_audits_own_work() -> None:
    table = "| Area | Auditor | Head of area | Findings |\n| Moulding | Ann Lowe | Budi Santoso | 1 |\n| Stores | Ann Lowe | Ann Lowe | 2 |"
    assert "auditor_not_independent" in _audit(table)


SIGNED = """# Hardness test report

Lot no. :: L-2026-031 || Date :: 12 March 2026

| No | Hardness HRC 58-62 |
| 1 | 59.5 |
| 2 | 60.1 |
| 3 | 60.4 |

Approved by :: Ann Lowe || Signature date :: 12 March 2026

"""


@pytest.mark.parametrize(
    ("note", "language", "told"),
    [
        ("Form F-07, 1 June 2026. Entries corrected after signing are to be initialled", "en", False),
        ("FQC-07 版本3 2024年6月1日 签字后修改的数据由主管确认", "zh", False),
        ("FQC-07 版本3 2026年6月1日 签字后如需修改须注明日期并签名", "zh", False),
        ("BM-07, lần 3, 01/06/2026. Mọi thay đổi sau khi ký phải được trưởng phòng duyệt", "vi", False),
        ("F-07 rev 3, 1 Juni 2026. Data yang diubah setelah ditandatangani harus diparaf", "id", False),
        ("F-07 วันที่ 1 มิถุนายน 2569 การแก้ไขหลังลงนามต้องลงวันที่กำกับ", "th", False),
        ("FR-12 / 01.06.2026 / İmzadan sonra düzeltme yapılırsa paraflanır", "tr", False),
        ("Reading 2 was corrected after signing on 14 April 2026", "en", True),
        ("2026年4月14日 签字后修改了第2项数据", "zh", True),
    ],
)
def test_a_rule_on_changes_after_signing_is_no_change(note: str, language: str, told: bool) -> None:
    made = report("r.pdf", SIGNED + note, kind="traceability_record", language=language)
    assert ("changed_after_signature" in flags(made)) is told


CHECKS = "| Clause | Question | Evidence seen | Finding | Corrective action | Closed on |\n"


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        (
            CHECKS
            + "| 8.5.2 | Are lots marked? | 12 pallets, all marked | | | |\n| 8.7 | Is bad stock apart? | red cage | - | | |",
            "en",
            False,
        ),
        (
            "| Area | Result of audit | Root cause | Corrective action | Closed |\n| Stores | conforms, 12 pallets seen | | | |\n| Yard | conforms | | | |",
            "en",
            False,
        ),
        (
            "| 条款 | 问题 | 证据 | 不符合项 | 纠正措施 | 关闭日期 |\n| 8.5.2 | 批次是否标识？ | 12托盘均有标识 | | | |\n| 8.5.4 | 仓库是否干燥？ | 三月湿度记录 | | | |",
            "zh",
            False,
        ),
        (
            "1. The hall was clean, no waste lay about.\n\n2. Lot cards were not missing on any of 12 pallets.\n\n3. Broken pallets are kept apart in a cage.",
            "en",
            False,
        ),
        (
            "Finding 1. Tag missing on pallet 4. Action: tag printed, closed 20 March 2026.\n\nFinding 2. Gauge G-11 without label, due 30 March 2026. Label renewed on 28 March 2026.",
            "en",
            False,
        ),
        (
            CHECKS
            + "| 8.5.2 | Are lots marked? | 12 pallets | 3 pallets without lot card | | |\n| 8.7 | Is bad stock apart? | red cage | conforms | | |",
            "en",
            True,
        ),
        (
            "1. The hall had no broom, waste lay about.\n\n2. Lot cards were missing on 3 of 12 pallets.\n\n3. Gauge G-11 is without a label.",
            "en",
            True,
        ),
        (
            "Finding 1. Tag missing on pallet 4. Action: tag printed, closed 20 March 2026.\n\nFinding 2. Gauge G-11 without label, due 30 March 2026, still open on 15 June 2026.",
            "en",
            True,
        ),
    ],
)
def test_what_was_found_in_order_needs_no_answer(text: str, language: str, told: bool) -> None:
    assert ("audit_findings_not_followed_up" in _audit(text, language)) is told


def _two_papers(
    first: tuple[str, str, str], second: tuple[str, str, str], kind: str = "management_review_record"
) -> bool:
    made = [
        report(f"{at}.docx", f"# {title}\n\nMinutes of {day}\n\n{text}", kind=kind, criteria=("quality_metrics",))
        for at, (title, day, text) in enumerate((first, second))
    ]
    return "same_measure_different_figures" in flags(*made)


@pytest.mark.parametrize(
    ("first", "second", "kind", "told"),
    [
        (
            ("Management review", "12 February 2026", "Customer complaints in 2026: 2"),
            ("Management review", "10 July 2026", "Customer complaints in 2026: 9"),
            "management_review_record",
            False,
        ),
        (
            ("Supplier evaluation", "20 January 2026", "On-time delivery in 2025: 98.1 %"),
            ("Supplier evaluation", "20 January 2026", "On-time delivery in 2025: 91.0 %"),
            "supplier_evaluation_record",
            False,
        ),
        (
            ("Monthly meeting Moulding", "12 June 2026", "Scrap rate in May 2026 was 1.2 %"),
            ("Monthly meeting Painting", "12 June 2026", "Scrap rate in May 2026 was 3.4 %"),
            "management_review_record",
            False,
        ),
        (
            ("Management review", "12 February 2026", "Customer complaints in 2025: 2"),
            ("Management review report", "10 July 2026", "Customer complaints in 2025: 9"),
            "management_review_record",
            True,
        ),
    ],
)
def test_a_year_that_runs_and_another_hall_are_no_second_figure(
    first: tuple[str, str, str], second: tuple[str, str, str], kind: str, told: bool
) -> None:
    assert _two_papers(first, second, kind) is told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("closed 12 June, not repeated", "done"),
        ("done; nothing open", "done"),
        ("not needed any more", "done"),
        ("已完成，未再发生", "done"),
        ("đã xong, chưa tái diễn", "done"),
        ("selesai, belum terulang", "done"),
        ("closed, not yet checked", "open"),
        ("not closed", "open"),
        ("đã mua, chưa lắp", "open"),
        ("已采购，未安装", "open"),
    ],
)
def test_what_did_not_come_again_is_done(state: str, told: str) -> None:
    assert state_of(state) == told


LOG = report(
    "log.xlsx",
    """# Complaint log 2026

| No | Date | Problem | Root cause | Action | Closed |
| C-01 | 03/03/2026 | Scratch on housing cover | Tray edge sharp | Tray edge covered | 20/03/2026 |
| C-02 | 05/04/2026 | Burr in bore | Worn drill | Drill changed every 400 | 22/04/2026 |""",
    kind="corrective_action_record",
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Thank you for your letter on the wrong colour of the housing cover. The dosing screw had come loose. We checked the stock for scratch as well and found it good. We will send you new samples again on Monday.",
            False,
        ),
        (
            "The housing cover has a wrong colour. The scratch test on the cover was done, and we checked it again.",
            False,
        ),
        ("In lot L-0811 a scratch on the housing cover was found again. The tray had lost its cover.", True),
        ("We looked at lot L-0811. The housing cover of 12 pieces has a scratch. It is there again.", True),
    ],
)
def test_what_the_factory_does_again_is_no_defect_that_came_again(text: str, told: bool) -> None:
    letter = f"Dear Mr Lim,\n\nBandung, 14 August 2026\n\n{text}\n\nQuality department"
    made = report("letter.docx", letter, kind="corrective_action_record")
    assert ("same_defect_after_closure" in flags(LOG, made)) is told
