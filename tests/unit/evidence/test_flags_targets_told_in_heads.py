"""Lines of figures whose heads tell their target behind the name, and sheets that stop under names nobody lists."""

import pytest

from tests.unit.evidence.builders import flags, report

COUNTED = {"kind": "metrics_record", "criteria": ("quality_metrics",)}
STILL, STOPS = "kpi_values_constant", "series_stops"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")
TELL_TARGET = (
    "Rejects (%) target max 0.30",
    "Rejects % / target 0.30",
    "Rejects (%) goal: not more than 0.30 %",
    "Tỷ lệ lỗi (%) mục tiêu không quá 0,30",
    "Reject (%) sasaran maks. 0,30",
    "อัตราของเสีย (%) เป้าหมาย ไม่เกิน 0.30",
    "不良率(%)目标≤0.30",
    "不良率（%）目标0.30以下",
    "不適合率(%) 目標 0.30以下",
    "불량률(%) 목표 0.30 이하",
    "Ret oranı (%) hedef en fazla 0,30",
)


def sheet(head: str, figures: tuple[str, ...]) -> str:
    rows = "".join(
        f"| {month} | {4100 + at * 37} | {figure} |\n"
        for at, (month, figure) in enumerate(zip(MONTHS, figures, strict=True))
    )
    return f"=== 2026\n| 2026 | Pieces | {head} |\n{rows}"


@pytest.mark.parametrize("head", TELL_TARGET)
def test_a_target_behind_the_name_of_a_line_makes_it_no_line_of_targets(head):
    still = report("KPI 2026.xlsx", sheet(head, ("0.30",) * 8), **COUNTED)
    moving = report("KPI 2026.xlsx", sheet(head, tuple(f"0.{20 + at * 3}" for at in range(8))), **COUNTED)
    assert STILL in flags(still)
    assert STILL not in flags(moving)


@pytest.mark.parametrize(
    "head",
    ["Rejects target (%)", "Rejects (%) target 2026", "목표 불량률(%)", "Mục tiêu tỷ lệ lỗi (%)", "不良率目标(%)"],
)
def test_a_line_of_targets_is_one_still(head):
    assert STILL not in flags(report("KPI 2026.xlsx", sheet(head, ("0.30",) * 8), **COUNTED))


@pytest.mark.parametrize("head", TELL_TARGET)
def test_such_a_line_can_stop(head):
    figures = ("0.31", "0.28", "0.33", "0.29", "0.26", "", "", "")
    told = report(
        "KPI 2026.xlsx",
        sheet(head, figures).replace("| 4285 |", "| |").replace("| 4322 |", "| |").replace("| 4359 |", "| |"),
        **COUNTED,
    )
    assert STOPS in flags(told)


def grades(head: str, figures: int, room: int, title: str = "GRADING 2026", note: str = "") -> str:
    rows = "".join(
        f"| {month} | {4100 + at * 37} | {9.1 + at % 3} | {4 + at % 2} |\n" for at, month in enumerate(MONTHS[:figures])
    )
    empty = "".join(f"| {month} | | | |\n" for month in MONTHS[figures : figures + room])
    return f"=== 2026\n# {title}\n\n| {head} | Logs | Colour number | Knots |\n{rows}{empty}{note}"


@pytest.mark.parametrize(
    ("figures", "room", "stops"),
    [(5, 3, True), (4, 4, True), (8, 0, False), (7, 1, False), (3, 5, True), (1, 7, False)],
)
def test_a_sheet_of_unknown_measures_ends_where_its_months_are_empty(figures, room, stops):
    told = report("Grading.xlsx", grades("Month", figures, room), **COUNTED)
    assert (STOPS in flags(told)) is stops


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("GRADING January to May 2026", ""),
        ("GRADING", ""),
        ("GRADING 2026", "| From June: line sold, graded at Nara since | | | |\n"),
    ],
)
def test_a_sheet_of_unknown_measures_says_why_it_ends(title, note):
    assert STOPS not in flags(report("Grading.xlsx", grades("Month", 5, 3, title, note), **COUNTED))


def beside(filled: int, aims: str = "") -> str:
    cells = [f"{12 + at % 4}" if at < filled else "" for at in range(8)]
    return (
        f"=== 2026\n# Moisture of logs 2026\n\n| Item | {' | '.join(MONTHS)} |\n"
        f"| Oak | {' | '.join(cells)} |\n| Beech | {' | '.join(cells)} |\n{aims}"
    )


