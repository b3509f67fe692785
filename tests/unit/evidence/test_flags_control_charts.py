"""Control charts, limits that a title names by a word, errors of gauges and verdicts in rows, each with its near miss."""

import pytest

from tests.unit.evidence.builders import flags, report

OUTSIDE, AGAINST, EDGE = "out_of_limits_without_reaction", "conclusion_contradicts_data", "results_just_under_limit"

ALONG = (
    "| X-bar chart, insertion force, n = 5 | | | | | | |\n| UCL 52.4 N | | CL 49.6 N | | LCL 46.8 N | | |\n"
    "| Date | 10-05 | 10-06 | 10-07 | 10-08 | 10-09 | 10-12 |\n| Mean N | 49.2 | 50.3 | 48.8 | 53.3 | 49.9 | 50.1 |\n"
    "| Range N | 3.1 | 2.6 | 4.0 | 3.3 | 2.8 | 4.4 |\n| Drawn by | Kwak M.S. | Remarks | {remark} | | | |"
)
DOWN = (
    "| {title} | | | | |\n| {limits} | | | | |\n| 日期 | 班 | {mean} | R | 备注 |\n| 9/1 | 白 | 0.124 | 0.014 | |\n"
    "| 9/3 | 白 | 0.128 | 0.019 | |\n| 9/5 | 夜 | 0.121 | 0.011 | 换新钢网 S-44 |\n| 9/8 | 白 | {value} | 0.022 | {remark} |\n"
    "| 9/10 | 夜 | 0.133 | 0.017 | |"
)


def test_a_chart_whose_means_run_along_a_row() -> None:
    assert OUTSIDE in flags(report("xbar.xlsx", ALONG.format(remark=""), kind="metrics_record"))
    inside = ALONG.format(remark="").replace("53.3", "51.3")
    assert OUTSIDE not in flags(report("xbar.xlsx", inside, kind="metrics_record"))
    assert OUTSIDE not in flags(
        report("xbar.xlsx", ALONG.format(remark="10-08 die reground, 40 pcs sorted"), kind="metrics_record")
    )


@pytest.mark.parametrize(
    ("limits", "mean"),
    [
        ("UCL 0.142 | CL 0.125 | LCL 0.108 | R UCL 0.037", "X̄"),
        ("X̄ 上限 0.142　中心 0.125　下限 0.108　　R 上限 0.037", "X̄"),
        ("관리상한 0.142, 관리하한 0.108", "평균"),
        ("BKA 0.142 BKB 0.108", "rata-rata"),
        ("giới hạn trên 0.142; giới hạn dưới 0.108", "Trung bình"),
        ("ÜKL 0.142 AKL 0.108", "Ortalama"),
        ("เส้นควบคุมบน 0.142 เส้นควบคุมล่าง 0.108", "ค่าเฉลี่ย"),
    ],
)
def test_a_chart_whose_means_stand_below_each_other(limits: str, mean: str) -> None:
    text = {"title": "Chart of paste height, line 2", "limits": limits, "mean": mean}
    assert OUTSIDE in flags(report("spc.xlsx", DOWN.format(**text, value="0.147", remark=""), kind="metrics_record"))
    assert OUTSIDE not in flags(
        report("spc.xlsx", DOWN.format(**text, value="0.139", remark=""), kind="metrics_record")
    )
    assert OUTSIDE not in flags(
        report(
            "spc.xlsx", DOWN.format(**text, value="0.147", remark="stencil cleaned, 12 boards"), kind="metrics_record"
        )
    )


def test_a_control_limit_passed_contradicts_no_verdict_on_the_pieces() -> None:
    text = DOWN.format(title="Chart", limits="UCL 0.142 LCL 0.108", mean="Xbar", value="0.147", remark="OK")
    assert AGAINST not in flags(report("spc.xlsx", text, kind="metrics_record"))


