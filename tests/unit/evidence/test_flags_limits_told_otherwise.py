"""Limits told in a title of errors, by a chart of shares, in a mail set with blanks; results on the last steps of a gauge."""

import pytest

from tests.unit.evidence.builders import flags, report

GAUGES = {"kind": "calibration_record", "criteria": ("calibration",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}


@pytest.mark.parametrize(
    ("title", "head", "raised"),
    [
        ("Allowed error ± 0.03 mm", "Gauge | Date | Standard (mm) | Reading (mm) | Used at", True),
        ("เกณฑ์ค่าคลาดเคลื่อนยอมรับ ± 0.03 มม.", "รหัส | วันที่ | ค่ามาตรฐาน | ค่าที่อ่านได้ | ใช้งานที่", True),
        ("允许误差 ±0.03 mm", "编号 | 日期 | 标准值 | 读数 | 使用地点", True),
        ("Allowed error ± 0.10 mm", "Gauge | Date | Standard (mm) | Reading (mm) | Used at", False),
    ],
)
def test_what_was_read_of_a_standard_under_the_error_of_a_title(title, head, raised):
    rows = "\n".join(
        f"| VC-{at:02d} | {at}.09.2026 | 50.00 | {value} | Line {at} |"
        for at, value in enumerate(("50.01", "50.02", "50.09", "49.99", "50.00"), 1)
    )
    found = flags(report("Calipers.xlsx", f"# Calibration\n\n{title}\n\n| {head} |\n{rows}", **GAUGES))
    assert ("out_of_limits_without_reaction" in found) is raised


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ("+0.028 -0.029 +0.029 +0.027 -0.028 +0.029 -0.029", True),
        ("+0.008 -0.019 +0.029 +0.007 -0.028 +0.009 -0.012", False),
    ],
)
def test_errors_of_all_gauges_on_the_last_steps_below_the_one_permitted(values, raised):
    rows = "\n".join(f"| KP-{at} | {at}.05.2026 | {value} | ok |" for at, value in enumerate(values.split(), 1))
    text = f"# Calipers, permissible error ± 0.030 mm\n\n| Gauge | Date | Largest error (mm) | Result |\n{rows}"
    assert ("results_just_under_limit" in flags(report("Calipers.xlsx", text, **GAUGES))) is raised


@pytest.mark.parametrize(
    ("values", "raised"),
    [("0.048 0.049 0.047 0.049 0.048 0.049 0.048", True), ("0.031 0.049 0.042 0.038 0.044 0.047 0.036", False)],
)
def test_readings_on_the_last_steps_of_a_coarse_gauge(values, raised):
    rows = "\n".join(f"| 2609-{at} | 2026.09.{at:02d} | {value} |" for at, value in enumerate(values.split(), 11))
    text = f"# 흔들림 측정 (규격 0.050 mm 이하)\n\n| LOT | 검사일 | 측정값 |\n{rows}"
    paper = report("흔들림.xlsx", text, kind="traceability_record", criteria=("traceability",))
    assert ("results_just_under_limit" in flags(paper)) is raised


@pytest.mark.parametrize(("last", "raised"), [("7.0", True), ("4.1", False)])
def test_shares_of_weeks_between_control_limits(last, raised):
    weeks = zip(range(34, 42), ("3.0", "3.2", last, "3.9", "3.1", "2.8", "3.3", "3.0"), strict=True)
    rows = "\n".join(f"| W{week} | {1400 + week} | {share} | Devi |" for week, share in weeks)
    text = f"# p-chart, line 6\n\nUCL 4.8 %   Mean 3.1 %   LCL 1.4 %\n\n| Week | Checked | % | Checker |\n{rows}"
    found = flags(report("p-chart.xlsx", text, **COUNTED))
    assert ("out_of_limits_without_reaction" in found) is raised
    assert "no_lot_in_inspection" not in found


@pytest.mark.parametrize(("share", "raised"), [("1.9{}", True), ("1.{}", False)])
def test_months_a_hair_below_the_target_of_the_title(share, raised):
    rows = "\n".join(
        f"| {month} | {share.format(at)} |"
        for month, at in zip(
            ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"), (7, 8, 5, 9, 6, 8, 9, 6), strict=True
        )
    )
    text = f"# Reject rate 2026 - target ≤ 2.00 %\n\n| Month | Reject % |\n{rows}"
    assert ("results_just_under_limit" in flags(report("KPI.xlsx", text, **COUNTED))) is raised


def test_a_table_that_a_mail_sets_with_blanks():
    values = ("0.49", "0.48", "0.49", "0.48", "0.49", "0.49")
    rows = "\n".join(f"D-44{at}  {at} Sep 2026   {value}" for at, value in enumerate(values, 11))
    text = f"Dear Mr Lind,\nthe water absorption of all lots, limit 0.50 %:\nLot     Tested on     Absorption %\n{rows}\nRegards"
    paper = report("Absorption.eml", text, kind="traceability_record", criteria=("traceability",))
    assert "results_just_under_limit" in flags(paper)


