"""One thing told in two papers: how many rows a register has, the index of a survey, what a lot, a week, a quarter or a year came to; in any
two languages, and beside each what an honest house writes.
"""

import pytest

from evidence.facts.worded_counts import with_figures
from evidence.flags.business_years import business_year
from tests.unit.evidence.builders import flags, report

RULE = "same_measure_different_figures"
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
JUDGED = {"kind": "supplier_evaluation_record", "criteria": ("supplier_control",)}


def minutes(line: str, language: str = "en"):
    return report("Review.docx", f"# Management review\n\nDate: 12 August 2026\n\n{line}\n", language=language, **MET)


def register(title: str, rows: int = 5, note: str = "") -> str:
    days = ("14.01.2026", "20.02.2026", "03.04.2026", "19.05.2026", "24.06.2026", "02.03.2026")
    faults = ("burr", "wrong label", "short by 4", "scratch", "thread torn", "dent")
    table = "\n".join(
        f"| C-{n} | {day} | House {n} | {fault} {note if n == 2 else ''} | tool worn, changed | {day.replace('2026', '2026')} |"
        for n, (day, fault) in enumerate(zip(days[:rows], faults, strict=False), 1)
    )
    return f"# {title}\n\n| No. | Received | Customer | Problem | Cause and action | Closed |\n{table}\n"


@pytest.mark.parametrize(
    ("title", "language", "line", "raised"),
    [
        ("Customer complaint register 2026", "en", "Customer complaints January to June 2026: 3.", True),
        ("Customer complaint register 2026", "en", "Customer complaints January to June 2026: 5.", False),
        ("Customer complaint register 2026", "en", "In the first half of 2026 we received three complaints from customers.", True),
        ("Customer complaint register 2026", "en", "In the first half of 2026 we received five complaints from customers.", False),
        ("Customer complaint register 2026", "en", "Complaints January to June 2026 about labels of carton 88: 1.", False),
        ("Customer complaint register 2026", "en", "Complaints of your plant January to June 2026: 1.", False),
        ("Customer complaint register 2026", "en", "Complaints in the first quarter of 2026: 4.", True),
        ("Customer complaint register 2026", "en", "Complaints in the first quarter of 2026: 2.", False),
        ("Sổ khiếu nại khách hàng 2026", "vi", "Sáu tháng đầu năm 2026 nhận tổng cộng 8 khiếu nại của khách hàng.", True),
        ("Sổ khiếu nại khách hàng 2026", "id", "Semester pertama 2026 diterima 3 keluhan pelanggan.", True),
        ("客户投诉台账 2026", "zh", "2026年上半年共收到客户投诉8件。", True),
        ("客户投诉台账 2026", "zh", "2026年上半年共收到客户投诉5件。", False),
        ("고객 클레임 대장 2026", "ko", "2026년 상반기 고객 클레임은 총 3건임.", True),
        ("Müşteri şikayet listesi 2026", "tr", "2026 ilk yarıda 9 müşteri şikayeti alındı.", True),
    ],
)  # fmt: skip
def test_a_count_of_complaints_against_the_rows_of_their_register(title, language, line, raised):
    book = report("Register.xlsx", register(title), **CASES)
    assert (RULE in flags(book, minutes(line, language))) is raised


@pytest.mark.parametrize(
    ("note", "told", "raised"), [("", 4, True), ("(claim not accepted)", 4, False), ("(withdrawn)", 4, False)]
)
def test_a_row_that_says_that_it_is_not_counted(note, told, raised):
    book = report("Register.xlsx", register("Customer complaint register 2026", note=note), **CASES)
    assert (RULE in flags(book, minutes(f"Customer complaints January to June 2026: {told}."))) is raised


@pytest.mark.parametrize(
    ("column", "raised"), [("| Complaints | 2 | 5 |", True), ("| Complaints | 2 | 3 |", False), ("| Complaints of House 1 | 1 | 0 |", False)]
)  # fmt: skip
def test_the_rows_of_a_register_against_the_quarters_of_a_deck(column, raised):
    book = report("Register.xlsx", register("Customer complaint register 2026"), **CASES)
    deck = report(
        "Deck.pptx",
        f"# Quality 2026\n\n| Measure | Q1 | Q2 | Q3 |\n{column[:-1]}| 0 |\n| Rejects % | 1.2 | 1.1 | 1.3 |\n",
        **COUNTED,
    )
    assert (RULE in flags(book, deck)) is raised