def test_months_along_the_heads_end_as_well():
    assert STOPS in flags(report("Logs.xlsx", beside(5), **COUNTED))
    aims = f"| Target | {' | '.join(['14'] * 8)} |\n"
    assert STOPS in flags(report("Logs.xlsx", beside(5, aims), **COUNTED))
    assert STOPS not in flags(report("Logs.xlsx", beside(8), **COUNTED))
    assert STOPS in flags(report("Logs.xlsx", beside(5), **{**COUNTED, "kind": "other"}))  # whatever it was taken for


@pytest.mark.parametrize(
    "name",
    [
        "Seconds rate",
        "Tỷ lệ hàng loại B",
        "Persentase BS",
        "อัตราเกรดบี",
        "二等品率",
        "B급률",
        "B品率",
        "İkinci kalite oranı",
    ],
)
def test_goods_of_the_second_grade_are_rejects(name):
    figures = ("2.7", "2.6", "2.4", "2.6", "2.3", "", "", "")
    rows = "".join(f"| {month} | {rate} |\n" for month, rate in zip(MONTHS, figures, strict=True))
    made = report("Sheet.xlsx", f"=== 2026\n# {name} 2026\n\n| Month | % |\n{rows}", **COUNTED)
    assert any(fact.kind == "series" and fact.role == "reject_rate" for fact in made.facts)
    assert STOPS in flags(made)


AIMS = (
    "# Objectives 2026\n\n| Objective | Target | Who |\n| Complaints | max 20 per year | Sales |\n"
    "| Scrap | max 0.9 % | Plant |\n| On-time delivery | min 96 % | Stores |\n"
)
LOTS = ("B-701", "B-702", "B-703", "B-704", "B-705")


def batches(head: str, figures: tuple[str, ...], title: str = "Batch control") -> str:
    rows = "".join(
        f"| {at + 3:02d}.09.2026 | {lot} | {figure} | ok |\n"
        for at, (lot, figure) in enumerate(zip(LOTS, figures, strict=True))
    )
    return f"# {title}\n\n| Date | Batch | {head} | Result |\n{rows}"


@pytest.mark.parametrize(
    ("head", "figures", "kind", "unmeasured"),
    [
        ("Viscosity cP", ("910", "955", "902", "931", "987"), "traceability_record", True),
        ("Solids %, yield %", ("96.1", "95.4", "97.0", "96.6", "95.9"), "traceability_record", True),
        ("Scrap %", ("0.7", "0.9", "0.8", "1.1", "0.6"), "metrics_record", False),
    ],
)
def test_what_a_lot_was_like_measures_no_target(head, figures, kind, unmeasured):
    aims = report(
        "Objectives.docx", AIMS, kind="procedure", reading="static", mode="prescription", criteria=("quality_metrics",)
    )
    made = report("Batches.xlsx", batches(head, figures), kind=kind, criteria=("traceability",))
    assert ("kpi_target_without_series" in flags(aims, made)) is unmeasured


def test_the_unit_of_viscosity_is_no_capability():
    def roles(head: str, figures: tuple[str, ...]) -> set[str]:
        made = report("Batches.xlsx", batches(head, figures), kind="metrics_record", criteria=("quality_metrics",))
        return {fact.role for fact in made.facts if fact.kind == "series"}

    assert "process_capability" not in roles("Viscosity cP", ("910", "955", "902", "931", "987"))
    assert "process_capability" in roles("Cp diameter", ("1.41", "1.39", "1.52", "1.36", "1.44"))


@pytest.mark.parametrize(("kind", "stops"), [("traceability_record", True), ("metrics_record", False)])
def test_the_rejects_of_single_days_of_inspection_carry_no_month_on(kind, stops):
    rows = "".join(
        f"| {month} | {rate} |\n" for month, rate in zip(MONTHS, ("2.7", "2.6", "2.4", "2.6", "2.3"), strict=False)
    )
    months = report("KPI.xlsx", f"=== 2026\n# Reject rate 2026\n\n| Month | Reject rate % |\n{rows}", **COUNTED)
    days = "".join(f"| {day:02d}.09.2026 | Towels | {1.1 + day / 10:.1f} |\n" for day in range(2, 9))
    final = report(
        "Final inspection.xlsx", f"# Final inspection\n\n| Date | Goods | Reject rate % |\n{days}", kind=kind
    )
    assert (STOPS in flags(months, final)) is stops
