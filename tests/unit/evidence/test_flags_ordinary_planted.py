"""What is ordinary beside the papers of a bundle and stays silent, each beside the fault that is like it and does not."""

import pytest

from evidence.model import DocumentReport
from tests.unit.evidence.builders import flags, report

CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
LIVED = {"kind": "traceability_record", "criteria": ("traceability",)}

SEEN = (
    "none seen", "box torn at one corner", "label printed anew", "two pieces short, sent after", "pallet wrapped twice", "driver came late", "strap loose",
    "weighed again", "customer fetched it", "sample kept in the office", "foil from the new roll", "paper on top wet", "count by scale", "shared truck",
)  # fmt: skip
ROWS = "".join(
    f"| K-{100 + number} | Norbury Pumps | {300 + 7 * number} | {seen} |\n" for number, seen in enumerate(SEEN)
)


def register(path: str, rows: str) -> DocumentReport:
    return report(path, f"# Shipped lots, October\n\n| Lot | Customer | Pieces | Remark |\n{rows}", **LIVED)


@pytest.mark.parametrize(("old", "new", "copied"), [("October", "October", False), ("October", "November", True)])
def test_an_edition_that_lacks_the_last_row_is_no_copy_and_one_under_another_month_is(
    old: str, new: str, copied: bool
) -> None:
    before = register("lots old.xlsx", "".join(ROWS.splitlines(keepends=True)[:-1]))
    after = report("lots.xlsx", f"# Shipped lots, {new}\n\n| Lot | Customer | Pieces | Remark |\n{ROWS}", **LIVED)
    assert ("near_identical_records" in flags(before, after)) is copied


MINUTES = (
    "# Management review {day}\n\nPresent: Paul, Ana, Maria. Customer satisfaction was looked at and is good in all regards, the customers "
    "wrote friendly mails. The objectives were met by all departments as in the time before. Suppliers deliver well and no change is "
    "needed this time. Training went as planned for all people on the lines. The system is suitable and will be kept by everybody.\n"
)


@pytest.mark.parametrize(("day", "copied"), [("20 June 2025", False), ("18 June 2026", True)])
def test_minutes_that_say_more_are_the_fuller_state_of_those_of_their_day_alone(day: str, copied: bool) -> None:
    review = {"kind": "management_review_record", "criteria": ("management_review",)}
    first = report("review.docx", MINUTES.format(day="20 June 2025"), **review)
    fuller = report("review with note.docx", MINUTES.format(day=day) + "\nCopies to all.\n", **review)
    assert ("near_identical_records" in flags(first, fuller)) is copied


ANSWERED = (
    "# Claim HD-2607\n\nReceived :: 7 January 2026 || Customer :: Handel Motors\nProblem :: buzz after the vibration test, 23 of 8,396 pieces came back from "
    "the line\nReturned :: 19 buzz confirmed, 4 without fault, screw of the module loose\n"
)


@pytest.mark.parametrize("fuller", [True, False])
def test_a_case_is_judged_by_its_fullest_paper(fuller: bool) -> None:
    told = "Root cause :: loop of the lead wire too high, jig FK-7 worn by 0.8 mm\nAction :: jig changed 31 January 2026, loop height checked\n"
    checked = "Effectiveness :: 34 lots to 2 April 2026, buzz 0\nClosed :: 3 April 2026\n"
    asked = report("HD-2607 first reply.docx", ANSWERED + told, **CASE)
    assert (
        "no_effectiveness_check"
        not in flags(asked, *[report("answer.docx", ANSWERED + told + checked, **CASE)][:fuller])
    ) is fuller


LEFT = "Opened :: 5 March 2026 || Closed :: 5 March 2026\nProblem :: bolt missing on bracket\nRoot cause :: operator was careless\nAction :: operator retrained\nEffectiveness ::\n"


@pytest.mark.parametrize(
    ("heading", "taught"),
    [
        ("Example of a filled form", True),
        ("Ví dụ phiếu đã điền", True),
        ("Contoh borang yang diisi", True),
        ("ตัวอย่างการกรอก", True),
        ("Doldurulmuş form örneği", True),
        ("작성 예시", True),
        ("填写示例", True),
        ("Report CA-12", False),
    ],
)
def test_a_filled_example_within_a_paper_accuses_nobody(heading: str, taught: bool) -> None:
    paper = report(
        "WI-12.docx", f"# How problems are told\n\nEach gets its form on the day.\n\n# {heading}\n\n{LEFT}", **CASE
    )
    assert ("closed_same_day" not in flags(paper)) is taught


@pytest.mark.parametrize(
    ("title", "taught"),
    [
        ("Training case (invented): wrong colour", True),
        ("Tình huống bài tập (giả định): sai màu", True),
        ("Kasus latihan (rekaan): warna salah", True),
        ("교육용 사례(가상): 색상 오류", True),
        ("研修用事例（架空）：色違い", True),
        ("培训案例（虚构）：颜色错误", True),
        ("Eğitim vakası (kurgu): yanlış renk", True),
        ("Case 14, training: wrong colour", False),
    ],
)
def test_a_case_to_learn_from_is_none_in_any_language(title: str, taught: bool) -> None:
    assert ("closed_same_day" not in flags(report("slides.pptx", f"# {title}\n\n{LEFT}", **CASE))) is taught