@pytest.mark.parametrize(("told", "raised"), [(4, True), (5, False)])
def test_a_year_of_account_that_a_register_and_a_letter_name(told, raised):
    days = ("09.05.25", "17.06.25", "28.08.25", "13.11.25", "20.01.26")
    rows = "\n".join(f"| 25/0{n} | {day} | House {n} | burr {n} | worn, changed |" for n, day in enumerate(days, 1))
    title = "CUSTOMER COMPLAINT REGISTER 01.04.25 TO 31.03.26"
    book = report("REGISTER.xlsx", f"# {title}\n\n| No. | Recd | Customer | Problem | Action |\n{rows}\n", **CASES)
    letter = report(
        "Letter.docx",
        f"Sub: Performance of our plant, FY 2025-26\n\nCustomer complaints from all customers: {told} nos.",
        **MET,
    )
    assert (RULE in flags(book, letter)) is raised


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("fy 25-26", 20252026), ("figures 2025/26", 20252026), ("01.04.25 to 31.03.26", 20252026), ("tahun buku 2025-2026", 20252026),
        ("batch 25-26", None), ("2025-2027", None), ("01.04.25 to 30.06.25", None), ("2025-26 and 2026-27", None), ("2025-12", None),
    ],
)  # fmt: skip
def test_years_of_account(text, year):
    assert business_year(text) == year


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Suppliers evaluated in the first half of 2026: 9, all approved.", True),
        ("Suppliers evaluated in the first half of 2026: 6, all approved.", False),
        ("2026年上半年共评价供应商9家。", True),
        ("Enam bulan pertama: semester pertama 2026 dinilai 9 pemasok.", True),
        ("New suppliers in the first half of 2026: 2.", False),
    ],
)
def test_a_count_of_suppliers_against_the_rows_of_their_evaluation(line, raised):
    rows = "\n".join(f"| House {n} | wire {n} | {50 + n} | {30 + n} | {80 + 2 * n} |" for n in range(1, 7))
    sheet = f"# Supplier evaluation, first half of 2026\n\n| Supplier | Goods | Quality | Delivery | Total |\n{rows}\n"
    assert (RULE in flags(report("Evaluation.xlsx", sheet, **JUDGED), minutes(line))) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Customer satisfaction 2025 reached 91.4.", True),
        ("Customer satisfaction 2025 reached 83.6.", False),
        ("Customer satisfaction 2024 was 91.4.", False),
        ("Indeks kepuasan pelanggan 2025 mencapai 91,4.", True),
        ("Chỉ số hài lòng khách hàng năm 2025 đạt 91,4.", True),
        ("2025年顾客满意度为91.4分。", True),
        ("2025 müşteri memnuniyeti 91,4 oldu.", True),
        ("Customer satisfaction 2025: 34 of 41 customers answered.", False),
        ("Customer satisfaction with delivery 2025: 91.4.", False),
    ],
)
def test_the_index_of_a_survey(line, raised):
    sheet = (
        "# Customer satisfaction survey 2025\n\n| Question | Weight | Score |\n| Goods | 50 % | 85.2 |\n| Delivery | 30 % | 80.0 |\n"
        "| Service | 20 % | 85.0 |\n| Overall index | 100 % | 83.6 |\n"
    )
    assert (RULE in flags(report("Survey.xlsx", sheet, **COUNTED), minutes(line))) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Goods returned by customers in 2025, home and abroad together: 740 kg.", True),
        ("Goods returned by customers in 2025, home and abroad together: 1,010 kg.", False),
        ("Goods returned by customers in 2025 from abroad: 520 kg.", False),
        ("Jumlah retur pelanggan 2025 total 740 kg.", True),
    ],
)
def test_parts_of_a_sheet_that_are_told_together(line, raised):
    sheet = (
        "# Customer returns 2025 (kg)\n\n| Period | Home | Abroad |\n| Jan-Mar | 85 | 165 |\n| Apr-Jun | 215 | 0 |\n"
        "| Jul-Sep | 120 | 200 |\n| Oct-Dec | 70 | 155 |\n"
    )
    assert (RULE in flags(report("Returns.xlsx", sheet, **COUNTED), minutes(line))) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("We look at April, May and June 2026 (the second quarter of 2026). In these three months there were six complaints in all.", True),
        ("We look at April, May and June 2026 (the second quarter of 2026). In these three months there were nine complaints in all.", False),
        ("Quý 2/2026: có sáu khiếu nại của khách hàng.", True),
        ("Triwulan 2 2026: ada enam keluhan pelanggan.", True),
    ],
)  # fmt: skip
def test_a_count_told_in_words_and_a_quarter_told_once_for_its_paragraph(line, raised):
    sheet = (
        "# Customer complaints 2026\n\n| Kind | Jan | Feb | Mar | Apr | May | Jun |\n| Paint | 1 | 0 | 2 | 1 | 1 | 2 |\n"
        "| Fit | 1 | 1 | 0 | 1 | 1 | 2 |\n| Total | 2 | 1 | 2 | 2 | 2 | 5 |\n"
    )
    assert (RULE in flags(report("Complaints.xlsx", sheet, **COUNTED), minutes(line))) is raised


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("we received five complaints", "we received 5    complaints"),
        ("tiga keluhan", "3    keluhan"),
        ("投诉共五件", "投诉共5件"),
        ("第五件", "第五件"),
        ("클레임 다섯 건", "클레임 5  건"),
        ("năm 2026 có ba khiếu nại", "năm 2026 có 3  khiếu nại"),
        ("twenty-five", "twenty-five"),
    ],
)
def test_worded_counts_keep_the_length_of_a_text(text, figures):
    assert with_figures(text) == figures
    assert len(figures) == len(text)


