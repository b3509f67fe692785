"""Records that bear one day of typing though they are of days far apart: files, sheets of a workbook, scans."""

import pytest

from tests.unit.evidence.builders import flags, report

RULE = "many_records_one_sitting"


def check(month: int, note: str, name: str = "check-{month:02}.pdf", title: str = "Press check {month:02}/2026"):
    rows = "\n".join(f"| 2026-{month:02}-{day:02} | {day + 71} | ok |" for day in (4, 12, 23))
    text = f"# {title.format(month=month)}\n\n| Day | Force kN | Seen |\n{rows}\n\n{note}"
    return report(name.format(month=month), text, kind="traceability_record", criteria=("traceability",))


NOTES = (
    "Keyed in by R. Adeyemi, 2026-09-17",
    "Prepared by: R. Adeyemi   2026-09-17",
    "Người nhập liệu: Hà Thu   17/09/2026",
    "Diketik oleh Sari, 17 September 2026",
    "Ditaip oleh Faridah 17/9/2026",
    "กรอกข้อมูลเมื่อ 17/09/2569",
    "录入：高敏 2026-09-17",
    "작성일: 2026.09.17 한지우",
    "入力日 2026年9月17日 森",
    "Veri girişi: N. Ersoy 17.09.2026",
)


@pytest.mark.parametrize("note", NOTES)
def test_records_of_months_far_apart_typed_on_one_day(note):
    assert "typed" in flags(*[check(month, note) for month in (3, 5, 7)])[RULE].explanation


@pytest.mark.parametrize(
    ("months", "note"),
    [
        ((6, 7, 8), "Printed 2026-09-17"),  # what is printed was written before
        ((3, 5, 7), "Valid from 2026-09-17"),
        ((7, 8, 9), "Keyed in by R. Adeyemi, 2026-09-17"),  # a quarter that is over
        ((3, 5), "Keyed in by R. Adeyemi, 2026-09-17"),
        ((3, 5, 7), "Keyed in by R. Adeyemi from the paper cards, 2026-09-17"),
        ((3, 5, 7), "입력: 한지우 2026.09.17 (수기 기록에서 옮김)"),
    ],
)
def test_what_was_printed_or_copied_from_paper_or_of_a_quarter_is_no_sitting(months, note):
    assert RULE not in flags(*[check(month, note) for month in months])


def test_records_each_typed_in_its_own_month():
    papers = [check(month, f"Keyed in 2026-{month + 1:02}-02") for month in (3, 5, 7)]
    assert RULE not in flags(*papers)


@pytest.mark.parametrize(
    ("note", "raised"),
    [
        ("录入 2026-09-17 高敏", True),
        ("Entered 17 Sep 2026", True),
        ("编制 2026-09-17 高敏", False),
        ("Approved 17 Sep 2026", False),
    ],
)
def test_sheets_of_one_workbook_count_where_each_was_typed(note, raised):
    sheets = "\n".join(f"=== {month}月\n\n{month}月 moulds\n\n| Mould | Shots | Seen |\n| A{month} | {month * 811} | flash |\n| B | 77 | ok |\n\n{note}" for month in (3, 4, 5, 6))  # fmt: skip
    book = report("moulds.xlsx", sheets, kind="other", criteria=("process_ownership",))
    assert (RULE in flags(book)) is raised


MADE = {"created": "2026-09-17T09:30:00", "author": "Linh", "producer": "Microsoft Word"}


@pytest.mark.parametrize("told", ["Typed by Linh 2026-09-17", "Tested on 2026-09-17"])
def test_a_file_made_on_the_day_that_it_was_typed_is_of_the_days_it_tells(told):
    papers = [
        report(
            f"log {month}.docx", f"# Log\n\n| Day | kN |\n| 2026-{month:02}-03 | 71 |\n| 2026-{month:02}-20 | 73 |\n\n{told}",
            kind="traceability_record", criteria=("traceability",), metadata=MADE,
        )
        for month in (2, 4, 6)
    ]  # fmt: skip
    assert (RULE in flags(*papers)) is told.startswith("Typed")


def test_a_month_in_the_title_is_the_day_of_a_record_that_names_no_year():
    papers = [
        report(f"{month}月质量例会.docx", f"# {month} 月质量会议\n\n参加：胡、丁。废品 0.{month}%，比上月低，刀具已换。", kind="metrics_record", criteria=("quality_metrics",), metadata=MADE)
        for month in (5, 6, 8)
    ]  # fmt: skip
    assert RULE in flags(*papers)


def test_a_letter_that_tells_of_converted_files_explains_their_day():
    papers = [check(month, "", "log-{month}.docx") for month in (2, 4, 6)]
    papers = [paper.model_copy(update={"metadata": MADE}) for paper in papers]
    letter = report(
        "letter.txt", "On 2026-09-17 our old Lotus files were converted, so all bear that day.", kind="other"
    )
    assert RULE in flags(*papers)
    assert RULE not in flags(*papers, letter)
