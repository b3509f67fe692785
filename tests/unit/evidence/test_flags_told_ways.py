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