def test_words_of_a_norm_are_no_verdict():
    rows = "| 1 | 40.4 |\n| 2 | 41.0 |\n| 3 | 46.2 |\n| 4 | 43.1 |\n| 5 | 42.7 |"
    text = f"# Hardness log, lot 26-12\n\nAcceptance range 40 - 45 HRC\n\n| Piece | Hardness HRC |\n{rows}"
    found = flags(report("Hardness.xlsx", text, kind="traceability_record", criteria=("traceability",)))
    assert "out_of_limits_without_reaction" in found


@pytest.mark.parametrize(
    ("title", "head", "values", "raised"),
    [
        ("Approval limit 70 points", "Supplier | Goods | Score", "70.4 71.2 70.8 71.5 70.2 71.8", True),
        ("Approval limit 70 points", "Supplier | Goods | Score", "70.4 91.2 83.8 77.5 70.2 88.8", False),
        ("Target: at least 95 % of orders", "Month | Orders | On time %", "95.1 95.3 95.2 95.0 95.4 95.1", True),
        ("Target: at least 95 % of orders", "Month | Orders | On time %", "95.1 97.3 98.2 95.0 96.4 99.1", False),
        ("เกณฑ์ ไม่เกิน 10,000 CFU/g", "ล็อต | วันที่ | ผล CFU/g", "9,700 9,800 9,600 9,900 9,800 9,700", True),
        ("限值 1 × 10⁴ CFU/g", "批号 | 日期 | 结果 CFU/g", "9.7×10³ 9.8×10³ 9.6×10³ 9.9×10³ 9.8×10³ 9.7×10³", True),
        (
            "LCL 18.0000   UCL 18.0082",
            "Group | Shift | Value",
            "18.0036 18.0044 18.0051 18.0039 18.0033 18.0062",
            False,
        ),
        ("Fill at least 500 ml", "Hour | Line | Volume ml", "502 503 501 504 502 503", False),
    ],
)
def test_a_column_crowds_at_a_limit_told_above_it(title, head, values, raised):
    rows = "\n".join(f"| N-{at} | K{at} | {value} |" for at, value in enumerate(values.split(), 1))
    text = f"# List 2026, made 12 September 2026\n\n{title}\n\n| {head} |\n{rows}"
    paper = report("List.xlsx", text, kind="metrics_record", criteria=("quality_metrics",))
    assert ("results_just_under_limit" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("fields", "raised"),
    [
        ("Set temperature :: 860 °C || Tolerance :: ± 10 °C", True),
        ("Nhiệt độ cài đặt :: 860 °C || Dung sai :: ± 10 °C", True),
        ("Set temperature :: 860 °C || Tolerance :: ± 30 °C", False),
    ],
)
def test_a_set_value_and_its_tolerance_in_two_fields(fields, raised):
    values = ("862", "858", "838", "861", "859", "864")
    rows = "\n".join(f"| 26/09{at} | K4{at} | {value} | Rao |" for at, value in enumerate(values, 11))
    text = f"# Furnace log\n\nFurnace :: SQF-2 || Date :: 05.10.2026\n{fields}\n\n| Charge | Heat | Temp °C | Operator |\n{rows}"
    paper = report("Furnace log.xlsx", text, kind="traceability_record", criteria=("traceability",))
    assert ("out_of_limits_without_reaction" in flags(paper)) is raised


def test_powers_of_ten_and_thousands_in_limits():
    from evidence.facts.limits import limits
    from evidence.facts.numbers import amount
    from evidence.facts.stated_limits import stated_limits

    assert limits("maks 1 x 10^4") == (None, 10_000)
    assert limits("≤ 10⁵ CFU/g") == (None, 100_000)
    assert amount("3,2 x 10^4").value == 32_000
    assert amount("10 x 10") is None
    assert stated_limits(["max 10,000 CFU/g"])[0][3] == 10_000
    assert stated_limits(["max 4,5 mm"])[0][3] == 4.5


@pytest.mark.parametrize(
    ("head", "values", "raised"),
    [
        ("Accuracy % | Goal % | On time %", "99.9 | 99.85 | 97.{at}", False),
        ("Voltage V (23.5-24.5) | Factor (≥ 0.95)", "24.0{at} | 0.97{at}", False),
        ("Voltage V (23.5-24.5) | Factor (≥ 0.95)", "24.0{at} | 0.95{at}", True),
    ],
)
def test_shares_near_the_whole_are_close_to_a_limit_by_what_they_lack(head, values, raised):
    rows = "\n".join(f"| N-{at} | {values.replace('{at}', str(at))} |" for at in (3, 1, 6, 2, 5, 1))
    text = f"# List 2026, made 12 September 2026\n\n| Lot | {head} |\n{rows}"
    assert ("results_just_under_limit" in flags(report("List.xlsx", text, **COUNTED))) is raised
