"""What the sixteenth set of bundles showed in sheets of readings and gauge studies."""

import pytest

from tests.unit.evidence.builders import flags, report

CHECKED = {"kind": "traceability_record", "criteria": ("traceability",)}


@pytest.mark.parametrize(
    ("label", "value", "raised"),
    [("Order / film lot", "260907 / F-3108", False), ("Order / film", "260907 / 31 x 8", True)],
)
def test_a_field_that_names_two_numbers_tells_the_lot_of_one(label, value, raised):
    text = f"# FINAL INSPECTION\n\n{label} :: {value} || Date :: 04.09.2026\n\n| Test | Limit | 1 | 2 | 3 | Judged |\n| Width mm | 40.0 ± 0.3 | 40.1 | 39.9 | 40.0 | OK |\n| Gauge mm | 2.0 ± 0.2 | 2.1 | 1.9 | 2.0 | OK |"
    paper = report("Final inspection.xlsx", text, **CHECKED)
    assert any(fact.kind == "identifier" and fact.role == "lot" for fact in paper.facts) is not raised


@pytest.mark.parametrize(("unit", "found"), [("l/min", False), ("min", True)])
def test_a_flow_per_minute_names_no_least_value(unit, found):
    rows = "\n".join(
        f"| {at} | {value} | {at + 4} | {other} |"
        for at, value, other in ((1, 3.1, 4.2), (2, 4.4, 2.5), (3, 2.8, 7.1), (4, 5.6, 3.3))
    )
    text = f"# FLOW TEST\n\n| No. | Flow {unit} | No. | Flow {unit} |\n{rows}\n| Judged | Pass |"
    paper = report("Flow test.xlsx", text, **CHECKED)
    assert any(fact.kind == "readings" for fact in paper.facts) is found


@pytest.mark.parametrize(
    ("share", "told", "raised"),
    [
        ("43.6", "Gauge TG-4 is suitable for release of wire", True),
        ("43.6", "Gauge TG-4 is not suitable for release of wire", False),
        ("43.6", "量具 TG-4 准予用于出厂检验", True),
        ("17.2", "Gauge TG-4 is suitable for release of wire", False),
    ],
)
def test_a_gauge_beyond_the_norm_beside_it_is_called_suitable(share, told, raised):
    text = f"# GRR TG-4\n\nDate :: 2026-07-15\n\n| Source | mm | % of total | Norm |\n| EV | 0.17 | 31.1 | |\n| GRR | 0.23 | {share} | 10以下良好，30以上不可用 |\n| PV | 0.50 | 90.9 | |\n\n{told}"
    paper = report("GRR TG-4.docx", text, kind="calibration_record", criteria=("calibration",))
    assert ("conclusion_contradicts_data" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("figures", "raised"),
    [
        ((119.2, 118.8, 119.5, 119.6, 118.9, 119.4, 119.1, 119.7), True),
        ((109.2, 98.8, 119.5, 103.6, 111.9, 95.4, 101.1, 113.7), False),
    ],
)
def test_one_feature_at_its_limit_beside_others_that_are_not(figures, raised):
    rows = "\n".join(
        f"| {day:02}/09/2026 | 26J{day:02} | {70 + day % 5} | {figure} | Pass |"
        for day, figure in enumerate(figures, 3)
    )
    paper = report(
        "Final.xlsx", f"| Date | Lot | Hardness HRR (60 - 90) | Give µm (≤ 120) | Judged |\n{rows}", **CHECKED
    )
    assert ("results_just_under_limit" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("title", "found"),
    [("61.50 +/- 0.20 mm (61.30 - 61.70)", True), ("61.50 +/- 0.20 mm, depth 14.2 - 14.9 mm", False)],
)
def test_a_limit_written_twice_is_one(title, found):
    rows = "\n".join(
        f"| {hour:02}.10 | {60 + a} | {60 + b} | Joko |"
        for hour, a, b in ((8, 1.52, 1.49), (9, 1.55, 1.53), (10, 1.58, 1.61), (11, 1.74, 1.66))
    )
    text = f"# CONTROL TABLE\n\nBore {title}, machine 4\n\n| Hour | n1 | n2 | Worker |\n{rows}"
    paper = report("Table of bores.xlsx", text, **CHECKED)
    assert any(fact.kind == "readings" for fact in paper.facts) is found
