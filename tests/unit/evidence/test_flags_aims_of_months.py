"""What is said of the aims of months against the figures of those months, wherever aim, name and figures stand."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
SAID, APART, SUMMED, UNMEASURED = (
    "conclusion_contradicts_data",
    "same_measure_different_figures",
    "figures_do_not_add",
    "kpi_target_without_series",
)


def _says(text: str) -> bool:
    return SAID in flags(report("Report 2026.pptx", text, **COUNTED))


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Weld rework %, target 2.0 max", "Weld rework remained below target throughout."),
        ("Weld rework %, target 2.0 max", "The rework target was met in every month."),
        ("Tỷ lệ sửa hàn %, mục tiêu ≤ 2,0", "Tất cả các tháng đều đạt mục tiêu."),
        ("Rework las %, target maks 2,0", "Target tercapai di semua bulan."),
        ("Kerja semula kimpalan %, sasaran maks 2.0", "Sasaran dicapai setiap bulan."),
        ("งานซ่อมแนวเชื่อม % เป้าหมาย ไม่เกิน 2.0", "บรรลุเป้าหมายทุกเดือน"),
        ("焊接返修率 %（目标 ≤2.0）", "各月均达成目标。"),
        ("焊接返修率 %（目標 ≤2.0）", "每月皆達成目標。"),
        ("용접 재작업률 % (목표 2.0 이하)", "매월 목표를 달성함."),
        ("溶接手直し率 %（目標 2.0以下）", "全月で目標を達成した。"),
        ("Kaynak tamir oranı %, hedef en fazla 2,0", "Hedef her ay tutturuldu."),
    ],
)
def test_figures_without_a_name_below_a_title_that_names_and_limits_them(title, said):
    table = f"# {title}\n\n| Jan | Feb | Mar | Apr | May | Jun |\n| 1.7 | 1.9 | {{}} | 1.6 | {{}} | 1.8 |\n\n"
    assert _says(table.format("2.6", "2.9") + said)
    assert not _says(table.format("1.5", "1.9") + said)


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("All targets were met in every month from March to August.", True),
        ("All targets of July were met.", True),
        ("All targets of April were met.", False),
        ("All targets were met.", False),
        ("All targets were met in every month but July.", False),
        ("All targets will be met in every month.", False),
        ("All targets were met in every month. July missed the target.", False),
    ],
)
def test_an_aim_below_the_table_and_a_sentence_on_each_month_or_one(said, raised):
    table = (
        "# Leak test\n\n| | Mar | Apr | May | Jun | Jul | Aug |\n| Units tested | 398 | 412 | 365 | 421 | 437 | 352 |\n"
        "| First pass % | 98.7 | 98.3 | 98.4 | 98.8 | 96.8 | 98.9 |\n\nTarget: at least 98.0 %\n\n"
        "July: bolt torque tool repaired 30 July.\n\n"
    )
    assert _says(table + said) is raised


@pytest.mark.parametrize(
    ("said", "raised"), [("", False), ("The FPY of all months was above the target of 97.0 %.", True)]
)
def test_a_title_over_all_lines_says_nothing_of_their_figures(said, raised):
    rows = "| Apr | 250 | 96.0 |\n| May | 316 | 96.0 |\n| Jun | 258 | 97.0 |\n| Jul | 294 | 96.5 |\n| Aug | 225 | 97.5 |\n| Sep | 350 | 97.2 |\n"
    title = "# First pass yield at test - all lines (target 97.0 %)"
    assert _says(f"{title}\n\n| Month | Failed | FPY % |\n{rows}\n{said}") is raised


@pytest.mark.parametrize(("last", "raised"), [("1.12", True), ("0.74", False)])
def test_a_month_in_which_all_aims_are_said_to_be_met(last, raised):
    table = (
        "# 4월 품질실적\n\n| 지표 | 목표 | 1월 | 2월 | 3월 | 4월 |\n"
        f"| 도장 불량률 % | 0.80 이하 | 0.71 | 0.76 | 0.94 | {last} |\n| 납기준수율 % | 98 이상 | 98.6 | 99.1 | 98.3 | 98.9 |\n\n"
    )
    assert _says(table + "4월 도장 불량률: 노즐 막힘, 5/11 교체\n\n결론: 4월 전 지표 목표 달성") is raised


@pytest.mark.parametrize(
    ("said", "figures", "raised"),
    [
        ("苦情は月を追って減少しており、対策の効果が出ている。", "1 | 1 | 2 | 2 | 3 | 4", True),
        ("苦情は月を追って減少しており、対策の効果が出ている。", "4 | 3 | 3 | 2 | 1 | 1", False),
    ],
)
def test_what_is_said_of_the_way_of_figures_without_a_name(said, figures, raised):
    table = f"# 苦情件数\n\n| 4月 | 5月 | 6月 | 7月 | 8月 | 9月 |\n| {figures} |\n\n"
    assert _says(table + said) is raised


def _two(own: str, other: str) -> set[str]:
    head = "| Apr | May | Jun | Jul | Aug | Sep |\n"
    sheet = f"# Process 2026\n\n| Step {head}| Coating | 3.2 | 3.4 | 3.1 | 3.0 | 3.3 | 2.9 |\n| Sealing | {own} |\n"
    deck = f"# Seal peel faults\n\n{head}| {other} |\n"
    return flags(report("Process 2026.xlsx", sheet, **COUNTED), report("Half year 2026.pptx", deck, **COUNTED))


@pytest.mark.parametrize(
    ("other", "raised"),
    [
        ("0.47 | 0.51 | 0.44 | 0.49 | 0.31 | 0.45", True),
        ("0.47 | 0.51 | 0.44 | 0.49 | 0.56 | 0.45", False),
        ("0.41 | 0.53 | 0.38 | 0.57 | 0.31 | 0.62", False),
    ],
)
def test_figures_under_two_names_that_agree_in_all_months_but_one(other, raised):
    assert (APART in _two("0.47 | 0.51 | 0.44 | 0.49 | 0.56 | 0.45", other)) is raised


@pytest.mark.parametrize(("code", "raised"), [("KV series", True), ("HB series", False)])
def test_three_months_of_one_product_in_two_languages(code, raised):
    sheet = report(
        "115 yield.xlsx",
        "# 2026 KV 系列直通率\n\n| 月份 | 投入 | 直通率 % |\n| 6月 | 17,480 | 95.8 |\n| 7月 | 20,336 | 96.6 |\n| 8月 | 19,872 | 97.3 |\n| 9月 | 20,108 | 97.5 |\n",
        **COUNTED,
    )
    deck = report(
        "Q3 review.pptx",
        f"# {code} first pass yield 2026\n\n| Month | Jul | Aug | Sep |\n| FPY % | 98.4 | 98.8 | 99.0 |\n",
        **COUNTED,
    )
    assert (APART in flags(sheet, deck)) is raised


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ("Phế đúc tháng 6 là 1,26 %, đạt", True),
        ("Phế đúc tháng 6 là 1,87 %, không đạt", False),
        ("Mục tiêu phế đúc tháng 6 là 1,26 %", False),
    ],
)
def test_a_figure_told_in_the_cell_of_minutes(told, raised):
    sheet = report(
        "KPI 2026.xlsx",
        "# KPI 2026\n\n| Chỉ tiêu | T1 | T2 | T3 | T4 | T5 | T6 |\n| Phế đúc (%) | 1,44 | 1,38 | 1,61 | 1,47 | 1,42 | 1,87 |\n",
        **COUNTED,
    )
    minutes = report(
        "Biên bản.docx",
        f"# Biên bản họp 16/7/2026\n\n| Nội dung | Trình bày | Quyết định |\n| Chất lượng | {told} | Giữ nhịp sửa khuôn |\n",
        kind="management_review_record",
        criteria=("management_review",),
    )
    assert (APART in flags(sheet, minutes)) is raised


@pytest.mark.parametrize(
    ("foot", "raised"),
    [
        ((("Tổng NG", "284"), ("Tổng kiểm tra", "21.460")), True),
        ((("Tổng kiểm tra", "21.460"), ("Tổng NG", "284")), True),
        ((("Tổng NG", "319"), ("Tổng kiểm tra", "21.460")), False),
        ((("Tổng kiểm tra", "21.460"),), False),
    ],
)
def test_of_several_totals_at_the_foot_one_sums_up_the_column(foot, raised):
    parts = (("Sai góc", 61), ("Ba via", 48), ("Xước", 77), ("Sơn bụi", 102), ("Lệch lỗ", 19), ("Thiếu hàn", 12))
    rows = "".join(f"| {name} | {count} |\n" for name, count in (*parts, *foot))
    text = f"# Báo cáo lỗi tháng 8/2026\n\n| Loại lỗi | SL NG (cái) |\n{rows}"
    assert (SUMMED in flags(report("Bao cao loi.xlsx", text, **COUNTED))) is raised


def test_readings_of_numbered_samples_follow_from_no_other():
    text = (
        "# Final inspection\n\n| Item | Spec | 1 | 2 | 3 | 4 | 5 | Judge |\n| Journal | 12.0 | 11.977 | 11.974 | 11.979 | 11.975 | 11.972 | OK |\n"
        "| Cam height | 9.50 ± 0.05 | 9.51 | 9.48 | 9.50 | 9.52 | 9.49 | OK |\n| Serration | 11.85 ± 0.05 | 11.86 | 11.84 | 11.87 | 11.85 | 11.83 | OK |\n"
        "| Hardness HRC | 52 - 58 | 54.6 | 55.2 | 54.9 | 55.8 | 54.1 | OK |\n"
    )
    assert SUMMED not in flags(report("Final.xlsx", text, kind="traceability_record", criteria=("traceability",)))


def test_days_are_no_pairs_of_counts():
    made = "| 05/10 | 26K01 | 340 |\n| 12/10 | 26K02 | 285 |\n| 19/10 | 26K03 | 318 |\n| 27/10 | 26K04 | 410 |\n"
    sent = "| 08/10 | 26K01 | 340 |\n| 15/10 | 26K02 | 285 |\n| 22/10 | 26K03 | 318 |\n| 02/11 | 26K04 | 410 |\n"
    text = f"# Kiểm tra\n\n| Ngày | Lô | Số ghế |\n{made}\n=== Xuất hàng\n| Ngày | Lô | Số ghế |\n{sent}"
    assert APART not in flags(report("Kiem tra.xlsx", text, kind="traceability_record", criteria=("traceability",)))


@pytest.mark.parametrize(
    "table",
    [
        "| 会议日期 | 2026.9.4 | 出席 | 四人 |\n| 指标 | 目标 | 8 月 | 说明 |\n| 滚齿废品率 | ≤1.0% | 0.72% | 轴承已换 |\n| 磨齿废品率 | ≤0.5% | 0.39% | |\n| 客诉 | ≤1 | 1 | |\n",
        "| KPI | Target | Jan | Feb | Mar | Apr |\n| Scrap % | ≤ 6.0 | 5.4 | 6.7 | | |\n| Pass rate % | ≥ 96 | 97.2 | 96.8 | | |\n| Claims | ≤ 1 | 0 | 1 | | |\n",
        "| KPI 2026 | | T1 | T2 | T3 | T4 | T5 |\n| Chỉ tiêu | Mục tiêu | | | | | |\n| Tỷ lệ lỗi % | ≤ 1,20 | 1,13 | 1,24 | 0,99 | 0,91 | 1,04 |\n| Giao đúng hạn % | ≥ 97,0 | 98,1 | 95,8 | 97,6 | 98,4 | 97,2 |\n",
    ],
)
def test_targets_beside_figures_of_months_are_measured(table):
    assert UNMEASURED not in flags(report("KPI 2026.xlsx", f"# KPI 2026\n\n{table}", **COUNTED))
