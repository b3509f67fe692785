"""Errors of gauges and readings of standards beyond what is permitted, and called good: most of them, or one of several of a row."""

import pytest

from .builders import flags, report

RULE, CROWD = "conclusion_contradicts_data", "results_just_under_limit"
GAUGE = {"kind": "calibration_record", "criteria": ("calibration",)}
TEST = {"kind": "traceability_record", "criteria": ("traceability",)}

CALIPER = """
# Calibration report BM-2204 of 14 October 2026

| Nominal (mm) | Reading (mm) | Error (mm) | {head} |
| 0.00 | 0.00 | 0.00 | ±0.03 |
| 25.00 | 25.02 | +0.02 | ±0.03 |
| 50.00 | 50.04 | +0.04 | ±0.03 |
| 100.00 | 100.06 | +{third} | ±0.03 |
| 150.00 | 150.08 | +{third} | ±0.03 |

{words}
"""


@pytest.mark.parametrize(
    ("head", "third", "words", "raised"),
    [
        ("Permissible error (mm)", "0.06", "Result: the instrument is within the permissible limits.", True),
        ("MPE (mm)", "0.06", "Conclusion: passed, fit for use.", True),
        ("Permissible error (mm)", "0.06", "Result: rejected, jaws worn, withdrawn from use.", False),
        ("Permissible error (µm)", "0.06", "Result: the instrument is within the permissible limits.", False),
        ("Permissible error (mm)", "6.00", "Result: the instrument is within the permissible limits.", False),
    ],
)
def test_most_errors_beyond_what_the_column_beside_permits(head: str, third: str, words: str, raised: bool) -> None:
    found = flags(report("Caliper.pdf", CALIPER.format(head=head, third=third, words=words), **GAUGE))
    assert (RULE in found) is raised


BALANCE = """
# {title}

{field} :: ±{end} g || Date :: 13/07/2026

| {heads} |
| 1 | {one} |
| 50 | {two} |
| 200 | {last} |
"""


@pytest.mark.parametrize(
    ("field", "heads", "last", "raised"),
    [
        ("Limit", "Weight (g) | Read 1 (g) | Read 2 (g) | Read 3 (g) | Result", "200.0004 | 200.0009 | 200.0008 | OK", True),
        ("Limit", "Weight (g) | Read 1 (g) | Read 2 (g) | Read 3 (g) | Result", "200.0004 | 200.0003 | 200.0004 | OK", False),
        ("Batas", "Anak timbang (g) | Bacaan 1 (g) | Bacaan 2 (g) | Bacaan 3 (g) | Keputusan", "200.0004 | 200.0009 | 200.0008 | OK", True),
        ("Giới hạn", "Quả cân (g) | Lần 1 | Lần 2 | Lần 3 | Kết luận", "200.0004 | 200.0009 | 200.0008 | Đạt", True),
        ("允许误差", "砝码 (g) | 1 | 2 | 3 | 结论", "200.0004 | 200.0009 | 200.0008 | 合格", True),
        ("허용오차", "분동 (g) | 1회 | 2회 | 3회 | 판정", "200.0004 | 200.0009 | 200.0008 | 합격", True),
        ("Limit", "Weight (g) | Shown at first (g) | Shown when set anew (g) | Mean | Result", "200.0012 | 200.0003 | 200.0003 | OK", False),
        ("Limit", "Weight (g) | Read 1 (g) | Read 2 (g) | Read 3 (g) | Result", "200.0004 | 200.0009 | 200.0008 | NG, adjusted", False),
    ],
)  # fmt: skip
def test_readings_of_a_standard_one_to_three_times_over(field: str, heads: str, last: str, raised: bool) -> None:
    good = last.rpartition("| ")[2].split(",")[0].replace("NG", "OK")
    one, two = f"1.0002 | 1.0001 | 1.0000 | {good}", f"50.0003 | 50.0002 | 50.0002 | {good}"
    text = BALANCE.format(title="Balance N-02", field=field, end="0.0005", heads=heads, one=one, two=two, last=last)
    found = flags(report("Balance.docx", text, **GAUGE))
    assert (RULE in found) is raised
    assert not raised or "200.0009" in found[RULE].explanation


GRADING = """
=== S
| GRADING AND VOIDS OF SAMPLE 0911 | | | |
| Sieve mm | Retained g | Passing % | Spec. % |
| 14 | 58.2 | 95.3 | 90 - 100 |
| 10 | 186.4 | 80.3 | 70 - 90 |
| 5 | 297.1 | 56.4 | 50 - 65 |
| 2 | 243.8 | 36.8 | 32 - 46 |
| Binder content % | 5.2 | | 4.9 - 5.5 |
| Air voids % | {voids} | | 3.0 - 5.0 |
| {words} | | | |
"""


@pytest.mark.parametrize(
    ("voids", "words", "raised"),
    [
        ("7.1", "Conclusion: the sample complies with the specification in all respects.", True),
        ("4.1", "Conclusion: the sample complies with the specification in all respects.", False),
        ("7.1", "Conclusion: air voids too high, batch rejected.", False),
        ("71.0", "Conclusion: the sample complies with the specification in all respects.", False),
    ],
)
def test_a_row_whose_one_figure_stands_in_another_column(voids: str, words: str, raised: bool) -> None:
    assert (RULE in flags(report("Grading.xlsx", GRADING.format(voids=voids, words=words), **TEST))) is raised


@pytest.mark.parametrize(
    ("spec", "values", "raised"),
    [
        ("SPEC 235 - 269 HB", "267 268 267 269 268 268 267 269 268", True),
        ("SPEC 235 - 269 HB", "235 236 237 236 235 236 236 237 235", True),
        ("SPEC 235 - 269 HB", "262 268 257 264 259 268 261 269 260", False),
        ("SPEC 235 - 269 HB", "267 235 267 236 268 236 267 237 268", False),
        ("SPEC 235 - 269 HB", "267 268 271 269 268 268 267 269 268", False),
        ("SPEC 58 - 62 HRC", "60 61 61 60 61 60 61 61 60", False),
    ],
)
def test_a_coarse_gauge_on_its_last_steps_at_one_end(spec: str, values: str, raised: bool) -> None:
    rows = "\n".join(f"| {day}.09.2026 | K604{day} | {value} | OK |" for day, value in enumerate(values.split(), 11))
    text = f"=== H\n| HARDNESS AFTER TEMPERING - {spec} - 5 PCS A CHARGE | | | |\n| Date | Heat | Highest | Remark |\n{rows}\n"
    found = flags(report("Hardness.xlsx", text.replace("Highest", f"Highest {spec.rpartition(' ')[2]}"), **TEST))
    assert (CROWD in found) is raised