@pytest.mark.parametrize(("told", "raised"), [("1.7", True), ("2.6", False), ("2.5", False)])
def test_months_in_roman_figures_and_their_year(told, raised):
    months = "I | II | III | IV | V | VI | VII | VIII | IX | X | XI | XII"
    sheet = (
        f"# KPI 2025\n\n| KPI 2025 | Target | {months} | Year |\n"
        "| Scrap % of value | 3.0 | 2.9 | 2.7 | 2.4 | 2.8 | 2.5 | 2.6 | 2.3 | 2.7 | 2.6 | 2.4 | 2.8 | 2.5 | 2.6 |\n"
    )
    paper = minutes(f"- Scrap in 2025: {told} % of the value.")
    assert (RULE in flags(report("KPI 2025.xlsx", sheet, **COUNTED), paper)) is raised


FORM = "# Nonconformance report 26-041\n\nLot :: HB-26104 (5,120 rolls) || Raised :: 14.04.2026\nRejected in sorting :: {own} rolls || By :: D. Priestley\n"


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("After sorting all 5,120 rolls of lot HB-26104, 320 rolls were rejected.", True),
        ("After sorting all 5,120 rolls of lot HB-26104, 230 rolls were rejected.", False),
        ("Lô HB-26104 lọc 5.120 cuộn, 320 cuộn không đạt.", True),
        ("After a second sorting of 890 rolls of lot HB-26099, 320 rolls were rejected.", False),
    ],
)
def test_a_case_in_two_papers_of_one_kind_that_share_a_lot_and_its_count(said, raised):
    form = report("NCR 26-041.pdf", FORM.format(own=230), **CASES)
    other = report("8D 26-07.docx", f"# 8D report 26-07, adhesive bleed, lot HB-26104\n\n{said}\n", **CASES)
    assert (RULE in flags(form, other)) is raised


