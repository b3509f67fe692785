"""The timeline holds the days of measured months and of registers without a year in their cells, as the rest of the report does."""

import re
from datetime import date

from evidence.assessment import assess
from service.reports.timeline import Lane, draw_timeline, lanes_of
from tests.unit.evidence.builders import TODAY, bundle, report
from tests.unit.service.reported import SUPPLIER

FIGURES = (
    "# 불량률 2026\n| 항목 | 1월 | 2월 | 3월 | 4월 | 5월 | 6월 | 7월 | 8월 |\n"
    "| 불량률 % | 1.34 | 1.18 | 1.09 | 1.22 | 1.05 | 0.98 | 0.96 | 0.91 |"
)
AUDIT = "# 內部品質稽核報告\n\n稽核日期：2026 年 3 月 12 日\n\nCNC-4 首件記錄無量具編號，2026/03/28 完成。"


def lane(document, criterion):
    found = lanes_of(bundle(document), assess(SUPPLIER, TODAY, [document]))
    return next(lane for lane in found if lane.id == criterion)


def test_each_measured_month_is_a_day_of_the_figures():
    document = report("KPI 2026.xlsx", FIGURES, kind="metrics_record", criteria=("quality_metrics",))
    shown = lane(document, "quality_metrics")
    assert [day for day, _ in shown.days] == [date(2026, month, 1) for month in range(1, 9)]
    assert shown.newest == date(2026, 8, 1)


def test_an_audit_whose_passages_name_no_topic_stands_in_the_lane_of_its_kind():
    document = report("內部稽核報告.docx", AUDIT, kind="internal_audit_record", criteria=())
    assert lane(document, "internal_audit").newest == date(2026, 3, 28)


def test_a_register_of_a_year_is_dated_by_its_column_of_days():
    register = (
        "# Customer complaints 2026\n| No | Date received | Problem | Cause | Action |\n"
        "| KN01 | 15/01 | Pulled loops on 26 towels | Clutch worn on loom 17 | Clutch changed |\n"
        "| KN02 | 23/03 | Shade differs between bales | Softener out of salt | Hardness meter with alarm |\n"
        "| KN03 | 20/04 | Metal piece of 4 mm | Detector set to 2.0 | Setting locked |"
    )
    document = report(
        "complaints 2026.xlsx", register, kind="corrective_action_record", criteria=("corrective_action",)
    )
    assert [day for day, _ in lane(document, "corrective_action").days] == [
        date(2026, 1, 15), date(2026, 3, 23), date(2026, 4, 20),
    ]  # fmt: skip


def test_an_audit_is_no_management_review_in_the_timeline_as_in_the_table():
    audit = report(
        "2026 audit.docx", "# Internal audit\n\nAudit of 21 April 2026: the stamp of press 2 was worn, renewed.",
        kind="internal_audit_record", criteria=("internal_audit", "management_review"),
    )  # fmt: skip
    found = assess(SUPPLIER, TODAY, [audit]).expectations
    told = next(item for item in found if item.id == "continuous_improvement")
    assert "no record of a management review" in told.explanation
    assert lane(audit, "management_review").newest is None
    assert lane(audit, "internal_audit").newest == date(2026, 4, 21)


def test_the_number_of_earlier_days_stands_beside_dots_and_not_on_them():
    def height(day):
        lane = Lane("calibration", "Calibration", ((day, 1),), frozenset(), day, 4, 0)
        drawn = draw_timeline((lane,), TODAY)
        dot = float(re.search(r'<circle [^>]*cy="([\d.]+)"', drawn)[1])
        return dot - float(re.search(r'<text x="[\d.]+" y="([\d.]+)"[^>]*>‹ 4 earlier', drawn)[1])

    assert height(date(2026, 6, 1)) < 0 < height(date(2024, 10, 10))