TITLED = "| {title} | | | |\n| Batch | Size | Tested | {head} |\n| KM5-0611 | 5 ml | 09/06/2026 | {first} |\n| KM5-0718 | 5 ml | 14/07/2026 | {last} |\n| KM5-0809 | 5 ml | 18/08/2026 | 5.4 |\n| KM5-0902 | 5 ml | 08/09/2026 | 3.9 |"


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("EO residue, limit 10 ug/g, aeration room 1", "EO ug/g"),
        ("Dư lượng EO, giới hạn 10 ug/g", "EO ug/g"),
        ("Residu EO, batas 10 ug/g", "EO ug/g"),
        ("EO 残留 限值 10 ug/g", "EO ug/g"),
        ("EO kalıntısı, sınır 10 ug/g", "EO ug/g"),
    ],
)
def test_a_title_that_names_a_limit_by_a_word(title: str, head: str) -> None:
    sheet = TITLED.format(title=title, head=head, first="4.8", last="13.7")
    assert OUTSIDE in flags(report("residue.xlsx", sheet, kind="traceability_record"))
    assert OUTSIDE not in flags(report("residue.xlsx", sheet.replace("13.7", "3.7"), kind="traceability_record"))


def test_a_limit_of_detection_or_a_target_bounds_no_reading() -> None:
    for title in ("EO residue, limit of detection 10 ug/g", "EO residue, target 10 ug/g"):
        sheet = TITLED.format(title=title, head="EO ug/g", first="4.8", last="13.7")
        assert OUTSIDE not in flags(report("residue.xlsx", sheet, kind="traceability_record"))


def test_a_range_without_a_unit_behind_it_and_a_limit_that_is_colder() -> None:
    tank = (
        "| FREE CHLORINE PPM, LIMIT 800–1100, line 3 | | | |\n| Date | 02:00 | 06:00 | 10:00 |\n| 14/9 | 940 | 965 | 1010 |\n"
        "| 15/9 | 915 | 880 | 860 |\n| 16/9 | 1030 | 1060 | 1215 |\n| 17/9 | 975 | 960 | 935 |"
    )
    assert OUTSIDE in flags(report("chlorination.xlsx", tank, kind="traceability_record"))
    cold = (
        "| CHAMBER 3 °C (shall be -18.0 or colder) | | | |\n| Date | 06:00 | 14:00 | 20:00 |\n| 14/10/2026 | -20.2 | -18.8 | -19.6 |\n"
        "| 15/10/2026 | -19.9 | -16.2 | -19.8 |\n| 16/10/2026 | -19.5 | -18.4 | -19.2 |\n| 17/10/2026 | -20.1 | -19.0 | -19.7 |"
    )
    assert OUTSIDE in flags(report("chamber.xlsx", cold, kind="traceability_record"))
    assert OUTSIDE not in flags(report("chamber.xlsx", cold.replace("-16.2", "-18.2"), kind="traceability_record"))


GAUGES = "| No | Gauge | {permitted} | {error} | {verdict} |\n| MR-01 | micrometer | ±0.002 | +0.001 | {good} |\n| MR-07 | caliper | ±0.03 | {found} | {good} |\n| MR-08 | caliper | ±0.03 | +0.02 | {good} |\n| MR-11 | ring gauge | - | worn | scrapped |"


@pytest.mark.parametrize(
    ("permitted", "error", "good"),
    [
        ("Permissible error mm", "Largest error mm", "pass"),
        ("Cho phép", "Sai số lớn nhất", "Đạt"),
        ("允差mm", "最大误差mm", "合格"),
        ("Toleransi", "Penyimpangan", "diterima"),
        ("허용오차", "오차", "합격"),
        ("İzin verilen hata", "Sapma", "uygun"),
        ("เกณฑ์ยอมรับ", "ค่าคลาดเคลื่อน", "ผ่าน"),
    ],
)
def test_a_gauge_whose_error_is_greater_than_permitted(permitted: str, error: str, good: str) -> None:
    told = {"permitted": permitted, "error": error, "verdict": "Result", "good": good}
    wrong = report("calibration.xlsx", GAUGES.format(**told, found="-0.07"), kind="calibration_record")
    assert AGAINST in flags(wrong)
    right = report("calibration.xlsx", GAUGES.format(**told, found="-0.02"), kind="calibration_record")
    assert AGAINST not in flags(right)