FORMS = "Minutes of the management review, {0}-04\n\nInternal audit report, {0}-07\n\n8D report, {0}-11\n\nSupplier evaluation sheet, {0}-15\n\nShipment release note, {0}-19\n"


@pytest.mark.parametrize(("number", "listed"), [("F-11", True), ("no number", False)])
def test_kinds_of_records_by_the_numbers_of_their_forms_promise_nothing(number: str, listed: bool) -> None:
    came = [
        report(
            "Review 2026.docx", "# Minutes of the management review\n\n3 June 2026", kind="management_review_record"
        ),
        report("Audit 2026.docx", "# Internal audit report\n\n4 June 2026", kind="internal_audit_record"),
        report("8D C-4.docx", f"# 8D report\n\n{number}, 5 June 2026", **CASE),
        report("Release.docx", "# Shipment release note\n\n6 June 2026", kind="traceability_record"),
    ]
    annex = report(
        "Annex A.docx", f"# Annex A: records of this manual\n\n{FORMS.format('F')}", reading="static", mode="other"
    )
    assert ("promised_document_missing" in flags(annex, *came)) is listed


@pytest.mark.parametrize(
    ("author", "made_at_once"), [("ABBYY FineReader 15", False), ("Canon iR-ADV C3520", False), ("Canonico", True)]
)
def test_a_converter_that_leaves_its_name_as_author_is_no_hand(author: str, made_at_once: bool) -> None:
    papers = [
        report(
            f"{day}.docx", f"# Break test\n\nTested on {day}, lot P12-06{day[:2]}, 36.{day[:2]} kN, splice.",
            metadata={"created": "2026-08-28T09:30:00", "producer": "Microsoft Word", "author": author}, **LIVED,
        )
        for day in ("11 February 2026", "13 April 2026", "19 May 2026")
    ]  # fmt: skip
    assert ("many_records_one_sitting" in flags(*papers)) is made_at_once


@pytest.mark.parametrize(
    ("title", "old"),
    [
        ("Report of the certification audit", False),
        ("인증심사 보고서", False),
        ("Laporan audit sertifikasi", False),
        ("Internal audit report", True),
    ],
)
def test_an_audit_by_a_certification_body_years_ago_is_no_internal_one(title: str, old: bool) -> None:
    paper = report(
        "archive.pdf", f"# {title}\n\nHeld on 12 November 2014 by two auditors. One minor nonconformity, a caliper without label, answered 9 December 2014.",
        criteria=("internal_audit",),
    )  # fmt: skip
    assert ("internal_audit_too_old" in flags(paper)) is old


def test_pieces_measured_alike_at_the_resolution_of_the_gauge() -> None:
    head = "| ตรวจแหวนรอง ล็อต W-26-041 วันที่ 1 สิงหาคม 2026 | | | | | | |\n| รายการ | เกณฑ์ | 1 | 2 | 3 | 4 | 5 |\n| ความแข็ง Shore A | 60 ± 5 | 61 | 60 | 60 | 62 | 61 |\n"
    paper = report("lot 41.xlsx", f"=== 1\n{head}| ความหนา mm | 2.0 ± 0.1 | 2.0 | 2.0 | 2.0 | 2.0 | 2.0 |", **LIVED)
    assert "kpi_values_constant" not in flags(paper)


def test_the_office_file_of_a_print_keeps_its_day_and_author() -> None:
    made = {"created": "2026-08-28T09:30:00", "producer": "Microsoft Excel", "author": "Lan"}
    text = "# Break test\n\nTested on {0} by Lan, lot P12-06{1}, {1} pieces of rope, broke at 36.{1} kN beside the splice, all strands drawn out, eye whole, no slip seen"
    days = ("11 February 2026", "13 April 2026", "19 May 2026")
    papers = [report(f"{day}.xlsx", text.format(day, day[:2]), metadata=made, **LIVED) for day in days]
    prints = [report(f"{day}.pdf", text.format(day, day[:2]), **LIVED) for day in days]
    both = [one for pair in zip(prints, papers, strict=True) for one in pair]
    assert "many_records_one_sitting" in flags(*papers)
    assert "many_records_one_sitting" in flags(*both)


SHEET = "| Measure | Target | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug |\n| Rejects press shop (%) | 2.5 | 2.31 | 2.64 | 2.22 | 2.47 | | | | |\n| Rejects mixing (%) | 0.8 | 0.62 | 0.71 | 0.55 | 0.83 | 0.66 | 0.59 | 0.74 | 0.61 |\n| Rejects packing (%) | 0.5 | 0.31 | 0.42 | 0.37 | 0.44 | 0.29 | 0.35 | 0.41 | 0.33 |\n"


@pytest.mark.parametrize(("shown", "carried_on"), [("Rejects mixing (%)", False), ("Rejects press shop (%)", True)])
def test_a_deck_that_shows_the_line_beside_does_not_carry_on_the_one_that_stopped(shown: str, carried_on: bool) -> None:
    months = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
    sheet = report("KPI 2026.xlsx", f"=== 2026\n{SHEET}", **months)
    head = "| Measure | Jan | Feb | Mar | Apr | May | Jun |\n"
    deck = report(
        "deck June 2026.pptx",
        f"# Quality report 2026\n\n{head}| {shown} | 0.62 | 0.71 | 0.55 | 0.83 | 0.66 | 0.59 |\n",
        **months,
    )
    assert "series_stops" in flags(sheet)
    assert ("series_stops" not in flags(sheet, deck)) is carried_on
