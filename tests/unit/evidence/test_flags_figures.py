"""Flags on figures and lots, told in the ways in which factories write them: each beside the paper that is ordinary."""

import json

import pytest

from tests.unit.evidence.builders import flags, report


def sheet(path, text, kind="traceability_record", criteria=("traceability",), **more):
    return report(path, f"=== 1\n{text}", kind=kind, criteria=criteria, **more)


def readings(document):
    return [json.loads(fact.value) for fact in document.facts if fact.kind == "readings"]


GAUGE = """
# Gauge study, micrometer M-07, 5 August 2026
| Source | Std dev | % of tolerance |
| Repeatability EV | 0.0312 | {ev} |
| Total gage R&R | 0.0415 | {total} |
{verdict}
"""


@pytest.mark.parametrize("verdict", ["Decision: gage OK for use", "结论：测量系统合格", "Sonuç: kabul"])
def test_a_gauge_error_in_a_table_of_shares(verdict):
    bad = sheet("msa.xlsx", GAUGE.format(ev="46.8", total="62.3", verdict=verdict), kind="calibration_record")
    assert "conclusion_contradicts_data" in flags(bad)
    good = sheet("msa.xlsx", GAUGE.format(ev="9.1", total="14.2", verdict=verdict), kind="calibration_record")
    assert "conclusion_contradicts_data" not in flags(good)


def test_a_gauge_with_a_large_error_that_is_refused():
    text = GAUGE.format(ev="46.8", total="62.3", verdict="Decision: not acceptable, gauge to be replaced")
    assert "conclusion_contradicts_data" not in flags(sheet("msa.xlsx", text, kind="calibration_record"))


ROWS = """
# Roundness, ring {part}, lot {lot}, {day}
| Piece | 1 | 2 | 3 | 4 | 5 |
| Roundness um | 1.37 | 2.08 | 1.62 | 1.94 | {last} |
| Ra | 0.112 | 0.098 | 0.127 | 0.105 | 0.119 |
"""


def test_the_same_rows_of_readings_in_two_tests():
    one = sheet("6203.xlsx", ROWS.format(part="6203", lot="BP2603-11", day="16 March 2026", last="2.41"))
    other = sheet("6305.xlsx", ROWS.format(part="6305", lot="BP2608-27", day="24 August 2026", last="2.41"))
    assert "identical_readings" in flags(one, other)
    own = sheet("6305.xlsx", ROWS.format(part="6305", lot="BP2608-27", day="24 August 2026", last="2.37"))
    assert "identical_readings" not in flags(one, own)  # one row alike is less than chance could repeat


CELLS = """
# Cell resistance, lot E2608-31, {limit}, 26 August 2026
| Tray | c1 | c2 | c3 | c4 | c5 |
| A | 24.9 | 25.0 | 24.9 | 24.8 | 24.9 |
| B | 24.8 | 24.9 | 25.0 | 24.9 | 24.9 |
| C | {first} | 24.9 | 24.8 | 24.9 | {last} |
"""


@pytest.mark.parametrize("limit", ["규격 25.0 mΩ 이하", "max 25.0 mΩ", "不超过 25.0 mΩ"])
def test_results_that_crowd_under_a_limit_of_the_title(limit):
    assert "results_just_under_limit" in flags(sheet("c.xlsx", CELLS.format(limit=limit, first="25.0", last="25.0")))
    spread = sheet("c.xlsx", CELLS.format(limit=limit, first="23.1", last="22.4"))
    assert "results_just_under_limit" not in flags(spread)


LEAK = """
# Leak rate, volutes. Permitted: max 5.00 cc/min
| Date | Cast code | Casting | cc/min |
| 5 Oct 2025 | J05 | 1 | 4.98 |
| 6 Oct 2025 | J06 | 2 | 4.97 |
| 7 Oct 2025 | J07 | 1 | 4.99 |
| 8 Oct 2025 | J08 | 2 | 4.96 |
| 9 Oct 2025 | J09 | 1 | 4.98 |
| 12 Oct 2025 | J12 | 2 | 4.97 |
"""


def test_numbers_of_pieces_are_no_readings_and_a_cast_code_is_a_lot():
    leak = sheet("leak.xlsx", LEAK)
    ((row,),) = [found["rows"] for found in readings(leak)]
    assert row["label"] == "cc/min"
    found = flags(leak)
    assert "results_just_under_limit" in found
    assert "no_lot_in_inspection" not in found


COLD = """
# Kho lạnh 1, giới hạn: không cao hơn -18 độ C
| Ngày | 6 giờ | 14 giờ | 22 giờ |
| 01/09/2026 | -20,4 | -19,1 | -20,8 |
| 02/09/2026 | -20,1 | -18,9 | -20,5 |
| 03/09/2026 | -19,7 | {warm} | -19,6 |
| 04/09/2026 | -20,3 | -19,4 | -20,7 |
"""


def test_a_limit_below_zero():
    assert "out_of_limits_without_reaction" in flags(sheet("kho.xlsx", COLD.format(warm="-11,2")))
    assert "out_of_limits_without_reaction" not in flags(sheet("kho.xlsx", COLD.format(warm="-18,2")))


def test_a_target_in_brackets_behind_the_name_of_a_measure():
    rows = "\n".join(f"| T{month} | {{0[{month}]}} | đạt |" for month in range(6))
    head = "# CHỈ TIÊU CHẤT LƯỢNG NĂM 2026\n| Tháng | Tỷ lệ phế (mục tiêu ≤ 1,5 %) | Ghi chú |\n"
    rows = rows.replace("T0", "T6")
    same = sheet("kpi.xlsx", head + rows.format(["1,5"] * 6), kind="metrics_record", criteria=("quality_metrics",))
    moving = ["1,5", "1,3", "1,6", "1,4", "1,1", "1,5"]
    lively = sheet("kpi.xlsx", head + rows.format(moving), kind="metrics_record", criteria=("quality_metrics",))
    assert "kpi_values_constant" in flags(same)
    assert "kpi_values_constant" not in flags(lively)


def test_a_list_of_suppliers_that_was_taken_for_a_certificate():
    text = (
        "# ทะเบียนผู้ขายที่ใช้อยู่\n| รหัส | ชื่อผู้ขาย | สินค้า | โทรศัพท์ |\n| V01 | สหกรณ์น้ำยาง | น้ำยางข้น | 074-55 |\n"
        "| V02 | เคมีภัณฑ์สะเดา | กำมะถัน | 074-56 |\n| V03 | กล่องกระดาษ | กล่อง | 074-57 |"
    )
    listed = sheet("list.xlsx", text, kind="certificate", criteria=("certification",))
    assert "supplier_list_without_evaluation" in flags(listed)
    scored = sheet(
        "eval.xlsx",
        "# Supplier evaluation, 5 May 2026\n| Supplier | Score | Grade |\n| Alpha Latex | 88 | A |\n| Beta Box | 71 | B |",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    assert "supplier_list_without_evaluation" not in flags(listed, scored)


FORM = """
# Vendor evaluation

Vendor :: Pothigai Board Mills || Evaluated on :: 15 July 2026

| Point | Max | Marks |
| Quality of lots received | 40 | {first} |
| Delivery | 30 | {second} |
| Price | 20 | {second} |
"""


def test_points_without_marks():
    def form(first, second):
        text = FORM.format(first=first, second=second)
        return report("v.docx", text, kind="supplier_evaluation_record", criteria=("supplier_control",))

    assert "evaluation_without_result" in flags(form("", ""))
    assert "evaluation_without_result" not in flags(form("31", "17"))
