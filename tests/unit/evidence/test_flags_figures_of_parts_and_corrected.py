"""Figures that differ for a reason their papers tell: of one line, of two months together, of a quarter of the business year, corrected."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
MET = {"kind": "management_review_record", "criteria": ("management_review",)}
RATES = "# Hub machining 2026\n\n| Month | Made | Rejected | Reject % |\n| April | 79,450 | 1,430 | 1.80 |\n| May | 82,300 | 1,399 | 1.70 |\n| June | 80,100 | 1,362 | 1.70 |"
COUNTS = "# Complaints 2026\n\n| Fault | Jan | Feb | Mar | Apr | May | Jun |\n| Sole open | 0 | 1 | 0 | 2 | 1 | 0 |\n| Colour off | 1 | 0 | 1 | 0 | 0 | 1 |"
YIELD = "# 2026年全厂一次合格率(1至5线合计)\n\n| 月份 | 装配数 | 合格率% |\n| 4月 | 17,655 | 97.7 |\n| 5月 | 18,902 | 97.8 |\n| 6月 | 19,230 | 97.9 |"


def raised(sheet: str, said: str, name: str = "Minutes.docx") -> bool:
    papers = report("KPI.xlsx", sheet, **COUNTED), report(name, f"# Meeting, 14 July 2026\n\n{said}", **MET)
    return "same_measure_different_figures" in flags(*papers)


@pytest.mark.parametrize(
    ("sheet", "said", "name", "expected"),
    [
        (RATES, "Reject % of April was 1.25.", "Minutes.docx", True),
        (RATES, "Reject % of April was 1.25.\n\nNote: April corrected on 9 June from 1.25 to 1.80, slips of shift C were missing.", "Minutes.docx", False),
        (COUNTS, "Sole open: 5 in April.", "Minutes.docx", True),
        (COUNTS, "Sole open: 3 in April and May, all made before the dryer was changed.", "Minutes.docx", False),
        (YIELD, "合格率6月为95.6%，5月为94.9%。", "周会纪要.docx", True),
        (YIELD, "合格率6月为95.6%，5月为94.9%。", "3线改善周会纪要.docx", False),
    ],
)  # fmt: skip
def test_a_figure_that_is_another_for_a_reason(sheet: str, said: str, name: str, expected: bool) -> None:
    assert raised(sheet, said, name) is expected