CANS = "| Batch | Fat % (min 17.0) | Seam mm (min 1.00) | Disposition |\n| G1 | 17.9 | 1.14 | Released |\n| G2 | 17.4 | 1.09 | Released |\n| G3 | 17.6 | 0.87 | {said} |\n| G4 | 16.6 | 1.12 | On hold, blended with G5 |\n| G5 | 18.2 | 1.17 | Released |"


def test_a_lot_released_in_its_own_row_though_another_one_was_held() -> None:
    assert AGAINST in flags(report("batches.xlsx", CANS.format(said="Released"), kind="traceability_record"))
    for said in ("Rejected", "Released after sorting by hand", ""):
        assert AGAINST not in flags(report("batches.xlsx", CANS.format(said=said), kind="traceability_record"))


def test_more_leaks_than_the_plan_of_the_row_allows() -> None:
    text = "| Lot | Sample / Ac | Leak | Decision |\n| K1 | 315 / 10 | 4 | ACCEPTED |\n| K2 | 315 / 10 | {count} | {said} |"
    assert AGAINST in flags(
        report("watertight.xlsx", text.format(count=14, said="ACCEPTED"), kind="traceability_record")
    )
    for count, said in ((14, "REJECTED"), (10, "ACCEPTED")):
        assert AGAINST not in flags(
            report("watertight.xlsx", text.format(count=count, said=said), kind="traceability_record")
        )


def test_a_gauge_error_behind_the_words_for_what_it_is_a_share_of() -> None:
    text = "| Gauge | Micrometer DM-17 | Date | 2026-06-18 |\n| EV | 0.0009 | % of total variation | 35.0 |\n| GRR | 0.0012 | % of total variation | {share} |\n| Result | Measuring system is suitable | Signed | Liao |"
    assert AGAINST in flags(report("grr.xlsx", text.format(share="44.0"), kind="calibration_record"))
    assert AGAINST not in flags(report("grr.xlsx", text.format(share="14.0"), kind="calibration_record"))


def test_two_heats_with_the_same_figures_in_every_column() -> None:
    rows = [
        "7K2109 | 0.019 | 0.38 | 1.31 | 18.11 | 8.07 | 548",
        "7K2114 | 0.023 | 0.45 | 1.18 | 18.34 | 8.21 | 572",
        "7K2118 | 0.021 | 0.43 | 1.22 | 18.27 | 8.14 | 561",
    ]
    head = "| Heat | C % | Si % | Mn % | Cr % | Ni % | Rm MPa |\n"
    again = rows[0].replace("7K2109", "7K2125")
    other = again.replace("1.31", "1.30")
    for last, fires in ((again, True), (other, False)):
        sheet = report(
            "heats.xlsx", head + "\n".join(f"| {row} |" for row in (*rows, last)), kind="traceability_record"
        )
        assert ("identical_readings" in flags(sheet)) is fires


def test_numbers_of_samples_under_a_head_with_a_limit_are_no_readings() -> None:
    text = "| Product | Lot | Limit ≥ 90 °C | By Pranee |\n| Point | 1 | 2 | 3 |\n| 08:20 | 92.4 | 93.1 | 91.7 |\n| 10:20 | 91.9 | 92.8 | 93.6 |\n| 12:20 | 92.0 | 93.0 | 92.8 |\n| Result | pass | | |"
    assert AGAINST not in flags(report("core temperature.xlsx", text, kind="traceability_record"))


def test_on_time_in_korean_is_a_measure_and_no_target() -> None:
    text = "| 지표 | 목표 | 1월 | 2월 | 3월 | 4월 | 5월 | 6월 | 7월 | 8월 |\n| 공정불량률 % | 2.0 | 2.31 | 2.18 | 1.96 | 2.44 | | | | |\n| 고객 PPM | 150 | 210 | 166 | 96 | 188 | 74 | 402 | 131 | 60 |\n| 납기준수율 % | 97 | 96.4 | 97.8 | 98.1 | 95.9 | 97.2 | 96.6 | 98.4 | 97.0 |"
    sheet = report("2026 지표.xlsx", text, kind="metrics_record", criteria=("quality_metrics",))
    assert "series_stops" in flags(sheet)
    series = {fact.role: fact.value for fact in sheet.facts if fact.kind == "series"}
    assert "on_time_delivery" in series
    assert '"target":150' in series["ppm"]
