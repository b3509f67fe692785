"""Targets whose places were left empty, and targets beside what came out."""

import pytest

from tests.unit.evidence.builders import flags, report

AIMS = {"kind": "metrics_record", "criteria": ("quality_metrics",), "mode": "prescription"}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
REVIEW = {"kind": "management_review_record", "criteria": ("quality_metrics", "management_review")}
TARGETS = "kpi_target_without_series"
SERIES = (
    "=== 2025\n| 2025 | Jan | Feb | Mar | Apr | May | Jun |\n| Reject rate (%) | 1.2 | 1.4 | 1.1 | 1.3 | 1.0 | 1.2 |\n"
)


def _aims(heads: str, cells: str = "| | | |") -> str:
    return (
        f"# Objectives of the year 2025\n\n| No | What | Target 2025 | Owner | {heads} |\n"
        f"| 1 | Machine stops | under 30 h a month | Workshop {cells}\n| 2 | Hours of training per head | 8 h a year | Office {cells}\n"
        f"| 3 | Yield of compound | 94.5 % | Mixing {cells}\n"
    )


@pytest.mark.parametrize(
    "heads",
    [
        "1st quarter | 2nd quarter | 3rd quarter",
        "Q1 | Q2 | Q3",
        "Jan | Feb | Mar",
        "quý 1 | quý 2 | quý 3",
        "第一季度 | 第二季度 | 第三季度",
        "1. çeyrek | 2. çeyrek | 3. çeyrek",
    ],
)
def test_a_list_with_places_in_which_nothing_was_written(heads):
    measured = report("Rejects.xlsx", SERIES, **COUNTED)
    assert TARGETS in flags(report("Objectives.docx", _aims(heads), **AIMS), measured)
    filled = _aims(heads, "| 27 | 31 | 30 |")
    assert TARGETS not in flags(report("Objectives.docx", filled, **AIMS), measured)
    coming = _aims(heads).replace("2025", "2030")
    assert TARGETS not in flags(report("Objectives.docx", coming, **AIMS), measured)


@pytest.mark.parametrize(
    ("target", "result"),
    [
        ("Target", "Result"),
        ("Mục tiêu", "Thực tế"),
        ("Sasaran", "Realisasi"),
        ("เป้าหมาย", "ผลจริง"),
        ("目标", "实际"),
        ("목표", "실적"),
        ("目標", "実績"),
        ("Hedef", "Gerçekleşen"),
    ],
)
def test_a_target_beside_what_came_out(target, result):
    text = f"# 2025\n\n| KPI | {target} | {result} |\n| Reject rate % | max 1.5 | {{}} |\n| On-time delivery % | min 96 | {{}} |\n"
    assert TARGETS not in flags(report("Results 2025.docx", text.format("1.2", "97.1"), **COUNTED))


@pytest.mark.parametrize(
    ("lines", "raised"),
    [
        (
            "| On-time delivery | 96.2 % from January to September, target 95 % | no change |\n| Complaints | 9 cases against 14 cases last year | keep target max 12 |",
            False,
        ),
        ("| On-time delivery | target 95 % | |\n| Complaints | target max 12 | |", True),
    ],
)
def test_a_review_that_tells_what_was_reached(lines, raised):
    text = f"# Management review, 12 October 2025\n\n| Point | Input | Decision |\n{lines}\n"
    assert (TARGETS in flags(report("Minutes.docx", text, **REVIEW))) is raised
