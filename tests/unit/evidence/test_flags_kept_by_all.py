"""Sentences over all against a table of which one row lies beyond its limit, wherever that is told."""

from datetime import date

import pytest

from evidence.bundle import Bundle
from evidence.flags.kept_by_all import kept_by_all
from tests.unit.evidence.builders import flags, report

TESTED = {"kind": "traceability_record", "criteria": ("traceability",)}
COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}


def _contradicts(text, **kind):
    return "conclusion_contradicts_data" in flags(report("Paper 2026.xlsx", text, **kind))


def _seams(third):
    return f"# Seam gap, limit at most 0.40 mm\n\n| Day | Can | Seam gap, mm |\n| 3 June | C-11 | 0.31 |\n| 10 June | C-12 | 0.28 |\n| 17 June | C-13 | {third} |\n| 24 June | C-14 | 0.35 |\n\n"


@pytest.mark.parametrize(
    ("third", "said", "raised"),
    [
        ("0.52", "Every can kept within the limit.", True),
        ("0.52", "No seam gap exceeded the limit.", True),
        ("0.52", "No reading was out of limits.", True),
        ("0.33", "Every can kept within the limit.", False),
        ("0.52", "All cans but one were within the limit.", False),
        ("0.52", "All other cans were within the limit.", False),
        ("0.52", "Not all cans were within the limit.", False),
        ("0.52", "All cans should be within the limit.", False),
        ("0.52", "All cans were within the limit. C-13 was cut open and scrapped.", False),
        ("0.52", "3 of 4 cans were within the limit.", False),
    ],
)
def test_a_limit_in_the_title(third, said, raised):
    assert _contradicts(_seams(third) + said, **TESTED) is raised


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Khe hở mí, giới hạn tối đa 0.40 mm", "100 % các mẫu nằm trong giới hạn."),
        ("Celah lipatan, batas maks 0.40 mm", "Seluruh sampel berada di dalam batas."),
        ("Jurang kelim, had maks 0.40 mm", "Semua bacaan dalam had."),
        ("ระยะตะเข็บ เกณฑ์ไม่เกิน 0.40 mm", "ทุกค่าอยู่ในเกณฑ์"),
        ("卷边间隙 标准 ≤ 0.40 mm", "所有样品均在标准范围内。"),
        ("卷邊間隙 標準 ≤ 0.40 mm", "無一超標。"),
        ("권체 틈새 기준 0.40 mm 이하", "모든 시료가 기준 이내임."),
        ("巻締隙間 規格 0.40 mm 以下", "すべての試料は規格内である。"),
        ("Kenet aralığı, en fazla 0.40 mm", "Tüm numuneler sınırlar içindedir."),
    ],
)
def test_the_same_in_the_languages_of_the_plants(title, said):
    rows = "| X-1 | 0.31 |\n| X-2 | 0.28 |\n| X-3 | {} |\n| X-4 | 0.35 |\n\n"
    head = f"# {title}\n\n| No. | mm |\n"
    assert _contradicts(head + rows.format("0.52") + said, **TESTED)
    assert not _contradicts(head + rows.format("0.36") + said, **TESTED)


@pytest.mark.parametrize(
    ("figure", "remark", "raised"),
    [("2.37", "", True), ("1.21", "", False), ("2.37", "two nozzles exchanged on 9 July", False)],
)
def test_a_column_of_limits_behind_the_figures(figure, remark, raised):
    table = f"# July\n\n| Oven | Burnt loaves % | Limit | Note |\n| O-1 | 0.82 | 1.50 | |\n| O-2 | 1.14 | 1.50 | |\n| O-3 | {figure} | 1.50 | {remark} |\n| O-4 | 0.96 | 1.50 | |\n\n"
    assert _contradicts(table + "Burnt loaves of all ovens were within the limit.", **COUNTED) is raised


def test_a_sentence_on_another_column_is_none_on_this_one():
    table = "# June\n\n| Bag | Weight g (490 - 510) | Seal N (min 12) |\n| B1 | 501 | 14 |\n| B2 | 498 | 15 |\n| B3 | 521 | 14 |\n| B4 | 503 | 13 |\n\n"
    paper = report("Paper 2026.xlsx", table + "The seal of every bag was within the limits.", **TESTED)
    assert not list(kept_by_all(Bundle("Anybody", date(2026, 9, 1), [paper])))