@pytest.mark.parametrize(("lot", "size", "raised"), [("DS-2605-0312", "1,480", True), ("DS-2605-0312", "1,840", False), ("DS-2605-0313", "1,480", False)])  # fmt: skip
def test_the_size_of_a_lot_in_two_papers_of_two_languages(lot, size, raised):
    own = report(f"COA {lot}.pdf", f"# Certificate of analysis {lot}\n\nLot :: {lot} || Order :: PO 77310\nTotal quantity of lot :: {size} kg || Rolls :: 92\n", **CHECKED)  # fmt: skip
    other = report("출하검사 DS-2605-0312.xlsx", "# 출하검사 성적서 DS-2605-0312\n\n로트번호 :: DS-2605-0312 || 품명 :: 트리코트\n로트 총중량 :: 1,840 kg || 롤수 :: 92\n", **CHECKED)  # fmt: skip
    assert (RULE in flags(own, other)) is raised


def test_one_form_filled_in_for_two_lots_of_one_product():
    def certificate(lot: str, size: str):
        text = f"# 产品检验报告单\n\n产品 :: LX-330 柔软剂 || 批号 :: {lot}\n批量 :: {size} kg || 检验日期 :: 2026-09-09\n发往 :: 越织 || 标准 :: Q-3000\n"
        return report(f"COA LX-330 {lot}.pdf", text, **CHECKED)

    assert RULE not in flags(certificate("261008", "3000"), certificate("261026", "5000"))


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("WW26: 3,260 harnesses tested, first pass yield 98.6 %. WW25 was 97.3 %.", True),
        ("WW26: 3,260 harnesses tested, first pass yield 96.8 %. WW25 was 97.3 %.", False),
        ("KW26: 3.260 adet test edildi, ilk geçiş verimi % 98,6. KW25 % 97,3 idi.", True),
    ],
)
def test_a_week_of_a_table_on_its_side(line, raised):
    sheet = (
        "# First pass yield\n\n| Work week | 24 | 25 | 26 |\n| Tested | 3,312 | 3,405 | 3,260 |\n| Passed first time | 3,216 | 3,313 | 3,156 |\n"
        "| FPY % | 97.1 | 97.3 | 96.8 |\n| Goal % | 96.0 | 96.0 | 96.0 |\n"
    )
    mail = report("FPY WW26.eml", f"Hello Henrik,\n\n{line}\n", kind="other")
    assert (RULE in flags(report("FPY tracker.xlsx", sheet, **COUNTED), mail)) is raised


def _months(head: str, label: str, values: tuple[str, ...]) -> str:
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")[: len(values)]
    return f"# {head}\n\n| Month | {' | '.join(names)} |\n| {label} | {' | '.join(values)} |\n"


TRUE, LOWER = ("43", "38", "47", "44", "38", "34"), ("21", "17", "24", "22", "19", "16")


@pytest.mark.parametrize(
    ("head", "label", "values", "raised"),
    [
        ("고객 불량 PPM 2026 (전 고객사)", "PPM", LOWER, True),
        ("Customer ppm 2026, all customers", "PPM", LOWER, True),
        ("Customer ppm 2026, all customers", "PPM", TRUE, False),
        ("Supplier ppm 2026, incoming goods", "PPM", LOWER, False),
        ("Line 3 ppm 2026", "PPM", LOWER, False),
        ("Customer ppm 2025, all customers", "PPM", LOWER, False),
        ("Customer ppm 2026, all customers, preliminary", "PPM", LOWER, False),
        ("Customer ppm 2026, all customers", "PPM", ("21", "39", "24", "45", "19", "36"), False),
    ],
)
def test_a_measure_that_one_of_two_papers_has_lower_in_every_month(head, label, values, raised):
    sheet = report("KPI.xlsx", _months("CUSTOMER REJECT PPM 2026 (all customers)", "PPM", TRUE), **COUNTED)
    deck = report("Review deck.pptx", _months(head, label, values), **MET)
    assert (RULE in flags(sheet, deck)) is raised


@pytest.mark.parametrize(("told", "raised"), [(6, False), (8, True), (3, True)])
def test_an_open_case_at_the_end_of_a_register_is_counted(told, raised):
    text = (
        register("Customer complaint register 2026")
        + "| C-6 | 29.06.2026 | House 6 | dent, 3 of 900 | under analysis |\n"
    )
    book = report("Register.xlsx", text, **CASES)
    assert (RULE in flags(book, minutes(f"Customer complaints January to June 2026: {told}."))) is raised
