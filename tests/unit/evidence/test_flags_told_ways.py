"""What a sentence says of the way of figures, against the row or column that it names, in whatever table and language."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}


def _contradicts(text, file="Figures 2026.xlsx", **kind):
    return "conclusion_contradicts_data" in flags(report(file, text, **(kind or COUNTED)))


LEAKS = (
    "# Pump house, leak test 2026\n\n"
    "| Month | Pumps tested | Leaking pumps | Oil refilled, l |\n"
    "| March | 412 | 6 | 31 |\n| April | 398 | 8 | 29 |\n| May | 420 | 11 | 33 |\n| June | 405 | 13 | 30 |\n| July | 411 | 17 | 32 |\n\n"
)


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Leaking pumps have come down every month since March.", True),
        ("The number of leaking pumps is trending down.", True),
        ("As the new seal went in, leaking pumps kept dropping.", True),
        ("Since April leaking pumps have eased.", True),
        ("Leaking pumps fell from March to June.", True),
        ("Leaking pumps have gone up every month since March.", False),
        ("Leaking pumps have not come down.", False),
        ("Leaking pumps must come down by October.", False),
        ("Leaking pumps came down against last year.", False),
        ("Leaking pumps came down from 2.9 % to 1.8 % on line 4.", False),
        ("Oil refilled has come down.", False),
        ("Paint runs have come down every month.", False),
        ("The lathe speed was reduced because of leaking pumps.", False),
    ],
)
def test_a_column_of_months_and_a_sentence_that_names_it(said, raised):
    assert _contradicts(LEAKS + said) is raised


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("Loose rivets", "Loose rivets have declined steadily.", "Loose rivets have climbed steadily."),
        ("Đinh tán lỏng", "Đinh tán lỏng giảm dần qua từng tháng.", "Đinh tán lỏng tăng dần qua từng tháng."),
        ("Paku keling longgar", "Paku keling longgar terus menurun.", "Paku keling longgar terus naik."),
        ("Rivet longgar", "Rivet longgar semakin berkurangan.", "Rivet longgar semakin meningkat."),
        ("หมุดหลวม", "หมุดหลวมลดลงทุกเดือน", "หมุดหลวมเพิ่มขึ้นทุกเดือน"),
        ("铆钉松动", "铆钉松动逐月递减。", "铆钉松动逐月递增。"),
        ("鉚釘鬆動", "鉚釘鬆動逐月減少。", "鉚釘鬆動逐月增加。"),
        ("리벳 풀림", "리벳 풀림은 매월 감소함.", "리벳 풀림은 매월 증가함."),
        ("リベット緩み", "リベット緩みは毎月減っている。", "リベット緩みは毎月増えている。"),
        ("Gevşek perçin", "Gevşek perçin her ay azaldı.", "Gevşek perçin her ay arttı."),
    ],
)
def test_a_row_of_months_in_the_languages_of_the_plants(name, wrong, right):
    table = f"# 2026\n\n| | 3/2026 | 4/2026 | 5/2026 | 6/2026 | 7/2026 |\n| Output | 812 | 798 | 820 | 805 | 811 |\n| {name} | 6 | 8 | 11 | 13 | 17 |\n\n"
    assert _contradicts(table + wrong)
    assert not _contradicts(table + right)


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Both presses have fewer breakdowns.", False),
        ("Both presses improved.", True),
        ("Press 1 improved.", False),
        ("Neither press was audited.", False),
    ],
)
def test_years_side_by_side_and_a_sentence_over_all(said, raised):
    table = "# Presses compared\n\n| Press | Breakdowns 2024 | 2025 | Output 2024 | 2025 |\n| Press 1 | 9 | 5 | 410 | 418 |\n| Press 2 | 6 | 11 | 388 | 371 |\n\n"
    assert _contradicts(table + said) is raised


@pytest.mark.parametrize(
    ("remark", "raised"), [("improving", True), ("getting worse", False), ("to be improved", False), ("", False)]
)
def test_a_remark_behind_the_figures_of_its_own_row(remark, raised):
    table = f"# 2026\n\n| KPI | Q1 | Q2 | Q3 | Q4 | Comment |\n| Broken pallets, pcs | 12 | 16 | 21 | 27 | {remark} |\n| Reply, days | 4 | 5 | 4 | 5 | |\n"
    assert _contradicts(table) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Customer complaints have gone down since spring", True),
        ("Customer complaints have gone up since spring", False),
        ("T7: more complaints, a new carrier", False),
    ],
)
def test_a_cell_of_minutes(said, raised):
    text = (
        "# Review, 3 September 2026\n\n| Month | Complaints |\n| Apr | 2 |\n| May | 3 |\n| Jun | 5 |\n| Jul | 8 |\n\n"
        f"| Point | Said | Who |\n| Complaints | {said} | Lina |\n| Training | the plan was kept | Budi |\n"
    )
    assert _contradicts(text, "Review.docx", kind="management_review_record", criteria=("management_review",)) is raised


def test_of_a_count_and_its_rate_the_one_that_is_named():
    table = "# 2026\n\n| Month | Rejects, pcs | Reject rate, % |\n| Apr | 20 | 2.9 |\n| May | 24 | 2.6 |\n| Jun | 29 | 2.2 |\n| Jul | 35 | 1.8 |\n\n"
    assert not _contradicts(table + "The reject rate has come down month by month.")
    assert _contradicts(table + "The reject rate has gone up month by month.")


def test_a_month_that_stands_out_within_a_fall():
    table = (
        "# 2026\n\n| | Jan | Feb | Mar | Apr | May | Jun |\n| Misprints, % | 3.1 | 2.9 | 2.6 | 3.0 | 2.2 | 1.9 |\n\n"
    )
    assert not _contradicts(table + "Misprints rose in April: worn cylinder, changed on 2 May.")
    assert not _contradicts(table + "T4: misprints rose, worn cylinder.")
    assert _contradicts(table + "Misprints rose over the half-year.")


@pytest.mark.parametrize(("first", "last"), [("2H 2025", "1H 2026"), ("Second half 2025", "First half 2026")])
def test_the_first_half_of_a_year_follows_the_second_of_the_year_before(first, last):
    table = f"# Halves\n\n| What | {first} | {last} |\n| Dented tins | 7 | 13 |\n| Reply, days | 4 | 4 |\n\n"
    assert not _contradicts(table + "Dented tins went up.")
    assert _contradicts(table + "Dented tins came down.")


YEARS = (
    "# {name} by month, %\n\n"
    "| {year} | Jan | Feb | Mar | Apr | May | Jun |\n"
    "| 2025 | 1.42 | 1.38 | 1.51 | 1.29 | 1.34 | 1.45 |\n"
    "| 2026 | 1.54 | 1.61 | 1.73 | 1.67 | 1.58 | 1.81 |\n\n"
)


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("Seam defects", "In 2026 seam defects fell against the previous year.", "In 2026 seam defects rose against the previous year."),
        ("Seam defects", "Seam defects fell from 2025 to 2026.", "Seam defects rose from 2025 to 2026."),
        ("Lỗi đường may", "Lỗi đường may giảm so với cùng kỳ năm trước.", "Lỗi đường may tăng so với cùng kỳ năm trước."),
        ("Cacat jahitan", "Cacat jahitan turun dibanding tahun lalu.", "Cacat jahitan naik dibanding tahun lalu."),
        ("Kecacatan jahitan", "Kecacatan jahitan berkurang berbanding tahun lalu.", "Kecacatan jahitan meningkat berbanding tahun lalu."),
        ("ตะเข็บเสีย", "ตะเข็บเสียลดลงจากปีที่แล้ว", "ตะเข็บเสียเพิ่มขึ้นจากปีที่แล้ว"),
        ("缝制不良率", "2026年缝制不良率比去年下降。", "2026年缝制不良率比去年上升。"),
        ("공정 봉제불량률", "2026년 공정봉제불량률은 전년 대비 감소함", "2026년 공정봉제불량률은 전년 대비 증가함"),
        ("縫製不良率", "縫製不良率は前年より減少した。", "縫製不良率は前年より増加した。"),
        ("Dikiş hatası", "Dikiş hatası geçen yıla göre azaldı.", "Dikiş hatası geçen yıla göre arttı."),
    ],
)  # fmt: skip
def test_years_a_row_each_and_what_is_told_against_the_last_one(name, wrong, right):
    table = YEARS.format(name=name, year="")
    assert _contradicts(table + wrong)
    assert not _contradicts(table + right)


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Seam defects fell against last year.", True),
        ("From January to June seam defects fell against last year.", True),
        ("In 2025 seam defects fell against the previous year.", False),
        ("In March seam defects fell against last year.", False),
        ("Seam defects on line 3 fell against last year.", False),
        ("Seam defects of machine 7 fell against last year.", False),
        ("Returns fell against last year.", False),
        ("Seam defects must fall against last year.", False),
        ("Seam defects did not fall against last year.", False),
        ("Seam defects got worse against last year.", False),
        ("Seam defects fell last month.", False),
    ],
)
def test_what_is_told_of_a_year_of_another_part_or_of_something_else(said, raised):
    assert _contradicts(YEARS.format(name="Seam defects", year="Year") + said) is raised


@pytest.mark.parametrize(
    "table",
    [
        "| Month | Seam defects 2025 | Seam defects 2026 |\n| Jan | 14 | 15 |\n| Feb | 13 | 16 |\n| Mar | 15 | 17 |\n| Apr | 17 | 16 |\n",
        "# Seam defects\n\n| Month | 2025 | 2026 |\n| Jan | 14 | 15 |\n| Feb | 13 | 16 |\n| Mar | 15 | 17 |\n| Apr | 17 | 16 |\n",
        "| KPI | Year | Q1 | Q2 | Q3 | Q4 |\n| Seam defects | 2024 | 41 | 42 | 45 | 39 |\n| | 2025 | 46 | 51 | 48 | 44 |\n| Returns | 2024 | 9 | 8 | 7 | 9 |\n| | 2025 | 6 | 5 | 6 | 4 |\n",
        "# 2025\n\n| KPI | Jan | Feb | Mar |\n| Seam defects | 14 | 13 | 15 |\n\n# 2026\n\n| KPI | Jan | Feb | Mar |\n| Seam defects | 15 | 16 | 17 |\n",
    ],
)
def test_years_in_columns_in_a_column_of_their_own_or_in_two_tables(table):
    assert _contradicts(f"{table}\nSeam defects fell against last year.")
    assert not _contradicts(f"{table}\nSeam defects rose against last year.")


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("Seam defects fell compared with 2025.", True),
        ("Seam defects were reduced versus 2025.", True),
        ("Seam defects giảm so với năm 2025.", True),
        ("Seam defects turun dibandingkan tahun 2025.", True),
        ("Seam defects berkurang berbanding 2025.", True),
        ("Seam defects ลดลงเมื่อเทียบกับปี 2025", True),
        ("Seam defects较2025年下降。", True),
        ("Seam defects는 2025년 대비 감소함", True),
        ("Seam defectsは2025年より減少した。", True),
        ("Seam defects 2025 yılına göre azaldı.", True),
        ("Seam defects rose compared with 2025.", False),
        ("Seam defects fell compared with 2024.", False),
        ("Seam defects fell compared with 2026.", False),
    ],
)
def test_a_year_that_another_one_is_compared_with(said, raised):
    assert _contradicts(YEARS.format(name="Seam defects", year="Year") + said) is raised


@pytest.mark.parametrize(
    ("last", "this"),
    [("Last year", "This year"), ("Năm trước", "Năm nay"), ("Tahun lalu", "Tahun ini"), ("ปีก่อน", "ปีนี้"), ("去年", "今年"), ("전년", "금년"), ("前年", "今年度"), ("Geçen yıl", "Bu yıl")],
)  # fmt: skip
def test_years_that_are_not_told_by_their_number(last, this):
    table = (
        f"# Seam defects\n\n| | T1 | T2 | T3 | T4 |\n| {last} | 14 | 13 | 15 | 17 |\n| {this} | 15 | 16 | 19 | 18 |\n\n"
    )
    assert _contradicts(table + "Seam defects fell against last year.")
    assert not _contradicts(table + "Seam defects rose against last year.")


def test_other_measures_whose_names_begin_like_those_of_years_are_none():
    table = "# Seam defects\n\n| | Jan | Feb | Mar | Apr |\n| Initial failures | 14 | 13 | 15 | 17 |\n| After-sales returns | 15 | 16 | 19 | 18 |\n\n"
    assert not _contradicts(table + "Seam defects fell against last year.")


@pytest.mark.parametrize(
    ("name", "said", "raised"),
    [
        ("Downgraded product", "Downgraded product fell against last year.", True),
        ("Press rejects", "Press rejects fell against last year.", True),
        ("Press rejects", "Press 4 rejects fell against last year.", False),
        ("Press rejects", "Rejects of shift B fell against last year.", False),
        ("Press 4 rejects", "Press 4 rejects fell against last year.", True),
        ("라인 불량률", "라인 불량률은 전년 대비 감소함", True),
        ("라인 불량률", "3라인 불량률은 전년 대비 감소함", False),
    ],
)
def test_a_word_for_a_part_of_the_house_within_the_name_of_a_measure(name, said, raised):
    assert _contradicts(YEARS.format(name=name, year="") + said) is raised


def test_years_that_went_both_ways_say_nothing():
    table = (
        "# Seam defects\n\n| | Jan | Feb | Mar | Apr |\n| 2025 | 14 | 13 | 15 | 17 |\n| 2026 | 15 | 12 | 22 | 14 |\n\n"
    )
    assert not _contradicts(table + "Seam defects fell against last year.")


SHIPPED = "| {head} | Complaints | Shipped, million | Complaints per million |\n| {first} | 4 | 31.0 | 0.129 |\n| {second} | 7 | 33.5 | 0.209 |\n\n"


@pytest.mark.parametrize(
    ("first", "second", "wrong", "right"),
    [
        ("Q1", "Q2", "Complaints per million went down from Q1 to Q2.", "Complaints per million went up from Q1 to Q2."),
        ("Q3 2025", "Q4 2025", "In Q4 complaints per million fell.", "In Q4 complaints per million rose."),
        ("H1", "H2", "Complaints per million fell from H1 to H2.", "Complaints per million rose from H1 to H2."),
        ("July", "August", "Complaints fell from July to August.", "Complaints rose from July to August."),
        ("July", "August", "Complaints have come down.", "Complaints have gone up."),
        ("Week 31", "Week 32", "Complaints came down.", "Complaints went up."),
        ("Quý I", "Quý II", "Complaints giảm từ quý I sang quý II.", "Complaints tăng từ quý I sang quý II."),
        ("Triwulan I", "Triwulan II", "Complaints turun dari triwulan I ke triwulan II.", "Complaints naik dari triwulan I ke triwulan II."),
        ("2026年第一季度", "2026年第二季度", "Complaints从第一季度到第二季度下降。", "Complaints从第一季度到第二季度上升。"),
        ("2026년 1분기", "2026년 2분기", "Complaints은 1분기 대비 2분기에 감소함", "Complaints은 1분기 대비 2분기에 증가함"),
        ("第1四半期", "第2四半期", "Complaintsは第1四半期から第2四半期に減少した。", "Complaintsは第1四半期から第2四半期に増加した。"),
        ("1. çeyrek", "2. çeyrek", "Complaints 1. çeyrekten 2. çeyreğe azaldı.", "Complaints 1. çeyrekten 2. çeyreğe arttı."),
        ("Suku pertama", "Suku kedua", "Complaints berkurang dari suku pertama ke suku kedua.", "Complaints meningkat dari suku pertama ke suku kedua."),
        ("Suku Tahun 1", "Suku Tahun 2", "Complaints berkurang.", "Complaints meningkat."),
        ("1. çeyrek", "2. çeyrek", "Complaints 2. çeyrekte azaldı.", "Complaints 2. çeyrekte arttı."),
        ("ไตรมาส 1", "ไตรมาส 2", "Complaints ลดลงในไตรมาส 2", "Complaints เพิ่มขึ้นในไตรมาส 2"),
    ],
)  # fmt: skip
def test_two_periods_that_a_table_just_holds(first, second, wrong, right):
    table = SHIPPED.format(head="Period", first=first, second=second)
    assert _contradicts(table + wrong)
    assert not _contradicts(table + right)


@pytest.mark.parametrize(
    "said",
    [
        "Complaints have come down since May.",
        "In July complaints came down.",
        "Complaints of line 2 came down from July to August.",
        "Late lorries came down from July to August.",
        "Complaints came down from 9 to 7 between July and August.",
        "Complaints came down against last year.",
        "Complaints should come down by September.",
    ],
)
def test_of_two_months_what_is_told_of_others(said):
    assert not _contradicts(SHIPPED.format(head="Month", first="July", second="August") + said)


def test_two_months_cut_out_of_a_row_of_dates_are_no_series():
    table = "| Machine | Bought | Oil changed | Complaints |\n| Press 4 | March | April | 4 |\n| Press 5 | May | June | 7 |\n\n"
    assert not _contradicts(table + "Complaints have come down.")
